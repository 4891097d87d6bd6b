//! A day has two readings.

use std::collections::BTreeSet;

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::readings;
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "MT003",
    name: "two-readings-of-a-day",
    summary: "A day has two readings",
    why: "Nobody knows which of the two counts. The last row is taken, and the other one may be the right one.",
    bad: "%% metrics/METRIC-orders.md\n\
          ---\n\
          id: METRIC-orders\n\
          title: Orders per 100 baskets\n\
          status: active\n\
          ---\n\
          \n\
          | date | value | note |\n\
          | --- | --- | --- |\n\
          | 2026-11-01 | 41 | |\n\
          | 2026-11-01 | 39.5 | |\n",
    good: "%% metrics/METRIC-orders.md\n\
           ---\n\
           id: METRIC-orders\n\
           title: Orders per 100 baskets\n\
           status: active\n\
           ---\n\
           \n\
           | date | value | note |\n\
           | --- | --- | --- |\n\
           | 2026-11-01 | 41 | |\n\
           | 2026-11-08 | 39.5 | |\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(_: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let (entry, Some(table)) = (subject.entry, readings(subject)) else { return };
    let mut days = BTreeSet::new();
    for row in &table.rows {
        let Ok(reading) = &row.reading else { continue };
        if !days.insert(reading.date) {
            let message = format!("a second reading of {}", reading.date);
            reports.push(Report::at(entry, row.span, message).hint("keep the one that is right"));
        }
    }
}
