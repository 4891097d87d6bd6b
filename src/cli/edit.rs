//! `edit`: a document in the user's editor.

use super::context::Context;
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_edit};
use super::{Global, editor};
use crate::domain::source::{Edits, FileEdit};

/// Edit a document in your editor
///
/// The text is checked when the editor closes. One that cannot be read any more is offered again
/// and never lost. A document that cannot be read is named by the id of its file, and mended so.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog edit 7k
  git backlog edit GOAL-activation -m 'The date was wrong'")]
pub(super) struct Args {
    /// The document
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: String,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let backlog = workspace.load_to_write(cx)?;
    let entry = find_to_edit(&backlog, &args.id)?;
    let before = entry.document.text().to_owned();
    let edited = editor::edit(cx, &workspace, entry.path(), &before)?;
    let mut edits = Edits::default();
    edits.push(FileEdit {
        path: entry.path().to_owned(),
        before: Some(before),
        after: Some(edited.text.clone()),
    });
    let saved = save(cx, &workspace, &backlog, &edits, &args.writing);
    edited.settle(cx, &workspace, entry.path(), saved)
}
