//! Metrics: all of them in a table, or one with its readings.

use serde_json::{Value, json};

use super::values::{self, Field, number};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::message::counted;
use crate::domain::progress::{Course, Progress, Way, percent, sparkline};
use crate::domain::reading::Reading;
use crate::domain::span::Position;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// All metrics that are in use.
pub struct MetricsView<'a> {
    /// The metrics, by id.
    pub metrics: &'a [Progress<'a>],
    /// How many are not in use any more.
    pub n_retired: usize,
    /// The day.
    pub today: Date,
    /// The folder of the backlog.
    pub folder: &'a str,
}

/// One metric.
pub struct MetricView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The metric, and what follows from its readings.
    pub progress: &'a Progress<'a>,
    /// The day.
    pub today: Date,
    /// The folder of the backlog.
    pub folder: &'a str,
}

impl View for MetricsView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut table = Table::new([
            Column::whole("id"),
            Column::whole("now").right(),
            Column::whole("unit"),
            Column::whole("last step").keyed("step").right(),
            Column::whole("a week").keyed("slope").right(),
            Column::whole("trend"),
            Column::whole("target").right(),
            Column::whole("way").right(),
            Column::whole("readings"),
            Column::whole("on"),
            Column::shrink("title"),
        ]);
        for it in self.metrics {
            table.push(self.row(it));
        }
        let mut blocks = vec![Block::Table(table)];
        blocks.extend(self.metrics.iter().flat_map(|it| broken(it, self.folder)));
        blocks.push(Block::Footer(Line::from(Cell::dim(self.footer()))));
        blocks
    }

    fn json(&self) -> Value {
        let metrics = self.metrics.iter().map(|it| object(it, self.today, self.folder));
        json!({ "metrics": metrics.collect::<Vec<_>>() })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("metrics")
    }

    fn formats(&self) -> &'static [Format] {
        Format::METRICS
    }
}

impl<'a> MetricsView<'a> {
    fn row(&self, it: &'a Progress<'a>) -> [Cell<'a>; 11] {
        let metric = it.metric;
        let now = it.last().map(|it| &*it.written);
        [
            Cell::id(metric.id()),
            now.map_or(Cell::dim("unmeasured"), Cell::strong),
            Cell::from(metric.text("unit").unwrap_or_default()),
            amount(it.step()),
            amount(it.slope()),
            trend(it),
            Cell::from(it.target.map(|it| it.to_string()).unwrap_or_default()),
            Cell::from(it.share().map(percent).unwrap_or_default()),
            Cell::from(sparkline(&it.readings)),
            day(it, self.today),
            Cell::from(metric.title()),
        ]
    }

    fn footer(&self) -> String {
        let count = counted(self.metrics.len(), "metric");
        let n_stale = self.metrics.iter().filter(|it| it.stale(self.today).is_some()).count();
        let n_unmeasured = self.metrics.iter().filter(|it| it.readings.is_empty()).count();
        let mut parts = vec![count];
        for (n, what) in [
            (n_unmeasured, "unmeasured"),
            (n_stale, "not read for four weeks"),
            (self.n_retired, "retired and not shown"),
        ] {
            if n > 0 {
                parts.push(format!("{n} {what}"));
            }
        }
        parts.join("; ")
    }
}

impl View for MetricView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let heading = values::heading(self.progress.metric);
        let mut blocks = vec![heading, Block::Fields(self.fields())];
        blocks.extend(broken(self.progress, self.folder));
        if !self.progress.readings.is_empty() {
            blocks.push(Block::Blank);
            blocks.push(Block::Table(self.readings()));
        }
        blocks
    }

    fn rows(&self) -> Vec<Block<'_>> {
        vec![Block::Table(self.readings())]
    }

    fn json(&self) -> Value {
        object(self.progress, self.today, self.folder)
    }

    fn formats(&self) -> &'static [Format] {
        Format::METRICS
    }
}

