//! The conflicts that stand in a document, and deciding them.

use super::entries::{self, Entry};
use super::front::Parts;
use super::{Conflict, lines};
use crate::domain::document::Document;
use crate::domain::edit::{self, Value};
use crate::domain::problem::{Problem, ProblemKind};

/// The conflicts that stand in a document: those of fields in the order of their keys, then those
/// of the text.
pub fn open(document: &Document) -> Vec<Conflict> {
    let mut conflicts: Vec<Conflict> = Vec::new();
    for Entry { key, value } in entries::read(document).unwrap_or_default() {
        let key = entries::name(&key);
        match conflicts.last_mut() {
            Some(Conflict::Field { name, either, .. }) if *name == key => either.push(value),
            _ => {
                let was = document.get(&key).map(|node| node.span().of(document.text()).to_owned());
                conflicts.push(Conflict::Field { name: key, was, either: vec![value] });
            }
        }
    }
    conflicts.extend(marks(document.text()).map(|line| Conflict::Text { line }));
    let is_marked = |problem: &Problem| problem.kind == ProblemKind::Conflict;
    let other = document.problems().iter().find(|problem| !is_marked(problem));
    conflicts.extend(other.map(|it| Conflict::Unreadable { reason: it.message.clone() }));
    conflicts
}

/// The lines of our own marks, also where they stand in a block of code.
fn marks(text: &str) -> impl Iterator<Item = usize> {
    let is_mark = |line: &str| {
        let rest = line.trim_start_matches('<');
        line.len() - rest.len() >= super::MARKER && rest.starts_with(' ')
    };
    // Most texts have none, and need not be looked through line by line.
    let text = if text.contains(">>>>>>> ") { text } else { "" };
    text.lines().enumerate().filter(move |(_, line)| is_mark(line)).map(|(nth, _)| nth + 1)
}

/// The text with the conflict of a field decided: the value is set, or the field removed, and its
/// entries in `conflicts` are gone, with the last of them the list as well.
pub fn decide(
    document: &Document,
    field: &str,
    value: Option<&Value>,
    order: &[&str],
) -> Result<String, Problem> {
    let without = |document: &Document| removed(document, field);
    let text = match value {
        None => without(document)?,
        // A list or a mapping gives way to a single value.
        Some(value) => edit::set(document, field, value, order).or_else(|_| {
            let document = Document::parse(document.path(), without(document)?);
            edit::set(&document, field, value, order)
        })?,
    };
    settled(&Document::parse(document.path(), text), field)
}

/// The text with the conflict of a field decided for one of the values that [`Conflict::Field`]
/// lists, to the byte.
pub fn choose(
    document: &Document,
    field: &str,
    value: &str,
    order: &[&str],
) -> Result<String, Problem> {
    if value.is_empty() {
        return decide(document, field, None, order);
    }
    // An edit finds the place of a field that is not there.
    let placed = match document.get(field) {
        Some(_) => document.text().to_owned(),
        None => edit::set(document, field, &Value::Literal("0".to_owned()), order)?,
    };
    let placed = Document::parse(document.path(), placed);
    let refused = || refusal(document, &format!("'{value}' is no value of {field}"));
    let parts = Parts::of(&placed).ok_or_else(refused)?;
    let chunk = parts.chunk(field).ok_or_else(refused)?;
    let line_break = lines::line_break([placed.text()]);
    let own = entries::own_lines(chunk.key_text(), value, line_break);
    let start = chunk.start();
    let text = placed.text();
    let rest = &text[start + chunk.own.len()..];
    // Blank lines that follow would become a part of a block of text that keeps its last ones.
    let rests = [rest, rest.trim_start_matches(['\r', '\n'])];
    let results =
        rests.map(|rest| Document::parse(document.path(), [&text[..start], &own, rest].concat()));
    let is_there = |result: &&Document| {
        Parts::of(result).is_some_and(|now| {
            now.chunks.len() == parts.chunks.len()
                && now.chunk(field).is_some_and(|chunk| chunk.own == own)
                && now.body == parts.body
        })
    };
    let result = results.iter().find(is_there).ok_or_else(refused)?;
    settled(result, field)
}

/// The text without the entries of a field in `conflicts`: it is decided, and its value is right.
pub fn settled(document: &Document, field: &str) -> Result<String, Problem> {
    let Some(parts) = Parts::of(document) else {
        return Err(refusal(document, "the front matter cannot be read line by line"));
    };
    let Some(chunk) = parts.chunk(entries::KEY) else { return Ok(document.text().to_owned()) };
    let Some(mut entries) = entries::read(document) else {
        return Err(refusal(document, "the field conflicts is not a list of values"));
    };
    let n_all = entries.len();
    entries.retain(|entry| entries::name(&entry.key) != field);
    if entries.len() == n_all {
        return Ok(document.text().to_owned());
    }
    if entries.is_empty() {
        return removed(document, entries::KEY);
    }
    let text = document.text();
    let lines = entries::write(&entries, lines::line_break([text]));
    let end = chunk.start() + chunk.own.len();
    Ok([&text[..chunk.start()], &lines, &text[end..]].concat())
}

/// The text without a field. Blank lines that follow it go as well where they would become a part of
/// a block of text above.
fn removed(document: &Document, field: &str) -> Result<String, Problem> {
    edit::remove(document, field).or_else(|problem| {
        let parts = Parts::of(document);
        let Some(chunk) = parts.as_ref().and_then(|parts| parts.chunk(field)) else {
            return Err(problem);
        };
        let (text, start) = (document.text(), chunk.start());
        let rest = text[start + chunk.own.len()..].trim_start_matches(['\r', '\n']);
        let result = Document::parse(document.path(), [&text[..start], rest].concat());
        let values = |document: &Document| {
            let text = document.text().to_owned();
            let others = document.pairs().iter().filter(|pair| !pair.has_key(&text, field));
            others.map(|pair| pair.value().span().of(&text).to_owned()).collect::<Vec<_>>()
        };
        let is_right = result.is_readable()
            && result.body() == document.body()
            && values(&result) == values(document);
        if is_right { Ok(result.text().to_owned()) } else { Err(problem) }
    })
}

fn refusal(document: &Document, message: &str) -> Problem {
    let message = format!("{}: {message}", document.path());
    Problem::whole(ProblemKind::Syntax, message).hint("change it by hand; nothing was written")
}
