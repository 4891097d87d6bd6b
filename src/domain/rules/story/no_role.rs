//! A story does not say who wants it.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::span::Span;
use crate::domain::story::{self, Story, Template};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST001",
    name: "no-role",
    summary: "A story does not say who wants it",
    why: "A need belongs to somebody. Without the role nobody can ask whether the story helps, or whom to ask (Connextra template 2001; QUS criterion well-formed, Lucassen et al. 2016). A job story names a situation instead.",
    bad: example!("I want to pay without an account, so that I can buy in a minute."),
    good: example!(
        "As a shopper, I want to pay without an account, so that I can buy in a minute."
    ),
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    if story.role.is_some() || story.template == Template::Job {
        return;
    }
    // A story in another language may be told well.
    if story.is_empty() && story::is_foreign(subject.entry.document.body()) {
        return;
    }
    // One that nobody has begun to tell is a reminder, until it counts as more.
    let is_reminder = subject.entry.status() == at.config.first_status();
    if story.is_empty() && is_reminder && story::is_untold(subject.entry, at.config) {
        return;
    }
    let message = match story.is_empty() {
        true => "no role and no wish: the story is not told",
        false => "the story does not say who wants it",
    };
    let told = || if story.is_empty() { first_line(subject) } else { None };
    let span = story.means.map(|means| means.indicator).or_else(told).unwrap_or(story.span);
    let hint = "begin it with the role: As a …, I want to …, so that …";
    reports.push(Report::at(subject.entry, span, message).hint(hint));
}

/// The first line of the text that could be meant as the story.
fn first_line(subject: &Subject<'_>) -> Option<Span> {
    let mut start = subject.entry.document.body_span().start;
    for line in subject.text()[start..].split_inclusive('\n') {
        let words = line.trim();
        if words.starts_with('#') {
            break;
        }
        if !words.is_empty() && !words.starts_with("<!--") {
            let start = start + (line.len() - line.trim_start().len());
            return Some(Span::new(start, start + words.len()));
        }
        start += line.len();
    }
    None
}
