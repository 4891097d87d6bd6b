//! Two items ask for the same.

use super::super::{Check, Fixes, Inspection, Parameter, Rule};
use super::{examples, stories};
use crate::domain::config::Severity;
use crate::domain::document::Node;
use crate::domain::entry::Entry;
use crate::domain::finding::Report;
use crate::domain::similar::{Likeness, Limits, Pair, Parts, Texts};
use crate::domain::span::Span;
use crate::domain::story::Clause;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "ST014",
    name: "duplicate-story",
    summary: "Two open items ask for the same",
    why: "Each is estimated, ranked and built by people who do not know of the other (QUS: unique, Lucassen 2016). Stories are alike if role, means and ends share most of their words; other items if their titles do. Words of its own on both sides make two wishes, as in 'invoices of a year' and 'receipts of a year'; items that are linked to each other are left out.",
    bad: examples!(
        "As a household, I want to choose a flexible pick-up time, so that I can come after work.",
        "9qqrt" "mccc" "As a household, I want a flexible pick-up time, so that I can come after work."
    ),
    good: examples!(
        "As a household, I want to choose a flexible pick-up time, so that I can come after work.",
        "9qqrt" "mccc" "As a household, I want to choose a pick-up point, so that I can come after work."
    ),
    severity: Severity::Warning,
    parameters: &[
        Parameter {
            name: "means",
            default: 0.5,
            summary: "the share of common words in what is wanted, if the ends are alike",
        },
        Parameter { name: "ends", default: 0.6, summary: "the same for what it is wanted for" },
        Parameter {
            name: "alone",
            default: 0.8,
            summary: "the share of common words in what is wanted, whatever it is for",
        },
    ],
    fixes: Fixes::None,
    check: Check::Backlog(check),
};

/// A text that is compared, and the item in which it stands.
struct Wish<'a> {
    entry: &'a Entry,
    span: Span,
    parts: Parts<'a>,
}

fn check(at: &Inspection<'_>, reports: &mut Vec<Report>) {
    let number = |name: &str| at.number(&RULE, name);
    let limits = Limits { means: number("means"), ends: number("ends"), alone: number("alone") };
    let told = stories(at);
    let wishes: Vec<Wish<'_>> = told
        .iter()
        .filter_map(|(entry, story)| {
            let of =
                |clause: Option<Clause>| clause.map_or("", |it| it.span.of(entry.document.text()));
            // Whoever is meant by a job story is in a situation instead of a role.
            let role = of(story.role.or(story.trigger));
            let parts = Parts { role, means: of(Some(story.means?)), ends: of(story.ends) };
            Some(Wish { entry, span: story.span, parts })
        })
        .collect();
    compare(at, wishes, limits, "story", reports);
    let mut tells = told.iter().filter(|(_, story)| story.means.is_some()).peekable();
    // Both are in the order of the backlog.
    let others =
        at.backlog.open_items().filter(|item| tells.next_if(|(it, _)| it == item).is_none());
    compare(at, others.filter_map(titled).collect(), limits, "title", reports);
}

fn titled(entry: &Entry) -> Option<Wish<'_>> {
    let span = entry.document.get("title").map(Node::span)?;
    let parts = Parts { means: span.of(entry.document.text()), ..Parts::default() };
    Some(Wish { entry, span, parts })
}

fn compare(
    at: &Inspection<'_>,
    mut wishes: Vec<Wish<'_>>,
    limits: Limits,
    what: &str,
    reports: &mut Vec<Report>,
) {
    // Which of many is named must not depend on the order of the backlog.
    wishes.sort_unstable_by_key(|wish| (wish.entry.id(), wish.entry.path()));
    let texts = Texts::read(wishes.iter().map(|wish| wish.parts));
    // Of many that say the same, each names one other.
    let mut is_told = vec![false; wishes.len()];
    for Pair { first, second, likeness } in texts.pairs(limits) {
        let (a, b) = (&wishes[first], &wishes[second]);
        if are_linked(at, a.entry, b.entry) {
            continue;
        }
        if !std::mem::replace(&mut is_told[first], true) {
            reports.push(report(a, b, likeness, what));
        }
        if !std::mem::replace(&mut is_told[second], true) {
            reports.push(report(b, a, likeness, what));
        }
    }
}

fn report(wish: &Wish<'_>, other: &Wish<'_>, likeness: Likeness, what: &str) -> Report {
    let id = other.entry.id();
    let message = match likeness {
        Likeness::Same => format!("the same {what} as {id}"),
        Likeness::Means | Likeness::MeansAndEnds => format!("nearly the same {what} as {id}"),
        Likeness::Action => format!("the same {what} as {id}, on another condition"),
    };
    let hint = "put them together, or say in each what the other does not hold";
    Report::at(wish.entry, wish.span, message).hint(hint)
}

/// Whether one names the other in a field: then somebody knows of both.
fn are_linked(at: &Inspection<'_>, a: &Entry, b: &Entry) -> bool {
    let names = |from: &Entry, to: &Entry| {
        let links =
            ["parent", "depends_on", "blocks"].into_iter().flat_map(|field| from.links(field));
        links.filter_map(|id| at.backlog.called(&id)).any(|it| it == to)
    };
    names(a, b) || names(b, a)
}
