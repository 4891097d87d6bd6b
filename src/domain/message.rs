//! What a change of a backlog means, in words: the lines of a commit message.
//!
//! A message says what moved over what and which value was what before, so that `git log` alone
//! tells the history of the backlog.

mod scope;

use std::collections::BTreeMap;

use super::backlog::Backlog;
use super::document::Document;
use super::entry::Entry;
use super::id;
use super::kind::Kind;

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
    /// How many documents were changed, by what was done to them: `("rank", 3)`.
    verbs: Vec<(&'static str, usize)>,
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
        let (before, after) = (State::of(before), State::of(after));
        let mut message = Self::default();
        // Settings and templates have no fields to tell apart.
        let mut files: Vec<String> = Vec::new();
        let mut verbs: BTreeMap<&'static str, usize> = BTreeMap::new();
        for path in paths {
            if Kind::of_path(path).is_none() {
                files.push(format!("{FILE} {}", one_line(path)));
                continue;
            }
            let changes = changes(&before, &after, path);
            let Some(first) = changes.first() else { continue };
            *verbs.entry(first.verb).or_default() += 1;
            let entry = after.entries.get(path).or_else(|| before.entries.get(path));
            message.ids.extend(entry.map(|entry| entry.id().to_owned()));
            message.single = Some(subject_of(&changes, entry.copied()));
            message.lines.extend(changes.into_iter().map(|change| change.line()));
        }
        if let Some(file) = files.first() {
            verbs.insert(FILE, files.len());
            message.single = Some(file.clone());
        }
        match files.len() > NAMED {
            true => message.lines.push(format!("{FILE} {}", counted(files.len(), "file"))),
            false => message.lines.extend(files),
        }
        if verbs.values().sum::<usize>() > 1 {
            message.single = None;
        }
        message.verbs = verbs.into_iter().collect();
        message
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
        let trailers: Vec<String> =
            ids.filter(|_| trailers).map(|id| format!("Backlog: {id}")).collect();
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

/// A state with its entries by path.
struct State<'a> {
    backlog: &'a Backlog,
    entries: BTreeMap<&'a str, &'a Entry>,
}

impl<'a> State<'a> {
    fn of(backlog: &'a Backlog) -> Self {
        let entries = backlog.entries().map(|entry| (entry.path(), entry)).collect();
        Self { backlog, entries }
    }

    /// The document with the id of `entry` that stands under another path here, and not in the
    /// `other` state: its file was renamed.
    fn renamed(&self, entry: &Entry, other: &State<'_>) -> Option<&'a Entry> {
        let twins = self.backlog.with_id(entry.id()).filter(|twin| twin.path() != entry.path());
        twins.into_iter().find(|twin| !other.entries.contains_key(twin.path()))
    }
}

/// One change of one document.
struct Change {
    verb: &'static str,
    id: String,
    title: String,
    what: String,
}

impl Change {
    fn new(verb: &'static str, entry: &Entry, what: impl Into<String>) -> Self {
        let (id, title) = (one_line(entry.id()), one_line(&entry.title()));
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

fn subject_of(changes: &[Change], entry: Option<&Entry>) -> String {
    match (changes, entry) {
        ([change], _) => change.line(),
        (_, Some(entry)) => {
            let field = |change: &Change| match change.verb {
                "set" => change.what.split(' ').next().unwrap_or_default().to_owned(),
                verb => verb.to_owned(),
            };
            let mut fields: Vec<String> = changes.iter().map(field).collect();
            fields.dedup();
            format!(
                "set {} {} \"{}\"",
                one_line(entry.id()),
                fields.join(", "),
                one_line(&entry.title())
            )
        }
        _ => counted(changes.len(), "change"),
    }
}

fn changes(before: &State<'_>, after: &State<'_>, path: &str) -> Vec<Change> {
    match (before.entries.get(path), after.entries.get(path)) {
        (None, Some(entry)) => match before.renamed(entry, after) {
            Some(old) => {
                let mut changes = vec![Change::new("rename", entry, "")];
                changes.extend(differences(before, after, old, entry));
                changes
            }
            None => vec![Change::new("add", entry, noun(entry))],
        },
        (Some(entry), None) if after.renamed(entry, before).is_some() => Vec::new(),
        (Some(entry), None) => vec![Change::new("remove", entry, noun(entry))],
        (Some(old), Some(new)) => differences(before, after, old, new),
        (None, None) => Vec::new(),
    }
}

/// What differs between two states of one document.
fn differences(before: &State<'_>, after: &State<'_>, old: &Entry, new: &Entry) -> Vec<Change> {
    let mut changes: Vec<Change> = moved(before, after, old, new).into_iter().collect();
    changes.extend(fields(old, new));
    changes.extend(body(old, new, after.backlog));
    if changes.is_empty() && old.document.text() != new.document.text() {
        changes.push(Change::new("edit", new, ""));
    }
    changes
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

fn moved(before: &State<'_>, after: &State<'_>, old: &Entry, new: &Entry) -> Option<Change> {
    if old.rank() == new.rank() {
        return None;
    }
    let place =
        |position: Option<usize>| position.map_or_else(|| "–".to_owned(), |at| at.to_string());
    let (from, to) = (before.backlog.position(old), after.backlog.position(new));
    let what = if from == to {
        "re-keyed".to_owned()
    } else {
        format!("{} → {}", place(from), place(to))
    };
    Some(Change::new("rank", new, what))
}

/// The fields whose bytes differ, in the order of the new text.
fn fields(old: &Entry, new: &Entry) -> Vec<Change> {
    let keys = |document: &Document| -> Vec<String> {
        document.pairs().iter().map(|pair| pair.key(document.text()).into_owned()).collect()
    };
    let mut names = keys(&new.document);
    names.extend(
        keys(&old.document).into_iter().filter(|key| !names.contains(key)).collect::<Vec<_>>(),
    );
    let change = |name: String| {
        let (from, to) = (value(&old.document, &name), value(&new.document, &name));
        let differs = name != "rank" && from != to;
        let (from, to) = (shown(from), shown(to));
        let what = match (from.is_empty(), to.is_empty()) {
            (true, _) => format!("{name} {to}"),
            (_, true) => format!("{name} {from} → none"),
            _ => format!("{name} {from} → {to}"),
        };
        differs.then(|| Change::new("set", new, one_line(&what)))
    };
    names.into_iter().filter_map(change).collect()
}

/// A value as people read it; one that is neither text nor list as it is written.
fn value(document: &Document, key: &str) -> String {
    let Some(node) = document.get(key) else { return String::new() };
    let text = document.text();
    match (node.scalar(text), node.list(text)) {
        (Some(scalar), _) => scalar.into_owned(),
        (None, Some(list)) => list.join(", "),
        (None, None) => node.span().of(text).to_owned(),
    }
}

/// A value in one short line.
fn shown(text: String) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// What changed below the front matter: criteria by number, the rest as an edit.
fn body(old: &Entry, new: &Entry, after: &Backlog) -> Option<Change> {
    if old.document.body() == new.document.body() {
        return None;
    }
    let scope = scope::changes(&old.criteria(&after.config), &new.criteria(&after.config));
    match scope.is_empty() {
        true => Some(Change::new("edit", new, "")),
        false => Some(Change::new("criteria", new, scope)),
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
