//! Commits between two revisions.

use std::collections::HashSet;

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::revision::walk::Sorting;
use gix::traverse::commit::simple::CommitTimeOrder;

use super::named::shallow;
use super::tree::{self, Leaf};
use super::{Repository, failed, object};
use crate::domain::history::Step;
use crate::domain::source::{Edits, FileEdit};
use crate::store::error::Error;

impl Repository {
    /// The full id of the commit from which `head` has gone its own way since it left `rev`: the
    /// state that a pull request is compared with.
    pub fn merge_base(&self, rev: &str, head: &str) -> Result<String, Error> {
        Ok(self.merge_bases(rev, head)?.swap_remove(0))
    }

    /// The full ids of all such commits, at least one and the newest first. After merges in both
    /// directions there may be several, of which none is better than the others.
    pub fn merge_bases(&self, rev: &str, head: &str) -> Result<Vec<String>, Error> {
        self.check_readable()?;
        let (one, two) = (self.commit_of(rev)?, self.commit_of(head)?);
        let bases = match self.repo.merge_bases_many(one, &[two]) {
            Ok(bases) if !bases.is_empty() => bases,
            _ if self.is_shallow() => return Err(shallow(rev)),
            _ => {
                let message = format!("{rev} and {head} have no commit in common");
                return Err(Error::unusable(
                    message,
                    "name a commit that is in the history of both",
                ));
            }
        };
        let bases = self.best(bases.into_iter().map(gix::Id::detach).collect())?;
        let age = |id: ObjectId| {
            let seconds = self.repo.find_commit(id)?.committer()?.seconds();
            Ok((std::cmp::Reverse(seconds), id.to_string()))
        };
        let aged: Result<Vec<_>, gix::Error> = bases.into_iter().map(age).collect();
        let mut aged = aged.map_err(|error| failed("read a commit", error))?;
        aged.sort_unstable();
        Ok(aged.into_iter().map(|(_, id)| id).collect())
    }

    /// Those of several commits that come before none of the others. The search for common commits
    /// goes by their times, and finds too many where a commit is older than its parent.
    fn best(&self, bases: Vec<ObjectId>) -> Result<Vec<ObjectId>, Error> {
        if bases.len() < 2 {
            return Ok(bases);
        }
        let mut before = HashSet::new();
        let walk = |id: ObjectId, before: &mut HashSet<ObjectId>| {
            for found in self.repo.rev_walk([id]).all()? {
                let found = found.map_err(gix::Error::from_error)?.id;
                before.extend((found != id).then_some(found));
            }
            Ok::<_, gix::Error>(())
        };
        for &id in &bases {
            walk(id, &mut before).map_err(|error| failed("read the history", error))?;
        }
        Ok(bases.into_iter().filter(|id| !before.contains(id)).collect())
    }

    /// What the commits that are in `head` and not in `base` changed in a folder, oldest first.
    /// Merges are passed over: what they bring in is in other commits. A file that is no text is
    /// left out.
    pub fn steps(&self, base: &str, head: &str, folder: &str) -> Result<Vec<Step>, Error> {
        self.steps_of(base, head, folder, &|_, _| true)
    }

    /// The same, but only of commits whose author's address and message are wanted.
    pub fn steps_of(
        &self,
        base: &str,
        head: &str,
        folder: &str,
        is_wanted: &dyn Fn(&str, &str) -> bool,
    ) -> Result<Vec<Step>, Error> {
        self.check_readable()?;
        let (base, head) = (self.commit_of(base)?, self.commit_of(head)?);
        let failed = |error| failed("read the history", error);
        let sorting = Sorting::ByCommitTime(CommitTimeOrder::NewestFirst);
        let walk = self.repo.rev_walk([head]).with_hidden([base]).sorting(sorting);
        let mut steps = Vec::new();
        for info in walk.all().map_err(failed)? {
            let commit =
                info.and_then(|info| info.object()).map_err(|error| match self.is_shallow() {
                    true => shallow("the base"),
                    false => failed(error),
                })?;
            steps.extend(self.step(&commit, folder, is_wanted)?);
        }
        steps.reverse();
        Ok(steps)
    }

    /// The full id of the commit that a revision names.
    pub fn full_id(&self, rev: &str) -> Result<String, Error> {
        Ok(self.commit_named(rev)?.to_string())
    }

    /// The full ids of the commits that are in `head` and not in `base`.
    pub fn commits(&self, base: &str, head: &str) -> Result<HashSet<String>, Error> {
        self.check_readable()?;
        let (base, head) = (self.commit_of(base)?, self.commit_of(head)?);
        let failed = |error| failed("read the history", error);
        let mut ids = HashSet::new();
        for info in self.repo.rev_walk([head]).with_hidden([base]).all().map_err(failed)? {
            ids.insert(info.map_err(failed)?.id.to_string());
        }
        Ok(ids)
    }

    /// What one commit changed in a folder; `None` if it is a merge, or changed nothing there.
    fn step(
        &self,
        commit: &gix::Commit<'_>,
        folder: &str,
        is_wanted: &dyn Fn(&str, &str) -> bool,
    ) -> Result<Option<Step>, Error> {
        let parents: Vec<ObjectId> = commit.parent_ids().map(gix::Id::detach).collect();
        if parents.len() > 1 {
            return Ok(None);
        }
        let before = self.folder_of(parents.first().copied(), folder)?;
        let after = self.folder_of(Some(commit.id), folder)?;
        if before == after {
            return Ok(None);
        }
        let author = commit.author().map_err(|error| failed("read a commit", error))?;
        let author = author.email.to_str_lossy().trim().to_owned();
        let message = commit.message_raw_sloppy().to_str_lossy().into_owned();
        if !is_wanted(&author, &message) {
            return Ok(None);
        }
        let mut edits = Edits::default();
        for it in tree::differences(self, before, after)? {
            let text = |leaf: Option<Leaf>| {
                leaf.map(|leaf| object::text(self, leaf.mode.kind(), leaf.id)).transpose()
            };
            if let (Ok(before), Ok(after)) = (text(it.before), text(it.after)) {
                edits.push(FileEdit { path: it.path.to_str_lossy().into_owned(), before, after });
            }
        }
        Ok(Some(Step { commit: Some(self.short(commit.id)), author, message, edits }))
    }

    /// The tree of a folder in a commit, or the empty one.
    fn folder_of(&self, commit: Option<ObjectId>, folder: &str) -> Result<ObjectId, Error> {
        Ok(self.tree_in(self.tree_of(commit)?, folder)?.folder)
    }

    /// The commit that a revision names, which a shallow clone may lack altogether.
    pub(super) fn commit_of(&self, rev: &str) -> Result<ObjectId, Error> {
        self.commit_named(rev).map_err(|error| match error {
            Error::UnknownRevision { .. } if self.is_shallow() => shallow(rev),
            error => error,
        })
    }
}
