//! A reading is of a day to come.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::readings;
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "MT004",
    name: "reading-to-come",
    summary: "A reading is of a day that has not come",
    why: "The last reading counts as the number of today, in the metric and in each goal that it shows. A slip in a year would stand for it until that year.",
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
          | 2062-11-08 | 39.5 | |\n",
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

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let (entry, Some(table)) = (subject.entry, readings(subject)) else { return };
    for row in &table.rows {
        let Ok(reading) = &row.reading else { continue };
        if reading.date > at.today {
            let message = format!("the reading of {} is of a day to come", reading.date);
            reports.push(Report::at(entry, row.span, message).hint("put the day right"));
        }
    }
}
