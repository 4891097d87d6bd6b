//! Bodies of documents on a terminal.

use super::{grid, untabbed};
use crate::render::block::{Body, Cell, Column, Line, Table, Tone};
use crate::render::page::{Page, safe_line};
use crate::render::prose::{self, Indent, Item, List, Prose};
use crate::render::wrap::{Long, wrapped};
use crate::render::{Style, diff, safe, width};

/// The longest lines that are read with ease.
const WIDEST: usize = 100;
/// The narrowest, however deep a list is nested.
const NARROWEST: usize = 20;

/// Writes the body of a document.
pub(super) fn write(body: &Body<'_>, page: &mut Page<'_>) {
    let mut writer = Writer { page, indent: Indent::default() };
    writer.parts(&prose::read(body), true);
}

struct Writer<'p, 's> {
    page: &'p mut Page<'s>,
    indent: Indent,
}

impl Writer<'_, '_> {
    fn parts(&mut self, parts: &[Prose], is_loose: bool) {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 && is_loose {
                self.blank();
            }
            self.part(part);
        }
    }

    fn part(&mut self, part: &Prose) {
        match part {
            Prose::Heading(level, line) => self.heading(*level, line),
            Prose::Paragraph(lines) => lines.iter().for_each(|line| self.wrapped(line)),
            Prose::Code(language, lines) => {
                for (line, tone) in lines.iter().zip(diff::tones(language, lines)) {
                    self.code(line, if tone == Tone::Plain { Tone::Code } else { tone });
                }
            }
            Prose::Quote(parts) => {
                let mark = if self.page.style.unicode { "│ " } else { "> " };
                let outer = self.indent.enter(mark, mark);
                self.parts(parts, true);
                self.indent.leave(outer);
            }
            Prose::List(list) => self.list(list),
            Prose::Table(columns, rows) => self.table(columns, rows),
            Prose::Rule => {
                let mark = if self.page.style.unicode { "─" } else { "-" };
                let rule = Cell::dim(mark.repeat(self.width().min(40)));
                self.line(&rule.into());
            }
        }
    }

    /// Where nothing is bold, the marks of the source tell a heading from a paragraph.
    fn heading(&mut self, level: u8, line: &Line<'_>) {
        let mark = match self.page.style.color {
            true => String::new(),
            false => "#".repeat(level.into()) + " ",
        };
        let mut heading = Line::from(Cell::strong(mark));
        let over = |tone| if tone == Tone::Plain { Tone::Strong } else { tone };
        heading.cells.extend(line.cells.iter().map(|cell| Cell::new(&*cell.text, over(cell.tone))));
        self.wrapped(&heading);
    }

    fn wrapped(&mut self, line: &Line<'_>) {
        let line = marked(line, self.page.style);
        let line = safe_line(&line);
        let width = self.width();
        for line in wrapped(&line, width, width, Long::Whole) {
            self.line(&line);
        }
    }

    fn code(&mut self, line: &str, tone: Tone) {
        let text = untabbed(line);
        match text.is_empty() {
            true => self.blank(),
            false => self.line(&Line::from("    ").then(Cell::new(safe::line(&text), tone))),
        }
    }

    fn list(&mut self, list: &List) {
        for (at, item) in list.items.iter().enumerate() {
            if at > 0 && list.is_loose {
                self.blank();
            }
            let number = list.start.map(|start| start.saturating_add(at as u64));
            let marker = self.marker(number, item);
            let outer = self.indent.enter(&marker, &" ".repeat(width::of(&marker)));
            match item.parts.is_empty() {
                true => self.line(&Line::default()),
                false => self.parts(&item.parts, list.is_loose),
            }
            self.indent.leave(outer);
        }
    }

    fn marker(&self, number: Option<u64>, item: &Item) -> String {
        let mut marker = number.map(|number| format!("{number}. ")).unwrap_or_default();
        marker += match (item.ticked, self.page.style.unicode) {
            (Some(true), true) => "☑ ",
            (Some(true), false) => "[x] ",
            (Some(false), true) => "☐ ",
            (Some(false), false) => "[ ] ",
            (None, true) if number.is_none() => "• ",
            (None, false) if number.is_none() => "- ",
            (None, _) => "",
        };
        marker
    }

    fn table(&mut self, columns: &[bool], rows: &[Vec<Line<'static>>]) {
        let Some((header, rows)) = rows.split_first() else { return };
        let column = |(line, is_right): (&Line<'static>, &bool)| Column {
            is_right: *is_right,
            ..Column::shrink(line.text().into_owned())
        };
        let mut table = Table::new(header.iter().zip(columns).map(column)).wrapped();
        for row in rows {
            table.push(row.iter().map(|line| Cell::from(line.text())));
        }
        let style =
            Style { width: self.page.style.width.map(|_| self.width()), ..self.page.style.clone() };
        let mut page = Page::new(&style);
        grid::write(&table, &mut page);
        for line in page.text.lines() {
            self.page.text += &self.indent.next();
            self.page.text += line;
            self.page.end();
        }
    }

    fn line(&mut self, line: &Line<'_>) {
        let indent = self.indent.next();
        self.page.text += if line.cells.is_empty() { indent.trim_end() } else { &indent };
        self.page.line(line);
    }

    fn blank(&mut self) {
        self.line(&Line::default());
    }

    fn width(&self) -> usize {
        let Some(width) = self.page.style.width else { return usize::MAX };
        width.min(WIDEST).saturating_sub(width::of(self.indent.rest())).max(NARROWEST)
    }
}

/// A line with the marks of the source where the terminal cannot show what they mean.
fn marked<'a>(line: &'a Line<'_>, style: &Style) -> Line<'a> {
    let mark = |cell: &'a Cell<'_>| {
        let mark = match cell.tone {
            Tone::Code => "`",
            Tone::Struck => "~~",
            Tone::Emphasis if !style.color => "*",
            _ => return Cell::new(&*cell.text, cell.tone),
        };
        Cell::new(format!("{mark}{}{mark}", cell.text), cell.tone)
    };
    Line { cells: line.cells.iter().map(mark).collect() }
}
