//! The laws that hold for every rule, held by its own examples.

use std::collections::BTreeSet;

use super::*;
use crate::domain::backlog::Backlog;
use crate::domain::config::{RuleSetting, Severity};
use crate::domain::finding::Finding;

/// The findings in an example: those that count, and those of the rule that it belongs to.
fn findings(rule: &Rule, example: &Example) -> Vec<Finding> {
    let backlog = Backlog::parse(example.state());
    let base = example.before().map(Backlog::parse);
    let steps = [example.step()];
    let mut config = base.as_ref().unwrap_or(&backlog).config.clone();
    if rule.severity == Severity::Off {
        config.rules.0.push((rule.code.to_owned(), RuleSetting::Severity(Severity::Warning)));
    }
    let since = base.as_ref().map(|base| Since { base, steps: &steps });
    let at = Inspection::new(&backlog, &config, Example::today(), since);
    let counts = |it: &Finding| it.severity >= Severity::Warning || it.code == rule.code;
    check(&at).findings.into_iter().filter(counts).collect()
}

fn codes(findings: &[Finding]) -> BTreeSet<&'static str> {
    findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn bad_examples_are_found_and_good_ones_are_not() {
    for rule in RULES.iter().filter(|rule| !rule.bad.is_empty()) {
        let [bad, good] = rule.examples();
        let found = findings(rule, &bad);
        let only = BTreeSet::from([rule.code]);
        assert_eq!(codes(&found), only, "bad example of {}: {found:#?}", rule.code);
        let found = findings(rule, &good);
        assert!(found.is_empty(), "good example of {}: {found:#?}", rule.code);
    }
}

#[test]
fn fixes_are_made_by_the_rules_that_say_so() {
    for rule in RULES.iter().filter(|rule| !rule.bad.is_empty()) {
        let [bad, _] = rule.examples();
        let has_fix = findings(rule, &bad).iter().any(|finding| finding.fix.is_some());
        assert_eq!(has_fix, rule.safety().is_some(), "{}", rule.code);
    }
}

#[test]
fn only_rules_about_files_without_a_text_have_no_example() {
    let without: Vec<_> =
        RULES.iter().filter(|rule| rule.bad.is_empty()).map(|rule| rule.code).collect();
    assert_eq!(without, ["FM001", "FM002", "FM004"]);
}

#[test]
fn codes_and_names_are_unique_and_codes_are_sorted() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    let names: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
    assert_eq!(names.len(), RULES.len());
    let families: BTreeSet<_> = RULES.iter().map(|rule| rule.family()).collect();
    assert_eq!(families, FAMILIES.iter().map(|(family, _)| *family).collect());
}

/// What is counted without the other rules is what `check` finds of these, suppressions and severities included.
#[test]
fn problems_are_counted_as_check_finds_them() {
    let count = |text: &'static str| {
        let backlog = Backlog::parse(Example::parse(text).state());
        let at = Inspection::new(&backlog, &backlog.config, Example::today(), None);
        let is_problem = |code: &str| RULES.iter().any(|it| it.code == code && it.is_problem());
        let is_counted = |it: &&Finding| it.severity == Severity::Error && is_problem(it.code);
        let n_found = check(&at).findings.iter().filter(is_counted).count();
        assert_eq!(count_problems(&at), n_found, "{text}");
        n_found
    };
    let n_found: usize = RULES.iter().map(|rule| count(rule.bad)).sum();
    assert!(n_found > 5, "{n_found}");
    let off = "%% config.yml\nrules:\n  FM012: off\n%% items/BL-22222.md\n---\nid: BL-22222\ntitle: X\n\
               type: task\nstatus: redy\nrank: mmmm\n---\n";
    assert_eq!(count(off), 0);
}
