//! Text within a line, and the elements for its tones.

use crate::render::block::{Cell, Line, Tone};
use crate::render::safe;

/// Whether the cells of a line are texts of their own, or parts of one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Isolate {
    /// What is written from right to left in one moves nothing in the next.
    Yes,
    /// The sentence as a whole has one direction.
    No,
}

/// Adds the cells of a line, without blanks at its ends.
pub(super) fn push(html: &mut String, line: &Line<'_>, isolate: Isolate) {
    let last = line.cells.len().saturating_sub(1);
    for (at, cell) in line.cells.iter().enumerate() {
        let text = if at == 0 { cell.text.trim_start() } else { &cell.text };
        let text = if at == last { text.trim_end() } else { text };
        let is_alone = last == 0 || isolate == Isolate::No;
        let cell = Cell { target: cell.target.clone(), ..Cell::new(text, cell.tone) };
        match cell.tone == Tone::Plain && !is_alone && cell.text.contains(is_right_to_left) {
            true => *html += &format!("<bdi>{}</bdi>", safe::html(&cell.text)),
            false => push_cell(html, &cell),
        }
    }
}

/// Adds the text of a cell.
pub(super) fn push_cell(html: &mut String, cell: &Cell<'_>) {
    let text = safe::html(&cell.text);
    if text.trim().is_empty() {
        html.push_str(&text);
        return;
    }
    let (begin, end) = elements(cell.tone);
    let (link, link_end) = match &cell.target {
        Some(target) => (format!("<a href=\"{}\">", safe::address(target)), "</a>"),
        None => (String::new(), ""),
    };
    html.extend([&*link, begin, &*text, end, link_end]);
}

/// What stands around a text of a tone.
fn elements(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Plain | Tone::Day => ("", ""),
        Tone::Dim => ("<span class=\"dim\">", "</span>"),
        Tone::Good => ("<span class=\"good\">", "</span>"),
        Tone::Warn => ("<span class=\"warn\">", "</span>"),
        Tone::Bad => ("<strong class=\"bad\">", "</strong>"),
        Tone::Removed => ("<del>", "</del>"),
        Tone::Strong => ("<strong>", "</strong>"),
        Tone::Emphasis => ("<em>", "</em>"),
        Tone::Struck => ("<s>", "</s>"),
        Tone::Id => ("<span class=\"id\">", "</span>"),
        Tone::Code => ("<code>", "</code>"),
    }
}

/// A letter of Hebrew, Arabic and the scripts beside them.
fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}
