//! A criterion that is too short to say something, or too long to check.

use super::super::{Check, Fixes, Inspection, Parameter, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC015",
    name: "criterion-length",
    summary: "A criterion has very few words or very many",
    why: "Two words name a topic and check nothing; more than thirty check several things at once (INCOSE R18: one thought in a sentence). In 6,805 criteria of public backlogs 0.6 % are shorter and 0.7 % longer.",
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
          - [ ] Receipt\n",
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
    severity: Severity::Info,
    parameters: &[
        Parameter { name: "min", default: 3.0, summary: "the fewest words of a criterion" },
        Parameter { name: "max", default: 30.0, summary: "the most words of a criterion" },
    ],
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
    let (min, max) = (at.number(&RULE, "min"), at.number(&RULE, "max"));
    let n = prose.n_words();
    let (size, hint) = if (n as f64) < min && !prose.has_wide_letters() && n > 0 {
        (count(n, "word"), "write a sentence that is true or false when the item is done")
    } else if n as f64 > max {
        (count(n, "word"), "make each thing that is checked a criterion of its own")
    } else {
        return;
    };
    let message = format!("a criterion of {size}");
    reports.push(Report::at(subject.entry, criterion.span, message).hint(hint));
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
