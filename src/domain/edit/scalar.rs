//! Single values as YAML writes them.

use crate::domain::document::{self, Style};

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// After a key, or after the dash of a list.
    Line,
    /// Between brackets, where commas and brackets have a meaning.
    Flow,
}

/// `text` in the style of the value that it replaces, if that style can hold it.
pub(super) fn write(text: &str, style: Style, context: Context) -> String {
    let has_control = text.chars().any(must_escape);
    match style {
        Style::Single if !has_control => single(text),
        Style::Double => double(text),
        _ if is_plain(text, context) => text.to_owned(),
        _ if !has_control && text.contains(['"', '\\']) && !text.contains('\'') => single(text),
        _ => double(text),
    }
}

/// Whether `text` means itself without quotes, for every reader of YAML.
fn is_plain(text: &str, context: Context) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let is_first = first.is_alphanumeric() || !(first.is_ascii() || first.is_whitespace());
    let is_flow = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}' | ':');
    is_first
        && !text.ends_with([':', ' '])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(must_escape)
        && (context == Context::Line || !text.contains(is_flow))
        && document::is_text(text)
}

/// Characters that only stand in a value as an escape.
fn must_escape(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            c if must_escape(c) => written.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => written.push(c),
        }
    }
    written.push('"');
    written
}
