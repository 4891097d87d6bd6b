//! `show`: one document, whole.

use super::context::Context;
use super::error::exit;
use super::workspace::{At, Workspace, find};
use super::{Global, pager};
use crate::domain::entry::Entry;
use crate::render::Format;
use crate::render::report::show::{LastChange, ShowView, Shown};
use crate::store::Source;

/// Show documents with their place, their links both ways and their text
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog show 7k
  git backlog show 7k 9q --format markdown
  git backlog show product
  git backlog show 7k --at HEAD~10")]
pub(super) struct Args {
    /// Ids, or the beginnings of ids
    #[arg(required = true, value_name = "ID", add = super::completions::ids())]
    ids: Vec<String>,
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
    let mut entries = Vec::new();
    for id in &args.ids {
        let entry = find(&backlog, id)?;
        // Documents that share an id are shown together, since nobody can say which is meant.
        let twins: Vec<_> = backlog.with_id(entry.id()).collect();
        if twins.len() > 1 {
            cx.warn(&format!(
                "{} is the id of {} documents; all are shown",
                entry.id(),
                twins.len()
            ))?;
        }
        entries.extend(if twins.is_empty() { vec![entry] } else { twins });
    }
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    let rev = args.at.at.as_deref();
    let mut shown = Vec::new();
    for entry in entries {
        shown.push(match with_history(&workspace, entry, rev) {
            Ok(shown) => shown,
            // What is in the worktree is worth showing where Git's own files are damaged.
            Err(error) if rev.is_none() => {
                let id = entry.id();
                cx.warn(&format!("the last change of {id} is not known: {error:#}"))?;
                Shown { entry, last_change: None, is_uncommitted: false }
            }
            Err(error) => return Err(error),
        });
    }
    cx.show(&ShowView { backlog: &backlog, shown, folder: &workspace.folder }, args.format)?;
    Ok(exit::DONE)
}

/// The document with its last commit. Without a repository, or before the first commit, there is
/// none, and nothing is wrong with that.
fn with_history<'a>(
    workspace: &Workspace,
    entry: &'a Entry,
    rev: Option<&str>,
) -> anyhow::Result<Shown<'a>> {
    let plain = Shown { entry, last_change: None, is_uncommitted: false };
    let Some(repository) = &workspace.repository else { return Ok(plain) };
    let at = rev.unwrap_or("HEAD");
    let touch = repository.last_touch(at, &workspace.folder, entry.path())?;
    let committed = match repository.revision(at, &workspace.folder) {
        Ok(revision) => revision.file(entry.path())?.and_then(|file| file.text.ok()),
        Err(error) if error.is_unborn() => None,
        Err(error) => return Err(error.into()),
    };
    // Git may change line ends on the way; that alone is no change of the document.
    let same = |a: &str, b: &str| a.lines().eq(b.lines());
    let is_same = committed.is_some_and(|text| same(&text, entry.document.text()));
    let last_change = touch.map(|touch| LastChange {
        day: touch.day,
        author: touch.author,
        subject: touch.subject,
        commit: touch.short,
    });
    Ok(Shown { entry, last_change, is_uncommitted: !is_same && entry.is_readable() })
}
