//! An item with more acceptance criteria than a reader keeps in mind.

use super::super::{Check, Fixes, Inspection, Parameter, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC002",
    name: "criteria-count",
    summary: "An item has more acceptance criteria than one item should need, or fewer",
    why: "An item with very many criteria is several items: it does not fit into a Sprint and cannot be ordered as one (INVEST: small). In 1,201 items of five public backlogs the median is 3 to 8 and one in ten has more than 5 to 12.",
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
          - [ ] Page A of the checkout opens.\n\
          - [ ] Page B of the checkout opens.\n\
          - [ ] Page C of the checkout opens.\n\
          - [ ] Page D of the checkout opens.\n\
          - [ ] Page E of the checkout opens.\n\
          - [ ] Page F of the checkout opens.\n\
          - [ ] Page G of the checkout opens.\n\
          - [ ] Page H of the checkout opens.\n\
          - [ ] Page I of the checkout opens.\n\
          - [ ] Page J of the checkout opens.\n",
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
           - [ ] A declined card leaves the basket as it is.\n",
    severity: Severity::Info,
    parameters: &[
        Parameter { name: "max", default: 9.0, summary: "the most criteria of an item" },
        Parameter { name: "min", default: 1.0, summary: "the fewest, if there are any" },
    ],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !entry.kind.is_ranked() || !at.backlog.category(entry).is_open() {
        return;
    }
    let criteria = &subject.criteria().list;
    let (min, max) = (at.number(&RULE, "min"), at.number(&RULE, "max"));
    let n = criteria.len();
    let Some(last) = criteria.last() else { return };
    if n as f64 > max {
        let message = format!("more than {max} acceptance criteria");
        let hint =
            format!("{n} of them: split the item along them, or leave out what another checks");
        reports.push(Report::at(entry, last.span, message).hint(hint));
    } else if (n as f64) < min {
        let message = format!("fewer than {min} acceptance criteria");
        let hint = "ask what happens when it goes wrong, and at the limits";
        reports.push(Report::at(entry, last.span, message).hint(hint));
    }
}
