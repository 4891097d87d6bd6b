//! The things that a session does, each as one step.

use super::{MARKER, Session};
use crate::domain::assign::{self, Assignment, Operation, Refusal};
use crate::domain::criteria::{self, Criteria};
use crate::domain::document::Document;
use crate::domain::edit::{self, Value};
use crate::domain::entry::Entry;
use crate::domain::id;
use crate::domain::kind::ITEM;
use crate::domain::merge;
use crate::domain::rank::{self, Place, Rank, Ranked};
use crate::domain::source::{Edits, FileEdit};
use crate::domain::template::{self, Head};

/// A change of one acceptance criterion, by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CriterionEdit {
    /// Ticks it, or takes the tick away.
    Tick(usize),
    /// Gives it other words.
    Reword(usize, String),
    /// Adds one after another, or after the last.
    Add(String, Option<usize>),
    /// Removes it.
    Remove(usize),
}

/// An item to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// A type of the settings.
    pub item_type: String,
    /// The title, in one line.
    pub title: String,
    /// Where it goes.
    pub beside: Option<Beside>,
}

/// A place beside an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Directly above this one.
    Above(String),
    /// Directly below this one.
    Below(String),
}

impl Session {
    /// Moves open items to a place, where they stand side by side in the order in which they stand
    /// now.
    pub fn place(&mut self, ids: &[&str], place: Place<'_>) -> Result<String, Refusal> {
        let mut moved = Vec::with_capacity(ids.len());
        for id in ids {
            let entry = self.open_item(id)?;
            moved.push((self.backlog.position(entry), entry.id()));
        }
        moved.sort_unstable();
        let moved: Vec<&str> = moved.into_iter().map(|(_, id)| id).collect();
        let order = self.order();
        let keys = rank::place(&order, &moved, place)
            .ok_or_else(|| Refusal::new("an item cannot be placed next to itself"))?;
        let edits = self.keyed(&keys)?;
        let what = several(&moved);
        let words = match place {
            Place::Top => format!("{what} to the top"),
            Place::Bottom => format!("{what} to the bottom"),
            Place::Before(id) => format!("{what} above {id}"),
            Place::After(id) => format!("{what} below {id}"),
            Place::Position(position) => format!("{what} to position {position}"),
        };
        self.apply(words, edits)
    }

    /// Sets fields of documents, as `set` does.
    pub fn assign(&mut self, ids: &[&str], assignments: &[Assignment]) -> Result<String, Refusal> {
        let mut edits = Edits::default();
        for id in ids {
            let entry = self.target(id)?;
            let mut text = assign::apply(&self.backlog, entry, assignments, self.today)?;
            for assignment in assignments {
                // Whoever sets a field that is in conflict has decided it.
                let document = Document::parse(entry.path(), text);
                text = merge::settled(&document, &assignment.field)?;
            }
            edits.rewrite(&entry.document, text);
        }
        let was = match ids {
            [id] => self.target(id).ok(),
            _ => None,
        };
        let told: Vec<String> = assignments.iter().map(|it| told(it, was)).collect();
        self.apply(format!("{} {}", several(ids), told.join(", ")), edits)
    }

    /// Changes an acceptance criterion of an item.
    pub fn criterion(&mut self, id: &str, change: &CriterionEdit) -> Result<String, Refusal> {
        let entry = self.target(id)?;
        let text = entry.document.text();
        let found = entry.criteria(&self.backlog.config);
        let (changed, what) = changed(text, &found, change);
        let changed = changed.ok_or_else(|| {
            Refusal::new("that would change more than this criterion")
                .hint("open the item in the editor")
        })?;
        let mut edits = Edits::default();
        edits.rewrite(&entry.document, changed);
        self.apply(format!("{id} {what}"), edits)
    }

    /// Writes an item down, from a template and under an id that nobody has.
    pub fn add(&mut self, draft: &Draft, id: &str, template: &str) -> Result<String, Refusal> {
        let title = assign::title(&draft.title)?;
        if self.backlog.names(id) {
            return Err(Refusal::new(format!("{id} is taken")));
        }
        let mut order = self.order();
        order.push((id, None));
        let place = match &draft.beside {
            None => Place::Bottom,
            Some(Beside::Above(other)) => Place::Before(other),
            Some(Beside::Below(other)) => Place::After(other),
        };
        let keys = rank::place(&order, &[id], place)
            .ok_or_else(|| Refusal::new("there is no open item beside which it could go"))?;
        let (own, others): (Vec<_>, Vec<_>) = keys.into_iter().partition(|(it, _)| it == id);
        let head = Head {
            id,
            title,
            item_type: Some(&draft.item_type),
            status: Some(self.backlog.config.first_status()),
            created: self.today,
            rank: own.first().map(|(_, key)| key.as_str()),
        };
        let path = format!("{}/{}", ITEM.folder, id::file_name(id, &id::slug(title)));
        let document = template::fill(template, &path, &ITEM, &head)?;
        let document = template::without_empty(document)?;
        let mut edits = Edits::default();
        let after = Some(document.text().to_owned());
        edits.push(FileEdit { path, before: None, after });
        self.keyed(&others)?.files().iter().for_each(|edit| edits.push(edit.clone()));
        self.apply(format!("new {} {id} \"{title}\"", draft.item_type), edits)
    }

