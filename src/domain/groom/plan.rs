//! From the lines of a text to the files to write.
//!
//! A change is the difference between a line and the row that it was made from. It is made on the
//! item as it is now: what somebody else has changed meanwhile stays, and where both have changed
//! one field, a person has to choose.

use std::collections::{HashMap, HashSet};

use super::arrange::{self, Arranged, Place};
use super::{Change, Line, List, Row, Subject, Theirs, Wrong, editable};
use crate::domain::assign::{self, Assignment, Operation, Refusal};
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::document::Document;
use crate::domain::edit::{self, Value};
use crate::domain::entry::{self, Entry};
use crate::domain::id;
use crate::domain::kind::ITEM;
use crate::domain::merge;
use crate::domain::rank::{self, Rank, Ranked};
use crate::domain::source::{Edits, FileEdit};
use crate::domain::span::Span;
use crate::domain::template::{self, Head};

/// What a new line needs that is not in the backlog, in the order of the new lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// The id.
    pub id: String,
    /// The template of its type.
    pub template: String,
}

/// What is to be planned.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// The backlog as it is now.
    pub backlog: &'a Backlog,
    /// What the text was made from.
    pub list: &'a List,
    /// The lines of the text.
    pub lines: &'a [Line],
    /// One for each new line.
    pub fresh: &'a [Fresh],
    /// The day.
    pub today: Date,
}

/// What there is to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The files.
    pub edits: Edits,
    /// Ids of items that were moved here, and by somebody else meanwhile.
    pub moved_twice: Vec<String>,
}

/// Plans what a text wants; or says what cannot be done, from the top.
pub fn plan(plan: Plan<'_>) -> Result<Outcome, Vec<Wrong>> {
    let mut draft = Draft { plan, edits: Edits::default(), closed: HashSet::new() };
    draft.each(|draft, line| match line.subject {
        Subject::Row(row) => draft.change(&plan.list.rows[row], row, line),
        Subject::New { .. } => Ok(()),
    })?;
    let (keys, moved_twice) = draft.keys();
    let mut keys: HashMap<String, Rank> = keys.into_iter().collect();
    let mut fresh = plan.fresh.iter();
    draft.each(|draft, line| match &line.subject {
        Subject::New { item_type, title } => match fresh.next() {
            Some(fresh) => draft.make(item_type, title, line, fresh, keys.remove(&fresh.id)),
            None => Ok(()),
        },
        Subject::Row(_) => Ok(()),
    })?;
    draft.rank(&keys)?;
    Ok(Outcome { edits: draft.edits, moved_twice })
}

/// Files on their way to be written.
struct Draft<'a> {
    plan: Plan<'a>,
    edits: Edits,
    /// The ids of items that are open now and will not be.
    closed: HashSet<&'a str>,
}

impl<'a> Draft<'a> {
    /// Does something for each line, and gathers what is wrong.
    fn each(
        &mut self,
        mut work: impl FnMut(&mut Self, &Line) -> Result<(), Vec<Wrong>>,
    ) -> Result<(), Vec<Wrong>> {
        let mut wrongs = Vec::new();
        for line in self.plan.lines {
            wrongs.extend(work(self, line).err().into_iter().flatten());
        }
        if wrongs.is_empty() { Ok(()) } else { Err(wrongs) }
    }

    /// Changes the fields of an item.
    fn change(&mut self, row: &'a Row, at: usize, line: &Line) -> Result<(), Vec<Wrong>> {
        if line.changes.is_empty() {
            return Ok(());
        }
        let backlog = self.plan.backlog;
        let entry = writable(backlog, &row.id).map_err(|refusal| vec![wrong(line, refusal)])?;
        let mut wanted = Vec::new();
        let mut wrongs = Vec::new();
        for change in &line.changes {
            match self.wanted(entry, row, at, change) {
                Ok(assignment) => wanted.extend(assignment),
                Err(wrong) => wrongs.push(wrong),
            }
        }
        if !wrongs.is_empty() {
            return Err(wrongs);
        }
        let text = written(backlog, entry, &wanted, self.plan.today);
        let text = text.map_err(|refusal| vec![wrong(line, refusal)])?;
        let status = wanted.iter().find(|it| it.field == "status");
        if let Some(Operation::Set(status)) = status.map(|it| &it.operation)
            && !backlog.config.category(status).is_open()
        {
            self.closed.insert(&row.id);
        }
        self.edits.rewrite(&entry.document, text);
        Ok(())
    }

