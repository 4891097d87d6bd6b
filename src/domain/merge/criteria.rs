//! Acceptance criteria as things of their own: two people who tick neighbouring boxes change two
//! criteria, not one stretch of lines.

use std::collections::{HashMap, HashSet};

use super::{Conflict, lines, order};
use crate::domain::criteria::{self, Comparison, Criteria, Criterion};
use crate::domain::span::Span;

/// The list of criteria of one version.
#[derive(Debug)]
pub(super) struct List<'a> {
    /// The whole lines from the first criterion to the last.
    pub span: Span,
    criteria: Criteria,
    elements: Vec<Element<'a>>,
}

#[derive(Clone, Copy, Debug)]
struct Element<'a> {
    /// The blank lines before it.
    gap: &'a str,
    /// From its mark to its last line, without the break.
    text: &'a str,
    /// Where the character in its box stands.
    tick: Option<usize>,
}

/// The merged lines.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub text: String,
    pub conflicts: Vec<Conflict>,
    pub notes: Vec<String>,
}

impl<'a> List<'a> {
    /// The criteria of a body, if they are one plain list.
    pub(super) fn of(body: &'a str, headings: &[String]) -> Option<Self> {
        let criteria = criteria::criteria(body, 0, headings);
        let is_small = (1..=order::MAX).contains(&criteria.list.len());
        if !criteria.blocks.is_empty() || !is_small {
            return None;
        }
        let mut elements = Vec::new();
        let mut end = None;
        for criterion in &criteria.list {
            let whole = criterion.element_span()?;
            let start = body[..whole.start].rfind('\n').map_or(0, |at| at + 1);
            let gap = &body[end.unwrap_or(start)..start.max(end.unwrap_or(start))];
            // With blanks at the end of its last line: two of them are a line break in Markdown.
            let next = line_end(body, whole.end);
            let text = body[whole.start..next].trim_end_matches(['\r', '\n']);
            if start != whole.start || !gap.trim().is_empty() || !text.starts_with(['-', '*', '+'])
            {
                return None;
            }
            elements.push(Element { gap, text, tick: tick(criterion, text) });
            end = Some(next);
        }
        let first = criteria.list.first()?.element_span()?;
        let names = |name: fn(&Criterion) -> Option<&str>| {
            let names: Vec<&str> = criteria.list.iter().filter_map(name).collect();
            names.iter().collect::<HashSet<_>>().len() == names.len()
        };
        let are_unique = names(|it| it.id.as_deref()) && names(|it| Some(&it.text));
        let span = Span::new(first.start, end?);
        are_unique.then_some(Self { span, criteria, elements })
    }

    /// What stands between two elements.
    fn gap(&self) -> &'a str {
        self.elements.get(1).map_or("", |element| element.gap)
    }
}

/// The place of the character in the box of an element.
fn tick(criterion: &Criterion, text: &str) -> Option<usize> {
    criterion.checked?;
    let open = text.find('[')?;
    let is_box = text[1..open].trim().is_empty() && text[open + 2..].starts_with(']');
    is_box.then_some(open + 1)
}

impl<'a> Element<'a> {
    /// The text without what stands in the box.
    fn words(&self) -> (&'a str, &'a str) {
        match self.tick {
            Some(at) => (&self.text[..at], &self.text[at + 1..]),
            None => (self.text, ""),
        }
    }

    fn ticked(&self, tick: &str) -> String {
        let (before, after) = self.words();
        match self.tick {
            Some(_) => [before, tick, after].concat(),
            None => self.text.to_owned(),
        }
    }

    fn tick_text(&self) -> &str {
        self.tick.map_or("", |at| &self.text[at..=at])
    }
}

/// One criterion in the three versions, as places in their lists.
type Place = [Option<usize>; 3];

/// Merges the lists of two versions of `was`, of which the lesser comes first. `None` if the
/// result would not read as it was meant.
pub(super) fn merge(
    lists: [&List<'_>; 3],
    headings: &[String],
    line_break: &str,
    marker: usize,
) -> Option<Block> {
    let places = places(lists);
    let order_of = |side: usize| {
        let mut order: Vec<(usize, usize)> = Vec::new();
        order.extend(places.iter().enumerate().filter_map(|(nth, it)| Some((it[side]?, nth))));
        order.sort_unstable();
        order.into_iter().map(|(_, nth)| nth).collect::<Vec<_>>()
    };
    let order = order::merged(&order_of(0), &order_of(1), &order_of(2));
    let mut block = Block::default();
    let mut wanted: Vec<String> = Vec::new();
    for place in order.into_iter().map(|nth| places[nth]) {
        let [was, one, other] =
            [0, 1, 2].map(|side| place[side].map(|at| lists[side].elements[at]));
        let Some(text) = element([was, one, other], &mut block, line_break, marker) else {
            continue;
        };
        if !wanted.is_empty() {
            block.text.push_str(gap(lists, place));
        }
        block.text.push_str(&text);
        if !text.ends_with('\n') {
            block.text.push_str(line_break);
        }
        wanted.push(text);
    }
    reads_as(&block, &wanted, headings).then_some(block)
}

/// The blank lines before an element that is not the first.
fn gap<'a>(lists: [&List<'a>; 3], place: Place) -> &'a str {
    let own = |side: usize| {
        let at = place[side]?;
        let list = lists[side];
        Some(if at == 0 { list.gap() } else { list.elements[at].gap })
    };
    match (own(0), own(1), own(2)) {
        (was, Some(one), Some(other)) if was == Some(one) => other,
        (_, Some(one), _) => one,
        (_, _, Some(other)) => other,
        (was, ..) => was.unwrap_or_default(),
    }
}

