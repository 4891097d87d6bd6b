//! The readings of a metric: a table in the text of its record, one row for each day.
//!
//! The first table whose header has a column `date` and a column `value` holds them; a column `note`
//! is for people. A row that cannot be read stays where it is and is told with its place: it is never
//! counted as nothing.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::date::{self, Date};
use super::document::Document;
use super::entry;
use super::note;
use super::span::Span;

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
    /// The table, if there is one.
    table: Option<Table>,
}

#[derive(Clone, Debug, PartialEq)]
struct Table {
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
        let (text, body) = (document.text(), document.body_span().start);
        let mut events = Parser::new_ext(&text[body..], Options::ENABLE_TABLES).into_offset_iter();
        let mut depth = 0_usize;
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::Table(_)) if depth == 0 => {
                    let lines = lines(text, Span::new(range.start, range.end).shifted(body));
                    if let Some(readings) = table(text, &lines) {
                        return readings;
                    }
                    for (event, _) in events.by_ref() {
                        if event == Event::End(TagEnd::Table) {
                            break;
                        }
                    }
                }
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        Self::default()
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
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut wanted: Vec<Result<Reading, String>> =
        old.rows.iter().map(|row| row.reading.clone()).collect();
    let result = match (old.on(new.date), &old.table) {
        (Some((_, it)), _) if it.says(new) || it.value == new.value && new.note.is_empty() => {
            return Ok(text.to_owned());
        }
        (Some((_, it)), _) if !replace => return Err(Refused::Taken(it.clone())),
        (Some((at, it)), Some(table)) => {
            let note = if new.note.is_empty() { &it.note } else { &new.note };
            let new = Reading { note: note.clone(), ..new.clone() };
            let span = old.rows[at].span;
            let line = table.line(&new);
            wanted[at] = Ok(new);
            [&text[..span.start], &line, &text[span.end..]].concat()
        }
        (_, Some(table)) => {
            let place = old.place(new.date);
            let above = place.checked_sub(1).map_or(table.end_of_head, |at| old.rows[at].span.end);
            wanted.insert(place, Ok(new.clone()));
            [&text[..above], line_break, &table.line(new), &text[above..]].concat()
        }
        (_, None) => {
            wanted.push(Ok(new.clone()));
            with_table(text, line_break, new)
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

impl Table {
    fn line(&self, reading: &Reading) -> String {
        let mut cells = vec![String::new(); self.width];
        cells[self.date] = reading.date.to_string();
        cells[self.value].clone_from(&reading.written);
        if let Some(note) = self.note {
            cells[note] = reading.note.replace('\\', "\\\\").replace('|', "\\|");
        }
        let mut line = format!("{}|", self.indent);
        for cell in cells {
            line.push_str(&if cell.is_empty() { " |".to_owned() } else { format!(" {cell} |") });
        }
        line
    }
}

fn with_table(text: &str, line_break: &str, reading: &Reading) -> String {
    let table =
        Table { end_of_head: 0, indent: String::new(), date: 0, value: 1, note: Some(2), width: 3 };
    let is_closed = text.ends_with('\n');
    let gap = line_break.repeat(if is_closed { 1 } else { 2 });
    let close = if is_closed { line_break } else { "" };
    let lines = ["| date | value | note |", "| --- | --- | --- |", &table.line(reading)];
    format!("{text}{gap}{}{close}", lines.join(line_break))
}

/// The lines of a part of a text, without their line breaks.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let mut lines = Vec::new();
    // A block that is indented begins behind its indentation.
    let mut start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    for line in text[start..span.end].split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        lines.push(Span::new(start, end));
        start += line.len();
    }
    lines.retain(|line| !line.of(text).trim().is_empty());
    lines
}

