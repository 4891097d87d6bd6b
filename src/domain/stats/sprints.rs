//! The sprints of a time, and which items were in them on a day.

use super::Past;
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, SPRINT};
use crate::domain::sprint::Members;
use crate::domain::timeline::Life;

/// The sprints that can be measured, by their first day, and the others.
#[derive(Debug)]
pub struct Sprints<'a> {
    /// Those that have begun, and touch the time.
    pub all: Vec<Sprint<'a>>,
    /// Those that cannot be measured, and why.
    pub odd: Vec<(&'a Entry, Odd)>,
    /// The items that are, or once were, planned for each.
    pub(super) members: Members<'a, 'a>,
}

/// A sprint with its days.
#[derive(Clone, Copy, Debug)]
pub struct Sprint<'a> {
    /// Its record.
    pub record: &'a Entry,
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
    /// Whether its last day is over.
    pub is_over: bool,
    /// Whether another one has some of the same days.
    pub overlaps: bool,
}

/// Why a sprint cannot be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// It has no first day.
    Start,
    /// It has no last day.
    End,
    /// It ends before it begins.
    Backwards,
}

impl<'a> Sprints<'a> {
    pub(super) fn of(past: &Past<'a, '_>) -> Self {
        let (mut all, mut odd) = (Vec::new(), Vec::new());
        let is_meant = |it: &&Entry| past.backlog.category(it) != Category::Dropped;
        for record in past.backlog.of_kind(&SPRINT).filter(is_meant) {
            match days(record) {
                Ok((start, end)) => {
                    let is_over = end < past.period.last;
                    if end >= past.period.first && start <= past.period.last {
                        all.push(Sprint { record, start, end, is_over, overlaps: false });
                    }
                }
                // What is only planned may still get its days.
                Err(_) if past.backlog.category(record) == Category::Todo => {}
                Err(why) => odd.push((record, why)),
            }
        }
        all.sort_by_key(|it| (it.start, it.end));
        let mut latest: Option<usize> = None;
        for at in 0..all.len() {
            if let Some(before) = latest.filter(|before| all[*before].end >= all[at].start) {
                all[before].overlaps = true;
                all[at].overlaps = true;
            }
            if latest.is_none_or(|before| all[before].end < all[at].end) {
                latest = Some(at);
            }
        }
        let members = Members::of(past.backlog, past.lives.iter().copied());
        Self { all, odd, members }
    }

    /// The sprint to which something counts that was done on a day: of several, the one that the item
    /// names, else the one that began last.
    pub(super) fn of_done(&self, backlog: &Backlog, life: &Life<'_>, day: Date) -> Option<usize> {
        let n_begun = self.all.partition_point(|it| it.start <= day);
        let fits = |at: &usize| day <= self.all[*at].end;
        let mut running = (0..n_begun).rev().filter(fits);
        let latest = running.next()?;
        let mut others = running.peekable();
        if others.peek().is_none() {
            return Some(latest);
        }
        let names = |at: &usize| self.all[*at].has(backlog, life, day);
        std::iter::once(latest).chain(others).find(names).or(Some(latest))
    }
}

impl Sprint<'_> {
    /// Whether an item was in it in the evening of a day, as far as the history tells.
    pub(super) fn has(&self, backlog: &Backlog, life: &Life<'_>, day: Date) -> bool {
        let is_there = life.created.is_none_or(|created| created <= day);
        is_there
            && life.field_on(SPRINT.name, day).is_some_and(|name| self.is_called(backlog, &name))
    }

    /// Whether a name is its own.
    pub(super) fn is_called(&self, backlog: &Backlog, name: &str) -> bool {
        backlog.called(name).is_some_and(|it| it == self.record)
    }
}

fn days(record: &Entry) -> Result<(Date, Date), Odd> {
    let start = record.date("start").ok_or(Odd::Start)?;
    let end = record.date("end").ok_or(Odd::End)?;
    if start <= end { Ok((start, end)) } else { Err(Odd::Backwards) }
}
