//! Views as pages that somebody without a terminal can open, print and hand on.
//!
//! A page stands alone: its looks are inside, it runs nothing, loads nothing and links to nothing,
//! and says so to the browser. All its marks are written here; what comes from a document is text.

mod inline;
mod outline;
mod prose;

use std::borrow::Cow;

use super::block::{Block, Cell, Column, Figure, Lane, Line, Table, Tone};
use super::chart::Chart;
use super::gantt::{self, Gantt};
use super::{View, diff, safe, svg, width};
use inline::Isolate;
use outline::Outline;

/// What the page looks like.
const STYLE: &str = include_str!("html/style.css");

/// The longest text of a cell that is never broken, where its column says so.
const LONGEST_WHOLE: usize = 32;

/// The text of a view.
pub(super) fn text(view: &dyn View) -> String {
    page(&view.page(), &view.title())
}

/// A page of blocks. The title is for one without a heading of its own that stands above all.
fn page(blocks: &[Block<'_>], title: &str) -> String {
    let mut writer = Writer::default();
    let own = own_title(blocks);
    if own.is_none() {
        writer.heading(0, &Line::from(title));
    }
    writer.blocks(blocks);
    let title = own.map_or(Cow::Borrowed(title), Line::text);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="git-backlog">
<title>{title}</title>
<style>
{STYLE}</style>
</head>
<body>
<main>
{main}</main>
</body>
</html>
"#,
        title = safe::html(&title),
        main = writer.text,
    )
}

/// The first block, if it is the only heading of the first level.
fn own_title<'a>(blocks: &'a [Block<'_>]) -> Option<&'a Line<'a>> {
    let is_top = |block: &&Block<'_>| matches!(block, Block::Heading { level: 0 | 1, .. });
    match blocks.first() {
        Some(Block::Heading { level: 1, line }) if blocks.iter().filter(is_top).count() == 1 => {
            Some(line).filter(|line| !is_blank(line))
        }
        _ => None,
    }
}

