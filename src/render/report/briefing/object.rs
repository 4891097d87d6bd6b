//! The same for programs.

use serde_json::{Value, json};

use super::{Audience, BriefingView};
use crate::domain::briefing::{Hazard, Risk, Told};
use crate::domain::entry::Entry;
use crate::domain::outlook::Dates;
use crate::domain::release::Release;
use crate::render::report::dates;
use crate::render::report::metric;
use crate::render::report::values::{number, way_object};

pub(super) fn object(view: &BriefingView<'_>) -> Value {
    let it = view.briefing;
    let (value, n_valued) = it.delivered();
    let audience = match view.audience {
        Audience::Stakeholders => "stakeholders",
        Audience::Team => "team",
    };
    json!({
        "product": it.product.map(|it| it.title().into_owned()),
        "audience": audience,
        "since": it.since.to_string(),
        "until": it.today.to_string(),
        "goals": it.goals.iter().map(|it| json!({
            "id": it.goal.id(), "title": it.goal.title(), "by": it.goal.text("by"),
            "progress": way_object(&it.way),
        })).collect::<Vec<_>>(),
        "metrics": it.metrics.iter().map(|it| metric::told_object(it)).collect::<Vec<_>>(),
        "done": it.done.iter().map(|it| json!({
            "id": it.item.id(), "title": it.item.title(), "on": it.on.to_string(),
            "benefit": it.benefit, "value": it.item.number("value").map(number),
            "accepted": it.is_accepted,
        })).collect::<Vec<_>>(),
        "value": { "delivered": number(value), "items": n_valued },
        "releases": it.releases.iter().map(release).collect::<Vec<_>>(),
        "next": it.next.iter().map(|(item, by)| json!({
            "id": item.id(), "title": item.title(), "status": item.status(),
            "by_85": by.map(|day| day.to_string()),
        })).collect::<Vec<_>>(),
        "moved": it.shifts.iter().map(moved).collect::<Vec<_>>(),
        "came": it.came.iter().map(|it| named(it)).collect::<Vec<_>>(),
        "dropped": it.dropped.iter().map(|(item, why)| json!({
            "id": item.id(), "title": item.title(), "reason": why,
        })).collect::<Vec<_>>(),
        "risks": it.risks.iter().map(risk).collect::<Vec<_>>(),
        "decisions": it.decisions.iter().map(|it| named(it)).collect::<Vec<_>>(),
        "learned": it.learned.iter().map(|it| named(it)).collect::<Vec<_>>(),
        "questions": it.questions.iter().map(|it| json!({
            "id": it.entry.id(), "question": it.question.text,
            "asked": it.question.on.map(|day| day.to_string()),
        })).collect::<Vec<_>>(),
        "notes": view.notes,
    })
}

fn release(it: &Release<'_>) -> Value {
    json!({
        "id": it.record.id(), "title": it.record.title(), "target": it.record.text("target"),
        "done": it.contents.done.len(), "items": it.contents.n_items(),
        "dates": dates::object(it.dates.as_ref().map(Dates::told)), "chance": it.chance(),
    })
}

fn named(entry: &Entry) -> Value {
    json!({ "id": entry.id(), "title": entry.title() })
}

fn moved(it: &Told<'_>) -> Value {
    json!({
        "id": it.item.id(), "title": it.item.title(), "from": it.shift.from, "to": it.shift.to,
        "reason": it.shift.why, "on": it.shift.on.map(|day| day.to_string()),
    })
}

fn risk(it: &Risk<'_>) -> Value {
    let (what, detail) = match &it.hazard {
        Hazard::Told(text) => ("told", json!(text)),
        Hazard::Overdue(day) => ("overdue", json!(day.to_string())),
        Hazard::Unlikely(day, chance) => {
            ("unlikely", json!({ "by": day.to_string(), "chance": chance }))
        }
        Hazard::Waits(ids) => ("waits_for", json!(ids)),
        Hazard::Worse(by) => ("worse", number(*by)),
    };
    json!({ "id": it.entry.id(), "title": it.entry.title(), "risk": what, "detail": detail })
}
