//! `log`: the history of the backlog, commit by commit.

use std::collections::{BTreeSet, HashSet};
use std::io::Write;

use super::context::Context;
use super::error::{Failure, exit};
use super::history::{Teller, Walk, warn_of_cut};
use super::standing::settings;
use super::workspace::{At, Workspace, find};
use super::{Global, pager};
use crate::domain::assign;
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::diff::{Change, WORDS};
use crate::domain::id;
use crate::domain::kind::KINDS;
use crate::domain::log::{Followed, LogEntry};
use crate::domain::suggest;
use crate::render::report::log::LogView;
use crate::render::{Format, JsonRows, json_line};
use crate::store::Source;

/// Show what was done to the backlog, newest first: by whom, when and why
///
/// Tells the commits that changed the backlog, and those that name an item in their message. A
/// merge is followed by the commits that it brought in, and tells only what it did itself.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog log
  git backlog log BL-7k3qd
  git backlog log --kind moved,criteria --since -2w
  git backlog log main..HEAD --author mira
  git backlog log --first-parent --format json")]
pub(super) struct Args {
    /// Tell only what was done to these documents; or a range of commits, A..B
    #[arg(value_name = "ID|A..B", add = super::completions::ids())]
    words: Vec<String>,
    /// Tell only what was done since a day (2026-11-01; -2w: two weeks ago) or a revision
    #[arg(long, value_name = "DAY|REV", allow_hyphen_values = true)]
    since: Option<String>,
    /// Tell only what an author did, by a part of the name or the address
    #[arg(long, value_name = "NAME")]
    author: Option<String>,
    /// Tell only some sorts of change: moved, added, removed, renamed, criteria, text, layout,
    /// unreadable, set (any field), or the name of a field
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<String>,
    /// Stay on the main line: a merge tells all that it brought in, in place of its commits
    #[arg(long)]
    first_parent: bool,
    /// Leave out commits that name an item in their message and do not change the backlog
    #[arg(long)]
    no_mentions: bool,
    /// Tell the newest N only
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let wanted = Wanted::of(&args, &workspace, cx)?;
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    let mut teller = Teller::new(&workspace)?;
    let mut out = Out::of(args.format);
    let mut n_told = 0;
    let mut followed = wanted.ids.as_ref().map(|ids| Followed::new(ids.iter().map(|id| &**id)));
    let walk = Walk { rev: &wanted.tip, first_parent: args.first_parent };
    let mut visit = |line: &str| {
        let Some(told) = wanted.part_of(line, &mut followed) else { return Ok(true) };
        out.push(told, cx)?;
        n_told += 1;
        Ok(args.limit.is_none_or(|limit| n_told < limit))
    };
    let cut = match &wanted.commits {
        _ if args.limit == Some(0) => None,
        Some(commits) => {
            teller.tell_some(walk, commits, &mut visit)?;
            None
        }
        None => teller.tell(walk, &mut visit)?,
    };
    out.end(cx)?;
    warn_of_cut(cut.as_deref(), cx)?;
    if n_told == 0 && args.limit != Some(0) {
        cx.say("no commit here has done that")?;
    }
    for id in wanted.ids.iter().flatten() {
        for branch in workspace.repository()?.branches_naming(id)? {
            cx.say(&format!("branch {branch} names {id}"))?;
        }
    }
    Ok(exit::DONE)
}

/// What of the history is wanted.
struct Wanted {
    /// Where it begins.
    tip: String,
    /// The commits that count; `None`: all.
    commits: Option<HashSet<String>>,
    /// The first day.
    since: Option<Date>,
    /// A part of the name or the address of the author, in lower case.
    author: Option<String>,
    /// The documents; `None`: all.
    ids: Option<BTreeSet<String>>,
    /// The sorts of change and the fields.
    kinds: Vec<String>,
    has_mentions: bool,
}

