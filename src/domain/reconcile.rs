//! Two states of a backlog that began as one, brought together file by file.
//!
//! A file is followed by the id in it where its name changed. Who edits a file wins over who
//! removes it, because an edit that is lost is not seen, and a file too many is.

use std::collections::{BTreeMap, HashMap};

use super::document::Document;
use super::merge::{self, Conflict};
use super::problem::Problem;
use super::source::{Edits, FileChange, FileEdit};

/// What became of two states.
#[derive(Clone, Debug, Default)]
pub struct Reconciled {
    /// What differs from the state of this side.
    pub edits: Edits,
    /// The files that hold a conflict now, and the conflicts.
    pub conflicts: Vec<(String, Vec<Conflict>)>,
    /// What a rule decided, in words.
    pub notes: Vec<String>,
    /// Files that cannot be merged, because a side of them is no text.
    pub clashes: Vec<String>,
}

/// A text, if it is one.
type Text<'a> = Option<&'a str>;

/// Where a file is now, and what it holds.
#[derive(Clone, Copy)]
struct Now<'a> {
    path: &'a str,
    text: Text<'a>,
}

/// A file of the base and what became of it on one side.
#[derive(Clone, Copy)]
struct Fate<'a> {
    base: Text<'a>,
    /// `None` if it is removed.
    now: Option<Now<'a>>,
}

/// What one side did since the base.
struct Side<'a> {
    /// Files of the base, by their path there.
    changed: BTreeMap<&'a str, Fate<'a>>,
    /// New files by path.
    new: BTreeMap<&'a str, Text<'a>>,
}

/// Brings together what both sides did since the base. `headings` are those of acceptance
/// criteria.
pub fn reconcile(ours: &[FileChange], theirs: &[FileChange], headings: &[String]) -> Reconciled {
    let (ours, theirs) = (Side::of(ours), Side::of(theirs));
    let mut work = Work { done: Reconciled::default(), headings };
    for (&path, their) in &theirs.changed {
        match ours.changed.get(path) {
            None => work.take(Now { path, text: their.base }, their.now),
            Some(our) => work.both(path, our, their),
        }
    }
    for (&path, &text) in &theirs.new {
        let their = Now { path, text };
        match ours.at(path) {
            None => work.write(None, their),
            Some(text) => work.merge(path, Some(""), Now { path, text }, their),
        }
    }
    work.done
}

impl<'a> Side<'a> {
    fn of(changes: &'a [FileChange]) -> Self {
        let mut side = Self { changed: BTreeMap::new(), new: BTreeMap::new() };
        let mut removed: HashMap<String, &str> = HashMap::new();
        for change in changes {
            let path = change.path.as_str();
            let after = change.after.as_ref().map(|after| Now { path, text: text(after) });
            match (&change.before, after) {
                (Some(before), now) => {
                    let base = text(before);
                    if let Some(id) = base.filter(|_| now.is_none()).and_then(id) {
                        removed.insert(id, path);
                    }
                    side.changed.insert(path, Fate { base, now });
                }
                (None, Some(now)) => drop(side.new.insert(path, now.text)),
                (None, None) => {}
            }
        }
        side.follow(&removed);
        side
    }

    /// Takes a new file for a removed one with the same id under another name.
    fn follow(&mut self, removed: &HashMap<String, &'a str>) {
        if removed.is_empty() {
            return;
        }
        let moved = |(&path, &text): (&&'a str, &Text<'a>)| {
            let from = *removed.get(&id(text?)?)?;
            Some((from, Now { path, text }))
        };
        let moved: Vec<(&str, Now<'_>)> = self.new.iter().filter_map(moved).collect();
        for (from, now) in moved {
            let Some(fate) = self.changed.get_mut(from).filter(|fate| fate.now.is_none()) else {
                continue;
            };
            fate.now = Some(now);
            self.new.remove(now.path);
        }
    }

    /// What this side has at a path that the base does not have; `None` if nothing.
    fn at(&self, path: &str) -> Option<Text<'a>> {
        let moved = self.changed.values().filter_map(|fate| fate.now).find(|now| now.path == path);
        self.new.get(path).copied().or(moved.map(|now| now.text))
    }
}

struct Work<'a> {
    done: Reconciled,
    headings: &'a [String],
}

