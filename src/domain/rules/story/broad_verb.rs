//! A story without criteria hangs on a broad verb.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::story::Story;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST013",
    name: "broad-verb",
    summary: "A story without criteria hangs on a broad verb",
    why: "To 'manage' is to create, see, change and delete, and each has its own rules. Nobody can estimate the whole (QUS criterion estimatable; SPIDR, Cohn 2017: split by spike, paths, interfaces, data, rules).",
    bad: example!("As a shopper, I want to manage my addresses, so that parcels arrive."),
    good: example!("As a shopper, I want to add an address, so that parcels arrive."),
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(_at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    let Some(verb) = story.verb.filter(|_| subject.criteria().list.is_empty()) else { return };
    let word = verb.of(subject.text());
    if BROAD.iter().any(|broad| broad.eq_ignore_ascii_case(word)) {
        let message = format!("'{word}' stands for many actions, and no criterion says which");
        let hint = "name the one that matters first: by path, by interface, by data or by rule";
        reports.push(Report::at(subject.entry, verb, message).hint(hint));
    }
}

const BROAD: &[&str] = &[
    "manage",
    "handle",
    "support",
    "maintain",
    "administer",
    "administrate",
    "process",
    "control",
];
