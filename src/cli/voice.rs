//! `voice`: what users said, and what the backlog makes of it.

use super::context::Context;
use super::error::exit;
use super::workspace::{At, Workspace};
use super::{Global, list, pager};
use crate::domain::entry::Entry;
use crate::domain::voice::{STALE_AFTER, voice};
use crate::render::Format;
use crate::render::report::voice::VoiceView;

/// Show what users said, what rests on it, and who is not served
///
/// For the first open items, the evidence for and against each, with its strength, method,
/// participants and age. Then evidence against what is planned, evidence that nothing rests on,
/// what is planned for each persona, and what surveys say that can be counted.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog voice
  git backlog voice 'goal=GOAL-activation' --limit 20
  git backlog voice --format html > voice.html")]
pub(super) struct Args {
    /// Look only at open items that a query finds
    #[arg(value_name = "QUERY", add = super::completions::queries())]
    query: Option<String>,
    /// How many items to look at
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// After how many days evidence is old
    #[arg(long, value_name = "DAYS", default_value_t = STALE_AFTER,
        value_parser = clap::value_parser!(i64).range(0..))]
    stale: i64,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_pages())]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let backlog = workspace.load(cx, args.at.at.as_deref())?;
    let query = args.query.as_deref().map(|text| list::query(&backlog, text, cx.today));
    let query = query.transpose()?;
    let is_wanted =
        |item: &&Entry| query.as_ref().is_none_or(|query| query.matches(&backlog, item));
    let mut items: Vec<&Entry> = backlog.open_items().filter(is_wanted).collect();
    if let (true, Some(text), Some(query)) = (items.is_empty(), &args.query, &query) {
        let n_over = backlog.items().filter(|item| query.matches(&backlog, item)).count();
        let found = match n_over {
            0 => String::new(),
            1 => "; 1 done or dropped one does".to_owned(),
            n => format!("; {n} done or dropped ones do"),
        };
        cx.warn(&format!("no open item matches '{text}'{found}"))?;
    }
    let n_more = items.len().saturating_sub(args.limit);
    items.truncate(args.limit);
    let voice = voice(&backlog, &items, cx.today, args.stale);
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    let view = VoiceView { backlog: &backlog, voice: &voice, n_more, stale_after: args.stale };
    cx.show(&view, args.format)?;
    Ok(exit::DONE)
}
