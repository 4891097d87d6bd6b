//! Where a list lies while somebody edits it: a text, and a record of what it was made from.
//!
//! Both lie in Git's directory of the worktree. They are there as long as somebody is not done
//! with them, whatever becomes of the program and of its editor in between.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Repository;
use super::error::Error;
use super::home::{Home, sync_folder};
use super::lock::Lock;
use super::named::write_text;

/// The folder of the desk.
const FOLDER: &str = "groom";

/// The file of the record.
const RECORD: &str = "made-from.json";

/// The place of the list. As long as it is held, no other run of the program has it.
#[derive(Debug)]
pub struct Desk {
    home: Home,
    folder: PathBuf,
    _lock: Lock,
}

impl Repository {
    /// The desk of this worktree; `None` if another run of the program sits at it, or where there
    /// is no worktree.
    pub fn desk(&self) -> Result<Option<Desk>, Error> {
        let Some(home) = self.home() else { return Ok(None) };
        let folder = home.own.join(FOLDER);
        home.make(&folder)?;
        let lock = Lock::try_take(&home, &folder.join("lock"))?;
        Ok(lock.map(|lock| Desk { home, folder, _lock: lock }))
    }

    /// Whether a list lies on the desk of this worktree, and nobody sits at it. Where there is none,
    /// nothing is made to find out.
    pub fn has_unfinished_list(&self) -> bool {
        let has_record = |home: Home| home.own.join(FOLDER).join(RECORD).is_file();
        // Where nothing can be written, nobody sits.
        self.home().is_some_and(has_record) && !matches!(self.desk(), Ok(None))
    }
}

impl Desk {
    /// The file that is edited.
    pub fn path(&self) -> PathBuf {
        self.folder.join("list.txt")
    }

    /// The record of a list that somebody has begun and not ended.
    pub fn record(&self) -> Result<Option<String>, Error> {
        let bytes = self.read(&self.record_path())?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The text as it was saved last.
    pub fn text(&self) -> Result<Vec<u8>, Error> {
        Ok(self.read(&self.path())?.unwrap_or_default())
    }

    /// Puts a text there, and the record of what it was made from. The record comes last: it says
    /// that the text is whole.
    pub fn put(&self, record: &str, text: &str) -> Result<(), Error> {
        self.write(&self.path(), text)?;
        self.write(&self.record_path(), record)
    }

    /// Puts aside what lies in the place of the list although nobody is at one: an editor that gave back
    /// the terminal at once has saved it when all was over. Tells where it is now.
    pub fn put_aside(&self) -> Result<Option<PathBuf>, Error> {
        let path = self.path();
        if self.record()?.is_some() || !path.exists() {
            return Ok(None);
        }
        let is_free = |path: &PathBuf| !path.exists();
        let names = (1_u32..).map(|n| self.folder.join(format!("left-{n}.txt")));
        let Some(aside) = names.into_iter().find(is_free) else { return Ok(None) };
        let moved = fs::rename(&path, &aside).and_then(|()| sync_folder(&self.folder));
        moved.map_err(|error| Error::write(self.home.name(&path), &error))?;
        Ok(Some(aside))
    }

    /// Takes everything away.
    pub fn clear(&self) -> Result<(), Error> {
        for path in [self.record_path(), self.path()] {
            match fs::remove_file(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(Error::write(self.home.name(&path), &error)),
            }
        }
        Ok(())
    }

    fn record_path(&self) -> PathBuf {
        self.folder.join(RECORD)
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Error> {
        match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::read(self.home.name(path), &error)),
        }
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), Error> {
        let written = write_text(path, text).and_then(|()| sync_folder(&self.folder));
        written.map_err(|error| Error::write(self.home.name(path), &error))
    }
}
