//! Several Product Goals are pursued at once.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::kind::{Category, GOAL};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC009",
    name: "several-product-goals",
    summary: "More than one goal at the top is active",
    why: "The Product Goal is the long-term objective for the Scrum Team; one has to be fulfilled or abandoned before the next is taken on (Scrum Guide 2020). Goals under it name it as their parent.",
    bad: "%% goals/GOAL-a.md\n\
          ---\n\
          id: GOAL-a\n\
          title: More households\n\
          status: active\n\
          metric: METRIC-orders\n\
          target: 60\n\
          by: 2026-12-18\n\
          ---\n\
          %% goals/GOAL-b.md\n\
          ---\n\
          id: GOAL-b\n\
          title: Less waste\n\
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
    good: "%% goals/GOAL-a.md\n\
           ---\n\
           id: GOAL-a\n\
           title: More households\n\
           status: active\n\
           metric: METRIC-orders\n\
           target: 60\n\
           by: 2026-12-18\n\
           ---\n\
           %% goals/GOAL-b.md\n\
           ---\n\
           id: GOAL-b\n\
           title: Less waste\n\
           status: proposed\n\
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
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let is_active = |goal: &&Entry| at.backlog.category(goal) == Category::Doing;
    let is_top = |goal: &&Entry| goal.links("parent").is_empty();
    let top: Vec<&Entry> = at.backlog.of_kind(&GOAL).filter(is_active).filter(is_top).collect();
    // The one that product.md names, if it does.
    let named = at.backlog.product().and_then(|product| at.targets(product, "goal").pop());
    let named = named.map(|(_, goal)| goal).filter(|goal| top.contains(goal));
    let Some(first) = named.or_else(|| top.first().copied()) else { return };
    for goal in top.iter().filter(|goal| **goal != first) {
        let message = format!("{} is an active goal without a parent too", first.id());
        let hint = "make one of them the parent of the other, or take them on one after the other";
        reports.push(Report::at_field(goal, "status", message).hint(hint));
    }
}
