//! Work to do in the place of an outcome.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;
use crate::domain::wording::{Class, Kind, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC010",
    name: "process-step",
    summary: "A criterion tells what to do, not what is so afterwards",
    why: "'Update the manual' is a step of the work; it says nothing about the manual. A criterion tells what somebody can see when the work is done (Cohn 2004: conditions of satisfaction; INCOSE R31: free of the solution).",
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
          - [ ] Update the manual.\n",
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
           - [ ] The manual explains the payment without an account.\n",
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Criterion(check),
};

fn check(
    _: &Inspection<'_>,
    subject: &Subject<'_>,
    criterion: &Criterion,
    reports: &mut Vec<Report>,
) {
    let prose = subject.prose_of(criterion);
    if !prose.has(Class::Process) || !subject.is_english(criterion) || !is_order(prose) {
        return;
    }
    let Some(hit) = prose.hits(Class::Process).into_iter().find(|hit| hit.first == 0) else {
        return;
    };
    let message = format!("'{}' is work to do, not what is so afterwards", prose.text_of(hit));
    let hint = "write what can be seen when it is done";
    reports.push(Report::at(subject.entry, prose.span_of(hit), message).hint(hint));
}

/// Whether the first words are an order. "Update button is disabled" and "Create form shows…" are
/// sentences about a button and a form.
fn is_order(prose: &Prose<'_>) -> bool {
    /// So far into a sentence its verb comes, if the first word is no verb.
    const REACH: usize = 5;
    const BREAKS: &[&str] =
        &["that", "which", "to", "so", "when", "if", "where", "for", "with", "and"];
    let rest = prose.tokens.iter().enumerate().skip(1).take(REACH);
    for (at, token) in rest {
        if token.kind == Kind::Mark && prose.word(at) != "/" || prose.is_one_of(at, BREAKS) {
            break;
        }
        if token.is(Class::Verb) {
            return false;
        }
    }
    // "DELETE /orders" is an address.
    let is_method = prose.word(0).bytes().all(|byte| byte.is_ascii_uppercase());
    let follows = prose.tokens.get(1).is_some_and(|token| token.kind != Kind::Mark);
    follows && !is_method && !prose.is_one_of(1, &["and", "or"])
}
