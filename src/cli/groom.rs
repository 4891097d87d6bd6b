//! `groom`: the backlog as a list in the user's editor.

mod consent;

use super::context::Context;
use super::error::{Failure, exit};
use super::new::{draw_ids, template};
use super::save::{Writing, save};
use super::workspace::Workspace;
use super::{Global, editor, groom_tui, list};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::groom::{
    self, About, Column, Fresh, Line, List, Outcome, Plan, Record, Subject, Wrong,
};
use crate::domain::message::counted;
use crate::domain::score::Scoring;
use crate::render;
use crate::store::Desk;
use consent::Answer;

/// Order, estimate and tidy the backlog as a list in your editor
///
/// Each open item is a line, the first at the top: its id, status, numbers and title. Move lines,
/// change their words, put `drop` before an id, or add lines that begin with `new`. When the editor
/// closes, what is different is written, and nothing else; where items are dropped or much changes,
/// somebody at a terminal is asked first. With a query or --top, the listed items
/// change places with each other, and all others stay where they are.
///
/// An item whose line is deleted stays as it is, where it is. A list without any line changes nothing.
/// A list that cannot be understood comes back with the reasons in it, and no text is lost: go on
/// with --continue.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog groom
  git backlog groom --top 20 -m 'Refined with the team'
  git backlog groom 'status=proposed and label=checkout'
  git backlog groom --columns value,effort,risk_reduction
  git backlog groom --continue
  git backlog groom --tui")]
pub(super) struct Args {
    /// List only the open items that a query finds (all must hold)
    #[arg(value_name = "QUERY", num_args = 0..)]
    queries: Vec<String>,
    /// List only the first N of them
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// The numbers and words to list; value, effort and what the scores are made of unless you say
    /// otherwise
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    columns: Vec<String>,
    /// Open the full-screen view instead: each step is written at once, u takes it back, ? shows the
    /// keys
    #[arg(long, conflicts_with_all = ["queries", "top", "columns", "goes_on", "abort", "why", "dry_run"])]
    tui: bool,
    /// Go on with a list that was left unfinished
    #[arg(long = "continue", conflicts_with_all = ["queries", "top", "columns"])]
    goes_on: bool,
    /// Throw an unfinished list away
    #[arg(long, conflicts_with_all = ["queries", "top", "columns", "goes_on", "why"])]
    abort: bool,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    workspace.worktree()?;
    if args.tui {
        return groom_tui::run(args.writing.no_verify, &workspace, cx);
    }
    let Some(desk) = workspace.repository()?.desk()? else {
        return Err(Failure::new(exit::BUSY, "a list is open in the editor of another groom")
            .hint("close that editor first")
            .into());
    };
    if args.abort {
        return abort(&desk, cx);
    }
    let record = match args.goes_on {
        true => unfinished(&desk, &workspace)?,
        false => begin(&args, &desk, &workspace, cx)?,
    };
    let writing = Writing { why: args.writing.why.or(record.why.clone()), ..args.writing };
    let is_fresh = !args.goes_on;
    Session { workspace: &workspace, desk, record, writing, is_fresh }.run(cx)
}

fn abort(desk: &Desk, cx: &mut Context) -> anyhow::Result<u8> {
    if desk.record()?.is_none() {
        return Err(nothing_unfinished().into());
    }
    desk.clear()?;
    cx.say("the list is thrown away; the backlog is as it was")?;
    Ok(exit::DONE)
}

fn nothing_unfinished() -> Failure {
    Failure::usage("no list is unfinished").hint("begin one with: git backlog groom")
}

/// The list that was left unfinished.
fn unfinished(desk: &Desk, workspace: &Workspace) -> anyhow::Result<Record> {
    let Some(text) = desk.record()? else { return Err(nothing_unfinished().into()) };
    let Some(record) = groom::decode(&text) else {
        let message = "another version of git-backlog has begun the unfinished list";
        let hint = format!(
            "finish it with that version, or copy what you need from {} and: git backlog groom --abort",
            desk.path().display()
        );
        return Err(Failure::new(exit::REFUSED, message).hint(hint).into());
    };
    if record.folder != workspace.folder {
        let message = format!("the unfinished list is about {}", record.folder);
        let hint = format!("write: git backlog --dir {} groom --continue", record.folder);
        return Err(Failure::usage(message).hint(hint).into());
    }
    Ok(record)
}

