//! Documents in their order, one a line.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::values;
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::kind::FieldType;
use crate::domain::score::Scoring;
use crate::domain::select::Selected;
use crate::render::block::{Block, Cell, Column, Line, Table};
use crate::render::{Format, View};

/// The documents that were asked for.
pub struct ListView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The documents, in the order in which they are shown.
    pub entries: Vec<&'a Entry>,
    /// The fields to show, known to [`Selected`].
    pub columns: Vec<String>,
    /// The model, if the score is one of them.
    pub scoring: Option<&'a Scoring>,
    /// What is not shown and why, for people.
    pub footer: String,
}

impl View for ListView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut table = Table::new(self.columns.iter().map(|column| self.column(column)));
        let rows: Vec<Vec<Cell<'_>>> =
            self.entries.par_iter().map(|entry| self.row(entry)).collect();
        rows.into_iter().for_each(|row| table.push(row));
        vec![Block::Table(table), Block::Footer(Line::from(Cell::dim(&*self.footer)))]
    }

    fn json(&self) -> Value {
        let items =
            self.entries.iter().map(|entry| Value::Object(values::entry(self.backlog, entry)));
        json!({ "documents": items.collect::<Vec<_>>() })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("documents")
    }

    fn formats(&self) -> &'static [Format] {
        Format::DATA
    }
}

impl<'a> ListView<'a> {
    fn column(&self, name: &'a str) -> Column<'a> {
        let title = match name {
            "position" => "#",
            "criteria" => "met",
            name => name,
        };
        let config = &self.backlog.config;
        let field = self.entries.first().and_then(|entry| entry.field_type(name, config));
        let is_count = matches!(name, "position" | "score" | "unmet" | "problems");
        match name {
            _ if is_count || field == Some(FieldType::Number) => {
                Column::whole(title).right().keyed(name)
            }
            "title" | "labels" | "text" | "hypothesis" => Column::shrink(title),
            _ => Column::whole(title).keyed(name),
        }
    }

    fn row(&self, entry: &'a Entry) -> Vec<Cell<'a>> {
        self.columns.iter().map(|column| self.cell(entry, column)).collect()
    }

    fn cell(&self, entry: &'a Entry, column: &str) -> Cell<'a> {
        match column {
            "id" => Cell::id(entry.id()),
            "title" => Cell::from(entry.title()),
            "status" => values::status_cell(self.backlog, entry),
            "position" => Cell::dim(
                self.backlog.position(entry).map_or_else(String::new, |at| at.to_string()),
            ),
            "criteria" => Cell::from(values::met(self.backlog, entry)),
            _ => {
                let selected = Selected { backlog: self.backlog, entry, scoring: self.scoring };
                let mut values = selected.values_of(column);
                match values.len() {
                    1 => Cell::from(values.remove(0)),
                    _ => Cell::from(values.join(", ")),
                }
            }
        }
    }
}
