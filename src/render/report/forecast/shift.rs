//! What a change does to the date of a sprint, a release or a goal.

use serde_json::{Value as Json, json};

use super::object::dates;
use super::{chance, day, percent};
use crate::domain::date::Date;
use crate::domain::forecast::SHARES;
use crate::domain::message::counted;
use crate::domain::prospect::{Reached, Shift, Shifts};
use crate::render::block::{Cell, Line, Tone};
use crate::render::report::dates::refused;

/// A line for each date that moves; without a past, why there are none.
pub(in crate::render::report) fn lines<'a>(shifts: &Shifts<'a>) -> Vec<Line<'a>> {
    match shifts.unfit {
        Some(unfit) => vec![Line::from(Cell::dim(format!("no dates: {}", unfit.reason())))],
        None => shifts.shifts.iter().map(line).collect(),
    }
}

/// `REL-g4s69 Winter opening moves from 2027-03-12 to 2027-03-19 at 85 %, from … to … at 50 %, with 9
/// items up to its last instead of 8; the chance for 2026-12-14 falls from 40 % to 25 %`
fn line<'a>(shift: &Shift<'a>) -> Line<'a> {
    let record = shift.record;
    let line = Line::from(Cell::id(record.id())).then(" ").then(record.title()).then(" ");
    let line = match (&shift.before, &shift.after) {
        (Some(before), Some(after)) => moved(line, before, after),
        (None, Some(after)) => come(line, after),
        (_, None) => line.then(Cell::new("has no open item any more", Tone::Good)),
    };
    match (shift.chances(), shift.until) {
        ([Some(before), Some(after)], Some(until)) if percent(before) != percent(after) => line
            .then(format!("; chance for {until}: "))
            .then(chance(before))
            .then(" → ")
            .then(chance(after)),
        ([None, Some(after)], Some(until)) => {
            line.then(format!("; chance for {until}: ")).then(chance(after))
        }
        _ => line,
    }
}

fn moved<'a>(line: Line<'a>, before: &Reached, after: &Reached) -> Line<'a> {
    let [sure, likely] = [SHARES[1], SHARES[0]].map(|share| (before.by(share), after.by(share)));
    let line = match sure {
        (old, new) if old == new => line.then("stays at ").then(day(new)),
        (old, new) => line.then("moves from ").then(day(old)).then(" to ").then(later(old, new)),
    };
    let line = match likely {
        (old, new) if old == new => line.then(" at 85 %, at ").then(day(new)),
        (old, new) => {
            line.then(" at 85 %, from ").then(day(old)).then(" to ").then(later(old, new))
        }
    };
    line.then(" at 50 %, ").then(Cell::dim(reach(before.n_to_last, after.n_to_last)))
}

/// `with 9 items up to its last instead of 8`
fn reach(old: usize, new: usize) -> String {
    let instead = if old == new { String::new() } else { format!(" instead of {old}") };
    format!("with {} up to its last{instead}", counted(new, "item"))
}

fn come<'a>(line: Line<'a>, after: &Reached) -> Line<'a> {
    let line = line.then("is done by ").then(day(after.by(SHARES[1]))).then(" at 85 %, by ");
    let line = line.then(day(after.by(SHARES[0]))).then(" at 50 %, ");
    line.then(Cell::dim(format!("with {} up to its last", counted(after.n_to_last, "item"))))
}

/// The day after a change, with a tone for whether that is good.
fn later(before: Option<Date>, after: Option<Date>) -> Cell<'static> {
    let tone = match (before, after) {
        (Some(before), Some(after)) if after < before => Tone::Good,
        (None, Some(_)) => Tone::Good,
        (Some(_), None) => Tone::Warn,
        (before, after) if before != after => Tone::Warn,
        _ => Tone::Plain,
    };
    Cell { tone, ..day(after) }
}

/// The same for programs.
pub(in crate::render::report) fn object(shifts: &Shifts<'_>) -> Json {
    let reached = |it: &Option<Reached>, chance: Option<f64>| {
        let it = it.as_ref()?;
        Some(json!({
            "items": it.n_items,
            "to_last": it.n_to_last,
            "dates": it.dates.as_ref().map(dates),
            "chance": chance,
        }))
    };
    let shift = |it: &Shift<'_>| {
        let [before, after] = it.chances();
        json!({
            "id": it.record.id(),
            "kind": it.record.kind.name,
            "title": it.record.title(),
            "until": it.until.map(|day| day.to_string()),
            "before": reached(&it.before, before),
            "after": reached(&it.after, after),
        })
    };
    json!({
        "refused": shifts.unfit.map(refused),
        "moved": shifts.shifts.iter().map(shift).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_item_at_the_same_place_is_told_once() {
        assert_eq!(reach(8, 9), "with 9 items up to its last instead of 8");
        assert_eq!(reach(8, 8), "with 8 items up to its last");
    }
}
