//! A story asks for two actions.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::{Report, excerpt};
use crate::domain::story::{Joined, Story};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST005",
    name: "two-actions",
    summary: "A story asks for two actions",
    why: "Two actions can be estimated, built, ordered and accepted apart, and often only one of them is worth it now (QUS criterion atomic, Lucassen et al. 2016; INVEST: small; INCOSE rule R18).",
    bad: example!(
        "As a shopper, I want to save my basket and share it with a friend, so that we can choose together."
    ),
    good: example!(
        "As a shopper, I want to share my basket with a friend, so that we can choose together."
    ),
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(_at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    let text = subject.text();
    for it in story.coordinations(text).iter().filter(|it| it.joined == Joined::Actions) {
        let message = format!("a further action: '{}'", excerpt(it.right.of(text)));
        let hint = "tell it as a story of its own";
        reports.push(Report::at(subject.entry, it.right, message).hint(hint));
    }
}
