//! Tones as looks: from the sixteen colours only, which every terminal maps to its theme, and never
//! by colour alone.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line as Painted, Span};

use crate::render::block::{Line, Tone};
use crate::render::width;

/// The brush.
pub(super) struct Paint {
    /// Whether there are colours.
    pub(super) color: bool,
}

impl Paint {
    /// The looks of a tone.
    pub(super) fn tone(&self, tone: Tone) -> Style {
        let plain = Style::default();
        let style = match tone {
            Tone::Plain | Tone::Day => plain,
            Tone::Dim | Tone::Struck => plain.add_modifier(Modifier::DIM),
            Tone::Good => plain.fg(Color::Green),
            Tone::Warn => plain.fg(Color::Yellow),
            Tone::Bad => plain.fg(Color::Red).add_modifier(Modifier::BOLD),
            Tone::Removed => plain.fg(Color::Red),
            Tone::Strong => plain.add_modifier(Modifier::BOLD),
            Tone::Emphasis => plain.add_modifier(Modifier::ITALIC),
            Tone::Id | Tone::Code => plain.fg(Color::Cyan),
        };
        if self.color { style } else { Style { fg: None, ..style } }
    }

    /// A line that fits into so many columns.
    pub(super) fn line(&self, line: &Line<'_>, room: usize) -> Painted<'static> {
        let mut left = room;
        let mut spans = Vec::with_capacity(line.cells.len());
        for cell in &line.cells {
            let text = width::cut(cell.text.as_ref().into(), left, "…");
            left -= width::of(&text);
            spans.push(Span::styled(text.into_owned(), self.tone(cell.tone)));
        }
        Painted::from(spans)
    }

    /// Marks a line as the one that the keys are about.
    pub(super) fn select(&self, frame: &mut Frame<'_>, area: Rect) {
        frame.buffer_mut().set_style(area, Style::default().add_modifier(Modifier::REVERSED));
    }
}
