//! Cumulative flow.

use serde_json::{Value as Json, json};

use super::{Section, nothing, place};
use crate::domain::stats::Stats;
use crate::domain::stats::cumulative::Evening;
use crate::render::block::Block;
use crate::render::chart::{Axis, Chart, Series, Shape};

pub(super) const SECTION: Section =
    Section { key: "cumulative_flow", title: "Cumulative flow", blocks, chart, json: object };

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    let days = &stats.cumulative.days;
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return nothing("No day is known.");
    };
    let text = format!(
        "Not begun: {} → {}. Under way: {} → {}. Done: {} → {}. Dropped: {} → {}.",
        first.todo,
        last.todo,
        first.doing,
        last.doing,
        first.done,
        last.done,
        first.dropped,
        last.dropped
    );
    vec![Block::text(text)]
}

fn chart<'s>(stats: &'s Stats<'s>) -> Option<Chart<'s>> {
    let days = &stats.cumulative.days;
    let begin = days.first()?;
    let first = begin.day;
    let area = |name: String, mark, count: &dyn Fn(&Evening) -> usize| {
        let points = days.iter().map(|it| (place(first, it.day), count(it) as f64));
        Series::steps(name, mark, points).drawn(Shape::Area)
    };
    // What was done long ago would press all else against the upper edge.
    let done = |it: &Evening| it.done.saturating_sub(begin.done);
    let series = vec![
        area(format!("done since {first}"), 'd', &done),
        area("under way".to_owned(), 'w', &|it| it.doing),
        area("not begun".to_owned(), 'n', &|it| it.todo),
    ];
    let (x, y) = (Axis::days("evening of", first), Axis::numbers("items", ""));
    let chart = Chart::new("Items by what their status meant", x, y, series);
    let last = days.last()?;
    let summary = format!(
        "From {first} to {}: not begun {} to {}, under way {} to {}, {} done.",
        last.day,
        begin.todo,
        last.todo,
        begin.doing,
        last.doing,
        done(last)
    );
    (days.len() > 1).then(|| Chart { summary: summary.into(), ..chart })
}

fn object(stats: &Stats<'_>) -> Json {
    let day = |it: &Evening| {
        json!({
            "day": it.day.to_string(),
            "todo": it.todo,
            "doing": it.doing,
            "done": it.done,
            "dropped": it.dropped,
        })
    };
    json!({ "days": stats.cumulative.days.iter().map(day).collect::<Vec<_>>() })
}
