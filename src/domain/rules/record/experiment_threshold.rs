//! An experiment has no threshold.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::EXPERIMENT;
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC003",
    name: "experiment-without-threshold",
    summary: "An experiment has no threshold",
    why: "Who looks at the numbers first and says afterwards what they had to be will find every hypothesis confirmed.",
    bad: "%% experiments/EXP-frzdv.md\n\
          ---\n\
          id: EXP-frzdv\n\
          title: Does a photo bring orders?\n\
          status: running\n\
          end: 2026-12-01\n\
          ---\n",
    good: "%% experiments/EXP-frzdv.md\n\
           ---\n\
           id: EXP-frzdv\n\
           title: Does a photo bring orders?\n\
           status: running\n\
           end: 2026-12-01\n\
           threshold: 45\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let is_open = at.backlog.category(entry).is_open();
    let has = entry.document.get("threshold").is_some_and(|it| !it.is_empty(subject.text()));
    if std::ptr::eq(entry.kind, &EXPERIMENT) && is_open && !has {
        let hint = "say beforehand from which value on the hypothesis holds";
        reports.push(
            Report::at(entry, Span::default(), "an experiment without a threshold").hint(hint),
        );
    }
}
