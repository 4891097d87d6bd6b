//! The history of the backlog.

use serde_json::{Value, json};

use super::change::{self, Marks, Titles};
use crate::domain::diff::{Change, OtherFile};
use crate::domain::log::{LogDocument, LogEntry};
use crate::render::block::{Block, Cell, Column, Line, Table};
use crate::render::{Format, View};

/// A log names the neighbours of a move by their ids: what they were called then, nobody read.
static UNKNOWN: Titles = Titles::new();

/// Commits, newest first.
pub struct LogView<'a> {
    /// What each did.
    pub entries: &'a [LogEntry],
}

impl View for LogView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        self.told(Marks::Brackets)
    }

    fn page(&self) -> Vec<Block<'_>> {
        self.told(Marks::Tones)
    }

    fn rows(&self) -> Vec<Block<'_>> {
        let columns =
            ["commit", "date", "author", "email", "reason", "id", "title", "change", "what"];
        let mut table = Table::new(columns.map(Column::whole));
        for entry in self.entries {
            for document in &entry.documents {
                for change in &document.changes {
                    let what = change::line(change, &UNKNOWN, Marks::Brackets);
                    table.push([
                        (*entry.commit).into(),
                        (*entry.date).into(),
                        (*entry.author).into(),
                        (*entry.email).into(),
                        entry.reason.as_deref().unwrap_or_default().into(),
                        (*document.id).into(),
                        title(document).into(),
                        change.word().into(),
                        what.text().into_owned().into(),
                    ]);
                }
            }
        }
        vec![Block::Table(table)]
    }

    fn json(&self) -> Value {
        let commits: Vec<Value> = self.entries.iter().map(LogEntry::to_json).collect();
        json!({ "commits": commits })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("commits")
    }

    fn formats(&self) -> &'static [Format] {
        Format::DATA
    }
}

impl LogView<'_> {
    fn told(&self, marks: Marks) -> Vec<Block<'_>> {
        let mut blocks = Vec::new();
        for entry in self.entries {
            blocks.push(Block::Blank);
            blocks.push(Block::heading(3, heading(entry)));
            let mut lines: Vec<Line<'_>> =
                entry.documents.iter().map(|it| self.document(it, marks)).collect();
            lines.extend(entry.files.iter().map(file));
            if lines.is_empty() {
                let names = format!("names {}", entry.mentions.join(", "));
                lines.push(Line::from(Cell::dim(names)));
            }
            blocks.push(Block::List(lines));
        }
        blocks
    }

    /// `BL-7k3qd Guest checkout: moved 12 → 1, at the top; effort 5 → 3`
    fn document<'b>(&'b self, document: &'b LogDocument, marks: Marks) -> Line<'b> {
        let mut line = change::titled(&document.id, title(document)).then(": ");
        let has_moved = document.changes.iter().any(|it| matches!(it, Change::Moved(_)));
        let is_told = |it: &&Change| match it {
            Change::Set(set) => !(set.field == "rank" && has_moved),
            _ => true,
        };
        for (at, change) in document.changes.iter().filter(is_told).enumerate() {
            if at > 0 {
                line = line.then("; ");
            }
            let told = change::line(change, &UNKNOWN, marks);
            line = told.cells.into_iter().fold(line, Line::then);
        }
        line
    }
}

/// `2026-11-25 Mira: Guests first (a975d31f08)`
fn heading(entry: &LogEntry) -> Line<'_> {
    let author = if entry.author.is_empty() { &entry.email } else { &entry.author };
    let line = Line::from(Cell::day(entry.day())).then(" ").then(&**author);
    // A subject that was made from the changes says what stands below.
    let is_made = entry.reason.is_none() && entry.has_changes();
    let line = if is_made { line } else { line.then(": ").then(entry.why()) };
    line.then(Cell::dim(format!(" ({})", entry.short())))
}

fn title(document: &LogDocument) -> &str {
    document.title.as_deref().unwrap_or_default()
}

fn file(it: &OtherFile) -> Line<'_> {
    Line::from(&*it.path).then(Cell::dim(format!(" {}", it.word())))
}
