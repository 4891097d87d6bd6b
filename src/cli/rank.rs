//! `rank`: the order of the backlog.

mod by_score;

use super::context::Context;
use super::error::Failure;
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_write};
use super::{Global, list, pick};
use crate::domain::assign;
use crate::domain::backlog::Backlog;
use crate::domain::document::Document;
use crate::domain::edit::{self, Value};
use crate::domain::entry::Entry;
use crate::domain::kind::ITEM;
use crate::domain::rank::{self, Place, Rank};
use crate::domain::source::Edits;
use crate::render::Format;

/// Move items in the order of the backlog
///
/// Positions count the open items from 1. Several items keep the order in which they are given
/// and end up side by side. A move changes one line of one file for each moved item.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog rank 7k --top
  git backlog rank 7k 9q --after 2m -m 'The shops asked for it'
  git backlog rank 7k --to 3
  git backlog rank --by score
  git backlog rank --by score --write -m 'Value first'")]
#[command(group = clap::ArgGroup::new("place").required(true))]
pub(super) struct Args {
    /// The items to move
    #[arg(value_name = "ID", add = super::completions::ids())]
    ids: Vec<String>,
    /// The open items that a query finds, in their order, instead of ids
    #[arg(long = "where", value_name = "QUERY", conflicts_with = "ids", add = super::completions::queries())]
    filter: Option<String>,
    /// Before all others
    #[arg(long, group = "place")]
    top: bool,
    /// After all others
    #[arg(long, group = "place")]
    bottom: bool,
    /// Directly before this item
    #[arg(long, value_name = "ID", group = "place", add = super::completions::ids())]
    before: Option<String>,
    /// Directly after this item
    #[arg(long, value_name = "ID", group = "place", add = super::completions::ids())]
    after: Option<String>,
    /// At this position, counted from 1
    #[arg(long, value_name = "N", group = "place")]
    to: Option<usize>,
    /// Shorten long rank keys without moving anything
    #[arg(long, group = "place", conflicts_with = "ids")]
    compact: bool,
    /// Print the order that follows from the scores and the dependencies
    #[arg(long, value_name = "WHAT", group = "place", conflicts_with_all = ["ids", "filter"])]
    by: Option<By>,
    /// Score by this model instead of that of the settings
    #[arg(long, value_name = "MODEL", requires = "by", add = super::completions::models())]
    model: Option<String>,
    /// How to print the proposal
    #[arg(long, value_name = "FORMAT", default_value = "table", requires = "by", value_parser = Format::of_pages())]
    format: Format,
    /// Write the proposed order
    #[arg(long, requires = "by")]
    write: bool,
    #[command(flatten)]
    writing: Writing,
}

/// What an order follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// The scores of the model, under the dependencies
    Score,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    if let Some(By::Score) = args.by {
        let (model, writes, format) = (args.model.as_deref(), args.write, args.format);
        let request = by_score::Request { model, writes, format, writing: &args.writing };
        return by_score::run(&request, &workspace, cx);
    }
    let backlog = workspace.load_to_write(cx)?;
    let ids = ids(&args, &backlog, cx)?;
    let keys =
        if args.compact { rank::compact(&order(&backlog)) } else { moves(&args, &ids, &backlog)? };
    let edits = edits(&backlog, &keys)?;
    let others = keys.len().saturating_sub(ids.len());
    let code = save(cx, &workspace, &backlog, &edits, &args.writing)?;
    if others > 0 && !args.compact {
        cx.say(&format!(
            "{others} more items got a new key, because keys were missing, equal or too long"
        ))?;
    }
    if keys.iter().any(|(_, key)| key.as_str().len() > rank::SOFT_LIMIT) {
        cx.say("some rank keys have grown long; shorten them with: git backlog rank --compact")?;
    }
    Ok(code)
}

