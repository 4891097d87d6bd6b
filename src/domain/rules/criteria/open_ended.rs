//! A list without an end.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;
use crate::domain::wording::{Class, Hit, Kind, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC008",
    name: "open-ended",
    summary: "A criterion ends in a list without an end",
    why: "Nobody can check the rest of 'name, address, etc.' (INCOSE R9: no open-ended clauses). Name all of them, or the rule that tells which belong to it.",
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
          - [ ] The form asks for name, street, town, etc.\n",
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
           - [ ] The form asks for name, street and town.\n",
    severity: Severity::Warning,
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
    if prose.has(Class::OpenEnd) && subject.is_english(criterion) {
        let ends = |hit: &Hit| is_at_end(prose, *hit) && !is_example(prose, *hit);
        prose
            .hits(Class::OpenEnd)
            .into_iter()
            .filter(ends)
            .for_each(|hit| report(subject, prose, hit, reports));
    }
    if !prose.text().contains('…') && !prose.text().contains("...") {
        return;
    }
    if let Some(hit) = (1..prose.tokens.len()).find_map(|at| dots(prose, at)) {
        report(subject, prose, hit, reports);
    }
}

fn report(subject: &Subject<'_>, prose: &Prose<'_>, hit: Hit, reports: &mut Vec<Report>) {
    let message = format!("'{}' leaves open what else belongs to it", prose.text_of(hit));
    let hint = "name all of them, or the rule that tells which ones";
    reports.push(Report::at(subject.entry, prose.span_of(hit), message).hint(hint));
}

/// Whether nothing that belongs to it follows: "and more" ends a list, "and more files" does not.
fn is_at_end(prose: &Prose<'_>, hit: Hit) -> bool {
    let ends = prose.tokens.get(hit.last + 1).is_none_or(|token| token.kind == Kind::Mark);
    ends || !prose.is_one_of(hit.first, &["and", "or", "among", "amongst"])
        || hit.last > hit.first + 1
}

/// Whether it ends a few examples of what is named in full before the bracket: "all pages (basket,
/// payment, etc.)".
fn is_example(prose: &Prose<'_>, hit: Hit) -> bool {
    let bracket = (0..hit.first).rev().find(|&at| prose.word(at) == "(");
    bracket.is_some_and(|end| {
        let before = &prose.tokens[..end];
        before.iter().any(|token| token.is(Class::Universal))
            || (0..end).any(|at| prose.is_one_of(at, &["existing", "configured", "remaining"]))
            || (bracket_is_not(prose, end))
    })
}

/// Whether the bracket says what does not belong to it: "(not the old ones, etc.)".
fn bracket_is_not(prose: &Prose<'_>, bracket: usize) -> bool {
    prose.is_one_of(bracket + 1, &["not", "no"])
}

/// Three dots after a comma: "name, street, …".
fn dots(prose: &Prose<'_>, at: usize) -> Option<Hit> {
    let is_comma = prose.word(at - 1) == "," && !prose.tokens[at].is_quoted;
    match prose.word(at) {
        "…" if is_comma => prose.hit(at, at),
        "." if is_comma && prose.word(at + 1) == "." && prose.word(at + 2) == "." => {
            prose.hit(at, at + 2)
        }
        _ => None,
    }
}
