//! What a rule found, as a value with a place.

use super::config::Severity;
use super::entry::Entry;
use super::problem::Problem;
use super::span::{Position, Span};

/// One thing that a rule found at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// How severe it is.
    pub severity: Severity,
    /// The file, below the backlog's folder.
    pub path: String,
    /// The id of the document, if it has one.
    pub id: Option<String>,
    /// Where, in bytes of the file.
    pub span: Span,
    /// Where, as an editor names it.
    pub position: Position,
    /// What is there, in lower case and without a full stop.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

/// Where and what, before the rule's code and severity are put to it.
#[derive(Clone, Debug)]
pub struct Report {
    /// The file, below the backlog's folder.
    pub path: String,
    /// The id of the document, if it has one.
    pub id: Option<String>,
    /// What is wrong, and where.
    pub problem: Problem,
}

impl Report {
    /// A report of a problem in an entry.
    pub fn of(entry: &Entry, problem: Problem) -> Self {
        Self { path: entry.path().to_owned(), id: Some(entry.id().to_owned()), problem }
    }
}