/// The ids that were typed, or those that the query finds.
fn ids(args: &Args, backlog: &Backlog, cx: &Context) -> anyhow::Result<Vec<String>> {
    if let Some(filter) = &args.filter {
        let query = list::query(backlog, filter, cx.today)?;
        let found = backlog.open_items().filter(|item| query.matches(backlog, item));
        let found: Vec<String> = found.map(|item| item.id().to_owned()).collect();
        return match found.is_empty() {
            true => Err(Failure::usage(format!("no open item matches '{filter}'")).into()),
            false => Ok(found),
        };
    }
    let has_place = args.top || args.bottom || args.to.is_some();
    let has_place = has_place || args.before.is_some() || args.after.is_some();
    match args.ids.is_empty() && !args.compact {
        true if has_place && pick::is_at_terminal() => {
            Ok(vec![pick::one(cx, backlog, pick::open_item)?.to_owned()])
        }
        true => Err(Failure::usage("no id given").hint("write: git backlog rank ID --top").into()),
        false => Ok(args.ids.clone()),
    }
}

/// The open items with their keys, in their order. Done and dropped ones keep their keys and are
/// nobody's neighbours.
pub(super) fn order(backlog: &Backlog) -> Vec<(&str, Option<&Rank>)> {
    backlog.open_items().map(|item| (item.id(), item.rank())).collect()
}

fn moves(args: &Args, ids: &[String], backlog: &Backlog) -> anyhow::Result<Vec<(String, Rank)>> {
    let mut moved = Vec::new();
    for id in ids {
        let entry = find_to_write(backlog, id)?;
        must_be_open(backlog, entry)?;
        if moved.contains(&entry.id()) {
            return Err(Failure::usage(format!("{} is named twice", entry.id())).into());
        }
        moved.push(entry.id());
    }
    let place = place(args, backlog)?;
    let order = order(backlog);
    let keys = rank::place(&order, &moved, place);
    keys.ok_or_else(|| Failure::usage("an item cannot be placed next to itself").into())
}

/// Refuses a record, and an item that is done or dropped.
pub(super) fn must_be_open(backlog: &Backlog, entry: &Entry) -> Result<(), Failure> {
    if !entry.kind.is_ranked() {
        let message =
            format!("{} is of kind {}, and only items are ranked", entry.id(), entry.kind.name);
        return Err(Failure::usage(message));
    }
    if !backlog.category(entry).is_open() {
        let message =
            format!("{} is {}, and only open items are ranked", entry.id(), entry.status());
        let hint = format!(
            "open it again with: git backlog set {} status={}",
            entry.id(),
            backlog.config.first_status()
        );
        return Err(Failure::usage(message).hint(hint));
    }
    Ok(())
}

fn place<'a>(args: &Args, backlog: &'a Backlog) -> anyhow::Result<Place<'a>> {
    let neighbour = |id: &str| -> Result<&'a str, Failure> {
        let entry = find_to_write(backlog, id)?;
        must_be_open(backlog, entry)?;
        Ok(entry.id())
    };
    Ok(match (&args.before, &args.after, args.to) {
        (Some(id), _, _) => Place::Before(neighbour(id)?),
        (_, Some(id), _) => Place::After(neighbour(id)?),
        (_, _, Some(0)) => return Err(Failure::usage("positions count from 1").into()),
        (_, _, Some(position)) => Place::Position(position),
        _ if args.top => Place::Top,
        _ => Place::Bottom,
    })
}

/// New keys as edits of the items that get them.
pub(super) fn edits(backlog: &Backlog, keys: &[(String, Rank)]) -> anyhow::Result<Edits> {
    let mut edits = Edits::default();
    for (id, key) in keys {
        let entry = find_to_write(backlog, id)?;
        let text = with_rank(&entry.document, key)?;
        edits.rewrite(&entry.document, text);
    }
    Ok(edits)
}

/// The document with another rank.
pub(super) fn with_rank(document: &Document, key: &Rank) -> Result<String, Failure> {
    let value = Value::Literal(key.as_str().to_owned());
    let text = edit::set(document, "rank", &value, &assign::order(&ITEM));
    text.map_err(|problem| Failure::from(assign::Refusal::from(problem)))
}
