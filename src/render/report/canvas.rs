//! The product on one page.

use serde_json::{Value, json};

use super::values::{self, Field};
use crate::domain::canvas::{Canvas, Part};
use crate::domain::entry::Entry;
use crate::domain::progress::Pursued;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};

/// What stands at the top: who decides, for whom it is, where it goes.
pub(super) fn fields<'a>(canvas: &Canvas<'a>) -> Vec<Field<'a>> {
    let mut fields: Vec<Field<'a>> = Vec::new();
    if !canvas.owners.is_empty() {
        fields.push(("owner".into(), Line::from(canvas.owners.join(", "))));
    }
    if let Some(goal) = &canvas.product_goal {
        fields.push(("goal".into(), values::named(goal.goal)));
        fields.push(("progress".into(), progress(goal)));
    }
    fields.extend(values::under("personas", canvas.personas.iter().map(|it| who(it))));
    fields.extend(values::under("stakeholders", canvas.stakeholders.iter().map(|it| who(it))));
    fields
}

/// `PER-household The family with a Wednesday evening (90 %, 58 households)`
fn who(person: &Entry) -> Line<'_> {
    let notes = ["share", "size", "role", "updates"].into_iter().filter_map(|it| person.text(it));
    values::noted(values::named(person), &notes.collect::<Vec<_>>().join(", "))
}

/// `31 → 58 → 300, 10 % (Boxes per week on 2026-11-19), by 2027-03-31`
pub(super) fn progress<'a>(it: &Pursued<'a>) -> Line<'a> {
    let line = Line::from(it.way.words());
    let line = match (it.lack(), it.way.metric, &it.way.now) {
        (Some(lack), ..) => line.then(Cell::new(format!("; {lack}"), Tone::Warn)),
        (None, Some(metric), Some(now)) => {
            values::noted(line, &format!("{} on {}", metric.title(), now.date))
        }
        _ => line,
    };
    match it.goal.date("by") {
        Some(by) => line.then(format!(", by {by}")),
        None => line,
    }
}

/// The parts, then what else the product says, then what it does not say.
pub(super) fn blocks(canvas: Canvas<'_>) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    if !canvas.intro.is_empty() {
        blocks.extend([Block::Blank, Block::Markdown(canvas.intro.into())]);
    }
    let goals = goals(&canvas.goals);
    for Part { name, text } in canvas.parts {
        if let Some(text) = text {
            blocks.extend([Block::Blank, Block::heading(2, name), Block::Markdown(text.into())]);
        }
    }
    if let Some(goals) = goals {
        blocks.extend([Block::Blank, Block::heading(2, "Goals"), Block::Table(goals)]);
    }
    for (title, text) in canvas.others {
        blocks.extend([Block::Blank, Block::heading(2, title), Block::Markdown(text.into())]);
    }
    blocks.extend(values::missing(&canvas.missing));
    blocks
}

fn goals<'a>(goals: &[Pursued<'a>]) -> Option<Table<'a>> {
    let columns = [
        Column::whole("id"),
        Column::shrink("goal"),
        Column::shrink("metric"),
        Column::whole("progress"),
        Column::whole("by"),
    ];
    let mut table = Table::new(columns);
    for it in goals {
        let metric = it.way.metric.map_or(Cell::dim("none"), |it| Cell::from(it.title()));
        let tone = if it.way.now.is_some() { Tone::Plain } else { Tone::Warn };
        let way = Cell::new(it.way.words(), tone);
        let by = it.goal.text("by").unwrap_or_default();
        table.push([Cell::id(it.goal.id()), it.goal.title().into(), metric, way, by.into()]);
    }
    (!goals.is_empty()).then_some(table)
}

/// The canvas for programs.
pub(super) fn object(canvas: &Canvas<'_>) -> Value {
    let goal = |it: &Pursued<'_>| {
        json!({
            "id": it.goal.id(),
            "title": it.goal.title(),
            "by": it.goal.text("by"),
            "progress": values::way_object(&it.way),
        })
    };
    let people = |people: &[&Entry]| -> Vec<Value> {
        people.iter().map(|it| json!({ "id": it.id(), "title": it.title() })).collect()
    };
    let part = |name: &str| {
        let part = canvas.parts.iter().find(|it| it.name == name);
        part.and_then(|it| it.text.as_deref()).map(str::to_owned)
    };
    json!({
        "vision": part("Vision"),
        "target_group": part("Target group"),
        "needs": part("Needs"),
        "unique_selling_proposition": part("Unique selling proposition"),
        "competitors": part("Competitors"),
        "product_goal": part("Product Goal"),
        "goal": canvas.product_goal.as_ref().map(goal),
        "owners": canvas.owners,
        "personas": people(&canvas.personas),
        "stakeholders": people(&canvas.stakeholders),
        "goals": canvas.goals.iter().map(goal).collect::<Vec<_>>(),
        "missing": values::missing_objects(&canvas.missing),
    })
}
