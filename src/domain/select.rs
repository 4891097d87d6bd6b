//! Which documents a query finds, and the order in which they are wanted.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::acceptance;
use super::assign::{self, Refusal};
use super::backlog::Backlog;
use super::date::Date;
use super::entry::{self, Entry};
use super::id::Found;
use super::kind::{Category, FieldType, GOAL, ITEM, KINDS};
use super::policy::ACCEPTED;
use super::problem::ProblemKind;
use super::progress::Way;
use super::query::{self, Operator, Query, QueryError, Subject};
use super::score::{Scoring, short};
use super::span::Span;
use super::suggest;

/// Fields that no file has: they follow from the backlog.
pub const DERIVED: &[(&str, &str)] = &[
    ("kind", "item, goal, evidence, …"),
    ("category", "todo, doing, done or dropped: what the status means"),
    ("open", "yes or no: whether there is still something to do"),
    ("position", "the place among the open items, from 1"),
    (SCORE, "of an open item: what it is worth for its size, by the model of the settings"),
    ("criteria", "how many acceptance criteria there are"),
    ("unmet", "how many of them are not ticked"),
    ("blocked", "yes or no: whether it waits for an open item"),
    ("awaiting", "yes or no: whether it waits for somebody to accept it"),
    ("progress", "of a goal: the baseline, the last reading and the target of its metric"),
    ("problems", "how many things are wrong with its fields"),
    ("path", "the file below the backlog's folder"),
    ("text", "everything below the front matter"),
];

/// The field that a score is asked for by.
const SCORE: &str = "score";

/// A query that is understood, with what it takes to answer it.
#[derive(Debug)]
pub struct Filter {
    query: Query,
    /// The fields that it asks for.
    fields: Vec<String>,
    /// The model, if it asks for the score.
    scoring: Option<Scoring>,
    /// What may be a slip in it.
    doubts: Vec<String>,
}

impl Filter {
    /// Whether it finds an entry.
    pub fn matches(&self, backlog: &Backlog, entry: &Entry) -> bool {
        self.query.matches(&Selected { backlog, entry, scoring: self.scoring.as_ref() })
    }

    /// What may be a slip in it: worth telling where it finds nothing.
    pub fn doubts(&self) -> &[String] {
        &self.doubts
    }

    /// Whether it asks for one of these fields.
    pub fn asks_for(&self, fields: &[&str]) -> bool {
        self.fields.iter().any(|field| fields.contains(&&**field))
    }
}

/// The model that it takes to tell these fields, `None` where the score is not among them, or is a
/// field of the project's own. The refusal says what is wrong with the settings.
pub fn scoring<'a>(
    backlog: &Backlog,
    fields: impl IntoIterator<Item = &'a str>,
    today: Date,
) -> Result<Option<Scoring>, Refusal> {
    let is_own = backlog.config.fields.get(SCORE).is_some();
    let is_asked = !is_own && fields.into_iter().any(|field| field == SCORE);
    is_asked.then(|| Scoring::new(&backlog.config, None, today)).transpose()
}

/// Understands a query for this backlog. Its fields have to be known, a value for a day may be
/// relative to `today`, and `@name` stands for a query that the settings have saved.
pub fn query(backlog: &Backlog, text: &str, today: Date) -> Result<Filter, QueryError> {
    if let Some(name) = text.trim().strip_prefix('@') {
        return saved(backlog, text, name, today);
    }
    let mut query = query::parse(text)?;
    let (mut fields, mut doubts, mut model) = (Vec::new(), Vec::new(), None);
    for condition in query.conditions_mut() {
        let Some(field) = field_named(backlog, &condition.field) else {
            let known = known_fields(backlog);
            let message = format!("unknown field '{}'", condition.field);
            let hint = Some(suggest::did_you_mean(&condition.field, &known));
            return Err(QueryError { message, span: condition.span, hint });
        };
        condition.field = field.to_owned();
        if is_of_type(backlog, field, |value| value == FieldType::Date) {
            for value in &mut condition.values {
                let Some(day) = assign::date_of(value, today) else {
                    let message = format!("'{value}' is no day");
                    let hint = Some("write it as 2026-11-23, or as today, -3d, +2w".to_owned());
                    return Err(QueryError { message, span: condition.values_span, hint });
                };
                *value = day.to_string();
            }
        }
        let is_exact = matches!(condition.operator, Operator::Equal | Operator::Unequal);
        if is_exact && (field == "id" || is_of_type(backlog, field, FieldType::is_link)) {
            let span = condition.span;
            for value in &mut condition.values {
                doubts.extend(whole_id(backlog, field, value, span)?);
            }
        }
        check_words(backlog, condition)?;
        let scoring = scoring(backlog, [field], today).map_err(|Refusal { message, hint }| {
            QueryError { message, span: condition.span, hint }
        })?;
        model = model.or(scoring);
        fields.push(field.to_owned());
    }
    Ok(Filter { query, fields, scoring: model, doubts })
}

