//! Finding criteria in Markdown.

use std::ops::Range;

use pulldown_cmark::{
    CodeBlockKind, Event, HeadingLevel, OffsetIter, Options, Parser, Tag, TagEnd,
};

use super::part::{Part, part, same_heading};
use super::{Criteria, Criterion, Form};
use crate::domain::gherkin::{self, Gherkin, Language};
use crate::domain::span::Span;

/// The criteria in the body of `text`, which begins at `body`, under headings that are called one
/// of `headings`, in any case and at any level.
pub fn criteria(text: &str, body: usize, headings: &[String]) -> Criteria {
    let mut criteria = Criteria { body, headings: headings.to_vec(), ..Criteria::default() };
    let part = match part(&text[body..], headings) {
        Part::Nothing => return criteria,
        Part::Section(range) => Span::new(range.start, range.end).shifted(body),
        Part::Everything => Span::new(body, text.len()),
    };
    read(text, part, &mut criteria);
    criteria
}

/// Reads the criteria in a part of a text that begins and ends with blocks of Markdown.
pub(super) fn read(text: &str, part: Span, criteria: &mut Criteria) {
    let parser = Parser::new_ext(part.of(text), Options::ENABLE_TASKLISTS | Options::ENABLE_TABLES);
    let reader = Reader { text, part, level: None, language: None, n_guesses: 0, criteria };
    reader.read(parser.into_offset_iter());
}

struct Reader<'a> {
    text: &'a str,
    part: Span,
    /// The level of the heading whose section is being read.
    level: Option<HeadingLevel>,
    /// The language of the Gherkin before.
    language: Option<&'static Language>,
    /// For how many blocks the language was guessed.
    n_guesses: usize,
    criteria: &'a mut Criteria,
}

