//! Two states of a backlog that began as one, brought together file by file.
//!
//! A file is followed by the id in it where its name changed. Who edits a file wins over who
//! removes it, because an edit that is lost is not seen, and a file too many is. A path that two
//! documents come to is that of the new one, or else of the one that was first by its old path; the
//! other stays where it was.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// Where a file is, and what it holds.
#[derive(Clone, Copy)]
struct Now<'a> {
    path: &'a str,
    text: Text<'a>,
}

/// What became of a file on one side; `None` if it is removed.
type Fate<'a> = Option<Now<'a>>;

/// What one side did since the base.
struct Side<'a> {
    /// Files of the base by their path there, with what they held.
    changed: BTreeMap<&'a str, (Text<'a>, Fate<'a>)>,
    /// New files by path.
    new: BTreeMap<&'a str, Text<'a>>,
}

/// A file that a side has touched.
struct File<'a> {
    /// `None` if it is new.
    base: Option<Now<'a>>,
    /// `None` if this side has not touched it.
    ours: Option<Fate<'a>>,
    /// The same of the other side.
    theirs: Option<Fate<'a>>,
}

/// Brings together what both sides did since the base. `headings` are those of acceptance
/// criteria.
///
/// A file that is no text and that the other side alone has touched is left to the store, which
/// takes it as it is.
pub fn reconcile(ours: &[FileChange], theirs: &[FileChange], headings: &[String]) -> Reconciled {
    let files = files(&Side::of(ours), &Side::of(theirs));
    let mut work = Work { done: Reconciled::default(), written: Vec::new(), headings };
    let mut taken: HashMap<&str, &File<'_>> = HashMap::new();
    for file in &files {
        let Some(place) = file.place() else {
            work.bring(file, "");
            continue;
        };
        match (taken.get(place), file.base) {
            (Some(first), _) if first.is_no_text() => work.done.clashes.push(place.to_owned()),
            (Some(_), Some(base)) => {
                work.note(base.path, &format!("stays: another document is at {place}"));
                work.bring(file, base.path);
            }
            _ => {
                taken.insert(place, file);
                work.bring(file, place);
            }
        }
    }
    // A path may be left by one document and taken by another.
    work.written.into_iter().for_each(|edit| work.done.edits.push(edit));
    work.done
}

/// The files that a side has touched: first the new ones, which have no other place, then those of
/// the base, by path.
fn files<'a>(ours: &Side<'a>, theirs: &Side<'a>) -> Vec<File<'a>> {
    let new: BTreeSet<&str> = ours.new.keys().chain(theirs.new.keys()).copied().collect();
    let old: BTreeSet<&str> = ours.changed.keys().chain(theirs.changed.keys()).copied().collect();
    let new = new.into_iter().map(|path| {
        let on = |side: &Side<'a>| side.new.get(path).map(|&text| Some(Now { path, text }));
        File { base: None, ours: on(ours), theirs: on(theirs) }
    });
    let old = old.into_iter().map(|path| {
        let (our, their) = (ours.changed.get(path), theirs.changed.get(path));
        let base = our.or(their).map(|&(text, _)| Now { path, text });
        File { base, ours: our.map(|it| it.1), theirs: their.map(|it| it.1) }
    });
    new.chain(old).collect()
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
                    side.changed.insert(path, (base, now));
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
            let Some((_, fate)) = self.changed.get_mut(from).filter(|it| it.1.is_none()) else {
                continue;
            };
            *fate = Some(now);
            self.new.remove(now.path);
        }
    }
}

impl<'a> File<'a> {
    /// Where it belongs, unless another one is there; `None` if it goes.
    fn place(&self) -> Option<&'a str> {
        let (one, other) = match (self.ours, self.theirs) {
            (Some(one), Some(other)) => (one, other),
            (one, other) => (one.or(other).flatten(), None),
        };
        let paths = [one, other].into_iter().flatten().map(|now| now.path);
        let is_moved = |path: &&str| self.base.is_none_or(|base| base.path != *path);
        paths.clone().filter(is_moved).min().or_else(|| paths.min())
    }

    fn is_no_text(&self) -> bool {
        let fates = [self.ours, self.theirs].into_iter().flatten();
        fates.chain([self.base]).flatten().any(|now| now.text.is_none())
    }
}

