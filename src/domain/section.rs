//! Sections of a body in which notes are collected: questions with their answers, exceptions,
//! rejections.
//!
//! A section is a heading with a list under it. What is added goes to the end of that list, and
//! nothing else of the text changes: the result is read again, and has to hold the notes that were
//! there, the new one, and the acceptance criteria of before.

use super::criteria::{self, Criterion};
use super::document::Document;
use super::edit::body::{at_end, line_break};
use super::heading::sections;
use super::note::{self, Note};
use super::span::Span;

/// A note of a list, with those below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The note.
    pub note: Note,
    /// What stands in the list below it: the answers to a question, the reason of an exception.
    pub below: Vec<Note>,
}

impl Noted {
    /// As lines of a list.
    fn lines(&self, line_break: &str) -> String {
        let below = self.below.iter().map(|note| format!("{line_break}  - {note}"));
        format!("- {}{}", self.note, below.collect::<String>())
    }
}

/// The notes under the first heading that is called `heading`, in any case.
pub fn notes(document: &Document, heading: &str) -> Vec<Noted> {
    let Some(section) = find(document, heading) else { return Vec::new() };
    let mut all: Vec<Noted> = Vec::new();
    for element in elements(section.of(document.text())) {
        let note = Note::parse(&element.words);
        match all.last_mut().filter(|_| element.depth > 0) {
            Some(above) => above.below.push(note),
            None => all.push(Noted { note, below: Vec::new() }),
        }
    }
    all
}

/// The text with one more note at the end of the section, which is made at the end of the body if
/// there is none. `sections` are the headings of acceptance criteria. `None` where that would change
/// what the text means.
pub fn append(
    document: &Document,
    heading: &str,
    new: &Noted,
    sections: &[String],
) -> Option<String> {
    let mut wanted = notes(document, heading);
    wanted.push(new.clone());
    let before = criteria(document, sections);
    let is_right = |text: &String| {
        let after = Document::parse(document.path(), text.as_str());
        after.is_readable()
            && notes(&after, heading) == wanted
            && criteria(&after, sections) == before
    };
    // Below a heading of the first level, one of the second would be a part of what is there.
    ["##", "#"].iter().map(|mark| added(document, mark, heading, new)).find(is_right)
}

fn added(document: &Document, mark: &str, heading: &str, new: &Noted) -> String {
    let text = document.text();
    let line_break = line_break(text);
    let lines = new.lines(line_break);
    let Some(section) = find(document, heading) else {
        let block = format!("{mark} {heading}{line_break}{line_break}{lines}");
        return text.to_owned() + &at_end(text, &block);
    };
    let end = section.start + section.of(text).trim_end().len();
    let has_list = elements(section.of(text)).next().is_some();
    let gap = line_break.repeat(if has_list { 1 } else { 2 });
    [&text[..end], &gap, &lines, &text[end..]].concat()
}

/// What the criteria of a document say.
fn criteria(document: &Document, sections: &[String]) -> Vec<(Option<bool>, String)> {
    let read = criteria::criteria(document.text(), document.body_span().start, sections);
    let said = |it: Criterion| (it.checked, it.text);
    read.list.into_iter().map(said).collect()
}

/// The bytes of the first section that is called `heading`, in the text of the document.
fn find(document: &Document, heading: &str) -> Option<Span> {
    let sections = sections(document.body());
    let found = sections.iter().find(|it| it.title.trim().eq_ignore_ascii_case(heading));
    found.map(|it| it.span.shifted(document.body_span().start))
}

/// An element of a list, as its lines tell.
struct Element {
    /// 0 for one at the left edge, 1 for one below another.
    depth: usize,
    words: String,
}

/// The elements in a section. What stands between them, and is not indented, belongs to none.
fn elements(section: &str) -> impl Iterator<Item = Element> {
    let mut all: Vec<Element> = Vec::new();
    let mut is_open = false;
    for line in section.lines() {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        let element = ["- ", "* ", "+ "].iter().find_map(|mark| words.strip_prefix(mark));
        match element {
            Some(words) => {
                all.push(Element { depth: usize::from(indent > 1), words: words.to_owned() });
                is_open = true;
            }
            None if words.is_empty() => {}
            None if indent > 0 && is_open => {
                if let Some(last) = all.last_mut() {
                    last.words = note::one_line(&format!("{} {words}", last.words));
                }
            }
            None => is_open = false,
        }
    }
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;

    const DAY: Date = Date::constant(2026, 11, 25);

    fn sections() -> Vec<String> {
        vec!["Acceptance criteria".to_owned()]
    }

    fn noted(text: &str, below: &[&str]) -> Noted {
        let below = below.iter().map(|text| Note::new(text, "mira", DAY)).collect();
        Noted { note: Note::new(text, "ada", DAY), below }
    }

    /// Adds a note to a body and shows the body that comes out.
    fn check(body: &str, expected: Option<&str>) {
        let document = Document::parse("items/BL-a.md", format!("---\nid: BL-a\n---\n{body}"));
        let text = append(&document, "Questions", &noted("Why?", &["So."]), &sections());
        let body = text.as_deref().map(|text| &text["---\nid: BL-a\n---\n".len()..]);
        assert_eq!(body, expected, "{body:?}");
    }

    const NEW: &str = "- Why? (ada, 2026-11-25)\n  - So. (mira, 2026-11-25)";

    #[test]
    fn a_section_is_made_at_the_end() {
        check("", Some(&format!("\n## Questions\n\n{NEW}\n")));
        check("\nText.\n", Some(&format!("\nText.\n\n## Questions\n\n{NEW}\n")));
        check("\nText.", Some(&format!("\nText.\n\n## Questions\n\n{NEW}")));
        let crlf = NEW.replace('\n', "\r\n");
        check("\r\nText.\r\n", Some(&format!("\r\nText.\r\n\r\n## Questions\r\n\r\n{crlf}\r\n")));
    }

    #[test]
    fn a_note_goes_behind_those_that_are_there() {
        let old = "\n## questions\n\n- When?\n  - Soon,\n    very soon.\n\n## Notes\n\nText.\n";
        let new = old.replace("very soon.\n", &format!("very soon.\n{NEW}\n"));
        check(old, Some(&new));
        check("\n# Questions\n\nNone.\n", Some(&format!("\n# Questions\n\nNone.\n\n{NEW}\n")));
    }

    #[test]
    fn criteria_get_no_part_of_it() {
        let body = "\n# Acceptance criteria\n\n- [ ] One\n";
        check(body, Some(&format!("{body}\n# Questions\n\n{NEW}\n")));
    }

    #[test]
    fn what_is_left_open_before_it_lets_nothing_be_added() {
        check("\n```\ncode\n", None);
        check("\n<!-- remark\n", None);
    }

    #[test]
    fn reads_what_hands_have_written() {
        let body = "\n## Questions\n\n* When? (ada, 2026-11-20)\n\n    - Soon.\n    - Or late.\n* Why?\n\nText.\n  More.\n";
        let document = Document::parse("x.md", format!("---\nid: x\n---\n{body}"));
        let told: Vec<String> = notes(&document, "Questions")
            .iter()
            .map(|it| {
                let below: Vec<&str> = it.below.iter().map(|note| &*note.text).collect();
                format!("{} {}", it.note.text, below.join("|"))
            })
            .collect();
        assert_eq!(told, ["When? Soon.|Or late.", "Why? "]);
    }
}
