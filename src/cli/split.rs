//! `split`: an item becomes several.

use super::Global;
use super::context::Context;
use super::editor;
use super::error::{Failure, exit};
use super::new::{draw_ids, template};
use super::rank as ranking;
use super::save::{Writing, save};
use super::workspace::{Workspace, find_to_write};
use crate::domain::assign::{self, Refusal};
use crate::domain::backlog::Backlog;
use crate::domain::criteria::{self, Taken};
use crate::domain::document::Document;
use crate::domain::edit;
use crate::domain::entry::Entry;
use crate::domain::id;
use crate::domain::kind::ITEM;
use crate::domain::message::counted;
use crate::domain::rank::{self, Place, Rank};
use crate::domain::source::{Edits, FileEdit};
use crate::domain::split::{self, Part};
use crate::domain::template::{self as templates, Head};
use crate::render::Format;
use crate::render::report::split::SplitView;

/// Split an item into several, with its criteria and its links
///
/// Each `--by` is the title of a new item, which goes directly below the old one in the order, with
/// the same goal, evidence, dependencies and labels. `--criteria 1,2:1` gives criteria 1 and 2 to
/// the first of them, line by line as they are; all others stay. Items that wait for the old one wait
/// for the new ones too. Value and effort have to be said anew.
///
/// Without `--by`, a terminal opens an editor with the criteria and the known ways to split; a pipe
/// gets these ways printed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  git backlog split 7k
  git backlog split 7k --by 'Pay as a guest by card' --criteria 1,2:1
  git backlog split 7k --by 'Pay by card' --by 'Pay by invoice' --criteria 1:1 2,3:2")]
pub(super) struct Args {
    /// The item
    #[arg(value_name = "ID", add = super::completions::ids())]
    id: String,
    /// The title of a new item (can be repeated)
    #[arg(long, value_name = "TITLE", allow_hyphen_values = true)]
    by: Vec<String>,
    /// Which criteria go to which new item: numbers or ids, and the number of the new item
    #[arg(long, value_name = "N,N:ITEM", num_args = 1.., requires = "by")]
    criteria: Vec<String>,
    /// Make the plan in the editor, on a terminal or not
    #[arg(short, long, conflicts_with = "by")]
    edit: bool,
    /// How to print the ways to split
    #[arg(long, value_name = "FORMAT", default_value = "table", value_parser = Format::of_pages())]
    format: Format,
    #[command(flatten)]
    writing: Writing,
}

/// Runs the command.
pub(super) fn run(args: Args, global: &Global, cx: &mut Context) -> anyhow::Result<u8> {
    let workspace = Workspace::open(cx, global.dir.as_deref())?;
    let backlog = workspace.load_to_write(cx)?;
    let item = find_to_write(&backlog, &args.id)?;
    ranking::must_be_open(&backlog, item)?;
    let criteria = item.criteria(&backlog.config);
    if args.by.is_empty() && !args.edit && !cx.interactive {
        cx.show(&SplitView { item, config: &backlog.config }, args.format)?;
        return Ok(exit::DONE);
    }
    if !args.by.is_empty() {
        let parts =
            split::from_words(&args.by, &args.criteria, &criteria).map_err(Failure::from)?;
        return Split { workspace: &workspace, backlog: &backlog, item, parts: &parts }
            .save(&args.writing, cx);
    }
    let plan = split::plan(item, &criteria);
    let read = |text: &str| split::from_plan(text, &criteria);
    let name = format!("split-{}.txt", item.id());
    let wrong = |text: &str| read(text).err().map(|refusal| refusal.message);
    let edited = editor::edit_plan(cx, &workspace, &name, &plan, &wrong)?;
    let parts = read(&edited.text).map_err(Failure::from)?;
    let saved = Split { workspace: &workspace, backlog: &backlog, item, parts: &parts }
        .save(&args.writing, cx);
    edited.settle(cx, &workspace, &name, saved)
}

/// An item on its way to become several.
struct Split<'a> {
    workspace: &'a Workspace,
    backlog: &'a Backlog,
    item: &'a Entry,
    parts: &'a [Part],
}

