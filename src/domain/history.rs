//! The history of a backlog as values.

use jiff::ZonedDateTime;

use super::source::Edits;

/// A commit as its authors left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The full id.
    pub id: String,
    /// The full ids of its parents.
    pub parents: Vec<String>,
    /// The name of who wrote it.
    pub author: String,
    /// The e-mail address of who wrote it.
    pub email: String,
    /// When it was written, where its author was.
    pub time: ZonedDateTime,
    /// When it was committed, where its committer was: later, after a rebase.
    pub committed: ZonedDateTime,
    /// The message.
    pub message: String,
}

/// One change of the backlog by one person: a commit, or what is not committed yet.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// The first digits of the commit's id; `None` for what is not committed yet.
    pub commit: Option<String>,
    /// The e-mail address of its author; empty if nobody knows.
    pub author: String,
    /// The message of the commit; empty for what is not committed yet.
    pub message: String,
    /// The files that it changed, with their texts before and after.
    pub edits: Edits,
}

impl Commit {
    /// When it was written, where its author was: `2026-11-26T09:30:00+01:00`.
    pub fn date(&self) -> String {
        self.time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}
