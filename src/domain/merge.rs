//! The merge of two versions of a document, and the conflicts that it leaves.
//!
//! It is a function of the three texts alone, the same in every clone and whichever side is one's
//! own: no clock, no names, no order of arguments. Fields are merged as fields, criteria as
//! criteria, and the rest by its lines. Nothing vanishes: a value that a side wrote is in the
//! result, or is what both began with, or is listed as a conflict or in a note, and a comment that
//! a side wrote is in the result.

mod body;
mod criteria;
mod decide;
mod entries;
mod field;
mod front;
mod lines;
mod order;

use std::collections::HashSet;

use super::document::Document;
pub use decide::{choose, decide, open, settled};
use entries::Entry;
use field::{Field, Verdict};
use front::{Chunk, Parts};

/// The length of the marks around a conflict, as Git writes them.
pub const MARKER: usize = 7;

/// The field in which conflicts are listed.
pub const FIELD: &str = entries::KEY;

/// What two versions became.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The document, with its conflicts in it.
    pub text: String,
    /// What a person has to decide.
    pub conflicts: Vec<Conflict>,
    /// What a rule decided between two values.
    pub notes: Vec<String>,
}

/// Something that two people changed differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// A field. Its values are in the list `conflicts` of the front matter.
    Field {
        /// Its key.
        name: String,
        /// The value that stands in the document, as it is written.
        was: Option<String>,
        /// The values that are wanted, each on one line as it is written; empty to remove it.
        either: Vec<String>,
    },
    /// An acceptance criterion, with marks around its two wordings.
    Criterion {
        /// Its wording before; empty if it is new.
        was: String,
        /// The two wordings.
        either: Vec<String>,
    },
    /// Lines of the text, with marks around them.
    Text {
        /// The line of the first mark, from 1.
        line: usize,
    },
    /// A document that cannot be read, so that it was merged by its lines or not at all.
    Unreadable {
        /// Why it cannot be read.
        reason: String,
    },
}

impl std::fmt::Display for Conflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shown = |value: &str| match value {
            "" => "nothing".to_owned(),
            value => value.to_owned(),
        };
        let listed = |either: &[String]| {
            let numbered = either
                .iter()
                .enumerate()
                .map(|(at, value)| format!("{}: {}", at + 1, shown(value)));
            numbered.collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::Field { name, was, either } => {
                let was = shown(was.as_deref().unwrap_or_default());
                write!(f, "{name} was {was}; {}", listed(either))
            }
            Self::Criterion { was, either } if was.is_empty() => {
                write!(f, "a new criterion; {}", listed(either))
            }
            Self::Criterion { was, either } => {
                write!(f, "the criterion '{was}'; {}", listed(either))
            }
            Self::Text { line } => write!(f, "the text from line {line} on"),
            Self::Unreadable { reason } => write!(f, "cannot be read: {reason}"),
        }
    }
}

impl Merged {
    /// Whether there is nothing to decide.
    pub fn is_clean(&self) -> bool {
        self.conflicts.is_empty()
    }

