//! Files as they come in and as they go out.

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

/// What a command wants written: all of it or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    /// One entry per file. Invariant: no path occurs twice.
    files: Vec<FileEdit>,
}

impl Edits {
    /// The changed files, in the order in which they were first named.
    pub fn files(&self) -> &[FileEdit] {
        &self.files
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Adds a change. A second change of one path continues from the first; a file that ends as it
    /// began is left out.
    pub fn push(&mut self, edit: FileEdit) {
        let at = self.files.iter().position(|file| file.path == edit.path);
        let index = match at {
            Some(index) => {
                self.files[index].after = edit.after;
                index
            }
            None => {
                self.files.push(edit);
                self.files.len() - 1
            }
        };
        if self.files[index].before == self.files[index].after {
            self.files.remove(index);
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
        Self { files: self.files.iter().map(invert).collect() }
    }
}
