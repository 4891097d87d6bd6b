//! A goal has no measurable target.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::GOAL;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC001",
    name: "goal-without-target",
    summary: "An open goal has no metric with a target, or no day",
    why: "A goal that nobody can measure cannot be fulfilled or abandoned, and the Product Goal has to be one of the two before the next is taken on (Scrum Guide 2020).",
    bad: "%% goals/GOAL-activation.md\n\
          ---\n\
          id: GOAL-activation\n\
          title: More orders\n\
          status: active\n\
          ---\n",
    good: "%% goals/GOAL-activation.md\n\
           ---\n\
           id: GOAL-activation\n\
           title: Who fills a basket also orders\n\
           status: active\n\
           metric: METRIC-orders\n\
           target: 60\n\
           by: 2026-12-18\n\
           ---\n\
           %% metrics/METRIC-orders.md\n\
           ---\n\
           id: METRIC-orders\n\
           title: Orders per 100 baskets\n\
           status: active\n\
           unit: orders\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !std::ptr::eq(entry.kind, &GOAL) || !at.backlog.category(entry).is_open() {
        return;
    }
    let has =
        |field: &str| entry.document.get(field).is_some_and(|it| !it.is_empty(subject.text()));
    let message = match (has("metric"), has("target"), has("by")) {
        (true, ..) | (_, true, true) => return,
        (_, true, false) => "a goal with a target, and no day",
        (_, false, true) => "a goal with a day, and no target",
        _ => "a goal without a metric or a target",
    };
    let hint = "say which number has to be where on which day: metric, or target and by";
    reports.push(Report::at_field(entry, "title", message).hint(hint));
}
