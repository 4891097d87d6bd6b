//! What differs between two states of the backlog.

use serde_json::{Value, json};

use super::change;
pub use super::change::Titles;
use super::room::Room;
use crate::domain::config::Config;
use crate::domain::diff::reason::Reasons;
use crate::domain::diff::risk::Risk;
use crate::domain::diff::{Change, Diff, DocumentChange, Move, json, summary};
use crate::domain::entry::Entry;
use crate::domain::message::counted;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// The difference of two states.
#[derive(Clone, Copy)]
pub struct DiffView<'a> {
    /// What differs.
    pub diff: &'a Diff,
    /// What a reviewer should not overlook.
    pub risks: &'a [Risk],
    /// The titles of the documents that changes name.
    pub titles: &'a Titles,
    /// Why items moved.
    pub reasons: &'a Reasons,
    /// What the states are called.
    pub states: (&'a str, &'a str),
    /// What there is to say of the comparison itself, such as a choice of merge bases.
    pub note: Option<&'a str>,
}

impl View for DiffView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut blocks = vec![Block::text(self.heading())];
        blocks.extend(self.parts(Room::SCREEN));
        blocks
    }

    fn page(&self) -> Vec<Block<'_>> {
        let mut blocks = vec![Block::text(self.heading())];
        blocks.extend(self.parts(Room::PAGE));
        blocks
    }

    fn json(&self) -> Value {
        let counts = summary::counts(self.diff).into_iter();
        let counts = counts.map(|(word, n)| (word.replace([' ', '-'], "_"), json!(n)));
        json!({
            "from": self.states.0,
            "to": self.states.1,
            "note": self.note,
            "summary": counts.collect::<serde_json::Map<_, _>>(),
            "open_before": self.diff.n_open.map(|it| it.0),
            "open_after": self.diff.n_open.map(|it| it.1),
            "risks": self.risks.iter().map(risk_object).collect::<Vec<_>>(),
            "documents": self.diff.documents.iter().map(|it| self.object(it)).collect::<Vec<_>>(),
            "files": self.diff.files.iter().map(|it| json!({
                "path": it.path,
                "change": it.word(),
            })).collect::<Vec<_>>(),
        })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("documents")
    }

    fn formats(&self) -> &'static [Format] {
        Format::PAGES
    }
}

