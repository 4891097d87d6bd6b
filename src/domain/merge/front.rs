//! Front matter as its lines: each pair with the comments above it.

use std::borrow::Cow;

use crate::domain::document::{Document, Layout, Node, Pair, Style, Value};
use crate::domain::span::Span;

/// A document cut in pieces that make up its text. A text that is not there has none.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    /// The first fence.
    pub head: &'a str,
    pub chunks: Vec<Chunk<'a>>,
    /// What stands behind the last pair.
    pub trailer: &'a str,
    /// The second fence.
    pub close: &'a str,
    pub body: &'a str,
}

/// One pair of front matter.
#[derive(Debug)]
pub(super) struct Chunk<'a> {
    /// The key as it is meant.
    pub key: Cow<'a, str>,
    /// The lines of comments and blanks above it.
    pub above: &'a str,
    /// Its own lines.
    pub own: &'a str,
    /// Where its own lines begin in the text.
    start: usize,
    pair: &'a Pair,
    text: &'a str,
}

impl<'a> Parts<'a> {
    /// `None` for what cannot be cut line by line.
    pub(super) fn of(document: &'a Document) -> Option<Self> {
        let text = document.text();
        if text.is_empty() {
            return Some(Self { head: "", chunks: Vec::new(), trailer: "", close: "", body: "" });
        }
        if document.front()?.layout() != Layout::Block && !document.pairs().is_empty() {
            return None;
        }
        let start = text.find('\n')? + 1;
        let end = start + document.front_text().len();
        let mut chunks = Vec::new();
        let mut from = start;
        for pair in document.pairs() {
            let (key, value) = (pair.key_span(), pair.value().span());
            let own = text[..key.start].rfind('\n').map_or(0, |at| at + 1);
            let last = value.end.max(key.end);
            let next = text[last..end].find('\n').map_or(end, |at| last + at + 1);
            if own < from || next > end {
                return None;
            }
            let (above, lines) = (&text[from..own], &text[own..next]);
            chunks.push(Chunk { key: pair.key(text), above, own: lines, start: own, pair, text });
            from = next;
        }
        let body = document.body_span().start;
        let (trailer, close) = (&text[from..end], &text[end..body]);
        Some(Self { head: &text[..start], chunks, trailer, close, body: &text[body..] })
    }

    pub(super) fn chunk(&self, key: &str) -> Option<&Chunk<'a>> {
        self.chunks.iter().find(|chunk| chunk.key == key)
    }
}

impl<'a> Chunk<'a> {
    /// Where its own lines begin in the text.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// The text that it stands in.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn node(&self) -> &'a Node {
        self.pair.value()
    }

    /// The bytes of the value.
    pub(super) fn value(&self) -> &'a str {
        self.node().span().of(self.text)
    }

    /// The bytes of the key.
    pub(super) fn key_text(&self) -> &'a str {
        self.pair.key_span().of(self.text)
    }

    /// What stands behind the colon, to the end of the last line.
    pub(super) fn after_colon(&self) -> &'a str {
        let rest = &self.own[self.pair.key_span().end - self.start..];
        rest.split_once(':').map_or(rest, |(_, rest)| rest)
    }

    /// Its own lines before and after the value.
    pub(super) fn around(&self) -> (&'a str, &'a str) {
        let span = self.node().span();
        let (from, to) = (span.start - self.start, span.end - self.start);
        (&self.own[..from], self.own.get(to..).unwrap_or_default())
    }

    /// The comments above it, between its values and behind them.
    pub(super) fn comments(&self) -> Vec<&'a str> {
        let mut spans = vec![self.pair.key_span()];
        scalars(self.node(), self.text, &mut spans);
        let end = self.start + self.own.len();
        spans.push(Span::new(end, end));
        let mut from = self.start - self.above.len();
        let mut comments = Vec::new();
        for span in spans {
            let between = self.text.get(from..span.start).unwrap_or_default();
            let comment = |line: &'a str| line.find('#').map(|at| line[at..].trim_end());
            comments.extend(between.lines().filter_map(comment));
            from = from.max(span.end);
        }
        comments
    }

    /// Whether two values mean the same, however they are spelled.
    pub(super) fn means(&self, other: &Chunk<'_>) -> bool {
        same((self.node(), self.text), (other.node(), other.text))
    }

    /// The single value.
    pub(super) fn scalar(&self) -> Option<Cow<'a, str>> {
        self.node().scalar(self.text)
    }

    /// The texts of a list of texts, none of them twice.
    pub(super) fn list(&self) -> Option<Vec<String>> {
        let text = self.text;
        if let Value::Sequence(nodes, _) = self.node().value()
            && nodes.iter().any(|node| node.is_empty(text))
        {
            return None;
        }
        let list: Vec<String> = self.node().list(text)?.into_iter().map(Cow::into_owned).collect();
        let mut sorted: Vec<&String> = list.iter().collect();
        sorted.sort();
        sorted.dedup();
        (sorted.len() == list.len()).then_some(list)
    }

    pub(super) fn is_sequence(&self) -> bool {
        matches!(self.node().value(), Value::Sequence(..))
    }

    /// Whether all elements of a list are texts, which can be written in another list.
    pub(super) fn is_of_texts(&self) -> bool {
        let is_text = |node: &Node| node.to_json(self.text).is_string();
        match self.node().value() {
            Value::Sequence(nodes, _) => nodes.iter().all(is_text),
            _ => self.node().is_empty(self.text) || is_text(self.node()),
        }
    }
}

/// Where the single values and the keys in a value stand; of a block of text, the lines below its
/// first one.
fn scalars(node: &Node, text: &str, spans: &mut Vec<Span>) {
    match node.value() {
        Value::Scalar(scalar) => {
            let span = node.span();
            let is_block = scalar.style == Style::Block;
            let head = span.of(text).find('\n').filter(|_| is_block).unwrap_or_default();
            spans.push(Span::new(span.start + head, span.end));
        }
        Value::Sequence(nodes, _) => nodes.iter().for_each(|node| scalars(node, text, spans)),
        Value::Mapping(mapping) => mapping.pairs().iter().for_each(|pair| {
            spans.push(pair.key_span());
            scalars(pair.value(), text, spans);
        }),
    }
}

fn same(one: (&Node, &str), other: (&Node, &str)) -> bool {
    let is_empty = |(node, text): (&Node, &str)| node.is_empty(text);
    match (one.0.value(), other.0.value()) {
        (Value::Scalar(_), Value::Scalar(_)) => {
            is_empty(one) == is_empty(other) && one.0.scalar(one.1) == other.0.scalar(other.1)
        }
        (Value::Sequence(a, _), Value::Sequence(b, _)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same((a, one.1), (b, other.1)))
        }
        (Value::Mapping(a), Value::Mapping(b)) => {
            let mut pairs = a.pairs().iter().zip(b.pairs());
            a.pairs().len() == b.pairs().len()
                && pairs.all(|(a, b)| {
                    a.key(one.1) == b.key(other.1) && same((a.value(), one.1), (b.value(), other.1))
                })
        }
        _ => false,
    }
}
