//! A story is told for a machine.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::{Report, excerpt};
use crate::domain::story::Story;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST010",
    name: "system-role",
    summary: "A story is told for a machine",
    why: "A server has no needs. Behind the wish of a machine stands a person, and only their need says how well is well enough (QUS criterion conceptually sound, Lucassen et al. 2016).",
    bad: example!("As the system, I want to store the basket, so that it is not lost."),
    good: example!(
        "As a shopper, I want to find my basket again tomorrow, so that I can think it over."
    ),
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(_at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    let (Some(clause), Some(role)) = (story.role, story.role_name(subject.text())) else { return };
    let head = role.split_whitespace().next_back().unwrap_or_default();
    if MACHINES.iter().any(|machine| machine.eq_ignore_ascii_case(head)) {
        let message = format!("'{}' is no person with a need", excerpt(role));
        let hint = "name the person who is better off";
        reports.push(Report::at(subject.entry, clause.span, message).hint(hint));
    }
}

/// Words that a role may end with if it is a thing.
const MACHINES: &[&str] = &[
    "system",
    "server",
    "api",
    "application",
    "app",
    "database",
    "backend",
    "back-end",
    "frontend",
    "front-end",
    "service",
    "microservice",
    "website",
    "site",
    "webapp",
    "platform",
    "software",
    "program",
    "scheduler",
    "job",
    "cronjob",
    "daemon",
    "component",
    "module",
    "library",
    "browser",
    "device",
    "bot",
    "crawler",
    "pipeline",
    "cli",
    "ui",
    "sdk",
    "plugin",
    "computer",
    "product",
];
