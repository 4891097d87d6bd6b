//! Tables: columns side by side, two blanks apart, without lines between them.
//!
//! The widths are decided here, and so are the colours, because crates that colour look at the
//! environment. comfy-table does the rest for what a person looks at: it pads, aligns and wraps.
//! It takes 3 µs a row of eight cells, so that 10,000 rows would take 30 ms, as long as all the
//! rest of a listing; a table of more than [`MANY`] rows is padded by hand in 4 ms, to the same
//! bytes.

use std::borrow::Cow;

use comfy_table::{CellAlignment, ColumnConstraint, Table as Comfy, Width, presets};
use rayon::prelude::*;

use crate::render::block::{Cell, Column, Line, Table, Tone};
use crate::render::page::Page;
use crate::render::wrap::{Long, wrapped};
use crate::render::{safe, width};

/// More rows than anybody looks at one by one.
const MANY: usize = 500;
/// The blanks between two columns.
const GAP: usize = 2;
/// The narrowest that a column gets by giving way.
const NARROWEST: usize = 8;

/// Writes a table.
pub(super) fn write(table: &Table<'_>, page: &mut Page<'_>) {
    if table.columns().is_empty() {
        return;
    }
    let grid = Grid::of(table, page.style.width, page.cut_mark());
    let is_wrapped = table.wraps() && page.style.width.is_some();
    let fits_comfy = grid.widths.iter().all(|width| *width < usize::from(u16::MAX) - GAP);
    match (is_wrapped || grid.rows().len() <= MANY) && fits_comfy {
        true => grid.arranged(page),
        false => grid.padded(page),
    }
}

/// A table with harmless texts and final widths; the first row is the header.
struct Grid<'a> {
    columns: &'a [Column<'a>],
    widths: Vec<usize>,
    /// All rows in one, row by row.
    cells: Vec<GridCell<'a>>,
}

struct GridCell<'a> {
    text: Cow<'a, str>,
    width: usize,
    tone: Tone,
}

impl<'a> GridCell<'a> {
    fn new(text: &'a str, tone: Tone) -> Self {
        let text = safe::cell(text);
        Self { width: width::of(&text), text, tone }
    }
}

impl<'a> Grid<'a> {
    fn of(table: &'a Table<'_>, width: Option<usize>, mark: &str) -> Self {
        let columns = table.columns();
        let header = columns.iter().map(|column| GridCell::new(&column.name, Tone::Dim));
        let cell = |cell: &'a Cell<'_>| GridCell::new(&cell.text, cell.tone);
        let rows = table.rows().par_iter().with_min_len(MANY);
        let mut cells: Vec<GridCell<'a>> = header.collect();
        cells.par_extend(rows.flat_map_iter(|row| row.iter().map(cell)));
        let mut grid = Self { columns, widths: vec![0; columns.len()], cells };
        for row in grid.cells.chunks(columns.len()) {
            for (widest, cell) in grid.widths.iter_mut().zip(row) {
                *widest = cell.width.max(*widest);
            }
        }
        if let Some(width) = width {
            fit(&mut grid.widths, columns, width);
            if !table.wraps() {
                grid.cut(mark);
            }
        }
        grid
    }

    fn rows(&self) -> std::slice::Chunks<'_, GridCell<'a>> {
        self.cells.chunks(self.columns.len())
    }

    fn cut(&mut self, mark: &str) {
        for row in self.cells.chunks_mut(self.columns.len()) {
            for (cell, width) in
                row.iter_mut().zip(&self.widths).filter(|(cell, width)| cell.width > **width)
            {
                cell.text = width::cut(std::mem::take(&mut cell.text), *width, mark);
                cell.width = width::of(&cell.text);
            }
        }
    }

    /// Row by row, by hand.
    fn padded(&self, page: &mut Page<'_>) {
        for row in self.rows() {
            let mut row_painter = RowPainter::new(page);
            for ((cell, column), width) in row.iter().zip(self.columns).zip(&self.widths) {
                let pad = width.saturating_sub(cell.width);
                match column.is_right {
                    true => row_painter.piece(pad, &cell.text, cell.tone, 0),
                    false => row_painter.piece(0, &cell.text, cell.tone, pad),
                }
            }
            page.end();
        }
    }

