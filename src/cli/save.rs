//! How a command writes: show it, or apply it, and commit it if asked.

use std::collections::{HashMap, HashSet};

use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::Workspace;
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::message::Message;
use crate::domain::problem::Problem;
use crate::domain::source::{Edits, FileEdit};
use crate::render;
use crate::store::{CommitRequest, Source};

/// The arguments of every command that writes.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Writing {
    /// Commit the change at once, with the reason for it
    #[arg(
        short = 'm',
        long = "message",
        value_name = "WHY",
        allow_hyphen_values = true,
        help_heading = "Writing"
    )]
    pub why: Option<String>,
    /// Print the difference instead of writing it
    #[arg(short = 'n', long, help_heading = "Writing")]
    pub dry_run: bool,
    /// Commit without the hooks that may forbid it, pre-commit and commit-msg
    #[arg(long, help_heading = "Writing")]
    pub no_verify: bool,
    /// Whether the changes have been told already.
    #[arg(skip)]
    pub is_told: bool,
}

/// Writes the edits that a command made from `before`, and says what changed.
pub(super) fn save(
    cx: &mut Context,
    workspace: &Workspace,
    before: &Backlog,
    edits: &Edits,
    writing: &Writing,
) -> anyhow::Result<u8> {
    let commits = writing.why.is_some() || before.config.commit.auto;
    let paths: Vec<&str> = edits.files().iter().map(|file| file.path.as_str()).collect();
    // What can keep a commit from being made is found before anything is written.
    let committed = match commits && !writing.dry_run && !edits.is_empty() {
        true => {
            workspace.repository()?.check_committer()?;
            Some(at_head(workspace, before, &paths)?)
        }
        false => None,
    };
    if !writing.dry_run {
        refuse_unreadable(workspace, &before.after(edits), edits)?;
    }
    let is_written = apply(cx, workspace, before, edits, writing)?;
    let Some(committed) = committed.filter(|_| is_written) else { return Ok(exit::DONE) };
    let after = before.after(edits);
    let why = writing.why.clone().unwrap_or_default();
    let message = Message::describe(&committed, &after, paths.iter().copied());
    let text = message.commit(&why, after.config.commit.trailers);
    commit(cx, workspace, &paths, &text, writing.no_verify)
}

/// Writes the edits to the worktree alone, and says what changed. `false` if nothing was written.
pub(super) fn write(
    cx: &mut Context,
    workspace: &Workspace,
    before: &Backlog,
    edits: &Edits,
    dry_run: bool,
) -> anyhow::Result<bool> {
    apply(cx, workspace, before, edits, &Writing { dry_run, ..Writing::default() })
}

fn apply(
    cx: &mut Context,
    workspace: &Workspace,
    before: &Backlog,
    edits: &Edits,
    writing: &Writing,
) -> anyhow::Result<bool> {
    if edits.is_empty() {
        cx.say("nothing to change")?;
        return Ok(false);
    }
    if writing.dry_run {
        render::diff::write(edits, &workspace.folder, &cx.style, &mut cx.out)?;
        return Ok(false);
    }
    let after = before.after(edits);
    let paths = edits.files().iter().map(|file| file.path.as_str());
    workspace.apply(cx, edits)?;
    warn_of_new_problems(cx, workspace, before, &after, edits)?;
    let message = Message::describe(before, &after, paths);
    if cx.verbosity >= 0 && !writing.is_told {
        cx.tell(&message.lines)?;
    }
    tell_reopened(cx, before, &after, edits)?;
    Ok(true)
}

/// Says where an item stands that is open again: nobody has looked at its place since it was over.
fn tell_reopened(
    cx: &mut Context,
    before: &Backlog,
    after: &Backlog,
    edits: &Edits,
) -> anyhow::Result<()> {
    let was_over: HashSet<&str> = before
        .items()
        .filter(|it| edits.at(it.path()).is_some() && !before.category(it).is_open())
        .map(Entry::path)
        .collect();
    if was_over.is_empty() {
        return Ok(());
    }
    let n_open = after.open_items().count();
    for item in after.open_items().filter(|it| was_over.contains(it.path())) {
        let Some(position) = after.position(item) else { continue };
        let id = item.id();
        let hint = match position {
            1 => String::new(),
            _ => format!("; move it with: git backlog rank {id} --top"),
        };
        cx.say(&format!("{id} is at {position} of {n_open} again{hint}"))?;
    }
    Ok(())
}

