//! Which document is meant when somebody leaves its id out: they type a part of its title and choose.
//!
//! Only on a terminal. In a pipe the arguments that are missing are told, as always.

mod prompt;
mod state;

use std::ffi::OsString;
use std::io::{self, IsTerminal};

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::context::Context;
use super::workspace::Workspace;
use super::{App, Command, process};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, EXPERIMENT};
use state::Picker;

/// What became of a command line without an id.
pub(super) enum Outcome {
    /// An id was chosen: the command line with it.
    Complete(Box<App>),
    /// There is nothing to choose here: the usage is to be told.
    Usage,
}

/// Somebody has left without a choice, which is no error to tell.
#[derive(Debug, thiserror::Error)]
#[error("nothing was chosen")]
pub(super) struct Left;

/// Whether a document can be meant.
type Wanted = fn(&Backlog, &Entry) -> bool;

/// Asks for the id that a command line lacks, if it lacks nothing else.
pub(super) fn complete(error: &clap::Error, words: &[OsString]) -> anyhow::Result<Outcome> {
    if !lacks_id(error) || !is_at_terminal() {
        return Ok(Outcome::Usage);
    }
    // Any id will do to learn which command this is, and where its backlog lies.
    let Some(app) = with_id(words, "ID") else { return Ok(Outcome::Usage) };
    let mut cx = process::context(&app.global);
    let workspace = Workspace::open(&cx, app.global.dir.as_deref())?;
    let backlog = workspace.load(&mut cx, None)?;
    let wanted = app.command.as_ref().map_or(any as Wanted, wanted);
    let id = one(&cx, &backlog, wanted)?;
    Ok(with_id(words, id).map_or(Outcome::Usage, |app| Outcome::Complete(app.into())))
}

/// The id that somebody chooses, or [`Left`].
pub(super) fn one<'a>(
    cx: &Context,
    backlog: &'a Backlog,
    wanted: Wanted,
) -> anyhow::Result<&'a str> {
    let mut entries: Vec<&Entry> = backlog.readable().filter(|it| wanted(backlog, it)).collect();
    // What is over has kept its rank, and is of less interest.
    entries.sort_by_key(|entry| !backlog.category(entry).is_open());
    let candidates = entries.iter().map(|it| (it.id().to_owned(), it.title().into_owned()));
    let chosen = prompt::choose(Picker::new(candidates.collect()), &cx.err_style)?;
    Ok(entries[chosen.ok_or(Left)?].id())
}

/// Whether somebody sits at both ends.
pub(super) fn is_at_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal()
}

/// All documents.
pub(super) fn any(_: &Backlog, _: &Entry) -> bool {
    true
}

/// What has a place in the order.
pub(super) fn open_item(backlog: &Backlog, entry: &Entry) -> bool {
    entry.kind.is_ranked() && backlog.category(entry).is_open()
}

fn lacks_id(error: &clap::Error) -> bool {
    let is_missing = error.kind() == ErrorKind::MissingRequiredArgument;
    let names = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(names)) => &names[..],
        _ => &[],
    };
    is_missing && matches!(names, [name] if name == "<ID>" || name == "<ID>...")
}

fn with_id(words: &[OsString], id: &str) -> Option<App> {
    App::try_parse_from(words.iter().cloned().chain([id.into()])).ok()
}

/// What a command can be about.
fn wanted(command: &Command) -> Wanted {
    match command {
        Command::Accept(_) | Command::Reject(_) => {
            |backlog, entry| entry.kind.is_ranked() && backlog.category(entry) == Category::Doing
        }
        Command::Criteria(_) | Command::Split(_) => open_item,
        Command::Conclude(_) => |_, entry| std::ptr::eq(entry.kind, &EXPERIMENT),
        Command::Why(_) => {
            |_, entry| entry.kind.is_ranked() || std::ptr::eq(entry.kind, &EXPERIMENT)
        }
        _ => any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: bool) {
        let words = typed.split(' ').map(OsString::from);
        let error = App::try_parse_from(words).unwrap_err();
        assert_eq!(lacks_id(&error), expected, "{typed}");
    }

    #[test]
    fn an_id_that_alone_is_missing_can_be_chosen() {
        check("git-backlog show", true);
        check("git-backlog edit -n", true);
        check("git-backlog criteria --format json", true);
        check("git-backlog ask --to ada", true);
        check("git-backlog accept", true);
        check("git-backlog conclude --result 3", true);
    }

    #[test]
    fn other_errors_are_told() {
        check("git-backlog conclude", false);
        check("git-backlog show --bogus", false);
        check("git-backlog completions", false);
        check("git-backlog nothing", false);
        check("git-backlog criteria check", false);
    }
}