    fn clean(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// Merges two versions of a document that began as `base`, which is empty where both are new.
///
/// `headings` are those under which acceptance criteria stand, and `marker` is the length of the
/// marks around a conflict in the text, at least 7.
pub fn documents(base: &str, one: &str, other: &str, headings: &[String], marker: usize) -> Merged {
    if one == other || base == other {
        return Merged::clean(one);
    }
    if base == one {
        return Merged::clean(other);
    }
    let texts = if one <= other { [base, one, other] } else { [base, other, one] };
    if let Some((texts, is_crlf)) = with_one_line_break(texts) {
        let [base, one, other] = &texts;
        let merged = documents(base, one, other, headings, marker);
        return if is_crlf { with_crlf(merged) } else { merged };
    }
    let documents = texts.map(|text| Document::parse("", text));
    match documents.each_ref().map(Parts::of) {
        [Some(was), Some(one), Some(other)] if !texts[1].is_empty() && !texts[2].is_empty() => {
            let merged = parts(&was, &one, &other, headings, marker);
            merged.unwrap_or_else(|reason| by_lines(texts, marker, Some(reason)))
        }
        _ => by_lines(texts, marker, None),
    }
}

/// The texts with line feeds only, where each has one sort of line break and they differ, and
/// whether the result is to have the other sort: that of the side that changed it.
fn with_one_line_break(texts: [&str; 3]) -> Option<([String; 3], bool)> {
    let sort = |text: &str| {
        let (n_lf, n_crlf) = (text.matches('\n').count(), text.matches("\r\n").count());
        let is_plain = n_lf > 0 && text.matches('\r').count() == n_crlf;
        (is_plain && (n_crlf == 0 || n_crlf == n_lf)).then_some(n_crlf > 0)
    };
    let (one, other) = (sort(texts[1])?, sort(texts[2])?);
    let was = if texts[0].is_empty() { one } else { sort(texts[0])? };
    if was == one && was == other {
        return None;
    }
    let is_crlf = if was == one { other } else { one };
    Some((texts.map(|text| text.replace("\r\n", "\n")), is_crlf))
}

fn with_crlf(merged: Merged) -> Merged {
    Merged { text: merged.text.replace('\n', "\r\n"), ..merged }
}

/// The merge of documents that can be read. An error is the reason why the result would not be
/// right.
fn parts(
    was: &Parts<'_>,
    one: &Parts<'_>,
    other: &Parts<'_>,
    headings: &[String],
    marker: usize,
) -> Result<Merged, String> {
    let front = fields(was, one, other)?;
    let body = body::merge(was.body, one.body, other.body, headings, marker);
    let head = either(was.head, one.head, other.head);
    let mut close = either(was.close, one.close, other.close).to_owned();
    if !close.ends_with('\n') && !body.text.is_empty() {
        close.push_str(lines::line_break([head]));
    }
    let fenced = [head, &front.text, &close].concat();
    check(&fenced, &front.wanted)?;
    let text = [&fenced, body.text.as_str()].concat();
    if body.conflicts.is_empty() {
        let document = Document::parse("", text.as_str());
        if let Some(problem) = document.problems().first() {
            return Err(problem.message.clone());
        }
        if document.body() != body.text {
            return Err("the text would begin elsewhere".to_owned());
        }
    }
    let n_lines = fenced.matches('\n').count();
    let in_text = body.conflicts.into_iter().map(|conflict| match conflict {
        Conflict::Text { line } => Conflict::Text { line: line + n_lines },
        other => other,
    });
    let conflicts = front.conflicts.into_iter().chain(in_text).collect();
    Ok(Merged { text, conflicts, notes: [front.notes, body.notes].concat() })
}

/// Merged front matter.
#[derive(Default)]
struct Front {
    text: String,
    conflicts: Vec<Conflict>,
    notes: Vec<String>,
    /// Each key with the lines that it was to have.
    wanted: Vec<(String, String)>,
}

impl Front {
    /// Adds a field, with the comments of all versions above it.
    fn push<'a>(
        &mut self,
        versions: [Option<&Chunk<'a>>; 3],
        lines: String,
        homeless: &mut Homeless<'a>,
    ) {
        let [was, one, other] = versions;
        let above = |side: Option<&Chunk<'a>>| side.or(was).map_or("", |it| it.above);
        let comments = comments(above(was), above(one), above(other));
        homeless.take([one, other], &[&comments, &lines].map(String::as_str).concat());
        self.text += &[&homeless.place(), &comments, &lines].map(String::as_str).concat();
        let key = versions.into_iter().flatten().next().map_or(FIELD, |chunk| &chunk.key);
        self.wanted.push((key.to_owned(), lines));
    }
}

/// Comments that a side added to a field that went, or to a value that is not in the result. They
/// are put above what comes next.
struct Homeless<'a> {
    /// The comments that are not new.
    known: HashSet<&'a str>,
    comments: Vec<&'a str>,
    line_break: &'a str,
}

impl<'a> Homeless<'a> {
    fn since(was: &Parts<'a>, line_break: &'a str) -> Self {
        let known = was.chunks.iter().flat_map(Chunk::comments).chain(was.trailer.lines());
        Self { known: known.map(str::trim).collect(), comments: Vec::new(), line_break }
    }

