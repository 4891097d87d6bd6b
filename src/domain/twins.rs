//! Two documents with one id, and how one of them gets another.
//!
//! Ids are drawn at random, so that this happens rarely: after a copy by hand, or once in some
//! thousand items made on two branches. Everybody who repairs it has to do the same, or the next
//! merge brings both repairs; so which one keeps the id, and what the new id is, follow from the
//! documents alone.

use std::collections::HashSet;

use blake2::{Blake2s256, Digest};

use super::backlog::Backlog;
use super::document::Document;
use super::edit::{self, Value};
use super::entry::Entry;
use super::source::{Edits, FileEdit};
use super::{id, mention};

/// A document that got another id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The id that both had.
    pub old: String,
    /// The path of the one that keeps it.
    pub kept: String,
    /// The path of the other one before.
    pub from: String,
    /// Its id now.
    pub new: String,
    /// Its path now.
    pub to: String,
    /// The documents in which the old id was meant for this one, and is replaced.
    pub mended: Vec<String>,
    /// The documents that hold the old id and are left as they are.
    pub others: Vec<String>,
}

/// Gives every document whose id another one has, and was made earlier, a new id and file name.
///
/// `came_with` tells the paths of the documents that came with one of two, given its path and that
/// of the other: an id in them means that one.
pub fn repair(
    backlog: &Backlog,
    came_with: &dyn Fn(&str, &str) -> Vec<String>,
) -> (Edits, Vec<Renamed>) {
    let mut taken: HashSet<String> =
        backlog.entries().map(|entry| entry.id().to_ascii_lowercase()).collect();
    let (mut edits, mut renamed) = (Edits::default(), Vec::new());
    for mut group in backlog.duplicates() {
        group.sort_by_cached_key(|entry| seniority(entry));
        let Some((kept, later)) = group.split_first() else { continue };
        for entry in later {
            let Some((change, text)) = rename(entry, kept, &taken) else { continue };
            taken.insert(change.new.to_ascii_lowercase());
            let before = Some(entry.document.text().to_owned());
            edits.push(FileEdit { path: change.from.clone(), before, after: None });
            edits.push(FileEdit { path: change.to.clone(), before: None, after: Some(text) });
            renamed.push(change);
        }
    }
    for change in &mut renamed {
        let theirs = came_with(&change.from, &change.kept);
        mend(backlog, change, &theirs, &mut edits);
    }
    (edits, renamed)
}

/// Who was first: by `created`, then by content, then by name. No clock, and no side of a merge.
fn seniority(entry: &Entry) -> (bool, String, Vec<u8>, String) {
    let created = entry.text("created").map(|day| day.into_owned());
    let content = Blake2s256::digest(entry.document.text().as_bytes()).to_vec();
    (created.is_none(), created.unwrap_or_default(), content, entry.path().to_owned())
}

/// The document under a new id. `None` if its id has a meaning, as that of a sprint has: two of
/// those are one thing, written twice.
fn rename(entry: &Entry, kept: &Entry, taken: &HashSet<String>) -> Option<(Renamed, String)> {
    let old = entry.id();
    let (prefix, letters) = old.split_once('-').filter(|_| id::is_random(old))?;
    let new = id::draw(prefix, letters.len(), numbers(entry), |id| {
        taken.contains(&id.to_ascii_lowercase())
    })?;
    let document = &entry.document;
    let text = edit::set(document, "id", &Value::Text(new.clone()), &["id"]).ok()?;
    let (folder, name) = entry.path().rsplit_once('/').unwrap_or(("", entry.path()));
    let rest =
        name.get(old.len()..).filter(|_| name.to_lowercase().starts_with(&old.to_lowercase()));
    let name = match rest {
        Some(rest) => format!("{new}{rest}"),
        None => id::file_name(&new, &id::slug(&entry.title())),
    };
    let to = if folder.is_empty() { name } else { format!("{folder}/{name}") };
    let change = Renamed {
        old: old.to_owned(),
        kept: kept.path().to_owned(),
        from: entry.path().to_owned(),
        new,
        to,
        mended: Vec::new(),
        others: Vec::new(),
    };
    Some((change, text))
}

/// Numbers that follow from the document.
fn numbers(entry: &Entry) -> impl FnMut() -> u32 + use<> {
    let seed = Blake2s256::digest(format!("{}\n{}", entry.path(), entry.document.text()));
    let mut n_drawn: u64 = 0;
    move || {
        let drawn = Blake2s256::new().chain_update(seed).chain_update(n_drawn.to_le_bytes());
        n_drawn += 1;
        let bytes = drawn.finalize();
        u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }
}

