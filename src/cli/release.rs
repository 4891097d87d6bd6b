//! `release`: what ships, by when, what stands in the way; notes, and the day on which it ships.

mod notes;
mod ship;

use std::collections::HashMap;

use super::context::Context;
use super::error::{Failure, exit};
use super::timeline::timeline;
use super::workspace::{At, Workspace, find};
use super::{Global, pager};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::forecast::SEED;
use crate::domain::id::Found;
use crate::domain::kind::{Category, RELEASE};
use crate::domain::outlook::Outlook;
use crate::domain::release::{BurnUp, Release, release_of, releases};
use crate::domain::roadmap::{SURE, days_of_each};
use crate::domain::suggest;
use crate::render::Format;
use crate::render::report::dates::Basis;
use crate::render::report::release::{Dated, ReleaseView, ReleasesView, TagState};

/// Show releases: what ships, by when, what stands in the way; write notes; ship
///
/// Without anything: each release that is planned or shipped, with the days by which its last item
/// is done in 50, 85 and 95 of 100 cases, and the chance to keep its target. An item is in a release
/// if it names it, or is a part of one that does: git backlog set ID release=REL-…
///
/// A release may be named by its id, by words of its title, or by its tag.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:
  git backlog release
  git backlog release winter
  git backlog release notes winter > notes.md
  git backlog release notes --since HEAD~10 --audience team
  git backlog release ship REL-g4s69 --anyway --dry-run
  git backlog release ship REL-g4s69 --tag v1.0.0 --create-tag -m 'The shop is open'"
)]
pub(super) struct Args {
    /// One release, as `show` shows it
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: Option<String>,
    #[command(flatten)]
    list: List,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// All releases that are planned or shipped, as without a command
    List(List),
    /// One release: what is done and open, by when, what is at risk and why, its burn-up
    Show(Show),
    /// Notes from the items that are done: what is new, better and mended
    Notes(notes::Args),
    /// Write down that a release has shipped
    Ship(ship::Args),
}

#[derive(Debug, clap::Args)]
struct List {
    /// Draw other futures; the same seed gives the same days
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_metrics())]
    format: Format,
    #[command(flatten)]
    at: At,
}

#[derive(Debug, clap::Args)]
struct Show {
    /// The release
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: String,
    /// Draw other futures; the same seed gives the same days
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
    /// Show the burn-up as a table
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
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    match args.action {
        None => match args.id {
            None => list(&args.list, &workspace, cx),
            Some(id) => {
                let List { seed, format, at } = args.list;
                show(&Show { id, seed, plain: false, format, at }, &workspace, cx)
            }
        },
        Some(Action::List(args)) => list(&args, &workspace, cx),
        Some(Action::Show(args)) => show(&args, &workspace, cx),
        Some(Action::Notes(args)) => notes::run(&args, &workspace, cx),
        Some(Action::Ship(args)) => ship::run(&args, &workspace, cx),
    }
}

fn list(args: &List, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let at = args.at.at.as_deref();
    let backlog = workspace.load(cx, at)?;
    let timeline = timeline(&backlog, at, workspace, cx)?;
    let outlook = Outlook::of(&backlog, &timeline, args.seed);
    let mut all = Vec::new();
    for release in releases(&backlog, &outlook) {
        let tag = tag_of(&release, workspace)?;
        all.push((release, tag));
    }
    let n_withdrawn =
        backlog.of_kind(&RELEASE).filter(|it| backlog.category(it) == Category::Dropped).count();
    if args.format == Format::Table {
        pager::start(cx, workspace);
    }
    let view = ReleasesView {
        backlog: &backlog,
        releases: &all,
        basis: Basis { outlook: &outlook, coverage: timeline.coverage(), seed: args.seed },
        n_withdrawn,
    };
    cx.show(&view, args.format)?;
    if all.is_empty() {
        cx.say("write the first one down with: git backlog new release TITLE --field target=DAY")?;
    }
    Ok(exit::DONE)
}

