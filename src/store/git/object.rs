//! Blobs as texts, and the ways of the library that several parts need.

use gix::ObjectId;
use gix::objs::tree::EntryKind;

use super::{Repository, failed};
use crate::domain::problem::{Problem, ProblemKind};
use crate::store::document;
use crate::store::error::Error;
use crate::store::layout::{Shape, not_regular};

/// Where HEAD points.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// The commit; `None` before the first.
    pub(super) commit: Option<ObjectId>,
    /// The branch, unless HEAD is detached.
    pub(super) branch: Option<String>,
}

impl Head {
    /// The branch as messages name it.
    pub(super) fn name(&self) -> &str {
        self.branch.as_deref().unwrap_or("HEAD")
    }

    pub(super) fn unborn(&self) -> Error {
        Error::Unborn { head: self.name().to_owned() }
    }
}

impl Repository {
    /// Where HEAD points now.
    pub(super) fn head(&self) -> Result<Head, Error> {
        let head = self.repo.head().map_err(|error| failed("read HEAD", error))?;
        let branch = head.referent_name().map(|name| name.shorten().to_string());
        // The branch may be a symbolic reference itself, which only peeling follows.
        let commit = head.try_into_peeled_id().map_err(|error| failed("read HEAD", error))?;
        Ok(Head { commit: commit.map(gix::Id::detach), branch })
    }

    /// The full id of the commit of a branch that has to be checked out; `None` before the first.
    pub fn head_of(&self, branch: &str) -> Result<Option<String>, Error> {
        let head = self.head()?;
        match head.branch.as_deref() == Some(branch) {
            true => Ok(head.commit.map(|id| id.to_string())),
            false => Err(Error::Moved { from: branch.to_owned(), to: head.name().to_owned() }),
        }
    }

    /// The tree of a commit, or the empty one without a commit.
    pub(super) fn tree_of(&self, commit: Option<ObjectId>) -> Result<ObjectId, Error> {
        let Some(commit) = commit else { return Ok(ObjectId::empty_tree(self.repo.object_hash())) };
        let read = || self.repo.find_commit(commit)?.tree_id();
        Ok(read().map_err(|error| failed("read the last commit", error))?.detach())
    }

    /// The first digits of an id that no other object shares.
    pub(super) fn short(&self, id: ObjectId) -> String {
        gix::prelude::ObjectIdExt::attach(id, &self.repo).shorten_or_id().to_string()
    }
}

/// The text of a blob of a sensible size, or why there is none.
pub(super) fn text(
    repository: &Repository,
    kind: EntryKind,
    id: ObjectId,
) -> Result<String, Problem> {
    match kind {
        EntryKind::Blob | EntryKind::BlobExecutable => document::text(bytes(repository, id)?),
        EntryKind::Link => Err(not_regular(Shape::Link { to_folder: false })),
        EntryKind::Tree => Err(not_regular(Shape::Folder)),
        EntryKind::Commit => Err(not_regular(Shape::Submodule)),
    }
}

/// The bytes of a blob of a sensible size. Its header tells the size before it is unpacked.
pub(super) fn bytes(repository: &Repository, id: ObjectId) -> Result<Vec<u8>, Problem> {
    repository.counters.blob();
    let header = repository.repo.find_header(id).map_err(|_| missing(repository, id))?;
    if let Some(problem) = document::too_large(header.size()) {
        return Err(problem);
    }
    let mut object = repository.repo.find_object(id).map_err(|_| missing(repository, id))?;
    Ok(std::mem::take(&mut object.data))
}

fn missing(repository: &Repository, id: ObjectId) -> Problem {
    repository.counters.missing();
    let message = format!("object {} is missing from the repository", id.to_hex_with_len(10));
    let hint = format!("in a partial clone, fetch it with: git cat-file -p {id}");
    Problem::whole(ProblemKind::Unreadable, message).hint(hint)
}
