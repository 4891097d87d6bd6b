//! The screen, drawn from the state. Of a long list, only what is visible is looked at.

mod board;
#[cfg(test)]
mod colours;
mod list;
mod overlay;
mod paint;
mod talk;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Text;

use super::layout::Layout;
use super::state::{Page, State};
use crate::render::block::{Cell, Line, Tone};
use crate::render::width;
use paint::Paint;

/// Draws the state.
pub fn draw(state: &State, frame: &mut Frame<'_>) {
    let paint = Paint { color: state.style.color };
    let Some(layout) = state.layout() else {
        let text = Text::raw("too small: make the window larger, or q to quit");
        frame.render_widget(
            ratatui::widgets::Paragraph::new(text).wrap(Default::default()),
            frame.area(),
        );
        return;
    };
    // Between a resize and the event that tells of it, the screen may be smaller than the layout.
    if !fits(&layout, frame.area()) {
        return;
    }
    talk::head(state, &paint, frame, layout.head);
    match state.page {
        Page::List if layout.main.height > 0 => list::draw(state, &paint, frame, layout.main),
        Page::Board if layout.main.height > 0 => board::draw(state, &paint, frame, layout.main),
        Page::List | Page::Board => {}
        _ => page(state, &paint, frame, layout.main),
    }
    if layout.rule.area() > 0 {
        rule(state, &paint, frame, layout.rule);
    }
    if layout.side.area() > 0 {
        document(state, &paint, frame, layout.side);
    }
    talk::talk(state, &paint, frame, layout.talk);
    talk::hints(state, &paint, frame, layout.hints);
    overlay::draw(state, &paint, frame, &layout);
}

fn fits(layout: &Layout, area: Rect) -> bool {
    let parts = [layout.head, layout.main, layout.rule, layout.side, layout.talk, layout.hints];
    parts.iter().all(|part| part.right() <= area.right() && part.bottom() <= area.bottom())
}

/// The line between the list and the document.
fn rule(state: &State, paint: &Paint, frame: &mut Frame<'_>, area: Rect) {
    let (mark, count) = match area.width {
        1 => ("│\n", area.height),
        _ => ("─", area.width),
    };
    let tone = if state.is_in_document { Tone::Plain } else { Tone::Dim };
    let text = mark.repeat(usize::from(count));
    frame.render_widget(Text::styled(text, paint.tone(tone)), area);
}

/// The selected document.
fn document(state: &State, paint: &Paint, frame: &mut Frame<'_>, area: Rect) {
    for (at, (line, y)) in state.detail.shown().iter().zip(area.y..area.bottom()).enumerate() {
        let row = Rect { y, height: 1, ..area };
        frame.render_widget(paint.line(&line.line, usize::from(area.width)), row);
        if state.is_in_document && state.detail.first + at == state.detail.at {
            paint.select(frame, row);
        }
    }
}

/// A page of lines.
fn page(state: &State, paint: &Paint, frame: &mut Frame<'_>, area: Rect) {
    let lines = state.page_lines.iter().enumerate().skip(state.page_first);
    for ((at, it), y) in lines.zip(area.y..area.bottom()) {
        let row = Rect { y, height: 1, ..area };
        frame.render_widget(paint.line(&it.line, usize::from(area.width)), row);
        if at == state.page_at {
            paint.select(frame, row);
        }
    }
}

/// A text in a column: cut, or filled up with blanks.
fn column(text: &str, room: usize, is_right: bool) -> String {
    let text = width::cut(text.into(), room, "…");
    let gap = " ".repeat(room - width::of(&text));
    if is_right { format!("{gap}{text}") } else { format!("{text}{gap}") }
}

/// A line of cells with tones.
fn line(cells: Vec<(String, Tone)>) -> Line<'static> {
    Line { cells: cells.into_iter().map(|(text, tone)| Cell::new(text, tone)).collect() }
}
