//! Two things in one criterion.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;
use crate::domain::wording::Class;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC019",
    name: "coordination",
    summary: "A criterion joins two things",
    why: "A criterion that joins two things is half met when one of them is (INCOSE R18 and R19). In real criteria three of ten do so and most read well; so this is off unless a team wants it.",
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
          - [ ] The receipt shows the sum and goes out by mail.\n",
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
           - [ ] The receipt shows the sum.\n",
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
    if !prose.has(Class::Coordination) || !subject.is_english(criterion) {
        return;
    }
    if let Some(&hit) = prose.hits(Class::Coordination).first() {
        let message = format!("'{}' joins two things", prose.text_of(hit));
        let hint = "make each of them a criterion of its own";
        reports.push(Report::at(subject.entry, prose.span_of(hit), message).hint(hint));
    }
}
