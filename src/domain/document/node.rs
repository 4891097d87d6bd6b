//! The values of front matter, each with the bytes that it stands in.

use std::borrow::Cow;

use serde_json::{Map, Number, Value as Json};

use crate::domain::date;
use crate::domain::span::Span;

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The bytes, in 32 bits each: a document has at most a million, and ten thousand documents
    /// have a quarter of a million values.
    start: u32,
    end: u32,
    value: Value,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// One value.
    Scalar(Scalar),
    /// A list.
    Sequence(Box<[Node]>, Layout),
    /// Keys and values.
    Mapping(Box<Mapping>),
}

/// One value as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// How it is written.
    pub style: Style,
    meant: Meant,
}

/// The text that is meant by a single value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Meant {
    /// The bytes as they are.
    Written,
    /// The bytes without their quotes.
    Inner,
    /// Another text, because of escapes or line breaks.
    Text(Box<str>),
}

/// How a single value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// Not at all: `key:`.
    Empty,
    /// As it is.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|` or `>` with indented lines.
    Block,
}

/// How a list or a mapping is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One element a line.
    Block,
    /// In brackets or braces.
    Flow,
}

/// Keys and values in the order of the text. Invariant: no key occurs twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    pairs: Box<[Pair]>,
    layout: Layout,
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    key: Node,
    value: Node,
}

impl Node {
    /// A value in `span`.
    pub(super) fn new(span: Span, value: Value) -> Self {
        // Longer texts than a million bytes never get here.
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: narrow(span.start), end: narrow(span.end), value }
    }

    /// A single value without quotes, which means what is written.
    pub(super) fn written_plainly(span: Span) -> Self {
        let scalar = Scalar { style: Style::Plain, meant: Meant::Written };
        Self::new(span, Value::Scalar(scalar))
    }

    /// A single value in `span` of `text`, which means `meant`.
    pub(super) fn of_scalar(text: &str, span: Span, style: Style, meant: &str) -> Self {
        let written = span.of(text);
        let inner = written.get(1..written.len().saturating_sub(1));
        let meant = match style {
            _ if written == meant => Meant::Written,
            Style::Single | Style::Double if inner == Some(meant) => Meant::Inner,
            _ => Meant::Text(meant.into()),
        };
        Self::new(span, Value::Scalar(Scalar { style, meant }))
    }

    /// The bytes: with quotes and brackets, without comments. For a key without a value, the place
    /// after its colon.
    pub fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// What it is.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The text of a single value, without quotes; that of none and of `null` is empty.
    pub fn scalar<'a>(&'a self, text: &'a str) -> Option<Cow<'a, str>> {
        match &self.value {
            Value::Scalar(_) if self.is_empty(text) => Some(Cow::Borrowed("")),
            Value::Scalar(scalar) => Some(scalar.text(self.span(), text)),
            _ => None,
        }
    }

    /// The texts of a list; a single value is a list of one, nothing is one of none. `None` for a
    /// mapping or a list of lists.
    pub fn list<'a>(&'a self, text: &'a str) -> Option<Vec<Cow<'a, str>>> {
        match &self.value {
            _ if self.is_empty(text) => Some(Vec::new()),
            Value::Scalar(_) => Some(vec![self.scalar(text)?]),
            Value::Sequence(nodes, _) => nodes.iter().map(|node| node.scalar(text)).collect(),
            Value::Mapping(_) => None,
        }
    }

    /// The elements of a list, in their order; a single value is a list of one.
    pub fn elements(&self) -> &[Self] {
        match &self.value {
            Value::Sequence(nodes, _) => nodes,
            Value::Scalar(_) => std::slice::from_ref(self),
            Value::Mapping(_) => &[],
        }
    }

    /// The elements of a list that are not single values, each with its number from 1 and what it
    /// is instead.
    pub fn nested(&self) -> impl Iterator<Item = (usize, &Self, &'static str)> {
        self.elements().iter().enumerate().filter_map(|(at, node)| match node.value() {
            Value::Scalar(_) => None,
            Value::Sequence(..) => Some((at + 1, node, "a list")),
            Value::Mapping(_) => Some((at + 1, node, "a mapping")),
        })
    }

    /// The text of a single value as it is written, without quotes: `null` is "null".
    pub(super) fn written<'a>(&'a self, text: &'a str) -> Option<Cow<'a, str>> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar.text(self.span(), text)),
            _ => None,
        }
    }

    /// Whether nothing is meant: no value, or `null`.
    pub fn is_empty(&self, text: &str) -> bool {
        match &self.value {
            Value::Scalar(scalar) if scalar.style == Style::Empty => true,
            Value::Scalar(scalar) if scalar.style == Style::Plain => {
                matches!(&*scalar.text(self.span(), text), "~" | "null" | "Null" | "NULL")
            }
            _ => false,
        }
    }

    /// The value as JSON, typed by the core schema of YAML 1.2.
    pub fn to_json(&self, text: &str) -> Json {
        match &self.value {
            _ if self.is_empty(text) => Json::Null,
            Value::Scalar(scalar) if scalar.style == Style::Plain => {
                typed(&scalar.text(self.span(), text))
            }
            Value::Scalar(scalar) => Json::String(scalar.text(self.span(), text).into_owned()),
            Value::Sequence(nodes, _) => nodes.iter().map(|node| node.to_json(text)).collect(),
            Value::Mapping(mapping) => mapping.to_json(text),
        }
    }
}

