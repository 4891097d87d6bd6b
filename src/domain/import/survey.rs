//! The answers of a survey: a table as CSV, with a row for each answer.
//!
//! Columns are known by their headings. Rows that are broken are all told with their lines before
//! anything is written, because a table that came in by half is worse than none.

use super::finding::{self, Finding, Findings};
use super::{Format, Import, Request};
use crate::domain::edit::Value;
use crate::domain::message::counted;
use crate::domain::note::one_line;
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::separated;
use crate::domain::source::SourceFile;
use crate::domain::span::{Position, Span};

pub(super) const FORMAT: Format = Format {
    name: "survey",
    summary: "a table as CSV with a row for each answer, and a column finding or answer",
    reads: |path| path.to_lowercase().ends_with(".csv"),
    import,
};

/// What to do about a quote that is left open.
const CLOSE: &str = "close it, and write a quote inside of a text in quotes twice";

/// The column that becomes the title.
const TITLE: &[&str] =
    &["finding", "title", "summary", "answer", "comment", "feedback", "quote", "response"];

/// The headings of columns, and the fields that they become.
const COLUMNS: &[(&[&str], &str)] = &[
    (&["date", "day", "timestamp", "time", "submitted", "submitted at"], "date"),
    (&["persona", "personas"], "personas"),
    (&["participants", "people", "n", "count"], "participants"),
    (&["strength"], "strength"),
    (&["method"], "method"),
    (&["source"], "source"),
    (&["supports", "item", "items", "for"], "supports"),
    (&["contradicts", "against"], "contradicts"),
];

fn import(request: &Request<'_>) -> Import {
    let mut import = Import::default();
    let mut findings = Findings::of_rows(request);
    for file in request.files {
        match &file.text {
            Ok(text) => read(file, text, request, &mut findings, &mut import),
            Err(problem) => import.problems.push((file.path.clone(), problem.clone())),
        }
    }
    findings.finish(&mut import);
    import
}

/// What a column becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Becomes {
    Title,
    Field(&'static str),
    /// A line of the text.
    Text,
}

fn read(
    file: &SourceFile,
    text: &str,
    request: &Request<'_>,
    findings: &mut Findings<'_>,
    import: &mut Import,
) {
    let mut rows = separated::rows(text).into_iter();
    let mut broken = |line: usize, message: String, hint: &str| {
        let position = Position { line, column: 1 };
        let (kind, span) = (ProblemKind::WrongType, Span::default());
        let hint = Some(hint.to_owned());
        import.problems.push((file.path.clone(), Problem { kind, message, hint, span, position }));
    };
    let header = match rows.next() {
        Some((_, Ok(header))) => header,
        Some((line, Err(problem))) => return broken(line, problem, CLOSE),
        None => {
            let message = "the table is empty".to_owned();
            return broken(1, message, "its first row names the columns");
        }
    };
    let names: Vec<String> = header.iter().map(|name| one_line(name)).collect();
    let columns: Vec<Becomes> = columns(&names);
    if !columns.contains(&Becomes::Title) {
        let message = format!("no column with findings among {}", names.join(", "));
        broken(1, message, "call it finding or answer");
        return;
    }
    let mut sound: Vec<Finding> = Vec::new();
    let mut used = vec![0_usize; names.len()];
    for (line, row) in rows {
        let row = match row {
            Ok(row) => row,
            Err(problem) => {
                broken(line, problem, CLOSE);
                continue;
            }
        };
        if row.len() != names.len() {
            let (cells, columns) = (counted(row.len(), "cell"), names.len());
            let hint = match row.len() < columns {
                true => "give it a cell for each column, empty where it says nothing",
                false => "put a text with the separator in quotes",
            };
            broken(line, format!("{cells}, and the table has {columns} columns"), hint);
            continue;
        }
        let mut finding = Finding::default();
        let mut is_sound = true;
        for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            used[at] += 1;
            match columns[at] {
                Becomes::Title => finding.words = one_line(cell),
                Becomes::Text => finding.more += &format!("- {}: {}\n", names[at], one_line(cell)),
                Becomes::Field(field) => match finding::value(request.backlog, field, cell) {
                    Ok(value) => finding.fields.push((field, value)),
                    Err((message, hint)) => {
                        broken(line, format!("{}: {message}", names[at]), hint);
                        is_sound = false;
                    }
                },
            }
        }
        if finding.words.is_empty() {
            broken(
                line,
                "the row says nothing in the column of the finding".to_owned(),
                "write it, or take the row out",
            );
            is_sound = false;
        }
        if is_sound {
            sound.push(finding);
        }
    }
    count(&names, &columns, &used, import);
    let stem = file.path.rsplit('/').next().unwrap_or(&file.path);
    for mut finding in sound {
        let has = |field: &str| finding.fields.iter().any(|(name, _)| *name == field);
        let (has_method, has_source) = (has("method"), has("source"));
        if !has_method {
            finding.fields.push(("method", Value::Text("survey".to_owned())));
        }
        if !has_source {
            finding.fields.push(("source", Value::Text(stem.to_owned())));
        }
        findings.add(finding, &file.path, import);
    }
}

/// What each column becomes: of two for one field, the first.
fn columns(names: &[String]) -> Vec<Becomes> {
    let mut columns: Vec<Becomes> = Vec::new();
    for name in names {
        let name = name.to_lowercase();
        let field = COLUMNS.iter().find(|(words, _)| words.contains(&&*name));
        let becomes = match field {
            _ if TITLE.contains(&&*name) => Becomes::Title,
            Some((_, field)) => Becomes::Field(field),
            None => Becomes::Text,
        };
        let is_taken = becomes != Becomes::Text && columns.contains(&becomes);
        columns.push(if is_taken { Becomes::Text } else { becomes });
    }
    columns
}

/// Says of each column what became of it.
fn count(names: &[String], columns: &[Becomes], used: &[usize], import: &mut Import) {
    for ((name, becomes), n) in names.iter().zip(columns).zip(used) {
        let became = match becomes {
            Becomes::Title => "title",
            Becomes::Field(field) => field,
            Becomes::Text => "a line of the text",
        };
        (0..*n).for_each(|_| import.count(name, Ok(became)));
    }
}
