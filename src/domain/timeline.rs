//! What happened to each item and when: from the history of the backlog together with the days that
//! commands write into the items (`created`, `started`, `done`).
//!
//! Neither is enough alone. A squash merge or an import brings items into a history already done, and
//! who edits files by hand forgets the days. So the earliest evidence counts for the day on which an
//! item came and for that on which work on it began. For the end it is the last time that it became
//! done, if the history knows of several; its field, if that is earlier and nothing was reopened since.
//! An item is known by its id and not by the path of its file. Commits on branches count on the day on
//! which their author wrote them.
//!
//! What is not known stays so, and [`Coverage`] counts it. A day after today, or before the one on which
//! the item was written down, is evidence of nothing; nor is the day of a commit that brought in many items as done, because that
//! is an import.

mod flow;
#[cfg(test)]
mod tests;
mod trace;

use std::borrow::Cow;

pub use trace::Reading;

use super::date::{Date, days_between};
use super::diff::{Change, shown};
use super::entry::Entry;
use super::kind::Category;

/// The lives of all items that are there or were.
#[derive(Debug)]
pub struct Timeline<'a> {
    /// One for each item: those that are there in the order of the backlog, then the others by id.
    pub lives: Vec<Life<'a>>,
    /// The first day from which on the history or a field tells of work.
    pub since: Option<Date>,
    /// The day on which all is looked at.
    pub today: Date,
    /// How many items were changed in a way that cannot be read: a text is broken, or is not there, as
    /// in a partial clone. What they were before that is not known.
    pub n_unread: usize,
}

/// What happened to one item.
#[derive(Debug)]
pub struct Life<'a> {
    /// Its id.
    pub id: Cow<'a, str>,
    /// The item as it is now; `None` if its file is gone.
    pub item: Option<&'a Entry>,
    /// What its status means now. What is gone was done, if it was when its file went; else it is
    /// dropped.
    pub now: Category,
    /// The day on which it came, as far as anything tells.
    pub created: Option<Date>,
    /// The day on which work on it began.
    pub started: Option<Date>,
    /// The day on which it was done, the last time; `None` unless it is done now.
    pub done: Option<Date>,
    /// How often it was opened again after it had been done.
    pub n_reopened: u32,
    /// Whether the history knows it from its first day on as done.
    pub came_done: bool,
    /// Whether it came with many others at once, so that the day of that says nothing of it.
    pub is_import: bool,
    /// Whether others are parts of it, so that they are counted and it is not.
    pub has_parts: bool,
    /// What its status meant, from the day on which that began, oldest first.
    pub states: Vec<(Date, Category)>,
    /// What the history tells of it, oldest first: fields, moves and criteria.
    pub told: Vec<(Date, Change)>,
}

impl Life<'_> {
    /// How many days passed from its coming to its end.
    pub fn lead_time(&self) -> Option<i64> {
        Some(days_between(self.created?, self.done?))
    }

    /// How many days passed from the beginning of work to its end.
    pub fn cycle_time(&self) -> Option<i64> {
        Some(days_between(self.started?, self.done?))
    }

    /// What its status meant in the evening of a day; `None` before it came.
    pub fn on(&self, day: Date) -> Option<Category> {
        self.states.iter().rev().find(|(since, _)| *since <= day).map(|(_, category)| *category)
    }

    /// What a field held in the evening of a day, as far as the history tells; what it holds now, if
    /// that did not change since.
    pub fn field_on(&self, field: &str, day: Date) -> Option<String> {
        let set = |it: &Change| match it {
            Change::Set(set) if set.field == field => Some(shown(set.from.as_ref())),
            _ => None,
        };
        let later = self.told.iter().filter(|(on, _)| *on > day);
        let value = match later.filter_map(|(_, change)| set(change)).next() {
            Some(before) => before,
            None => self.item?.text(field)?.into_owned(),
        };
        Some(value).filter(|value| !value.is_empty())
    }
}

/// How much of what is done can be measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The items that are done.
    pub n_done: usize,
    /// Those of which the day is known.
    pub n_dated: usize,
    /// Those of which it is known when they came.
    pub n_with_creation: usize,
    /// Those of which it is known when work on them began.
    pub n_with_start: usize,
    /// Those that the history knows from the first day on as done.
    pub n_came_done: usize,
}

impl Timeline<'_> {
    /// How much of what is done can be measured. Items with parts do not count, as in every figure.
    pub fn coverage(&self) -> Coverage {
        Coverage::of(self.lives.iter().filter(|life| !life.has_parts))
    }
}

impl Coverage {
    /// How much of what is done of some items can be measured.
    pub fn of<'a, 'b: 'a>(lives: impl IntoIterator<Item = &'a Life<'b>>) -> Self {
        let mut coverage = Self::default();
        for life in lives.into_iter().filter(|life| life.now == Category::Done) {
            coverage.n_done += 1;
            coverage.n_dated += usize::from(life.done.is_some());
            coverage.n_with_creation += usize::from(life.lead_time().is_some());
            coverage.n_with_start += usize::from(life.cycle_time().is_some());
            coverage.n_came_done += usize::from(life.came_done);
        }
        coverage
    }
}
