//! A ready item is too large for a sprint.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::backlog::Backlog;
use crate::domain::config::{Config, Severity};
use crate::domain::finding::Report;
use crate::domain::kind::{Category, SPRINT};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RD003",
    name: "oversized",
    summary: "An item that counts as ready has more effort than one sprint takes",
    why: "Items that can be Done by the Scrum Team within one Sprint are deemed ready for selection (Scrum Guide 2020). The limit is ready.max_effort, or the capacity of the running sprint.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          effort: 21\n\
          ---\n\
          %% config.yml\n\
          ready: {max_effort: 8}\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           effort: 8\n\
           ---\n\
           %% config.yml\n\
           ready: {max_effort: 8}\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let Some(limit) = largest(at.backlog, at.config) else { return };
    for item in at.backlog.open_items().filter(|item| at.is_ready(item)) {
        // An epic is the sum of its parts, and is never taken into a sprint as a whole.
        let is_over = item.number("effort").is_some_and(|effort| effort > limit);
        if is_over && item.item_type() != "epic" {
            let hint =
                format!("at most {limit} fit; cut it by paths, rules or data, or by a spike first");
            let message = "it is too large for a sprint";
            reports.push(Report::at_field(item, "effort", message).hint(hint));
        }
    }
}

/// The most effort that an item may have: what the Definition of Ready says, or what the running sprint
/// holds.
pub fn largest(backlog: &Backlog, config: &Config) -> Option<f64> {
    let mut sprints = backlog.of_kind(&SPRINT);
    let capacity = || {
        let running = sprints.find(|it| backlog.category(it) == Category::Doing);
        running.and_then(|sprint| sprint.number("capacity"))
    };
    config.ready.max_effort.or_else(capacity)
}
