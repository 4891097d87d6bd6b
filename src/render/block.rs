//! The vocabulary of a view: what it shows, without a word on how it looks.
//!
//! A view says "a table of these cells", and every format knows what to make of that. Texts are
//! taken as they come from documents; each format makes them harmless for where it writes.

use std::borrow::Cow;
use std::collections::HashMap;

use super::chart::Chart;
use super::gantt::Gantt;

/// One part of a view; a view is a list of them, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block<'a> {
    /// A heading, see [`Block::heading`].
    Heading {
        /// From 1, the outermost.
        level: u8,
        /// The words.
        line: Line<'a>,
    },
    /// A paragraph, see [`Block::text`].
    Text(Line<'a>),
    /// Rows and columns.
    Table(Table<'a>),
    /// Lines that stand below each other, one for each thing.
    List(Vec<Line<'a>>),
    /// Names with their values.
    Fields(Vec<(Cow<'a, str>, Line<'a>)>),
    /// Numbers that everybody should see first, each with its name and what it means.
    Figures(Vec<Figure<'a>>),
    /// Lines that stay as they are: nothing is wrapped or cut.
    Code {
        /// What the lines are written in. Without one they are lines of a report, as a compiler
        /// prints them, and stand at the left edge.
        language: &'static str,
        /// The lines.
        lines: Vec<Line<'a>>,
    },
    /// The body of a document.
    Markdown(Body<'a>),
    /// Lists side by side.
    Lanes(Vec<Lane<'a>>),
    /// Lines, bars or areas over an axis.
    Chart(Chart<'a>),
    /// Plans over time: a picture, which stands beside a table with the same days.
    Gantt(Gantt<'a>),
    /// Blocks that a page folds away behind a line; a terminal shows them.
    Folded {
        /// What stands there instead.
        summary: Line<'a>,
        /// What is folded.
        blocks: Vec<Block<'a>>,
    },
    /// What people read below a table; formats that go elsewhere leave it out.
    Footer(Line<'a>),
    /// What a program looks for on a page; nobody sees it. Letters, blanks and dashes only.
    Marker(&'static str),
    /// An empty line.
    Blank,
}

impl<'a> Block<'a> {
    /// A heading; level 1 is the outermost.
    pub fn heading(level: u8, line: impl Into<Line<'a>>) -> Self {
        Self::Heading { level, line: line.into() }
    }

    /// A paragraph.
    pub fn text(line: impl Into<Line<'a>>) -> Self {
        Self::Text(line.into())
    }

    /// The cells of its lines and of its table.
    pub(super) fn cells_mut(&mut self) -> Vec<&mut Cell<'a>> {
        match self {
            Self::Heading { line, .. } | Self::Text(line) | Self::Footer(line) => {
                line.cells.iter_mut().collect()
            }
            Self::Table(table) => table.rows.iter_mut().flatten().collect(),
            Self::List(lines) => lines.iter_mut().flat_map(|line| &mut line.cells).collect(),
            Self::Fields(fields) => {
                fields.iter_mut().flat_map(|(_, line)| &mut line.cells).collect()
            }
            Self::Figures(figures) => figures
                .iter_mut()
                .flat_map(|it| std::iter::once(&mut it.value).chain(&mut it.note.cells))
                .collect(),
            Self::Folded { blocks, .. } => blocks.iter_mut().flat_map(Self::cells_mut).collect(),
            Self::Code { .. }
            | Self::Markdown(_)
            | Self::Lanes(_)
            | Self::Chart(_)
            | Self::Gantt(_)
            | Self::Marker(_)
            | Self::Blank => Vec::new(),
        }
    }

    /// The same with no line, and no cell of a table, of more than so many characters: what somebody
    /// has written without an end is cut where it stands in a summary.
    #[must_use]
    pub fn shortened(self, longest: usize) -> Self {
        let all =
            |lines: Vec<Line<'a>>| lines.into_iter().map(|it| it.shortened(longest)).collect();
        match self {
            Self::Heading { level, line } => Self::Heading { level, line: line.shortened(longest) },
            Self::Text(line) => Self::Text(line.shortened(longest)),
            Self::Footer(line) => Self::Footer(line.shortened(longest)),
            Self::Table(table) => Self::Table(table.shortened(longest)),
            Self::List(lines) => Self::List(all(lines)),
            Self::Code { language, lines } => Self::Code { language, lines: all(lines) },
            Self::Folded { summary, blocks } => Self::Folded {
                summary: summary.shortened(longest),
                blocks: blocks.into_iter().map(|it| it.shortened(longest)).collect(),
            },
            whole @ (Self::Fields(_)
            | Self::Figures(_)
            | Self::Markdown(_)
            | Self::Lanes(_)
            | Self::Chart(_)
            | Self::Gantt(_)
            | Self::Marker(_)
            | Self::Blank) => whole,
        }
    }
}

/// What a text means, which becomes a colour where there are colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Less important than what stands beside it.
    Dim,
    /// As it should be.
    Good,
    /// Worth a look.
    Warn,
    /// Wrong.
    Bad,
    /// Taken away.
    Removed,
    /// Important.
    Strong,
    /// Stressed within a sentence.
    Emphasis,
    /// Struck out.
    Struck,
    /// An id, which a person copies.
    Id,
    /// Words for a program.
    Code,
    /// The day of something that happened, as `2026-11-23`.
    Day,
}

/// The body of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body<'a> {
    /// The text, as the document has it.
    pub text: Cow<'a, str>,
    /// The documents that the text names in double brackets, by the id or alias that stands there,
    /// in lower case.
    pub names: HashMap<String, Named>,
}

impl<'a, T: Into<Cow<'a, str>>> From<T> for Body<'a> {
    fn from(text: T) -> Self {
        Self { text: text.into(), names: HashMap::new() }
    }
}

/// A document that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id of the document.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where a page finds it.
    pub target: String,
}

/// A piece of text with its tone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The text, as the document has it.
    pub text: Cow<'a, str>,
    /// What it means.
    pub tone: Tone,
    /// Where a page that can do so leads from here.
    pub target: Option<String>,
}

impl<'a> Cell<'a> {
    /// A text with a tone.
    pub fn new(text: impl Into<Cow<'a, str>>, tone: Tone) -> Self {
        Self { text: text.into(), tone, target: None }
    }

    /// An id.
    pub fn id(text: impl Into<Cow<'a, str>>) -> Self {
        Self::new(text, Tone::Id)
    }

    /// The day of something that happened, as `2026-11-23`.
    pub fn day(text: impl Into<Cow<'a, str>>) -> Self {
        Self::new(text, Tone::Day)
    }

    /// A text that steps back.
    pub fn dim(text: impl Into<Cow<'a, str>>) -> Self {
        Self::new(text, Tone::Dim)
    }

    /// A text that stands out.
    pub fn strong(text: impl Into<Cow<'a, str>>) -> Self {
        Self::new(text, Tone::Strong)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text, Tone::Plain)
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::new(text, Tone::Plain)
    }
}

impl<'a> From<Cow<'a, str>> for Cell<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::new(text, Tone::Plain)
    }
}

