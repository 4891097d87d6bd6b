//! How early the value comes, and what the order costs: for programs.

use serde_json::{Value as Json, json};

use super::ValueView;
use crate::domain::entry::Entry;
use crate::domain::value::{Advice, Curve, Inversion, Starvation, Value, Worth, lack};

/// The view as an object.
pub(super) fn object(view: &ValueView<'_>) -> Json {
    let value = view.value;
    let plan = &value.plan;
    let above = plan.above_what_they_need().map(|item| plan.items[item].id());
    json!({
        "query": view.query,
        "scored": plan.items.len(),
        "unscored": plan.unscored.iter().map(|item| json!({
            "id": item.id(), "title": item.title(), "why": lack(item),
        })).collect::<Vec<_>>(),
        "value": value.today.value(),
        "effort": value.today.effort(),
        "points_a_week": value.points_a_week,
        "gap": value.gap(),
        "lost_value_points": value.lost(),
        "lost_value_weeks": value.weeks(value.lost()),
        "above_what_they_wait_for": above.collect::<Vec<_>>(),
        "n_in_circles": plan.n_in_circles,
        "orders": {
            "today": curve(value, &value.today),
            "best": curve(value, &value.best),
            "cheapest_first": curve(value, &value.cheapest),
        },
        "inversions": value.inversions.iter()
            .map(|(pair, advice)| inversion(value, pair, advice.as_ref()))
            .collect::<Vec<_>>(),
        "bias": value.bias.map(|it| json!({
            "effort_tau": it.effort,
            "value_tau": it.value,
            "p": it.p,
            "cheap_first": it.is_cheap_first(),
        })),
        "starvation": starvation(&value.starvation),
        "delivered": value.delivered.as_ref().map(|it| json!({
            "n": it.n,
            "since": it.since.to_string(),
            "done": worth(it.done),
            "open": it.open.map(worth),
            "unmeasured": it.n_unmeasured,
        })),
        "usp": value.selling.iter().map(|it| json!({
            "usp": it.selling.word(), "n": it.n, "value": it.value, "effort": it.effort,
        })).collect::<Vec<_>>(),
    })
}

fn curve(value: &Value<'_>, curve: &Curve) -> Json {
    let point = |point: &crate::domain::value::Point| {
        let id = value.plan.items[point.item].id();
        json!({ "id": id, "effort": point.effort, "value": point.value })
    };
    json!({
        "cost_value_points": curve.cost,
        "points": curve.points.iter().map(point).collect::<Vec<_>>(),
    })
}

fn inversion(value: &Value<'_>, pair: &Inversion, advice: Option<&Advice<'_>>) -> Json {
    let item = |item: usize| {
        let (entry, job) = (value.plan.items[item], value.plan.jobs[item]);
        json!({
            "id": entry.id(), "title": entry.title(), "value": job.weight, "effort": job.size,
        })
    };
    json!({
        "above": item(pair.above),
        "below": item(pair.below),
        "loss_value_points": pair.loss,
        "loss_value_weeks": value.weeks(pair.loss),
        "move": advice.map(|it| json!({
            "command": it.command(),
            "moved": it.moved.iter().map(|item| item.id()).collect::<Vec<_>>(),
            "gain_value_points": it.gain,
            "gain_value_weeks": value.weeks(it.gain),
        })),
    })
}

fn starvation(it: &Starvation<'_>) -> Json {
    let item = |item: &Entry| json!({ "id": item.id(), "title": item.title() });
    let starved = it.items.iter().map(|it| {
        let mut object = item(it.item);
        object["value"] = json!(it.value);
        object["days"] = json!(it.days);
        object
    });
    json!({
        "from_value": it.from_value,
        "usual_days": it.usual_days,
        "done_measured": it.n_done,
        "done_unmeasured": it.n_done_undated,
        "undated": it.n_undated,
        "items": starved.collect::<Vec<_>>(),
    })
}

fn worth(it: Worth) -> Json {
    json!({ "value": it.value, "effort": it.effort })
}
