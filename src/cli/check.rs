//! `check`: what is wrong with the backlog.

use std::path::Path;

use super::Global;
use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::{At, Workspace};
use crate::domain::backlog::Backlog;
use crate::domain::config::Severity;
use crate::domain::finding::Finding;
use crate::domain::id::Found;
use crate::domain::rules::{self, RULES, Rule};
use crate::domain::suggest;
use crate::render::block::{Block, Cell, Column, Line, Table};
use crate::render::report::findings::FindingsView;
use crate::render::{Format, View};

/// Check the backlog against its rules
///
/// Exit code 1 if an error is found, 0 otherwise. Warnings do not fail.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog check
  git backlog check .backlog/items/BL-7k3qd-guest-checkout.md --format json
  git backlog check --explain AC001")]
pub(super) struct Args {
    /// Look at these files, folders or documents only
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<String>,
    /// Explain a rule, by code or name; `all` lists them
    #[arg(long, value_name = "CODE", conflicts_with = "paths")]
    explain: Option<String>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    if let Some(word) = &args.explain {
        return explain(word, args.format, cx);
    }
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let files = workspace.source(args.at.at.as_deref())?.files()?;
    let backlog = Backlog::parse(files);
    let all = rules::check(&backlog);
    let selection = Selection::of(&args.paths, &workspace, &backlog, cx)?;
    let findings: Vec<Finding> =
        all.into_iter().filter(|finding| selection.has(&finding.path)).collect();
    let documents = backlog.entries().filter(|entry| selection.has(entry.path())).count();
    let failed = findings.iter().any(|finding| finding.severity == Severity::Error);
    cx.show(
        &FindingsView { findings: &findings, folder: &workspace.folder, documents },
        args.format,
    )?;
    Ok(if failed { exit::FOUND } else { exit::DONE })
}

/// The paths that were asked for, below the backlog's folder.
struct Selection(Vec<String>);

impl Selection {
    fn of(
        paths: &[String],
        workspace: &Workspace,
        backlog: &Backlog,
        cx: &Context,
    ) -> anyhow::Result<Self> {
        let below = |path: &String| {
            let root = workspace.root.as_deref().unwrap_or(Path::new(&workspace.folder));
            let full = cx.directory.join(path);
            if !full.exists() {
                return match backlog.find(path) {
                    Found::One(entry) => Ok(entry.path().to_owned()),
                    _ => Err(Failure::usage(format!("there is no file or document '{path}'"))),
                };
            }
            let full = full.canonicalize().unwrap_or(full);
            let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
            match full.strip_prefix(&root) {
                Ok(below) => Ok(below.to_string_lossy().replace('\\', "/")),
                Err(_) if root.starts_with(&full) => Ok(String::new()),
                Err(_) => Err(Failure::usage(format!("'{path}' is not in {}", workspace.folder))),
            }
        };
        Ok(Self(paths.iter().map(below).collect::<Result<_, _>>()?))
    }

    fn has(&self, path: &str) -> bool {
        let is_below = |folder: &String| {
            folder.is_empty()
                || path
                    .strip_prefix(folder.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.0.is_empty() || self.0.iter().any(is_below)
    }
}

fn explain(word: &str, format: Format, cx: &mut Context) -> anyhow::Result<u8> {
    if word == "all" {
        cx.show(&RulesView, format)?;
        return Ok(exit::DONE);
    }
    let Some(rule) = rules::named(word) else {
        let codes: Vec<&str> = RULES.iter().flat_map(|rule| [rule.code, rule.name]).collect();
        let failure = Failure::usage(format!("no rule '{word}'"));
        return Err(failure.hint(suggest::did_you_mean(word, &codes)).into());
    };
    cx.show(&RuleView(rule), format)?;
    Ok(exit::DONE)
}

/// One rule with its reason and examples.
struct RuleView(&'static Rule);

impl View for RuleView {
    fn blocks(&self) -> Vec<Block<'_>> {
        let rule = self.0;
        let example = |text: &'static str| Block::Code {
            language: "markdown",
            lines: text.lines().map(Line::from).collect(),
        };
        let mut blocks = vec![
            Block::heading(1, Line::from(Cell::id(rule.code)).then("  ").then(rule.name)),
            Block::text(Line::from(format!("{}: ", rule.severity.word())).then(rule.summary)),
            Block::Blank,
            Block::text(rule.why),
        ];
        if !rule.bad.is_empty() {
            blocks.extend([Block::heading(2, "Found"), example(rule.bad)]);
            blocks.extend([Block::heading(2, "Not found"), example(rule.good)]);
        }
        blocks
    }

    fn json(&self) -> serde_json::Value {
        let rule = self.0;
        serde_json::json!({
            "code": rule.code, "name": rule.name, "severity": rule.severity.word(), "summary": rule.summary,
            "why": rule.why, "bad": rule.bad, "good": rule.good,
        })
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Table, Format::Json, Format::Jsonl, Format::Markdown]
    }
}

/// All rules, one a line.
struct RulesView;

impl View for RulesView {
    fn blocks(&self) -> Vec<Block<'_>> {
        let columns =
            [Column::whole("code"), Column::whole("name"), Column::shrink("what is wrong")];
        let mut table = Table::new(columns);
        for rule in RULES {
            table.push([Cell::id(rule.code), rule.name.into(), rule.summary.into()]);
        }
        vec![Block::Table(table)]
    }

    fn json(&self) -> serde_json::Value {
        let rules: Vec<_> = RULES.iter().map(|rule| RuleView(rule).json()).collect();
        serde_json::json!({ "rules": rules })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("rules")
    }

    fn formats(&self) -> &'static [Format] {
        Format::DATA
    }
}
