//! A comparison with nothing.

use super::super::{Check, Fixes, Inspection, Parameter, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;
use crate::domain::wording::{Class, Hit, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC012",
    name: "comparative",
    summary: "A criterion compares, and does not say with what",
    why: "'Faster' is true of one millisecond. Say faster than what, or by how much (ISO/IEC/IEEE 29148: no comparatives; INCOSE R33 and R34).",
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
          - [ ] The payment page is faster.\n",
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
           - [ ] The payment page is faster than the one of version 2.\n",
    severity: Severity::Info,
    parameters: &[Parameter {
        name: "every",
        default: 0.0,
        summary: "1 to find comparisons that say with what as well",
    }],
    fixes: Fixes::None,
    check: Check::Criterion(check),
};

fn check(
    at: &Inspection<'_>,
    subject: &Subject<'_>,
    criterion: &Criterion,
    reports: &mut Vec<Report>,
) {
    let prose = subject.prose_of(criterion);
    if !prose.has(Class::Comparative) || !subject.is_english(criterion) {
        return;
    }
    let is_every = at.number(&RULE, "every") > 0.0;
    for hit in prose.hits(Class::Comparative) {
        if is_phrase(prose, hit) || !is_every && is_compared(prose, hit) {
            continue;
        }
        let message = format!("'{}' than what", prose.text_of(hit));
        let hint = "write what it is compared with, or by how much";
        reports.push(Report::at(subject.entry, prose.span_of(hit), message).hint(hint));
    }
}

/// Whether it only looks like a comparison: "no longer", "more than".
fn is_phrase(prose: &Prose<'_>, hit: Hit) -> bool {
    let before = hit.first > 0 && prose.is_one_of(hit.first - 1, &["no", "any", "not"]);
    before || prose.is_one_of(hit.last + 1, &["than", "then"])
}

/// Whether it is said with what or by how much, or it is a name, a choice or a purpose: "one or
/// more", "load more", "for better overview".
fn is_compared(prose: &Prose<'_>, hit: Hit) -> bool {
    const BEFORE: &[&str] = &["or", "for", "load", "show", "see", "read", "learn", "view", "once"];
    const AFTER: &[&str] =
        &["than", "then", "info", "menu", "button", "case", "bound", "left", "right", "or", "by"];
    /// So near stands the number that says by how much, or the word that says with what.
    const REACH: usize = 4;
    let near = hit.last + 1..hit.last + 1 + REACH;
    let is_choice = hit.first > 0
        && prose.is_one_of(hit.first - 1, &["the"])
        && prose.is_one_of(hit.last + 1, &["of", "one", "two"]);
    hit.first > 0 && prose.is_one_of(hit.first - 1, BEFORE)
        || prose.is_one_of(hit.last + 1, AFTER)
        || near.clone().any(|at| prose.is_one_of(at, &["than", "compared"]))
        || (0..prose.tokens.len()).any(|at| prose.word(at) == "=")
        || is_choice
        || prose.is_in_brackets(hit)
        || prose.has_number_in(near)
        || prose.has_number_in(hit.first.saturating_sub(1)..hit.first)
}
