//! Readings are out of order.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::readings;
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::reading::{Reading, Row};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "MT002",
    name: "readings-out-of-order",
    summary: "A reading stands below a later one",
    why: "People read the last row as the newest. A program sorts them, and shows another number than the one that people see.",
    bad: "%% metrics/METRIC-orders.md\n\
          ---\n\
          id: METRIC-orders\n\
          title: Orders per 100 baskets\n\
          status: active\n\
          ---\n\
          \n\
          | date | value | note |\n\
          | --- | --- | --- |\n\
          | 2026-11-08 | 39.5 | |\n\
          | 2026-11-01 | 41 | |\n",
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
    let readings = table.rows.iter().filter_map(of_row);
    let mut newest: Option<&Reading> = None;
    for (row, reading) in readings {
        match newest.filter(|it| it.date > reading.date) {
            Some(above) => {
                let message =
                    format!("the reading of {} stands below that of {}", reading.date, above.date);
                reports.push(
                    Report::at(entry, row.span, message)
                        .hint("put the rows in the order of their days"),
                );
            }
            None => newest = Some(reading),
        }
    }
}

/// A row with its reading, if it can be read.
fn of_row(row: &Row) -> Option<(&Row, &Reading)> {
    Some((row, row.reading.as_ref().ok()?))
}
