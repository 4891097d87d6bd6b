//! Byte-exact edits of front matter: one value changes, and nothing else.
//!
//! An edit is a splice at the bytes of a value. Its result is read again and compared with what
//! was wanted before it is given out, by our reader and by a second one; on any doubt the edit is
//! refused and the document stays as it is.

pub(super) mod body;
mod check;
mod list;
mod scalar;

use super::date;
use super::document::{Document, Layout, Node, Pair, Style, Value as Written};
use super::problem::{Problem, ProblemKind};
use super::span::Span;
use scalar::Context;

/// A value to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, in quotes where it would be taken for something else.
    Text(String),
    /// A number, a day or a rank key: it stands as it is.
    Literal(String),
    /// A list of texts.
    List(Vec<String>),
    /// Keys with their texts, in braces on one line.
    Mapping(Vec<(&'static str, String)>),
}

/// Sets `key`. A key that is missing gets its place in `order`, the order of keys in such a file.
pub fn set(
    document: &Document,
    key: &str,
    value: &Value,
    order: &[&str],
) -> Result<String, Problem> {
    let front = Front::of(document)?;
    let text = match document.pair(key) {
        Some(_) if is_already(document, key, value) => return Ok(document.text().to_owned()),
        Some(pair) => front.replace(pair, value)?,
        None => front.insert(key, value, order)?,
    };
    check::changed(document, text, key, Some(value))
}

/// Removes `key` with its value; without it, nothing changes.
pub fn remove(document: &Document, key: &str) -> Result<String, Problem> {
    let front = Front::of(document)?;
    let Some(pair) = document.pair(key) else { return Ok(document.text().to_owned()) };
    let text = front.splice(front.lines_of(pair)?, "");
    check::changed(document, text, key, None)
}

/// Adds elements to a list; those that it has already stay where they are.
pub fn add_to_list(
    document: &Document,
    key: &str,
    elements: &[String],
    order: &[&str],
) -> Result<String, Problem> {
    let front = Front::of(document)?;
    let mut wanted = front.list(key)?;
    for element in elements {
        if !wanted.contains(element) {
            wanted.push(element.clone());
        }
    }
    match document.get(key).map(Node::value) {
        Some(Written::Sequence(nodes, layout)) => {
            let new = &wanted[nodes.len()..];
            if new.is_empty() {
                return Ok(document.text().to_owned());
            }
            let text = list::append(&front, document, key, new, *layout)?;
            check::changed(document, text, key, Some(&Value::List(wanted)))
        }
        _ if wanted.is_empty() => Ok(document.text().to_owned()),
        _ => set(document, key, &Value::List(wanted), order),
    }
}

/// Removes elements from a list; those that it does not have are no matter.
pub fn remove_from_list(
    document: &Document,
    key: &str,
    elements: &[String],
) -> Result<String, Problem> {
    let front = Front::of(document)?;
    let before = front.list(key)?;
    let is_kept = |element: &&String| !elements.contains(element);
    let wanted: Vec<String> = before.iter().filter(is_kept).cloned().collect();
    if wanted.len() == before.len() {
        return Ok(document.text().to_owned());
    }
    let Some(Written::Sequence(_, layout)) = document.get(key).map(Node::value) else {
        return remove(document, key);
    };
    let gone: Vec<bool> = before.iter().map(|element| elements.contains(element)).collect();
    let text = list::without(&front, document, key, &gone, *layout)?;
    check::changed(document, text, key, Some(&Value::List(wanted)))
}

/// Removes the element at a place of a list, from 0, whatever the others are; without it, nothing
/// changes.
pub fn remove_element(document: &Document, key: &str, at: usize) -> Result<String, Problem> {
    let front = Front::of(document)?;
    let Some(Written::Sequence(nodes, layout)) = document.get(key).map(Node::value) else {
        return Err(refusal(document, &format!("{key} is not a list")));
    };
    let gone: Vec<bool> = (0..nodes.len()).map(|place| place == at).collect();
    if !gone.contains(&true) {
        return Ok(document.text().to_owned());
    }
    let text = list::without(&front, document, key, &gone, *layout)?;
    check::shortened(document, text, key, at)
}

/// Whether the document says so already, in its own spelling.
fn is_already(document: &Document, key: &str, value: &Value) -> bool {
    match value {
        Value::Text(text) | Value::Literal(text) => {
            !text.is_empty() && document.text_of(key).is_some_and(|old| old == text.as_str())
        }
        Value::List(elements) => {
            let is_list = matches!(document.get(key).map(Node::value), Some(Written::Sequence(..)));
            is_list && document.list_of(key).is_some_and(|old| old == *elements)
        }
        Value::Mapping(_) => check::has_value(document, key, Some(value)),
    }
}

/// The front matter of a document that can be read, as text to cut and paste.
struct Front<'a> {
    document: &'a Document,
    text: &'a str,
    pairs: &'a [Pair],
}

impl<'a> Front<'a> {
    fn of(document: &'a Document) -> Result<Self, Problem> {
        match document.front() {
            Some(front) if front.layout() == Layout::Block => {
                Ok(Self { document, text: document.text(), pairs: front.pairs() })
            }
            Some(_) => Err(refusal(
                document,
                "the front matter is in braces, which cannot be edited line by line",
            )),
            None => Err(document.problems().first().cloned().unwrap_or_else(|| {
                Problem::whole(ProblemKind::Unreadable, "the document cannot be read")
            })),
        }
    }

