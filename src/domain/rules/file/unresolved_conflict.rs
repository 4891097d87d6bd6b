//! Two people want different values, and nobody has decided.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::merge::{self, Conflict};
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "FM015",
    name: "unresolved-conflict",
    summary: "Two people want different values, and nobody has decided",
    why: "The field has the value from before both changes, so that neither counts; the list 'conflicts' has what each of them wrote.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          conflicts:\n\
          - status: done\n\
          - status: review\n\
          ---\n",
    good: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: review\n\
          rank: mbbb\n\
          ---\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(_: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let hint = format!("git backlog resolve {}", entry.id());
    for conflict in merge::open(&entry.document) {
        let report = match conflict {
            Conflict::Field { name, either, .. } => {
                let said = |value: &String| match value.is_empty() {
                    true => "nothing".to_owned(),
                    false => value.clone(),
                };
                let values = either.iter().map(said).collect::<Vec<_>>().join(" or ");
                Report::at_field(entry, "conflicts", format!("{name} is to be {values}"))
            }
            Conflict::Text { line } => {
                let text = entry.document.text();
                let lines = text.split_inclusive('\n');
                let start = lines.take(line - 1).map(str::len).sum();
                Report::at(entry, Span::at(start), "a merge conflict that is not resolved")
            }
            Conflict::Criterion { .. } | Conflict::Unreadable { .. } => continue,
        };
        reports.push(report.hint(&hint));
    }
}
