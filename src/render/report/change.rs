//! Changes in words: what `diff`, `log`, `review` and `why` have in common.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{ChangeTag, DiffOp, TextDiff};

use crate::domain::diff::{Act, Change, CriterionChange, FieldChange, Move, shown};
use crate::domain::document::Document;
use crate::domain::message::counted;
use crate::domain::note::one_line;
use crate::render::block::{Cell, Line, Tone};

/// The longest value of a field that is shown whole.
const LONGEST: usize = 80;

/// The titles of documents, by id.
pub type Titles = BTreeMap<String, String>;

/// How a piece of text that came or went is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// As Git marks words, `[-gone-]{+new+}`, which needs no colours.
    Brackets,
    /// By the tones alone, which a page strikes out and makes bold.
    Tones,
}

/// What a change says, without the document that it is about.
pub(super) fn line(change: &Change, titles: &Titles, marks: Marks) -> Line<'static> {
    match change {
        Change::Added => Cell::strong("added").into(),
        Change::Removed => Cell::new("removed", Tone::Removed).into(),
        Change::Renamed { from, to } => format!("file {} → {}", name(from), name(to)).into(),
        Change::Unreadable { is_now, reason } => {
            let when = if *is_now { "cannot be read" } else { "could not be read before" };
            Cell::new(format!("{when}: {reason}"), Tone::Bad).into()
        }
        Change::Moved(moved) => {
            let places = format!("moved {} → {}", moved.from, moved.to);
            let line = Line::from(Cell::strong(places)).then(", ");
            landing(moved, titles).cells.into_iter().fold(line, Line::then)
        }
        Change::Set(field) if field.field == "rank" => Cell::dim("rank key rewritten").into(),
        Change::Set(field) => set(field),
        Change::Criterion(criterion) => self::criterion(criterion, marks),
        Change::Text { added, removed } => text(*added, *removed).into(),
        Change::Layout => Cell::dim("written differently, and says the same").into(),
    }
}

/// The last part of a path.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `text: 3 lines added, 1 removed`
fn text(added: usize, removed: usize) -> String {
    match (added, removed) {
        (0, removed) => format!("text: {} removed", counted(removed, "line")),
        (added, 0) => format!("text: {} added", counted(added, "line")),
        (added, removed) => format!("text: {} added, {removed} removed", counted(added, "line")),
    }
}

/// Where a move ended, and what it passed: `above BL-9qqrt Invoice; passes 11`
pub(super) fn landing(moved: &Move, titles: &Titles) -> Line<'static> {
    let line = match (&moved.after, &moved.before) {
        (None, None) => Line::from("alone"),
        (None, Some(before)) => named("at the top, above ", before, titles),
        (Some(after), None) => named("at the end, below ", after, titles),
        (Some(after), Some(_)) if !moved.is_up() => named("below ", after, titles),
        (_, Some(before)) => named("above ", before, titles),
    };
    if moved.n_passed < 2 {
        return line;
    }
    line.then(Cell::dim(format!("; passes {}", moved.n_passed)))
}

/// An id and the title, if there is one.
pub(super) fn titled<'a>(id: &'a str, title: &'a str) -> Line<'a> {
    match title {
        "" => Line::from(Cell::id(id)),
        title => Line::from(Cell::id(id)).then(" ").then(title),
    }
}

fn named(words: &str, id: &str, titles: &Titles) -> Line<'static> {
    let line = Line::from(words.to_owned()).then(Cell::id(id.to_owned()));
    match titles.get(id) {
        Some(title) => line.then(" ").then(title.clone()),
        None => line,
    }
}

/// `effort 3 → 5`, `labels +checkout -later`
fn set(change: &FieldChange) -> Line<'static> {
    let field = &change.field;
    if change.is_list() {
        let (added, removed) = (change.added(), change.removed());
        if added.is_empty() && removed.is_empty() {
            return format!("{field} in another order: {}", short(change.to.as_ref())).into();
        }
        let mut line = Line::from(field.clone());
        for (mark, values, tone) in [("+", added, Tone::Strong), ("-", removed, Tone::Removed)] {
            for value in values {
                line = line.then(" ").then(Cell::new(format!("{mark}{value}"), tone));
            }
        }
        return line;
    }
    let (from, to) = (short(change.from.as_ref()), short(change.to.as_ref()));
    let line = Line::from(format!("{field} "));
    match (from.is_empty(), to.is_empty()) {
        (true, _) => line.then("none → ").then(Cell::strong(to)),
        (_, true) => line.then(Cell::new(from, Tone::Removed)).then(" → none"),
        _ => line.then(Cell::new(from, Tone::Removed)).then(" → ").then(Cell::strong(to)),
    }
}

