//! The lock of the index, and what an interrupted run leaves of it.
//!
//! A commit moves the branch and then the index. A run that dies between the two leaves an index
//! that would take the commit back, and beside it a lock that holds the index as it should be.
//! Git has the same gap, and asks its user to remove the lock. Here a run notes which lock is its
//! own and what it is good for, so that the next one can finish or remove it.

use std::fs::{self, Metadata};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::index::entry::Stat;

use super::commits::Commits;
use super::stage::{Staged, StagedBlob};
use super::tree::{self, Difference};
use super::{Repository, index};
use crate::store::error::{Error, reason};
use crate::store::lock::Lock;

/// The lock of the index, held until it is dropped.
pub(super) struct IndexLock {
    /// `None` once it has taken its place.
    file: Option<gix::lock::File>,
    path: PathBuf,
    /// Locked as long as this run goes on.
    note: Lock,
}

impl IndexLock {
    /// Notes that the lock holds a whole index, which is to take its place once HEAD is at a
    /// commit, and which other locks this run has by then.
    pub(super) fn belongs_to(&self, commit: ObjectId, others: &[PathBuf]) {
        self.write(&format!("commit {commit}\n"), others);
    }

    /// Without a note, an interrupted run is left to its user, as with Git.
    fn write(&self, first: &str, others: &[PathBuf]) {
        let line = |path: &PathBuf| Some(format!("{} {}\n", identity(path)?, path.to_str()?));
        let lines: String = [&self.path].into_iter().chain(others).filter_map(line).collect();
        let mut file = self.note.file();
        let text = format!("{first}{lines}");
        // Each note is longer than the one before it, and says the same and more.
        let written = file.rewind().and_then(|()| file.write_all(text.as_bytes()));
        let _noted = written.and_then(|()| file.set_len(text.len() as u64));
    }

    /// Writes the index that is to take the place.
    pub(super) fn fill(
        &mut self,
        repository: &Repository,
        index: &gix::index::File,
    ) -> Result<(), Error> {
        repository.fill_lock(self.file(), index)
    }

    fn file(&mut self) -> &mut gix::lock::File {
        self.file.as_mut().expect("only `commit` takes it, and the lock with it")
    }

    /// Lets the new index take its place.
    pub(super) fn commit(mut self, action: impl FnOnce() -> String) -> Result<(), Error> {
        let committed = self.file.take().map_or(Ok(()), |file| file.commit().map(drop));
        committed.map_err(|error| Error::Git { action: action(), reason: reason(&error.error) })
    }
}

impl Drop for IndexLock {
    /// The note must not outlive the lock: another could be taken for it.
    fn drop(&mut self) {
        drop(self.file.take());
        let _cleared = self.note.file().set_len(0);
    }
}

impl Repository {
    /// Takes the lock of the index, waiting for another Git process to end.
    pub(super) fn lock_index(&self) -> Result<IndexLock, Error> {
        let home = self.home().ok_or_else(|| {
            Error::unusable("this repository is bare: it has no worktree", "clone it first")
        })?;
        self.check_not_in_hook()?;
        home.make(&home.own)?;
        let note = Lock::wait(&home, &home.own.join(NOTE))?;
        self.finish(&note)?;
        let index = self.repo.index_path();
        let file = self.lock_file(&index)?;
        let lock = IndexLock { file: Some(file), path: lock_of(&index), note };
        lock.write("", &[]);
        Ok(lock)
    }

    /// Finishes a commit whose run was interrupted when the branch had moved and the index had
    /// not, and tells its short id. Other locks that interrupted runs have left are removed.
    pub fn finish_commit(&self) -> Result<Option<String>, Error> {
        let Some(home) = self.home() else { return Ok(None) };
        let path = home.own.join(NOTE);
        if path.metadata().is_ok_and(|note| note.len() > 0) {
            // The run that holds the note goes on.
            let note = Lock::try_take(&home, &path)?;
            return note.map_or(Ok(None), |note| self.finish(&note));
        }
        Ok(None)
    }

