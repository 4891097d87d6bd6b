//! A ready item has an open question.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::{Report, excerpt};
use crate::domain::question;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RD004",
    name: "open-question",
    summary: "An item that counts as ready has an open question",
    why: "A question to the product owner that is found in the middle of a sprint costs the team the days until it is answered.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          questions: [May a guest pay by invoice?]\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: proposed\n\
           rank: mbbb\n\
           questions: [May a guest pay by invoice?]\n\
           ---\n",
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
    for it in question::open(entry) {
        let message = format!("it counts as ready, and asks '{}'", excerpt(&it.note.text));
        let number = it.number.unwrap_or(1);
        let hint = format!("answer it with: git backlog answer {} {number} 'TEXT'", entry.id());
        reports.push(Report::at(entry, question::span(entry, &it), message).hint(hint));
    }
}
