//! Runs the rules over a backlog.

use std::cell::LazyCell;
use std::collections::HashMap;

use rayon::prelude::*;

use super::allow::{self, Allowance};
use super::{Check, Fixes, Inspection, Mend, RULES, Rule, SHOWN, Subject};
use crate::domain::config::{SettingsProblem, Severity};
use crate::domain::entry::Entry;
use crate::domain::finding::{Finding, Fix, Report, Safety};
use crate::domain::problem::Problem;
use crate::domain::span::{Positions, Span};

/// What the rules found.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What counts: of the settings, then of the documents by path and place.
    pub findings: Vec<Finding>,
    /// What somebody allowed, with the reason.
    pub allowed: Vec<(Finding, String)>,
}

/// A report with the rule that made it.
type Made = (&'static Rule, Report);

/// Everything that the rules find.
pub fn check(at: &Inspection<'_>) -> Outcome {
    at.stories();
    run(at, &rules(at, &|_| true), at.backlog.entries().collect())
}

/// How many errors are known from reading alone: what is wrong with files, fields and settings. The
/// rules that look at texts, links and orders are spared.
pub fn count_problems(at: &Inspection<'_>) -> usize {
    let rules = rules(at, &|rule| rule.is_problem() && at.can_fail(rule));
    let entries = at.backlog.entries().filter(|entry| entry.problems().next().is_some());
    let outcome = run(at, &rules, entries.collect());
    outcome.findings.iter().filter(|it| it.severity == Severity::Error).count()
}

/// The rules that are on and wanted.
fn rules(at: &Inspection<'_>, is_wanted: &dyn Fn(&Rule) -> bool) -> Vec<&'static Rule> {
    // With settings that cannot be read, half of what is found would be because of that.
    let is_sound = at.backlog.config_problems.is_empty();
    let is_on = |rule: &&'static Rule| if is_sound { at.is_on(rule) } else { rule.is_problem() };
    RULES.iter().copied().filter(is_on).filter(|rule| is_wanted(rule)).collect()
}

/// What these rules find, in these documents and in the settings.
fn run(at: &Inspection<'_>, rules: &[&'static Rule], mut entries: Vec<&Entry>) -> Outcome {
    entries.sort_unstable_by_key(|entry| entry.path());
    let of_entries = || -> Vec<(&Entry, Vec<Made>)> {
        entries.par_iter().map(|entry| (*entry, of_entry(at, rules, entry))).collect()
    };
    // Some rules about all documents keep one thread busy for a while.
    let (mut of_documents, mut made) = rayon::join(|| of_backlog(at, rules), of_entries);
    for (entry, made) in &mut made {
        made.extend(of_documents.remove(entry.path()).unwrap_or_default());
    }
    let outcomes: Vec<Outcome> =
        made.into_par_iter().map(|(entry, made)| outcome_of(at, rules, entry, made)).collect();
    // What is left is no document: the settings, which come first.
    let of_settings = of_documents.into_values().flatten();
    let mut outcome = Outcome::default();
    outcome.findings.extend(of_settings.filter_map(|made| finding(at, None, made)));
    outcome.sort();
    for more in outcomes {
        outcome.findings.extend(more.findings);
        outcome.allowed.extend(more.allowed);
    }
    outcome
}

/// The findings that `before` does not have: for each rule, document and message as many as there
/// are more now. What says that something cannot be read is always among them.
pub fn news(findings: Vec<Finding>, before: &[Finding]) -> Vec<Finding> {
    let mut known: HashMap<(&str, &str, &str), usize> = HashMap::new();
    for finding in before {
        *known.entry(finding.identity()).or_default() += 1;
    }
    let mut is_new = Vec::with_capacity(findings.len());
    for finding in &findings {
        is_new.push(match known.get_mut(&finding.identity()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                finding.is_fatal
            }
            _ => true,
        });
    }
    findings.into_iter().zip(is_new).filter(|(_, is_new)| *is_new).map(|(it, _)| it).collect()
}

impl Outcome {
    /// Brings what was found in one document, or in the settings, into its order.
    fn sort(&mut self) {
        fn place(it: &Finding) -> (&str, Span, &str, &str) {
            (&it.path, it.span, it.code, &it.message)
        }
        self.findings.sort_by(|a, b| (a.position, place(a)).cmp(&(b.position, place(b))));
        self.allowed.sort_by(|(a, _), (b, _)| place(a).cmp(&place(b)));
    }
}

/// The reports of the rules that look at all documents, by path.
fn of_backlog(at: &Inspection<'_>, rules: &[&'static Rule]) -> HashMap<String, Vec<Made>> {
    let reports = |rule: &&'static Rule| {
        let mut reports = Vec::new();
        match rule.check {
            Check::Backlog(check) => check(at, &mut reports),
            Check::Problem(kind, _) => {
                let problems = at.backlog.config_problems.iter();
                reports.extend(problems.filter(|it| it.problem.kind == kind).map(of_settings));
            }
            _ => {}
        }
        let rule = *rule;
        reports.into_iter().map(move |report| (rule, report)).collect::<Vec<Made>>()
    };
    let made: Vec<Vec<Made>> = rules.par_iter().map(reports).collect();
    let mut by_path: HashMap<String, Vec<Made>> = HashMap::new();
    for made in made.into_iter().flatten() {
        by_path.entry(made.1.path.clone()).or_default().push(made);
    }
    by_path
}

/// A report of a problem with the settings.
fn of_settings(SettingsProblem { path, problem }: &SettingsProblem) -> Report {
    Report {
        path: path.clone(),
        id: None,
        span: problem.span,
        position: Some(problem.position),
        message: problem.message.clone(),
        hint: problem.hint.clone(),
        fix: None,
    }
}

