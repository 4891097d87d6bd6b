//! A number without its unit.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::{Report, excerpt};
use crate::domain::wording::{Class, Hit, Kind, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC013",
    name: "no-unit",
    summary: "A time or a size has a number and no unit",
    why: "'Within 5' is seconds to the one and days to the other (INCOSE R6: units of measure).",
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
          - [ ] The receipt arrives within 5.\n",
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
           - [ ] The receipt arrives within 5 minutes.\n",
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
    if !prose.has(Class::Scale) || !prose.has_number() || !subject.is_english(criterion) {
        return;
    }
    for scale in prose.hits(Class::Scale) {
        let Some(at) = number_after(prose, scale).filter(|&at| !has_unit(prose, at)) else {
            continue;
        };
        let message =
            format!("'{} … {}' has no unit", prose.text_of(scale), excerpt(prose.word(at)));
        let hint = "write the unit behind the number: 5 seconds, 10 MB";
        let Some(hit) = prose.hit(at, at) else { continue };
        reports.push(Report::at(subject.entry, prose.span_of(hit), message).hint(hint));
    }
}

/// The number that a word such as `timeout` asks for: behind it, with small words between.
fn number_after(prose: &Prose<'_>, scale: Hit) -> Option<usize> {
    /// So many small words stand between the two.
    const REACH: usize = 4;
    let is_near = prose.is_one_of(scale.first, &["within"]);
    let reach = if is_near { 1 } else { REACH };
    for at in (scale.last + 1..prose.tokens.len()).take(reach) {
        let token = prose.tokens[at];
        match token.kind {
            Kind::Number => return Some(at),
            Kind::Word if token.is(Class::Filler) => {}
            Kind::Mark if matches!(prose.word(at), "<" | ">" | "≤" | "≥" | "=" | "~") => {}
            _ => return None,
        }
    }
    None
}

/// Whether a number has its unit, in the same word or in the next, or counts something.
fn has_unit(prose: &Prose<'_>, at: usize) -> bool {
    let number = prose.word(at);
    let is_bare = number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    let next = prose.tokens.get(at + 1);
    let is_word = next.is_some_and(|token| match token.kind {
        Kind::Word => {
            token.is(Class::Unit) || !token.is(Class::English) && !token.is(Class::Coordination)
        }
        Kind::Opaque | Kind::Number => true,
        Kind::Mark => !matches!(prose.word(at + 1), "." | "," | ";" | ")" | ":"),
    });
    !is_bare || is_word
}
