//! What `undo` has to bring back.

use std::collections::BTreeMap;

use super::judge::Case;
use super::snapshot::Snapshot;

/// Files that a command has changed, as they were before and after.
#[derive(Clone, Debug)]
pub(super) struct Change {
    at: &'static str,
    files: BTreeMap<String, [Option<Vec<u8>>; 2]>,
}

impl Change {
    /// What differs in the backlog; `None` if nothing does.
    pub(super) fn between(at: &'static str, before: &Snapshot, after: &Snapshot) -> Option<Self> {
        let (old, new) = (before.backlog(), after.backlog());
        let mut files = BTreeMap::new();
        for path in old.keys().chain(new.keys()) {
            let of = |state: &BTreeMap<&str, &[u8]>| state.get(path).map(|it| it.to_vec());
            let texts = [of(&old), of(&new)];
            if texts[0] != texts[1] {
                files.insert((*path).to_owned(), texts);
            }
        }
        (!files.is_empty()).then_some(Self { at, files })
    }

    /// Whether this takes back the other, all of it.
    fn takes_back(&self, other: &Self) -> bool {
        let is_back = |(path, [old, new]): (&String, &[Option<Vec<u8>>; 2])| {
            other.files.get(path).is_some_and(|[before, after]| old == after && new == before)
        };
        self.at == other.at
            && self.files.len() == other.files.len()
            && self.files.iter().all(is_back)
    }
}

/// Whether an `undo` at any time has taken back something whole.
pub(super) fn judge(case: &Case<'_>, changes: &[Change]) -> Vec<String> {
    if case.run.code != Some(0) {
        return Vec::new();
    }
    let (before, after) = (case.before, case.after);
    let change = Change::between(case.place.at, before, after);
    if before.head == after.head {
        return match change {
            None => vec![format!("undo said it did, and changed nothing: {}", case.run)],
            Some(change) if changes.iter().any(|it| change.takes_back(it)) => Vec::new(),
            Some(change) => {
                vec![format!("undo took back no change as it was: {:?}", change.files.keys())]
            }
        };
    }
    let parent = format!("{}^1", before.head);
    let mut wrong = differences(case, &parent, &after.head);
    for (path, [_, new]) in change.into_iter().flat_map(|it| it.files) {
        let there = case.place.try_ask(&["cat-file", "blob", &format!("{parent}:{path}")]);
        if there.status.success().then_some(there.stdout) != new {
            wrong.push(format!("{path} is not as it was before the commit"));
        }
    }
    wrong
}

/// Paths in which two commits differ that must not.
fn differences(case: &Case<'_>, one: &str, other: &str) -> Vec<String> {
    let paths = case.place.ask(&["diff-tree", "-r", "--name-only", one, other]);
    paths.lines().map(|path| format!("{one} and {other} differ in {path}")).collect()
}

/// Whether an `undo` has brought back what there was before a command, which `case` is not about:
/// it is about the undo. `clean` tells whether the files of the command were as HEAD had them.
pub(super) fn judge_return(case: &Case<'_>, origin: &Snapshot, clean: bool) -> Vec<String> {
    if case.run.code != Some(0) {
        return vec![format!("undo right after a command is refused: {}", case.run)];
    }
    let mut wrong = differences(case, &origin.head, &case.after.head);
    if !clean {
        return wrong;
    }
    if let Some(change) = Change::between(case.place.at, origin, case.after) {
        wrong.push(format!("undo left {:?} changed", change.files.keys()));
    }
    let staged = case.after.staged(origin);
    if !staged.is_empty() {
        wrong.push(format!("undo left the index changed: {staged:?}"));
    }
    wrong
}
