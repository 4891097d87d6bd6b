//! `forecast`: when the items of the order will be done.

use super::context::Context;
use super::error::{Failure, exit};
use super::states::States;
use super::timeline::timeline;
use super::workspace::{At, Workspace};
use super::{Global, list, pager};
use crate::domain::assign;
use crate::domain::backlog::{Backlog, Keep, Reading};
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::forecast::{SEED, SHARES};
use crate::domain::outlook::{Dates, Outlook};
use crate::domain::prospect::{self, Scope, Shifts, Target};
use crate::domain::select;
use crate::render::Format;
use crate::render::report::forecast::ForecastView;
use crate::store::Source;

/// How many points a line of the chart has at most.
const POINTS: usize = 40;

/// Show when items will be done, from how many were done in each of the last weeks
///
/// Tries ten thousand futures: weeks of the last half year, drawn by chance, at a pace that may change.
/// The items of a query are done when the last of them is, with all that stands above it. Without a
/// query: the next items, each sprint, release and goal that is still to come, and all of it.
///
/// Items are counted, not sized. Every forecast is tried on the past too, and says how many of the dates
/// that it would have told were met. Too short a past gives no date, and exit code 1. Changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog forecast
  git backlog forecast 'release=REL-g4s69'
  git backlog forecast 'goal=GOAL-activation' --by 2027-01-31
  git backlog forecast --since main
  git backlog forecast --items 20 --format json")]
pub(super) struct Args {
    /// The open items that it is about, with all that stands above the last of them
    #[arg(value_name = "QUERY", add = super::completions::queries())]
    query: Option<String>,
    /// The same, as other commands take it
    #[arg(long = "where", value_name = "QUERY", conflicts_with = "query", add = super::completions::queries())]
    filter: Option<String>,
    /// Count the items of the query alone, as if nothing else were done meanwhile
    #[arg(long)]
    alone: bool,
    /// So many items, whichever they are
    #[arg(long, value_name = "N", conflicts_with_all = ["query", "filter", "alone"], value_parser = clap::value_parser!(u32).range(1..=100_000))]
    items: Option<u32>,
    /// Tell how many items are done by this day, and the chance that what is asked for is
    #[arg(long, value_name = "DAY")]
    by: Option<String>,
    /// Tell what has moved since the worktree, or --at REV, left this branch or commit
    #[arg(long, value_name = "BASE", conflicts_with_all = ["query", "filter", "items"])]
    since: Option<String>,
    /// Draw other numbers; the same seed gives the same forecast
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
    /// Print the chart as a table, even on a terminal
    #[arg(long)]
    plain: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_charts())]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let by = args.by.as_deref().map(|text| day(text, cx.today)).transpose()?;
    let query = args.query.as_deref().or(args.filter.as_deref());
    if args.alone && query.is_none() {
        return Err(Failure::usage("--alone counts the items of a query, and there is none")
            .hint("name them: git backlog forecast 'release=REL-…' --alone")
            .into());
    }
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let at = args.at.at.as_deref();
    let keep = if query.is_some() { Keep::Everything } else { Keep::Fields };
    let backlog = workspace.read(cx, at, keep)?;
    let (outlook, coverage) = {
        let timeline = timeline(&backlog, at, &workspace, cx)?;
        (Outlook::of(&backlog, &timeline, args.seed), timeline.coverage())
    };
    let mut targets = match query {
        Some(query) => vec![asked(&backlog, &outlook, query, args.alone, cx)?],
        None => of_items(&args, &backlog, &outlook),
    };
    if let (Some(day), [target]) = (by, &mut targets[..]) {
        target.until = Some(day);
    }
    prospect::date(&mut targets, &outlook, args.seed);
    let n_items = targets.iter().map(|it| it.n_to_last).max().unwrap_or_default();
    let course = course(n_items, &outlook);
    let record = outlook.forecast.as_ref().ok().and_then(|_| {
        let n_asked = if targets.len() == 1 { n_items } else { usize::MAX };
        prospect::record(&outlook.flow, n_asked.min(prospect::MOST), args.seed)
    });
    let before = args.since.as_deref().map(|base| before(base, at, &workspace)).transpose()?;
    let shifts = before.as_ref().map(|before| Shifts::of(before, &backlog).dated(&outlook));
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    let by_day = by.and_then(|day| prospect::by_day(&outlook, day));
    let view = ForecastView {
        outlook: &outlook,
        targets: &targets,
        by_day: by_day.as_ref(),
        shifts: args.since.as_deref().zip(shifts.as_ref()),
        record: record.as_ref(),
        coverage,
        seed: args.seed,
        is_alone: args.alone,
        course: &course,
        is_plain: args.plain,
    };
    cx.show(&view, args.format)?;
    Ok(if outlook.forecast.is_ok() { exit::DONE } else { exit::FOUND })
}

