//! Queries as people type them: `status=ready and label=checkout and value>=5`.
//!
//! The grammar, where a word may be in quotes:
//!
//! ```text
//! query     = all { "or" all }
//! all       = one { "and" one }
//! one       = "not" one | "(" query ")" | condition
//! condition = field ( "=" | "!=" ) [ word { "," word } ]     any of these; no word: not set
//!           | field ( "<" | "<=" | ">" | ">=" ) word         numbers, days, positions, text
//!           | field ( "~" | "!~" ) word                      contains, in any case
//!           | word                                           the title or the text contains it
//! ```

mod lex;
mod parse;

use std::borrow::Cow;
use std::cmp::Ordering;

use super::span::Span;
pub use parse::parse;

/// A query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// One of these holds.
    Any(Vec<Query>),
    /// All of these hold.
    All(Vec<Query>),
    /// This does not hold.
    Not(Box<Query>),
    /// A condition on one field.
    Field(Condition),
    /// The document contains these words.
    Words(String),
}

/// A condition on one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The field, as it was typed, dashes as underscores.
    pub field: String,
    /// Where it stands in the query.
    pub span: Span,
    /// How values are compared.
    pub operator: Operator,
    /// The values, one of which has to fit. None: the field has no value.
    pub values: Vec<String>,
    /// Where they stand in the query.
    pub values_span: Span,
}

/// How a value of a document is compared with one of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// The same.
    Equal,
    /// Not the same.
    Unequal,
    /// Less.
    Less,
    /// Less or the same.
    AtMost,
    /// More.
    More,
    /// More or the same.
    AtLeast,
    /// Contains.
    Contains,
    /// Does not contain.
    Lacks,
}

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// What is there, in lower case and without a full stop.
    pub message: String,
    /// The bytes of the query that are meant.
    pub span: Span,
    /// What to write instead.
    pub hint: Option<String>,
}

/// What a query can ask of a document.
pub trait Subject {
    /// The values of a field, none if it is not set.
    fn values(&self, field: &str) -> Vec<Cow<'_, str>>;
    /// Whether the title or the text contains these words, which are in lower case.
    fn contains(&self, words: &str) -> bool;
}

impl Query {
    /// Whether it holds for `subject`.
    pub fn matches(&self, subject: &impl Subject) -> bool {
        match self {
            Self::Any(queries) => queries.iter().any(|query| query.matches(subject)),
            Self::All(queries) => queries.iter().all(|query| query.matches(subject)),
            Self::Not(query) => !query.matches(subject),
            Self::Words(words) => subject.contains(&words.to_lowercase()),
            Self::Field(condition) => condition.matches(subject),
        }
    }

    /// The conditions on fields, so that a caller can check them against the fields there are.
    pub fn conditions_mut(&mut self) -> Vec<&mut Condition> {
        match self {
            Self::Any(queries) | Self::All(queries) => {
                queries.iter_mut().flat_map(Self::conditions_mut).collect()
            }
            Self::Not(query) => query.conditions_mut(),
            Self::Field(condition) => vec![condition],
            Self::Words(_) => Vec::new(),
        }
    }
}

impl Condition {
    fn matches(&self, subject: &impl Subject) -> bool {
        let found = subject.values(&self.field);
        let any = |fits: fn(&str, &str) -> bool| {
            found.iter().any(|found| self.values.iter().any(|value| fits(found, value)))
        };
        let ordered = |fits: fn(Ordering) -> bool| {
            let fits =
                |found: &Cow<'_, str>, value: &String| compare(found, value).is_some_and(fits);
            found.iter().any(|found| self.values.iter().any(|value| fits(found, value)))
        };
        match self.operator {
            Operator::Equal if self.values.is_empty() => found.is_empty(),
            Operator::Unequal if self.values.is_empty() => !found.is_empty(),
            Operator::Equal => any(same),
            Operator::Unequal => !any(same),
            Operator::Less => ordered(Ordering::is_lt),
            Operator::AtMost => ordered(Ordering::is_le),
            Operator::More => ordered(Ordering::is_gt),
            Operator::AtLeast => ordered(Ordering::is_ge),
            Operator::Contains => any(contains),
            Operator::Lacks => !any(contains),
        }
    }
}

