//! Lines that are no Gherkin.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::{Replacement, Report};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW012",
    name: "gherkin-syntax",
    summary: "A block of Gherkin has a line that is none",
    why: "Tools that read Gherkin refuse the whole block, or silently take the line for a description, so that a step is never run (Gherkin reference).",
    bad: item!(
        "Scenario: A guest pays\n  Given a full basket\n  WHEN I pay as a guest\n  Then I see the receipt\n"
    ),
    good: item!(
        "Scenario: A guest pays\n  Given a full basket\n  When I pay as a guest\n  Then I see the receipt\n"
    ),
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::Safe,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    for fault in super::blocks(at, subject).iter().flat_map(|block| &block.faults) {
        let line = super::shortened(fault.span.of(subject.text()));
        let message = match line.is_empty() || fault.message.contains('`') {
            true => fault.message.clone(),
            false => format!("{}: '{line}'", fault.message),
        };
        let mut report = Report::at(subject.entry, fault.span, message);
        report.hint = fault.hint.map(str::to_owned);
        reports.push(match fault.instead {
            Some(text) => {
                let replacement = Replacement { span: fault.span, text: text.to_owned() };
                report.fix(format!("write `{text}`"), vec![replacement])
            }
            None => report,
        });
    }
}
