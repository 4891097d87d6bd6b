//! A done item with open criteria.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::acceptance;
use crate::domain::config::Severity;
use crate::domain::finding::{Report, excerpt};
use crate::domain::kind::Category;
use crate::domain::note;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC016",
    name: "open-criteria-done",
    summary: "An item is done and not all of its criteria are ticked",
    why: "Either the item is not done or the boxes say nothing. Work that does not meet the Definition of Done returns to the Product Backlog (Scrum Guide 2020); in a public backlog with 86 % of its items done, one box in seven is open.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: story\n\
          status: done\n\
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
           status: done\n\
           rank: mbbb\n\
           ---\n\
           \n\
           As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
           \n\
           ## Acceptance criteria\n\
           \n\
           - [x] A guest reaches payment in one step.\n\
           - [ ] The receipt shows the VAT number.\n\
           \n\
           ## Exceptions\n\
           \n\
           - The receipt shows the VAT number. (mira@example.org, 2026-11-20)\n  \
             - Comes with the next release.\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !entry.kind.is_ranked() || at.backlog.category(entry) != Category::Done {
        return;
    }
    let open: Vec<_> =
        subject.criteria().list.iter().filter(|it| it.checked == Some(false)).collect();
    if open.is_empty() {
        return;
    }
    let excepted = acceptance::exceptions(&entry.document);
    for criterion in open {
        if excepted.contains(&note::one_line(&criterion.text)) {
            continue;
        }
        let message =
            format!("'{}' is open in an item that is {}", excerpt(&criterion.text), entry.status());
        let number = criterion.ordinal;
        let hint =
            format!("git backlog criteria {} check {number}, or set the status back", entry.id());
        reports.push(Report::at(entry, criterion.span, message).hint(hint));
    }
}
