//! `reject`: work that is not as it should be goes back.

use super::Global;
use super::accept::{judge, refused};
use super::context::Context;
use super::error::Failure;
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_write};
use crate::domain::acceptance::{self, Judge};
use crate::domain::source::Edits;

/// Send an item back to work, with the reason
///
/// The item gets the first status of category doing, is accepted and done no more, and the reason
/// stands in the section "Rejected" of its text. Its criteria stay as they are. To drop an item for
/// good, use `git backlog set ID status=rejected`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog reject 7k --why 'The receipt has no VAT number'
  git backlog criteria 7k uncheck 2")]
pub(super) struct Args {
    /// The item
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: String,
    /// The reason
    #[arg(id = "reason", long = "why", value_name = "REASON", allow_hyphen_values = true)]
    reason: String,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    if args.reason.trim().is_empty() {
        return Err(Failure::usage("the reason is empty").into());
    }
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let backlog = workspace.load_to_write(cx)?;
    let who = judge(&workspace, &backlog, "reject", cx)?;
    let item = find_to_write(&backlog, &args.id)?;
    let judge = Judge { who: &who, today: cx.today };
    let text = acceptance::reject(&backlog, item, &args.reason, judge).map_err(refused)?;
    let mut edits = Edits::default();
    edits.rewrite(&item.document, text);
    save(cx, &workspace, &backlog, &edits, &args.writing)
}
