//! The parts that several views share.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use crate::domain::acceptance;
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, FieldType};
use crate::domain::log::LogEntry;
use crate::domain::progress::Way;
use crate::domain::question::{self, Question};
use crate::domain::standing::Link;
use crate::render::block::{Block, Cell, Line, Tone};

/// A field of a view: its name, empty where it goes on with the one above, and its line.
pub(super) type Field<'a> = (Cow<'a, str>, Line<'a>);

/// Lines as fields of which the first has a name.
pub(super) fn under<'a>(
    name: &'a str,
    lines: impl IntoIterator<Item = Line<'a>>,
) -> impl Iterator<Item = Field<'a>> {
    let lines = lines.into_iter().enumerate();
    lines.map(move |(at, line)| (if at == 0 { name.into() } else { "".into() }, line))
}

/// What stands above a view of one document: `BL-7k3qd  Guest checkout`.
pub(super) fn heading<'a>(entry: &'a Entry) -> Block<'a> {
    let title = Line::from(Cell::id(entry.id())).then("  ").then(Cell::strong(entry.title()));
    Block::heading(1, title)
}

/// A document in a line: `BL-7k3qd Guest checkout`.
pub(super) fn named(entry: &Entry) -> Line<'_> {
    Line::from(Cell::id(entry.id())).then(" ").then(entry.title())
}

/// A line with a note in brackets behind it, if there is one.
pub(super) fn noted<'a>(line: Line<'a>, note: &str) -> Line<'a> {
    if note.is_empty() { line } else { line.then(Cell::dim(format!(" ({note})"))) }
}

/// `EV-zw8d2 Neighbours bring neighbours (strength 2, survey, 52 people) speaks against it`
pub(super) fn link<'a>(link: &'a Link<'a>) -> Line<'a> {
    let line = match link.entry {
        Some(entry) => named(entry),
        None => {
            let id = Line::from(Cell::id(&*link.id));
            id.then(" ").then(Cell::new("does not exist", Tone::Bad))
        }
    };
    let line = noted(line, &link.note);
    if link.is_against { line.then(Cell::new(" speaks against it", Tone::Warn)) } else { line }
}

/// The same for programs.
pub(super) fn link_object(link: &Link<'_>) -> Value {
    json!({
        "id": link.id,
        "title": link.entry.map(|it| it.title().into_owned()),
        "note": Some(&link.note).filter(|note| !note.is_empty()),
        "against": link.is_against,
    })
}

/// What a page has no answer to, each with what to do about it; nothing if it has them all.
pub(super) fn missing<'a>(missing: &[(&'static str, String)]) -> Vec<Block<'a>> {
    let line = |(what, advice): &(&'static str, String)| {
        Line::from(Cell::new(*what, Tone::Warn)).then(format!(": {advice}"))
    };
    if missing.is_empty() {
        return Vec::new();
    }
    let lines = missing.iter().map(line).collect();
    vec![Block::Blank, Block::heading(2, "Missing"), Block::List(lines)]
}

/// The same for programs.
pub(super) fn missing_objects(missing: &[(&'static str, String)]) -> Value {
    missing.iter().map(|(part, advice)| json!({ "part": part, "advice": advice })).collect()
}

/// The tone of a status: what is under way stands out, what is over steps back.
pub(super) fn status_cell<'a>(backlog: &Backlog, entry: &'a Entry) -> Cell<'a> {
    let tone = match backlog.category(entry) {
        Category::Todo => Tone::Plain,
        Category::Doing => Tone::Warn,
        Category::Done => Tone::Good,
        Category::Dropped => Tone::Dim,
    };
    Cell::new(entry.status(), tone)
}

/// The open questions of a document, one a line and each with its number, as fields.
pub(super) fn questions<'a>(entry: &Entry) -> Vec<Field<'a>> {
    let line = |it: Question| {
        let number = it.number.unwrap_or_default();
        Line::from(Cell::dim(format!("{number} "))).then(it.note.to_string())
    };
    let read = question::open(entry).into_iter().map(line);
    let unread = question::unread(entry).into_iter().map(|it| Line::from(Cell::dim(it)));
    under(question::FIELD, read.chain(unread)).collect()
}

