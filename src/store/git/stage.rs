//! Files of the worktree on their way into Git: through its filters, as blobs.

use std::fs::File;
use std::io::{self, Read};

use gix::ObjectId;
use gix::bstr::{BStr, BString, ByteSlice};
use gix::filter::plumbing::pipeline::convert::{ToGitOutcome, to_worktree};
use gix::index::entry::{Mode, Stat};
use gix::objs::Find;
use gix::objs::tree::EntryKind;

use super::tree::Put;
use super::{Repository, failed};
use crate::store::document;
use crate::store::error::{Error, quoted};
use crate::store::layout::is_safe_path;
use crate::store::write::{self, Way};

/// A file that a commit shall hold, or hold no longer.
#[derive(Clone, Debug)]
pub(super) struct Staged {
    /// The path from the root of the repository.
    pub(super) path: BString,
    /// What the file holds; `None` if it is gone.
    pub(super) blob: Option<StagedBlob>,
}

/// A blob and the file that it was made of.
#[derive(Clone, Debug)]
pub(super) struct StagedBlob {
    pub(super) id: ObjectId,
    pub(super) kind: EntryKind,
    pub(super) stat: Stat,
}

impl Staged {
    /// The change of a tree that stages the file.
    pub(super) fn put(&self) -> Put {
        let blob = self.blob.as_ref().map(|blob| (blob.kind, blob.id));
        Put { path: self.path.clone(), blob }
    }
}

/// Git's filters: line endings, encodings, and the programs that a user configured.
pub(super) struct Filters<'a> {
    repository: &'a Repository,
    pipeline: gix::filter::plumbing::Pipeline,
    attributes: gix::worktree::Stack,
    index: &'a gix::index::State,
}

impl Repository {
    /// The filters as attributes in the worktree and in the index choose them.
    pub(super) fn filters<'a>(
        &'a self,
        index: &'a gix::index::State,
    ) -> Result<Filters<'a>, Error> {
        use gix::worktree::stack::state::attributes::Source;
        // Not the library's own way, which takes the worktree of a bare repository for none.
        let make = || {
            let attributes = self.repo.attributes_only(index, Source::WorktreeThenIdMapping)?;
            gix::filter::Pipeline::new(&self.repo, attributes.detach())
        };
        let pipeline = make().map_err(|error| failed("read the Git attributes", error))?;
        let (pipeline, attributes) = pipeline.into_parts();
        Ok(Filters { repository: self, pipeline, attributes, index })
    }

    /// The same without the programs, for who only reads: a repository that somebody handed over
    /// may name any program there.
    pub(super) fn filters_without_programs<'a>(
        &'a self,
        index: &'a gix::index::State,
    ) -> Result<Filters<'a>, Error> {
        let mut filters = self.filters(index)?;
        filters.pipeline.options_mut().drivers.clear();
        Ok(filters)
    }

    /// Makes blobs of files below a folder.
    pub(super) fn stage(
        &self,
        index: &gix::index::State,
        folder: &str,
        paths: &[String],
    ) -> Result<Vec<Staged>, Error> {
        let mut filters = self.filters(index)?;
        let mut ignored = self.ignored(index)?;
        let mut staged = Vec::with_capacity(paths.len());
        for path in paths {
            let name = format!("{folder}/{path}");
            if !is_safe_path(&name) || !is_valid_in_git(&name) {
                return Err(Error::refused(
                    format!("'{name}' is not a path that Git would store"),
                    "rename the file",
                ));
            }
            let blob = self.stage_file(&mut filters, folder, path)?;
            let is_new = index.entry_by_path(name.as_bytes().as_bstr()).is_none();
            if blob.is_some() && is_new && ignored(&name)? {
                let hint = format!("add it once with: git add -f {}", quoted(&name));
                return Err(Error::refused(format!("{name} is ignored by a .gitignore"), hint));
            }
            staged.push(Staged { path: name.into(), blob });
        }
        Ok(staged)
    }

    /// A file as a blob; `None` if it is gone, or if a folder or file has taken its place.
    fn stage_file(
        &self,
        filters: &mut Filters<'_>,
        folder: &str,
        path: &str,
    ) -> Result<Option<StagedBlob>, Error> {
        let name = format!("{folder}/{path}");
        let Some(workdir) = self.workdir() else { return Ok(None) };
        let full = workdir.join(&name);
        let is_folder = || full.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
        if write::way(&workdir.join(folder), folder, path)? != Way::Open || is_folder() {
            return Ok(None);
        }
        let file = match document::open_regular(&full) {
            Ok(Ok((file, _))) => file,
            Ok(Err(problem)) => {
                let message = format!("{name} is {}", problem.message);
                return Err(Error::refused(message, "put a regular file in its place"));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::read(name, &error)),
        };
        // Asked before reading: an edit from here on has another time than the one in the index.
        let metadata = gix::index::fs::Metadata::from_file(&file)
            .map_err(|error| Error::read(&name, &error))?;
        let stat = Stat::from_fs(&metadata)
            .map_err(|error| Error::read(&name, &io::Error::other(error)))?;
        let kind = self.kind(filters.index, &name, metadata.is_executable());
        let bytes = filters.clean(&name, file)?;
        let id = self
            .repo
            .write_blob(bytes)
            .map_err(|error| failed(&format!("store {name}"), error))?
            .detach();
        Ok(Some(StagedBlob { id, kind, stat }))
    }

    /// Whether a file is executable for Git, which on some file systems remembers it by itself.
    fn kind(&self, index: &gix::index::State, name: &str, is_executable: bool) -> EntryKind {
        let trusts_files = self.repo.config_snapshot().boolean("core.fileMode").unwrap_or(true);
        let entry = index.entry_by_path(name.as_bytes().as_bstr());
        let is_executable = match entry {
            Some(entry) if !trusts_files => entry.mode == Mode::FILE_EXECUTABLE,
            _ => is_executable && trusts_files,
        };
        if is_executable { EntryKind::BlobExecutable } else { EntryKind::Blob }
    }

    /// Tells of a file whether a `.gitignore` or the like leaves it out.
    pub(super) fn ignored(
        &self,
        index: &gix::index::State,
    ) -> Result<impl FnMut(&str) -> Result<bool, Error> + use<'_>, Error> {
        let failed = |error| failed("read the ignore rules", error);
        let mut rules = self.repo.excludes(index, None, Default::default()).map_err(failed)?;
        Ok(move |path: &str| {
            let rule =
                rules.at_entry(path.as_bytes().as_bstr(), Some(Mode::FILE)).map_err(failed)?;
            Ok(rule.is_excluded())
        })
    }
}

