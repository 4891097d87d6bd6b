//! The same document before and after: by its id, wherever its file is.

use std::collections::{HashMap, HashSet};

use super::OtherFile;
use crate::domain::config::Config;
use crate::domain::document::Document;
use crate::domain::entry::Entry;
use crate::domain::kind::{ITEM, Kind};
use crate::domain::order::{Order, Placed};
use crate::domain::problem::Problem;
use crate::domain::source::{FileChange, SourceFile};

/// One document in both states.
#[derive(Debug, Default)]
pub(super) struct Pair {
    pub(super) before: Option<Entry>,
    pub(super) after: Option<Entry>,
}

/// The documents that two states may have differently.
#[derive(Debug, Default)]
pub struct Pairs {
    pub(super) pairs: Vec<Pair>,
    /// The files that are no documents.
    pub(super) others: Vec<OtherFile>,
}

impl Pairs {
    /// The documents among `files`.
    ///
    /// A file that kept its path is the same document, also with another id, unless that id went
    /// on in another file; of the rest, those with the same id are.
    pub fn of(files: Vec<FileChange>) -> Self {
        let mut others = Vec::new();
        let mut pairs: Vec<Pair> = Vec::new();
        for file in files {
            let (was_there, is_there) = (file.before.is_some(), file.after.is_some());
            let Some(kind) = Kind::of_path(&file.path).or_else(|| hidden(&file)) else {
                if file.before == file.after {
                    continue;
                }
                others.push(OtherFile { path: file.path, was_there, is_there });
                continue;
            };
            let before = file.before.map(|text| entry(&file.path, text, kind));
            let after = file.after.map(|text| entry(&file.path, text, kind));
            pairs.push(Pair { before, after });
        }
        others.sort_by(|a, b| a.path.cmp(&b.path));
        Self { pairs: rejoined(pairs), others }
    }

    /// Whether an item came to the order, left it, or has another key.
    pub fn touch_order(&self, settings: (&Config, &Config)) -> bool {
        let placed = |entry: &Option<Entry>, config| {
            entry.as_ref().and_then(|entry| Placed::of(entry, config))
        };
        self.pairs.iter().any(|it| placed(&it.before, settings.0) != placed(&it.after, settings.1))
    }

    /// Brings an order from the state before to the state after.
    pub fn carry(&self, settings: (&Config, &Config), order: &mut Order) {
        let placed = |entry: Option<&Entry>, config| entry.and_then(|it| Placed::of(it, config));
        for old in self.pairs.iter().filter_map(|it| placed(it.before.as_ref(), settings.0)) {
            order.remove(&old);
        }
        for new in self.pairs.iter().filter_map(|it| placed(it.after.as_ref(), settings.1)) {
            order.insert(new);
        }
    }

    /// The documents before, and after, as the files that they stand in.
    pub fn files(&self) -> (Vec<SourceFile>, Vec<SourceFile>) {
        let files = |side: fn(&Pair) -> Option<&Entry>| {
            self.pairs.iter().filter_map(side).map(Entry::to_file).collect()
        };
        (files(|pair| pair.before.as_ref()), files(|pair| pair.after.as_ref()))
    }
}

/// What hides documents, a folder behind a link, is told as if it were one.
fn hidden(file: &FileChange) -> Option<&'static Kind> {
    let is_hidden = |text: &Option<Result<_, _>>| matches!(text, Some(Err(_)));
    let is_folder = !file.path.contains(['/', '.']);
    (is_folder && (is_hidden(&file.before) || is_hidden(&file.after))).then_some(&ITEM)
}

fn entry(path: &str, text: Result<String, Problem>, kind: &'static Kind) -> Entry {
    let document = match text {
        Ok(text) => Document::parse(path, text),
        Err(problem) => Document::unreadable(path, problem),
    };
    Entry::unchecked(document, kind)
}

/// Joins by id what went from one path to another.
fn rejoined(mut pairs: Vec<Pair>) -> Vec<Pair> {
    separate_strangers(&mut pairs);
    let mut gone: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, pair) in pairs.iter().enumerate().rev() {
        if let Pair { before: Some(before), after: None } = pair {
            gone.entry(before.id().to_lowercase()).or_default().push(at);
        }
    }
    for at in 0..pairs.len() {
        let Pair { before: None, after: Some(after) } = &pairs[at] else { continue };
        let from = gone.get_mut(&after.id().to_lowercase()).and_then(Vec::pop);
        if let Some(from) = from {
            pairs[at].before = pairs[from].before.take();
        }
    }
    pairs.retain(|pair| pair.before.is_some() || pair.after.is_some());
    pairs
}

/// Parts the two states of a path whose ids differ, if one of them is elsewhere in the other state.
fn separate_strangers(pairs: &mut Vec<Pair>) {
    if !pairs.iter().any(|pair| changed_id(pair).is_some()) {
        return;
    }
    let ids = |side: fn(&Pair) -> Option<&Entry>| -> HashSet<String> {
        pairs.iter().filter_map(side).map(|it| it.id().to_lowercase()).collect()
    };
    let (before, after) = (ids(|pair| pair.before.as_ref()), ids(|pair| pair.after.as_ref()));
    let mut parted = Vec::new();
    for pair in pairs.iter_mut() {
        let Some((old, new)) = changed_id(pair) else { continue };
        if after.contains(&old) || before.contains(&new) {
            parted.push(Pair { before: pair.before.take(), after: None });
        }
    }
    pairs.extend(parted);
}

/// The two ids of a document that has another one than before.
fn changed_id(pair: &Pair) -> Option<(String, String)> {
    let (before, after) = (pair.before.as_ref()?, pair.after.as_ref()?);
    let ids = (before.id().to_lowercase(), after.id().to_lowercase());
    (ids.0 != ids.1).then_some(ids)
}
