//! What can go wrong with files and with Git, in the user's words.

use std::borrow::Cow;
use std::io;
use std::time::Duration;

/// Why a store could not do what it was asked.
///
/// A document that cannot be read is none of these: it is a value beside the others.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no repository here or above.
    #[error("this folder is not in a Git repository")]
    NoRepository,
    /// The branch has no commit yet.
    #[error("there is no commit yet: {head} is unborn")]
    Unborn {
        /// The branch that the first commit would make.
        head: String,
    },
    /// The repository cannot be used as it is, or not for this.
    #[error("{message}")]
    Unusable {
        /// What it is about the repository.
        message: String,
        /// The command that would mend it.
        hint: Option<String>,
    },
    /// A name that is no revision.
    #[error("no revision '{rev}'")]
    UnknownRevision {
        /// The name as given.
        rev: String,
        /// What may have been meant.
        near: Option<String>,
    },
    /// A file is not as it was when the change was made.
    #[error("{path} changed meanwhile; nothing was written")]
    Changed {
        /// The file.
        path: String,
        /// The interrupted change that was finished first, if there was one.
        recovered: Option<String>,
    },
    /// A merge, a rebase or the like waits for the user.
    #[error("{operation} is in progress")]
    InProgress {
        /// What is in progress, as in `a merge`.
        operation: String,
        /// The Git command to go on or give up with.
        command: &'static str,
    },
    /// A branch was moved again and again while a commit was made.
    #[error("{branch} keeps moving: gave up after {tries} tries")]
    Moving {
        /// The branch.
        branch: String,
        /// How often it was tried.
        tries: usize,
    },
    /// Reading failed.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file or folder.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// Writing failed.
    #[error("cannot write {path}: {reason}; {outcome}")]
    Write {
        /// The file or folder.
        path: String,
        /// What the system said.
        reason: String,
        /// How the rest was left.
        outcome: Outcome,
    },
    /// Git's own data could not be read or written.
    #[error("cannot {action}: {reason}")]
    Git {
        /// What was tried.
        action: String,
        /// What Git's library said.
        reason: String,
    },
    /// Another branch was checked out meanwhile.
    #[error("HEAD went from {from} to {to} meanwhile")]
    Moved {
        /// The branch that was checked out.
        from: String,
        /// What is checked out now.
        to: String,
    },
    /// The other end could not be reached, or said no.
    #[error("cannot {action}: {said}")]
    Remote {
        /// What was tried.
        action: String,
        /// What Git said.
        said: String,
    },
    /// Not done, because it might do harm.
    #[error("{message}")]
    Refused {
        /// What was refused, and why.
        message: String,
        /// A safe way to what was wanted.
        hint: Option<String>,
    },
    /// A lock file of Git stays where it is.
    #[error("{path} is {} old: a Git process holds it, or left it behind", in_words(*.age))]
    Locked {
        /// The lock file.
        path: String,
        /// How old it is.
        age: Duration,
    },
    /// Another run of this program writes for too long.
    #[error("another git-backlog holds {path}, and did not end within {}", in_words(*.waited))]
    Busy {
        /// The lock.
        path: String,
        /// How long it was waited for.
        waited: Duration,
    },
    /// The commit would hold what HEAD holds.
    #[error("nothing to commit")]
    NothingToCommit,
}

/// How a failed write left the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All files are as they were.
    Unchanged,
    /// Some files are written and some are not.
    HalfDone,
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unchanged => "nothing was changed",
            Self::HalfDone => {
                "the change is half done, and the next command that writes finishes it"
            }
        })
    }
}

