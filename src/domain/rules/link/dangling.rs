//! A link names a document that is not there.

use super::super::{Check, Rule};
use crate::domain::backlog::{Backlog, Link, TEXT};
use crate::domain::config::Severity;
use crate::domain::document::Node;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::id::{self, Found};
use crate::domain::mention;
use crate::domain::problem::{Problem, ProblemKind};
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
    check: Check::Entry(check),
};

/// How many links of one document are told one by one. A text that is not meant for a backlog may
/// hold thousands, and each costs a search for its place and for an id that is near.
const SHOWN: usize = 100;

fn check(backlog: &Backlog, entry: &Entry, reports: &mut Vec<Report>) {
    let mut links = backlog.links_from(entry);
    // A Sprint Goal may be a sentence instead of the id of a goal.
    let is_text = |link: &Link<'_>| link.field == "goal" && !id::is_safe(&link.to);
    links.retain(|link| !is_text(link) && !backlog.names(&link.to));
    if links.len() > SHOWN {
        let message = format!("and {} more links name nothing", links.len() - SHOWN);
        let span = entry.document.body_span();
        let text = entry.document.text();
        reports.push(Report::of(entry, Problem::at(ProblemKind::UnknownWord, text, span, message)));
    }
    for link in links.into_iter().take(SHOWN) {
        let span = place(entry, &link);
        let message = format!("{}: there is no document '{}'", link.field, link.to);
        let problem = Problem::at(ProblemKind::UnknownWord, entry.document.text(), span, message);
        reports.push(Report::of(
            entry,
            match backlog.find(&link.to) {
                Found::None(near) if !near.is_empty() => {
                    problem.hint(format!("did you mean {}?", near[0]))
                }
                _ => problem,
            },
        ));
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
