//! The same keyword on neighbouring steps.

use super::super::{Check, Fixes, Inspection, Rule, SHOWN, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::{Replacement, Report};
use crate::domain::gherkin::StepKind;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW005",
    name: "repeated-keyword",
    summary: "Neighbouring steps begin with the same keyword",
    why: "`And` reads as it is meant, and shows at a glance where the scenario turns from what holds to what happens (the rule `use-and` of gherkin-lint).",
    bad: item!(
        "Scenario: A guest pays\n  Given a full basket\n  Given no account\n  When I pay as a guest\n  Then I see the receipt\n"
    ),
    good: item!(
        "Scenario: A guest pays\n  Given a full basket\n  And no account\n  When I pay as a guest\n  Then I see the receipt\n"
    ),
    severity: Severity::Info,
    parameters: &[],
    fixes: Fixes::Safe,
    check: Check::Entry(check),
};

/// A repeated When is more than a matter of style, and has a rule of its own.
fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    super::each(at, subject, reports, |block, scenario, reports| {
        let mut before = StepKind::Any;
        for (kind, step) in scenario.kinds() {
            let is_repeated = step.kind == before && step.kind == kind;
            before = kind;
            if reports.len() > SHOWN {
                return;
            }
            if !is_repeated || !matches!(kind, StepKind::Given | StepKind::Then) {
                continue;
            }
            let words = super::shortened(step.words.of(subject.text()));
            let keyword = step.keyword.of(subject.text());
            let message = format!("`{keyword}` is repeated before '{words}'");
            let report = Report::at(subject.entry, step.keyword, message);
            reports.push(match block.language.is_english() {
                true => {
                    let text = "And".to_owned();
                    let replacement = Replacement { span: step.keyword, text };
                    report.hint("write `And`").fix("write `And`", vec![replacement])
                }
                false => report.hint("write the word for \"and\""),
            });
        }
    });
}