impl Error {
    /// The exit code of a command that ends with this error.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::UnknownRevision { .. } => 2,
            Self::NoRepository | Self::Unborn { .. } | Self::Unusable { .. } => 3,
            Self::NothingToCommit => 3,
            Self::Changed { .. }
            | Self::InProgress { .. }
            | Self::Moving { .. }
            | Self::Moved { .. } => 4,
            Self::Read { .. } | Self::Write { .. } | Self::Git { .. } => 5,
            Self::Remote { .. } => 6,
            Self::Refused { .. } => 7,
            Self::Locked { .. } | Self::Busy { .. } => 8,
        }
    }

    /// The next thing to do, where there is one.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoRepository => Some("make one with: git init".to_owned()),
            Self::Unborn { .. } => Some("make a first commit".to_owned()),
            Self::Unusable { hint, .. } | Self::Refused { hint, .. } => hint.clone(),
            Self::UnknownRevision { near: Some(near), .. } => {
                Some(format!("did you mean '{near}'?"))
            }
            Self::UnknownRevision { near: None, .. } => {
                Some("see the branches and tags with: git log --oneline --all".to_owned())
            }
            Self::Changed { recovered: None, .. } => Some("run the command again".to_owned()),
            Self::Changed { recovered: Some(recovered), .. } => Some(format!(
                "an interrupted change was finished first ({recovered}): run the command again"
            )),
            Self::InProgress { command, .. } => {
                Some(format!("finish it first; the files stay as they are (see: {command})"))
            }
            Self::Moving { .. } | Self::Moved { .. } => Some("run the command again".to_owned()),
            Self::Locked { path, .. } => Some(format!("if no git runs here: rm {}", quoted(path))),
            Self::Busy { .. } => Some("run the command again when the other has ended".to_owned()),
            Self::Remote { .. } => {
                Some("what was committed here is safe; try again with: git backlog sync".to_owned())
            }
            Self::Read { .. } | Self::Write { .. } | Self::Git { .. } | Self::NothingToCommit => {
                None
            }
        }
    }

    /// Whether there is no repository at all, which some commands can do without.
    pub fn is_no_repository(&self) -> bool {
        matches!(self, Self::NoRepository)
    }

    /// Whether the branch has no commit yet.
    pub fn is_unborn(&self) -> bool {
        matches!(self, Self::Unborn { .. })
    }

    /// Whether a commit was not made because it would hold nothing new.
    pub fn is_nothing_to_commit(&self) -> bool {
        matches!(self, Self::NothingToCommit)
    }

    pub(super) fn unusable(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Unusable { message: message.into(), hint: Some(hint.into()) }
    }

    pub(super) fn refused(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused { message: message.into(), hint: Some(hint.into()) }
    }

    pub(super) fn read(path: impl Into<String>, error: &io::Error) -> Self {
        Self::Read { path: path.into(), reason: reason(error) }
    }

    pub(super) fn write(path: impl Into<String>, error: &io::Error) -> Self {
        Self::Write { path: path.into(), reason: reason(error), outcome: Outcome::Unchanged }
    }
}

/// What the system said, without its number and capital letter.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A path as a shell takes it for one word, whoever named the file.
pub fn quoted(path: &str) -> Cow<'_, str> {
    // A path holds no NUL, which alone cannot be quoted.
    shlex::try_quote(path).unwrap_or(Cow::Borrowed("''"))
}

/// An age in its largest unit: `3 h`.
pub(super) fn in_words(age: Duration) -> String {
    let seconds = age.as_secs();
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        7200..172_800 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_the_system_said_in_lower_case_and_without_a_number() {
        let full = io::Error::from_raw_os_error(28);
        let error = Error::write(".backlog/items/x.md", &full);
        let expected =
            "cannot write .backlog/items/x.md: no space left on device; nothing was changed";
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.exit_code(), 5);
    }

    #[test]
    fn a_path_in_a_hint_is_one_word_of_a_shell() {
        assert_eq!(quoted(".backlog/items/a.md"), ".backlog/items/a.md");
        assert_eq!(quoted("a'; touch b; '"), r#""a'; touch b; '""#);
        assert_eq!(quoted("$(touch b)"), "'$(touch b)'");
    }

    #[test]
    fn tells_how_old_a_lock_is() {
        let lock = |seconds| {
            let age = Duration::from_secs(seconds);
            Error::Locked { path: ".git/index.lock".to_owned(), age }
        };
        let expected = ".git/index.lock is 3 h old: a Git process holds it, or left it behind";
        assert_eq!(lock(3 * 3600).to_string(), expected);
        assert_eq!(lock(30).hint().unwrap(), "if no git runs here: rm .git/index.lock");
        assert_eq!(lock(30).exit_code(), 8);
    }
}
