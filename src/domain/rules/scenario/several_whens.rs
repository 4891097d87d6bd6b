//! A scenario in which several things happen.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::gherkin::StepKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW002",
    name: "several-whens",
    summary: "A scenario has more than one When",
    why: "A scenario with two events is two scenarios, or has a setup that belongs under Given. When it fails, nobody knows which behaviour broke (one scenario, one behaviour: North 2006; the rule `only-one-when` of gherkin-lint).",
    bad: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then I see the receipt\n  When I open my mails\n  Then I find the receipt\n"
    ),
    good: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then I see the receipt\n\nScenario: The receipt comes by mail\n  Given a paid order\n  When I open my mails\n  Then I find the receipt\n"
    ),
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    super::each(at, subject, reports, |_, scenario, reports| {
        let mut whens = scenario.steps.iter().filter(|step| step.kind == StepKind::When);
        if let Some(second) = whens.nth(1) {
            let message = format!("a second `When` in {}", super::called(subject, scenario));
            let hint = "make it a scenario of its own, or a `Given` if it only prepares";
            reports.push(Report::at(subject.entry, second.keyword, message).hint(hint));
        }
    });
    for clauses in super::lines(at, subject) {
        let mut whens = clauses.iter().filter(|clause| clause.kind == StepKind::When);
        if let Some(second) = whens.nth(1) {
            let words = super::shortened(second.words.of(subject.text()));
            let message = format!("a second `when` in one criterion: '{words}'");
            let hint = "make it a criterion of its own, or a part of `given` if it only prepares";
            reports.push(Report::at(subject.entry, second.keyword, message).hint(hint));
        }
    }
}
