//! Where the story of a document stands: in its body, else in its title.
//!
//! Most lines cannot begin a story, which their first word tells; only the others are read.

use std::sync::LazyLock;

use memchr::memchr;
use memchr::memmem::{self, Finder};

use super::lex::{self, Kind, Token};
use super::{Clause, Story, words};
use crate::domain::config::Config;
use crate::domain::entry::Entry;
use crate::domain::span::Span;

/// What is longer is no story; the rest of a paragraph is not looked at.
const LONGEST: usize = 8 << 10;

/// What a paragraph costs at least, in bytes of one that is as long.
const SHORTEST: usize = 256;

/// How much of a document is read in search of its story. A text that is not meant for a backlog
/// may have a thousand lines that seem to begin one.
const SEARCHED: usize = 64 << 10;

/// The story of an item; `None` for a document that tells none and is not of the type `story`.
pub fn find(entry: &Entry, config: &Config) -> Option<Story> {
    if !entry.kind.is_ranked() || !entry.is_readable() {
        return None;
    }
    let text = entry.document.text();
    let title = entry.document.get("title").map(|node| unquoted(text, node.span()));
    let body = entry.document.body_span();
    let is_story = entry.item_type() == "story";
    find_in(text, body, title, &config.criteria.sections, is_story)
}

/// Whether the body of an item has no text yet, apart from criteria, headings and comments.
pub fn is_untold(entry: &Entry, config: &Config) -> bool {
    let (text, body) = (entry.document.text(), entry.document.body_span());
    let mut paragraphs = Paragraphs::new(text, body, &config.criteria.sections);
    paragraphs.all(|paragraph| paragraph.of(text).trim_start().starts_with("<!--"))
}

/// The title without the quotation marks of YAML.
fn unquoted(text: &str, span: Span) -> Span {
    let title = span.of(text);
    let is_quoted = title.len() >= 2 && title.starts_with(['"', '\'']);
    if is_quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

/// The story of a text of which `body` and `title` are known. What stands under one of `headings`
/// is something else.
pub(super) fn find_in(
    text: &str,
    body: Span,
    title: Option<Span>,
    headings: &[String],
    is_story: bool,
) -> Option<Story> {
    let mut second = None;
    let mut searched = 0;
    for paragraph in Paragraphs::new(text, body, headings) {
        searched += (paragraph.end - paragraph.start).clamp(SHORTEST, LONGEST);
        if searched > SEARCHED {
            break;
        }
        let story = read(text, paragraph, body.end);
        if is_whole(&story) {
            return Some(story);
        }
        if second.is_none() && is_story && !story.is_empty() {
            second = Some(story);
        }
    }
    let in_title = title.map(|title| parse(text, title));
    match in_title {
        Some(story) if is_whole(&story) => return Some(story),
        Some(story) if second.is_none() && !story.is_empty() => second = Some(story),
        _ => {}
    }
    let empty = || Story::empty(title.unwrap_or_default());
    is_story.then(|| second.unwrap_or_else(empty))
}

fn is_whole(story: &Story) -> bool {
    story.role.is_some() && story.means.is_some()
}

/// The story that begins in a paragraph. Where a part is missing, the next paragraphs may hold it.
fn read(text: &str, paragraph: Span, end: usize) -> Story {
    let mut story = parse(text, paragraph);
    let mut whole = paragraph;
    for _ in 0..2 {
        let is_missing = story.role.is_none() || story.means.is_none() || story.ends.is_none();
        let Some(next) = next_paragraph(text, whole.end, end).filter(|_| is_missing) else { break };
        let first = first_word(next.of(text));
        let can_continue = words::is_one_of(first, CONTINUES)
            || (story.role.is_none() && words::is_one_of(first, &["as"]));
        if !can_continue {
            break;
        }
        whole = Span::new(whole.start, next.end);
        let longer = parse(text, whole);
        let count = |clause: Option<Clause>| usize::from(clause.is_some());
        let parts = |it: &Story| count(it.role) + count(it.means) + count(it.ends);
        if parts(&longer) <= parts(&story) {
            break;
        }
        story = longer;
    }
    story
}

const CONTINUES: &[&str] =
    &["i", "i'd", "i’d", "we", "we'd", "we’d", "so", "in", "want", "because"];

fn parse(text: &str, span: Span) -> Story {
    let mut tokens = lex::tokens(text, shortened(text, span));
    let is_as = |token: &Token| token.span.of(text).eq_ignore_ascii_case("as");
    let mut has_role = tokens.first().is_some_and(is_as);
    let begins_other = |token: &Token| {
        let word = token.span.of(text);
        let begins_role = is_as(token);
        let continues = token.kind == Kind::Word
            && (words::is_one_of(word, CONTINUES) || (begins_role && !has_role));
        has_role |= begins_role;
        token.begins_element && !continues
    };
    let other = tokens.iter().skip(1).position(begins_other).map(|at| at + 1);
    tokens.truncate(other.unwrap_or(tokens.len()));
    Story::parse(text, tokens)
}

fn shortened(text: &str, span: Span) -> Span {
    let longest = span.end.min(span.start.saturating_add(LONGEST));
    let end = (span.start..=longest).rev().find(|end| text.is_char_boundary(*end));
    Span::new(span.start, end.unwrap_or(span.start))
}

/// The paragraph after `from`, if nothing but blank lines is before it.
fn next_paragraph(text: &str, from: usize, end: usize) -> Option<Span> {
    let rest = &text[from..end];
    let start = from + (rest.len() - rest.trim_start().len());
    let is_plain = |line: &str| !line.starts_with(['#', '`', '|', '<']);
    if start >= end || !is_plain(&text[start..end]) {
        return None;
    }
    let mut at = start;
    while at < end {
        let line_end =
            memchr(b'\n', &text.as_bytes()[at..end]).map_or(end, |length| at + length + 1);
        if text[at..line_end].trim().is_empty() {
            break;
        }
        at = line_end;
    }
    Some(Span::new(start, at))
}

/// The paragraphs of a body that may begin a story, each from the line that may.
struct Paragraphs<'a> {
    text: &'a str,
    headings: &'a [String],
    at: usize,
    end: usize,
    /// The next "As " that is not behind: a story may have a number or a name before it.
    next_as: usize,
}

