//! The backlog as a list in a text editor: one line an item, in the order of the backlog.
//!
//! A [`List`] holds what the lines were made from. What somebody wants is the difference between
//! the list and the text that comes back, and nothing else: what others change meanwhile stays, an
//! item whose line is gone stays where it is, and a value that is left as it was is not written.

mod arrange;
mod column;
mod note;
mod plan;
#[cfg(test)]
mod properties;
mod read;
mod record;
mod summary;
#[cfg(test)]
mod tests;
mod text;
mod words;

use std::collections::HashMap;

use super::backlog::Backlog;
use super::entry::Entry;
use super::id;
use super::span::Span;
pub use column::{Column, columns, named_columns};
pub use note::{noted, stripped, told};
pub use plan::{Fresh, Outcome, Plan, plan};
use read::Verb;
pub use read::{Change, Line, Reading, Subject, read};
pub use record::{Record, decode};
pub use summary::{Summary, by_weight};
pub use text::{About, Shown, text};

/// What stands between two values of which somebody has to choose one.
pub const UNDECIDED: &str = "<|>";

/// The items of a list, and the numbers that their lines show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The numbers, in their order on a line.
    pub columns: Vec<Column>,
    /// The items, in their order. Invariant: no id occurs twice.
    pub rows: Vec<Row>,
}

/// An item as its line was made from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// The key of its place, as it is written; empty without one.
    pub rank: String,
    /// Its status, empty without one.
    pub status: String,
    /// The values of the columns as they are written; `None` for one that is not set.
    pub numbers: Vec<Option<String>>,
    /// Its title, empty without one.
    pub title: String,
}

/// Something in a text that cannot be done, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What is there, in lower case and without a full stop.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
    /// The bytes of the text that are meant.
    pub span: Span,
    /// The value that somebody else wrote meanwhile.
    pub theirs: Option<Box<Theirs>>,
}

/// A value that somebody else wrote while the list was edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theirs {
    /// The row, counted from 0.
    pub row: usize,
    /// The field.
    pub field: String,
    /// The value, as it is written; `None` if it was removed.
    pub value: Option<String>,
    /// The value that is wanted here.
    pub mine: Option<String>,
}

impl Wrong {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, span, theirs: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    fn said(&self) -> String {
        let hint = self.hint.as_deref().map(|hint| format!(": {hint}")).unwrap_or_default();
        super::note::one_line(&format!("{}{hint}", self.message))
    }
}

impl List {
    /// The list of these items.
    pub fn of<'a>(columns: Vec<Column>, items: impl IntoIterator<Item = &'a Entry>) -> Self {
        let rows = items.into_iter().map(|item| Row::of(item, &columns)).collect();
        Self { columns, rows }
    }

    /// The list with what others have written in place of what its lines were made from, so that
    /// who has seen it can decide.
    #[must_use]
    pub fn met(mut self, wrongs: &[Wrong]) -> Self {
        for theirs in wrongs.iter().filter_map(|wrong| wrong.theirs.as_ref()) {
            let value = theirs.value.clone();
            let column = self.columns.iter().position(|column| column.field == theirs.field);
            let row = &mut self.rows[theirs.row];
            match (theirs.field.as_str(), column) {
                ("status", _) => row.status = value.unwrap_or_default(),
                ("title", _) => row.title = value.unwrap_or_default(),
                (_, Some(column)) => row.numbers[column] = value,
                _ => {}
            }
        }
        self
    }
}

impl Row {
    fn of(item: &Entry, columns: &[Column]) -> Self {
        let number = |column: &Column| item.text(&column.field).map(|text| text.into_owned());
        Self {
            id: item.id().to_owned(),
            rank: item.rank().map(|rank| rank.as_str().to_owned()).unwrap_or_default(),
            status: item.status().into_owned(),
            numbers: columns.iter().map(number).collect(),
            title: item.title().into_owned(),
        }
    }

    /// The value of a field as the line was made from it.
    fn value(&self, columns: &[Column], field: &str) -> Option<&str> {
        let text = match field {
            "status" => Some(self.status.as_str()),
            "title" => Some(self.title.as_str()),
            field => {
                let column = columns.iter().position(|column| column.field == field)?;
                self.numbers[column].as_deref()
            }
        };
        text.filter(|text| !text.is_empty())
    }
}

/// The open items that can be moved and changed line by line: those with an id of their own that
/// can be typed.
pub fn editable(backlog: &Backlog) -> Vec<&Entry> {
    let mut n_with: HashMap<&str, usize> = HashMap::new();
    for entry in backlog.entries() {
        *n_with.entry(entry.id()).or_default() += 1;
    }
    let is_editable = |item: &&Entry| n_with.get(item.id()) == Some(&1) && id::is_safe(item.id());
    backlog.open_items().filter(is_editable).collect()
}
