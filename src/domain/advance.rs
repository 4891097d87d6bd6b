//! How far a goal has come: its metric between the baseline and the target.

use super::backlog::Backlog;
use super::date::{self, Date};
use super::entry::{self, Entry};
use super::table::tables;

/// A reading of a metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// The day.
    pub day: Date,
    /// The number, in the unit of the metric.
    pub value: f64,
}

/// How far a goal has come.
#[derive(Clone, Debug, Default)]
pub struct Advance<'a> {
    /// The metric that it names, if there is one.
    pub metric: Option<&'a Entry>,
    /// The value at the start.
    pub baseline: Option<f64>,
    /// The newest reading.
    pub now: Option<Reading>,
    /// The value that is wanted: that of the goal, or else of its metric.
    pub target: Option<f64>,
    /// The way that is behind, as a part of the whole: 0 at the baseline, 1 at the target, below 0
    /// where things have become worse. `None` if one of the three numbers is missing.
    pub share: Option<f64>,
}

/// How far `goal` has come, by the metric that it names.
pub fn of_goal<'a>(backlog: &'a Backlog, goal: &Entry) -> Advance<'a> {
    let metric = goal.links("metric").first().and_then(|id| backlog.called(id));
    let target =
        goal.number("target").or_else(|| metric.and_then(|metric| metric.number("target")));
    let (baseline, now) = (goal.number("baseline"), metric.and_then(newest));
    let share = match (baseline, now, target) {
        (Some(from), Some(now), Some(to)) if from != to => Some((now.value - from) / (to - from)),
        _ => None,
    };
    Advance { metric, baseline, now, target, share }
}

/// The newest reading of a metric. Rows without a day or a number are no readings; of two on one
/// day the lower one in the table counts.
pub fn newest(metric: &Entry) -> Option<Reading> {
    let mut newest: Option<Reading> = None;
    for table in tables(metric.document.body()) {
        let (Some(day), Some(value)) =
            (table.column(&["date", "day"]), table.column(&["value", "reading"]))
        else {
            continue;
        };
        for row in &table.rows {
            let (day, value) = (date::parse(row.text(day)), entry::number(row.text(value)));
            let (Some(day), Some(value)) = (day, value) else { continue };
            if newest.is_none_or(|it| it.day <= day) {
                newest = Some(Reading { day, value });
            }
        }
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;

    #[test]
    fn the_way_from_the_baseline_to_the_target() {
        let share = |baseline: &str, target: &str, table: &str| {
            let file = |path: &str, text: String| SourceFile { path: path.into(), text: Ok(text) };
            let goal = format!(
                "---\nid: GOAL-a\ntitle: A\nmetric: METRIC-a\nbaseline: {baseline}\ntarget: {target}\n---\n"
            );
            let metric = format!(
                "---\nid: METRIC-a\ntitle: M\n---\n\n| date | value |\n| --- | --- |\n{table}"
            );
            let backlog = Backlog::parse(vec![
                file("goals/GOAL-a.md", goal),
                file("metrics/METRIC-a.md", metric),
            ]);
            of_goal(&backlog, backlog.called("GOAL-a").unwrap()).share
        };
        let readings = "| 2026-11-08 | 45 |\n| 2026-11-01 | 99 |\n| soon | 7 |\n";
        assert_eq!(share("40", "60", readings), Some(0.25));
        assert_eq!(share("10", "2", "| 2026-11-08 | 12 |\n"), Some(-0.25));
        assert_eq!(share("40", "40", readings), None);
        assert_eq!(share("", "60", readings), None);
        assert_eq!(share("40", "60", ""), None);
    }
}
