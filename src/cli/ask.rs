//! `ask`: a question to somebody, at the document that it is about.

use super::context::Context;
use super::error::Failure;
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_write};
use super::{Global, stdin};
use crate::domain::note::Note;
use crate::domain::question;
use crate::domain::source::Edits;

/// Ask a question about an item, a goal or another document
///
/// The question goes to the field `questions`, with who asked it and when. It is for the product
/// owner unless `--to` names somebody else. `git backlog list questions` shows the open ones.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog ask 7k 'Which tax rate applies?'
  git backlog ask 7k 'Which tax rate applies?' --to ada
  git backlog list questions --for me
  git backlog answer 7k 'The reduced one'")]
pub(super) struct Args {
    /// The document
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: String,
    /// The question, in one line; `-` reads it from standard input
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<String>,
    /// Whom it is for: an address, a name, a team of the settings
    #[arg(long, alias = "for", value_name = "WHO")]
    to: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let by = workspace.repository()?.author_email()?;
    let Some(text) = stdin::typed(args.text.as_deref(), "the question", cx)? else {
        let hint = format!("write: git backlog ask {} 'TEXT'", args.id);
        return Err(Failure::usage("no question given").hint(hint).into());
    };
    if args.to.as_ref().is_some_and(|to| to.trim().is_empty()) {
        return Err(Failure::usage("--to names nobody").into());
    }
    let backlog = match workspace.load_only(cx, &[&args.id])? {
        Some(backlog) => backlog,
        None => workspace.load_to_write(cx)?,
    };
    let entry = find_to_write(&backlog, &args.id)?;
    let asked = Note::new(&text, &by, cx.today).to(args.to.as_deref());
    let text = question::ask(entry, &asked).map_err(Failure::from)?;
    let mut edits = Edits::default();
    edits.rewrite(&entry.document, text);
    save(cx, &workspace, &backlog, &edits, &args.writing)
}