impl<'a> DiffView<'a> {
    /// `main → reprioritise: 3 moved, 1 re-estimated`
    fn heading(&self) -> Line<'a> {
        let states = format!("{} → {}: ", self.states.0, self.states.1);
        Line::from(Cell::dim(states)).then(Cell::strong(summary::line(self.diff)))
    }

    /// Everything below the heading, the most important first.
    pub(super) fn parts(&self, room: Room) -> Vec<Block<'a>> {
        let mut blocks = Vec::new();
        blocks.extend(self.note.map(|note| Block::text(Cell::dim(note))));
        blocks.extend(self.risks(room));
        blocks.extend(self.moves(room));
        blocks.extend(self.rest(room));
        blocks
    }

    /// What is neither a risk nor a move.
    pub(super) fn rest(&self, room: Room) -> Vec<Block<'a>> {
        let mut blocks = self.whole("Added", |it| matches!(it, Change::Added), room);
        blocks.extend(self.whole("Removed", |it| matches!(it, Change::Removed), room));
        blocks.extend(self.changed(room));
        blocks.extend(self.quiet("another key, and the same place", is_rekeyed));
        let is_layout = |it: &DocumentChange| it.changes.contains(&Change::Layout);
        blocks.extend(self.quiet("another layout, and the same to say", is_layout));
        blocks.extend(self.files(room));
        blocks
    }

    /// The risks.
    pub(super) fn risks(&self, room: Room) -> Vec<Block<'a>> {
        let line = |risk: &Risk| {
            let line = self.named(Line::default(), &risk.id).then(": ");
            line.then(Cell::new(risk.what.sentence(), Tone::Warn))
        };
        room.section("To look at", self.risks.iter().map(line).collect())
    }

    /// The moves as a table, in the new order.
    pub(super) fn moves(&self, room: Room) -> Vec<Block<'a>> {
        let moves: Vec<(&'a DocumentChange, &'a Move)> = self
            .diff
            .documents
            .iter()
            .filter_map(|it| {
                let moved = it.changes.iter().find_map(|change| match change {
                    Change::Moved(moved) => Some(moved),
                    _ => None,
                });
                Some((it, moved?))
            })
            .collect();
        if moves.is_empty() {
            return Vec::new();
        }
        let has_reasons = moves.iter().any(|(it, _)| self.reasons.contains_key(&it.id));
        let mut columns = vec![
            Column::whole("was").right(),
            Column::whole("is").right(),
            Column::whole("id"),
            Column::shrink("title"),
            Column::shrink("where"),
        ];
        columns.extend(has_reasons.then(|| Column::shrink("why")));
        let mut table = Table::new(columns).wrapped();
        for (document, moved) in moves.iter().take(room.most) {
            let reason = self.reasons.get(&document.id).map(|it| it.text.clone());
            table.push([
                moved.from.to_string().into(),
                Cell::strong(moved.to.to_string()),
                Cell::id(&*document.id),
                self.title(document).into(),
                change::landing(moved, self.titles).text().into_owned().into(),
                reason.unwrap_or_default().into(),
            ]);
        }
        let mut blocks = vec![Block::Blank, Block::heading(2, "Moved"), Block::Table(table)];
        if let Some(more) = room.n_more(moves.len()) {
            blocks.push(Block::text(Cell::dim(format!("and {more} more moved"))));
        }
        blocks
    }

    /// Documents that came or went.
    fn whole(
        &self,
        heading: &'static str,
        is_wanted: fn(&Change) -> bool,
        room: Room,
    ) -> Vec<Block<'a>> {
        let wanted = |it: &&DocumentChange| it.changes.iter().any(is_wanted);
        let line = |it: &'a DocumentChange| {
            let entry = it.after.as_ref().or(it.before.as_ref());
            let title = change::titled(&it.id, self.title(it));
            let line =
                title.then(Cell::dim(entry.map(|entry| facts(it, entry)).unwrap_or_default()));
            let unreadable = it.changes.iter().find_map(|change| match change {
                Change::Unreadable { reason, .. } => Some(format!(" cannot be read: {reason}")),
                _ => None,
            });
            line.then(Cell::new(unreadable.unwrap_or_default(), Tone::Bad))
        };
        let documents = || self.diff.documents.iter().filter(wanted);
        let mut blocks = room.section(heading, documents().map(line).collect());
        // What is new has to be read once; on a terminal `show` does that.
        let bodies = documents().filter_map(|it| it.after.as_ref()).take(room.most);
        for entry in bodies.filter(|_| room.is_page && room.n_lines > 0) {
            let body = entry.document.body().trim();
            if body.is_empty() {
                continue;
            }
            // As code: a heading of a document must not pass for one of the page.
            let lines = body.lines().map(Line::from).collect();
            blocks.extend(room.text(format!("the text of {}", entry.id()), "markdown", lines));
        }
        blocks
    }

    /// Documents that are in both states, each with its changes beside the move.
    fn changed(&self, room: Room) -> Vec<Block<'a>> {
        let changed: Vec<(&'a DocumentChange, Vec<&'a Change>)> = self
            .diff
            .documents
            .iter()
            .map(|it| (it, told(it)))
            .filter(|(_, told)| !told.is_empty())
            .collect();
        if changed.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![Block::Blank, Block::heading(2, "Changed")];
        for (document, told) in changed.iter().take(room.most) {
            let title = change::titled(&document.id, self.title(document));
            let lines = told.iter().map(|it| change::line(it, self.titles, room.marks()));
            blocks.push(Block::Blank);
            blocks.push(Block::heading(3, title));
            blocks.push(room.list(lines.collect()));
            blocks.extend(text(document, room));
        }
        if let Some(more) = room.n_more(changed.len()) {
            blocks.push(Block::text(Cell::dim(format!("and {more} more changed"))));
        }
        blocks
    }

    /// Documents of which there is little to say, in one line.
    fn quiet(&self, what: &str, is_meant: fn(&DocumentChange) -> bool) -> Vec<Block<'a>> {
        let meant = self.diff.documents.iter().filter(|it| is_meant(it));
        let ids: Vec<&str> = meant.map(|it| &*it.id).collect();
        if ids.is_empty() {
            return Vec::new();
        }
        let verb = if ids.len() == 1 { "has" } else { "have" };
        let line = format!("{} {verb} {what}: {}", counted(ids.len(), "document"), first(&ids));
        vec![Block::Blank, Block::text(Cell::dim(line))]
    }

    fn files(&self, room: Room) -> Vec<Block<'a>> {
        let line = |it: &crate::domain::diff::OtherFile| {
            let word = it.word();
            Line::from(it.path.clone()).then(Cell::dim(format!(" {word}")))
        };
        room.section("Other files", self.diff.files.iter().map(line).collect())
    }

    /// A line that goes on with an id and its title.
    fn named(&self, line: Line<'a>, id: &str) -> Line<'a> {
        let line = line.then(Cell::id(id.to_owned()));
        match self.titles.get(id).filter(|title| !title.is_empty()) {
            Some(title) => line.then(" ").then(&**title),
            None => line,
        }
    }

    fn object(&self, document: &DocumentChange) -> Value {
        let path = |entry: &Option<Entry>| entry.as_ref().map(|it| it.path().to_owned());
        let reason = self.reasons.get(&document.id);
        json!({
            "id": document.id,
            "kind": document.kind.name,
            "title": self.title(document),
            "path": path(&document.after).or_else(|| path(&document.before)),
            "position_before": document.positions.0,
            "position_after": document.positions.1,
            "reason": reason.map(|it| json!({ "text": it.text, "author": it.author })),
            "changes": document.changes.iter().map(json::of).collect::<Vec<_>>(),
        })
    }

    fn title(&self, document: &'a DocumentChange) -> &'a str {
        let known = document.title.as_deref();
        known.or_else(|| self.titles.get(&document.id).map(|it| &**it)).unwrap_or_default()
    }
}

/// Whether nothing but the key of an item changed.
fn is_rekeyed(document: &DocumentChange) -> bool {
    let is_key = |it: &Change| matches!(it, Change::Set(set) if set.field == "rank");
    document.kind.is_ranked() && document.changes.iter().all(is_key)
}

/// The changes of a document that its own section tells; the others stand elsewhere.
fn told(document: &DocumentChange) -> Vec<&Change> {
    let is_whole = |it: &Change| matches!(it, Change::Added | Change::Removed);
    if document.changes.iter().any(is_whole) {
        return Vec::new();
    }
    let is_told = |it: &&Change| match it {
        Change::Moved(_) | Change::Layout => false,
        // A key says nothing beside the place that it gives.
        Change::Set(set) => !(document.kind.is_ranked() && set.field == "rank"),
        _ => true,
    };
    document.changes.iter().filter(is_told).collect()
}

/// The changed text of a document.
fn text(document: &DocumentChange, room: Room) -> Vec<Block<'_>> {
    let has_text = document.changes.iter().any(|it| matches!(it, Change::Text { .. }));
    let (Some(before), Some(after)) = (&document.before, &document.after) else {
        return Vec::new();
    };
    if !has_text || room.n_lines == 0 {
        return Vec::new();
    }
    room.text("the text".to_owned(), "diff", change::patch(&before.document, &after.document))
}

