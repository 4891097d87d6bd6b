//! Single items: how their scores come about, and how sure their places are.

use serde_json::{Value, json};

use super::scores::{lacks, scored, unscored};
use super::values::{Field, signed};
use crate::domain::backlog::Backlog;
use crate::domain::blame::set_by;
use crate::domain::entry::Entry;
use crate::domain::log::LogEntry;
use crate::domain::score::table::{Behind, Scored, Table};
use crate::domain::score::{Scoring, Sensitivity, Shift, sensitivity, short};
use crate::domain::standing::standing;
use crate::render::block::{Block, Cell, Line, Tone};
use crate::render::{Format, View};

/// Items with their scores.
pub struct ScoreView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The model.
    pub scoring: &'a Scoring,
    /// The scores of all.
    pub table: &'a Table<'a>,
    /// The items to show.
    pub details: &'a [Detail<'a>],
}

/// An item to look at closely.
pub struct Detail<'a> {
    /// The item.
    pub item: &'a Entry,
    /// The commits that changed it, the newest first.
    pub entries: Vec<LogEntry>,
}

impl View for ScoreView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = Vec::new();
        for (at, detail) in self.details.iter().enumerate() {
            if at > 0 {
                blocks.push(Block::Blank);
            }
            let title = Line::from(Cell::id(detail.item.id()))
                .then("  ")
                .then(Cell::strong(detail.item.title()));
            blocks.push(Block::heading(1, title));
            blocks.push(Block::Fields(self.fields(detail)));
        }
        blocks
    }

    fn json(&self) -> Value {
        let items: Vec<Value> = self.details.iter().map(|detail| self.object(detail)).collect();
        json!({
            "model": self.scoring.model.name,
            "formula": self.scoring.model.formula,
            "items": items,
        })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("items")
    }

    fn title(&self) -> std::borrow::Cow<'_, str> {
        "Scores".into()
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl<'a> ScoreView<'a> {
    fn fields(&'a self, detail: &'a Detail<'a>) -> Vec<Field<'a>> {
        let mut fields = match self.table.index(detail.item) {
            Some(at) => self.scored_fields(at, detail),
            None => self.unscored_fields(detail.item),
        };
        let waits = standing(self.backlog, detail.item).waits_for;
        let open = waits
            .iter()
            .filter(|link| link.entry.is_some_and(|it| self.backlog.category(it).is_open()));
        for (at, link) in open.enumerate() {
            let name = if at == 0 { "waits for" } else { "" };
            let title = link.entry.map(|it| it.title().into_owned()).unwrap_or_default();
            let line = Line::from(Cell::id(link.id.clone())).then(format!(" {title}"));
            fields.push((name.into(), line));
        }
        fields
    }

    fn scored_fields(&self, at: usize, detail: &'a Detail<'a>) -> Vec<Field<'a>> {
        let it = &self.table.scored[at];
        let n_scored = self.table.scored.len();
        let arithmetic = self.scoring.arithmetic(&it.values, &it.worth);
        let score = Line::from(Cell::strong(arithmetic))
            .then(format!(", rank {} of {n_scored}, stands at {}", it.rank, it.position));
        let mut fields: Vec<Field<'a>> = vec![(self.scoring.model.name.into(), score)];
        fields.push(("by value".into(), self.by_value(it)));
        let sensitivity = sensitivity(self.scoring, self.table, at);
        for (n, input) in self.scoring.inputs.iter().enumerate() {
            let entry = set_by(&detail.entries, &input.field);
            let text = detail.item.text(&input.field).unwrap_or_default().into_owned();
            let line = Line::from(Cell::strong(text));
            let line = entry.map_or(line.clone(), |entry| signed(line, entry));
            let line = line.then(shift(&sensitivity.shifts[n], it.rank));
            fields.push((input.field.clone().into(), line));
        }
        fields.push(("one step off".into(), all(&sensitivity, it.rank)));
        fields.extend(behind(&it.behind));
        fields
    }

    fn by_value(&self, it: &Scored<'_>) -> Line<'a> {
        let line =
            Line::from(format!("rank {} by {} alone", it.value_rank, short(it.worth.weight)));
        let small = it.rank < it.value_rank;
        match it.is_far() {
            true if small => line.then(Cell::new("; its score comes from being small", Tone::Warn)),
            true => line.then(Cell::new("; its size pulls it down", Tone::Warn)),
            false => line,
        }
    }

    fn unscored_fields(&self, item: &Entry) -> Vec<Field<'a>> {
        let Some(it) = self.table.unscored.iter().find(|it| it.item == item) else {
            return Vec::new();
        };
        let line = Line::from(Cell::new("unscored: ", Tone::Warn)).then(lacks(&it.lacks));
        let line = line.then(format!("; stands at {}", it.position));
        let mut fields: Vec<Field<'a>> = vec![(self.scoring.model.name.into(), line)];
        fields.extend(behind(&it.behind));
        fields
    }

    fn object(&self, detail: &Detail<'_>) -> Value {
        let Some(at) = self.table.index(detail.item) else {
            let found = self.table.unscored.iter().find(|it| it.item == detail.item);
            return found.map_or(Value::Null, unscored);
        };
        let mut object = scored(self.scoring, &self.table.scored[at]);
        let it = sensitivity(self.scoring, self.table, at);
        let step = |step: Option<(f64, usize)>| {
            step.map(|(value, rank)| json!({ "value": value, "rank": rank }))
        };
        let shifts = it.shifts.iter().map(
            |shift| json!({ "field": shift.field, "down": step(shift.down), "up": step(shift.up) }),
        );
        object["sensitivity"] = json!({
            "inputs": shifts.collect::<Vec<_>>(),
            "best_rank": it.all.0,
            "worst_rank": it.all.1,
        });
        object
    }
}

/// `; rank 4 at 5, 2 at 13`
fn shift<'a>(shift: &Shift, rank: usize) -> Cell<'a> {
    let steps: Vec<String> = [shift.down, shift.up]
        .into_iter()
        .flatten()
        .map(|(value, rank)| format!("{rank} at {}", short(value)))
        .collect();
    if steps.is_empty() {
        return Cell::default();
    }
    let is_moved = [shift.down, shift.up].into_iter().flatten().any(|(_, other)| other != rank);
    let text = format!("; rank {}", steps.join(", "));
    Cell::new(text, if is_moved { Tone::Plain } else { Tone::Dim })
}

fn all<'a>(sensitivity: &Sensitivity, rank: usize) -> Line<'a> {
    match sensitivity.all {
        (best, worst) if best == worst => {
            Line::from(format!("rank {rank} whatever is one step off"))
        }
        (best, worst) => Line::from(format!("rank {best} to {worst} if all may be")),
    }
}

/// `13 of value waits behind it: via BL-7k3qd, BL-2htr9 and 3 more`
pub(super) fn behind<'a>(behind: &Behind) -> Option<Field<'a>> {
    if behind.n_items == 0 {
        return None;
    }
    let more = match behind.n_items - behind.via.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let line = Line::from(Cell::strong(short(behind.weight)))
        .then(" of value waits behind it: via ")
        .then(Cell::id(behind.via.join(", ")))
        .then(more);
    Some(("inherits".into(), line))
}
