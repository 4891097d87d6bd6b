//! Work in progress and its age, held against how long work took before: an item that is older than
//! most ever were needs help now, and not when it is late.

use super::times::Times;
use super::{Past, Percentiles};
use crate::domain::date::{Date, days_between};
use crate::domain::entry::Entry;
use crate::domain::kind::Category;

/// What is under way.
#[derive(Debug)]
pub struct Ageing<'a> {
    /// The items that somebody works on, the oldest first; those of unknown age come last.
    pub items: Vec<Aged<'a>>,
    /// How long the items took that were done.
    pub past: Percentiles,
}

/// An item that is under way.
#[derive(Debug)]
pub struct Aged<'a> {
    /// The item.
    pub item: &'a Entry,
    /// The day on which work on it began.
    pub since: Option<Date>,
    /// How many days ago that is.
    pub days: Option<i64>,
    /// Which share of the done items, in percent, took less; `None` if it is not even half.
    pub passed: Option<usize>,
}

impl<'a> Ageing<'a> {
    pub(super) fn of(past: &Past<'a, '_>, times: &Times) -> Self {
        let cycle = times.all.cycle;
        let doing = past.lives.iter().filter(|life| life.now == Category::Doing);
        let aged = doing.filter_map(|life| {
            let days = life.started.map(|since| days_between(since, past.period.last));
            let passed = days.and_then(|days| cycle.passed(days));
            Some(Aged { item: life.item?, since: life.started, days, passed })
        });
        let mut items: Vec<Aged<'_>> = aged.collect();
        // Items come in the order of the backlog, and stay in it among equals.
        items.sort_by_key(|it| std::cmp::Reverse(it.days));
        Self { items, past: cycle }
    }

    /// Those that are older than 85 of 100 done items were.
    pub fn too_old(&self) -> impl Iterator<Item = &Aged<'a>> {
        self.items.iter().filter(|it| it.passed >= Some(85))
    }
}
