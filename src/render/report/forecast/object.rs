//! By when items are done: for programs.

use serde_json::{Value as Json, json};

use super::{ForecastView, shift};
use crate::domain::forecast::{HISTORY, Kept, RUNS, SHARES};
use crate::domain::outlook::Dates;
use crate::domain::prospect::{ByDay, Record, Scope, Target};
use crate::domain::timeline::Coverage;
use crate::render::report::dates::refused;

/// The view as an object.
pub(super) fn object(view: &ForecastView<'_>) -> Json {
    let outlook = view.outlook;
    let flow = &outlook.flow;
    let from = flow.done.len().saturating_sub(HISTORY);
    let added = flow.added.get(from..).unwrap_or_default();
    json!({
        "today": outlook.today.to_string(),
        "seed": view.seed,
        "runs": RUNS,
        "alone": view.is_alone,
        "refused": outlook.forecast.as_ref().err().copied().map(refused),
        "past": {
            "weeks": flow.done.len(),
            "drawn_from": flow.done.len() - from,
            "done": flow.done[from..].to_vec(),
            "added": added.to_vec(),
        },
        "targets": view.targets.iter().map(target).collect::<Vec<_>>(),
        "by": view.by_day.map(by_day),
        "since": view.shifts.map(|(base, shifts)| {
            let mut object = shift::object(shifts);
            object["base"] = base.into();
            object
        }),
        "record": view.record.map(record),
        "coverage": coverage(view.coverage),
    })
}

/// The three days; `null` is further away than anybody can see.
pub(super) fn dates(dates: &Dates) -> Json {
    let by = |at: usize| {
        let (share, weeks) = (SHARES[at], dates.spread.told(SHARES[at]));
        json!({ "day": dates.by(share).map(|day| day.to_string()), "weeks": dates.by(share).map(|_| weeks) })
    };
    json!({ "50": by(0), "85": by(1), "95": by(2) })
}

fn target(it: &Target<'_>) -> Json {
    let (scope, id, title) = match it.scope {
        Scope::Next => ("next", None, None),
        Scope::Record(record) => (record.kind.name, Some(record.id()), Some(record.title())),
        Scope::Query(query) => ("query", None, Some(query.into())),
        Scope::All => ("all", None, None),
    };
    json!({
        "scope": scope,
        "id": id,
        "title": title,
        "items": it.n_items,
        "to_last": it.n_to_last,
        "dates": it.dates.as_ref().map(dates),
        "until": it.until.map(|day| day.to_string()),
        "chance": it.chance(),
        "growing": it.growing.as_ref().map(|it| json!({
            "a_week": it.a_week, "dates": dates(&it.dates),
        })),
    })
}

fn by_day(it: &ByDay<'_>) -> Json {
    let items =
        |at: usize| json!({ "items": it.n_items[at], "last": it.last[at].map(|item| item.id()) });
    json!({
        "day": it.day.to_string(),
        "weeks": it.n_weeks,
        "50": items(0),
        "85": items(1),
        "95": items(2),
    })
}

fn record(it: &Record) -> Json {
    let kept = |it: Kept| json!({ "met": it.n_met, "known": it.n_known });
    let [half, likely, sure] = it.track.kept.map(kept);
    json!({
        "items": it.n_items,
        "50": half,
        "85": likely,
        "95": sure,
        "weeks_off": it.track.error,
    })
}

fn coverage(it: Coverage) -> Json {
    json!({
        "done": it.n_done,
        "with_day": it.n_dated,
        "with_start": it.n_with_start,
        "came_done": it.n_came_done,
    })
}
