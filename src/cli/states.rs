//! Two states to compare, named as `git diff` takes them.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{Failure, exit};
use super::workspace::Workspace;
use crate::domain::source::{FileChange, SourceFile};
use crate::store::{self, Repository, Revision, Source, Tree};

/// What a person wants to compare.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked<'w> {
    /// A revision with the worktree.
    Worktree(&'w str),
    /// HEAD, or another revision, with what is staged.
    Staged(&'w str),
    /// Two revisions.
    Two(&'w str, &'w str),
    /// What a revision has done since it left another.
    Since(&'w str, &'w str),
}

/// Two states and the files that differ.
pub(super) struct States {
    /// What they are called.
    pub names: (String, String),
    /// The state before.
    pub before: Tree,
    /// The last commit of the state after: what lies beside the folder is taken from there.
    last: Tree,
    /// The files that differ.
    pub files: Vec<FileChange>,
    /// The commits on the way from one to the other: those of the second that the first does not
    /// have. `None` if there are none to name.
    pub range: Option<(String, String)>,
    /// What there is to say of the comparison.
    pub note: Option<String>,
}

impl States {
    /// The states that `words` name.
    pub(super) fn of(
        words: &[String],
        is_staged: bool,
        workspace: &Workspace,
    ) -> anyhow::Result<Self> {
        let asked = asked(words, is_staged)?;
        let repository = workspace.repository()?;
        let folder = &*workspace.folder;
        match asked {
            Asked::Worktree(_) | Asked::Staged(_) if workspace.root.is_none() => {
                let message = "this repository is bare: it has no worktree to compare with";
                let hint = "name two revisions: git backlog diff HEAD~1..HEAD";
                Err(Failure::new(exit::REPOSITORY, message).hint(hint).into())
            }
            Asked::Worktree(rev) => {
                let changed = repository.changed(folder)?;
                Self::uncommitted(rev, "the worktree", repository, folder, changed)
            }
            Asked::Staged(rev) => {
                let changed = repository.staged(folder)?;
                Self::uncommitted(rev, "the index", repository, folder, changed)
            }
            Asked::Two(one, other) => {
                let names = (one.to_owned(), other.to_owned());
                Self::committed(names, (one, other), repository, folder)
            }
            Asked::Since(one, other) => Self::since(one, Some(other), workspace),
        }
    }

    /// A revision, or the worktree, and the state from which it went its own way since it left
    /// `base`.
    pub(super) fn since(
        base: &str,
        at: Option<&str>,
        workspace: &Workspace,
    ) -> anyhow::Result<Self> {
        let repository = workspace.repository()?;
        let folder = &*workspace.folder;
        let head = at.unwrap_or("HEAD");
        let forks = repository.merge_bases(base, head)?;
        let fork = &forks[0];
        // A base that is named by its id is not named twice.
        let is_id = fork.starts_with(base);
        let name = match is_id {
            true => short(fork).to_owned(),
            false => format!("{base} (left at {})", short(fork)),
        };
        let mut states = match (at, workspace.root.is_some()) {
            (None, true) => {
                let changed = repository.changed(folder)?;
                let name = match changed.is_empty() {
                    true => short(&repository.full_id("HEAD")?).to_owned(),
                    false => "the worktree".to_owned(),
                };
                Self::uncommitted(fork, &name, repository, folder, changed)?
            }
            _ => {
                let names = (String::new(), head.to_owned());
                Self::committed(names, (fork, head), repository, folder)?
            }
        };
        states.names.0 = name;
        states.note = (forks.len() > 1).then(|| {
            let (n_bases, fork) = (forks.len(), short(fork));
            format!("{base} and {head} have {n_bases} merge bases, of which {fork} is taken")
        });
        Ok(states)
    }

    /// Every file of a revision, or of the worktree, as new.
    pub(super) fn from_nothing(
        at: Option<&str>,
        workspace: &Workspace,
    ) -> anyhow::Result<Vec<FileChange>> {
        Ok(side_by_side(Vec::new(), workspace.source(at)?.files()?))
    }

    /// Every file of both states, changed or not.
    pub(super) fn everything(
        &self,
        repository: &Repository,
        folder: &str,
    ) -> anyhow::Result<Vec<FileChange>> {
        let before = repository.at_tree(self.before, folder).files()?;
        Ok(side_by_side(before, self.source_after(repository, folder).files()?))
    }

    fn committed(
        names: (String, String),
        revs: (&str, &str),
        repository: &Repository,
        folder: &str,
    ) -> anyhow::Result<Self> {
        let before = repository.tree(revs.0, folder)?;
        let after = repository.tree(revs.1, folder)?;
        let files = repository.edits(before, after)?;
        let range = Some((revs.0.to_owned(), revs.1.to_owned()));
        Ok(Self { names, before, last: after, files, range, note: None })
    }

    /// A revision with what is not committed yet, which is what differs from HEAD on top of what
    /// differs on the way there.
    fn uncommitted(
        rev: &str,
        name: &str,
        repository: &Repository,
        folder: &str,
        changed: Vec<FileChange>,
    ) -> anyhow::Result<Self> {
        let head = match repository.tree("HEAD", folder) {
            Err(error) if error.is_unborn() => repository.empty_tree(),
            found => found?,
        };
        let (before, range) = match rev {
            "HEAD" => (head, None),
            rev => (repository.tree(rev, folder)?, Some((rev.to_owned(), "HEAD".to_owned()))),
        };
        let files = joined(repository.edits(before, head)?, changed);
        let names = (rev.to_owned(), name.to_owned());
        Ok(Self { names, before, last: head, files, range, note: None })
    }

    /// The state after as files: those that changed come from the comparison, the others from
    /// where they did not change.
    pub(super) fn source_after<'a>(
        &'a self,
        repository: &'a Repository,
        folder: &str,
    ) -> Overlay<'a> {
        Overlay {
            below: repository.at_tree(self.before, folder),
            last: repository.at_tree(self.last, folder),
            files: &self.files,
        }
    }
}