/// The reports of the rules that look at one document, or at a part of one.
fn of_entry(at: &Inspection<'_>, rules: &[&'static Rule], entry: &Entry) -> Vec<Made> {
    let mut made = Vec::new();
    let subject = LazyCell::new(|| Subject::new(entry, at));
    let is_sound = at.backlog.config_problems.is_empty();
    let is_open = entry.is_readable() && at.backlog.category(entry).is_open();
    for rule in rules {
        let mut reports = Vec::new();
        match rule.check {
            Check::Problem(kind, mend) if is_sound || kind.is_fatal() => {
                let problems = entry.problems().filter(|problem| problem.kind == kind);
                reports.extend(problems.map(|problem| of_problem(at, entry, problem, mend)));
            }
            Check::Entry(check) if entry.is_readable() => check(at, &subject, &mut reports),
            Check::Criterion(check) if is_open && entry.kind.is_ranked() => {
                for criterion in subject.criteria().list.iter().filter(|it| !it.is_scenario()) {
                    check(at, &subject, criterion, &mut reports);
                    if reports.len() > SHOWN {
                        break;
                    }
                }
            }
            Check::Story(check) if is_open => {
                if let Some(story) = subject.story() {
                    check(at, &subject, story, &mut reports);
                }
            }
            _ => {}
        }
        if reports.len() > SHOWN {
            let last = &mut reports[SHOWN];
            *last =
                Report::at(entry, last.span, "and more of these, which are not told one by one");
            reports.truncate(SHOWN + 1);
        }
        made.extend(reports.into_iter().map(|report| (*rule, report)));
    }
    made
}

/// What counts of the reports about one document, and what is allowed.
fn outcome_of(
    at: &Inspection<'_>,
    rules: &[&'static Rule],
    entry: &Entry,
    made: Vec<Made>,
) -> Outcome {
    let mut findings: Vec<Finding> =
        made.into_iter().filter_map(|made| finding(at, Some(entry), made)).collect();
    let mut outcome = Outcome::default();
    let mut allowances = allow::allowances(entry);
    if !allowances.is_empty() {
        if let Some((before, _)) = at.before(entry) {
            allow::mark_old(&mut allowances, before);
        }
        (findings, outcome.allowed) = allow::apply(&mut allowances, findings);
        let suppressions = of_allowances(rules, entry, &allowances);
        findings.extend(suppressions.filter_map(|made| finding(at, Some(entry), made)));
    }
    place(entry, findings.iter_mut().chain(outcome.allowed.iter_mut().map(|(it, _)| it)));
    outcome.findings = findings;
    outcome.sort();
    outcome
}

/// What the rules about suppressions find.
fn of_allowances<'a>(
    rules: &'a [&'static Rule],
    entry: &'a Entry,
    allowances: &'a [Allowance],
) -> impl Iterator<Item = Made> + 'a {
    rules.iter().flat_map(move |rule| {
        let report = move |allowance: &Allowance| {
            let Check::Allowance(check) = rule.check else { return None };
            let (message, hint) = check(allowance)?;
            let report = Report::at(entry, allowance.span, message).hint(hint);
            let removal = rule.safety().and_then(|_| allow::removal(entry, allowance));
            Some((*rule, Report { fix: removal, ..report }))
        };
        allowances.iter().filter_map(report)
    })
}

/// A problem as a report; its place is counted with the others.
fn of_problem(at: &Inspection<'_>, entry: &Entry, problem: &Problem, mend: Option<Mend>) -> Report {
    let report = Report::at(entry, problem.span, problem.message.clone());
    let position = entry.document.text().is_empty().then_some(problem.position);
    let fix = mend.and_then(|mend| mend(at, entry, problem));
    Report { hint: problem.hint.clone(), position, fix, ..report }
}

/// A report as a finding, unless it is off; what cannot be read is never off, and always an error.
fn finding(at: &Inspection<'_>, entry: Option<&Entry>, (rule, report): Made) -> Option<Finding> {
    let severity = match rule.is_fatal() {
        true => Severity::Error,
        false => at.severity(rule, &report.path, entry),
    };
    let safety = match rule.fixes {
        Fixes::Unsafe => Safety::Unsafe,
        Fixes::Safe | Fixes::None => Safety::Safe,
    };
    let fix = |(title, replacements)| Fix { title, safety, replacements };
    (severity != Severity::Off).then(|| Finding {
        code: rule.code,
        name: rule.name,
        severity,
        path: report.path,
        id: report.id,
        span: report.span,
        position: report.position.unwrap_or(crate::domain::span::Position::START),
        end: report.position.unwrap_or(crate::domain::span::Position::START),
        message: report.message,
        hint: report.hint,
        fix: report.fix.map(fix),
        is_fatal: rule.is_fatal() || report.position.is_some(),
    })
}

/// Counts where findings of one document begin and end: once through the text for all of them.
fn place<'a>(entry: &Entry, findings: impl Iterator<Item = &'a mut Finding>) {
    let text = entry.document.text();
    let mut findings: Vec<&mut Finding> = findings.collect();
    if findings.is_empty() || text.is_empty() {
        return;
    }
    findings.sort_by_key(|finding| finding.span);
    let mut positions = Positions::new(text);
    for finding in &mut findings {
        finding.position = positions.of(finding.span.start);
    }
    findings.sort_by_key(|finding| finding.span.end);
    let mut positions = Positions::new(text);
    for finding in &mut findings {
        let span = Span::new(finding.span.start, finding.span.end.max(finding.span.start));
        finding.end = positions.of(span.end);
    }
}
