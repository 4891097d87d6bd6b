//! The user's own `git`, for what the library leaves to it: hooks, and what goes over the network.
//!
//! It is never asked to read a repository. Its arguments are full names of references and paths
//! that were checked before, and never pass through a shell.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::Repository;
use crate::store::error::Error;

/// A call of Git.
pub(super) struct Program {
    command: Command,
}

impl Repository {
    /// Git in this repository, as if it had been started where this program was.
    pub(super) fn program(&self) -> Program {
        let mut command = Command::new("git");
        let workdir = self.workdir().unwrap_or_else(|| self.git_dir());
        let start = self.start.as_path();
        command.current_dir(if start.starts_with(workdir) { start } else { workdir });
        command.stdin(Stdio::null());
        Program { command }
    }
}

impl Program {
    pub(super) fn args<I, A>(mut self, args: I) -> Self
    where
        I: IntoIterator<Item = A>,
        A: AsRef<OsStr>,
    {
        self.command.args(args);
        self
    }

    pub(super) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Settings that count more than those of any file. A key may hold any character, which those
    /// of `-c` may not.
    pub(super) fn settings(mut self, settings: &[(String, String)]) -> Self {
        let given = std::env::var("GIT_CONFIG_COUNT").ok().and_then(|count| count.parse().ok());
        let start: usize = given.unwrap_or(0);
        for (at, (key, value)) in settings.iter().enumerate() {
            let number = start + at;
            self.command.env(format!("GIT_CONFIG_KEY_{number}"), key);
            self.command.env(format!("GIT_CONFIG_VALUE_{number}"), value);
        }
        self.command.env("GIT_CONFIG_COUNT", (start + settings.len()).to_string());
        self
    }

    /// Messages that this program can read. Hooks keep the letters of the user.
    pub(super) fn in_english(mut self) -> Self {
        if let Some(all) = std::env::var_os("LC_ALL") {
            self.command.env_remove("LC_ALL").env("LANG", &all).env("LC_CTYPE", &all);
        }
        self.command.env_remove("LANGUAGE").env("LC_MESSAGES", "C");
        self
    }

    pub(super) fn dir(mut self, dir: &Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Runs it; what it says on standard error goes where this program's messages go.
    pub(super) fn run(mut self) -> Result<Output, Error> {
        self.command.stdout(Stdio::piped()).stderr(Stdio::inherit());
        self.command.output().map_err(|error| not_started(&error))
    }

    /// Runs it, and keeps what it says.
    pub(super) fn output(mut self) -> Result<Output, Error> {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        self.command.output().map_err(|error| not_started(&error))
    }
}

fn not_started(error: &std::io::Error) -> Error {
    Error::unusable(
        format!("git cannot be started: {}", crate::store::error::reason(error)),
        "install Git 2.36 or newer, and see that it is found in PATH",
    )
}

/// The version of Git as two numbers; `None` if there is no telling.
pub fn version() -> Option<(u32, u32)> {
    let output = Command::new("git").arg("version").stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let number =
        text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let mut parts = number.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}
