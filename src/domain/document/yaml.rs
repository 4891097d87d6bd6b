//! Front matter through the YAML parser: a tree of values with their bytes, or what is wrong.
//!
//! The parser is the judge of what is YAML. What it accepts and a backlog does not use (anchors,
//! tags, several documents) is a problem here, because it makes the value of one line depend on
//! another, and no change of one line could then be made or reviewed alone.

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::MAX_DEPTH;
use super::node::{Layout, Mapping, Node, Pair, Style, Value};
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::span::{Position, Span};

/// The mapping in the bytes `front` of `text`.
pub(super) fn parse(text: &str, front: Span) -> Result<Mapping, Vec<Problem>> {
    if let Some(problem) = ambiguous_break(text, front) {
        return Err(vec![problem]);
    }
    let mut options = granit_parser::options! {
        disallow_directives: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    options.set_emit_comments(false);
    let parser = Parser::new_from_str_with_options(front.of(text), options);
    let mut tree = Tree { text, front, parser, problems: Vec::new() };
    let root = match tree.document() {
        Ok(root) => root,
        Err(stop) => {
            tree.problems.extend(stop.0.map(|problem| *problem));
            None
        }
    };
    if !tree.problems.is_empty() {
        return Err(tree.problems);
    }
    match root.map(|node| (node.span(), node.value().clone())) {
        None => Ok(Mapping::new(Vec::new(), Layout::Block)),
        Some((_, Value::Mapping(mapping))) => Ok(*mapping),
        Some((span, _)) => {
            let message = "the front matter is not a mapping of keys to values";
            Err(vec![
                Problem::at(ProblemKind::Syntax, text, span, message)
                    .hint("write lines of key: value"),
            ])
        }
    }
}

/// A character that some readers of YAML take for the end of a line and others do not.
fn ambiguous_break(text: &str, front: Span) -> Option<Problem> {
    let is_ambiguous = |(at, c): &(usize, char)| match c {
        '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => true,
        '\r' => text.as_bytes().get(front.start + at + 1) != Some(&b'\n'),
        _ => false,
    };
    let (at, c) = front.of(text).char_indices().find(is_ambiguous)?;
    let span = Span::new(front.start + at, front.start + at + c.len_utf8());
    let message = format!("an invisible U+{:04X}, which may or may not end the line", u32::from(c));
    Some(Problem::at(ProblemKind::Syntax, text, span, message).hint("remove it"))
}

/// Reading has to stop, with the problem unless it is recorded already.
struct Stop(Option<Box<Problem>>);

struct Tree<'a> {
    text: &'a str,
    front: Span,
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    problems: Vec<Problem>,
}

