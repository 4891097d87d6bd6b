//! How often each rule found something.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::findings::{FindingsView, tone};
use crate::domain::config::Severity;
use crate::domain::finding::{Finding, Safety};
use crate::render::block::{Block, Cell, Column, Table};
use crate::render::{Format, View};

/// The findings in a backlog, counted.
pub struct StatisticsView<'a>(pub &'a FindingsView<'a>);

/// The findings of one rule that are of one severity.
struct Count {
    code: &'static str,
    name: &'static str,
    severity: Severity,
    count: usize,
    /// How many of them `--fix` mends.
    safe: usize,
    /// How many of them `--unsafe-fixes` mends beside these.
    unsafe_: usize,
}

impl StatisticsView<'_> {
    /// By count, the largest first, then by code.
    fn counts(&self) -> Vec<Count> {
        let mut groups: BTreeMap<(&str, Reverse<Severity>), Vec<&Finding>> = BTreeMap::new();
        for finding in self.0.findings {
            groups.entry((finding.code, Reverse(finding.severity))).or_default().push(finding);
        }
        let mut counts: Vec<Count> = groups.values().map(|group| Count::of(group)).collect();
        counts.sort_by_key(|it| (Reverse(it.count), it.code, Reverse(it.severity)));
        counts
    }
}

impl Count {
    /// Counts a group that is not empty.
    fn of(group: &[&Finding]) -> Self {
        let fixes = |safety| {
            let fixes = group.iter().filter_map(|finding| finding.fix.as_ref());
            fixes.filter(|fix| fix.safety == safety).count()
        };
        Self {
            code: group[0].code,
            name: group[0].name,
            severity: group[0].severity,
            count: group.len(),
            safe: fixes(Safety::Safe),
            unsafe_: fixes(Safety::Unsafe),
        }
    }
}

impl View for StatisticsView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = self.rows();
        if self.0.findings.is_empty() {
            blocks.clear();
        }
        blocks.push(Block::text(self.0.summary()));
        blocks
    }

    fn rows(&self) -> Vec<Block<'_>> {
        let mut table = Table::new([
            Column::whole("count").right(),
            Column::whole("code"),
            Column::whole("severity"),
            Column::whole("fixable").right(),
            Column::whole("unsafely").keyed("fixable_unsafe").right(),
            Column::whole("name"),
        ]);
        for it in self.counts() {
            table.push([
                it.count.to_string().into(),
                Cell::id(it.code),
                Cell::new(it.severity.word(), tone(it.severity)),
                it.safe.to_string().into(),
                it.unsafe_.to_string().into(),
                it.name.into(),
            ]);
        }
        vec![Block::Table(table)]
    }

    fn json(&self) -> Value {
        let count = |it: &Count| {
            json!({
                "code": it.code,
                "name": it.name,
                "severity": it.severity.word(),
                "count": it.count,
                "fixable": it.safe,
                "fixable_unsafe": it.unsafe_,
            })
        };
        let rules: Vec<Value> = self.counts().iter().map(count).collect();
        json!({
            "documents": self.0.documents.len(),
            "findings": self.0.findings.len(),
            "rules": rules,
        })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("rules")
    }

    fn formats(&self) -> &'static [Format] {
        Format::DATA
    }
}
