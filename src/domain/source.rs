//! Files as they come in and as they go out.

use std::collections::HashMap;

use super::document::Document;
use super::problem::Problem;

/// The largest document that is read, in bytes. A larger one is a finding, not something to
/// process.
pub const MAX_DOCUMENT: u64 = 1024 * 1024;

/// One file of a backlog as some store holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path below the backlog's folder, with `/`: `items/BL-7k3qd-guest-checkout.md`.
    pub path: String,
    /// The text, or why there is none. A file that cannot be read is never left out.
    pub text: Result<String, Problem>,
}

/// A file that two states have differently. Unlike an edit, it may be one that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The path below the backlog's folder.
    pub path: String,
    /// The text before, or why there is none; `None` if the file is new.
    pub before: Option<Result<String, Problem>>,
    /// The text after, or why there is none; `None` if the file is gone.
    pub after: Option<Result<String, Problem>>,
}

/// The change of one file: it is new without `before`, and removed without `after`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdit {
    /// The path below the backlog's folder.
    pub path: String,
    /// The text that the change was made from; a store refuses to write over any other.
    pub before: Option<String>,
    /// The text to write.
    pub after: Option<String>,
}

impl FileEdit {
    /// The same change of a text that differs from `before` in its line endings alone; the text
    /// after it ends its lines as the first one of that text does.
    pub fn with_endings_of(&self, now: &str) -> Option<Self> {
        let even = |text: &str| text.replace("\r\n", "\n");
        if even(self.before.as_deref()?) != even(now) {
            return None;
        }
        let is_crlf = now.split_inclusive('\n').next().is_some_and(|line| line.ends_with("\r\n"));
        let ended = |text: String| if is_crlf { text.replace('\n', "\r\n") } else { text };
        let after = self.after.as_deref().map(|text| ended(even(text)));
        Some(Self { path: self.path.clone(), before: Some(now.to_owned()), after })
    }
}

/// What a command wants written: all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// One entry per file. Invariant: no path occurs twice.
    files: Vec<FileEdit>,
    /// The places in `files` by path.
    places: HashMap<String, usize>,
}

impl Edits {
    /// The changed files, in the order in which they were first named.
    pub fn files(&self) -> &[FileEdit] {
        &self.files
    }

    /// The change of the file at a path.
    pub fn at(&self, path: &str) -> Option<&FileEdit> {
        self.places.get(path).map(|&place| &self.files[place])
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Adds another text for a document.
    pub fn rewrite(&mut self, document: &Document, text: String) {
        let (path, before) = (document.path().to_owned(), Some(document.text().to_owned()));
        self.push(FileEdit { path, before, after: Some(text) });
    }

    /// Adds a change. A second change of one path continues from the first; a file that ends as it
    /// began is left out.
    pub fn push(&mut self, edit: FileEdit) {
        let place = match self.places.get(&edit.path) {
            Some(&place) => {
                self.files[place].after = edit.after;
                place
            }
            None if edit.before == edit.after => return,
            None => {
                self.places.insert(edit.path.clone(), self.files.len());
                self.files.push(edit);
                return;
            }
        };
        if self.files[place].before == self.files[place].after {
            self.files.remove(place);
            let places = self.files.iter().enumerate();
            self.places = places.map(|(place, file)| (file.path.clone(), place)).collect();
        }
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let invert = |file: &FileEdit| FileEdit {
            path: file.path.clone(),
            before: file.after.clone(),
            after: file.before.clone(),
        };
        Self { files: self.files.iter().map(invert).collect(), places: self.places.clone() }
    }
}