/// `mira@example.org on 2026-11-25`
pub(super) fn accepted<'a>(entry: &Entry) -> Line<'a> {
    let Some(it) = acceptance::of(&entry.document) else { return Line::default() };
    let on = it.on.map(|day| format!(" on {day}")).unwrap_or_default();
    Line::from(format!("{}{on}", it.by))
}

/// How many criteria are met, `2/5`; empty without any.
pub(super) fn met(backlog: &Backlog, entry: &Entry) -> String {
    match entry.met(&backlog.config) {
        (_, 0) => String::new(),
        (met, all) => format!("{met}/{all}"),
    }
}

/// A number for people: at most two digits after the point.
pub(super) fn plain(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    // There is no zero below zero.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// An amount of money without its fraction, in groups of three digits: `54,000 EUR`.
pub(super) fn money(amount: f64, currency: Option<&str>) -> String {
    let whole = format!("{:.0}", amount.abs());
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if amount.round() < 0.0 { "-" } else { "" };
    let currency = currency.map(|it| format!(" {it}")).unwrap_or_default();
    format!("{sign}{grouped}{currency}")
}

/// How far a goal has come, for programs.
pub(super) fn way_object(way: &Way<'_>) -> Value {
    json!({
        "metric": way.metric.map(Entry::id),
        "baseline": way.baseline,
        "now": way.now.as_ref().map(|it| it.value),
        "day": way.now.as_ref().map(|it| it.date.to_string()),
        "target": way.target,
        "share": way.share(),
    })
}

/// The fields of an entry as JSON: typed where the field is known, as YAML has them otherwise.
pub(super) fn fields(backlog: &Backlog, entry: &Entry) -> Map<String, Value> {
    let text = entry.document.text();
    let mut object = Map::new();
    for node in entry.document.pairs() {
        let key = node.key(text);
        let value = match entry.field_type(&key, &backlog.config) {
            Some(FieldType::Number) => {
                entry.number(&key).map_or_else(|| node.value().to_json(text), number)
            }
            Some(value) if value.is_list() => list(entry.list(&key)),
            Some(FieldType::Any) | None => node.value().to_json(text),
            Some(_) => entry.text(&key).map_or(Value::Null, |text| json!(text)),
        };
        object.insert(key.into_owned(), value);
    }
    object
}

/// A number as JSON; a whole one without a fraction.
pub(super) fn number(number: f64) -> Value {
    const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < LARGEST_EXACT {
        json!(number as i64)
    } else {
        json!(number)
    }
}

fn list(values: Vec<Cow<'_, str>>) -> Value {
    Value::Array(values.into_iter().map(|value| json!(value)).collect())
}

/// An entry as JSON: where it is, then its fields, then what follows from them.
pub(super) fn entry(backlog: &Backlog, entry: &Entry) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("kind".to_owned(), json!(entry.kind.name));
    object.insert("path".to_owned(), json!(entry.path()));
    object.extend(fields(backlog, entry));
    if entry.kind.is_ranked() {
        let (met, all) = entry.met(&backlog.config);
        object.insert("position".to_owned(), json!(backlog.position(entry)));
        object.insert("criteria_met".to_owned(), json!(met));
        object.insert("criteria_total".to_owned(), json!(all));
    }
    object.insert("category".to_owned(), json!(backlog.category(entry).word()));
    object
}

/// A line with who did something, and when, behind it: ` (Mira 2026-11-01)`.
pub(super) fn signed<'a>(line: Line<'a>, entry: &'a LogEntry) -> Line<'a> {
    let who = match (&*entry.commit, &*entry.author) {
        ("", _) => return line.then(Cell::dim(" (not committed)")),
        (_, "") => &entry.email,
        (_, author) => author,
    };
    line.then(Cell::dim(format!(" ({who} "))).then(Cell::day(entry.day())).then(Cell::dim(")"))
}
