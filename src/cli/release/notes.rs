//! `release notes`: what is done, in words that users understand.

use clap::ValueEnum;

use super::super::context::Context;
use super::super::error::{Failure, exit};
use super::super::pager;
use super::super::workspace::{At, Workspace};
use super::find_release;
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::release::contents;
use crate::domain::release::notes::{Audience, announcement, done_since, told};
use crate::render::Format;
use crate::render::report::release::NotesView;

/// Write release notes from the items that are done
///
/// Of a release, or of what became done between two revisions. Users get the title of each item and
/// what it is good for, by its story; tasks and spikes are left out, and so is what is labelled
/// internal. The section Announcement of the release stands above.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog release notes winter
  git backlog release notes winter --audience team --ids
  git backlog release notes --since v1.0
  git backlog release notes HEAD~20..HEAD --format html > notes.html")]
pub(super) struct Args {
    /// The release, or two revisions: v1.0..v1.1
    #[arg(value_name = "ID|A..B", required_unless_present = "since", conflicts_with = "since", add = super::super::completions::ids())]
    what: Option<String>,
    /// What is done and was not at a revision, such as a tag
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// For whom they are
    #[arg(long, value_name = "WHO", default_value = "users")]
    audience: Readers,
    /// Put the ids behind the items
    #[arg(long)]
    ids: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "markdown", value_parser = Format::of_pages())]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// The audiences by their words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Readers {
    /// Who uses the product: nothing that is internal.
    #[default]
    Users,
    /// Who makes it: tasks too, with effort and who accepted it.
    Team,
}

impl From<Readers> for Audience {
    fn from(readers: Readers) -> Self {
        match readers {
            Readers::Users => Self::Users,
            Readers::Team => Self::Team,
        }
    }
}

/// Runs the command.
pub(super) fn run(args: &Args, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    if let Some((from, to)) = range(args)? {
        let before = workspace.load(cx, Some(from))?;
        let after = workspace.load(cx, to)?;
        let title = match to {
            Some(to) => format!("From {from} to {to}"),
            None => format!("Since {from}"),
        };
        let items = done_since(&before, &after);
        return show(args, &after, Subject { title: &title, record: None, items }, workspace, cx);
    }
    let backlog = workspace.load(cx, args.at.at.as_deref())?;
    let record = find_release(&backlog, args.what.as_deref().unwrap_or_default())?;
    let items = contents(&backlog, record).done;
    let title = record.title();
    show(args, &backlog, Subject { title: &title, record: Some(record), items }, workspace, cx)
}

/// What notes are about.
struct Subject<'a> {
    title: &'a str,
    record: Option<&'a Entry>,
    items: Vec<&'a Entry>,
}

fn show(
    args: &Args,
    backlog: &Backlog,
    subject: Subject<'_>,
    workspace: &Workspace,
    cx: &mut Context,
) -> anyhow::Result<u8> {
    let audience = args.audience.into();
    let told = told(backlog, subject.items.iter().copied(), audience);
    let announcement = subject.record.and_then(|it| announcement(backlog, it, audience));
    let shipped = subject.record.and_then(|it| it.date("shipped"));
    let n_left_out = subject.items.len() - told.len();
    if args.format == Format::Table {
        pager::start(cx, workspace);
    }
    let view = NotesView {
        title: subject.title.into(),
        has_title: true,
        day: shipped.map(|day| day.to_string()),
        announcement: announcement.as_deref(),
        told: &told,
        audience,
        has_ids: args.ids,
    };
    cx.show(&view, args.format)?;
    if told.is_empty() && n_left_out > 0 {
        cx.say(&format!(
            "{n_left_out} of it is done and nothing for users; see it with: --audience team"
        ))?;
    }
    Ok(exit::DONE)
}

/// The two revisions that are asked for; without the second, the worktree or that of `--at`.
fn range(args: &Args) -> Result<Option<(&str, Option<&str>)>, Failure> {
    let at = args.at.at.as_deref();
    if let Some(since) = &args.since {
        return Ok(Some((since, at)));
    }
    let what = args.what.as_deref().unwrap_or_default();
    let Some((from, to)) = what.split_once("..") else { return Ok(None) };
    let hint = "write: git backlog release notes v1.0..v1.1";
    match (from, to) {
        ("", _) => Err(Failure::usage(format!("'{what}' does not say where it begins")).hint(hint)),
        (_, to) if to.starts_with('.') => {
            Err(Failure::usage(format!("'{what}' has three dots, and notes take two")).hint(hint))
        }
        (_, _) if at.is_some() => {
            Err(Failure::usage("--at and two revisions name the state twice")
                .hint("leave --at out"))
        }
        (from, "") => Ok(Some((from, Some("HEAD")))),
        (from, to) => Ok(Some((from, Some(to)))),
    }
}
