//! What a list would change, in numbers: enough to see a slip before anything is written.

use crate::domain::backlog::Backlog;
use crate::domain::document::Document;
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::source::Edits;

/// How many items a list changes, by what becomes of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Those with another place.
    pub moved: usize,
    /// Those with other fields; they may have moved as well.
    pub changed: usize,
    /// Those that will not be done.
    pub dropped: usize,
    /// New ones.
    pub new: usize,
}

impl Summary {
    /// What edits of items change between two states.
    pub fn of(edits: &Edits, before: &Backlog, after: &Backlog) -> Self {
        let mut summary = Self::default();
        for file in edits.files() {
            match (before.at_path(&file.path), after.at_path(&file.path)) {
                (Some(old), Some(new)) if is_dropped(before, old, after, new) => {
                    summary.dropped += 1;
                }
                (Some(old), Some(new)) => {
                    summary.moved += usize::from(old.rank() != new.rank());
                    summary.changed += usize::from(fields(&old.document).ne(fields(&new.document)));
                }
                _ => summary.new += 1,
            }
        }
        summary
    }
}

fn is_dropped(before: &Backlog, old: &Entry, after: &Backlog, new: &Entry) -> bool {
    before.category(old).is_open() && after.category(new) == Category::Dropped
}

/// The fields as they are written, without the key of the place.
fn fields(document: &Document) -> impl Iterator<Item = (&str, &str)> {
    let text = document.text();
    let pairs = document.pairs().iter().filter(move |pair| !pair.has_key(text, "rank"));
    pairs.map(move |pair| (pair.key_span().of(text), pair.value().span().of(text)))
}

/// `10 moved, 28 changed, 1 dropped, 1 new`
impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { moved, changed, dropped, new } = *self;
        let parts = [(moved, "moved"), (changed, "changed"), (dropped, "dropped"), (new, "new")];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, word)| format!("{count} {word}")).collect();
        f.write_str(&parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::{FileEdit, SourceFile};

    const ITEM: &str = "---\nid: BL-22222\nstatus: ready\nrank: mbcd\nvalue: 8\n---\n";

    fn check(before: Option<&str>, after: &str, expected: &str) {
        let path = "items/BL-22222.md".to_owned();
        let file = |text: &str| SourceFile { path: path.clone(), text: Ok(text.to_owned()) };
        let old = Backlog::parse(before.map(file).into_iter().collect());
        let mut edits = Edits::default();
        let (before, after) = (before.map(str::to_owned), Some(after.to_owned()));
        edits.push(FileEdit { path, before, after });
        assert_eq!(Summary::of(&edits, &old, &old.after(&edits)).to_string(), expected);
    }

    #[test]
    fn an_item_is_counted_by_what_becomes_of_it() {
        let with = |from: &str, to: &str| ITEM.replace(from, to);
        check(Some(ITEM), &with("mbcd", "mm"), "1 moved");
        check(Some(ITEM), &with("value: 8\n", "value: 13\n"), "1 changed");
        check(Some(ITEM), &with("value: 8\n", ""), "1 changed");
        check(Some(ITEM), &with("mbcd\nvalue: 8", "mm\nvalue: 13"), "1 moved, 1 changed");
        check(Some(ITEM), &with("ready\nrank: mbcd", "rejected\nrank: mm"), "1 dropped");
        let over = with("ready", "rejected");
        check(Some(&over), &over.replace("value: 8", "value: 3"), "1 changed");
        check(None, ITEM, "1 new");
    }
}