impl<'a> Tree<'a> {
    /// The one document, `None` if it is empty.
    fn document(&mut self) -> Result<Option<Node>, Stop> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(root),
                Event::DocumentStart(true, _) => {
                    let message = "a second YAML document begins here";
                    self.forbid(span, message, "keep one block of front matter");
                }
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                event => {
                    let node = self.node(event, span, self.front.start)?;
                    if root.is_none() && !is_absent(&node) {
                        root = Some(node);
                    }
                }
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Stop> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.place(span))),
            Some(Err(error)) => Err(Stop(Some(Box::new(self.syntax(&error))))),
            None => Ok((Event::StreamEnd, Span::at(self.front.end))),
        }
    }

    /// A place of the parser as bytes of the whole text.
    fn place(&self, span: granit_parser::Span) -> Span {
        let byte =
            |marker: granit_parser::Marker| marker.byte_offset().unwrap_or(0) + self.front.start;
        Span::new(byte(span.start), byte(span.end))
    }

    /// The value that begins with `event`. It stands somewhere after `from`.
    fn node(&mut self, event: Event<'a>, span: Span, from: usize) -> Result<Node, Stop> {
        match event {
            Event::Scalar(meant, style, anchor, tag) => {
                self.plain_only(span, anchor, tag.is_some());
                Ok(self.scalar(&meant, style, span, from))
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.plain_only(span, anchor, tag.is_some());
                self.sequence(layout(style), span)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.plain_only(span, anchor, tag.is_some());
                self.mapping(layout(style), span)
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.forbid(
                    span,
                    "an alias, which a backlog does not use",
                    "put the value in quotes, or write it out",
                );
                Ok(Node::of_scalar(self.text, span, Style::Plain, span.of(self.text)))
            }
            _ => Err(Stop(Some(Box::new(Problem::at(
                ProblemKind::Syntax,
                self.text,
                span,
                "no value where one is expected",
            ))))),
        }
    }

    fn scalar(&self, meant: &str, style: ScalarStyle, span: Span, from: usize) -> Node {
        let style = match style {
            ScalarStyle::Plain if span.start == span.end => Style::Empty,
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        };
        let span = match style {
            Style::Empty => Span::at(from),
            Style::Block => self.block_span(span, from),
            _ => span,
        };
        let meant = if style == Style::Empty { "" } else { meant };
        Node::of_scalar(self.text, span, style, meant)
    }

    /// A block scalar from its `|` or `>` to its last line. The parser's span begins at the text
    /// instead, and ends where the next token begins.
    fn block_span(&self, span: Span, from: usize) -> Span {
        let start = self.value_start(from).min(span.start);
        let header = self.text[start..].lines().next().unwrap_or_default();
        let keeps_blank_lines = header.split('#').next().unwrap_or_default().contains('+');
        let raw = &self.text[start..span.end.max(start)];
        let kept = match keeps_blank_lines {
            true => raw.strip_suffix('\n').map_or(raw, |raw| raw.strip_suffix('\r').unwrap_or(raw)),
            false => raw.trim_end(),
        };
        Span::new(start, start + kept.len())
    }

    /// The first byte of a value from `from` on, after blanks, line ends, comments and one dash.
    fn value_start(&self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (mut at, mut dashes) = (from, 0);
        while at < self.front.end {
            match bytes[at] {
                b' ' | b'\t' | b'\r' | b'\n' => at += 1,
                b'#' => at = self.text[at..].find('\n').map_or(self.front.end, |end| at + end),
                b'-' if dashes == 0 => (at, dashes) = (at + 1, 1),
                _ => return at,
            }
        }
        from
    }

    fn sequence(&mut self, layout: Layout, open: Span) -> Result<Node, Stop> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut end = open.end;
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                let end = if layout == Layout::Flow { span.end } else { end };
                let span = Span::new(open.start, end.max(open.start));
                return Ok(Node::new(span, Value::Sequence(nodes.into(), layout)));
            }
            let from = nodes.last().map_or(open.start, |node| node.span().end);
            let is_absent_element = span.start == span.end && layout == Layout::Block;
            let from = if is_absent_element { span.start } else { from };
            let node = self.node(event, span, from)?;
            end = node.span().end;
            nodes.push(node);
        }
    }

    fn mapping(&mut self, layout: Layout, open: Span) -> Result<Node, Stop> {
        let mut pairs: Vec<Pair> = Vec::new();
        let mut first_at: HashMap<String, Position> = HashMap::new();
        let mut end = open.end;
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                let end = if layout == Layout::Flow { span.end } else { end };
                let start = match layout {
                    Layout::Flow => open.start,
                    Layout::Block => pairs.first().map_or(open.start, |pair| pair.key_span().start),
                };
                let span = Span::new(start, end.max(start));
                return Ok(Node::new(span, Value::Mapping(Box::new(Mapping::new(pairs, layout)))));
            }
            let key = self.node(event, span, span.start)?;
            self.check_key(&key, &mut first_at);
            let (event, span) = self.next()?;
            let from = self.after_colon(key.span().end);
            let value = self.node(event, span, from)?;
            end = value.span().end;
            pairs.push(Pair::new(key, value));
        }
    }

    /// The place after the colon that follows a key; after the key if none does.
    fn after_colon(&self, key_end: usize) -> usize {
        let rest = &self.text[key_end..self.front.end];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        match rest[blanks..].starts_with(':') {
            true => key_end + blanks + 1,
            false => key_end,
        }
    }

    fn check_key(&mut self, key: &Node, first_at: &mut HashMap<String, Position>) {
        let span = key.span();
        let Some(name) = key.written(self.text).filter(|_| !is_absent(key)) else {
            self.forbid(span, "a key that is not one word", "write key: value");
            return;
        };
        if name == "<<" {
            self.forbid(span, "a merge key, which a backlog does not use", "write the fields out");
        }
        if is_explicit(self.text, span.start) {
            self.forbid(span, "a key after a question mark", "write key: value");
        }
        let position = Position::of(self.text, span.start);
        if let Some(first) = first_at.insert(name.clone().into_owned(), position) {
            let message = format!("duplicate key '{name}', first at line {}", first.line);
            let problem = Problem::at(ProblemKind::DuplicateKey, self.text, span, message);
            self.problems.push(problem.hint("remove one of them"));
        }
    }

    /// Notes an anchor or a tag; only plain values are for a backlog.
    fn plain_only(&mut self, span: Span, anchor: usize, has_tag: bool) {
        if anchor != 0 {
            self.forbid(
                span,
                "an anchor, which a backlog does not use",
                "remove the word that begins with &",
            );
        }
        if has_tag {
            self.forbid(
                span,
                "a tag, which a backlog does not use",
                "remove the word that begins with !",
            );
        }
    }

    fn forbid(&mut self, span: Span, message: &str, hint: &str) {
        let problem = Problem::at(ProblemKind::ForbiddenYaml, self.text, span, message);
        self.problems.push(problem.hint(hint));
    }

    /// The parser's error in words, with what to do about the slips that people make.
    fn syntax(&self, error: &ScanError) -> Problem {
        let at = error.marker().byte_offset().unwrap_or(0) + self.front.start;
        let span = Span::at(at.min(self.front.end));
        let kind = match error.kind() {
            ErrorKind::DirectiveDisallowed => ProblemKind::ForbiddenYaml,
            ErrorKind::RecursionLimitExceeded => ProblemKind::Limit,
            _ => ProblemKind::Syntax,
        };
        let problem = |message: &str| Problem::at(kind, self.text, span, message);
        match error.kind() {
            ErrorKind::UnexpectedCharacter { character } => {
                problem(&format!("a value cannot begin with '{character}'"))
                    .hint("put the value in quotes")
            }
            ErrorKind::MappingValueNotAllowed => {
                problem("a colon inside a value without quotes").hint("put the value in quotes")
            }
            ErrorKind::SimpleKeyExpected => {
                problem("no colon and blank after the key").hint("write key: value")
            }
            ErrorKind::UnclosedQuotedScalar => {
                problem("unclosed quote").hint("close it with the quote that opened it")
            }
            ErrorKind::TabInIndentation
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabNotAllowed => problem("a tab before the text").hint("use blanks"),
            ErrorKind::RecursionLimitExceeded => {
                problem(&format!("nested deeper than {MAX_DEPTH}"))
            }
            ErrorKind::DirectiveDisallowed => problem("a directive, which a backlog does not use")
                .hint("remove the line that begins with %"),
            _ => problem(&error.info()),
        }
    }
}

fn layout(style: StructureStyle) -> Layout {
    match style {
        StructureStyle::Block => Layout::Block,
        StructureStyle::Flow => Layout::Flow,
    }
}

/// Whether nothing is written.
fn is_absent(node: &Node) -> bool {
    matches!(node.value(), Value::Scalar(scalar) if scalar.style == Style::Empty)
}

/// Whether a question mark stands before the key that begins at `start`.
fn is_explicit(text: &str, start: usize) -> bool {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = text[line_start..start].trim_end();
    let is_apart =
        |before: &str| before.is_empty() || before.ends_with([' ', '\t', '{', '[', ',', '-', '?']);
    before.strip_suffix('?').is_some_and(is_apart) && text[..start].ends_with([' ', '\t'])
}
