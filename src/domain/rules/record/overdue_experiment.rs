//! An experiment is past its end.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::EXPERIMENT;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC004",
    name: "overdue-experiment",
    summary: "An experiment is past its end and has no result",
    why: "It was begun to decide something, and the decision still waits.",
    bad: "%% experiments/EXP-frzdv.md\n\
          ---\n\
          id: EXP-frzdv\n\
          title: Does a photo bring orders?\n\
          status: running\n\
          threshold: 45\n\
          end: 2026-11-15\n\
          ---\n",
    good: "%% experiments/EXP-frzdv.md\n\
           ---\n\
           id: EXP-frzdv\n\
           title: Does a photo bring orders?\n\
           status: finished\n\
           threshold: 45\n\
           end: 2026-11-15\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let is_open = at.backlog.category(entry).is_open();
    let is_past = entry.date("end").is_some_and(|end| end < at.today);
    if std::ptr::eq(entry.kind, &EXPERIMENT) && is_open && is_past {
        let hint = format!("write down what it showed: git backlog edit {}", entry.id());
        reports.push(
            Report::at_field(entry, "end", "it is past its end, and not finished").hint(hint),
        );
    }
}
