//! The readings of a metric: a table in the text of its record, one row for each day.
//!
//! The first table whose header has a column `date` and a column `value` holds them; a column `note`
//! is for people. A row that cannot be read stays where it is and is told with its place: it is never
//! counted as nothing.

use super::date::{self, Date};
use super::document::Document;
use super::edit::body::{at_end, line_break};
use super::entry;
use super::note;
use super::span::Span;
use super::table::{self, Table, tables};

/// One reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The day.
    pub date: Date,
    /// The number.
    pub value: f64,
    /// The number as it is written.
    pub written: String,
    /// What somebody said about it.
    pub note: String,
}

impl Reading {
    /// A reading from texts as people type them; the message says what is wrong with them.
    pub fn of(date: Date, value: &str, note: &str) -> Result<Self, String> {
        let value = value.trim();
        let plain = value.strip_prefix('+').unwrap_or(value);
        let number = entry::number(plain).ok_or_else(|| not_a_number(value))?;
        Ok(Self { date, value: number, written: plain.to_owned(), note: note::one_line(note) })
    }

    fn says(&self, other: &Self) -> bool {
        self.value == other.value && self.note == other.note
    }
}

/// `'41,2' is not a number`, and what to write instead where that can be seen.
fn not_a_number(text: &str) -> String {
    let with_point = text.replace(',', ".");
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let hint = match () {
        () if entry::number(&with_point).is_some() => format!("; write {with_point}"),
        () if digits != text && entry::number(digits).is_some() => format!("; write {digits}"),
        () => String::new(),
    };
    format!("'{text}' is not a number{hint}")
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The bytes of its line, without the line break.
    pub span: Span,
    /// The reading, or what is wrong with it.
    pub reading: Result<Reading, String>,
}

/// The table of a metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Readings {
    /// The rows, from top to bottom.
    pub rows: Vec<Row>,
    /// The shape of the table, if there is one.
    shape: Option<Shape>,
}

/// Where the table of a metric has what.
#[derive(Clone, Debug, PartialEq)]
struct Shape {
    /// The end of the line under the header.
    end_of_head: usize,
    /// What stands before the first bar of that line.
    indent: String,
    date: usize,
    value: usize,
    note: Option<usize>,
    width: usize,
}

impl Readings {
    /// The readings of a record.
    pub fn of(document: &Document) -> Self {
        let tables = tables(document.body());
        let mut own = tables.iter().filter(|table| !table.is_nested);
        own.find_map(|table| Self::in_table(document, table)).unwrap_or_default()
    }

    /// The readings in a table, if it has the columns for them.
    fn in_table(document: &Document, table: &Table) -> Option<Self> {
        let (body, start) = (document.body(), document.body_span().start);
        let shape = Shape::of(body, start, table)?;
        let row = |row: &table::Row| Row {
            span: row.span.shifted(start),
            reading: shape.reading(&row.written(body)),
        };
        Some(Self { rows: table.rows.iter().map(row).collect(), shape: Some(shape) })
    }

    /// The readings that could be read, by day; of several on one day the last.
    pub fn sorted(&self) -> Vec<&Reading> {
        let mut all: Vec<&Reading> =
            self.rows.iter().filter_map(|row| row.reading.as_ref().ok()).collect();
        all.sort_by_key(|reading| reading.date);
        let mut unique: Vec<&Reading> = Vec::with_capacity(all.len());
        for reading in all {
            match unique.last_mut().filter(|last| last.date == reading.date) {
                Some(last) => *last = reading,
                None => unique.push(reading),
            }
        }
        unique
    }

    /// The newest reading.
    pub fn last(&self) -> Option<&Reading> {
        let readings = self.rows.iter().filter_map(|row| row.reading.as_ref().ok());
        readings.max_by_key(|reading| reading.date)
    }

    /// The rows that cannot be read, with what is wrong.
    pub fn broken(&self) -> impl Iterator<Item = (Span, &str)> {
        self.rows.iter().filter_map(|row| Some((row.span, row.reading.as_ref().err()?.as_str())))
    }

    fn on(&self, date: Date) -> Option<(usize, &Reading)> {
        let readings = self.rows.iter().map(|row| row.reading.as_ref().ok()).enumerate();
        readings.rev().find_map(|(at, it)| Some((at, it.filter(|it| it.date == date)?)))
    }
}

/// Why a reading is not written down.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// There is another one of that day.
    Taken(Reading),
    /// The text leaves no room for a table.
    NoRoom,
}

/// The text with one more reading, at its place by day; a table is made at the end of the text if
/// there is none. A reading that is there already changes nothing. With `replace`, one of the same
/// day makes way, and leaves its note to a reading without one.
pub fn record(document: &Document, new: &Reading, replace: bool) -> Result<String, Refused> {
    let (text, old) = (document.text(), Readings::of(document));
    let line_break = line_break(text);
    let mut wanted: Vec<Result<Reading, String>> =
        old.rows.iter().map(|row| row.reading.clone()).collect();
    let result = match (old.on(new.date), &old.shape) {
        (Some((_, it)), _) if it.says(new) || it.value == new.value && new.note.is_empty() => {
            return Ok(text.to_owned());
        }
        (Some((_, it)), _) if !replace => return Err(Refused::Taken(it.clone())),
        (Some((at, it)), Some(shape)) => {
            let note = if new.note.is_empty() { &it.note } else { &new.note };
            let new = Reading { note: note.clone(), ..new.clone() };
            let span = old.rows[at].span;
            let line = shape.line(&new);
            wanted[at] = Ok(new);
            [&text[..span.start], &line, &text[span.end..]].concat()
        }
        (_, Some(shape)) => {
            let place = old.place(new.date);
            let above = place.checked_sub(1).map_or(shape.end_of_head, |at| old.rows[at].span.end);
            wanted.insert(place, Ok(new.clone()));
            [&text[..above], line_break, &shape.line(new), &text[above..]].concat()
        }
        (_, None) => {
            wanted.push(Ok(new.clone()));
            text.to_owned() + &at_end(text, &new_table(line_break, new))
        }
    };
    let after = Document::parse(document.path(), result);
    let found = Readings::of(&after).rows.into_iter().map(|row| row.reading);
    match after.is_readable() && found.eq(wanted) {
        true => Ok(after.text().to_owned()),
        false => Err(Refused::NoRoom),
    }
}