    /// Takes up the new comments of two sides that are not in the lines that a field became.
    fn take(&mut self, sides: [Option<&Chunk<'a>>; 2], lines: &str) {
        let mut new: Vec<&'a str> = sides.into_iter().flatten().flat_map(Chunk::comments).collect();
        new.retain(|comment| !self.known.contains(comment));
        if new.is_empty() {
            return;
        }
        let result = Document::parse("", ["---\n", lines, "---\n"].concat());
        let parts = Parts::of(&result);
        let kept: HashSet<&str> =
            parts.iter().flat_map(|parts| &parts.chunks).flat_map(Chunk::comments).collect();
        let mut seen = HashSet::new();
        self.comments.extend(new.into_iter().filter(|it| !kept.contains(it) && seen.insert(*it)));
    }

    /// The lines of those that wait for a place.
    fn place(&mut self) -> String {
        self.comments.drain(..).flat_map(|comment| [comment, self.line_break]).collect()
    }
}

fn fields<'a>(was: &Parts<'a>, one: &Parts<'a>, other: &Parts<'a>) -> Result<Front, String> {
    let versions = [was, one, other];
    let mut names: Vec<&str> = Vec::new();
    for chunk in versions.iter().flat_map(|parts| &parts.chunks) {
        if !names.contains(&chunk.key.as_ref()) {
            names.push(&chunk.key);
        }
        if names.len() > order::MAX {
            return Err("too many keys".to_owned());
        }
    }
    let [was_order, one_order, other_order] = versions.map(|parts| {
        let place = |key: &str| names.iter().position(|name| *name == key);
        parts.chunks.iter().filter_map(|chunk| place(&chunk.key)).collect::<Vec<usize>>()
    });
    let mut front = Front::default();
    let line_break = lines::line_break([one.head, other.head]);
    let mut new_entries: Vec<Entry> = Vec::new();
    let mut homeless = Homeless::since(was, line_break);
    for nth in order::merged(&was_order, &one_order, &other_order) {
        let name = names[nth];
        if name == entries::KEY {
            continue;
        }
        let [was, one, other] = versions.map(|parts| parts.chunk(name));
        let field = Field { name, was, one, other };
        let lines = match field::merge(field, &mut front.notes) {
            Verdict::Lines(lines) => Some(lines),
            Verdict::Gone => None,
            Verdict::Open => {
                let new = entries_of(field);
                front.conflicts.push(Conflict::Field {
                    name: name.to_owned(),
                    was: was.map(|was| was.value().to_owned()),
                    either: new.iter().map(|entry| entry.value.clone()).collect(),
                });
                new_entries.extend(new);
                was.map(|was| was.own.to_owned())
            }
        };
        match lines {
            Some(lines) => front.push([was, one, other], lines, &mut homeless),
            None => homeless.take([one, other], ""),
        }
    }
    conflicts_list(versions, new_entries, &mut homeless, &mut front)?;
    front.text += &homeless.place();
    front.text += &comments(was.trailer, one.trailer, other.trailer);
    Ok(front)
}

/// What both sides want for a field.
fn entries_of(field: Field<'_>) -> Vec<Entry> {
    let any = field.was.or(field.one).or(field.other);
    let key = any.map_or(field.name, |chunk| chunk.key_text()).to_owned();
    let entry = |side| Entry { key: key.clone(), value: entries::wish(side) };
    let mut both = vec![entry(field.one), entry(field.other)];
    both.sort();
    both.dedup();
    both
}

/// Writes the list of conflicts: the old ones that no side resolved, and the new ones.
fn conflicts_list<'a>(
    versions: [&Parts<'a>; 3],
    new: Vec<Entry>,
    homeless: &mut Homeless<'a>,
    front: &mut Front,
) -> Result<(), String> {
    let chunks = versions.map(|parts| parts.chunk(entries::KEY));
    let lists = chunks.map(|chunk| chunk.map_or(Some(Vec::new()), |it| entries::of(it)));
    let [Some(was), Some(one), Some(other)] = lists else {
        return Err(format!("the field {} is not a list of values", entries::KEY));
    };
    let is_in_all = |entry: &Entry| one.contains(entry) && other.contains(entry);
    let stays = |entry: &Entry| !was.contains(entry) || is_in_all(entry);
    let kept = one.iter().chain(&other).filter(|entry| stays(entry)).cloned();
    let mut entries: Vec<Entry> = kept.chain(new).collect();
    entries.sort();
    entries.dedup();
    if entries.is_empty() {
        homeless.take([chunks[1], chunks[2]], "");
        return Ok(());
    }
    front.push(chunks, entries::write(&entries, homeless.line_break), homeless);
    Ok(())
}

/// The version that changed, or the first one if both did.
fn either<'a>(was: &'a str, one: &'a str, other: &'a str) -> &'a str {
    if one == was && !other.is_empty() { other } else { one }
}

