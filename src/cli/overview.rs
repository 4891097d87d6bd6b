//! `git backlog` alone: where the product stands, and what needs attention.

use clap::CommandFactory;

use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::Workspace;
use super::{App, Global, conflicts};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::overview::{Attention, overview};
use crate::domain::rules::{self, Inspection};
use crate::render::Format;
use crate::render::report::overview::OverviewView;
use crate::store;

/// Shows where the product stands; where there is no backlog, what to type to get one.
pub(super) fn run(format: Format, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let is_named = global.dir.is_some() || (cx.env)("GIT_BACKLOG_DIR").is_some();
    let workspace = match Workspace::open(cx, global.dir.as_deref()) {
        Err(error) if !is_named && is_no_repository(&error) => return help(cx),
        workspace => workspace?,
    };
    if !is_named && workspace.root.as_ref().is_some_and(|root| !root.is_dir()) {
        workspace.check_checked_out()?;
        return help(cx);
    }
    let backlog = workspace.load(cx, None)?;
    let who = workspace.repository.as_ref().and_then(|it| it.author_email().ok());
    let mut overview = overview(&backlog, who.as_deref(), cx.today);
    let mut attention = unfinished(&backlog, &workspace)?;
    attention.extend(problems(&backlog, cx));
    attention.append(&mut overview.attention);
    attention.extend(uncommitted(&workspace)?);
    overview.attention = attention;
    cx.show(&OverviewView(&overview), format)?;
    // The process ends here: giving back ten thousand documents one by one would only take time.
    std::mem::forget(backlog);
    Ok(exit::DONE)
}

fn is_no_repository(error: &anyhow::Error) -> bool {
    error.downcast_ref::<store::Error>().is_some_and(store::Error::is_no_repository)
}

/// The help, and how to begin.
fn help(cx: &mut Context) -> anyhow::Result<u8> {
    let help = App::command().render_help();
    let help = if cx.style.color { help.ansi().to_string() } else { help.to_string() };
    cx.out.write_all(help.as_bytes())?;
    cx.say(
        "\nno backlog here yet; start one with: git backlog init; \
         or look at an example: git backlog demo FOLDER",
    )?;
    Ok(exit::DONE)
}

/// Refuses `--format` before a command, where it would not count.
pub(super) fn refuse_format(format: Option<Format>) -> Result<(), Failure> {
    match format {
        None => Ok(()),
        Some(format) => Err(Failure::usage("--format stands before the command")
            .hint(format!("put it behind: git backlog COMMAND --format {format}"))),
    }
}

/// What an interrupted command or a merge has left open.
fn unfinished(backlog: &Backlog, workspace: &Workspace) -> anyhow::Result<Vec<Attention>> {
    let Some(repository) = &workspace.repository else { return Ok(Vec::new()) };
    let is_interrupted = workspace.root.is_some() && workspace.worktree()?.is_interrupted();
    let is_open = |it: &&Entry| !conflicts::open(&it.document).is_empty();
    let n_conflicts = backlog.entries().filter(is_open).count();
    let interrupted = Attention::of(
        "interrupted_changes",
        usize::from(is_interrupted),
        ["change was interrupted", "changes were interrupted"],
        "git backlog doctor",
    );
    let list = Attention::of(
        "unfinished_list",
        usize::from(repository.has_unfinished_list()),
        ["list of groom is unfinished", "lists of groom are unfinished"],
        "git backlog groom --continue",
    );
    let in_progress = Attention::of(
        "git_in_progress",
        usize::from(workspace.root.is_some() && repository.check_idle().is_err()),
        ["merge, rebase or the like is not finished", "are not finished"],
        "git status",
    );
    let conflicts = Attention::of(
        "conflicts",
        n_conflicts,
        ["document with a conflict to decide", "documents with conflicts to decide"],
        "git backlog resolve",
    );
    Ok([interrupted, in_progress, conflicts, list].into_iter().flatten().collect())
}

/// What is wrong with the files and fields. The other rules of `check` would take many times as long
/// as everything else here together.
fn problems(backlog: &Backlog, cx: &Context) -> Option<Attention> {
    let at = Inspection::new(backlog, &backlog.config, cx.today, None);
    Attention::of(
        "problems",
        rules::count_problems(&at),
        ["problem in files or fields", "problems in files or fields"],
        "git backlog check",
    )
}

fn uncommitted(workspace: &Workspace) -> anyhow::Result<Option<Attention>> {
    let Some(repository) = workspace.repository.as_ref().filter(|_| workspace.root.is_some())
    else {
        return Ok(None);
    };
    Ok(Attention::of(
        "uncommitted_files",
        repository.changed(&workspace.folder)?.len(),
        ["file of the backlog is not committed", "files of the backlog are not committed"],
        "git backlog diff",
    ))
}
