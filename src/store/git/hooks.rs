//! Hooks, which this program does not run: it says so instead of passing them by.

use std::path::{Path, PathBuf};

use super::Repository;
use crate::store::error::Error;

/// The hooks that Git runs for a commit and that may change or forbid it, or expect to know of it.
const HOOKS: [&str; 4] = ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"];

impl Repository {
    /// Refuses to commit past the hooks of the repository.
    pub(super) fn check_hooks(&self) -> Result<(), Error> {
        let folder = self.hooks_folder();
        let names: Vec<&str> =
            HOOKS.into_iter().filter(|name| is_executable(&folder.join(name))).collect();
        if names.is_empty() {
            return Ok(());
        }
        let message = format!(
            "this repository has hooks that git-backlog does not run: {}",
            names.join(", ")
        );
        Err(Error::refused(
            message,
            "commit without them by --no-verify, or with Git: git commit .backlog",
        ))
    }

    fn hooks_folder(&self) -> PathBuf {
        let configured = self.repo.config_snapshot().trusted_path("core.hooksPath").ok().flatten();
        match configured {
            Some(folder) => self.workdir().unwrap_or_else(|| self.git_dir()).join(folder),
            None => self.common_dir().join("hooks"),
        }
    }
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}
