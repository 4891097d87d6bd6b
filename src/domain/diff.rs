//! What differs between two states of a backlog, as the people who keep it would say it: moved,
//! estimated, a criterion removed, done.
//!
//! Only the files that differ are looked at, and an [`Order`] of the rest: what a change costs to
//! tell depends on what changed, not on the size of the backlog.

pub mod against;
mod field;
pub mod json;
mod moves;
mod pair;
mod place;
#[cfg(test)]
mod properties;
pub mod reason;
pub mod risk;
mod scope;
pub mod summary;
#[cfg(test)]
mod tests;

pub use field::{FieldChange, shown};
pub use scope::{Act, CriterionChange};

use super::config::Config;
use super::entry::Entry;
use super::kind::{Category, ITEM, KINDS, Kind};
use super::order::Order;
use pair::Pair;
pub use pair::Pairs;
use place::Places;

/// The way from one state to another.
#[derive(Debug, Default)]
pub struct Diff {
    /// The documents that differ: items in their new order, then records by kind and id.
    pub documents: Vec<DocumentChange>,
    /// The files that are no documents: settings, templates, pictures.
    pub files: Vec<OtherFile>,
    /// How many items are open before and after; `None` if the order is the same.
    pub n_open: Option<(usize, usize)>,
}

/// A file that is no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherFile {
    /// Its path below the backlog's folder.
    pub path: String,
    /// Whether it was there before.
    pub was_there: bool,
    /// Whether it is there after.
    pub is_there: bool,
}

impl OtherFile {
    /// The file at a path of which a word says what became; `None` for any other word.
    pub fn of_word(path: &str, word: &str) -> Option<Self> {
        let (was_there, is_there) = match word {
            "added" => (false, true),
            "removed" => (true, false),
            "changed" => (true, true),
            _ => return None,
        };
        Some(Self { path: path.to_owned(), was_there, is_there })
    }

    /// The word for what became of it.
    pub fn word(&self) -> &'static str {
        match (self.was_there, self.is_there) {
            (false, _) => "added",
            (_, false) => "removed",
            _ => "changed",
        }
    }
}

/// What became of one document.
#[derive(Debug)]
pub struct DocumentChange {
    /// Its id: the new one, if somebody changed it.
    pub id: String,
    /// What kind of document it is.
    pub kind: &'static Kind,
    /// Its title; `None` without one, and where its file did not change, and so was not read.
    pub title: Option<String>,
    /// Before; `None` if it was not there, or its file did not change.
    pub before: Option<Entry>,
    /// After; `None` if it is gone, or its file did not change.
    pub after: Option<Entry>,
    /// Its places among the open items before and after, from 1; `None` where it is not open, and
    /// where nothing in the order changed, so that nobody looked.
    pub positions: (Option<usize>, Option<usize>),
    /// What its status means before and after; `None` where it was not read.
    pub categories: (Option<Category>, Option<Category>),
    /// What changed, the place first. Never empty.
    pub changes: Vec<Change>,
}

impl DocumentChange {
    /// The document after the change, or before it, if it is gone.
    pub fn entry(&self) -> Option<&Entry> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

/// One change of one document.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its file has another name.
    Renamed {
        /// The path before.
        from: String,
        /// The path after.
        to: String,
    },
    /// It cannot be read before or after, so that nobody can say what else changed.
    Unreadable {
        /// Whether it is the state after that cannot be read.
        is_now: bool,
        /// Where and why: `3:9: a colon inside a value without quotes`.
        reason: String,
    },
    /// It has another place in the order.
    Moved(Move),
    /// A field has another value. The key of an item's place is one of them; it can change without
    /// a move.
    Set(FieldChange),
    /// An acceptance criterion changed.
    Criterion(CriterionChange),
    /// The text beside the criteria changed.
    Text {
        /// The number of new lines.
        added: usize,
        /// The number of lines that are gone.
        removed: usize,
    },
    /// It says the same, and is written differently.
    Layout,
}

/// The words of all sorts of change.
pub const WORDS: [&str; 9] =
    ["added", "removed", "renamed", "unreadable", "moved", "set", "criteria", "text", "layout"];

/// A move in the order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Move {
    /// The place before, from 1.
    pub from: usize,
    /// The place after, from 1.
    pub to: usize,
    /// The item that is now directly before it.
    pub after: Option<String>,
    /// The item that is now directly behind it.
    pub before: Option<String>,
    /// How many items that did not move it passed.
    pub n_passed: usize,
    /// The first of those, beginning beside its new place; at most [`PASSED`].
    pub passed: Vec<String>,
}

/// How many of the items that a move passed are named.
pub const PASSED: usize = 5;

impl Move {
    /// Whether it moved towards the top.
    pub fn is_up(&self) -> bool {
        self.to < self.from
    }
}

impl Change {
    /// The word for the sort of change, by which a history is filtered.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed { .. } => "renamed",
            Self::Unreadable { .. } => "unreadable",
            Self::Moved(_) => "moved",
            Self::Set(_) => "set",
            Self::Criterion(_) => "criteria",
            Self::Text { .. } => "text",
            Self::Layout => "layout",
        }
    }
}

/// Which of two states an [`Order`] is that of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It is that of the state before, and becomes that of the state after.
    Forward,
    /// It is that of the state after, and becomes that of the state before.
    Backward,
}

