//! The items by status, in columns side by side.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::line;
use super::paint::Paint;
use crate::render::block::{Line, Tone};
use crate::render::safe;
use crate::tui::layout::scrolled;
use crate::tui::state::{Column, State};

/// The narrowest column in which a title can be read.
const NARROWEST: usize = 18;

/// Draws the board. Where not all columns have room, those around the selected item are shown.
pub(super) fn draw(state: &State, paint: &Paint, frame: &mut Frame<'_>, area: Rect) {
    let columns = state.columns();
    if columns.is_empty() {
        return;
    }
    let place = state.place_on_board(&columns);
    let n_shown = (usize::from(area.width) / NARROWEST).clamp(1, columns.len());
    let selected = place.map_or(0, |(column, _)| column);
    let first = scrolled(selected.saturating_sub(n_shown / 2), selected, n_shown, columns.len());
    let width = usize::from(area.width) / n_shown;
    let shown = columns.iter().enumerate().skip(first).take(n_shown);
    for (number, (at, column)) in shown.enumerate() {
        let x = area.x + u16::try_from(number * width).unwrap_or(0);
        let width = u16::try_from(width.saturating_sub(2)).unwrap_or(0);
        let own = Rect { x, width, ..area };
        let is_cut =
            (at == first && first > 0, at + 1 == first + n_shown && at + 1 < columns.len());
        let row = place.filter(|(column, _)| *column == at).map(|(_, row)| row);
        draw_column(state, paint, frame, own, (column, row, is_cut));
    }
}

fn draw_column(
    state: &State,
    paint: &Paint,
    frame: &mut Frame<'_>,
    area: Rect,
    (column, selected, is_cut): (&Column, Option<usize>, (bool, bool)),
) {
    let width = usize::from(area.width);
    let head = Rect { height: 1, ..area };
    frame.render_widget(paint.line(&heading(column, is_cut), width), head);
    let room = usize::from(area.height).saturating_sub(1);
    let first = scrolled(0, selected.unwrap_or(0), room, column.rows.len());
    let rows = column.rows.iter().enumerate().skip(first);
    for ((at, row), y) in rows.zip(area.y + 1..area.bottom()) {
        let place = Rect { y, height: 1, ..area };
        frame.render_widget(paint.line(&card(state, *row), width), place);
        if selected == Some(at) && !state.is_in_document {
            paint.select(frame, place);
        }
    }
}

/// `in-progress 3/5`
fn heading(column: &Column, (before, behind): (bool, bool)) -> Line<'static> {
    let count = column.n_items;
    let (count, tone) = match column.limit {
        Some(limit) if column.is_over_limit() => (format!("{count}/{limit}!"), Tone::Bad),
        Some(limit) => (format!("{count}/{limit}"), Tone::Dim),
        None => (column.rows.len().to_string(), Tone::Dim),
    };
    let mark = |is_there: bool, mark: &str| if is_there { mark.to_owned() } else { String::new() };
    let status = safe::line(&column.status).into_owned();
    line(vec![
        (mark(before, "‹ "), Tone::Dim),
        (status, Tone::Strong),
        (format!(" {count}"), tone),
        (mark(behind, " ›"), Tone::Dim),
    ])
}

fn card(state: &State, row: usize) -> Line<'static> {
    let item = &state.rows[row];
    let is_marked = state.marks.contains(item.path());
    let cursor = if row == state.at { "›" } else { " " };
    line(vec![
        (cursor.to_owned(), Tone::Dim),
        (if is_marked { "●" } else { "" }.to_owned(), Tone::Strong),
        (safe::line(item.id()).into_owned(), Tone::Id),
        (" ".to_owned() + &safe::line(&item.title()), Tone::Plain),
    ])
}
