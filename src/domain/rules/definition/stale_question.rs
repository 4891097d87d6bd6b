//! A question waits for an answer.

use super::super::{Check, Fixes, Inspection, Parameter, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::date::days_between;
use crate::domain::finding::{Report, excerpt};
use crate::domain::question;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "RD006",
    name: "stale-question",
    summary: "A question has waited long for an answer",
    why: "A product owner who cannot be asked holds up everybody; a question that nobody needs an answer to any more is better taken back. Only questions that say when they were asked are counted.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: proposed\n\
          rank: mbbb\n\
          questions: [\"May a guest pay by invoice? (ada to mira, 2026-11-02)\"]\n\
          ---\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: task\n\
           status: proposed\n\
           rank: mbbb\n\
           questions: [\"May a guest pay by invoice? (ada to mira, 2026-11-23)\"]\n\
           ---\n",
    severity: Severity::Warning,
    parameters: &[Parameter {
        name: "days",
        default: 14.0,
        summary: "how many days an answer may take",
    }],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    if !at.backlog.category(entry).is_open() {
        return;
    }
    for question in question::open(entry) {
        let Some(asked) = question.note.on else { continue };
        if days_between(asked, at.today) as f64 <= at.number(&RULE, "days") {
            continue;
        }
        let message = format!("'{}' waits since {asked}", excerpt(&question.note.text));
        let number = question.number.unwrap_or(1);
        let hint = format!("answer it with: git backlog answer {} {number} 'TEXT'", entry.id());
        reports.push(Report::at_field(entry, question::FIELD, message).hint(hint));
    }
}