/// The first of many ids.
fn first(ids: &[&str]) -> String {
    const FIRST: usize = 10;
    match ids.len() {
        0..=FIRST => ids.join(", "),
        n => format!("{} and {} more", ids[..FIRST].join(", "), n - FIRST),
    }
}

/// ` (story at 4, effort 3, 2 criteria)`
fn facts(document: &DocumentChange, entry: &Entry) -> String {
    // The usual headings: a count that is off by a project's own word does no harm here.
    let (_, n_criteria) = entry.met(&Config::default());
    let mut facts = Vec::new();
    let place = document.positions.1.or(document.positions.0);
    let noun = match entry.item_type() {
        noun if !noun.is_empty() && entry.kind.is_ranked() => noun.into_owned(),
        _ => entry.kind.name.to_owned(),
    };
    facts.push(match place {
        Some(place) => format!("{noun} at {place}"),
        None => noun,
    });
    facts.extend(entry.text("effort").map(|effort| format!("effort {effort}")));
    facts.extend(entry.text("value").map(|value| format!("value {value}")));
    facts.extend(Some(n_criteria).filter(|n| *n > 0).map(|n| match n {
        1 => "1 criterion".to_owned(),
        n => format!("{n} criteria"),
    }));
    format!(" ({})", facts.join(", "))
}

fn risk_object(risk: &Risk) -> Value {
    json!({ "id": risk.id, "risk": risk.what.word(), "message": risk.what.sentence() })
}
