//! Making a commit survive a power cut: the library leaves that, and the permissions of a shared
//! repository, to its callers.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::refs::transaction::RefEdit;
use rayon::prelude::*;

use super::Repository;
use super::index_lock::lock_of;
use crate::store::error::Error;
use crate::store::home::sync_folder;

impl Repository {
    /// How files in Git's directories are shared, in the numbers of the library.
    pub(super) fn sharing(&self) -> i32 {
        let value = self.repo.config_snapshot().string("core.sharedRepository");
        let Some(value) = value else { return 0 };
        gix::config::tree::Core::SHARED_REPOSITORY
            .try_into_shared_repository(Some(&*value))
            .unwrap_or(0)
    }

    /// Makes new objects durable. Those that are packed were there before.
    pub(super) fn sync_objects(&self, ids: &[ObjectId]) -> Result<(), Error> {
        let objects = self.repo.objects.store_ref().path();
        let loose = |id: &ObjectId| {
            let hex = id.to_hex().to_string();
            objects.join(&hex[..2]).join(&hex[2..])
        };
        let mut files = Vec::new();
        for (id, path) in ids.iter().map(|id| (id, loose(id))) {
            if path.is_file() {
                self.check_object(*id, &path)?;
                files.push(path);
            }
        }
        self.sync(&files)?;
        let folders: BTreeSet<&Path> = files.iter().filter_map(|path| path.parent()).collect();
        let folders: Vec<PathBuf> =
            folders.into_iter().chain([objects]).map(Path::to_owned).collect();
        self.sync(&folders)
    }

    /// A power cut can leave the file of an object without its bytes. Git and the library take any
    /// file for the object, and would never write it again; a commit must not rest on such a one.
    fn check_object(&self, id: ObjectId, path: &Path) -> Result<(), Error> {
        let hash = |object: gix::Object<'_>| {
            gix::objs::compute_hash(id.kind(), object.kind, &object.data).ok()
        };
        if self.repo.find_object(id).ok().and_then(hash) == Some(id) {
            return Ok(());
        }
        fs::remove_file(path).map_err(|error| Error::write(self.name_of(path), &error))?;
        Err(Error::Git {
            action: format!("store object {id}"),
            reason: "a power cut had damaged it; it is removed, so run the command again"
                .to_owned(),
        })
    }

    /// Makes updated references durable.
    pub(super) fn sync_references(&self, edits: &[RefEdit]) -> Result<(), Error> {
        let path = |edit: &RefEdit| {
            let name = edit.name.as_bstr().to_str_lossy();
            let home = if name.starts_with("refs/") { self.common_dir() } else { self.git_dir() };
            home.join(&*name)
        };
        // A reference of one worktree alone lies elsewhere, as does one that was packed since.
        let files: Vec<PathBuf> = edits.iter().map(path).filter(|path| path.is_file()).collect();
        self.sync(&files)?;
        let folders: Vec<PathBuf> =
            files.iter().filter_map(|path| Some(path.parent()?.to_owned())).collect();
        self.sync(&folders)
    }

    /// The locks that are about to become HEAD and its branch.
    pub(super) fn reference_locks(&self) -> Vec<PathBuf> {
        let branch = self.repo.head_name().ok().flatten();
        let branch = branch.map(|name| self.common_dir().join(&*name.as_bstr().to_str_lossy()));
        branch.into_iter().chain([self.git_dir().join("HEAD")]).map(|path| lock_of(&path)).collect()
    }

    /// Makes locks durable that are about to take their place. One that cannot be leaves things as
    /// they are with Git itself, where it was told not to wait for the disk.
    pub(super) fn sync_locks(&self, locks: &[PathBuf]) {
        for lock in locks {
            let _synced = File::open(lock).and_then(|file| file.sync_all());
        }
    }

    /// Makes durable that the index took its place.
    pub(super) fn sync_index(&self) -> io::Result<()> {
        sync_folder(self.git_dir())
    }

    /// Makes files or folders durable, side by side: the file system then needs fewer trips to
    /// the disk.
    fn sync(&self, paths: &[PathBuf]) -> Result<(), Error> {
        let sharing = self.sharing();
        let synced = paths
            .par_iter()
            .try_for_each(|path| sync(path, sharing).map_err(|error| (path, error)));
        synced.map_err(|(path, error)| Error::write(self.name_of(path), &error))
    }
}

/// Lets the group, or all, use what was made in a shared repository, and makes it durable.
fn sync(path: &Path, sharing: i32) -> io::Result<()> {
    if sharing != 0 {
        gix::fs::set_shared_repository_permissions(path, sharing)?;
    }
    if path.is_dir() { sync_folder(path) } else { File::open(path)?.sync_all() }
}
