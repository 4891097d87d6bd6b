//! Assignments as people type them, `status=ready labels+=checkout`, and what they do to a
//! document.
//!
//! The days on which work began and ended are written here, with the status: history cannot tell
//! them afterwards once a branch is squashed.

use super::backlog::Backlog;
use super::config::Config;
use super::date::{self, Date};
use super::document::Document;
use super::edit::{self, Value};
use super::entry::{self, Entry};
use super::id::Found;
use super::kind::{Category, DECISION, FieldType, ITEM, Kind};
use super::policy::ACCEPTED;
use super::problem::{Problem, ProblemKind};
use super::span::Span;
use super::suggest;

/// One assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The field, by its key.
    pub field: String,
    /// What to do with it.
    pub operation: Operation,
}

/// What an assignment does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `k=v`: this value in place of the old one.
    Set(String),
    /// `k=`: no value.
    Clear,
    /// `k+=v`: these elements in addition.
    Add(Vec<String>),
    /// `k-=v`: without these elements.
    Remove(Vec<String>),
}

/// What a document refuses, said to the person who asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What cannot be done, in lower case and without a full stop.
    pub message: String,
    /// What to do instead.
    pub hint: Option<String>,
}

impl Refusal {
    /// A refusal with its reason.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// The same refusal with a word on what to do instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// All of it in one line.
    pub fn said(&self) -> String {
        let hint = self.hint.as_deref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{}{hint}", self.message)
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { message: problem.message, hint: problem.hint }
    }
}

impl Assignment {
    /// The assignment in `text`. Names of fields may be written with dashes and in the singular.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let no_sign = || {
            Refusal::new(format!("'{text}' is not an assignment"))
                .hint("write field=value, field+=value, field-=value or field= to clear it")
        };
        let (left, value) = text.split_once('=').ok_or_else(no_sign)?;
        let elements = || {
            value
                .split(',')
                .map(|part| part.trim().to_owned())
                .filter(|part| !part.is_empty())
                .collect()
        };
        let (field, operation) = match left.as_bytes().last() {
            Some(b'+') => (&left[..left.len() - 1], Operation::Add(elements())),
            Some(b'-') => (&left[..left.len() - 1], Operation::Remove(elements())),
            _ if value.is_empty() => (left, Operation::Clear),
            _ => (left, Operation::Set(value.to_owned())),
        };
        let field = field.trim().replace('-', "_");
        if field.is_empty() {
            return Err(no_sign());
        }
        Ok(Self { field, operation })
    }
}

/// Applies assignments to an entry, in the order given, and returns the new text.
pub fn apply(
    backlog: &Backlog,
    entry: &Entry,
    assignments: &[Assignment],
    today: Date,
) -> Result<String, Refusal> {
    let mut text = entry.document.text().to_owned();
    for assignment in assignments {
        let document = Document::parse(entry.path(), text);
        let sets_done = assignments.iter().any(|assignment| assignment.field == "done");
        let target = Target { backlog, entry, document: &document, today, sets_done };
        text = target.assign(assignment)?;
    }
    Ok(text)
}

/// One document on its way through a list of assignments.
struct Target<'a> {
    backlog: &'a Backlog,
    entry: &'a Entry,
    document: &'a Document,
    today: Date,
    /// Whether the day of the end is among the assignments, so that it is not today.
    sets_done: bool,
}

