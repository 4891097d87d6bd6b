//! Folders of other tools, read for an import.

use std::path::Path;

use walkdir::WalkDir;

use super::document;
use super::error::Error;
use super::layout::{check_count, slashes};
use crate::domain::source::SourceFile;

/// The files below `root`, or `root` itself if it is a file, whose paths are wanted; sorted by
/// path. Links are not followed.
pub fn read_folder(root: &Path, wanted: fn(&str) -> bool) -> Result<Vec<SourceFile>, Error> {
    let shown = root.to_string_lossy();
    root.symlink_metadata().map_err(|error| Error::read(shown.clone(), &error))?;
    let mut files = Vec::new();
    for entry in WalkDir::new(root).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().map_or(shown.clone(), Path::to_string_lossy).into_owned();
            Error::read(path, &error.into_io_error().unwrap_or(std::io::ErrorKind::Other.into()))
        })?;
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let below = if below.as_os_str().is_empty() { Path::new(entry.file_name()) } else { below };
        let path = slashes(&below.to_string_lossy());
        if !entry.file_type().is_file() || !wanted(&path) {
            continue;
        }
        if let Some(text) = document::read(entry.path()) {
            files.push(SourceFile { path, text });
            check_count(&shown, files.len())?;
        }
    }
    Ok(files)
}
