//! A scenario without a name.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::gherkin::Gherkin;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW007",
    name: "unnamed-scenario",
    summary: "A scenario has no name",
    why: "The name says in a few words which behaviour the steps are an example of, and it is all that a test report shows (the rule `no-unnamed-scenarios` of gherkin-lint).",
    bad: item!(
        "Scenario:\n  Given a full basket\n  When I pay as a guest\n  Then I see the receipt\n"
    ),
    good: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then I see the receipt\n"
    ),
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

/// Steps alone are one scenario, which a heading above the block may name.
fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    super::each(at, subject, reports, |block, scenario, reports| {
        let is_bare = scenario.header.is_none() && !is_divided(block);
        if is_bare || !scenario.name(subject.text()).is_empty() {
            return;
        }
        let first = scenario.steps.first().map_or("nothing", |step| step.words.of(subject.text()));
        let first = super::shortened(first);
        let (message, hint) = match scenario.header {
            Some(_) => (
                format!("the scenario that begins with '{first}' has no name"),
                "name the behaviour after the colon: `Scenario: A guest pays`",
            ),
            None => (
                format!("the steps that begin with '{first}' stand in no scenario"),
                "write a line such as `Scenario: A guest pays` before them",
            ),
        };
        reports.push(Report::at(subject.entry, scenario.title(), message).hint(hint));
    });
}

/// Whether a block has parts with keywords of their own.
fn is_divided(block: &Gherkin) -> bool {
    block.feature.is_some()
        || !block.rules.is_empty()
        || !block.backgrounds.is_empty()
        || block.scenarios.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::gherkin::{Language, parse};
    use crate::domain::span::Span;

    #[test]
    fn steps_alone_need_no_name() {
        let divided =
            |text: &str| is_divided(&parse(text, Span::new(0, text.len()), Language::english()));
        assert!(!divided("Given a\nWhen b\nThen c\n"));
        assert!(divided("Given a\n\nScenario: B\n  Given c\n"));
        assert!(divided("Feature: A\n\nGiven b\n"));
    }
}
