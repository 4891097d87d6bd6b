//! Git: the only place that names its library.
//!
//! Reading trusts the library. Writing adds what the library leaves out: it keeps the index in
//! step with the branch, makes new objects durable, and refuses what cannot be done safely.

mod branch;
mod changed;
mod chronicle;
mod commit;
mod commits;
mod compare;
mod count;
mod driver;
mod durable;
mod edits;
mod guard;
mod history;
mod hooks;
mod index;
mod index_lock;
mod last;
mod mailmap;
mod memo;
mod merged;
mod moving;
mod named;
mod object;
mod open;
mod order;
mod program;
mod range;
mod refs;
mod remote;
mod revision;
mod stage;
mod staged;
mod tag;
mod touch;
mod tree;
mod unmerged;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

pub use chronicle::{Chronicle, Recorded, Recorder};
pub use commit::{Commit, CommitRequest, Signature};
pub use count::ObjectsRead;
pub use driver::DRIVER;
pub use edits::Differ;
pub use history::{History, Moment};
pub(in crate::store) use hooks::PREVIEW;
pub use last::{MERGED, Revert};
pub use mailmap::Mailmap;
pub use merged::{Fork, Relation};
pub use moving::Moving;
pub use named::{DEEPEN, Tree};
pub use order::Shape;
pub use program::version as git_version;
pub use remote::{Pushed, Trust, Upstream};
pub use revision::Revision;
pub use tag::Tag;
pub use touch::Touch;
pub use unmerged::Versions;

pub(in crate::store) use index_lock::NOTE;

use self::count::Counters;
use super::error::Error;
use super::home::Home;
use super::layout::slashes;

/// How long to wait for a lock, unless `backlog.lockTimeout` says another number of milliseconds.
const LOCK_WAIT: Duration = Duration::from_secs(10);

/// A Git repository.
#[derive(Clone, Debug)]
pub struct Repository {
    repo: gix::Repository,
    /// The directory from which it was found.
    start: PathBuf,
    /// What was read so far, through this value and its clones.
    counters: Arc<Counters>,
}

impl Repository {
    /// The root of the worktree; `None` in a bare repository.
    pub fn workdir(&self) -> Option<&Path> {
        self.repo.workdir()
    }

    /// Git's directory for this worktree.
    pub fn git_dir(&self) -> &Path {
        self.repo.git_dir()
    }

    /// Git's directory for all worktrees of the repository.
    pub fn common_dir(&self) -> &Path {
        self.repo.common_dir()
    }

    /// The full id of the commit that is checked out; `None` before the first one.
    pub fn head_id(&self) -> Option<String> {
        Some(self.repo.head_id().ok()?.to_string())
    }

    /// A value of Git's configuration.
    pub fn config_string(&self, key: &str) -> Option<String> {
        Some(self.repo.config_snapshot().string(key)?.to_string())
    }

    /// The same, unless the repository itself says it: whoever handed it over may have written
    /// that. For what names a program.
    pub fn config_string_of_user(&self, key: &str) -> Option<String> {
        use gix::config::Source::{Local, Worktree};
        let config = self.repo.config_snapshot();
        let is_users =
            |section: &gix::config::file::Metadata| !matches!(section.source, Local | Worktree);
        Some(config.plumbing().string_filter(key, is_users)?.to_string())
    }

    /// Where the worktree keeps what belongs in no commit; `None` without a worktree.
    pub(in crate::store) fn home(&self) -> Option<Home> {
        Some(Home {
            workdir: self.workdir()?.to_owned(),
            own: self.git_dir().join("backlog"),
            common: self.common_dir().join("backlog"),
            wait: self.lock_wait(),
        })
    }

    fn lock_wait(&self) -> Duration {
        let millis = self.repo.config_snapshot().integer("backlog.lockTimeout");
        millis
            .and_then(|millis| u64::try_from(millis).ok())
            .map_or(LOCK_WAIT, Duration::from_millis)
    }

    /// A path inside Git's directories, as messages name it.
    fn name_of(&self, path: &Path) -> String {
        let below = self.workdir().and_then(|workdir| path.strip_prefix(workdir).ok());
        slashes(&below.unwrap_or(path).to_string_lossy())
    }
}

/// Makes a process that is stopped by a signal remove its lock files first.
pub fn install_signal_cleanup() {
    use gix::tempfile::signal::{handler::Mode, setup};
    setup(Mode::DeleteTempfilesOnTerminationAndRestoreDefaultBehaviour);
}

/// Lets a process that holds the terminal end itself when it is stopped by a signal: lock files are
/// removed all the same.
pub fn leave_ending_to_the_caller() {
    use gix::tempfile::signal::{handler::Mode, setup};
    setup(Mode::DeleteTempfilesOnTermination);
}

/// An error of the library, as one of ours.
fn failed(action: &str, error: impl Into<gix::Error>) -> Error {
    let reason = one_line(&error.into());
    Error::Git { action: action.to_owned(), reason }
}

/// What the library said, on one line and beginning in lower case.
fn one_line(error: &gix::Error) -> String {
    let text = error.to_string();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
