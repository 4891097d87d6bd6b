//! Where the product stands, as a page that can be sent to people who decide about it.

mod object;
mod plan;

use std::borrow::Cow;

use serde_json::Value;

use super::roadmap::ScheduleView;
use super::values::{self, plain};
use super::{canvas, metric};
use crate::domain::briefing::{Asked, Briefing, Delivered, Hazard, Risk, Told};
use crate::domain::date::{Date, days_between};
use crate::domain::entry::Entry;
use crate::domain::kind::DECISION;
use crate::domain::message::counted;
use crate::domain::progress::{Pursued, percent};
use crate::render::block::{Block, Cell, Column, Figure, Line, Table, Tone};
use crate::render::chart::{Axis, Chart, Series};
use crate::render::{Format, View};

/// For whom a briefing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// People who pay, use or sell the product: what came out, what changes, what they can expect.
    Stakeholders,
    /// The people who make it: also who waits for what, and every move in the order.
    Team,
}

/// A briefing for an audience.
pub struct BriefingView<'a> {
    /// What there is to tell.
    pub briefing: &'a Briefing<'a>,
    /// For whom.
    pub audience: Audience,
    /// The releases and the goals over time.
    pub plan: ScheduleView<'a>,
    /// How the figures were found: the coverage of the history, the past of the forecast.
    pub notes: Vec<String>,
}

/// The parts of a page, in their order. One that has nothing to tell says nothing.
type Section = for<'v, 'a> fn(&'v BriefingView<'a>) -> Vec<Block<'v>>;

const SECTIONS: [(&str, Section); 10] = [
    ("Goals", |it| it.goals()),
    ("Metrics", |it| it.metrics()),
    ("What came out", |it| it.done()),
    ("What comes next", |it| it.next()),
    ("What changed in the plan", |it| it.changes()),
    ("What may go wrong", |it| it.risks()),
    ("Decisions", |it| it.decisions()),
    ("What we learned", |it| it.learned()),
    ("Open questions", |it| it.questions()),
    ("How these figures were found", |it| it.notes()),
];

