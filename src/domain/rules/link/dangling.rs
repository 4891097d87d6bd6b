//! A link names a document that is not there.

use super::super::{Check, Fixes, Inspection, Rule, SHOWN, Subject};
use crate::domain::backlog::{Link, TEXT};
use crate::domain::config::Severity;
use crate::domain::document::Node;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::id::{self, Found};
use crate::domain::mention;
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "LK001",
    name: "dangling-link",
    summary: "A link names a document that is not there",
    why: "A dependency, a goal or evidence that cannot be looked up is worth as much as none.",
    bad: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          depends_on: [BL-9qqrt]\n\
          ---\n",
    good: "---\n\
          id: BL-7k3qd\n\
          title: Guest checkout\n\
          type: task\n\
          status: ready\n\
          rank: mbbb\n\
          ---\n",
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    let (backlog, entry) = (at.backlog, subject.entry);
    let mut links = backlog.links_from(entry);
    // A Sprint Goal may be a sentence instead of the id of a goal.
    let is_text = |link: &Link<'_>| link.field == "goal" && !id::is_safe(&link.to);
    links.retain(|link| !is_text(link) && !backlog.names(&link.to));
    // Each costs a search for its place and for an id that is near.
    for link in links.into_iter().take(SHOWN + 1) {
        let message = format!("{}: there is no document '{}'", link.field, link.to);
        let report = Report::at(entry, place(entry, &link), message);
        reports.push(match backlog.find(&link.to) {
            Found::None(near) if !near.is_empty() => {
                report.hint(format!("did you mean {}?", near[0]))
            }
            _ => report,
        });
    }
}

/// The value of the field, or the words in the text.
fn place(entry: &Entry, link: &Link<'_>) -> Span {
    if link.field != TEXT {
        return entry.document.get(&link.field).map(Node::span).unwrap_or_default();
    }
    let body = entry.document.body_span().start;
    let mention = mention::mentions(entry.document.body()).find(|mention| mention.id == link.to);
    mention.map(|it| Span::new(it.start, it.start + it.id.len()).shifted(body)).unwrap_or_default()
}
