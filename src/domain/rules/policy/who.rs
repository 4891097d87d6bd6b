//! Somebody changed what another person answers for.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::backlog::Backlog;
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::history::Step;
use crate::domain::kind::Kind;
use crate::domain::policy::{self, Change};

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
        for change in policy::changes(step) {
            for (field, people) in protected(at, since.base, &change) {
                let may = people.is_empty() || policy::is_one_of(&step.author, &people);
                if !may && change.touches(&field, at.config) {
                    reports.push(report(at, step, &change, &field, &people));
                }
            }
        }
    }
}

/// The fields of an item that only some people may change, as the state before says it. Without
/// settings it is the product owner who changes ranks, and the criteria of items in a running
/// sprint.
fn protected(at: &Inspection<'_>, base: &Backlog, change: &Change) -> Vec<(String, Vec<String>)> {
    let fields = &at.config.policy.change;
    if !fields.0.is_empty() {
        let people = |words: &[String]| policy::people(words, base, at.config);
        return fields.iter().map(|(field, words)| (field.to_owned(), people(words))).collect();
    }
    let is_in_sprint = |item: &Entry| policy::is_in_running_sprint(base, item);
    let mut fields = Vec::new();
    if Kind::of_path(&change.path).is_some_and(Kind::is_ranked) {
        fields.push(("rank".to_owned(), policy::owners(base)));
        if base.with_id(&change.id).any(is_in_sprint) {
            fields.push((policy::CRITERIA.to_owned(), policy::owners(base)));
        }
    }
    fields
}

fn report(
    at: &Inspection<'_>,
    step: &Step,
    change: &Change,
    field: &str,
    people: &[String],
) -> Report {
    let author = match &*step.author {
        "" => "somebody without an address",
        author => author,
    };
    let hint = format!("it is for {} to change", people.join(", "));
    at.report_change(change, field, format!("{field} was changed by {author}")).hint(hint)
}
