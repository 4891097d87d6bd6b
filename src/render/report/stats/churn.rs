//! Rank churn.

use serde_json::{Value as Json, json};

use super::super::amount::{percent, rounded};
use super::{Section, no_chart, nothing};
use crate::domain::message::counted;
use crate::domain::stats::Stats;
use crate::render::block::{Block, Line};

pub(super) const SECTION: Section = Section {
    key: "rank_churn",
    title: "Changes of the order",
    blocks,
    chart: no_chart,
    json: object,
};

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    let it = &stats.churn;
    let Some(share) = it.share() else { return nothing("No item was open in this time.") };
    let mut line = Line::from(counted(it.n_moves, "move"));
    if !it.weeks.is_empty() {
        let in_weeks: usize = it.weeks.iter().map(|(_, n)| n).sum();
        line = line.then(format!(", {} a week", rounded(in_weeks as f64 / it.weeks.len() as f64)));
    }
    let of = counted(it.n_open, "item");
    vec![Block::Text(line.then(format!(
        "; {} of {of} that were open were moved, {}.",
        it.n_moved,
        percent(share)
    )))]
}

fn object(stats: &Stats<'_>) -> Json {
    let it = &stats.churn;
    let week = |(first, n): &(crate::domain::date::Date, usize)| json!({ "first": first.to_string(), "moves": n });
    json!({
        "moves": it.n_moves,
        "moved_items": it.n_moved,
        "open_items": it.n_open,
        "share": it.share(),
        "weeks": it.weeks.iter().map(week).collect::<Vec<_>>(),
    })
}
