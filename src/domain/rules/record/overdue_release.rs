//! A release is past its day.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::RELEASE;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC008",
    name: "overdue-release",
    summary: "A release should have shipped",
    why: "Whoever reads the plan believes the day. Ship it, move it, or say that it will not come.",
    bad: "%% releases/REL-g4s69.md\n\
          ---\n\
          id: REL-g4s69\n\
          title: Winter opening\n\
          status: planned\n\
          target: 2026-11-20\n\
          ---\n",
    good: "%% releases/REL-g4s69.md\n\
           ---\n\
           id: REL-g4s69\n\
           title: Winter opening\n\
           status: planned\n\
           target: 2026-12-14\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let is_open = at.backlog.category(entry).is_open();
    let is_past = entry.date("target").is_some_and(|day| day < at.today);
    if std::ptr::eq(entry.kind, &RELEASE) && is_open && is_past {
        let hint = format!("git backlog set {} status=shipped, or another target", entry.id());
        reports.push(Report::at_field(entry, "target", "it should have shipped by now").hint(hint));
    }
}