/// Comments and blank lines of both sides; there are no marks in front matter.
fn comments(was: &str, one: &str, other: &str) -> String {
    let merged = lines::merge(was, one, other, MARKER);
    if merged.conflicts.is_empty() {
        return merged.text;
    }
    let first: HashSet<&str> = one.split_inclusive('\n').collect();
    let second = other.split_inclusive('\n').filter(|line| !first.contains(line));
    [one].into_iter().chain(second).collect()
}

/// Whether front matter, read again, has each key with the lines that it was to have.
fn check(fenced: &str, wanted: &[(String, String)]) -> Result<(), String> {
    let document = Document::parse("", fenced);
    if let Some(problem) = document.problems().first() {
        return Err(problem.message.clone());
    }
    let Some(parts) = Parts::of(&document) else {
        return Err("the front matter cannot be read line by line".to_owned());
    };
    if !parts.body.is_empty() || parts.chunks.len() != wanted.len() {
        return Err("a key would be another one".to_owned());
    }
    let is_there = |(key, lines): &&(String, String)| {
        parts.chunk(key).is_some_and(|chunk| chunk.own == lines.as_str())
    };
    match wanted.iter().find(|it| !is_there(it)) {
        Some((key, _)) => Err(format!("the value of {key} would be another one")),
        None => Ok(()),
    }
}

/// The merge of whole texts by their lines. With a `reason`, a merge of what can be read has gone
/// wrong, and a person has to look at it.
fn by_lines(texts: [&str; 3], marker: usize, reason: Option<String>) -> Merged {
    let [was, one, other] = texts;
    let mut merged = lines::merge(was, one, other, marker);
    if merged.conflicts.is_empty() && reason.is_some() {
        merged = lines::conflict(was, one, other, marker);
    }
    let mut conflicts = body::text_conflicts(&merged.text, merged.conflicts);
    let problem = |text: &str| {
        let document = Document::parse("", text);
        document.problems().first().map(|problem| problem.message.clone())
    };
    let is_marked = !conflicts.is_empty();
    let result = || problem(&merged.text).filter(|_| !is_marked);
    let inputs = || [one, other, was].into_iter().filter(|it| !it.is_empty()).find_map(problem);
    let reason = reason.or_else(result).or_else(|| inputs().filter(|_| is_marked));
    if reason.is_some() || is_marked {
        let reason = reason.unwrap_or_else(|| "the texts were merged by their lines".to_owned());
        conflicts.insert(0, Conflict::Unreadable { reason });
    }
    Merged { text: merged.text, conflicts, notes: Vec::new() }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
