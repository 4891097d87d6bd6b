//! Velocity.

use serde_json::{Value as Json, json};

use super::super::amount::{self, rounded};
use super::{Section, no_chart, nothing};
use crate::domain::entry::Entry;
use crate::domain::message::counted;
use crate::domain::sprint::Amount;
use crate::domain::stats::Stats;
use crate::domain::stats::sprints::Odd;
use crate::domain::stats::velocity::{Pace, Velocity};
use crate::render::block::{Block, Cell, Column, Table, Tone};

pub(super) const SECTION: Section = Section {
    key: "velocity",
    title: "What sprints brought",
    blocks,
    chart: no_chart,
    json: object,
};

fn blocks<'s>(stats: &'s Stats<'s>) -> Vec<Block<'s>> {
    let it = &stats.velocity;
    let mut blocks = match it.sprints.is_empty() {
        true => nothing("No sprint with a first and a last day has begun in this time."),
        false => vec![Block::text(sentence(it)), Block::Table(table(it))],
    };
    let overlapping = it.sprints.iter().filter(|it| it.sprint.overlaps).count();
    if overlapping > 0 {
        let text = format!(
            "{} share days: what was done on one counts for the sprint that the item names.",
            counted(overlapping, "sprint")
        );
        blocks.push(Block::text(Cell::dim(text)));
    }
    blocks.extend(
        it.odd.iter().map(|(record, why)| Block::text(Cell::new(odd(record, *why), Tone::Warn))),
    );
    blocks
}

fn sentence(it: &Velocity<'_>) -> String {
    let (n_kept, n) = it.kept();
    let kept = match n {
        0 => "No sprint that is over had planned anything.".to_owned(),
        n => format!(
            "{n_kept} of {} that {} over brought what was planned.",
            counted(n, "sprint"),
            if n == 1 { "is" } else { "are" }
        ),
    };
    format!("{kept} What a sprint brought is no promise of the next.")
}

fn odd(record: &Entry, why: Odd) -> String {
    let id = record.id();
    match why {
        Odd::Start => format!("{id} has no first day, and is not counted."),
        Odd::End => format!("{id} has no last day, and is not counted."),
        Odd::Backwards => format!("{id} ends before it begins, and is not counted."),
    }
}

fn table<'s>(it: &Velocity<'s>) -> Table<'s> {
    let mut table = Table::new([
        Column::whole("sprint"),
        Column::whole("from"),
        Column::whole("to"),
        Column::whole("capacity").right(),
        Column::whole("planned").right(),
        Column::whole("of it done").keyed("kept").right(),
        Column::whole("done").right(),
        Column::whole("accepted").right(),
        Column::whole(""),
    ]);
    for pace in &it.sprints {
        let sprint = &pace.sprint;
        let word = match pace.is_kept() {
            Some(true) => Cell::new("as planned", Tone::Good),
            Some(false) => Cell::new("less", Tone::Warn),
            None if !sprint.is_over => Cell::dim("running"),
            None => Cell::dim("nothing planned"),
        };
        table.push([
            Cell::id(sprint.record.id()),
            sprint.start.to_string().into(),
            sprint.end.to_string().into(),
            pace.capacity.map_or_else(Cell::default, |it| rounded(it).into()),
            told(pace.planned).into(),
            told(pace.kept).into(),
            told(pace.done).into(),
            pace.n_accepted.to_string().into(),
            word,
        ]);
    }
    table
}

/// `18 in 6`: points, in so many items; `+` if some of them have none.
pub(super) fn told(it: Amount) -> String {
    match (it.items, it.unestimated) {
        (0, _) => "0".to_owned(),
        (n, 0) => format!("{} in {n}", rounded(it.points)),
        (n, none) if n == none => format!("? in {n}"),
        (n, _) => format!("{}+ in {n}", rounded(it.points)),
    }
}

fn object(stats: &Stats<'_>) -> Json {
    let it = &stats.velocity;
    let pace = |it: &Pace<'_>| {
        json!({
            "sprint": it.sprint.record.id(),
            "start": it.sprint.start.to_string(),
            "end": it.sprint.end.to_string(),
            "over": it.sprint.is_over,
            "overlaps": it.sprint.overlaps,
            "capacity": it.capacity,
            "planned": amount::object(it.planned),
            "kept": amount::object(it.kept),
            "done": amount::object(it.done),
            "accepted_items": it.n_accepted,
            "as_planned": it.is_kept(),
        })
    };
    let unmeasured = it.odd.iter().map(|(record, why)| {
        let why = match why {
            Odd::Start => "no start",
            Odd::End => "no end",
            Odd::Backwards => "ends before it begins",
        };
        json!({ "sprint": record.id(), "why": why })
    });
    let (kept, of) = it.kept();
    json!({
        "as_planned": kept,
        "of": of,
        "sprints": it.sprints.iter().map(pace).collect::<Vec<_>>(),
        "unmeasured": unmeasured.collect::<Vec<_>>(),
    })
}
