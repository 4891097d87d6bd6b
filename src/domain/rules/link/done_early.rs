//! A part of something done is open.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::Category;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "LK005",
    name: "epic-done-early",
    summary: "An item is done, and a part of it is still open",
    why: "What is done meets the Definition of Done as a whole (Scrum Guide 2020). Either the part is not needed, or the whole is not done.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: epic\n\
          status: done\n\
          ---\n\
          %% items/BL-9qqrt-orders-by-address.md\n\
          ---\n\
          id: BL-9qqrt\n\
          title: Orders belong to an address\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          parent: BL-7k3qd\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: epic\n\
           status: in-progress\n\
           rank: mbbb\n\
           ---\n\
           %% items/BL-9qqrt-orders-by-address.md\n\
           ---\n\
           id: BL-9qqrt\n\
           title: Orders belong to an address\n\
           type: task\n\
           status: ready\n\
           rank: mcbb\n\
           parent: BL-7k3qd\n\
           ---\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    for item in at.backlog.open_items() {
        for (_, parent) in at.targets(item, "parent") {
            if !parent.kind.is_ranked() || at.backlog.category(parent) != Category::Done {
                continue;
            }
            let (id, whole) = (item.id(), parent.id());
            let message = format!("{whole} is done, and {id} is a part of it and open");
            let hint = format!("finish or reject {id}, give it another parent, or reopen {whole}");
            reports.push(Report::at_field(parent, "status", message).hint(hint));
        }
    }
}