impl Scalar {
    fn text<'a>(&'a self, span: Span, text: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(match &self.meant {
            Meant::Written => span.of(text),
            Meant::Inner => Span::new(span.start + 1, span.end - 1).of(text),
            Meant::Text(meant) => meant,
        })
    }
}

impl Mapping {
    /// Keys and values; the caller has seen to it that no key occurs twice.
    pub(super) fn new(pairs: Vec<Pair>, layout: Layout) -> Self {
        Self { pairs: pairs.into(), layout }
    }

    /// The pairs in the order of the text.
    pub fn pairs(&self) -> &[Pair] {
        &self.pairs
    }

    /// How it is written.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    fn to_json(&self, text: &str) -> Json {
        let pair = |pair: &Pair| (pair.key(text).into_owned(), pair.value.to_json(text));
        Json::Object(self.pairs.iter().map(pair).collect::<Map<_, _>>())
    }
}

impl Pair {
    /// A key with its value.
    pub(super) fn new(key: Node, value: Node) -> Self {
        Self { key, value }
    }

    /// The key as it is meant.
    pub fn key<'a>(&'a self, text: &'a str) -> Cow<'a, str> {
        self.key.written(text).unwrap_or_default()
    }

    /// Whether the key is `key`.
    pub fn has_key(&self, text: &str, key: &str) -> bool {
        let span = self.key.span();
        match &self.key.value {
            // Asked for most keys of most documents, so the usual spelling is compared as bytes.
            Value::Scalar(Scalar { meant: Meant::Written, .. }) => {
                text.as_bytes()[span.start..span.end] == *key.as_bytes()
            }
            _ => self.key(text) == key,
        }
    }

    /// The bytes of the key.
    pub fn key_span(&self) -> Span {
        self.key.span()
    }

    /// The value.
    pub fn value(&self) -> &Node {
        &self.value
    }
}

/// Whether every reader of YAML takes the plain value `text` for text. Readers of YAML 1.1 see a
/// boolean in `no`, a number in `1_000`, `0o7` and `12:30`, and a time in `2026-11-23`.
pub(in crate::domain) fn is_text(text: &str) -> bool {
    const WORDS: [&str; 10] = ["null", "~", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let lower = text.to_ascii_lowercase();
    let is_word = WORDS.contains(&lower.as_str());
    let special = matches!(lower.trim_start_matches(['-', '+']), ".inf" | ".nan");
    let is_number = text.replace('_', "").parse::<f64>().is_ok();
    let is_time = text.contains(':')
        && !text
            .contains(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | '_' | '-' | '+'));
    let is_based = ["0x", "0o", "0b"]
        .iter()
        .any(|base| lower.trim_start_matches(['-', '+']).starts_with(base));
    let is_date = date::parse(text.get(..10).unwrap_or_default()).is_some();
    !(is_word || special || is_number || is_time || is_based || is_date)
}

/// A plain value by the core schema of YAML 1.2, <https://yaml.org/spec/1.2.2/#1032-tag-resolution>.
fn typed(text: &str) -> Json {
    match text {
        "true" | "True" | "TRUE" => return Json::Bool(true),
        "false" | "False" | "FALSE" => return Json::Bool(false),
        _ => {}
    }
    let whole = || -> Option<Number> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let is_decimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let radix = |prefix, radix| i64::from_str_radix(text.strip_prefix(prefix)?, radix).ok();
        let number = if is_decimal { text.parse().ok() } else { None };
        number.or_else(|| radix("0x", 16)).or_else(|| radix("0o", 8)).map(Number::from)
    };
    let fraction = || -> Option<Number> {
        let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
        let is_numeric =
            text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
        if has_digit && is_numeric { Number::from_f64(text.parse().ok()?) } else { None }
    };
    whole().or_else(fraction).map_or_else(|| Json::String(text.to_owned()), Json::Number)
}