/// Cells in a row, read as one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line<'a> {
    /// From left to right; what separates them is in their texts.
    pub cells: Vec<Cell<'a>>,
}

impl<'a> Line<'a> {
    /// The line with one more cell at its end.
    #[must_use]
    pub fn then(mut self, cell: impl Into<Cell<'a>>) -> Self {
        self.cells.push(cell.into());
        self
    }

    /// The line up to so many characters.
    fn shortened(mut self, longest: usize) -> Self {
        let mut room = longest;
        for at in 0..self.cells.len() {
            match self.cells[at].text.char_indices().nth(room) {
                None => room -= self.cells[at].text.chars().count(),
                Some((end, _)) => {
                    self.cells[at].text = format!("{}…", &self.cells[at].text[..end]).into();
                    self.cells.truncate(at + 1);
                    break;
                }
            }
        }
        self
    }

    /// The text without tones.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.cells[..] {
            [] => Cow::Borrowed(""),
            [cell] => Cow::Borrowed(&cell.text),
            cells => cells.iter().map(|cell| &*cell.text).collect::<String>().into(),
        }
    }
}

impl<'a, T: Into<Cell<'a>>> From<T> for Line<'a> {
    fn from(cell: T) -> Self {
        Self { cells: vec![cell.into()] }
    }
}

