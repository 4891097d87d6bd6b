//! The list `conflicts` of front matter: the values that two people want for one field.
//!
//! A conflict stays valid YAML, because a file that cannot be read is skipped by every reader, and
//! what is skipped is lost next. `- status: done` is a value that somebody wants, and `- status:`
//! a wish to remove the field.

use crate::domain::document::{Document, Layout, Node, Style, Value};

use super::front::Chunk;

/// The key of the list.
pub(super) const KEY: &str = "conflicts";

/// One value that a side wants for a field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// The key as it is written.
    pub key: String,
    /// The value as it is written on one line; empty to remove the field.
    pub value: String,
}

/// The entries of a document; `None` if `conflicts` is something else there.
pub(super) fn read(document: &Document) -> Option<Vec<Entry>> {
    document.get(KEY).map_or(Some(Vec::new()), |node| list(node, document.text()))
}

/// The entries of the list in a chunk.
pub(super) fn of(chunk: &Chunk<'_>) -> Option<Vec<Entry>> {
    list(chunk.node(), chunk.text())
}

fn list(node: &Node, text: &str) -> Option<Vec<Entry>> {
    if node.is_empty(text) {
        return Some(Vec::new());
    }
    let Value::Sequence(nodes, _) = node.value() else { return None };
    nodes.iter().map(|node| entry(node, text)).collect()
}

/// The key that is meant by one as it is written.
pub(super) fn name(key: &str) -> String {
    let document = Document::parse("", format!("---\n{key}: 0\n---\n"));
    let name = document.pairs().first().map(|pair| pair.key(document.text()).into_owned());
    name.unwrap_or_else(|| key.to_owned())
}

fn entry(node: &Node, text: &str) -> Option<Entry> {
    let Value::Mapping(mapping) = node.value() else { return None };
    let [pair] = mapping.pairs() else { return None };
    let value = pair.value().span().of(text);
    let is_one_line = !value.contains('\n') && is_single(pair.value());
    let key = pair.key_span().of(text).to_owned();
    is_one_line.then(|| Entry { key, value: value.to_owned() })
}

/// Whether a value that stands on one line can stand behind any key.
fn is_single(node: &Node) -> bool {
    match node.value() {
        Value::Scalar(scalar) => scalar.style != Style::Block,
        Value::Sequence(_, layout) => *layout == Layout::Flow,
        Value::Mapping(mapping) => mapping.layout() == Layout::Flow,
    }
}

/// The lines of the list, sorted, without those that are there twice.
pub(super) fn write(entries: &[Entry], line_break: &str) -> String {
    let mut entries: Vec<&Entry> = entries.iter().collect();
    entries.sort();
    entries.dedup();
    let mut text = format!("{KEY}:{line_break}");
    for Entry { key, value } in entries {
        let blank = if value.is_empty() { "" } else { " " };
        text.push_str(&format!("- {key}:{blank}{value}{line_break}"));
    }
    text
}

/// What a side wants, on one line. A value of several lines is `{yaml: "…"}`, with all that stands
/// behind the colon of its key.
pub(super) fn wish(chunk: Option<&Chunk<'_>>) -> String {
    let Some(chunk) = chunk else { return String::new() };
    let value = chunk.value();
    let looks_like_ours = value.starts_with('{') && value[1..].trim_start().starts_with("yaml");
    match !value.contains('\n') && is_single(chunk.node()) && !looks_like_ours {
        true => value.to_owned(),
        false => format!("{{yaml: {}}}", serde_json::Value::from(chunk.after_colon())),
    }
}

/// The lines of a field with a value that was wished for.
pub(super) fn own_lines(key: &str, value: &str, line_break: &str) -> String {
    let document = Document::parse("", format!("---\nvalue: {value}\n---\n"));
    let text = document.text();
    let several = match document.get("value").map(Node::value) {
        Some(Value::Mapping(mapping)) => match mapping.pairs() {
            [pair] if pair.has_key(text, "yaml") => pair.value().scalar(text),
            _ => None,
        },
        _ => None,
    };
    match several {
        Some(lines) if lines.ends_with('\n') => format!("{key}:{lines}"),
        Some(lines) => format!("{key}:{lines}{line_break}"),
        None => format!("{key}: {value}{line_break}"),
    }
}
