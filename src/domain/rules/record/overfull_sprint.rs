//! A sprint holds more than fits.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use std::collections::BTreeMap;

use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::kind::{Category, SPRINT};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC006",
    name: "sprint-overfull",
    summary: "The items of a sprint have more effort than its capacity",
    why: "Developers forecast what they can finish; a plan over the capacity is a wish, and what slips is decided by chance.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          effort: 5\n\
          sprint: 2026-24\n\
          ---\n\
          %% items/BL-9qqrt-orders-by-address.md\n\
          ---\n\
          id: BL-9qqrt\n\
          title: Orders belong to an address\n\
          type: task\n\
          status: ready\n\
          rank: mcbb\n\
          effort: 5\n\
          sprint: 2026-24\n\
          ---\n\
          %% sprints/2026-24.md\n\
          ---\n\
          id: 2026-24\n\
          title: Sprint 24\n\
          status: active\n\
          start: 2026-11-16\n\
          end: 2026-11-27\n\
          capacity: 8\n\
          goal: A guest can pay\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           effort: 5\n\
           sprint: 2026-24\n\
           ---\n\
           %% sprints/2026-24.md\n\
           ---\n\
           id: 2026-24\n\
           title: Sprint 24\n\
           status: active\n\
           start: 2026-11-16\n\
           end: 2026-11-27\n\
           capacity: 8\n\
           goal: A guest can pay\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let mut planned: BTreeMap<&str, f64> = BTreeMap::new();
    for item in at.backlog.items().filter(|it| at.backlog.category(it) != Category::Dropped) {
        let Some((_, sprint)) = at.targets(item, "sprint").first().copied() else { continue };
        // What is planned as a part of its parent is not planned twice.
        let holds = |whole: &Entry| {
            whole.number("effort").is_some()
                && at.targets(whole, "sprint").iter().any(|(_, it)| *it == sprint)
        };
        if !at.targets(item, "parent").iter().any(|(_, whole)| holds(whole)) {
            *planned.entry(sprint.path()).or_default() += item.number("effort").unwrap_or(0.0);
        }
    }
    for sprint in at.backlog.of_kind(&SPRINT).filter(|it| at.backlog.category(it).is_open()) {
        let planned = planned.get(sprint.path()).copied().unwrap_or_default();
        let Some(capacity) = sprint.number("capacity").filter(|it| planned > *it) else { continue };
        let hint = format!("{planned} planned, {capacity} fit");
        reports.push(Report::at_field(sprint, "capacity", "more is planned than fits").hint(hint));
    }
}
