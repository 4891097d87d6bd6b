//! Outlines and the values that they are for.

use std::collections::HashSet;

use super::super::{Check, Fixes, Inspection, Rule, Subject};
use crate::domain::config::Severity;
use crate::domain::finding::Report;
use crate::domain::gherkin::{Examples, HeaderKind, Scenario, Step};
use crate::domain::span::Span;

pub(in crate::domain::rules) const RULE: Rule = Rule {
    code: "GW008",
    name: "outline",
    summary: "A scenario outline and its examples do not fit together",
    why: "An outline without examples is never run, and a `<name>` that no column has stands in the step as it is (Gherkin reference: Scenario Outline; the rules `no-scenario-outlines-without-examples` and `no-unused-variables` of gherkin-lint).",
    bad: item!(
        "Scenario Outline: A guest pays\n  Given a basket for <price>\n  When I pay by <way>\n  Then I see the receipt\n\n  Examples:\n    | price | method |\n    | 10 EUR | card |\n"
    ),
    good: item!(
        "Scenario Outline: A guest pays\n  Given a basket for <price>\n  When I pay by <way>\n  Then I see the receipt\n\n  Examples:\n    | price | way |\n    | 10 EUR | card |\n"
    ),
    severity: Severity::Error,
    parameters: &[],
    fixes: Fixes::None,
    check: Check::Entry(check),
};

fn check(at: &Inspection<'_>, subject: &Subject<'_>, reports: &mut Vec<Report>) {
    super::each(at, subject, reports, |_, scenario, reports| {
        let is_outline = scenario.header.is_some_and(|it| it.kind == HeaderKind::Outline);
        if is_outline && scenario.examples.is_empty() {
            let message = format!("no examples in {}", super::called(subject, scenario));
            let hint = "add `Examples:` with a table, or write `Scenario:`";
            reports.push(Report::at(subject.entry, scenario.title(), message).hint(hint));
        }
        if !scenario.examples.is_empty() {
            let text = subject.text();
            let used: HashSet<&str> = used(text, scenario).map(|span| span.of(text)).collect();
            for examples in &scenario.examples {
                check_examples(subject, scenario, examples, &used, reports);
            }
        }
        check_steps(subject, scenario, reports);
    });
}

fn check_examples(
    subject: &Subject<'_>,
    scenario: &Scenario,
    examples: &Examples,
    used: &HashSet<&str>,
    reports: &mut Vec<Report>,
) {
    let text = subject.text();
    if examples.table.rows.len() < 2 {
        let message = format!("examples without values in {}", super::called(subject, scenario));
        let hint = "a row with the names, and below it a row with values for each example";
        reports.push(Report::at(subject.entry, examples.header.keyword, message).hint(hint));
    }
    let columns = examples.table.rows.first().map_or(&[][..], |row| &row.cells);
    for column in columns {
        let name = column.of(text);
        if !name.is_empty() && !used.contains(name) && !is_remark(name) {
            let message = format!("no step uses the column '{}'", super::shortened(name));
            let hint =
                format!("write `<{}>` in a step, or leave the column out", super::shortened(name));
            reports.push(Report::at(subject.entry, *column, message).hint(hint));
        }
    }
}

/// Names in steps that no column has. What looks like a tag of HTML is none.
fn check_steps(subject: &Subject<'_>, scenario: &Scenario, reports: &mut Vec<Report>) {
    let text = subject.text();
    let headers = scenario.examples.iter().filter_map(|it| it.table.rows.first());
    let known: HashSet<&str> =
        headers.flat_map(|row| &row.cells).map(|cell| cell.of(text)).collect();
    if known.is_empty() {
        return;
    }
    let mut told = HashSet::new();
    for span in scenario.steps.iter().flat_map(|step| names(text, step.words)) {
        let name = span.of(text);
        let is_name = !name.contains(['/', '=', '"', '!']) && !HTML.contains(&name);
        if is_name && !known.contains(name) && told.insert(name) {
            let message =
                format!("no column of the examples is called '{}'", super::shortened(name));
            let hint = "name a column, or correct the name in the step";
            reports.push(Report::at(subject.entry, span, message).hint(hint));
        }
    }
}

/// Tags that stand in steps about pages.
const HTML: &[&str] =
    &["a", "b", "br", "div", "em", "h1", "h2", "i", "p", "script", "span", "strong"];

/// Columns that explain a row to the reader; sorted.
const REMARKS: &[&str] = &[
    "case",
    "comment",
    "comments",
    "description",
    "example",
    "id",
    "note",
    "notes",
    "nr",
    "reason",
    "remark",
    "remarks",
    "scenario",
    "test",
    "why",
];

fn is_remark(name: &str) -> bool {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    name.is_empty() || REMARKS.binary_search(&&*name).is_ok()
}

/// Every `<name>` of a scenario: in its tags, its name, its steps, and what stands below them.
fn used<'a>(text: &'a str, scenario: &'a Scenario) -> impl Iterator<Item = Span> + 'a {
    let name = scenario.header.map(|header| header.name);
    let below = |step: &'a Step| {
        let rows = step.table().into_iter().flat_map(|table| &table.rows).map(|row| row.span);
        rows.chain(step.text().into_iter().flat_map(|it| [it.media, it.span])).chain([step.words])
    };
    name.into_iter()
        .chain(scenario.tags.iter().copied())
        .chain(scenario.steps.iter().flat_map(below))
        .flat_map(move |span| names(text, span))
}

/// What stands between `<` and `>` in a part of a text.
fn names(text: &str, part: Span) -> Vec<Span> {
    let mut names = Vec::new();
    let mut open = None;
    for (at, byte) in part.of(text).bytes().enumerate() {
        match (byte, open) {
            (b'<', _) => open = Some(at + 1),
            (b'>', Some(start)) => {
                let inside = Span::new(part.start + start, part.start + at);
                let name = inside.of(text);
                if !name.is_empty() && !name.starts_with(' ') && !name.ends_with(' ') {
                    names.push(inside);
                }
                open = None;
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_may_explain_a_row() {
        assert!(REMARKS.is_sorted());
        for name in ["Comment!", "#", "notes", "ID"] {
            assert!(is_remark(name), "{name}");
        }
        for name in ["price", "cases of wine", "identity"] {
            assert!(!is_remark(name), "{name}");
        }
    }

    #[test]
    fn finds_names_between_angle_brackets() {
        let text = "a <b> < c> d<e f><<g> <>";
        let found: Vec<_> =
            names(text, Span::new(0, text.len())).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["b", "e f", "g"]);
    }
}
