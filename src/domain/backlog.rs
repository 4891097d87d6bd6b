//! All documents of one state of a backlog: ordered, found by id, linked both ways.
//!
//! A document that cannot be read is kept beside the others. It is never treated as absent,
//! because the next change would then be made as if nobody had written it.

mod after;
mod index;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::config::{Config, SettingsProblem};
use super::document::Document;
use super::entry::Entry;
use super::id::{self, Found};
use super::kind::{Category, KINDS, Kind, METRIC, PRODUCT};
use super::mention;
use super::question;
use super::source::SourceFile;
use index::Index;

/// The path of the settings below the backlog's folder.
pub const CONFIG: &str = "config.yml";

/// One state of a backlog.
#[derive(Debug, Default)]
pub struct Backlog {
    /// The settings.
    pub config: Config,
    /// What is wrong with the settings.
    pub config_problems: Vec<SettingsProblem>,
    /// Items in their order, then records by kind and id. Unreadable ones last. Shared with the
    /// states before and after.
    entries: Vec<Arc<Entry>>,
    /// The place of each open item in the order, from 1; same indices as `entries`.
    positions: Vec<Option<usize>>,
    /// Where the documents are that are called by a name.
    index: Index,
}

/// A link from one document to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// The document that names the other.
    pub from: &'a Entry,
    /// The field in which it does, or [`TEXT`].
    pub field: String,
    /// The id that it names.
    pub to: String,
}

/// The field of a link that stands in the text of a document.
pub const TEXT: &str = "text";

/// What a backlog keeps of its documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The whole texts.
    Everything,
    /// The fields as they are written, and how many criteria are met: enough to list and to count.
    /// What is wrong with single fields is not looked for.
    Fields,
    /// The same, and the texts in which answered questions stand.
    Answers,
}

/// A backlog in the making, which takes its files one by one, in any order and from any thread.
#[derive(Debug)]
pub struct Reading {
    config: Config,
    config_problems: Vec<SettingsProblem>,
    keep: Keep,
    entries: Mutex<Vec<Arc<Entry>>>,
}

impl Reading {
    /// Begins with the files of the settings, which say how everything else is to be understood.
    pub fn new(settings: &[SourceFile], keep: Keep) -> Self {
        let (config, config_problems) = Config::of_files(settings);
        Self { config, config_problems, keep, entries: Mutex::default() }
    }

    /// Understands one more file; one that is no document is left out.
    pub fn add(&self, file: SourceFile) {
        // What hides documents, a folder behind a link, is told as if it were one.
        let hidden = || (file.text.is_err() && file.path != CONFIG).then_some(&super::kind::ITEM);
        let Some(kind) = Kind::of_path(&file.path).or_else(hidden) else { return };
        let document = match file.text {
            Ok(text) => Document::parse(file.path, text),
            Err(problem) => Document::unreadable(file.path, problem),
        };
        let entry = match self.keep {
            Keep::Everything => Entry::new(document, kind, &self.config),
            // The readings of a metric stand in its body, and goals are listed with them.
            _ if std::ptr::eq(kind, &METRIC) => Entry::unchecked(document, kind),
            Keep::Answers if question::may_be_answered(&document) => {
                Entry::unchecked(document, kind)
            }
            Keep::Fields | Keep::Answers => {
                Entry::unchecked(document, kind).without_body(&self.config)
            }
        };
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::new(entry));
    }

    /// The backlog.
    pub fn finish(self) -> Backlog {
        let entries = self.entries.into_inner().unwrap_or_else(PoisonError::into_inner);
        Backlog::of_entries(self.config, self.config_problems, entries)
    }
}

impl PartialEq for Entry {
    /// Entries are the same if they are the same file.
    fn eq(&self, other: &Self) -> bool {
        self.path() == other.path()
    }
}

impl Eq for Entry {}

impl Backlog {
    /// Understands the files of one state.
    pub fn parse(files: Vec<SourceFile>) -> Self {
        let reading = Reading::new(&files, Keep::Everything);
        files.into_par_iter().for_each(|file| reading.add(file));
        reading.finish()
    }

    fn of_entries(
        config: Config,
        config_problems: Vec<SettingsProblem>,
        mut entries: Vec<Arc<Entry>>,
    ) -> Self {
        entries.par_sort_by(|a, b| order(a, b));
        let (index, positions) =
            rayon::join(|| Index::of(&entries), || positions(&entries, &config));
        Self { config, config_problems, entries, positions, index }
    }

