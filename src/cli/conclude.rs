//! `conclude`: the result of an experiment.

use super::Global;
use super::context::Context;
use super::error::{Failure, exit};
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_write};
use crate::domain::assign::{self, Assignment, Operation};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::{self, Entry};
use crate::domain::experiment::{Verdict, verdict};
use crate::domain::kind::EXPERIMENT;
use crate::domain::progress::Direction;
use crate::domain::source::Edits;

/// Conclude an experiment: the result and its verdict
///
/// The hypothesis is confirmed when the result reaches the threshold on the side that the metric's
/// direction says is better. The experiment becomes `finished`, with result, outcome and last day.
/// Then comes the decision: `git backlog decide`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog conclude EXP-s8bk6 --result 3.9
  git backlog conclude s8bk6 --result 3.9 --end 2026-12-10 -m 'Four Thursdays'")]
pub(super) struct Args {
    /// The experiment
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: String,
    /// The value that was measured
    #[arg(long, value_name = "NUMBER", allow_hyphen_values = true)]
    result: String,
    /// The last day, if it is not the planned one that is past, or today
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    end: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let backlog = workspace.load_to_write(cx)?;
    let experiment = find_to_write(&backlog, &args.id)?;
    let result = entry::number(args.result.trim()).ok_or_else(|| {
        Failure::usage(format!("the result is a number, not '{}'", args.result))
            .hint("write it with a point and without its unit: 41.2")
    })?;
    let (threshold, direction) = yardstick(&backlog, experiment)?;
    let end = last_day(&args, experiment, cx.today)?;
    let verdict = verdict(result, threshold, direction);
    let set = |field: &str, value: String| Assignment {
        field: field.to_owned(),
        operation: Operation::Set(value),
    };
    let assignments = [
        set("status", "finished".to_owned()),
        set("end", end.to_string()),
        set("outcome", verdict.word().to_owned()),
        set("result", args.result.trim().to_owned()),
    ];
    let text =
        assign::apply(&backlog, experiment, &assignments, cx.today).map_err(Failure::from)?;
    let mut edits = Edits::default();
    edits.rewrite(&experiment.document, text);
    let sign = match (verdict, direction) {
        (Verdict::Confirmed, Direction::Up) => "≥",
        (Verdict::Confirmed, Direction::Down) => "≤",
        (Verdict::Refuted, Direction::Up) => "<",
        (Verdict::Refuted, Direction::Down) => ">",
    };
    let code = save(cx, &workspace, &backlog, &edits, &args.writing)?;
    cx.say(&format!("{}: {} {sign} {threshold}", verdict.word(), args.result.trim()))?;
    if !args.writing.dry_run {
        let id = experiment.id();
        cx.say(&format!("next: git backlog decide 'What follows from {id}' --option …"))?;
    }
    Ok(code)
}

/// The threshold, and the side of it that is better.
fn yardstick(backlog: &Backlog, experiment: &Entry) -> Result<(f64, Direction), Failure> {
    let id = experiment.id();
    if !std::ptr::eq(experiment.kind, &EXPERIMENT) {
        let message = format!("{id} is of kind {}, not an experiment", experiment.kind.name);
        return Err(Failure::usage(message).hint("see them with: git backlog list experiments"));
    }
    if let Some(result) = experiment.text("result") {
        let message = format!("{id} has a result already: {result}");
        return Err(Failure::usage(message)
            .hint(format!("take it away first with: git backlog set {id} result= outcome=open")));
    }
    let Some(text) = experiment.text("threshold") else {
        let hint = format!("say from which value on it holds: git backlog set {id} threshold=…");
        return Err(Failure::usage(format!("{id} has no threshold")).hint(hint));
    };
    let threshold = entry::number(&text).ok_or_else(|| {
        Failure::usage(format!("the threshold of {id} is '{text}', which is no number"))
            .hint(format!("git backlog set {id} threshold=NUMBER"))
    })?;
    let Some(metric) = experiment.links("metric").first().map(|it| it.clone().into_owned()) else {
        let hint = format!("git backlog set {id} metric=METRIC-…");
        return Err(Failure::usage(format!("{id} names no metric")).hint(hint));
    };
    let Some(measured) = backlog.called(&metric) else {
        let hint = "see the ids with: git backlog list metrics";
        let message = format!("{id} names the metric {metric}, which does not exist");
        return Err(Failure::new(exit::FOUND, message).hint(hint));
    };
    let direction = Direction::of(measured).ok_or_else(|| {
        let metric = measured.id();
        Failure::usage(format!("{metric} does not say which direction is better"))
            .hint(format!("git backlog set {metric} direction=up, or down"))
    })?;
    Ok((threshold, direction))
}

/// The last day: the one that is asked for, or the planned one if it is past, or today.
fn last_day(args: &Args, experiment: &Entry, today: Date) -> Result<Date, Failure> {
    let planned = experiment.date("end").filter(|end| *end <= today);
    let end = match &args.end {
        Some(text) => assign::date_of(text, today).ok_or_else(|| {
            Failure::usage(format!("end is a day, not '{text}'"))
                .hint("write it as 2026-11-23, or as today, -3d, +2w")
        })?,
        None => planned.unwrap_or(today),
    };
    if end > today {
        return Err(Failure::usage(format!("{end} is still to come")));
    }
    match experiment.date("start").filter(|start| *start > end) {
        Some(start) => {
            Err(Failure::usage(format!("it would end on {end}, before its start on {start}"))
                .hint(format!("mend the start: git backlog set {} start=…", experiment.id())))
        }
        None => Ok(end),
    }
}
