//! `commit`: record the changes of the backlog, and only those.

use super::Global;
use super::context::Context;
use super::error::{Failure, exit};
use super::save;
use super::workspace::Workspace;
use crate::domain::backlog::Backlog;
use crate::domain::message::Message;
use crate::domain::source::{Edits, FileChange, FileEdit};
use crate::render;

/// Commit the changes of the backlog with a message that says what they mean
///
/// The commit holds exactly the changed files of the backlog. Whatever else is staged or changed
/// in the worktree stays as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog commit
  git backlog commit -m 'Refinement of 24 November'")]
pub(super) struct Args {
    /// The reason for the changes; it follows the list of what changed
    #[arg(short = 'm', long = "message", value_name = "WHY", allow_hyphen_values = true)]
    why: Option<String>,
    /// Print the message instead of committing
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
    let why = args.why.unwrap_or_default();
    let Some((paths, text)) = prepare(cx, &workspace, &why, args.dry_run)? else {
        cx.say("nothing to commit: the backlog is as HEAD has it")?;
        return Ok(exit::DONE);
    };
    if args.dry_run {
        for line in text.lines() {
            render::error::line(&cx.style, line, &mut cx.out)?;
        }
        return Ok(exit::DONE);
    }
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    save::commit(cx, &workspace, &paths, &text, args.no_verify)
}

/// Commits all changes of the backlog, if there are any.
pub(super) fn everything(
    cx: &mut Context,
    workspace: &Workspace,
    why: &str,
    no_verify: bool,
) -> anyhow::Result<u8> {
    let Some((paths, text)) = prepare(cx, workspace, why, false)? else { return Ok(exit::DONE) };
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    save::commit(cx, workspace, &paths, &text, no_verify)
}

/// The changed files and the message that tells what they mean; `None` if nothing changed.
fn prepare(
    cx: &mut Context,
    workspace: &Workspace,
    why: &str,
    dry_run: bool,
) -> anyhow::Result<Option<(Vec<String>, String)>> {
    let repository = workspace.repository()?;
    // To look runs no program of the repository; to commit does, as with Git.
    let changed = match dry_run {
        true => repository.changed(&workspace.folder)?,
        false => repository.changed_to_commit(&workspace.folder)?,
    };
    if changed.is_empty() {
        return Ok(None);
    }
    let after = workspace.load(cx, None)?;
    let before = after.after(&to_head(&changed));
    refuse_broken(workspace, &after, &changed)?;
    let paths: Vec<String> = changed.into_iter().map(|change| change.path).collect();
    let message = Message::describe(&before, &after, paths.iter().map(String::as_str));
    Ok(Some((paths, message.commit(why, after.config.commit.trailers))))
}

/// A file that cannot be read is not committed unseen: the next reader would find no document.
fn refuse_broken(
    workspace: &Workspace,
    after: &Backlog,
    changed: &[FileChange],
) -> Result<(), Failure> {
    for entry in changed.iter().filter_map(|change| after.at_path(&change.path)) {
        if let Some(problem) = entry.problems().find(|problem| problem.kind.is_fatal()) {
            let path = format!("{}/{}", workspace.folder, entry.path());
            let message =
                format!("{path}:{}: {}; nothing was committed", problem.position, problem.message);
            let hint = format!("mend the file, or commit it as it is with: git commit -- {path}");
            return Err(Failure::new(exit::FOUND, message).hint(hint));
        }
    }
    Ok(())
}

/// The edits that take the worktree back to HEAD, so that the state before can be shown.
fn to_head(changed: &[FileChange]) -> Edits {
    let mut edits = Edits::default();
    for change in changed {
        let text = |text: &Option<Result<String, _>>| {
            text.as_ref().and_then(|text| text.as_ref().ok().cloned())
        };
        edits.push(FileEdit {
            path: change.path.clone(),
            before: text(&change.after),
            after: text(&change.before),
        });
    }
    edits
}
