//! One document of a backlog, typed by its kind.
//!
//! The values stay in the document's text and are read from there, so that an entry costs little
//! more than its text; ten thousand of them are an ordinary backlog.

use std::borrow::Cow;

use super::config::{Config, CustomField};
use super::criteria::{self, Criteria};
use super::date::{self, Date};
use super::document::{Document, Node, Value};
use super::id;
use super::kind::{Category, FieldType, Kind};
use super::problem::{Problem, ProblemKind};
use super::question;
use super::rank::Rank;
use super::source::SourceFile;
use super::span::Span;
use super::suggest;
use super::value::Selling;

/// A document with its kind and what is wrong with its fields.
#[derive(Debug)]
pub struct Entry {
    /// The text and its structure.
    pub document: Document,
    /// What kind of document it is.
    pub kind: &'static Kind,
    id: String,
    rank: Option<Rank>,
    problems: Vec<Problem>,
    /// The count of criteria, once the body has been forgotten.
    met: Option<(usize, usize)>,
}

impl Entry {
    /// Types `document`; a value that does not fit is a problem and stays as it is.
    pub fn new(document: Document, kind: &'static Kind, config: &Config) -> Self {
        let mut entry = Self::unchecked(document, kind);
        if entry.document.is_readable() {
            entry.problems = Check { entry: &entry, config }.problems();
        }
        entry
    }

    /// The document with its kind alone: what is wrong with its fields is not looked for.
    pub(super) fn unchecked(document: Document, kind: &'static Kind) -> Self {
        let id = match document.text_of("id") {
            Some(id) if !id.is_empty() => id.into_owned(),
            _ => id_of_path(document.path(), kind).to_owned(),
        };
        let rank = match kind.is_ranked() {
            true => document.text_of("rank").and_then(|text| Rank::parse(&text)),
            false => None,
        };
        Self { document, kind, id, rank, problems: Vec::new(), met: None }
    }

    /// Its id; that of the file name where the document has none.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its place in the order of the backlog, if it has one.
    pub fn rank(&self) -> Option<&Rank> {
        self.rank.as_ref()
    }

    /// The path below the backlog's folder.
    pub fn path(&self) -> &str {
        self.document.path()
    }

    /// Whether the text could be understood; what could not is shown, and never written to.
    pub fn is_readable(&self) -> bool {
        self.document.is_readable()
    }

    /// Everything wrong with the text and its fields, in reading order of their discovery.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.document.problems().iter().chain(&self.problems)
    }

    /// The title, empty if there is none.
    pub fn title(&self) -> Cow<'_, str> {
        self.text("title").unwrap_or_default()
    }

    /// The status, empty if there is none.
    pub fn status(&self) -> Cow<'_, str> {
        self.text("status").unwrap_or_default()
    }

    /// The type of an item, empty if there is none.
    pub fn item_type(&self) -> Cow<'_, str> {
        self.text("type").unwrap_or_default()
    }

    /// What the status means for the flow of work.
    pub fn category(&self, config: &Config) -> Category {
        let status = self.status();
        match self.kind.statuses.iter().find(|(word, _)| *word == status) {
            Some((_, category)) => *category,
            None if self.kind.is_ranked() => config.category(&status),
            None => Category::Todo,
        }
    }

    /// The acceptance criteria of an item; a record has none.
    pub fn criteria(&self, config: &Config) -> Criteria {
        let (text, body) = (self.document.text(), self.document.body_span().start);
        match self.kind.is_ranked() && self.is_readable() {
            true => criteria::criteria(text, body, &config.criteria.sections),
            false => Criteria::default(),
        }
    }

    /// How many acceptance criteria are met, and how many there are.
    pub fn met(&self, config: &Config) -> (usize, usize) {
        let (text, body) = (self.document.text(), self.document.body_span().start);
        let has_criteria = self.kind.is_ranked() && self.is_readable();
        let count = || criteria::met(text, body, &config.criteria.sections);
        self.met.unwrap_or_else(|| if has_criteria { count() } else { (0, 0) })
    }

    /// The entry without its body, but with the count of its criteria.
    #[must_use]
    pub(super) fn without_body(mut self, config: &Config) -> Self {
        self.met = Some(self.met(config));
        self.document = self.document.without_body();
        self
    }

    /// The file that it stands in, as a store would give it.
    pub fn to_file(&self) -> SourceFile {
        let text = match self.document.problems().first() {
            Some(problem) if self.document.text().is_empty() => Err(problem.clone()),
            _ => Ok(self.document.text().to_owned()),
        };
        SourceFile { path: self.path().to_owned(), text }
    }

    /// The type of a field: that of its kind, or the one that the project declares for items.
    pub fn field_type(&self, field: &str, config: &Config) -> Option<FieldType> {
        let known = self.kind.field(field).map(|field| field.value);
        let declared = || config.fields.get(field).map(|field| field.value);
        known.or_else(|| self.kind.is_ranked().then(declared).flatten())
    }

    /// The fields that hold links, in the order of the kind.
    pub fn link_fields<'a>(&'a self, config: &'a Config) -> impl Iterator<Item = &'a str> {
        let known = self.kind.fields.iter().map(|field| (field.name, field.value));
        let declared = config.fields.iter().map(|(name, field)| (name, field.value));
        let declared = declared.filter(|_| self.kind.is_ranked());
        known.chain(declared).filter(|(_, value)| value.is_link()).map(|(name, _)| name)
    }

    /// The text of a field with one value; `None` if it is absent or empty.
    pub fn text(&self, field: &str) -> Option<Cow<'_, str>> {
        self.document.text_of(field).filter(|text| !text.is_empty())
    }

    /// A number.
    pub fn number(&self, field: &str) -> Option<f64> {
        number(&self.text(field)?)
    }

    /// A day.
    pub fn date(&self, field: &str) -> Option<Date> {
        date::parse(&self.text(field)?)
    }

    /// The values of a list; none if it is absent.
    pub fn list(&self, field: &str) -> Vec<Cow<'_, str>> {
        self.document.list_of(field).unwrap_or_default()
    }

    /// The ids that a link field names, one or several.
    pub fn links(&self, field: &str) -> Vec<Cow<'_, str>> {
        self.list(field).into_iter().filter(|id| !id.is_empty()).collect()
    }
}