fn saved(backlog: &Backlog, text: &str, name: &str, today: Date) -> Result<Filter, QueryError> {
    let Some(saved) = backlog.config.saved.get(name) else {
        let known: Vec<&str> = backlog.config.saved.keys().collect();
        let hint = match known.is_empty() {
            true => "save queries in config.yml, under 'saved'".to_owned(),
            false => suggest::did_you_mean(name, &known),
        };
        let span = super::span::Span::new(0, text.len());
        return Err(QueryError {
            message: format!("no saved query '{name}'"),
            span,
            hint: Some(hint),
        });
    };
    if saved.trim().starts_with('@') {
        let span = super::span::Span::new(0, text.len());
        let message = format!("the saved query '{name}' names another one");
        return Err(QueryError {
            message,
            span,
            hint: Some("write the query out in config.yml".to_owned()),
        });
    }
    query(backlog, saved, today).map_err(|error| {
        let message = format!("in the saved query '{name}': {}", error.message);
        QueryError { message, span: super::span::Span::new(0, text.len()), ..error }
    })
}

/// A status or type that nobody has configured is a slip of the pen, not an empty answer.
fn check_words(backlog: &Backlog, condition: &query::Condition) -> Result<(), QueryError> {
    let is_exact = matches!(condition.operator, Operator::Equal | Operator::Unequal);
    let words: Vec<&str> = match &*condition.field {
        "status" => {
            let records = KINDS.iter().flat_map(|kind| kind.statuses.iter().map(|(word, _)| *word));
            backlog.config.statuses.0.keys().chain(records).collect()
        }
        "type" => backlog.config.types.0.keys().collect(),
        "category" => vec!["todo", "doing", "done", "dropped"],
        "open" | "blocked" | "awaiting" => vec!["yes", "no"],
        "kind" => KINDS.iter().map(|kind| kind.name).collect(),
        field if is_number(backlog, field) => return check_numbers(condition),
        field => entry::words(&ITEM, field, &backlog.config),
    };
    if words.is_empty() {
        return Ok(());
    }
    let is_known = |value: &&String| words.iter().any(|word| word.eq_ignore_ascii_case(value));
    match condition.values.iter().find(|value| is_exact && !is_known(value)) {
        None => Ok(()),
        Some(value) => Err(QueryError {
            message: format!("unknown {} '{value}'", condition.field),
            span: condition.values_span,
            hint: Some(suggest::did_you_mean(value, &words)),
        }),
    }
}

/// A word in place of a number would compare with nothing.
fn check_numbers(condition: &query::Condition) -> Result<(), QueryError> {
    let compares = !matches!(condition.operator, Operator::Contains | Operator::Lacks);
    match condition.values.iter().find(|value| compares && entry::number(value).is_none()) {
        None => Ok(()),
        Some(value) => Err(QueryError {
            message: format!("{} is a number, not '{value}'", condition.field),
            span: condition.values_span,
            hint: None,
        }),
    }
}

