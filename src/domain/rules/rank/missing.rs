//! An open item has no rank.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RK002",
    name: "missing-rank",
    summary: "An open item has no rank",
    why: "The Product Backlog is an ordered list (Scrum Guide 2020); an item without a place sorts last, whatever it is worth.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          ---\n",
    good: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let is_open = entry.kind.is_ranked() && at.backlog.category(entry).is_open();
    if !is_open || entry.text("rank").is_some() {
        return;
    }
    let hint = format!("give it a place: git backlog rank {} --bottom", entry.id());
    reports.push(Report::at(entry, Span::default(), "no rank").hint(hint));
}
