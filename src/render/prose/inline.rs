//! Text within a paragraph: its tones, its links, the lines its author made.

use crate::render::block::{Cell, Line, Tone};

/// Text within a paragraph, while it is read.
#[derive(Default)]
pub(super) struct Inline {
    lines: Vec<Line<'static>>,
    /// All of it without tones, to tell links that are their own text.
    text: String,
    /// How many times the text to come is marked as strong.
    pub(super) strong: usize,
    /// … as stressed.
    pub(super) emphasis: usize,
    /// … as struck out.
    pub(super) struck: usize,
    /// The addresses of the links that have begun, and where in `text` they did.
    links: Vec<(String, usize)>,
}

impl Inline {
    /// Adds text, in a tone of its own or in that of the marks around it.
    pub(super) fn push(&mut self, text: &str, tone: Option<Tone>) {
        self.text.push_str(text);
        let tone = tone.unwrap_or(match (self.struck, self.strong, self.emphasis) {
            (0, 0, 0) => Tone::Plain,
            (0, 0, _) => Tone::Emphasis,
            (0, ..) => Tone::Strong,
            _ => Tone::Struck,
        });
        for (at, piece) in text.split('\n').enumerate() {
            if at > 0 || self.lines.is_empty() {
                self.lines.push(Line::default());
            }
            self.push_piece(piece, tone);
        }
    }

    fn push_piece(&mut self, piece: &str, tone: Tone) {
        let Some(line) = self.lines.last_mut() else { return };
        match line.cells.last_mut() {
            _ if piece.is_empty() => {}
            Some(last) if last.tone == tone => last.text.to_mut().push_str(piece),
            _ => line.cells.push(Cell::new(piece.to_owned(), tone)),
        }
    }

    /// Begins a link; one without an address only takes up its place until it ends.
    pub(super) fn begin_link(&mut self, address: String) {
        self.links.push((address, self.text.len()));
    }

    /// Ends the innermost link, with its address unless that was its text.
    pub(super) fn end_link(&mut self) {
        let Some((address, start)) = self.links.pop() else { return };
        if !address.is_empty() && self.text[start..] != address {
            self.push(&format!(" ({address})"), Some(Tone::Dim));
        }
    }

    /// All lines, without the empty ones at the end that a block of HTML has.
    pub(super) fn take(&mut self) -> Vec<Line<'static>> {
        self.text.clear();
        let mut lines = std::mem::take(&mut self.lines);
        while lines.last().is_some_and(|line| line.cells.is_empty()) {
            lines.pop();
        }
        lines
    }

    /// All lines as one.
    pub(super) fn line(&mut self) -> Line<'static> {
        Line { cells: self.take().into_iter().flat_map(|line| line.cells).collect() }
    }
}
