//! An item whose type asks for acceptance criteria has none.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::{ItemType, Severity};
use crate::domain::finding::Report;
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC001",
    name: "no-criteria",
    summary: "A story past its first status has no acceptance criteria, or another item whose type asks for some",
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
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let entry = subject.entry;
    let asks = |item_type: &ItemType| {
        let is_criteria = |section: &String| {
            at.config.criteria.sections.iter().any(|it| it.eq_ignore_ascii_case(section))
        };
        item_type.sections.iter().any(is_criteria)
    };
    let is_asked =
        entry.kind.is_ranked() && at.config.types.0.get(&entry.item_type()).is_some_and(asks);
    let is_live =
        at.backlog.category(entry).is_open() && entry.status() != at.config.first_status();
    if !is_asked || !is_live || !subject.criteria().list.is_empty() {
        return;
    }
    let body = entry.document.body_span().start;
    let first = subject.text()[body..].trim_start();
    let start = subject.text().len() - first.len();
    let line = first.lines().next().unwrap_or_default();
    let span = Span::new(start, start + line.trim_end().len());
    let has_boxes = first.lines().any(|line| line.trim_start().starts_with("- ["));
    let hint = match has_boxes {
        true => format!(
            "there are boxes, and no heading '{}': put it above them, or name theirs in criteria.sections",
            at.config.criteria.sections.first().map_or("Acceptance criteria", String::as_str)
        ),
        false => format!("add one: git backlog criteria {} add \"…\"", entry.id()),
    };
    reports.push(
        Report::at(entry, span, format!("a {} without acceptance criteria", entry.item_type()))
            .hint(hint),
    );
}
