//! Changing criteria, one at a time.

use super::{Criteria, Criterion, Form};
use crate::domain::edit::body::{at_end, line_break};
use crate::domain::span::Span;

/// `text` with a new criterion after the one with the number `after`, or after the last. `None`
/// if the words would not be one criterion.
pub fn add(text: &str, criteria: &Criteria, new: &str, after: Option<usize>) -> Option<String> {
    let new = one_line(new)?;
    let line_break = line_break(text);
    let last_element = || criteria.list.iter().rposition(|it| it.element().is_some());
    let neighbour = match after {
        Some(ordinal) => Some(ordinal.checked_sub(1)?),
        None => last_element(),
    };
    let (at, added) = match (neighbour, criteria.section) {
        (Some(index), _) => {
            let (whole, _) = criteria.list.get(index)?.element()?;
            let gap = gap_after(text, criteria, index).unwrap_or(line_break);
            (whole.end, format!("{gap}{}[ ] {new}", mark_of(text, criteria, index)))
        }
        (None, _) => first(text, criteria, &format!("- [ ] {new}")),
    };
    let result = [&text[..at], &added, &text[at..]].concat();
    let mut wanted = criteria.clone();
    let place = neighbour.map_or(wanted.list.len(), |index| index + 1);
    wanted.list.insert(place, Criterion::unmet(&new));
    accept(text, criteria, result, &wanted)
}

/// Where the first criteria of a document go, and what to write there: below the heading, which is
/// made if it is missing.
fn first(text: &str, criteria: &Criteria, lines: &str) -> (usize, String) {
    let line_break = line_break(text);
    if let Some(section) = criteria.section {
        let end = section.start + section.of(text).trim_end().len();
        return (end, format!("{line_break}{line_break}{lines}"));
    }
    let heading = criteria.headings.first().map_or("Acceptance criteria", String::as_str);
    (text.len(), at_end(text, &format!("## {heading}{line_break}{line_break}{lines}")))
}

/// A criterion that was taken out of one document to be given to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its lines, with the mark, the box, the id and what is nested in it.
    pub written: String,
    criterion: Criterion,
}

/// `text` without the criteria of these numbers, and these as they are written, in their order.
/// `None` for a scenario, and where more than the criteria would change.
pub fn take(text: &str, criteria: &Criteria, ordinals: &[usize]) -> Option<(String, Vec<Taken>)> {
    let mut ordinals = ordinals.to_vec();
    ordinals.sort_unstable();
    ordinals.dedup();
    let mut taken = Vec::with_capacity(ordinals.len());
    for ordinal in &ordinals {
        let criterion = criteria.list.get(ordinal.checked_sub(1)?)?;
        let (whole, _) = criterion.element()?;
        taken.push(Taken { written: whole.of(text).to_owned(), criterion: criterion.clone() });
    }
    let mut rest = text.to_owned();
    for ordinal in ordinals.iter().rev() {
        let found = super::criteria(&rest, criteria.body, &criteria.headings);
        rest = remove(&rest, &found, *ordinal)?;
    }
    Some((rest, taken))
}

/// `text` with criteria that were taken out of another, behind its own.
pub fn give(text: &str, criteria: &Criteria, taken: &[Taken]) -> Option<String> {
    if taken.is_empty() {
        return Some(text.to_owned());
    }
    let line_break = line_break(text);
    let lines: Vec<String> = taken.iter().map(|it| it.written.replace("\r\n", "\n")).collect();
    let lines = lines.join("\n").replace('\n', line_break);
    let (at, added) = match criteria.list.iter().rev().find_map(Criterion::element) {
        Some((whole, _)) => (whole.end, format!("{line_break}{lines}")),
        None => first(text, criteria, &lines),
    };
    let mut wanted = criteria.clone();
    wanted.list.extend(taken.iter().map(|it| it.criterion.clone()));
    accept(text, criteria, [&text[..at], &added, &text[at..]].concat(), &wanted)
}

/// `text` with the box of a criterion ticked or not. `None` for a scenario, which has no box.
pub fn check(text: &str, criteria: &Criteria, ordinal: usize, checked: bool) -> Option<String> {
    let index = ordinal.checked_sub(1)?;
    let criterion = criteria.list.get(index)?;
    let (_, content) = criterion.element()?;
    let mark = if checked { 'x' } else { ' ' };
    let result = match criterion.checked {
        Some(now) if now == checked => return Some(text.to_owned()),
        Some(_) => [&text[..=content], &mark.to_string(), &text[content + 2..]].concat(),
        None => [&text[..content], &format!("[{mark}] "), &text[content..]].concat(),
    };
    let mut wanted = criteria.clone();
    wanted.list[index].checked = Some(checked);
    accept(text, criteria, result, &wanted)
}

/// `text` with other words for a criterion. Its box, its id and what is nested in it stay.
pub fn reword(text: &str, criteria: &Criteria, ordinal: usize, new: &str) -> Option<String> {
    let index = ordinal.checked_sub(1)?;
    let criterion = criteria.list.get(index)?;
    criterion.element()?;
    let new = one_line(new)?;
    let span = criterion.span;
    let result = [&text[..span.start], &new, &text[span.end..]].concat();
    let mut wanted = criteria.clone();
    wanted.list[index].text = new;
    accept(text, criteria, result, &wanted)
}