/// The id that a file name begins with: `items/BL-7k3qd-guest-checkout.md` is BL-7k3qd.
pub fn id_of_path<'a>(path: &'a str, kind: &Kind) -> &'a str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(".md").unwrap_or(name);
    if kind.prefix.is_empty() {
        return stem;
    }
    let mut dashes = stem.match_indices('-').map(|(at, _)| at);
    match (dashes.next(), dashes.next()) {
        (Some(first), Some(second)) if id::is_random(&stem[..second]) => {
            debug_assert!(first < second);
            &stem[..second]
        }
        _ => stem,
    }
}

/// A finite number as people write one: `8`, `-2`, `0.5`.
pub fn number(text: &str) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    let number: f64 = text.chars().all(plain).then(|| text.parse().ok())??;
    number.is_finite().then_some(number)
}

/// The checks of one entry's fields against their types and the configuration.
struct Check<'a> {
    entry: &'a Entry,
    config: &'a Config,
}

impl Check<'_> {
    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.identity(&mut problems);
        for pair in self.entry.document.pairs() {
            let key = pair.key(self.entry.document.text());
            match self.entry.field_type(&key, self.config) {
                Some(value) if value.is_list() => problems.extend(self.list(&key, pair.value())),
                Some(value) => problems.extend(self.value(&key, value, pair.value())),
                // Written by a merge; the rule of unresolved conflicts tells of it.
                None if key == "conflicts" => {}
                None => problems.push(self.unknown(&key, pair.key_span())),
            }
        }
        problems
    }

    /// The id has to be one, and the one in the file's name.
    fn identity(&self, problems: &mut Vec<Problem>) {
        let document = &self.entry.document;
        for field in ["id", "title"] {
            if self.entry.text(field).is_none() {
                let message = format!("no {field}");
                problems.push(self.problem(ProblemKind::MissingField, Span::default(), message));
            }
        }
        let Some(id) = self.entry.text("id") else { return };
        let span = document.get("id").map(Node::span).unwrap_or_default();
        let from_name = id_of_path(document.path(), self.entry.kind);
        if !id::is_safe(&id) {
            let message = format!("'{id}' is not an id");
            problems.push(self.problem(ProblemKind::Id, span, message));
        } else if self.entry.kind.name != "product" && !starts_name(document.path(), &id) {
            let message = format!("id is {id}, but the file name says {from_name}");
            problems.push(self.problem(ProblemKind::Id, span, message));
        }
    }

    fn unknown(&self, key: &str, span: Span) -> Problem {
        let known = self.entry.kind.fields.iter().map(|field| field.name);
        let near = suggest::nearest(key, known.chain(self.config.fields.keys()));
        let message = format!("unknown field '{key}'");
        let problem = self.problem(ProblemKind::UnknownField, span, message);
        match near {
            Some(near) => problem.hint(format!("did you mean '{near}'?")),
            None => problem.hint(format!("declare it under 'fields' in config.yml to use '{key}'")),
        }
    }

    /// A list has single values, and nothing else is one.
    fn list(&self, key: &str, node: &Node) -> Vec<Problem> {
        let wrong =
            |node: &Node, message| self.problem(ProblemKind::WrongType, node.span(), message);
        if matches!(node.value(), Value::Mapping(_)) {
            return vec![wrong(node, format!("{key} is not a list"))];
        }
        let nested = node.nested();
        nested.map(|(at, node, what)| wrong(node, not_single(key, at, what))).collect()
    }

    fn value(&self, key: &str, value: FieldType, node: &Node) -> Option<Problem> {
        let document = &self.entry.document;
        if node.is_empty(document.text()) {
            return None;
        }
        let wrong = |message| Some(self.problem(ProblemKind::WrongType, node.span(), message));
        if value == FieldType::Any {
            return None;
        }
        let Some(text) = node.scalar(document.text()) else {
            return wrong(format!("{key} is not one {}", value.word()));
        };
        match value {
            FieldType::Number if number(&text).is_none() => {
                wrong(format!("{key}: '{text}' is not a number"))
            }
            FieldType::Date if date::parse(&text).is_none() => {
                wrong(format!("{key}: '{text}' is not a day"))
                    .map(|problem| problem.hint("write it as 2026-11-23"))
            }
            FieldType::Rank if Rank::parse(&text).is_none() => {
                let message = format!("'{text}' is not a rank key");
                let problem = self.problem(ProblemKind::Rank, node.span(), message);
                let id = self.entry.id();
                Some(problem.hint(format!("give it a place: git backlog rank {id} --bottom")))
            }
            _ => self.word(key, &text, node.span()),
        }
    }

    /// Words that the configuration or the kind lists.
    fn word(&self, key: &str, text: &str, span: Span) -> Option<Problem> {
        let words = words(self.entry.kind, key, self.config);
        if words.is_empty() || words.contains(&text) {
            return None;
        }
        let message = format!("unknown {key} '{text}'");
        let problem = self.problem(ProblemKind::UnknownWord, span, message);
        Some(problem.hint(suggest::did_you_mean(text, &words)))
    }

    fn problem(&self, kind: ProblemKind, span: Span, message: String) -> Problem {
        Problem::at(kind, self.entry.document.text(), span, message)
    }
}

