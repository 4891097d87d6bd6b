//! The part of a body in which criteria are, found by a look at its lines.
//!
//! A listing counts the criteria of ten thousand items, and parsing all of them as Markdown would
//! take longer than reading them. A property test holds that the part says the same as the whole.

use std::ops::Range;

use super::criteria;

/// The part of a body that has to be parsed to find the criteria.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Nothing,
    /// From the heading to the next of its level.
    Section(Range<usize>),
    Everything,
}

/// Finds the part by a look at the lines, which costs much less than parsing. Where a line may
/// mean something else than it seems (in code, HTML, quotes, under a heading that is underlined),
/// everything has to be parsed.
pub(super) fn part(body: &str, headings: &[String]) -> Part {
    let is_wanted = |title: &str| headings.iter().any(|heading| same_heading(title, heading));
    let mut section: Option<(usize, usize)> = None;
    let mut end = None;
    for (start, line) in lines(body) {
        match kind_of_line(line) {
            Ahead::Plain => {}
            Ahead::Heading(level, title) => match section {
                Some(_) if end.is_some() && is_wanted(title) => return whole(body, headings),
                Some((_, open)) if end.is_none() && level <= open => {
                    if is_wanted(title) {
                        return whole(body, headings);
                    }
                    end = Some(start);
                }
                None if is_wanted(title) => section = Some((start, level)),
                _ => {}
            },
            Ahead::Unclear => return whole(body, headings),
        }
    }
    match section {
        Some((begin, _)) => Part::Section(begin..end.unwrap_or(body.len())),
        None => Part::Nothing,
    }
}

/// The lines with their line breaks, each with the byte at which it begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    let ends = ends.chain((!text.ends_with('\n')).then_some(text.len()));
    let mut start = 0;
    ends.map(move |end| {
        let line = (start, &text[start..end]);
        start = end;
        line
    })
}

/// A line, as far as it can be understood alone.
enum Ahead<'a> {
    /// It begins and ends nothing.
    Plain,
    /// A heading with its level and words.
    Heading(usize, &'a str),
    /// It takes the parser to know.
    Unclear,
}

fn kind_of_line(line: &str) -> Ahead<'_> {
    // Most lines begin with a letter.
    if line.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
        return Ahead::Plain;
    }
    let words = line.trim_start();
    let Some(first) = words.as_bytes().first() else { return Ahead::Plain };
    match first {
        b'#' if words.len() == line.len() => {
            let level = words.bytes().take_while(|&byte| byte == b'#').count();
            let is_heading = level <= 6 && words[level..].starts_with(char::is_whitespace);
            let title = words[level..].trim().trim_end_matches('#');
            match title.contains(['`', '*', '_', '\\', '&', '[', '<']) {
                true => Ahead::Unclear,
                false if is_heading => Ahead::Heading(level, title),
                false => Ahead::Plain,
            }
        }
        b'`' | b'~' | b'<' | b'>' | b'#' => Ahead::Unclear,
        b'=' | b'-' if words.trim_end().bytes().all(|byte| byte == *first) => Ahead::Unclear,
        b'-' | b'*' | b'+' | b'0'..=b'9' if begins_a_block(words) => Ahead::Unclear,
        _ => Ahead::Plain,
    }
}

/// Whether the element of a list holds a heading, a quote or a block of code.
fn begins_a_block(element: &str) -> bool {
    let marks = |c: char| {
        matches!(c, '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit() || c.is_whitespace()
    };
    element.trim_start_matches(marks).starts_with(['#', '>', '<', '`', '~'])
}

/// How many criteria are met, and how many there are, without reading what they say. A plain list
/// of boxes, as most are, is counted by its lines.
pub fn met(text: &str, body: usize, headings: &[String]) -> (usize, usize) {
    let body_text = &text[body..];
    match part(body_text, headings) {
        Part::Nothing => (0, 0),
        Part::Section(range) => {
            count(&body_text[range]).unwrap_or_else(|| criteria(text, body, headings).met())
        }
        Part::Everything => criteria(text, body, headings).met(),
    }
}

/// Counts the boxes of a section that is nothing but its heading, blank lines and elements of one
/// line each.
fn count(section: &str) -> Option<(usize, usize)> {
    let (mut n_met, mut n_all) = (0, 0);
    for (_, line) in lines(section).skip(1) {
        let line = line.trim_end_matches(['\n', '\r']);
        if line.is_empty() {
            continue;
        }
        let (mark, words) = line.split_at_checked(6)?;
        n_met += match mark {
            "- [ ] " => 0,
            "- [x] " | "- [X] " => 1,
            _ => return None,
        };
        n_all += 1;
        if words.starts_with([' ', '\t']) || words.trim().is_empty() {
            return None;
        }
    }
    Some((n_met, n_all))
}

/// Everything, unless the words of no heading stand anywhere.
fn whole(body: &str, headings: &[String]) -> Part {
    let is_there = |heading: &String| {
        let wanted = heading.trim().as_bytes();
        let windows = body.as_bytes().windows(wanted.len().max(1));
        !heading.is_ascii() || windows.into_iter().any(|window| window.eq_ignore_ascii_case(wanted))
    };
    if headings.iter().any(is_there) { Part::Everything } else { Part::Nothing }
}

/// Whether a heading is the one that is looked for: case, a colon at the end and blanks do not
/// matter.
pub(super) fn same_heading(heading: &str, wanted: &str) -> bool {
    let (heading, wanted) = (heading.trim().trim_end_matches(':').trim_end(), wanted.trim());
    match heading.is_ascii() && wanted.is_ascii() {
        true => heading.eq_ignore_ascii_case(wanted),
        false => heading.to_lowercase() == wanted.to_lowercase(),
    }
}
