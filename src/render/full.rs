//! Findings with the lines that they are about, as compilers show them.
//!
//! The lines go through the same hands as all other text: what is hidden in them becomes visible,
//! and the marks below stand under what is shown, not under what the file holds.

use super::block::{Block, Cell, Line, Tone};
use super::report::findings::{FindingsView, shortened, tone};
use super::{Style, safe, table, width};
use crate::domain::finding::{Finding, Safety};
use crate::domain::span::Span;

/// How many columns of a source line are shown where the output has no width of its own.
const WIDEST: usize = 160;

/// The fewest columns of a source line that say anything.
const NARROWEST: usize = 20;

/// The text of the findings.
pub(super) fn text(view: &FindingsView<'_>, style: &Style) -> String {
    let mut blocks = Vec::new();
    for finding in view.findings {
        blocks.push(Block::Code { language: "", lines: lines(view, finding, style) });
        blocks.push(Block::Blank);
    }
    blocks.push(Block::text(view.summary()));
    table::text(&blocks, style)
}

fn lines(view: &FindingsView<'_>, finding: &Finding, style: &Style) -> Vec<Line<'static>> {
    let word = format!("{}[{} {}]", finding.severity.word(), finding.code, finding.name);
    let place = format!("{}:{}", view.path(finding), finding.position);
    // What begins and ends with the file is about the file as a whole.
    let text = view.text(finding).filter(|_| finding.span.end > 0);
    let excerpt = text.map(|text| Excerpt::of(text, finding));
    let gutter = excerpt.as_ref().map_or(1, |excerpt| excerpt.line.to_string().len());
    let pad = " ".repeat(gutter);
    let mut lines = vec![
        Line::from(Cell::new(word, tone(finding.severity)))
            .then(Cell::strong(format!(": {}", shortened(&finding.message)))),
        Line::from(Cell::dim(format!("{pad}--> "))).then(place),
    ];
    if let Some(excerpt) = excerpt {
        let room = style.width.map_or(WIDEST, |width| width.saturating_sub(gutter + 3));
        lines.extend(excerpt.lines(room.max(NARROWEST), tone(finding.severity), style));
    }
    let mut note = |name: &str, text: &str| {
        lines.push(
            Line::from(Cell::dim(format!("{pad} = {name}: "))).then(shortened(text).into_owned()),
        );
    };
    if let Some(hint) = &finding.hint {
        note("hint", hint);
    }
    if let Some(fix) = &finding.fix {
        note("fix", &format!("{} ({})", fix.title, option(fix.safety)));
    }
    lines
}

/// The options that make a fix.
fn option(safety: Safety) -> &'static str {
    match safety {
        Safety::Safe => "--fix",
        Safety::Unsafe => "--fix --unsafe-fixes",
    }
}

/// The first line of a finding that is not blank, in three parts.
struct Excerpt<'a> {
    /// The number of the line.
    line: usize,
    before: &'a str,
    /// What the finding is about, as far as it stands in this line.
    culprit: &'a str,
    after: &'a str,
    /// How many more lines the finding is about.
    more: usize,
}

impl<'a> Excerpt<'a> {
    fn of(text: &'a str, finding: &Finding) -> Self {
        let start = boundary(text, finding.span.start);
        let span = Span::new(start, boundary(text, finding.span.end).max(start));
        let skipped = span.of(text).len() - span.of(text).trim_start().len();
        // What is blank from end to end is meant as it is.
        let skipped = if skipped == span.of(text).len() { 0 } else { skipped };
        let blank = span.of(text)[..skipped].rfind('\n').map_or(0, |at| at + 1);
        let start = start + blank;
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = span.end.min(line_end);
        let passed = text[span.start..start].bytes().filter(|&byte| byte == b'\n').count();
        let below = text[end..span.end.max(end)].trim_end();
        let culprit = text[start..end].trim_end_matches('\r');
        Self {
            line: finding.position.line + passed,
            before: text[line_start..start].trim_start_matches('\u{feff}'),
            culprit,
            after: text[start + culprit.len()..line_end].trim_end_matches('\r'),
            more: below.bytes().filter(|&byte| byte == b'\n').count(),
        }
    }

    /// The line and the marks below it, in at most `room` columns.
    fn lines(&self, room: usize, tone: Tone, style: &Style) -> Vec<Line<'static>> {
        let mark = if style.unicode { "…" } else { "..." };
        let culprit = start(self.culprit, room, mark);
        let rest = room.saturating_sub(width::of(&culprit));
        let after = start(self.after, rest, mark);
        let before = end(self.before, rest.saturating_sub(width::of(&after)).max(rest / 2), mark);
        let after = start(self.after, rest.saturating_sub(width::of(&before)), mark);
        let number = self.line.to_string();
        let bar = format!("{} | ", " ".repeat(number.len()));
        let carets = "^".repeat(width::of(&culprit).max(1));
        let marks = format!("{}{carets}", " ".repeat(width::of(&before)));
        let mut lines = vec![
            Line::from(Cell::dim(bar.trim_end().to_owned())),
            Line::from(Cell::dim(format!("{number} | "))).then(before + &culprit + &after),
            Line::from(Cell::dim(bar.clone())).then(Cell::new(marks, tone)),
        ];
        if self.more > 0 {
            let more = crate::domain::message::counted(self.more, "more line");
            lines.push(Line::from(Cell::dim(format!("{bar}and {more}"))));
        }
        lines
    }
}

/// The nearest place at or before `at` that is between two characters.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A source text as it is shown.
fn shown(text: &str) -> String {
    safe::line(&text.replace('\t', "    ")).into_owned()
}

/// The beginning of a text, in `room` columns. Of a long one no more than that is looked at.
fn start(text: &str, room: usize, mark: &str) -> String {
    let looked_at = text.char_indices().nth(room + 1).map_or(text, |(at, _)| &text[..at]);
    width::cut(shown(looked_at).into(), room, mark).into_owned()
}

/// The end of a text, in `room` columns.
fn end(text: &str, room: usize, mark: &str) -> String {
    let from = text.char_indices().rev().nth(room).map_or(0, |(at, _)| at);
    let text = shown(&text[from..]);
    if from == 0 && width::of(&text) <= room {
        return text;
    }
    let Some(room) = room.checked_sub(width::of(mark)) else { return String::new() };
    let fits = |at: &usize| width::of(&text[*at..]) <= room;
    let at = text.char_indices().map(|(at, _)| at).find(fits).unwrap_or(text.len());
    format!("{mark}{}", &text[at..])
}

#[cfg(test)]
mod tests;
