//! A story has no acceptance criteria.

use super::super::{Check, Rule};
use crate::domain::backlog::Backlog;
use crate::domain::config::Severity;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::problem::{Problem, ProblemKind};

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC001",
    name: "no-criteria",
    summary: "A story past its first status has no acceptance criteria",
    why: "Without criteria nobody can say when a story is done, and everybody will say something else. \
          They are the confirmation among card, conversation and confirmation (Jeffries 2001).",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: story\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          \n\
          As a shopper, I want to pay without an account.\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: story\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           \n\
           As a shopper, I want to pay without an account.\n\
           \n\
           ## Acceptance criteria\n\
           \n\
           - [ ] A guest reaches payment in one step.\n",
    severity: Severity::Error,
    check: Check::Entry(check),
};

fn check(backlog: &Backlog, entry: &Entry, reports: &mut Vec<Report>) {
    let is_story = entry.kind.is_ranked() && entry.item_type() == "story";
    let is_live =
        backlog.category(entry).is_open() && entry.status() != backlog.config.first_status();
    if !is_story || !is_live || !entry.criteria(&backlog.config).list.is_empty() {
        return;
    }
    let body = entry.document.body_span();
    let problem = Problem::at(
        ProblemKind::MissingField,
        entry.document.text(),
        body,
        "a story without acceptance criteria",
    );
    let hint = format!("add one: git backlog criteria {} add \"…\"", entry.id());
    reports.push(Report::of(entry, problem.hint(hint)));
}
