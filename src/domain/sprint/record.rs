//! What is said in the record of a sprint: the showcase, and the retrospective with what went well, what
//! changes and what is to be done about it.
//!
//! A note goes behind those that are there, and nothing else of the text changes. Within the
//! retrospective, a group begins with a line of its own, `What went well:`, as a heading or not; it is
//! made at the end of the section if it is not there.

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::domain::document::Document;
use crate::domain::edit::body::{at_end, line_break};
use crate::domain::heading::{Section, sections};
use crate::domain::note::Note;

const RETROSPECTIVE: &str = "Retrospective";

/// A place for notes in the record of a sprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The heading of its section.
    section: &'static str,
    /// The words of the line that it begins with; `None`: it is the whole section.
    label: Option<&'static str>,
}

impl Group {
    /// What it is called.
    pub fn name(self) -> &'static str {
        self.label.unwrap_or(self.section)
    }
}

/// What was shown, and what was said about it.
pub const SHOWCASE: Group = Group { section: "Showcase", label: None };

/// What went well.
pub const WENT_WELL: Group = Group { section: RETROSPECTIVE, label: Some("What went well") };

/// What the team changes.
pub const CHANGES: Group = Group { section: RETROSPECTIVE, label: Some("What we change") };

/// What is to be done for it, each an item.
pub const ACTIONS: Group = Group { section: RETROSPECTIVE, label: Some("Actions") };

/// The text of a record with one more note in a group. `None` where it could not be read from there
/// again: in a block of code or a comment that nobody closed.
pub fn noted(document: &Document, group: Group, note: &Note) -> Option<String> {
    let (text, body) = (document.text(), document.body());
    let line_break = line_break(text);
    let new = format!("- {note}");
    let sections = sections(body);
    let (at, block) = match find(&sections, group.section) {
        None => (body.len(), at_end(text, &whole(group, &new, line_break))),
        Some(section) => within(body, section, group, &new, line_break),
    };
    let at = document.body_span().start + at;
    let after = [&text[..at], &block, &text[at..]].concat();
    let read = Document::parse(document.path(), after.as_str());
    let mut wanted = notes(document, group);
    wanted.push(Note::parse(&note.to_string()));
    let start = read.body_span().start;
    let is_right = read.is_readable()
        && notes(&read, group) == wanted
        && is_element(&after[start..], at - start..at - start + block.len());
    is_right.then_some(after)
}

/// The notes of a group, in their order.
pub fn notes(document: &Document, group: Group) -> Vec<Note> {
    let body = document.body();
    let sections = sections(body);
    let Some(section) = find(&sections, group.section) else { return Vec::new() };
    let lines = lines(body, section);
    let lines = match group.label {
        None => &lines[..],
        Some(label) => match part(&lines, label) {
            Some(part) => &lines[part],
            None => return Vec::new(),
        },
    };
    let mut notes: Vec<String> = Vec::new();
    for line in lines {
        match (element(line.text), notes.last_mut()) {
            (Some(words), _) if !line.text.starts_with([' ', '\t']) => notes.push(words.to_owned()),
            (_, Some(last)) if line.text.starts_with([' ', '\t']) => {
                *last = format!("{last} {}", element(line.text).unwrap_or(line.text.trim()));
            }
            _ => {}
        }
    }
    notes.iter().map(|it| Note::parse(it)).collect()
}

/// The text with the sections of a record at its end that it does not have yet, as the template has them.
pub fn skeleton(document: &Document, template: &str) -> String {
    let template = Document::parse("template.md", template);
    let shipped = sections(template.body());
    let mut text = document.text().to_owned();
    for name in [SHOWCASE.section, RETROSPECTIVE] {
        let document = Document::parse(document.path(), text.as_str());
        if find(&sections(document.body()), name).is_some() {
            continue;
        }
        let words = find(&shipped, name).map_or("", |it| it.text);
        let gap = if words.is_empty() { "" } else { "\n\n" };
        let block = format!("## {name}{gap}{words}").replace("\r\n", "\n");
        let added = text.clone() + &at_end(&text, &block.replace('\n', line_break(&text)));
        // What somebody left open at the end would swallow it.
        let read = Document::parse(document.path(), added.as_str());
        if find(&sections(read.body()), name).is_some() {
            text = added;
        }
    }
    text
}

/// A section that is not there yet, with its first note.
fn whole(group: Group, new: &str, line_break: &str) -> String {
    let gap = line_break.repeat(2);
    let label = group.label.map(|label| format!("{label}:{gap}")).unwrap_or_default();
    format!("## {}{gap}{label}{new}", group.section)
}

/// Where in the body a note goes within a section, and what to write there.
fn within(
    body: &str,
    section: &Section<'_>,
    group: Group,
    new: &str,
    line_break: &str,
) -> (usize, String) {
    let lines = lines(body, section);
    let gap = |has_list: bool| line_break.repeat(if has_list { 1 } else { 2 });
    let end_of = |lines: &[Line<'_>]| {
        let last = lines.iter().rfind(|line| !line.text.trim().is_empty());
        last.map_or(section.span.start, |line| line.at + line.text.len())
    };
    let part = group.label.map_or(Some(0..lines.len()), |label| part(&lines, label));
    match part {
        Some(part) => {
            let has_list = lines[part.clone()].iter().any(|line| element(line.text).is_some());
            let from = part.start.saturating_sub(usize::from(group.label.is_some()));
            (end_of(&lines[from..part.end]), gap(has_list) + new)
        }
        None => {
            let label = group.label.unwrap_or_default();
            let block = format!("{}{label}:{}{new}", gap(false), gap(false));
            (end_of(&lines), block)
        }
    }
}

