//! The sections of a body: what stands below a heading, found by its words in any case.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::span::Span;

/// A heading and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// The level of the heading, from 1.
    pub level: usize,
    /// The words of the heading.
    pub title: String,
    /// What follows it, up to the next heading that is not below it, without blanks around it.
    pub text: &'a str,
    /// The bytes in the body of the heading and of what follows it.
    pub span: Span,
}

impl Section<'_> {
    /// Whether its heading is one of these: case, blanks and a colon at the end do not matter.
    pub fn is_called(&self, names: &[&str]) -> bool {
        let title = self.title.trim().trim_end_matches(':').trim_end().to_lowercase();
        names.iter().any(|name| name.to_lowercase() == title)
    }
}

/// The sections of a body, in their order. A heading within a list or a quote begins none.
pub fn sections(body: &str) -> Vec<Section<'_>> {
    let mut found: Vec<(usize, String, usize, usize)> = Vec::new();
    let (mut depth, mut open) = (0_usize, None);
    for (event, range) in Parser::new_ext(body, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                open = Some((level as usize, String::new(), range.start, range.end));
            }
            Event::End(TagEnd::Heading(_)) => found.extend(open.take()),
            Event::Start(Tag::Item | Tag::BlockQuote(_) | Tag::List(_)) => depth += 1,
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::List(_)) => {
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, title, ..)) = &mut open {
                    title.push_str(&text);
                }
            }
            _ => {}
        }
    }
    let ends = ends(&found, body.len());
    let section =
        |((level, title, start, text), end): ((usize, String, usize, usize), usize)| Section {
            level,
            title,
            text: body[text..end.max(text)].trim(),
            span: Span::new(start, end),
        };
    found.into_iter().zip(ends).map(section).collect()
}

/// Where each section ends: at the next heading of its level or above. Linear, with the open
/// headings on a stack.
fn ends(found: &[(usize, String, usize, usize)], length: usize) -> Vec<usize> {
    let mut ends = vec![length; found.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, (level, _, start, _)) in found.iter().enumerate() {
        while open.last().is_some_and(|&it| found[it].0 >= *level) {
            if let Some(closed) = open.pop() {
                ends[closed] = *start;
            }
        }
        open.push(at);
    }
    ends
}

/// The text of the first section with one of these names that says something.
pub fn text_of<'a>(body: &'a str, names: &[&str]) -> Option<&'a str> {
    let sections = sections(body);
    let mut named = sections.iter().filter(|it| it.is_called(names));
    named.find(|it| says_something(it.text)).map(|it| it.text)
}

/// What stands before the first heading.
pub fn intro(body: &str) -> &str {
    let end = sections(body).first().map_or(body.len(), |it| it.span.start);
    body[..end].trim()
}

/// Whether there is more than blanks and comments, as a template has them.
pub fn says_something(text: &str) -> bool {
    !without_comments(text).trim().is_empty()
}

/// A text without its HTML comments.
pub fn without_comments(text: &str) -> String {
    let (mut rest, mut plain) = (text, String::new());
    while let Some(start) = rest.find("<!--") {
        plain.push_str(&rest[..start]);
        rest = rest[start..].find("-->").map_or("", |end| &rest[start + end + 3..]);
    }
    plain + rest
}

/// The first paragraph that says something, on one line.
pub fn first_paragraph(text: &str) -> Option<String> {
    let plain = without_comments(text).replace("\r\n", "\n");
    let paragraph = plain.split("\n\n").map(str::trim).find(|it| !it.is_empty())?;
    Some(paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "Intro.\n\n# VISION:\n\nOne.\n\n## Deeper\n\nTwo.\n\n> # Quoted\n\n# Needs\n\n<!-- say\nit -->\n\nNeeds\n=====\n\nThree.\n";

    #[test]
    fn finds_a_section_by_its_words() {
        assert_eq!(intro(BODY), "Intro.");
        let vision = "One.\n\n## Deeper\n\nTwo.\n\n> # Quoted";
        assert_eq!(text_of(BODY, &["vision"]), Some(vision));
        assert_eq!(text_of(BODY, &["Quoted"]), None);
        // The first one holds a comment alone.
        assert_eq!(text_of(BODY, &["needs"]), Some("Three."));
        assert_eq!(text_of("", &["needs"]), None);
    }

    #[test]
    fn the_first_paragraph_is_one_line() {
        assert_eq!(first_paragraph("<!-- x -->\n\nOne\ntwo.\n\nThree."), Some("One two.".into()));
        assert_eq!(first_paragraph("<!-- open"), None);
    }

    #[test]
    fn many_headings_are_read_in_a_moment() {
        let body = "# a\n## b\n".repeat(20_000);
        assert_eq!(sections(&body).len(), 40_000);
    }
}
