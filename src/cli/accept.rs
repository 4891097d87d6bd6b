//! `accept`: the product owner takes over what is done.

use super::Global;
use super::context::Context;
use super::error::{Failure, exit};
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_write};
use crate::domain::acceptance::{self, Exception, Judge};
use crate::domain::assign::Refusal;
use crate::domain::backlog::{Backlog, CONFIG};
use crate::domain::entry::Entry;
use crate::domain::kind::{Category, PRODUCT};
use crate::domain::message::counted;
use crate::domain::policy;
use crate::domain::question;
use crate::domain::select;
use crate::domain::source::Edits;

/// Accept items whose acceptance criteria are met
///
/// Sets the status to done and writes who accepted the item, and when. Every criterion has to be
/// ticked; one that is left open on purpose needs a reason, which goes to the text. Only the product
/// owner accepts, or whom `policy.change.accepted` in the settings names.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog list --awaiting-acceptance
  git backlog accept 7k -m 'Seen in the showcase'
  git backlog accept 7k --except 3 --why 'Measured after the launch, BL-9qqrt'")]
pub(super) struct Args {
    /// The items
    #[arg(required = true, value_name = "ID", add = super::completions::ids())]
    ids: Vec<String>,
    /// A criterion that may stay open, by number or id (can be repeated, each with its reason)
    #[arg(long, value_name = "N")]
    except: Vec<String>,
    /// The reason why it may
    #[arg(id = "reason", long = "why", value_name = "REASON", allow_hyphen_values = true)]
    reasons: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let exceptions = exceptions(&args)?;
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let backlog = workspace.load_to_write(cx)?;
    let who = judge(&workspace, &backlog, "accept", cx)?;
    let mut edits = Edits::default();
    for id in &args.ids {
        let item = find_to_write(&backlog, id)?;
        let is_done = backlog.category(item) == Category::Done;
        if let Some(by) = acceptance::of(&item.document).filter(|_| is_done) {
            let on = by.on.map(|day| format!(" on {day}")).unwrap_or_default();
            cx.say(&format!("{} was accepted by {}{on} already", item.id(), by.by))?;
            continue;
        }
        let excepted =
            acceptance::excepted(item, &exceptions, &backlog.config).map_err(Failure::from)?;
        let judge = Judge { who: &who, today: cx.today };
        let text = acceptance::accept(&backlog, item, &excepted, judge).map_err(refused)?;
        edits.rewrite(&item.document, text);
        for doubt in doubts(&backlog, item) {
            cx.warn(&doubt)?;
        }
    }
    save(cx, &workspace, &backlog, &edits, &args.writing)
}

/// The exceptions, each with its reason.
fn exceptions(args: &Args) -> Result<Vec<Exception>, Failure> {
    if args.except.len() != args.reasons.len() {
        let (criteria, reasons) =
            (counted(args.except.len(), "exception"), counted(args.reasons.len(), "reason"));
        return Err(Failure::usage(format!("{criteria} and {reasons} were given"))
            .hint("write --except N --why REASON for each criterion that may stay open"));
    }
    if args.ids.len() > 1 && !args.except.is_empty() {
        return Err(Failure::usage("an exception is for one item, and several are named")
            .hint("accept that item alone"));
    }
    let pairs = args.except.iter().zip(&args.reasons);
    Ok(pairs.map(|(which, why)| Exception { which: which.clone(), why: why.clone() }).collect())
}

/// Whoever runs this, by e-mail address, if they may judge work.
pub(super) fn judge(
    workspace: &Workspace,
    backlog: &Backlog,
    verb: &str,
    cx: &mut Context,
) -> anyhow::Result<String> {
    let who = workspace.repository()?.author_email()?;
    let people = policy::acceptors(backlog, &backlog.config);
    let changed = workspace.repository()?.changed(&workspace.folder)?;
    if let Some(file) = changed.iter().find(|it| it.path == PRODUCT.folder || it.path == CONFIG) {
        cx.warn(&format!("{} says who may {verb} work, and is not committed", file.path))?;
    }
    if people.is_empty() || policy::is_one_of(&who, &people) {
        return Ok(who);
    }
    let people = people.join(" or ");
    let message = format!("it is for {people} to {verb} work, and you are {}", policy::named(&who));
    Err(Failure::new(exit::REFUSED, message)
        .hint("the product owner stands in product.md; policy.change.accepted in config.yml names others")
        .into())
}

/// An act that its own rules forbid.
pub(super) fn refused(refusal: Refusal) -> Failure {
    Failure { code: exit::REFUSED, message: refusal.message, hint: refusal.hint }
}

/// What does not forbid it, and should be known.
fn doubts(backlog: &Backlog, item: &Entry) -> Vec<String> {
    let id = item.id();
    let mut doubts = Vec::new();
    if select::is_blocked(backlog, item) {
        let is_open =
            |name: &String| backlog.called(name).is_some_and(|it| backlog.category(it).is_open());
        let names = item.links("depends_on").into_iter().map(|name| name.into_owned());
        let open: Vec<String> = names.filter(is_open).collect();
        doubts.push(format!("{id} depends on what is open: {}", open.join(", ")));
    }
    let n_open = question::open(item).len() + question::unread(item).len();
    if n_open > 0 {
        doubts.push(format!("{id} has {}", counted(n_open, "open question")));
    }
    let criteria = item.criteria(&backlog.config).list;
    let n_boxless = criteria.iter().filter(|it| it.checked.is_none()).count();
    if criteria.is_empty() {
        doubts.push(format!("{id} has no acceptance criteria"));
    } else if n_boxless > 0 {
        let criteria = if n_boxless == 1 { "criterion" } else { "criteria" };
        doubts.push(format!(
            "{n_boxless} {criteria} of {id} cannot be ticked, and nobody knows whether they are met"
        ));
    }
    doubts
}
