//! The merge of what stands below the front matter.

use super::criteria::{self, List};
use super::{Conflict, lines};
use crate::domain::span::Span;

/// Stands for the list of criteria while the rest is merged; no text that can be read has a NUL.
const PLACE: &str = "\0\n";

/// A merged body.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub text: String,
    pub conflicts: Vec<Conflict>,
    pub notes: Vec<String>,
}

/// Merges two versions of `was`, of which the lesser comes first. The line of a conflict counts
/// from the beginning of the body.
pub(super) fn merge(was: &str, one: &str, other: &str, headings: &[String], marker: usize) -> Body {
    let is_settled = one == other || one == was || other == was;
    let by_criteria = || with_criteria(was, one, other, headings, marker);
    match if is_settled { None } else { by_criteria() } {
        Some(body) => body,
        None => {
            let merged = lines::merge(was, one, other, marker);
            let conflicts = text_conflicts(&merged.text, merged.conflicts);
            Body { conflicts, text: merged.text, notes: Vec::new() }
        }
    }
}

/// The conflicts at some bytes of a text, in ascending order.
pub(super) fn text_conflicts(text: &str, places: impl IntoIterator<Item = usize>) -> Vec<Conflict> {
    let (mut from, mut line) = (0, 1);
    let conflict = |at: usize| {
        line += text[from..at].matches('\n').count();
        from = at;
        Conflict::Text { line }
    };
    places.into_iter().map(conflict).collect()
}

/// The merge with the criteria one by one; `None` if they are not the same plain list everywhere.
fn with_criteria(
    was: &str,
    one: &str,
    other: &str,
    headings: &[String],
    marker: usize,
) -> Option<Body> {
    let lists = [List::of(was, headings)?, List::of(one, headings)?, List::of(other, headings)?];
    // A list at the very end whose last line is not closed is merged with the other lines.
    let is_closed = |text: &str| text.ends_with('\n');
    if ![was, one, other].into_iter().all(is_closed) {
        return None;
    }
    let line_break = lines::line_break([one, other, was]);
    let block = criteria::merge([&lists[0], &lists[1], &lists[2]], headings, line_break, marker)?;
    let [was, one, other] = [(was, &lists[0]), (one, &lists[1]), (other, &lists[2])]
        .map(|(text, list)| out(text, list.span));
    let rest = lines::merge(&was, &one, &other, marker);
    let mut places = rest.text.match_indices(PLACE).map(|(at, _)| at);
    let (at, None) = (places.next()?, places.next()) else { return None };
    // In a conflict, the list would belong to one side only.
    let close = format!("\n{}", ">".repeat(marker.max(7)));
    let last = rest.conflicts.iter().rfind(|&&start| start < at);
    if last.is_some_and(|&start| !rest.text[start..at].contains(&close)) {
        return None;
    }
    let block_text = block.text;
    let text = [&rest.text[..at], &block_text, &rest.text[at + PLACE.len()..]].concat();
    let shift =
        |start: usize| if start > at { start + block_text.len() - PLACE.len() } else { start };
    let of_text = text_conflicts(&text, rest.conflicts.into_iter().map(shift));
    let conflicts = of_text.into_iter().chain(block.conflicts).collect();
    Some(Body { text, conflicts, notes: block.notes })
}

/// A body with the place of its criteria instead of them.
fn out(text: &str, list: Span) -> String {
    [&text[..list.start], PLACE, &text[list.end..]].concat()
}
