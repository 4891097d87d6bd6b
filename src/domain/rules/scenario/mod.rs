//! Rules about Given, When and Then: scenarios in Gherkin, and criteria of one line in that form.

/// An item with one block of Gherkin, as an example.
macro_rules! item {
    ($block:expr) => {
        concat!(
            "---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: story\nstatus: ready\nrank: mbbb\n---\n\n",
            "As a shopper, I want to pay without an account, so that I can buy in a minute.\n\n",
            "## Acceptance criteria\n\n- [ ] The card of a guest is never stored.\n\n```gherkin\n",
            $block,
            "```\n"
        )
    };
}

pub(super) mod duplicate_scenario;
pub(super) mod no_then;
pub(super) mod no_when;
pub(super) mod outline;
pub(super) mod repeated_keyword;
pub(super) mod scenario_size;
pub(super) mod several_whens;
pub(super) mod step_order;
pub(super) mod syntax;
pub(super) mod ui_step;
pub(super) mod unnamed_scenario;
pub(super) mod unobservable_then;

use super::{Inspection, SHOWN, Subject};
use crate::domain::finding::Report;
use crate::domain::gherkin::{Clause, Gherkin, Scenario, StepKind, clauses};
use crate::domain::span::Span;

/// The blocks of Gherkin in the criteria of an open item; nothing else has any.
fn blocks<'a>(at: &Inspection<'_>, subject: &'a Subject<'_>) -> &'a [Gherkin] {
    if is_open(at, subject) { &subject.criteria().blocks } else { &[] }
}

/// Looks at each scenario of an open item with its block, until more is found than is told.
fn each(
    at: &Inspection<'_>,
    subject: &Subject<'_>,
    reports: &mut Vec<Report>,
    mut check: impl FnMut(&Gherkin, &Scenario, &mut Vec<Report>),
) {
    for block in blocks(at, subject) {
        for scenario in &block.scenarios {
            if reports.len() > SHOWN {
                return;
            }
            check(block, scenario, reports);
        }
    }
}

/// The clauses of each criterion of an open item that is a scenario in one line.
fn lines<'a>(
    at: &Inspection<'_>,
    subject: &'a Subject<'_>,
) -> impl Iterator<Item = Vec<Clause>> + 'a {
    let list = if is_open(at, subject) { subject.criteria().list.as_slice() } else { &[] };
    let of_line = |span: Span| clauses(subject.text(), span);
    let lines = list.iter().filter(|criterion| !criterion.is_scenario());
    lines.map(move |criterion| of_line(criterion.span)).filter(|clauses| !clauses.is_empty())
}

fn is_open(at: &Inspection<'_>, subject: &Subject<'_>) -> bool {
    let entry = subject.entry;
    entry.kind.is_ranked() && at.backlog.category(entry).is_open()
}

/// A scenario as a message names it.
fn called(subject: &Subject<'_>, scenario: &Scenario) -> String {
    match scenario.name(subject.text()) {
        "" => "a scenario without a name".to_owned(),
        name => format!("the scenario '{}'", shortened(name)),
    }
}

/// A text as a message quotes it: no longer than a line.
fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// Whether a scenario, or what comes before it, has a step of a sort. A step whose sort nobody can
/// tell may be of any.
fn has(block: &Gherkin, scenario: &Scenario, kind: StepKind) -> bool {
    let is = |it: StepKind| it == kind || it == StepKind::Any;
    block.before(scenario).any(|step| is(step.kind)) || scenario.kinds().any(|(it, _)| is(it))
}

/// The words of a text in lower case, with the bytes that they are; an apostrophe and a hyphen are
/// part of a word.
fn words(text: &str) -> impl Iterator<Item = (String, Span)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let mut at = 0;
    text.split(move |c: char| !is_part(c)).filter_map(move |word| {
        let span = Span::new(at, at + word.len());
        at = span.end + text[span.end..].chars().next().map_or(0, char::len_utf8);
        (!word.is_empty()).then(|| (word.to_lowercase().replace('’', "'"), span))
    })
}
