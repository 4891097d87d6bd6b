//! Criteria in the form of EARS, for teams that write them so.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::Criterion;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC022",
    name: "ears-form",
    summary: "A criterion is not in the form of EARS",
    why: "A few fixed patterns leave little room for gaps: `Where` a feature is there, `While` a state holds, `When` something happens, or `If` something goes wrong `then`, the system shall do something (EARS, Mavin et al. 2009). Off unless a project decides to write so.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: story\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          \n\
          As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
          \n\
          ## Acceptance criteria\n\
          \n\
          - [ ] When a guest pays, the shop sends the receipt.\n\
          - [ ] If the card is refused, then the shop shall keep the basket.\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: story\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           \n\
           As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
           \n\
           ## Acceptance criteria\n\
           \n\
           - [ ] When a guest pays, the shop shall send the receipt.\n\
           - [ ] If the card is refused, then the shop shall keep the basket.\n",
    severity: Severity::Off,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Criterion(check),
};

fn check(
    _: &Inspection<'_>,
    subject: &Subject<'_>,
    criterion: &Criterion,
    reports: &mut Vec<Report>,
) {
    if let Some((fault, hint)) = fault(&criterion.text) {
        let message = format!("{fault} in the criterion '{}'", criterion.text);
        reports.push(Report::at(subject.entry, criterion.span, message).hint(hint));
    }
}

/// The keywords of conditions, in the order in which they have to come.
const CONDITIONS: [&str; 4] = ["where", "while", "when", "if"];

/// What keeps a criterion from being in the form of EARS, and what to write.
fn fault(text: &str) -> Option<(&'static str, &'static str)> {
    const PATTERN: &str = "write `When something happens, the system shall do something`";
    let mut rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut last = None;
    while let Some(place) = CONDITIONS.iter().position(|word| after_word(rest, word).is_some()) {
        if last.is_some_and(|last| place <= last) {
            return Some(("conditions in another order", "first where, then while, when, and if"));
        }
        last = Some(place);
        let Some((_, after)) = rest.split_once(", ") else {
            return Some(("no comma after the condition", PATTERN));
        };
        rest = after.trim_start();
    }
    let is_unwanted = last == Some(3);
    match after_word(rest, "then") {
        Some(after) => rest = after,
        None if is_unwanted => {
            return Some(("`if` without `then`", "write `If …, then the … shall …`"));
        }
        None => {}
    }
    let mut words = rest.split_whitespace();
    match words.position(|word| word.eq_ignore_ascii_case("shall")) {
        None => Some(("no `shall`", PATTERN)),
        Some(0) => Some(("nothing before `shall`", PATTERN)),
        Some(_) if words.next().is_none() => Some(("nothing after `shall`", PATTERN)),
        Some(_) => None,
    }
}

/// What follows a word with which a text begins, in any case.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(word.len())?;
    let is_word = begin.eq_ignore_ascii_case(word) && rest.starts_with(char::is_whitespace);
    is_word.then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(fault(text).map(|(fault, _)| fault), expected, "{text}");
    }

    #[test]
    fn knows_the_patterns() {
        check("The shop shall keep the basket", None);
        check("**When** a guest pays, the shop shall send the receipt", None);
        check("While the sale is on, when a guest pays, the shop shall send a voucher", None);
        check("Where there is a loyalty card, the shop shall add points", None);
        check("If the card is refused, then the shop shall keep the basket", None);
    }

    #[test]
    fn tells_what_is_missing() {
        check("The basket is kept", Some("no `shall`"));
        check("When a guest pays the shop shall send it", Some("no comma after the condition"));
        check("If the card is refused, the shop shall keep it", Some("`if` without `then`"));
        check(
            "When a guest pays, while the sale is on, the shop shall wait",
            Some("conditions in another order"),
        );
        check("Shall do it", Some("nothing before `shall`"));
        check("The shop shall", Some("nothing after `shall`"));
        check("", Some("no `shall`"));
    }
}
