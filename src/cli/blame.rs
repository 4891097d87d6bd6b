//! `blame`: who said what last in a document.

use super::context::Context;
use super::diff::Comparison;
use super::error::{Failure, exit};
use super::history::Teller;
use super::states::States;
use super::workspace::{At, Workspace, find};
use super::{Global, pager};
use crate::domain::backlog::Backlog;
use crate::domain::blame::blame;
use crate::domain::entry::Entry;
use crate::domain::id;
use crate::domain::log::LogEntry;
use crate::render::Format;
use crate::render::report::blame::BlameView;

/// Show for each field and each criterion of a document who set it, when and why
///
/// A part is told with the newest commit that made it what it is. A criterion that somebody else
/// ticked later has a second line for that. What is not committed yet says so.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog blame BL-7k3qd
  git backlog blame 7k --at v1.0 --format json")]
pub(super) struct Args {
    /// The id of a document, or the beginning of one
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: String,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let at = args.at.at.as_deref();
    let backlog = workspace.load(cx, at)?;
    let document = find_readable(&backlog, &args.id)?;
    let entries = history(document.id(), at, &workspace, cx)?;
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    let blame = blame(document, &backlog.config, &entries);
    cx.show(&BlameView { document, blame: &blame, entries: &entries }, args.format)?;
    Ok(exit::DONE)
}

/// The one document that a person means, if it can be read. One that is gone has a history.
pub(super) fn find_readable<'a>(backlog: &'a Backlog, input: &str) -> Result<&'a Entry, Failure> {
    let document = find(backlog, input).map_err(|failure| match id::is_random(input) {
        true => failure.hint(format!("if it is gone, see when with: git backlog log {input}")),
        false => failure,
    })?;
    match document.is_readable() {
        true => Ok(document),
        false => {
            let failure: Failure = crate::domain::assign::unreadable(document).into();
            Err(Failure { code: exit::FOUND, ..failure })
        }
    }
}

/// What was done to a document up to a revision, or up to now, newest first.
pub(super) fn history(
    id: &str,
    at: Option<&str>,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<Vec<LogEntry>> {
    history_of_all(&[id], at, workspace, cx)
}

/// What was done to several documents, newest first.
pub(super) fn history_of_all(
    ids: &[&str],
    at: Option<&str>,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<Vec<LogEntry>> {
    let uncommitted = match at {
        None => uncommitted(&|id| ids.contains(&id), workspace)?,
        Some(_) => None,
    };
    Teller::new(workspace)?.history_of(ids, at.unwrap_or("HEAD"), uncommitted, cx)
}

/// What is not committed yet of some documents.
pub(super) fn uncommitted(
    is_wanted: &dyn Fn(&str) -> bool,
    workspace: &Workspace,
) -> anyhow::Result<Option<LogEntry>> {
    if workspace.root.is_none() {
        return Ok(None);
    }
    let states = States::of(&[], false, workspace)?;
    let comparison = Comparison::of(&states, workspace)?;
    let entry = LogEntry::default().with_changes(&comparison.diff, &|it| is_wanted(&it.id));
    Ok(Some(entry).filter(|entry| !entry.documents.is_empty()))
}