/// Whether the block, read again, has the elements that were wanted. One with marks is looked at by
/// a person.
fn reads_as(block: &Block, wanted: &[String], headings: &[String]) -> bool {
    if !block.conflicts.is_empty() || wanted.is_empty() {
        return true;
    }
    let Some(heading) = headings.first() else { return false };
    let text = format!("# {heading}\n\n{}", block.text);
    let found = criteria::criteria(&text, 0, headings);
    let texts = found.list.iter().map(|it| it.element_span().map(|span| span.of(&text).trim_end()));
    texts.eq(wanted.iter().map(|text| Some(text.trim_end())))
}

/// Which criteria of the three lists are the same.
fn places(lists: [&List<'_>; 3]) -> Vec<Place> {
    let [was, one, other] = lists;
    let mut places: Vec<Place> =
        (0..was.elements.len()).map(|nth| [Some(nth), None, None]).collect();
    for (side, list) in [(1, one), (2, other)] {
        let Comparison { kept, .. } = criteria::compare(&was.criteria, &list.criteria);
        for (old, new) in kept {
            places[old.ordinal - 1][side] = Some(new.ordinal - 1);
        }
    }
    let taken = |side: usize| places.iter().filter_map(|it| it[side]).collect::<HashSet<_>>();
    let is_new = |side: usize| {
        let taken = taken(side);
        (0..lists[side].elements.len()).filter(move |nth| !taken.contains(nth))
    };
    let (new_one, new_other): (Vec<_>, Vec<_>) = (is_new(1).collect(), is_new(2).collect());
    let mut names: HashMap<&str, usize> = HashMap::new();
    for &nth in &new_one {
        let criterion = &one.criteria.list[nth];
        names.extend(criterion.id.as_deref().map(|id| (id, places.len())));
        names.entry(&criterion.text).or_insert(places.len());
        places.push([None, Some(nth), None]);
    }
    for nth in new_other {
        let criterion = &other.criteria.list[nth];
        let id = criterion.id.as_deref().and_then(|id| names.get(id));
        let same = id.or_else(|| names.get(criterion.text.as_str())).copied();
        match same.filter(|&at| places[at][2].is_none()) {
            Some(at) => places[at][2] = Some(nth),
            None => places.push([None, None, Some(nth)]),
        }
    }
    places
}

/// The merged element, without its last break; `None` if it goes.
fn element<'a>(
    versions: [Option<Element<'a>>; 3],
    block: &mut Block,
    line_break: &str,
    marker: usize,
) -> Option<String> {
    let have_boxes = versions.iter().flatten().all(|it| it.tick.is_some());
    let alike = |it: Element<'a>| Element { tick: it.tick.filter(|_| have_boxes), ..it };
    let [was, one, other] = versions.map(|it| it.map(alike));
    let (one, other) = match (was, one, other) {
        (_, Some(one), Some(other)) => (one, other),
        (None, Some(one), None) | (None, None, Some(one)) => return Some(one.text.to_owned()),
        (Some(was), Some(kept), None) | (Some(was), None, Some(kept)) => {
            if was.text == kept.text {
                return None;
            }
            block.notes.push(format!(
                "kept a criterion that one side changed and the other removed: {}",
                first_line(kept.text)
            ));
            return Some(kept.text.to_owned());
        }
        _ => return None,
    };
    let tick = match was {
        Some(was) if was.tick_text() == one.tick_text() => other.tick_text(),
        Some(was) if was.tick_text() == other.tick_text() => one.tick_text(),
        _ => one.tick_text().max(other.tick_text()),
    };
    let old = was.map(|it| it.words());
    if one.words() == other.words() || old == Some(other.words()) {
        return Some(one.ticked(tick));
    }
    if old == Some(one.words()) {
        return Some(other.ticked(tick));
    }
    let was = was.map(|it| it.ticked(tick)).unwrap_or_default();
    let (one, other) = (one.ticked(tick), other.ticked(tick));
    let merged = lines::merge(&was, &one, &other, marker);
    if merged.conflicts.is_empty() {
        return Some(merged.text);
    }
    let marks = lines::conflict(&was, &one, &other, marker);
    let mut either = vec![one, other];
    either.sort();
    block.conflicts.push(Conflict::Criterion { was, either });
    let mut text = marks.text;
    if !text.ends_with('\n') {
        text.push_str(line_break);
    }
    Some(text)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}
