//! What somebody did who asked, answered, measured, accepted, sent back, or began or closed a sprint: acts that have a name of
//! their own, and are told by it instead of by the bytes that they changed.

use crate::domain::acceptance;
use crate::domain::diff::{Change, DocumentChange};
use crate::domain::document::Document;
use crate::domain::kind::{Category, METRIC, RELEASE, SPRINT};
use crate::domain::note::Note;
use crate::domain::policy::ACCEPTED;
use crate::domain::question;
use crate::domain::reading::{Reading, Readings};
use crate::domain::sprint::{self, ACTIONS, CHANGES, SHOWCASE, WENT_WELL};

/// The acts in a change of a document.
#[derive(Debug, Default)]
pub(super) struct Acts {
    /// What was done, and to what: `("ask", "Which rate?")`.
    pub told: Vec<(&'static str, String)>,
    /// The fields whose change they tell.
    pub fields: Vec<&'static str>,
    /// Whether they tell all that changed in the text.
    pub tell_text: bool,
    /// Who has accepted the work now.
    pub accepted_by: Option<String>,
}

/// Finds the acts.
pub(super) fn acts(change: &DocumentChange) -> Acts {
    let mut acts = Acts::default();
    let (Some(before), Some(after)) = (&change.before, &change.after) else { return acts };
    let (before, after) = (&before.document, &after.document);
    // Lines that are gone are somebody's own edit.
    let adds_only =
        change.changes.iter().all(|it| !matches!(it, Change::Text { removed: 1.., .. }));
    if std::ptr::eq(change.kind, &METRIC) {
        acts.measured(before, after);
        return acts;
    }
    if std::ptr::eq(change.kind, &SPRINT) {
        acts.ran(change, before, after);
        acts.tell_text &= has_all_lines(before.body(), after.body());
        return acts;
    }
    if std::ptr::eq(change.kind, &RELEASE) {
        acts.shipped(before, after);
        return acts;
    }
    acts.asked(change, before, after);
    acts.judged(before, after);
    acts.tell_text &= adds_only;
    acts
}

/// Whether all lines of a text are in another one too, in their order: nothing of it is gone.
fn has_all_lines(before: &str, after: &str) -> bool {
    let mut after = after.lines();
    let mut said = before.lines().filter(|line| !line.trim().is_empty());
    said.all(|line| after.any(|it| it == line))
}

impl Acts {
    fn push(&mut self, verb: &'static str, what: impl Into<String>) {
        self.told.push((verb, what.into()));
    }

    /// Questions that came, and those that were answered. One that is gone without an answer is told
    /// as any other change of a field.
    fn asked(&mut self, change: &DocumentChange, before: &Document, after: &Document) {
        let set = change.changes.iter().find_map(|it| match it {
            Change::Set(set) if set.field == question::FIELD => Some(set),
            _ => None,
        });
        let (old, new) = match set {
            Some(set) => (question::texts(set.from.as_ref()), question::texts(set.to.as_ref())),
            None => Default::default(),
        };
        let known = question::answered_in(before);
        let mut answered = question::answered_in(after);
        answered.retain(|it| !known.contains(it));
        let is_gone = |text: &&String| !new.contains(text);
        let has_answer = |text: &String| {
            let note = Note::parse(text);
            answered.iter().any(|it| it.note == note)
        };
        if !old.iter().filter(is_gone).all(has_answer) {
            return;
        }
        for text in new.iter().filter(|text| !old.contains(text)) {
            self.push("ask", Note::parse(text).text);
        }
        for question in &answered {
            self.push("answer", question.note.text.clone());
        }
        self.fields.push(question::FIELD);
        self.tell_text |= !answered.is_empty();
    }

    /// Readings that came or changed, unless others are gone.
    fn measured(&mut self, before: &Document, after: &Document) {
        let (old, new) = (Readings::of(before), Readings::of(after));
        let (old, new) = (old.sorted(), new.sorted());
        let on = |all: &[&Reading], day| all.binary_search_by_key(&day, |it| it.date);
        if !old.iter().all(|it| on(&new, it.date).is_ok()) {
            return;
        }
        let is_new = |it: &&&Reading| on(&old, it.date).map_or(true, |at| old[at] != **it);
        let came: Vec<&&Reading> = new.iter().filter(is_new).collect();
        match &came[..] {
            [] => return,
            [one] => self.push("measure", format!("{} on {}", one.written, one.date)),
            [first, .., last] => {
                let what = format!("{} readings from {} to {}", came.len(), first.date, last.date);
                self.push("measure", what);
            }
        }
        self.tell_text = true;
    }

    /// A sprint that began or was closed, and what was said about it.
    fn ran(&mut self, change: &DocumentChange, before: &Document, after: &Document) {
        let verb = match change.categories {
            (Some(Category::Todo), Some(Category::Doing)) => Some("start"),
            (Some(Category::Doing), Some(Category::Done)) => Some("close"),
            _ => None,
        };
        if let Some(verb) = verb {
            self.push(verb, "");
            self.fields.push("status");
            self.tell_text |= verb == "close";
        }
        for group in [SHOWCASE, WENT_WELL, CHANGES, ACTIONS] {
            let known = sprint::notes(before, group);
            let new: Vec<Note> = sprint::notes(after, group)
                .into_iter()
                .filter(|note| !known.contains(note))
                .collect();
            self.tell_text |= !new.is_empty();
            for note in new {
                self.push("note", format!("{}: {}", group.name().to_lowercase(), note.text));
            }
        }
    }

    /// A release that has shipped: under which tag, and when.
    fn shipped(&mut self, before: &Document, after: &Document) {
        let is_shipped = |document: &Document| {
            document.text_of("status").is_some_and(|status| status == "shipped")
        };
        if is_shipped(before) || !is_shipped(after) {
            return;
        }
        let tag = after.text_of("tag").filter(|tag| !tag.is_empty());
        let day = after.text_of("shipped").filter(|day| !day.is_empty());
        let tag = tag.map(|tag| format!("as {tag}"));
        let day = day.map(|day| format!("on {day}"));
        let what: Vec<String> = tag.into_iter().chain(day).collect();
        self.push("ship", what.join(" "));
        self.fields.extend(["status", "shipped", "tag"]);
    }

    /// Work that was accepted or sent back.
    fn judged(&mut self, before: &Document, after: &Document) {
        let (old, new) = (acceptance::of(before), acceptance::of(after));
        if let Some(new) = new.filter(|_| old.is_none()) {
            self.push("accept", format!("by {}", new.by));
            self.fields.push(ACCEPTED);
            self.accepted_by = Some(new.by).filter(|by| !by.is_empty());
            let n_exceptions = acceptance::exceptions(after).len();
            self.tell_text |= n_exceptions > acceptance::exceptions(before).len();
        }
        let reasons = acceptance::rejections(after);
        if reasons.len() > acceptance::rejections(before).len()
            && let Some(last) = reasons.into_iter().next_back()
        {
            self.push("reject", last);
            self.tell_text = true;
        }
    }
}
