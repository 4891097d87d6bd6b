//! A story asks for several things at once.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::{Report, excerpt};
use crate::domain::span::Span;
use crate::domain::story::{Joined, Story};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST006",
    name: "several-objects",
    summary: "A story asks for several things at once",
    why: "Each 'and' and 'or' in a wish may be a story of its own, or a list that belongs in the criteria (QUS criterion atomic, Lucassen et al. 2016; INCOSE rule R19). Whether it is one is for people to say.",
    bad: example!(
        "As a shopper, I want to see prices and delivery times, so that I can compare shops."
    ),
    good: example!("As a shopper, I want to see delivery times, so that I can compare shops."),
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(_at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    let text = subject.text();
    for it in story.coordinations(text).iter().filter(|it| it.joined == Joined::Others) {
        let span = Span::new(it.span.start, it.right.end);
        let message = format!("one wish for several things: '{}'", excerpt(span.of(text)));
        let hint = "make each a story, or name the whole and list its parts as criteria";
        reports.push(Report::at(subject.entry, span, message).hint(hint));
    }
}
