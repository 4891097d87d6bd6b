//! The history of a backlog, commit by commit, as it is told and as it is kept beside Git's own.

use serde::Deserialize;
use serde_json::{Value, json};

use super::diff::{self, Change, Diff, DocumentChange, OtherFile};
use super::mention;
use super::policy;

/// What one commit did to the backlog.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogEntry {
    /// The full id of the commit; empty for what is not committed yet.
    pub commit: String,
    /// When it was written, where its author was: `2026-11-26T09:30:00+01:00`.
    pub date: String,
    /// The name of its author.
    pub author: String,
    /// The address of its author.
    pub email: String,
    /// The first line of its message.
    pub subject: String,
    /// The first line of its message that a person wrote, see [`policy::reason`].
    pub reason: Option<String>,
    /// Whether it is a merge.
    pub is_merge: bool,
    /// The documents that it changed.
    pub documents: Vec<LogDocument>,
    /// The other files of the backlog that it changed.
    pub files: Vec<OtherFile>,
    /// The ids that its message names, as trailers do, or the name of a merged branch.
    pub mentions: Vec<String>,
}

/// What a commit did to one document.
#[derive(Clone, Debug, PartialEq)]
pub struct LogDocument {
    /// Its id after the commit.
    pub id: String,
    /// The word for its kind: `item`.
    pub kind: String,
    /// Its title after the commit; `None` where its file did not change.
    pub title: Option<String>,
    /// What changed.
    pub changes: Vec<Change>,
}

impl LogEntry {
    /// Takes a message apart.
    #[must_use]
    pub fn with_message(mut self, message: &str) -> Self {
        self.subject = message.lines().next().unwrap_or_default().trim().to_owned();
        self.reason = policy::reason(message).map(str::to_owned);
        for mention in mention::mentions(message) {
            if !self.mentions.iter().any(|id| id == mention.id) {
                self.mentions.push(mention.id.to_owned());
            }
        }
        self
    }

    /// The same with what differs; only documents for which `is_wanted`.
    #[must_use]
    pub fn with_changes(
        mut self,
        diff: &Diff,
        is_wanted: &dyn Fn(&DocumentChange) -> bool,
    ) -> Self {
        let wanted = diff.documents.iter().filter(|it| is_wanted(it));
        self.documents = wanted
            .map(|it| LogDocument {
                id: it.id.clone(),
                kind: it.kind.name.to_owned(),
                title: it.title.clone(),
                changes: it.changes.clone(),
            })
            .collect();
        self.files.clone_from(&diff.files);
        self
    }

    /// Keeps of what a merge did against its first parent only what it did against another one as
    /// well; the rest came from there.
    pub fn keep_own(&mut self, other: &Diff) {
        for document in &mut self.documents {
            let is_same = |it: &&DocumentChange| it.id.eq_ignore_ascii_case(&document.id);
            let other = other.documents.iter().find(is_same);
            let other = other.map(|it| &*it.changes).unwrap_or_default();
            match (document.changes.contains(&Change::Added), other.contains(&Change::Added)) {
                (false, true) => {}
                (true, false) => document.changes = other.to_vec(),
                _ => keep_common(&mut document.changes, other),
            }
        }
        self.documents.retain(|document| !document.changes.is_empty());
    }

    /// Whether it changed the backlog, and does not only name a document in its message.
    pub fn has_changes(&self) -> bool {
        !self.documents.is_empty() || !self.files.is_empty()
    }

    /// The day on which it was written.
    pub fn day(&self) -> &str {
        self.date.get(..10).unwrap_or(&self.date)
    }

    /// The first digits of the commit's id.
    pub fn short(&self) -> &str {
        const DIGITS: usize = 10;
        self.commit.get(..DIGITS).unwrap_or(&self.commit)
    }

    /// Why it was made: what a person wrote, or else the first line.
    pub fn why(&self) -> &str {
        self.reason.as_deref().unwrap_or(&self.subject)
    }

