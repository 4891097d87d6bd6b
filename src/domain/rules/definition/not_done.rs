//! A done item lacks what done asks for.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::wanted;
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RD002",
    name: "not-done",
    summary: "An item that is done lacks a field that the Definition of Done asks for",
    why: "If an item does not meet the Definition of Done, it cannot be released or even presented at the Sprint Review (Scrum Guide 2020).",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: done\n\
          ---\n\
          %% config.yml\n\
          done: {fields: [release]}\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: done\n\
           release: REL-g4s69\n\
           ---\n\
           %% releases/REL-g4s69.md\n\
           ---\n\
           id: REL-g4s69\n\
           title: Winter opening\n\
           status: planned\n\
           target: 2026-12-14\n\
           ---\n\
           %% config.yml\n\
           done: {fields: [release]}\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !at.is_done(entry) {
        return;
    }
    let asked = at.config.done.fields.iter();
    for field in asked.filter(|field| wanted::lacks(entry, field)) {
        let hint = format!("git backlog set {} {field}=…", entry.id());
        let message = format!("it is done, and has no {field}");
        reports.push(Report::at_field(entry, "status", message).hint(hint));
    }
}
