//! Changing files of a folder: all of them or none, and none through a link.
//!
//! Everything that can fail for lack of room happens first, in files beside the real ones. Then
//! come renames, each of which happens whole or not at all.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::document;
use super::error::{Error, Outcome, reason};
use super::home::{make_folders, sync_folder};
use super::layout::{Shape, UNFINISHED, is_safe_path};
use crate::domain::source::{Edits, FileEdit};

/// Why files were not written.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: Error,
    /// Whether some files are written and could not be restored.
    pub(super) is_half_done: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, is_half_done: false }
    }
}

/// A file that is ready to take its place.
struct Ready<'a> {
    edit: &'a FileEdit,
    target: PathBuf,
    /// The new text on disk; without one the target is removed.
    file: Option<NamedTempFile>,
}

/// Checks that every file is as the edits assume, byte for byte.
pub(super) fn check(root: &Path, folder: &str, edits: &Edits) -> Result<(), Error> {
    for edit in edits.files() {
        let found = current(root, folder, &edit.path)?;
        if found.as_deref() != edit.before.as_deref().map(str::as_bytes) {
            return Err(changed(folder, &edit.path));
        }
    }
    Ok(())
}

/// The bytes that a path holds now; `None` if it is free. A path that cannot be written to
/// safely is refused.
pub(super) fn current(root: &Path, folder: &str, path: &str) -> Result<Option<Vec<u8>>, Error> {
    let name = format!("{folder}/{path}");
    if !is_safe_path(path) {
        return Err(refused(&name, "is not a path below the backlog"));
    }
    match way(root, folder, path)? {
        Way::Open => {}
        Way::Missing => return Ok(None),
        Way::Blocked => return Err(refused(&name, "lies below a file")),
    }
    match document::read_bytes(&root.join(path)) {
        Ok(Ok(bytes)) => Ok(Some(bytes)),
        Ok(Err(problem)) => Err(refused(&name, &format!("is {}", problem.message))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::read(name, &error)),
    }
}

/// Writes the edits, which were checked: all of them, or none.
pub(super) fn all(root: &Path, folder: &str, edits: &Edits) -> Result<(), Failure> {
    let ready = prepare_all(root, folder, edits)?;
    let mut parents = BTreeSet::new();
    for (n_done, file) in ready.into_iter().enumerate() {
        let Ready { edit, target, file } = file;
        // Waiting for the disk took its time, in which an editor may have saved.
        let is_written = holds(&target, edit.before.as_deref()).and_then(|is_as_before| {
            if is_as_before { put(&target, edit, file) } else { meanwhile() }
        });
        if let Err(error) = is_written {
            return Err(take_back(root, folder, &edits.files()[..n_done], &edit.path, &error));
        }
        parents.extend(target.parent().map(Path::to_owned));
    }
    for parent in parents {
        // The files are in place; whether their names survive a power cut is in the system's hands.
        let name = format!("{folder}/{}", parent.strip_prefix(root).unwrap_or(&parent).display());
        sync_folder(&parent).map_err(|error| half_done(&name, &error))?;
    }
    Ok(())
}

/// Removes what an interrupted run left beside the files of these edits.
pub(super) fn sweep(root: &Path, edits: &Edits) {
    let parents: BTreeSet<PathBuf> = edits
        .files()
        .iter()
        .filter_map(|edit| Some(root.join(&edit.path).parent()?.to_owned()))
        .collect();
    let entries = parents.iter().filter_map(|parent| fs::read_dir(parent).ok()).flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().ends_with(UNFINISHED)) {
        // One that stays is in nobody's way: it is hidden, and no command reads it.
        let _removed = fs::remove_file(entry.path());
    }
}

/// What a path leads through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Folders, all of which are there.
    Open,
    /// A folder that is not there.
    Missing,
    /// A file, below which there is nothing.
    Blocked,
}

/// The way to a path below the folder. One that leads through a link is refused.
pub(super) fn way(root: &Path, folder: &str, path: &str) -> Result<Way, Error> {
    for (at, _) in path.match_indices('/') {
        let parent = &path[..at];
        let name = format!("{folder}/{parent}");
        match root.join(parent).symlink_metadata() {
            Ok(metadata) => match document::shape(&metadata) {
                Shape::Folder => {}
                Shape::Link { .. } => {
                    return Err(refused(&name, "is a symbolic link, which is not followed"));
                }
                _ => return Ok(Way::Blocked),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Way::Missing),
            Err(error) => return Err(Error::read(name, &error)),
        }
    }
    Ok(Way::Open)
}