/// What is wrong with an element of a list: a colon makes a mapping of it.
pub(super) fn not_single(key: &str, number: usize, what: &str) -> String {
    let element = match key {
        question::FIELD => "question".to_owned(),
        _ => format!("{key}: element"),
    };
    format!("{element} {number} is {what}; put it in quotes")
}

/// The words that a field of a kind may hold; empty: any.
pub fn words<'a>(kind: &Kind, field: &str, config: &'a Config) -> Vec<&'a str> {
    match field {
        "status" if kind.is_ranked() => config.statuses.0.keys().collect(),
        "status" => kind.statuses.iter().map(|(word, _)| *word).collect(),
        "type" if kind.is_ranked() => config.types.0.keys().collect(),
        "moscow" => vec!["must", "should", "could", "wont"],
        "urgency" => super::score::URGENCIES.to_vec(),
        "usp" => Selling::words(),
        "direction" => vec!["up", "down"],
        "outcome" => vec!["confirmed", "refuted", "open"],
        "interest" | "influence" if kind.name == "stakeholder" => vec!["low", "medium", "high"],
        _ => {
            let values = |custom: &'a CustomField| custom.values.iter().map(String::as_str);
            config.fields.get(field).map(|custom| values(custom).collect()).unwrap_or_default()
        }
    }
}

/// Whether the file's name is the id, alone or followed by a dash and a slug.
fn starts_name(path: &str, id: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.strip_suffix(".md").unwrap_or(name);
    stem.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}
