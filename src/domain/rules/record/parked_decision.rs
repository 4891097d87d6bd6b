//! A decision is put off without an end.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::kind::{Category, DECISION};
use crate::domain::overdue;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC005",
    name: "parked-decision",
    summary: "A deferred decision has nobody who takes it, or nothing that brings it back",
    why: "What is put off without a day or an event is decided by not deciding.",
    bad: "%% decisions/DEC-s3qr4.md\n\
          ---\n\
          id: DEC-s3qr4\n\
          title: No app for now\n\
          status: deferred\n\
          ---\n",
    good: "%% decisions/DEC-s3qr4.md\n\
           ---\n\
           id: DEC-s3qr4\n\
           title: No app for now\n\
           status: deferred\n\
           owner: mira\n\
           revisit: when 150 households order\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !std::ptr::eq(entry.kind, &DECISION) {
        return;
    }
    if entry.status() == "deferred" {
        let has = |field: &str| entry.text(field).is_some();
        // Who has put it off is taken for its owner, unless somebody else is named.
        let is_owned = has("owner") || has("decided_by");
        let missing: Vec<&str> = [("owner", is_owned), ("revisit", has("revisit"))]
            .into_iter()
            .filter_map(|(field, is_there)| (!is_there).then_some(field))
            .collect();
        if !missing.is_empty() {
            let message = format!("deferred without {}", missing.join(" and "));
            let hint = "say who takes it (owner), and the day or the event at which to look at it again (revisit)";
            reports.push(Report::at_field(entry, "status", message).hint(hint));
        }
    }
    let day = overdue::revisit(entry);
    let is_due = day.is_some_and(|day| day < at.today);
    if is_due && at.backlog.category(entry) != Category::Dropped {
        let hint = "look at it again, and give it another day or none";
        reports.push(
            Report::at_field(entry, "revisit", "the day to look at it again is past").hint(hint),
        );
    }
}