fn is_number(backlog: &Backlog, field: &str) -> bool {
    let is_count = matches!(field, "position" | "criteria" | "unmet" | "problems");
    let declared = backlog.config.fields.get(field).map(|field| field.value);
    if field == SCORE && declared.is_none() {
        return true;
    }
    let known = KINDS.iter().filter_map(|kind| kind.field(field)).map(|field| field.value);
    let mut values = known.chain(declared).peekable();
    is_count || values.peek().is_some() && values.all(|value| value == FieldType::Number)
}

/// The query that somebody may have meant who typed a bare word: `bug` may stand for `type=bug`.
pub fn condition_for(backlog: &Backlog, word: &str) -> Option<String> {
    let singular = match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => word.strip_suffix('s').unwrap_or(word).to_owned(),
    };
    let words = |field: &str| entry::words(&ITEM, field, &backlog.config);
    ["type", "status"].iter().find_map(|field| {
        let is_meant = |known: &&&str| {
            known.eq_ignore_ascii_case(word) || known.eq_ignore_ascii_case(&singular)
        };
        words(field).iter().find(is_meant).map(|word| format!("{field}={word}"))
    })
}

/// The kind that somebody may have meant whose word for it is looked for as a text instead.
pub fn kind_for(word: &str) -> Option<&'static str> {
    suggest::nearest(word, KINDS.iter().filter(|kind| !kind.prefix.is_empty()).map(|it| it.folder))
}

/// The field that `name` means: `label` is `labels`.
pub fn field_named<'a>(backlog: &'a Backlog, name: &str) -> Option<&'a str> {
    let known = known_fields(backlog);
    let names = [name.to_owned(), format!("{name}s"), format!("{name}es")];
    names.iter().find_map(|name| known.iter().find(|field| *field == name)).copied()
}

/// Every field that can be asked for, without repetition.
pub fn known_fields(backlog: &Backlog) -> Vec<&str> {
    let of_kinds = KINDS.iter().flat_map(|kind| kind.fields.iter().map(|field| field.name));
    let derived = DERIVED.iter().map(|(name, _)| *name);
    let mut fields: Vec<&str> = Vec::new();
    for field in of_kinds.chain(backlog.config.fields.keys()).chain(derived) {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields
}

fn is_of_type(backlog: &Backlog, field: &str, is_wanted: fn(FieldType) -> bool) -> bool {
    let declared = backlog.config.fields.get(field).map(|field| field.value);
    let known = KINDS.iter().filter_map(|kind| kind.field(field)).map(|field| field.value).next();
    known.or(declared).is_some_and(is_wanted)
}

/// Ids may be short in queries as they may everywhere else. A query may ask for what is not there any
/// more, and links may name it; so an id that no document has is a doubt, and no error.
fn whole_id(
    backlog: &Backlog,
    field: &str,
    value: &mut String,
    span: Span,
) -> Result<Option<String>, QueryError> {
    match backlog.find(value) {
        Found::One(entry) => {
            *value = entry.id().to_owned();
            Ok(None)
        }
        Found::Many(several) => {
            let ids: Vec<&str> = several.iter().take(NAMED).map(|it| it.id()).collect();
            let more = several.len().saturating_sub(ids.len());
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            Err(QueryError {
                message: format!("'{value}' is the beginning of {} ids", several.len()),
                span,
                hint: Some(format!("type more of it: {}{more}", ids.join(", "))),
            })
        }
        Found::None(near) if !value.is_empty() => {
            let hint = suggest::document(backlog, value, &near);
            Ok(Some(format!("{field}: no document with id '{value}'; {hint}")))
        }
        Found::None(_) => Ok(None),
    }
}

/// How many of the documents that a short id may mean are named.
const NAMED: usize = 5;

/// A document of a backlog, as a query sees it.
#[derive(Clone, Copy, Debug)]
pub struct Selected<'a> {
    /// The backlog.
    pub backlog: &'a Backlog,
    /// The document.
    pub entry: &'a Entry,
    /// The model, where the score may be asked for: [`scoring`] gives it.
    pub scoring: Option<&'a Scoring>,
}

