//! Sprints: their days, what is in them, which one runs and which comes next.
//!
//! A sprint is a record; what is in it, the items say in their field `sprint`. An item that has parts in
//! the same sprint counts once: by its own effort if it has one, else by that of its parts.

mod chance;
mod close;
mod course;
mod members;
mod next;
mod plan;
mod record;
mod risk;
mod state;
#[cfg(test)]
mod tests;
mod velocity;

pub use chance::{Odds, odds};
pub use close::{Destination, Undone, closed, undone};
pub use course::{Course, Point, Step};
pub use members::Members;
pub use next::{Next, next};
pub use plan::{Left, Plan, Rules, Why, plan};
pub use record::{ACTIONS, CHANGES, Group, SHOWCASE, WENT_WELL, noted, notes, skeleton};
pub use risk::{Risk, aged, risks};
pub use state::{State, state};
pub use velocity::{Mean, Velocity, mean, velocities};

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::backlog::Backlog;
use super::date::{Date, WEEK, days_between};
use super::entry::Entry;
use super::kind::{Category, SPRINT};

/// The field of an item that names its sprint.
pub const FIELD: &str = "sprint";

/// A sprint with what is in it.
#[derive(Clone, Debug)]
pub struct Sprint<'a> {
    /// The record.
    pub record: &'a Entry,
    /// What its status means: it is planned (todo), runs (doing), is closed (done) or was cancelled.
    pub category: Category,
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    pub end: Option<Date>,
    /// The effort that fits.
    pub capacity: Option<f64>,
    /// Its items in their order, open or done; what was dropped is left out.
    pub items: Vec<&'a Entry>,
}

/// So many items with so much effort.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amount {
    /// How many items.
    pub items: usize,
    /// The sum of their efforts, in the points of the team.
    pub points: f64,
    /// How many of them have no effort, and are not in the sum.
    pub unestimated: usize,
}

impl Amount {
    /// One more item.
    pub(super) fn add(&mut self, effort: Option<f64>) {
        self.items += 1;
        self.points += effort.unwrap_or(0.0);
        self.unestimated += usize::from(effort.is_none());
    }
}

/// All sprints, the earliest first; those without a first day last.
pub fn all(backlog: &Backlog) -> Vec<Sprint<'_>> {
    let mut sprints: Vec<Sprint<'_>> =
        backlog.of_kind(&SPRINT).map(|record| Sprint::empty(backlog, record)).collect();
    sprints.sort_by_key(|it| (it.start.is_none(), it.start, it.record.id()));
    let places: HashMap<&str, usize> =
        sprints.iter().enumerate().map(|(place, it)| (it.record.path(), place)).collect();
    for item in backlog.items().filter(|it| backlog.category(it) != Category::Dropped) {
        let record = of_item(backlog, item);
        if let Some(place) = record.and_then(|record| places.get(record.path())) {
            sprints[*place].items.push(item);
        }
    }
    sprints
}

/// The record of the sprint that an item is planned for, if there is one.
pub fn of_item<'a>(backlog: &'a Backlog, item: &Entry) -> Option<&'a Entry> {
    let record = backlog.called(&item.text(FIELD)?)?;
    std::ptr::eq(record.kind, &SPRINT).then_some(record)
}

/// The items whose sprint does not exist, with what they name.
pub fn lost(backlog: &Backlog) -> impl Iterator<Item = (&Entry, Cow<'_, str>)> {
    let named = |item: &'_ Entry| {
        item.text(FIELD).filter(|name| !name.trim().is_empty()).map(Cow::into_owned)
    };
    let items = backlog.open_items().filter(|item| of_item(backlog, item).is_none());
    items.filter_map(move |item| Some((item, Cow::Owned(named(item)?))))
}

impl<'a> Sprint<'a> {
    /// The sprint of a record.
    pub fn of(backlog: &'a Backlog, record: &'a Entry) -> Self {
        let is_in = |item: &&Entry| {
            backlog.category(item) != Category::Dropped
                && of_item(backlog, item).is_some_and(|it| it == record)
        };
        Self { items: backlog.items().filter(is_in).collect(), ..Self::empty(backlog, record) }
    }

    fn empty(backlog: &Backlog, record: &'a Entry) -> Self {
        Self {
            record,
            category: backlog.category(record),
            start: record.date("start"),
            end: record.date("end"),
            capacity: record.number("capacity"),
            items: Vec::new(),
        }
    }

    /// The first and the last day, if it has both and they are in this order.
    pub fn span(&self) -> Option<(Date, Date)> {
        self.start.zip(self.end).filter(|(start, end)| start <= end)
    }

    /// How many days it has, as the calendar counts them.
    pub fn n_days(&self) -> Option<i64> {
        self.span().map(|(start, end)| days_between(start, end) + 1)
    }

    /// Which of its days a day is, from 1; `None` outside of it.
    pub fn day(&self, day: Date) -> Option<i64> {
        let (start, end) = self.span()?;
        (start <= day && day <= end).then(|| days_between(start, day) + 1)
    }

    /// How many days it has left: 0 on the last one, less once it is over.
    pub fn days_left(&self, today: Date) -> Option<i64> {
        self.end.map(|end| days_between(today, end))
    }

    /// Whether its last day is before its first.
    pub fn ends_before_it_starts(&self) -> bool {
        self.start.zip(self.end).is_some_and(|(start, end)| end < start)
    }

    /// Whether both have a day in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        let common =
            |(one, other): ((Date, Date), (Date, Date))| one.0 <= other.1 && other.0 <= one.1;
        self.span().zip(other.span()).is_some_and(common)
    }

    /// The Sprint Goal in words: what stands there, or the title of the goal that it names.
    pub fn goal(&self, backlog: &'a Backlog) -> Option<Cow<'a, str>> {
        let goal = self.record.text("goal").filter(|goal| !goal.trim().is_empty())?;
        Some(backlog.called(&goal).map_or(goal, Entry::title))
    }

    /// Its items that are neither done nor dropped.
    pub fn open(&self, backlog: &'a Backlog) -> impl Iterator<Item = &'a Entry> {
        self.items.iter().copied().filter(|item| backlog.category(item).is_open())
    }

    /// Whether it is planned for an item.
    pub fn has(&self, item: &Entry) -> bool {
        self.items.contains(&item)
    }
}

/// How many items these are and what effort they have together.
pub fn amount<'a>(backlog: &'a Backlog, items: &[&'a Entry]) -> Amount {
    let mut amount = Amount::default();
    for item in counted(backlog, items) {
        amount.add(item.number("effort"));
    }
    amount
}

/// Those of some items that count: no part of a whole that has an effort, and no whole that has none
/// while its parts are among them.
pub fn counted<'a>(backlog: &'a Backlog, items: &[&'a Entry]) -> Vec<&'a Entry> {
    let among: HashSet<&str> = items.iter().map(|item| item.path()).collect();
    let is_among = |entry: &Entry| among.contains(entry.path());
    let has_effort = |entry: &Entry| entry.number("effort").is_some();
    let wholes: HashSet<&str> = items
        .iter()
        .filter_map(|item| backlog.parent(item))
        .filter(|whole| is_among(whole) && !has_effort(whole))
        .map(Entry::path)
        .collect();
    let is_part = |item: &Entry| backlog.above(item).any(|it| is_among(it) && has_effort(it));
    let counts = |item: &&Entry| !wholes.contains(item.path()) && !is_part(item);
    items.iter().copied().filter(counts).collect()
}
