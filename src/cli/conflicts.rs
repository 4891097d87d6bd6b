//! Conflicts in words.

use crate::domain::backlog::Backlog;
use crate::domain::document::Document;
use crate::domain::merge::{self, Conflict};
use crate::domain::twins::Renamed;

/// What is undecided in a document. That it cannot be read is another matter, which `check` tells,
/// unless a merge is the reason.
pub(super) fn open(document: &Document) -> Vec<Conflict> {
    let mut open = merge::open(document);
    open.retain(|conflict| !matches!(conflict, Conflict::Unreadable { .. }));
    open
}

/// A conflict of a document on one line, with the values between which somebody has to decide.
pub(super) fn line(backlog: &Backlog, folder: &str, path: &str, conflict: &Conflict) -> String {
    let name = match backlog.at_path(path).filter(|entry| entry.is_readable()) {
        Some(entry) => format!("{} \"{}\"", entry.id(), entry.title()),
        None => format!("{folder}/{path}"),
    };
    format!("{name}: {conflict}")
}

/// What became of one of two documents with one id.
pub(super) fn renamed(change: &Renamed) -> String {
    let mended = match change.mended.len() {
        0 => String::new(),
        _ => format!("; its id in {} is replaced", change.mended.join(", ")),
    };
    let others = match change.others.len() {
        0 => String::new(),
        _ => format!("; left as it is in {}", change.others.join(", ")),
    };
    let Renamed { old, kept, from, new, to, .. } = change;
    format!("{old} was the id of {kept} and of {from}, which is {new} now, in {to}{mended}{others}")
}
