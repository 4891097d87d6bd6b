//! What went wrong, in the user's words: message, hint, exit code.

use std::fmt;
use std::io;
use std::path::Path;

use crate::domain::assign::Refusal;
use crate::render;
use crate::store;

/// The exit codes, the same for every command and format.
pub(super) mod exit {
    /// Done, and nothing found.
    pub(crate) const DONE: u8 = 0;
    /// Findings, conflicts, or differences that were asked for.
    pub(crate) const FOUND: u8 = 1;
    /// Wrong usage, or an id that does not exist.
    pub(crate) const USAGE: u8 = 2;
    /// This repository cannot be used.
    pub(crate) const REPOSITORY: u8 = 3;
    /// A file is not as it was.
    pub(crate) const CHANGED: u8 = 4;
    /// Input or output failed.
    pub(crate) const IO: u8 = 5;
    /// A remote could not be reached, or said no.
    pub(crate) const REMOTE: u8 = 6;
    /// Not done, because it might do harm.
    pub(crate) const REFUSED: u8 = 7;
    /// Somebody else holds what is needed.
    pub(crate) const BUSY: u8 = 8;
    /// Left by somebody at the terminal, as shells say it of Ctrl-C.
    pub(crate) const LEFT: u8 = 130;
}

/// An error with its exit code and the next thing to do.
#[derive(Debug)]
pub(super) struct Failure {
    /// One of [`exit`].
    pub code: u8,
    /// In lower case and without a full stop, the culprit named.
    pub message: String,
    /// The next command.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure with an exit code.
    pub(super) fn new(code: u8, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None }
    }

    /// Wrong usage, or an id that does not exist.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(exit::USAGE, message)
    }

    /// What the system said about a file or a folder.
    pub(super) fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        let reason = store::reason(error);
        Self::new(exit::IO, format!("cannot {action} {}: {reason}", path.display()))
    }

    /// The same failure with the next command.
    #[must_use]
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self { code: exit::USAGE, message: refusal.message, hint: refusal.hint }
    }
}

/// How a message begins that nobody could be shown the result.
pub(super) const NO_RESULT: &str = "cannot write the result";

/// What an error means for the process: `None` if there is nothing to say, as when the reader of
/// a pipe has gone.
pub(super) fn outcome(error: &anyhow::Error) -> Option<(u8, String, Option<String>)> {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        return Some((failure.code, failure.message.clone(), failure.hint.clone()));
    }
    if let Some(store) = error.downcast_ref::<store::Error>() {
        return Some((store.exit_code(), format!("{error:#}"), store.hint()));
    }
    let hint = match error.downcast_ref::<render::Error>() {
        Some(render::Error::Format { .. }) => Some(None),
        Some(render::Error::Chart) => Some(Some("see what is known without --format svg")),
        _ => None,
    };
    if let Some(hint) = hint {
        return Some((exit::USAGE, error.to_string(), hint.map(str::to_owned)));
    }
    let io = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
    match io {
        Some(io) if io.kind() == io::ErrorKind::BrokenPipe => None,
        Some(io) => Some((exit::IO, format!("{NO_RESULT}: {}", store::reason(io)), None)),
        None => Some((exit::IO, format!("{error:#}"), None)),
    }
}