    /// Every document, items first and in their order, unreadable ones last.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Entry> {
        self.entries.iter().map(|entry| &**entry)
    }

    /// The document at a path below the backlog's folder.
    pub fn at_path(&self, path: &str) -> Option<&Entry> {
        self.place_at(path).map(|place| &*self.entries[place])
    }

    /// All documents by their paths, for whoever asks for many.
    pub fn by_path(&self) -> HashMap<&str, &Entry> {
        self.entries().map(|entry| (entry.path(), entry)).collect()
    }

    /// The readable items in their order, open or not.
    pub fn items(&self) -> impl Iterator<Item = &Entry> {
        self.of_kind(&super::kind::ITEM)
    }

    /// The readable items in their order, to be kept while the backlog changes.
    pub fn shared_items(&self) -> &[Arc<Entry>] {
        let is_item = |entry: &Arc<Entry>| entry.is_readable() && entry.kind.is_ranked();
        &self.entries[..self.entries.partition_point(is_item)]
    }

    /// Those of them that are neither done nor dropped.
    pub fn shared_open_items(&self) -> impl Iterator<Item = &Arc<Entry>> {
        let items = self.entries.iter().zip(&self.positions);
        items.filter(|(_, position)| position.is_some()).map(|(entry, _)| entry)
    }

    /// The items that are neither done nor dropped, in their order: the backlog proper.
    pub fn open_items(&self) -> impl Iterator<Item = &Entry> {
        self.shared_open_items().map(|entry| &**entry)
    }

    /// The readable documents of one kind, which stand side by side in the order.
    pub fn of_kind(&self, kind: &'static Kind) -> impl Iterator<Item = &Entry> {
        let wanted = place_of(kind);
        let is_before = |entry: &Arc<Entry>| entry.is_readable() && place_of(entry.kind) < wanted;
        let is_up_to = |entry: &Arc<Entry>| entry.is_readable() && place_of(entry.kind) <= wanted;
        let start = self.entries.partition_point(is_before);
        let end = self.entries.partition_point(is_up_to);
        self.entries[start..end].iter().map(|entry| &**entry)
    }

    /// The documents that could be read.
    pub fn readable(&self) -> impl Iterator<Item = &Entry> {
        self.entries().filter(|entry| entry.is_readable())
    }

    /// The documents that could not be read.
    pub fn unreadable(&self) -> impl Iterator<Item = &Entry> {
        self.entries().filter(|entry| !entry.is_readable())
    }

    /// The product, if it is described.
    pub fn product(&self) -> Option<&Entry> {
        self.of_kind(&PRODUCT).next()
    }

    /// What an entry's status means for the flow of work.
    pub fn category(&self, entry: &Entry) -> Category {
        entry.category(&self.config)
    }

    /// The place of an item among the open ones, from 1.
    pub fn position(&self, entry: &Entry) -> Option<usize> {
        let mut places = self.index.id(&entry.id().to_lowercase());
        let place = places.find(|&place| *self.entries[place] == *entry)?;
        self.positions[place]
    }

    /// The entries with exactly this id, in any case. More than one: the id is not unique.
    pub fn with_id(&self, id: &str) -> impl Iterator<Item = &Entry> {
        self.index.id(&id.to_lowercase()).map(|place| &*self.entries[place])
    }

    /// The first document that is called `name`, by its id or by an alias, in any case.
    pub fn called(&self, name: &str) -> Option<&Entry> {
        self.index.first(&name.to_lowercase()).map(|place| &*self.entries[place])
    }

    /// The documents that a field of an entry names, in its order; names of nothing are left out.
    pub fn targets<'a>(&'a self, entry: &'a Entry, field: &str) -> impl Iterator<Item = &'a Entry> {
        entry.links(field).into_iter().filter_map(|id| self.called(&id))
    }

    /// The document that an entry is a part of.
    pub fn parent<'a>(&'a self, entry: &'a Entry) -> Option<&'a Entry> {
        self.called(entry.links("parent").first()?)
    }

    /// The documents that an entry is a part of, the nearest first. A circle ends.
    pub fn above<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Entry> {
        let mut seen = vec![entry.path()];
        let mut at = entry;
        std::iter::from_fn(move || {
            at = self.parent(at).filter(|parent| !seen.contains(&parent.path()))?;
            seen.push(at.path());
            Some(at)
        })
    }

    /// Whether a document is called `name`.
    pub fn names(&self, name: &str) -> bool {
        self.called(name).is_some()
    }

    /// The entry that a person means by `input`: an id, the beginning of one, or an alias.
    pub fn find<'a>(&'a self, input: &str) -> Found<'a, Entry> {
        if let Some(entry) = self.with_id(input).next() {
            return Found::One(entry);
        }
        let names = |entry: &'a Arc<Entry>, names: &mut Vec<Cow<'a, str>>| {
            names.push(entry.id().into());
            names.extend(entry.list("aliases"));
        };
        match id::find(input, &self.entries, names) {
            Found::One(entry) => Found::One(entry),
            Found::Many(entries) => {
                Found::Many(entries.into_iter().map(|entry| &**entry).collect())
            }
            Found::None(near) => Found::None(near),
        }
    }

    /// The same; where no id fits, the entry that the words of a title mean: the whole title, or a
    /// part that only one has.
    pub fn meant<'a>(&'a self, input: &str) -> Found<'a, Entry> {
        // What is shorter is meant as an id.
        const SHORTEST: usize = 3;
        let found = self.find(input);
        let Found::None(near) = found else { return found };
        let words = input.trim().to_lowercase();
        if words.chars().count() < SHORTEST {
            return Found::None(near);
        }
        let titled = |fits: &fn(&str, &str) -> bool| -> Vec<&'a Entry> {
            self.readable().filter(|it| fits(&it.title().to_lowercase(), &words)).collect()
        };
        let ways: [fn(&str, &str) -> bool; 2] =
            [|title, words| title == words, |title, words| title.contains(words)];
        let found = ways.iter().map(titled).find(|found| !found.is_empty()).unwrap_or_default();
        match found[..] {
            [] => Found::None(near),
            [one] => Found::One(one),
            _ => Found::Many(found),
        }
    }

    /// The ids that occur more than once, each with its documents.
    pub fn duplicates(&self) -> Vec<Vec<&Entry>> {
        let entries =
            |places: Vec<usize>| places.into_iter().map(|at| &*self.entries[at]).collect();
        let mut groups: Vec<Vec<&Entry>> = self.index.shared().into_iter().map(entries).collect();
        groups.sort_by(|a, b| a[0].id().cmp(b[0].id()));
        groups
    }

    /// The links that an entry holds, in its fields and in its text. Of the ids in the text, those
    /// in double brackets are always links; a bare one is if there is such a document.
    pub fn links_from<'a>(&'a self, from: &'a Entry) -> Vec<Link<'a>> {
        let link = |field: &str, to: String| Link { from, field: field.to_owned(), to };
        let mut links = Vec::new();
        for field in from.link_fields(&self.config) {
            links.extend(from.links(field).into_iter().map(|id| link(field, id.into_owned())));
        }
        let mut seen: BTreeSet<String> = links.iter().map(|link| link.to.clone()).collect();
        for mention in mention::mentions(from.document.body()) {
            let is_new = seen.insert(mention.id.to_owned());
            if is_new && (mention.in_brackets || self.names(mention.id)) {
                links.push(link(TEXT, mention.id.to_owned()));
            }
        }
        links
    }

    /// The links of all other documents to this one, by its id or an alias.
    pub fn links_to<'a>(&'a self, to: &Entry) -> Vec<Link<'a>> {
        let mut names: Vec<String> = vec![to.id().to_lowercase()];
        names.extend(to.list("aliases").iter().map(|alias| alias.to_lowercase()));
        let others: Vec<&Entry> = self.readable().filter(|entry| *entry != to).collect();
        let links = |entry: &&'a Entry| {
            let text = entry.document.text();
            let may_name = names.iter().any(|name| contains_ignoring_case(text, name));
            let links = if may_name { self.links_from(entry) } else { Vec::new() };
            links
                .into_iter()
                .filter(|link| names.contains(&link.to.to_lowercase()))
                .collect::<Vec<_>>()
        };
        others.par_iter().flat_map_iter(links).collect()
    }
}

