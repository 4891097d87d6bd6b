//! Text for a terminal as it grows.

use std::fmt::Write;

use anstyle::{AnsiColor, Style as Ansi};

use super::Style;
use super::block::{Cell, Line, Tone};
use super::safe;

/// The text so far. What is painted on it is harmless already, see [`safe_line`].
pub(super) struct Page<'a> {
    /// What the terminal can show.
    pub style: &'a Style,
    /// The text.
    pub text: String,
}

impl<'a> Page<'a> {
    /// An empty page.
    pub(super) fn new(style: &'a Style) -> Self {
        Self { style, text: String::new() }
    }

    /// Adds a piece of text in the colour of its tone; an id as a link to its file.
    pub(super) fn paint(&mut self, tone: Tone, text: &str) {
        let links = self.style.links.as_ref().filter(|_| tone == Tone::Id);
        let address = links.and_then(|links| links.address(text));
        if let Some(address) = &address {
            write!(self.text, "\x1b]8;;{address}\x1b\\").expect("a string takes all text");
        }
        self.colored(tone, text);
        if address.is_some() {
            self.text.push_str("\x1b]8;;\x1b\\");
        }
    }

    fn colored(&mut self, tone: Tone, text: &str) {
        let ansi = ansi(tone);
        if !self.style.color || ansi.is_plain() || text.is_empty() {
            self.text.push_str(text);
        } else {
            write!(self.text, "{ansi}{text}{ansi:#}").expect("a string takes all text");
        }
    }

    /// Adds the cells of a line, in `over` where they have no tone of their own.
    pub(super) fn cells(&mut self, line: &Line<'_>, over: Tone) {
        for cell in &line.cells {
            let tone = if cell.tone == Tone::Plain { over } else { cell.tone };
            self.paint(tone, &cell.text);
        }
    }

    /// Adds a line.
    pub(super) fn line(&mut self, line: &Line<'_>) {
        self.cells(line, Tone::Plain);
        self.end();
    }

    /// Ends a line.
    pub(super) fn end(&mut self) {
        self.text.push('\n');
    }

    /// Adds an empty line, unless there is one already or nothing above it.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.end();
        }
    }

    /// The mark of a text that was cut.
    pub(super) fn cut_mark(&self) -> &'static str {
        if self.style.unicode { "…" } else { "..." }
    }
}

/// The tones in the order in which [`read_back`] tries them: of two that look the same, the first.
const TONES: [Tone; 9] = [
    Tone::Dim,
    Tone::Good,
    Tone::Warn,
    Tone::Bad,
    Tone::Removed,
    Tone::Strong,
    Tone::Emphasis,
    Tone::Id,
    Tone::Plain,
];

/// What was painted on a page, line by line. Nothing but [`Page::paint`] puts an escape on it, so
/// that each one is known.
pub(super) fn read_back(text: &str) -> Vec<Line<'static>> {
    let looks: Vec<(String, Tone)> =
        TONES.iter().map(|tone| (ansi(*tone).to_string(), *tone)).collect();
    let reset = format!("{:#}", ansi(Tone::Dim));
    let line = |text: &str| {
        let mut line = Line::default();
        for piece in text.split(reset.as_str()) {
            let (before, painted) = piece.split_at(piece.find('\u{1b}').unwrap_or(piece.len()));
            let known = looks.iter().find_map(|(look, tone)| {
                let rest = painted.strip_prefix(look.as_str()).filter(|_| !look.is_empty())?;
                Some(Cell::new(rest.to_owned(), *tone))
            });
            let plain = Cell::new(before.to_owned(), Tone::Plain);
            line.cells.extend([Some(plain), known].into_iter().flatten());
        }
        line.cells.retain(|cell| !cell.text.is_empty());
        line
    };
    text.lines().map(line).collect()
}

/// A line of a document with all its cells harmless.
pub(super) fn safe_line<'a>(line: &'a Line<'_>) -> Line<'a> {
    Line {
        cells: line.cells.iter().map(|cell| Cell::new(safe::line(&cell.text), cell.tone)).collect(),
    }
}

/// The looks of a tone: from the sixteen colours only, which every terminal maps to its theme.
fn ansi(tone: Tone) -> Ansi {
    match tone {
        Tone::Plain | Tone::Day => Ansi::new(),
        Tone::Dim | Tone::Struck => Ansi::new().dimmed(),
        Tone::Good => AnsiColor::Green.on_default(),
        Tone::Warn => AnsiColor::Yellow.on_default(),
        Tone::Bad => AnsiColor::Red.on_default().bold(),
        Tone::Removed => AnsiColor::Red.on_default(),
        Tone::Strong => Ansi::new().bold(),
        Tone::Emphasis => Ansi::new().italic(),
        Tone::Id | Tone::Code => AnsiColor::Cyan.on_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_painted_is_read_back() {
        let style = Style { color: true, ..Style::default() };
        let mut page = Page::new(&style);
        let line = Line::from(Cell::id("BL-7k3qd")).then("  ").then(Cell::strong("Guest checkout"));
        page.line(&line);
        page.end();
        for tone in TONES {
            page.line(&Line::from("a ").then(Cell::new("b", tone)).then(" c"));
        }
        let lines = read_back(&page.text);
        assert_eq!(lines[0], line);
        assert_eq!(lines[1], Line::default());
        for (line, tone) in lines[2..].iter().zip(TONES) {
            let text = Line::from("a ").then(Cell::new("b", tone)).then(" c");
            match tone {
                Tone::Plain => assert_eq!(line.text(), "a b c"),
                _ => assert_eq!(*line, text),
            }
        }
    }
}