impl Readings {
    /// Where a reading of a day belongs: before the first of a later one.
    fn place(&self, date: Date) -> usize {
        let is_later = |row: &Row| row.reading.as_ref().is_ok_and(|it| it.date > date);
        self.rows.iter().position(is_later).unwrap_or(self.rows.len())
    }
}

impl Shape {
    /// The shape of a table of readings in a body that begins at `start`.
    fn of(body: &str, start: usize, table: &Table) -> Option<Self> {
        let columns = table.header.written(body);
        let column = |name: &str| columns.iter().position(|it| it.eq_ignore_ascii_case(name));
        let under = table.header.span.end + body[table.header.span.end..].find('\n')? + 1;
        let line = body[under..].lines().next()?;
        Some(Self {
            end_of_head: start + under + line.len(),
            indent: line[..line.len() - line.trim_start().len()].to_owned(),
            date: column("date")?,
            value: column("value")?,
            note: column("note"),
            width: columns.len(),
        })
    }

    fn reading(&self, cells: &[String]) -> Result<Reading, String> {
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        let day = cell(self.date);
        let date = date::parse(day).ok_or_else(|| format!("'{day}' is not a day"))?;
        Reading::of(date, cell(self.value), self.note.map_or("", cell))
    }

    fn line(&self, reading: &Reading) -> String {
        let mut cells = vec![String::new(); self.width];
        cells[self.date] = reading.date.to_string();
        cells[self.value].clone_from(&reading.written);
        if let Some(note) = self.note {
            cells[note].clone_from(&reading.note);
        }
        format!("{}{}", self.indent, table::line(&cells))
    }
}

/// A table of one reading.
fn new_table(line_break: &str, reading: &Reading) -> String {
    let shape =
        Shape { end_of_head: 0, indent: String::new(), date: 0, value: 1, note: Some(2), width: 3 };
    let lines = ["| date | value | note |", "| --- | --- | --- |", &shape.line(reading)];
    lines.join(line_break)
}

/// Something with the line of the file that it stands in, from 1.
pub type InLine<T> = (u64, T);

/// Readings from a file of comma-separated values, each with its line: `date,value` and, if it likes,
/// a note. A header is passed over, and so are blank lines; semicolons do as well as commas. The
/// errors are lines with what is wrong.
pub fn from_csv(text: &str) -> Result<Vec<InLine<Reading>>, Vec<InLine<String>>> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_semicolon = first.contains(';');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if is_semicolon { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let mut readings: Vec<InLine<Reading>> = Vec::new();
    let mut wrong = Vec::new();
    for (at, record) in reader.records().enumerate() {
        // A text is UTF-8, and any number of fields is fine: only a huge record is none.
        let Ok(record) = record else { continue };
        let line = record.position().map_or(0, |start| line_of(text, start));
        let fields: Vec<&str> = record.iter().collect();
        match of_fields(&fields) {
            Ok(new) => match readings.iter().find(|(_, it)| it.date == new.date) {
                Some((_, old)) if old.says(&new) => {}
                Some((_, old)) => {
                    let (day, one, other) = (new.date, &old.written, &new.written);
                    wrong.push((line, format!("{day} twice, with {one} and with {other}")));
                }
                None => readings.push((line, new)),
            },
            Err(_) if at == 0 && is_header(&fields) => {}
            Err(problem) => wrong.push((line, problem)),
        }
    }
    if wrong.is_empty() { Ok(readings) } else { Err(wrong) }
}

/// The line of a record. The reader counts the blank lines before it as a part of it.
fn line_of(text: &str, start: &csv::Position) -> u64 {
    let from = usize::try_from(start.byte()).unwrap_or_default();
    let rest = text.get(from..).unwrap_or_default();
    let blank = &rest[..rest.len() - rest.trim_start_matches(['\r', '\n']).len()];
    start.line() + blank.matches('\n').count() as u64
}

fn of_fields(fields: &[&str]) -> Result<Reading, String> {
    let (day, value, note) = match fields {
        [day, value] => (*day, *value, ""),
        [day, value, note] => (*day, *value, *note),
        _ => return Err(format!("{} fields instead of date,value,note", fields.len())),
    };
    let day = day.trim();
    let date = date::parse(day).ok_or_else(|| format!("'{day}' is not a day"))?;
    Reading::of(date, value, note)
}

/// Whether a record names columns: it has neither a day nor a number.
fn is_header(fields: &[&str]) -> bool {
    let is_word = |field: &&str| !field.contains(|c: char| c.is_ascii_digit());
    fields.iter().all(is_word) && fields.len() > 1
}

#[cfg(test)]
mod tests;