/// A number that everybody should see first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure<'a> {
    /// What is counted: `accepted`.
    pub name: Cow<'a, str>,
    /// The number: `4 items`.
    pub value: Cell<'a>,
    /// What it means; empty if there is nothing to add.
    pub note: Line<'a>,
}

impl<'a> Figure<'a> {
    /// The figure as a field, for who reads from top to bottom.
    pub(super) fn field(&self) -> (Cow<'a, str>, Line<'a>) {
        let line = Line::from(self.value.clone());
        let line = match self.note.text().is_empty() {
            true => line,
            false => Line { cells: [&line.cells[..], &["; ".into()], &self.note.cells].concat() },
        };
        (self.name.clone(), line)
    }
}

/// Rows and columns under one header.
///
/// Invariant: every row has one cell for each column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table<'a> {
    columns: Vec<Column<'a>>,
    rows: Vec<Vec<Cell<'a>>>,
    wraps: bool,
}

impl<'a> Table<'a> {
    /// A table without rows.
    pub fn new(columns: impl IntoIterator<Item = Column<'a>>) -> Self {
        Self { columns: columns.into_iter().collect(), ..Self::default() }
    }

    /// The same table, but what does not fit is continued below instead of being cut.
    #[must_use]
    pub fn wrapped(mut self) -> Self {
        self.wraps = true;
        self
    }

    fn shortened(mut self, longest: usize) -> Self {
        for cell in self.rows.iter_mut().flatten() {
            let line = Line::from(std::mem::take(cell)).shortened(longest);
            *cell = line.cells.into_iter().next().unwrap_or_default();
        }
        self
    }

    /// Adds a row. Cells that are missing are empty; cells without a column are left out.
    pub fn push(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) {
        let mut row: Vec<Cell<'a>> = cells.into_iter().collect();
        row.resize(self.columns.len(), Cell::default());
        self.rows.push(row);
    }

    /// The columns, from left to right.
    pub fn columns(&self) -> &[Column<'a>] {
        &self.columns
    }

    /// The rows, from top to bottom, each with one cell for each column.
    pub fn rows(&self) -> &[Vec<Cell<'a>>] {
        &self.rows
    }

    /// Whether what does not fit is continued below.
    pub fn wraps(&self) -> bool {
        self.wraps
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column<'a> {
    /// What stands above it.
    pub name: Cow<'a, str>,
    /// What programs know it by, if that is another word.
    pub key: Option<Cow<'a, str>>,
    /// Whether it gives way when the terminal is narrow.
    pub shrinks: bool,
    /// Whether its cells stand at its right edge, as numbers do.
    pub is_right: bool,
}

impl<'a> Column<'a> {
    /// A column that is never cut or wrapped: an id, a number.
    pub fn whole(name: impl Into<Cow<'a, str>>) -> Self {
        Self { name: name.into(), key: None, shrinks: false, is_right: false }
    }

    /// A column that gives way when the terminal is narrow: a title.
    pub fn shrink(name: impl Into<Cow<'a, str>>) -> Self {
        Self { name: name.into(), key: None, shrinks: true, is_right: false }
    }

    /// The same column, known to programs by another word.
    #[must_use]
    pub fn keyed(mut self, key: impl Into<Cow<'a, str>>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The same column with its cells at the right edge.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.is_right = true;
        self
    }
}

/// One of several lists side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lane<'a> {
    /// What the entries have in common.
    pub title: Line<'a>,
    /// The entries, from top to bottom.
    pub entries: Vec<Line<'a>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_across_its_cells() {
        let line = || Line::from(Cell::id("BL-ä")).then(" ").then("Guest").then(" more");
        let shortened = |longest| line().shortened(longest).text().into_owned();
        assert_eq!(shortened(15), "BL-ä Guest more");
        assert_eq!(shortened(10), "BL-ä Guest…");
        assert_eq!(shortened(7), "BL-ä Gu…");
        assert_eq!(shortened(3), "BL-…");
    }
}