/// `text` without a criterion.
pub fn remove(text: &str, criteria: &Criteria, ordinal: usize) -> Option<String> {
    let index = ordinal.checked_sub(1)?;
    let (whole, _) = criteria.list.get(index)?.element()?;
    let line_start = text[..whole.start].rfind('\n').map_or(0, |at| at + 1);
    let next = criteria.list.get(index + 1).and_then(Criterion::element);
    let own = Span::new(line_start, line_end(text, whole.end));
    let is_blank = |from: usize, to: usize| text[from..to].trim().is_empty();
    let previous = index.checked_sub(1).and_then(|at| criteria.list[at].element());
    // With the blank lines up to the next element, or back to the one before if it is the last.
    let cut = match (next, previous) {
        (Some((next, _)), _) if is_blank(whole.end, next.start) => {
            Span::new(line_start, text[..next.start].rfind('\n').map_or(0, |at| at + 1))
        }
        (None, Some((previous, _))) if is_blank(previous.end, line_start) => {
            Span::new(line_end(text, previous.end), own.end)
        }
        _ => own,
    };
    let mut wanted = criteria.clone();
    wanted.list.remove(index);
    accept(text, criteria, [&text[..cut.start], &text[cut.end..]].concat(), &wanted)
}

/// `text` with a criterion at another number; beyond the end it is the last. The marks and the
/// lines between the elements stay where they are, and their contents move.
pub fn move_to(text: &str, criteria: &Criteria, ordinal: usize, to: usize) -> Option<String> {
    let from = ordinal.checked_sub(1)?;
    let to = to.checked_sub(1)?.min(criteria.list.len().checked_sub(1)?);
    let mut order: Vec<usize> = (0..criteria.list.len()).collect();
    let moved = (from < order.len()).then(|| order.remove(from))?;
    order.insert(to, moved);
    let mut result = text.to_owned();
    for (place, &source) in order.iter().enumerate().rev() {
        if place == source {
            continue;
        }
        let content = |index: usize| {
            let (whole, content) = criteria.list[index].element()?;
            Some(Span::new(content, whole.end))
        };
        let (target, source) = (content(place)?, content(source)?);
        result.replace_range(target.start..target.end, source.of(text));
    }
    let mut wanted = criteria.clone();
    wanted.list = order.into_iter().map(|at| criteria.list[at].clone()).collect();
    accept(text, criteria, result, &wanted)
}

impl Criterion {
    /// A new criterion, as far as its meaning goes.
    fn unmet(text: &str) -> Self {
        Self {
            ordinal: 0,
            id: None,
            checked: Some(false),
            text: text.to_owned(),
            span: Span::default(),
            form: Form::Scenario,
        }
    }

    /// The whole element of a list and the beginning of its content; `None` for a scenario.
    fn element(&self) -> Option<(Span, usize)> {
        match self.form {
            Form::Element { whole, content } => Some((whole, content)),
            Form::Scenario => None,
        }
    }
}

/// The text, if it reads as what was wanted and everything beside the criteria is as it was.
fn accept(before: &str, old: &Criteria, text: String, wanted: &Criteria) -> Option<String> {
    let found = super::criteria(&text, wanted.body, &wanted.headings);
    let has_section = old.section.is_some();
    let is_kept = !has_section || beside(before, old) == beside(&text, &found);
    (is_kept && found.meaning() == wanted.meaning()).then_some(text)
}

/// The lines that are no part of a criterion, without the blank ones.
fn beside(text: &str, criteria: &Criteria) -> Vec<String> {
    let mut rest = String::new();
    let mut done = 0;
    for (whole, _) in criteria.list.iter().filter_map(Criterion::element) {
        rest.push_str(&text[done..whole.start.max(done)]);
        done = whole.end.max(done);
    }
    rest.push_str(&text[done..]);
    rest.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// Words that fit on the line of a list. A tick or an id in them would be one of the criterion.
fn one_line(text: &str) -> Option<String> {
    // A criterion that was copied from a list comes with its mark and box.
    let text = text.trim();
    let boxes = ["- [ ] ", "- [x] ", "* [ ] ", "- "];
    let text = boxes.iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text).trim();
    (!text.is_empty() && !text.contains(['\n', '\r', '\0'])).then(|| text.to_owned())
}

/// What stands before a box like that of a neighbour: its indentation and its mark.
fn mark_of(text: &str, criteria: &Criteria, index: usize) -> String {
    let Some((whole, content)) = criteria.list[index].element() else { return "- ".to_owned() };
    let line_start = text[..whole.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = text[line_start..whole.start].replace(|c| !matches!(c, ' ' | '\t' | '>'), " ");
    let mark = text[whole.start..content].trim_end();
    match mark.trim_end_matches(['.', ')']).parse::<usize>() {
        Ok(number) => format!("{indent}{}{} ", number + 1, &mark[mark.len() - 1..]),
        Err(_) => format!("{indent}{mark} "),
    }
}

/// What stands between this element and the next, or the one before and this: a line break, or
/// more in a list with blank lines.
fn gap_after<'a>(text: &'a str, criteria: &Criteria, index: usize) -> Option<&'a str> {
    let between = |a: usize, b: usize| {
        let (first, _) = criteria.list.get(a)?.element()?;
        let (second, _) = criteria.list.get(b)?.element()?;
        let gap = text.get(first.end..second.start)?;
        let gap = &gap[..=gap.rfind('\n')?];
        gap.trim().is_empty().then_some(gap)
    };
    between(index, index + 1).or_else(|| between(index.checked_sub(1)?, index))
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}
