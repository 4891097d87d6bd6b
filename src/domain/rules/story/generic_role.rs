//! A story is told for everybody.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::story::Story;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST008",
    name: "generic-role",
    summary: "A story is told for everybody",
    why: "Who is a 'user' decides what is good for them. A story for everybody is a story for nobody in particular (Cohn 2004: user roles).",
    bad: example!("As a user, I want to pay without an account, so that I can buy in a minute."),
    good: example!(
        "As a first-time buyer, I want to pay without an account, so that I can buy in a minute."
    ),
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(_at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    let (Some(clause), Some(role)) = (story.role, story.role_name(subject.text())) else { return };
    if GENERIC.iter().any(|generic| generic.eq_ignore_ascii_case(role)) {
        let message = format!("'{role}' may be anybody");
        let hint = "name the kind of person who has the need";
        reports.push(Report::at(subject.entry, clause.span, message).hint(hint));
    }
}

const GENERIC: &[&str] = &[
    "user",
    "users",
    "end user",
    "end-user",
    "customer",
    "client",
    "person",
    "someone",
    "somebody",
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "stakeholder",
    "member",
    "individual",
    "human",
];
