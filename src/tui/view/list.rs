//! The items in their order, one a line.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::paint::Paint;
use super::{column, line};
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::message::counted;
use crate::domain::rules;
use crate::domain::score::short;
use crate::domain::split;
use crate::render::block::{Line, Tone};
use crate::render::safe;
use crate::tui::state::{Slot, State};

/// What a line of the list has room for.
struct Columns {
    position: usize,
    id: usize,
    status: usize,
    score: usize,
    title: usize,
}

/// Columns for two numbers.
const NUMBER: usize = 4;
/// The marks before the id.
const MARKS: usize = 3;

impl Columns {
    fn of(state: &State, width: usize, slots: &[Slot]) -> Self {
        let shown = slots.iter().filter_map(|slot| match slot {
            Slot::Row(row) => Some(&state.rows[*row]),
            Slot::Capacity => None,
        });
        let id = shown.map(|item| item.id().chars().count()).max().unwrap_or(0).clamp(8, 14);
        let position = state.rows.len().to_string().len().max(2);
        let statuses = state.backlog().config.statuses.0.keys();
        let widest = statuses.map(|word| word.chars().count()).max().unwrap_or(0).clamp(6, 12);
        let status = if width >= 56 { widest + 1 } else { 0 };
        let score = if width >= 64 && state.scoring.is_some() { 6 } else { 0 };
        let others = position + 1 + MARKS + id + 1 + status + 2 * NUMBER + score + 1;
        Self { position, id, status, score, title: width.saturating_sub(others) }
    }
}

/// Draws the list.
pub(super) fn draw(state: &State, paint: &Paint, frame: &mut Frame<'_>, area: Rect) {
    let width = usize::from(area.width);
    let slots = state.slots(usize::from(area.height).saturating_sub(1));
    let columns = Columns::of(state, width, &slots);
    let head = Rect { height: 1, ..area };
    frame.render_widget(paint.line(&heading(&columns), width), head);
    if state.rows.is_empty() {
        let below = Rect { y: area.y + 1, height: 1, ..area };
        if below.y < area.bottom() {
            frame.render_widget(paint.line(&Line::from(nothing(state)), width), below);
        }
        return;
    }
    for (slot, y) in slots.iter().zip(area.y + 1..area.bottom()) {
        let row = Rect { y, height: 1, ..area };
        match slot {
            Slot::Row(at) => {
                frame.render_widget(paint.line(&item(state, &columns, *at), width), row);
                if *at == state.at && !state.is_in_document {
                    paint.select(frame, row);
                }
            }
            Slot::Capacity => frame.render_widget(paint.line(&capacity(state, width), width), row),
        }
    }
}

fn nothing(state: &State) -> String {
    match state.filter.is_empty() {
        true => "no open item; o writes one down".to_owned(),
        false => "nothing fits the filter; Esc takes it away".to_owned(),
    }
}

fn heading(columns: &Columns) -> Line<'static> {
    let mut text = column("#", columns.position, true) + " " + &" ".repeat(MARKS);
    text += &(column("id", columns.id, false) + " ");
    if columns.status > 0 {
        text += &column("status", columns.status, false);
    }
    text += &(column("val", NUMBER, true) + &column("eff", NUMBER, true));
    if columns.score > 0 {
        text += &column("score", columns.score, true);
    }
    text += " title";
    line(vec![(text, Tone::Dim)])
}

fn item(state: &State, columns: &Columns, at: usize) -> Line<'static> {
    let item = &state.rows[at];
    let backlog = state.backlog();
    let category = backlog.category(item);
    let position = match backlog.position(item) {
        Some(position) => position.to_string(),
        None => "–".to_owned(),
    };
    let is_marked = state.marks.contains(item.path());
    let (ready, ready_tone) = readiness(state, item);
    let id = safe::line(item.id());
    let title = safe::line(&item.title()).into_owned();
    let title_tone = if category.is_open() { Tone::Plain } else { Tone::Dim };
    let cursor = if at == state.at { "›" } else { " " };
    let mut cells = vec![
        (column(&position, columns.position, true) + cursor, Tone::Dim),
        (if is_marked { "●" } else { " " }.to_owned(), Tone::Strong),
        (ready.to_owned() + " ", ready_tone),
        (column(&id, columns.id, false) + " ", Tone::Id),
    ];
    if columns.status > 0 {
        let status = safe::line(&item.status()).into_owned();
        cells.push((column(&status, columns.status - 1, false) + " ", status_tone(category)));
    }
    for field in ["value", "effort"] {
        cells.push(number(item, field));
    }
    if columns.score > 0 {
        let score = state.scoring.as_ref().and_then(|it| it.score(item).ok());
        let score = score.map(|(_, worth)| short(worth.score())).unwrap_or_default();
        cells.push((column(&score, columns.score, true), Tone::Plain));
    }
    cells.push((" ".to_owned() + &column(&title, columns.title, false), title_tone));
    line(cells)
}

fn number(item: &Entry, field: &str) -> (String, Tone) {
    match item.text(field) {
        Some(text) => (column(&safe::line(&text), NUMBER, true), Tone::Plain),
        None => (column("·", NUMBER, true), Tone::Dim),
    }
}

/// Whether an item has what it needs to count as ready: `✓`, or how many things it lacks.
fn readiness(state: &State, item: &Entry) -> (&'static str, Tone) {
    let config = &state.backlog().config;
    if !state.backlog().category(item).is_open() {
        return (" ", Tone::Plain);
    }
    // An epic is the sum of its parts.
    let lacks_effort = item.text("effort").is_none() && !split::is_epic(item);
    match rules::lacks(item, config).len() + usize::from(lacks_effort) {
        0 => ("✓", Tone::Good),
        1 => ("1", Tone::Warn),
        2 => ("2", Tone::Warn),
        3 => ("3", Tone::Warn),
        _ => ("+", Tone::Warn),
    }
}

fn status_tone(category: Category) -> Tone {
    match category {
        Category::Todo => Tone::Plain,
        Category::Doing => Tone::Strong,
        Category::Done => Tone::Good,
        Category::Dropped => Tone::Dim,
    }
}

/// `── 2026-24 takes 18 points; what is below does not fit ──`
fn capacity(state: &State, width: usize) -> Line<'static> {
    let Some(capacity) = &state.figures.capacity else { return Line::default() };
    let sprint = safe::line(&capacity.sprint).into_owned();
    let unestimated = match capacity.n_unestimated {
        0 => String::new(),
        n => format!(" ({} without an effort)", counted(n, "item")),
    };
    let text = format!("── {sprint} is full: {} points{unestimated} ", short(capacity.points));
    let rest = "─".repeat(width.saturating_sub(crate::render::width::of(&text)));
    line(vec![(text + &rest, Tone::Dim)])
}
