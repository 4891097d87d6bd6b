//! `roadmap`: what comes now, next and later, or releases and goals over time.

use clap::ValueEnum;

use super::context::Context;
use super::error::exit;
use super::timeline::timeline;
use super::workspace::{At, Workspace};
use super::{Global, list, pager};
use crate::domain::entry::Entry;
use crate::domain::forecast::SEED;
use crate::domain::kind::{GOAL, Kind, RELEASE};
use crate::domain::outlook::Outlook;
use crate::domain::roadmap::{roadmap, schedule};
use crate::render::Format;
use crate::render::report::dates::Basis;
use crate::render::report::roadmap::{RoadmapView, ScheduleView};

/// Show what comes now, next and later, or releases and goals over time
///
/// Now is what somebody works on and what the running sprint holds; next what the next sprint holds,
/// and what is ready and within reach; later the rest, by goal. By date, releases and goals stand
/// with the days by which their last item is done in 50, 85 and 95 of 100 cases.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog roadmap
  git backlog roadmap 'label=checkout'
  git backlog roadmap --by release
  git backlog roadmap --format svg > roadmap.svg
  git backlog roadmap --by goal --format mermaid")]
pub(super) struct Args {
    /// Only the items that a query finds
    #[arg(value_name = "QUERY", add = super::completions::queries())]
    query: Option<String>,
    /// How to lay it out; by date where the format is a picture, else by now
    #[arg(long, value_name = "WHAT")]
    by: Option<By>,
    /// Draw other futures; the same seed gives the same days
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_plans())]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// What a roadmap is laid out by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Now, next and later.
    Now,
    /// Releases over time.
    Release,
    /// Goals over time.
    Goal,
    /// Both over time.
    Date,
}

impl By {
    fn of(args: &Args) -> Self {
        let is_picture = matches!(args.format, Format::Svg | Format::Mermaid);
        args.by.unwrap_or(if is_picture { Self::Date } else { Self::Now })
    }

    /// The kinds that stand over time.
    fn kinds(self) -> Vec<&'static Kind> {
        match self {
            Self::Now => vec![],
            Self::Release => vec![&RELEASE],
            Self::Goal => vec![&GOAL],
            Self::Date => vec![&RELEASE, &GOAL],
        }
    }
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let at = args.at.at.as_deref();
    let backlog = workspace.load(cx, at)?;
    let query = args.query.as_deref();
    let query = query.map(|text| list::query(&backlog, text, cx.today)).transpose()?;
    let timeline = timeline(&backlog, at, &workspace, cx)?;
    let outlook = Outlook::of(&backlog, &timeline, args.seed);
    let matches = |item: &Entry| query.as_ref().is_none_or(|it| it.matches(&backlog, item));
    let n_found = outlook.items.iter().filter(|item| matches(item)).count();
    let basis = Basis { outlook: &outlook, coverage: timeline.coverage(), seed: args.seed };
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    match By::of(&args) {
        By::Now => {
            let roadmap = roadmap(&backlog, &outlook, matches);
            cx.show(&RoadmapView { backlog: &backlog, roadmap: &roadmap, basis }, args.format)?;
        }
        by => {
            let filter = query.as_ref().map(|_| &matches as &dyn Fn(&Entry) -> bool);
            let schedule = schedule(&backlog, &outlook, &by.kinds(), filter);
            cx.show(&ScheduleView { backlog: &backlog, schedule: &schedule, basis }, args.format)?;
        }
    }
    for doubt in query.iter().filter(|_| n_found == 0).flat_map(|it| it.doubts()) {
        cx.say(doubt)?;
    }
    if n_found == 0 {
        cx.say(match query {
            Some(_) => "the query finds no open item",
            None => "no item is open",
        })?;
    }
    Ok(exit::DONE)
}
