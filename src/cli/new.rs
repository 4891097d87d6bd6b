//! `new`: write down an item or a record.

use super::conflicts;
use super::context::Context;
use super::error::{Failure, exit};
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_write};
use super::{Global, editor, rank as ranking, stdin};
use crate::domain::assign::{self, Assignment};
use crate::domain::backlog::Backlog;
use crate::domain::document::Document;
use crate::domain::entry::Entry;
use crate::domain::id;
use crate::domain::kind::{ITEM, KINDS, Kind};
use crate::domain::rank::{self, Place, Rank};
use crate::domain::source::{Edits, FileEdit};
use crate::domain::suggest;
use crate::domain::template::{self, Head};
use crate::store::Source;

/// Write down a new item or record
///
/// TYPE is a type of item (story, bug, task, spike, epic) or a kind of record (goal, evidence,
/// decision, experiment, metric, sprint, release, persona, stakeholder). The document starts from the template of its
/// type, and an item goes to the bottom of the backlog unless told otherwise.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog new story 'Guest checkout' --top -f value=8 -f effort=3
  git backlog new bug 'Basket is empty after login' --after 7k
  git backlog new evidence 'Shoppers leave at the account form' -f strength=4 - < notes.md
  git backlog new sprint 'Pay without an account' --id 2026-25")]
pub(super) struct Args {
    /// A type of item or a kind of record
    #[arg(value_name = "TYPE", add = super::completions::types())]
    word: String,
    /// The title, in one line
    title: String,
    /// `-`: read the body from standard input
    #[arg(value_name = "-", allow_hyphen_values = true)]
    rest: Vec<String>,
    /// Set a field (can be repeated)
    #[arg(short = 'f', long = "field", value_name = "FIELD=VALUE", add = super::completions::ids_and_fields())]
    fields: Vec<String>,
    /// Put it before all others
    #[arg(long, group = "place")]
    top: bool,
    /// Put it directly before this item
    #[arg(long, value_name = "ID", group = "place", add = super::completions::ids())]
    before: Option<String>,
    /// Put it directly after this item
    #[arg(long, value_name = "ID", group = "place", add = super::completions::ids())]
    after: Option<String>,
    /// Choose the id, for records that people name, such as sprints
    #[arg(long)]
    id: Option<String>,
    /// Open it in the editor before it is saved
    #[arg(short, long)]
    edit: bool,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let title = assign::title(&args.title).map_err(Failure::from)?;
    let body = body(&args.rest)?;
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let backlog = workspace.load_to_write(cx)?;
    let new = New::of_word(&args.word, &backlog)?;
    let id = new.id(&args, title, &workspace, &backlog)?;
    let slug = if args.id.is_some() { String::new() } else { id::slug(title) };
    let path = format!("{}/{}", new.kind.folder, id::file_name(&id, &slug));
    let has_place = args.top || args.before.is_some() || args.after.is_some();
    let keys = match new.kind.is_ranked() {
        true => new.ranks(&args, &id, &backlog)?,
        false if has_place => return Err(Failure::usage("only items are ranked").into()),
        false => Vec::new(),
    };
    let text = new.text(&args, &id, &path, &keys, body, &workspace, &backlog, cx)?;
    let others: Vec<(String, Rank)> = keys.into_iter().filter(|(other, _)| *other != id).collect();
    let others = ranking::edits(&backlog, &others)?;
    let edited = match args.edit {
        true => Some(editor::edit(cx, &workspace, &path, &text)?),
        false => None,
    };
    let text = edited.as_ref().map_or(text, |edited| edited.text.clone());
    let mut edits = Edits::default();
    edits.push(FileEdit { path: path.clone(), before: None, after: Some(text) });
    others.files().iter().for_each(|edit| edits.push(edit.clone()));
    let saved = save(cx, &workspace, &backlog, &edits, &args.writing);
    match edited {
        Some(edited) => edited.settle(cx, &workspace, &path, saved),
        None => saved,
    }
}

/// The text on standard input, if `rest` is a dash.
pub(super) fn body(rest: &[String]) -> anyhow::Result<Option<String>> {
    match rest {
        [] => Ok(None),
        [dash] if dash == "-" => Ok(Some(stdin::text("the body")?)),
        [other, ..] => {
            let hint = "put the title in quotes; '-' alone reads the body from standard input";
            Err(Failure::usage(format!("unexpected argument '{other}'")).hint(hint).into())
        }
    }
}

/// What is to be made.
struct New<'a> {
    kind: &'static Kind,
    item_type: Option<&'a str>,
}

