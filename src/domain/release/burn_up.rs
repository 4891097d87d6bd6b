//! How the scope of a release and what is done of it grew, day by day.

use std::collections::{BTreeMap, HashSet};

use super::Contents;
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::diff::Change;
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::timeline::{Life, Timeline};

/// The scope of a release and what was done of it over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BurnUp {
    /// The days on which one of the two changed, oldest first.
    pub marks: Vec<Mark>,
}

/// How a release stood in the evening of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The day.
    pub day: Date,
    /// How many items it had.
    pub scope: u32,
    /// How many of them were done.
    pub done: u32,
}

impl BurnUp {
    /// The burn-up of a release, from what the history tells of the items that are or were in it.
    /// Items with parts are not counted.
    pub fn of(
        backlog: &Backlog,
        timeline: &Timeline<'_>,
        record: &Entry,
        contents: &Contents<'_>,
    ) -> Self {
        let now: HashSet<&str> =
            contents.done.iter().chain(&contents.open).map(|item| item.path()).collect();
        let mut steps: BTreeMap<Date, (i64, i64)> = BTreeMap::new();
        for life in timeline.lives.iter().filter(|life| !life.has_parts) {
            let is_now = life.item.is_some_and(|item| now.contains(item.path()));
            let scope = Scope { backlog, record, is_now };
            if is_now || scope.was_ever(life) {
                scope.add_steps(life, &mut steps);
            }
        }
        let mut at = (0, 0);
        let mark = |(day, (scope, done)): (Date, (i64, i64))| {
            at = (at.0 + scope, at.1 + done);
            let count = |number: i64| u32::try_from(number).unwrap_or(0);
            Mark { day, scope: count(at.0), done: count(at.1) }
        };
        let steps = steps.into_iter().filter(|(_, step)| *step != (0, 0));
        Self { marks: steps.map(mark).collect() }
    }
}

/// What it takes to be in a release.
struct Scope<'a> {
    backlog: &'a Backlog,
    record: &'a Entry,
    /// Whether the item is in it now.
    is_now: bool,
}

impl Scope<'_> {
    /// Whether the history knows the item in the release.
    fn was_ever(&self, life: &Life<'_>) -> bool {
        changes(life).any(|(_, from)| self.is_meant(&from))
    }

    fn is_meant(&self, name: &str) -> bool {
        !name.is_empty() && self.backlog.called(name).is_some_and(|it| it == self.record)
    }

    /// Whether an item was in the release in the evening of a day, and whether it was done.
    fn on(&self, life: &Life<'_>, day: Date) -> (bool, bool) {
        let is_in = match life.field_on("release", day) {
            Some(name) => self.is_meant(&name),
            // It came with what it is a part of.
            None => self.is_now && changes(life).next().is_none(),
        };
        let state = life.on(day).filter(|state| is_in && *state != Category::Dropped);
        (state.is_some(), state == Some(Category::Done))
    }

    /// Adds the days on which an item came into the release, was done, or left it.
    fn add_steps(&self, life: &Life<'_>, steps: &mut BTreeMap<Date, (i64, i64)>) {
        let mut days: Vec<Date> = life.states.iter().map(|(day, _)| *day).collect();
        days.extend(changes(life).map(|(day, _)| day));
        days.sort_unstable();
        days.dedup();
        let mut before = (0, 0);
        for day in days {
            let (scope, done) = self.on(life, day);
            let now = (i64::from(scope), i64::from(done));
            let step = steps.entry(day).or_default();
            *step = (step.0 + now.0 - before.0, step.1 + now.1 - before.1);
            before = now;
        }
    }
}

/// The days on which an item got another release, and the one that it had before.
fn changes<'a>(life: &'a Life<'_>) -> impl Iterator<Item = (Date, String)> + 'a {
    life.told.iter().filter_map(|(day, change)| match change {
        Change::Set(set) if set.field == "release" => {
            Some((*day, crate::domain::diff::shown(set.from.as_ref())))
        }
        _ => None,
    })
}
