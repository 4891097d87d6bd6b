//! The readings of a metric: a table in the text of its record, one row for each day.
//!
//! The first table whose header has a column `date` and a column `value` holds them; a column `note`
//! is for people. A row that cannot be read stays where it is and is told with its place: it is never
//! counted as nothing.

use std::collections::BTreeMap;

use super::date::{self, Date};
use super::document::Document;
use super::edit::body::{at_end, line_break};
use super::entry;
use super::message::counted;
use super::note;
use super::separated::{self, InLine};
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
        // A plus is no part of the number, and a second sign is none.
        let plain = value.strip_prefix('+').filter(|rest| !rest.starts_with(['+', '-']));
        let plain = plain.unwrap_or(value);
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
}

/// Why readings are not written down.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// There are others of the same days: for each, the place of the new one, and the old one.
    Taken(Vec<(usize, Reading)>),
    /// The text leaves no room for a table.
    NoRoom,
}

/// The text with more readings, each at its place by day; a table is made at the end of the text if
/// there is none. A reading that is there already changes nothing. With `replace`, one of the same
/// day makes way, and leaves its note to a reading without one. No two new ones are of one day.
pub fn record(document: &Document, new: &[Reading], replace: bool) -> Result<String, Refused> {
    let (text, old) = (document.text(), Readings::of(document));
    let merged = old.merged(new, replace).map_err(Refused::Taken)?;
    if merged.is_empty() {
        return Ok(text.to_owned());
    }
    let result = match &old.shape {
        Some(shape) => spliced(text, &old, shape, &merged),
        None => text.to_owned() + &at_end(text, &new_table(line_break(text), &merged.inserted)),
    };
    let after = Document::parse(document.path(), result);
    let found = Readings::of(&after).rows.into_iter().map(|row| row.reading);
    match after.is_readable() && found.eq(merged.rows(&old)) {
        true => Ok(after.text().to_owned()),
        false => Err(Refused::NoRoom),
    }
}

/// What new readings change in a table.
#[derive(Default)]
struct Merged {
    /// By their rows, those that take the place of others.
    replaced: BTreeMap<usize, Reading>,
    /// By day, those that get rows of their own, each with the row that it comes before.
    inserted: Vec<(usize, Reading)>,
}

impl Merged {
    fn is_empty(&self) -> bool {
        self.replaced.is_empty() && self.inserted.is_empty()
    }

    /// The rows that the table has to have then.
    fn rows(&self, old: &Readings) -> Vec<Result<Reading, String>> {
        let mut rows = Vec::with_capacity(old.rows.len() + self.inserted.len());
        let mut inserted = self.inserted.iter().peekable();
        for (at, row) in old.rows.iter().enumerate() {
            while let Some((_, new)) = inserted.next_if(|(place, _)| *place <= at) {
                rows.push(Ok(new.clone()));
            }
            rows.push(
                self.replaced.get(&at).map_or_else(|| row.reading.clone(), |it| Ok(it.clone())),
            );
        }
        rows.extend(inserted.map(|(_, new)| Ok(new.clone())));
        rows
    }
}

impl Readings {
    /// What new readings change; without `replace`, those that others stand in the way of.
    fn merged(&self, new: &[Reading], replace: bool) -> Result<Merged, Vec<(usize, Reading)>> {
        let read = self.rows.iter().map(|row| row.reading.as_ref().ok()).enumerate();
        let by_day: BTreeMap<Date, (usize, &Reading)> =
            read.filter_map(|(at, it)| Some((it?.date, (at, it?)))).collect();
        let (mut merged, mut taken) = (Merged::default(), Vec::new());
        for (nth, new) in new.iter().enumerate() {
            match by_day.get(&new.date) {
                Some((_, it))
                    if it.value == new.value && (new.note.is_empty() || new.note == it.note) => {}
                Some((_, it)) if !replace => taken.push((nth, (*it).clone())),
                Some((at, it)) => {
                    let note = if new.note.is_empty() { &it.note } else { &new.note };
                    merged.replaced.insert(*at, Reading { note: note.clone(), ..new.clone() });
                }
                None => merged.inserted.push((0, new.clone())),
            }
        }
        self.place(&mut merged.inserted);
        if taken.is_empty() { Ok(merged) } else { Err(taken) }
    }

    /// Sorts readings by day, and gives each its place: before the first row of a later day.
    fn place(&self, inserted: &mut [(usize, Reading)]) {
        inserted.sort_by_key(|(_, new)| new.date);
        let is_later =
            |at: usize, date: Date| self.rows[at].reading.as_ref().is_ok_and(|it| it.date > date);
        let mut at = 0;
        for (place, new) in inserted {
            while at < self.rows.len() && !is_later(at, new.date) {
                at += 1;
            }
            *place = at;
        }
    }
}

