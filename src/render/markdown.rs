//! Views as Markdown, for comments on a forge.
//!
//! What a comment holds is read by a bot's name and right: it must not call people, refer to
//! issues, run quick actions or carry live links because a document says so.

use super::block::{Block, Cell, Figure, Lane, Line, Table, Tone};
use super::gantt;
use super::prose::{self, Indent, List, Prose};
use super::safe;

/// The text of a view.
pub(super) fn text(blocks: &[Block<'_>]) -> String {
    let mut writer = Writer::default();
    for block in blocks {
        writer.block(block);
    }
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
    indent: Indent,
}

impl Writer {
    fn block(&mut self, block: &Block<'_>) {
        if matches!(block, Block::Blank | Block::Footer(_)) {
            return;
        }
        if !self.text.is_empty() {
            self.blank();
        }
        match block {
            Block::Heading { level, line } => self.heading(*level, line),
            Block::Text(line) => self.line(&inline(line, Place::Start)),
            Block::Table(table) => self.table(table),
            Block::List(lines) => {
                for line in lines {
                    self.line(&format!("- {}", inline(line, Place::Start)));
                }
            }
            Block::Fields(fields) => {
                fields.iter().for_each(|(name, value)| self.field(name, value));
            }
            Block::Figures(figures) => {
                let fields = figures.iter().map(Figure::field);
                fields.for_each(|(name, value)| self.field(&name, &value));
            }
            Block::Code { language, lines } => {
                let lines: Vec<_> = lines.iter().map(Line::text).collect();
                self.code(language, &lines);
            }
            Block::Markdown(body) => self.parts(&prose::read(body), true),
            Block::Lanes(lanes) => self.lanes(lanes),
            Block::Chart(chart) => self.table(&chart.table()),
            Block::Gantt(plans) => {
                let text = gantt::mermaid(plans);
                self.code("mermaid", &text.lines().collect::<Vec<_>>());
            }
            Block::Folded { summary, blocks } => {
                let summary = inline(summary, Place::Within);
                self.line(&format!("<details><summary>{summary}</summary>"));
                blocks.iter().for_each(|block| self.block(block));
                self.blank();
                self.line("</details>");
            }
            Block::Marker(text) => self.line(&format!("<!-- {text} -->")),
            Block::Footer(_) | Block::Blank => {}
        }
    }

    fn field(&mut self, name: &str, value: &Line<'_>) {
        let value = inline(value, Place::Within);
        match &*safe::markdown(name, false) {
            // It goes on with the field above.
            "" => self.line(&format!("  - {value}")),
            name => self.line(format!("- **{name}**: {value}").trim_end()),
        }
    }

    fn heading(&mut self, level: u8, line: &Line<'_>) {
        let line = Line {
            cells: line
                .cells
                .iter()
                .map(|cell| Cell::new(&*cell.text, unbold(cell.tone)))
                .collect(),
        };
        let mut text = inline(&line, Place::Within);
        // Marks at the end would belong to the heading.
        if text.ends_with('#') {
            text.insert(text.len() - 1, '\\');
        }
        self.line(format!("{} {}", "#".repeat(level.clamp(1, 6).into()), text.trim()).trim_end());
    }

    fn table(&mut self, table: &Table<'_>) {
        let columns = table.columns();
        if columns.is_empty() {
            return;
        }
        self.row(columns.iter().map(|column| safe::markdown(&column.name, false)));
        self.row(columns.iter().map(|column| rule(column.is_right)));
        for row in table.rows() {
            self.row(row.iter().map(|cell| safe::markdown(&cell.text, false)));
        }
    }

    fn row(&mut self, cells: impl Iterator<Item = String>) {
        let mut row = String::from("|");
        for cell in cells {
            row += " ";
            row += cell.trim();
            row += " |";
        }
        self.line(&row);
    }

    fn lanes(&mut self, lanes: &[Lane<'_>]) {
        for (at, lane) in lanes.iter().enumerate() {
            if at > 0 {
                self.blank();
            }
            self.heading(2, &lane.title);
            if !lane.entries.is_empty() {
                self.blank();
            }
            for entry in &lane.entries {
                self.line(&format!("- {}", inline(entry, Place::Start)));
            }
        }
    }

    fn code(&mut self, language: &str, lines: &[impl AsRef<str>]) {
        let longest = lines.iter().map(|line| longest_ticks(line.as_ref())).max().unwrap_or(0);
        let fence = "`".repeat((longest + 1).max(3));
        let is_word =
            |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '#' | '.');
        let language: String = language.chars().filter(is_word).collect();
        self.line(&format!("{fence}{language}"));
        for line in lines {
            let line = line.as_ref().replace('\t', "    ");
            self.line(&safe::line(&line));
        }
        self.line(&fence);
    }

    fn parts(&mut self, parts: &[Prose], is_loose: bool) {
        for (at, part) in parts.iter().enumerate() {
            // These would be taken for a part of what is above, even in a tight list.
            let joins = !is_loose && !matches!(part, Prose::Paragraph(_) | Prose::Table(..));
            if at > 0 && !joins {
                self.blank();
            }
            self.part(part);
        }
    }

    fn part(&mut self, part: &Prose) {
        match part {
            Prose::Heading(level, line) => self.heading(*level, line),
            Prose::Paragraph(lines) => self.paragraph(lines),
            Prose::Code(language, lines) => self.code(language, lines),
            Prose::Quote(parts) => {
                let outer = self.indent.enter("> ", "> ");
                self.parts(parts, true);
                self.indent.leave(outer);
            }
            Prose::List(list) => self.list(list),
            Prose::Table(columns, rows) => self.prose_table(columns, rows),
            Prose::Rule => self.line("***"),
        }
    }

    fn paragraph(&mut self, lines: &[Line<'_>]) {
        for (at, line) in lines.iter().enumerate() {
            let end = if at + 1 < lines.len() { "\\" } else { "" };
            self.line(&(inline(line, Place::Start) + end));
        }
    }

    fn list(&mut self, list: &List) {
        for (at, item) in list.items.iter().enumerate() {
            if at > 0 && list.is_loose {
                self.blank();
            }
            let marker = match list.start {
                Some(start) => format!("{}. ", start.saturating_add(at as u64)),
                None => "- ".to_owned(),
            };
            let tick = match item.ticked {
                Some(true) => "[x] ",
                Some(false) => "[ ] ",
                None => "",
            };
            let outer = self.indent.enter(&format!("{marker}{tick}"), &" ".repeat(marker.len()));
            match item.parts.is_empty() {
                true => self.blank(),
                false => self.parts(&item.parts, list.is_loose),
            }
            self.indent.leave(outer);
        }
    }

    fn prose_table(&mut self, columns: &[bool], rows: &[Vec<Line<'_>>]) {
        for (at, row) in rows.iter().enumerate() {
            self.row(row.iter().map(|line| inline(line, Place::Table)));
            if at == 0 {
                self.row(columns.iter().map(|is_right| rule(*is_right)));
            }
        }
    }

    fn line(&mut self, text: &str) {
        let indent = self.indent.next();
        self.text += if text.is_empty() { indent.trim_end() } else { &indent };
        self.text += text;
        self.text += "\n";
    }

    fn blank(&mut self) {
        self.line("");
    }
}

/// Where a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At the start of a line.
    Start,
    /// Behind something on the same line.
    Within,
    /// In a cell of a table, where `|` ends it even within code.
    Table,
}

/// A line with its tones as marks.
fn inline(line: &Line<'_>, place: Place) -> String {
    let mut text = String::new();
    for (tone, run) in runs(line) {
        let is_start = place == Place::Start && text.is_empty();
        let inner = run.trim();
        let mark = match tone {
            Tone::Strong => "**",
            Tone::Emphasis => "*",
            Tone::Struck => "~~",
            Tone::Code if !inner.is_empty() => {
                text += &code_span(&run, place);
                continue;
            }
            _ => "",
        };
        if mark.is_empty() || inner.is_empty() {
            text += &safe::markdown(&run, is_start);
            continue;
        }
        let (before, after) =
            (run.len() - run.trim_start().len(), run.len() - run.trim_end().len());
        text.extend(std::iter::repeat_n(' ', if is_start { 0 } else { before.min(1) }));
        text += &format!("{mark}{}{mark}", safe::markdown(inner, false));
        text.extend(std::iter::repeat_n(' ', after.min(1)));
    }
    text.trim_end().to_owned()
}

/// The texts of a line with one mark each: what looks alike is one text, in which a mention may
/// be found.
fn runs(line: &Line<'_>) -> Vec<(Tone, String)> {
    let mut runs: Vec<(Tone, String)> = Vec::new();
    for cell in &line.cells {
        let tone = match cell.tone {
            Tone::Strong | Tone::Emphasis | Tone::Struck | Tone::Code => cell.tone,
            _ => Tone::Plain,
        };
        match runs.last_mut() {
            Some((last, text)) if *last == tone => text.push_str(&cell.text),
            _ => runs.push((tone, cell.text.clone().into_owned())),
        }
    }
    runs
}

/// Code, in which a forge finds no mentions, between as many ticks as it takes.
fn code_span(text: &str, place: Place) -> String {
    let text = safe::line(text);
    let text = if place == Place::Table { text.replace('|', "\\|") } else { text.into_owned() };
    let ticks = "`".repeat(longest_ticks(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// A heading is bold all over.
fn unbold(tone: Tone) -> Tone {
    if tone == Tone::Strong { Tone::Plain } else { tone }
}

fn rule(is_right: bool) -> String {
    if is_right { "---:" } else { "---" }.to_owned()
}

fn longest_ticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests;