impl Wanted {
    fn of(args: &Args, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<Self> {
        let repository = workspace.repository()?;
        let (ranges, words): (Vec<&String>, Vec<&String>) =
            args.words.iter().partition(|word| word.contains(".."));
        let mut tip = args.at.at.clone().unwrap_or_else(|| "HEAD".to_owned());
        let mut base = None;
        match &ranges[..] {
            [] => {}
            [range] => {
                let (from, to) = range.split_once("..").unwrap_or((range, ""));
                if args.at.at.is_some() || to.starts_with('.') {
                    let message = format!("'{range}' is no range of commits that a log can follow");
                    let hint = "name what is in B and not in A with A..B, without --at";
                    return Err(Failure::usage(message).hint(hint).into());
                }
                base = Some(if from.is_empty() { "HEAD" } else { from }.to_owned());
                tip = if to.is_empty() { "HEAD" } else { to }.to_owned();
            }
            _ => return Err(Failure::usage("one range of commits at a time").into()),
        }
        let since = args.since.as_deref();
        let day = since.and_then(|since| assign::date_of(since, cx.today));
        if let Some(rev) = since.filter(|_| day.is_none()) {
            if base.is_some() {
                return Err(Failure::usage("name a range or --since a revision, not both").into());
            }
            base = Some(rev.to_owned());
        }
        let commits = base.map(|base| repository.commits(&base, &tip)).transpose()?;
        let ids = match words.is_empty() {
            true => None,
            false => Some(ids(&words, &tip, workspace)?),
        };
        Ok(Self {
            commits,
            since: day,
            author: args.author.as_ref().map(|author| author.to_lowercase()),
            ids,
            kinds: kinds(&args.kind, &|| declared(&tip, workspace))?,
            tip,
            has_mentions: !args.no_mentions,
        })
    }

    /// Whether an entry counts by its author and day.
    fn has_entry(&self, entry: &LogEntry) -> bool {
        let is_by = |author: &String| {
            [&entry.author, &entry.email].iter().any(|it| it.to_lowercase().contains(author))
        };
        self.since.is_none_or(|since| *entry.date >= *since.to_string())
            && self.author.as_ref().is_none_or(is_by)
    }

    /// The part of an entry that is wanted.
    fn part_of(&self, line: &str, followed: &mut Option<Followed>) -> Option<Told> {
        let is_whole = followed.is_none() && self.kinds.is_empty() && self.has_mentions;
        if is_whole && self.since.is_none() && self.author.is_none() {
            return Some(Told { line: line.to_owned(), entry: None });
        }
        let entry = match followed {
            Some(followed) => followed.read(line)?,
            None => LogEntry::from_json(line)?,
        };
        if !self.has_entry(&entry) {
            return None;
        }
        if is_whole {
            return Some(Told { line: line.to_owned(), entry: Some(entry) });
        }
        let entry = self.of_kinds(entry);
        let is_told = entry.has_changes() || self.has_mentions && !entry.mentions.is_empty();
        let line = json_line(&entry.to_json());
        is_told.then_some(Told { line, entry: Some(entry) })
    }

    /// The entry with the wanted sorts of change alone.
    fn of_kinds(&self, mut entry: LogEntry) -> LogEntry {
        if !self.kinds.is_empty() {
            entry.files.clear();
            entry.mentions.clear();
            for document in &mut entry.documents {
                document.changes.retain(|change| self.has_kind(change));
            }
            entry.documents.retain(|document| !document.changes.is_empty());
        }
        entry
    }

    fn has_kind(&self, change: &Change) -> bool {
        let has = |word: &str| self.kinds.iter().any(|kind| kind == word);
        has(change.word()) || matches!(change, Change::Set(set) if has(&set.field))
    }
}

/// The full ids that people mean; one that is not there now may have been.
fn ids(words: &[&String], tip: &str, workspace: &Workspace) -> anyhow::Result<BTreeSet<String>> {
    let source = workspace.repository()?.revision(tip, &workspace.folder)?;
    let files = if source.has_folder() { source.files()? } else { Vec::new() };
    let backlog = Backlog::parse(files);
    let full = |word: &&String| match find(&backlog, word) {
        Ok(entry) => Ok(entry.id().to_owned()),
        Err(_) if id::is_random(word) => Ok((*word).clone()),
        Err(failure) => Err(failure.into()),
    };
    words.iter().map(full).collect()
}

/// The sorts of change: words of changes, and fields. Projects declare fields of their own, and
/// had others in the past, so that a word counts as one unless it looks like a slip.
fn kinds(
    words: &[String],
    declared: &dyn Fn() -> anyhow::Result<Vec<String>>,
) -> anyhow::Result<Vec<String>> {
    let fields = KINDS.iter().flat_map(|kind| kind.fields).map(|field| field.name);
    let known: Vec<&str> = WORDS.iter().copied().chain(fields).collect();
    for word in words.iter().filter(|word| !known.contains(&&***word)) {
        let is_plain = word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        let is_slip = suggest::nearest(word, known.iter().copied()).is_some();
        if (!is_plain || is_slip) && !declared()?.contains(word) {
            return Err(Failure::usage(format!("unknown kind of change '{word}'"))
                .hint(suggest::did_you_mean(word, &known))
                .into());
        }
    }
    Ok(words.to_vec())
}

/// The fields that the project declares.
fn declared(tip: &str, workspace: &Workspace) -> anyhow::Result<Vec<String>> {
    let settings = settings(&workspace.repository()?.revision(tip, &workspace.folder)?)?;
    Ok(settings.fields.0.iter().map(|(name, _)| name.to_owned()).collect())
}

/// An entry as it is printed.
struct Told {
    line: String,
    entry: Option<LogEntry>,
}

/// What is printed while the history is read, and what is kept until the end.
enum Out {
    /// Lines of JSON as they are.
    Lines(JsonRows),
    /// A view of each entry.
    Each { is_first: bool },
    /// One view of all.
    All(Format, Vec<LogEntry>),
}

impl Out {
    fn of(format: Format) -> Self {
        match format {
            Format::Json => Self::Lines(JsonRows::array("commits")),
            Format::Jsonl => Self::Lines(JsonRows::lines()),
            Format::Table => Self::Each { is_first: true },
            format => Self::All(format, Vec::new()),
        }
    }

    fn push(&mut self, told: Told, cx: &mut Context) -> anyhow::Result<()> {
        let Told { line, entry } = told;
        if let Self::Lines(rows) = self {
            return Ok(rows.row(&line, &cx.style, &mut cx.out)?);
        }
        let Some(entry) = entry.or_else(|| LogEntry::from_json(&line)) else { return Ok(()) };
        match self {
            Self::Each { is_first } => {
                if !std::mem::take(is_first) {
                    writeln!(cx.out)?;
                }
                show(&[entry], Format::Table, cx)
            }
            Self::All(_, entries) => {
                entries.push(entry);
                Ok(())
            }
            Self::Lines(_) => Ok(()),
        }
    }

    fn end(self, cx: &mut Context) -> anyhow::Result<()> {
        match self {
            Self::Lines(rows) => Ok(rows.end(&mut cx.out)?),
            Self::Each { .. } => Ok(()),
            Self::All(format, entries) => show(&entries, format, cx),
        }
    }
}

fn show(entries: &[LogEntry], format: Format, cx: &mut Context) -> anyhow::Result<()> {
    Ok(cx.show(&LogView { entries }, format)?)
}
