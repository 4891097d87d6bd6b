//! Tables in the text of a document, as people keep numbers in Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::span::{Position, Span};

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What stands above the columns.
    pub header: Row,
    /// The rows, each with as many cells as the header.
    pub rows: Vec<Row>,
    /// Whether it stands in a list or a quote.
    pub is_nested: bool,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The bytes of its line in the text, without the line break.
    pub span: Span,
    /// Its line in the text, from 1.
    pub line: usize,
    /// The cells without marks of Markdown.
    pub cells: Vec<String>,
}

impl Table {
    /// The place of the first column with one of these names, in any case.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        let is = |cell: &String| names.iter().any(|name| cell.trim().eq_ignore_ascii_case(name));
        self.header.cells.iter().position(is)
    }
}

impl Row {
    /// The text in a column, without blanks around it.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.trim())
    }

    /// The cells with their marks of Markdown; a bar in one is written `\|`.
    pub fn written(&self, text: &str) -> Vec<String> {
        let line = self.span.of(text).trim();
        let line = line.strip_prefix('|').unwrap_or(line);
        let mut cells = vec![String::new()];
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            let escaped = chars.next_if(|next| c == '\\' && matches!(next, '|' | '\\'));
            match (c, escaped, cells.last_mut()) {
                (_, Some(meant), Some(cell)) => cell.push(meant),
                ('|', ..) => cells.push(String::new()),
                (c, _, Some(cell)) => cell.push(c),
                _ => {}
            }
        }
        if cells.last().is_some_and(|last| last.trim().is_empty()) && cells.len() > 1 {
            cells.pop();
        }
        cells.iter().map(|cell| cell.trim().to_owned()).collect()
    }
}

/// The line of a row from its cells as [`Row::written`] gives them.
pub fn line(cells: &[String]) -> String {
    let mut line = "|".to_owned();
    for cell in cells {
        let cell = cell.replace('\\', "\\\\").replace('|', "\\|");
        line.push_str(&if cell.is_empty() { " |".to_owned() } else { format!(" {cell} |") });
    }
    line
}

/// The tables of a text, in their order.
pub fn tables(text: &str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut lines = Lines::default();
    let mut row = Row::default();
    let mut depth = 0_usize;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match &event {
            Event::Start(Tag::Table(_)) => {
                let header = Row::default();
                tables.push(Table { header, rows: Vec::new(), is_nested: depth > 0 });
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                let line = lines.of(text, range.start);
                row = Row { span: line_at(text, range.start), line, cells: Vec::new() };
            }
            Event::Start(Tag::TableCell) => row.cells.push(String::new()),
            Event::Text(words) | Event::Code(words) => {
                row.cells.last_mut().into_iter().for_each(|cell| cell.push_str(words));
            }
            Event::End(TagEnd::TableHead) => {
                tables.last_mut().into_iter().for_each(|it| it.header = std::mem::take(&mut row));
            }
            Event::End(TagEnd::TableRow) => {
                let row = std::mem::take(&mut row);
                tables.last_mut().into_iter().for_each(|it| it.rows.push(row.clone()));
            }
            _ => {}
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    tables
}

/// The line that holds the byte at `offset`, without its line break.
fn line_at(text: &str, offset: usize) -> Span {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    Span::new(start, start + text[start..end].trim_end_matches('\r').len())
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
        assert_eq!(tables[0].header.cells, ["Date", "value"]);
        assert_eq!(tables[0].header.written(text), ["Date", "*value*"]);
        assert!(!tables[0].is_nested);
        assert_eq!(tables[0].column(&["day", "date"]), Some(0));
        let rows: Vec<(usize, &str, &str)> =
            tables[0].rows.iter().map(|it| (it.line, it.text(0), it.text(1))).collect();
        assert_eq!(rows, [(5, "2026-11-01", "41"), (6, "x", "")]);
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        for cells in [vec!["a | b", "", "\\"], vec!["", "*x*", "\\|"], vec!["`1`", "2", "3"]] {
            let cells: Vec<String> = cells.into_iter().map(str::to_owned).collect();
            let text = format!("  | a | b | c |\n|---|---|---|\n{}\n", line(&cells));
            assert_eq!(tables(&text)[0].rows[0].written(&text), cells);
        }
    }

    #[test]
    fn a_table_in_a_list_or_a_quote_is_nested() {
        let is_nested =
            |text: &str| -> Vec<bool> { tables(text).iter().map(|it| it.is_nested).collect() };
        assert_eq!(is_nested("> | a |\n> | - |\n\n| a |\n| - |\n"), [true, false]);
        assert_eq!(is_nested("- | a |\n  | - |\n  | 1 |\n"), [true]);
    }
}
