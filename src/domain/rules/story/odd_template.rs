//! A story is told in another form than most.

use std::collections::BTreeMap;

use super::super::{Check, Fixes, Inspection, Parameter, Rule};
use super::{examples, stories};
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::span::Span;
use crate::domain::story::{Clause, Story, Template};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST015",
    name: "odd-template",
    summary: "A story is told in another form than most",
    why: "Where all stories have one form, what differs in them is what matters (QUS criterion uniform, Lucassen et al. 2016). People hardly agree on what breaks it, so the rule is off unless it is switched on.",
    bad: examples!(
        "In order to save time, as a shopper, I need to order my last basket again.",
        "9qqrt" "mccc" "As a shopper, I want to keep a list, so that I forget nothing.",
        "4ckrj" "mddd" "As a shopper, I want to see my orders, so that I can return one.",
        "5xk2p" "mkkk" "As a shopper, I want to pay by invoice, so that I can try it on first.",
        "7hhx4" "mfff" "As a shopper, I want to name a neighbour, so that I need not wait.",
        "8rrt5" "mggg" "As a shopper, I want to see my parcel, so that I am at home for it."
    ),
    good: examples!(
        "As a shopper, I want to order my last basket again, so that I save time.",
        "9qqrt" "mccc" "As a shopper, I want to keep a list, so that I forget nothing.",
        "4ckrj" "mddd" "As a shopper, I want to see my orders, so that I can return one.",
        "5xk2p" "mkkk" "As a shopper, I want to pay by invoice, so that I can try it on first.",
        "7hhx4" "mfff" "As a shopper, I want to name a neighbour, so that I need not wait.",
        "8rrt5" "mggg" "As a shopper, I want to see my parcel, so that I am at home for it."
    ),
    severity: Severity::Off,
    parameters: &[
        Parameter {
            name: "share",
            default: 20.0,
            summary: "the share of stories below which a form is odd, in percent",
        },
        Parameter { name: "least", default: 5.0, summary: "the fewest stories that show a form" },
    ],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

/// A story with its form.
struct Told<'a> {
    entry: &'a Entry,
    span: Span,
    form: String,
}

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let told: Vec<Told<'_>> =
        stories(at).into_iter().filter_map(|(entry, story)| told(entry, story)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for story in &told {
        *counts.entry(&story.form).or_default() += 1;
    }
    let Some((usual, _)) = counts.iter().max_by_key(|(_, count)| **count) else { return };
    let is_enough = told.len() as f64 >= at.number(&RULE, "least");
    let share = |form: &str| counts[form] as f64 * 100.0 / told.len() as f64;
    let odd = |story: &&Told<'_>| share(&story.form) < at.number(&RULE, "share");
    for story in told.iter().filter(|_| is_enough).filter(odd) {
        let message = format!("told as '{}', most others as '{usual}'", story.form);
        let hint = "tell it as the others are told, or allow it where the form says more";
        reports.push(Report::at(story.entry, story.span, message).hint(hint));
    }
}

/// The words that begin its clauses, in their order. A story without a reason is another matter.
fn told<'a>(entry: &'a Entry, story: &Story) -> Option<Told<'a>> {
    let text = entry.document.text();
    let mut clauses: Vec<Clause> =
        [story.role, story.means, story.ends].into_iter().flatten().collect();
    clauses.sort_by_key(|clause| clause.indicator);
    let is_known = story.template != Template::Fragment && story.means.is_some();
    let indicators = clauses.iter().map(|clause| indicator(clause.indicator.of(text)));
    let form = indicators.collect::<Vec<_>>().join(" …, ") + " …";
    let form = if story.ends.is_some() { form } else { form + ", so that …" };
    is_known.then_some(Told { entry, span: story.span, form })
}

/// An indicator without what does not matter: case, blanks and emphasis, "an" for "a".
fn indicator(words: &str) -> String {
    let words = words.replace(['*', '_', ':', ','], " ").to_lowercase();
    let mut words: Vec<&str> = words.split_whitespace().collect();
    if let Some(article) = words.last_mut().filter(|word| ["an", "the", "any"].contains(*word)) {
        *article = "a";
    }
    while words.ends_with(&["be", "able", "to"]) {
        words.truncate(words.len() - 3);
    }
    words.join(" ")
}
