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

use super::Repository;
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

    /// The lock file, to write to.
    pub(super) fn file(&mut self) -> &mut gix::lock::File {
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
        let locks = lines.iter().filter(|(word, path)| identity(path).as_deref() == Some(word));
        let mut finished = None;
        for (_, path) in locks {
            let head = self.head()?.commit.map(|id| (id, id.to_string()));
            let is_made = |(_, id): &(ObjectId, String)| lines[0] == ("commit", Path::new(id));
            let done = match head.filter(is_made).filter(|_| *path == lock_of(&index)) {
                Some((id, _)) => {
                    finished = Some(self.short(id));
                    fs::rename(path, &index)
                }
                None => fs::remove_file(path),
            };
            done.map_err(|error| Error::write(self.name_of(path), &error))?;
        }
        // Where the disk fails now, the next run finds the same once more.
        let _kept = self.sync_index().and_then(|()| note.file().set_len(0));
        Ok(finished)
    }
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
