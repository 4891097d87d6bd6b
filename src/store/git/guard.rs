//! What a repository must be like before anything is read from it or committed to it.

use gix::bstr::{BStr, ByteSlice};
use gix::index::entry::Stage;
use gix::state::InProgress;

use super::Repository;
use crate::store::error::Error;

/// The extensions of the repository format whose meaning this program keeps to.
const EXTENSIONS: [&str; 9] = [
    "noop",
    "noop-v1",
    "objectformat",
    "partialclone",
    "preciousobjects",
    "refstorage",
    "relativeworktrees",
    "submodulepathconfig",
    "worktreeconfig",
];

impl Repository {
    /// Refuses a repository whose branches cannot be read.
    pub(super) fn check_readable(&self) -> Result<(), Error> {
        let storage = self.config_string("extensions.refStorage");
        match storage.as_deref() {
            None | Some("files") => Ok(()),
            Some(storage) => {
                let message = format!(
                    "this repository keeps its branches as {storage}, which git-backlog cannot read or write safely yet"
                );
                Err(Error::unusable(
                    message,
                    "change that with: git refs migrate --ref-format=files",
                ))
            }
        }
    }

    /// Refuses a repository to which no commit can be made safely.
    pub fn check_writable(&self) -> Result<(), Error> {
        self.check_readable()?;
        let version =
            self.repo.config_snapshot().integer("core.repositoryFormatVersion").unwrap_or(0);
        if version == 0 {
            return Ok(());
        }
        let config = self.repo.config_snapshot();
        let sections = config.plumbing().sections_by_name("extensions").into_iter().flatten();
        let names = sections.flat_map(|section| {
            section.value_names().map(|name| name.to_string()).collect::<Vec<_>>()
        });
        match names.into_iter().find(|name| !EXTENSIONS.contains(&name.to_lowercase().as_str())) {
            None => Ok(()),
            Some(name) => {
                let message = format!(
                    "this repository uses the extension '{name}', which git-backlog does not know"
                );
                Err(Error::unusable(message, "commit with Git itself: git commit .backlog"))
            }
        }
    }

    /// Refuses to commit into the middle of something that the user has not finished.
    pub fn check_idle(&self) -> Result<(), Error> {
        use InProgress as P;
        let Some(state) = self.repo.state() else { return Ok(()) };
        let (operation, command) = match state {
            P::Merge => ("a merge", "git merge --continue"),
            P::Rebase | P::RebaseInteractive => ("a rebase", "git rebase --continue"),
            P::CherryPick | P::CherryPickSequence => {
                ("a cherry-pick", "git cherry-pick --continue")
            }
            P::Revert | P::RevertSequence => ("a revert", "git revert --continue"),
            P::Bisect => ("a bisection", "git bisect reset"),
            P::ApplyMailbox | P::ApplyMailboxRebase => {
                ("the applying of patches", "git am --continue")
            }
        };
        Err(Error::InProgress { operation: operation.to_owned(), command })
    }

    /// Refuses a folder that is tracked, and not checked out because the checkout is sparse.
    pub fn check_checked_out(&self, folder: &str) -> Result<(), Error> {
        use gix::index::entry::Flags;
        let index = self.read_index()?;
        let is_outside = index.entries().iter().any(|entry| {
            let path = entry.path(&index);
            let is_above = entry.mode.is_sparse()
                && format!("{folder}/").as_bytes().starts_with(path.as_bytes());
            let is_skipped = entry.flags.contains(Flags::SKIP_WORKTREE)
                && path.strip_prefix(folder.as_bytes()).is_some_and(|rest| rest.starts_with(b"/"));
            is_above || is_skipped
        });
        if is_outside { Err(outside(folder)) } else { Ok(()) }
    }

    /// Refuses where a commit would be refused for what is in progress, so that nothing is written
    /// for it.
    pub fn check_ready(&self, folder: &str) -> Result<(), Error> {
        self.check_idle()?;
        let index = self.read_index()?;
        self.check_index(&index, folder)
    }

    /// Refuses an index that holds the folder as one entry, or a path in several versions.
    pub(super) fn check_index(&self, index: &gix::index::State, folder: &str) -> Result<(), Error> {
        for entry in index.entries() {
            let path = entry.path(index);
            let is_above = || format!("{folder}/").as_bytes().starts_with(path.as_bytes());
            if entry.mode.is_sparse() && is_above() {
                return Err(outside(folder));
            }
            let is_below =
                || path.strip_prefix(folder.as_bytes()).is_some_and(|rest| rest.starts_with(b"/"));
            if entry.stage() != Stage::Unconflicted && is_below() {
                return Err(undecided(path));
            }
        }
        Ok(())
    }

    /// Refuses an index that holds any path in several versions: Git moves to no other commit then.
    pub(super) fn check_merged(&self) -> Result<(), Error> {
        let index = self.read_index()?;
        let mut entries = index.entries().iter();
        match entries.find(|entry| entry.stage() != Stage::Unconflicted) {
            Some(entry) => Err(undecided(entry.path(&index))),
            None => Ok(()),
        }
    }
}

fn undecided(path: &BStr) -> Error {
    Error::InProgress { operation: format!("a merge of {path}"), command: "git status" }
}

fn outside(folder: &str) -> Error {
    Error::unusable(
        format!("{folder} is outside of the sparse checkout"),
        format!("add it with: git sparse-checkout add {folder}"),
    )
}
