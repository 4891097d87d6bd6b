//! Velocity: what was done within the days of each sprint, beside what was in it when it began.
//!
//! It tells what was, and is no forecast: of sprints of open-source projects most brought less than was
//! planned for them.

use super::Past;
use super::sprints::{Odd, Sprint, Sprints};
use crate::domain::acceptance;
use crate::domain::entry::{self, Entry};
use crate::domain::kind::Category;
use crate::domain::sprint::Amount;
use crate::domain::timeline::Life;

/// What sprints planned and brought.
#[derive(Debug)]
pub struct Velocity<'a> {
    /// The sprints, oldest first.
    pub sprints: Vec<Pace<'a>>,
    /// Those that cannot be measured, and why.
    pub odd: Vec<(&'a Entry, Odd)>,
}

/// What one sprint planned and brought.
#[derive(Debug)]
pub struct Pace<'a> {
    /// The sprint.
    pub sprint: Sprint<'a>,
    /// How much effort fits into it, as somebody wrote.
    pub capacity: Option<f64>,
    /// What was in it in the evening of its first day.
    pub planned: Amount,
    /// What of that was done by its end.
    pub kept: Amount,
    /// All that was done within its days.
    pub done: Amount,
    /// How many of those items were accepted by somebody.
    pub n_accepted: usize,
}

impl Pace<'_> {
    /// Whether it brought at least what was planned: by effort, or by items where not all that was
    /// planned has an effort. `None` while it runs, and if nothing was planned.
    pub fn is_kept(&self) -> Option<bool> {
        let (planned, done) = (&self.planned, &self.done);
        if !self.sprint.is_over || planned.items == 0 {
            return None;
        }
        Some(match planned.unestimated {
            0 => done.points >= planned.points,
            _ => done.items >= planned.items,
        })
    }
}

impl<'a> Velocity<'a> {
    pub(super) fn of(past: &Past<'a, '_>, sprints: &Sprints<'a>) -> Self {
        let pace = |sprint: &Sprint<'a>| Pace {
            sprint: *sprint,
            capacity: sprint.record.number("capacity"),
            planned: Amount::default(),
            kept: Amount::default(),
            done: Amount::default(),
            n_accepted: 0,
        };
        let mut paces: Vec<Pace<'a>> = sprints.all.iter().map(pace).collect();
        for life in &past.lives {
            if let Some(day) = life.done
                && let Some(at) = sprints.of_done(past.backlog, life, day)
            {
                let is_accepted = |it: &Entry| acceptance::of(&it.document).is_some();
                paces[at].done.add(life.item.and_then(|item| item.number("effort")));
                paces[at].n_accepted += usize::from(life.item.is_some_and(is_accepted));
            }
        }
        for pace in &mut paces {
            let sprint = pace.sprint;
            let members = sprints.members.of_sprint(sprint.record).iter();
            for life in members.filter(|life| is_planned(past, life, &sprint)) {
                let effort = life.field_on("effort", sprint.start);
                let effort = effort.and_then(|text| entry::number(&text));
                pace.planned.add(effort);
                if life.done.is_some_and(|day| day <= sprint.end) {
                    pace.kept.add(effort);
                }
            }
        }
        Self { sprints: paces, odd: sprints.odd.clone() }
    }

    /// How many of the sprints that are over brought what was planned, and how many of them planned
    /// anything.
    pub fn kept(&self) -> (usize, usize) {
        let kept: Vec<bool> = self.sprints.iter().filter_map(Pace::is_kept).collect();
        (kept.iter().filter(|it| **it).count(), kept.len())
    }
}

/// Whether an item was to be done in a sprint when that began.
pub(super) fn is_planned(past: &Past<'_, '_>, life: &Life<'_>, sprint: &Sprint<'_>) -> bool {
    let is_over = life.done.is_some_and(|day| day < sprint.start);
    let is_dropped = life.on(sprint.start) == Some(Category::Dropped);
    !is_over && !is_dropped && sprint.has(past.backlog, life, sprint.start)
}
