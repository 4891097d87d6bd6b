//! `release ship`: write down that a release has shipped, and tag it if that is wanted.

use super::super::context::Context;
use super::super::error::{Failure, exit};
use super::super::save::{Writing, save};
use super::super::workspace::{Workspace, find_to_write};
use super::find_release;
use crate::domain::assign::{self, Assignment, Operation};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::message::counted;
use crate::domain::release::notes::{Audience, announcement, told};
use crate::domain::release::{Contents, contents};
use crate::domain::source::Edits;
use crate::render::report::release::NotesView;
use crate::render::{self, Format, Style};
use crate::store::Repository;

/// How many open items are named.
const NAMED: usize = 20;

/// Write down that a release has shipped
///
/// Sets the status to shipped, the day, and the tag. Refused as long as items of it are open, unless
/// --anyway. A tag is made only with --create-tag, on the commit that this change makes, with the
/// release notes as its message. Nothing is pushed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog release ship REL-g4s69
  git backlog release ship REL-g4s69 --tag v1.0.0 --create-tag -m 'The shop is open'
  git backlog release ship REL-g4s69 --date 2026-11-23 --anyway")]
pub(super) struct Args {
    /// The release
    #[arg(value_name = "ID", add = super::super::completions::ids())]
    id: String,
    /// The Git tag of what shipped
    #[arg(long, value_name = "NAME")]
    tag: Option<String>,
    /// Make that tag, annotated with the release notes
    #[arg(long)]
    create_tag: bool,
    /// The day on which it shipped, if it was not today
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    date: Option<String>,
    /// Ship although items are open, or none is in it
    #[arg(long)]
    anyway: bool,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: &Args, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let backlog = workspace.load_to_write(cx)?;
    let record = find_to_write(&backlog, find_release(&backlog, &args.id)?.id())?;
    let contents = contents(&backlog, record);
    let day = day(args, cx.today)?;
    check(args, &backlog, record, &contents, cx)?;
    let tag = args.tag.clone().or_else(|| record.text("tag").map(|it| it.into_owned()));
    if args.create_tag {
        check_tag(args, &backlog, tag.as_deref(), workspace)?;
    } else if let Some(name) = &tag {
        tell_tag(name, workspace, cx)?;
    }
    let edits = edits(args, &backlog, record, day)?;
    let code = save(cx, workspace, &backlog, &edits, &args.writing)?;
    match tag.filter(|_| args.create_tag && code == exit::DONE && !args.writing.dry_run) {
        Some(tag) => create_tag(&tag, &backlog.after(&edits), record, workspace, cx),
        None => Ok(code),
    }
}

/// The day on which it shipped.
fn day(args: &Args, today: Date) -> Result<Date, Failure> {
    let Some(text) = &args.date else { return Ok(today) };
    let day = assign::date_of(text, today).ok_or_else(|| {
        Failure::usage(format!("'{text}' is not a day")).hint("write it as 2026-11-23, or as -3d")
    })?;
    match day > today {
        true => {
            Err(Failure::usage(format!("{day} is still to come, and nothing has shipped then"))
                .hint(format!(
                    "say when it should ship with: git backlog set {} target={day}",
                    args.id
                )))
        }
        false => Ok(day),
    }
}

/// Refuses what has not shipped: something of it is open, or nothing is in it.
fn check(
    args: &Args,
    backlog: &Backlog,
    record: &Entry,
    contents: &Contents<'_>,
    cx: &mut Context,
) -> anyhow::Result<()> {
    let id = record.id();
    if backlog.category(record) == Category::Dropped {
        let message = format!("{id} is {}", record.status());
        let hint = format!("plan it again first: git backlog set {id} status=planned");
        return Err(Failure::new(exit::REFUSED, message).hint(hint).into());
    }
    if backlog.category(record) == Category::Done {
        let on = record.date("shipped").map(|day| format!(" on {day}")).unwrap_or_default();
        cx.say(&format!("{id} has shipped{on} already"))?;
        return Ok(());
    }
    let open: Vec<&Entry> = contents.open.iter().chain(&contents.wholes).copied().collect();
    if open.is_empty() && !contents.done.is_empty() {
        return Ok(());
    }
    let message = match open.len() {
        0 => format!("{id} has no item that is done"),
        n => {
            let verb = if n == 1 { "is" } else { "are" };
            format!("{} of {id} {verb} open{}", counted(n, "item"), named(&open))
        }
    };
    if args.anyway {
        cx.warn(&message)?;
        return Ok(());
    }
    let hint = match open.len() {
        0 => format!("see it with: git backlog release show {id}; or ship it with --anyway"),
        _ => "accept them, put them into another release (git backlog set ID release=…), or ship with --anyway".to_owned(),
    };
    Err(Failure::new(exit::REFUSED, message).hint(hint).into())
}

