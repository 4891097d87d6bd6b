//! Domain values as text, for people and for programs. Writes what it is given, decides nothing.
//!
//! A [`View`] says what there is to show, once, as blocks and as JSON; each [`Format`] makes text
//! of it. Every text that comes from a document passes through [`safe`] on its way out.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use serde_json::Value;

use crate::domain::date::Date;
use block::{Block, Line};
use chart::Chart;
pub use format::Format;
use gantt::Gantt;
pub use json::{JsonRows, line_of as json_line};
pub use links::Links;
use report::findings::FindingsView;

pub mod block;
pub mod chart;
pub mod choice;
pub mod diff;
pub mod error;
pub mod gantt;
pub mod report;
pub mod safe;
pub mod width;

mod csv;
mod format;
mod full;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod links;
mod markdown;
mod page;
mod prose;
mod sarif;
mod svg;
mod table;
mod wrap;

/// Something that can be shown.
pub trait View {
    /// What people read.
    fn blocks(&self) -> Vec<Block<'_>>;

    /// What programs read: an object.
    fn json(&self) -> Value;

    /// What spreadsheets read: the first table of these blocks.
    fn rows(&self) -> Vec<Block<'_>> {
        self.blocks()
    }

    /// What is read on a page, of a forge or of its own.
    fn page(&self) -> Vec<Block<'_>> {
        self.blocks()
    }

    /// What stands at the top of a page of its own, unless a single heading is there already.
    fn title(&self) -> Cow<'_, str> {
        "Backlog".into()
    }

    /// The findings, if it is these that are shown; other views have none of their formats.
    fn findings(&self) -> Option<&FindingsView<'_>> {
        None
    }

    /// The chart, if there is one; other views cannot be drawn.
    fn chart(&self) -> Option<Chart<'_>> {
        None
    }

    /// The plans over time, if there are some.
    fn gantt(&self) -> Option<Gantt<'_>> {
        None
    }

    /// The key of the array in [`View::json`] whose elements are the lines of [`Format::Jsonl`];
    /// without one the whole object is the only line.
    fn rows_key(&self) -> Option<&'static str> {
        None
    }

    /// The formats in which this can be shown.
    fn formats(&self) -> &'static [Format] {
        &[Format::Table, Format::Json, Format::Markdown]
    }
}

/// What the other end of a stream can show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether it shows colours.
    pub color: bool,
    /// How many columns it has; `None` if lines may be as long as they like.
    pub width: Option<usize>,
    /// Whether ornaments may be other than ASCII. Texts of documents are never changed for this.
    pub unicode: bool,
    /// Whether it is the log of a workflow runner, which takes some lines for commands.
    pub workflow: bool,
    /// The files that ids lead to, if it opens links.
    pub links: Option<Arc<Links>>,
    /// The day, if a person reads there: days that are near are told from it.
    pub today: Option<Date>,
}

/// Why a view was not written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The view does not exist in this format.
    #[error("no format '{asked}' here, only {}", listed(known))]
    Format {
        /// The format that was asked for.
        asked: Format,
        /// The formats that exist.
        known: &'static [Format],
    },
    /// There are too few figures for a chart.
    #[error("there is no chart of that: too little is known, or it is told in words")]
    Chart,
    /// The stream does not take the text.
    #[error("cannot write the result")]
    Io(#[from] io::Error),
}

fn listed(formats: &[Format]) -> String {
    formats.iter().map(Format::to_string).collect::<Vec<_>>().join(", ")
}

