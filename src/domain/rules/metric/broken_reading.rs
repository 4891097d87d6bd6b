//! A reading cannot be read.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::readings;
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "MT001",
    name: "unreadable-reading",
    summary: "A reading has no day or no number",
    why: "A trend that leaves out a week without a word is worse than none. Numbers are written with a point and without their unit, which stands in the record.",
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
          | 2026-11-08 | 39,5 | |\n",
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
    for (span, problem) in table.broken() {
        reports.push(Report::at(entry, span, format!("a reading cannot be read: {problem}")));
    }
}