struct Work<'a> {
    done: Reconciled,
    /// What is written once all that goes is gone.
    written: Vec<FileEdit>,
    headings: &'a [String],
}

impl Work<'_> {
    /// Brings a file to a path, unless it goes.
    fn bring(&mut self, file: &File<'_>, to: &str) {
        let ours = file.ours.unwrap_or(file.base);
        let name = file.base.map_or(to, |base| base.path);
        let is_no_text = |fate: Fate<'_>| fate.is_some_and(|now| now.text.is_none());
        let text = match (file.ours, file.theirs) {
            (_, None) => ours.map(|ours| ours.text),
            (None, Some(_)) if file.is_no_text() => return,
            (None, Some(theirs)) => theirs.map(|theirs| theirs.text),
            (Some(None), Some(None)) => None,
            (Some(one), Some(other)) if is_no_text(one) || is_no_text(other) => {
                return self.done.clashes.push(name.to_owned());
            }
            (Some(None), Some(Some(theirs))) => {
                self.note(name, "was removed here and edited there: it is kept as edited");
                Some(theirs.text)
            }
            (Some(Some(ours)), Some(None)) => {
                self.note(name, "was edited here and removed there: it is kept as edited");
                Some(ours.text)
            }
            (Some(Some(one)), Some(Some(other))) if one.text == other.text => Some(one.text),
            (Some(Some(one)), Some(Some(other))) => {
                let base = file.base.map_or(Some(""), |base| base.text);
                let Some(text) = self.merge(base, one.text, other.text, to) else {
                    return self.done.clashes.push(name.to_owned());
                };
                return self.change(ours, Some(Now { path: to, text: Some(&text) }));
            }
        };
        self.change(ours, text.map(|text| Now { path: to, text }));
    }

    /// The merged text of a file that both sides have touched; `None` if one of them is no text.
    fn merge(
        &mut self,
        base: Text<'_>,
        ours: Text<'_>,
        theirs: Text<'_>,
        to: &str,
    ) -> Option<String> {
        let merged = merge::documents(base?, ours?, theirs?, self.headings, merge::MARKER);
        self.done.notes.extend(merged.notes.iter().map(|note| format!("{to}: {note}")));
        if !merged.conflicts.is_empty() {
            self.done.conflicts.push((to.to_owned(), merged.conflicts));
        }
        Some(merged.text)
    }

    /// What becomes of a file of ours.
    fn change(&mut self, from: Option<Now<'_>>, to: Option<Now<'_>>) {
        let own = |text: Text<'_>| text.map(str::to_owned);
        let edit = |path: &str, before: Text<'_>, after: Text<'_>| FileEdit {
            path: path.to_owned(),
            before: own(before),
            after: own(after),
        };
        match (from, to) {
            (Some(from), Some(to)) if from.path == to.path => {
                self.written.push(edit(to.path, from.text, to.text));
            }
            (from, to) => {
                let gone = from.map(|from| edit(from.path, from.text, None));
                gone.into_iter().for_each(|edit| self.done.edits.push(edit));
                self.written.extend(to.map(|to| edit(to.path, None, to.text)));
            }
        }
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
    use proptest::prelude::*;

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
        let done = reconcile(&side(&[("b.md", "1", "2")]), &binary, &[]);
        assert!(done.clashes.is_empty() && done.edits.is_empty(), "the store takes it");
        let new = FileChange { before: None, path: "x.md".to_owned(), ..binary[0].clone() };
        let moved = side(&[("a.md", OLD, ""), ("x.md", "", OLD)]);
        assert_eq!(reconcile(&moved, std::slice::from_ref(&new), &[]).clashes, ["x.md"]);
        assert_eq!(reconcile(&[new], &moved, &[]).clashes, ["x.md"]);
    }

    #[test]
    fn a_place_that_two_documents_want_is_given_to_one_and_the_other_stays() {
        let of = |id: &str, text: &str| OLD.replace("7k3qd", id).replace("title: a", text);
        let (moved, edited) = (of("7k3qd", "title: a"), of("7k3qd", "title: b"));
        let mine = of("2222x", "title: mine");
        let new = [("x.md", "", mine.as_str())];
        let show = |text: &str| text.replace('\n', "|");
        check(&new, &[("a.md", OLD, ""), ("x.md", "", &moved)], &[]);
        let expected = format!("a.md {} > {}", show(OLD), show(&edited));
        check(&new, &[("a.md", OLD, ""), ("x.md", "", &edited)], &[&expected]);
        let removed = [("a.md", OLD, ""), new[0]];
        let expected = format!("a.md  > {}", show(&edited));
        check(&removed, &[("a.md", OLD, ""), ("x.md", "", &edited)], &[&expected]);
        let other = of("33333", "title: c");
        let (one, two) = ([("b.md", &*other, ""), ("x.md", "", &*other)], moved);
        let expected = [
            format!("a.md {} > ", show(OLD)),
            format!("x.md {} > {}", show(&other), show(&two)),
            format!("b.md  > {}", show(&other)),
        ];
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&one, &[("a.md", OLD, ""), ("x.md", "", &two)], &expected);
    }

    type State = BTreeMap<String, String>;

    fn base() -> State {
        let document = |name: &str| OLD.replace("7k3qd", &format!("{name}{name}222"));
        ["a", "b", "c"].iter().map(|name| (format!("{name}.md"), document(name))).collect()
    }

    /// What one side makes of the base: what it does with each file, and where it has a new one.
    fn version(side: &'static str) -> impl Strategy<Value = State> {
        let new = proptest::option::of(prop_oneof![Just("x.md"), Just("y.md")]);
        (proptest::collection::vec(0..8_usize, 3), new).prop_map(move |(what, new)| {
            let mut state = State::new();
            let mut put =
                |path: &str, text: String| state.entry(path.to_owned()).or_insert(text).len();
            for ((path, text), what) in base().into_iter().zip(what) {
                let edited = text.replace("ready", side);
                match what {
                    0 => continue,
                    1 | 2 => put(&path, edited),
                    3 | 4 => put(["x.md", "y.md"][what - 3], text),
                    5 | 6 => put(["x.md", "y.md"][what - 5], edited),
                    _ => put(&path, text),
                };
            }
            if let Some(path) = new {
                put(path, OLD.replace("BL-7k3qd", side));
            }
            state
        })
    }

    fn changes(from: &State, to: &State) -> Vec<FileChange> {
        let paths: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
        let of = |state: &State, path: &String| state.get(path).cloned().map(Ok);
        let change = |path: &String| FileChange {
            path: path.clone(),
            before: of(from, path),
            after: of(to, path),
        };
        let all = paths.into_iter().map(change);
        all.filter(|change| change.before != change.after).collect()
    }

    /// The state in which a clone is after it has brought in the other.
    fn after(ours: &State, theirs: &State) -> State {
        let done = reconcile(&changes(&base(), ours), &changes(&base(), theirs), &[]);
        assert_eq!(done.clashes, [""; 0]);
        let mut state = ours.clone();
        for edit in done.edits.files() {
            assert_eq!(state.get(&edit.path), edit.before.as_ref(), "{}", edit.path);
            match &edit.after {
                Some(text) => drop(state.insert(edit.path.clone(), text.clone())),
                None => drop(state.remove(&edit.path)),
            }
        }
        state
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn no_document_vanishes_and_both_clones_agree(one in version("one"), other in version("other")) {
            let state = after(&one, &other);
            prop_assert_eq!(&state, &after(&other, &one));
            let has = |state: &State, id: &str| state.values().any(|text| text.contains(id));
            let base = base();
            for id in ["BL-aa222", "BL-bb222", "BL-cc222", "id: one", "id: other"] {
                let is_wanted = [&one, &other].iter().filter(|side| has(side, id)).count();
                let is_there = is_wanted == 2 || (is_wanted == 1 && !has(&base, id));
                prop_assert!(!is_there || has(&state, id), "{id} is not in {state:?}");
            }
        }
    }
}
