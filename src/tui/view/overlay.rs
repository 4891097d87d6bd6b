//! What lies above the rest: the help, and items to choose from.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear};

use super::paint::Paint;
use super::{column, line};
use crate::render::block::{Line, Tone};
use crate::render::safe;
use crate::tui::keys::{BINDINGS, PLACES};
use crate::tui::layout::Layout;
use crate::tui::state::{Ask, Mode, State};

/// Draws what lies above the rest, if anything does.
pub(super) fn draw(state: &State, paint: &Paint, frame: &mut Frame<'_>, layout: &Layout) {
    match &state.mode {
        Mode::Help(first) => help(*first, paint, frame, layout),
        Mode::Ask(ask) if !ask.found.is_empty() => found(ask, paint, frame, layout),
        _ => {}
    }
}

/// All keys, by place.
fn help(first: usize, paint: &Paint, frame: &mut Frame<'_>, layout: &Layout) {
    let mut lines = Vec::new();
    for place in PLACES {
        lines.push(line(vec![(place.title().to_owned(), Tone::Strong)]));
        for binding in BINDINGS.iter().filter(|binding| binding.place == place) {
            let keys = column(&binding.keys.join(" "), 20, false);
            let words = binding.words.to_owned();
            lines.push(line(vec![(keys, Tone::Id), (" ".to_owned() + &words, Tone::Plain)]));
        }
        lines.push(Line::default());
    }
    let area = Rect {
        height: layout.talk.y - layout.head.bottom(),
        y: layout.head.bottom(),
        ..layout.head
    };
    let inside = boxed("keys", frame, area);
    let first = first.min(lines.len().saturating_sub(usize::from(inside.height)));
    for (line, y) in lines.iter().skip(first).zip(inside.y..inside.bottom()) {
        let row = Rect { y, height: 1, ..inside };
        frame.render_widget(paint.line(line, usize::from(inside.width)), row);
    }
}

/// The items that a line may mean, above the line.
fn found(ask: &Ask, paint: &Paint, frame: &mut Frame<'_>, layout: &Layout) {
    let room = layout.talk.y - layout.head.bottom();
    let height = u16::try_from(ask.found.len() + 2).unwrap_or(room).min(room);
    let area = Rect { y: layout.talk.y - height, height, ..layout.head };
    let inside = boxed("below", frame, area);
    for ((at, item), y) in ask.found.iter().enumerate().zip(inside.y..inside.bottom()) {
        let row = Rect { y, height: 1, ..inside };
        let cells = vec![
            (safe::line(item.id()).into_owned(), Tone::Id),
            (format!(" {}", safe::line(&item.title())), Tone::Plain),
        ];
        frame.render_widget(paint.line(&line(cells), usize::from(inside.width)), row);
        if at == ask.at {
            paint.select(frame, row);
        }
    }
}

/// An empty box with a title, and what is inside of it.
fn boxed(title: &str, frame: &mut Frame<'_>, area: Rect) -> Rect {
    let block = Block::bordered().title(title.to_owned());
    let inside = block.inner(area);
    frame.render_widget(Clear, area);
    frame.render_widget(block, area);
    inside
}
