//! The scores of all open items.

use serde_json::{Value, json};

use crate::domain::backlog::Backlog;
use crate::domain::message::counted;
use crate::domain::score::input::Lack;
use crate::domain::score::table::{Behind, FAR, Scored, Table, Unscored};
use crate::domain::score::{Scoring, must_share, short};
use crate::render::block::{Block, Cell, Column, Line, Table as Rows, Tone};
use crate::render::{Format, View};

/// Scored items, the best first, and unscored ones apart.
pub struct ScoresView<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The model.
    pub scoring: &'a Scoring,
    /// The scores.
    pub table: &'a Table<'a>,
    /// How many scored items are shown.
    pub limit: usize,
}

impl View for ScoresView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let model = self.scoring.model;
        let mut blocks = vec![Block::text(
            Line::from(Cell::strong(model.name)).then(Cell::dim(format!(": {}", model.formula))),
        )];
        if !self.table.scored.is_empty() {
            blocks.push(Block::Table(self.rows()));
        }
        blocks.push(Block::Footer(Line::from(Cell::dim(self.footer()))));
        blocks.extend(self.must_share());
        if !self.table.unscored.is_empty() {
            blocks.push(Block::heading(2, "Unscored"));
            blocks.push(Block::Table(self.unscored_rows()));
        }
        blocks
    }

    fn json(&self) -> Value {
        let shown = self.table.scored.iter().take(self.limit);
        json!({
            "model": self.scoring.model.name,
            "formula": self.scoring.model.formula,
            "open": self.backlog.open_items().count(),
            "must_share": must_share(self.backlog),
            "scored": shown.map(|it| scored(self.scoring, it)).collect::<Vec<_>>(),
            "unscored": self.table.unscored.iter().map(unscored).collect::<Vec<_>>(),
        })
    }

    fn title(&self) -> std::borrow::Cow<'_, str> {
        "Scores".into()
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl<'a> ScoresView<'a> {
    fn rows(&self) -> Rows<'a> {
        let whole = |name: &'static str| Column::whole(name).right();
        let mut rows = Rows::new([
            whole("rank"),
            whole("by value"),
            whole("#"),
            Column::whole("id"),
            whole("score"),
            Column::whole("arithmetic"),
            Column::whole("behind"),
            Column::shrink("title"),
        ]);
        for it in self.table.scored.iter().take(self.limit) {
            let arithmetic = self.scoring.arithmetic(&it.values, &it.worth);
            let arithmetic = arithmetic.rsplit_once(" = ").map_or("", |(left, _)| left).to_owned();
            let value_rank = match it.is_far() {
                true => Cell::new(format!("{} !", it.value_rank), Tone::Warn),
                false => Cell::from(it.value_rank.to_string()),
            };
            rows.push([
                Cell::strong(it.rank.to_string()),
                value_rank,
                Cell::dim(it.position.to_string()),
                Cell::id(it.item.id()),
                Cell::from(short(it.worth.score())),
                Cell::from(arithmetic),
                behind_cell(&it.behind),
                Cell::from(it.item.title()),
            ]);
        }
        rows
    }

    fn unscored_rows(&self) -> Rows<'a> {
        let mut rows = Rows::new([
            Column::whole("#").right(),
            Column::whole("id"),
            Column::shrink("lacks"),
            Column::whole("behind"),
            Column::shrink("title"),
        ]);
        for it in &self.table.unscored {
            rows.push([
                Cell::dim(it.position.to_string()),
                Cell::id(it.item.id()),
                Cell::new(lacks(&it.lacks), Tone::Warn),
                behind_cell(&it.behind),
                Cell::from(it.item.title()),
            ]);
        }
        rows
    }

    /// How much of the effort is must, in the model that asks for it.
    fn must_share(&self) -> Option<Block<'a>> {
        /// The largest share that leaves room (DSDM).
        const MOST: f64 = 0.6;
        if self.scoring.model.name != "moscow" {
            return None;
        }
        let share = must_share(self.backlog)?;
        let text = format!("{:.0} % of the effort is must", 100.0 * share);
        let line = match share > MOST {
            true => Line::from(Cell::new(
                format!("{text}: more than 60 % leave no room if time runs short"),
                Tone::Warn,
            )),
            false => Line::from(Cell::dim(text)),
        };
        Some(Block::text(line))
    }

    fn footer(&self) -> String {
        let (n_scored, n_unscored) = (self.table.scored.len(), self.table.unscored.len());
        let shown = match self.limit {
            1 if n_scored > 1 => "; the first is shown".to_owned(),
            limit if limit < n_scored => format!("; the first {limit} are shown"),
            _ => String::new(),
        };
        let unscored = match n_unscored {
            0 => String::new(),
            n => format!("; {n} without a score"),
        };
        let far = match self.table.scored.iter().filter(|it| it.is_far()).count() {
            0 => String::new(),
            n => {
                let verb = if n == 1 { "stands" } else { "stand" };
                format!("; {n} {verb} more than {FAR} places apart by score and by value (!)")
            }
        };
        format!("{}{shown}{unscored}{far}", counted(n_scored, "scored item"))
    }
}

/// What waits behind an item: `13 in 2`.
fn behind_cell<'a>(behind: &Behind) -> Cell<'a> {
    match behind.n_items {
        0 => Cell::default(),
        n => Cell::from(format!("{} in {n}", short(behind.weight))),
    }
}

/// `no value; no effort`
pub(super) fn lacks(lacks: &[Lack]) -> String {
    lacks.iter().map(|lack| lack.message.as_str()).collect::<Vec<_>>().join("; ")
}

/// A scored item as JSON.
pub(super) fn scored(scoring: &Scoring, it: &Scored<'_>) -> Value {
    let inputs = scoring.inputs.iter().zip(&it.values);
    json!({
        "id": it.item.id(),
        "title": it.item.title(),
        "position": it.position,
        "rank": it.rank,
        "value_rank": it.value_rank,
        "score": it.worth.score(),
        "weight": it.worth.weight,
        "size": it.worth.size,
        "arithmetic": scoring.arithmetic(&it.values, &it.worth),
        "inputs": inputs.map(|(input, value)| json!({
            "field": input.field, "value": value,
        })).collect::<Vec<_>>(),
        "behind": behind(&it.behind),
    })
}

/// An unscored item as JSON.
pub(super) fn unscored(it: &Unscored<'_>) -> Value {
    json!({
        "id": it.item.id(),
        "title": it.item.title(),
        "position": it.position,
        "lacks": it.lacks.iter().map(|lack| json!({
            "field": lack.field, "message": lack.message,
        })).collect::<Vec<_>>(),
        "behind": behind(&it.behind),
    })
}

fn behind(it: &Behind) -> Value {
    json!({ "weight": it.weight, "items": it.n_items, "via": it.via })
}
