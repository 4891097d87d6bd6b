//! `metric`: the numbers that have to move, and their readings.

use std::path::{Path, PathBuf};

use super::context::Context;
use super::error::{Failure, exit};
use super::save::{Writing, save};
use super::workspace::{At, Workspace, find_to_write};
use super::{Global, pager, stdin};
use crate::domain::assign;
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::id::Found;
use crate::domain::kind::{GOAL, METRIC};
use crate::domain::message::counted;
use crate::domain::progress::Progress;
use crate::domain::reading::{self, Reading, Refused};
use crate::domain::separated::InLine;
use crate::domain::source::Edits;
use crate::domain::suggest;
use crate::render::Format;
use crate::render::report::metric::{MetricView, MetricsView};

/// Show metrics with their trends, or write a reading down
///
/// Without a metric, all of them: last reading, trend, and the share of the way to the target. With
/// one, its readings, and the goals and experiments that use it. With a number, that number is its
/// reading of today.
///
/// A metric may be named by its id, by words of its title, or by a goal that it measures.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog metric
  git backlog metric activation
  git backlog metric activation 41.2 --note 'first week with the photo'
  git backlog metric activation 39 --date 2026-11-08
  git backlog metric activation --from readings.csv -m 'November'")]
pub(super) struct Args {
    /// The metric
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: Option<String>,
    /// The number that was read
    #[arg(allow_negative_numbers = true, conflicts_with = "from")]
    value: Option<String>,
    /// The day of the reading: 2026-11-08, -3d; today without it
    #[arg(long, value_name = "DAY", requires = "value", allow_hyphen_values = true)]
    date: Option<String>,
    /// What is to be known about it
    #[arg(long, value_name = "TEXT", requires = "value", allow_hyphen_values = true)]
    note: Option<String>,
    /// Take all readings of a CSV file, `date,value,note`; `-` reads standard input
    #[arg(long, value_name = "FILE", requires = "id")]
    from: Option<PathBuf>,
    /// Write over another reading of the same day
    #[arg(long)]
    replace: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_metrics())]
    format: Format,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let is_writing = args.value.is_some() || args.from.is_some();
    match (is_writing, &args.at.at) {
        (true, Some(_)) => {
            Err(Failure::usage("a reading is written to the worktree, and not to a revision")
                .into())
        }
        (true, None) => write(&args, &workspace, cx),
        (false, _) => show(&args, &workspace, cx),
    }
}

fn show(args: &Args, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let backlog = workspace.load(cx, args.at.at.as_deref())?;
    let metric = args.id.as_ref().map(|id| find(&backlog, id)).transpose()?;
    if args.format == Format::Table {
        pager::start(cx, workspace);
    }
    let (today, folder) = (cx.today, &*workspace.folder);
    match metric {
        Some(metric) => {
            let progress = Progress::of(&backlog, metric);
            let view = MetricView { backlog: &backlog, progress: &progress, today, folder };
            cx.show(&view, args.format)?;
        }
        None => {
            let (used, retired): (Vec<&Entry>, Vec<&Entry>) =
                backlog.of_kind(&METRIC).partition(|it| backlog.category(it).is_open());
            let metrics: Vec<Progress<'_>> =
                used.into_iter().map(|it| Progress::of(&backlog, it)).collect();
            let n_retired = retired.len();
            cx.show(&MetricsView { metrics: &metrics, n_retired, today, folder }, args.format)?;
            if metrics.is_empty() {
                cx.say("write the first one down with: git backlog new metric TITLE")?;
            }
        }
    }
    Ok(exit::DONE)
}

fn write(args: &Args, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let backlog = workspace.load_to_write(cx)?;
    let id = args.id.as_deref().unwrap_or_default();
    let metric = find_to_write(&backlog, find(&backlog, id)?.id())?;
    let readings = match &args.from {
        Some(path) => from_file(path, args, cx)?,
        None => vec![(0, typed(args, cx.today)?)],
    };
    none_to_come(&readings, cx.today)?;
    if !backlog.category(metric).is_open() {
        cx.warn(&format!("{} is {}", metric.id(), metric.status()))?;
    }
    let text = recorded(metric, &readings, args)?;
    let mut edits = Edits::default();
    edits.rewrite(&metric.document, text);
    save(cx, workspace, &backlog, &edits, &args.writing)
}

/// What to type where no metric is meant: one whose id looks alike, or what shows them all.
fn none(backlog: &Backlog, input: &str) -> String {
    match suggest::nearest(input, backlog.of_kind(&METRIC).map(Entry::id)) {
        Some(id) => suggest::document(backlog, input, &[id.to_owned()]),
        None => {
            "see them with: git backlog metric; write one down with: git backlog new metric TITLE"
                .to_owned()
        }
    }
}

