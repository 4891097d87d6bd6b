//! Where a worktree keeps what belongs in no commit: the lock, the journal, the undo log.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::Error;
use super::layout::slashes;

/// The folders below Git's own directories, and how long to wait for others.
#[derive(Clone, Debug)]
pub(super) struct Home {
    /// The root of the worktree.
    pub(super) workdir: PathBuf,
    /// For this worktree alone: journal and undo log.
    pub(super) own: PathBuf,
    /// For all worktrees of the repository: the lock.
    pub(super) common: PathBuf,
    /// How long to wait for a lock.
    pub(super) wait: Duration,
}

impl Home {
    /// A path as messages name it: from the root of the worktree, if it is below.
    pub(super) fn name(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.workdir).unwrap_or(path);
        slashes(&below.to_string_lossy())
    }

    /// Makes a folder of this home, and sees to it that it survives a power cut: a journal in a
    /// folder that is gone is no journal.
    pub(super) fn make(&self, folder: &Path) -> Result<(), Error> {
        make_folders(folder).map_err(|error| Error::write(self.name(folder), &error))
    }
}

/// Makes the missing folders of a path, each of them safely on disk.
pub(super) fn make_folders(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let Some(parent) = folder.parent() else { return Ok(()) };
    make_folders(parent)?;
    match fs::create_dir(folder) {
        Ok(()) => sync_folder(parent),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Makes sure that names in a folder survive a power cut.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// Other systems keep the names of a folder safe by themselves, and cannot open one as a file.
#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
