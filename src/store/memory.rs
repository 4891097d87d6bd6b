//! A backlog in memory, for tests and for texts that come from a pipe.

use std::collections::BTreeMap;

use super::layout::{Shape, Verdict, judge};
use super::{Error, Source, document};
use crate::domain::source::SourceFile;

/// Files by path. The same rules hold as for a folder: what is no document is not read.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// Holds these files: paths below the folder of the backlog, and what is in them.
    pub fn new<P: Into<String>, T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (path.into(), text.into()));
        Self { files: files.collect() }
    }
}

impl Source for Memory {
    fn each(&self, visit: &(dyn Fn(SourceFile) + Sync)) -> Result<(), Error> {
        let documents = self.files.iter().filter(|(path, _)| is_read(path));
        documents.map(|(path, bytes)| source_file(path, bytes)).for_each(visit);
        Ok(())
    }

    fn file(&self, path: &str) -> Result<Option<SourceFile>, Error> {
        Ok(self.files.get(path).map(|bytes| source_file(path, bytes)))
    }

    fn file_beside(&self, path: &str) -> Result<Option<SourceFile>, Error> {
        self.file(path)
    }
}

/// Whether a walk from the folder would come to this path and read it.
fn is_read(path: &str) -> bool {
    let parents = path.match_indices('/').map(|(at, _)| &path[..at]);
    let enters = |parent: &str| matches!(judge(parent, Shape::Folder), Verdict::Enter);
    parents.into_iter().all(enters) && matches!(judge(path, Shape::File), Verdict::Document)
}

fn source_file(path: &str, bytes: &[u8]) -> SourceFile {
    let text = match document::too_large(bytes.len() as u64) {
        Some(problem) => Err(problem),
        None => document::text(bytes.to_vec()),
    };
    SourceFile { path: path.to_owned(), text }
}
