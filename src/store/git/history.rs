//! The history of a folder, commit by commit, newest first.

use gix::ObjectId;
use gix::hashtable::HashMap;

use super::Repository;
use super::commits::Commits;
use super::named::Tree;
use super::order::{Known, Order, Shape};
use crate::domain::history::Commit;
use crate::store::error::Error;

/// A commit in the history of a folder.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The commit.
    pub commit: Commit,
    /// Its id as Git's library has it.
    pub(super) id: ObjectId,
    /// The folder as the commit has it.
    pub tree: Tree,
    /// The folder as the parents of the commit have it, in their order; none if it is cut off.
    pub parents: Vec<Tree>,
    /// Whether the commit is on the line of first parents of the newest one.
    pub is_mainline: bool,
    /// Whether the parents of the commit are not in this clone, which is shallow.
    pub is_cut: bool,
}

/// The history of a folder, newest first: children before their parents, each commit once, and
/// after a merge what it brought in. Commits that leave the folder alone are told as well.
#[derive(Debug)]
pub struct History {
    repository: Repository,
    folder: String,
    shape: Shape,
    commits: Commits,
    order: Order,
    /// The trees of parents whose turn comes later.
    trees: HashMap<ObjectId, Tree>,
}

impl Repository {
    /// The history of a folder up to a revision. Nothing is read before it is asked for.
    pub fn history(&self, rev: &str, folder: &str, shape: Shape) -> Result<History, Error> {
        self.check_readable()?;
        let tip = self.commit_named(rev)?;
        Ok(self.history_above(tip, folder, shape, Known::default(), Commits::new(self)?))
    }

    /// The part of a history that is not known.
    pub(super) fn history_above(
        &self,
        tip: ObjectId,
        folder: &str,
        shape: Shape,
        known: Known,
        commits: Commits,
    ) -> History {
        History {
            repository: self.for_history(),
            folder: folder.to_owned(),
            shape,
            commits,
            order: Order::new(tip, shape, known),
            trees: HashMap::default(),
        }
    }
}

impl History {
    fn advance(&mut self) -> Result<Option<Moment>, Error> {
        let Some(place) = self.order.next(&self.repository, &mut self.commits)? else {
            return Ok(None);
        };
        let (id, is_mainline) = place;
        let read = self.commits.take(&self.repository, id)?;
        let tree = match self.trees.remove(&id) {
            Some(tree) => tree,
            None => self.repository.tree_in(read.root, &self.folder)?,
        };
        let is_cut = self.commits.is_cut(id) && !read.parents.is_empty();
        let mut parents = Vec::new();
        for (nth, parent) in read.parents.into_iter().enumerate().filter(|_| !is_cut) {
            let before = self.tree_at(parent)?;
            if nth > 0 && self.shape == Shape::FirstParent {
                self.trees.remove(&parent);
            }
            parents.push(before);
        }
        Ok(Some(Moment { commit: read.commit, id, tree, parents, is_mainline, is_cut }))
    }

    fn tree_at(&mut self, commit: ObjectId) -> Result<Tree, Error> {
        if let Some(tree) = self.trees.get(&commit) {
            return Ok(*tree);
        }
        let root = self.commits.root(&self.repository, commit)?;
        let tree = self.repository.tree_in(root, &self.folder)?;
        self.trees.insert(commit, tree);
        Ok(tree)
    }
}

impl Iterator for History {
    type Item = Result<Moment, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.advance().transpose()
    }
}
