//! `list questions`: what people wait for, and what they were told.

use std::cmp::Reverse;

use super::{Args, query};
use crate::cli::context::Context;
use crate::cli::error::{Failure, exit};
use crate::cli::history::{Teller, Walk, warn_of_cut};
use crate::cli::pager;
use crate::cli::workspace::Workspace;
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::log::LogEntry;
use crate::domain::policy;
use crate::domain::question::{self, Question, Times, median};
use crate::domain::select::Filter;
use crate::render::Format;
use crate::render::report::questions::{Asked, QuestionsView};

/// The words for this list.
pub(super) const WORDS: [&str; 2] = ["questions", "question"];

/// Lists the questions of the documents that all queries find.
pub(super) fn run(
    args: &Args,
    queries: &[String],
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<u8> {
    refuse_others(args)?;
    let at = args.at.at.as_deref();
    let backlog = workspace.load(cx, at)?;
    let queries = queries
        .iter()
        .map(|text| query(&backlog, text, cx.today))
        .collect::<Result<Vec<_>, _>>()?;
    let all = all(&backlog, &queries, args);
    if args.open || !args.answered {
        warn_of_unread(&backlog, &queries, args, cx)?;
    }
    let times = times(&all, at, workspace, cx)?;
    let mut questions: Vec<Asked<'_>> = all
        .into_iter()
        .map(|(entry, question)| {
            let asked = times.asked(entry.id(), &question);
            let answered = times.answered(entry.id(), &question);
            Asked { entry, question, asked, answered }
        })
        .collect();
    if let Some(who) = &args.whom {
        let who = who_is(who, workspace)?;
        questions.retain(|it| policy::is_asked(&it.question.note, Some(&who), &backlog));
    }
    let today = cx.today;
    let is_answered = |it: &Asked<'_>| !it.question.answers.is_empty();
    let taken: Vec<i64> =
        questions.iter().filter(|it| is_answered(it)).filter_map(|it| it.days(today)).collect();
    let (wants_open, wants_answered) = (args.open || !args.answered, args.answered);
    questions.retain(|it| if is_answered(it) { wants_answered } else { wants_open });
    // The oldest first, since somebody waits; those of which nobody knows last.
    questions.sort_by_key(|it| (is_answered(it), it.asked.is_none(), Reverse(it.days(today))));
    questions.truncate(args.limit.unwrap_or(usize::MAX));
    if args.format == Format::Table && !args.watch {
        pager::start(cx, workspace);
    }
    let view = QuestionsView {
        backlog: &backlog,
        questions: &questions,
        n_timed: taken.len(),
        median: median(taken),
        today,
        has_answers: wants_answered,
    };
    cx.show(&view, args.format)?;
    Ok(exit::DONE)
}

/// Refuses what only lists of documents can do.
fn refuse_others(args: &Args) -> Result<(), Failure> {
    let others = [
        ("--sort", args.sort.is_some()),
        ("--columns", !args.columns.is_empty()),
        ("--changed-since", args.changed_since.is_some()),
        ("--awaiting-acceptance", args.awaiting_acceptance),
    ];
    match others.iter().find(|(_, is_given)| *is_given) {
        Some((option, _)) => Err(Failure::usage(format!("{option} is for lists of documents"))),
        None => Ok(()),
    }
}

/// The questions of the documents that are found; open ones only of what is not done or dropped,
/// unless all are wanted.
fn all<'a>(backlog: &'a Backlog, queries: &[Filter], args: &Args) -> Vec<(&'a Entry, Question)> {
    let mut all = Vec::new();
    let is_found = |entry: &&_| queries.iter().all(|query| query.matches(backlog, entry));
    for entry in backlog.readable().filter(is_found) {
        if args.all || backlog.category(entry).is_open() {
            all.extend(question::open(entry).into_iter().map(|it| (entry, it)));
        }
        all.extend(question::answered(entry).into_iter().map(|it| (entry, it)));
    }
    all
}

/// Tells the open questions that cannot be read: somebody waits for an answer to them too.
fn warn_of_unread(
    backlog: &Backlog,
    queries: &[Filter],
    args: &Args,
    cx: &mut Context,
) -> anyhow::Result<()> {
    let is_found = |entry: &&_| queries.iter().all(|query| query.matches(backlog, entry));
    for entry in backlog.readable().filter(is_found) {
        if args.all || backlog.category(entry).is_open() {
            for problem in question::unread(entry) {
                cx.warn(&format!("{}: {problem}", entry.id()))?;
            }
        }
    }
    Ok(())
}

/// What the history says of the questions that do not say themselves when they were asked and
/// answered. Without such questions it is not looked at.
fn times(
    all: &[(&Entry, Question)],
    at: Option<&str>,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<Times> {
    let mut times = Times::default();
    let is_told = |question: &Question| {
        question.note.on.is_some() && question.answers.first().is_none_or(|it| it.on.is_some())
    };
    let Some(repository) = workspace.repository.as_ref() else { return Ok(times) };
    let rev = at.unwrap_or("HEAD");
    let is_unborn = || repository.tree(rev, &workspace.folder).is_err_and(|it| it.is_unborn());
    if all.iter().all(|(_, question)| is_told(question)) || is_unborn() {
        return Ok(times);
    }
    let walk = Walk { rev, first_parent: false };
    let cut = Teller::new(workspace)?.tell(walk, &mut |line| {
        if let Some(entry) = LogEntry::from_json(line) {
            times.see(&entry);
        }
        Ok(true)
    })?;
    warn_of_cut(cut.as_deref(), cx)?;
    Ok(times)
}

/// The person that is meant: `me` is whoever would be the author of a commit.
fn who_is(who: &str, workspace: &Workspace) -> anyhow::Result<String> {
    match who {
        "me" => Ok(workspace.repository()?.author_email()?),
        who => Ok(who.to_owned()),
    }
}
