//! Plans over time as a value: for each thing the days by which it will be done, and the day on which
//! it is wanted. Drawn as a vector graphic or told to Mermaid; a table beside it has the numbers.

mod axis;
mod mermaid;
mod svg;

use std::borrow::Cow;

pub(super) use axis::Axis;
pub(super) use mermaid::text as mermaid;
pub(super) use svg::{document, inline};

use super::{safe, width};
use crate::domain::date::Date;

/// What a bar ends with, in words.
pub(super) const BARS: &str =
    "the days by which the last item is done in 50, 85 and 95 of 100 cases.";

/// Plans over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gantt<'a> {
    /// What it shows, in a few words.
    pub title: Cow<'a, str>,
    /// What there is to see, in a sentence or two, for who cannot see it.
    pub summary: Cow<'a, str>,
    /// The day from which on the bars lie in the future.
    pub today: Date,
    /// The plans, by what they have in common.
    pub sections: Vec<Section<'a>>,
}

/// Plans with something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// What they have in common.
    pub name: Cow<'a, str>,
    /// The plans, from top to bottom.
    pub rows: Vec<Row<'a>>,
}

/// One plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row<'a> {
    /// What it is called.
    pub label: Cow<'a, str>,
    /// What else there is to say, in a few words.
    pub note: Cow<'a, str>,
    /// The days by which it is done in 50, 85 and 95 of 100 cases, in their order, of which the later
    /// ones may be further away than anybody can see; without a bar nothing can be told.
    pub bar: Option<[Option<Date>; 3]>,
    /// The day on which it is wanted.
    pub wanted: Option<Date>,
    /// Whether it will hardly be done by then.
    pub is_at_risk: bool,
    /// The day on which it was done.
    pub done: Option<Date>,
}

impl Gantt<'_> {
    pub(super) fn rows(&self) -> impl Iterator<Item = &Row<'_>> {
        self.sections.iter().flat_map(|section| &section.rows)
    }
}

impl Row<'_> {
    /// All days that it shows.
    fn days(&self) -> impl Iterator<Item = Date> {
        let bar = self.bar.into_iter().flatten().flatten();
        bar.chain(self.wanted).chain(self.done)
    }
}

/// A text of so many columns at most, harmless for a terminal.
pub(super) fn cut(text: &str, longest: usize) -> String {
    let text = safe::line(text);
    if width::of(&text) <= longest {
        return text.into_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if width::of(&short) + width::of(c.encode_utf8(&mut [0; 4])) >= longest {
            break;
        }
        short.push(c);
    }
    short.trim_end().to_owned() + "…"
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Two releases and a goal whose title is hostile.
    pub(in crate::render) fn gantt() -> Gantt<'static> {
        let day = |month, day| Some(Date::constant(2026, month, day));
        let winter = Row {
            label: "Winter opening".into(),
            note: "9 open, 41 %".into(),
            bar: Some([day(12, 10), day(12, 24), None]),
            wanted: day(12, 14),
            is_at_risk: true,
            done: None,
        };
        let pilot = Row { label: "Pilot".into(), done: day(10, 26), ..Row::default() };
        let hostile = Row {
            label: "section </text><script>alert(1)</script>: #1;\n%%{init}".into(),
            bar: Some([day(12, 3), day(12, 3), day(12, 17)]),
            ..Row::default()
        };
        let sections = vec![
            Section { name: "Releases".into(), rows: vec![pilot, winter] },
            Section { name: "Goals".into(), rows: vec![hostile] },
        ];
        Gantt {
            title: "Roadmap <b>".into(),
            summary: "One is \"late\".".into(),
            today: Date::constant(2026, 11, 26),
            sections,
        }
    }

    #[test]
    fn a_long_name_is_cut() {
        assert_eq!(cut("Winter opening", 34), "Winter opening");
        assert_eq!(cut(&"ab ".repeat(40), 10), "ab ab ab…");
        assert_eq!(width::of(&cut(&"漢".repeat(40), 10)), 9);
    }
}
