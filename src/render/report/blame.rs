//! The parts of a document with the commits that set them.

use serde_json::{Map, Value, json};

use crate::domain::blame::{Blame, Blamed, Part};
use crate::domain::entry::Entry;
use crate::domain::log::LogEntry;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// Who said what last in one document.
pub struct BlameView<'a> {
    /// The document.
    pub document: &'a Entry,
    /// Its parts.
    pub blame: &'a Blame,
    /// The commits that changed it, the newest first.
    pub entries: &'a [LogEntry],
}

impl View for BlameView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let title = Line::from(Cell::id(self.document.id()))
            .then("  ")
            .then(Cell::strong(self.document.title()));
        let mut blocks = vec![Block::heading(1, title)];
        blocks.extend(self.rows());
        blocks
    }

    fn rows(&self) -> Vec<Block<'_>> {
        let columns = [
            Column::whole("day"),
            Column::whole("commit"),
            Column::whole("author"),
            Column::whole("part"),
            Column::shrink("value"),
            Column::shrink("why"),
        ];
        let mut table = Table::new(columns).wrapped();
        for line in &self.blame.lines {
            table.push(self.row(line.entry, name(&line.part), line.value.clone()));
            // The words and the tick of a criterion are often two people's.
            if let Some(ticked) = line.ticked.filter(|ticked| line.entry != Some(*ticked)) {
                let is_met = matches!(line.part, Part::Criterion { is_met: true, .. });
                if is_met {
                    table.push(self.row(Some(ticked), "  met".to_owned(), String::new()));
                }
            }
        }
        vec![Block::Table(table)]
    }

    fn json(&self) -> Value {
        let part = |line: &Blamed| {
            let mut object = Map::new();
            match &line.part {
                Part::Field(field) => {
                    object.insert("field".to_owned(), json!(field));
                }
                Part::Criterion { ordinal, id, is_met } => {
                    object.insert("criterion".to_owned(), json!(ordinal));
                    object.insert("criterion_id".to_owned(), json!(id));
                    object.insert("met".to_owned(), json!(is_met));
                    object.insert("met_by".to_owned(), self.commit(line.ticked));
                }
                Part::Text => {
                    object.insert("text".to_owned(), json!(true));
                }
            }
            object.insert("value".to_owned(), json!(line.value));
            object.insert("set_by".to_owned(), self.commit(line.entry));
            Value::Object(object)
        };
        json!({
            "id": self.document.id(),
            "title": self.document.title(),
            "parts": self.blame.lines.iter().map(part).collect::<Vec<_>>(),
        })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("parts")
    }

    fn formats(&self) -> &'static [Format] {
        Format::DATA
    }
}

impl BlameView<'_> {
    fn row(&self, entry: Option<usize>, part: String, value: String) -> Vec<Cell<'_>> {
        let part = Cell::new(part, Tone::Strong);
        let Some(entry) = entry.map(|entry| &self.entries[entry]) else {
            return vec!["".into(), "".into(), "".into(), part, value.into(), "".into()];
        };
        if entry.commit.is_empty() {
            let who = Cell::new("not committed", Tone::Warn);
            return vec!["".into(), "".into(), who, part, value.into(), "".into()];
        }
        vec![
            Cell::day(entry.day()),
            Cell::id(entry.short()),
            (*entry.author).into(),
            part,
            value.into(),
            Cell::dim(entry.reason.as_deref().unwrap_or_default()),
        ]
    }

    fn commit(&self, entry: Option<usize>) -> Value {
        let Some(entry) = entry.map(|entry| &self.entries[entry]) else { return Value::Null };
        let commit = Some(&entry.commit).filter(|commit| !commit.is_empty());
        json!({
            "commit": commit,
            "date": commit.map(|_| &entry.date),
            "author": commit.map(|_| &entry.author),
            "reason": entry.reason,
        })
    }
}

fn name(part: &Part) -> String {
    match part {
        Part::Field(field) => field.clone(),
        Part::Criterion { ordinal, id: Some(id), .. } => format!("criterion {ordinal} ^{id}"),
        Part::Criterion { ordinal, .. } => format!("criterion {ordinal}"),
        Part::Text => "text".to_owned(),
    }
}
