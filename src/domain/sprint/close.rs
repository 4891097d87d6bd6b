//! What a sprint leaves behind when it is closed.

use super::{FIELD, Sprint, skeleton};
use crate::domain::assign::{self, Assignment, Operation, Refusal};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::document::Document;
use crate::domain::entry::Entry;
use crate::domain::source::Edits;

/// Where what is not done goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To the backlog; its place in the order stays.
    Backlog,
    /// On into the sprint with this id.
    Sprint(String),
}

/// What is not done when a sprint is closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone<'a> {
    /// The item.
    pub item: &'a Entry,
    /// Whether somebody has begun it.
    pub has_begun: bool,
}

/// The items that are open in a sprint, in their order.
pub fn undone<'a>(backlog: &'a Backlog, sprint: &Sprint<'a>) -> Vec<Undone<'a>> {
    let begun = |item: &Entry| backlog.category(item) == crate::domain::kind::Category::Doing;
    sprint.open(backlog).map(|item| Undone { item, has_begun: begun(item) }).collect()
}

/// The changes that close a sprint: its status, the sections for what was shown and what is to change if
/// they are not there, and where the items go that are not done.
///
/// # Errors
///
/// If a document cannot be changed.
pub fn closed(
    backlog: &Backlog,
    sprint: &Sprint<'_>,
    to: &Destination,
    template: &str,
    today: Date,
) -> Result<Edits, Refusal> {
    let record = sprint.record;
    let text = assign::apply(backlog, record, &[set("status", "closed")], today)?;
    let mut edits = Edits::default();
    let document = Document::parse(record.path(), text);
    edits.rewrite(&record.document, skeleton(&document, template));
    for Undone { item, .. } in undone(backlog, sprint) {
        let change = match to {
            Destination::Backlog => {
                Assignment { field: FIELD.to_owned(), operation: Operation::Clear }
            }
            Destination::Sprint(id) => set(FIELD, id),
        };
        edits.rewrite(&item.document, assign::apply(backlog, item, &[change], today)?);
    }
    Ok(edits)
}

fn set(field: &str, value: &str) -> Assignment {
    Assignment { field: field.to_owned(), operation: Operation::Set(value.to_owned()) }
}