/// A new list, which lies on the desk from now on.
fn begin(
    args: &Args,
    desk: &Desk,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<Record> {
    if desk.record()?.is_some() {
        return Err(Failure::new(exit::CHANGED, "a list is unfinished")
            .hint("go on with: git backlog groom --continue, or throw it away: git backlog groom --abort")
            .into());
    }
    let backlog = workspace.load_to_write(cx)?;
    let items = items(args, &backlog, cx)?;
    let n_open = backlog.open_items().count();
    let columns = columns(args, &backlog, cx)?;
    let is_part = items.len() < n_open;
    let list = List::of(columns, items);
    let about = About { config: &backlog.config, n_open, is_part };
    let text = groom::text(&list, about, render::safe::line);
    let folder = workspace.folder.clone();
    let record = Record { folder, why: args.writing.why.clone(), list };
    if let Some(left) = desk.put_aside()? {
        let left = left.display();
        cx.warn(&format!(
            "a list was saved after it had been ended, as editors do that do not wait; it is in {left}"
        ))?;
    }
    desk.put(&record.encoded(), &text)?;
    Ok(record)
}

/// The items to list.
fn items<'a>(
    args: &Args,
    backlog: &'a Backlog,
    cx: &mut Context,
) -> anyhow::Result<Vec<&'a Entry>> {
    let queries = list::typed(&args.queries).into_iter();
    let queries: Vec<_> =
        queries.map(|text| list::query(backlog, &text, cx.today)).collect::<Result<_, _>>()?;
    let mut items = groom::editable(backlog);
    let n_left_out = backlog.open_items().count() - items.len();
    if n_left_out > 0 {
        let items = counted(n_left_out, "open item");
        cx.warn(&format!(
            "{items} with an id that is not its own left out; see: git backlog check"
        ))?;
    }
    items.retain(|item| queries.iter().all(|query| query.matches(backlog, item)));
    items.truncate(args.top.unwrap_or(usize::MAX));
    match items.is_empty() && (!queries.is_empty() || args.top == Some(0)) {
        true => Err(Failure::usage("no open item is to be listed").into()),
        false => Ok(items),
    }
}

fn columns(args: &Args, backlog: &Backlog, cx: &Context) -> anyhow::Result<Vec<Column>> {
    let config = &backlog.config;
    if !args.columns.is_empty() {
        let columns = groom::named_columns(&args.columns, config);
        return columns.map_err(|(field, hint)| {
            Failure::usage(format!("{field} cannot stand on a line")).hint(hint).into()
        });
    }
    let scoring = Scoring::new(config, None, cx.today).ok();
    Ok(groom::columns(config, scoring.as_ref()))
}

/// A list from the moment on that it lies on the desk.
struct Session<'a> {
    workspace: &'a Workspace,
    desk: Desk,
    record: Record,
    writing: Writing,
    /// Whether nobody has changed the text before.
    is_fresh: bool,
}

/// What became of a text.
enum Step {
    /// It is done with, and the command ends so.
    Done(anyhow::Result<u8>),
    /// It stays for later, and the command ends so.
    Kept(anyhow::Result<u8>),
    /// It has come back with notes on it.
    Again(Notes),
    /// Somebody wants to go on with it as it is.
    Reopened,
}

/// The notes on a text that has come back.
struct Notes {
    /// What they say, each with its place.
    told: Vec<String>,
    /// The exit code, if nobody corrects the text now.
    code: u8,
}