    /// Nobody but this run looks at the note.
    fn finish(&self, note: &Lock) -> Result<Option<String>, Error> {
        let mut text = String::new();
        // What is no text is none of ours.
        let _read = note.file().read_to_string(&mut text);
        let lines: Vec<(&str, &Path)> = text
            .split_inclusive('\n')
            .filter_map(|line| line.strip_suffix('\n')?.split_once(' '))
            .map(|(word, rest)| (word, Path::new(rest)))
            .collect();
        let index = self.repo.index_path();
        let is_made =
            |id: &ObjectId| lines.first() == Some(&("commit", Path::new(&id.to_string())));
        let made = self.head()?.commit.filter(is_made);
        let mut finished = None;
        let locks = lines.iter().filter(|(word, path)| identity(path).as_deref() == Some(word));
        for (_, path) in locks {
            let done = match made.filter(|_| *path == lock_of(&index)) {
                Some(commit) => {
                    finished = Some(commit);
                    fs::rename(path, &index)
                }
                None => fs::remove_file(path),
            };
            done.map_err(|error| Error::write(self.name_of(path), &error))?;
        }
        if let Some(commit) = made.filter(|_| finished.is_none())
            && self.catch_up(commit)?
        {
            finished = Some(commit);
        }
        // Where the disk fails now, the next run finds the same once more.
        let _kept = self.sync_index().and_then(|()| note.file().set_len(0));
        Ok(finished.map(|commit| self.short(commit)))
    }

    /// Brings the index in step with a commit whose lock is gone, as Git tells its user to remove
    /// one: what it still holds as it was before the commit. Whether anything was so.
    fn catch_up(&self, commit: ObjectId) -> Result<bool, Error> {
        let parent = Commits::new(self)?.parents(self, commit)?.first().copied();
        let (before, after) = (self.tree_of(parent)?, self.tree_of(Some(commit))?);
        let differences = tree::differences(self, before, after)?;
        let index = self.read_index()?;
        if behind(&index, &differences).is_empty() {
            return Ok(false);
        }
        let mut lock = self.lock_file(&self.repo.index_path())?;
        let mut index = self.read_index()?;
        let behind = behind(&index, &differences);
        index::update(&mut index, &behind);
        self.fill_lock(&mut lock, &index)?;
        let action = || format!("bring the index in step with commit {}", self.short(commit));
        lock.commit()
            .map_err(|error| Error::Git { action: action(), reason: reason(&error.error) })?;
        Ok(true)
    }
}

/// What an index holds as it was before these differences, as it should be after them. The next
/// `git status` finds out how the files are.
fn behind(index: &gix::index::State, differences: &[Difference]) -> Vec<Staged> {
    let is_behind = |difference: &&Difference| {
        let entry = index.entry_by_path(difference.path.as_bstr());
        entry.map(|entry| entry.id) == difference.before.map(|leaf| leaf.id)
    };
    let staged = |difference: &Difference| Staged {
        path: difference.path.clone(),
        blob: difference.after.map(|leaf| StagedBlob {
            id: leaf.id,
            kind: leaf.mode.kind(),
            stat: Stat::default(),
        }),
    };
    differences.iter().filter(is_behind).map(staged).collect()
}

/// The name of the note, which whoever commits holds locked.
pub(in crate::store) const NOTE: &str = "index-lock";

pub(super) fn lock_of(path: &Path) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(".lock");
    PathBuf::from(path)
}

/// What tells a file from any other, also from a later one of the same name: when it was made, to
/// the nanosecond, and its number on the disk. `None` where that is not known.
fn identity(path: &Path) -> Option<String> {
    let file = path.symlink_metadata().ok()?;
    let made = file.created().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(format!("{}:{}", made.as_nanos(), number(&file)))
}

#[cfg(unix)]
fn number(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

/// Other systems have no number for it that can be had.
#[cfg(not(unix))]
fn number(_file: &Metadata) -> u64 {
    0
}
