//! Nothing but tests as criteria.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;
use crate::domain::wording::{Class, Kind, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC011",
    name: "tests-only",
    summary: "All criteria of an item say that checks pass, none what they check",
    why: "That tests pass holds for every item and belongs to the Definition of Done (Scrum Guide 2020). Criteria tell the product owner what this item changes.",
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
          - [ ] All tests pass.\n\
          - [ ] CI is green.\n",
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
           - [ ] All tests pass.\n",
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !entry.kind.is_ranked() || !at.backlog.category(entry).is_open() {
        return;
    }
    let list = &subject.criteria().list;
    let are_checks =
        list.iter().zip(subject.prose()).all(|(it, prose)| !it.is_scenario() && is_check(prose));
    let Some(Criterion { span, .. }) = list.first().filter(|_| are_checks) else { return };
    let message = "the criteria say that checks pass, and nothing about what the item changes";
    let hint = "move it to the Definition of Done, and write what somebody can see";
    reports.push(Report::at(entry, *span, message).hint(hint));
}

/// Whether a criterion says that tests, a build or the like pass, and nothing else.
fn is_check(prose: &Prose<'_>) -> bool {
    const SUBJECTS: &[&str] = &[
        "test",
        "tests",
        "suite",
        "specs",
        "ci",
        "build",
        "lint",
        "linter",
        "typecheck",
        "compiles",
    ];
    let are_words =
        prose.tokens.iter().all(|token| token.kind != Kind::Word || token.is(Class::Checks));
    are_words && (0..prose.tokens.len()).any(|at| prose.is_one_of(at, SUBJECTS))
}
