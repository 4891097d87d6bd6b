//! Tables in the text of a document, as people keep numbers in Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::span::Position;

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What stands above the columns.
    pub header: Vec<String>,
    /// The rows, each with as many cells as the header.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line in the text, from 1.
    pub line: usize,
    /// The cells without marks of Markdown.
    pub cells: Vec<String>,
}

impl Table {
    /// The place of the first column with one of these names, in any case.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        let is = |cell: &String| names.iter().any(|name| cell.trim().eq_ignore_ascii_case(name));
        self.header.iter().position(is)
    }
}

impl Row {
    /// The text in a column, without blanks around it.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }
}

/// The tables of a text, in their order.
pub fn tables(text: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut lines = Lines::default();
    let mut cells: Vec<String> = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_)) => tables.push(Table::default()),
            Event::Start(Tag::TableHead | Tag::TableRow) => cells.clear(),
            Event::Start(Tag::TableCell) => cells.push(String::new()),
            Event::Text(words) | Event::Code(words) => {
                cells.last_mut().into_iter().for_each(|cell| cell.push_str(&words));
            }
            Event::End(TagEnd::TableHead) => {
                tables.last_mut().into_iter().for_each(|it| it.header = std::mem::take(&mut cells));
            }
            Event::End(TagEnd::TableRow) => {
                let row =
                    Row { line: lines.of(text, range.start), cells: std::mem::take(&mut cells) };
                tables.last_mut().into_iter().for_each(|it| it.rows.push(row.clone()));
            }
            _ => {}
        }
    }
    tables
}

/// Lines of places that ascend, counted once.
#[derive(Default)]
struct Lines {
    at: usize,
    n_before: usize,
}

impl Lines {
    fn of(&mut self, text: &str, offset: usize) -> usize {
        if offset < self.at {
            return Position::of(text, offset).line;
        }
        let between = &text.as_bytes()[self.at..offset];
        self.n_before += between.iter().filter(|&&byte| byte == b'\n').count();
        self.at = offset;
        self.n_before + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_cells_of_each_row() {
        let text =
            "Words.\n\n| Date | *value* |\n| --- | --- |\n| 2026-11-01 | `41` |\n| x |\n\nEnd.\n";
        let tables = tables(text);
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].header, ["Date", "value"]);
        assert_eq!(tables[0].column(&["day", "date"]), Some(0));
        let rows: Vec<(usize, &str, &str)> =
            tables[0].rows.iter().map(|it| (it.line, it.text(0), it.text(1))).collect();
        assert_eq!(rows, [(5, "2026-11-01", "41"), (6, "x", "")]);
    }
}