impl<'a> New<'a> {
    fn of_word(word: &'a str, backlog: &Backlog) -> Result<Self, Failure> {
        if backlog.config.types.0.get(word).is_some() {
            return Ok(Self { kind: &ITEM, item_type: Some(word) });
        }
        match Kind::named(word) {
            Some(kind) if !kind.is_ranked() => Ok(Self { kind, item_type: None }),
            _ => {
                let kinds = KINDS.iter().filter(|kind| !kind.is_ranked()).map(|kind| kind.name);
                let known: Vec<&str> = backlog.config.types.0.keys().chain(kinds).collect();
                let failure = Failure::usage(format!("unknown type '{word}'"));
                Err(failure.hint(suggest::did_you_mean(word, &known)))
            }
        }
    }

    /// The id: the one that was asked for, or a random one that nobody has, here or on any branch.
    fn id(
        &self,
        args: &Args,
        title: &str,
        workspace: &Workspace,
        backlog: &Backlog,
    ) -> anyhow::Result<String> {
        if let Some(id) = &args.id {
            if !id::is_safe(id) {
                return Err(Failure::usage(format!("'{id}' is not an id"))
                    .hint("use letters, digits, '-', '_' and '.'")
                    .into());
            }
            if backlog.names(id) {
                return Err(Failure::usage(format!("{id} is taken")).into());
            }
            return Ok(id.clone());
        }
        if self.kind.prefix.is_empty() && self.kind.name == "product" {
            return Err(Failure::usage("there is one product")
                .hint("write about it in product.md: git backlog edit product")
                .into());
        }
        if self.kind.prefix.is_empty() {
            let slug = id::slug(title);
            return Err(Failure::usage(format!("a {} needs an id of your choice", self.kind.name))
                .hint(format!("git backlog new {} '{title}' --id {slug}", self.kind.name))
                .into());
        }
        drawn_id(self.kind, workspace, backlog)
    }

    /// The key of the new item, and of those that need one so that it can have its place.
    fn ranks(
        &self,
        args: &Args,
        id: &str,
        backlog: &Backlog,
    ) -> anyhow::Result<Vec<(String, Rank)>> {
        let neighbour = |id: &str| {
            let entry = find_to_write(backlog, id)?;
            ranking::must_be_open(backlog, entry).map(|()| entry.id())
        };
        let place = match (&args.before, &args.after) {
            (Some(id), _) => Place::Before(neighbour(id)?),
            (_, Some(id)) => Place::After(neighbour(id)?),
            _ if args.top => Place::Top,
            _ => Place::Bottom,
        };
        let mut order = ranking::order(backlog);
        order.push((id, None));
        let keys = rank::place(&order, &[id], place);
        keys.ok_or_else(|| Failure::usage("the neighbour is not an open item").into())
    }

    #[expect(clippy::too_many_arguments, reason = "each is one independent part of a new document")]
    fn text(
        &self,
        args: &Args,
        id: &str,
        path: &str,
        keys: &[(String, Rank)],
        body: Option<String>,
        workspace: &Workspace,
        backlog: &Backlog,
        cx: &Context,
    ) -> anyhow::Result<String> {
        let template = template(self.item_type.unwrap_or(self.kind.name), workspace)?;
        let key = keys.iter().find(|(other, _)| other == id).map(|(_, key)| key.as_str());
        let first = self.kind.statuses.first().map(|(word, _)| *word);
        let status =
            if self.kind.is_ranked() { Some(backlog.config.first_status()) } else { first };
        let title = args.title.trim();
        let head =
            Head { id, title, item_type: self.item_type, status, created: cx.today, rank: key };
        let refused = |problem| Failure::from(assign::Refusal::from(problem));
        let document = template::fill(&template, path, self.kind, &head).map_err(refused)?;
        let entry = Entry::new(document, self.kind, &backlog.config);
        let fields: Result<Vec<Assignment>, _> =
            args.fields.iter().map(|field| Assignment::parse(field)).collect();
        let fields = fields.map_err(Failure::from)?;
        has_no_field_of_ours(&fields)?;
        let text = assign::apply(backlog, &entry, &fields, cx.today).map_err(Failure::from)?;
        let document = template::without_empty(Document::parse(path, text)).map_err(refused)?;
        Ok(match body {
            Some(body) => format!(
                "{}{}",
                &document.text()[..document.body_span().start],
                blank_line_before(&body)
            ),
            None => document.text().to_owned(),
        })
    }
}

