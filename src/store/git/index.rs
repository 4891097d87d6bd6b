//! The index: locked first, so that no other Git process writes between our steps, and in step
//! with the branch afterwards, so that the next `git commit` does not take our commit back.

use std::collections::HashSet;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use gix::bstr::{BStr, ByteSlice};
use gix::index::entry::{Flags, Mode, Stage};
use gix::lock::acquire::Fail;
use gix::objs::tree::EntryKind;

use super::index_lock::lock_of;
use super::stage::Staged;
use super::{Repository, failed};
use crate::store::error::Error;

impl Repository {
    /// Takes Git's lock of a file of its own.
    pub(super) fn lock_file(&self, path: &Path) -> Result<gix::lock::File, Error> {
        let wait = Fail::AfterDurationWithBackoff(self.lock_wait());
        let lock = gix::lock::File::acquire_to_update_resource(path, wait, None, self.sharing());
        lock.map_err(|error| {
            self.held(&lock_of(path)).unwrap_or_else(|| failed("take a lock of Git", error))
        })
    }

    /// That a lock is held, if it is there after all the time that is spent on waiting for it.
    pub(super) fn waited_for(&self, lock: &Path) -> Option<Error> {
        let start = Instant::now();
        while lock.symlink_metadata().is_ok() && start.elapsed() < self.lock_wait() {
            std::thread::sleep(Duration::from_millis(20));
        }
        self.held(lock)
    }

    /// That a lock is held, if it is there.
    pub(super) fn held(&self, lock: &Path) -> Option<Error> {
        let modified = lock.symlink_metadata().ok()?.modified().ok();
        let age = modified.and_then(|time| SystemTime::now().duration_since(time).ok());
        Some(Error::Locked { path: self.name_of(lock), age: age.unwrap_or(Duration::ZERO) })
    }

    /// The index as it is on disk, or an empty one before the first `git add`.
    pub(super) fn read_index(&self) -> Result<gix::index::File, Error> {
        let path = self.repo.index_path();
        if !path.exists() {
            let state = gix::index::State::new(self.repo.object_hash());
            return Ok(gix::index::File::from_state(state, path));
        }
        self.repo.open_index().map_err(|error| failed("read the index", error))
    }

    /// Writes the index into its lock file, durably. It takes its place when the lock is committed.
    pub(super) fn fill_lock(
        &self,
        lock: &mut gix::lock::File,
        index: &gix::index::File,
    ) -> Result<(), Error> {
        let skip_hash = self.repo.config_snapshot().boolean("index.skipHash").unwrap_or(false);
        let options = gix::index::write::Options { skip_hash, ..Default::default() };
        let mut out = BufWriter::with_capacity(1 << 16, &mut *lock);
        index.write_to(&mut out, options).map_err(|error| failed("write the index", error))?;
        out.flush().map_err(|error| Error::write(self.name_of(&self.repo.index_path()), &error))?;
        drop(out);
        let synced = lock.with_mut(|file| file.sync_all());
        synced.map_err(|error| Error::write(self.name_of(&self.repo.index_path()), &error))
    }
}

/// Brings the entries of the staged files up to date, and touches no other.
pub(super) fn update(index: &mut gix::index::File, staged: &[Staged]) {
    distrust_racy_entries(index);
    make_room(index, staged);
    let n_entries = index.entries().len();
    for file in staged {
        let Some(blob) = &file.blob else { continue };
        let mode =
            if blob.kind == EntryKind::BlobExecutable { Mode::FILE_EXECUTABLE } else { Mode::FILE };
        let path = file.path.as_bstr();
        match index.entry_index_by_path_and_stage_bounded(path, Stage::Unconflicted, n_entries) {
            Some(at) => {
                let entry = &mut index.entries_mut()[at];
                (entry.id, entry.mode, entry.stat) = (blob.id, mode, blob.stat);
                entry
                    .flags
                    .remove(Flags::INTENT_TO_ADD | Flags::SKIP_WORKTREE | Flags::FSMONITOR_VALID);
            }
            None => index.dangerously_push_entry(blob.stat, blob.id, Flags::empty(), mode, path),
        }
    }
    index.sort_entries();
    // The cached trees are those of before; kept, they would end up in the next commit.
    index.remove_tree();
}

/// Removes the entries of files that are gone, and those that cannot stand beside a new one: a
/// file where it needs a folder, or files below a folder where it stands now.
fn make_room(index: &mut gix::index::File, staged: &[Staged]) {
    let is_file = |file: &&Staged| file.blob.is_some();
    let files: HashSet<&BStr> =
        staged.iter().filter(is_file).map(|file| file.path.as_bstr()).collect();
    let gone: HashSet<&BStr> =
        staged.iter().filter(|file| !is_file(file)).map(|file| file.path.as_bstr()).collect();
    let folders: HashSet<&BStr> = files.iter().copied().flat_map(parents).collect();
    index.remove_entries(|_, path, _| {
        let path = path.as_bstr();
        gone.contains(path)
            || folders.contains(path)
            || parents(path).any(|parent| files.contains(parent))
    });
}

/// The folders that a path lies in.
pub(super) fn parents(path: &BStr) -> impl Iterator<Item = &BStr> {
    path.find_iter("/").map(|at| path[..at].as_bstr())
}

/// An entry as new as the index itself may hide a later edit. Git compares its content as long as
/// the index is not newer; ours will be, so such an entry is marked to be compared.
fn distrust_racy_entries(index: &mut gix::index::File) {
    let (timestamp, options) = (index.timestamp(), gix::index::entry::stat::Options::default());
    for entry in index.entries_mut() {
        if entry.stat.is_racy(timestamp, options) {
            entry.stat.size = 0;
        }
    }
}