impl<'a> MetricView<'a> {
    fn fields(&self) -> Vec<Field<'a>> {
        let it = self.progress;
        let mut fields: Vec<Field<'a>> = vec![("now".into(), self.now())];
        if let Some((by, _)) = it.step() {
            let line = Line::from(signed(by)).then(" since the reading before");
            fields.push(("last step".into(), line));
        }
        if let Some((by, course)) = it.slope() {
            let line = Line::from(signed(by)).then(" over the last readings");
            let line = match course {
                Course::Unknown => line.then(Cell::dim(", nobody has said which way is better")),
                course => line.then(", ").then(Cell::new(course.word(), tone(course))),
            };
            fields.push(("a week".into(), line));
        }
        fields.push(("way".into(), self.way()));
        if !it.readings.is_empty() {
            fields.push(("readings".into(), Line::from(sparkline(&it.readings))));
        }
        fields.extend(self.goals());
        fields.extend(self.experiments());
        fields
    }

    fn now(&self) -> Line<'a> {
        let it = self.progress;
        let Some(last) = it.last() else {
            let line = "unmeasured: write a reading down with git backlog metric ";
            return Line::from(Cell::dim(line))
                .then(Cell::dim(it.metric.id()))
                .then(Cell::dim(" VALUE"));
        };
        let unit = it.metric.text("unit").map(|unit| format!(" {unit}")).unwrap_or_default();
        Line::from(Cell::strong(&*last.written))
            .then(format!("{unit} on "))
            .then(day(it, self.today))
    }

    fn way(&self) -> Line<'a> {
        Line::from(Way::of_metric(self.progress).words())
    }

    fn goals(&self) -> Vec<Field<'a>> {
        let goals = &self.progress.goals;
        if goals.is_empty() {
            return vec![("moves".into(), Line::from(Cell::dim("no goal names it")))];
        }
        let line = |goal: &&'a Entry| {
            let by = goal.date("by").map(|by| format!(", by {by}")).unwrap_or_default();
            let way = Way::of_goal(self.backlog, goal).words();
            values::noted(values::named(goal), &format!("{}, {way}{by}", goal.status()))
        };
        values::under("moves", goals.iter().map(line)).collect()
    }

    fn experiments(&self) -> Vec<Field<'a>> {
        let line = |it: &&'a Entry| {
            let outcome = it.text("outcome").map(|it| format!(", {it}")).unwrap_or_default();
            values::noted(values::named(it), &format!("{}{outcome}", it.status()))
        };
        values::under("experiments", self.progress.experiments.iter().map(line)).collect()
    }

    /// The readings, the newest first.
    fn readings(&self) -> Table<'a> {
        let columns = [
            Column::whole("date"),
            Column::whole("value").right(),
            Column::whole("step").right(),
            Column::shrink("note"),
        ];
        let mut table = Table::new(columns).wrapped();
        let readings = &self.progress.readings;
        for (at, it) in readings.iter().enumerate().rev() {
            let before = at.checked_sub(1).map(|before| &readings[before]);
            let step = before.map(|before| signed(round(it.value - before.value)));
            table.push([
                Cell::dim(it.date.to_string()),
                Cell::from(&*it.written),
                Cell::dim(step.unwrap_or_default()),
                Cell::from(&*it.note),
            ]);
        }
        table
    }
}

/// A metric in a row for people who do not keep it: its number now, and the one that it had on a day.
pub(super) fn told<'a>(it: &'a Progress<'a>, since: Date) -> [Cell<'a>; 7] {
    let last = it.last();
    let before = it.readings.iter().rfind(|reading| reading.date <= since);
    [
        Cell::strong(it.metric.title()),
        last.map_or(Cell::default(), |it| Cell::strong(&*it.written)),
        Cell::from(it.metric.text("unit").unwrap_or_default()),
        before.map_or(Cell::default(), |it| Cell::from(&*it.written)),
        trend(it),
        Cell::from(it.target.map(|it| it.to_string()).unwrap_or_default()),
        last.map_or(Cell::default(), |it| Cell::day(it.date.to_string())),
    ]
}

