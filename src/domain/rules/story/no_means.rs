//! A story does not say what the role wants.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::{Report, excerpt};
use crate::domain::story::Story;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST002",
    name: "no-means",
    summary: "A story does not say what the role wants",
    why: "The wish is the one part that can be built and tried. A role and a topic leave everybody to think of another one (QUS criteria well-formed and full sentence, Lucassen et al. 2016).",
    bad: example!("As a shopper, guest checkout."),
    good: example!(
        "As a shopper, I want to pay without an account, so that I can buy in a minute."
    ),
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(_at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    let (None, Some(_)) = (story.means, story.role) else { return };
    let role = story.role_name(subject.text()).unwrap_or_default();
    let message = format!("the story does not say what the {} wants", excerpt(role));
    let hint = "say it in the first person: I want to …";
    reports.push(Report::at(subject.entry, story.span, message).hint(hint));
}
