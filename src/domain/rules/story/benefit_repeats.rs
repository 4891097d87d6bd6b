//! The reason of a story only says its wish again.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::example;
use crate::domain::config::Severity;
use crate::domain::finding::{Report, excerpt};
use crate::domain::story::{Clause, Story};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST004",
    name: "benefit-repeats",
    summary: "The reason of a story only says its wish again",
    why: "A reason that repeats the wish gives no reason, and hides that there is none (QUS criterion conceptually sound, Lucassen et al. 2016).",
    bad: example!("As a shopper, I want to change my address, so that I can change my address."),
    good: example!(
        "As a shopper, I want to change my address, so that parcels follow me when I move."
    ),
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Story(check),
};

fn check(_at: &Inspection<'_>, subject: &Subject<'_>, story: &Story, reports: &mut Vec<Report>) {
    let (Some(means), Some(ends)) = (story.means, story.ends) else { return };
    let text = subject.text();
    let wished = content(story, text, means);
    let reason = content(story, text, ends);
    let mut new = reason.iter().filter(|word| !wished.iter().any(|other| is_same(word, other)));
    let begins_alike = match (wished.first(), reason.first()) {
        (Some(wished), Some(reason)) => is_same(wished, reason),
        _ => false,
    };
    // One new word is no news if it is done in the same way: "change my mind".
    let is_repeated = new.next().is_none() || (begins_alike && new.next().is_none());
    if is_repeated && !reason.is_empty() {
        let message = format!("the reason '{}' says the wish again", excerpt(ends.span.of(text)));
        let hint = "say what becomes better for the role once the wish is met";
        reports.push(Report::at(subject.entry, ends.span, message).hint(hint));
    }
}

/// The words of a clause that carry its meaning.
fn content<'a>(story: &'a Story, text: &'a str, clause: Clause) -> Vec<&'a str> {
    let words = story.words(text, clause).map(|(_, word)| word);
    words
        .filter(|word| !EMPTY.iter().any(|empty| empty.eq_ignore_ascii_case(word)))
        .take(64)
        .collect()
}

/// Whether two words are forms of one: they share all but an ending.
fn is_same(a: &str, b: &str) -> bool {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let longest = a.len().max(b.len());
    same == longest || (same >= 4 && longest - same <= 3)
}

/// Words that say nothing of their own.
const EMPTY: &[&str] = &[
    "a", "an", "the", "my", "our", "their", "its", "his", "her", "this", "that", "these", "those",
    "i", "we", "it", "they", "you", "me", "us", "them", "can", "could", "will", "would", "may",
    "might", "should", "be", "am", "is", "are", "was", "able", "to", "of", "in", "on", "at", "by",
    "for", "with", "from", "and", "or", "do", "does", "have", "has", "so", "as", "also", "any",
    "all", "there", "who", "which", "where", "when", "what", "how", "not",
];
