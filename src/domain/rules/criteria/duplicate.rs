//! The same criterion twice in one item.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use std::collections::HashMap;

use crate::domain::config::Severity;
use crate::domain::finding::{Report, excerpt};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC005",
    name: "duplicate-criterion",
    summary: "A criterion stands in the item twice",
    why: "A criterion that stands there twice is counted twice and, sooner or later, ticked once (INCOSE R30: one expression each). Letters, marks and formatting are not compared.",
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
          - [ ] A guest reaches **payment** in one step\n",
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
           - [ ] A guest reaches the receipt in two steps.\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !entry.kind.is_ranked() || !at.backlog.category(entry).is_open() {
        return;
    }
    let list = &subject.criteria().list;
    let mut known: HashMap<u64, usize> = HashMap::with_capacity(list.len());
    let bullets = list.iter().zip(subject.prose()).filter(|(it, _)| !it.is_scenario());
    for (criterion, prose) in bullets {
        if prose.tokens.is_empty() {
            continue;
        }
        let first = *known.entry(prose.fingerprint()).or_insert(criterion.ordinal - 1);
        // The words are compared only where the short form is the same, which is rare.
        if first != criterion.ordinal - 1 && subject.prose()[first].plain() == prose.plain() {
            let message = format!("'{}' stands here twice", excerpt(&criterion.text));
            let hint = "take one of them out, or say in what they differ";
            reports.push(Report::at(entry, criterion.span, message).hint(hint));
        }
    }
}
