//! The words and signs of a query, each with its place.

use super::{Operator, QueryError};
use crate::domain::span::Span;

/// A part of a query with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub what: What,
    /// The bytes of the query.
    pub span: Span,
}

/// The parts of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A word without quotes.
    Word(String),
    /// A text in quotes.
    Quoted(String),
    /// A comparison.
    Operator(Operator),
    /// `,`
    Comma,
    /// `(`
    Open,
    /// `)`
    Close,
}

/// Splits a query.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        let what = match c {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            '(' => What::Open,
            ')' => What::Close,
            ',' => What::Comma,
            '"' | '\'' => {
                let Some(length) = text[at + 1..].find(c) else {
                    return Err(error(Span::new(at, text.len()), "this quote is not closed"));
                };
                at += length + 2;
                let inner = text[start + 1..at - 1].to_owned();
                tokens.push(Token { what: What::Quoted(inner), span: Span::new(start, at) });
                continue;
            }
            c if is_sign(c) => {
                let end = text[at..].find(|c| !is_sign(c)).map_or(text.len(), |length| at + length);
                let operator = operator(text, Span::new(at, end))?;
                at = end;
                tokens.push(Token { what: What::Operator(operator), span: Span::new(start, at) });
                continue;
            }
            _ => {
                let is_end =
                    |c: char| c.is_whitespace() || is_sign(c) || matches!(c, '(' | ')' | ',' | '"');
                at = text[at..].find(is_end).map_or(text.len(), |length| at + length);
                let word = text[start..at].to_owned();
                tokens.push(Token { what: What::Word(word), span: Span::new(start, at) });
                continue;
            }
        };
        at += 1;
        tokens.push(Token { what, span: Span::new(start, at) });
    }
    Ok(tokens)
}

fn is_sign(c: char) -> bool {
    matches!(c, '=' | '!' | '<' | '>' | '~')
}

fn operator(text: &str, span: Span) -> Result<Operator, QueryError> {
    let sign = span.of(text);
    Ok(match sign {
        "=" | "==" => Operator::Equal,
        "!=" => Operator::Unequal,
        "<" => Operator::Less,
        "<=" => Operator::AtMost,
        ">" => Operator::More,
        ">=" => Operator::AtLeast,
        "~" => Operator::Contains,
        "!~" => Operator::Lacks,
        _ => {
            let problem = error(span, &format!("'{sign}' is no comparison"));
            return Err(QueryError {
                hint: Some("use one of = != < <= > >= ~ !~".to_owned()),
                ..problem
            });
        }
    })
}

pub(super) fn error(span: Span, message: &str) -> QueryError {
    QueryError { message: message.to_owned(), span, hint: None }
}
