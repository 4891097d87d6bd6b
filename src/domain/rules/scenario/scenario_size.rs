//! A scenario with many steps.

use super::super::{Check, Fixes, Inspection, Parameter, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW009",
    name: "scenario-size",
    summary: "A scenario has many steps",
    why: "A long scenario tells how to use the screen, not what the product does for somebody. It breaks with every change, and nobody reads it (Binamungu, Embury, Konstantinou 2020: concise; the rule `scenario-size` of gherkin-lint).",
    bad: item!(
        "Scenario: A guest pays\n  Given a basket\n  And a lamp in it\n  And a chair in it\n  And a table in it\n  And no account\n  And an address in Berlin\n  And a card of a bank in Berlin\n  When I pay as a guest\n  Then I see the receipt\n  And I see the address\n  And I see the day of arrival\n"
    ),
    good: item!(
        "Scenario: A guest pays\n  Given a full basket\n  And no account\n  When I pay as a guest\n  Then I see the receipt\n  And I see the address\n"
    ),
    severity: Severity::Info,
    parameters: &[Parameter {
        name: "max",
        default: 10.0,
        summary: "the most steps of a scenario",
    }],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let most = at.number(&RULE, "max");
    super::each(at, subject, reports, |_, scenario, reports| {
        let n_steps = scenario.steps.len();
        if n_steps as f64 > most {
            let message = format!("more than {most} steps in {}", super::called(subject, scenario));
            let hint = format!(
                "it has {n_steps}: put what is alike in all scenarios under `Background:`, and leave out what makes no difference"
            );
            reports.push(Report::at(subject.entry, scenario.title(), message).hint(hint));
        }
    });
}