impl Work<'_> {
    /// Only the other side has touched a file.
    fn take(&mut self, from: Now<'_>, to: Option<Now<'_>>) {
        match to {
            Some(to) if to.path == from.path => self.write(Some(from), to),
            Some(to) => {
                self.remove(from);
                self.write(None, to);
            }
            None => self.remove(from),
        }
    }

    fn both(&mut self, path: &str, our: &Fate<'_>, their: &Fate<'_>) {
        match (our.now, their.now) {
            (None, None) => {}
            (None, Some(theirs)) => {
                self.note(path, "was removed here and edited there: it is kept as edited");
                self.write(None, theirs);
            }
            (Some(_), None) => {
                self.note(path, "was edited here and removed there: it is kept as edited");
            }
            (Some(ours), Some(theirs)) => self.merge(path, our.base, ours, theirs),
        }
    }

    /// Both sides have touched a file, whose name was `path` in the base.
    fn merge(&mut self, path: &str, base: Text<'_>, ours: Now<'_>, theirs: Now<'_>) {
        let to = match () {
            () if ours.path == path => theirs.path,
            () if theirs.path == path => ours.path,
            () => ours.path.min(theirs.path),
        };
        let merged = match (base, ours.text, theirs.text) {
            (_, one, other) if one == other && one.is_some() => None,
            (Some(base), Some(ours), Some(theirs)) => {
                Some(merge::documents(base, ours, theirs, self.headings, merge::MARKER))
            }
            _ => return self.done.clashes.push(path.to_owned()),
        };
        let text = match &merged {
            Some(merged) => Some(merged.text.as_str()),
            None => ours.text,
        };
        self.take(ours, Some(Now { path: to, text }));
        let Some(merged) = merged else { return };
        self.done.notes.extend(merged.notes.iter().map(|note| format!("{to}: {note}")));
        if !merged.conflicts.is_empty() {
            self.done.conflicts.push((to.to_owned(), merged.conflicts));
        }
    }

    fn remove(&mut self, file: Now<'_>) {
        self.push(file.path, Some(file.text), None);
    }

    fn write(&mut self, from: Option<Now<'_>>, to: Now<'_>) {
        self.push(to.path, from.map(|from| from.text), Some(to.text));
    }

    fn push(&mut self, path: &str, before: Option<Text<'_>>, after: Option<Text<'_>>) {
        if before == Some(None) || after == Some(None) {
            return self.done.clashes.push(path.to_owned());
        }
        let own = |text: Option<Text<'_>>| text.flatten().map(str::to_owned);
        let (before, after) = (own(before), own(after));
        self.done.edits.push(FileEdit { path: path.to_owned(), before, after });
    }

    fn note(&mut self, path: &str, what: &str) {
        self.done.notes.push(format!("{path} {what}"));
    }
}

fn text(text: &Result<String, Problem>) -> Text<'_> {
    text.as_deref().ok()
}

fn id(text: &str) -> Option<String> {
    Some(Document::parse("", text).text_of("id")?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "---\nid: BL-7k3qd\ntitle: a\nstatus: ready\n---\n";

    /// One side of a change: path, before, after; an empty text stands for no file.
    fn side(changes: &[(&str, &str, &str)]) -> Vec<FileChange> {
        let text = |text: &str| (!text.is_empty()).then(|| Ok(text.to_owned()));
        let change = |(path, before, after): &(&str, &str, &str)| FileChange {
            path: (*path).to_owned(),
            before: text(before),
            after: text(after),
        };
        changes.iter().map(change).collect()
    }

    fn check(ours: &[(&str, &str, &str)], theirs: &[(&str, &str, &str)], expected: &[&str]) {
        let done = reconcile(&side(ours), &side(theirs), &[]);
        let mut shown: Vec<String> = Vec::new();
        for edit in done.edits.files() {
            let text = |text: &Option<String>| text.clone().unwrap_or_default().replace('\n', "|");
            shown.push(format!("{} {} > {}", edit.path, text(&edit.before), text(&edit.after)));
        }
        shown.extend(done.clashes.iter().map(|path| format!("clash {path}")));
        shown.extend(done.conflicts.iter().map(|(path, _)| format!("conflict {path}")));
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_only_one_side_did_is_taken() {
        check(&[("a.md", "1", "2")], &[("b.md", "1", "2")], &["b.md 1 > 2"]);
        check(&[], &[("b.md", "", "2"), ("c.md", "3", "")], &["c.md 3 > ", "b.md  > 2"]);
        check(&[("a.md", "1", "2")], &[("a.md", "1", "2")], &[]);
    }

    #[test]
    fn an_edit_wins_over_a_removal_on_either_side() {
        check(&[("a.md", "1", "")], &[("a.md", "1", "2")], &["a.md  > 2"]);
        check(&[("a.md", "1", "2")], &[("a.md", "1", "")], &[]);
        check(&[("a.md", "1", "")], &[("a.md", "1", "")], &[]);
    }

    #[test]
    fn a_file_is_followed_by_its_id_to_another_name() {
        let (done, other) = (OLD.replace("ready", "done"), OLD.replace("title: a", "title: b"));
        let both = done.replace("title: a", "title: b");
        let moved = [("a.md", OLD, ""), ("b.md", "", other.as_str())];
        let show = |text: &str| text.replace('\n', "|");
        let expected = [format!("a.md {} > ", show(&done)), format!("b.md  > {}", show(&both))];
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&[("a.md", OLD, &done)], &moved, &expected);
        let expected = format!("b.md {} > {}", show(&other), show(&both));
        check(&moved, &[("a.md", OLD, &done)], &[&expected]);
    }

    #[test]
    fn what_is_no_text_is_left_to_people() {
        let binary = vec![FileChange {
            path: "a.md".to_owned(),
            before: Some(Ok("1".to_owned())),
            after: Some(Err(Problem::whole(
                crate::domain::problem::ProblemKind::Encoding,
                "not UTF-8",
            ))),
        }];
        let done = reconcile(&side(&[("a.md", "1", "2")]), &binary, &[]);
        assert_eq!(done.clashes, ["a.md"]);
        assert_eq!(reconcile(&[], &binary, &[]).clashes, ["a.md"]);
    }
}