    fn splice(&self, span: Span, with: &str) -> String {
        [&self.text[..span.start], with, &self.text[span.end..]].concat()
    }

    /// The texts of a list, none for a missing key.
    fn list(&self, key: &str) -> Result<Vec<String>, Problem> {
        if self.document.get(key).is_none() {
            return Ok(Vec::new());
        }
        match self.document.list_of(key) {
            Some(list) => Ok(list.into_iter().map(|element| element.into_owned()).collect()),
            None => Err(refusal(self.document, &format!("{key} is not a list of single values"))),
        }
    }

    fn replace(&self, pair: &Pair, value: &Value) -> Result<String, Problem> {
        let node = pair.value();
        let written = match (node.value(), value) {
            (Written::Sequence(nodes, layout), Value::List(elements)) => {
                return list::replace(self, node, nodes, *layout, elements);
            }
            (Written::Scalar(_), Value::List(elements)) => list::flow(elements),
            (Written::Scalar(old), Value::Text(text)) => {
                scalar::write(text, old.style, Context::Line)
            }
            (Written::Scalar(_), Value::Literal(text)) => text.clone(),
            (Written::Scalar(_), Value::Mapping(pairs)) => mapping(pairs),
            _ => {
                let key = pair.key(self.text);
                return Err(refusal(
                    self.document,
                    &format!("{key} holds several values, and one cannot replace them"),
                ));
            }
        };
        let is_absent = matches!(node.value(), Written::Scalar(old) if old.style == Style::Empty);
        let comment = self.header_comment(node);
        Ok(match is_absent {
            true => self.splice(node.span(), &format!(" {written}")),
            false => self.splice(node.span(), &format!("{written}{comment}")),
        })
    }

    /// The comment on the first line of a block of text, which stays when the text is replaced.
    fn header_comment(&self, node: &Node) -> String {
        let is_block = matches!(node.value(), Written::Scalar(old) if old.style == Style::Block);
        let header = node.span().of(self.text).lines().next().unwrap_or_default();
        let (_, rest) = header.split_at(header.find([' ', '\t']).unwrap_or(header.len()));
        match is_block && rest.trim_start().starts_with('#') {
            true => rest.to_owned(),
            false => String::new(),
        }
    }

    fn insert(&self, key: &str, value: &Value, order: &[&str]) -> Result<String, Problem> {
        let written = match value {
            Value::Text(text) => scalar::write(text, Style::Plain, Context::Line),
            Value::Literal(text) => text.clone(),
            Value::List(elements) => list::flow(elements),
            Value::Mapping(pairs) => mapping(pairs),
        };
        let at = self.place(key, order);
        let end = self.line_break(at);
        Ok(self.splice(Span::at(at), &format!("{key}: {written}{end}")))
    }

    /// Where a new key belongs: after the last key that comes before it in `order`.
    fn place(&self, key: &str, order: &[&str]) -> usize {
        let rank = |key: &str| order.iter().position(|name| *name == key);
        let own = rank(key);
        let comes_before = |pair: &&Pair| match (rank(&pair.key(self.text)), own) {
            (Some(other), Some(own)) => other < own,
            (_, None) => true,
            (None, Some(_)) => false,
        };
        match (self.pairs.iter().rev().find(comes_before), self.pairs.first()) {
            (Some(pair), _) => self.line_end(pair.value().span().end.max(pair.key_span().end)),
            (None, Some(first)) => self.line_start(first.key_span().start),
            (None, None) => self.line_end(if self.text.starts_with('\u{feff}') { 3 } else { 0 }),
        }
    }

    /// The line break of the text near `at`: that of the line before.
    fn line_break(&self, at: usize) -> &'static str {
        if self.text[..at].ends_with("\r\n") { "\r\n" } else { "\n" }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |at| at + 1)
    }

    /// The byte after the line break of the line in which `at` stands.
    fn line_end(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |end| at + end + 1)
    }

    /// The whole lines of a pair.
    fn lines_of(&self, pair: &Pair) -> Result<Span, Problem> {
        let start = self.line_start(pair.key_span().start);
        let end = self.line_end(pair.value().span().end.max(pair.key_span().end));
        let is_alone =
            self.text[start..pair.key_span().start].trim_matches(['\u{feff}']).is_empty();
        match is_alone {
            true => Ok(Span::new(start, end)),
            false => Err(refusal(self.document, "the key does not begin its line")),
        }
    }
}

/// Keys and texts in braces.
fn mapping(pairs: &[(&'static str, String)]) -> String {
    let value = |text: &String| match date::parse(text) {
        Some(day) => day.to_string(),
        None => scalar::write(text, Style::Plain, Context::Flow),
    };
    let written = |(key, text): &(&'static str, String)| format!("{key}: {}", value(text));
    format!("{{{}}}", pairs.iter().map(written).collect::<Vec<_>>().join(", "))
}

/// A document that will not be edited, with the reason.
fn refusal(document: &Document, message: &str) -> Problem {
    let message = format!("{}: {message}", document.path());
    Problem::whole(ProblemKind::Syntax, message).hint("change it by hand; nothing was written")
}

#[cfg(test)]
mod tests;