/// The open items, one a line.
fn named(open: &[&Entry]) -> String {
    let line = |it: &&Entry| format!("\n{} \"{}\" ({})", it.id(), it.title(), it.status());
    let lines: String = open.iter().take(NAMED).map(line).collect();
    match open.len().checked_sub(NAMED) {
        None | Some(0) => lines,
        Some(n_more) => format!("{lines}\nand {n_more} more"),
    }
}

/// What is in the way of a tag is found before anything is written.
fn check_tag(
    args: &Args,
    backlog: &Backlog,
    tag: Option<&str>,
    workspace: &Workspace,
) -> anyhow::Result<()> {
    let Some(tag) = tag else {
        return Err(Failure::usage("a tag is to be made, and nobody says which")
            .hint("add --tag v1.0.0")
            .into());
    };
    if args.writing.why.is_none() && !backlog.config.commit.auto {
        return Err(Failure::usage("a tag is for a commit, and this change makes none")
            .hint("add -m WHY, so that the tag holds what it says")
            .into());
    }
    Ok(workspace.repository()?.check_tag(tag)?)
}

/// Says whether Git knows the tag that the release names.
fn tell_tag(name: &str, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<()> {
    let Some(repository) = &workspace.repository else { return Ok(()) };
    match repository.tag(name)? {
        Some(tag) => {
            let day = tag.date.map(|day| format!(" of {day}")).unwrap_or_default();
            let commit = super::super::states::short(&tag.commit);
            cx.say(&format!("{name} is a tag{day}, at {commit}"))?;
        }
        None => cx.warn(&format!(
            "there is no tag {name} here: fetch it with git fetch --tags, or add --create-tag"
        ))?,
    }
    Ok(())
}

fn edits(args: &Args, backlog: &Backlog, record: &Entry, day: Date) -> Result<Edits, Failure> {
    let set = |field: &str, value: &str| Assignment {
        field: field.to_owned(),
        operation: Operation::Set(value.to_owned()),
    };
    let mut fields = Vec::new();
    // Of what has shipped already the day stays, unless somebody says another.
    if backlog.category(record) != Category::Done {
        fields.push(set("status", "shipped"));
    }
    let is_known = backlog.category(record) == Category::Done && record.date("shipped").is_some();
    if !is_known || args.date.is_some() {
        fields.push(set("shipped", &day.to_string()));
    }
    fields.extend(args.tag.as_deref().map(|tag| set("tag", tag)));
    let mut edits = Edits::default();
    if !fields.is_empty() {
        let text = assign::apply(backlog, record, &fields, day).map_err(Failure::from)?;
        edits.rewrite(&record.document, text);
    }
    Ok(edits)
}

/// Makes the tag on the commit that was just made. What is saved stays saved whatever happens here.
fn create_tag(
    tag: &str,
    after: &Backlog,
    record: &Entry,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<u8> {
    let repository: &Repository = workspace.repository()?;
    let message = message(after, record)?;
    match repository.create_tag(tag, &message) {
        Ok(commit) => {
            cx.say(&format!("tagged {commit} as {tag}; share it with: git push origin {tag}"))?;
            Ok(exit::DONE)
        }
        Err(error) => {
            let (code, hint) = (error.exit_code(), error.hint());
            let message =
                format!("saved and committed, not tagged: {:#}", anyhow::Error::from(error));
            Err(Failure { code, message, hint }.into())
        }
    }
}

/// The message of a tag: the title of the release, and its notes.
fn message(after: &Backlog, record: &Entry) -> anyhow::Result<String> {
    let items = contents(after, record).done;
    let told = told(after, items, Audience::Users);
    let announcement = announcement(after, record, Audience::Users);
    let view = NotesView {
        title: record.title(),
        has_title: false,
        day: None,
        announcement: announcement.as_deref(),
        told: &told,
        audience: Audience::Users,
        has_ids: false,
    };
    let mut notes = Vec::new();
    render::write(&view, Format::Markdown, &Style::default(), &mut notes)?;
    let title = record.title();
    let title = if title.trim().is_empty() { record.id() } else { title.trim() };
    let title = render::safe::line(title);
    Ok(format!("{title}\n\n{}", String::from_utf8_lossy(&notes)))
}
