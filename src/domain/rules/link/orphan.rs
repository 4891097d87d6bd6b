//! An item serves no goal.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::kind::GOAL;
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "LK006",
    name: "orphan",
    summary: "An open item serves no goal, neither itself nor through its parent",
    why: "The Product Backlog emerges to define what will fulfil the Product Goal (Scrum Guide 2020). Of an item without a goal nobody can say what it is for. It speaks only where the backlog has an open goal.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          %% goals/GOAL-activation.md\n\
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
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           goal: GOAL-activation\n\
           ---\n\
           %% goals/GOAL-activation.md\n\
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
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

/// How many parents are asked; a longer way is a circle.
const MAX_DEPTH: usize = 32;

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    if !at.backlog.of_kind(&GOAL).any(|goal| at.backlog.category(goal).is_open()) {
        return;
    }
    for item in at.backlog.open_items().filter(|item| !serves_goal(at, item)) {
        let hint = format!("git backlog set {} goal=…", item.id());
        reports.push(Report::at(item, Span::default(), "it serves no goal").hint(hint));
    }
}

fn serves_goal(at: &Inspection<'_>, item: &Entry) -> bool {
    let parent = |item: &&Entry| at.targets(item, "parent").first().map(|(_, parent)| *parent);
    let mut above = std::iter::successors(Some(item), parent).take(MAX_DEPTH);
    above.any(|item| item.text("goal").is_some())
}
