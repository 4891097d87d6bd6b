//! What a revision names, and what to say if it names nothing.

use std::hash::{Hash, Hasher};

use gix::ObjectId;

use super::{Repository, tree};
use crate::domain::suggest;
use crate::store::error::Error;

/// The folder of a backlog as some commit has it. Two are equal if all files in the folder are.
///
/// A commit without the folder has an empty one.
#[derive(Clone, Copy, Debug)]
pub struct Tree {
    /// The tree of the whole commit: the settings may extend a file beside the folder.
    pub(super) root: ObjectId,
    /// The tree of the folder.
    pub(super) folder: ObjectId,
}

impl Tree {
    /// Whether there is nothing in the folder.
    pub fn is_empty(&self) -> bool {
        self.folder.is_empty_tree()
    }
}

impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        self.folder == other.folder
    }
}

impl Eq for Tree {}

impl Hash for Tree {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folder.hash(state);
    }
}

impl Repository {
    /// The tree of a folder that holds nothing.
    pub fn empty_tree(&self) -> Tree {
        let empty = ObjectId::empty_tree(self.repo.object_hash());
        Tree { root: empty, folder: empty }
    }

    /// The tree of a folder at a revision, in all the ways in which Git names one.
    pub fn tree(&self, rev: &str, folder: &str) -> Result<Tree, Error> {
        self.check_readable()?;
        let peel = || Ok(self.repo.rev_parse_single(rev)?.object()?.peel_to_tree()?.id);
        let root = peel().map_err(|_: gix::Error| self.unknown(rev))?;
        self.tree_in(root, folder)
    }

    /// The tree of a folder in the tree of a commit.
    pub(super) fn tree_in(&self, root: ObjectId, folder: &str) -> Result<Tree, Error> {
        let found = tree::folder(self, root, folder)?;
        let folder = found.unwrap_or_else(|| ObjectId::empty_tree(self.repo.object_hash()));
        Ok(Tree { root, folder })
    }

    /// The commit that a revision names.
    pub(super) fn commit_named(&self, rev: &str) -> Result<ObjectId, Error> {
        let peel = || Ok(self.repo.rev_parse_single(rev)?.object()?.peel_to_commit()?.id);
        peel().map_err(|_: gix::Error| self.unknown(rev))
    }

    /// Why a revision names nothing.
    fn unknown(&self, rev: &str) -> Error {
        let head = match self.head() {
            Ok(head) => head,
            Err(error) => return error,
        };
        let is_head = matches!(rev, "HEAD" | "@") || head.branch.as_deref() == Some(rev);
        if is_head && head.commit.is_none() {
            return head.unborn();
        }
        let (name, way) = rev.split_at(rev.find(['~', '^', '@', ':']).unwrap_or(rev.len()));
        let is_known = self.repo.rev_parse_single(name).is_ok();
        if is_known && way.starts_with(['~', '^']) && self.is_shallow() {
            return shallow(rev);
        }
        let near = self.near(name).filter(|_| !is_known).map(|near| format!("{near}{way}"));
        Error::UnknownRevision { rev: rev.to_owned(), near }
    }

    /// The branch or tag whose name is nearest to a word.
    fn near(&self, word: &str) -> Option<String> {
        let references = self.repo.references().ok()?;
        let branches = references.local_branches().ok()?.chain(references.remote_branches().ok()?);
        let all = branches.chain(references.tags().ok()?).filter_map(Result::ok);
        let names: Vec<String> = all.map(|name| name.name().shorten().to_string()).collect();
        suggest::nearest(word, names.iter().map(String::as_str)).map(str::to_owned)
    }

    pub(super) fn is_shallow(&self) -> bool {
        self.repo.is_shallow().unwrap_or(false)
    }
}

/// How to get what a shallow clone does not hold.
pub const DEEPEN: &str = "fetch all of it: git fetch --unshallow, or in a workflow 'fetch-depth: 0' for actions/checkout";

/// The error of a clone that does not hold enough of the history.
pub(super) fn shallow(rev: &str) -> Error {
    let message = format!("this clone is shallow, and does not hold the history back to {rev}");
    Error::unusable(message, DEEPEN)
}