impl<'a> Paragraphs<'a> {
    fn new(text: &'a str, body: Span, headings: &'a [String]) -> Self {
        let mut it = Self { text, headings, at: body.start, end: body.end, next_as: body.start };
        it.find_as(body.start);
        it
    }

    fn find_as(&mut self, from: usize) {
        static AS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("As "));
        let rest = &self.text.as_bytes()[from..self.end];
        self.next_as = AS.find(rest).map_or(usize::MAX, |at| from + at);
    }

    /// Whether a line may begin a story.
    fn may_begin(&mut self, line: Span) -> bool {
        if self.next_as < line.start {
            self.find_as(line.start);
        }
        self.next_as < line.end || may_begin(line.of(self.text))
    }

    fn line(&self, at: usize) -> Option<Span> {
        let rest = self.text.as_bytes().get(at..self.end).filter(|rest| !rest.is_empty())?;
        Some(Span::new(at, memchr(b'\n', rest).map_or(self.end, |length| at + length + 1)))
    }

    /// Passes over the rest of a block that `fence` ends.
    fn skip_to(&mut self, fence: &str) {
        let rest = &self.text.as_bytes()[self.at..self.end];
        self.at += memmem::find(rest, fence.as_bytes()).map_or(rest.len(), |at| at + fence.len());
    }

    /// Passes over a section up to the next heading of its level or above.
    fn skip_section(&mut self, level: usize) {
        while let Some(line) = self.line(self.at) {
            if level_of(line.of(self.text)).is_some_and(|other| other <= level) {
                return;
            }
            self.at = line.end;
        }
    }

    fn is_other_section(&self, line: &str) -> bool {
        let title = line.trim_matches(|c: char| c == '#' || c.is_whitespace() || c == ':');
        self.headings.iter().any(|heading| heading.trim().eq_ignore_ascii_case(title))
    }
}

/// The level of a heading.
fn level_of(line: &str) -> Option<usize> {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6)
        .contains(&level)
        .then_some(level)
        .filter(|level| line[*level..].starts_with([' ', '\t']))
}

impl Iterator for Paragraphs<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let mut start = None;
        while let Some(line) = self.line(self.at) {
            let words = line.of(self.text);
            if words == "\n" && start.is_none() {
                self.at = line.end;
                continue;
            }
            let trimmed = words.trim_start();
            let level = level_of(words);
            let ends = trimmed.is_empty() || level.is_some() || trimmed.starts_with("```");
            if let Some(start) = start.filter(|_| ends || trimmed.starts_with("~~~")) {
                return Some(Span::new(start, line.start));
            }
            self.at = line.end;
            if let Some(level) = level {
                if self.is_other_section(words) {
                    self.skip_section(level);
                } else if self.may_begin(line) {
                    return Some(line);
                }
                continue;
            }
            if start.is_none() {
                if let Some(fence) = ["```", "~~~"].iter().find(|it| trimmed.starts_with(**it)) {
                    self.skip_to(fence);
                } else if trimmed.starts_with("<!--") {
                    self.at = line.start + (words.len() - trimmed.len());
                    self.skip_to("-->");
                } else if self.may_begin(line) {
                    start = Some(line.start);
                }
            }
        }
        start.map(|start| Span::new(start, self.end))
    }
}

/// The first word of a line of Markdown.
fn first_word(line: &str) -> &str {
    let marks = |c: char| c.is_ascii_digit() || (c.is_ascii() && !c.is_ascii_alphabetic());
    let words = line.trim_start_matches(marks);
    let end = words.find(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    &words[..end.unwrap_or(words.len())]
}

/// Whether the first word of a line may begin a story.
fn may_begin(line: &str) -> bool {
    const FIRST: &[&str] = &[
        "as", "in", "so", "i", "i'd", "i’d", "we", "we'd", "we’d", "when", "whenever", "while",
        "if", "after", "once",
    ];
    let word = first_word(line);
    let initial = word.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    matches!(initial, b'a' | b'i' | b's' | b'w' | b'o') && words::is_one_of(word, FIRST)
}
