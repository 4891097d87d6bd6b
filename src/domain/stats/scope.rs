//! Scope: what came into a sprint after its first day, and what went out of it before its last.

use super::Past;
use super::sprints::{Sprint, Sprints};
use super::velocity::is_planned;
use crate::domain::date::Date;
use crate::domain::diff::{Change, shown};
use crate::domain::kind::SPRINT;
use crate::domain::sprint::Amount;
use crate::domain::timeline::Life;

/// What changed in sprints while they ran.
#[derive(Debug)]
pub struct Scope<'a> {
    /// The sprints, oldest first.
    pub sprints: Vec<Moved<'a>>,
}

/// What changed in one sprint.
#[derive(Debug)]
pub struct Moved<'a> {
    /// The sprint.
    pub sprint: Sprint<'a>,
    /// What was in it in the evening of its first day.
    pub planned: Amount,
    /// What came after that.
    pub added: Amount,
    /// What went before its last day; then what is left is taken on to the next.
    pub removed: Amount,
}

impl<'a> Scope<'a> {
    pub(super) fn of(past: &Past<'a, '_>, sprints: &Sprints<'a>) -> Self {
        let moved = sprints.all.iter().map(|sprint| {
            let mut moved = Moved {
                sprint: *sprint,
                planned: Amount::default(),
                added: Amount::default(),
                removed: Amount::default(),
            };
            let members = sprints.members.of_sprint(sprint.record);
            members.iter().for_each(|life| moved.see(past, life));
            moved
        });
        Self { sprints: moved.collect() }
    }
}

impl Moved<'_> {
    fn see(&mut self, past: &Past<'_, '_>, life: &Life<'_>) {
        let effort = || life.item.and_then(|item| item.number("effort"));
        let mut is_in = is_planned(past, life, &self.sprint);
        if is_in {
            self.planned.add(effort());
        }
        for (day, is_in_then) in self.changes(past, life) {
            match (is_in, is_in_then) {
                (false, true) => self.added.add(effort()),
                (true, false) if day < self.sprint.end => self.removed.add(effort()),
                _ => {}
            }
            is_in = is_in_then;
        }
    }

    /// On which days after the first an item came in or went.
    fn changes(&self, past: &Past<'_, '_>, life: &Life<'_>) -> Vec<(Date, bool)> {
        let is_within = |day: Date| self.sprint.start < day && day <= self.sprint.end;
        let is_it = |name: &str| self.sprint.is_called(past.backlog, name);
        let told = life.told.iter().filter(|(day, _)| is_within(*day));
        let set = told.filter_map(|(day, change)| match change {
            Change::Set(set) if set.field == SPRINT.name => {
                Some((*day, is_it(&shown(set.to.as_ref()))))
            }
            Change::Removed => Some((*day, false)),
            _ => None,
        });
        // One that was written down for the sprint that ran already.
        let came = life.created.filter(|day| is_within(*day) && !life.is_import);
        let came = came.filter(|day| self.sprint.has(past.backlog, life, *day));
        came.map(|day| (day, true)).into_iter().chain(set).collect()
    }
}
