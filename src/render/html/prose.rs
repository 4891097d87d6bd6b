//! Bodies of documents on a page.

use super::inline::{self, Isolate};
use super::{Writer, is_blank, unbold};
use crate::render::block::{Body, Line};
use crate::render::prose::{self, Item, List, Prose};

impl Writer {
    /// The body of a document, with its headings below those of the page.
    pub(super) fn body(&mut self, body: &Body<'_>) {
        let outline = self.outline.body();
        let page = std::mem::replace(&mut self.outline, outline);
        self.parts(&prose::read(body), true);
        self.outline = page;
    }

    fn parts(&mut self, parts: &[Prose], is_loose: bool) {
        for part in parts {
            match part {
                Prose::Paragraph(lines) if !is_loose => self.lines(lines),
                part => self.part(part),
            }
        }
    }

    fn part(&mut self, part: &Prose) {
        match part {
            Prose::Heading(level, line) if !is_blank(line) => {
                let tag = self.outline.tag(*level);
                self.open(tag, "");
                inline::push(&mut self.text, &unbold(line), Isolate::No);
                self.text += &format!("</{tag}>\n");
            }
            Prose::Heading(..) => {}
            Prose::Paragraph(lines) => {
                self.text += "<p>";
                self.lines(lines);
                self.text += "</p>\n";
            }
            Prose::Code(language, lines) => {
                let lines: Vec<Line<'_>> = lines.iter().map(|line| line.as_str().into()).collect();
                self.code(language, &lines);
            }
            Prose::Quote(parts) => {
                self.text += "<blockquote>\n";
                self.parts(parts, true);
                self.text += "</blockquote>\n";
            }
            Prose::List(list) => self.list(list),
            Prose::Table(columns, rows) => self.prose_table(columns, rows),
            Prose::Rule => self.text += "<hr>\n",
        }
    }

    fn lines(&mut self, lines: &[Line<'_>]) {
        for (at, line) in lines.iter().enumerate() {
            self.text += if at > 0 { "<br>\n" } else { "" };
            inline::push(&mut self.text, line, Isolate::No);
        }
    }

    fn list(&mut self, list: &List) {
        let (begin, end) = match list.start {
            None => ("<ul>\n".to_owned(), "</ul>\n"),
            Some(1) => ("<ol>\n".to_owned(), "</ol>\n"),
            Some(start) => (format!("<ol start=\"{start}\">\n"), "</ol>\n"),
        };
        self.text += &begin;
        list.items.iter().for_each(|item| self.item(item, list.is_loose));
        self.text += end;
    }

    /// An item of a list. A box is drawn by the style; without one the marks of the source show.
    fn item(&mut self, item: &Item, is_loose: bool) {
        self.text += match item.ticked {
            None => "<li>",
            Some(true) => {
                "<li class=\"task\"><span class=\"tick on\" role=\"img\" aria-label=\"ticked\">[x]</span> "
            }
            Some(false) => {
                "<li class=\"task\"><span class=\"tick\" role=\"img\" aria-label=\"not ticked\">[ ]</span> "
            }
        };
        self.parts(&item.parts, is_loose);
        self.text += "</li>\n";
    }

    fn prose_table(&mut self, columns: &[bool], rows: &[Vec<Line<'_>>]) {
        let Some((header, rows)) = rows.split_first() else { return };
        self.begin_table();
        self.text += "<thead>\n<tr>";
        for (line, is_right) in header.iter().zip(columns) {
            self.header_cell(line, *is_right);
        }
        self.text += "</tr>\n</thead>\n<tbody>\n";
        for row in rows {
            self.text += "<tr>";
            for (line, is_right) in row.iter().zip(columns) {
                self.open("td", if *is_right { "number" } else { "" });
                inline::push(&mut self.text, line, Isolate::No);
                self.text += "</td>";
            }
            self.text += "</tr>\n";
        }
        self.end_table();
    }
}
