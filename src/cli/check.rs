//! `check`: what is wrong with the backlog.

mod baseline;
mod explain;
mod mend;
mod selection;
mod settings;
mod since;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Global;
use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::{At, Workspace};
use crate::domain::backlog::{Backlog, Keep, Reading};
use crate::domain::config::{Config, Severity};
use crate::domain::finding::Finding;
use crate::domain::history::Step;
use crate::domain::rules::{self, Inspection, Outcome};
use crate::render::Format;
use crate::render::report::findings::FindingsView;
use crate::render::report::statistics::StatisticsView;
use selection::Selection;
use settings::SettingsView;
use since::Comparison;

/// Check the backlog against its rules
///
/// Exit code 1 if an error is found, 0 otherwise; warnings do not fail. What cannot be read is always
/// an error, whatever the settings say.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog check
  git backlog check --since origin/main
  git backlog check .backlog/items/BL-7k3qd-guest-checkout.md --format full
  git backlog check --baseline .backlog/baseline.json --update-baseline
  git backlog check --fix --dry-run
  git backlog check --explain AC001")]
pub(super) struct Args {
    /// Tell of these files, folders or documents only
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<String>,
    /// Tell only what is new since the history left this revision, judged by the rules of then
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Tell only what this file does not know
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    baseline: Option<PathBuf>,
    /// Write what is found to the file of --baseline, so that it is known from now on
    #[arg(long, requires = "baseline", conflicts_with_all = ["paths", "since", "fix", "dry_run"])]
    update_baseline: bool,
    /// Mend what can be mended without a look at the result
    #[arg(long, conflicts_with = "at")]
    fix: bool,
    /// Mend what can be mended and should be looked at
    #[arg(long, requires = "fix")]
    unsafe_fixes: bool,
    /// With --fix: print the difference instead of writing it
    #[arg(short = 'n', long, requires = "fix")]
    dry_run: bool,
    /// Explain a rule, by code or name; `all` lists them
    #[arg(long, value_name = "CODE", conflicts_with = "paths", add = super::completions::rules())]
    explain: Option<String>,
    /// Show the rules as they are set here
    #[arg(long, conflicts_with_all = ["paths", "explain", "fix", "since", "baseline"])]
    show_config: bool,
    /// Count the findings of each rule instead of telling them
    #[arg(long, conflicts_with_all = ["explain", "show_config", "update_baseline"])]
    statistics: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_findings())]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    if let Some(word) = &args.explain {
        return explain::explain(word, args.format, cx);
    }
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let rev = args.at.at.as_deref();
    let backlog = read(&workspace, rev)?;
    if args.show_config {
        refuse_broken_settings(&backlog, &workspace)?;
        cx.show(&SettingsView { backlog: &backlog }, args.format)?;
        return Ok(exit::DONE);
    }
    let since = args.since.as_deref();
    let since = since.map(|since| Comparison::of(since, rev, &workspace, cx)).transpose()?;
    let selection = Selection::of(&args.paths, &workspace, &backlog, cx)?;
    let known = args.baseline.as_deref().map(|file| baseline::read(file, args.update_baseline, cx));
    let check = Check { since, selection, known: known.transpose()? };
    let (backlog, outcome) = match args.fix {
        true => mend::mend(&check, backlog, &args, &workspace, cx)?,
        false => {
            let outcome = check.run(&backlog, cx);
            (backlog, outcome)
        }
    };
    if let (true, Some(file)) = (args.update_baseline, &args.baseline) {
        return baseline::update(file, &outcome.findings, cx);
    }
    let code = report(&check, &backlog, outcome, &args, &workspace, cx)?;
    // The process ends here, and to take ten thousand documents apart first would be seen.
    std::mem::forget(backlog);
    Ok(code)
}

/// What a change brings in.
pub(super) struct News {
    /// What the rules find now and did not before.
    pub findings: Vec<Finding>,
    /// The state before.
    pub base: Backlog,
    /// What was done since.
    pub steps: Vec<Step>,
}

