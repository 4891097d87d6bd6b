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

/// What becomes of an item, what should not be overlooked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Dropped,
    New,
    Kept,
}

impl Summary {
    /// What edits of items change between two states.
    pub fn of(edits: &Edits, before: &Backlog, after: &Backlog) -> Self {
        let mut summary = Self::default();
        for file in edits.files() {
            match fate(&file.path, before, after) {
                Fate::Dropped => summary.dropped += 1,
                Fate::New => summary.new += 1,
                Fate::Kept => summary.add_kept(&file.path, before, after),
            }
        }
        summary
    }

    fn add_kept(&mut self, path: &str, before: &Backlog, after: &Backlog) {
        let (Some(old), Some(new)) = (before.at_path(path), after.at_path(path)) else { return };
        self.moved += usize::from(old.rank() != new.rank());
        self.changed += usize::from(fields(&old.document).ne(fields(&new.document)));
    }
}

/// The paths of edits, those of items that are dropped first, and then the new ones: what comes
/// after may be more than somebody reads.
pub fn by_weight<'a>(edits: &'a Edits, before: &Backlog, after: &Backlog) -> Vec<&'a str> {
    let mut paths: Vec<&str> = edits.files().iter().map(|file| file.path.as_str()).collect();
    paths.sort_by_key(|path| fate(path, before, after));
    paths
}

fn fate(path: &str, before: &Backlog, after: &Backlog) -> Fate {
    match (before.at_path(path), after.at_path(path)) {
        (Some(old), Some(new)) if is_dropped(before, old, after, new) => Fate::Dropped,
        (Some(_), Some(_)) => Fate::Kept,
        _ => Fate::New,
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

    #[test]
    fn what_should_not_be_overlooked_comes_first() {
        let item = |id: &str, status: &str| {
            let text = ITEM.replace("BL-22222", id).replace("ready", status);
            (format!("items/{id}.md"), text)
        };
        let mut edits = Edits::default();
        let mut old = Vec::new();
        for (id, status) in [("BL-22222", "done"), ("BL-33333", "ready"), ("BL-44444", "rejected")]
        {
            let (path, after) = item(id, status);
            let before = (status != "ready").then(|| item(id, "proposed").1);
            let file = |text: String| SourceFile { path: path.clone(), text: Ok(text) };
            old.extend(before.clone().map(file));
            edits.push(FileEdit { path, before, after: Some(after) });
        }
        let before = Backlog::parse(old);
        let expected = ["items/BL-44444.md", "items/BL-33333.md", "items/BL-22222.md"];
        assert_eq!(by_weight(&edits, &before, &before.after(&edits)), expected);
    }
}
