//! Two scenarios of one item have the same name.

use std::collections::HashSet;

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW006",
    name: "duplicate-scenario",
    summary: "Two scenarios of one item have the same name",
    why: "Test reports and people name a scenario by its name. Two with the same one are a copy that was to be changed, or one of them is not needed (the rule `no-dupe-scenario-names` of gherkin-lint).",
    bad: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then I see the receipt\n\nScenario: A guest pays\n  Given an empty basket\n  When I pay as a guest\n  Then I am told that the basket is empty\n"
    ),
    good: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then I see the receipt\n\nScenario: A guest with an empty basket cannot pay\n  Given an empty basket\n  When I pay as a guest\n  Then I am told that the basket is empty\n"
    ),
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

/// Case and blanks make no other name.
fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let mut names = HashSet::new();
    super::each(at, subject, reports, |_, scenario, reports| {
        let name = scenario.name(subject.text());
        let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
        if !words.is_empty() && !names.insert(words.join(" ")) {
            let message = format!("another scenario is called '{}' too", super::shortened(name));
            let hint = "say in its name what is different here";
            reports.push(Report::at(subject.entry, scenario.title(), message).hint(hint));
        }
    });
}
