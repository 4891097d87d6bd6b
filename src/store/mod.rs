//! Where texts come from and go to: the only users of `std::fs` and of Git.
//!
//! The worktree, a revision and memory look the same to everything above: a [`Source`] of files.
//! Writing has two steps, because the user may want to look in between: [`Worktree::apply`] changes
//! files, all or none, and [`Repository::commit`] records them.

mod chronicle;
mod desk;
mod document;
mod error;
mod folder;
mod git;
mod home;
mod journal;
mod layout;
mod left_over;
mod lock;
mod memory;
mod named;
mod remember;
mod undo;
mod watch;
mod worktree;
mod write;

pub use desk::Desk;
pub use error::{Error, Outcome, quoted, reason};
pub use folder::read_folder;
pub use git::{
    Chronicle, Commit, CommitRequest, DEEPEN, DRIVER, Differ, Fork, History, MERGED, Mailmap,
    Moment, Moving, ObjectsRead, Pushed, Recorded, Recorder, Relation, Repository, Revert,
    Revision, Shape, Signature, Tag, Touch, Tree, Trust, Upstream, Versions, git_version,
    install_signal_cleanup, leave_ending_to_the_caller,
};
pub use left_over::LeftOver;
pub use memory::Memory;
pub use named::{read_text, write_text};
pub use watch::Watch;
pub use worktree::{Applied, Worktree};

use std::sync::{Mutex, PoisonError};

use crate::domain::backlog::CONFIG;
use crate::domain::config;
use crate::domain::source::SourceFile;

/// Something that holds the files of a backlog.
pub trait Source {
    /// Hands the settings and all documents to `visit`, in any order and from several threads. A
    /// document that cannot be read is there, with the reason in place of its text.
    fn each(&self, visit: &(dyn Fn(SourceFile) + Sync)) -> Result<(), Error>;

    /// The same files, and those that the settings extend, sorted by path.
    fn files(&self) -> Result<Vec<SourceFile>, Error> {
        let files = Mutex::new(Vec::new());
        self.each(&|file| files.lock().unwrap_or_else(PoisonError::into_inner).push(file))?;
        let mut files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let is_new = |file: &SourceFile, files: &[SourceFile]| {
            files.iter().all(|other| other.path != file.path)
        };
        for file in self.settings()?.into_iter().skip(1) {
            if is_new(&file, &files) {
                files.push(file);
            }
        }
        files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    /// The file at a path below the folder of the backlog; `None` if there is none.
    fn file(&self, path: &str) -> Result<Option<SourceFile>, Error>;

    /// The file at a path that leads out of that folder, `../common/backlog.yml`, and not out of
    /// the repository.
    fn file_beside(&self, path: &str) -> Result<Option<SourceFile>, Error>;

    /// The files of the settings: that of the backlog, then those that it extends, the nearest
    /// first. One that is not there, or was there already, ends the list.
    fn settings(&self) -> Result<Vec<SourceFile>, Error> {
        let mut files: Vec<SourceFile> = Vec::new();
        let mut next = Some(CONFIG.to_owned());
        while let Some(path) = next.filter(|path| files.iter().all(|file| file.path != *path)) {
            let file = match path.starts_with("../") {
                true => self.file_beside(&path)?,
                false => self.file(&path)?,
            };
            let Some(file) = file else { break };
            next = file.text.as_ref().ok().and_then(|text| config::extended(&path, text));
            files.push(file);
        }
        Ok(files)
    }
}
