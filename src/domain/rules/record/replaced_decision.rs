//! A decision was replaced and does not say so.

use super::super::{Check, Fixes, Inspection, Rule};
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::kind::{Category, DECISION};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RC010",
    name: "replaced-decision",
    summary: "A decision was replaced by another one and still counts",
    why: "Who finds the older one first follows it; a decision that is not in force any more has to say so itself.",
    bad: "%% decisions/DEC-22222.md\n\
          ---\n\
          id: DEC-22222\n\
          title: An account for everybody\n\
          status: accepted\n\
          ---\n\
          %% decisions/DEC-33333.md\n\
          ---\n\
          id: DEC-33333\n\
          title: No account\n\
          status: accepted\n\
          supersedes: [DEC-22222]\n\
          ---\n",
    good: "%% decisions/DEC-22222.md\n\
           ---\n\
           id: DEC-22222\n\
           title: An account for everybody\n\
           status: superseded\n\
           ---\n\
           %% decisions/DEC-33333.md\n\
           ---\n\
           id: DEC-33333\n\
           title: No account\n\
           status: accepted\n\
           supersedes: [DEC-22222]\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let is_taken = |it: &&Entry| at.backlog.category(it) == Category::Done;
    for newer in at.backlog.of_kind(&DECISION).filter(is_taken) {
        for (_, older) in at.targets(newer, "supersedes") {
            let still_counts = at.backlog.category(older) != Category::Dropped;
            if std::ptr::eq(older.kind, &DECISION) && older != newer && still_counts {
                let message = format!("{} has replaced it", newer.id());
                let hint = format!("git backlog set {} status=superseded", older.id());
                reports.push(Report::at_field(older, "status", message).hint(hint));
            }
        }
    }
}
