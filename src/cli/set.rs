//! `set`: fields of one or many documents.

use super::context::Context;
use super::error::{Failure, exit};
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_write};
use super::{Global, list, pick};
use crate::domain::assign::{self, Assignment};
use crate::domain::backlog::Backlog;
use crate::domain::document::Document;
use crate::domain::entry::Entry;
use crate::domain::kind::FieldType;
use crate::domain::merge;
use crate::domain::source::Edits;

/// Set fields of one or many documents
///
/// FIELD=VALUE replaces a value, FIELD= clears it, FIELD+=A,B adds to a list and FIELD-=A takes
/// from one. The file changes by the bytes of that value and nothing else.
///
/// Entering a status of category doing writes the day of the start, entering one of category done
/// that of the end.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog set 7k status=in-progress assignee=mira
  git backlog set 7k 9q labels+=checkout
  git backlog set --where 'status=proposed and value>=8' status=ready -m 'Refined with the team'")]
pub(super) struct Args {
    /// Ids of documents, then assignments
    #[arg(required = true, value_name = "ID… FIELD=VALUE…", add = super::completions::ids_and_fields())]
    words: Vec<String>,
    /// The items that a query finds, instead of ids
    #[arg(long = "where", value_name = "QUERY", add = super::completions::queries())]
    filter: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let (words, ids): (Vec<&String>, Vec<&String>) =
        args.words.iter().partition(|word| word.contains('='));
    if let ([], [id, field, value]) = (&words[..], &ids[..]) {
        return Err(Failure::usage("no assignment given")
            .hint(format!("write: git backlog set {id} {field}={value}"))
            .into());
    }
    let assignments = assignments(&words)?;
    if !ids.is_empty() && args.filter.is_some() {
        return Err(Failure::usage("ids and --where name the items twice")
            .hint("use one of them; a query can ask for ids too: id=7k,9q")
            .into());
    }
    let is_chosen = ids.is_empty() && args.filter.is_none();
    if is_chosen && !pick::is_at_terminal() {
        return Err(Failure::usage("no id given")
            .hint("write: git backlog set ID FIELD=VALUE")
            .into());
    }
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let backlog = load(&workspace, cx, &ids, &assignments, args.filter.is_some() || is_chosen)?;
    let entries = match is_chosen {
        false => targets(&backlog, &ids, args.filter.as_deref(), cx)?,
        true => vec![find_to_write(&backlog, pick::one(cx, &backlog, pick::any)?)?],
    };
    let mut edits = Edits::default();
    for entry in entries {
        let text = assign::apply(&backlog, entry, &assignments, cx.today).map_err(Failure::from)?;
        let text = decided(entry.path(), text, &assignments)?;
        edits.rewrite(&entry.document, text);
    }
    save(cx, &workspace, &backlog, &edits, &args.writing)
}

/// Whoever sets a field that is in conflict has decided it.
fn decided(path: &str, text: String, assignments: &[Assignment]) -> Result<String, Failure> {
    assignments.iter().try_fold(text, |text, assignment| {
        let settled = merge::settled(&Document::parse(path, text), &assignment.field);
        settled.map_err(|problem| assign::Refusal::from(problem).into())
    })
}

fn assignments(words: &[&String]) -> Result<Vec<Assignment>, Failure> {
    if words.is_empty() {
        return Err(
            Failure::usage("no assignment given").hint("write: git backlog set ID FIELD=VALUE")
        );
    }
    words.iter().map(|word| Assignment::parse(word).map_err(Failure::from)).collect()
}

/// Only the named documents where that is enough: with full ids, and values that are no links,
/// the other documents do not matter, and reading them is most of the work.
fn load(
    workspace: &Workspace,
    cx: &mut Context,
    ids: &[&String],
    assignments: &[Assignment],
    filter: bool,
) -> anyhow::Result<Backlog> {
    if !filter && let Some(backlog) = workspace.load_only(cx, ids)? {
        let field_type =
            |entry: &Entry, field: &str| assign::field_type(entry.kind, field, &backlog.config);
        let has_link = |assignment: &Assignment| {
            let names = [assignment.field.clone(), format!("{}s", assignment.field)];
            let is_link = |name: &String| {
                backlog.entries().any(|entry| FieldType::is_link(field_type(entry, name)))
            };
            names.iter().any(is_link)
        };
        // What is opened again has a place among the others, which is told.
        let is_over = |entry: &Entry| !backlog.category(entry).is_open();
        let opens = assignments.iter().any(|it| it.field == "status")
            && backlog.entries().any(|it| it.kind.is_ranked() && is_over(it));
        if !opens && !assignments.iter().any(has_link) {
            return Ok(backlog);
        }
    }
    workspace.load_to_write(cx)
}

fn targets<'a>(
    backlog: &'a Backlog,
    ids: &[&String],
    filter: Option<&str>,
    cx: &Context,
) -> anyhow::Result<Vec<&'a Entry>> {
    let (mut entries, mut doubts) = (Vec::new(), Vec::new());
    for id in ids {
        entries.push(find_to_write(backlog, id)?);
    }
    if let Some(filter) = filter {
        let query = list::query(backlog, filter, cx.today)?;
        doubts.extend_from_slice(query.doubts());
        for item in backlog.items().filter(|item| query.matches(backlog, item)) {
            entries.push(find_to_write(backlog, item.id())?);
        }
    }
    if entries.is_empty() {
        let filter = filter.unwrap_or_default();
        let failure = Failure::new(exit::USAGE, format!("no item matches '{filter}'"));
        return Err(match doubts.first() {
            Some(doubt) => failure.hint(doubt),
            None => failure,
        }
        .into());
    }
    Ok(entries)
}
