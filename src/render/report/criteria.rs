//! The acceptance criteria of one item.

use serde_json::{Value, json};

use super::values;
use crate::domain::config::Config;
use crate::domain::criteria::Criterion;
use crate::domain::entry::Entry;
use crate::domain::note::one_line;
use crate::render::block::{Block, Cell, Column, Table, Tone};
use crate::render::{Format, View};

/// The criteria of `entry`.
pub struct CriteriaView<'a> {
    /// The item.
    pub entry: &'a Entry,
    /// The settings, which name the sections.
    pub config: &'a Config,
}

impl View for CriteriaView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        vec![values::heading(self.entry), list(self.entry, self.config)]
    }

    fn json(&self) -> Value {
        let criteria = self.entry.criteria(self.config).list;
        let list: Vec<Value> = criteria.iter().map(criterion).collect();
        json!({ "id": self.entry.id(), "title": self.entry.title(), "criteria": list })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("criteria")
    }

    fn formats(&self) -> &'static [Format] {
        Format::DATA
    }
}

/// The criteria of an item in a table.
pub(super) fn list(entry: &Entry, config: &Config) -> Block<'static> {
    let criteria = entry.criteria(config).list;
    if criteria.is_empty() {
        return Block::text(Cell::dim("no acceptance criteria"));
    }
    let columns = [Column::whole("#").right(), Column::whole("met"), Column::shrink("criterion")];
    let mut table = Table::new(columns).wrapped();
    for criterion in &criteria {
        let id = criterion.id.as_ref().map(|id| format!("  ^{id}")).unwrap_or_default();
        let (mark, tone) = match criterion.checked {
            Some(true) => ("[x]", Tone::Good),
            Some(false) => ("[ ]", Tone::Plain),
            None => ("-", Tone::Dim),
        };
        let text = one_line(&criterion.text) + &id;
        table.push([Cell::dim(criterion.ordinal.to_string()), Cell::new(mark, tone), text.into()]);
    }
    Block::Table(table)
}

/// A criterion as JSON.
pub(super) fn criterion(criterion: &Criterion) -> Value {
    json!({
        "number": criterion.ordinal,
        "id": criterion.id,
        "met": criterion.checked,
        "text": criterion.text,
    })
}
