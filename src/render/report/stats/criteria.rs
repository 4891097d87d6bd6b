//! Acceptance criteria over time.

use serde_json::{Value as Json, json};

use super::super::amount::percent;
use super::{Section, month, no_chart};
use crate::domain::stats::Stats;
use crate::domain::stats::criteria::Month;
use crate::render::block::{Block, Cell, Column, Table};

pub(super) const SECTION: Section = Section {
    key: "criteria",
    title: "Acceptance criteria",
    blocks,
    chart: no_chart,
    json: object,
};

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    let it = &stats.criteria;
    let ready = match it.n_ready {
        0 => "No open item is ready or under way.".to_owned(),
        n => format!(
            "{} of {n} open items that are ready or under way have criteria ({}).",
            it.n_ready_with,
            percent(it.n_ready_with as f64 / n as f64)
        ),
    };
    let mut table = Table::new([
        Column::whole("month"),
        Column::whole("done").right(),
        Column::whole("with criteria").keyed("with").right(),
        Column::whole("changed after the start").keyed("changed").right(),
        Column::whole("of").keyed("started").right(),
    ]);
    for month in it.months.iter().filter(|month| month.n_done > 0) {
        table.push(row(month));
    }
    let mut blocks = vec![Block::text(ready)];
    if !table.rows().is_empty() {
        blocks.push(Block::Table(table));
    }
    blocks
}

fn row(it: &Month) -> [Cell<'static>; 5] {
    let share = |n: usize, of: usize| match of {
        0 => Cell::dim("–"),
        of => Cell::from(percent(n as f64 / of as f64)),
    };
    [
        month(it.first).into(),
        it.n_done.to_string().into(),
        share(it.n_with, it.n_done),
        share(it.n_changed, it.n_started),
        Cell::dim(it.n_started.to_string()),
    ]
}

fn object(stats: &Stats<'_>) -> Json {
    let it = &stats.criteria;
    let month = |it: &Month| {
        json!({
            "month": month(it.first),
            "done": it.n_done,
            "with_criteria": it.n_with,
            "started": it.n_started,
            "changed_after_start": it.n_changed,
        })
    };
    json!({
        "ready": it.n_ready,
        "ready_with_criteria": it.n_ready_with,
        "months": it.months.iter().map(month).collect::<Vec<_>>(),
    })
}
