//! The journal of a change: written before the first file is touched, gone when the last one is.
//!
//! A change of several files is several renames, and a process may die between two of them. What
//! it had in mind stands here, so that the next one can finish it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use blake2::{Blake2s256, Digest};
use serde_json::{Value, json};

use super::error::Error;
use super::home::{Home, sync_folder};
use super::{layout, undo, write};
use crate::domain::source::{Edits, FileEdit};

/// How the name of a journal starts that is being written.
const UNFINISHED: &str = ".journal-";

/// A change and the folder of the backlog that it belongs to, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) folder: String,
    /// The commit of HEAD when the change was made.
    pub(super) head: Option<String>,
    pub(super) edits: Edits,
}

/// A change that is being made.
#[derive(Debug)]
pub(super) struct Journal<'a> {
    home: &'a Home,
    path: PathBuf,
}

impl<'a> Journal<'a> {
    /// Writes down what is about to be done.
    pub(super) fn begin(home: &'a Home, entry: &Entry) -> Result<Self, Error> {
        home.make(&home.own)?;
        // After a power cut, files can be left of which no journal tells.
        write::sweep(&home.workdir.join(&entry.folder), &entry.edits);
        let path = path(home);
        let is_several = entry.edits.files().len() > 1;
        store(&home.own, &path, &encode(entry), is_several)
            .map_err(|error| Error::write(home.name(&path), &error))?;
        Ok(Self { home, path })
    }

    /// The change is made: its journal becomes what `undo` takes back.
    ///
    /// A journal that cannot be moved stays, and the next run finds that nothing is left to do.
    pub(super) fn finish(self) {
        let _moved = undo::push(self.home, &self.path);
    }

    /// The change was given up, and nothing of it is left.
    pub(super) fn give_up(self) -> Result<(), Error> {
        fs::remove_file(&self.path)
            .map_err(|error| Error::write(self.home.name(&self.path), &error))
    }
}

/// Whether there is a change to finish.
pub(super) fn is_there(home: &Home) -> bool {
    path(home).exists()
}

fn path(home: &Home) -> PathBuf {
    home.own.join("journal")
}

/// Puts a text in place at once. One that may be needed after a power cut is made safe before the
/// first file changes; a change of one file is whole or absent without that.
fn store(folder: &Path, path: &Path, text: &str, is_durable: bool) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if is_durable {
        file.as_file().sync_all()?;
    }
    file.persist(path).map_err(|error| error.error)?;
    if is_durable {
        sync_folder(folder)?;
    }
    Ok(())
}

/// Finishes a change that was interrupted, and tells which files it was about. The lock is held.
///
/// A file that is neither as it was before the change nor as it should be after has been edited
/// since; that edit stays.
pub(super) fn recover(home: &Home) -> Result<Option<String>, Error> {
    sweep(home);
    let path = path(home);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::read(home.name(&path), &error)),
    };
    let journal = Journal { home, path };
    // A journal that is not whole was never acted upon: it is made safe before the first rename.
    let Some(entry) = decode(&String::from_utf8_lossy(&bytes)) else {
        journal.give_up()?;
        return Ok(None);
    };
    let root = home.workdir.join(&entry.folder);
    write::sweep(&root, &entry.edits);
    let (missing, edited) = left_to_do(&root, &entry)?;
    write::all(&root, &entry.folder, &missing).map_err(|failure| failure.error)?;
    journal.finish();
    let paths: Vec<&str> = entry.edits.files().iter().map(|file| file.path.as_str()).collect();
    let kept = match edited.as_slice() {
        [] => String::new(),
        edited => format!("; kept as edited since: {}", edited.join(", ")),
    };
    Ok(Some(format!("{}{kept}", paths.join(", "))))
}

/// Removes journals that a run did not get to finish. The lock is held, so that nobody is at it now.
fn sweep(home: &Home) {
    let entries = fs::read_dir(&home.own).into_iter().flatten().flatten();
    let is_ours =
        |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(UNFINISHED);
    for entry in entries.filter(is_ours) {
        // One that stays is in nobody's way: no command reads it.
        let _removed = fs::remove_file(entry.path());
    }
}

/// The edits of a journal that are not on disk yet, and the paths that somebody edited since.
fn left_to_do(root: &Path, entry: &Entry) -> Result<(Edits, Vec<String>), Error> {
    let mut missing = Edits::default();
    let mut edited = Vec::new();
    for file in entry.edits.files() {
        let found = write::current(root, &entry.folder, &file.path)?;
        let is = |text: &Option<String>| found.as_deref() == text.as_deref().map(str::as_bytes);
        if is(&file.before) {
            missing.push(file.clone());
        } else if !is(&file.after) {
            edited.push(file.path.clone());
        }
    }
    Ok((missing, edited))
}

/// An entry as text: a line of JSON, then its checksum as the mark of its end.
fn encode(entry: &Entry) -> String {
    let file =
        |file: &FileEdit| json!({ "path": file.path, "before": file.before, "after": file.after });
    let files: Vec<Value> = entry.edits.files().iter().map(file).collect();
    let line = json!({ "folder": entry.folder, "head": entry.head, "files": files }).to_string();
    format!("{line}\n{}\n", checksum(&line))
}

/// The entry that a text holds; `None` if it is not whole.
pub(super) fn decode(text: &str) -> Option<Entry> {
    let (line, mark) = text.split_once('\n')?;
    if mark.strip_suffix('\n')? != checksum(line) {
        return None;
    }
    let value: Value = serde_json::from_str(line).ok()?;
    let mut edits = Edits::default();
    for file in value["files"].as_array()? {
        let text = |key: &str| file[key].as_str().map(str::to_owned);
        let path = text("path").filter(|path| layout::is_safe_path(path))?;
        edits.push(FileEdit { path, before: text("before"), after: text("after") });
    }
    let head = value["head"].as_str().map(str::to_owned);
    Some(Entry { folder: value["folder"].as_str()?.to_owned(), head, edits })
}

fn checksum(line: &str) -> String {
    Blake2s256::digest(line.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        let mut edits = Edits::default();
        edits.push(FileEdit {
            path: "items/a.md".to_owned(),
            before: None,
            after: Some("a\r\n\u{feff}".to_owned()),
        });
        edits.push(FileEdit {
            path: "items/b.md".to_owned(),
            before: Some("b\n".to_owned()),
            after: None,
        });
        Entry { folder: ".backlog".to_owned(), head: Some("1234".to_owned()), edits }
    }

    #[test]
    fn reads_back_what_it_wrote() {
        assert_eq!(decode(&encode(&entry())), Some(entry()));
    }

    #[test]
    fn a_text_that_is_not_whole_is_no_entry() {
        let text = encode(&entry());
        for end in 0..text.len() {
            let cut = String::from_utf8_lossy(&text.as_bytes()[..end]);
            assert_eq!(decode(&cut), None, "cut at {end}");
        }
        assert_eq!(decode(&text.replace("items/a", "items/c")), None);
    }

    #[test]
    fn an_entry_that_would_leave_the_folder_is_none() {
        let mut wrong = entry();
        wrong.edits.push(FileEdit {
            path: "../x".to_owned(),
            before: None,
            after: Some(String::new()),
        });
        assert_eq!(decode(&encode(&wrong)), None);
    }
}
