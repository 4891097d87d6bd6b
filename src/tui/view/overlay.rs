//! What lies above the rest: the help, and items to choose from.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Clear};

use super::paint::Paint;
use super::{column, line};
use crate::render::block::{Block as Paragraph, Cell, Line, Tone};
use crate::render::{self, Style, safe, width};
use crate::tui::keys::{BINDINGS, HELP_LINES, PLACES};
use crate::tui::layout::Layout;
use crate::tui::state::{Ask, Mode, State};

/// Draws what lies above the rest, if anything does.
pub(super) fn draw(state: &State, paint: &Paint, frame: &mut Frame<'_>, layout: &Layout) {
    match &state.mode {
        Mode::Help(first) => help(*first, paint, frame, layout),
        Mode::Ask(ask) if !ask.found.is_empty() => found(ask, paint, frame, layout),
        Mode::Ask(Ask { error: Some(error), .. }) => {
            told(state, (error, Tone::Bad), paint, frame, layout.talk.y, layout);
        }
        Mode::Normal => {
            if let Some((words, tone)) = &state.said {
                told(state, (words, *tone), paint, frame, layout.talk.bottom(), layout);
            }
        }
        _ => {}
    }
}

/// Words that are too long for a line, on the lines above `bottom`: where a text is kept, and what to
/// do, stands at the end of them.
fn told(
    state: &State,
    (words, tone): (&str, Tone),
    paint: &Paint,
    frame: &mut Frame<'_>,
    bottom: u16,
    layout: &Layout,
) {
    let room = usize::from(layout.talk.width);
    if width::of(&safe::line(words)) <= room {
        return;
    }
    let style = Style { width: Some(room), ..state.style.clone() };
    let lines = render::lines(&[Paragraph::text(Cell::new(words, tone))], &style);
    let lines: Vec<String> = lines.iter().flat_map(|line| broken(&line.text(), room)).collect();
    let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let height = height.min(bottom - layout.head.bottom());
    let area = Rect { y: bottom - height, height, ..layout.talk };
    frame.render_widget(Clear, area);
    for (line, y) in lines.iter().zip(area.y..bottom) {
        let line = Line { cells: vec![Cell::new(line.as_str(), tone)] };
        frame.render_widget(paint.line(&line, room), Rect { y, height: 1, ..area });
    }
}

/// A line in pieces that have room, as a path may be wider than the screen.
fn broken(line: &str, room: usize) -> Vec<String> {
    let (mut pieces, mut rest) = (Vec::new(), line);
    while width::of(rest) > room {
        let (piece, behind) = rest.split_at(width::prefix(rest, room).len());
        if piece.is_empty() {
            break;
        }
        pieces.push(piece.to_owned());
        rest = behind;
    }
    pieces.push(rest.to_owned());
    pieces
}

/// All keys, by place.
fn help(first: usize, paint: &Paint, frame: &mut Frame<'_>, layout: &Layout) {
    let mut lines = Vec::with_capacity(HELP_LINES);
    let widest = BINDINGS.iter().map(|binding| binding.keys.join(" ").len()).max().unwrap_or(0);
    let room = widest.min(usize::from(layout.head.width) / 2);
    for place in PLACES {
        lines.push(line(vec![(place.title().to_owned(), Tone::Strong)]));
        for binding in BINDINGS.iter().filter(|binding| binding.place == place) {
            let keys = column(&binding.keys.join(" "), room, false);
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
