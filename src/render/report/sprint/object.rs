//! A sprint for programs.

use serde_json::{Value, json};

use super::super::{amount::object as amount, dates::refused};
use super::values;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::sprint::{self, Sprint, State, Step, Velocity};

/// Where a sprint stands.
pub(super) fn object(state: &State<'_>) -> Value {
    let (backlog, it) = (state.backlog, &state.sprint);
    let is_done = |item: &&Entry| backlog.category(item) == Category::Done;
    let done: Vec<&Entry> = it.items.iter().copied().filter(is_done).collect();
    let mut object = head(state, it);
    object["planned"] = amount(sprint::amount(backlog, &it.items));
    object["done"] = amount(sprint::amount(backlog, &done));
    object["items"] = it.items.iter().map(|it| Value::Object(values::entry(backlog, it))).collect();
    object["days"] = state
        .course
        .points
        .iter()
        .map(|it| json!({ "day": day(it.day), "planned": amount(it.scope), "done": amount(it.done) }))
        .collect();
    object["came"] = state.course.came.iter().map(step).collect();
    object["left"] = state.course.left.iter().map(step).collect();
    object["risks"] = state
        .risks
        .iter()
        .map(|it| json!({ "risk": it.word, "id": it.item.map(Entry::id), "text": it.told }))
        .collect();
    object["chance"] = match state.odds {
        Some(Ok(odds)) => json!({
            "share": odds.share,
            "items": odds.n_items,
            "days": odds.n_days,
            "from_weeks": odds.n_weeks,
            "from_done": odds.n_done,
            "seed": odds.seed,
        }),
        Some(Err(unfit)) => json!({ "refused": refused(unfit) }),
        None => Value::Null,
    };
    object["velocity"] = json!({
        "mean_items": state.velocity().map(|it| it.items),
        "mean_points": state.velocity().map(|it| it.points),
        "sprints": state.velocities.iter().map(velocity).collect::<Vec<_>>(),
    });
    object
}

fn head(state: &State<'_>, it: &Sprint<'_>) -> Value {
    json!({
        "id": it.record.id(),
        "title": it.record.title(),
        "status": it.record.status(),
        "goal": it.goal(state.backlog),
        "start": it.start.map(day),
        "end": it.end.map(day),
        "capacity": it.capacity.map(values::number),
        "day": it.day(state.today),
        "of_days": it.n_days(),
        "days_left": it.days_left(state.today),
    })
}

/// What a closed sprint planned and delivered.
pub(super) fn velocity(it: &Velocity<'_>) -> Value {
    json!({
        "id": it.sprint.id(),
        "planned": amount(it.planned),
        "delivered": amount(it.delivered),
    })
}

fn step(it: &Step<'_>) -> Value {
    json!({ "day": day(it.day), "id": it.id, "title": it.item.map(|it| it.title().into_owned()) })
}

fn day(day: Date) -> String {
    day.to_string()
}
