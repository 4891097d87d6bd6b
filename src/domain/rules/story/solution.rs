//! A story prescribes a solution.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::story::Story;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST011",
    name: "solution",
    summary: "A story prescribes a solution",
    why: "A widget or a file format in the wish closes the talk about better ways to the same end (QUS criterion problem-oriented, Lucassen et al. 2016; INCOSE rule R31). For a role that builds software it may be the need itself, so that is not looked at.",
    bad: example!(
        "As a shopper, I want to pick the country from a dropdown, so that I see the right prices."
    ),
    good: example!("As a shopper, I want to choose my country, so that I see the right prices."),
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(_at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    let text = subject.text();
    let Some(means) = story.means else { return };
    let role = story.role_name(text).unwrap_or_default();
    let mut of_role = role.split([' ', '-', '/']);
    if of_role.any(|word| BUILDERS.iter().any(|builder| builder.eq_ignore_ascii_case(word))) {
        return;
    }
    let is_solution =
        |word: &str| SOLUTIONS.iter().any(|solution| solution.eq_ignore_ascii_case(word));
    if let Some((span, word)) = story.words(text, means).find(|(_, word)| is_solution(word)) {
        let message = format!("'{word}' is a solution, not a need");
        let hint = "say what the role can do with it, and leave the way open";
        reports.push(Report::at(subject.entry, span, message).hint(hint));
    }
}

/// Words in the names of roles that build software.
const BUILDERS: &[&str] = &[
    "developer",
    "dev",
    "engineer",
    "programmer",
    "architect",
    "administrator",
    "admin",
    "devops",
    "sysadmin",
    "operator",
    "integrator",
    "tester",
    "designer",
    "api",
    "maintainer",
    "contributor",
];

const SOLUTIONS: &[&str] = &[
    "button",
    "buttons",
    "dropdown",
    "dropdowns",
    "drop-down",
    "checkbox",
    "checkboxes",
    "radiobutton",
    "popup",
    "popups",
    "pop-up",
    "tooltip",
    "tooltips",
    "textbox",
    "textfield",
    "combobox",
    "sidebar",
    "navbar",
    "carousel",
    "slider",
    "accordion",
    "breadcrumb",
    "breadcrumbs",
    "hyperlink",
    "iframe",
    "json",
    "xml",
    "yaml",
    "sql",
    "html",
    "css",
    "javascript",
    "ajax",
    "graphql",
    "soap",
    "regex",
    "webhook",
    "webhooks",
    "endpoint",
    "endpoints",
    "microservice",
    "microservices",
    "cron",
    "cronjob",
    "cookie",
    "cookies",
    "localstorage",
    "redis",
    "kafka",
    "postgres",
    "postgresql",
    "mysql",
    "mongodb",
    "elasticsearch",
    "react",
    "angular",
    "docker",
    "kubernetes",
    "lambda",
];
