//! A sprint has no Sprint Goal.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::SPRINT;
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC007",
    name: "no-sprint-goal",
    summary: "An open sprint has no Sprint Goal",
    why: "The Sprint Backlog is the Sprint Goal (why), the items (what) and the plan (how); the goal is the single objective of the Sprint (Scrum Guide 2020).",
    bad: "%% sprints/2026-24.md\n\
          ---\n\
          id: 2026-24\n\
          title: Sprint 24\n\
          status: active\n\
          start: 2026-11-16\n\
          end: 2026-11-27\n\
          capacity: 8\n\
          ---\n",
    good: "%% sprints/2026-24.md\n\
           ---\n\
           id: 2026-24\n\
           title: Sprint 24\n\
           status: active\n\
           start: 2026-11-16\n\
           end: 2026-11-27\n\
           capacity: 8\n\
           goal: A guest can pay\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let is_open = at.backlog.category(entry).is_open();
    if std::ptr::eq(entry.kind, &SPRINT) && is_open && entry.text("goal").is_none() {
        let hint = format!("git backlog set {} goal='…'", entry.id());
        reports
            .push(Report::at(entry, Span::default(), "a sprint without a Sprint Goal").hint(hint));
    }
}