impl Subject for Selected<'_> {
    fn values(&self, field: &str) -> Vec<Cow<'_, str>> {
        self.values_of(field)
    }

    fn contains(&self, words: &str) -> bool {
        let has = |text: &str| text.to_lowercase().contains(words);
        let has_name = || self.values_of("id").iter().any(|name| has(name));
        has(&self.entry.title()) || has_name() || has(self.entry.document.body())
    }
}

impl<'a> Selected<'a> {
    /// The values of a field, known or derived; none if it is not set.
    pub fn values_of(&self, field: &str) -> Vec<Cow<'a, str>> {
        let entry = self.entry;
        let yes_or_no = |is: bool| vec![Cow::Borrowed(if is { "yes" } else { "no" })];
        let number = |number: usize| vec![Cow::Owned(number.to_string())];
        match field {
            "kind" => vec![entry.kind.name.into()],
            "category" => vec![self.backlog.category(entry).word().into()],
            "open" => yes_or_no(self.backlog.category(entry).is_open()),
            "position" => self.backlog.position(entry).into_iter().flat_map(number).collect(),
            "criteria" => number(entry.met(&self.backlog.config).1),
            "unmet" => {
                let (met, all) = entry.met(&self.backlog.config);
                number(all - met)
            }
            "blocked" => yes_or_no(is_blocked(self.backlog, entry)),
            SCORE if self.scoring.is_some() => self.score().map(Cow::Owned).into_iter().collect(),
            "awaiting" => yes_or_no(acceptance::is_awaited(self.backlog, entry)),
            "progress" => {
                let is_goal = std::ptr::eq(entry.kind, &GOAL);
                let way = is_goal.then(|| Way::of_goal(self.backlog, entry));
                let way = way.filter(|way| way.metric.is_some());
                way.map(|way| way.words().into()).into_iter().collect()
            }
            "problems" => {
                let counts = |kind: ProblemKind| kind != ProblemKind::UnknownField;
                number(entry.problems().filter(|problem| counts(problem.kind)).count())
            }
            ACCEPTED => {
                let accepted = acceptance::of(&entry.document);
                let on = accepted.as_ref().and_then(|it| it.on).map(|day| day.to_string().into());
                accepted.into_iter().map(|it| it.by.into()).chain(on).collect()
            }
            "path" => vec![entry.path().into()],
            "text" => vec![entry.document.body().into()],
            "id" => {
                let aliases = entry.list("aliases");
                std::iter::once(entry.id().into()).chain(aliases).collect()
            }
            _ => entry.links(field),
        }
    }
}

impl Selected<'_> {
    /// The score of an open item, as people read it and as it can be compared.
    fn score(&self) -> Option<String> {
        let counts = self.entry.kind.is_ranked() && self.backlog.category(self.entry).is_open();
        let (_, worth) = self.scoring.filter(|_| counts)?.score(self.entry).ok()?;
        let score = worth.score();
        // Very small and very large ones are shortened to what is no number in a query.
        Some(short(score)).filter(|it| entry::number(it).is_some()).or(Some(score.to_string()))
    }
}

/// Whether an item waits for an item that is still open.
pub fn is_blocked(backlog: &Backlog, entry: &Entry) -> bool {
    let is_open = |id: &Cow<'_, str>| {
        let other = backlog.called(id);
        other.is_some_and(|other| {
            matches!(backlog.category(other), Category::Todo | Category::Doing)
        })
    };
    entry.links("depends_on").iter().any(is_open)
}

/// The order of two documents by a field: numbers by size, the rest by letters; without a value
/// last.
pub fn by_field(a: Selected<'_>, b: Selected<'_>, field: &str, descending: bool) -> Ordering {
    let first = |subject: &Selected<'_>| {
        subject.values_of(field).first().map(|value| value.clone().into_owned())
    };
    let order = |a: &str, b: &str| {
        let order = query::order(a, b);
        if descending { order.reverse() } else { order }
    };
    match (first(&a), first(&b)) {
        (Some(a), Some(b)) => order(&a, &b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests;
