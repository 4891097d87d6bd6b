//! `sprint note`.

use super::named;
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::new::{draw_ids, template};
use crate::cli::rank as ranking;
use crate::cli::save::{Writing, save};
use crate::cli::workspace::{Workspace, find_to_write};
use crate::domain::assign::{self, Refusal};
use crate::domain::backlog::Backlog;
use crate::domain::document::Document;
use crate::domain::id;
use crate::domain::kind::{Category, ITEM};
use crate::domain::note::Note;
use crate::domain::rank::{self, Place};
use crate::domain::source::{Edits, FileEdit};
use crate::domain::sprint::{ACTIONS, CHANGES, Group, SHOWCASE, Sprint, WENT_WELL, all, noted};
use crate::domain::template::{self as templates, Head};

/// Write down what a showcase or a retrospective brought
///
/// Notes go to the record of the sprint that runs, or that was closed last. An action is a new item at
/// the bottom of the backlog, and the record names it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog sprint note --showcase 'Five households skipped a week at once'
  git backlog sprint note --went-well 'We paired on the payment' --change 'Nothing above 5 points'
  git backlog sprint note 2026-24 --action 'Let the tests run on every branch' -m 'Retrospective'")]
pub(super) struct Args {
    /// The sprint
    #[arg(value_name = "ID", add = crate::cli::completions::ids())]
    id: Option<String>,
    /// What was shown, or said about it (can be repeated, as all of these)
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    showcase: Vec<String>,
    /// What went well
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    went_well: Vec<String>,
    /// What the team changes
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    change: Vec<String>,
    /// What is to be done for it: becomes an item
    #[arg(long, value_name = "TITLE", allow_hyphen_values = true)]
    action: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: &Args, workspace: &Workspace, cx: &mut Context) -> anyhow::Result<u8> {
    let notes = [
        (SHOWCASE, &args.showcase),
        (WENT_WELL, &args.went_well),
        (CHANGES, &args.change),
        (ACTIONS, &args.action),
    ];
    if notes.iter().all(|(_, texts)| texts.is_empty()) {
        let hint = "say something with --showcase, --went-well, --change or --action";
        return Err(Failure::usage("no note given").hint(hint).into());
    }
    let mut texts = notes.iter().flat_map(|(_, texts)| texts.iter());
    if texts.any(|text| text.trim().is_empty()) {
        return Err(Failure::usage("a note is empty").into());
    }
    for title in &args.action {
        assign::title(title).map_err(Failure::from)?;
    }
    let by = workspace.repository()?.author_email()?;
    let backlog = workspace.load_to_write(cx)?;
    let sprint = meant(&backlog, args.id.as_deref())?;
    let record = find_to_write(&backlog, sprint.record.id())?;
    let mut edits = Edits::default();
    let ids = draw_ids(&backlog.config.id.prefix, args.action.len(), workspace, &backlog)?;
    let mut text = record.document.text().to_owned();
    for (group, texts) in notes {
        for (at, words) in texts.iter().enumerate() {
            let words = match group == ACTIONS {
                true => format!("[[{}]] {words}", ids[at]),
                false => words.clone(),
            };
            let note = Note::new(&words, &by, cx.today);
            text = added(&Document::parse(record.path(), text), group, &note)?;
        }
    }
    edits.rewrite(&record.document, text);
    let actions = Actions { workspace, backlog: &backlog, sprint: record.id(), ids: &ids };
    actions.add(&args.action, &mut edits, cx)?;
    save(cx, workspace, &backlog, &edits, &args.writing)
}

fn added(document: &Document, group: Group, note: &Note) -> Result<String, Failure> {
    noted(document, group, note).ok_or_else(|| {
        let id = document.text_of("id").unwrap_or_default();
        Failure::usage(format!("the text of {id} leaves no room for the note"))
            .hint(format!("close what is open in it: git backlog edit {id}"))
    })
}

/// The sprint that somebody names, the one that runs, or the one that was closed last.
fn meant<'a>(backlog: &'a Backlog, id: Option<&str>) -> Result<Sprint<'a>, Failure> {
    if let Some(id) = id {
        return named(backlog, id);
    }
    let sprints = all(backlog);
    let running: Vec<&Sprint<'_>> =
        sprints.iter().filter(|it| it.category == Category::Doing).collect();
    match running[..] {
        [one] => Ok(one.clone()),
        [] => {
            let last = sprints.into_iter().rfind(|it| it.category == Category::Done);
            last.ok_or_else(|| {
                Failure::usage("no sprint is running, and none was closed")
                    .hint("name one: git backlog sprint note ID …")
            })
        }
        [first, ..] => {
            let ids: Vec<&str> = running.iter().map(|it| it.record.id()).collect();
            let hint = format!("name one: git backlog sprint note {} …", first.record.id());
            Err(Failure::usage(format!("{} are running", ids.join(" and "))).hint(hint))
        }
    }
}

/// Items that a retrospective brings.
struct Actions<'a> {
    workspace: &'a Workspace,
    backlog: &'a Backlog,
    sprint: &'a str,
    ids: &'a [String],
}

impl Actions<'_> {
    /// Adds an item for each title, at the bottom of the order.
    fn add(&self, titles: &[String], edits: &mut Edits, cx: &Context) -> anyhow::Result<()> {
        let mut order = ranking::order(self.backlog);
        order.extend(self.ids.iter().map(|id| (id.as_str(), None)));
        let new: Vec<&str> = self.ids.iter().map(String::as_str).collect();
        let keys = match new.is_empty() {
            true => Vec::new(),
            false => rank::place(&order, &new, Place::Bottom).unwrap_or_default(),
        };
        for (id, title) in self.ids.iter().zip(titles) {
            let key = keys.iter().find(|(other, _)| other == id).map(|(_, key)| key.as_str());
            edits.push(self.item(id, title.trim(), key, cx)?);
        }
        let others: Vec<_> = keys.into_iter().filter(|(id, _)| !self.ids.contains(id)).collect();
        let others = ranking::edits(self.backlog, &others)?;
        others.files().iter().for_each(|file| edits.push(file.clone()));
        Ok(())
    }

    fn item(
        &self,
        id: &str,
        title: &str,
        key: Option<&str>,
        cx: &Context,
    ) -> anyhow::Result<FileEdit> {
        let config = &self.backlog.config;
        let types = || config.types.0.keys();
        let item_type = types().find(|it| *it == "task").or(types().next()).unwrap_or("task");
        let path = format!("{}/{}", ITEM.folder, id::file_name(id, &id::slug(title)));
        let head = Head {
            id,
            title,
            item_type: Some(item_type),
            status: Some(config.first_status()),
            created: cx.today,
            rank: key,
        };
        let refused = |problem| Failure::from(Refusal::from(problem));
        let template = template(item_type, self.workspace)?;
        let document = templates::fill(&template, &path, &ITEM, &head).map_err(refused)?;
        let document = templates::without_empty(document).map_err(refused)?;
        let (front, body) = document.text().split_at(document.body_span().start);
        let origin = format!("\nFrom the retrospective of [[{}]].\n", self.sprint);
        let gap = if body.starts_with(['\n', '\r']) || body.is_empty() { "" } else { "\n" };
        Ok(FileEdit { path, before: None, after: Some(format!("{front}{origin}{gap}{body}")) })
    }
}
