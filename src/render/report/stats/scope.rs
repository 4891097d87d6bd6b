//! What came into sprints, and what went.

use serde_json::{Value as Json, json};

use super::super::amount::{self, percent};
use super::velocity::told;
use super::{Section, no_chart, nothing};
use crate::domain::stats::Stats;
use crate::domain::stats::scope::Moved;
use crate::render::block::{Block, Cell, Column, Table};

pub(super) const SECTION: Section =
    Section { key: "scope", title: "Scope of sprints", blocks, chart: no_chart, json: object };

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    let sprints = &stats.scope.sprints;
    if sprints.is_empty() {
        return nothing("No sprint with a first and a last day has begun in this time.");
    }
    let mut table = Table::new([
        Column::whole("sprint"),
        Column::whole("at its start").keyed("planned").right(),
        Column::whole("came in").keyed("added").right(),
        Column::whole("went out").keyed("removed").right(),
        Column::whole("changed").right(),
    ]);
    for it in sprints {
        table.push([
            Cell::id(it.sprint.record.id()),
            told(it.planned).into(),
            told(it.added).into(),
            told(it.removed).into(),
            changed(it).map_or_else(Cell::default, |share| percent(share).into()),
        ]);
    }
    let text = "What was in a sprint in the evening of its first day, what came after that, and what went before its last, in points and items.";
    vec![Block::text(Cell::dim(text)), Block::Table(table)]
}

/// How many items came and went, as a share of those that were there.
fn changed(it: &Moved<'_>) -> Option<f64> {
    let n_planned = it.planned.items;
    (n_planned > 0).then(|| (it.added.items + it.removed.items) as f64 / n_planned as f64)
}

fn object(stats: &Stats<'_>) -> Json {
    let sprint = |it: &Moved<'_>| {
        json!({
            "sprint": it.sprint.record.id(),
            "planned": amount::object(it.planned),
            "added": amount::object(it.added),
            "removed": amount::object(it.removed),
        })
    };
    json!({ "sprints": stats.scope.sprints.iter().map(sprint).collect::<Vec<_>>() })
}