/// A value on one line.
fn short(value: Option<&serde_json::Value>) -> String {
    let text = shown(value).split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// `criterion 2 reworded: The guest pays in [-two steps-]{+one step+}`
fn criterion(change: &CriterionChange, marks: Marks) -> Line<'static> {
    let (tone, what) = match &change.act {
        Act::Removed => (Tone::Removed, "removed".to_owned()),
        Act::Added => (Tone::Strong, "added".to_owned()),
        Act::Reworded { .. } => (Tone::Warn, "reworded".to_owned()),
        Act::Ticked => (Tone::Good, "met".to_owned()),
        Act::Unticked => (Tone::Warn, "not met any more".to_owned()),
        Act::Moved { from } => (Tone::Dim, format!("moved from {from}")),
        Act::Named { .. } => match &change.id {
            Some(id) => (Tone::Dim, format!("is now ^{id}")),
            None => (Tone::Dim, "has no id any more".to_owned()),
        },
    };
    let line = Line::from(format!("criterion {} ", change.ordinal)).then(Cell::new(what, tone));
    let words = match &change.act {
        Act::Reworded { from } => reworded(from, &change.text, marks),
        _ => vec![one_line(&change.text).into()],
    };
    words.into_iter().fold(line.then(": "), Line::then)
}

/// The words of both texts, those that came and went marked.
fn reworded(from: &str, to: &str, marks: Marks) -> Vec<Cell<'static>> {
    let (from, to) = (one_line(from), one_line(to));
    let diff = TextDiff::from_words(&*from, &*to);
    let mut runs: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => runs.push((change.tag(), change.value().to_owned())),
        }
    }
    let cell = |(tag, text): (ChangeTag, String)| match (tag, marks) {
        (ChangeTag::Equal, _) => Cell::from(text),
        (ChangeTag::Delete, Marks::Brackets) => Cell::new(format!("[-{text}-]"), Tone::Removed),
        (ChangeTag::Insert, Marks::Brackets) => Cell::new(format!("{{+{text}+}}"), Tone::Good),
        (ChangeTag::Delete, Marks::Tones) => Cell::new(text, Tone::Struck),
        (ChangeTag::Insert, Marks::Tones) => Cell::new(text, Tone::Strong),
    };
    runs.into_iter().map(cell).collect()
}

/// The lines that two bodies have differently, as a patch shows them, without its header. The
/// numbers are those of the files.
pub(super) fn patch(before: &Document, after: &Document) -> Vec<Line<'static>> {
    let diff = TextDiff::from_lines(before.body(), after.body());
    let above =
        |document: &Document| document.text()[..document.body_span().start].matches('\n').count();
    let (n_before, n_after) = (above(before), above(after));
    let mut lines = Vec::new();
    for hunk in diff.unified_diff().context_radius(2).iter_hunks() {
        let range = |of: fn(&DiffOp) -> Range<usize>, n_above: usize| {
            let start = hunk.ops().first().map_or(0, |op| of(op).start);
            let end = hunk.ops().last().map_or(start, |op| of(op).end);
            format!("{},{}", start + n_above + 1, end - start)
        };
        let (old, new) = (range(DiffOp::old_range, n_before), range(DiffOp::new_range, n_after));
        lines.push(Line::from(Cell::new(format!("@@ -{old} +{new} @@"), Tone::Code)));
        for change in hunk.iter_changes() {
            let (mark, tone) = match change.tag() {
                ChangeTag::Equal => (" ", Tone::Plain),
                ChangeTag::Delete => ("-", Tone::Removed),
                ChangeTag::Insert => ("+", Tone::Good),
            };
            let text = change.value().trim_end_matches(['\n', '\r']);
            lines.push(Line::from(Cell::new(format!("{mark}{text}"), tone)));
        }
    }
    lines
}
