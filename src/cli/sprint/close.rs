//! `sprint close`.

use super::{named, not_over, title, to_write};
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::new::template;
use crate::cli::save::{Writing, save};
use crate::cli::timeline::timeline;
use crate::cli::workspace::{Workspace, find_to_write};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, SPRINT};
use crate::domain::sprint::{Destination, Sprint, all, closed, state, undone};
use crate::render::Format;
use crate::render::report::sprint::close::CloseView;

/// Close a sprint: what is done stays in it, what is not goes back to the backlog or on
///
/// What goes back keeps its place in the order. The record gets the sections Showcase and Retrospective,
/// if it has none; what stands there stays.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog sprint close -n
  git backlog sprint close --to next -m 'Sprint Review'
  git backlog sprint close 2026-24 --to backlog")]
pub(super) struct Args {
    /// The sprint; without one, the one that runs, if it is the only one
    #[arg(value_name = "ID", add = crate::cli::completions::ids())]
    id: Option<String>,
    /// Where what is not done goes: `backlog`, `next` (the next sprint that is planned), or a sprint
    #[arg(long, value_name = "WHERE", default_value = "backlog")]
    to: String,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: &Args, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let backlog = workspace.load_to_write(cx)?;
    let sprint = to_write(&backlog, args.id.as_deref(), Category::Doing, "close")?;
    let id = sprint.record.id();
    not_over(&sprint)?;
    if sprint.category == Category::Todo {
        let message = format!("{id} is {}, and has not begun", sprint.record.status());
        let hint = format!(
            "begin it with: git backlog sprint start {id}, or: git backlog set {id} status=cancelled"
        );
        return Err(Failure::usage(message).hint(hint).into());
    }
    let to = destination(&args.to, &backlog, &sprint)?;
    let left = undone(&backlog, &sprint);
    for it in &left {
        find_to_write(&backlog, it.item.id())?;
    }
    let template = template(SPRINT.name, workspace)?;
    let edits = closed(&backlog, &sprint, &to, &template, cx.today).map_err(Failure::from)?;
    if let Some(days) = sprint.days_left(cx.today).filter(|days| *days > 0) {
        let day = if days == 1 { "day" } else { "days" };
        cx.warn(&format!("{id} has {days} {day} left"))?;
    }
    let timeline = timeline(&backlog, None, workspace, cx)?;
    if cx.verbosity >= 0 {
        let state = state(&backlog, sprint.record, &timeline);
        let into = into(&to, &backlog).map(Entry::id);
        cx.show(&CloseView { state: &state, undone: &left, to: into }, Format::Table)?;
    }
    let code = save(cx, workspace, &backlog, &edits, &args.writing)?;
    if !args.writing.dry_run {
        cx.say("say what you learned with: git backlog sprint note --went-well … --change …")?;
    }
    Ok(code)
}

fn into<'a>(to: &Destination, backlog: &'a Backlog) -> Option<&'a Entry> {
    match to {
        Destination::Backlog => None,
        Destination::Sprint(id) => backlog.called(id),
    }
}

/// Where what is not done goes.
fn destination(to: &str, backlog: &Backlog, sprint: &Sprint<'_>) -> Result<Destination, Failure> {
    let target = match to {
        "backlog" => return Ok(Destination::Backlog),
        "next" => next_of(backlog, sprint)?,
        id => {
            let target = named(backlog, id)?;
            if target.record == sprint.record {
                return Err(Failure::usage(format!("{} is the one to close", target.record.id())));
            }
            not_over(&target)?;
            target
        }
    };
    Ok(Destination::Sprint(target.record.id().to_owned()))
}

/// The first planned sprint that is not before this one.
fn next_of<'a>(backlog: &'a Backlog, sprint: &Sprint<'a>) -> Result<Sprint<'a>, Failure> {
    let is_next = |it: &Sprint<'_>| {
        it.category == Category::Todo && it.record != sprint.record && it.start >= sprint.start
    };
    all(backlog).into_iter().find(is_next).ok_or_else(|| {
        Failure::usage(format!("no sprint is planned after {}", title(sprint.record)))
            .hint("make it with: git backlog sprint new, or close with: --to backlog")
    })
}
