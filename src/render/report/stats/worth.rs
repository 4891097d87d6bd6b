//! The value of what was done.

use serde_json::{Value as Json, json};

use super::super::amount::rounded;
use super::{Section, month, no_chart, nothing};
use crate::domain::stats::Stats;
use crate::domain::stats::worth::Month;
use crate::render::block::{Block, Cell, Column, Table};

pub(super) const SECTION: Section = Section {
    key: "value_delivered",
    title: "Value delivered",
    blocks,
    chart: no_chart,
    json: object,
};

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    let months = &stats.worth.months;
    if months.iter().all(|it| it.n_done == it.n_unvalued) {
        return nothing("No item with a value was done in this time on a day that is known.");
    }
    let mut table = Table::new([
        Column::whole("month"),
        Column::whole("value").right(),
        Column::whole("effort").right(),
        Column::whole("items").right(),
        Column::whole("without a value").keyed("without_value").right(),
    ]);
    for it in months {
        let none = if it.n_unvalued > 0 { it.n_unvalued.to_string() } else { String::new() };
        table.push([
            month(it.first).into(),
            rounded(it.value).into(),
            rounded(it.effort).into(),
            it.n_done.to_string().into(),
            Cell::dim(none),
        ]);
    }
    vec![Block::Table(table)]
}

fn object(stats: &Stats<'_>) -> Json {
    let month = |it: &Month| {
        json!({
            "month": month(it.first),
            "value": it.value,
            "effort": it.effort,
            "done": it.n_done,
            "without_value": it.n_unvalued,
        })
    };
    json!({ "months": stats.worth.months.iter().map(month).collect::<Vec<_>>() })
}
