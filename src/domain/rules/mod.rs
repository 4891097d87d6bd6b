//! The rules of `check`, one file each, and the one list of them.
//!
//! A rule is a value with a function in it. Its examples are documents, and a test runs every
//! rule over its own: the bad one is found, the good one is not. Codes are never used again for
//! something else, because suppressions and baselines name them.

mod criteria;
mod file;
mod id;
mod link;
mod rank;

use super::backlog::Backlog;
use super::config::{RuleSetting, Severity};
use super::entry::Entry;
use super::finding::{Finding, Report};
use super::problem::ProblemKind;

/// A rule of `check`.
#[derive(Debug)]
pub struct Rule {
    /// Two letters for the family and three digits; never used again.
    pub code: &'static str,
    /// A name that reads after "allow".
    pub name: &'static str,
    /// What is wrong, in one line.
    pub summary: &'static str,
    /// Why it matters, with its source.
    pub why: &'static str,
    /// A document in which it is found; empty where no text can show it.
    pub bad: &'static str,
    /// The same document in good order.
    pub good: &'static str,
    /// How severe its findings are unless the configuration says otherwise.
    pub severity: Severity,
    /// The check itself.
    check: Check,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
enum Check {
    /// Problems of one kind that reading found.
    Problem(ProblemKind),
    /// One readable document.
    Entry(fn(&Backlog, &Entry, &mut Vec<Report>)),
    /// All of them.
    Backlog(fn(&Backlog, &mut Vec<Report>)),
}

/// Every rule, by family and code.
pub const RULES: &[&Rule] = &[
    &criteria::no_criteria::RULE,
    &file::unreadable::RULE,
    &file::not_regular::RULE,
    &file::encoding::RULE,
    &file::limit::RULE,
    &file::conflict::RULE,
    &file::front_matter::RULE,
    &file::syntax::RULE,
    &file::duplicate_key::RULE,
    &file::forbidden_yaml::RULE,
    &file::missing_field::RULE,
    &file::wrong_type::RULE,
    &file::unknown_word::RULE,
    &file::unknown_field::RULE,
    &id::malformed::RULE,
    &id::duplicate::RULE,
    &link::dangling::RULE,
    &rank::invalid::RULE,
    &rank::missing::RULE,
];

/// Everything that the rules find, by path and place.
pub fn check(backlog: &Backlog) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule.findings(backlog)).collect();
    findings.sort_by(|a, b| {
        (&a.path, a.span, a.code, &a.message).cmp(&(&b.path, b.span, b.code, &b.message))
    });
    findings
}

/// The rule with that code or name.
pub fn named(word: &str) -> Option<&'static Rule> {
    let is = |rule: &&&Rule| {
        rule.code.eq_ignore_ascii_case(word) || rule.name.eq_ignore_ascii_case(word)
    };
    RULES.iter().find(is).copied()
}

impl Rule {
    /// What this rule finds.
    pub fn findings(&self, backlog: &Backlog) -> Vec<Finding> {
        let severity = self.severity_in(backlog);
        if severity == Severity::Off {
            return Vec::new();
        }
        let finding = |report: Report| Finding {
            code: self.code,
            name: self.name,
            severity,
            path: report.path,
            id: report.id,
            span: report.problem.span,
            position: report.problem.position,
            message: report.problem.message,
            hint: report.problem.hint,
        };
        self.reports(backlog).into_iter().map(finding).collect()
    }

    fn reports(&self, backlog: &Backlog) -> Vec<Report> {
        let mut reports = Vec::new();
        match self.check {
            Check::Problem(kind) => {
                let settings =
                    backlog.config_problems.iter().filter(|problem| problem.kind == kind);
                reports.extend(settings.map(|problem| Report {
                    path: super::backlog::CONFIG.to_owned(),
                    id: None,
                    problem: problem.clone(),
                }));
                for entry in backlog.entries() {
                    let problems = entry.problems().filter(|problem| problem.kind == kind);
                    reports.extend(problems.map(|problem| Report::of(entry, problem.clone())));
                }
            }
            Check::Entry(check) => {
                backlog.readable().for_each(|entry| check(backlog, entry, &mut reports));
            }
            Check::Backlog(check) => check(backlog, &mut reports),
        }
        reports
    }

    fn severity_in(&self, backlog: &Backlog) -> Severity {
        let rules = &backlog.config.rules;
        let setting = rules.get(self.code).or_else(|| rules.get(self.name));
        match setting {
            Some(RuleSetting::Severity(severity)) => *severity,
            Some(RuleSetting::Detailed(detail)) => detail.severity.unwrap_or(self.severity),
            None => self.severity,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::source::SourceFile;

    fn codes(text: &str) -> BTreeSet<&'static str> {
        let file =
            SourceFile { path: "items/BL-7k3qd-checkout.md".to_owned(), text: Ok(text.to_owned()) };
        let findings = check(&Backlog::parse(vec![file]));
        findings.iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn bad_examples_are_found_and_good_ones_are_not() {
        for rule in RULES.iter().filter(|rule| !rule.bad.is_empty()) {
            assert_eq!(
                codes(rule.bad),
                BTreeSet::from([rule.code]),
                "bad example of {}",
                rule.code
            );
            assert_eq!(codes(rule.good), BTreeSet::new(), "good example of {}", rule.code);
        }
    }

    #[test]
    fn only_rules_about_files_without_a_text_have_no_example() {
        let without: Vec<_> =
            RULES.iter().filter(|rule| rule.bad.is_empty()).map(|rule| rule.code).collect();
        assert_eq!(without, ["FM001", "FM002", "FM004", "ID002"]);
    }

    #[test]
    fn codes_and_names_are_unique_and_codes_are_sorted() {
        let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
        let names: BTreeSet<_> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len());
    }
}