    /// What is to be assigned so that a change is made: nothing if somebody has made it already.
    fn wanted(
        &self,
        entry: &Entry,
        row: &Row,
        at: usize,
        change: &Change,
    ) -> Result<Option<Assignment>, Wrong> {
        let (field, to) = (&change.field, change.to.as_deref());
        let now = entry.text(field);
        if is_same(now.as_deref(), to) {
            return Ok(None);
        }
        let was = row.value(&self.plan.list.columns, field);
        if !is_same(now.as_deref(), was) {
            let shown = |value: Option<&str>| value.unwrap_or("nothing").to_owned();
            let (was, now) = (shown(was), shown(now.as_deref()));
            let message =
                format!("{}: {field} was {was}, and somebody made it {now} meanwhile", row.id);
            let value = entry.text(field).map(|text| text.into_owned());
            let mine = change.to.clone();
            let theirs = Theirs { row: at, field: field.clone(), value, mine };
            return Err(Wrong {
                theirs: Some(Box::new(theirs)),
                ..Wrong::new(change.span, message)
            });
        }
        let operation = to.map_or(Operation::Clear, |to| Operation::Set(to.to_owned()));
        let assignment = Assignment { field: field.clone(), operation };
        let one = std::slice::from_ref(&assignment);
        match assign::apply(self.plan.backlog, entry, one, self.plan.today) {
            Ok(_) => Ok(Some(assignment)),
            Err(refusal) => Err(refused(refusal, change.span)),
        }
    }

    /// Makes a new item.
    fn make(
        &mut self,
        item_type: &str,
        title: &str,
        line: &Line,
        fresh: &Fresh,
        key: Option<Rank>,
    ) -> Result<(), Vec<Wrong>> {
        let Plan { backlog, today, .. } = self.plan;
        let path = format!("{}/{}", ITEM.folder, id::file_name(&fresh.id, &id::slug(title)));
        let head = Head {
            id: &fresh.id,
            title,
            item_type: Some(item_type),
            status: Some(backlog.config.first_status()),
            created: today,
            rank: key.as_ref().map(Rank::as_str),
        };
        let refused = |refusal: Refusal| vec![wrong(line, refusal)];
        let document = template::fill(&fresh.template, &path, &ITEM, &head);
        let entry = Entry::new(document.map_err(|it| refused(it.into()))?, &ITEM, &backlog.config);
        let set = |change: &Change| {
            let operation = Operation::Set(change.to.clone()?);
            Some(Assignment { field: change.field.clone(), operation })
        };
        let assignments: Vec<Assignment> = line.changes.iter().filter_map(set).collect();
        let text = assign::apply(backlog, &entry, &assignments, today).map_err(refused)?;
        let document = template::without_empty(Document::parse(path.as_str(), text));
        let after = Some(document.map_err(|it| refused(it.into()))?.text().to_owned());
        self.edits.push(FileEdit { path, before: None, after });
        Ok(())
    }

    /// The keys that put the items in the order of their lines; and the ids of those that others
    /// have moved, too.
    fn keys(&self) -> (Vec<(String, Rank)>, Vec<String>) {
        let Plan { backlog, list, .. } = self.plan;
        let open: Vec<&Entry> =
            editable(backlog).into_iter().filter(|it| !self.closed.contains(it.id())).collect();
        let rows: HashMap<&str, usize> =
            list.rows.iter().enumerate().map(|(at, row)| (row.id.as_str(), at)).collect();
        let row = |item: &&'a Entry| (item.id(), rows.get(item.id()).copied());
        let order: Vec<(&str, Option<usize>)> = open.iter().map(row).collect();
        let arranged = arrange::arranged(&order, &self.places());
        let new: Vec<&str> = self.plan.fresh.iter().map(|fresh| fresh.id.as_str()).collect();
        let now: HashMap<&str, &str> = open
            .iter()
            .map(|item| (item.id(), item.rank().map(Rank::as_str).unwrap_or_default()))
            .collect();
        let is_moved_twice =
            |row: &&Row| now.get(row.id.as_str()).is_some_and(|now| *now != row.rank);
        let moved = arranged.moved.iter().map(|&row| &list.rows[row]).filter(is_moved_twice);
        let moved = moved.map(|row| row.id.clone()).collect();
        (keys(&open, &rows, &arranged, &new), moved)
    }

