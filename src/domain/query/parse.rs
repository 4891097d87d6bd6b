//! From words and signs to a query.

use super::lex::{Token, What, error, tokens};
use super::{Condition, Operator, Query, QueryError};
use crate::domain::span::Span;

/// How deep parentheses and `not` may be nested.
const MAX_DEPTH: usize = 64;

/// Understands a query.
pub fn parse(text: &str) -> Result<Query, QueryError> {
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        let problem = error(Span::at(0), "the query is empty");
        return Err(QueryError {
            hint: Some("for example: status=ready and value>=5".to_owned()),
            ..problem
        });
    }
    let mut parser = Parser { text, tokens, at: 0, depth: 0 };
    let query = parser.any()?;
    match parser.peek() {
        None => Ok(query),
        Some(Token { what: What::Word(word), span }) => {
            let problem = error(*span, &format!("'and' or 'or' is missing before '{word}'"));
            let hint = "words that belong together need quotes of their own: '\"guest checkout\"'";
            Err(QueryError { hint: Some(hint.to_owned()), ..problem })
        }
        Some(token) => Err(error(token.span, &format!("unexpected '{}'", token.span.of(text)))),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.at += usize::from(token.is_some());
        token
    }

    /// Whether the next token is this word; it is taken if so.
    fn takes(&mut self, word: &str) -> bool {
        let is = matches!(self.peek(), Some(Token { what: What::Word(found), .. }) if found.eq_ignore_ascii_case(word));
        self.at += usize::from(is);
        is
    }

    fn any(&mut self) -> Result<Query, QueryError> {
        let mut queries = vec![self.all()?];
        while self.takes("or") {
            queries.push(self.all()?);
        }
        Ok(one_or(queries, Query::Any))
    }

    fn all(&mut self) -> Result<Query, QueryError> {
        let mut queries = vec![self.one()?];
        while self.takes("and") {
            queries.push(self.one()?);
        }
        Ok(one_or(queries, Query::All))
    }

    fn one(&mut self) -> Result<Query, QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let span = self.peek().map_or(Span::at(self.text.len()), |token| token.span);
            return Err(error(span, &format!("nested deeper than {MAX_DEPTH}")));
        }
        let query = self.one_inner();
        self.depth -= 1;
        query
    }

    fn one_inner(&mut self) -> Result<Query, QueryError> {
        if self.takes("not") {
            return Ok(Query::Not(Box::new(self.one()?)));
        }
        let before = self.at.checked_sub(1).map(|at| self.tokens[at].span.of(self.text).to_owned());
        let Some(token) = self.next() else {
            let after = before.map(|word| format!(" after '{word}'")).unwrap_or_default();
            return Err(error(
                Span::at(self.text.len()),
                &format!("a condition is missing{after}"),
            ));
        };
        match token.what {
            What::Open => {
                let query = self.any()?;
                match self.next() {
                    Some(Token { what: What::Close, .. }) => Ok(query),
                    Some(other) => Err(error(
                        other.span,
                        &format!("unexpected '{}'", other.span.of(self.text)),
                    )),
                    None => Err(error(token.span, "this parenthesis is not closed")),
                }
            }
            What::Word(word) if ["and", "or"].iter().any(|it| word.eq_ignore_ascii_case(it)) => {
                Err(error(token.span, &format!("a condition is missing before '{word}'")))
            }
            What::Word(word) => match self.peek().map(|token| &token.what) {
                Some(What::Operator(operator)) => {
                    let operator = *operator;
                    self.condition(word, token.span, operator).map(Query::Field)
                }
                _ => Ok(Query::Words(word)),
            },
            What::Quoted(text) => Ok(Query::Words(text)),
            What::Operator(_) => {
                let sign = token.span.of(self.text);
                Err(error(token.span, &format!("a field is missing before '{sign}'")))
            }
            What::Comma | What::Close => {
                Err(error(token.span, &format!("unexpected '{}'", token.span.of(self.text))))
            }
        }
    }

    fn condition(
        &mut self,
        field: String,
        span: Span,
        operator: Operator,
    ) -> Result<Condition, QueryError> {
        let sign = self.next().map_or(span, |token| token.span);
        let start = self.peek().map_or(self.text.len(), |token| token.span.start);
        let mut values = Vec::new();
        while let Some(Token { what: What::Word(value) | What::Quoted(value), .. }) = self.peek() {
            let is_bare = matches!(self.peek(), Some(Token { what: What::Word(_), .. }));
            let is_joint = is_bare && ["and", "or"].iter().any(|it| value.eq_ignore_ascii_case(it));
            if is_joint {
                break;
            }
            values.push(value.clone());
            self.at += 1;
            if !matches!(self.peek(), Some(Token { what: What::Comma, .. })) {
                break;
            }
            self.at += 1;
        }
        let end = self.at.checked_sub(1).map_or(start, |at| self.tokens[at].span.end);
        let values_span = Span::new(start.min(end), end.max(start));
        let is_ordered = !matches!(operator, Operator::Equal | Operator::Unequal);
        let sign = sign.of(self.text);
        match values.len() {
            0 if is_ordered => Err(error(
                Span::at(values_span.start),
                &format!("a value is missing after '{sign}'"),
            )),
            2.. if is_ordered && !matches!(operator, Operator::Contains | Operator::Lacks) => {
                Err(error(values_span, &format!("'{sign}' compares with one value")))
            }
            _ => Ok(Condition {
                field: field.replace('-', "_"),
                span,
                operator,
                values,
                values_span,
            }),
        }
    }
}

/// The one query, or a combination of several.
fn one_or(mut queries: Vec<Query>, combine: fn(Vec<Query>) -> Query) -> Query {
    if queries.len() == 1 { queries.remove(0) } else { combine(queries) }
}
