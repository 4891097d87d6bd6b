//! Steps that do not go from Given over When to Then.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::gherkin::StepKind;
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW001",
    name: "step-order",
    summary: "The steps do not go from Given over When to Then",
    why: "A scenario says what holds before, what happens, and what holds after. In another order nobody can tell cause from effect (Gherkin reference: Given, When, Then; the rule `keywords-in-logical-order` of gherkin-lint).",
    bad: item!(
        "Scenario: A guest pays\n  When I pay as a guest\n  Given a full basket\n  Then I see the receipt\n"
    ),
    good: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then I see the receipt\n"
    ),
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    super::each(at, subject, reports, |_, scenario, reports| {
        let steps = scenario.kinds().map(|(kind, step)| (kind, step.keyword));
        let whose = || super::called(subject, scenario);
        reports.extend(first_out_of_order(steps).map(|found| report(subject, found, &whose())));
    });
    for clauses in super::lines(at, subject) {
        let steps = clauses.iter().map(|clause| (clause.kind, clause.keyword));
        let found = first_out_of_order(steps);
        reports.extend(found.map(|found| report(subject, found, "the criterion")));
    }
}

fn report(subject: &Subject<'_>, found: (&str, &str, Span), whose: &str) -> Report {
    let (late, early, keyword) = found;
    let message = format!("`{late}` comes after `{early}` in {whose}");
    let hint = "first what holds (Given), then what happens (When), then what is seen (Then)";
    Report::at(subject.entry, keyword, message).hint(hint)
}

/// The first step that belongs before one that it follows: its sort, the other's, and its keyword.
/// A second When after a Then begins another scenario, which is not a matter of order.
fn first_out_of_order(
    steps: impl Iterator<Item = (StepKind, Span)>,
) -> Option<(&'static str, &'static str, Span)> {
    let (mut has_when, mut has_then) = (false, false);
    for (kind, keyword) in steps {
        match kind {
            StepKind::Given if has_then => return Some(("Given", "Then", keyword)),
            StepKind::Given if has_when => return Some(("Given", "When", keyword)),
            StepKind::When if has_then && !has_when => return Some(("When", "Then", keyword)),
            StepKind::When => has_when = true,
            StepKind::Then => has_then = true,
            StepKind::Given | StepKind::And | StepKind::But | StepKind::Any => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::gherkin::{Language, clauses, parse};

    fn check(text: &str, expected: Option<(&'static str, &'static str)>) {
        let all = Span::new(0, text.len());
        let gherkin = parse(text, all, Language::english());
        let found = match clauses(text, all).as_slice() {
            [] => {
                let steps = gherkin.scenarios[0].kinds();
                first_out_of_order(steps.map(|(kind, step)| (kind, step.keyword)))
            }
            clauses => first_out_of_order(clauses.iter().map(|it| (it.kind, it.keyword))),
        };
        assert_eq!(found.map(|(late, early, _)| (late, early)), expected, "{text}");
    }

    #[test]
    fn knows_what_belongs_first() {
        check("Given a\nAnd b\nWhen c\nThen d\nBut e\n", None);
        check("When c\nGiven a\nThen d\n", Some(("Given", "When")));
        check("Given a\nThen d\nWhen c\n", Some(("When", "Then")));
        check("Given a\nWhen b\nThen c\nGiven d\n", Some(("Given", "Then")));
        check("Given a\nWhen b\nThen c\nWhen d\nThen e\n", None);
        check("* a\n* b\n", None);
    }

    #[test]
    fn knows_it_in_one_line() {
        check("Given a cart, when I pay, then I get a receipt", None);
        check("Given a cart, then I get a receipt, when I pay", Some(("When", "Then")));
        check("When I pay, then I get a receipt. Given a cart", Some(("Given", "Then")));
    }
}
