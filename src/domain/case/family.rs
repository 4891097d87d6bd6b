//! The items of a backlog with their parts.

use std::collections::{BTreeSet, HashMap};

use super::{Sum, is};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, GOAL, SPRINT};

/// The items of a backlog with their parts.
pub(in crate::domain) struct Family<'a> {
    backlog: &'a Backlog,
    /// The parts of each item, by its path, in their order.
    parts: HashMap<&'a str, Vec<&'a Entry>>,
}

impl<'a> Family<'a> {
    pub(in crate::domain) fn of(backlog: &'a Backlog) -> Self {
        let mut parts: HashMap<&str, Vec<&Entry>> = HashMap::new();
        for item in backlog.items().filter(|it| backlog.category(it) != Category::Dropped) {
            if let Some(parent) = backlog.parent(item) {
                parts.entry(parent.path()).or_default().push(item);
            }
        }
        Self { backlog, parts }
    }

    /// The items that a subject is made of. A part goes where its whole goes, unless it names
    /// another one itself.
    pub(in crate::domain) fn items_of(&self, subject: &'a Entry) -> Vec<&'a Entry> {
        let field = match subject.kind {
            kind if std::ptr::eq(kind, &GOAL) => "goal",
            kind if std::ptr::eq(kind, &SPRINT) => "sprint",
            _ => "release",
        };
        let mut open: Vec<&Entry> = match subject.kind.is_ranked() {
            true => vec![subject],
            false => self.naming(field, subject),
        };
        let mut found: BTreeSet<&str> = open.iter().map(|it| it.path()).collect();
        while let Some(item) = open.pop() {
            for part in self.parts.get(item.path()).into_iter().flatten() {
                let is_elsewhere = !subject.kind.is_ranked() && part.text(field).is_some();
                if !is_elsewhere && found.insert(part.path()) {
                    open.push(part);
                }
            }
        }
        self.backlog.items().filter(|it| found.contains(it.path())).collect()
    }

    /// The items that name a goal, or one below it, or a release or a sprint.
    fn naming(&self, field: &str, subject: &'a Entry) -> Vec<&'a Entry> {
        let mut meant = vec![subject.path()];
        if is(subject, &GOAL) {
            let mut at = 0;
            while let Some(path) = meant.get(at).copied() {
                let is_below =
                    |goal: &&Entry| self.backlog.parent(goal).is_some_and(|it| it.path() == path);
                let below = self.backlog.of_kind(&GOAL).filter(is_below);
                let new: Vec<&str> =
                    below.map(Entry::path).filter(|it| !meant.contains(it)).collect();
                meant.extend(new);
                at += 1;
            }
        }
        let names =
            |it: &&'a Entry| self.backlog.targets(it, field).any(|it| meant.contains(&it.path()));
        let counts = |item: &&Entry| self.backlog.category(item) != Category::Dropped;
        self.backlog.items().filter(counts).filter(names).collect()
    }

    /// The sum of a field over `items`, of which parts count in the place of their whole.
    pub(in crate::domain) fn sum(
        &self,
        subject: &'a Entry,
        items: &[&'a Entry],
        field: &str,
    ) -> Sum {
        let within: BTreeSet<&str> = items.iter().map(|it| it.path()).collect();
        let mut has_numbered_part: BTreeSet<&str> = BTreeSet::new();
        // From each item with a number upwards, as long as nobody was there before.
        for item in items.iter().filter(|it| number(it, field).is_some()) {
            for whole in self.backlog.above(item) {
                // On a circle there is no whole, and each counts.
                if self.backlog.above(whole).any(|it| std::ptr::eq(it, *item)) {
                    break;
                }
                if !within.contains(whole.path()) || !has_numbered_part.insert(whole.path()) {
                    break;
                }
            }
        }
        let own = Some(subject).filter(|it| it.kind.is_ranked());
        let mut sum = Sum { own: own.and_then(|it| number(it, field)), ..Sum::default() };
        for item in items.iter().filter(|it| !has_numbered_part.contains(it.path())) {
            let is_open = self.backlog.category(item).is_open();
            if self.backlog.category(item) == Category::Dropped {
                continue;
            }
            match (number(item, field), is_open) {
                (Some(number), true) => sum.open += number,
                (Some(number), false) => sum.done += number,
                (None, true) => sum.n_open_without += 1,
                (None, false) => sum.n_done_without += 1,
            }
        }
        sum
    }
}

/// A number that can be a value or an effort: negative ones count as none.
fn number(item: &Entry, field: &str) -> Option<f64> {
    item.number(field).filter(|number| *number >= 0.0)
}
