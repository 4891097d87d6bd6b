//! An amount without a number.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;
use crate::domain::wording::{Class, Hit, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC009",
    name: "vague-quantity",
    summary: "A criterion has an amount without a number",
    why: "'Several' is two for the one and ten for the other (INCOSE R7 and R34: measurable; ISO/IEC/IEEE 29148: no vague quantifiers).",
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
          - [ ] A guest can save several addresses.\n",
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
           - [ ] A guest can save up to 5 addresses.\n",
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
    if !prose.has(Class::Quantity) || !subject.is_english(criterion) {
        return;
    }
    for hit in prose.hits(Class::Quantity) {
        if !is_exact(prose, hit) {
            let message = format!("'{}' is not a number", prose.text_of(hit));
            let hint = "write the number, or the smallest and the largest";
            reports.push(Report::at(subject.entry, prose.span_of(hit), message).hint(hint));
        }
    }
}

/// Whether the words around make it exact: "at most", "how many", "the most recent".
fn is_exact(prose: &Prose<'_>, hit: Hit) -> bool {
    const BEFORE: &[&str] =
        &["at", "how", "as", "however", "too", "so", "more", "less", "the", "per"];
    const PEOPLE: &[&str] = &["recent", "recently", "likely", "common", "important", "specific"];
    let before = hit.first > 0 && prose.is_one_of(hit.first - 1, BEFORE);
    let is_most = prose.is_one_of(hit.first, &["most"]);
    let is_superlative = is_most && prose.is_one_of(hit.first + 1, PEOPLE);
    let is_some = prose.is_one_of(hit.first, &["some"]);
    // "The several pages" is as open as "several pages"; "the most" and "at some point" are not.
    let is_point = is_some && prose.is_one_of(hit.first + 1, &["point", "other", "reason"]);
    before || is_superlative || is_point
}
