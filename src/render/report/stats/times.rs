//! Lead and cycle time.

use serde_json::{Value as Json, json};

use super::{Section, cells, nothing, percentiles_object};
use crate::domain::stats::Stats;
use crate::domain::stats::times::Group;
use crate::render::block::{Block, Cell, Column, Table};
use crate::render::chart::{Axis, Chart, Series, Shape};

pub(super) const SECTION: Section =
    Section { key: "times", title: "How long it takes", blocks, chart, json: object };

/// So many bars tell how cycle times are spread.
const BARS: i64 = 15;

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    let times = &stats.times;
    if times.all.n_done == 0 {
        return nothing("No item was done in this time on a day that is known.");
    }
    let text = "Days from coming in (lead time) and from the beginning of work (cycle time) to the end, within which 50, 85 and 95 % of the items were done.";
    let mut columns = vec![Column::whole("type"), Column::whole("items").right()];
    for time in ["lead", "cycle"] {
        let names = [time, "50 %", "85 %", "95 %"];
        columns.extend(names.map(|name| Column::whole(name).right()));
    }
    let mut table = Table::new(columns);
    for group in [&times.all].into_iter().chain(&times.by_type) {
        table.push(row(group));
    }
    vec![Block::text(Cell::dim(text)), Block::Table(table)]
}

fn row(group: &Group) -> Vec<Cell<'_>> {
    let name = if group.name.is_empty() { Cell::strong("all") } else { Cell::from(&*group.name) };
    let mut row = vec![name, group.n_done.to_string().into()];
    for time in [&group.lead, &group.cycle] {
        row.push(Cell::dim(format!("of {}", time.n)));
        row.extend(cells(time));
    }
    row
}

fn chart<'s>(stats: &'s Stats<'s>) -> Option<Chart<'s>> {
    let days = &stats.times.cycle_days;
    let [half, most, _] = stats.times.all.cycle.days;
    // Of fewer items the table says as much.
    let (half, most, longest) = (half?, most?, *days.last()?);
    let wide = (longest + 1).div_euclid(BARS) + i64::from((longest + 1) % BARS != 0);
    let mut counts = vec![0_u32; usize::try_from(longest / wide).ok()? + 1];
    for day in days {
        *counts.get_mut(usize::try_from(day / wide).ok()?)? += 1;
    }
    let points = (0..).zip(counts).map(|(at, n)| ((at * wide) as f64, f64::from(n)));
    let wide = u32::try_from(wide).ok()?;
    let items = Series::steps("items", 'i', points).drawn(Shape::Bars(wide));
    let (x, y) = (Axis::numbers("cycle time", "days"), Axis::numbers("items", ""));
    let chart = Chart::new("How many items took how many days", x, y, vec![items]);
    let summary = format!(
        "Of {} items half took at most {half} days and 85 % at most {most} days.",
        days.len()
    );
    Some(Chart { summary: summary.into(), ..chart })
}

fn object(stats: &Stats<'_>) -> Json {
    let group = |it: &Group| {
        json!({
            "type": (!it.name.is_empty()).then_some(&it.name),
            "done": it.n_done,
            "lead_days": percentiles_object(&it.lead),
            "cycle_days": percentiles_object(&it.cycle),
        })
    };
    json!({
        "all": group(&stats.times.all),
        "by_type": stats.times.by_type.iter().map(group).collect::<Vec<_>>(),
    })
}
