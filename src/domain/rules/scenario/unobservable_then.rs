//! Outcomes that nobody can see.

use super::super::{Check, Fixes, Inspection, Rule, SHOWN, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::gherkin::StepKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW011",
    name: "unobservable-then",
    summary: "A Then tells what to do, not what can be seen",
    why: "An outcome has to be seen by somebody: a message, a report, a thing that is there or not. \"Then save the order\" is work of the program, and no one can accept it (Gherkin reference: an outcome should be an observable output).",
    bad: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then save the order in the archive\n"
    ),
    good: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then I find the order in the archive\n"
    ),
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

/// Orders to a program or a tester; sorted. A word that may also name a thing is not here, unless
/// an article follows it.
const ORDERS: &[&str] = &[
    "add",
    "assign",
    "calculate",
    "call",
    "check",
    "clear",
    "close",
    "compute",
    "copy",
    "create",
    "delete",
    "disable",
    "display",
    "do",
    "enable",
    "ensure",
    "execute",
    "fetch",
    "fill",
    "generate",
    "get",
    "go",
    "hide",
    "insert",
    "invoke",
    "load",
    "log",
    "make",
    "move",
    "navigate",
    "notify",
    "open",
    "persist",
    "populate",
    "post",
    "print",
    "process",
    "publish",
    "redirect",
    "refresh",
    "reject",
    "remove",
    "render",
    "replace",
    "reset",
    "return",
    "run",
    "save",
    "select",
    "send",
    "set",
    "show",
    "start",
    "stop",
    "store",
    "submit",
    "trigger",
    "update",
    "upload",
    "validate",
    "verify",
    "wait",
    "write",
];

/// What follows an order: what it is done to.
const OBJECTS: &[&str] = &[
    "a", "all", "an", "any", "both", "each", "every", "her", "his", "it", "its", "me", "my",
    "that", "the", "their", "them", "these", "this", "those", "to", "until", "your",
];

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    super::each(at, subject, reports, |block, scenario, reports| {
        let outcomes = scenario.kinds().filter(|(kind, _)| *kind == StepKind::Then);
        for (_, step) in outcomes.filter(|_| block.language.is_english()) {
            let text = step.words.of(subject.text());
            if reports.len() <= SHOWN && is_order(text) {
                let message = format!("nobody can see the outcome '{}'", super::shortened(text));
                let hint = "say who sees what: `Then I see the receipt`";
                reports.push(Report::at(subject.entry, step.words, message).hint(hint));
            }
        }
    });
}

fn is_order(text: &str) -> bool {
    let mut words = super::words(text).map(|(word, _)| word);
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let is = |list: &[&str], word: &str| list.binary_search(&word).is_ok();
    is(ORDERS, &first) && is(OBJECTS, &second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_an_order() {
        assert!(ORDERS.is_sorted() && OBJECTS.is_sorted());
        for text in ["save the order", "Verify that I am in", "redirect to the start"] {
            assert!(is_order(text), "{text}");
        }
        for text in ["I save the order", "stored values are shown", "post 3 is shown", "run", ""] {
            assert!(!is_order(text), "{text}");
        }
    }
}
