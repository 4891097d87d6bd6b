//! A story holds more than role, wish and reason.

use super::super::{Check, Fixes, Inspection, Parameter, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::{Report, excerpt};
use crate::domain::story::{NoiseKind, Story};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST007",
    name: "not-minimal",
    summary: "A story holds more than role, wish and reason",
    why: "Notes, examples and further sentences hide what is wanted, and are not checked at the end. Criteria and the text below the story are the place for them (QUS criterion minimal, Lucassen et al. 2016; INCOSE rule R21).",
    bad: example!(
        "As a shopper, I want to pay without an account (cards only for now), so that I can buy in a minute."
    ),
    good: example!(
        "As a shopper, I want to pay without an account, so that I can buy in a minute."
    ),
    severity: Severity::Warning,
    parameters: &[Parameter {
        name: "words",
        default: 35.0,
        summary: "the most words in what is wanted",
    }],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    let text = subject.text();
    for noise in story.noise(text) {
        let excerpt = excerpt(noise.span.of(text));
        let message = match noise.kind {
            NoiseKind::Brackets => format!("a note in brackets: '{excerpt}'"),
            NoiseKind::Dash => format!("a note after a dash: '{excerpt}'"),
            NoiseKind::Sentence => format!("a further sentence: '{excerpt}'"),
            NoiseKind::Example => format!("an example or a list of parts: '{excerpt}'"),
            NoiseKind::Hedge => format!("a wish that is not sure of itself: '{excerpt}'"),
            NoiseKind::SecondEnds => format!("a second reason: '{excerpt}'"),
            NoiseKind::Doubled => format!("a word twice: '{excerpt}'"),
        };
        let hint = "say it below the story or in a criterion";
        reports.push(Report::at(subject.entry, noise.span, message).hint(hint));
    }
    let Some(means) = story.means else { return };
    let count = story.words(text, means).count();
    if count as f64 > at.number(&RULE, "words") {
        let hint = format!("{count} words: name the whole and list its parts as criteria");
        let message = "a wish too long to be one";
        reports.push(Report::at(subject.entry, means.span, message).hint(hint));
    }
}
