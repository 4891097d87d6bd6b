//! Throughput.

use serde_json::{Value as Json, json};

use super::super::amount::rounded;
use super::{Section, nothing, place};
use crate::domain::date::WEEK;
use crate::domain::message::counted;
use crate::domain::stats::Stats;
use crate::domain::stats::throughput::Week;
use crate::render::block::{Block, Line};
use crate::render::chart::{Axis, Chart, Series, Shape};

pub(super) const SECTION: Section =
    Section { key: "throughput", title: "Items done in each week", blocks, chart, json: object };

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    let it = &stats.throughput;
    let n_weeks = it.weeks.len();
    if n_weeks == 0 {
        return nothing("Less than a week of the past is known.");
    }
    let mean = f64::from(it.n_done()) / n_weeks as f64;
    let mut line = Line::from(format!(
        "{} in {}: {} a week",
        counted(it.n_done() as usize, "item"),
        counted(n_weeks, "week"),
        rounded(mean)
    ));
    if let Some(median) = it.median() {
        line = line.then(format!(", in the middle {}", rounded(median)));
    }
    let idle = match it.n_idle() {
        0 => "no week without one".to_owned(),
        n => format!("{} without one", counted(n, "week")),
    };
    vec![Block::Text(line.then(format!("; {idle}. In the same time {} came in.", it.n_added())))]
}

fn chart<'s>(stats: &'s Stats<'s>) -> Option<Chart<'s>> {
    let weeks = &stats.throughput.weeks;
    let first = weeks.first()?.first;
    let series = |name, mark, count: fn(&Week) -> u32| {
        let points = weeks.iter().map(|week| (place(first, week.first), f64::from(count(week))));
        Series::steps(name, mark, points)
    };
    let done = series("done", 'd', |week| week.done).drawn(Shape::Bars(WEEK as u32));
    let mut added = series("came in", 'c', |week| week.added);
    let end =
        weeks.last().map(|week| (place(first, week.first) + WEEK as f64, f64::from(week.added)));
    added.points.extend(end);
    let (x, y) = (Axis::days("week from", first), Axis::numbers("items", ""));
    let chart = Chart::new("Items done and come in, week by week", x, y, vec![done, added]);
    let summary = format!(
        "{} done and {} come in over {} weeks.",
        stats.throughput.n_done(),
        stats.throughput.n_added(),
        weeks.len()
    );
    Some(Chart { summary: summary.into(), ..chart })
}

fn object(stats: &Stats<'_>) -> Json {
    let week = |week: &Week| json!({ "first": week.first.to_string(), "done": week.done, "added": week.added });
    json!({
        "done": stats.throughput.n_done(),
        "added": stats.throughput.n_added(),
        "idle_weeks": stats.throughput.n_idle(),
        "median": stats.throughput.median(),
        "weeks": stats.throughput.weeks.iter().map(week).collect::<Vec<_>>(),
    })
}