impl<'a> Reader<'a> {
    fn read(mut self, mut events: OffsetIter<'a>) {
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    self.heading(level, &range, &mut events);
                }
                Event::Start(Tag::List(_)) if self.level.is_some() => self.list(&mut events),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                    if self.level.is_some() && is_gherkin(&info) =>
                {
                    self.scenarios(&range);
                }
                Event::Start(Tag::BlockQuote(_)) => skip(&mut events),
                _ => {}
            }
        }
        if let Some(section) = self.criteria.section.as_mut().filter(|_| self.level.is_some()) {
            section.end = self.part.end;
        }
    }

    fn heading(&mut self, level: HeadingLevel, range: &Range<usize>, events: &mut OffsetIter<'a>) {
        let mut title = String::new();
        for (event, _) in events.by_ref() {
            match event {
                Event::End(TagEnd::Heading(_)) => break,
                Event::Text(text) | Event::Code(text) => title.push_str(&text),
                Event::SoftBreak | Event::HardBreak => title.push(' '),
                _ => {}
            }
        }
        let start = self.part.start + range.start;
        if self.level.is_some_and(|open| level <= open) {
            self.level = None;
            if let Some(section) = &mut self.criteria.section {
                section.end = start;
            }
        }
        let is_wanted = self.criteria.headings.iter().any(|heading| same_heading(&title, heading));
        if self.level.is_none() && is_wanted {
            self.level = Some(level);
            self.criteria.section = Some(Span::new(start, self.part.start + range.end));
        }
    }

    /// The elements of a list whose start has been read. A list inside an element belongs to it.
    fn list(&mut self, events: &mut OffsetIter<'a>) {
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::Item) => self.element(&range, events),
                Event::End(TagEnd::List(_)) => return,
                _ => {}
            }
        }
    }

    fn element(&mut self, range: &Range<usize>, events: &mut OffsetIter<'a>) {
        let mut depth = 1;
        let mut checked = None;
        let mut first: Option<Range<usize>> = None;
        for (event, place) in events.by_ref() {
            if let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = &event
                && is_gherkin(info)
            {
                let gherkin = self.gherkin(&place);
                self.keep(gherkin);
            }
            match event {
                Event::TaskListMarker(is_checked) if depth <= 2 => {
                    checked = checked.or(Some((is_checked, place)));
                }
                Event::Start(Tag::Paragraph) if depth == 1 => {
                    first.get_or_insert(place);
                    depth += 1;
                }
                Event::Start(_) => {
                    if depth == 1 && is_block(&event) {
                        first.get_or_insert(place.start..place.start);
                    }
                    depth += 1;
                }
                Event::End(_) => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        let whole = Span::new(self.part.start + range.start, self.part.start + range.end);
        let whole = Span::new(whole.start, whole.start + whole.of(self.text).trim_end().len());
        self.push_element(whole, checked, first);
    }

    fn push_element(
        &mut self,
        whole: Span,
        checked: Option<(bool, Range<usize>)>,
        first: Option<Range<usize>>,
    ) {
        let content = whole.start + mark_length(whole.of(self.text));
        let content = content.min(whole.end);
        let after_box = checked.as_ref().map_or(content, |(_, place)| self.part.start + place.end);
        // A tight list has no paragraphs: its words end with the element, or before what is nested.
        let end = match first {
            Some(range) if range.end > range.start => self.part.start + range.end,
            Some(range) => self.part.start + range.start,
            None => whole.end,
        };
        let end = end.min(whole.end).max(after_box);
        let raw = &self.text[after_box..end];
        let start = after_box + (raw.len() - raw.trim_start().len());
        let (text, id) = without_id(raw.trim());
        let span = Span::new(start, start + text.len());
        self.criteria.list.push(Criterion {
            ordinal: self.criteria.list.len() + 1,
            id: id.map(str::to_owned),
            checked: checked.map(|(is_checked, _)| is_checked),
            text: text.to_owned(),
            span,
            form: Form::Element { whole, content },
        });
    }

    /// The scenarios of a block of Gherkin are criteria.
    fn scenarios(&mut self, range: &Range<usize>) {
        let gherkin = self.gherkin(range);
        for scenario in &gherkin.scenarios {
            self.criteria.list.push(Criterion {
                ordinal: self.criteria.list.len() + 1,
                id: None,
                checked: None,
                text: scenario.span.of(self.text).to_owned(),
                span: scenario.span,
                form: Form::Scenario,
            });
        }
        self.keep(gherkin);
    }

    fn keep(&mut self, gherkin: Gherkin) {
        if self.criteria.blocks.len() < MAX_BLOCKS {
            self.criteria.blocks.push(gherkin);
        }
    }

    /// A fenced block of Gherkin. A document is in one language, so what one block is in holds for
    /// the next that does not say.
    fn gherkin(&mut self, range: &Range<usize>) -> Gherkin {
        let block = Span::new(self.part.start + range.start, self.part.start + range.end);
        let inside = inside(self.text, block);
        let language = self.language.unwrap_or_else(Language::english);
        let mut gherkin = gherkin::parse(self.text, inside, language);
        let is_unknown = self.language.is_none() && gherkin.is_nothing();
        if is_unknown && self.n_guesses < MAX_GUESSES {
            self.n_guesses += 1;
            let lines = inside.of(self.text).lines().map(str::trim).filter(|it| !it.is_empty());
            let lines: Vec<&str> = lines.take(8).collect();
            if let Some(language) = Language::guessed(&lines) {
                gherkin = gherkin::parse(self.text, inside, language);
            }
        }
        if !gherkin.is_nothing() {
            self.language = Some(gherkin.language);
        }
        gherkin
    }
}

/// So many blocks of a document are kept for the rules; people write a handful.
const MAX_BLOCKS: usize = 1_000;

/// So many blocks of a document are tried in all languages; to try costs more than to read.
const MAX_GUESSES: usize = 8;

/// The lines between the fences of a block.
fn inside(text: &str, block: Span) -> Span {
    let lines = block.of(text).trim_end_matches(['\n', '\r']);
    let start = block.start + lines.find('\n').map_or(lines.len(), |at| at + 1);
    let last = lines.rfind('\n').map_or(0, |at| at + 1);
    let is_fence = |line: &str| {
        let line = line.trim();
        line.len() >= 3 && ['`', '~'].iter().any(|&mark| line.chars().all(|c| c == mark))
    };
    let end = if is_fence(&lines[last..]) { block.start + last } else { block.end };
    Span::new(start.min(block.end), end.max(start).min(block.end))
}

/// Reads on to the end of what has just begun.
fn skip(events: &mut OffsetIter<'_>) {
    let mut depth = 1;
    for (event, _) in events.by_ref() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return;
        }
    }
}

/// Whether an event begins a block of its own inside an element, as against words in bold.
fn is_block(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::List(_)
                | Tag::CodeBlock(_)
                | Tag::BlockQuote(_)
                | Tag::Heading { .. }
                | Tag::Table(_)
                | Tag::HtmlBlock
        )
    )
}

/// The length of `- `, `* ` or `12. ` with the blanks that follow.
fn mark_length(element: &str) -> usize {
    let digits = element.len() - element.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = digits + 1;
    let rest = element.get(mark..).unwrap_or_default();
    mark + (rest.len() - rest.trim_start_matches([' ', '\t']).len())
}

/// Words, and the id that stands after them: `… in one step. ^ac-k3`.
fn without_id(text: &str) -> (&str, Option<&str>) {
    let Some((words, id)) = text.rsplit_once('^') else { return (text, None) };
    let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match is_id && (words.is_empty() || words.ends_with([' ', '\t', '\n'])) {
        true => (words.trim_end(), Some(id)),
        false => (text, None),
    }
}

fn is_gherkin(info: &str) -> bool {
    let word = info.split_whitespace().next().unwrap_or_default();
    ["gherkin", "feature", "cucumber"].iter().any(|name| word.eq_ignore_ascii_case(name))
}
