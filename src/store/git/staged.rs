//! What is staged: the index against HEAD.

use std::collections::BTreeMap;

use gix::bstr::{BStr, ByteSlice};
use gix::index::entry::{Flags, Mode, Stage};
use gix::objs::tree::EntryKind;

use super::tree::{self, Leaf, Step};
use super::{Repository, object};
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::source::FileChange;
use crate::store::error::{Error, quoted};

/// What the index has at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Staged {
    /// A file.
    File(Leaf),
    /// Several versions, one of which somebody has to choose.
    Conflict,
}

impl Repository {
    /// The files of a folder that the index and HEAD have differently, by path.
    pub fn staged(&self, folder: &str) -> Result<Vec<FileChange>, Error> {
        self.check_readable()?;
        if self.workdir().is_none() {
            return Ok(Vec::new());
        }
        let mut head = self.leaves(folder)?;
        let mut changed = Vec::new();
        for (path, staged) in self.entries_of_index(folder)? {
            let before = head.remove(&path);
            let after = match staged {
                Staged::File(leaf) if before == Some(leaf) => continue,
                Staged::File(leaf) => self.text_of(leaf),
                Staged::Conflict => Err(in_conflict(folder, &path)),
            };
            let before = before.map(|leaf| self.text_of(leaf));
            changed.push(FileChange { path, before, after: Some(after) });
        }
        for (path, leaf) in head {
            changed.push(FileChange { path, before: Some(self.text_of(leaf)), after: None });
        }
        changed.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(changed)
    }

    /// The files of a folder in the index, by path below it.
    fn entries_of_index(&self, folder: &str) -> Result<BTreeMap<String, Staged>, Error> {
        let index = self.read_index()?;
        let inside = format!("{folder}/");
        let mut found = BTreeMap::new();
        for entry in index.entries() {
            let path = entry.path(&index);
            if entry.mode.is_sparse() {
                self.add_collapsed(path, entry.id, &inside, &mut found)?;
                continue;
            }
            let Some(below) = path.strip_prefix(inside.as_bytes()) else { continue };
            let below = below.to_str_lossy().into_owned();
            if entry.stage() != Stage::Unconflicted {
                found.insert(below, Staged::Conflict);
            } else if !entry.flags.contains(Flags::INTENT_TO_ADD) {
                found.insert(below, Staged::File(Leaf { mode: mode(entry.mode), id: entry.id }));
            }
        }
        Ok(found)
    }

    /// The files of a folder that a sparse index holds as one entry.
    fn add_collapsed(
        &self,
        collapsed: &BStr,
        tree: gix::ObjectId,
        inside: &str,
        found: &mut BTreeMap<String, Staged>,
    ) -> Result<(), Error> {
        let is_related = collapsed.starts_with(inside.as_bytes())
            || inside.as_bytes().starts_with(collapsed.as_bytes());
        if !is_related {
            return Ok(());
        }
        tree::walk(self, tree, &mut |path: &BStr, leaf: Leaf| {
            let path = [collapsed.as_bytes(), path.as_bytes()].concat();
            let below = path.strip_prefix(inside.as_bytes());
            if let Some(below) = below.filter(|_| !leaf.mode.is_tree()) {
                found.insert(below.to_str_lossy().into_owned(), Staged::File(leaf));
            }
            Ok(Step::Enter)
        })
    }

    fn text_of(&self, leaf: Leaf) -> Result<String, Problem> {
        object::text(self, leaf.mode.kind(), leaf.id)
    }
}

/// A mode of the index as a tree has it.
fn mode(mode: Mode) -> gix::objs::tree::EntryMode {
    let kind = match mode {
        Mode::FILE_EXECUTABLE => EntryKind::BlobExecutable,
        Mode::SYMLINK => EntryKind::Link,
        Mode::COMMIT => EntryKind::Commit,
        _ => EntryKind::Blob,
    };
    kind.into()
}

fn in_conflict(folder: &str, path: &str) -> Problem {
    Problem::whole(ProblemKind::Conflict, "the file is in conflict")
        .hint(format!("resolve it, then: git add {}", quoted(&format!("{folder}/{path}"))))
}
