//! The order that scores propose: what would move, and why.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::domain::message::counted;
use crate::domain::score::proposal::{Held, Kept, Move, Proposal};
use crate::domain::score::table::{Behind, Scored, Table};
use crate::domain::score::{Scoring, short};
use crate::render::block::{Block, Cell, Column, Line, Table as Rows};
use crate::render::{Format, View};

/// A proposal.
pub struct ProposalView<'a> {
    /// The model.
    pub scoring: &'a Scoring,
    /// The scores.
    pub table: &'a Table<'a>,
    /// The model that was asked for, if it is not that of the settings.
    pub asked: Option<&'a str>,
    /// The order.
    pub proposal: &'a Proposal<'a>,
}

impl View for ProposalView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = Vec::new();
        if !self.proposal.moves.is_empty() {
            blocks.push(Block::Table(self.rows()));
        }
        blocks.extend(
            self.notes().into_iter().map(|note| Block::Footer(Line::from(Cell::dim(note)))),
        );
        blocks
    }

    fn json(&self) -> Value {
        let moves = self.proposal.moves.iter().map(|it| {
            json!({
                "id": it.item.id(), "title": it.item.title(), "from": it.from, "to": it.to,
                "why": self.why(it),
            })
        });
        let kept = self.proposal.kept.iter().map(
            |(item, kept)| json!({ "id": item.id(), "title": item.title(), "why": why_kept(kept) }),
        );
        json!({
            "model": self.scoring.model.name,
            "moves": moves.collect::<Vec<_>>(),
            "order": self.proposal.order.iter().map(|item| item.id()).collect::<Vec<_>>(),
            "kept": kept.collect::<Vec<_>>(),
            "unscored": self.proposal.n_unscored,
            "cost_before": self.proposal.cost_before,
            "cost_after": self.proposal.cost_after,
        })
    }

    fn title(&self) -> std::borrow::Cow<'_, str> {
        "Proposed order".into()
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl<'a> ProposalView<'a> {
    fn rows(&self) -> Rows<'a> {
        let mut rows = Rows::new([
            Column::whole("from").right(),
            Column::whole("to").right(),
            Column::whole("id"),
            Column::whole("why"),
            Column::shrink("title"),
        ]);
        let scored: HashMap<&str, &Scored<'_>> =
            self.table.scored.iter().map(|it| (it.item.id(), it)).collect();
        for it in &self.proposal.moves {
            rows.push([
                Cell::dim(it.from.to_string()),
                Cell::strong(it.to.to_string()),
                Cell::id(it.item.id()),
                Cell::from(
                    scored.get(it.item.id()).map(|at| self.reason(at, it)).unwrap_or_default(),
                ),
                Cell::from(it.item.title()),
            ]);
        }
        rows
    }

    fn why(&self, moved: &Move<'_>) -> Option<String> {
        self.table.of(moved.item).map(|it| self.reason(it, moved))
    }

    /// `8 / 3 = 2.67; 13 behind it via BL-7k3qd; waits for BL-2tfq3, unscored, at 27`
    fn reason(&self, it: &Scored<'_>, moved: &Move<'_>) -> String {
        let mut reasons = vec![self.scoring.arithmetic(&it.values, &it.worth)];
        let Behind { weight, n_items, via } = &it.behind;
        if let Some(first) = via.first() {
            let more = match n_items - 1 {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            reasons.push(format!("{} behind it via {first}{more}", short(*weight)));
        }
        reasons.extend(moved.held.map(|held| self.waits(held)));
        reasons.join("; ")
    }

    fn waits(&self, Held { by, at }: Held<'_>) -> String {
        let kept = self.proposal.kept.iter().find(|(item, _)| std::ptr::eq(*item, by));
        let why = match kept.map(|(_, kept)| kept) {
            None => "unscored".to_owned(),
            Some(Kept::Pinned(_)) => "pinned".to_owned(),
            Some(Kept::Sprint(sprint)) => format!("in the running sprint {sprint}"),
        };
        format!("waits for {}, {why}, at {at}", by.id())
    }

    fn notes(&self) -> Vec<String> {
        let it = self.proposal;
        let model = self.asked.map(|name| format!(" --model {name}")).unwrap_or_default();
        let mut notes = Vec::new();
        match it.moves.len() {
            _ if self.table.scored.is_empty() => {
                let name = self.scoring.model.name;
                notes.push(format!("no open item has a score by {name}: nothing to move"));
            }
            0 if it.is_followed => {
                notes.push("the order follows the scores already: nothing to move".to_owned());
            }
            0 => {
                let places = counted(it.kept.len() + it.n_unscored, "fixed place");
                notes.push(format!("no better order was found that keeps {places}"));
            }
            n => {
                let cost = 100.0 * (it.cost_before - it.cost_after) / it.cost_before;
                let change = match it.cost_before > 0.0 {
                    true if cost >= 0.05 => format!("; the cost of delay falls by {cost:.1} %"),
                    true if cost <= -0.05 => {
                        format!("; the cost of delay rises by {:.1} %", -cost)
                    }
                    _ => String::new(),
                };
                let files = match it.keys.len() {
                    keys if keys == n => String::new(),
                    keys => format!(" in {}", counted(keys, "file")),
                };
                notes.push(format!("{}{files}{change}", counted(n, "move")));
            }
        }
        for (item, kept) in &it.kept {
            notes.push(format!("{} keeps its place: {}", item.id(), why_kept(kept)));
        }
        if it.n_unscored > 0 {
            let verb = if it.n_unscored == 1 { "keeps its place" } else { "keep their places" };
            let count = counted(it.n_unscored, "item");
            notes.push(format!("{count} without a score {verb}; see: git backlog score{model}"));
        }
        if !it.moves.is_empty() {
            notes.push(format!("write it with: git backlog rank --by score{model} --write -m WHY"));
        }
        notes
    }
}

fn why_kept(kept: &Kept) -> String {
    match kept {
        Kept::Pinned(why) => format!("pinned, {why}"),
        Kept::Sprint(sprint) => format!("in the running sprint {sprint}"),
    }
}
