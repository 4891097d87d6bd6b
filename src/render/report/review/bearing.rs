//! What bears on a change beside the order: questions, personas, decisions and evidence.

use serde_json::{Value, json};

use crate::domain::bearing::{Asked, Bearing, Served, Share};
use crate::domain::entry::Entry;
use crate::domain::kind::DECISION;
use crate::domain::message::counted;
use crate::domain::standing;
use crate::render::block::{Block, Cell, Line, Tone};
use crate::render::report::amount::rounded;
use crate::render::report::room::Room;
use crate::render::report::values;

/// The sections, each only where there is something to say.
pub(super) fn blocks<'a>(bearing: &'a Bearing<'a>, room: Room) -> Vec<Block<'a>> {
    let questions = bearing.questions.iter().map(asked).collect();
    let mut blocks = room.section("Open questions of what comes up", questions);
    let personas = bearing.personas.iter().map(served).collect();
    blocks.extend(room.section("Personas", personas));
    let records = bearing.records.iter().map(|it| record(it)).collect();
    blocks.extend(room.section("Decisions and evidence", records));
    blocks
}

/// `BL-7k3qd Guest checkout (place 3): Which rate? (ada to mira, 2026-11-25)`
fn asked<'a>(it: &'a Asked<'a>) -> Line<'a> {
    let place = format!("place {}", it.position);
    values::noted(values::named(it.item), &place).then(": ").then(it.question.to_string())
}

/// `PER-household The family with a Wednesday evening: 21 open items worth 96 instead of 20 worth 93`
fn served<'a>(it: &'a Served<'a>) -> Line<'a> {
    let worth = |it: Share| format!("worth {}", rounded(it.value));
    let after = format!("{} {}", counted(it.after.n_items, "open item"), worth(it.after));
    let line = values::named(it.persona).then(": ");
    let Some(before) = it.before else { return line.then(format!("new, with {after}")) };
    let tone = match it.after.n_items {
        0 => Tone::Warn,
        _ => Tone::Plain,
    };
    let before = match before.n_items == it.after.n_items {
        true => rounded(before.value),
        false => format!("{} {}", before.n_items, worth(before)),
    };
    line.then(Cell::new(format!("{after} instead of {before}"), tone))
}

/// `EV-dj25p Hosts write their own lists (strength 4, interview): for BL-3zsx3, against BL-kkhwj`
fn record(entry: &Entry) -> Line<'_> {
    let (note, fields) = match std::ptr::eq(entry.kind, &DECISION) {
        true => {
            (entry.status().into_owned(), &[("affects", "about"), ("supersedes", "in place of")])
        }
        false => (standing::strength(entry), &[("supports", "for"), ("contradicts", "against")]),
    };
    let part = |(field, word): &(&str, &str)| {
        let ids = entry.links(field);
        (!ids.is_empty()).then(|| format!("{word} {}", ids.join(", ")))
    };
    let parts: Vec<String> = fields.iter().filter_map(part).collect();
    let line = values::noted(values::named(entry), &note);
    if parts.is_empty() { line } else { line.then(format!(": {}", parts.join(", "))) }
}

/// The same for programs.
pub(super) fn object(bearing: &Bearing<'_>) -> Value {
    let share = |it: Share| json!({ "items": it.n_items, "value": it.value });
    json!({
        "questions": bearing.questions.iter().map(|it| json!({
            "id": it.item.id(),
            "position": it.position,
            "text": it.question.text,
            "from": it.question.by,
            "for": it.question.to,
        })).collect::<Vec<_>>(),
        "personas": bearing.personas.iter().map(|it| json!({
            "id": it.persona.id(),
            "title": it.persona.title(),
            "before": it.before.map(share),
            "after": share(it.after),
        })).collect::<Vec<_>>(),
        "records": bearing.records.iter().map(|it| json!({
            "id": it.id(),
            "kind": it.kind.name,
            "title": it.title(),
            "status": it.status(),
        })).collect::<Vec<_>>(),
    })
}