/// Replaces the id in the documents that mean the one that was renamed.
fn mend(backlog: &Backlog, change: &mut Renamed, theirs: &[String], edits: &mut Edits) {
    for entry in backlog.readable() {
        if [&change.from, &change.kept].into_iter().any(|path| path == entry.path()) {
            continue;
        }
        let text = edits.at(entry.path()).and_then(|edit| edit.after.clone());
        let text = text.unwrap_or_else(|| entry.document.text().to_owned());
        let Some(replaced) = replaced(&text, &change.old, &change.new) else { continue };
        let is_theirs = theirs.iter().any(|path| path == entry.path());
        if !is_theirs || !Document::parse(entry.path(), replaced.as_str()).is_readable() {
            change.others.push(entry.path().to_owned());
            continue;
        }
        edits.rewrite(&entry.document, replaced);
        change.mended.push(entry.path().to_owned());
    }
}

/// A text with another id in place of one; `None` if it does not hold that one.
fn replaced(text: &str, old: &str, new: &str) -> Option<String> {
    let places = mention::mentions(text).filter(|it| it.id.eq_ignore_ascii_case(old));
    let mut places = places.map(|it| it.start).peekable();
    places.peek()?;
    let mut replaced = String::with_capacity(text.len());
    let mut end = 0;
    for start in places {
        replaced.push_str(&text[end..start]);
        replaced.push_str(new);
        end = start + old.len();
    }
    replaced.push_str(&text[end..]);
    Some(replaced)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;

    fn item(created: &str, title: &str) -> String {
        format!("---\nid: BL-7k3qd\ntitle: {title}\ncreated: {created}\n---\n")
    }

    fn backlog(files: &[(&str, &str)]) -> Backlog {
        let file = |(path, text): &(&str, &str)| SourceFile {
            path: (*path).to_owned(),
            text: Ok((*text).to_owned()),
        };
        Backlog::parse(files.iter().map(file).collect())
    }

    #[test]
    fn the_later_one_gets_a_new_id_and_what_came_with_it_follows() {
        let (first, second) = (item("2026-11-01", "First"), item("2026-11-02", "Second"));
        let link = "---\nid: BL-9qqrt\ntitle: x\ndepends_on: [BL-7k3qd]\n---\nSee [[BL-7k3qd]].\n";
        let files = [
            ("items/BL-7k3qd-second.md", second.as_str()),
            ("items/BL-7k3qd-first.md", &first),
            ("items/BL-9qqrt-x.md", link),
            ("items/BL-bbbbb-y.md", "---\nid: BL-bbbbb\ntitle: y\nparent: BL-7k3qd\n---\n"),
        ];
        let came_with = |_: &str, _: &str| vec!["items/BL-9qqrt-x.md".to_owned()];
        let (edits, renamed) = repair(&backlog(&files), &came_with);
        let [change] = &renamed[..] else { panic!("{renamed:?}") };
        assert_eq!(change.kept, "items/BL-7k3qd-first.md");
        assert_eq!(change.from, "items/BL-7k3qd-second.md");
        assert!(id::is_random(&change.new) && change.new != "BL-7k3qd");
        assert_eq!(change.to, format!("items/{}-second.md", change.new));
        assert_eq!(change.mended, ["items/BL-9qqrt-x.md"]);
        assert_eq!(change.others, ["items/BL-bbbbb-y.md"]);
        let mended = edits.at("items/BL-9qqrt-x.md").unwrap().after.clone().unwrap();
        assert_eq!(mended, link.replace("BL-7k3qd", &change.new));
        let moved = edits.at(&change.to).unwrap().after.clone().unwrap();
        assert_eq!(moved, second.replace("BL-7k3qd", &change.new));
        let mut reversed = files;
        reversed.reverse();
        assert_eq!(repair(&backlog(&reversed), &came_with).1, renamed);
        let after = backlog(&files).after(&edits);
        assert!(after.duplicates().is_empty());
        assert!(repair(&after, &came_with).0.is_empty());
    }

    #[test]
    fn three_of_one_id_become_three_ids() {
        let texts: Vec<String> = (1..4).map(|day| item(&format!("2026-11-0{day}"), "x")).collect();
        let files = [("a.md", &*texts[0]), ("b.md", &*texts[1]), ("c.md", &*texts[2])];
        let files = files.map(|(name, text)| (format!("items/{name}"), text));
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, *text)).collect();
        let (edits, renamed) = repair(&backlog(&files), &|_, _| Vec::new());
        assert_eq!(renamed.len(), 2);
        assert!(backlog(&files).after(&edits).duplicates().is_empty());
    }

    #[test]
    fn an_id_with_a_meaning_is_left_to_people() {
        let text = "---\nid: 2026-24\ntitle: x\n---\n";
        let files = [("sprints/2026-24.md", text), ("sprints/2026-24-x.md", text)];
        assert!(repair(&backlog(&files), &|_, _| Vec::new()).0.is_empty());
    }
}