fn same(found: &str, value: &str) -> bool {
    let numbers = || Some(super::entry::number(found)? == super::entry::number(value)?);
    found.to_lowercase() == value.to_lowercase() || numbers().unwrap_or(false)
}

fn contains(found: &str, value: &str) -> bool {
    found.to_lowercase().contains(&value.to_lowercase())
}

/// Numbers by size; everything else, days among it, by its letters in lower case. `None` for a
/// number against a word.
pub fn compare(a: &str, b: &str) -> Option<Ordering> {
    match (super::entry::number(a), super::entry::number(b)) {
        (Some(a), Some(b)) => a.partial_cmp(&b),
        (None, None) => Some(a.to_lowercase().cmp(&b.to_lowercase())),
        _ => None,
    }
}

/// A total order of values: numbers by size, then words by their letters.
pub fn order(a: &str, b: &str) -> Ordering {
    match (super::entry::number(a), super::entry::number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.to_lowercase().cmp(&b.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Item;

    impl Subject for Item {
        fn values(&self, field: &str) -> Vec<Cow<'_, str>> {
            match field {
                "status" => vec!["ready".into()],
                "label" => vec!["checkout".into(), "EU".into()],
                "value" => vec!["8".into()],
                "due" => vec!["2026-11-23".into()],
                _ => Vec::new(),
            }
        }

        fn contains(&self, words: &str) -> bool {
            "guest checkout".contains(words)
        }
    }

    fn matches(text: &str) -> bool {
        parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}")).matches(&Item)
    }

    #[test]
    fn finds_what_holds() {
        for text in [
            "status=ready and label=checkout and value>=5",
            "status = ready AND NOT value < 5",
            "status=done or value>7",
            "status=done,ready",
            "(status=done or label=eu) and value=8.0",
            "assignee=",
            "status!=",
            "label!=login",
            "label~check",
            "label!~log",
            "due<2026-12-01",
            "due>=2026-11-23",
            "guest",
            "'guest check'",
            "\"Guest Checkout\"",
            "status=\"ready\"",
            "not assignee=mira",
        ] {
            assert!(matches(text), "{text}");
        }
    }

    #[test]
    fn leaves_out_what_does_not() {
        for text in [
            "status=done",
            "value<8",
            "value>8",
            "assignee=mira",
            "status=",
            "value>abc",
            "login",
            "not guest",
        ] {
            assert!(!matches(text), "{text}");
        }
    }

    #[test]
    fn sorts_numbers_before_words() {
        let mut values = ["1a", "10", "b", "9", "A", "-2", ""];
        values.sort_by(|a, b| order(a, b));
        assert_eq!(values, ["-2", "9", "10", "", "1a", "A", "b"]);
    }

    #[test]
    fn and_binds_more_than_or() {
        assert!(matches("status=ready or status=done and value>99"));
        assert!(!matches("(status=ready or status=done) and value>99"));
    }

    #[test]
    fn points_at_what_it_does_not_understand() {
        let at = |text: &str| {
            let error = parse(text).expect_err(text);
            format!("{}-{} {}", error.span.start, error.span.end, error.message)
        };
        assert_eq!(at(""), "0-0 the query is empty");
        assert_eq!(at("status=ready and"), "16-16 a condition is missing after 'and'");
        assert_eq!(at("(status=ready"), "0-1 this parenthesis is not closed");
        assert_eq!(at("status=ready)"), "12-13 unexpected ')'");
        assert_eq!(at("value>="), "7-7 a value is missing after '>='");
        assert_eq!(at("value>=5,6"), "7-10 '>=' compares with one value");
        assert_eq!(at("=ready"), "0-1 a field is missing before '='");
        assert_eq!(at("title='open"), "6-11 this quote is not closed");
        assert_eq!(at("value=>5"), "5-7 '=>' is no comparison");
        assert_eq!(at("and"), "0-3 a condition is missing before 'and'");
        assert_eq!(at("status=ready value=8"), "13-18 'and' or 'or' is missing before 'value'");
    }

    #[test]
    fn deep_nesting_is_an_error_and_not_a_crash() {
        let text = "(".repeat(100_000);
        assert!(parse(&text).expect_err("too deep").message.contains("nested"));
        let text = "not ".repeat(100_000) + "a=b";
        assert!(parse(&text).expect_err("too deep").message.contains("nested"));
    }
}