/// The first digits of a commit's id.
pub(super) fn short(commit: &str) -> &str {
    &commit[..commit.len().min(10)]
}

fn asked<'w>(words: &'w [String], is_staged: bool) -> Result<Asked<'w>, Failure> {
    let or_head = |word: &'w str| if word.is_empty() { "HEAD" } else { word };
    let too_many = || {
        Failure::usage("at most two revisions can be compared")
            .hint("compare two with: git backlog diff main..HEAD")
    };
    let asked = match words {
        [] => Asked::Worktree("HEAD"),
        [range] => match (range.split_once("..."), range.split_once("..")) {
            (Some((one, other)), _) => Asked::Since(or_head(one), or_head(other)),
            (None, Some((one, other))) => Asked::Two(or_head(one), or_head(other)),
            (None, None) => Asked::Worktree(range),
        },
        [one, other] => Asked::Two(one, other),
        _ => return Err(too_many()),
    };
    match (asked, is_staged) {
        (asked, false) => Ok(asked),
        (Asked::Worktree(rev), true) => Ok(Asked::Staged(rev)),
        (_, true) => Err(Failure::usage("--staged compares the index with one revision")
            .hint("leave --staged out, or name one revision")),
    }
}

/// Two ways one after the other, as one.
fn joined(first: Vec<FileChange>, second: Vec<FileChange>) -> Vec<FileChange> {
    let mut files: BTreeMap<String, FileChange> =
        first.into_iter().map(|it| (it.path.clone(), it)).collect();
    for change in second {
        let path = change.path.clone();
        let before = match files.remove(&path) {
            Some(known) => known.before,
            None => change.before,
        };
        files.insert(path.clone(), FileChange { path, before, after: change.after });
    }
    files.into_values().filter(|it| it.before != it.after).collect()
}