    /// The entry as JSON.
    pub fn to_json(&self) -> Value {
        let document = |it: &LogDocument| {
            json!({
                "id": it.id,
                "kind": it.kind,
                "title": it.title,
                "changes": it.changes.iter().map(diff::json::of).collect::<Vec<_>>(),
            })
        };
        let file = |it: &OtherFile| json!({ "path": it.path, "change": it.word() });
        json!({
            "commit": self.commit,
            "date": self.date,
            "author": self.author,
            "email": self.email,
            "subject": self.subject,
            "reason": self.reason,
            "merge": self.is_merge,
            "documents": self.documents.iter().map(document).collect::<Vec<_>>(),
            "files": self.files.iter().map(file).collect::<Vec<_>>(),
            "mentions": self.mentions,
        })
    }

    /// The entry that a line of JSON tells; `None` if it tells none.
    pub fn from_json(line: &str) -> Option<Self> {
        let line: Line<'_> = serde_json::from_str(line).ok()?;
        Some(Self {
            commit: line.commit,
            date: line.date,
            author: line.author,
            email: line.email,
            subject: line.subject,
            reason: line.reason,
            is_merge: line.merge,
            documents: line.documents.into_iter().map(Told::read).collect::<Option<_>>()?,
            files: line
                .files
                .iter()
                .map(|it| OtherFile::of_word(&it.path, &it.change))
                .collect::<Option<_>>()?,
            mentions: line.mentions,
        })
    }
}

/// An entry as a line has it.
#[derive(Deserialize)]
struct Line<'a> {
    commit: String,
    date: String,
    author: String,
    email: String,
    subject: String,
    reason: Option<String>,
    merge: bool,
    #[serde(borrow)]
    documents: Vec<Told<'a>>,
    files: Vec<ToldFile>,
    mentions: Vec<String>,
}

#[derive(Deserialize)]
struct Told<'a> {
    id: String,
    kind: String,
    title: Option<String>,
    #[serde(borrow)]
    changes: Vec<diff::json::Members<'a>>,
}

#[derive(Deserialize)]
struct ToldFile {
    path: String,
    change: String,
}

impl Told<'_> {
    fn read(self) -> Option<LogDocument> {
        let changes = self.changes.into_iter().map(diff::json::Members::read);
        let changes = changes.collect::<Option<_>>()?;
        Some(LogDocument { id: self.id, kind: self.kind, title: self.title, changes })
    }
}

/// Keeps the changes that the same part of the document has against another state as well. No
/// places were compared there, so a move is kept with the key that is behind it.
fn keep_common(changes: &mut Vec<Change>, other: &[Change]) {
    let is_common = |change: &Change, it: &Change| match (change, it) {
        (Change::Set(one), Change::Set(other)) => one.field == other.field,
        (Change::Criterion(one), Change::Criterion(other)) => {
            one.act.word() == other.act.word() && one.text == other.text
        }
        (Change::Renamed { to, .. }, Change::Renamed { to: other, .. }) => to == other,
        (Change::Moved(_), _) => true,
        (one, other) => one.word() == other.word(),
    };
    let sets = |changes: &[Change], field: &str| {
        changes.iter().any(|it| matches!(it, Change::Set(set) if set.field == field))
    };
    // Between equal keys the id decides.
    let key = if sets(changes, "rank") { "rank" } else { "id" };
    changes.retain(|change| other.iter().any(|it| is_common(change, it)));
    if !sets(changes, key) {
        changes.retain(|change| !matches!(change, Change::Moved(_)));
    }
}

/// Documents that are followed through a history, newest first: where one got another id, its
/// history goes on under the one before.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The ids that count at the next entry.
    ids: Vec<String>,
}

