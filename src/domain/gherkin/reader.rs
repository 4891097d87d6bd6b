//! Reading a block of Gherkin, line by line.

use super::line::{Line, Meant, Slip, cells, language_code, tags};
use super::{
    Background, DocString, Examples, Fault, Gherkin, Header, HeaderKind, Language, Row, Scenario,
    Step, StepKind, Table,
};
use crate::domain::span::Span;

/// So many faults are told; a text with more of them is something else than Gherkin.
const MAX_FAULTS: usize = 50;

/// So many lines of a block are read; people write a few dozen.
const MAX_LINES: usize = 20_000;

/// Reads the Gherkin in a part of a text that begins and ends with whole lines. The language is
/// that of a comment `# language: …`, else the one that is given.
pub fn parse(text: &str, part: Span, language: &'static Language) -> Gherkin {
    let mut reader = Reader {
        text,
        gherkin: Gherkin {
            language,
            feature: None,
            rules: Vec::new(),
            backgrounds: Vec::new(),
            scenarios: Vec::new(),
            comments: Vec::new(),
            faults: Vec::new(),
        },
        place: Place::Start,
        expects: Expects::Anything,
        tags: Vec::new(),
        doc: None,
        width: None,
        after_blank: false,
    };
    let mut at = part.start;
    for (number, line) in part.of(text).split_inclusive('\n').enumerate() {
        if number == MAX_LINES {
            return reader.cut(Span::at(at));
        }
        reader.line(line, at);
        at += line.len();
    }
    reader.finish(part.end)
}

struct Reader<'a> {
    text: &'a str,
    gherkin: Gherkin,
    place: Place,
    expects: Expects,
    /// Tags that wait for what they belong to.
    tags: Vec<Span>,
    /// A text below a step that is still open.
    doc: Option<OpenDoc>,
    /// How many cells a row of the current table has, once that is known.
    width: Option<usize>,
    /// Whether the line before is empty.
    after_blank: bool,
}

/// What the last header began.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Feature,
    Rule,
    Background,
    Scenario,
    Examples,
}

/// What makes sense on the next line beside headers and steps.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    /// The first line of the block, or of what a header began: a description may follow.
    Anything,
    /// More of a description that has begun.
    Description,
    /// A table or a text below the step; or more rows.
    Argument,
    /// Neither.
    Nothing,
    /// Neither, and of a line that made no sense the author has been told.
    Told,
}

struct OpenDoc {
    mark: &'static str,
    /// The line with the mark, without blanks.
    open: Span,
    media: Span,
    content: usize,
}