/// The files of two states by path, equal or not.
pub(super) fn side_by_side(before: Vec<SourceFile>, after: Vec<SourceFile>) -> Vec<FileChange> {
    let mut files: BTreeMap<String, FileChange> = before
        .into_iter()
        .map(|it| {
            let path = it.path.clone();
            (it.path, FileChange { path, before: Some(it.text), after: None })
        })
        .collect();
    for it in after {
        let path = it.path.clone();
        let empty = FileChange { path, before: None, after: None };
        files.entry(it.path).or_insert(empty).after = Some(it.text);
    }
    files.into_values().collect()
}

/// A state that is another one with some files changed.
pub(super) struct Overlay<'a> {
    below: Revision,
    /// Where the files beside the folder are taken from.
    last: Revision,
    files: &'a [FileChange],
}

impl Overlay<'_> {
    /// The documents whose paths are wanted; the others are not read.
    pub(super) fn documents(
        &self,
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<SourceFile>, store::Error> {
        let changed: BTreeSet<&str> = self.files.iter().map(|it| &*it.path).collect();
        let is_below = |path: &str| is_wanted(path) && !changed.contains(path);
        let mut files = self.below.documents(&is_below)?;
        for file in self.files.iter().filter(|it| is_wanted(&it.path)) {
            let text = file.after.clone();
            files.extend(text.map(|text| SourceFile { path: file.path.clone(), text }));
        }
        Ok(files)
    }
}

impl Source for Overlay<'_> {
    fn each(&self, visit: &(dyn Fn(SourceFile) + Sync)) -> Result<(), store::Error> {
        let changed: BTreeSet<&str> = self.files.iter().map(|it| &*it.path).collect();
        self.below.each(&|file| {
            if !changed.contains(&*file.path) {
                visit(file);
            }
        })?;
        for file in self.files {
            if let Some(text) = &file.after {
                let (path, text) = (file.path.clone(), text.clone());
                visit(SourceFile { path, text });
            }
        }
        Ok(())
    }

    fn file(&self, path: &str) -> Result<Option<SourceFile>, store::Error> {
        match self.files.iter().find(|it| it.path == path) {
            Some(change) => Ok(change.after.clone().map(|text| {
                let path = path.to_owned();
                SourceFile { path, text }
            })),
            None => self.below.file(path),
        }
    }

    fn file_beside(&self, path: &str) -> Result<Option<SourceFile>, store::Error> {
        self.last.file_beside(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_states_as_git_does() {
        let words =
            |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        let check = |text: &str, expected: Asked<'_>| {
            assert_eq!(asked(&words(text), false).unwrap(), expected, "{text}");
        };
        check("", Asked::Worktree("HEAD"));
        check("v1", Asked::Worktree("v1"));
        check("a..b", Asked::Two("a", "b"));
        check("a..", Asked::Two("a", "HEAD"));
        check("..b", Asked::Two("HEAD", "b"));
        check("a...b", Asked::Since("a", "b"));
        check("a...", Asked::Since("a", "HEAD"));
        check("a b", Asked::Two("a", "b"));
        assert!(asked(&words("a b c"), false).is_err());
        assert_eq!(asked(&words("v1"), true).unwrap(), Asked::Staged("v1"));
        assert!(asked(&words("a..b"), true).is_err());
    }

    #[test]
    fn two_ways_are_one() {
        let change = |path: &str, before: Option<&str>, after: Option<&str>| FileChange {
            path: path.to_owned(),
            before: before.map(|text| Ok(text.to_owned())),
            after: after.map(|text| Ok(text.to_owned())),
        };
        let first = vec![
            change("a", Some("1"), Some("2")),
            change("b", None, Some("1")),
            change("c", Some("1"), None),
        ];
        let second = vec![
            change("a", Some("2"), Some("1")),
            change("b", Some("1"), Some("2")),
            change("d", None, Some("1")),
        ];
        assert_eq!(
            joined(first, second),
            [
                change("b", None, Some("2")),
                change("c", Some("1"), None),
                change("d", None, Some("1"))
            ]
        );
    }
}
