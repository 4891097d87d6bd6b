//! `case`: the business case of an item, a goal or a release, and the budgets.

use super::blame::find_readable;
use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::{At, Workspace};
use super::{Global, pager};
use crate::domain::case::{budgets, case};
use crate::render::Format;
use crate::render::report::case::{BudgetsView, CaseView};

/// Show the business case of an item, a goal or a release
///
/// The problem, the evidence, what it is worth and what it costs, the risk, the metric that it
/// moves, decisions and open questions. Cost is effort times `budget.cost_per_point` of config.yml.
/// What is missing is named, and counts nowhere. Without an id: the budgets of all releases.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog case
  git backlog case REL-g4s69
  git backlog case 7k --format markdown")]
pub(super) struct Args {
    /// An item, a goal or a release
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: Option<String>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_pages())]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let backlog = workspace.load(cx, args.at.at.as_deref())?;
    let Some(id) = &args.id else {
        let rows = budgets(&backlog);
        cx.show(&BudgetsView { backlog: &backlog, rows }, args.format)?;
        return Ok(exit::DONE);
    };
    let subject = find_readable(&backlog, id)?;
    let Some(case) = case(&backlog, subject) else {
        let message =
            format!("{} is of kind {}, which has no case", subject.id(), subject.kind.name);
        let hint = "name an item, a goal or a release";
        return Err(Failure::usage(message).hint(hint).into());
    };
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    cx.show(&CaseView { backlog: &backlog, case: &case }, args.format)?;
    Ok(exit::DONE)
}
