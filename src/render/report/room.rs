//! How much of a change there is room for: a terminal scrolls, a comment of a forge has an end.

use super::change::Marks;
use crate::domain::message::counted;
use crate::render::block::{Block, Cell, Line};

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    /// Whether it is a page, which can fold, strike out and make bold.
    pub(super) is_page: bool,
    /// How many elements of each list are shown.
    pub(super) most: usize,
    /// How many lines of a text are shown; 0: texts are left out.
    pub(super) n_lines: usize,
}

impl Room {
    /// A terminal.
    pub(super) const SCREEN: Self = Self { is_page: false, most: usize::MAX, n_lines: 60 };
    /// A page without an end.
    pub(super) const PAGE: Self = Self { is_page: true, ..Self::SCREEN };

    /// How words that came and went are marked.
    pub(super) fn marks(self) -> Marks {
        if self.is_page { Marks::Tones } else { Marks::Brackets }
    }

    /// Folds blocks away behind a line, where that can be done.
    pub(super) fn folded<'a>(self, summary: String, blocks: Vec<Block<'a>>) -> Vec<Block<'a>> {
        match self.is_page {
            true => vec![Block::Folded { summary: summary.into(), blocks }],
            false => blocks,
        }
    }

    /// How many of so many elements there is no room for; `None` if all are shown.
    pub(super) fn n_more(self, n: usize) -> Option<usize> {
        beyond(n, self.most)
    }

    /// The elements that there is room for, and how many more there are.
    pub(super) fn list<'a>(self, mut lines: Vec<Line<'a>>) -> Block<'a> {
        if let Some(more) = self.n_more(lines.len()) {
            lines.truncate(self.most);
            lines.push(Line::from(Cell::dim(format!("and {more} more"))));
        }
        Block::List(lines)
    }

    /// The same under a heading; nothing without elements.
    pub(super) fn section<'a>(self, heading: &'static str, lines: Vec<Line<'a>>) -> Vec<Block<'a>> {
        match lines.is_empty() {
            true => Vec::new(),
            false => vec![Block::Blank, Block::heading(2, heading), self.list(lines)],
        }
    }

    /// The first lines of a text, folded away behind a line.
    pub(super) fn text<'a>(
        self,
        summary: String,
        language: &'static str,
        mut lines: Vec<Line<'a>>,
    ) -> Vec<Block<'a>> {
        if let Some(more) = beyond(lines.len(), self.n_lines) {
            lines.truncate(self.n_lines);
            lines.push(Line::from(Cell::dim(format!("… and {}", counted(more, "more line")))));
        }
        self.folded(summary, vec![Block::Code { language, lines }])
    }
}

fn beyond(n: usize, most: usize) -> Option<usize> {
    n.checked_sub(most).filter(|more| *more > 0)
}
