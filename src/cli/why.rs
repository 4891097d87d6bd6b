//! `why`: why an item is where it is.

use super::blame::{find_readable, history, history_of_all};
use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::{At, Workspace};
use super::{Global, pager};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::kind::EXPERIMENT;
use crate::domain::score::Scoring;
use crate::domain::score::table::table;
use crate::domain::standing::standing;
use crate::render::Format;
use crate::render::report::experiment::ExperimentView;
use crate::render::report::why::WhyView;

/// Say why an item is where it is: moves, worth, evidence, what waits
///
/// On one screen: its place and its last moves with their reasons, who set its value and its
/// effort, goals, evidence and decisions, what waits for what, the sprint and the release, and the
/// commits and branches that name it. For an experiment: what it showed, and what moved since.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog why BL-7k3qd
  git backlog why 7k --format json")]
pub(super) struct Args {
    /// The id of an item or an experiment, or the beginning of one
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: String,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_pages())]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let at = args.at.at.as_deref();
    let backlog = workspace.load(cx, at)?;
    let item = find_readable(&backlog, &args.id)?;
    if std::ptr::eq(item.kind, &EXPERIMENT) {
        return experiment(&backlog, item, &workspace, &args, cx);
    }
    if !item.kind.is_ranked() {
        let message = format!("{} is no item, and has no place in the order", item.id());
        let hint = format!("see its history with: git backlog log {}", item.id());
        return Err(Failure::usage(message).hint(hint).into());
    }
    let entries = history(item.id(), at, &workspace, cx)?;
    let branches = workspace.repository()?.branches_naming(item.id())?;
    let titles =
        backlog.entries().map(|it| (it.id().to_owned(), it.title().into_owned())).collect();
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    let scoring = Scoring::new(&backlog.config, None, cx.today).ok();
    let scored = scoring.as_ref().filter(|scoring| !scoring.is_manual());
    let scored = scored.map(|scoring| (scoring, table(&backlog, scoring)));
    let view = WhyView {
        backlog: &backlog,
        item,
        scores: scored.as_ref().map(|(scoring, table)| (*scoring, table)),
        standing: &standing(&backlog, item),
        entries: &entries,
        titles: &titles,
        branches: &branches,
    };
    cx.show(&view, args.format)?;
    Ok(exit::DONE)
}

/// What an experiment changed in the order.
fn experiment(
    backlog: &Backlog,
    experiment: &Entry,
    workspace: &Workspace,
    args: &Args,
    cx: &mut Context,
) -> anyhow::Result<u8> {
    let affected = experiment.links("affects");
    let affected = affected.iter().filter_map(|id| Some(backlog.called(id)?.id()));
    let ids: Vec<&str> = affected.chain([experiment.id()]).collect();
    let entries = history_of_all(&ids, args.at.at.as_deref(), workspace, cx)?;
    if args.format == Format::Table {
        pager::start(cx, workspace);
    }
    cx.show(&ExperimentView { backlog, experiment, entries: &entries }, args.format)?;
    Ok(exit::DONE)
}
