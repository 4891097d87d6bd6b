//! The history of a backlog as values.

use super::source::Edits;

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