    fn places(&self) -> Vec<Place<'a>> {
        let mut fresh = self.plan.fresh.iter();
        let place = |line: &Line| match line.subject {
            Subject::Row(row) => Some(Place::Row(row)),
            Subject::New { .. } => fresh.next().map(|fresh| Place::New(&fresh.id)),
        };
        self.plan.lines.iter().filter_map(place).collect()
    }

    /// Writes the keys of places.
    fn rank(&mut self, keys: &HashMap<String, Rank>) -> Result<(), Vec<Wrong>> {
        for item in self.plan.backlog.open_items() {
            let Some(key) = keys.get(item.id()) else { continue };
            let before = item.document.text();
            let now = self.edits.at(item.path()).and_then(|edit| edit.after.clone());
            let document = Document::parse(item.path(), now.unwrap_or_else(|| before.to_owned()));
            let value = Value::Literal(key.as_str().to_owned());
            let text = edit::set(&document, "rank", &value, &assign::order(&ITEM));
            let text = text.map_err(|it| vec![refused(it.into(), self.span_of(item.id()))])?;
            self.edits.rewrite(&item.document, text);
        }
        Ok(())
    }

    /// Where an item stands in the text.
    fn span_of(&self, id: &str) -> Span {
        let is_of = |line: &&Line| match line.subject {
            Subject::Row(row) => self.plan.list.rows[row].id == id,
            Subject::New { .. } => false,
        };
        self.plan.lines.iter().find(is_of).map(|line| line.span).unwrap_or_default()
    }
}

/// The keys to write for an order: none for what keeps its place.
fn keys(
    open: &[&Entry],
    rows: &HashMap<&str, usize>,
    arranged: &Arranged<'_>,
    new: &[&str],
) -> Vec<(String, Rank)> {
    if arranged.moved.is_empty() && new.is_empty() {
        return Vec::new();
    }
    let mut order: Vec<Ranked<'_>> = open.iter().map(|item| (item.id(), item.rank())).collect();
    order.extend(new.iter().map(|id| (*id, None)));
    let new: HashSet<&str> = new.iter().copied().collect();
    let is_fixed = |id: &str| !rows.contains_key(id) && !new.contains(id);
    let mut keys = rank::arrange_around(&order, &arranged.wanted, is_fixed);
    let keyed: HashSet<&str> = keys.iter().map(|(id, _)| id.as_str()).collect();
    // At the end, an order needs no keys; a new item has one all the same.
    let last: Vec<&str> = arranged
        .wanted
        .iter()
        .copied()
        .filter(|id| new.contains(id) && !keyed.contains(id))
        .collect();
    if !last.is_empty() {
        let written: HashMap<&str, &Rank> =
            keys.iter().map(|(id, key)| (id.as_str(), key)).collect();
        let old: HashMap<&str, Option<&Rank>> = order.iter().copied().collect();
        let key = |id: &&str| written.get(id).copied().or_else(|| old.get(id).copied().flatten());
        let order: Vec<Ranked<'_>> = arranged.wanted.iter().map(|id| (*id, key(id))).collect();
        let more = rank::place(&order, &last, rank::Place::Bottom).unwrap_or_default();
        keys.extend(more);
    }
    keys
}

/// The item with an id, if it can be written to.
fn writable<'a>(backlog: &'a Backlog, id: &str) -> Result<&'a Entry, Refusal> {
    let mut entries = backlog.with_id(id);
    match (entries.next(), entries.next()) {
        (None, _) => Err(Refusal::new(format!("{id} is gone: somebody has removed it meanwhile"))
            .hint("delete the line")),
        (Some(_), Some(_)) => Err(Refusal::new(format!("{id} is the id of several documents"))
            .hint("give one of them another id first: git backlog doctor --fix")),
        (Some(entry), None) if !entry.is_readable() => Err(assign::unreadable(entry)),
        (Some(entry), None) => Ok(entry),
    }
}

/// The text of an item with all these values. Who sets a field that is in conflict has decided it.
fn written(
    backlog: &Backlog,
    entry: &Entry,
    assignments: &[Assignment],
    today: Date,
) -> Result<String, Refusal> {
    let text = assign::apply(backlog, entry, assignments, today)?;
    assignments.iter().try_fold(text, |text, assignment| {
        let document = Document::parse(entry.path(), text);
        merge::settled(&document, &assignment.field).map_err(Refusal::from)
    })
}

/// Whether two values say the same; numbers can be spelled in several ways.
pub(super) fn is_same(one: Option<&str>, other: Option<&str>) -> bool {
    let numbers = || Some(entry::number(one?)? == entry::number(other?)?);
    one == other || numbers().unwrap_or(false)
}

fn wrong(line: &Line, refusal: Refusal) -> Wrong {
    refused(refusal, line.span)
}

fn refused(refusal: Refusal, span: Span) -> Wrong {
    Wrong { hint: refusal.hint, ..Wrong::new(span, refusal.message) }
}
