//! Who said what last: for each field and each criterion of a document, the commit that set it to
//! what it is.

use serde_json::Value;

use super::config::Config;
use super::diff::{Act, Change, CriterionChange};
use super::entry::Entry;
use super::log::{LogDocument, LogEntry};

/// The parts of a document with the commits that set them.
#[derive(Debug)]
pub struct Blame {
    /// Fields in the order of the file, criteria in theirs, the text last.
    pub lines: Vec<Blamed>,
}

/// One part of a document.
#[derive(Debug)]
pub struct Blamed {
    /// Which part.
    pub part: Part,
    /// What it says.
    pub value: String,
    /// The place of the entry among those that were looked at; `None`: nobody knows.
    pub entry: Option<usize>,
    /// The same for the tick of a criterion that is met; `None` if it is not.
    pub ticked: Option<usize>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A field.
    Field(String),
    /// A criterion, by its number.
    Criterion {
        /// From 1.
        ordinal: usize,
        /// Its lasting id.
        id: Option<String>,
        /// Whether it is met.
        is_met: bool,
    },
    /// The text beside the criteria.
    Text,
}

/// Finds the commits in `entries`, which are about this document alone and begin with the newest.
///
/// A commit counts if it set a part to what it says today: what a branch said in the meantime, and
/// a merge did not take, is passed over.
pub fn blame(document: &Entry, config: &Config, entries: &[LogEntry]) -> Blame {
    let mut lines = parts(document, config);
    for (place, entry) in entries.iter().enumerate() {
        for change in entry.documents.iter().flat_map(|LogDocument { changes, .. }| changes) {
            for line in &mut lines {
                line.set_by(change, document, place);
            }
        }
    }
    Blame { lines }
}

fn parts(document: &Entry, config: &Config) -> Vec<Blamed> {
    let new = |part, value| Blamed { part, value, entry: None, ticked: None };
    let text = document.document.text();
    let field = |key: String| {
        let value = document.document.get(&key).map(|node| node.to_json(text));
        let shown = super::diff::shown(value.as_ref());
        new(Part::Field(key), shown)
    };
    let pairs = document.document.pairs().iter();
    let mut lines: Vec<Blamed> = pairs.map(|pair| field(pair.key(text).into_owned())).collect();
    let criteria = document.criteria(config);
    let rest = criteria.rest(text);
    lines.extend(criteria.list.into_iter().map(|it| {
        let is_met = it.checked == Some(true);
        new(Part::Criterion { ordinal: it.ordinal, id: it.id, is_met }, it.text)
    }));
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    let n_words = rest.split_whitespace().filter(is_word).count();
    if n_words > 0 {
        let noun = if n_words == 1 { "word" } else { "words" };
        lines.push(new(Part::Text, format!("{n_words} {noun}")));
    }
    lines
}

impl Blamed {
    fn set_by(&mut self, change: &Change, document: &Entry, place: usize) {
        if self.is_ticked_by(change) {
            self.ticked.get_or_insert(place);
        }
        let is_setting = match (&self.part, change) {
            // Nobody can say what it said while it could not be read.
            (_, Change::Added | Change::Unreadable { is_now: false, .. }) => true,
            (Part::Field(field), Change::Set(set)) => {
                set.field == *field && is_now(document, field, set.to.as_ref())
            }
            (Part::Criterion { .. }, Change::Criterion(it)) => {
                matches!(it.act, Act::Added | Act::Reworded { .. }) && it.text == self.value
            }
            (Part::Text, Change::Text { .. }) => true,
            _ => false,
        };
        if is_setting {
            self.entry.get_or_insert(place);
        }
    }

    /// Whether a change ticked the criterion, which is met.
    fn is_ticked_by(&self, change: &Change) -> bool {
        let Part::Criterion { id, is_met: true, .. } = &self.part else { return false };
        match change {
            Change::Added | Change::Unreadable { is_now: false, .. } => true,
            Change::Criterion(it) => {
                let is_tick = it.act == Act::Ticked || it.act == Act::Added && it.is_met;
                is_tick && self.is_same(id.as_deref(), it)
            }
            _ => false,
        }
    }

    fn is_same(&self, id: Option<&str>, change: &CriterionChange) -> bool {
        change.text == self.value || id.is_some() && change.id.as_deref() == id
    }
}

/// Whether a field has this value.
fn is_now(document: &Entry, field: &str, value: Option<&Value>) -> bool {
    let now = document.document.get(field).map(|node| node.to_json(document.document.text()));
    let given = |value: Option<&Value>| value.filter(|it| !it.is_null()).cloned();
    given(now.as_ref()) == given(value)
}

/// The last entry of a history, newest first, that set a field.
pub fn set_by<'a>(entries: &'a [LogEntry], field: &str) -> Option<&'a LogEntry> {
    let sets = |change: &Change| match change {
        Change::Set(set) => set.field == field,
        change => *change == Change::Added,
    };
    let mut entries = entries.iter();
    entries.find(|entry| entry.documents.iter().flat_map(|it| &it.changes).any(sets))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::diff::FieldChange;
    use crate::domain::document::Document;
    use crate::domain::kind::ITEM;

    fn entry(changes: Vec<Change>) -> LogEntry {
        let document =
            LogDocument { id: "BL-a".to_owned(), kind: "item".to_owned(), title: None, changes };
        LogEntry { documents: vec![document], ..LogEntry::default() }
    }

    fn set(field: &str, to: Value) -> Change {
        Change::Set(FieldChange { field: field.to_owned(), from: None, to: Some(to) })
    }

    fn criterion(act: Act, text: &str) -> Change {
        let (id, text) = (None, text.to_owned());
        Change::Criterion(CriterionChange { act, ordinal: 1, id, is_met: false, text })
    }

    #[test]
    fn the_last_commit_that_said_what_holds_today() {
        let text = "---\nid: BL-a\nstatus: done\nvalue: 8\n---\n\nTale\n\n## Acceptance criteria\n\n\
                    - [x] One\n- [ ] Two\n";
        let config = Config::default();
        let document = Entry::new(Document::parse("items/BL-a.md", text), &ITEM, &config);
        let entries = [
            entry(vec![set("status", "done".into()), criterion(Act::Ticked, "One")]),
            // A branch said something else in the meantime.
            entry(vec![set("value", 5.into())]),
            entry(vec![set("value", 8.into()), Change::Text { added: 1, removed: 0 }]),
            entry(vec![criterion(Act::Reworded { from: "Too".to_owned() }, "Two")]),
            entry(vec![set("value", 8.into())]),
            entry(vec![Change::Added]),
        ];
        let told: Vec<String> = blame(&document, &config, &entries)
            .lines
            .into_iter()
            .map(|it| {
                let ticked = it.ticked.map(|at| format!(" met {at}")).unwrap_or_default();
                format!("{} {}{ticked}", it.value, it.entry.unwrap())
            })
            .collect();
        assert_eq!(told, ["BL-a 5", "done 0", "8 2", "One 5 met 0", "Two 3", "3 words 2"]);
    }
}
