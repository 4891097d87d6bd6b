//! How the work flows: a section for each metric, for people with charts, for programs as an object.

mod ageing;
mod answers;
mod churn;
mod criteria;
mod cumulative;
mod efficiency;
mod reopened;
mod scope;
mod throughput;
mod times;
mod velocity;
mod worth;

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use crate::domain::date::Date;
use crate::domain::message::counted;
use crate::domain::stats::{Percentiles, SHARES, Stats};
use crate::render::block::{Block, Cell, Line};
use crate::render::chart::Chart;
use crate::render::{Format, View};

/// A metric as it is shown.
#[derive(Debug)]
pub struct Section {
    /// The word for it on the command line and in JSON.
    pub key: &'static str,
    /// What stands above it.
    pub title: &'static str,
    /// What there is to say, without the chart.
    pub blocks: for<'s> fn(&'s Stats<'s>) -> Vec<Block<'s>>,
    /// What there is to see, if it can be seen.
    pub chart: for<'s> fn(&'s Stats<'s>) -> Option<Chart<'s>>,
    /// The same for programs.
    pub json: fn(&Stats<'_>) -> Json,
}

/// All sections, in their order.
pub const SECTIONS: [Section; 12] = [
    throughput::SECTION,
    times::SECTION,
    ageing::SECTION,
    cumulative::SECTION,
    velocity::SECTION,
    scope::SECTION,
    efficiency::SECTION,
    churn::SECTION,
    criteria::SECTION,
    reopened::SECTION,
    answers::SECTION,
    worth::SECTION,
];

/// How the work flows.
pub struct StatsView<'a> {
    /// The metrics.
    pub stats: &'a Stats<'a>,
    /// Which items were asked for, if not all.
    pub query: Option<&'a str>,
    /// The keys of the sections that were asked for; none: all.
    pub only: &'a [String],
    /// Whether charts are to be tables.
    pub is_plain: bool,
}

impl View for StatsView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = vec![Block::heading(1, self.head())];
        blocks.extend(coverage(self.stats).into_iter().map(Block::text));
        let has_items = self.stats.n_items > 0;
        for section in self.sections().filter(|_| has_items) {
            blocks.extend([Block::Blank, Block::heading(2, section.title)]);
            blocks.extend((section.blocks)(self.stats));
            blocks.extend(self.chart_of(section).map(Block::Chart));
        }
        blocks
    }

    fn json(&self) -> Json {
        let stats = self.stats;
        let mut object = Map::new();
        let mut insert = |key: &str, value: Json| drop(object.insert(key.to_owned(), value));
        insert("query", json!(self.query));
        insert("first", json!(stats.period.first.to_string()));
        insert("last", json!(stats.period.last.to_string()));
        insert("coverage", coverage_object(stats));
        for section in self.sections() {
            insert(section.key, (section.json)(stats));
        }
        Json::Object(object)
    }

    fn title(&self) -> Cow<'_, str> {
        "How the work flows".into()
    }

    /// The first chart of what was asked for.
    fn chart(&self) -> Option<Chart<'_>> {
        self.sections().find_map(|section| self.chart_of(section))
    }

    fn formats(&self) -> &'static [Format] {
        Format::CHARTS
    }
}

impl StatsView<'_> {
    fn sections(&self) -> impl Iterator<Item = &'static Section> {
        static ALL: [Section; SECTIONS.len()] = SECTIONS;
        let is_asked =
            |it: &&Section| self.only.is_empty() || self.only.iter().any(|key| key == it.key);
        ALL.iter().filter(is_asked)
    }

    fn chart_of(&self, section: &Section) -> Option<Chart<'_>> {
        (section.chart)(self.stats).map(|chart| Chart { is_plain: self.is_plain, ..chart })
    }

    /// `How the work flows, 2026-05-29 to 2026-11-26 (26 weeks)`
    fn head(&self) -> Line<'_> {
        let period = &self.stats.period;
        let time = match period.n_weeks() {
            0 => counted(period.n_days().unsigned_abs() as usize, "day"),
            n => counted(n, "whole week"),
        };
        let text = format!("How the work flows, {} to {} ({time})", period.first, period.last);
        match self.query {
            Some(query) => Line::from(text).then(Cell::dim(format!(" ({query})"))),
            None => text.into(),
        }
    }
}

/// How sure all of it is: of how many done items what is known.
pub fn coverage(stats: &Stats<'_>) -> Vec<Line<'static>> {
    let it = &stats.coverage;
    if stats.n_items == 0 {
        return vec!["There is no item to tell of.".into()];
    }
    if it.n_done == 0 {
        return vec!["No item is done: most of what follows cannot be measured.".into()];
    }
    let known = format!(
        "{} done in all of the past; the day is known of {}, the lead time of {}, the cycle time of {}; {} came in done.",
        counted(it.n_done, "item"),
        it.n_dated,
        it.n_with_creation,
        it.n_with_start,
        it.n_came_done
    );
    let mut lines = vec![Line::from(known)];
    if stats.n_with_parts > 0 {
        let n = counted(stats.n_with_parts, "more done item");
        lines.push(Cell::dim(format!("{n} with parts not counted, their parts are.")).into());
    }
    lines
}

fn coverage_object(stats: &Stats<'_>) -> Json {
    let it = &stats.coverage;
    json!({
        "done": it.n_done,
        "with_parts": stats.n_with_parts,
        "dated": it.n_dated,
        "with_lead_time": it.n_with_creation,
        "with_cycle_time": it.n_with_start,
        "came_done": it.n_came_done,
    })
}

/// A sentence that says why there is nothing to say.
fn nothing(why: impl Into<Cow<'static, str>>) -> Vec<Block<'static>> {
    vec![Block::text(Cell::dim(why))]
}

/// No chart.
fn no_chart<'s>(_: &'s Stats<'s>) -> Option<Chart<'s>> {
    None
}

/// The cells of percentiles, each `–` if it is not known.
fn cells<'a>(percentiles: &Percentiles) -> [Cell<'a>; 3] {
    percentiles.days.map(|days| match days {
        Some(days) => Cell::from(days.to_string()),
        None => Cell::dim("–"),
    })
}

/// Percentiles as an object: `n`, `p50`, `p85`, `p95`.
fn percentiles_object(percentiles: &Percentiles) -> Json {
    let mut object = Map::new();
    object.insert("n".to_owned(), percentiles.n.into());
    for (share, days) in SHARES.into_iter().zip(percentiles.days) {
        object.insert(format!("p{share}"), json!(days));
    }
    Json::Object(object)
}

/// A day on the axis of a chart that begins on another.
fn place(first: Date, day: Date) -> f64 {
    crate::domain::date::days_between(first, day) as f64
}

/// A month: `2026-11`.
fn month(first: Date) -> String {
    first.strftime("%Y-%m").to_string()
}

/// A number of days: `1 day`, `12 days`.
fn days(days: i64) -> String {
    counted(usize::try_from(days).unwrap_or(0), "day")
}