/// Puts all new texts on disk, beside their places. Most of the time goes by waiting for the disk,
/// which takes several files at once; an import of hundreds is done in a fraction of it.
fn prepare_all<'a>(root: &Path, folder: &str, edits: &'a Edits) -> Result<Vec<Ready<'a>>, Error> {
    const WAITING: usize = 8;
    let files = edits.files();
    let share = files.len().div_ceil(WAITING).max(1);
    let prepare_some = |files: &'a [FileEdit]| -> Result<Vec<Ready<'a>>, Error> {
        files.iter().map(|edit| prepare(root, folder, edit)).collect()
    };
    if share == 1 {
        return prepare_some(files);
    }
    let parts: Vec<Result<Vec<Ready<'a>>, Error>> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            files.chunks(share).map(|part| scope.spawn(move || prepare_some(part))).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().map(join).collect()
    });
    Ok(parts.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

/// Puts the new text on disk, beside its place.
fn prepare<'a>(root: &Path, folder: &str, edit: &'a FileEdit) -> Result<Ready<'a>, Error> {
    let target = root.join(&edit.path);
    let failed = |error: io::Error| Error::write(format!("{folder}/{}", edit.path), &error);
    let file =
        edit.after.as_deref().map(|text| beside(&target, text)).transpose().map_err(failed)?;
    Ok(Ready { edit, target, file })
}

fn beside(target: &Path, text: &str) -> io::Result<NamedTempFile> {
    let parent = target.parent().unwrap_or(target);
    make_folders(parent)?;
    let prefix = format!(".{}-", std::process::id());
    let mut builder = tempfile::Builder::new();
    as_any_new_file(&mut builder);
    let mut file = builder.prefix(&prefix).suffix(UNFINISHED).tempfile_in(parent)?;
    match target.symlink_metadata() {
        Ok(metadata) => file.as_file().set_permissions(metadata.permissions())?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// With the permissions of any new file, from which the system takes away what its mask says.
#[cfg(unix)]
fn as_any_new_file(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn as_any_new_file(_builder: &mut tempfile::Builder<'_, '_>) {}

/// Gives a file its place. One that is new never takes the place of another.
fn put(target: &Path, edit: &FileEdit, file: Option<NamedTempFile>) -> io::Result<()> {
    match file {
        Some(file) if edit.before.is_some() => {
            file.persist(target).map(drop).map_err(|error| error.error)
        }
        Some(file) => file.persist_noclobber(target).map(drop).map_err(|error| error.error),
        None => fs::remove_file(target),
    }
}

/// Whether a file is there with this text, or is not there.
fn holds(target: &Path, text: Option<&str>) -> io::Result<bool> {
    match fs::read(target) {
        Ok(bytes) => Ok(Some(bytes.as_slice()) == text.map(str::as_bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(text.is_none()),
        Err(error) => Err(error),
    }
}

/// The error of a file that is not as it was any more.
fn meanwhile() -> io::Result<()> {
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Restores the files that were written before one failed. One that was edited since is not ours
/// any more.
fn take_back(
    root: &Path,
    folder: &str,
    done: &[FileEdit],
    path: &str,
    error: &io::Error,
) -> Failure {
    let restore = |edit: &FileEdit| {
        let target = root.join(&edit.path);
        if !holds(&target, edit.after.as_deref())? {
            return Ok(());
        }
        let file = edit.before.as_deref().map(|text| beside(&target, text)).transpose()?;
        match file {
            Some(file) => file.persist(&target).map(drop).map_err(|error| error.error),
            None => fs::remove_file(&target),
        }
    };
    let is_restored = done.iter().all(|edit| restore(edit).is_ok());
    match (is_restored, error.kind()) {
        (true, io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound) => {
            changed(folder, path).into()
        }
        (true, _) => Error::write(format!("{folder}/{path}"), error).into(),
        (false, _) => half_done(&format!("{folder}/{path}"), error),
    }
}

fn half_done(name: &str, error: &io::Error) -> Failure {
    let (path, reason) = (name.to_owned(), reason(error));
    Failure { error: Error::Write { path, reason, outcome: Outcome::HalfDone }, is_half_done: true }
}

fn changed(folder: &str, path: &str) -> Error {
    Error::Changed { path: format!("{folder}/{path}"), recovered: None }
}

fn refused(name: &str, why: &str) -> Error {
    Error::refused(format!("{name} {why}"), "put a regular file or folder in its place")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_were_written_before_one_failed_are_taken_back() {
        let folder = tempfile::TempDir::new().unwrap();
        let root = folder.path();
        fs::write(root.join("a.md"), "a\n").unwrap();
        fs::write(root.join("d.md"), "meanwhile\n").unwrap();
        let mut edits = Edits::default();
        for (path, before, after) in [
            ("a.md", Some("a\n"), Some("b\n")),
            ("c.md", None, Some("c\n")),
            ("d.md", None, Some("d\n")),
        ] {
            let text = |text: Option<&str>| text.map(str::to_owned);
            edits.push(FileEdit {
                path: path.to_owned(),
                before: text(before),
                after: text(after),
            });
        }
        let failure = all(root, ".backlog", &edits).unwrap_err();
        assert!(matches!(&failure.error, Error::Changed { path, .. } if path == ".backlog/d.md"));
        assert!(!failure.is_half_done);
        assert_eq!(fs::read_to_string(root.join("a.md")).unwrap(), "a\n");
        assert_eq!(fs::read_to_string(root.join("d.md")).unwrap(), "meanwhile\n");
        assert_eq!(fs::read_dir(root).unwrap().count(), 2);
    }
}
