//! The body of a document as a tree of paragraphs, lists and so on.
//!
//! A body is read once here and written anew by each format, instead of being patched: what is
//! written then holds nothing that its writer did not put there. Links come out as their text and
//! their address, and HTML as the text that it is, without comments.

mod inline;
mod mention;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::block::{Body, Line, Tone};
use inline::Inline;

/// How deep lists and quotes are nested; what is deeper is shown at this depth. Without a limit
/// a body of `>>>>…` would use up the stack.
const DEEPEST: usize = 24;

/// A part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Prose {
    /// A heading and its level.
    Heading(u8, Line<'static>),
    /// The lines of a paragraph, which are more than one only where the author broke them.
    Paragraph(Vec<Line<'static>>),
    /// Code in a language, line by line.
    Code(String, Vec<String>),
    /// A quotation.
    Quote(Vec<Prose>),
    /// A list.
    List(List),
    /// The rows of a table, the header first.
    Table(Vec<IsRight>, Vec<Vec<Line<'static>>>),
    /// A line across.
    Rule,
}

/// Whether a column stands at its right edge.
pub(super) type IsRight = bool;

/// A list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// The number of the first item, if the items are numbered.
    pub start: Option<u64>,
    /// Whether empty lines stand between the items.
    pub is_loose: bool,
    /// The items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Item {
    /// Whether the box before it is ticked, if there is one.
    pub ticked: Option<bool>,
    /// What it holds.
    pub parts: Vec<Prose>,
}

/// Reads a body, with the titles of the documents that it names.
pub(super) fn read(body: &Body<'_>) -> Vec<Prose> {
    let mut parts = parse(&body.text);
    mention::resolve(&mut parts, &body.names);
    parts
}

/// Reads a text.
pub(super) fn parse(text: &str) -> Vec<Prose> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    let mut builder = Builder { open: vec![Open::default()], ..Builder::default() };
    for event in Parser::new_ext(text, options) {
        builder.event(event);
    }
    builder.flush();
    builder.open.pop().map(|open| open.parts).unwrap_or_default()
}

/// How one line of a nested part begins: with the marker of its list item once, and then as far
/// to the right as the marker is wide.
#[derive(Clone, Debug, Default)]
pub(super) struct Indent {
    first: Option<String>,
    rest: String,
}

impl Indent {
    /// What the next line begins with.
    pub(super) fn next(&mut self) -> String {
        self.first.take().unwrap_or_else(|| self.rest.clone())
    }

    /// What all but the first line begin with.
    pub(super) fn rest(&self) -> &str {
        &self.rest
    }

    /// Goes one level down; the text to come back with [`Indent::leave`] is returned.
    pub(super) fn enter(&mut self, marker: &str, rest: &str) -> String {
        self.first = Some(self.next() + marker);
        let outer = self.rest.clone();
        self.rest += rest;
        outer
    }

    /// Comes back.
    pub(super) fn leave(&mut self, outer: String) {
        self.first = None;
        self.rest = outer;
    }
}

#[derive(Default)]
struct Builder {
    /// The parts that have begun, the outermost first. Invariant: never empty.
    open: Vec<Open>,
    /// How many nested parts are not opened because they are too deep.
    skipped: usize,
    inline: Inline,
    /// The code block that has begun.
    code: Option<(String, String)>,
    /// Whether a comment has begun.
    in_comment: bool,
    /// The table that has begun.
    table: (Vec<IsRight>, Vec<Vec<Line<'static>>>),
}

/// A list, an item, a quotation or the body itself, while it is read.
#[derive(Default)]
struct Open {
    list: List,
    ticked: Option<bool>,
    parts: Vec<Prose>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.inline.push(&text, Some(Tone::Code)),
            Event::Html(text) | Event::InlineHtml(text) => self.html(&text),
            Event::SoftBreak => self.inline.push(" ", None),
            Event::HardBreak => self.inline.push("\n", None),
            Event::Rule => {
                self.flush();
                self.add(Prose::Rule);
            }
            Event::TaskListMarker(ticked) => self.top().ticked = Some(ticked),
            // Not switched on.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
        }
    }

    /// HTML as the text that it is, but for comments: they are for those who write the document,
    /// not for those who read it.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some((before, after)) =
            rest.split_once(if self.in_comment { "-->" } else { "<!--" })
        {
            if !self.in_comment {
                self.text(before);
            }
            self.in_comment = !self.in_comment;
            rest = after;
        }
        if !self.in_comment && !rest.trim().is_empty() {
            self.text(rest);
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.code {
            Some((_, code)) => code.push_str(text),
            None => self.inline.push(text, None),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.inline.emphasis += 1,
            Tag::Strong => self.inline.strong += 1,
            Tag::Strikethrough => self.inline.struck += 1,
            // The text of these is their address.
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.inline.begin_link(String::new());
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.inline.begin_link(dest_url.into_string());
            }
            Tag::TableHead | Tag::TableRow => self.table.1.push(Vec::new()),
            Tag::TableCell => {}
            _ => {
                self.flush();
                self.start_block(tag);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                if let Some(list) = self.open.len().checked_sub(2) {
                    self.open[list].list.is_loose = true;
                }
            }
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split_whitespace().next().unwrap_or_default()
                    }
                    CodeBlockKind::Indented => "",
                };
                self.code = Some((language.to_owned(), String::new()));
            }
            Tag::BlockQuote(_) => self.open(List::default()),
            Tag::List(start) => self.open(List { start, ..List::default() }),
            Tag::Item => self.open(List::default()),
            Tag::Table(columns) => {
                self.table.0 = columns.iter().map(|column| *column == Alignment::Right).collect();
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.inline.emphasis -= 1,
            TagEnd::Strong => self.inline.strong -= 1,
            TagEnd::Strikethrough => self.inline.struck -= 1,
            TagEnd::Link | TagEnd::Image => self.inline.end_link(),
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                self.in_comment = false;
                self.flush();
            }
            TagEnd::Heading(level) => {
                let line = self.inline.line();
                self.add(Prose::Heading(level as u8, line));
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(tag),
            TagEnd::TableCell => {
                let cell = self.inline.line();
                if let Some(row) = self.table.1.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                let (columns, rows) = std::mem::take(&mut self.table);
                self.add(Prose::Table(columns, rows));
            }
            _ => {}
        }
    }

    fn end_code(&mut self) {
        if let Some((language, code)) = self.code.take() {
            let lines = code.lines().map(str::to_owned).collect();
            self.add(Prose::Code(language, lines));
        }
    }

    fn open(&mut self, list: List) {
        match self.open.len() > DEEPEST {
            true => self.skipped += 1,
            false => self.open.push(Open { list, ..Open::default() }),
        }
    }

    fn close(&mut self, tag: TagEnd) {
        self.flush();
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let Some(open) = self.open.pop() else { return };
        match tag {
            TagEnd::Item => {
                self.top().list.items.push(Item { ticked: open.ticked, parts: open.parts });
            }
            TagEnd::List(_) => self.add(Prose::List(open.list)),
            _ => self.add(Prose::Quote(open.parts)),
        }
    }

    /// Ends a paragraph; in a list without empty lines nothing else says where one ends.
    fn flush(&mut self) {
        let lines = self.inline.take();
        if !lines.is_empty() {
            self.add(Prose::Paragraph(lines));
        }
    }

    fn add(&mut self, part: Prose) {
        self.top().parts.push(part);
    }

    fn top(&mut self) -> &mut Open {
        self.open.last_mut().expect("the body is closed last")
    }
}

#[cfg(test)]
mod tests;
