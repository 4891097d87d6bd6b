//! What a change of a backlog means, in words: the lines of a commit message.
//!
//! A message says what moved over what and which value was what before, so that `git log` alone
//! tells the history of the backlog.

mod act;
mod scope;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::backlog::Backlog;
use super::diff::{self, DocumentChange, FieldChange, Pairs};
use super::entry::Entry;
use super::id;
use super::kind::Kind;
use super::merge::{self, Conflict};
use super::source::FileChange;
use super::sprint;

/// How many changes a message lists one by one; an import of hundreds is told by its number.
const LISTED: usize = 50;

/// How many files that are no documents are named one by one.
const NAMED: usize = 3;

/// What was done to a file that is no document.
const FILE: &str = "change";

/// What changed, ready for a commit message or for the terminal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// One line for each change, without a prefix.
    pub lines: Vec<String>,
    /// The ids of the changed documents.
    pub ids: Vec<String>,
    /// Who has accepted something, each once.
    accepted_by: Vec<String>,
    /// How many documents were changed, by what was done to them: `("rank", 3)`.
    verbs: Vec<(&'static str, usize)>,
    /// What somebody did with a sprint, which says more than what became of its items.
    act: Option<String>,
    /// The subject where one change says it all.
    single: Option<String>,
}

impl Message {
    /// The changes of the files at `paths` between two states.
    pub fn describe<'a>(
        before: &Backlog,
        after: &Backlog,
        paths: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let (old, new) = (before.by_path(), after.by_path());
        let text = |entries: &HashMap<&str, &Entry>, path: &str| {
            entries.get(path).map(|entry| entry.to_file().text)
        };
        let change = |path: &str| {
            let (before, after) = (text(&old, path), text(&new, path));
            FileChange { path: path.to_owned(), before, after }
        };
        let (documents, files): (Vec<&str>, Vec<&str>) =
            paths.into_iter().partition(|path| Kind::of_path(path).is_some());
        let edits = documents.iter().map(|path| change(path)).collect();
        let mut diff = diff::diff(Pairs::of(edits), (&before.config, &after.config), None);
        let places: HashMap<&str, usize> = documents.iter().copied().zip(0..).collect();
        diff.documents.sort_by_key(|it| it.entry().and_then(|it| places.get(it.path()).copied()));
        let mut message = Self::default();
        let mut verbs: BTreeMap<&'static str, usize> = BTreeMap::new();
        for document in &diff.documents {
            let acts = act::acts(document);
            let changes = changes(document, &acts, before, after);
            if let Some(by) = acts.accepted_by.filter(|by| !message.accepted_by.contains(by)) {
                message.accepted_by.push(by);
            }
            let Some(first) = changes.first() else { continue };
            *verbs.entry(first.verb).or_default() += 1;
            message.ids.push(document.id.clone());
            let subject = subject_of(&changes, document);
            if matches!(first.verb, "start" | "close" | "note") {
                message.act = Some(subject.clone());
            }
            message.single = Some(subject);
            message.lines.extend(changes.into_iter().map(|change| change.line()));
        }
        message.add_files(&files, &mut verbs);
        if verbs.values().sum::<usize>() > 1 {
            message.single = message.act.take().or_else(|| planned(&diff.documents));
        }
        message.verbs = verbs.into_iter().collect();
        message
    }

    /// Settings and templates have no fields to tell apart.
    fn add_files(&mut self, files: &[&str], verbs: &mut BTreeMap<&'static str, usize>) {
        let line = |path: &&str| format!("{FILE} {}", one_line(path));
        let Some(first) = files.first() else { return };
        verbs.insert(FILE, files.len());
        self.single = Some(line(first));
        match files.len() > NAMED {
            true => self.lines.push(format!("{FILE} {}", counted(files.len(), "file"))),
            false => self.lines.extend(files.iter().map(line)),
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The first line of a commit message.
    pub fn subject(&self) -> String {
        if let Some(single) = &self.single {
            return format!("backlog: {single}");
        }
        let part = |(verb, count): &(&str, usize)| {
            let noun = if *verb == FILE { "file" } else { "document" };
            format!("{verb} {}", counted(*count, noun))
        };
        let parts: Vec<String> = self.verbs.iter().map(part).collect();
        format!("backlog: {}", parts.join(", "))
    }

    /// The whole commit message: subject, list, reason, trailers.
    pub fn commit(&self, why: &str, trailers: bool) -> String {
        let mut parts = vec![self.subject()];
        if self.lines.len() > 1 {
            let mut lines: Vec<String> =
                self.lines.iter().take(LISTED).map(|line| format!("- {line}")).collect();
            if self.lines.len() > LISTED {
                lines.push(format!("- and {} more changes", self.lines.len() - LISTED));
            }
            parts.push(lines.join("\n"));
        }
        if !why.trim().is_empty() {
            parts.push(why.trim().to_owned());
        }
        // An id comes from a file: one with a line break in it would be a trailer of its own.
        let ids = self.ids.iter().filter(|id| id::is_safe(id)).take(LISTED);
        let ids = ids.map(|id| format!("Backlog: {id}"));
        let people = self.accepted_by.iter().map(|by| format!("Accepted-by: {}", one_line(by)));
        let trailers: Vec<String> = ids.chain(people).filter(|_| trailers).collect();
        if !trailers.is_empty() {
            parts.push(trailers.join("\n"));
        }
        parts.join("\n\n") + "\n"
    }
}

/// A number with its noun: `1 item`, `2 items`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// One change of one document.
struct Change {
    verb: &'static str,
    id: String,
    title: String,
    what: String,
}

impl Change {
    fn new(verb: &'static str, document: &DocumentChange, what: impl Into<String>) -> Self {
        let title = document.title.as_deref().unwrap_or_default();
        let (id, title) = (one_line(&document.id), one_line(title));
        Self { verb, id, title, what: what.into() }
    }

    /// `rank BL-7k3qd 7 → 3 "Guest checkout"`
    fn line(&self) -> String {
        let gap = if self.what.is_empty() { "" } else { " " };
        match self.verb {
            "add" | "remove" => {
                format!("{} {}{gap}{} \"{}\"", self.verb, self.what, self.id, self.title)
            }
            _ => format!("{} {}{gap}{} \"{}\"", self.verb, self.id, self.what, self.title),
        }
    }
}

fn subject_of(changes: &[Change], document: &DocumentChange) -> String {
    // What somebody judged says more than the fields that went with it.
    let is_verdict =
        |change: &&Change| matches!(change.verb, "accept" | "reject" | "start" | "close");
    if let Some(change) =
        changes.iter().find(is_verdict).or(changes.first().filter(|_| changes.len() == 1))
    {
        return change.line();
    }
    let verb = changes.first().map_or("set", |change| change.verb);
    if verb != "set" && changes.iter().all(|change| change.verb == verb) {
        return Change::new(verb, document, "").line();
    }
    let field = |change: &Change| match change.verb {
        "set" => change.what.split(' ').next().unwrap_or_default().to_owned(),
        verb => verb.to_owned(),
    };
    let mut fields: Vec<String> = changes.iter().map(field).collect();
    fields.dedup();
    Change::new("set", document, fields.join(", ")).line()
}

/// What to say of several items that were planned for one sprint, whose record may change with them.
fn planned(documents: &[DocumentChange]) -> Option<String> {
    let (items, records): (Vec<&DocumentChange>, Vec<&DocumentChange>) =
        documents.iter().partition(|it| it.kind.is_ranked());
    let sprint = planned_for(items.first()?)?;
    let is_same = items.iter().all(|it| planned_for(it).as_ref() == Some(&sprint));
    let is_alone = records.iter().all(|it| it.id == sprint);
    (is_same && is_alone)
        .then(|| format!("plan {} for {}", counted(items.len(), "item"), one_line(&sprint)))
}

/// The sprint that an item is planned for now, if that is all that changed in it.
fn planned_for(document: &DocumentChange) -> Option<String> {
    match &document.changes[..] {
        [diff::Change::Set(set)] if set.field == sprint::FIELD => {
            Some(diff::shown(set.to.as_ref())).filter(|it| !it.is_empty())
        }
        _ => None,
    }
}

/// What was done to a document: one change for its place, each field, its criteria, its text.
fn changes(
    document: &DocumentChange,
    acts: &act::Acts,
    before: &Backlog,
    after: &Backlog,
) -> Vec<Change> {
    use diff::Change as C;
    let new = |verb, what: String| Change::new(verb, document, what);
    let noun = || document.entry().map(noun).unwrap_or_default();
    let has = |change: &C| document.changes.contains(change);
    if has(&C::Added) || has(&C::Removed) {
        return vec![new(if has(&C::Added) { "add" } else { "remove" }, noun())];
    }
    let is_renamed = |it: &&C| matches!(it, C::Renamed { .. });
    let mut changes: Vec<Change> = Vec::new();
    changes.extend(document.changes.iter().find(is_renamed).map(|_| new("rename", String::new())));
    changes.extend(moved(document, before, after).map(|what| new("rank", what)));
    changes.extend(acts.told.iter().map(|(verb, what)| new(verb, excerpt(what))));
    let (open, decided) = conflicts(document);
    changes.extend(open.values().map(|what| new("conflict", one_line(what))));
    for change in &document.changes {
        match change {
            C::Set(set) if set.field == merge::FIELD || open.contains_key(&set.field) => {}
            C::Set(set) if set.field == "rank" && document.kind.is_ranked() => {}
            C::Set(set) if acts.fields.contains(&&*set.field) => {}
            C::Set(set) if decided.contains(&set.field) => {
                changes.push(new("decide", one_line(&field(set))));
            }
            C::Set(set) => changes.push(new("set", one_line(&field(set)))),
            _ => {}
        }
    }
    let is_told = |name: &&String| {
        document.changes.iter().any(|it| matches!(it, C::Set(set) if set.field == **name))
    };
    let unchanged = decided.iter().filter(|name| !is_told(name));
    changes.extend(unchanged.map(|name| new("decide", format!("{} stays", one_line(name)))));
    let scope = scope::told(document, &before.config, &after.config);
    let is_edit = |it: &C| match it {
        C::Text { .. } => !acts.tell_text,
        it => matches!(it, C::Layout | C::Unreadable { .. }),
    };
    match scope {
        Some(scope) => changes.push(new("criteria", scope)),
        None if document.changes.iter().any(is_edit) => changes.push(new("edit", String::new())),
        None => {}
    }
    changes
}

/// The fields that are newly in conflict, each with the values between which somebody has to
/// decide, and those for which somebody has.
fn conflicts(document: &DocumentChange) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let of = |entry: &Option<Entry>| -> BTreeMap<String, String> {
        let open = entry.iter().flat_map(|entry| merge::open(&entry.document));
        let fields = open.filter_map(|conflict| match conflict {
            Conflict::Field { name, either, .. } => {
                Some((name.clone(), format!("{name} {}", either.join(" or "))))
            }
            _ => None,
        });
        fields.collect()
    };
    let (before, mut after) = (of(&document.before), of(&document.after));
    let decided = before.keys().filter(|name| !after.contains_key(*name)).cloned().collect();
    after.retain(|name, _| !before.contains_key(name));
    (after, decided)
}

