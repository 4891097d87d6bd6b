//! A story does not say what it is for.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::span::Span;
use crate::domain::story::Story;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST003",
    name: "no-benefit",
    summary: "A story does not say what it is for",
    why: "The reason lets a team find a cheaper way to it, and lets the Product Owner weigh it against others (Connextra template 2001; QUS criterion conceptually sound). Four of ten published stories have none.",
    bad: example!("As a shopper, I want to pay without an account."),
    good: example!(
        "As a shopper, I want to pay without an account, so that I can buy in a minute."
    ),
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(_at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    let (Some(means), None) = (story.means, story.ends) else { return };
    // "…, because bright screens wake the patients" is a reason too.
    let rest = &subject.text()[means.span.start..];
    let paragraph = rest.split("\n\n").next().unwrap_or_default();
    if paragraph.split(|c: char| !c.is_alphabetic()).any(|it| it.eq_ignore_ascii_case("because")) {
        return;
    }
    let message = "the story does not say what it is for";
    let end = Span::new(means.indicator.start, means.span.end);
    reports.push(Report::at(subject.entry, end, message).hint("end it with: so that …"));
}