/// Whether `text` contains the ASCII letters of `name` in any case.
fn contains_ignoring_case(text: &str, name: &str) -> bool {
    !name.is_ascii()
        || text
            .as_bytes()
            .windows(name.len().max(1))
            .any(|window| window.eq_ignore_ascii_case(name.as_bytes()))
}

/// The place of a kind among the kinds.
fn place_of(kind: &Kind) -> Option<usize> {
    KINDS.iter().position(|other| std::ptr::eq(*other, kind))
}

/// Readable before unreadable, items before records, then rank, then id: one order on every
/// machine, whatever the order in which files were found.
fn order(a: &Entry, b: &Entry) -> Ordering {
    b.is_readable()
        .cmp(&a.is_readable())
        .then_with(|| place_of(a.kind).cmp(&place_of(b.kind)))
        .then_with(|| a.rank().is_none().cmp(&b.rank().is_none()))
        .then_with(|| a.rank().cmp(&b.rank()))
        .then_with(|| a.id().cmp(b.id()))
        .then_with(|| a.path().cmp(b.path()))
}

fn positions(entries: &[Arc<Entry>], config: &Config) -> Vec<Option<usize>> {
    counted(entries.iter().map(|entry| is_open(entry, config)))
}

/// Whether an entry is in the order of what is to be done.
fn is_open(entry: &Entry, config: &Config) -> bool {
    entry.kind.is_ranked() && entry.is_readable() && entry.category(config).is_open()
}

/// The numbers of those that hold, from 1.
fn counted(holds: impl IntoIterator<Item = bool>) -> Vec<Option<usize>> {
    let mut next = 0;
    let number = |holds: bool| {
        next += usize::from(holds);
        holds.then_some(next)
    };
    holds.into_iter().map(number).collect()
}