impl Target<'_> {
    fn assign(&self, assignment: &Assignment) -> Result<String, Refusal> {
        let field = self.field_named(&assignment.field)?;
        let value = field_type(self.entry.kind, &field, &self.backlog.config);
        self.allowed(&field, &assignment.operation)?;
        let order = order(self.entry.kind);
        let text = match &assignment.operation {
            Operation::Clear => edit::remove(self.document, &field)?,
            Operation::Set(text) => {
                let value = self.value(&field, value, text)?;
                edit::set(self.document, &field, &value, &order)?
            }
            Operation::Add(elements) if value.is_list() => {
                let elements = self.elements(&field, value, elements)?;
                edit::add_to_list(self.document, &field, &elements, &order)?
            }
            Operation::Remove(elements) if value.is_list() => {
                let elements = self.present(&field, value, elements)?;
                edit::remove_from_list(self.document, &field, &elements)?
            }
            _ => {
                return Err(Refusal::new(format!("{field} holds one value"))
                    .hint(format!("write {field}=VALUE")));
            }
        };
        match (&*field, &assignment.operation) {
            ("status", Operation::Set(status)) => self.with_days(text, status),
            _ => Ok(text),
        }
    }

    /// The elements of a list that are to be taken from it; each has to be there.
    fn present(
        &self,
        field: &str,
        value: FieldType,
        elements: &[String],
    ) -> Result<Vec<String>, Refusal> {
        let list = self.document.list_of(field).unwrap_or_default();
        let find = |element: &String| {
            let is_there = |name: &str| list.iter().any(|it| it == name);
            if is_there(element) {
                return Ok(element.clone());
            }
            let meant = match self.backlog.find(element) {
                Found::One(entry) if value.is_link() => Some(entry.id().to_owned()),
                _ => None,
            };
            meant.filter(|id| is_there(id)).ok_or_else(|| {
                let refusal = Refusal::new(format!("{field} does not hold '{element}'"));
                match list.is_empty() {
                    true => refusal,
                    false => refusal.hint(format!("it holds {}", list.join(", "))),
                }
            })
        };
        elements.iter().map(find).collect()
    }

    /// The key that `name` means for this kind of document: `label` is `labels`.
    fn field_named(&self, name: &str) -> Result<String, Refusal> {
        let config = &self.backlog.config;
        let fields = self.entry.kind.fields.iter().map(|field| field.name);
        let declared = config.fields.keys().filter(|_| self.entry.kind.is_ranked());
        let known: Vec<&str> = fields.chain(declared).collect();
        let plural = format!("{name}s");
        let is_there = |key: &str| self.document.get(key).is_some();
        match [name, &plural].into_iter().find(|name| known.contains(name) || is_there(name)) {
            Some(name) => Ok(name.to_owned()),
            None => {
                let kind = self.entry.kind.name;
                let hint = suggest::did_you_mean(name, &known);
                Err(Refusal::new(format!("unknown {kind} field '{name}'")).hint(hint))
            }
        }
    }

    /// Fields that have their own commands, or that never change.
    fn allowed(&self, field: &str, operation: &Operation) -> Result<(), Refusal> {
        let id = self.entry.id();
        match field {
            "id" => Err(Refusal::new("the id of a document never changes")
                .hint(format!("add another name with: git backlog set {id} aliases+=NAME"))),
            "rank" => Err(Refusal::new("a rank is a key, not a number to choose")
                .hint(format!("move it with: git backlog rank {id} --top"))),
            "title" | "status" | "type" if *operation == Operation::Clear => {
                Err(Refusal::new(format!("{field} cannot be empty")))
            }
            _ => Ok(()),
        }
    }

    fn value(&self, field: &str, value: FieldType, text: &str) -> Result<Value, Refusal> {
        let words = entry::words(self.entry.kind, field, &self.backlog.config);
        if !words.is_empty() && !words.contains(&text) {
            let hint = suggest::did_you_mean(text, &words);
            return Err(Refusal::new(format!("unknown {field} '{text}'")).hint(hint));
        }
        if field == "status" {
            self.transition(text)?;
        }
        if field == "title" {
            title(text)?;
        }
        match value {
            FieldType::Number => match entry::number(text) {
                Some(_) => Ok(Value::Literal(text.to_owned())),
                None => Err(Refusal::new(format!("{field} is a number, not '{text}'"))),
            },
            FieldType::Date => match date_of(text, self.today) {
                Some(day) => Ok(Value::Literal(day.to_string())),
                None => Err(Refusal::new(format!("{field} is a day, not '{text}'"))
                    .hint("write it as 2026-11-23, or as today, -3d, +2w")),
            },
            FieldType::Link => Ok(Value::Text(self.target(field, text)?)),
            FieldType::List | FieldType::Links => {
                let elements: Vec<String> = text
                    .split(',')
                    .map(|part| part.trim().to_owned())
                    .filter(|part| !part.is_empty())
                    .collect();
                Ok(Value::List(self.elements(field, value, &elements)?))
            }
            // A number that may as well be a word is still a number to other readers of YAML.
            FieldType::Any if entry::number(text).is_some() => Ok(Value::Literal(text.to_owned())),
            FieldType::Text | FieldType::Rank | FieldType::Any => Ok(Value::Text(text.to_owned())),
        }
    }

    /// The elements of a list; those of a list of links by their full ids.
    fn elements(
        &self,
        field: &str,
        value: FieldType,
        elements: &[String],
    ) -> Result<Vec<String>, Refusal> {
        match value {
            FieldType::Links => elements.iter().map(|id| self.target(field, id)).collect(),
            _ => Ok(elements.to_vec()),
        }
    }

    /// The full id of the document that a link is to name.
    fn target(&self, field: &str, input: &str) -> Result<String, Refusal> {
        if field == "goal" && input.contains(' ') {
            return Ok(input.to_owned());
        }
        match self.backlog.meant(input) {
            Found::One(target) if target.id() == self.entry.id() => {
                Err(Refusal::new(format!("{} cannot be its own {field}", target.id())))
            }
            Found::One(target) if !self.may_name(field, target.kind) => {
                let (id, kind) = (target.id(), target.kind.name);
                Err(Refusal::new(format!("{field}: {id} is of kind {kind}")))
            }
            Found::One(target) => Ok(target.id().to_owned()),
            Found::Many(candidates) => {
                let ids: Vec<&str> = candidates.iter().map(|entry| entry.id()).collect();
                let what = match self.backlog.find(input) {
                    Found::Many(_) => "is the beginning of several ids",
                    _ => "stands in several titles",
                };
                Err(Refusal::new(format!("'{input}' {what}")).hint(ids.join(", ")))
            }
            Found::None(near) => {
                let hint = suggest::document(self.backlog, input, &near);
                Err(Refusal::new(format!("{field}: no document with id '{input}'")).hint(hint))
            }
        }
    }

    /// Whether a field may name a document of that kind. What is named after a kind holds that
    /// kind; a parent is of the kind of its children.
    fn may_name(&self, field: &str, kind: &Kind) -> bool {
        let wanted = match field {
            "parent" => Some(self.entry.kind),
            "depends_on" | "blocks" => Some(&ITEM),
            "supersedes" => Some(&DECISION),
            field => Kind::named(field),
        };
        wanted.is_none_or(|wanted| std::ptr::eq(wanted, kind))
    }

    /// The flow that the configuration allows.
    fn transition(&self, to: &str) -> Result<(), Refusal> {
        let from = self.document.text_of("status").unwrap_or_default();
        let Some(status) =
            self.backlog.config.status(&from).filter(|_| self.entry.kind.is_ranked())
        else {
            return Ok(());
        };
        if from == to || status.to.is_empty() || status.to.iter().any(|next| next == to) {
            return Ok(());
        }
        let hint = format!("from '{from}' it may go to {}", status.to.join(", "));
        Err(Refusal::new(format!("{} cannot go from '{from}' to '{to}'", self.entry.id()))
            .hint(hint))
    }

    /// Writes the days that go with a change of status.
    fn with_days(&self, text: String, to: &str) -> Result<String, Refusal> {
        if !self.entry.kind.is_ranked() {
            return Ok(text);
        }
        let config = &self.backlog.config;
        let before = self.document.text_of("status").unwrap_or_default();
        let (from, to) = (config.category(&before), config.category(to));
        let today = Value::Literal(self.today.to_string());
        let order = order(self.entry.kind);
        let document = Document::parse(self.entry.path(), text);
        let has = |field: &str| document.text_of(field).is_some_and(|day| !day.is_empty());
        let text = match to {
            Category::Doing if !has("started") => edit::set(&document, "started", &today, &order)?,
            Category::Done if from != Category::Done && !self.sets_done => {
                edit::set(&document, "done", &today, &order)?
            }
            _ => document.text().to_owned(),
        };
        if to == Category::Done {
            return Ok(text);
        }
        // What is begun again was not accepted as it will be.
        let mut document = Document::parse(self.entry.path(), text);
        for field in ["done", ACCEPTED] {
            if document.get(field).is_some() {
                document = Document::parse(self.entry.path(), edit::remove(&document, field)?);
            }
        }
        Ok(document.text().to_owned())
    }
}

