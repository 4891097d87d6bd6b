//! A link leads to something that was dropped.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::Category;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "LK003",
    name: "dropped-target",
    summary: "An open item hangs on something that was dropped",
    why: "What was rejected will not be done, so an item that waits for it waits for ever, and one that serves an abandoned goal serves nothing.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mdbb\n\
          depends_on: [BL-9qqrt]\n\
          ---\n\
          %% items/BL-9qqrt-orders-by-address.md\n\
          ---\n\
          id: BL-9qqrt\n\
          title: Orders belong to an address\n\
          type: task\n\
          status: rejected\n\
          rank: mbbb\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mdbb\n\
           ---\n\
           %% items/BL-9qqrt-orders-by-address.md\n\
           ---\n\
           id: BL-9qqrt\n\
           title: Orders belong to an address\n\
           type: task\n\
           status: rejected\n\
           rank: mbbb\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

/// The fields that say what a document hangs on. A decision not to do something shapes an item as
/// well as one to do it, so `decisions` is not among them.
const FIELDS: [&str; 7] =
    ["depends_on", "parent", "goal", "sprint", "release", "evidence", "metric"];

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !at.backlog.category(entry).is_open() {
        return;
    }
    for field in FIELDS {
        for (span, target) in at.targets(entry, field) {
            if at.backlog.category(target) != Category::Dropped {
                continue;
            }
            let message = format!("{field}: {} is {}", target.id(), target.status());
            let hint =
                format!("remove it: git backlog set {} {field}-={}", entry.id(), target.id());
            reports.push(Report::at(entry, span, message).hint(hint));
        }
    }
}
