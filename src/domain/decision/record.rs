//! Additions to a decision that is written down already: more options, the choice, what follows.
//!
//! Everything is added at the end of its section, and nothing that stands there changes. What was
//! thought before the choice is a part of the record.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::domain::document::Document;
use crate::domain::edit::body::{at_end, line_break};
use crate::domain::heading::{Section, sections, without_comments};
use crate::domain::note::one_line;

const OPTIONS: &str = "Options";
const DECISION: &str = "Decision";
const CONSEQUENCES: &str = "Consequences";

/// What is to be added.
#[derive(Clone, Copy, Debug, Default)]
pub struct Addition<'a> {
    /// Options, each in one line.
    pub options: &'a [String],
    /// Paragraphs below `Decision`.
    pub decision: &'a [String],
    /// Consequences, one line each.
    pub consequences: &'a [String],
}

/// The options of a decision, as its text names them: what is strong at the beginning of one, or
/// else its first paragraph.
pub fn options(document: &Document) -> Vec<String> {
    let sections = sections(document.body());
    find(&sections, OPTIONS).map_or_else(Vec::new, |it| elements(it.text))
}

/// Whether something stands below `Decision`.
pub fn says_what(document: &Document) -> bool {
    let sections = sections(document.body());
    find(&sections, DECISION).is_some_and(|it| !without_comments(it.text).trim().is_empty())
}

/// The text of a decision with an addition. `None` where it could not be read from there again: in
/// a block of code or a comment that nobody closed.
pub fn extend(document: &Document, addition: &Addition<'_>) -> Option<String> {
    let path = document.path();
    let mut text = document.text().to_owned();
    for (heading, mark, lines) in [
        (OPTIONS, Mark::Numbers, addition.options),
        (DECISION, Mark::Paragraphs, addition.decision),
        (CONSEQUENCES, Mark::Dashes, addition.consequences),
    ] {
        if !lines.is_empty() {
            text = added(&Document::parse(path, text), heading, mark, lines)?;
        }
    }
    let (before, after) = (options(document), options(&Document::parse(path, text.as_str())));
    let is_right =
        after.len() == before.len() + addition.options.len() && after.starts_with(&before);
    is_right.then_some(text)
}

/// How the lines of a section are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Numbers,
    Dashes,
    Paragraphs,
}

fn added(document: &Document, heading: &str, mark: Mark, lines: &[String]) -> Option<String> {
    let (text, body) = (document.text(), document.body());
    let line_break = line_break(text);
    let sections = sections(body);
    let Some(section) = find(&sections, heading) else {
        let block = block(mark, lines, 0, line_break);
        let block = format!("## {heading}{line_break}{line_break}{block}");
        return is_open_at(body, body.len()).then(|| text.to_owned() + &at_end(text, &block));
    };
    let end = section.span.start + section.span.of(body).trim_end().len();
    if !is_open_at(body, end) {
        return None;
    }
    let count = elements(section.text).len();
    let follows_list = mark != Mark::Paragraphs && count > 0;
    let gap = line_break.repeat(if follows_list { 1 } else { 2 });
    let at = document.body_span().start + end;
    let rest = if text[at..].is_empty() { line_break } else { "" };
    Some([&text[..at], &gap, &block(mark, lines, count, line_break), rest, &text[at..]].concat())
}

/// The lines as they are written. `count` is how many there are before them.
fn block(mark: Mark, lines: &[String], count: usize, line_break: &str) -> String {
    let line = |(at, line): (usize, &String)| match mark {
        Mark::Numbers => format!("{}. {}", count + at + 1, one_line(line)),
        Mark::Dashes => format!("- {}", one_line(line)),
        Mark::Paragraphs => line.trim().to_owned(),
    };
    let all: Vec<String> = lines.iter().enumerate().map(line).collect();
    all.join(&line_break.repeat(if mark == Mark::Paragraphs { 2 } else { 1 }))
}

