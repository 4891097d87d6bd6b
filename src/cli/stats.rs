//! `stats`: how the work flows.

use clap::builder::PossibleValuesParser;

use super::context::Context;
use super::error::{Failure, exit};
use super::timeline::timeline;
use super::workspace::{At, Workspace};
use super::{Global, list, pager};
use crate::domain::assign;
use crate::domain::backlog::Keep;
use crate::domain::entry::Entry;
use crate::domain::stats::{Length, Stats};
use crate::render::Format;
use crate::render::report::stats::{SECTIONS, StatsView};

/// Show how the work flows: what was done, how long it took, what waits
///
/// Throughput, lead and cycle time, the age of what is under way, cumulative flow, what sprints planned
/// and brought, how the order and the scope change, and what the done work was worth: from the history
/// of the backlog and from the days in the items. Each figure says of how many items it is said; where too few
/// are known, nothing is said. Changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog stats
  git backlog stats type=bug --weeks 12
  git backlog stats --since 2026-09-01 --only throughput,times
  git backlog stats --only cumulative_flow --format svg > flow.svg
  git backlog stats --at v1.0 --format json")]
pub(super) struct Args {
    /// Look only at the items that a query finds; what is gone is left out then
    #[arg(value_name = "QUERY", add = super::completions::queries())]
    query: Option<String>,
    /// The same, as other commands take it
    #[arg(long = "where", value_name = "QUERY", conflicts_with = "query", add = super::completions::queries())]
    filter: Option<String>,
    /// Begin with a day (2026-09-01; -2w: two weeks ago)
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,
    /// Look at the last N weeks [default: 26]
    #[arg(long, value_name = "N", conflicts_with = "since", value_parser = weeks)]
    weeks: Option<usize>,
    /// Show only some of the metrics
    #[arg(long, value_name = "METRIC", value_delimiter = ',', value_parser = PossibleValuesParser::new(SECTIONS.map(|it| it.key)))]
    only: Vec<String>,
    /// Print charts as tables, even on a terminal
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
    let length = length(&args, cx)?;
    let filter = args.query.as_deref().or(args.filter.as_deref());
    let at = args.at.at.as_deref();
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let keep = if filter.is_some() { Keep::Everything } else { Keep::Answers };
    let backlog = workspace.read(cx, at, keep)?;
    let query = filter.map(|text| list::query(&backlog, text, cx.today)).transpose()?;
    let timeline = timeline(&backlog, at, &workspace, cx)?;
    let matches = |item: &Entry| query.as_ref().is_some_and(|query| query.matches(&backlog, item));
    let is_wanted = query.is_some().then_some(&matches as &dyn Fn(&Entry) -> bool);
    let stats = Stats::of(&backlog, &timeline, length, is_wanted);
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    let view = StatsView { stats: &stats, query: filter, only: &args.only, is_plain: args.plain };
    cx.show(&view, args.format)?;
    // The process ends here, as after a listing.
    drop(stats);
    std::mem::forget(timeline);
    std::mem::forget(backlog);
    Ok(exit::DONE)
}

fn length(args: &Args, cx: &Context) -> Result<Length, Failure> {
    if let Some(n) = args.weeks {
        return Ok(Length::Weeks(n));
    }
    let Some(text) = &args.since else { return Ok(Length::default()) };
    match assign::date_of(text, cx.today) {
        Some(day) if day > cx.today => {
            Err(Failure::usage(format!("--since {day} is in the future"))
                .hint("name a day of the past"))
        }
        Some(day) => Ok(Length::Since(day)),
        None => Err(Failure::usage(format!("'{text}' is no day"))
            .hint("write it as 2026-09-01, or as -2w: two weeks ago")),
    }
}

/// A number of weeks, which is not zero.
fn weeks(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("less than a week tells nothing".to_owned()),
        Ok(n) => Ok(n),
        Err(_) => Err("this is no number of weeks".to_owned()),
    }
}
