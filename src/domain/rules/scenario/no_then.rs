//! A scenario without an outcome.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::gherkin::StepKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW004",
    name: "no-then",
    summary: "A scenario has no Then",
    why: "Only a Then can be accepted: without one the scenario is a story about what somebody did (Gherkin reference: Then steps describe an expected outcome).",
    bad: item!("Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n"),
    good: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then I see the receipt\n"
    ),
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    super::each(at, subject, reports, |block, scenario, reports| {
        let whose = || super::called(subject, scenario);
        let message = match scenario.steps.is_empty() {
            true => format!("no step in {}", whose()),
            false if super::has(block, scenario, StepKind::Then) => return,
            false => format!("no `Then` in {}", whose()),
        };
        let hint = "say what can be seen afterwards: `Then I see the receipt`";
        reports.push(Report::at(subject.entry, scenario.title(), message).hint(hint));
    });
}
