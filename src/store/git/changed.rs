//! What the next commit of the backlog would hold.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};
use gix::index::entry::{Flags, Stat};
use walkdir::WalkDir;

use super::stage::Filters;
use super::tree::{self, Leaf, Step};
use super::{Repository, failed, object};
use crate::domain::problem::Problem;
use crate::domain::source::FileChange;
use crate::store::document;
use crate::store::error::Error;
use crate::store::layout::{UNFINISHED, slashes};

/// HEAD, index and filters, against which the files of the worktree are held.
struct Comparison<'a> {
    repository: &'a Repository,
    index: &'a gix::index::File,
    filters: Filters<'a>,
    stat_options: gix::index::entry::stat::Options,
}

impl Repository {
    /// The files of a folder that differ from HEAD, by path. New ones count unless they are
    /// ignored; line endings and the like count as Git counts them. No program runs for this, so
    /// that a file which a filter would change counts as it stands, once it was touched.
    pub fn changed(&self, folder: &str) -> Result<Vec<FileChange>, Error> {
        self.changed_by(folder, Self::filters_without_programs)
    }

    /// The same as a commit sees them: through the filters that are programs as well.
    pub fn changed_to_commit(&self, folder: &str) -> Result<Vec<FileChange>, Error> {
        self.changed_by(folder, Self::filters)
    }

    fn changed_by(
        &self,
        folder: &str,
        filters: for<'i> fn(&'i Self, &'i gix::index::State) -> Result<Filters<'i>, Error>,
    ) -> Result<Vec<FileChange>, Error> {
        self.check_readable()?;
        let Some(workdir) = self.workdir() else { return Ok(Vec::new()) };
        let head = self.leaves(folder)?;
        let index = self.read_index()?;
        let mut ignored = self.ignored(&index)?;
        let stat_options =
            self.repo.stat_options().map_err(|error| failed("read the configuration", error))?;
        let mut comparison = Comparison {
            repository: self,
            index: &index,
            filters: filters(self, &index)?,
            stat_options,
        };
        let mut on_disk = files_below(&workdir.join(folder), folder)?;
        let mut changed = Vec::new();
        for (path, leaf) in &head {
            let name = format!("{folder}/{path}");
            match on_disk.remove(path) {
                Some(Kind::Regular) if comparison.is_as_in_head(&name, *leaf)? => {}
                Some(_) => changed.push(self.change(
                    path,
                    Some(*leaf),
                    document::read(&workdir.join(&name)),
                )),
                // Left out of the worktree on purpose, by a sparse checkout.
                None if comparison.is_skipped(&name) || !leaf.mode.is_blob() => {}
                None => changed.push(self.change(path, Some(*leaf), None)),
            }
        }
        for (path, kind) in on_disk {
            let name = format!("{folder}/{path}");
            let is_tracked = index.entry_by_path(name.as_bytes().as_bstr()).is_some();
            let mut is_new = || Ok::<bool, Error>(!is_left_over(&path) && !ignored(&name)?);
            if kind == Kind::Regular && (is_tracked || is_new()?) {
                changed.push(self.change(&path, None, document::read(&workdir.join(&name))));
            }
        }
        changed.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(changed)
    }

    /// The files of a folder at HEAD, by path below it.
    pub(super) fn leaves(&self, folder: &str) -> Result<BTreeMap<String, Leaf>, Error> {
        let root = self.tree_of(self.head()?.commit)?;
        let mut leaves = BTreeMap::new();
        if let Some(tree) = tree::folder(self, root, folder)? {
            tree::walk(self, tree, &mut |path: &BStr, leaf: Leaf| {
                if !leaf.mode.is_tree() {
                    leaves.insert(path.to_string(), leaf);
                }
                Ok(Step::Enter)
            })?;
        }
        Ok(leaves)
    }

