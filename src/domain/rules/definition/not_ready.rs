//! A ready item lacks what ready asks for.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use super::wanted;
use crate::domain::config::Severity;
use crate::domain::finding::Report;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RD001",
    name: "not-ready",
    summary: "An item that counts as ready lacks a field or a section that the Definition of Ready asks for",
    why: "Items that can be Done within one Sprint are deemed ready for selection (Scrum Guide 2020); what the team needs to know for that is what it has agreed on here.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          %% config.yml\n\
          ready: {fields: [value]}\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: ready\n\
           rank: mbbb\n\
           value: 3\n\
           ---\n\
           %% config.yml\n\
           ready: {fields: [value]}\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !at.is_ready(entry) {
        return;
    }
    let fields = wanted::fields(&at.config.ready, entry, at.config);
    for field in fields.filter(|field| wanted::lacks(entry, field)) {
        let hint = format!("git backlog set {} {field}=…", entry.id());
        let message = format!("it counts as ready, and has no {field}");
        reports.push(Report::at_field(entry, "status", message).hint(hint));
    }
    for section in wanted::sections(entry, at.config) {
        let message = format!("it counts as ready, and has no section '{section}'");
        let hint = format!("git backlog edit {}", entry.id());
        reports.push(Report::at_field(entry, "status", message).hint(hint));
    }
}
