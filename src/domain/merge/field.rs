//! The merge of one field.

use std::collections::HashSet;

use super::front::Chunk;
use crate::domain::date;
use crate::domain::document::Document;
use crate::domain::edit;
use crate::domain::rank::Rank;

/// One field in the three versions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    pub name: &'a str,
    pub was: Option<&'a Chunk<'a>>,
    pub one: Option<&'a Chunk<'a>>,
    pub other: Option<&'a Chunk<'a>>,
}

/// What becomes of a field.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// These lines.
    Lines(String),
    /// It goes.
    Gone,
    /// A person has to decide.
    Open,
}

/// Merges a field. What was decided between two values is told in `notes`.
pub(super) fn merge(field: Field<'_>, notes: &mut Vec<String>) -> Verdict {
    let own = |side: Option<&Chunk<'_>>| side.map(|it| it.own.to_owned());
    let of = |side: Option<&Chunk<'_>>| own(side).map_or(Verdict::Gone, Verdict::Lines);
    let Field { was, one, other, .. } = field;
    if own(one) == own(other) || own(other) == own(was) {
        return of(one);
    }
    if own(one) == own(was) {
        return of(other);
    }
    if let (Some(one), Some(other)) = (one, other)
        && one.means(other)
    {
        return Verdict::Lines(one.own.min(other.own).to_owned());
    }
    let is_only_spelled =
        |side: Option<&Chunk<'_>>| side.zip(was).is_some_and(|(side, was)| side.means(was));
    if is_only_spelled(one) {
        return grafted(one, other, was).map_or_else(|| of(other), Verdict::Lines);
    }
    if is_only_spelled(other) {
        return grafted(other, one, was).map_or_else(|| of(one), Verdict::Lines);
    }
    let chosen = chosen(field).map(|(lines, note)| {
        notes.push(note);
        Verdict::Lines(lines)
    });
    chosen.or_else(|| list(field)).unwrap_or(Verdict::Open)
}

/// The value of one side in the line of the other, which only changed what stands around it.
fn grafted(
    line: Option<&Chunk<'_>>,
    value: Option<&Chunk<'_>>,
    was: Option<&Chunk<'_>>,
) -> Option<String> {
    let (line, value, was) = (line?, value?, was?);
    let is_one_line = |it: &Chunk<'_>| it.own.matches('\n').count() == 1;
    let fits = [line, value, was].into_iter().all(is_one_line) && value.around() == was.around();
    let (before, after) = line.around();
    let is_filled = !was.value().is_empty() && !value.value().is_empty();
    (fits && is_filled).then(|| [before, value.value(), after].concat())
}

/// The value that a rule of the field chooses, with a note.
fn chosen(field: Field<'_>) -> Option<(String, String)> {
    let (one, other) = (field.one?, field.other?);
    let (first, second) = (one.scalar()?, other.scalar()?);
    let in_order = match field.name {
        "rank" => Rank::parse(&first)? < Rank::parse(&second)?,
        "started" => date::parse(&first)? < date::parse(&second)?,
        "done" => date::parse(&first)? > date::parse(&second)?,
        _ => return None,
    };
    let which = if field.name == "done" {
        "the later"
    } else if field.name == "started" {
        "the earlier"
    } else {
        "the smaller"
    };
    let (kept, dropped, lines) =
        if in_order { (first, second, one.own) } else { (second, first, other.own) };
    Some((
        lines.to_owned(),
        format!("{}: {kept}, {which} of two; the other was {dropped}", field.name),
    ))
}

/// Adds and removes of both sides, in the lines of one.
fn list(field: Field<'_>) -> Option<Verdict> {
    let sides = [field.was, field.one, field.other];
    if !sides.into_iter().flatten().any(Chunk::is_sequence) {
        return None;
    }
    let of = |side: Option<&Chunk<'_>>| side.map_or(Some(Vec::new()), Chunk::list);
    let (was, one, other) = (of(field.was)?, of(field.one)?, of(field.other)?);
    let sets = [&was, &one, &other].map(|list| list.iter().collect::<HashSet<_>>());
    let [was, in_one, in_other] = &sets;
    let stays = |it: &&String| !was.contains(it) || (in_one.contains(it) && in_other.contains(it));
    let mut seen = HashSet::new();
    let all = one.iter().chain(&other).filter(stays);
    let wanted: Vec<String> = all.filter(|it| seen.insert(*it)).cloned().collect();
    if wanted.is_empty() && (field.one.is_none() || field.other.is_none()) {
        return Some(Verdict::Gone);
    }
    let both = [(field.one, field.other), (field.other, field.one)];
    let lines = both.into_iter().find_map(|(base, from)| {
        let base = base.filter(|it| it.is_sequence())?;
        let added = from.is_none_or(Chunk::is_of_texts);
        added.then(|| edited(base, &wanted)).flatten()
    });
    lines.map(Verdict::Lines)
}

/// The lines of a list with other elements.
fn edited(chunk: &Chunk<'_>, wanted: &[String]) -> Option<String> {
    let (open, close) = ("---\n", "---\n");
    let key = chunk.key.as_ref();
    let document = |lines: String| Document::parse("", lines);
    let before = document([open, chunk.own, close].concat());
    let stay: HashSet<&String> = wanted.iter().collect();
    let gone: Vec<String> = chunk.list()?.into_iter().filter(|it| !stay.contains(it)).collect();
    let less = edit::remove_from_list(&before, key, &gone).ok()?;
    let more = edit::add_to_list(&document(less), key, wanted, &[]).ok()?;
    Some(more.strip_prefix(open)?.strip_suffix(close)?.to_owned())
}
