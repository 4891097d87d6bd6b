//! A list as text, for as long as it is edited: whoever goes on after an interruption has to know
//! what the lines were made from.

use serde_json::{Value, json};

use super::{Column, List, Row};

/// The version of the form.
const SCHEMA: u64 = 1;

/// A list that is being edited, and what it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The folder of the backlog, with `/`.
    pub folder: String,
    /// The reason with which the change is to be committed.
    pub why: Option<String>,
    /// What the lines were made from.
    pub list: List,
}

impl Record {
    /// The record as a text.
    pub fn encoded(&self) -> String {
        let column = |it: &Column| json!([it.field, it.label]);
        let columns: Vec<Value> = self.list.columns.iter().map(column).collect();
        let row = |it: &Row| json!([it.id, it.rank, it.status, it.numbers, it.title]);
        let rows: Vec<Value> = self.list.rows.iter().map(row).collect();
        let record = json!({
            "schema": SCHEMA,
            "folder": self.folder,
            "why": self.why,
            "columns": columns,
            "rows": rows,
        });
        record.to_string() + "\n"
    }
}

/// The record that a text holds; `None` if it is none, or one of another version.
pub fn decode(text: &str) -> Option<Record> {
    let record: Value = serde_json::from_str(text).ok()?;
    if record["schema"].as_u64()? != SCHEMA {
        return None;
    }
    let columns: Vec<Column> =
        record["columns"].as_array()?.iter().map(column).collect::<Option<_>>()?;
    let row = |value: &Value| row(value).filter(|row| row.numbers.len() == columns.len());
    let rows: Vec<Row> = record["rows"].as_array()?.iter().map(row).collect::<Option<_>>()?;
    Some(Record {
        folder: text_of(&record["folder"])?,
        why: text_of(&record["why"]),
        list: List { columns, rows },
    })
}

fn column(value: &Value) -> Option<Column> {
    Some(Column { field: text_of(&value[0])?, label: text_of(&value[1])? })
}

fn row(value: &Value) -> Option<Row> {
    Some(Row {
        id: text_of(&value[0])?,
        rank: text_of(&value[1])?,
        status: text_of(&value[2])?,
        numbers: value[3].as_array()?.iter().map(text_of).collect(),
        title: text_of(&value[4])?,
    })
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
