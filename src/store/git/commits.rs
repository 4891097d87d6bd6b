//! Commits of a history: their parents and trees from the commit-graph where there is one, the rest
//! from the commits themselves, each of which is read once.

use std::cell::OnceCell;

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::hashtable::{HashMap, HashSet};
use gix::objs::{CommitRef, FindExt};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};

use super::{Repository, failed};
use crate::domain::date::Date;
use crate::domain::history::Commit;
use crate::store::error::Error;

/// How many commits are kept that were read before their turn.
const MAX_KEPT: usize = 50_000;

/// A commit that was read.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) root: ObjectId,
    pub(super) parents: Vec<ObjectId>,
    pub(super) commit: Commit,
}

/// The commits of a repository.
pub(super) struct Commits {
    /// Once it was asked for.
    graph: OnceCell<Option<gix::commitgraph::Graph>>,
    /// The commits whose parents a shallow clone has not.
    cut: HashSet<ObjectId>,
    kept: HashMap<ObjectId, Read>,
    buffer: Vec<u8>,
}

impl std::fmt::Debug for Commits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Commits").field("cut", &self.cut).finish_non_exhaustive()
    }
}

impl Commits {
    pub(super) fn new(repository: &Repository) -> Result<Self, Error> {
        let cut = repository.repo.shallow_commits();
        let cut = cut.map_err(|error| failed("read where the history is cut off", error))?;
        let cut: HashSet<ObjectId> = cut.iter().flat_map(|cut| cut.iter().copied()).collect();
        Ok(Self { graph: OnceCell::new(), cut, kept: HashMap::default(), buffer: Vec::new() })
    }

    /// The commit-graph. It knows nothing of a history that was cut off since, and one that cannot
    /// be read is not needed.
    fn graph(&self, repository: &Repository) -> Option<&gix::commitgraph::Graph> {
        let open = || repository.repo.commit_graph_if_enabled().ok().flatten();
        self.graph.get_or_init(|| if self.cut.is_empty() { open() } else { None }).as_ref()
    }

    /// Whether the parents of a commit are not in this clone.
    pub(super) fn is_cut(&self, id: ObjectId) -> bool {
        self.cut.contains(&id)
    }

    /// The parents of a commit that are in this clone.
    pub(super) fn parents(
        &mut self,
        repository: &Repository,
        id: ObjectId,
    ) -> Result<Vec<ObjectId>, Error> {
        if self.is_cut(id) {
            return Ok(Vec::new());
        }
        if let Some(parents) = self.parents_in_graph(repository, id) {
            return Ok(parents);
        }
        Ok(self.peek(repository, id)?.parents)
    }

    fn parents_in_graph(&self, repository: &Repository, id: ObjectId) -> Option<Vec<ObjectId>> {
        let graph = self.graph(repository)?;
        let parents = graph.commit_by_id(id)?.iter_parents();
        parents.map(|at| Some(graph.id_at(at.ok()?).to_owned())).collect()
    }

    /// The tree of a commit.
    pub(super) fn root(
        &mut self,
        repository: &Repository,
        id: ObjectId,
    ) -> Result<ObjectId, Error> {
        let in_graph = self.graph(repository).and_then(|graph| graph.commit_by_id(id));
        match in_graph {
            Some(commit) => Ok(commit.root_tree_id().to_owned()),
            None => Ok(self.peek(repository, id)?.root),
        }
    }

    /// A commit, which is not asked for again.
    pub(super) fn take(&mut self, repository: &Repository, id: ObjectId) -> Result<Read, Error> {
        match self.kept.remove(&id) {
            Some(read) => Ok(read),
            None => self.read(repository, id),
        }
    }

    fn peek(&mut self, repository: &Repository, id: ObjectId) -> Result<Read, Error> {
        if let Some(read) = self.kept.get(&id) {
            return Ok(read.clone());
        }
        let read = self.read(repository, id)?;
        if self.kept.len() < MAX_KEPT {
            self.kept.insert(id, read.clone());
        }
        Ok(read)
    }

    fn read(&mut self, repository: &Repository, id: ObjectId) -> Result<Read, Error> {
        repository.counters.commit();
        let mut read = || {
            let commit = repository.repo.objects.find_commit(&id, &mut self.buffer)?;
            parse(id, &commit)
        };
        read().map_err(|error| failed("read a commit", error))
    }
}

fn parse(id: ObjectId, commit: &CommitRef<'_>) -> Result<Read, gix::Error> {
    let (author, committer) = (commit.author()?, commit.committer()?);
    let parents: Vec<ObjectId> = commit.parents().collect();
    let commit_value = Commit {
        id: id.to_string(),
        parents: parents.iter().map(ObjectId::to_string).collect(),
        author: author.name.to_str_lossy().into_owned(),
        email: author.email.to_str_lossy().into_owned(),
        time: zoned(author.time().unwrap_or_default()),
        committed: zoned(committer.time().unwrap_or_default()),
        message: commit.message.to_str_lossy().into_owned(),
    };
    Ok(Read { root: commit.tree(), parents, commit: commit_value })
}

impl Repository {
    /// The day on which the commit that a revision names was written, where its author was.
    pub fn day_of(&self, rev: &str) -> Result<Date, Error> {
        let id = self.commit_of(rev)?;
        let mut buffer = Vec::new();
        let mut read = || {
            let commit = self.repo.objects.find_commit(&id, &mut buffer)?;
            Ok(parse(id, &commit)?.commit.time.date())
        };
        read().map_err(|error: gix::Error| failed("read a commit", error))
    }
}

/// A time with the offset of its place. One that no calendar has is the beginning of 1970.
fn zoned(time: gix::date::Time) -> ZonedDateTime {
    let offset = Offset::from_seconds(time.offset).unwrap_or(Offset::UTC);
    let moment = Timestamp::from_second(time.seconds).unwrap_or_default();
    moment.to_zoned_datetime(TimeZone::fixed(offset))
}