impl Reader<'_> {
    fn line(&mut self, raw: &str, at: usize) {
        let line = raw.trim();
        let start = at + (raw.len() - raw.trim_start().len()).min(raw.len() - line.len());
        let span = Span::new(start, start + line.len());
        if let Some(doc) = self.doc.take_if(|doc| line.starts_with(doc.mark)) {
            return self.close_text(&doc, at, span.end);
        }
        if self.doc.is_some() {
            return;
        }
        match Line::of(line, self.gherkin.language) {
            Line::Empty => {}
            Line::Comment => self.comment(line, span),
            Line::Tags => self.tag_line(line, span),
            Line::Header(kind, len) => self.header(kind, span, len),
            Line::Step(kind, len) => self.step(kind, span, len),
            Line::Slip(slip) => self.slip(slip, span),
            Line::Row => self.row(line, span),
            Line::Quotes => self.open_text(line, span, at + raw.len()),
            Line::Other => self.other(span, "a line that is no step"),
        }
        self.after_blank = line.is_empty();
    }

    fn finish(mut self, end: usize) -> Gherkin {
        if let Some(doc) = self.doc.take() {
            let hint = "end it with a line of the mark that it begins with";
            self.fault(doc.open, "a text that is never closed", Some(hint));
            self.close_text(&doc, end, end);
        }
        self.stray_tags("the end");
        self.gherkin
    }

    /// Ends before the rest of the block, which has too many lines.
    fn cut(mut self, at: Span) -> Gherkin {
        self.gherkin.faults.truncate(MAX_FAULTS - 1);
        let message = format!("more than {MAX_LINES} lines of Gherkin");
        self.fault(at, message, Some("put it into several items"));
        self.gherkin
    }

    fn comment(&mut self, line: &str, span: Span) {
        let is_first = self.place == Place::Start && self.gherkin.scenarios.is_empty();
        match language_code(line).filter(|_| is_first) {
            None => self.gherkin.comments.push(span),
            Some(code) => match Language::named(code) {
                Some(language) => self.gherkin.language = language,
                None => {
                    let message = format!("Gherkin has no language `{code}`");
                    self.fault(span, message, Some("`# language: en` is English"));
                }
            },
        }
    }

    fn tag_line(&mut self, line: &str, span: Span) {
        for (tag, is_word) in tags(line, span.start) {
            if !is_word {
                let message = format!("`{}` is not one tag", tag.of(self.text));
                self.fault(tag, message, Some("a tag is one word; the next begins with `@`"));
            }
            self.tags.push(tag);
        }
        self.expects = Expects::Nothing;
    }

    fn header(&mut self, kind: HeaderKind, span: Span, len: usize) {
        let keyword = Span::new(span.start, span.start + len);
        let rest = &self.text[keyword.end..span.end];
        let name = rest.trim_start_matches(':').trim_start();
        let header = Header { kind, keyword, name: Span::new(span.end - name.len(), span.end) };
        let tags = std::mem::take(&mut self.tags);
        self.expects = Expects::Anything;
        match kind {
            HeaderKind::Feature => self.feature(header),
            HeaderKind::Rule => {
                self.gherkin.rules.push(header);
                self.place = Place::Rule;
            }
            HeaderKind::Background => self.background(header, &tags),
            HeaderKind::Scenario | HeaderKind::Outline => self.scenario(Some(header), tags, span),
            HeaderKind::Examples => self.examples(header, tags, span),
        }
    }

    fn feature(&mut self, header: Header) {
        let is_first = self.gherkin.feature.is_none();
        if !is_first {
            self.fault(header.keyword, "a second feature", Some("one block describes one feature"));
        } else if self.place != Place::Start {
            let hint = "put the feature before its scenarios";
            self.fault(header.keyword, "the feature comes after its scenarios", Some(hint));
        }
        self.gherkin.feature.get_or_insert(header);
        self.place = Place::Feature;
    }

    fn background(&mut self, header: Header, tags: &[Span]) {
        if let Some(&tag) = tags.first() {
            self.fault(tag, "a background has no tags", Some("put the tag on the feature"));
        }
        let rule = self.rule();
        let has_scenario = self.gherkin.scenarios.last().is_some_and(|it| it.rule == rule);
        let has_background = self.gherkin.backgrounds.last().is_some_and(|it| it.rule == rule);
        if has_background {
            let hint = "put the steps of both into one";
            self.fault(header.keyword, "a second background", Some(hint));
        } else if has_scenario {
            let hint = "put the background before the first scenario";
            self.fault(header.keyword, "the background comes after a scenario", Some(hint));
        }
        if !has_background {
            self.gherkin.backgrounds.push(Background { header, steps: Vec::new(), rule });
        }
        self.place = Place::Background;
    }

    fn scenario(&mut self, header: Option<Header>, tags: Vec<Span>, span: Span) {
        let rule = self.rule();
        let (steps, examples) = (Vec::new(), Vec::new());
        self.gherkin.scenarios.push(Scenario { header, tags, steps, examples, rule, span });
        self.place = Place::Scenario;
    }

    fn examples(&mut self, header: Header, tags: Vec<Span>, span: Span) {
        self.width = None;
        let is_inside = matches!(self.place, Place::Scenario | Place::Examples);
        match self.gherkin.scenarios.last_mut().filter(|_| is_inside) {
            Some(scenario) => {
                scenario.examples.push(Examples { header, tags, table: Table::default() });
                scenario.span.end = span.end;
                self.place = Place::Examples;
            }
            None => {
                let hint = "put the examples after the steps of their scenario outline";
                self.fault(header.keyword, "examples of no scenario", Some(hint));
                self.expects = Expects::Told;
            }
        }
    }

    fn step(&mut self, kind: StepKind, span: Span, len: usize) {
        let in_prose = self.expects == Expects::Description && !self.after_blank;
        if in_prose && matches!(self.place, Place::Feature | Place::Rule) {
            return;
        }
        self.stray_tags("a step");
        if !matches!(self.place, Place::Background | Place::Scenario | Place::Examples) {
            self.scenario(None, Vec::new(), span);
        }
        if self.place == Place::Examples {
            let hint = "put the steps before the examples";
            self.fault(span, "a step after the examples", Some(hint));
            self.place = Place::Scenario;
        }
        let keyword = Span::new(span.start, span.start + len);
        let words = self.text[keyword.end..span.end].trim_start();
        let words = Span::new(span.end - words.len(), span.end);
        if let Some(steps) = self.steps() {
            steps.push(Step { kind, keyword, words, argument: None });
        }
        self.extend(span.end);
        self.expects = Expects::Argument;
        self.width = None;
    }

    fn slip(&mut self, slip: Slip, span: Span) {
        if self.may_describe() && !slip.is_certain {
            return self.other(span, "a line that is no step");
        }
        let written = Span::new(span.start, span.start + slip.len);
        let message = format!("`{}` is no keyword of Gherkin", written.of(self.text));
        let hint = "keywords are written like `Given` and `Scenario:`";
        self.fault(written, message, Some(hint));
        if let Some(fault) = self.gherkin.faults.last_mut().filter(|it| it.span == written) {
            fault.instead = Some(slip.keyword);
        }
        match slip.meant {
            Meant::Header(kind) => self.header(kind, span, slip.len),
            Meant::Step(kind) => self.step(kind, span, slip.len),
        }
    }

    fn row(&mut self, line: &str, span: Span) {
        let in_examples = self.place == Place::Examples;
        if !in_examples && self.expects != Expects::Argument {
            // Where a description may be, a row is part of it.
            return self.other(span, "a table below no step");
        }
        let row = Row { span, cells: cells(line, span.start) };
        let n_cells = row.cells.len();
        match self.width {
            Some(width) if width != n_cells => {
                let message = format!("a row of {n_cells} cells in a table with {width}");
                self.fault(span, message, Some("give each row the same number of cells"));
            }
            _ => self.width = Some(n_cells),
        }
        if let Some(table) = self.table() {
            table.rows.push(row);
        }
        self.extend(span.end);
        if in_examples {
            self.expects = Expects::Nothing;
        }
    }

    fn open_text(&mut self, line: &str, span: Span, content: usize) {
        if self.expects != Expects::Argument {
            self.other(span, "a text below no step");
            if self.may_describe() {
                return;
            }
        } else if self.last_step().is_some_and(|step| step.text().is_some()) {
            self.fault(span, "a second text below one step", Some("begin another step with `And`"));
        }
        let mark = ["\"\"\"", "```", "'''"].into_iter().find(|mark| line.starts_with(mark));
        let mark = mark.expect("the line is known by its mark");
        let media = line[mark.len()..].trim_start();
        let media = Span::new(span.end - media.len(), span.end);
        self.doc = Some(OpenDoc { mark, open: span, media, content });
    }

    fn close_text(&mut self, doc: &OpenDoc, content_end: usize, line_end: usize) {
        let span = Span::new(doc.content.min(content_end), content_end);
        let is_argument = self.expects == Expects::Argument;
        if let Some(step) = self.last_step().filter(|_| is_argument) {
            let argument = step.argument.get_or_insert_default();
            argument.text.get_or_insert(DocString { media: doc.media, span });
            self.extend(line_end);
        }
        self.width = None;
    }

    /// A line that is part of a description, if there may be one; else it is told once that it
    /// makes no sense.
    fn other(&mut self, span: Span, message: &str) {
        match self.expects {
            Expects::Anything if self.place != Place::Start => self.expects = Expects::Description,
            Expects::Description | Expects::Told => {}
            Expects::Anything | Expects::Argument | Expects::Nothing => {
                let hint = "a step begins with `Given`, `When`, `Then`, `And` or `But`";
                self.fault(span, message, Some(hint));
                self.expects = Expects::Told;
            }
        }
    }

    /// Whether the next line may be part of a description.
    fn may_describe(&self) -> bool {
        matches!(self.expects, Expects::Anything | Expects::Description)
            && self.place != Place::Start
    }

    fn stray_tags(&mut self, before: &str) {
        if let Some(tag) = std::mem::take(&mut self.tags).first() {
            let hint = "put tags before a feature, a rule, a scenario or examples";
            self.fault(*tag, format!("tags before {before}"), Some(hint));
        }
    }

    fn fault(&mut self, span: Span, message: impl Into<String>, hint: Option<&'static str>) {
        if self.gherkin.faults.len() < MAX_FAULTS {
            self.gherkin.faults.push(Fault { span, message: message.into(), hint, instead: None });
        }
    }

    /// The rule that is being read, as a place in the list of rules.
    fn rule(&self) -> Option<usize> {
        self.gherkin.rules.len().checked_sub(1)
    }

    /// The steps that are being read.
    fn steps(&mut self) -> Option<&mut Vec<Step>> {
        match self.place {
            Place::Background => self.gherkin.backgrounds.last_mut().map(|it| &mut it.steps),
            Place::Scenario => self.gherkin.scenarios.last_mut().map(|it| &mut it.steps),
            Place::Start | Place::Feature | Place::Rule | Place::Examples => None,
        }
    }

    fn last_step(&mut self) -> Option<&mut Step> {
        self.steps()?.last_mut()
    }

    /// The table that is being read.
    fn table(&mut self) -> Option<&mut Table> {
        if self.place == Place::Examples {
            let examples = &mut self.gherkin.scenarios.last_mut()?.examples;
            return examples.last_mut().map(|it| &mut it.table);
        }
        let argument = self.last_step()?.argument.get_or_insert_default();
        Some(argument.table.get_or_insert_default())
    }

    /// Lets the scenario that is being read go on to `end`.
    fn extend(&mut self, end: usize) {
        let is_inside = matches!(self.place, Place::Scenario | Place::Examples);
        if let Some(scenario) = self.gherkin.scenarios.last_mut().filter(|_| is_inside) {
            scenario.span.end = end;
        }
    }
}
