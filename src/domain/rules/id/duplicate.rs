//! Two documents have one id.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ID002",
    name: "duplicate-id",
    summary: "Two documents have one id",
    why: "Every link to the id means one of the two, and nobody can say which. Both are read-only until one has another id.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          %% items/BL-7k3qd-pay-by-invoice.md\n\
          ---\n\
          id: BL-7k3qd\n\
          title: Pay by invoice\n\
          type: task\n\
          status: ready\n\
          rank: mbbc\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           %% items/BL-9qqrt-pay-by-invoice.md\n\
           ---\n\
           id: BL-9qqrt\n\
           title: Pay by invoice\n\
           type: task\n\
           status: ready\n\
           rank: mbbc\n\
           ---\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    for group in at.backlog.duplicates() {
        let paths: Vec<&str> = group.iter().map(|entry| entry.path()).collect();
        for entry in &group {
            let others: Vec<&str> =
                paths.iter().copied().filter(|path| *path != entry.path()).collect();
            let message = format!("{} is also the id of {}", entry.id(), others.join(", "));
            let hint = "give one of them a new id and file name, and mend the links to it";
            reports.push(Report::at_field(entry, "id", message).hint(hint));
        }
    }
}