/// The readings in the lines of a table, if it has the columns for them.
fn table(text: &str, lines: &[Span]) -> Option<Readings> {
    let (head, rest) = lines.split_first()?;
    let (under, rows) = rest.split_first()?;
    let columns = cells(head.of(text));
    let column = |name: &str| columns.iter().position(|it| it.eq_ignore_ascii_case(name));
    let line = under.of(text);
    let table = Table {
        end_of_head: under.end,
        indent: line[..line.len() - line.trim_start().len()].to_owned(),
        date: column("date")?,
        value: column("value")?,
        note: column("note"),
        width: columns.len(),
    };
    let row = |span: &Span| Row { span: *span, reading: reading(&cells(span.of(text)), &table) };
    Some(Readings { rows: rows.iter().map(row).collect(), table: Some(table) })
}

fn reading(cells: &[String], table: &Table) -> Result<Reading, String> {
    let cell = |at: usize| cells.get(at).map_or("", String::as_str);
    let day = cell(table.date);
    let date = date::parse(day).ok_or_else(|| format!("'{day}' is not a day"))?;
    Reading::of(date, cell(table.value), table.note.map_or("", cell))
}

/// The cells of a row, as they are meant: a bar in one is written `\|`.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = chars.next_if(|next| c == '\\' && matches!(next, '|' | '\\'));
        match (c, escaped, cells.last_mut()) {
            (_, Some(meant), Some(cell)) => cell.push(meant),
            ('|', ..) => cells.push(String::new()),
            (c, _, Some(cell)) => cell.push(c),
            _ => {}
        }
    }
    if cells.last().is_some_and(|last| last.trim().is_empty()) && cells.len() > 1 {
        cells.pop();
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEAD: &str = "---\nid: METRIC-a\ntitle: A\n---\n";

    fn document(body: &str) -> Document {
        Document::parse("metrics/METRIC-a.md", format!("{HEAD}{body}"))
    }

    fn reading(day: &str, value: &str, note: &str) -> Reading {
        Reading::of(date::parse(day).unwrap(), value, note).unwrap()
    }

    fn check(body: &str, new: &Reading, replace: bool, expected: Result<&str, Refused>) {
        let result = record(&document(body), new, replace);
        assert_eq!(result, expected.map(|body| format!("{HEAD}{body}")), "{body:?}");
    }

    const TABLE: &str = "\nText.\n\n| date | value | note |\n| --- | --- | --- |\n\
                         | 2026-11-01 | 41 | first |\n| 2026-11-15 | 46 | |\n\nMore.\n";

    #[test]
    fn a_reading_goes_to_its_place_and_no_other_byte_changes() {
        let new = |at: &str, line: &str| TABLE.replace(at, &format!("{at}{line}\n"));
        let between = new("| 2026-11-01 | 41 | first |\n", "| 2026-11-08 | 39.50 | a \\| b |");
        check(TABLE, &reading("2026-11-08", "39.50", "a | b"), false, Ok(&between));
        let first = new("| --- | --- | --- |\n", "| 2026-10-31 | -3 | |");
        check(TABLE, &reading("2026-10-31", "-3", ""), false, Ok(&first));
        let last = new("| 2026-11-15 | 46 | |\n", "| 2026-11-22 | 47 | |");
        check(TABLE, &reading("2026-11-22", "+47", ""), false, Ok(&last));
        let crlf = |text: &str| text.replace('\n', "\r\n");
        check(&crlf(TABLE), &reading("2026-11-22", "47", ""), false, Ok(&crlf(&last)));
    }

    #[test]
    fn one_day_has_one_reading() {
        check(TABLE, &reading("2026-11-15", "46.0", ""), false, Ok(TABLE));
        check(TABLE, &reading("2026-11-01", "41", ""), false, Ok(TABLE));
        let old = reading("2026-11-01", "41", "first");
        check(TABLE, &reading("2026-11-01", "42", ""), false, Err(Refused::Taken(old)));
        let other = TABLE.replace("| 41 | first", "| 42 | first");
        check(TABLE, &reading("2026-11-01", "42", ""), true, Ok(&other));
    }

    #[test]
    fn a_table_is_made_where_there_is_none() {
        let table = "| date | value | note |\n| --- | --- | --- |\n| 2026-11-08 | 39 | |";
        let new = reading("2026-11-08", "39", "");
        check("", &new, false, Ok(&format!("\n{table}\n")));
        check("\nText.", &new, false, Ok(&format!("\nText.\n\n{table}")));
        check(
            "\n| a | b |\n| - | - |\n",
            &new,
            false,
            Ok(&format!("\n| a | b |\n| - | - |\n\n{table}\n")),
        );
        check("\n```\nopen\n", &new, false, Err(Refused::NoRoom));
    }

    #[test]
    fn other_tables_and_other_orders_of_columns_are_respected() {
        let body = "\n| Source | Value | Date |\n|---|--:|---|\n| shop | 41 | 2026-11-01 |";
        let after = format!("{body}\n| | 39 | 2026-11-08 |");
        check(body, &reading("2026-11-08", "39", "lost"), false, Err(Refused::NoRoom));
        check(body, &reading("2026-11-08", "39", ""), false, Ok(&after));
    }

    #[test]
    fn what_cannot_be_read_is_told_and_stays() {
        let body = "\n| date | value |\n| --- | --- |\n| 2026-11-01 | 4,5 |\n| soon | 3 |\n| 2026-11-08 | 3 % |\n| 2026-11-09 | NaN |\n| 2026-11-10 |\n| 2026-11-11 | 7 |\n";
        let readings = Readings::of(&document(body));
        let broken: Vec<&str> = readings.broken().map(|(_, problem)| problem).collect();
        assert_eq!(
            broken,
            [
                "'4,5' is not a number; write 4.5",
                "'soon' is not a day",
                "'3 %' is not a number; write 3",
                "'NaN' is not a number",
                "'' is not a number",
            ]
        );
        assert_eq!(readings.last().map(|it| it.value), Some(7.0));
        let after = body.replace("| 2026-11-11", "| 2026-11-02 | 5 |\n| 2026-11-11");
        check(body, &reading("2026-11-02", "5", ""), false, Ok(&after));
    }

    #[test]
    fn a_file_is_taken_whole_or_not_at_all() {
        let good =
            from_csv("\u{feff}date,value,note\r\n\r\n2026-11-01,41,first\n2026-11-01,41,first");
        assert_eq!(good, Ok(vec![(3, reading("2026-11-01", "41", "first"))]));
        assert_eq!(from_csv(""), Ok(Vec::new()));
        assert_eq!(
            from_csv("Tag;Wert\n2026-11-01;41,2\n"),
            Err(vec![(2, "'41,2' is not a number; write 41.2".to_owned())])
        );
        let bad = from_csv("2026-11-01,x\n2026-11-02,1\n2026-11-02,2\na\ndate,value\n");
        let bad: Vec<String> =
            bad.unwrap_err().iter().map(|(line, it)| format!("{line}: {it}")).collect();
        assert_eq!(
            bad,
            [
                "1: 'x' is not a number",
                "3: 2026-11-02 twice, with 1 and with 2",
                "4: 1 fields instead of date,value,note",
                "5: 'date' is not a day",
            ]
        );
    }

    proptest! {
        /// Whatever comes in whatever order, the table ends up sorted, with each day once.
        #[test]
        fn readings_are_in_order(days in prop::collection::vec((1_i8..=28, -99_i32..99), 0..20)) {
            let mut text = document("\nText.\n").text().to_owned();
            let mut wanted = std::collections::BTreeMap::new();
            for (day, value) in days {
                let date = Date::constant(2026, 11, day);
                let new = Reading::of(date, &value.to_string(), "n | \\ n").unwrap();
                text = record(&Document::parse("m.md", text), &new, true).unwrap();
                wanted.insert(date, new);
            }
            let readings = Readings::of(&Document::parse("m.md", text));
            let found: Vec<Reading> =
                readings.rows.into_iter().map(|row| row.reading.unwrap()).collect();
            prop_assert_eq!(found, wanted.into_values().collect::<Vec<_>>());
        }
    }
}
