//! The last changes of a worktree, newest last, so that they can be taken back.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::home::Home;
use super::journal::{self, Entry};

/// How many changes are remembered.
const MAX_ENTRIES: usize = 50;

/// How much room they may take, in bytes. The newest is kept whatever its size.
const MAX_SIZE: u64 = 64 * 1024 * 1024;

/// Adds a journal that is done with.
pub(super) fn push(home: &Home, journal: &Path) -> Result<(), Error> {
    let folder = folder(home);
    home.make(&folder)?;
    let entries = entries(home)?;
    let last = entries.last().map_or(0, |(number, _)| *number);
    let path = folder.join(format!("{:010}", last + 1));
    fs::rename(journal, &path).map_err(|error| Error::write(home.name(&path), &error))?;
    // Something has happened since a change was taken back; a mark that stays asks once too often.
    let _removed = fs::remove_file(mark_of(home));
    trim(home)
}

/// The newest change of the backlog in a folder.
pub(super) fn last(home: &Home, backlog: &str) -> Result<Option<Entry>, Error> {
    Ok(of_backlog(home, backlog)?.pop().map(|(_, entry)| entry))
}

/// Forgets the newest changes of the backlog in a folder.
pub(super) fn forget(home: &Home, backlog: &str, n_changes: usize) -> Result<(), Error> {
    for (path, _) in of_backlog(home, backlog)?.into_iter().rev().take(n_changes) {
        fs::remove_file(&path).map_err(|error| Error::write(home.name(&path), &error))?;
    }
    Ok(())
}

/// Notes that a change was just taken back, at this commit.
pub(super) fn mark(home: &Home, head: Option<&str>) -> Result<(), Error> {
    let path = mark_of(home);
    fs::write(&path, head.unwrap_or_default())
        .map_err(|error| Error::write(home.name(&path), &error))
}

/// Whether nothing has happened since a change was taken back.
pub(super) fn is_marked(home: &Home, head: Option<&str>) -> bool {
    fs::read_to_string(mark_of(home)).is_ok_and(|mark| mark == head.unwrap_or_default())
}

fn mark_of(home: &Home) -> PathBuf {
    home.own.join("undone")
}

fn folder(home: &Home) -> PathBuf {
    home.own.join("undo")
}

/// The changes of one backlog, oldest first. What cannot be read is no change: an undo log is a
/// convenience, and a damaged one must not stand in the way.
fn of_backlog(home: &Home, backlog: &str) -> Result<Vec<(PathBuf, Entry)>, Error> {
    let read = |(_, path): (u64, PathBuf)| {
        let entry = journal::decode(&fs::read_to_string(&path).ok()?)?;
        (entry.folder == backlog).then_some((path, entry))
    };
    Ok(entries(home)?.into_iter().filter_map(read).collect())
}

/// The files of the log by number, oldest first.
fn entries(home: &Home) -> Result<Vec<(u64, PathBuf)>, Error> {
    let folder = folder(home);
    let failed = |error: &io::Error| Error::read(home.name(&folder), error);
    let listing = match fs::read_dir(&folder) {
        Ok(listing) => listing,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(&error)),
    };
    let mut entries = Vec::new();
    for file in listing {
        let path = file.map_err(|error| failed(&error))?.path();
        let number = path.file_name().and_then(|name| name.to_str()?.parse().ok());
        entries.extend(number.map(|number| (number, path)));
    }
    entries.sort_unstable();
    Ok(entries)
}

/// Drops the oldest changes that are too many or too much.
fn trim(home: &Home) -> Result<(), Error> {
    let mut size = 0;
    for (at, (_, path)) in entries(home)?.iter().rev().enumerate() {
        size += path.metadata().map_or(0, |metadata| metadata.len());
        if at > 0 && (at >= MAX_ENTRIES || size > MAX_SIZE) {
            fs::remove_file(path).map_err(|error| Error::write(home.name(path), &error))?;
        }
    }
    Ok(())
}
