//! Work in progress and its age.

use serde_json::{Value as Json, json};

use super::{Section, no_chart, nothing, percentiles_object};
use crate::domain::message::counted;
use crate::domain::stats::Stats;
use crate::domain::stats::ageing::{Aged, Ageing};
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};

pub(super) const SECTION: Section =
    Section { key: "ageing", title: "Under way", blocks, chart: no_chart, json: object };

/// How many items are shown.
const SHOWN: usize = 10;

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    let it = &stats.ageing;
    if it.items.is_empty() {
        return nothing("Nobody works on an item.");
    }
    let mut table = Table::new([
        Column::whole("days").right(),
        Column::whole("since"),
        Column::whole("older than").keyed("older_than").right(),
        Column::whole("id"),
        Column::shrink("title"),
    ]);
    for aged in it.items.iter().take(SHOWN) {
        table.push(row(aged));
    }
    let mut blocks = vec![Block::Text(sentence(it)), Block::Table(table)];
    if it.items.len() > SHOWN {
        let more = format!("and {} more, not as old", it.items.len() - SHOWN);
        blocks.push(Block::text(Cell::dim(more)));
    }
    blocks
}

fn sentence<'s>(it: &Ageing<'_>) -> Line<'s> {
    let line = Line::from(format!("{} under way", counted(it.items.len(), "item")));
    let Some(limit) = it.past.days[1] else {
        return line.then(format!(
            ". How old is too old cannot be told: it takes 7 done items with a cycle time, and there {} {}.",
            if it.past.n == 1 { "is" } else { "are" },
            it.past.n
        ));
    };
    let n_old = it.too_old().count();
    let verb = if n_old == 1 { "is" } else { "are" };
    let tone = if n_old > 0 { Tone::Warn } else { Tone::Good };
    line.then("; ").then(Cell::new(format!("{n_old} {verb} too old"), tone)).then(format!(
        ": more than the {} within which 85 % of {} were done.",
        super::days(limit),
        counted(it.past.n, "item")
    ))
}

fn row<'s>(aged: &Aged<'s>) -> Vec<Cell<'s>> {
    let days = aged.days.map_or_else(|| "?".to_owned(), |days| days.to_string());
    let (tone, passed) = match aged.passed {
        Some(share) if share >= 85 => (Tone::Warn, format!("{share} %")),
        Some(share) => (Tone::Plain, format!("{share} %")),
        None => (Tone::Dim, String::new()),
    };
    vec![
        days.into(),
        aged.since.map_or_else(Cell::default, |day| Cell::from(day.to_string())),
        Cell::new(passed, tone),
        Cell::id(aged.item.id()),
        Cell::from(aged.item.title()),
    ]
}

fn object(stats: &Stats<'_>) -> Json {
    let it = &stats.ageing;
    let aged = |it: &Aged<'_>| {
        json!({
            "id": it.item.id(),
            "title": it.item.title(),
            "status": it.item.status(),
            "since": it.since.map(|day| day.to_string()),
            "days": it.days,
            "older_than_percent": it.passed,
        })
    };
    json!({
        "cycle_days": percentiles_object(&it.past),
        "too_old": it.too_old().count(),
        "items": it.items.iter().map(aged).collect::<Vec<_>>(),
    })
}