/// The text with the changes of a table.
fn spliced(text: &str, old: &Readings, shape: &Shape, merged: &Merged) -> String {
    let line_break = line_break(text);
    let replaced = merged.replaced.iter().map(|(at, new)| (old.rows[*at].span, shape.line(new)));
    let inserted = merged.inserted.iter().map(|(place, new)| {
        let above = place.checked_sub(1).map_or(shape.end_of_head, |at| old.rows[at].span.end);
        (Span::at(above), format!("{line_break}{}", shape.line(new)))
    });
    let mut changes: Vec<(Span, String)> = replaced.chain(inserted).collect();
    changes.sort_by_key(|(span, _)| *span);
    let (mut result, mut done) = (String::with_capacity(text.len()), 0);
    for (span, line) in changes {
        result.push_str(&text[done..span.start]);
        result.push_str(&line);
        done = span.end;
    }
    result + &text[done..]
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

/// A table of readings.
fn new_table(line_break: &str, readings: &[(usize, Reading)]) -> String {
    let shape =
        Shape { end_of_head: 0, indent: String::new(), date: 0, value: 1, note: Some(2), width: 3 };
    let head = ["| date | value | note |", "| --- | --- | --- |"].map(str::to_owned);
    let rows = readings.iter().map(|(_, reading)| shape.line(reading));
    head.into_iter().chain(rows).collect::<Vec<_>>().join(line_break)
}

/// Readings from a file of values with separators, each with its line: a day, a number and, if it
/// likes, a note. A first row that names the columns `date` and `value` says in which order they
/// come; any other is a reading. The errors are lines with what is wrong.
pub fn from_csv(text: &str) -> Result<Vec<InLine<Reading>>, Vec<InLine<String>>> {
    let mut rows = separated::rows(text).into_iter().peekable();
    let header = rows.next_if(|(_, row)| row.as_ref().is_ok_and(|it| Columns::named(it).is_some()));
    let columns = header.and_then(|(_, row)| Columns::named(&row.ok()?)).unwrap_or_default();
    let mut by_day: BTreeMap<Date, Reading> = BTreeMap::new();
    let (mut readings, mut wrong) = (Vec::new(), Vec::new());
    for (line, row) in rows {
        let new = match row.and_then(|values| columns.reading(&values)) {
            Ok(new) => new,
            Err(problem) => {
                wrong.push((line, problem));
                continue;
            }
        };
        match by_day.get(&new.date) {
            Some(old) if old.says(&new) => {}
            Some(old) => {
                let (day, one, other) = (new.date, &old.written, &new.written);
                wrong.push((line, format!("{day} twice, with {one} and with {other}")));
            }
            None => {
                by_day.insert(new.date, new.clone());
                readings.push((line, new));
            }
        }
    }
    if wrong.is_empty() { Ok(readings) } else { Err(wrong) }
}

/// Which values of a row are what.
struct Columns {
    /// Their names, as they are told.
    names: String,
    date: usize,
    value: usize,
    /// The only other one, if there is one.
    note: Option<usize>,
    width: usize,
}

impl Default for Columns {
    fn default() -> Self {
        let names = "date,value or date,value,note".to_owned();
        Self { names, date: 0, value: 1, note: Some(2), width: 3 }
    }
}

impl Columns {
    /// The columns that a row names, if it names those of a day and a number.
    fn named(row: &[String]) -> Option<Self> {
        let column = |name: &str| row.iter().position(|it| it.trim().eq_ignore_ascii_case(name));
        let (date, value) = (column("date")?, column("value")?);
        let mut others = (0..row.len()).filter(|at| ![date, value].contains(at));
        let note = column("note").or_else(|| others.next());
        // Of a fourth column nobody knows what it is: its rows are told to have too many values.
        let width = row.len().min(3);
        let names = match row.len() {
            ..=3 => row.iter().map(|name| name.trim()).collect::<Vec<_>>().join(","),
            _ => "date,value,note".to_owned(),
        };
        Some(Self { names, date, value, note, width })
    }

    /// The reading in a row. The note may be missing, if it comes last.
    fn reading(&self, row: &[String]) -> Result<Reading, String> {
        if row.len() > self.width || row.len() <= self.date.max(self.value) {
            let fields = counted(row.len(), "field");
            return Err(format!("{fields} instead of {}", self.names));
        }
        let day = row[self.date].trim();
        let date = date::parse(day).ok_or_else(|| format!("'{day}' is not a day"))?;
        let note = self.note.and_then(|at| row.get(at)).map_or("", String::as_str);
        Reading::of(date, &row[self.value], note)
    }
}

#[cfg(test)]
mod tests;
