//! A criterion about everything.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;
use crate::domain::wording::Class;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC020",
    name: "universal",
    summary: "A criterion speaks of all, always or never",
    why: "Nobody can test 'always' (INCOSE R26 and R32). In criteria such words are mostly meant and mostly right, 'all existing tests pass'; so this is off unless a team wants it.",
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
          - [ ] All mails show the VAT number.\n",
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
           - [ ] The receipt shows the VAT number.\n",
    severity: Severity::Off,
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
    if !prose.has(Class::Universal) || !subject.is_english(criterion) {
        return;
    }
    for hit in prose.hits(Class::Universal) {
        if true {
            let message = format!("'{}' cannot be tested to the end", prose.text_of(hit));
            let hint = "name the cases";
            reports.push(Report::at(subject.entry, prose.span_of(hit), message).hint(hint));
        }
    }
}