/// A title: one line that every list can show.
pub fn title(text: &str) -> Result<&str, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::new("the title is empty"));
    }
    if text.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(Refusal::new("a title is one line without control characters"));
    }
    Ok(text)
}

/// The keys of a kind, in the order in which a file has them.
pub fn order(kind: &Kind) -> Vec<&'static str> {
    kind.fields.iter().map(|field| field.name).collect()
}

/// The type of a field, declared or known; text for a key that only the file knows.
pub fn field_type(kind: &Kind, field: &str, config: &Config) -> FieldType {
    let known = kind.field(field).map(|field| field.value);
    known.or_else(|| config.fields.get(field).map(|field| field.value)).unwrap_or(FieldType::Text)
}

/// A day, or one relative to today: `today`, `-3d`, `+2w`.
pub fn date_of(text: &str, today: Date) -> Option<Date> {
    if text.eq_ignore_ascii_case("today") {
        return Some(today);
    }
    if let Some(day) = date::parse(text) {
        return Some(day);
    }
    let (count, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let count: i64 = count.starts_with(['+', '-']).then(|| count.parse().ok())??;
    let days = match unit {
        "d" => count,
        "w" => count.checked_mul(7)?,
        _ => return None,
    };
    let span = jiff::Span::new().try_days(days).ok()?;
    today.checked_add(span).ok()
}

/// A refusal of a document that could not be read.
pub fn unreadable(entry: &Entry) -> Refusal {
    let problem = entry.problems().find(|problem| problem.kind.is_fatal()).cloned();
    let problem = problem.unwrap_or_else(|| {
        Problem::at(ProblemKind::Unreadable, "", Span::default(), "it cannot be read")
    });
    let place = format!("{}:{}", entry.path(), problem.position);
    let refusal = Refusal::new(format!("{place}: {}", problem.message));
    let hint =
        problem.hint.unwrap_or_else(|| "mend the file by hand; nothing was written".to_owned());
    refusal.hint(hint)
}