fn day(text: &str, today: Date) -> Result<Date, Failure> {
    let day = assign::date_of(text, today).ok_or_else(|| {
        Failure::usage(format!("'{text}' is no day")).hint("write it as 2026-11-23, or as +2w")
    })?;
    match day > today {
        true => Ok(day),
        false => Err(Failure::usage(format!("{day} is no day to come"))
            .hint("what was done until then: git backlog log")),
    }
}

/// What is asked for without a query.
fn of_items<'a>(args: &Args, backlog: &'a Backlog, outlook: &Outlook<'a>) -> Vec<Target<'a>> {
    match args.items {
        Some(n) => vec![Target::new(Scope::Next, n as usize, n as usize)],
        None => prospect::targets(backlog, outlook),
    }
}

/// The items that a query finds.
fn asked<'a>(
    backlog: &Backlog,
    outlook: &Outlook<'_>,
    query: &'a str,
    is_alone: bool,
    cx: &mut Context,
) -> anyhow::Result<Target<'a>> {
    if let Some(meant) = select::condition_for(backlog, query) {
        cx.say(&format!("'{query}' is looked for in titles and texts; you may mean {meant}"))?;
    }
    let filter = list::query(backlog, query, cx.today)?;
    let is_part = |item: &Entry| backlog.above(item).any(|it| filter.matches(backlog, it));
    // Who asks for an epic alone means its parts.
    let reach = outlook.reach(|item| filter.matches(backlog, item));
    let Some(reach) = reach.or_else(|| outlook.reach(is_part)) else {
        for doubt in filter.doubts() {
            cx.say(doubt)?;
        }
        let message = format!("no open item matches '{query}'");
        let hint = format!("see what does with: git backlog list '{query}' --all");
        return Err(Failure::usage(message).hint(hint).into());
    };
    let n_items = reach.items.len();
    let n_to_last = if is_alone { n_items } else { reach.n_to_last };
    Ok(Target::new(Scope::Query(query), n_items, n_to_last))
}

/// By when each number of items is done, up to the last; nothing without enough of a past.
fn course(n_items: usize, outlook: &Outlook<'_>) -> Vec<(usize, Dates)> {
    let step = n_items.div_ceil(POINTS).max(1);
    let mut numbers: Vec<usize> = (1..=n_items).rev().step_by(step).collect();
    numbers.reverse();
    let Ok(dates) = outlook.dates_of_each(&numbers) else { return Vec::new() };
    let has_end = |it: &(usize, Dates)| SHARES.iter().all(|share| it.1.by(*share).is_some());
    numbers.into_iter().zip(dates).filter(has_end).collect()
}

/// The state that a change began with.
fn before(base: &str, at: Option<&str>, workspace: &Workspace) -> anyhow::Result<Backlog> {
    let states = States::since(base, at, workspace)?;
    let source = workspace.repository()?.at_tree(states.before, &workspace.folder);
    let reading = Reading::new(&source.settings()?, Keep::Fields);
    source.each(&|file| reading.add(file))?;
    Ok(reading.finish())
}