/// What differs between two states with these settings.
///
/// `order` is brought from one state to the other; without one, places are not looked at. Where
/// the settings count other statuses as open, `pairs` has to hold all items, changed or not.
pub fn diff(
    pairs: Pairs,
    settings: (&Config, &Config),
    order: Option<(&mut Order, Direction)>,
) -> Diff {
    let Pairs { pairs, others } = pairs;
    let places = order.map(|(order, direction)| {
        let places = Places::of(&pairs, settings, order, direction);
        let moves = places.moves(order);
        (places, moves)
    });
    let (places, mut moves) = places.unzip();
    let mut documents: Vec<DocumentChange> = Vec::new();
    for (at, pair) in pairs.into_iter().enumerate() {
        let moved = moves.as_mut().and_then(|it| it.candidates.remove(&at));
        let positions = places.as_ref().map(|it| it.positions(at)).unwrap_or_default();
        documents.extend(document(pair, moved, positions, settings));
    }
    documents.extend(moves.into_iter().flat_map(|it| it.rest).map(untouched));
    documents.sort_by(|a, b| key(a).cmp(&key(b)));
    Diff { documents, files: others, n_open: places.map(|it| it.n_open) }
}

/// Items in their new order, what is not open after them, then records by kind.
fn key(it: &DocumentChange) -> (usize, bool, Option<usize>, &str) {
    let kind = KINDS.iter().position(|kind| std::ptr::eq(*kind, it.kind)).unwrap_or(KINDS.len());
    let position = it.positions.1.or(it.positions.0);
    (kind, it.positions.1.is_none(), position, &it.id)
}

/// An item that moved because the files of others changed.
fn untouched((id, moved): (String, Move)) -> DocumentChange {
    DocumentChange {
        id,
        kind: &ITEM,
        title: None,
        before: None,
        after: None,
        positions: (Some(moved.from), Some(moved.to)),
        categories: (None, None),
        changes: vec![Change::Moved(moved)],
    }
}

/// The change of one document; `None` if there is none.
fn document(
    pair: Pair,
    moved: Option<Move>,
    positions: (Option<usize>, Option<usize>),
    settings: (&Config, &Config),
) -> Option<DocumentChange> {
    let changes = changes(&pair, moved, settings);
    let entry = pair.after.as_ref().or(pair.before.as_ref())?;
    let id = entry.id().to_owned();
    // What cannot be read now may have had a title before.
    let titles =
        [&pair.after, &pair.before].into_iter().flatten().map(|it| it.title().into_owned());
    let title = titles.into_iter().find(|title| !title.is_empty());
    let category = |entry: &Option<Entry>, config| entry.as_ref().map(|it| it.category(config));
    let categories = (category(&pair.before, settings.0), category(&pair.after, settings.1));
    let (kind, Pair { before, after }) = (entry.kind, pair);
    let change = DocumentChange { id, kind, title, before, after, positions, categories, changes };
    (!change.changes.is_empty()).then_some(change)
}

fn changes(pair: &Pair, moved: Option<Move>, settings: (&Config, &Config)) -> Vec<Change> {
    let (old, new) = match (&pair.before, &pair.after) {
        (Some(old), Some(new)) => (old, new),
        (None, Some(new)) => return with_problem(Change::Added, new, true),
        (Some(old), None) => return with_problem(Change::Removed, old, false),
        (None, None) => return Vec::new(),
    };
    let mut changes: Vec<Change> = moved.map(Change::Moved).into_iter().collect();
    if old.path() != new.path() {
        let (from, to) = (old.path().to_owned(), new.path().to_owned());
        changes.push(Change::Renamed { from, to });
    }
    if !old.is_readable() || !new.is_readable() {
        if old.document.text() != new.document.text() || old.is_readable() != new.is_readable() {
            changes.extend(unreadable(new, true).or_else(|| unreadable(old, false)));
        }
        return changes;
    }
    changes.extend(field::changes(&old.document, &new.document).into_iter().map(Change::Set));
    if old.document.body() != new.document.body() {
        let (before, after) = (old.criteria(settings.0), new.criteria(settings.1));
        changes.extend(scope::changes(&before, &after).into_iter().map(Change::Criterion));
        let rest = (before.rest(old.document.text()), after.rest(new.document.text()));
        changes.extend(text(&rest.0, &rest.1));
    }
    let says_more = |change: &Change| !matches!(change, Change::Moved(_) | Change::Renamed { .. });
    if !changes.iter().any(says_more) && old.document.text() != new.document.text() {
        changes.push(Change::Layout);
    }
    changes
}

/// A change of a whole document, and why it cannot be read.
fn with_problem(change: Change, entry: &Entry, is_now: bool) -> Vec<Change> {
    [Some(change), unreadable(entry, is_now)].into_iter().flatten().collect()
}

fn unreadable(entry: &Entry, is_now: bool) -> Option<Change> {
    let problem = entry.document.problems().iter().find(|it| it.kind.is_fatal())?;
    Some(Change::Unreadable {
        is_now,
        reason: format!("{}: {}", problem.position, problem.message),
    })
}

/// The change of running text by its lines; blank ones do not count.
fn text(before: &str, after: &str) -> Option<Change> {
    let (before, after) = (said(before), said(after));
    if before == after {
        return None;
    }
    let diff = similar::TextDiff::from_slices(&before, &after);
    let (mut added, mut removed) = (0, 0);
    for op in diff.ops() {
        let (_, old, new) = op.as_tag_tuple();
        if op.tag() != similar::DiffTag::Equal {
            removed += old.len();
            added += new.len();
        }
    }
    Some(Change::Text { added, removed })
}

/// The lines that say something, without the blanks at their ends.
fn said(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect()
}