    /// All rows at once, by comfy-table; each of its lines is taken apart again for the colours.
    fn arranged(&self, page: &mut Page<'_>) {
        for row in self.rows() {
            for line in self.comfy(row).lines() {
                let mut rest = line.as_str();
                let mut row_painter = RowPainter::new(page);
                for (at, (cell, width)) in row.iter().zip(&self.widths).enumerate() {
                    let is_last = at + 1 == row.len();
                    let piece = if is_last { rest } else { width::prefix(rest, *width) };
                    rest = &rest[piece.len()..];
                    rest = rest.strip_prefix("  ").unwrap_or(rest);
                    let text = piece.trim_matches(' ');
                    let lead = piece.len() - piece.trim_start_matches(' ').len();
                    row_painter.piece(lead, text, cell.tone, piece.len() - lead - text.len());
                }
                page.end();
            }
        }
    }

    /// One row as a table of its own, so that it is known which lines belong to it.
    fn comfy(&self, row: &[GridCell<'_>]) -> Comfy {
        let mut comfy = Comfy::new();
        comfy.load_style(presets::NOTHING).force_no_tty();
        let texts = row.iter().zip(&self.widths).map(|(cell, width)| broken(&cell.text, *width));
        comfy.add_row(texts.map(comfy_table::Cell::new));
        let last = self.columns.len() - 1;
        for (at, column) in comfy.column_iter_mut().enumerate() {
            let pad = if at == last { 0 } else { GAP as u16 };
            let width = self.widths[at].max(1) as u16;
            column
                .set_padding((0, pad))
                .set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + pad)));
            column.set_cell_alignment(if self.columns[at].is_right {
                CellAlignment::Right
            } else {
                CellAlignment::Left
            });
        }
        comfy
    }
}

/// A text for comfy-table to wrap. What it takes for that grows with the square of the longest
/// word, 16 s for one of 1 MiB, so that texts beyond all measure come to it in lines.
fn broken(text: &str, width: usize) -> Cow<'_, str> {
    const BEYOND_MEASURE: usize = 4096;
    if text.len() <= BEYOND_MEASURE || width::of(text) <= width {
        return Cow::Borrowed(text);
    }
    let line = Line::from(text);
    let lines = wrapped(&line, width, width, Long::Broken);
    Cow::Owned(lines.iter().map(Line::text).collect::<Vec<_>>().join("\n"))
}

/// Paints the pieces of one line; blanks only where something follows them.
struct RowPainter<'p, 's> {
    page: &'p mut Page<'s>,
    blanks: usize,
}

impl<'p, 's> RowPainter<'p, 's> {
    fn new(page: &'p mut Page<'s>) -> Self {
        Self { page, blanks: 0 }
    }

    fn piece(&mut self, lead: usize, text: &str, tone: Tone, trail: usize) {
        self.blanks += lead;
        if !text.is_empty() {
            self.page.text.extend(std::iter::repeat_n(' ', self.blanks));
            self.page.paint(tone, text);
            self.blanks = 0;
        }
        self.blanks += trail + GAP;
    }
}

/// Makes the columns that may shrink so narrow that all fit into `width`, the widest first.
fn fit(widths: &mut [usize], columns: &[Column<'_>], width: usize) {
    let mut room = width.saturating_sub(GAP * (columns.len() - 1));
    let mut shrinking: Vec<usize> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        match column.shrinks {
            true => shrinking.push(at),
            false => room = room.saturating_sub(widths[at]),
        }
    }
    shrinking.sort_by_key(|at| widths[*at]);
    let mut left = shrinking.len();
    for at in shrinking {
        let share = (room / left).max(NARROWEST);
        widths[at] = widths[at].min(share);
        room = room.saturating_sub(widths[at]);
        left -= 1;
    }
}