/// What to call a document: an item by its type, the product by its id alone.
fn noun(entry: &Entry) -> String {
    let item_type = entry.item_type();
    if entry.id() == entry.kind.name {
        return String::new();
    }
    match entry.kind.is_ranked() && !item_type.is_empty() {
        true => one_line(&item_type),
        false => entry.kind.name.to_owned(),
    }
}

/// The places of an item whose key was written anew. They are told for each such item, since this
/// is about what was done, and not the shortest way to tell the outcome.
fn moved(document: &DocumentChange, before: &Backlog, after: &Backlog) -> Option<String> {
    let (old, new) = (document.before.as_ref()?, document.after.as_ref()?);
    // What cannot be read has lost its place, but nobody has moved it.
    if old.rank() == new.rank() || !old.is_readable() || !new.is_readable() {
        return None;
    }
    let place =
        |position: Option<usize>| position.map_or_else(|| "–".to_owned(), |at| at.to_string());
    let (from, to) = (before.position(old), after.position(new));
    Some(if from == to {
        "re-keyed".to_owned()
    } else {
        format!("{} → {}", place(from), place(to))
    })
}

/// `effort 3 → 5`
fn field(change: &FieldChange) -> String {
    let name = &change.field;
    let (from, to) = (value(change.from.as_ref()), value(change.to.as_ref()));
    match (from.is_empty(), to.is_empty()) {
        (true, _) => format!("{name} {to}"),
        (_, true) => format!("{name} {from} → none"),
        _ => format!("{name} {from} → {to}"),
    }
}

/// A value in one short line.
fn value(value: Option<&Value>) -> String {
    excerpt(&diff::shown(value))
}

/// A text on one line, and not too long.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = one_line(text);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// Text from a document on one line of a message, without characters that control a terminal or
/// turn the direction of what follows.
fn one_line(text: &str) -> String {
    let is_control = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if is_control(c) { ' ' } else { c }).collect()
}
