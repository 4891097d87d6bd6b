//! `board`: items by status.

use super::context::Context;
use super::error::exit;
use super::workspace::{At, Workspace};
use super::{Global, list, watch};
use crate::domain::backlog::Keep;
use crate::render::Format;
use crate::render::report::board::BoardView;

/// Show the board: open items by status
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog board
  git backlog board 'assignee=mira' --all
  git backlog board --watch")]
pub(super) struct Args {
    /// Show only the items that a query finds
    #[arg(value_name = "QUERY", add = super::completions::queries())]
    query: Option<String>,
    /// The same, as other commands take it
    #[arg(long = "where", value_name = "QUERY", conflicts_with = "query", add = super::completions::queries())]
    filter: Option<String>,
    /// Show the statuses of done and dropped items too
    #[arg(long)]
    all: bool,
    /// How many items of a status to show
    #[arg(long, value_name = "N", default_value_t = 12)]
    limit: usize,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_pages())]
    format: Format,
    /// Show it anew whenever a file of the backlog changes, until Ctrl-C
    #[arg(long, conflicts_with = "at")]
    watch: bool,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    match args.watch {
        true => watch::again(cx, &workspace, |cx| board(&args, &workspace, cx)),
        false => board(&args, &workspace, cx),
    }
}

fn board(args: &Args, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let filter = args.query.as_deref().or(args.filter.as_deref());
    let keep = if filter.is_some() { Keep::Everything } else { Keep::Fields };
    let backlog = workspace.read(cx, args.at.at.as_deref(), keep)?;
    let query = filter.map(|text| list::query(&backlog, text, cx.today)).transpose()?;
    let matches = |item: &&_| query.as_ref().is_none_or(|query| query.matches(&backlog, item));
    let items = backlog.items().filter(matches).collect();
    let limit = args.limit;
    cx.show(&BoardView { backlog: &backlog, items, limit, all: args.all }, args.format)?;
    Ok(exit::DONE)
}
