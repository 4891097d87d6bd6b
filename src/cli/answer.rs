//! `answer`: what somebody said to a question.

use super::context::Context;
use super::error::Failure;
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_write};
use super::{Global, stdin};
use crate::domain::note::Note;
use crate::domain::question;
use crate::domain::source::Edits;

/// Answer an open question of a document
///
/// The question moves with its answer to the section "Questions" of the text, with who answered it
/// and when. If a document has several open questions, name one by its number or by words that only
/// it has.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog answer 7k 'The reduced one'
  git backlog answer 7k 2 'From January on'
  git backlog answer 7k rate 'The reduced one' -m 'The tax office wrote'")]
pub(super) struct Args {
    /// The document
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: String,
    /// The question, by its number or by words of it; without it, the answer
    #[arg(value_name = "QUESTION|TEXT", allow_hyphen_values = true)]
    first: Option<String>,
    /// The answer, `-` from standard input
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    second: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let by = workspace.repository()?.author_email()?;
    let backlog = match workspace.load_only(cx, &[&args.id])? {
        Some(backlog) => backlog,
        None => workspace.load_to_write(cx)?,
    };
    let entry = find_to_write(&backlog, &args.id)?;
    let (which, text) = match (args.first.as_deref(), args.second.as_deref()) {
        // A number alone means a question, and its answer is still to come.
        (Some(which), None) if which.parse::<usize>().is_ok() => (Some(which), None),
        (text, None) => (None, text),
        both => both,
    };
    let question = question::find(entry, which).map_err(Failure::from)?;
    let Some(text) = stdin::typed(text, "the answer", cx)? else {
        let number = question.number.unwrap_or(1);
        let hint = format!("write: git backlog answer {} {number} 'TEXT'", entry.id());
        return Err(Failure::usage("no answer given").hint(hint).into());
    };
    let said = Note::new(&text, &by, cx.today);
    let text = question::answer(entry, &question, &said, &backlog.config).map_err(Failure::from)?;
    let mut edits = Edits::default();
    edits.rewrite(&entry.document, text);
    save(cx, &workspace, &backlog, &edits, &args.writing)
}