impl Session<'_> {
    fn run(mut self, cx: &mut Context) -> anyhow::Result<u8> {
        loop {
            let given = self.desk.text()?;
            if let Err(failure) = editor::run(cx, self.workspace, &self.desk.path())? {
                return self.editor_failed(&given, failure, cx);
            }
            let edited = self.desk.text()?;
            let is_unchanged = edited == given;
            self.is_fresh &= is_unchanged;
            match self.step(edited, cx) {
                Ok(Step::Done(ended)) => {
                    self.desk.clear()?;
                    return ended;
                }
                Ok(Step::Kept(Ok(code))) => return Ok(code),
                Ok(Step::Reopened) => {}
                Ok(Step::Again(_)) if cx.interactive && !is_unchanged => {}
                Ok(Step::Again(notes)) => return Err(self.stopped(&notes, cx)?.into()),
                Ok(Step::Kept(Err(error))) | Err(error) => return Err(kept(error, cx)?),
            }
        }
    }

    /// An editor that fails has thrown the list away, unless it holds something new.
    fn editor_failed(
        &self,
        given: &[u8],
        failure: Failure,
        cx: &mut Context,
    ) -> anyhow::Result<u8> {
        if self.is_fresh && self.desk.text()? == given {
            self.desk.clear()?;
            return Err(failure.into());
        }
        Err(kept(Failure { hint: None, ..failure }.into(), cx)?)
    }

    /// Says what is wrong, at its place in the text that is kept.
    fn stopped(&self, notes: &Notes, cx: &mut Context) -> anyhow::Result<Failure> {
        const SHOWN: usize = 5;
        let path = self.desk.path();
        for line in notes.told.iter().take(SHOWN) {
            cx.warn(&format!("{}:{line}", path.display()))?;
        }
        let marks = counted(notes.told.len(), "mark");
        let message = format!("nothing was written: see {marks} in the list");
        Ok(Failure::new(notes.code, message).hint(KEPT))
    }

    /// Does what a text wants.
    fn step(&mut self, edited: Vec<u8>, cx: &mut Context) -> anyhow::Result<Step> {
        let Ok(text) = String::from_utf8(edited) else {
            let failure = Failure::new(exit::FOUND, "the list is not UTF-8");
            return Ok(Step::Kept(Err(failure.into())));
        };
        let text = groom::stripped(&text);
        let backlog = self.workspace.load_to_write(cx)?;
        let reading = groom::read(&self.record.list, &backlog.config, render::safe::line, &text);
        if !reading.wrongs.is_empty() {
            return self.give_back(&text, &reading.wrongs);
        }
        if reading.lines.is_empty() && !self.record.list.rows.is_empty() {
            let message = "the list is empty, so nothing was changed";
            return Ok(Step::Done(Err(Failure::new(exit::FOUND, message).into())));
        }
        match self.plan(&backlog, &reading.lines, cx)? {
            Ok(outcome) => self.save(&backlog, &outcome, cx),
            Err(wrongs) => self.give_back(&text, &wrongs),
        }
    }

    /// Puts a text back on the desk, with what is wrong in it.
    fn give_back(&mut self, text: &str, wrongs: &[Wrong]) -> anyhow::Result<Step> {
        let told = groom::told(text, wrongs);
        let noted = groom::noted(&self.record.list, render::safe::line, text, wrongs);
        // Who has seen what others wrote, and saves, has decided.
        self.record.list = std::mem::take(&mut self.record.list).met(wrongs);
        self.desk.put(&self.record.encoded(), &noted)?;
        let is_met = wrongs.iter().any(|wrong| wrong.theirs.is_some());
        let code = if is_met { exit::CHANGED } else { exit::FOUND };
        Ok(Step::Again(Notes { told, code }))
    }

    fn plan(
        &self,
        backlog: &Backlog,
        lines: &[Line],
        cx: &Context,
    ) -> anyhow::Result<Result<Outcome, Vec<Wrong>>> {
        let types = lines.iter().filter_map(|line| match &line.subject {
            Subject::New { item_type, .. } => Some(item_type.as_str()),
            Subject::Row(_) => None,
        });
        let types: Vec<&str> = types.collect();
        let ids = draw_ids(&backlog.config.id.prefix, types.len(), self.workspace, backlog)?;
        let fresh =
            |(id, item_type)| Ok(Fresh { id, template: template(item_type, self.workspace)? });
        let fresh: Vec<Fresh> =
            ids.into_iter().zip(types).map(fresh).collect::<anyhow::Result<_>>()?;
        let list = &self.record.list;
        Ok(groom::plan(Plan { backlog, list, lines, fresh: &fresh, today: cx.today }))
    }

    fn save(&self, backlog: &Backlog, outcome: &Outcome, cx: &mut Context) -> anyhow::Result<Step> {
        if outcome.edits.is_empty() {
            cx.say("nothing changed")?;
            return Ok(Step::Done(Ok(exit::DONE)));
        }
        for id in &outcome.moved_twice {
            cx.warn(&format!(
                "somebody else has moved {id} meanwhile; it goes where your list has it"
            ))?;
        }
        let answer = match self.writing.dry_run {
            true => None,
            false => consent::asked(&outcome.edits, backlog, cx)?,
        };
        if answer == Some(Answer::Edit) {
            return Ok(Step::Reopened);
        }
        if answer == Some(Answer::Keep) {
            return Ok(Step::Kept(Err(Failure::new(exit::FOUND, "nothing was written").into())));
        }
        let is_told = answer.is_some();
        let writing = Writing { is_told, ..self.writing.clone() };
        let saved = save(cx, self.workspace, backlog, &outcome.edits, &writing);
        if cx.saved {
            return Ok(Step::Done(saved));
        }
        if saved.is_ok() {
            // A dry run is a look before the list is written.
            cx.say(KEPT)?;
        }
        Ok(Step::Kept(saved))
    }
}

/// What to do with a list that stays on the desk.
const KEPT: &str = "the list is kept; go on with: git backlog groom --continue, or throw it away: git backlog groom --abort";

/// The error after which a list is still there; the user is told so.
fn kept(error: anyhow::Error, cx: &mut Context) -> anyhow::Result<anyhow::Error> {
    match error.downcast::<Failure>() {
        Ok(failure) if failure.hint.is_none() => Ok(failure.hint(KEPT).into()),
        Ok(failure) => {
            cx.warn(KEPT)?;
            Ok(failure.into())
        }
        Err(error) => {
            cx.warn(KEPT)?;
            Ok(error)
        }
    }
}
