//! Commits between two revisions.

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::revision::walk::Sorting;
use gix::traverse::commit::simple::CommitTimeOrder;

use super::tree::{self, Leaf};
use super::{Repository, failed, object};
use crate::domain::history::Step;
use crate::domain::source::{Edits, FileEdit};
use crate::store::error::Error;

impl Repository {
    /// The full id of the commit from which `head` has gone its own way since it left `rev`: the
    /// state that a pull request is compared with.
    pub fn merge_base(&self, rev: &str, head: &str) -> Result<String, Error> {
        self.check_readable()?;
        let (one, two) = (self.commit_of(rev)?, self.commit_of(head)?);
        match self.repo.merge_base(one, two) {
            Ok(Some(base)) => Ok(base.to_string()),
            _ if self.is_shallow() => Err(shallow(rev)),
            _ => {
                let message = format!("{rev} and {head} have no commit in common");
                Err(Error::unusable(message, "name a commit that is in the history of both"))
            }
        }
    }

    /// What the commits that are in `head` and not in `base` changed in a folder, oldest first.
    /// Merges are passed over: what they bring in is in other commits. A file that is no text is
    /// left out.
    pub fn steps(&self, base: &str, head: &str, folder: &str) -> Result<Vec<Step>, Error> {
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
            steps.extend(self.step(&commit, folder)?);
        }
        steps.reverse();
        Ok(steps)
    }

    /// What one commit changed in a folder; `None` if it is a merge, or changed nothing there.
    fn step(&self, commit: &gix::Commit<'_>, folder: &str) -> Result<Option<Step>, Error> {
        let parents: Vec<ObjectId> = commit.parent_ids().map(gix::Id::detach).collect();
        if parents.len() > 1 {
            return Ok(None);
        }
        let before = self.folder_of(parents.first().copied(), folder)?;
        let after = self.folder_of(Some(commit.id), folder)?;
        if before == after {
            return Ok(None);
        }
        let mut edits = Edits::default();
        for it in tree::differences(&self.repo, before, after)? {
            let text = |leaf: Option<Leaf>| {
                leaf.map(|leaf| object::text(&self.repo, leaf.mode.kind(), leaf.id)).transpose()
            };
            if let (Ok(before), Ok(after)) = (text(it.before), text(it.after)) {
                edits.push(FileEdit { path: it.path.to_str_lossy().into_owned(), before, after });
            }
        }
        let author = commit.author().map_err(|error| failed("read a commit", error))?;
        let message = commit.message_raw_sloppy().to_str_lossy().into_owned();
        Ok(Some(Step {
            commit: Some(self.short(commit.id)),
            author: author.email.to_str_lossy().trim().to_owned(),
            message,
            edits,
        }))
    }

    /// The tree of a folder in a commit, or the empty one.
    fn folder_of(&self, commit: Option<ObjectId>, folder: &str) -> Result<ObjectId, Error> {
        let root = self.tree_of(commit)?;
        let tree = tree::folder(&self.repo, root, folder)?;
        Ok(tree.unwrap_or_else(|| ObjectId::empty_tree(self.repo.object_hash())))
    }

    /// The commit that a revision names.
    fn commit_of(&self, rev: &str) -> Result<ObjectId, Error> {
        let peeled = || Ok(self.repo.rev_parse_single(rev)?.object()?.peel_to_commit()?.id);
        let is_unknown = |_: gix::Error| match self.is_shallow() {
            true => shallow(rev),
            false => Error::UnknownRevision { rev: rev.to_owned() },
        };
        peeled().map_err(is_unknown)
    }

    fn is_shallow(&self) -> bool {
        self.repo.is_shallow().unwrap_or(false)
    }
}

fn shallow(rev: &str) -> Error {
    let message = format!("this clone is shallow, and does not hold the history back to {rev}");
    let hint = "fetch all of it: git fetch --unshallow, or in a workflow 'fetch-depth: 0' for actions/checkout";
    Error::unusable(message, hint)
}
