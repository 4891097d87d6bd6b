//! `completions`, and what a shell is offered: ids with their titles, types, fields.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use clap_complete::env::Shells;

use super::App;
use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::FOLDER;
use crate::domain::backlog::Backlog;
use crate::domain::id;
use crate::domain::kind::{ITEM, KINDS};
use crate::domain::suggest;
use crate::render::safe;
use crate::store::{Repository, Source, Worktree};

/// The name of the program, which the scripts complete.
const NAME: &str = "git-backlog";

/// Print the completion script of a shell
///
/// Ids are completed with their titles, from the backlog of the current directory.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  source <(git-backlog completions bash)           # in ~/.bashrc
  source <(git-backlog completions zsh)            # in ~/.zshrc
  git-backlog completions fish | source            # in config.fish")]
pub(super) struct Args {
    /// bash, zsh, fish, elvish or powershell
    shell: String,
}

/// Runs the command.
pub(super) fn run(args: Args, cx: &mut Context) -> anyhow::Result<u8> {
    let shells = Shells::builtins();
    let Some(shell) = shells.completer(&args.shell) else {
        let known: Vec<&str> = shells.names().collect();
        let failure = Failure::usage(format!("unknown shell '{}'", args.shell));
        return Err(failure.hint(suggest::did_you_mean(&args.shell, &known)).into());
    };
    shell.write_registration("COMPLETE", NAME, NAME, NAME, &mut cx.out)?;
    if args.shell == "bash" {
        cx.out.write_all(BASH_GIT.as_bytes())?;
    }
    Ok(exit::DONE)
}

/// `git backlog …` in bash: Git's own completion calls this function, with the words of the whole
/// line.
const BASH_GIT: &str = r#"
_git_backlog() {
    local skip=${__git_cmd_idx:-1}
    COMP_WORDS=("git-backlog" "${COMP_WORDS[@]:skip+1}")
    COMP_CWORD=$((COMP_CWORD - skip))
    _clap_complete_git_backlog "git-backlog" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
}
"#;

/// The command as the completion engine needs it.
pub(super) fn command() -> clap::Command {
    App::command().name(NAME).bin_name(NAME)
}

/// The ids of all documents, with their titles.
pub(super) fn ids() -> ArgValueCandidates {
    ArgValueCandidates::new(|| backlog().map(|backlog| documents(&backlog)).unwrap_or_default())
}

/// Ids, and the fields that `set` takes.
pub(super) fn ids_and_fields() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let mut candidates = backlog().map(|backlog| documents(&backlog)).unwrap_or_default();
        let settable = ITEM.fields.iter().filter(|field| !matches!(field.name, "id" | "rank"));
        candidates.extend(settable.map(|field| {
            CompletionCandidate::new(format!("{}=", field.name)).help(Some(field.summary.into()))
        }));
        candidates
    })
}

/// The types of items and the kinds of records.
pub(super) fn types() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let backlog = backlog().unwrap_or_default();
        let types = backlog.config.types.0.keys().map(CompletionCandidate::new);
        let records = KINDS.iter().filter(|kind| !kind.is_ranked() && kind.name != "product");
        let kinds =
            records.map(|kind| CompletionCandidate::new(kind.name).help(Some(kind.summary.into())));
        types.chain(kinds).collect()
    })
}

fn documents(backlog: &Backlog) -> Vec<CompletionCandidate> {
    let candidate = |entry: &crate::domain::entry::Entry| {
        let title = safe::line(&entry.title()).into_owned();
        CompletionCandidate::new(entry.id()).help(Some(title.into()))
    };
    // A shell runs what it completes, so that an id from a file has to be one.
    backlog.readable().filter(|entry| id::is_safe(entry.id())).map(candidate).collect()
}

/// The backlog of the current directory; completion is silent where there is none.
fn backlog() -> Option<Backlog> {
    let repository = Repository::discover(&std::env::current_dir().ok()?).ok()?;
    let root = repository.workdir()?.join(FOLDER);
    let worktree = Worktree::open(&root, Some(&repository)).ok()?;
    Some(Backlog::parse(worktree.files().ok()?))
}