/// Random ids that nobody has, here or on any branch.
pub(super) fn draw_ids(
    prefix: &str,
    count: usize,
    workspace: &Workspace,
    backlog: &Backlog,
) -> anyhow::Result<Vec<String>> {
    let elsewhere = match &workspace.repository {
        Some(repository) => repository.ids_in_refs(&workspace.folder)?,
        None => Default::default(),
    };
    let mut failed = false;
    let mut ids: Vec<String> = Vec::with_capacity(count);
    for _ in 0..count {
        let random = || {
            let mut bytes = [0; 4];
            failed |= getrandom::fill(&mut bytes).is_err();
            u32::from_le_bytes(bytes)
        };
        let taken = |id: &str| {
            backlog.names(id) || elsewhere.contains(id) || ids.iter().any(|other| other == id)
        };
        let id = id::draw(prefix, backlog.config.id.length, random, taken);
        if failed {
            return Err(Failure::new(exit::IO, "the system gives no random numbers").into());
        }
        ids.push(id.ok_or_else(|| {
            Failure::new(exit::REPOSITORY, "no free id found")
                .hint("set a larger id.length in config.yml")
        })?);
    }
    Ok(ids)
}

/// A random id for a document of a kind.
fn drawn_id(kind: &Kind, workspace: &Workspace, backlog: &Backlog) -> anyhow::Result<String> {
    let prefix = if kind.is_ranked() { &*backlog.config.id.prefix } else { kind.prefix };
    Ok(draw_ids(prefix, 1, workspace, backlog)?.remove(0))
}

/// A record that another command makes, with its fields and its text.
pub(super) struct Fresh<'a> {
    /// Its kind.
    pub kind: &'static Kind,
    /// Its title.
    pub title: &'a str,
    /// Its fields, in any order.
    pub fields: Vec<Assignment>,
    /// Its text.
    pub body: String,
}

impl Fresh<'_> {
    /// The new file. It begins as the template of its kind does.
    pub(super) fn file(
        &self,
        workspace: &Workspace,
        backlog: &Backlog,
        cx: &Context,
    ) -> anyhow::Result<FileEdit> {
        let id = drawn_id(self.kind, workspace, backlog)?;
        let path = format!("{}/{}", self.kind.folder, id::file_name(&id, &id::slug(self.title)));
        let template = template(self.kind.name, workspace)?;
        let status = self.kind.statuses.first().map(|(word, _)| *word);
        let title = self.title;
        let head = Head { id: &id, title, item_type: None, status, created: cx.today, rank: None };
        let refused = |problem| Failure::from(assign::Refusal::from(problem));
        let document = template::fill(&template, &path, self.kind, &head).map_err(refused)?;
        let entry = Entry::new(document, self.kind, &backlog.config);
        let text = assign::apply(backlog, &entry, &self.fields, cx.today).map_err(Failure::from)?;
        let document = Document::parse(path.as_str(), text);
        let document = template::without_empty(document).map_err(refused)?;
        let front = &document.text()[..document.body_span().start];
        let after = Some(format!("{front}{}", blank_line_before(&self.body)));
        Ok(FileEdit { path, before: None, after })
    }
}

/// The template of a type or a kind: that of the project, or the one that ships with the program.
pub(super) fn template(name: &str, workspace: &Workspace) -> anyhow::Result<String> {
    match workspace.worktree()?.file(&template::path(name))?.map(|file| file.text) {
        Some(Ok(text)) => Ok(decided(text, name, &workspace.folder)?),
        Some(Err(problem)) => {
            let place = format!("{}/{}", workspace.folder, template::path(name));
            Err(Failure::new(exit::REPOSITORY, format!("{place}: {}", problem.message)).into())
        }
        None => Ok(template::shipped(name).to_owned()),
    }
}

/// Refuses what `new` chooses itself and what has an option of its own.
fn has_no_field_of_ours(fields: &[Assignment]) -> Result<(), Failure> {
    for (field, hint) in [
        ("id", "choose one with --id"),
        ("rank", "place it with --top, --before or --after"),
        ("title", "the title is the second argument"),
    ] {
        if fields.iter().any(|assignment| assignment.field == field) {
            return Err(Failure::usage(format!("{field} is no field to set here")).hint(hint));
        }
    }
    Ok(())
}

/// A body as it stands after the front matter: one blank line between them, a line end at the end.
fn blank_line_before(body: &str) -> String {
    let body = body.trim_start_matches(['\r', '\n']);
    let end = if body.is_empty() || body.ends_with('\n') { "" } else { "\n" };
    format!("\n{body}{end}")
}

/// A template in which nobody has to decide anything any more.
fn decided(text: String, name: &str, folder: &str) -> Result<String, Failure> {
    let path = template::path(name);
    match conflicts::open(&Document::parse(path.as_str(), text.as_str())).first() {
        None => Ok(text),
        Some(conflict) => {
            let message = format!("{folder}/{path} is in conflict: {conflict}");
            Err(Failure::new(exit::FOUND, message).hint("decide it with an editor first"))
        }
    }
}
