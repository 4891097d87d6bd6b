//! What an import did, and what became of each foreign field.

use serde_json::{Value, json};

use crate::domain::import::{Fate, Import};
use crate::domain::message::counted;
use crate::domain::problem::Problem;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// The outcome of an import.
pub struct ImportView<'a> {
    /// The outcome.
    pub import: &'a Import,
    /// The folder that was read.
    pub folder: &'a str,
}

impl View for ImportView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = Vec::new();
        if !self.import.fields.is_empty() {
            blocks.extend([Block::Table(self.fates()), Block::Blank]);
        }
        for note in &self.import.notes {
            blocks.push(Block::text(Cell::dim(&**note)));
        }
        if !self.import.problems.is_empty() {
            blocks.push(Block::Code { language: "", lines: self.problems() });
        }
        blocks.push(Block::text(self.summary()));
        blocks
    }

    fn json(&self) -> Value {
        let fate = |fate: &Fate| {
            let (became, lost) = (fate.became.as_ref().ok(), fate.became.as_ref().err());
            json!({ "field": fate.field, "documents": fate.count, "became": became, "lost": lost })
        };
        let problem = |(path, problem): &(String, Problem)| {
            json!({
                "path": path,
                "line": problem.position.line,
                "column": problem.position.column,
                "message": problem.message,
            })
        };
        json!({
            "new": self.import.n_new,
            "known": self.import.n_known,
            "fields": self.import.fields.iter().map(fate).collect::<Vec<_>>(),
            "problems": self.import.problems.iter().map(problem).collect::<Vec<_>>(),
            "notes": self.import.notes,
        })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("fields")
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Table, Format::Json, Format::Jsonl, Format::Markdown]
    }
}

impl ImportView<'_> {
    fn fates(&self) -> Table<'_> {
        let columns =
            [Column::whole("field"), Column::whole("documents").right(), Column::shrink("becomes")];
        let mut table = Table::new(columns);
        for fate in &self.import.fields {
            let became = match &fate.became {
                Ok(became) => Cell::from(&**became),
                Err(reason) => Cell::new(format!("lost: {reason}"), Tone::Warn),
            };
            table.push([Cell::from(&*fate.field), Cell::from(fate.count.to_string()), became]);
        }
        table
    }

    fn problems(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        for (path, problem) in &self.import.problems {
            let folder =
                if self.folder == "." { String::new() } else { format!("{}/", self.folder) };
            let place = format!("{folder}{path}:{}: ", problem.position);
            lines.push(Line::from(place).then(Cell::new(&*problem.message, Tone::Bad)));
            lines.extend(
                problem.hint.as_deref().map(|hint| Line::from(Cell::dim(format!("    {hint}")))),
            );
        }
        lines
    }

    fn summary(&self) -> String {
        let known = match self.import.n_known {
            0 => String::new(),
            known => format!(", {known} already here"),
        };
        format!("{} to import{known}", counted(self.import.n_new, "new document"))
    }
}
