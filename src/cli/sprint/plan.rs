//! `sprint plan`.

use super::{not_over, to_write};
use crate::cli::context::Context;
use crate::cli::error::{Failure, exit};
use crate::cli::save::{Writing, save};
use crate::cli::timeline::timeline;
use crate::cli::workspace::Workspace;
use crate::domain::assign::{self, Assignment, Operation};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry;
use crate::domain::kind::Category;
use crate::domain::source::Edits;
use crate::domain::sprint::{FIELD, Members, Plan, Rules, Sprint, all, mean, plan, velocities};
use crate::render::Format;
use crate::render::report::sprint::plan::PlanView;

/// Fill a sprint from the top of the order, as far as its capacity goes
///
/// Takes the items that are ready and have an effort, each with what it waits for, and passes over what
/// does not fit, with the reason. What is in the sprint already stays. How much the last sprints
/// delivered is told beside it; it is for the developers to say how much they take.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog sprint plan 2026-25 -n
  git backlog sprint plan 2026-25 --capacity 15 -m 'Sprint Planning'
  git backlog sprint plan --take 5 --any")]
pub(super) struct Args {
    /// The sprint; without one, the one that is planned, if it is the only one
    #[arg(value_name = "ID", add = crate::cli::completions::ids())]
    id: Option<String>,
    /// The effort that fits; it is written into the record
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    capacity: Option<String>,
    /// Take so many items at most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    take: Option<u32>,
    /// Take items that are not ready too
    #[arg(long)]
    any: bool,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: &Args, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let backlog = workspace.load_to_write(cx)?;
    let sprint = to_write(&backlog, args.id.as_deref(), Category::Todo, "plan")?;
    not_over(&sprint)?;
    let capacity = capacity(args, &sprint)?;
    let rules = Rules {
        capacity,
        most: args.take.map_or(usize::MAX, |most| most as usize),
        takes_unready: args.any,
    };
    let sprints = all(&backlog);
    let plan = plan(&backlog, &sprints, &sprint, rules, cx.today);
    let edits = edits(&plan, args.capacity.as_deref(), &backlog, cx.today)?;
    let timeline = timeline(&backlog, None, workspace, cx)?;
    let members = Members::of(&backlog, &timeline.lives);
    let velocity = mean(&velocities(&backlog, &sprints, &members, cx.today));
    if cx.verbosity >= 0 {
        cx.show(&PlanView { backlog: &backlog, plan: &plan, velocity }, Format::Table)?;
    }
    if edits.is_empty() {
        cx.say("nothing to change")?;
        return Ok(exit::DONE);
    }
    save(cx, workspace, &backlog, &edits, &args.writing)
}

/// The effort that fits; `None` where a number of items was asked for and nobody knows it.
fn capacity(args: &Args, sprint: &Sprint<'_>) -> Result<Option<f64>, Failure> {
    let id = sprint.record.id();
    let given = match &args.capacity {
        None => sprint.capacity,
        Some(text) => Some(entry::number(text).ok_or_else(|| {
            Failure::usage(format!("the capacity is a number of points, not '{text}'"))
        })?),
    };
    match given {
        Some(capacity) if capacity > 0.0 => Ok(Some(capacity)),
        Some(capacity) => {
            Err(Failure::usage(format!("nothing fits into {id}: its capacity is {capacity}"))
                .hint(format!("say how much fits: git backlog sprint plan {id} --capacity N")))
        }
        None if args.take.is_some() => Ok(None),
        None => Err(Failure::usage(format!("{id} has no capacity")).hint(format!(
            "say how much fits: git backlog sprint plan {id} --capacity N, or --take N items"
        ))),
    }
}

/// The changes that a plan stands for.
fn edits(
    plan: &Plan<'_>,
    capacity: Option<&str>,
    backlog: &Backlog,
    today: Date,
) -> Result<Edits, Failure> {
    let record = plan.sprint.record;
    let set = |field: &str, value: &str| Assignment {
        field: field.to_owned(),
        operation: Operation::Set(value.to_owned()),
    };
    let mut edits = Edits::default();
    if let Some(capacity) = capacity {
        let text = assign::apply(backlog, record, &[set("capacity", capacity)], today);
        edits.rewrite(&record.document, text.map_err(Failure::from)?);
    }
    for item in &plan.taken {
        crate::cli::workspace::find_to_write(backlog, item.id())?;
        let text = assign::apply(backlog, item, &[set(FIELD, record.id())], today);
        edits.rewrite(&item.document, text.map_err(Failure::from)?);
    }
    Ok(edits)
}
