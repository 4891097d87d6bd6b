//! Lists side by side, as on a board.

use std::borrow::Cow;

use crate::render::block::{Lane, Line, Tone};
use crate::render::page::{Page, safe_line};
use crate::render::width;
use crate::render::wrap::{Long, wrapped};

/// The narrowest lane that can be read; where there is less room, lanes stand one under another.
const NARROWEST: usize = 22;
/// The blanks between two lanes.
const GAP: usize = 2;
/// How far the second line of an entry stands to the right of the first.
const HANG: usize = 2;

/// Writes lanes: side by side if they fit, one under another otherwise.
pub(super) fn write(lanes: &[Lane<'_>], page: &mut Page<'_>) {
    let gaps = GAP * lanes.len().saturating_sub(1);
    let room = |width: usize| width.saturating_sub(gaps).checked_div(lanes.len());
    match page.style.width.and_then(room) {
        Some(width) if width >= NARROWEST => side_by_side(lanes, width, page),
        _ => one_under_another(lanes, page),
    }
}

fn side_by_side(lanes: &[Lane<'_>], width: usize, page: &mut Page<'_>) {
    let lanes: Vec<Lane<'_>> = lanes.iter().map(safe_lane).collect();
    let titles = lanes.iter().map(|lane| wrapped(&lane.title, width, width, Long::Broken));
    let mut columns: Vec<Vec<Line<'_>>> = titles.collect();
    let highest = columns.iter().map(Vec::len).max().unwrap_or(0);
    for (column, lane) in columns.iter_mut().zip(&lanes) {
        column.resize(highest + 1, Line::default());
        column.extend(entries(lane, width));
    }
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    for row in 0..height {
        let mut blanks = 0;
        for column in &columns {
            let Some(line) = column.get(row).filter(|line| !line.cells.is_empty()) else {
                blanks += width + GAP;
                continue;
            };
            page.text.extend(std::iter::repeat_n(' ', blanks));
            page.cells(line, Tone::Plain);
            let used: usize = line.cells.iter().map(|cell| width::of(&cell.text)).sum();
            blanks = width.saturating_sub(used) + GAP;
        }
        page.end();
    }
}

fn entries<'a>(lane: &'a Lane<'_>, width: usize) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for entry in &lane.entries {
        let mut entry = wrapped(entry, width, width - HANG, Long::Broken);
        for line in entry.iter_mut().skip(1) {
            line.cells.insert(0, Cow::Borrowed("  ").into());
        }
        lines.extend(entry);
    }
    lines
}

fn one_under_another(lanes: &[Lane<'_>], page: &mut Page<'_>) {
    for lane in lanes.iter().map(safe_lane) {
        page.gap();
        page.line(&lane.title);
        for entry in &lane.entries {
            page.text.push_str("  ");
            page.line(entry);
        }
    }
}

fn safe_lane<'a>(lane: &'a Lane<'_>) -> Lane<'a> {
    Lane { title: safe_line(&lane.title), entries: lane.entries.iter().map(safe_line).collect() }
}
