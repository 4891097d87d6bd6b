//! A criterion with a way out.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;
use crate::domain::wording::{Class, Hit, Kind, Prose};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC007",
    name: "escape",
    summary: "A criterion has to be met only if somebody thinks so",
    why: "'If needed' hands the decision to whoever does the work, and nobody can say later that it was not met (INCOSE R8: no escape clauses; ISO/IEC/IEEE 29148: no loopholes).",
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
          - [ ] The mails are translated if needed.\n",
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
           - [ ] The mails are in the language of the page.\n",
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
    if !prose.has(Class::Escape) || !subject.is_english(criterion) {
        return;
    }
    for hit in prose.hits(Class::Escape) {
        if !is_field(prose, hit) {
            let message = format!("'{}' leaves open when it has to be done", prose.text_of(hit));
            let hint = "write the condition, or make it a criterion without one";
            reports.push(Report::at(subject.entry, prose.span_of(hit), message).hint(hint));
        }
    }
}

/// Whether it says what a form asks for: "the name is marked as required before saving".
fn is_field(prose: &Prose<'_>, hit: Hit) -> bool {
    let ends = prose.tokens.get(hit.last + 1).is_none_or(|token| token.kind == Kind::Mark);
    prose.is_one_of(hit.last, &["required", "desired"])
        && prose.is_one_of(hit.first, &["as"])
        && !ends
}
