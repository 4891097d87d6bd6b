//! Blocks as text for a terminal, or for a pipe, where nothing is cut.

mod gantt;
mod grid;
mod lanes;
mod plot;
mod prose;

use std::borrow::Cow;

use super::block::{Block, Figure, Line, Tone};
use super::page::{Page, safe_line};
use super::wrap::{Long, wrapped};
use super::{Style, diff, safe, width};
use crate::domain::date::{self, Date};

/// The widest that the name of a field may be before it pushes its own value to the right.
const WIDEST_NAME: usize = 24;

/// The text of a view.
pub(super) fn text(blocks: &[Block<'_>], style: &Style) -> String {
    let mut page = Page::new(style);
    for block in blocks {
        write(block, &mut page);
    }
    page.text
}

/// Tells days as people say them who live on another.
pub(super) fn tell_days(blocks: &mut [Block<'_>], today: Date) {
    for cell in blocks.iter_mut().flat_map(Block::cells_mut) {
        if cell.tone == Tone::Day
            && let Some(day) = date::parse(&cell.text)
        {
            cell.text = date::told(day, today).into();
        }
    }
}

fn write(block: &Block<'_>, page: &mut Page<'_>) {
    match block {
        Block::Heading { line, .. } => heading(line, page),
        Block::Text(line) | Block::Footer(line) => paragraph(line, page),
        Block::Table(table) => grid::write(table, page),
        Block::List(lines) => lines.iter().for_each(|line| element(line, page)),
        Block::Fields(fields) => self::fields(fields, page),
        Block::Figures(figures) => {
            self::fields(&figures.iter().map(Figure::field).collect::<Vec<_>>(), page);
        }
        Block::Code { language, lines } => code(language, lines, page),
        Block::Markdown(body) => prose::write(body, page),
        Block::Lanes(lanes) => lanes::write(lanes, page),
        Block::Chart(chart) => plot::write(chart, page),
        Block::Folded { blocks, .. } => blocks.iter().for_each(|block| write(block, page)),
        Block::Gantt(plans) => gantt::write(plans, page),
        Block::Marker(_) => {}
        Block::Blank => page.gap(),
    }
}

fn heading(line: &Line<'_>, page: &mut Page<'_>) {
    page.gap();
    page.cells(&safe_line(line), Tone::Strong);
    page.end();
}

fn paragraph(line: &Line<'_>, page: &mut Page<'_>) {
    let line = safe_line(line);
    let width = page.style.width.unwrap_or(usize::MAX);
    for line in wrapped(&line, width, width, Long::Whole) {
        page.line(&line);
    }
}

/// An element of a list, set off so that what it belongs to stands out.
fn element(line: &Line<'_>, page: &mut Page<'_>) {
    const INDENT: usize = 2;
    let line = safe_line(line);
    let width = page.style.width.unwrap_or(usize::MAX);
    let (first, next) = (width.saturating_sub(INDENT), width.saturating_sub(2 * INDENT));
    for (at, line) in wrapped(&line, first, next, Long::Whole).iter().enumerate() {
        let indent = if at == 0 { INDENT } else { 2 * INDENT };
        page.text.extend(std::iter::repeat_n(' ', indent));
        page.line(line);
    }
}

/// Names in one column and values in another, which are continued there.
fn fields(fields: &[(Cow<'_, str>, Line<'_>)], page: &mut Page<'_>) {
    let fields: Vec<_> =
        fields.iter().map(|(name, value)| (safe::cell(name), safe_line(value))).collect();
    let widest = fields.iter().map(|(name, _)| width::of(name)).max().unwrap_or(0).min(WIDEST_NAME);
    let indent = widest + 2;
    for (name, value) in &fields {
        page.paint(Tone::Dim, name);
        let start = indent.max(width::of(name) + 2);
        let width = page.style.width.unwrap_or(usize::MAX);
        let lines =
            wrapped(value, width.saturating_sub(start), width.saturating_sub(indent), Long::Whole);
        for (at, line) in lines.iter().enumerate() {
            let pad = if at == 0 { start - width::of(name) } else { indent };
            if !line.cells.is_empty() {
                page.text.extend(std::iter::repeat_n(' ', pad));
            }
            page.line(line);
        }
    }
}

/// The lines of a report stand at the left edge, where editors look for `file:line:column`; an
/// example in some language is set off.
fn code(language: &str, lines: &[Line<'_>], page: &mut Page<'_>) {
    let indent = if language.is_empty() { "" } else { "    " };
    let texts: Vec<_> = lines.iter().map(Line::text).collect();
    for (line, over) in lines.iter().zip(diff::tones(language, &texts)) {
        if !line.text().is_empty() {
            page.text.push_str(indent);
        }
        for cell in &line.cells {
            let tone = if cell.tone == Tone::Plain { over } else { cell.tone };
            page.paint(tone, &safe::line(&untabbed(&cell.text)));
        }
        page.end();
    }
}

/// Tabs as blanks, since a terminal would count their columns from its own edge.
fn untabbed(text: &str) -> Cow<'_, str> {
    if text.contains('\t') { Cow::Owned(text.replace('\t', "    ")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests;
