//! `report`: where the product stands, for people who decide about it.

use clap::ValueEnum;

use super::context::Context;
use super::error::{Failure, exit};
use super::timeline::told;
use super::workspace::{At, Workspace};
use super::{Global, pager};
use crate::domain::assign;
use crate::domain::backlog::Backlog;
use crate::domain::briefing::{Briefing, Priorities};
use crate::domain::date::{Date, days_between};
use crate::domain::forecast::SEED;
use crate::domain::kind::{Category, GOAL, RELEASE, SPRINT};
use crate::domain::message::counted;
use crate::domain::outlook::Outlook;
use crate::domain::roadmap::schedule;
use crate::domain::timeline::Timeline;
use crate::render::Format;
use crate::render::report::briefing::{self, BriefingView};
use crate::render::report::dates::Basis;
use crate::render::report::roadmap::ScheduleView;

/// The period, where no sprint says one: two weeks.
const PERIOD: i64 = 14;

/// Report where the product stands: what came out, what changed and why, what is next
///
/// One page that can be sent: goals and metrics, what was finished and what it is good for, what
/// moved in the order and why, what is next and by when, what may go wrong, decisions, what was
/// learned, open questions. As HTML it stands alone: it loads nothing and runs nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog report
  git backlog report --format html > report.html
  git backlog report --since -4w --audience team
  git backlog report --since 2026-11-02 --format markdown")]
pub(super) struct Args {
    /// Tell what happened since a day (2026-11-01; -2w: two weeks ago) or a revision [default: the
    /// start of the sprint that runs, else two weeks ago]
    #[arg(long, value_name = "DAY|REV", allow_hyphen_values = true)]
    since: Option<String>,
    /// For whom
    #[arg(long, value_name = "WHO", default_value = "stakeholders")]
    audience: Audience,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_pages())]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// For whom a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Audience {
    /// People who pay for the product, use it or sell it.
    Stakeholders,
    /// The people who make it: also every move, and who made it.
    Team,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let at = args.at.at.as_deref();
    let backlog = workspace.load(cx, at)?;
    let since = since(args.since.as_deref(), &backlog, &workspace, cx)?;
    let mut priorities = Priorities::since(since);
    let timeline = told(&backlog, at, &workspace, cx, &mut |entry| priorities.read(entry))?;
    let outlook = Outlook::of(&backlog, &timeline, SEED);
    let briefing = Briefing::of(&backlog, &timeline, priorities, &outlook, since);
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    let audience = match args.audience {
        Audience::Stakeholders => briefing::Audience::Stakeholders,
        Audience::Team => briefing::Audience::Team,
    };
    let notes = notes(&timeline, &outlook);
    let schedule = schedule(&backlog, &outlook, &[&RELEASE, &GOAL], None);
    let basis = Basis { outlook: &outlook, coverage: timeline.coverage(), seed: SEED };
    let plan = ScheduleView { backlog: &backlog, schedule: &schedule, basis };
    cx.show(&BriefingView { briefing: &briefing, audience, plan, notes }, args.format)?;
    Ok(exit::DONE)
}

/// The day after which things are told.
fn since(
    asked: Option<&str>,
    backlog: &Backlog,
    workspace: &Workspace,
    cx: &Context,
) -> anyhow::Result<Date> {
    let before =
        |days: i64| cx.today.checked_sub(jiff::Span::new().days(days)).map_err(anyhow::Error::from);
    let Some(asked) = asked else {
        let is_running = |it: &_| backlog.category(it) == Category::Doing;
        let starts =
            backlog.of_kind(&SPRINT).filter(|it| is_running(it)).filter_map(|it| it.date("start"));
        let start = starts.filter(|day| *day <= cx.today).min();
        return match start {
            Some(start) => before(days_between(start, cx.today) + 1),
            None => before(PERIOD),
        };
    };
    let day = match assign::date_of(asked, cx.today) {
        Some(day) => day,
        None => workspace.repository()?.day_of(asked)?,
    };
    if day > cx.today {
        let message = format!("'{asked}' is {day}, and that is to come");
        return Err(Failure::usage(message).hint("name a day of the past: --since -2w").into());
    }
    Ok(day)
}

/// How the figures were found.
fn notes(timeline: &Timeline<'_>, outlook: &Outlook<'_>) -> Vec<String> {
    let it = timeline.coverage();
    let mut notes = vec![format!(
        "Days come from the history and from the items: {} of {} that are done have one.",
        it.n_dated, it.n_done
    )];
    notes.push(match &outlook.forecast {
        Ok(forecast) => format!(
            "Days to come are drawn from the {} that were done in the last {}: 'likely' is what 85 of 100 futures keep, with all that stands above (seed {}).",
            counted(forecast.n_done() as usize, "item"),
            counted(forecast.n_weeks(), "week"),
            SEED
        ),
        Err(unfit) => format!("No day is foretold: {}; {}.", unfit.reason(), unfit.advice(outlook.today)),
    });
    notes
}
