//! A scenario in which nothing happens.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::gherkin::StepKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW003",
    name: "no-when",
    summary: "A scenario has no When",
    why: "Without an event nobody knows what to do to see the outcome: is it there at once, after a reload, the next day? (Gherkin reference: a When step describes an event, or an action.) A warning only: what holds at any time needs no event.",
    bad: item!("Scenario: A guest pays\n  Given a full basket\n  Then I see the receipt\n"),
    good: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then I see the receipt\n"
    ),
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    super::each(at, subject, reports, |block, scenario, reports| {
        if !scenario.steps.is_empty() && !super::has(block, scenario, StepKind::When) {
            let message = format!("no `When` in {}", super::called(subject, scenario));
            let hint = "say what happens, or what somebody does: `When I pay`";
            reports.push(Report::at(subject.entry, scenario.title(), message).hint(hint));
        }
    });
}
