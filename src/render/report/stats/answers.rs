//! How long questions wait.

use serde_json::{Value as Json, json};

use super::{Section, no_chart, nothing, percentiles_object};
use crate::domain::message::counted;
use crate::domain::stats::{SHARES, Stats};
use crate::render::block::{Block, Cell, Line};

pub(super) const SECTION: Section =
    Section { key: "answers", title: "Time to answer", blocks, chart: no_chart, json: object };

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    let it = &stats.answers;
    if it.days.n == 0 && it.n_open == 0 && it.n_undated == 0 {
        return nothing("No question is open, and none was answered in this time.");
    }
    let known = SHARES.iter().zip(it.days.days).filter_map(|(share, days)| Some((share, days?)));
    let within: Vec<String> =
        known.map(|(share, limit)| format!("{share} % within {}", super::days(limit))).collect();
    let mut line = Line::from(counted(it.days.n, "answer"));
    line = match within.is_empty() {
        true => line.then(": too few to say how long one takes"),
        false => line.then(format!(": {}", within.join(", "))),
    };
    if it.n_undated > 0 {
        line = line.then(Cell::dim(format!(" ({} more without both days)", it.n_undated)));
    }
    line = line.then(format!(". {}", counted(it.n_open, "open question")));
    if let Some(oldest) = it.oldest {
        line = line.then(format!(", the oldest for {}", super::days(oldest)));
    }
    vec![Block::Text(line.then("."))]
}

fn object(stats: &Stats<'_>) -> Json {
    let it = &stats.answers;
    json!({
        "days": percentiles_object(&it.days),
        "without_days": it.n_undated,
        "open": it.n_open,
        "oldest_open_days": it.oldest,
    })
}