/// The metric that a person means: by its id, by a goal that it measures, or by words of its title.
fn find<'a>(backlog: &'a Backlog, input: &str) -> Result<&'a Entry, Failure> {
    let by_id = match backlog.find(input) {
        Found::One(entry) => vec![entry],
        Found::Many(entries) => entries,
        Found::None(_) => Vec::new(),
    };
    let is_metric = |entry: &&Entry| std::ptr::eq(entry.kind, &METRIC);
    let mut found: Vec<&Entry> = by_id.iter().copied().filter(is_metric).collect();
    if found.is_empty() {
        let goals = by_id.iter().filter(|entry| std::ptr::eq(entry.kind, &GOAL));
        let measured = goals.filter_map(|goal| backlog.called(goal.links("metric").first()?));
        found = measured.filter(is_metric).collect();
    }
    if found.is_empty() && !input.trim().is_empty() {
        let words = input.to_lowercase();
        let has = |entry: &&Entry| entry.title().to_lowercase().contains(&words);
        found = backlog.of_kind(&METRIC).filter(has).collect();
    }
    match (&found[..], &by_id[..]) {
        ([metric], _) => Ok(metric),
        ([], [other]) => {
            let message = format!("{} is of kind {}, and no metric", other.id(), other.kind.name);
            let hint = match std::ptr::eq(other.kind, &GOAL) {
                true => format!("give it one with: git backlog set {} metric=ID", other.id()),
                false => "see them with: git backlog metric".to_owned(),
            };
            Err(Failure::usage(message).hint(hint))
        }
        ([], _) => Err(Failure::usage(format!("no metric '{input}'")).hint(none(backlog, input))),
        (several, _) => {
            let line = |it: &&Entry| format!("{} \"{}\"", it.id(), it.title());
            let candidates: Vec<String> = several.iter().map(line).collect();
            Err(Failure::usage(format!("'{input}' matches {}", candidates.join(", ")))
                .hint("type more of the id or the title"))
        }
    }
}

/// The reading that was typed.
fn typed(args: &Args, today: Date) -> Result<Reading, Failure> {
    let date = match &args.date {
        Some(text) => assign::date_of(text, today).ok_or_else(|| {
            Failure::usage(format!("'{text}' is not a day"))
                .hint("write it as 2026-11-23, or as today, -3d")
        })?,
        None => today,
    };
    let (value, note) = (args.value.as_deref(), args.note.as_deref());
    Reading::of(date, value.unwrap_or_default(), note.unwrap_or_default()).map_err(|problem| {
        Failure::usage(problem)
            .hint("write a plain number, such as 41.2; the unit stands in the record")
    })
}

/// The readings of a file, each with its line.
fn from_file(path: &Path, args: &Args, cx: &Context) -> anyhow::Result<Vec<InLine<Reading>>> {
    let text = stdin::file(path, "the file", cx)?;
    let readings = reading::from_csv(&text).map_err(|wrong| all_wrong(&wrong, args))?;
    match readings.is_empty() {
        true => Err(Failure::usage("there are no readings in it").into()),
        false => Ok(readings),
    }
}

/// All lines that are wrong, so that nobody has to mend them one by one.
fn all_wrong(wrong: &[InLine<String>], args: &Args) -> Failure {
    let path = args.from.as_deref().unwrap_or("-".as_ref());
    let name = if path == "-" { "standard input".into() } else { path.to_string_lossy() };
    let lines = wrong.iter().map(|(line, problem)| format!("\n{name}:{line}: {problem}"));
    let count = counted(wrong.len(), "line");
    let message = format!("{count} cannot be taken{}", lines.collect::<String>());
    Failure::new(exit::FOUND, message).hint("nothing was written")
}

/// The record with the readings; all that another reading stands in the way of is told at once.
fn recorded(metric: &Entry, readings: &[InLine<Reading>], args: &Args) -> Result<String, Failure> {
    let new: Vec<Reading> = readings.iter().map(|(_, new)| new.clone()).collect();
    let taken = match reading::record(&metric.document, &new, args.replace) {
        Ok(text) => return Ok(text),
        Err(Refused::Taken(taken)) => taken,
        Err(Refused::NoRoom) => {
            let id = metric.id();
            let message = match readings.len() {
                1 => format!("the table of {id} has no room for this reading"),
                _ => format!("the table of {id} has no room for these readings"),
            };
            let hint = format!("give it the columns date, value and note: git backlog edit {id}");
            return Err(Failure::new(exit::FOUND, message).hint(hint));
        }
    };
    let told = |(nth, old): &(usize, Reading)| {
        (readings[*nth].0, format!("{} has {} already", old.date, old.written))
    };
    let taken: Vec<InLine<String>> = taken.iter().map(told).collect();
    let hint = "write over it with --replace";
    match (&taken[..], &args.from) {
        ([(_, problem), ..], None) => {
            Err(Failure::usage(format!("{}: {problem}", metric.id())).hint(hint))
        }
        (several, _) => Err(all_wrong(several, args).hint(format!("nothing was written; {hint}"))),
    }
}

/// Refuses a reading of a day to come: it would stand for today's number from now on.
fn none_to_come(readings: &[InLine<Reading>], today: Date) -> Result<(), Failure> {
    let mut future = readings.iter().map(|(_, it)| it.date).filter(|date| *date > today);
    match (future.next(), future.count()) {
        (None, _) => Ok(()),
        (Some(day), 0) => Err(Failure::usage(format!("{day} is still to come"))),
        (Some(day), n_more) => {
            Err(Failure::usage(format!("{} days are still to come, such as {day}", n_more + 1)))
        }
    }
}
