//! A change gives no reason.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::policy;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "PO002",
    name: "change-without-reason",
    summary: "A change that asks for a reason has none",
    why: "Decisions are visible in the ordering of the Product Backlog (Scrum Guide 2020), and half a year later only the reason tells whether a decision still holds.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          %% config.yml\n\
          policy: {reason: [rank]}\n\
          %% base items/BL-7k3qd-guest-checkout.md\n\
          ---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mcbb\n\
          ---\n\
          %% base config.yml\n\
          policy: {reason: [rank]}\n\
          %% by mira@example.org: backlog: rank BL-7k3qd 7 → 1\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           %% config.yml\n\
           policy: {reason: [rank]}\n\
           %% base items/BL-7k3qd-guest-checkout.md\n\
           ---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mcbb\n\
           ---\n\
           %% base config.yml\n\
           policy: {reason: [rank]}\n\
           %% by mira@example.org: Guests first, three interviews say so\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let Some(since) = at.since else { return };
    // What is not committed yet can still be given a reason.
    let committed = since.steps.iter().filter(|step| !step.message.is_empty());
    for step in committed.filter(|step| policy::reason(&step.message).is_none()) {
        for change in policy::changes(step) {
            let asked = at.config.policy.reason.iter();
            for field in asked.filter(|field| change.touches(field, at.config)) {
                let message = format!("{field} was changed without a reason");
                let hint = "say why in the message of the commit: git commit --amend";
                reports.push(at.report_change(&change, field, message).hint(hint));
            }
        }
    }
}
