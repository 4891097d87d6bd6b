//! Which items were ever planned for which sprint, from one look at the history.

use std::collections::{BTreeSet, HashMap};

use super::FIELD;
use crate::domain::backlog::Backlog;
use crate::domain::diff::{Change, shown};
use crate::domain::entry::Entry;
use crate::domain::timeline::Life;

/// The items that are, or once were, planned for each sprint.
#[derive(Debug, Default)]
pub struct Members<'t, 'a> {
    /// By the path of the record.
    lives: HashMap<&'t str, Vec<&'t Life<'a>>>,
}

impl<'t, 'a> Members<'t, 'a> {
    /// Those of some of the items of a backlog.
    pub fn of(backlog: &'t Backlog, lives: impl IntoIterator<Item = &'t Life<'a>>) -> Self
    where
        'a: 't,
    {
        let mut members = Self::default();
        for life in lives {
            for record in records(backlog, life) {
                members.lives.entry(record).or_default().push(life);
            }
        }
        members
    }

    /// Those of one sprint.
    pub fn of_sprint(&self, record: &Entry) -> &[&'t Life<'a>] {
        self.lives.get(record.path()).map_or(&[], Vec::as_slice)
    }
}

/// The sprints that an item is, or once was, planned for, by the paths of their records.
fn records<'t>(backlog: &'t Backlog, life: &Life<'_>) -> BTreeSet<&'t str> {
    let now = life.item.and_then(|item| item.text(FIELD)).map(|name| name.into_owned());
    let told = life.told.iter().filter_map(|(_, change)| match change {
        Change::Set(set) if set.field == FIELD => Some([&set.from, &set.to]),
        _ => None,
    });
    let names = now.into_iter().chain(told.flatten().map(|value| shown(value.as_ref())));
    names.filter_map(|name| backlog.called(&name)).map(Entry::path).collect()
}
