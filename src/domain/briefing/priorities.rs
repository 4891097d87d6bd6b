//! What happened to the order in a period, from the entries of a history.

use std::collections::BTreeMap;

use crate::domain::date::Date;
use crate::domain::diff::Change;
use crate::domain::kind::ITEM;
use crate::domain::log::LogEntry;

/// The moves of a period, while its entries are read, newest first.
#[derive(Debug)]
pub struct Priorities {
    since: Date,
    shifts: BTreeMap<String, Shift>,
    /// Why the status of an item changed, the last time.
    reasons: BTreeMap<String, String>,
}

/// All moves of one item in a period, as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The place before the first of them, from 1.
    pub from: usize,
    /// The place after the last.
    pub to: usize,
    /// Why it was moved, the last time that somebody said it.
    pub why: Option<String>,
    /// The day of the last move; `None` if that is not committed yet.
    pub on: Option<Date>,
    /// Who moved it, the last time; empty if that is not committed yet.
    pub by: String,
}

impl Shift {
    /// How many places.
    pub fn distance(&self) -> usize {
        self.from.abs_diff(self.to)
    }

    /// Whether it went towards the top.
    pub fn is_up(&self) -> bool {
        self.to < self.from
    }
}

impl Priorities {
    /// Of the days after one.
    pub fn since(since: Date) -> Self {
        Self { since, shifts: BTreeMap::new(), reasons: BTreeMap::new() }
    }

    /// Takes in the entry that came before the last one.
    pub fn read(&mut self, entry: &LogEntry) {
        let on = entry.day().parse::<Date>().ok();
        if on.is_some_and(|on| on <= self.since) {
            return;
        }
        for document in entry.documents.iter().filter(|it| it.kind == ITEM.name) {
            for change in &document.changes {
                match change {
                    Change::Moved(moved) => {
                        self.moved(&document.id, (moved.from, moved.to), entry, on);
                    }
                    Change::Set(set) if set.field == "status" => {
                        if let Some(why) = &entry.reason {
                            self.reasons.entry(key(&document.id)).or_insert_with(|| why.clone());
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn moved(&mut self, id: &str, (from, to): (usize, usize), entry: &LogEntry, on: Option<Date>) {
        let by = entry.author.clone();
        let shift =
            self.shifts.entry(key(id)).or_insert_with(|| Shift { from, to, why: None, on, by });
        shift.from = from;
        if shift.why.is_none() {
            shift.why.clone_from(&entry.reason);
        }
    }

    /// Why the status of an item changed, the last time.
    pub fn reason(&self, id: &str) -> Option<String> {
        self.reasons.get(&key(id)).cloned()
    }

    /// The moves, by the id of their item; what came back to its place has not moved.
    pub fn into_shifts(self) -> impl Iterator<Item = (String, Shift)> {
        self.shifts.into_iter().filter(|(_, shift)| shift.from != shift.to)
    }
}

/// Ids are the same in any case.
fn key(id: &str) -> String {
    id.to_lowercase()
}