fn show(args: &Show, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let at = args.at.at.as_deref();
    let backlog = workspace.load(cx, at)?;
    let record = find_release(&backlog, &args.id)?;
    let timeline = timeline(&backlog, at, workspace, cx)?;
    let outlook = Outlook::of(&backlog, &timeline, args.seed);
    let release = release_of(&backlog, record, &outlook);
    let burn_up = BurnUp::of(&backlog, &timeline, record, &release.contents);
    if args.format == Format::Table {
        pager::start(cx, workspace);
    }
    let view = ReleaseView {
        backlog: &backlog,
        open: &dated(&release, &outlook),
        tag: tag_of(&release, workspace)?,
        release: &release,
        basis: Basis { outlook: &outlook, coverage: timeline.coverage(), seed: args.seed },
        burn_up: &burn_up,
        is_plain: args.plain,
    };
    cx.show(&view, args.format)?;
    Ok(exit::DONE)
}

/// The open items of a release, each with its day.
fn dated<'a>(release: &Release<'a>, outlook: &Outlook<'a>) -> Vec<Dated<'a>> {
    let places: HashMap<&str, usize> =
        outlook.items.iter().enumerate().map(|(place, item)| (item.path(), place)).collect();
    let open = &release.contents.open;
    let known: Vec<usize> =
        open.iter().filter_map(|item| places.get(item.path()).copied()).collect();
    let mut days = days_of_each(outlook, &known, SURE).into_iter();
    let dated = |item: &&'a Entry| match places.contains_key(item.path()) {
        true => (*item, days.next().flatten()),
        false => (*item, None),
    };
    open.iter().map(dated).collect()
}

/// What Git knows of the tag of a release.
fn tag_of(release: &Release<'_>, workspace: &Workspace) -> anyhow::Result<TagState> {
    let Some(repository) = &workspace.repository else { return Ok(TagState::Unknown) };
    let Some(name) = release.record.text("tag") else { return Ok(TagState::Unknown) };
    Ok(match repository.tag(&name)? {
        Some(tag) => TagState::Found(tag.date),
        None => TagState::Missing,
    })
}

/// The release that a person means: by its id, by words of its title, or by its tag.
fn find_release<'a>(backlog: &'a Backlog, input: &str) -> Result<&'a Entry, Failure> {
    let is_release = |it: &&Entry| std::ptr::eq(it.kind, &RELEASE);
    let by_id: Vec<&Entry> = match backlog.find(input) {
        Found::One(entry) => vec![entry],
        Found::Many(entries) => entries,
        Found::None(_) => Vec::new(),
    };
    let words = input.trim().to_lowercase();
    let all = || backlog.of_kind(&RELEASE);
    let tagged = |it: &&Entry| it.text("tag").is_some_and(|tag| tag == input);
    let called = |it: &&Entry| it.title().to_lowercase() == words;
    let titled = |it: &&Entry| !words.is_empty() && it.title().to_lowercase().contains(&words);
    let mut found: Vec<&Entry> = by_id.iter().copied().filter(is_release).collect();
    if found.is_empty() {
        found = all().filter(tagged).collect();
    }
    if found.is_empty() {
        found = all().filter(called).collect();
    }
    if found.is_empty() {
        found = all().filter(titled).collect();
    }
    match (&found[..], &by_id[..]) {
        ([release], _) => Ok(release),
        ([], [other]) if !other.is_readable() => find(backlog, input).and_then(refuse_unreadable),
        ([], [other]) => {
            let message = format!("{} is of kind {}, and no release", other.id(), other.kind.name);
            Err(Failure::usage(message).hint("see them with: git backlog release"))
        }
        ([], _) => Err(Failure::usage(format!("no release '{input}'")).hint(none(backlog, input))),
        (several, _) => {
            let line = |it: &&Entry| format!("{} \"{}\"", it.id(), it.title());
            let candidates: Vec<String> = several.iter().map(line).collect();
            Err(Failure::usage(format!("'{input}' matches {}", candidates.join(", ")))
                .hint("type more of the id or the title"))
        }
    }
}

fn refuse_unreadable(entry: &Entry) -> Result<&Entry, Failure> {
    let failure: Failure = crate::domain::assign::unreadable(entry).into();
    Err(Failure { code: exit::FOUND, ..failure })
}

/// What to type where no release is meant.
fn none(backlog: &Backlog, input: &str) -> String {
    match suggest::nearest(input, backlog.of_kind(&RELEASE).map(Entry::id)) {
        Some(id) => suggest::document(backlog, input, &[id.to_owned()]),
        None => {
            "see them with: git backlog release; write one down with: git backlog new release TITLE"
                .to_owned()
        }
    }
}
