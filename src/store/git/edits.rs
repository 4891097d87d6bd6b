//! What differs between two commits, as texts.

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};
use gix::hashtable::HashMap;
use gix::odb::pack::cache::lru::MemoryCappedHashmap;

use super::compare::Comparer;
use super::named::Tree;
use super::tree::{Difference, Leaf};
use super::{Repository, object, revision};
use crate::domain::problem::Problem;
use crate::domain::source::FileChange;
use crate::store::error::Error;

/// How much unpacked data a walk along a history keeps to unpack more from, unless
/// `core.deltaBaseCacheLimit` says so. Measured: less is slower, more is not faster.
const UNPACKED: usize = 32 * 1024 * 1024;

/// How many bytes of texts are kept for the next comparison at most.
const MAX_KEPT: usize = 64 * 1024 * 1024;

/// Compares trees, one pair after the other.
///
/// It is made for a history that is followed newest first: what a file was before a commit is what
/// it was after an older one, and no tree and no blob is read twice.
#[derive(Debug)]
pub struct Differ {
    repository: Repository,
    trees: Comparer,
    texts: HashMap<ObjectId, String>,
    n_kept: usize,
}

impl Repository {
    /// The files that differ between two trees, by path. Only what differs is read.
    pub fn edits(&self, from: Tree, to: Tree) -> Result<Vec<FileChange>, Error> {
        let mut differ = Differ {
            repository: self.clone(),
            trees: Comparer::default(),
            texts: HashMap::default(),
            n_kept: 0,
        };
        differ.edits(from, to)
    }

    /// The same for many pairs of trees along a history.
    pub fn differ(&self) -> Differ {
        let repository = self.for_history();
        Differ { repository, trees: Comparer::default(), texts: HashMap::default(), n_kept: 0 }
    }

    /// The same repository with more memory to unpack a history.
    pub(super) fn for_history(&self) -> Self {
        let mut repository = self.clone();
        if self.config_string("core.deltaBaseCacheLimit").is_none() {
            let cache = || Box::new(MemoryCappedHashmap::new(UNPACKED)) as Box<_>;
            repository.repo.objects.set_pack_cache(cache);
        }
        repository
    }
}

impl Differ {
    /// The files that differ between two trees, by path.
    pub fn edits(&mut self, from: Tree, to: Tree) -> Result<Vec<FileChange>, Error> {
        let (from, to) = (from.folder, to.folder);
        let differences = self.trees.differences(&self.repository, from, to)?;
        let mut changed: Vec<FileChange> = differences.iter().map(|it| self.change(it)).collect();
        changed.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(changed)
    }

    fn change(&mut self, it: &Difference) -> FileChange {
        let path = it.path.as_bstr();
        let after = it.after.map(|leaf| match self.texts.remove(&leaf.id) {
            Some(text) => {
                self.n_kept -= text.len();
                Ok(text)
            }
            None => self.text(path, leaf),
        });
        let before = it.before.map(|leaf| {
            let text = self.text(path, leaf);
            self.keep(leaf, &text);
            text
        });
        FileChange { path: path.to_str_lossy().into_owned(), before, after }
    }

    fn text(&self, path: &BStr, leaf: Leaf) -> Result<String, Problem> {
        match revision::wrong_name(path) {
            Some(problem) => Err(problem),
            None => object::text(&self.repository, leaf.mode.kind(), leaf.id),
        }
    }

    fn keep(&mut self, leaf: Leaf, text: &Result<String, Problem>) {
        let Ok(text) = text else { return };
        if self.n_kept + text.len() > MAX_KEPT {
            self.texts.clear();
            self.n_kept = 0;
        }
        self.n_kept += text.len();
        if let Some(twin) = self.texts.insert(leaf.id, text.clone()) {
            self.n_kept -= twin.len();
        }
    }
}
