//! Notes of interviews: Markdown files, one for each talk, with what was found in each.
//!
//! Findings stand under a heading of that name, each with a heading below it or as an element of a
//! list. A note without such a heading is one finding. Front matter is welcome and not asked for.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::finding::{self, Finding, Findings};
use super::{Format, Import, Request};
use crate::domain::document::Document;
use crate::domain::edit::Value;
use crate::domain::heading::{self, Section};
use crate::domain::note::one_line;
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::source::SourceFile;

pub(super) const FORMAT: Format = Format {
    name: "interviews",
    summary: "notes in Markdown, a file for each talk, with a heading Findings",
    reads: |path| path.ends_with(".md"),
    import,
};

/// The headings under which findings stand.
const HEADINGS: &[&str] = &[
    "findings",
    "key findings",
    "observations",
    "insights",
    "learnings",
    "what we saw",
    "what we heard",
];

/// The keys of front matter, and the fields that they become.
const KEYS: &[(&[&str], &str)] = &[
    (&["date", "day"], "date"),
    (&["method"], "method"),
    (&["participants", "people", "n"], "participants"),
    (&["persona", "personas"], "personas"),
    (&["source"], "source"),
    (&["strength"], "strength"),
    (&["supports"], "supports"),
    (&["contradicts"], "contradicts"),
];

fn import(request: &Request<'_>) -> Import {
    let mut import = Import::default();
    let mut findings = Findings::of_notes(request);
    for file in request.files {
        let Some(note) = Note::read(file, &mut import) else { continue };
        let n_before = import.problems.len();
        let fields = note.fields(request, &mut import);
        if import.problems.len() > n_before {
            continue;
        }
        for (words, more) in note.findings(&mut import) {
            let fields = fields.clone();
            findings.add(Finding { words, more, fields }, &file.path, &mut import);
        }
    }
    findings.finish(&mut import);
    import
}

/// A note that could be read.
struct Note {
    document: Document,
    /// Whether it has front matter of its own.
    has_front: bool,
    /// The name of the file without its ending.
    stem: String,
}

impl Note {
    fn read(file: &SourceFile, import: &mut Import) -> Option<Self> {
        let text = match &file.text {
            Ok(text) => text,
            Err(problem) => {
                import.problems.push((file.path.clone(), problem.clone()));
                return None;
            }
        };
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        let stem = name.strip_suffix(".md").unwrap_or(name).to_owned();
        if text.trim().is_empty() {
            let problem = Problem::whole(ProblemKind::FrontMatter, "the file is empty");
            import.problems.push((file.path.clone(), problem));
            return None;
        }
        let has_front = text.trim_start_matches('\u{feff}').starts_with("---");
        let plain = || format!("---\n---\n{text}");
        let text: Cow<'_, str> = if has_front { text.into() } else { plain().into() };
        let document = Document::parse(file.path.as_str(), text);
        if let Some(problem) = document.problems().first() {
            import.problems.push((file.path.clone(), problem.clone()));
            return None;
        }
        Some(Self { document, has_front, stem })
    }

    /// The fields that all findings of the note have.
    fn fields(&self, request: &Request<'_>, import: &mut Import) -> Vec<(&'static str, Value)> {
        let mut fields: Vec<(&'static str, Value)> = Vec::new();
        let text = self.document.text();
        for pair in self.document.pairs() {
            let key = pair.key(text).to_lowercase();
            let list = self.document.list_of(&pair.key(text)).unwrap_or_default();
            let joined = list.join(", ");
            if joined.trim().is_empty() {
                continue;
            }
            if key == "title" {
                import.count("title", Ok("source"));
                continue;
            }
            let Some((_, field)) = KEYS.iter().find(|(keys, _)| keys.contains(&&*key)) else {
                import.count(&key, Err("it has no home here"));
                continue;
            };
            match finding::value(request.backlog, field, &joined) {
                Ok(value) => {
                    import.count(&key, Ok(field));
                    fields.push((field, value));
                }
                Err((message, hint)) => {
                    let span = pair.value().span();
                    let problem = Problem::at(ProblemKind::WrongType, text, span, message);
                    import.problems.push((self.document.path().to_owned(), problem.hint(hint)));
                }
            }
        }
        let has = |field: &str| fields.iter().any(|(name, _)| *name == field);
        let (has_method, has_source) = (has("method"), has("source"));
        if !has_method {
            fields.push(("method", Value::Text("interview".to_owned())));
        }
        if !has_source {
            fields.push(("source", Value::Text(self.title())));
        }
        fields
    }

    /// What the note is called: by its front matter, its first heading, or its file.
    fn title(&self) -> String {
        let body = self.document.body();
        let heading = || heading::sections(body).into_iter().find(|it| it.level == 1);
        let named = self.document.text_of("title").filter(|it| self.has_front && !it.is_empty());
        let title = named.map(Cow::into_owned).or_else(|| Some(heading()?.title));
        one_line(&title.unwrap_or_else(|| self.stem.clone()))
    }

    /// What was found, each with what else is said of it.
    fn findings(&self, import: &mut Import) -> Vec<(String, String)> {
        let body = self.document.body();
        let sections = heading::sections(body);
        let Some(section) =
            sections.iter().find(|it| it.is_called(HEADINGS) && heading::says_something(it.text))
        else {
            import.count("the whole note", Ok("one piece of evidence"));
            return vec![(self.title(), body.trim().to_owned() + "\n")];
        };
        import.count("a heading of findings", Ok("a piece of evidence for each"));
        if has_more(body, section) {
            import.count("the rest of a note", Err("it stays in the note"));
        }
        let below = heading::sections(section.text);
        if let Some(level) = below.iter().map(|it| it.level).min() {
            let own = below.iter().filter(|it| it.level == level);
            return own.map(|it| (one_line(&it.title), with_end(it.text))).collect();
        }
        match elements(section.text) {
            list if list.is_empty() => vec![(one_line(section.text), String::new())],
            list => list.into_iter().map(|it| (one_line(&it), String::new())).collect(),
        }
    }
}

/// Whether a note says something beside a section, apart from headings.
fn has_more(body: &str, section: &Section<'_>) -> bool {
    let says = |text: &str| {
        let plain = heading::without_comments(text);
        plain.lines().any(|line| !line.trim().is_empty() && !line.starts_with('#'))
    };
    says(&body[..section.span.start]) || says(&body[section.span.end..])
}

/// A text that ends with a line end, unless it is empty.
fn with_end(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

/// The texts of the elements of the lists that stand in nothing else.
fn elements(text: &str) -> Vec<String> {
    let (mut depth, mut elements) = (0_usize, Vec::<String>::new());
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Item) => {
                depth += 1;
                if depth == 1 {
                    elements.push(String::new());
                } else if let Some(element) = elements.last_mut() {
                    element.push_str("; ");
                }
            }
            Event::End(TagEnd::Item) => depth = depth.saturating_sub(1),
            Event::Text(words) | Event::Code(words) if depth > 0 => {
                elements.last_mut().into_iter().for_each(|it| it.push_str(&words));
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph) if depth > 0 => {
                elements.last_mut().into_iter().for_each(|it| it.push(' '));
            }
            _ => {}
        }
    }
    elements.retain(|it| !it.trim().is_empty());
    elements
}