impl Filters<'_> {
    /// The bytes of a file as Git stores them.
    pub(super) fn clean(&mut self, name: &str, file: File) -> Result<Vec<u8>, Error> {
        let failed = |error| failed(&format!("filter {name}"), error);
        let Self { repository: Repository { repo, .. }, pipeline, attributes, index } = self;
        let platform = attributes
            .at_entry(name.as_bytes().as_bstr(), Some(Mode::FILE), &repo.objects)
            .map_err(|error| Error::read(name, &error))?;
        let converted = pipeline.convert_to_git(
            file,
            name.as_ref(),
            &mut |_, attributes| {
                platform.matching_attributes(attributes);
            },
            &mut |buffer| {
                // Only to know whether Git has line endings there that it has to keep.
                let Some(entry) = index.entry_by_path(name.as_bytes().as_bstr()) else {
                    return Ok(None);
                };
                let object = repo.objects.try_find(&entry.id, buffer)?;
                Ok(object.filter(|object| object.kind == gix::objs::Kind::Blob).map(|_| ()))
            },
        );
        let mut bytes = Vec::new();
        let read = match converted.map_err(failed)? {
            ToGitOutcome::Unchanged(mut file) => file.read_to_end(&mut bytes),
            ToGitOutcome::Process(mut output) => output.read_to_end(&mut bytes),
            ToGitOutcome::Buffer(buffer) => {
                bytes.extend_from_slice(buffer);
                Ok(bytes.len())
            }
        };
        read.map_err(|error| Error::read(name, &error))?;
        Ok(bytes)
    }

    /// The bytes of a blob as Git would write them to the worktree.
    pub(super) fn smudge(&mut self, name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Error> {
        let options = to_worktree::Options {
            can_delay: gix::filter::plumbing::driver::apply::Delay::Forbid,
            unknown_encoding: to_worktree::UnknownEncoding::Ignore,
        };
        let failed = |error| failed(&format!("filter {name}"), error);
        let name_in_git = name.as_bytes().as_bstr();
        let platform = self
            .attributes
            .at_entry(name_in_git, Some(Mode::FILE), &self.repository.repo.objects)
            .map_err(|error| Error::read(name, &error))?;
        let mut attributes_of = |_: &BStr, attributes: &mut gix::attrs::search::Outcome| {
            platform.matching_attributes(attributes);
        };
        let converted =
            self.pipeline.convert_to_worktree(&bytes, name_in_git, &mut attributes_of, options);
        let mut converted = converted.map_err(failed)?;
        let mut out = Vec::new();
        converted.read_to_end(&mut out).map_err(|error| Error::read(name, &error))?;
        Ok(out)
    }
}

/// Whether every part of a path is a name that Git accepts on all systems.
fn is_valid_in_git(name: &str) -> bool {
    let is_valid =
        |part: &BStr| gix::validate::path::component(part, None, Default::default()).is_ok();
    name.as_bytes().split(|byte| *byte == b'/').all(|part| is_valid(part.as_bstr()))
}
