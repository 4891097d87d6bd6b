//! Steps that tell how to use a screen.

use super::super::{Check, Fixes, Inspection, Rule, SHOWN, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::gherkin::StepKind;
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW010",
    name: "ui-step",
    summary: "A step tells how to use the screen",
    why: "\"Clicks the button\" fixes a design before anybody has thought about it, and breaks when the screen changes. What the person wants stays (declarative against imperative scenarios: Wynne and Hellesøy, The Cucumber Book).",
    bad: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I click the green button\n  Then I see the receipt\n"
    ),
    good: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then I see the receipt\n"
    ),
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

/// What hands do, and the parts of a screen; sorted.
const WORDS: &[&str] = &[
    "button",
    "buttons",
    "checkbox",
    "checkboxes",
    "click",
    "clicked",
    "clicking",
    "clicks",
    "css",
    "double-click",
    "double-clicks",
    "drop-down",
    "dropdown",
    "dropdowns",
    "hover",
    "hovers",
    "right-click",
    "right-clicks",
    "scroll",
    "scrolls",
    "tap",
    "taps",
    "textbox",
    "xpath",
];

/// Outcomes may well be about a screen, so only what holds and what happens counts.
fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    super::each(at, subject, reports, |block, scenario, reports| {
        let steps = scenario.kinds().filter(|(kind, _)| *kind != StepKind::Then);
        for (_, step) in steps.filter(|_| block.language.is_english()) {
            let text = step.words.of(subject.text());
            let Some(found) = screen_word(text).filter(|_| reports.len() <= SHOWN) else {
                continue;
            };
            let (word, words) = (found.of(text), super::shortened(text));
            let message = format!("'{word}' in the step '{words}'");
            let hint = "say what the person wants: `When I pay`, not which button does it";
            let span = found.shifted(step.words.start);
            reports.push(Report::at(subject.entry, span, message).hint(hint));
        }
    });
}

/// The first word about a screen, outside of quotes.
fn screen_word(text: &str) -> Option<Span> {
    let is_quoted = |span: &Span| text[..span.start].matches('"').count() % 2 == 1;
    let mut words = super::words(text).take(MOST);
    let found =
        words.find(|(word, span)| WORDS.binary_search(&&**word).is_ok() && !is_quoted(span));
    found.map(|(_, span)| span)
}

/// A step of more words is not looked through: no person wrote it.
const MOST: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_about_a_screen() {
        assert!(WORDS.is_sorted());
        let word = |text: &str| screen_word(text).map(|span| span.of(text).to_owned());
        assert_eq!(word("I Click \"Pay\""), Some("Click".to_owned()));
        assert_eq!(word("the buttons are gone"), Some("buttons".to_owned()));
        assert_eq!(word("I choose \"click here\""), None);
        assert_eq!(word("a clickable map on a tapestry"), None);
    }
}
