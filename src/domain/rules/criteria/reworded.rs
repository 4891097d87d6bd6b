//! A criterion says something else than it said.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria;
use crate::domain::finding::{Report, excerpt};
use crate::domain::kind::Category;
use crate::domain::policy;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC024",
    name: "reworded-criterion",
    summary: "A criterion of a story that is ready says something else",
    why: "A number or a word in a criterion is the scope. Who has planned with the old one, and who reviews the change, should see both (Scrum Guide 2020: scope is negotiated with the Product Owner).",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: story\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          \n\
          As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
          \n\
          ## Acceptance criteria\n\
          \n\
          - [ ] A guest reaches payment in one step.\n\
          - [ ] The payment step takes at most 8000 ms.\n\
          - [ ] An expired card is refused.\n\
          %% base items/BL-7k3qd-guest-checkout.md\n\
          ---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: story\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          \n\
          As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
          \n\
          ## Acceptance criteria\n\
          \n\
          - [ ] A guest reaches payment in one step.\n\
          - [ ] The payment step takes at most 800 ms.\n\
          - [ ] An expired card is refused.\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: story\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           \n\
           As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
           \n\
           ## Acceptance criteria\n\
           \n\
           - [ ] A guest reaches payment in one step.\n\
           - [ ] The payment step takes at most 800 ms.\n\
           - [ ] An expired card is refused.\n\
           %% base items/BL-7k3qd-guest-checkout.md\n\
           ---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: story\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           \n\
           As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
           \n\
           ## Acceptance criteria\n\
           \n\
           - [ ] A guest reaches payment in one step.\n\
           - [ ] The payment step takes at most 800 ms.\n\
           - [ ] An expired card is refused.\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let Some((before, base)) = at.before(entry) else { return };
    let is_open = entry.category(at.config) != Category::Dropped;
    // In a running sprint a rule of its own tells of it.
    if !is_open || !base.is_ready(before) || policy::is_in_running_sprint(base.backlog, before) {
        return;
    }
    let old = before.criteria(at.config);
    for (before, after) in criteria::compare(&old, subject.criteria()).reworded {
        let message = format!("it said '{}'", excerpt(&before.text));
        let hint = "agree on it with whoever planned with the old words";
        reports.push(Report::at(entry, after.span, message).hint(hint));
    }
}
