//! A ticked criterion in an item that nobody has begun.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::{Report, excerpt};
use crate::domain::kind::Category;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC017",
    name: "ticked-early",
    summary: "A criterion is ticked, and the item is not begun",
    why: "A tick says that somebody saw it work. In an item that is not begun it is a slip, a template with ticks in it, or a status that nobody has set.",
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
          - [x] A guest reaches payment in one step.\n\
          - [ ] The receipt shows the VAT number.\n",
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
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Criterion(check),
};

fn check(
    at: &Inspection<'_>,
    subject: &Subject<'_>,
    criterion: &Criterion,
    reports: &mut Vec<Report>,
) {
    let entry = subject.entry;
    if criterion.checked != Some(true) || at.backlog.category(entry) != Category::Todo {
        return;
    }
    let message =
        format!("'{}' is ticked, and the item is {}", excerpt(&criterion.text), entry.status());
    let hint = "set the status to one that means begun, or take the tick away";
    reports.push(Report::at(entry, criterion.span, message).hint(hint));
}
