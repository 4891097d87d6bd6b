//! How many objects of Git were read: the measure of a command that no other load disturbs.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::Repository;

/// The objects that were read from a repository.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ObjectsRead {
    /// Commits of a history.
    pub commits: usize,
    /// Folders.
    pub trees: usize,
    /// Files.
    pub blobs: usize,
}

/// The same while it is counted, by several threads.
#[derive(Debug, Default)]
pub(super) struct Counters {
    commits: AtomicUsize,
    trees: AtomicUsize,
    blobs: AtomicUsize,
    missing: AtomicUsize,
}

impl Counters {
    pub(super) fn commit(&self) {
        self.commits.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn tree(&self) {
        self.trees.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn blob(&self) {
        self.blobs.fetch_add(1, Ordering::Relaxed);
    }

    /// A blob could not be read, and perhaps can another time.
    pub(super) fn missing(&self) {
        self.missing.fetch_add(1, Ordering::Relaxed);
    }

    /// How many blobs could not be read.
    pub(super) fn n_missing(&self) -> usize {
        self.missing.load(Ordering::Relaxed)
    }
}

impl Repository {
    /// What was read so far, through this value and its clones.
    pub fn objects_read(&self) -> ObjectsRead {
        let count = |counter: &AtomicUsize| counter.load(Ordering::Relaxed);
        ObjectsRead {
            commits: count(&self.counters.commits),
            trees: count(&self.counters.trees),
            blobs: count(&self.counters.blobs),
        }
    }
}
