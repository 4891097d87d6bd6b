//! `list`: the backlog in its order.

mod questions;

use super::context::Context;
use super::error::{Failure, exit};
use super::workspace::{At, Workspace};
use super::{Global, changed, pager, watch};
use crate::domain::backlog::{Backlog, Keep};
use crate::domain::date::Date;
use crate::domain::entry::Entry;
use crate::domain::kind::{ITEM, Kind};
use crate::domain::message::counted;
use crate::domain::overdue;
use crate::domain::query::QueryError;
use crate::domain::select::{self, Filter, Selected};
use crate::domain::suggest;
use crate::render::Format;
use crate::render::report::list::ListView;

/// List the backlog in its order
///
/// Without a kind, the open items. A query names fields and values; fields that follow from the
/// rest can be asked for too: category, position, score, criteria, unmet, blocked, awaiting, problems, text.
///
/// `list questions` shows what was asked at items and records, the oldest first.
#[derive(Debug, clap::Args)]
#[command(after_help = "Queries:
  status=ready and label=checkout      both hold
  value>=5 or not assignee=            either holds; 'assignee=' means: not set
  status=ready,review                  one of several
  due<+2w                              days may be relative: today, -3d, +2w
  title~guest                          contains, in any case
  \"guest checkout\"                     words of the title or the text
  @next                                saved in config.yml under 'saved'

Examples:
  git backlog list 'status=ready and value>=5' --sort -value
  git backlog list --columns id,score,title --sort -score
  git backlog list evidence --columns id,strength,title
  git backlog list --changed-since -2w --all
  git backlog list decisions --overdue
  git backlog list --awaiting-acceptance
  git backlog list questions --for me
  git backlog list --watch
  git backlog list --at HEAD~10 --format csv")]
pub(super) struct Args {
    /// A kind (items, goals, evidence, decisions, experiments, metrics, sprints, releases, personas, stakeholders, questions), a query, or both
    #[arg(value_name = "KIND|QUERY", num_args = 0.., add = super::completions::queries())]
    words: Vec<String>,
    /// Show only what a query finds (can be repeated: all must hold)
    #[arg(long = "where", value_name = "QUERY", add = super::completions::queries())]
    filters: Vec<String>,
    /// Show done and dropped ones too
    #[arg(short, long)]
    all: bool,
    /// Show only items that wait for somebody to accept them: `awaiting=yes`
    #[arg(long)]
    awaiting_acceptance: bool,
    /// Of questions: the open ones, as without it
    #[arg(long)]
    open: bool,
    /// Of questions: the answered ones
    #[arg(long)]
    answered: bool,
    /// Of questions: those for somebody; `me` is the address that you commit with
    #[arg(long = "for", value_name = "WHO")]
    whom: Option<String>,
    /// Show only what changed since a day (2026-11-01, -2w) or a revision
    #[arg(long, value_name = "DAY|REV", allow_hyphen_values = true)]
    changed_since: Option<String>,
    /// Show only what waits although its day is past: due, by, end, target, revisit, or a decision
    /// that has been proposed for more than two weeks
    #[arg(long)]
    overdue: bool,
    /// Order by a field; `-value` begins with the largest
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true, add = super::completions::fields())]
    sort: Option<String>,
    /// The fields to show
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', add = super::completions::fields())]
    columns: Vec<String>,
    /// Show the first N only
    #[arg(short = 'n', long, visible_alias = "top", value_name = "N")]
    limit: Option<usize>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
    /// Show it anew whenever a file of the backlog changes, until Ctrl-C
    #[arg(long, conflicts_with = "at")]
    watch: bool,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let mut args = args;
    let is_about_questions =
        args.words.first().is_some_and(|word| questions::WORDS.contains(&&*word.to_lowercase()));
    if is_about_questions {
        args.words.remove(0);
        let queries = queries(&args.words, &args);
        return watched(&args, &workspace, cx, |cx| {
            questions::run(&args, &queries, &workspace, cx)
        });
    }
    if args.open || args.answered || args.whom.is_some() {
        return Err(Failure::usage("--open, --answered and --for are for questions")
            .hint("write: git backlog list questions")
            .into());
    }
    watched(&args, &workspace, cx, |cx| list(&args, &workspace, cx))
}