/// The same for programs.
pub(super) fn told_object(it: &Progress<'_>) -> Value {
    json!({
        "id": it.metric.id(),
        "title": it.metric.title(),
        "unit": it.metric.text("unit"),
        "now": it.last().map(|it| number(it.value)),
        "date": it.last().map(|it| it.date.to_string()),
        "target": it.target.map(number),
        "share": it.share(),
        "trend": Some(trend(it).text).filter(|word| !word.is_empty()),
    })
}

/// The rows that cannot be read, with their places.
fn broken<'a>(it: &'a Progress<'a>, folder: &str) -> Vec<Block<'a>> {
    let block = |(at, problem): &'a (usize, String)| {
        let place = place(it, *at, folder);
        Block::text(Cell::new(format!("{place}: {problem}"), Tone::Bad))
    };
    it.broken.iter().map(block).collect()
}

fn place(it: &Progress<'_>, at: usize, folder: &str) -> String {
    let position = Position::of(it.metric.document.text(), at);
    format!("{folder}/{}:{position}", it.metric.path())
}

/// `+3.5`
fn signed(by: f64) -> String {
    let by = round(by);
    if by > 0.0 { format!("+{by}") } else { by.to_string() }
}

/// Two decimals: the third says nothing about a number that people read off a screen.
fn round(number: f64) -> f64 {
    let rounded = (number * 100.0).round() / 100.0;
    if rounded.is_finite() { rounded + 0.0 } else { number }
}

fn amount(by: Option<(f64, Course)>) -> Cell<'static> {
    Cell::from(by.map(|(by, _)| signed(by)).unwrap_or_default())
}

/// Whether it gets better: by the slope, or by the last step where there is none yet.
fn trend(it: &Progress<'_>) -> Cell<'static> {
    let course = it.slope().or(it.step()).map(|(_, course)| course);
    course.map_or(Cell::default(), |course| Cell::new(course.word(), tone(course)))
}

fn tone(course: Course) -> Tone {
    match course {
        Course::Better => Tone::Good,
        Course::Worse => Tone::Bad,
        Course::Same | Course::Unknown => Tone::Plain,
    }
}

/// The day of the last reading, and how long ago that is if it is too long.
fn day<'a>(it: &Progress<'_>, today: Date) -> Cell<'a> {
    let day = it.last().map(|it| it.date.to_string()).unwrap_or_default();
    match it.stale(today) {
        Some(days) => Cell::new(format!("{day}, {} weeks ago", days / 7), Tone::Warn),
        None => Cell::from(day),
    }
}

fn object(it: &Progress<'_>, today: Date, folder: &str) -> Value {
    let reading = |it: &Reading| {
        json!({
            "date": it.date.to_string(),
            "value": number(it.value),
            "note": Some(&it.note).filter(|note| !note.is_empty()),
        })
    };
    let ids = |entries: &[&Entry]| -> Vec<String> {
        entries.iter().map(|it| it.id().to_owned()).collect()
    };
    json!({
        "id": it.metric.id(),
        "title": it.metric.title(),
        "status": it.metric.status(),
        "unit": it.metric.text("unit"),
        "direction": it.metric.text("direction"),
        "baseline": it.baseline.map(number),
        "now": it.last().map(|it| number(it.value)),
        "date": it.last().map(|it| it.date.to_string()),
        "target": it.target.map(number),
        "share": it.share(),
        "step": it.step().map(|(by, _)| number(by)),
        "slope": it.slope().map(|(by, _)| number(by)),
        "trend": Some(trend(it).text).filter(|word| !word.is_empty()),
        "stale_days": it.stale(today),
        "goals": ids(&it.goals),
        "experiments": ids(&it.experiments),
        "readings": it.readings.iter().map(reading).collect::<Vec<_>>(),
        "unreadable": it.broken.iter().map(|(at, problem)| json!({
            "place": place(it, *at, folder), "problem": problem,
        })).collect::<Vec<_>>(),
    })
}
