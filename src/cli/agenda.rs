//! `agenda`: the page of a ceremony, filled from the data.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::context::Context;
use super::error::exit;
use super::timeline::timeline;
use super::workspace::{At, Workspace};
use super::{Global, pager, sprint};
use crate::domain::agenda::{CEREMONIES, Ceremony, Facts};
use crate::render::Format;
use crate::render::report::agenda::AgendaView;

/// Show what there is to talk about in a ceremony of Scrum
///
/// The page is filled from the backlog and its history: what the ceremony is for, how long it may
/// take in a sprint of this length, and for each part what the backlog has to say. Changes nothing:
/// what comes out of it is written down with other commands, such as `sprint plan`, `accept`, `answer`
/// and `sprint note`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog agenda daily
  git backlog agenda planning --sprint 2026-24
  git backlog agenda review --format html > review.html
  git backlog agenda retro --format markdown")]
pub(super) struct Args {
    /// Which ceremony
    #[arg(value_name = "CEREMONY", value_parser = ceremonies())]
    ceremony: &'static Ceremony,
    /// The sprint that it is about; without one, the one that runs or the next one
    #[arg(long, value_name = "ID", add = super::completions::ids())]
    sprint: Option<String>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_pages())]
    format: Format,
    #[command(flatten)]
    at: At,
}

/// What reads the name of a ceremony.
fn ceremonies() -> impl TypedValueParser<Value = &'static Ceremony> {
    let values = CEREMONIES.iter().map(|it| PossibleValue::new(it.name).help(it.purpose));
    PossibleValuesParser::new(values)
        .map(|name| Ceremony::named(&name).expect("the parser lets no other word pass"))
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let at = args.at.at.as_deref();
    let backlog = workspace.load(cx, at)?;
    let named = args.sprint.as_deref().map(|id| sprint::named(&backlog, id)).transpose()?;
    let timeline = timeline(&backlog, at, &workspace, cx)?;
    let record = named.map(|it| it.record);
    let facts = Facts::of(&backlog, &timeline, record, args.ceremony.about);
    if args.format == Format::Table {
        pager::start(cx, &workspace);
    }
    cx.show(&AgendaView(&args.ceremony.agenda(&facts)), args.format)?;
    Ok(exit::DONE)
}
