//! `value`: how early the value comes, and what the order costs.

use super::context::Context;
use super::error::exit;
use super::workspace::{At, Workspace};
use super::{Global, list, pager};
use crate::domain::backlog::Keep;
use crate::domain::entry::Entry;
use crate::domain::select;
use crate::domain::value::value;
use crate::render::Format;
use crate::render::report::value::ValueView;

/// Show how early the value comes, and what the order costs
///
/// Compares today's order of the open items that have a value and an effort with the best one that
/// keeps the dependencies, and with the cheapest first: the curve of value over effort, the pairs
/// that cost most with the moves that would help, what waits too long, and how much of the value
/// strengthens the unique selling proposition. Changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog value
  git backlog value 'goal=GOAL-activation'
  git backlog value --format html > value.html
  git backlog value --at HEAD~10 --format json")]
pub(super) struct Args {
    /// Look only at the open items that a query finds, as if there were no others
    #[arg(value_name = "QUERY", add = super::completions::queries())]
    query: Option<String>,
    /// The same, as other commands take it
    #[arg(long = "where", value_name = "QUERY", conflicts_with = "query", add = super::completions::queries())]
    filter: Option<String>,
    /// Print the curve as a table, even on a terminal
    #[arg(long)]
    plain: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_charts())]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let filter = args.query.as_deref().or(args.filter.as_deref());
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let keep = if filter.is_some() { Keep::Everything } else { Keep::Fields };
    let backlog = workspace.read(cx, args.at.at.as_deref(), keep)?;
    if let Some((text, meant)) =
        filter.and_then(|text| Some((text, select::condition_for(&backlog, text)?)))
    {
        cx.say(&format!("'{text}' is looked for in titles and texts; you may mean {meant}"))?;
    }
    let query = filter.map(|text| list::query(&backlog, text, cx.today)).transpose()?;
    let is_asked = |item: &Entry| query.as_ref().is_none_or(|query| query.matches(&backlog, item));
    let value = value(&backlog, cx.today, is_asked);
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    let view = ValueView { value: &value, query: filter, is_plain: args.plain };
    cx.show(&view, args.format)?;
    // The process ends here, as after a listing.
    drop(value);
    std::mem::forget(backlog);
    Ok(exit::DONE)
}
