//! What closed sprints delivered: information for those who plan, and no forecast.

use super::course::{was_done, was_in};
use super::{Amount, Members, Sprint, amount};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::timeline::Life;

/// How many sprints make a mean.
const RECENT: usize = 3;

/// What a closed sprint planned and delivered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Velocity<'a> {
    /// The record.
    pub sprint: &'a Entry,
    /// What was in it in the evening of its first day.
    pub planned: Amount,
    /// What was in it on its last day, and done by then.
    pub delivered: Amount,
}

/// What the closed sprints delivered, the latest last. One without a first or a last day is told by the
/// items that are in it now.
pub fn velocities<'a>(
    backlog: &'a Backlog,
    sprints: &[Sprint<'a>],
    members: &Members<'_, 'a>,
    today: Date,
) -> Vec<Velocity<'a>> {
    let closed = sprints.iter().filter(|it| it.category == Category::Done);
    closed.map(|sprint| velocity(backlog, sprint, members, today)).collect()
}

fn velocity<'a>(
    backlog: &'a Backlog,
    sprint: &Sprint<'a>,
    members: &Members<'_, 'a>,
    today: Date,
) -> Velocity<'a> {
    let record = sprint.record;
    let Some((start, end)) = sprint.span() else {
        let is_done = |item: &&Entry| backlog.category(item) == Category::Done;
        let done: Vec<&Entry> = sprint.items.iter().copied().filter(is_done).collect();
        let [planned, delivered] = [&sprint.items, &done].map(|it| amount(backlog, it));
        return Velocity { sprint: record, planned, delivered };
    };
    let on = |day: Date, is_wanted: &dyn Fn(&Life<'_>) -> bool| {
        let is_in = |life: &&&Life<'a>| was_in(backlog, sprint, life, day) && is_wanted(life);
        let lives = members.of_sprint(record).iter().filter(is_in);
        amount(backlog, &lives.filter_map(|life| life.item).collect::<Vec<&Entry>>())
    };
    Velocity {
        sprint: record,
        planned: on(start.min(today), &|_| true),
        delivered: on(end.min(today), &|life| was_done(life, end)),
    }
}

/// What the last sprints delivered on average.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// Of how many sprints: three, or as many as there are.
    pub n: usize,
    /// How many items.
    pub items: f64,
    /// How many points.
    pub points: f64,
}

/// What the last three sprints delivered on average; `None` before the first.
pub fn mean(velocities: &[Velocity<'_>]) -> Option<Mean> {
    let recent = &velocities[velocities.len().saturating_sub(RECENT)..];
    let n = recent.len();
    let items: usize = recent.iter().map(|it| it.delivered.items).sum();
    let points: f64 = recent.iter().map(|it| it.delivered.points).sum();
    (n > 0).then(|| Mean { n, items: items as f64 / n as f64, points: points / n as f64 })
}
