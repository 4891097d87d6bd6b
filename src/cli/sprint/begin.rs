//! `sprint new` and `sprint start`.

use super::{not_over, title, to_write};
use crate::cli::context::Context;
use crate::cli::error::{Failure, exit};
use crate::cli::new::template;
use crate::cli::save::{Writing, save};
use crate::cli::workspace::Workspace;
use crate::domain::assign::{self, Assignment, Operation, Refusal};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::document::Document;
use crate::domain::entry::Entry;
use crate::domain::id;
use crate::domain::kind::{Category, SPRINT};
use crate::domain::source::{Edits, FileEdit};
use crate::domain::sprint::{Next, Sprint, all, amount, next};
use crate::domain::template::{self as templates, Head};

/// Write down the next sprint
///
/// It begins where the last one ended, is as long, and has the same capacity and the next number, unless
/// you say otherwise.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog sprint new --goal 'A household pays with one tap'
  git backlog sprint new 'The winter opening' --start 2026-12-14 --end +4w --capacity 12")]
pub(super) struct New {
    /// Its title; without one, that of the last sprint with the next number
    #[arg(value_name = "TITLE")]
    title: Option<String>,
    /// Its id
    #[arg(long)]
    id: Option<String>,
    /// Its first day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    start: Option<String>,
    /// Its last day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    end: Option<String>,
    /// The effort that fits, in the team's points
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    capacity: Option<String>,
    /// The Sprint Goal in one line, or the id of a goal
    #[arg(long, value_name = "TEXT|ID", allow_hyphen_values = true)]
    goal: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// Begin a sprint that is planned
///
/// Without an id, the one that is planned, if it is the only one. A sprint needs a last day, and begins
/// when the one before is closed. That it has no Sprint Goal, no capacity or nothing in it is told.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog sprint start
  git backlog sprint start 2026-25 -m 'Sprint Planning'
  git backlog sprint start 2026-25 --anyway")]
pub(super) struct Start {
    /// The sprint
    #[arg(value_name = "ID", add = crate::cli::completions::ids())]
    id: Option<String>,
    /// Begin it beside another one that runs
    #[arg(long)]
    anyway: bool,
    #[command(flatten)]
    writing: Writing,
}

/// Runs `sprint new`.
pub(super) fn new(args: &New, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let title = args.title.as_deref().map(assign::title).transpose().map_err(Failure::from)?;
    let backlog = workspace.load_to_write(cx)?;
    let sprints = all(&backlog);
    let day = |text: &Option<String>, field| {
        text.as_deref().map(|text| day(text, field, cx.today)).transpose()
    };
    let (start, end) = (day(&args.start, "start")?, day(&args.end, "end")?);
    let Next { id, title: next_title, start, end: next_end, capacity } =
        next(&sprints, start, cx.today, |id| backlog.names(id));
    let id = free(args.id.clone().unwrap_or(id), &backlog)?;
    let end = end.unwrap_or(next_end);
    if end < start {
        let hint = "say both with: --start DAY --end DAY";
        let message = format!("the last day {end} is before the first, {start}");
        return Err(Failure::usage(message).hint(hint).into());
    }
    let capacity = match &args.capacity {
        Some(text) => Some(text.clone()),
        None => capacity.map(|it| it.to_string()),
    };
    let set = |field: &str, value: String| Assignment {
        field: field.to_owned(),
        operation: Operation::Set(value),
    };
    let mut fields = vec![set("start", start.to_string()), set("end", end.to_string())];
    fields.extend(capacity.map(|it| set("capacity", it)));
    fields.extend(args.goal.clone().map(|it| set("goal", it)));
    let title = title.unwrap_or(&next_title);
    let file = record(&id, title, &fields, workspace, &backlog, cx)?;
    let mut edits = Edits::default();
    edits.push(file);
    let after = backlog.after(&edits);
    for warning in doubts(&after, &id) {
        cx.warn(&warning)?;
    }
    cx.say(&format!("{id} is from {start} to {end}"))?;
    let code = save(cx, workspace, &backlog, &edits, &args.writing)?;
    if !args.writing.dry_run {
        cx.say(&format!("fill it from the top with: git backlog sprint plan {id}"))?;
    }
    Ok(code)
}

fn day(text: &str, field: &str, today: Date) -> Result<Date, Failure> {
    assign::date_of(text, today).ok_or_else(|| {
        Failure::usage(format!("--{field}: '{text}' is not a day"))
            .hint("write it as 2026-11-23, or as today, +2w")
    })
}

/// An id that a file may have: one that somebody has chosen, or that follows on what a file says.
fn free(id: String, backlog: &Backlog) -> Result<String, Failure> {
    if !id::is_safe(&id) {
        return Err(Failure::usage(format!("'{id}' is not an id"))
            .hint("use letters, digits, '-', '_' and '.'"));
    }
    match backlog.names(&id) {
        true => Err(Failure::usage(format!("{id} is taken"))),
        false => Ok(id),
    }
}

/// The new file: the template of sprints with these fields.
fn record(
    id: &str,
    title: &str,
    fields: &[Assignment],
    workspace: &Workspace,
    backlog: &Backlog,
    cx: &Context,
) -> anyhow::Result<FileEdit> {
    let path = format!("{}/{}", SPRINT.folder, id::file_name(id, ""));
    let status = SPRINT.statuses.first().map(|(word, _)| *word);
    let head = Head { id, title, item_type: None, status, created: cx.today, rank: None };
    let refused = |problem| Failure::from(Refusal::from(problem));
    let template = template(SPRINT.name, workspace)?;
    let document = templates::fill(&template, &path, &SPRINT, &head).map_err(refused)?;
    let entry = Entry::new(document, &SPRINT, &backlog.config);
    let text = assign::apply(backlog, &entry, fields, cx.today).map_err(Failure::from)?;
    let document = Document::parse(path.as_str(), text);
    let document = templates::without_empty(document).map_err(refused)?;
    Ok(FileEdit { path, before: None, after: Some(document.text().to_owned()) })
}

/// What is odd about a sprint that is not over.
fn doubts(backlog: &Backlog, id: &str) -> Vec<String> {
    let sprints = all(backlog);
    let Some(sprint) = sprints.iter().find(|it| it.record.id() == id) else { return Vec::new() };
    let mut doubts = Vec::new();
    if sprint.goal(backlog).is_none() {
        doubts.push(format!("{id} has no Sprint Goal: git backlog set {id} goal='…'"));
    }
    match sprint.capacity {
        Some(capacity) if capacity > 0.0 => {}
        Some(capacity) => {
            doubts.push(format!("nothing fits into {id}: its capacity is {capacity}"));
        }
        None => doubts.push(format!("{id} has no capacity: git backlog set {id} capacity=N")),
    }
    let is_other = |it: &&Sprint<'_>| it.record.id() != id && it.category.is_open();
    for other in sprints.iter().filter(is_other).filter(|it| it.overlaps(sprint)) {
        doubts.push(format!("{id} has days in common with {}", title(other.record)));
    }
    doubts
}

/// Runs `sprint start`.
pub(super) fn start(args: &Start, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let backlog = workspace.load_to_write(cx)?;
    let sprint = to_write(&backlog, args.id.as_deref(), Category::Todo, "start")?;
    let id = sprint.record.id();
    not_over(&sprint)?;
    if sprint.category == Category::Doing {
        return Err(Failure::usage(format!("{id} is {} already", sprint.record.status())).into());
    }
    has_days(&sprint)?;
    let running: Vec<Sprint<'_>> =
        all(&backlog).into_iter().filter(|it| it.category == Category::Doing).collect();
    if let Some(other) = running.first().filter(|_| !args.anyway) {
        let other = other.record.id();
        return Err(Failure::new(exit::REFUSED, format!("{other} is still running"))
            .hint(format!(
                "close it with: git backlog sprint close {other}, or begin beside it with --anyway"
            ))
            .into());
    }
    let mut warnings = doubts(&backlog, id);
    let today = cx.today;
    match sprint.start {
        Some(start) if start > today => warnings.push(format!("its first day is {start}")),
        _ => {}
    }
    if sprint.days_left(today).is_some_and(|days| days < 0) {
        warnings.push(format!("its last day is past: git backlog set {id} end=DAY"));
    }
    if sprint.items.is_empty() {
        warnings.push(format!("nothing is in it: git backlog sprint plan {id}"));
    } else if let Some(capacity) = sprint.capacity.filter(|it| *it > 0.0) {
        let load = amount(&backlog, &sprint.items).points;
        if load > capacity {
            warnings.push(format!("{load} points are planned, {capacity} fit"));
        }
    }
    for warning in warnings {
        cx.warn(&warning)?;
    }
    let set = |field: &str, value: String| Assignment {
        field: field.to_owned(),
        operation: Operation::Set(value),
    };
    let mut fields = vec![set("status", "active".to_owned())];
    if sprint.start.is_none() {
        fields.push(set("start", today.to_string()));
    }
    let text = assign::apply(&backlog, sprint.record, &fields, today).map_err(Failure::from)?;
    let mut edits = Edits::default();
    edits.rewrite(&sprint.record.document, text);
    save(cx, workspace, &backlog, &edits, &args.writing)
}

/// Refuses a sprint of which nobody knows when it ends.
fn has_days(sprint: &Sprint<'_>) -> Result<(), Failure> {
    let id = sprint.record.id();
    if sprint.ends_before_it_starts() {
        return Err(Failure::usage(format!("the last day of {id} is before its first"))
            .hint(format!("say both with: git backlog set {id} start=DAY end=DAY")));
    }
    match sprint.end {
        Some(_) => Ok(()),
        None => Err(Failure::usage(format!("{id} has no last day"))
            .hint(format!("give it one with: git backlog set {id} end=+2w"))),
    }
}
