//! Backlogs of other tools, as edits of this one.
//!
//! A reader of a format turns foreign files into new documents and says of every foreign field
//! what became of it. What was imported carries its foreign id as an alias, so that a second
//! import changes nothing and old references still lead somewhere.

mod backlog_md;
mod draft;
mod finding;
mod interviews;
mod survey;

use super::backlog::Backlog;
use super::date::Date;
use super::problem::Problem;
use super::source::{Edits, SourceFile};

/// A format that can be read.
#[derive(Debug)]
pub struct Format {
    /// The word for it on the command line.
    pub name: &'static str,
    /// What it is, in one line.
    pub summary: &'static str,
    /// Which files below the folder are of interest.
    pub reads: fn(path: &str) -> bool,
    /// The reader.
    pub import: fn(&Request<'_>) -> Import,
}

/// Every format.
pub const FORMATS: &[&Format] = &[&backlog_md::FORMAT, &interviews::FORMAT, &survey::FORMAT];

/// What is to be imported, and where to.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The foreign files, by their paths below the folder.
    pub files: &'a [SourceFile],
    /// The backlog as it is.
    pub backlog: &'a Backlog,
    /// The day, for documents that do not say when they were written.
    pub today: Date,
}

/// The outcome of an import, before anything is written.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// The new documents.
    pub edits: Edits,
    /// How many documents are new.
    pub n_new: usize,
    /// How many were imported before, and stay as they are.
    pub n_known: usize,
    /// How many foreign ids stand in several files.
    pub n_twice: usize,
    /// What became of each foreign field.
    pub fields: Vec<Fate>,
    /// Foreign files that could not be understood.
    pub problems: Vec<(String, Problem)>,
    /// What a person should know, one sentence each.
    pub notes: Vec<String>,
}

/// What became of a foreign field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// The field, with its value where only some values are meant.
    pub field: String,
    /// How many documents have it.
    pub count: usize,
    /// What it became, or why it is lost.
    pub became: Result<String, String>,
}

impl Import {
    /// Counts a field that became something, or was lost.
    fn count(&mut self, field: &str, became: Result<&str, &str>) {
        let became = became.map(str::to_owned).map_err(str::to_owned);
        match self.fields.iter_mut().find(|fate| fate.field == field && fate.became == became) {
            Some(fate) => fate.count += 1,
            None => self.fields.push(Fate { field: field.to_owned(), count: 1, became }),
        }
    }
}

/// The format called `name`.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(name)).copied()
}