/// Shows something once, or again and again.
fn watched(
    args: &Args,
    workspace: &Workspace,
    cx: &mut Context,
    mut show: impl FnMut(&mut Context) -> anyhow::Result<u8>,
) -> anyhow::Result<u8> {
    match args.watch {
        true => watch::again(cx, workspace, show),
        false => show(cx),
    }
}

fn list(args: &Args, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let (kind, texts) = kind_and_queries(args);
    // A query may ask for the texts, and so may a column; otherwise the fields are enough.
    let asks_for_text = !texts.is_empty() || !args.columns.is_empty() || args.sort.is_some();
    let keep = if asks_for_text { Keep::Everything } else { Keep::Fields };
    let backlog = workspace.read(cx, args.at.at.as_deref(), keep)?;
    for text in &texts {
        if let Some(meant) = select::condition_for(&backlog, text) {
            cx.say(&format!("'{text}' is looked for in titles and texts; you may mean {meant}"))?;
        }
    }
    let queries =
        texts.iter().map(|text| query(&backlog, text, cx.today)).collect::<Result<Vec<_>, _>>()?;
    let columns = columns(&backlog, kind, &args.columns)?;
    let sort_by = args.sort.as_deref().map(|text| sorting(&backlog, text)).transpose()?;
    let told = columns.iter().chain(sort_by.as_ref().map(|(field, _)| field)).map(String::as_str);
    let scoring = select::scoring(&backlog, told, cx.today).map_err(Failure::from)?;
    let all = args.all || queries.iter().any(asks_for_closed);
    let since = args.changed_since.as_deref();
    let rev = args.at.at.as_deref();
    let changed = since.map(|since| changed::ids(since, rev, workspace, cx.today)).transpose()?;
    let found: Vec<&Entry> = backlog
        .of_kind(kind)
        .filter(|entry| changed.as_ref().is_none_or(|ids| ids.contains(entry.id())))
        .filter(|entry| !args.overdue || overdue::is_overdue(&backlog, entry, cx.today))
        .filter(|entry| queries.iter().all(|query| query.matches(&backlog, entry)))
        .collect();
    let n_found = found.len();
    if n_found == 0 {
        tell_slips(cx, args, &queries)?;
    }
    let is_shown = |entry: &&Entry| all || !kind.is_ranked() || backlog.category(entry).is_open();
    let mut entries: Vec<&Entry> = found.into_iter().filter(is_shown).collect();
    let n_closed = n_found - entries.len();
    match &sort_by {
        Some((field, descending)) => {
            let selected = |entry| Selected { backlog: &backlog, entry, scoring: scoring.as_ref() };
            entries.sort_by(|a, b| select::by_field(selected(a), selected(b), field, *descending));
        }
        // What is over has kept its rank, and is of less interest.
        None => entries.sort_by_key(|entry| !backlog.category(entry).is_open()),
    }
    let n_entries = entries.len();
    entries.truncate(args.limit.unwrap_or(usize::MAX));
    let footer = footer(kind, entries.len(), n_entries, n_closed);
    if args.format == Format::Table && !args.watch {
        pager::start(cx, workspace);
    }
    let scoring = scoring.as_ref();
    cx.show(&ListView { backlog: &backlog, entries, columns, scoring, footer }, args.format)?;
    if !args.watch {
        // The process ends here: giving back ten thousand documents one by one would only take time.
        std::mem::forget(backlog);
    }
    Ok(exit::DONE)
}

/// Says what may have been meant where nothing is found.
fn tell_slips(cx: &mut Context, args: &Args, queries: &[Filter]) -> anyhow::Result<()> {
    for doubt in queries.iter().flat_map(Filter::doubts) {
        cx.say(doubt)?;
    }
    let kind = args.words.first().and_then(|word| select::kind_for(word));
    if let Some(kind) = kind.filter(|kind| Some(*kind) != args.words.first().map(String::as_str)) {
        cx.say(&format!("nothing has these words; you may mean: git backlog list {kind}"))?;
    }
    Ok(())
}