/// No command makes a document that the next one cannot read. `undo` may bring one back.
fn refuse_unreadable(workspace: &Workspace, after: &Backlog, edits: &Edits) -> Result<(), Failure> {
    let edited = after.unreadable().filter(|entry| edits.at(entry.path()).is_some());
    for entry in edited {
        if let Some(problem) = entry.problems().find(|problem| problem.kind.is_fatal()) {
            let message = format!(
                "{}/{} could not be read: {}",
                workspace.folder,
                entry.path(),
                problem.message
            );
            return Err(Failure::new(exit::FOUND, message).hint("nothing was written"));
        }
    }
    Ok(())
}

/// Warns of what is wrong with the fields of a changed document and was not wrong before; it was
/// typed in an editor, where nothing checks it.
fn warn_of_new_problems(
    cx: &mut Context,
    workspace: &Workspace,
    before: &Backlog,
    after: &Backlog,
    edits: &Edits,
) -> anyhow::Result<()> {
    let is_edited = |entry: &&Entry| edits.at(entry.path()).is_some();
    let old: HashMap<&str, &Entry> =
        before.entries().filter(is_edited).map(|entry| (entry.path(), entry)).collect();
    for entry in after.entries().filter(is_edited) {
        let is_new = |problem: &&Problem| {
            let is_same = |other: &Problem| other.message == problem.message;
            old.get(entry.path()).is_none_or(|old| !old.problems().any(is_same))
        };
        for problem in entry.problems().filter(is_new) {
            let place = format!("{}/{}:{}", workspace.folder, entry.path(), problem.position);
            let hint = problem.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
            cx.warn(&format!("{place}: {}{hint}", problem.message))?;
        }
    }
    Ok(())
}

/// Commits exactly these paths. The files are saved whatever happens here, and a failure says so.
pub(super) fn commit(
    cx: &mut Context,
    workspace: &Workspace,
    paths: &[&str],
    message: &str,
    no_verify: bool,
) -> anyhow::Result<u8> {
    let request = CommitRequest {
        folder: workspace.folder.clone(),
        paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        message: message.to_owned(),
        verify: !no_verify,
        author: None,
    };
    let commit = match workspace.repository()?.commit(&request) {
        Ok(commit) => commit,
        Err(error) if error.is_nothing_to_commit() => {
            cx.say("nothing to commit")?;
            return Ok(exit::DONE);
        }
        Err(error) => {
            let code = error.exit_code();
            let hint = error.hint();
            let message = format!("saved, not committed: {:#}", anyhow::Error::from(error));
            return Err(Failure { code, message, hint }.into());
        }
    };
    let subject = message.lines().next().unwrap_or_default();
    let branch = commit.branch.as_deref().unwrap_or("detached HEAD");
    cx.say(&format!("[{branch} {}] {subject}", commit.short))?;
    if commit.branch.is_none() {
        cx.warn("HEAD is detached: make a branch, or this commit will be hard to find")?;
    }
    Ok(exit::DONE)
}

/// Commits what the worktree has at these paths already, as `after` says, with the reason.
pub(super) fn commit_saved(
    cx: &mut Context,
    workspace: &Workspace,
    after: &Backlog,
    paths: &[&str],
    writing: &Writing,
) -> anyhow::Result<u8> {
    workspace.repository()?.check_committer()?;
    let committed = at_head(workspace, after, paths)?;
    let message = Message::describe(&committed, after, paths.iter().copied());
    let why = writing.why.as_deref().unwrap_or_default();
    let text = message.commit(why, after.config.commit.trailers);
    commit(cx, workspace, paths, &text, writing.no_verify)
}

/// The state before, with these paths as HEAD has them: a commit tells all that it holds.
fn at_head(workspace: &Workspace, before: &Backlog, paths: &[&str]) -> anyhow::Result<Backlog> {
    let head = match workspace.repository()?.revision("HEAD", &workspace.folder) {
        Ok(head) => Some(head),
        Err(error) if error.is_unborn() => None,
        Err(error) => return Err(error.into()),
    };
    // Each look at one file unpacks its folder; for many, all are read once.
    const FEW: usize = 8;
    let mut all = HashMap::new();
    if let Some(head) = head.as_ref().filter(|_| paths.len() > FEW) {
        all.extend(head.files()?.into_iter().map(|file| (file.path, file.text)));
    }
    let mut edits = Edits::default();
    for path in paths {
        let committed = match &head {
            Some(head) if paths.len() <= FEW => head.file(path)?.map(|file| file.text),
            _ => all.remove(*path),
        };
        let before = before.at_path(path).map(|entry| entry.document.text().to_owned());
        // Of a text that cannot be read, nobody knows what it was; that it was there is sure.
        let after = match committed {
            Some(text) => text.ok().or_else(|| before.clone()),
            None => None,
        };
        edits.push(FileEdit { path: (*path).to_owned(), before, after });
    }
    Ok(before.after(&edits))
}
