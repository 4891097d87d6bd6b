//! The order of a history: along the first parents, and after each merge what it brought in.
//!
//! `log(c)` is c, then the commits that only its other parents reach, in the same manner, then
//! `log(first parent of c)`. So children stand before their parents, and the order of an older
//! commit is the end of the order of every newer one on the same line: it can be kept, and nothing
//! but the new commits be put before it.

use gix::ObjectId;
use gix::hashtable::HashSet;

use super::Repository;
use super::commits::Commits;
use crate::store::error::Error;

/// Which commits of a history are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All of them.
    Full,
    /// Those of the line of first parents: a merge counts as one change.
    FirstParent,
}

/// Commits that are not told, and all that they reach.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The first of them on the line of first parents.
    pub(super) first: Option<ObjectId>,
    /// All of them. They are needed only above a merge.
    pub(super) all: HashSet<ObjectId>,
}

/// The ids of commits in the order of a history, newest first.
///
/// As long as there is no merge, each costs one look at a commit; the first merge needs a walk over
/// all that is left.
#[derive(Debug)]
pub(super) struct Order {
    shape: Shape,
    known: Known,
    /// The next commit, if nothing is known about those behind it.
    next: Option<ObjectId>,
    /// The commits of which the order is known, the next one last.
    ahead: Vec<ObjectId>,
    /// The next commit on the line of first parents.
    mainline: Option<ObjectId>,
}

/// A commit, and whether it is on the line of first parents.
pub(super) type Place = (ObjectId, bool);

impl Order {
    pub(super) fn new(tip: ObjectId, shape: Shape, known: Known) -> Self {
        let next = Some(tip).filter(|tip| known.first != Some(*tip));
        Self { shape, known, next, ahead: Vec::new(), mainline: None }
    }

    /// The next commit.
    pub(super) fn next(
        &mut self,
        repository: &Repository,
        commits: &mut Commits,
    ) -> Result<Option<Place>, Error> {
        if let Some(id) = self.next.take() {
            let parents = commits.parents(repository, id)?;
            if self.shape == Shape::FirstParent || parents.len() < 2 {
                self.next = parents.first().copied().filter(|id| self.known.first != Some(*id));
                return Ok(Some((id, true)));
            }
            self.mainline = Some(id);
            self.ahead = behind(repository, commits, id, &self.known.all)?;
        }
        let Some(id) = self.ahead.pop() else { return Ok(None) };
        let is_mainline = self.mainline == Some(id);
        if is_mainline {
            self.mainline = commits.parents(repository, id)?.first().copied();
        }
        Ok(Some((id, is_mainline)))
    }
}

/// A commit and all that it reaches and is not known, oldest first.
///
/// Oldest first, the order is that in which a search leaves the commits that looks at the first
/// parent first. It keeps its own stack: a history may be deeper than that of the process.
fn behind(
    repository: &Repository,
    commits: &mut Commits,
    tip: ObjectId,
    known: &HashSet<ObjectId>,
) -> Result<Vec<ObjectId>, Error> {
    let mut order = Vec::new();
    let mut seen = HashSet::default();
    let mut stack = vec![(tip, commits.parents(repository, tip)?.into_iter())];
    while let Some((id, parents)) = stack.last_mut() {
        match parents.next() {
            None => {
                order.push(*id);
                stack.pop();
            }
            Some(parent) if known.contains(&parent) || !seen.insert(parent) => {}
            Some(parent) => {
                let parents = commits.parents(repository, parent)?;
                stack.push((parent, parents.into_iter()));
            }
        }
    }
    Ok(order)
}