    fn change(
        &self,
        path: &str,
        leaf: Option<Leaf>,
        after: Option<Result<String, Problem>>,
    ) -> FileChange {
        let before = leaf.map(|leaf| object::text(self, leaf.mode.kind(), leaf.id));
        FileChange { path: path.to_owned(), before, after }
    }
}

impl Comparison<'_> {
    /// Whether a regular file holds what HEAD holds. The index knows without reading, if it has
    /// the same blob and the file was not touched since.
    fn is_as_in_head(&mut self, name: &str, leaf: Leaf) -> Result<bool, Error> {
        if !leaf.mode.is_blob() {
            return Ok(false);
        }
        let Some(workdir) = self.repository.workdir() else { return Ok(true) };
        let path = workdir.join(name);
        let entry = self.index.entry_by_path(name.as_bytes().as_bstr());
        if let Some(entry) = entry.filter(|entry| entry.id == leaf.id) {
            let metadata = gix::index::fs::Metadata::from_path_no_follow(&path);
            let stat = metadata.ok().and_then(|metadata| Stat::from_fs(&metadata).ok());
            let is_untouched =
                stat.is_some_and(|stat| entry.stat.matches(&stat, self.stat_options));
            let is_racy = entry.stat.is_racy(self.index.timestamp(), self.stat_options);
            if is_untouched && !is_racy || entry.flags.contains(Flags::ASSUME_VALID) {
                return Ok(true);
            }
        }
        match document::open_regular(&path) {
            Ok(Ok((file, _))) => Ok(self.hash(name, file)? == leaf.id),
            Ok(Err(_)) => Ok(false),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(Error::read(name, &error)),
        }
    }

    fn hash(&mut self, name: &str, file: std::fs::File) -> Result<ObjectId, Error> {
        let bytes = self.filters.clean(name, file)?;
        let hash = gix::objs::compute_hash(
            self.repository.repo.object_hash(),
            gix::objs::Kind::Blob,
            &bytes,
        );
        hash.map_err(|error| failed(&format!("hash {name}"), error))
    }

    /// Whether the index says that a file is not in the worktree on purpose.
    fn is_skipped(&self, name: &str) -> bool {
        let entry = self.index.entry_by_path(name.as_bytes().as_bstr());
        let is_collapsed = || {
            let mut entries = self.index.entries().iter().filter(|entry| entry.mode.is_sparse());
            entries.any(|entry| name.as_bytes().starts_with(entry.path(self.index).as_bytes()))
        };
        match entry {
            Some(entry) => entry.flags.contains(Flags::SKIP_WORKTREE),
            None => self.index.is_sparse() && is_collapsed(),
        }
    }
}

/// What a path of the worktree is to a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Regular,
    Other,
}

/// Whether an editor or another tool has left a file for its own use.
fn is_left_over(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ends = ["~", ".orig", ".rej", ".bak", ".swp", ".tmp"];
    let is_gits_own = matches!(name, ".gitattributes" | ".gitignore" | ".gitkeep");
    name.starts_with('.') && !is_gits_own
        || ends.iter().any(|end| name.ends_with(end))
        || name.contains("conflicted copy")
}

/// The files below a folder, by path below it. Those that a run is writing are left out.
fn files_below(root: &Path, folder: &str) -> Result<BTreeMap<String, Kind>, Error> {
    let mut files = BTreeMap::new();
    if !root.exists() {
        return Ok(files);
    }
    // What lies in a repository of its own is not of this one.
    let is_own = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_type().is_dir() || !entry.path().join(".git").exists()
    };
    for entry in WalkDir::new(root).min_depth(1).into_iter().filter_entry(is_own) {
        let entry = entry.map_err(|error| Error::read(folder, &error.into()))?;
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let path = slashes(&below.to_string_lossy());
        if entry.file_type().is_dir() || path.ends_with(UNFINISHED) {
            continue;
        }
        let kind = if entry.file_type().is_file() { Kind::Regular } else { Kind::Other };
        files.insert(path, kind);
    }
    Ok(files)
}
