//! `score`: what items are worth for what they cost, and how sure their places are.

use super::blame::{find_readable, history};
use super::context::Context;
use super::error::{Failure, exit};
use super::rank::must_be_open;
use super::workspace::{At, Workspace};
use super::{Global, pager};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::score::Scoring;
use crate::domain::score::table::table;
use crate::render::Format;
use crate::render::report::score::{Detail, ScoreView};
use crate::render::report::scores::ScoresView;

/// Show scores: of all open items in their order, or of some with the arithmetic
///
/// The model is that of the settings, value / effort unless they say otherwise. With ids: the
/// arithmetic, how the place changes if a number is one step off, and what waits for the item. Items
/// that lack a number are unscored and listed apart.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog score
  git backlog score 7k 2h
  git backlog score --model wsjf
  git backlog rank --by score")]
pub(super) struct Args {
    /// Items to look at closely
    #[arg(value_name = "ID", add = super::completions::ids())]
    ids: Vec<String>,
    /// Score by this model instead of that of the settings: value-effort, wsjf, cd3, rice, ice, moscow, opportunity, custom
    #[arg(long, value_name = "MODEL", add = super::completions::models())]
    model: Option<String>,
    /// Show the first N scored items only
    #[arg(short = 'n', long, value_name = "N", conflicts_with = "ids")]
    limit: Option<usize>,
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
    let scoring = scoring(&backlog, args.model.as_deref(), cx.today)?;
    let items = items(&backlog, &args.ids)?;
    let table = table(&backlog, &scoring);
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    if items.is_empty() {
        let limit = args.limit.unwrap_or(usize::MAX);
        let view = ScoresView { backlog: &backlog, scoring: &scoring, table: &table, limit };
        cx.show(&view, args.format)?;
        return Ok(exit::DONE);
    }
    let mut details = Vec::new();
    for item in items {
        // Without a repository there is no history to ask.
        let entries = match &workspace.repository {
            Some(_) => history(item.id(), at, &workspace, cx)?,
            None => Vec::new(),
        };
        details.push(Detail { item, entries });
    }
    let view = ScoreView { backlog: &backlog, scoring: &scoring, table: &table, details: &details };
    cx.show(&view, args.format)?;
    Ok(exit::DONE)
}

/// The model of the settings, or the one that was asked for.
pub(super) fn scoring(
    backlog: &Backlog,
    model: Option<&str>,
    today: Date,
) -> Result<Scoring, Failure> {
    let scoring = Scoring::new(&backlog.config, model, today)?;
    if scoring.is_manual() {
        let message = "the order is set by hand: the model is 'manual', which scores nothing";
        return Err(Failure::usage(message).hint("try another with: --model value-effort"));
    }
    Ok(scoring)
}

/// The open items that were named.
fn items<'a>(backlog: &'a Backlog, ids: &[String]) -> Result<Vec<&'a Entry>, Failure> {
    let mut items: Vec<&Entry> = Vec::new();
    for id in ids {
        let item = find_readable(backlog, id)?;
        must_be_open(backlog, item)?;
        if items.contains(&item) {
            return Err(Failure::usage(format!("{} is named twice", item.id())));
        }
        items.push(item);
    }
    Ok(items)
}
