//! What waits for what among items.

use std::collections::HashMap;

use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;

/// For each of `items`, the indices of those that have to be done before it: what it depends on, and
/// what blocks it. What is not among the items, because it is done or does not exist, is passed over.
pub fn among(backlog: &Backlog, items: &[&Entry]) -> Vec<Vec<usize>> {
    let index: HashMap<&str, usize> =
        items.iter().enumerate().map(|(at, item)| (item.path(), at)).collect();
    let named = |item: &Entry, field: &str| -> Vec<usize> {
        let links = item.links(field);
        let entries = links.iter().filter_map(|id| backlog.called(id));
        entries.filter_map(|entry| index.get(entry.path()).copied()).collect()
    };
    let mut before: Vec<Vec<usize>> = items.iter().map(|item| named(item, "depends_on")).collect();
    for (at, item) in items.iter().enumerate() {
        for later in named(item, "blocks") {
            before[later].push(at);
        }
    }
    for (at, before) in before.iter_mut().enumerate() {
        before.sort_unstable();
        before.dedup();
        before.retain(|it| *it != at);
    }
    before
}

/// For each item, what waits for it directly.
pub fn after(before: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut after = vec![Vec::new(); before.len()];
    for (at, before) in before.iter().enumerate() {
        before.iter().for_each(|&first| after[first].push(at));
    }
    after
}