fn find<'a, 'b>(sections: &'b [Section<'a>], heading: &str) -> Option<&'b Section<'a>> {
    sections.iter().find(|it| it.is_called(&[heading]))
}

/// Whether a heading at this byte of the body would be one.
fn is_open_at(body: &str, at: usize) -> bool {
    const PROBE: &str = "\n\n# probe\n";
    let text = format!("{}{PROBE}", &body[..at]);
    sections(&text).last().is_some_and(|it| it.span.start + PROBE.len() - 2 == text.len())
}

/// The elements of the lists of a section, each by its name.
fn elements(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let (mut depth, mut is_named) = (0_usize, true);
    for event in Parser::new_ext(text, Options::empty()) {
        match event {
            Event::Start(Tag::Item) => {
                depth += 1;
                if depth == 1 {
                    all.push(String::new());
                    is_named = false;
                }
            }
            Event::End(TagEnd::Item) => depth = depth.saturating_sub(1),
            Event::End(TagEnd::Paragraph) | Event::Start(Tag::List(_)) if depth > 0 => {
                is_named = true;
            }
            Event::End(TagEnd::Strong) if depth == 1 => {
                is_named |= all.last().is_some_and(|it| it.ends_with(['.', ':']));
            }
            Event::Text(words) | Event::Code(words) if depth == 1 && !is_named => {
                all.last_mut().into_iter().for_each(|it| it.push_str(&words));
            }
            Event::SoftBreak | Event::HardBreak if depth == 1 && !is_named => {
                all.last_mut().into_iter().for_each(|it| it.push(' '));
            }
            _ => {}
        }
    }
    all.iter_mut().for_each(|it| *it = it.trim().trim_end_matches([':', '.']).to_owned());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(body: &str) -> Document {
        Document::parse("decisions/DEC-a.md", format!("---\nid: DEC-a\ntitle: A\n---\n{body}"))
    }

    const BODY: &str = "\n## Options\n\n1. **An app.** Half of\n   the team.\n2. A `web` page\n\n## Decision\n\nPut off.\n\n## More\n\nText.\n";

    fn choice(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn options_are_told_by_their_names() {
        assert_eq!(options(&decision(BODY)), ["An app", "A web page"]);
        assert!(options(&decision("")).is_empty());
        assert!(says_what(&decision(BODY)));
        assert!(!says_what(&decision("## Decision\n\n<!-- Which? -->\n\n## More\n\nX\n")));
    }

    #[test]
    fn everything_is_added_at_the_end_of_its_section() {
        let addition = Addition {
            options: &choice(&["Mails"]),
            decision: &choice(&["Option 3: Mails", "We have them."]),
            consequences: &choice(&["No app"]),
        };
        let text = extend(&decision(BODY), &addition).unwrap();
        let expected = BODY
            .replace("page\n", "page\n3. Mails\n")
            .replace("off.\n", "off.\n\nOption 3: Mails\n\nWe have them.\n");
        assert!(text.ends_with(&format!("{expected}\n## Consequences\n\n- No app\n")), "{text}");
    }

    #[test]
    fn line_ends_and_a_missing_last_one_stay() {
        let addition = Addition { decision: &choice(&["So."]), ..Addition::default() };
        let text = extend(&decision(&BODY.replace('\n', "\r\n")), &addition).unwrap();
        assert!(text.contains("Put off.\r\n\r\nSo.\r\n\r\n## More"), "{text:?}");
        let text = extend(&decision("## Decision"), &addition).unwrap();
        assert!(text.ends_with("## Decision\n\nSo.\n"), "{text:?}");
    }

    #[test]
    fn what_is_not_closed_is_refused() {
        let addition = Addition { decision: &choice(&["So."]), ..Addition::default() };
        for open in ["```\ncode\n", "<!-- a\n\nb\n"] {
            let body = format!("## Decision\n\n{open}");
            assert_eq!(extend(&decision(&body), &addition), None, "{body}");
            assert_eq!(extend(&decision(open), &addition), None, "{open}");
        }
    }
}
