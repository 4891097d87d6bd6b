//! Somebody changed what another person answers for.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::policy::{self, Trespass};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "PO001",
    name: "unauthorised-change",
    summary: "Somebody changed what the policy leaves to others",
    why: "The Product Owner is one person, and those who want to change the Product Backlog convince that person (Scrum Guide 2020). The author of a commit is what Git says it is, so this helps people who are honest.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          %% product.md\n\
          ---\n\
          id: product\n\
          title: Korb\n\
          owner: mira@example.org\n\
          ---\n\
          %% base items/BL-7k3qd-guest-checkout.md\n\
          ---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mcbb\n\
          ---\n\
          %% base product.md\n\
          ---\n\
          id: product\n\
          title: Korb\n\
          owner: mira@example.org\n\
          ---\n\
          %% by max@example.org: Guests first\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           %% product.md\n\
           ---\n\
           id: product\n\
           title: Korb\n\
           owner: mira@example.org\n\
           ---\n\
           %% base items/BL-7k3qd-guest-checkout.md\n\
           ---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mcbb\n\
           ---\n\
           %% base product.md\n\
           ---\n\
           id: product\n\
           title: Korb\n\
           owner: mira@example.org\n\
           ---\n\
           %% by mira@example.org: Guests first\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let Some(since) = at.since else { return };
    for step in since.steps {
        let trespasses = policy::trespasses(step, since.base, at.config);
        reports.extend(trespasses.iter().map(|it| report(at, &step.author, it)));
    }
}

fn report(at: &Inspection<'_>, author: &str, trespass: &Trespass) -> Report {
    let Trespass { change, field, people } = trespass;
    let message = format!("{field} was changed by {}", policy::named(author));
    let hint = format!("it is for {} to change", people.join(", "));
    at.report_change(change, field, message).hint(hint)
}