#[derive(Default)]
struct Writer {
    text: String,
    outline: Outline,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block<'_>]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block<'_>) {
        match block {
            Block::Heading { level, line } => self.heading(*level, line),
            Block::Text(line) => self.element("p", "", line),
            Block::Footer(line) => self.element("p", "footer", line),
            Block::Table(table) => self.table(table),
            Block::List(lines) => self.elements(lines),
            Block::Fields(fields) => self.fields(fields),
            Block::Figures(figures) => self.figures(figures),
            Block::Code { language, lines } => self.code(language, lines),
            Block::Markdown(body) => self.body(body),
            Block::Lanes(lanes) => self.lanes(lanes),
            Block::Chart(chart) => self.chart(chart),
            Block::Gantt(plans) => self.gantt(plans),
            Block::Folded { summary, blocks } => {
                self.text += "<details>\n";
                self.element("summary", "", summary);
                self.blocks(blocks);
                self.text += "</details>\n";
            }
            Block::Marker(text) => self.text += &format!("<!-- {text} -->\n"),
            Block::Blank => {}
        }
    }

    /// A heading. One that begins with an id has it above the words.
    fn heading(&mut self, level: u8, line: &Line<'_>) {
        if is_blank(line) {
            return;
        }
        let starts_with_id = line.cells.first().is_some_and(|cell| cell.tone == Tone::Id);
        let class = if starts_with_id { "of-id" } else { "" };
        let tag = self.outline.tag(level);
        self.element(tag, class, &unbold(line));
    }

    fn element(&mut self, tag: &str, class: &str, line: &Line<'_>) {
        self.open(tag, class);
        inline::push(&mut self.text, line, Isolate::Yes);
        self.text += &format!("</{tag}>\n");
    }

    fn open(&mut self, tag: &str, class: &str) {
        self.text += &match class {
            "" => format!("<{tag}>"),
            class => format!("<{tag} class=\"{class}\">"),
        };
    }

    fn elements(&mut self, lines: &[Line<'_>]) {
        if lines.is_empty() {
            return;
        }
        self.text += "<ul>\n";
        for line in lines {
            self.element("li", "", line);
        }
        self.text += "</ul>\n";
    }

    fn fields(&mut self, fields: &[(Cow<'_, str>, Line<'_>)]) {
        if fields.is_empty() {
            return;
        }
        self.text += "<dl>\n";
        for (name, value) in fields {
            self.element("dt", "", &Line::from(&**name));
            self.element("dd", "", value);
        }
        self.text += "</dl>\n";
    }

    /// Each figure is a name with two values, so that who listens hears them in this order.
    fn figures(&mut self, figures: &[Figure<'_>]) {
        if figures.is_empty() {
            return;
        }
        self.text += "<dl class=\"figures\">\n";
        for figure in figures {
            self.text += "<div>\n";
            self.element("dt", "", &Line::from(&*figure.name));
            self.element("dd", "value", &Line::from(figure.value.clone()));
            if !is_blank(&figure.note) {
                self.element("dd", "note", &figure.note);
            }
            self.text += "</div>\n";
        }
        self.text += "</dl>\n";
    }

    fn table(&mut self, table: &Table<'_>) {
        let columns = table.columns();
        if columns.is_empty() {
            return;
        }
        self.begin_table();
        self.text += "<thead>\n<tr>";
        for column in columns {
            self.header_cell(&Line::from(&*column.name), column.is_right);
        }
        self.text += "</tr>\n</thead>\n<tbody>\n";
        for row in table.rows() {
            self.text += "<tr>";
            for (cell, column) in row.iter().zip(columns) {
                self.open("td", class(column, cell));
                inline::push_cell(&mut self.text, cell);
                self.text += "</td>";
            }
            self.text += "</tr>\n";
        }
        self.end_table();
    }

    /// A table may be wider than the window, and is moved by keys too.
    fn begin_table(&mut self) {
        self.text += "<div class=\"wide\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n";
        self.text += "<table>\n";
    }

    fn header_cell(&mut self, line: &Line<'_>, is_right: bool) {
        let class = if is_right { " class=\"number\"" } else { "" };
        // A header says of what it is one, unless there is nothing to say.
        let (tag, scope) = if is_blank(line) { ("td", "") } else { ("th", " scope=\"col\"") };
        self.text += &format!("<{tag}{scope}{class}>");
        inline::push(&mut self.text, line, Isolate::Yes);
        self.text += &format!("</{tag}>");
    }

    fn end_table(&mut self) {
        self.text += "</tbody>\n</table>\n</div>\n";
    }

    fn lanes(&mut self, lanes: &[Lane<'_>]) {
        self.text += "<div class=\"lanes\">\n";
        for lane in lanes {
            self.text += "<section>\n";
            self.heading(2, &lane.title);
            if !lane.entries.is_empty() {
                self.text += "<ul>\n";
                for entry in &lane.entries {
                    let is_rest = entry.cells.iter().all(|cell| cell.tone == Tone::Dim);
                    self.element("li", if is_rest { "rest" } else { "" }, entry);
                }
                self.text += "</ul>\n";
            }
            self.text += "</section>\n";
        }
        self.text += "</div>\n";
    }

    /// A chart, and its numbers for who wants to know them or cannot see it.
    fn chart(&mut self, chart: &Chart<'_>) {
        self.text += "<figure>\n";
        self.text += &svg::inline(chart);
        self.element("figcaption", "", &Line::from(&*chart.title));
        self.text += "</figure>\n";
        let blocks = vec![Block::Table(chart.table())];
        self.block(&Block::Folded { summary: "The same as a table".into(), blocks });
    }

    /// Plans over time; their days stand in a table beside it.
    fn gantt(&mut self, plans: &Gantt<'_>) {
        self.text += "<figure>\n";
        self.text += "<div class=\"wide\" role=\"group\" aria-label=\"Plan\" tabindex=\"0\">\n";
        self.text += &gantt::inline(plans);
        self.text += "</div>\n";
        let caption = format!("{}. A bar ends with {}", plans.title, gantt::BARS);
        self.element("figcaption", "", &Line::from(caption));
        self.text += "</figure>\n";
    }

    /// Lines as they are. Those of a patch are told apart by more than their first letter.
    fn code(&mut self, language: &str, lines: &[Line<'_>]) {
        self.text += "<pre><code>";
        let texts: Vec<_> = lines.iter().map(Line::text).collect();
        let tones = diff::tones(language, &texts);
        for (line, tone) in lines.iter().zip(tones) {
            let (begin, end) = match tone {
                Tone::Good => ("<ins>", "</ins>"),
                Tone::Removed => ("<del>", "</del>"),
                Tone::Strong => ("<strong>", "</strong>"),
                Tone::Dim => ("<span class=\"dim\">", "</span>"),
                _ => ("", ""),
            };
            self.text += begin;
            for cell in &line.cells {
                let cell = Cell::new(cell.text.replace('\t', "    "), cell.tone);
                inline::push_cell(&mut self.text, &cell);
            }
            self.text += "\n";
            self.text += end;
        }
        self.text += "</code></pre>\n";
    }
}

/// The class of a cell in a column.
fn class(column: &Column<'_>, cell: &Cell<'_>) -> &'static str {
    match (column.is_right, column.shrinks) {
        (true, _) => "number",
        (false, false) if width::of(&safe::line(&cell.text)) <= LONGEST_WHOLE => "whole",
        _ => "",
    }
}

/// A heading is bold all over.
fn unbold<'a>(line: &'a Line<'_>) -> Line<'a> {
    let tone = |tone| if tone == Tone::Strong { Tone::Plain } else { tone };
    Line { cells: line.cells.iter().map(|cell| Cell::new(&*cell.text, tone(cell.tone))).collect() }
}

fn is_blank(line: &Line<'_>) -> bool {
    line.cells.iter().all(|cell| cell.text.trim().is_empty())
}

#[cfg(test)]
mod tests;