impl Followed {
    /// Follows the documents with these ids.
    pub fn new<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        Self { ids: ids.into_iter().map(str::to_owned).collect() }
    }

    /// The part of a line, see [`LogEntry::from_json`], that is about these documents.
    pub fn read(&mut self, line: &str) -> Option<LogEntry> {
        // To look for a word costs much less than to understand a line.
        let finds = |id: &String| memchr::memmem::find(line.as_bytes(), id.as_bytes()).is_some();
        let may_be_told = self.ids.iter().any(finds);
        may_be_told.then(|| LogEntry::from_json(line))?.and_then(|entry| self.part_of(entry))
    }

    /// The part of an entry that is about these documents; `None` if nothing is.
    pub fn part_of(&mut self, mut entry: LogEntry) -> Option<LogEntry> {
        let former = |it: &LogDocument| -> Vec<String> {
            let ids = it.changes.iter().filter_map(|change| match change {
                Change::Set(set) if set.field == "id" => Some(set.from.as_ref()?.as_str()?),
                _ => None,
            });
            ids.map(str::to_owned).collect()
        };
        // Who asks by an id of the past learns what became of it.
        let is_meant =
            |it: &LogDocument| self.has(&it.id) || former(it).iter().any(|id| self.has(id));
        entry.documents.retain(is_meant);
        entry.mentions.retain(|id| self.has(id));
        entry.files.clear();
        self.ids.extend(entry.documents.iter().flat_map(former).collect::<Vec<_>>());
        (entry.has_changes() || !entry.mentions.is_empty()).then_some(entry)
    }

    fn has(&self, id: &str) -> bool {
        self.ids.iter().any(|it| it.eq_ignore_ascii_case(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::diff::FieldChange;
    use crate::domain::kind::ITEM;

    /// Which changes of a merge are its own, by the words of those that are left.
    fn check_own(changes: Vec<Change>, other: Vec<Change>, expected: &[&str]) {
        let id = "BL-7k3qd".to_owned();
        let document =
            LogDocument { id: id.clone(), kind: "item".to_owned(), title: None, changes };
        let mut entry = LogEntry { documents: vec![document], ..LogEntry::default() };
        let (before, after, title, kind) = (None, None, None, &ITEM);
        let (positions, categories) = ((None, None), (None, None));
        let other = DocumentChange {
            id,
            kind,
            title,
            before,
            after,
            positions,
            categories,
            changes: other,
        };
        entry.keep_own(&Diff { documents: vec![other], ..Diff::default() });
        let left = entry.documents.iter().flat_map(|it| &it.changes);
        assert_eq!(left.map(Change::word).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_a_merge_took_from_a_side_is_not_its_own() {
        let set = |field: &str, from: i32, to: i32| {
            let (from, to) = (Some(from.into()), Some(to.into()));
            Change::Set(FieldChange { field: field.to_owned(), from, to })
        };
        let moved = || Change::Moved(diff::Move::default());
        check_own(vec![set("value", 5, 8)], vec![set("effort", 2, 3)], &[]);
        check_own(vec![set("value", 5, 8)], vec![set("value", 3, 8)], &["set"]);
        check_own(vec![moved(), set("rank", 5, 8)], vec![set("value", 3, 8)], &[]);
        check_own(vec![moved(), set("rank", 5, 8)], vec![set("rank", 3, 8)], &["moved", "set"]);
        check_own(vec![moved(), set("rank", 5, 8)], vec![set("id", 3, 8)], &[]);
        check_own(vec![Change::Added], vec![Change::Added], &["added"]);
        // It came from the other side, and was changed on the way; or the other side has no such.
        check_own(vec![Change::Added], vec![set("value", 3, 8)], &["set"]);
        check_own(vec![set("value", 3, 8)], vec![Change::Added], &["set"]);
    }

    #[test]
    fn an_entry_can_be_read_back() {
        let entry = LogEntry {
            commit: "f69b298".repeat(5),
            date: "2026-11-26T09:30:00+01:00".to_owned(),
            author: "Mira \"M\"".to_owned(),
            email: "mira@example.org".to_owned(),
            is_merge: true,
            documents: vec![LogDocument {
                id: "BL-7k3qd".to_owned(),
                kind: "item".to_owned(),
                title: None,
                changes: vec![Change::Added, Change::Layout],
            }],
            files: vec![OtherFile {
                path: "config.yml".to_owned(),
                was_there: true,
                is_there: false,
            }],
            ..LogEntry::default()
        };
        let entry = entry.with_message("backlog: rank\n\nGuests first\n\nBacklog: BL-7k3qd\n");
        assert_eq!(entry.reason.as_deref(), Some("Guests first"));
        assert_eq!(entry.mentions, ["BL-7k3qd"]);
        assert_eq!((entry.day(), entry.short()), ("2026-11-26", "f69b298f69"));
        assert_eq!(LogEntry::from_json(&entry.to_json().to_string()), Some(entry));
        assert_eq!(LogEntry::from_json("{}"), None);
        assert_eq!(LogEntry::from_json("{"), None);
    }
}
