//! `undo`: take back the last change.

use super::Global;
use super::conflicts;
use super::context::Context;
use super::error::{Failure, exit};
use super::save;
use super::workspace::Workspace;
use crate::domain::document::Document;
use crate::domain::message::Message;
use crate::domain::policy::UNDONE;
use crate::domain::source::FileChange;
use crate::domain::source::{Edits, FileEdit};
use crate::store::{Source, quoted};

/// Take back the last change of the backlog
///
/// A change that is not committed yet is taken back in the worktree. Otherwise the last commit is,
/// if it is one of the backlog: by a new commit, so that nothing is lost.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog undo --dry-run
  git backlog undo
  git backlog undo --commit")]
pub(super) struct Args {
    /// Take back the last commit, also right after changes that were not committed
    #[arg(long)]
    commit: bool,
    /// Print the difference instead of writing it
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Commit without the hooks that may forbid it, pre-commit and commit-msg
    #[arg(long)]
    no_verify: bool,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    workspace.recover(cx)?;
    let backlog = workspace.load_to_write(cx)?;
    let worktree = workspace.worktree()?;
    let repository = workspace.repository()?;
    let changed = repository.changed(&workspace.folder)?;
    let verb = if args.dry_run { "this would take back" } else { "taking back" };
    // What HEAD has already is committed, whatever else has happened to the file since.
    let is_open = |file: &FileEdit| {
        let of_file = changed.iter().find(|it| it.path == file.path);
        of_file.is_some_and(|it| head_text(it) != file.after.as_deref())
    };
    // While HEAD has not moved, nothing was committed: not even what is as HEAD has it by chance.
    let is_at_head = worktree.head_at_last_change()? == repository.head_id();
    let is_uncommitted = |change: &Edits| is_at_head || change.files().iter().any(is_open);
    let last = worktree.last_change()?.filter(is_uncommitted);
    if let Some(change) = last {
        cx.say(&format!("{verb} the last change, which was not committed"))?;
        let inverse = change.inverse();
        is_as_left(&workspace, &inverse)?;
        if save::write(cx, &workspace, &backlog, &inverse, args.dry_run)? {
            worktree.forget_last_changes(2)?;
            worktree.mark_undone()?;
            warn_of_conflicts(cx, &workspace, &inverse)?;
        }
        return Ok(exit::DONE);
    }
    if !args.commit && worktree.is_undone()? {
        return Err(Failure::usage("nothing more to take back that is not committed")
            .hint("to take back the last commit as well: git backlog undo --commit")
            .into());
    }
    let Some(revert) = repository.last_commit(&workspace.folder)? else {
        return Err(Failure::new(exit::USAGE, "nothing to take back")
            .hint("the last commit is not one of the backlog; see: git log -- .backlog")
            .into());
    };
    if !args.dry_run {
        repository.check_committer()?;
        repository.check_ready(&workspace.folder)?;
    }
    let by = revert.author.as_ref().map(|author| format!(" by {author}")).unwrap_or_default();
    cx.say(&format!("{verb} commit {}{by} \"{}\"", revert.short, revert.subject))?;
    let edits = with_endings_kept(&workspace, &changed, &revert.edits)?;
    is_as_left(&workspace, &edits)?;
    if !save::write(cx, &workspace, &backlog, &edits, args.dry_run)? {
        return Ok(exit::DONE);
    }
    let after = backlog.after(&edits);
    let paths: Vec<&str> = edits.files().iter().map(|file| file.path.as_str()).collect();
    let message = Message::describe(&backlog, &after, paths.iter().copied());
    let why = format!("{UNDONE}{} \"{}\".", revert.id, revert.subject);
    let text = message.commit(&why, backlog.config.commit.trailers);
    let text = match (revert.subject.split_once(' '), text.split_once('\n')) {
        (Some((_, what)), Some((_, rest))) => format!("backlog: undo \"{what}\"\n{rest}"),
        _ => text,
    };
    save::commit(cx, &workspace, &paths, &text, args.no_verify)
}

/// A decision that was taken back in the middle of a merge: Git was told of the decision, and would
/// go on with it.
fn warn_of_conflicts(
    cx: &mut Context,
    workspace: &Workspace,
    inverse: &Edits,
) -> anyhow::Result<()> {
    if workspace.repository()?.check_idle().is_ok() {
        return Ok(());
    }
    for file in inverse.files() {
        let text = file.after.as_deref().unwrap_or_default();
        if !conflicts::open(&Document::parse(file.path.as_str(), text)).is_empty() {
            let path = format!("{}/{}", workspace.folder, file.path);
            cx.warn(&format!(
                "{path} is in conflict again, and Git takes it for merged: decide it before you go on"
            ))?;
        }
    }
    Ok(())
}

fn head_text(change: &FileChange) -> Option<&str> {
    change.before.as_ref()?.as_deref().ok()
}

/// The same edits of files as they lie here. Where Git evens line endings out, a file may have
/// others than Git would write, and is unchanged to it; each file keeps its own.
fn with_endings_kept(
    workspace: &Workspace,
    changed: &[FileChange],
    edits: &Edits,
) -> anyhow::Result<Edits> {
    let worktree = workspace.worktree()?;
    let mut kept = Edits::default();
    for edit in edits.files() {
        let is_changed = changed.iter().any(|file| file.path == edit.path);
        let now = if is_changed { None } else { worktree.file(&edit.path)? };
        let now = now.and_then(|file| file.text.ok());
        kept.push(now.and_then(|now| edit.with_endings_of(&now)).unwrap_or_else(|| edit.clone()));
    }
    Ok(kept)
}

/// Refuses to take back a change on top of which somebody has written.
fn is_as_left(workspace: &Workspace, inverse: &Edits) -> anyhow::Result<()> {
    let worktree = workspace.worktree()?;
    for file in inverse.files() {
        let now = worktree.file(&file.path)?.map(|file| file.text);
        let text = now.map(Result::ok).map(Option::unwrap_or_default);
        if text != file.before {
            let path = format!("{}/{}", workspace.folder, file.path);
            let message =
                format!("{path} was edited since, so the last change cannot be taken back");
            return Err(Failure::new(exit::CHANGED, message)
                .hint(format!("look at it with: git diff {}", quoted(&path)))
                .into());
        }
    }
    Ok(())
}
