//! Criteria changed after the sprint began.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria;
use crate::domain::finding::{Report, excerpt};
use crate::domain::policy;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC021",
    name: "changed-in-sprint",
    summary: "A criterion was added or reworded after the sprint began",
    why: "During the Sprint no changes are made that would endanger the Sprint Goal (Scrum Guide 2020); a criterion that comes later is new scope.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: story\n\
          status: ready\n\
          rank: mbbb\n\
          sprint: 2026-24\n\
          ---\n\
          \n\
          As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
          \n\
          ## Acceptance criteria\n\
          \n\
          - [ ] A guest reaches payment in one step.\n\
          - [ ] The card of a guest is never stored.\n\
          %% sprints/2026-24.md\n\
          ---\n\
          id: 2026-24\n\
          title: Sprint 24\n\
          created: 2026-11-13\n\
          status: active\n\
          start: 2026-11-16\n\
          end: 2026-11-27\n\
          capacity: 18\n\
          goal: A guest can pay\n\
          ---\n\
          %% base items/BL-7k3qd-guest-checkout.md\n\
          ---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: story\n\
          status: ready\n\
          rank: mbbb\n\
          sprint: 2026-24\n\
          ---\n\
          \n\
          As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
          \n\
          ## Acceptance criteria\n\
          \n\
          - [ ] A guest reaches payment in one step.\n\
          %% base sprints/2026-24.md\n\
          ---\n\
          id: 2026-24\n\
          title: Sprint 24\n\
          created: 2026-11-13\n\
          status: active\n\
          start: 2026-11-16\n\
          end: 2026-11-27\n\
          capacity: 18\n\
          goal: A guest can pay\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: story\n\
           status: ready\n\
           rank: mbbb\n\
           sprint: 2026-24\n\
           ---\n\
           \n\
           As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
           \n\
           ## Acceptance criteria\n\
           \n\
           - [ ] A guest reaches payment in one step.\n\
           - [ ] The card of a guest is never stored.\n\
           %% sprints/2026-24.md\n\
           ---\n\
           id: 2026-24\n\
           title: Sprint 24\n\
           created: 2026-11-13\n\
           status: active\n\
           start: 2026-11-16\n\
           end: 2026-11-27\n\
           capacity: 18\n\
           goal: A guest can pay\n\
           ---\n\
           %% base items/BL-7k3qd-guest-checkout.md\n\
           ---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: story\n\
           status: ready\n\
           rank: mbbb\n\
           sprint: 2026-24\n\
           ---\n\
           \n\
           As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
           \n\
           ## Acceptance criteria\n\
           \n\
           - [ ] A guest reaches payment in one step.\n\
           - [ ] The card of a guest is never stored.\n\
           %% base sprints/2026-24.md\n\
           ---\n\
           id: 2026-24\n\
           title: Sprint 24\n\
           created: 2026-11-13\n\
           status: active\n\
           start: 2026-11-16\n\
           end: 2026-11-27\n\
           capacity: 18\n\
           goal: A guest can pay\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let Some((before, base)) = at.before(entry) else { return };
    let was_in = policy::is_in_running_sprint(base.backlog, before);
    if !was_in || !policy::is_in_running_sprint(at.backlog, entry) {
        return;
    }
    let old = before.criteria(at.config);
    let comparison = criteria::compare(&old, subject.criteria());
    let hint = "leave it to the next sprint, or agree on it with the team and say so";
    for criterion in comparison.added {
        let message = format!("'{}' was added after the sprint began", excerpt(&criterion.text));
        reports.push(Report::at(entry, criterion.span, message).hint(hint));
    }
    for (before, after) in comparison.reworded {
        let message = format!("'{}' was reworded after the sprint began", excerpt(&before.text));
        reports.push(Report::at(entry, after.span, message).hint(hint));
    }
}