fn find<'a, 'b>(sections: &'b [Section<'a>], name: &str) -> Option<&'b Section<'a>> {
    sections.iter().find(|it| it.is_called(&[name]))
}

/// A line of a body, and the byte at which it begins.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    text: &'a str,
    at: usize,
}

/// The lines of a section, its heading first.
fn lines<'a>(body: &'a str, section: &Section<'_>) -> Vec<Line<'a>> {
    let mut at = section.span.start;
    let line = |text: &'a str| {
        let start = at;
        at += text.len();
        Line { text: text.trim_end_matches(['\n', '\r']), at: start }
    };
    section.span.of(body).split_inclusive('\n').map(line).collect()
}

/// Which lines belong to a group: those behind its label, up to the next line that stands for itself.
fn part(lines: &[Line<'_>], label: &str) -> Option<std::ops::Range<usize>> {
    let start = 1 + lines.iter().position(|line| is_label(line.text, label))?;
    let stands_alone = |line: &Line<'_>| {
        let text = line.text;
        !text.trim().is_empty() && !text.starts_with([' ', '\t']) && element(text).is_none()
    };
    let end = lines[start..].iter().position(stands_alone).map_or(lines.len(), |n| start + n);
    Some(start..end)
}

/// Whether a line is nothing but these words, as a heading, in bold, or with a colon.
fn is_label(line: &str, label: &str) -> bool {
    let is_mark = |c: char| matches!(c, '#' | '*' | '_' | ':') || c.is_whitespace();
    line.trim_matches(is_mark).eq_ignore_ascii_case(label) && !line.starts_with([' ', '\t'])
}

/// The words of an element of a list.
fn element(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark))
}

/// Whether an element of a list begins within these bytes.
fn is_element(body: &str, place: std::ops::Range<usize>) -> bool {
    Parser::new_ext(body, Options::empty()).into_offset_iter().any(|(event, range)| {
        matches!(event, Event::Start(Tag::Item)) && place.contains(&range.start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;

    const FRONT: &str = "---\nid: S1\n---\n";
    const NEW: &str = "- New (ada, 2026-11-25)";

    fn check(body: &str, group: Group, expected: Option<&str>) {
        let document = Document::parse("sprints/S1.md", format!("{FRONT}{body}"));
        let note = Note::new("New", "ada", Date::constant(2026, 11, 25));
        let text = noted(&document, group, &note);
        assert_eq!(text.as_deref().map(|it| &it[FRONT.len()..]), expected);
    }

    #[test]
    fn a_note_goes_behind_those_of_its_group() {
        let body = "\n## Showcase\n\nFriday.\n\n- One\n\n## Retrospective\n\nWhat went well:\n\n- Two\n  and more\n\nWhat we change:\n\n- Three\n\n## More\n";
        check(body, SHOWCASE, Some(&body.replace("One", &format!("One\n{NEW}"))));
        check(body, WENT_WELL, Some(&body.replace("and more", &format!("and more\n{NEW}"))));
        check(body, CHANGES, Some(&body.replace("Three", &format!("Three\n{NEW}"))));
        let actions = format!("Three\n\nActions:\n\n{NEW}");
        check(body, ACTIONS, Some(&body.replace("Three", &actions)));
        let crlf = body.replace('\n', "\r\n");
        check(&crlf, CHANGES, Some(&crlf.replace("Three", &format!("Three\r\n{NEW}"))));
    }

    #[test]
    fn a_group_may_be_a_heading_and_empty() {
        let body = "\n## Retrospective\n\n### What went well\n\n**What we change**\n- Three\n";
        let wanted = body.replace("well\n", &format!("well\n\n{NEW}\n"));
        check(body, WENT_WELL, Some(&wanted));
        check(body, CHANGES, Some(&format!("{body}{NEW}\n")));
    }

    #[test]
    fn a_section_is_made_where_there_is_none() {
        check("", SHOWCASE, Some(&format!("\n## Showcase\n\n{NEW}\n")));
        let wanted = format!("\nText.\n\n## Retrospective\n\nActions:\n\n{NEW}\n");
        check("\nText.\n", ACTIONS, Some(&wanted));
        let comment = "\n## Retrospective\n\n<!-- What went well? -->\n";
        let wanted = format!("{comment}\nWhat went well:\n\n{NEW}\n");
        check(comment, WENT_WELL, Some(&wanted));
    }

    #[test]
    fn what_is_left_open_lets_nothing_be_added() {
        check("\n## Showcase\n\n```\ncode\n", SHOWCASE, None);
        check("\n## Retrospective\n\n<!-- remark\n", CHANGES, None);
        check("\n```\n", CHANGES, None);
    }

    #[test]
    fn sections_that_are_there_stay_as_they_are() {
        let add = |body: &str| {
            let document = Document::parse("sprints/S1.md", format!("{FRONT}{body}"));
            let template = "---\nid:\n---\n\n## Showcase\n\n<!-- When? -->\n\n## Retrospective\n";
            skeleton(&document, template)[FRONT.len()..].to_owned()
        };
        let both = "\n# retrospective:\n\nText.\n\n## Showcase\n";
        assert_eq!(add(both), both);
        assert_eq!(add("\n## Showcase"), "\n## Showcase\n\n## Retrospective");
        assert_eq!(add(""), "\n## Showcase\n\n<!-- When? -->\n\n## Retrospective\n");
        assert_eq!(add("\n```\nopen"), "\n```\nopen");
    }
}
