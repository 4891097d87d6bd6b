//! A story hangs on a vague word.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::story::Story;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST012",
    name: "vague-story",
    summary: "A story hangs on a vague word",
    why: "Each reader measures 'quickly' with another clock. A number, or a criterion with one, ends the debate (QUS criterion unambiguous; ISO/IEC/IEEE 29148; INCOSE rule R7).",
    bad: example!("As a shopper, I want to see the results quickly, so that I can compare shops."),
    good: example!(
        "As a shopper, I want to see the results within 2 seconds, so that I can compare shops."
    ),
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(_at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    let text = subject.text();
    for clause in [story.means, story.ends].into_iter().flatten() {
        let is_measured = clause.span.of(text).bytes().any(|byte| byte.is_ascii_digit());
        let is_vague = |word: &str| VAGUE.iter().any(|vague| vague.eq_ignore_ascii_case(word));
        let vague = story.words(text, clause).filter(|(_, word)| is_vague(word));
        for (span, word) in vague.filter(|_| !is_measured) {
            let message = format!("'{word}' can be read in many ways");
            let hint = "give a number, or say in a criterion how it can be seen";
            reports.push(Report::at(subject.entry, span, message).hint(hint));
        }
    }
}

const VAGUE: &[&str] = &[
    "quick",
    "quickly",
    "fast",
    "rapid",
    "rapidly",
    "prompt",
    "promptly",
    "slow",
    "slowly",
    "user-friendly",
    "friendly",
    "intuitive",
    "intuitively",
    "easy-to-use",
    "seamless",
    "seamlessly",
    "smooth",
    "smoothly",
    "robust",
    "efficient",
    "efficiently",
    "effective",
    "effectively",
    "appropriate",
    "appropriately",
    "adequate",
    "adequately",
    "suitable",
    "reasonable",
    "sensible",
    "flexible",
    "nice",
    "nicely",
    "modern",
    "optimal",
    "optimally",
    "state-of-the-art",
    "convenient",
    "conveniently",
    "comfortable",
    "responsive",
    "reliable",
    "reliably",
    "scalable",
    "properly",
    "acceptable",
    "attractive",
    "meaningful",
    "significant",
];