/// What a state has brought in since it left a revision, as `check --since` says it.
pub(super) fn news(
    rev: &str,
    at: Option<&str>,
    backlog: &Backlog,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<News> {
    let since = Some(Comparison::of(rev, at, workspace, cx)?);
    let check = Check { since, selection: Selection::everything(), known: None };
    let findings = check.run(backlog, cx).findings;
    let Comparison { base, steps } = check.since.expect("it was put there above");
    Ok(News { findings, base, steps })
}

/// The whole backlog. What cannot be read in it is a finding, and told as one.
fn read(workspace: &Workspace, rev: Option<&str>) -> anyhow::Result<Backlog> {
    let source = workspace.source(rev)?;
    let reading = Reading::new(&source.settings()?, Keep::Everything);
    source.each(&|file| reading.add(file))?;
    Ok(reading.finish())
}

/// What is looked at, and what counts.
struct Check {
    since: Option<Comparison>,
    selection: Selection,
    known: Option<crate::domain::baseline::Baseline>,
}

impl Check {
    /// What counts of the findings in a state, in order.
    fn run(&self, backlog: &Backlog, cx: &Context) -> Outcome {
        let config = self.config(backlog);
        let since = self.since.as_ref().map(Comparison::since);
        let at = Inspection::new(backlog, &config, cx.today, since);
        let mut outcome = rules::check(&at);
        if let Some(comparison) = &self.since {
            let config = comparison.base.config.clone();
            let at = Inspection::new(&comparison.base, &config, cx.today, None);
            let before = rules::check(&at).findings;
            outcome.findings = rules::news(outcome.findings, &before);
        }
        outcome.findings.retain(|finding| self.selection.has_finding(finding));
        outcome.allowed.retain(|(finding, _)| self.selection.has_finding(finding));
        outcome
    }

    /// The settings that count.
    fn config(&self, backlog: &Backlog) -> Config {
        match &self.since {
            Some(comparison) => backlog.config.judged_as(&comparison.base.config),
            None => backlog.config.clone(),
        }
    }
}

/// Shows what was found. The exit code is the same in every format.
fn report(
    check: &Check,
    backlog: &Backlog,
    outcome: Outcome,
    args: &Args,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<u8> {
    let mut findings: Vec<Finding> = outcome.findings;
    if let Some(known) = &check.known {
        let verdict = known.judge(findings);
        findings = verdict.new;
        let mut line = format!("{} known, which the baseline leaves out", verdict.n_known);
        // Of a part, nobody can say what is mended in the rest.
        if verdict.n_gone > 0 && check.since.is_none() && check.selection.is_everything() {
            line +=
                &format!("; {} more are mended: --update-baseline forgets them", verdict.n_gone);
        }
        cx.say(&line)?;
    }
    if !backlog.config_problems.is_empty() {
        cx.warn("the settings cannot be read, so that only files were checked, and no other rule")?;
    }
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    let selected = backlog.entries().filter(|entry| check.selection.has(entry.path()));
    let documents: Vec<&str> = selected.map(|entry| entry.path()).collect();
    let texts = texts(&findings, backlog, args, workspace)?;
    let view = FindingsView {
        findings: &findings,
        allowed: &outcome.allowed,
        folder: &workspace.folder,
        documents: &documents,
        texts: &texts,
    };
    match args.statistics {
        true => cx.show(&StatisticsView(&view), args.format)?,
        false => cx.show(&view, args.format)?,
    }
    let lost = check.since.as_ref().map_or(0, |since| since.base.unreadable().count());
    if lost > 0 {
        let noun =
            if lost == 1 { "document of the base cannot" } else { "documents of the base cannot" };
        cx.warn(&format!("{lost} {noun} be read, so nobody can say what changed there"))?;
    }
    Ok(if failed || lost > 0 { exit::FOUND } else { exit::DONE })
}

/// The texts of the files in which something was found, by path: documents and settings.
fn texts<'a>(
    findings: &[Finding],
    backlog: &'a Backlog,
    args: &Args,
    workspace: &Workspace,
) -> anyhow::Result<BTreeMap<String, Cow<'a, str>>> {
    let mut texts = BTreeMap::new();
    let documents = backlog.by_path();
    for path in findings.iter().map(|finding| &finding.path) {
        if texts.contains_key(path) {
            continue;
        }
        if let Some(entry) = documents.get(path.as_str()) {
            texts.insert(path.clone(), entry.document.text().into());
            continue;
        }
        let source = workspace.source(args.at.at.as_deref())?;
        let is_beside = path.starts_with("../");
        let file = if is_beside { source.file_beside(path)? } else { source.file(path)? };
        if let Some(Ok(text)) = file.map(|file| file.text) {
            texts.insert(path.clone(), text.into());
        }
    }
    Ok(texts)
}

/// Settings that cannot be read cannot be shown.
fn refuse_broken_settings(backlog: &Backlog, workspace: &Workspace) -> Result<(), Failure> {
    let Some(it) = backlog.config_problems.first() else { return Ok(()) };
    let place = format!("{}/{}:{}", workspace.folder, it.path, it.problem.position);
    let failure = Failure::new(exit::FOUND, format!("{place}: {}", it.problem.message));
    Err(match &it.problem.hint {
        Some(hint) => failure.hint(hint.clone()),
        None => failure,
    })
}
