//! How an item may be split: its criteria, and the known ways.

use serde_json::{Value, json};

use super::criteria::{self, criterion};
use super::values;
use crate::domain::config::Config;
use crate::domain::entry::Entry;
use crate::domain::split::PATTERNS;
use crate::render::block::{Block, Cell, Line};
use crate::render::{Format, View};

/// The ways to split an item.
pub struct SplitView<'a> {
    /// The item.
    pub item: &'a Entry,
    /// The settings, which name the sections with criteria.
    pub config: &'a Config,
}

impl View for SplitView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = vec![values::heading(self.item), criteria::list(self.item, self.config)];
        blocks.push(Block::Blank);
        let ways = PATTERNS.iter().map(|it| {
            let line = Line::from(it.ask).then(Cell::dim(format!(" ({})", it.example)));
            (it.name.into(), line)
        });
        blocks.push(Block::Fields(ways.collect()));
        blocks.push(Block::Blank);
        let next = format!("git backlog split {} --by TITLE --criteria 1,2:1", self.item.id());
        blocks.push(Block::text(Line::from("Then: ").then(next)));
        blocks
    }

    fn json(&self) -> Value {
        let criteria: Vec<Value> =
            self.item.criteria(self.config).list.iter().map(criterion).collect();
        let ways = PATTERNS
            .iter()
            .map(|it| json!({ "name": it.name, "ask": it.ask, "example": it.example }));
        json!({
            "id": self.item.id(),
            "title": self.item.title(),
            "criteria": criteria,
            "patterns": ways.collect::<Vec<_>>(),
        })
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}
