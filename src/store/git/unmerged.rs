//! Files that a merge could not finish: what the index remembers of them, and how to tell Git that
//! they are settled.

use std::collections::BTreeMap;

use gix::bstr::ByteSlice;
use gix::index::entry::Stage;
use gix::objs::tree::EntryKind;

use super::{Repository, index, object};
use crate::store::error::Error;

/// The versions of a file between which a merge is undecided; one that is not there was removed,
/// or cannot be read as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// Where the two began.
    pub base: Option<String>,
    /// That of this branch.
    pub ours: Option<String>,
    /// That of the branch which is merged.
    pub theirs: Option<String>,
}

impl Repository {
    /// The files of a folder that are unmerged, by path below it.
    pub fn unmerged(&self, folder: &str) -> Result<BTreeMap<String, Versions>, Error> {
        self.check_readable()?;
        let index = self.read_index()?;
        let mut unmerged: BTreeMap<String, Versions> = BTreeMap::new();
        for entry in index.entries() {
            let path = entry.path(&index).to_str_lossy();
            let below = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/'));
            let Some(below) = below.filter(|_| entry.stage() != Stage::Unconflicted) else {
                continue;
            };
            let text = object::text(self, EntryKind::Blob, entry.id).ok();
            let versions = unmerged.entry(below.to_owned()).or_default();
            match entry.stage() {
                Stage::Base => versions.base = text,
                Stage::Ours => versions.ours = text,
                Stage::Theirs => versions.theirs = text,
                Stage::Unconflicted => {}
            }
        }
        Ok(unmerged)
    }

    /// Stages a file as `git add` does, so that Git takes its merge for finished.
    pub fn settle(&self, folder: &str, path: &str) -> Result<(), Error> {
        self.check_writable()?;
        let mut lock = self.lock_index()?;
        let mut index = self.read_index()?;
        let staged = self.stage(&index, folder, &[path.to_owned()])?;
        let name = format!("{folder}/{path}");
        index.remove_entries(|_, path, entry| {
            entry.stage() != Stage::Unconflicted && path == name.as_bytes().as_bstr()
        });
        index::update(&mut index, &staged);
        let blobs: Vec<_> = staged.iter().filter_map(|it| Some(it.blob.as_ref()?.id)).collect();
        self.sync_objects(&blobs)?;
        lock.fill(self, &index)?;
        lock.commit(|| format!("stage {name}"))
    }
}
