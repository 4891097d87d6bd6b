//! The lines above and below: where one is, what was said or is asked, and the keys.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::line;
use super::paint::Paint;
use crate::domain::message::counted;
use crate::domain::progress::percent;
use crate::render::block::{Line, Tone};
use crate::render::{safe, width};
use crate::tui::keys::{BINDINGS, Binding};
use crate::tui::state::{Ask, Choice, Mode, Page, State, Sure, signed};

/// How many heights the small curve has.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The line above everything.
pub(super) fn head(state: &State, paint: &Paint, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width);
    let page = match state.page {
        Page::List => "list",
        Page::Board => "board",
        Page::Changes => "changes",
        Page::Findings => "findings",
        Page::Value => "value",
    };
    let mut cells = vec![(format!("{page}  "), Tone::Strong), (count(state), Tone::Plain)];
    if !state.filter.is_empty() {
        cells.push((format!("  /{}", safe::line(&state.filter)), Tone::Id));
    }
    if !state.marks.is_empty() {
        cells.push((format!("  {} marked", state.marks.len()), Tone::Strong));
    }
    let n_unreadable = state.backlog().unreadable().count();
    if n_unreadable > 0 {
        let files = counted(n_unreadable, "file");
        cells.push((format!("  {files} cannot be read (4)"), Tone::Bad));
    }
    let n_changed = state.session().changed_paths().len();
    if n_changed > 0 {
        let files = counted(n_changed, "file");
        cells.push((format!("  {files} changed (3)"), Tone::Warn));
    }
    let n_unwritten = state.session().n_unwritten();
    if n_unwritten > 0 {
        cells.push((format!("  {n_unwritten} not on disk"), Tone::Bad));
    }
    let left = line(cells);
    let figures = figures(state);
    let gap = room.saturating_sub(width::of(&left.text()) + width::of(&figures.text()));
    let all = match gap {
        0 => left,
        gap => {
            let mut all = left.then(" ".repeat(gap));
            all.cells.extend(figures.cells);
            all
        }
    };
    frame.render_widget(paint.line(&all, room), area);
}

fn count(state: &State) -> String {
    let all = match state.shows_all {
        true => counted(state.backlog().shared_items().len(), "item"),
        false => counted(state.backlog().open_items().count(), "open item"),
    };
    match state.filter.is_empty() {
        true => all.replace("open ", ""),
        false => format!("{} of {all}", state.rows.len()),
    }
}

/// How early the value comes: `value ▂▅▆▇█ 64 % at half the effort −3 %`.
fn figures(state: &State) -> Line<'static> {
    let figures = &state.figures;
    let Some(half) = figures.curve.share_at(0.5) else { return Line::default() };
    const STEPS: u32 = 8;
    let height = |step: u32| {
        let share = figures.curve.share_at(f64::from(step) / f64::from(STEPS)).unwrap_or(0.0);
        let last = HEIGHTS.len() - 1;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 7")]
        let at = (share * last as f64).round() as usize;
        HEIGHTS[at.min(last)]
    };
    let curve: String = (1..=STEPS).map(height).collect();
    let mut cells = vec![
        ("value ".to_owned(), Tone::Dim),
        (curve, Tone::Id),
        (format!(" {} at half the effort", percent(half)), Tone::Dim),
    ];
    if let Some(change) = figures.change() {
        let tone = if change < 0.0 { Tone::Good } else { Tone::Warn };
        cells.push((format!(", delay {}", signed(change)), tone));
    }
    line(cells)
}

/// The line below: what is asked, or what was said.
pub(super) fn talk(state: &State, paint: &Paint, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width);
    let words = match &state.mode {
        Mode::Ask(ask) => return asked(ask, paint, frame, area),
        Mode::Sure(Sure::TakeBack) => {
            let files = counted(state.session().changed_paths().len(), "file");
            line(vec![(format!("take back what is not committed, in {files}? y/n"), Tone::Warn)])
        }
        Mode::Sure(Sure::Quit) => {
            let words = "something is not on disk, and would be lost: quit? y/n";
            line(vec![(words.to_owned(), Tone::Bad)])
        }
        Mode::Choose(choice) => choices(choice, room),
        Mode::Round(field) => round(state, field),
        _ => said(state),
    };
    frame.render_widget(paint.line(&words, room), area);
}

fn said(state: &State) -> Line<'static> {
    let said = state.said.iter();
    line(said.map(|(words, tone)| (safe::line(words).into_owned(), *tone)).collect())
}

