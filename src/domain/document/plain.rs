//! The short way through front matter that is plain lines of `key: value`, as most is.
//!
//! A YAML parser needs longer for ten thousand items than reading them from disk does. This
//! scanner knows a small part of YAML and gives up at the first byte that it is not sure of; a
//! property test holds that it never disagrees with the parser.

use super::node::{Layout, Mapping, Node, Pair, Style, Value};
use crate::domain::span::Span;

/// How many keys are looked through one by one for duplicates.
const MANY: usize = 64;

/// The mapping in the bytes `front` of `text`; `None` if it takes the parser to know.
pub(super) fn scan(text: &str, front: Span) -> Option<Mapping> {
    let mut pairs: Vec<Pair> = Vec::with_capacity(16);
    let mut start = front.start;
    while start < front.end {
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..front.end]);
        let end = end.map_or(front.end, |at| start + at);
        let line = Span::new(start, end - usize::from(text[start..end].ends_with('\r')));
        let bytes = line.of(text).as_bytes();
        if !matches!(bytes.first(), None | Some(b'#')) {
            pairs.push(pair(text, line)?);
        } else if !bytes.iter().all(|&byte| matches!(byte, b' '..=b'~')) {
            return None;
        }
        start = end + 1;
    }
    if pairs.is_empty() || pairs.len() > MANY || has_duplicate(text, &pairs) {
        return None;
    }
    Some(Mapping::new(pairs, Layout::Block))
}

fn has_duplicate(text: &str, pairs: &[Pair]) -> bool {
    let key = |pair: &Pair| &text.as_bytes()[pair.key_span().start..pair.key_span().end];
    let same = |at: usize| pairs[..at].iter().any(|pair| key(pair) == key(&pairs[at]));
    (1..pairs.len()).any(same)
}

/// A line that begins with a key.
fn pair(text: &str, line: Span) -> Option<Pair> {
    let bytes = line.of(text).as_bytes();
    let length = bytes
        .iter()
        .position(|&byte| !matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_'))?;
    if length == 0 || length > 64 || bytes[length] != b':' {
        return None;
    }
    let key = Span::new(line.start, line.start + length);
    let key = Node::written_plainly(key);
    let colon_end = line.start + length + 1;
    let rest = Span::new(colon_end, line.end).of(text);
    if rest.is_empty() {
        return Some(Pair::new(key, Node::of_scalar(text, Span::at(colon_end), Style::Empty, "")));
    }
    let trimmed = rest.trim_start_matches(' ');
    let blanks = rest.len() - trimmed.len();
    if blanks == 0 || trimmed.is_empty() {
        return None;
    }
    let span = Span::new(colon_end + blanks, line.end);
    let value = match trimmed.as_bytes()[0] {
        b'[' => list(text, span)?,
        b'"' | b'\'' => quoted(text, span)?,
        _ => plain(text, span, is_plain)?,
    };
    Some(Pair::new(key, value))
}

/// A value without quotes.
fn plain(text: &str, span: Span, is_allowed: fn(char) -> bool) -> Option<Node> {
    let value = span.of(text);
    let bytes = value.as_bytes();
    let is_first = match bytes.first()? {
        byte if byte.is_ascii() => byte.is_ascii_alphanumeric(),
        _ => value.chars().next().is_some_and(char::is_alphanumeric),
    };
    let is_sure = is_first
        && !matches!(bytes.last(), Some(b' ' | b':'))
        && value.chars().all(is_allowed)
        && !has_sign_of_yaml(bytes);
    is_sure.then(|| Node::written_plainly(span))
}

/// Whether a value has the `: ` of a key or the ` #` of a comment.
fn has_sign_of_yaml(value: &[u8]) -> bool {
    memchr::memchr2_iter(b':', b'#', value).any(|at| match value[at] {
        b':' => value.get(at + 1) == Some(&b' '),
        _ => at > 0 && value[at - 1] == b' ',
    })
}

/// Characters that mean themselves in a value of one line, with two exceptions that the caller
/// looks for.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~')
        || c.is_alphanumeric()
        || matches!(c, '–' | '—' | '…' | '’' | '“' | '”' | '→' | '€')
}

/// Characters that mean themselves in an element of a list.
fn is_element(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '+' | '@' | '(' | ')')
}

/// `[a, b]`, without quotes and nesting.
fn list(text: &str, span: Span) -> Option<Node> {
    let inner = span.of(text).strip_prefix('[')?.strip_suffix(']')?;
    let mut nodes = Vec::new();
    let mut start = span.start + 1;
    for part in inner.split(',') {
        let trimmed = part.trim_matches(' ');
        let at = start + (part.len() - part.trim_start_matches(' ').len());
        start += part.len() + 1;
        if trimmed.is_empty() {
            if inner.trim_matches(' ').is_empty() {
                break;
            }
            return None;
        }
        nodes.push(plain(text, Span::new(at, at + trimmed.len()), is_element)?);
    }
    Some(Node::new(span, Value::Sequence(nodes.into(), Layout::Flow)))
}

/// A value in quotes without escapes.
fn quoted(text: &str, span: Span) -> Option<Node> {
    let value = span.of(text);
    let (quote, style) = match value.as_bytes()[0] {
        b'"' => ('"', Style::Double),
        _ => ('\'', Style::Single),
    };
    let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
    let is_sure = inner.chars().all(|c| is_plain(c) && c != quote && c != '\\');
    is_sure.then(|| Node::of_scalar(text, span, style, inner))
}
