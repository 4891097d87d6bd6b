//! What was opened again.

use serde_json::{Value as Json, json};

use super::{Section, no_chart, nothing};
use crate::domain::message::counted;
use crate::domain::stats::Stats;
use crate::render::block::{Block, Cell, Line};

pub(super) const SECTION: Section =
    Section { key: "reopened", title: "Opened again", blocks, chart: no_chart, json: object };

/// How many items are shown.
const SHOWN: usize = 5;

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    let it = &stats.reopened;
    if it.items.is_empty() {
        return nothing("Nothing that was done was opened again, as far as the history tells.");
    }
    let times = match it.n_times() {
        1 => "Once".to_owned(),
        n => format!("{n} times"),
    };
    let text = format!(
        "{times} an item was opened again, of {} that became done.",
        counted(it.n_done, "time")
    );
    let lines = it.items.iter().take(SHOWN).map(|(life, n)| {
        let line = Line::from(Cell::id(life.id.to_string()));
        let line = match life.item {
            Some(item) => line.then(" ").then(item.title()),
            None => line.then(Cell::dim(" (gone)")),
        };
        if *n > 1 { line.then(Cell::dim(format!(" ({n} times)"))) } else { line }
    });
    let mut lines: Vec<Line<'s>> = lines.collect();
    if it.items.len() > SHOWN {
        lines.push(Cell::dim(format!("and {} more", it.items.len() - SHOWN)).into());
    }
    vec![Block::text(text), Block::List(lines)]
}

fn object(stats: &Stats<'_>) -> Json {
    let it = &stats.reopened;
    let items = it.items.iter().map(|(life, n)| json!({ "id": life.id, "times": n }));
    json!({ "times": it.n_times(), "done_times": it.n_done, "items": items.collect::<Vec<_>>() })
}