impl Split<'_> {
    fn save(&self, writing: &Writing, cx: &mut Context) -> anyhow::Result<u8> {
        if self.parts.is_empty() {
            cx.say("nothing to split")?;
            return Ok(exit::DONE);
        }
        let prefix = &*self.backlog.config.id.prefix;
        let ids = draw_ids(prefix, self.parts.len(), self.workspace, self.backlog)?;
        let edits = self.edits(&ids, cx)?;
        let code = save(cx, self.workspace, self.backlog, &edits, writing)?;
        if !writing.dry_run {
            self.tell(&ids, cx)?;
        }
        Ok(code)
    }

    fn edits(&self, ids: &[String], cx: &Context) -> anyhow::Result<Edits> {
        let criteria = self.item.criteria(&self.backlog.config);
        let text = self.item.document.text();
        let shared = split::distribute(text, &criteria, self.parts).ok_or_else(|| {
            let id = self.item.id();
            Failure::usage("these criteria cannot be moved, as a scenario in Gherkin cannot")
                .hint(format!("move them by hand with: git backlog edit {id}"))
        })?;
        let (rest, taken) = shared;
        let keys = self.keys(ids)?;
        let mut edits = Edits::default();
        for ((id, part), taken) in ids.iter().zip(self.parts).zip(&taken) {
            let path = format!("items/{}", id::file_name(id, &id::slug(&part.title)));
            let key = keys.iter().find(|(other, _)| other == id).map(|(_, key)| key.as_str());
            let text = self.document(id, part, &path, key, taken, cx)?;
            edits.push(FileEdit { path, before: None, after: Some(text) });
        }
        let others: Vec<(String, Rank)> =
            keys.into_iter().filter(|(id, _)| !ids.contains(id)).collect();
        let mut texts = Texts { edits: &mut edits };
        texts.change(self.item, |_| Ok(rest.clone()))?;
        for other in split::dependants(self.backlog, self.item) {
            let order = assign::order(&ITEM);
            texts.change(other, |document| {
                let added = edit::add_to_list(document, "depends_on", ids, &order);
                added.map_err(|problem| Failure::from(Refusal::from(problem)))
            })?;
        }
        for (id, key) in &others {
            let other = find_to_write(self.backlog, id)?;
            texts.change(other, |document| ranking::with_rank(document, key))?;
        }
        Ok(edits)
    }

    /// The keys that put the new items directly below the old one.
    fn keys(&self, ids: &[String]) -> Result<Vec<(String, Rank)>, Failure> {
        let mut order = ranking::order(self.backlog);
        order.extend(ids.iter().map(|id| (id.as_str(), None)));
        let moved: Vec<&str> = ids.iter().map(String::as_str).collect();
        rank::place(&order, &moved, Place::After(self.item.id()))
            .ok_or_else(|| Failure::usage(format!("{} is not in the order", self.item.id())))
    }

    /// A new item: the template of its type, with what it has from the old one.
    fn document(
        &self,
        id: &str,
        part: &Part,
        path: &str,
        key: Option<&str>,
        taken: &[Taken],
        cx: &Context,
    ) -> anyhow::Result<String> {
        let config = &self.backlog.config;
        let item_type = self.item_type();
        let head = Head {
            id,
            title: &part.title,
            item_type: Some(&item_type),
            status: Some(config.first_status()),
            created: cx.today,
            rank: key,
        };
        let refused = |problem| Failure::from(Refusal::from(problem));
        let template = template(&item_type, self.workspace)?;
        let document = templates::fill(&template, path, &ITEM, &head).map_err(refused)?;
        let document = split::inherit(document, self.item).map_err(refused)?;
        let document = templates::without_empty(document).map_err(refused)?;
        let (text, body) = (document.text(), document.body_span().start);
        let own = criteria::criteria(text, body, &config.criteria.sections);
        Ok(criteria::give(text, &own, taken).ok_or_else(|| {
            Failure::usage(format!("the template of {item_type} leaves no room for criteria"))
        })?)
    }

    /// The type of the parts: that of the item; those of an epic are of the first type there is.
    fn item_type(&self) -> String {
        let own = self.item.item_type();
        match own.is_empty() || split::is_epic(self.item) {
            true => self.backlog.config.types.0.keys().next().unwrap_or("story").to_owned(),
            false => own.into_owned(),
        }
    }

    /// What has to be done by hand now.
    fn tell(&self, ids: &[String], cx: &mut Context) -> anyhow::Result<()> {
        let id = self.item.id();
        let left: usize = self.item.criteria(&self.backlog.config).list.len()
            - self.parts.iter().map(|part| part.ordinals.len()).sum::<usize>();
        if left == 0 && !split::is_epic(self.item) {
            let hint = format!("git backlog set {id} status=rejected");
            cx.say(&format!("{id} has no criterion left; if nothing else is left of it: {hint}"))?;
        }
        let old = ["value", "effort"]
            .into_iter()
            .filter_map(|field| Some(format!("{field} {}", self.item.text(field)?)));
        let old: Vec<String> = old.collect();
        if !old.is_empty() && !split::is_epic(self.item) {
            cx.say(&format!("{id} still has {}, which was for the whole", old.join(" and ")))?;
        }
        let items = counted(ids.len(), "new item");
        let verb = if ids.len() == 1 { "has" } else { "have" };
        cx.say(&format!(
            "{items} {verb} no value and no effort yet: git backlog set {} value=N effort=N",
            ids[0]
        ))?;
        Ok(())
    }
}

/// Texts of documents that may be changed more than once.
struct Texts<'a> {
    edits: &'a mut Edits,
}

impl Texts<'_> {
    fn change(
        &mut self,
        entry: &Entry,
        change: impl FnOnce(&Document) -> Result<String, Failure>,
    ) -> Result<(), Failure> {
        let before = entry.document.text();
        let now = self.edits.at(entry.path()).and_then(|edit| edit.after.clone());
        let document = Document::parse(entry.path(), now.unwrap_or_else(|| before.to_owned()));
        let (path, before) = (entry.path().to_owned(), Some(before.to_owned()));
        self.edits.push(FileEdit { path, before, after: Some(change(&document)?) });
        Ok(())
    }
}