/// Writes a view.
pub fn write(
    view: &dyn View,
    format: Format,
    style: &Style,
    out: &mut dyn Write,
) -> Result<(), Error> {
    let known = view.formats();
    let refused = Error::Format { asked: format, known };
    if !known.contains(&format) {
        return Err(refused);
    }
    let text = match (format, view.findings()) {
        (Format::Table, _) => {
            let mut blocks = view.blocks();
            if let Some(today) = style.today {
                table::tell_days(&mut blocks, today);
            }
            table::text(&blocks, style)
        }
        (Format::Json, _) => json::object(view),
        (Format::Jsonl, _) => json::lines(view),
        (Format::Csv, _) => csv::text(&view.rows()),
        (Format::Markdown, _) => markdown::text(&view.page()),
        (Format::Html, _) => html::text(view),
        (Format::Svg, _) => match (view.chart(), view.gantt()) {
            (Some(chart), _) => svg::document(&chart),
            (None, Some(gantt)) => gantt::document(&gantt),
            (None, None) => return Err(Error::Chart),
        },
        (Format::Mermaid, _) => match view.gantt() {
            Some(gantt) => gantt::mermaid(&gantt),
            None => return Err(refused),
        },
        (Format::Full, Some(findings)) => full::text(findings, style),
        (Format::Sarif, Some(findings)) => sarif::text(findings),
        (Format::Gitlab, Some(findings)) => gitlab::text(findings),
        (Format::Junit, Some(findings)) => junit::text(findings),
        // These are commands for the runner, and meant to be.
        (Format::Github, Some(findings)) => {
            return Ok(out.write_all(github::text(findings).as_bytes())?);
        }
        (_, None) => return Err(refused),
    };
    Ok(put(&text, style, out)?)
}

/// Blocks as the lines of a terminal, for who paints them himself. All texts are harmless already.
pub fn lines(blocks: &[Block<'_>], style: &Style) -> Vec<Line<'static>> {
    page::read_back(&table::text(blocks, style))
}

/// The one way out: what a workflow runner would obey is broken here, once the text is whole.
fn put(text: &str, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match style.workflow {
        true => out.write_all(safe::workflow(text).as_bytes()),
        false => out.write_all(text.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::block::{Column, Table};
    use super::*;

    /// One item whose title is a command of a workflow runner.
    struct Items(&'static [Format]);

    impl View for Items {
        fn blocks(&self) -> Vec<Block<'_>> {
            let mut table = Table::new([Column::shrink("title")]);
            table.push(["::error::##[x]".into()]);
            vec![Block::Table(table)]
        }

        fn json(&self) -> Value {
            json!({ "items": [{ "title": "::error::##[x]" }] })
        }

        fn rows_key(&self) -> Option<&'static str> {
            Some("items")
        }

        fn formats(&self) -> &'static [Format] {
            self.0
        }
    }

    fn check(format: Format, workflow: bool, expected: &str) {
        let style = Style { workflow, ..Style::default() };
        let mut out = Vec::new();
        write(&Items(Format::DATA), format, &style, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn writes_a_view_in_every_format() {
        check(Format::Table, false, "title\n::error::##[x]\n");
        check(Format::Csv, false, "title\n::error::##[x]\n");
        check(Format::Markdown, false, "| title |\n| --- |\n| ::error::##\\[x\\] |\n");
        check(Format::Jsonl, false, "{\"title\":\"::error::\\u0023#[x]\"}\n");
    }

    #[test]
    fn gives_no_command_to_a_workflow_runner() {
        check(Format::Table, true, "title\n: :error::# #[x]\n");
        check(Format::Csv, true, "title\n: :error::# #[x]\n");
        check(Format::Jsonl, true, "{\"title\":\"::error::\\u0023#[x]\"}\n");
    }

    #[test]
    fn names_the_formats_that_exist() {
        let view = Items(&[Format::Table, Format::Json]);
        let error = write(&view, Format::Csv, &Style::default(), &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "no format 'csv' here, only table, json");
    }

    #[test]
    fn hands_on_what_the_stream_says() {
        let mut full: &mut [u8] = &mut [];
        let error =
            write(&Items(Format::DATA), Format::Csv, &Style::default(), &mut full).unwrap_err();
        assert!(
            matches!(error, Error::Io(ref cause) if cause.kind() == io::ErrorKind::WriteZero),
            "{error}"
        );
    }
}
