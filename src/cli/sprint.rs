//! `sprint`: plan one, run it, look at it, close it.

mod begin;
mod close;
mod note;
mod plan;
mod show;

use super::Global;
use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::{At, Workspace, find};
use crate::domain::assign::unreadable;
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, SPRINT};
use crate::domain::sprint::{Sprint, all};
use crate::render::Format;

/// Plan a sprint, run it, see where it stands, and close it
///
/// Without more, the sprint that runs: its goal, how much of it is done, what came and left since it
/// began, what may go wrong, and how likely it is that the rest is done by its end. If none runs, the
/// next one that is planned, or the last one.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  git backlog sprint
  git backlog sprint new --goal 'A household pays with one tap' --capacity 18
  git backlog sprint plan 2026-25 -n
  git backlog sprint note --went-well 'We paired on the payment'
  git backlog sprint close --to next -m 'Sprint Review'
  git backlog sprint start 2026-25 -m 'Sprint Planning'
  git backlog sprint list")]
pub(super) struct Args {
    #[command(flatten)]
    look: Look,
    #[command(subcommand)]
    action: Option<Action>,
}

/// How to look at a sprint.
#[derive(Debug, clap::Args)]
struct Look {
    /// Print the chart as a table, even on a terminal
    #[arg(long)]
    plain: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_charts())]
    format: Format,
    #[command(flatten)]
    at: At,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// All sprints, with what they planned and delivered
    List {
        /// How to print
        #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_metrics())]
        format: Format,
        #[command(flatten)]
        at: At,
    },
    /// One sprint: the one that runs, unless another is named
    Show {
        /// The sprint
        #[arg(value_name = "ID", add = super::completions::ids())]
        id: Option<String>,
        #[command(flatten)]
        look: Look,
    },
    New(begin::New),
    Plan(plan::Args),
    Start(begin::Start),
    Close(close::Args),
    Note(note::Args),
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    match args.action {
        None => show::one(None, &args.look, &workspace, cx),
        Some(Action::Show { id, look }) => show::one(id.as_deref(), &look, &workspace, cx),
        Some(Action::List { format, at }) => show::list(format, &at, &workspace, cx),
        Some(Action::New(args)) => begin::new(&args, &workspace, cx),
        Some(Action::Plan(args)) => plan::run(&args, &workspace, cx),
        Some(Action::Start(args)) => begin::start(&args, &workspace, cx),
        Some(Action::Close(args)) => close::run(&args, &workspace, cx),
        Some(Action::Note(args)) => note::run(&args, &workspace, cx),
    }
}

/// The sprint that somebody names.
pub(super) fn named<'a>(backlog: &'a Backlog, id: &str) -> Result<Sprint<'a>, Failure> {
    let entry = find(backlog, id)?;
    if !std::ptr::eq(entry.kind, &SPRINT) {
        let message = format!("{} is of kind {}, and no sprint", entry.id(), entry.kind.name);
        return Err(Failure::usage(message).hint("see them with: git backlog sprint list"));
    }
    if !entry.is_readable() {
        let failure = Failure::from(unreadable(entry));
        return Err(Failure { code: exit::FOUND, ..failure });
    }
    Ok(Sprint::of(backlog, entry))
}

/// The sprint that is meant when none is named: the only one of which the status means this.
fn only<'a>(backlog: &'a Backlog, wanted: Category, action: &str) -> Result<Sprint<'a>, Failure> {
    let (is, none) = match wanted {
        Category::Doing => ("running", "git backlog sprint start ID"),
        _ => ("planned", "git backlog sprint new"),
    };
    let mut found: Vec<Sprint<'a>> =
        all(backlog).into_iter().filter(|it| it.category == wanted).collect();
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(Failure::usage(format!("no sprint is {is}")).hint(none)),
        _ => {
            let ids: Vec<&str> = found.iter().map(|it| it.record.id()).collect();
            let hint = format!("name one: git backlog sprint {action} {}", ids[0]);
            Err(Failure::usage(format!("{} are {is}", ids.join(" and "))).hint(hint))
        }
    }
}

/// The sprint to write to: the one that is named, or the only one of which the status means this.
fn to_write<'a>(
    backlog: &'a Backlog,
    id: Option<&str>,
    wanted: Category,
    action: &str,
) -> Result<Sprint<'a>, Failure> {
    let sprint = match id {
        Some(id) => named(backlog, id)?,
        None => only(backlog, wanted, action)?,
    };
    super::workspace::find_to_write(backlog, sprint.record.id())?;
    Ok(sprint)
}

/// Refuses a sprint that is over.
fn not_over(sprint: &Sprint<'_>) -> Result<(), Failure> {
    match sprint.category.is_open() {
        true => Ok(()),
        false => {
            let (id, status) = (sprint.record.id(), sprint.record.status());
            let hint = format!("open it again with: git backlog set {id} status=planned");
            Err(Failure::usage(format!("{id} is {status} already")).hint(hint))
        }
    }
}

/// How a sprint is called in a sentence.
fn title(sprint: &Entry) -> String {
    format!("{} \"{}\"", sprint.id(), sprint.title())
}
