//! A criterion that was there is gone.

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::criteria::{self, Criteria, Criterion};
use crate::domain::entry::Entry;
use crate::domain::finding::{Report, excerpt};
use crate::domain::kind::Category;
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "AC023",
    name: "removed-criterion",
    summary: "A criterion of a story that is ready is gone",
    why: "Whoever planned with the story planned with the criterion. Dropping it changes the scope, and that is a decision of the Product Owner that a reviewer should see (Scrum Guide 2020: scope is negotiated with the Product Owner).",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: story\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          \n\
          As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
          \n\
          ## Acceptance criteria\n\
          \n\
          - [ ] A guest reaches payment in one step.\n\
          %% base items/BL-7k3qd-guest-checkout.md\n\
          ---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: story\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n\
          \n\
          As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
          \n\
          ## Acceptance criteria\n\
          \n\
          - [ ] A guest reaches payment in one step.\n\
          - [ ] The card of a guest is never stored.\n",
    good: "---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: story\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           \n\
           As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
           \n\
           ## Acceptance criteria\n\
           \n\
           - [ ] A guest reaches payment in one step.\n\
           - [ ] The card of a guest is never stored.\n\
           %% base items/BL-7k3qd-guest-checkout.md\n\
           ---\n\
           id: BL-7k3qd\n\
           title: Guest checkout\n\
           type: story\n\
           status: ready\n\
           rank: mbbb\n\
           ---\n\
           \n\
           As a shopper, I want to pay without an account, so that I can buy in a minute.\n\
           \n\
           ## Acceptance criteria\n\
           \n\
           - [ ] A guest reaches payment in one step.\n\
           - [ ] The card of a guest is never stored.\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let Some((before, base)) = at.before(subject.entry) else { return };
    // What is rejected needs no criteria; what is done has met those that it was begun with.
    let is_dropped = subject.entry.category(at.config) == Category::Dropped;
    if !base.is_ready(before) || is_dropped {
        return;
    }
    let (old, new) = (before.criteria(at.config), subject.criteria());
    let removed = criteria::compare(&old, new).removed;
    for criterion in removed.into_iter().filter(|it| !is_elsewhere(at, subject.entry, &it.text)) {
        let span = place(subject, &old, criterion);
        let message = format!("the criterion '{}' is gone", excerpt(&criterion.text));
        let hint = "put it back, or say why: <!-- backlog: allow AC023 because … -->";
        reports.push(Report::at(subject.entry, span, message).hint(hint));
    }
}

/// Where a criterion would stand: at the nearest one before it that is still there; without one, at
/// the heading, or where the text begins.
fn place(subject: &Subject<'_>, old: &Criteria, gone: &Criterion) -> Span {
    let text = subject.text();
    let before = old.list.iter().rev().filter(|it| it.ordinal < gone.ordinal);
    let mut still = before.filter_map(|it| {
        let new = subject.criteria().list.iter();
        new.clone().find(|new| new.text == it.text)
    });
    if let Some(neighbour) = still.next() {
        return Span::at(neighbour.span.end);
    }
    let body = subject.entry.document.body_span().start;
    let start = subject.criteria().section_start().unwrap_or(body);
    let first = text[start..].lines().next().unwrap_or_default();
    Span::new(start, start + first.trim_end().len())
}

/// Whether the criterion moved to another item, as when a story is split.
fn is_elsewhere(at: &Inspection<'_>, entry: &Entry, text: &str) -> bool {
    at.moved().get(text).is_some_and(|paths| paths.iter().any(|path| *path != entry.path()))
}