    /// Takes over the text of a document from an editor, in which it began as `before`. What has
    /// changed meanwhile is merged with it; where somebody has to decide, the document says so.
    pub fn rewrite(&mut self, id: &str, before: &str, after: &str) -> Result<String, Refusal> {
        let entry = self.target(id)?;
        let headings = &self.backlog.config.criteria.sections;
        let merged = merge::documents(before, after, entry.document.text(), headings, MARKER);
        let words = match merged.is_clean() {
            true => format!("{id} edited"),
            false => format!("{id} edited, and in conflict with what has changed meanwhile"),
        };
        let mut edits = Edits::default();
        edits.rewrite(&entry.document, merged.text);
        self.apply(words, edits)
    }

    /// The one document with an id, if it may be written to.
    pub fn target(&self, id: &str) -> Result<&Entry, Refusal> {
        let mut entries = self.backlog.with_id(id);
        let entry = entries.next().ok_or_else(|| Refusal::new(format!("{id} is gone")))?;
        if let Some(twin) = entries.next() {
            let message =
                format!("{id} is the id of two documents: {}, {}", entry.path(), twin.path());
            return Err(Refusal::new(message).hint("give one of them another id first"));
        }
        match entry.is_readable() {
            true => Ok(entry),
            false => Err(assign::unreadable(entry)),
        }
    }

    fn open_item(&self, id: &str) -> Result<&Entry, Refusal> {
        let entry = self.target(id)?;
        if entry.kind.is_ranked() && self.backlog.category(entry).is_open() {
            return Ok(entry);
        }
        let message = format!("{id} is {}, and only open items are ranked", entry.status());
        Err(Refusal::new(message).hint("give it an open status first"))
    }

    /// The open items with their keys, in their order.
    fn order(&self) -> Vec<Ranked<'_>> {
        self.backlog.open_items().map(|item| (item.id(), item.rank())).collect()
    }

    /// New keys as edits of the items that get them.
    fn keyed(&self, keys: &[(String, Rank)]) -> Result<Edits, Refusal> {
        let mut edits = Edits::default();
        for (id, key) in keys {
            let document = &self.target(id)?.document;
            let value = Value::Literal(key.as_str().to_owned());
            edits.rewrite(document, edit::set(document, "rank", &value, &assign::order(&ITEM))?);
        }
        Ok(edits)
    }
}

fn changed(text: &str, found: &Criteria, change: &CriterionEdit) -> (Option<String>, String) {
    match change {
        CriterionEdit::Tick(ordinal) => {
            let is_met = criteria::find(found, &ordinal.to_string())
                .is_some_and(|criterion| criterion.checked == Some(true));
            let what = if is_met { "not met" } else { "met" };
            let changed = criteria::check(text, found, *ordinal, !is_met);
            (changed, format!("criterion {ordinal} {what}"))
        }
        CriterionEdit::Reword(ordinal, words) => (
            criteria::reword(text, found, *ordinal, words),
            format!("criterion {ordinal} reworded"),
        ),
        CriterionEdit::Add(words, after) => {
            (criteria::add(text, found, words, *after), "one more criterion".to_owned())
        }
        CriterionEdit::Remove(ordinal) => {
            (criteria::remove(text, found, *ordinal), format!("criterion {ordinal} removed"))
        }
    }
}

/// One id, or how many.
fn several(ids: &[&str]) -> String {
    match ids {
        [id] => (*id).to_owned(),
        ids => format!("{} items", ids.len()),
    }
}

/// `value 5 → 8`
fn told(assignment: &Assignment, was: Option<&Entry>) -> String {
    let field = &assignment.field;
    let old = was.and_then(|entry| entry.text(field)).map(|old| format!("{old} → "));
    let old = old.unwrap_or_default();
    match &assignment.operation {
        Operation::Set(new) => format!("{field} {old}{new}"),
        Operation::Clear => format!("{field} {old}none"),
        Operation::Add(elements) => format!("{field} + {}", elements.join(", ")),
        Operation::Remove(elements) => format!("{field} − {}", elements.join(", ")),
    }
}