impl View for BriefingView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = vec![
            Block::heading(1, self.name()),
            Block::Text(self.period()),
            Block::Blank,
            Block::Figures(self.figures()),
        ];
        for (name, section) in SECTIONS {
            let section = section(self);
            if !section.is_empty() {
                blocks.extend([Block::Blank, Block::heading(2, name)]);
                blocks.extend(section);
            }
        }
        blocks
    }

    fn json(&self) -> Value {
        object::object(self)
    }

    fn title(&self) -> Cow<'_, str> {
        self.name().into()
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl<'a> BriefingView<'a> {
    fn is_for_team(&self) -> bool {
        self.audience == Audience::Team
    }

    fn name(&self) -> String {
        let product = self.briefing.product.map_or_else(|| "Product".into(), Entry::title);
        format!("{product}: where we stand")
    }

    /// `26 November 2026, with what happened from 13 November 2026 on (14 days)`
    fn period(&self) -> Line<'a> {
        let it = self.briefing;
        let days = counted(usize::try_from(days_between(it.since, it.today)).unwrap_or(0), "day");
        let first = it.since.tomorrow().unwrap_or(it.since);
        let (today, first) = (long(it.today), long(first));
        Line::from(Cell::dim(format!("{today}, with what happened from {first} on ({days})")))
    }

    fn figures(&self) -> Vec<Figure<'a>> {
        let it = self.briefing;
        let figure = |name: &'static str, value: String, note: Line<'a>| Figure {
            name: name.into(),
            value: Cell::strong(value),
            note,
        };
        let mut figures = Vec::new();
        if let Some(goal) = it.goals.first()
            && let Some(share) = goal.way.share()
        {
            let by = goal.goal.date("by").map(|by| format!(", by {}", long(by)));
            let note = format!("{}{}", goal.goal.title(), by.unwrap_or_default());
            figures.push(figure("of the way to the goal", percent(share), note.into()));
        }
        let (value, n_valued) = it.delivered();
        let n_done = counted(it.done.len(), "item");
        let note = match it.done.iter().filter(|it| it.is_accepted).count() {
            0 if it.done.is_empty() => String::new(),
            n if n == it.done.len() => "all accepted".to_owned(),
            n => format!("{n} of them accepted"),
        };
        figures.push(figure("came out", n_done, note.into()));
        if n_valued > 0 {
            let note = match n_valued == it.done.len() {
                true => "points of value".to_owned(),
                false => format!("points of value, of {}", counted(n_valued, "item with one")),
            };
            figures.push(figure("delivered", plain(value), note.into()));
        }
        figures.extend(plan::figures(it));
        figures
    }

    fn goals(&self) -> Vec<Block<'_>> {
        let goals = &self.briefing.goals;
        let field = |it: &'_ Pursued<'a>| (it.goal.title(), canvas::progress(it));
        match goals.is_empty() {
            true => Vec::new(),
            false => vec![Block::Fields(goals.iter().map(field).collect())],
        }
    }

    fn metrics(&self) -> Vec<Block<'_>> {
        let measured = self.briefing.metrics.iter().filter(|it| it.last().is_some());
        let mut table = Table::new([
            Column::shrink("metric").keyed("title"),
            Column::whole("now").right(),
            Column::whole("unit"),
            Column::whole("before").right(),
            Column::whole("trend"),
            Column::whole("target").right(),
            Column::whole("on"),
        ]);
        for it in measured {
            table.push(metric::told(it, self.briefing.since));
        }
        if table.rows().is_empty() { Vec::new() } else { vec![Block::Table(table)] }
    }

    fn done(&self) -> Vec<Block<'_>> {
        let done = &self.briefing.done;
        if done.is_empty() {
            return vec![Block::text("Nothing was finished in this time.")];
        }
        let mut table = Table::new([
            Column::shrink("what").keyed("title"),
            Column::shrink("so that").keyed("benefit"),
            Column::whole("value").right(),
            Column::whole("on"),
            Column::whole("id"),
        ]);
        for Delivered { item, on, benefit, .. } in done {
            table.push([
                Cell::strong(item.title()),
                Cell::from(benefit.unwrap_or_default()),
                Cell::from(item.number("value").map(plain).unwrap_or_default()),
                Cell::day(on.to_string()),
                Cell::id(item.id()),
            ]);
        }
        let mut blocks = vec![Block::Table(table.wrapped())];
        blocks.extend(self.value_chart().map(Block::Chart));
        blocks
    }

    /// The value that has come, over half a year.
    fn value_chart(&self) -> Option<Chart<'a>> {
        const DAYS: i64 = 26 * 7;
        const FEWEST: usize = 3;
        let it = self.briefing;
        let start = days_between(it.value.first()?.0, it.today).min(DAYS);
        let first = it.today.checked_sub(jiff::Span::new().days(start)).ok()?;
        let (before, within) = it.value.split_at(it.value.partition_point(|(day, _)| *day < first));
        if within.len() < FEWEST {
            return None;
        }
        let place = |day: Date| days_between(first, day) as f64;
        let (before, last) = (before.last().map_or(0.0, |it| it.1), within.last()?.1);
        let points = [(0.0, before)].into_iter();
        let points = points.chain(within.iter().map(|(day, sum)| (place(*day), *sum)));
        let points: Vec<(f64, f64)> = points.chain([(place(it.today), last)]).collect();
        Some(Chart {
            title: "Value that has come out".into(),
            summary: format!("{} points of value by {}.", plain(last), long(it.today)).into(),
            x: Axis::days("day", first),
            y: Axis::numbers("value", "points"),
            series: vec![Series::steps("value", 'v', points)],
            is_plain: false,
        })
    }

    fn next(&self) -> Vec<Block<'_>> {
        plan::blocks(self)
    }

    fn changes(&self) -> Vec<Block<'_>> {
        const SHOWN: usize = 8;
        let it = self.briefing;
        let shown = if self.is_for_team() { usize::MAX } else { SHOWN };
        let mut lines: Vec<Line<'_>> =
            it.shifts.iter().take(shown).map(|it| self.shift(it)).collect();
        if it.shifts.len() > shown {
            lines.push(Cell::dim(format!("{} smaller moves", it.shifts.len() - shown)).into());
        }
        let came = it.came.iter().take(shown).map(|item| {
            let line = Line::from("New: ").then(Cell::strong(item.title()));
            let place = it.backlog.position(item).map(|at| format!(", at place {at}"));
            line.then(place.unwrap_or_default())
        });
        lines.extend(came);
        if it.came.len() > shown {
            lines.push(Cell::dim(format!("{} more that are new", it.came.len() - shown)).into());
        }
        lines.extend(it.dropped.iter().take(shown).map(|(item, why)| {
            let line = Line::from("Will not be done: ").then(Cell::strong(item.title()));
            because(line, why.as_deref())
        }));
        if it.dropped.len() > shown {
            let n_more = it.dropped.len() - shown;
            lines.push(Cell::dim(format!("{n_more} more that will not be done")).into());
        }
        if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
    }

    /// `Guest checkout comes earlier, from place 7 to 3: guests first`
    fn shift(&self, it: &'a Told<'a>) -> Line<'a> {
        let (way, tone) = match it.shift.is_up() {
            true => ("comes earlier", Tone::Good),
            false => ("comes later", Tone::Warn),
        };
        let line = Line::from(Cell::strong(it.item.title())).then(" ").then(Cell::new(way, tone));
        let line = line.then(format!(", from place {} to {}", it.shift.from, it.shift.to));
        let line = because(line, it.shift.why.as_deref());
        match (self.is_for_team(), it.shift.on) {
            (true, Some(day)) => line
                .then(Cell::dim(format!(" ({}, ", it.shift.by)))
                .then(Cell::day(day.to_string()))
                .then(Cell::dim(")")),
            _ => line,
        }
    }

    fn risks(&self) -> Vec<Block<'_>> {
        let risks = &self.briefing.risks;
        if risks.is_empty() {
            return Vec::new();
        }
        vec![Block::List(risks.iter().map(|it| self.risk(it)).collect())]
    }

    fn risk(&self, it: &'a Risk<'a>) -> Line<'a> {
        let line = Line::from(Cell::new(it.entry.title(), Tone::Warn));
        match &it.hazard {
            Hazard::Told(text) => line.then(": ").then(&**text),
            Hazard::Overdue(day) => line.then(format!(" was wanted by {}", long(*day))),
            Hazard::Unlikely(day, chance) => {
                let chance = match percent(*chance) {
                    none if none == "0 %" => "less than 1 %".to_owned(),
                    chance => chance,
                };
                line.then(format!(" is wanted by {}, with a chance of {chance}", long(*day)))
            }
            Hazard::Worse(by) => line.then(format!(" gets worse, by {} a week", plain(by.abs()))),
            Hazard::Waits(ids) => {
                let titles = ids.iter().filter_map(|id| self.briefing.backlog.called(id));
                let titles: Vec<Cow<'_, str>> = titles.map(Entry::title).collect();
                line.then(format!(" waits for: {}", titles.join("; ")))
            }
        }
    }

    fn decisions(&self) -> Vec<Block<'_>> {
        records(&self.briefing.decisions)
    }

    fn learned(&self) -> Vec<Block<'_>> {
        records(&self.briefing.learned)
    }

    fn questions(&self) -> Vec<Block<'_>> {
        const SHOWN: usize = 5;
        let questions = &self.briefing.questions;
        let shown = if self.is_for_team() { usize::MAX } else { SHOWN };
        let line = |it: &'a Asked<'a>| {
            let line = Line::from(&*it.question.text).then(Cell::dim(" — "));
            let line = line.then(Cell::dim(it.entry.title()));
            match it.question.on {
                Some(day) => line.then(Cell::dim(", asked ")).then(Cell::day(day.to_string())),
                None => line,
            }
        };
        let mut lines: Vec<Line<'_>> = questions.iter().take(shown).map(line).collect();
        if questions.len() > shown {
            lines.push(Cell::dim(format!("{} more", questions.len() - shown)).into());
        }
        if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
    }

    fn notes(&self) -> Vec<Block<'_>> {
        match self.notes.is_empty() {
            true => Vec::new(),
            false => {
                vec![Block::List(self.notes.iter().map(|it| Cell::dim(&**it).into()).collect())]
            }
        }
    }
}

fn because<'a>(line: Line<'a>, why: Option<&'a str>) -> Line<'a> {
    match why {
        Some(why) => line.then(": ").then(why),
        None => line,
    }
}

/// Decisions, evidence and experiments, with their days.
fn records<'a>(records: &[&'a Entry]) -> Vec<Block<'a>> {
    let line = |it: &&'a Entry| {
        let line = Line::from(Cell::strong(it.title()));
        let what = match () {
            () if std::ptr::eq(it.kind, &DECISION) => it.text("status"),
            () => it.text("outcome").or_else(|| it.text("method")),
        };
        let day = it.text("date").or_else(|| it.text("end"));
        let line = line.then(Cell::dim(format!(" ({}", what.unwrap_or_default())));
        line.then(Cell::dim(", ")).then(Cell::day(day.unwrap_or_default())).then(Cell::dim(")"))
    };
    if records.is_empty() {
        Vec::new()
    } else {
        vec![Block::List(records.iter().map(line).collect())]
    }
}

/// A day as a letter has it: `26 November 2026`.
fn long(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