/// The kind, and the queries that all have to hold. A first word that is no kind is a query; words
/// with `and` or `or` between them are one query that was typed without quotes.
fn kind_and_queries(args: &Args) -> (&'static Kind, Vec<String>) {
    let (kind, words) =
        match args.words.split_first().map(|(first, rest)| (Kind::named(first), rest)) {
            Some((Some(kind), rest)) => (kind, rest),
            _ => (&ITEM, &args.words[..]),
        };
    let mut queries = queries(words, args);
    if args.awaiting_acceptance {
        queries.push("awaiting=yes".to_owned());
    }
    (kind, queries)
}

/// The queries that all have to hold: words of the command line, and those of `--where`.
fn queries(words: &[String], args: &Args) -> Vec<String> {
    let mut queries = typed(words);
    queries.extend(args.filters.iter().cloned());
    queries
}

/// Words of the command line as queries that all have to hold.
pub(super) fn typed(words: &[String]) -> Vec<String> {
    let is_joint = |word: &String| ["and", "or", "not"].contains(&&*word.to_lowercase());
    match words.iter().any(is_joint) {
        true => vec![words.join(" ")],
        false => words.to_vec(),
    }
}

/// Whether a query says itself what it wants of done and dropped items.
fn asks_for_closed(query: &Filter) -> bool {
    query.asks_for(&["status", "category", "open", "done"])
}

/// Understands a query; an error shows the query and the place.
pub(super) fn query(backlog: &Backlog, text: &str, today: Date) -> Result<Filter, Failure> {
    select::query(backlog, text, today).map_err(|error| failure(text, &error))
}

fn failure(text: &str, error: &QueryError) -> Failure {
    let before = text.get(..error.span.start).unwrap_or_default().chars().count();
    let length = text.get(error.span.start..error.span.end).unwrap_or_default().chars().count();
    let message = format!(
        "query: {}\n{text}\n{}{}",
        error.message,
        " ".repeat(before),
        "^".repeat(length.max(1))
    );
    let failure = Failure::usage(message);
    match &error.hint {
        Some(hint) => failure.hint(hint.clone()),
        None => failure.hint("see the grammar with: git backlog list -h"),
    }
}

fn columns(backlog: &Backlog, kind: &Kind, asked: &[String]) -> Result<Vec<String>, Failure> {
    if asked.is_empty() {
        return Ok(kind.columns.iter().map(|column| (*column).to_owned()).collect());
    }
    asked.iter().map(|name| field(backlog, name)).collect()
}

fn field(backlog: &Backlog, name: &str) -> Result<String, Failure> {
    let wanted = name.trim().replace('-', "_");
    select::field_named(backlog, &wanted).map(str::to_owned).ok_or_else(|| {
        let known = select::known_fields(backlog);
        Failure::usage(format!("unknown field '{name}'"))
            .hint(suggest::did_you_mean(&wanted, &known))
    })
}

/// The field that an order is wanted by, and whether the largest come first. Equal ones stay in the
/// order of the backlog.
fn sorting(backlog: &Backlog, by: &str) -> Result<(String, bool), Failure> {
    let (name, descending) = match by.strip_prefix('-') {
        Some(name) => (name, true),
        None => (by, false),
    };
    Ok((field(backlog, name)?, descending))
}

/// `30 items; 14 done or dropped are not shown (--all)`
fn footer(kind: &Kind, shown: usize, found: usize, closed: usize) -> String {
    let count = match kind.is_ranked() {
        true => counted(found, "item"),
        false => format!("{found} {}", if found == 1 { kind.name } else { kind.folder }),
    };
    let limit = match shown {
        shown if shown == found => String::new(),
        1 => "; the first is shown".to_owned(),
        shown => format!("; the first {shown} are shown"),
    };
    let closed = match closed {
        0 => String::new(),
        closed => format!("; {closed} done or dropped (--all shows them)"),
    };
    format!("{count}{limit}{closed}")
}
