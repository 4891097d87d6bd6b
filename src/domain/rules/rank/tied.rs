//! Two open items have one rank.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RK003",
    name: "tied-rank",
    summary: "Two open items have the same rank",
    why: "The Product Backlog is an ordered list (Scrum Guide 2020). Between two items with one rank the id decides, and nobody chose it.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          %% items/BL-9qqrt-orders-by-address.md\n\
          ---\n\
          id: BL-9qqrt\n\
          title: Orders belong to an address\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           %% items/BL-9qqrt-orders-by-address.md\n\
           ---\n\
           id: BL-9qqrt\n\
           title: Orders belong to an address\n\
           type: task\n\
           status: ready\n\
           rank: mcbb\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let items: Vec<&Entry> = at.backlog.open_items().filter(|item| item.rank().is_some()).collect();
    for pair in items.windows(2).filter(|pair| pair[0].rank() == pair[1].rank()) {
        let message = format!("{} has the same rank", pair[0].id());
        let hint = format!(
            "say which is first: git backlog rank {} --after {}",
            pair[1].id(),
            pair[0].id()
        );
        reports.push(Report::at_field(pair[1], "rank", message).hint(hint));
    }
}