/// The words to choose from. Where not all have room, the first ones are left out for the chosen one.
fn choices(choice: &Choice, room: usize) -> Line<'static> {
    let word = |(at, word): (usize, &String)| {
        let tone = if at == choice.at { Tone::Strong } else { Tone::Plain };
        let mark = if at == choice.at { "›" } else { " " };
        (format!("{mark}{} {}  ", at + 1, safe::line(word)), tone)
    };
    let words: Vec<(String, Tone)> = choice.words.iter().enumerate().map(word).collect();
    let mut left = room;
    let until_chosen = words.iter().take(choice.at + 1).rev();
    let has_room = |(text, _): &&(String, Tone)| {
        let rest = left.checked_sub(width::of(text));
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    let n_shown = until_chosen.take_while(has_room).count().max(1);
    line(words.into_iter().skip((choice.at + 1).saturating_sub(n_shown)).collect())
}

/// What a round asks; behind it, what the answer before has done.
fn round(state: &State, field: &str) -> Line<'static> {
    let said = said(state);
    if said.cells.iter().any(|cell| cell.tone == Tone::Bad) {
        return said;
    }
    let n = state.lacking(field).len();
    let item = state.selected().map(|item| safe::line(&item.title()).into_owned());
    let words = format!("{field} of \"{}\"? ", item.unwrap_or_default());
    let mut asked = line(vec![(words, Tone::Strong), (format!("{n} to go  "), Tone::Dim)]);
    asked.cells.extend(said.cells);
    asked
}

/// A question with what is typed so far. Of a long line, the part around the cursor is shown.
fn asked(ask: &Ask, paint: &Paint, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width);
    let (before, behind) = ask.input.split();
    let (before, behind) = (safe::line(end_of(before, 4 * room)), safe::line(behind));
    // What is typed gets two thirds of the line, if it needs them.
    let needed = (width::of(&before) + width::of(&behind) + 1).min(room * 2 / 3);
    let words = width::cut(safe::line(&ask.words), room - needed, "… ").into_owned();
    let left = room.saturating_sub(width::of(&words) + 1);
    let mut start = &*before;
    while width::of(start) > left {
        start = end_of(start, start.chars().count() - 1);
    }
    let at = width::of(&words) + width::of(start);
    let mut cells = vec![(words, Tone::Strong), (start.to_owned(), Tone::Plain)];
    cells.push((behind.into_owned(), Tone::Plain));
    frame.render_widget(paint.line(&line(cells), room), area);
    let x = area.x + u16::try_from(at.min(room.saturating_sub(1))).unwrap_or(0);
    frame.set_cursor_position((x, area.y));
}

/// The last characters of a text, so many at most.
fn end_of(text: &str, n: usize) -> &str {
    let first = n.checked_sub(1).and_then(|n| text.char_indices().nth_back(n));
    match n {
        0 => "",
        _ => &text[first.map_or(0, |(at, _)| at)..],
    }
}

/// The last line: why something was not taken, or the keys that are needed most.
pub(super) fn hints(state: &State, paint: &Paint, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width);
    let dim = |text: &str| line(vec![(text.to_owned(), Tone::Dim)]);
    let hints = match &state.mode {
        Mode::Ask(Ask { error: Some(error), .. }) if width::of(&safe::line(error)) <= room => {
            line(vec![(safe::line(error).into_owned(), Tone::Bad)])
        }
        Mode::Ask(ask) if !ask.found.is_empty() => {
            dim("Up Down choose  Enter takes it  Esc leaves it")
        }
        Mode::Ask(_) => dim("Enter takes it  Esc leaves it"),
        Mode::Choose(_) => dim("a number, or Left Right and Enter  Esc leaves it"),
        Mode::Sure(_) => dim("y does it, any other key does not"),
        Mode::Help(_) => dim("j k scroll, any other key closes this"),
        Mode::Round(_) => dim("1 2 3 5 8  e another number  j k skip  u undo  Esc ends it"),
        Mode::Normal => keys(state, room),
    };
    frame.render_widget(paint.line(&hints, room), area);
}

/// As many hints as have room; `?` and `q` always.
fn keys(state: &State, room: usize) -> Line<'static> {
    let places = state.places();
    let of_places = |binding: &&Binding| binding.hint.is_some() && places.contains(&binding.place);
    let text = |it: &Binding| format!("{} {}  ", it.keys[0], it.hint.unwrap_or_default());
    let all: Vec<(bool, String)> = BINDINGS
        .iter()
        .filter(of_places)
        .map(|it| (matches!(it.keys[0], "?" | "q"), text(it)))
        .collect();
    let mut left = room;
    for (_, text) in all.iter().filter(|(is_needed, _)| *is_needed) {
        left = left.saturating_sub(text.len());
    }
    let mut shown = String::new();
    for (is_needed, text) in &all {
        if *is_needed {
            shown += text;
        } else if text.len() <= left {
            left -= text.len();
            shown += text;
        } else {
            left = 0;
        }
    }
    line(vec![(shown, Tone::Dim)])
}
