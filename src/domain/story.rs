//! User stories, by their clauses: who wants what, and what for.
//!
//! A grammar over words, not patterns over lines: the clauses may come in any order, over several
//! lines, in bold or in a list. Each keeps its place in the document, so that a finding can point
//! at the word that is meant.

mod clauses;
mod language;
mod lex;
mod locate;
mod means;
mod noise;
mod words;

use super::span::Span;
use clauses::{Part, Words};
pub use language::is_foreign;
use lex::Token;
pub use locate::{find, is_untold};
pub use means::{Coordination, Joined};
pub use noise::{Noise, NoiseKind};

/// The story of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// From the first clause to the last, or the title if there is no clause.
    pub span: Span,
    /// The form in which it is told.
    pub template: Template,
    /// "When …", the situation of a job story.
    pub trigger: Option<Clause>,
    /// "As a …".
    pub role: Option<Clause>,
    /// "I want to …".
    pub means: Option<Clause>,
    /// "so that …".
    pub ends: Option<Clause>,
    /// The main verb of the means, as it stands: `be notified`, `upload`.
    pub verb: Option<Span>,
    /// What the verb acts on, without articles.
    pub objects: Vec<Span>,
    tokens: Vec<Token>,
    parts: clauses::Parts,
}

/// A part of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The words that say what part it is: `As a`, `I want to`, `so that`.
    pub indicator: Span,
    /// The words that follow, without the mark at their end.
    pub span: Span,
}

/// The order in which a story is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Template {
    /// As a …, I want …, so that …
    RoleFirst,
    /// In order to …, as a …, I want …
    EndsFirst,
    /// I want …, as a …
    MeansFirst,
    /// When …, I want to …, so I can …
    Job,
    /// I need to …, so that …
    Need,
    /// None of these.
    Fragment,
}

impl Story {
    /// A story of which nothing but a title is there.
    fn empty(title: Span) -> Self {
        Self {
            span: title,
            template: Template::Fragment,
            trigger: None,
            role: None,
            means: None,
            ends: None,
            verb: None,
            objects: Vec::new(),
            tokens: Vec::new(),
            parts: clauses::Parts::default(),
        }
    }

    /// The story that `tokens` tell.
    fn parse(text: &str, tokens: Vec<Token>) -> Self {
        let words = Words { text, tokens: &tokens };
        let parts = clauses::parts(words);
        let clause = |part: Part| Clause {
            indicator: words.span(part.start, part.words),
            span: words.span(part.words, part.end),
        };
        let all = [parts.trigger, parts.role, parts.means, parts.ends];
        let start = all.iter().flatten().map(|part| part.start).min().unwrap_or(0);
        let end = all.iter().flatten().map(|part| part.end).max().unwrap_or(0);
        let head = parts.means.map(|means| means::head(words, means)).unwrap_or_default();
        Self {
            span: words.span(start, end),
            template: template(words, &parts),
            trigger: parts.trigger.map(clause),
            role: parts.role.map(clause),
            means: parts.means.map(clause),
            ends: parts.ends.map(clause),
            verb: head.verb.map(|(from, to)| words.span(from, to)),
            objects: head.objects.iter().map(|(from, to)| words.span(*from, *to)).collect(),
            tokens,
            parts,
        }
    }

    /// Whether there is no clause at all.
    pub fn is_empty(&self) -> bool {
        self.role.is_none() && self.means.is_none() && self.ends.is_none()
    }

    /// Who is meant, without what is said of them: `buyer` in "As a buyer who has an account".
    pub fn role_name<'a>(&self, text: &'a str) -> Option<&'a str> {
        let part = self.parts.role?;
        let words = Words { text, tokens: &self.tokens };
        let is_more = |at: &usize| {
            words.is(*at, &["who", "that", "which", "whose", "with", "when", "using", "on", "in"])
        };
        let end = (part.words + 1..part.end).find(is_more).unwrap_or(part.end);
        Some(words.span(part.words, end).of(text))
    }

    /// The coordinations of the means, from left to right.
    pub fn coordinations(&self, text: &str) -> Vec<Coordination> {
        let words = Words { text, tokens: &self.tokens };
        self.parts.means.map(|means| means::coordinations(words, means)).unwrap_or_default()
    }

    /// What a story could do without, from left to right.
    pub fn noise(&self, text: &str) -> Vec<Noise> {
        noise::noise(Words { text, tokens: &self.tokens }, &self.parts)
    }

    /// The words of a clause outside quotation marks, brackets and code, each with its place.
    pub fn words<'a>(
        &'a self,
        text: &'a str,
        clause: Clause,
    ) -> impl Iterator<Item = (Span, &'a str)> {
        let first = self.tokens.partition_point(|token| token.span.start < clause.span.start);
        let tokens = self.tokens[first..].iter();
        let inside = tokens.take_while(move |token| token.span.end <= clause.span.end);
        let words = inside.filter(|token| token.kind == lex::Kind::Word && token.aside.is_none());
        words.map(move |token| (token.span, token.span.of(text)))
    }
}

fn template(words: Words<'_>, parts: &clauses::Parts) -> Template {
    let start = |part: Option<Part>| part.map(|part| part.start);
    match (start(parts.role), start(parts.means), start(parts.ends)) {
        (Some(role), Some(means), ends) if ends.is_some_and(|ends| ends < role.min(means)) => {
            Template::EndsFirst
        }
        (Some(role), Some(means), _) if means < role => Template::MeansFirst,
        (Some(_), Some(_), _) => Template::RoleFirst,
        (None, Some(means), _) if start(parts.trigger).is_some_and(|at| at < means) => {
            Template::Job
        }
        (None, Some(means), Some(_)) if words.is(means + 1, &["need"]) => Template::Need,
        _ => Template::Fragment,
    }
}

#[cfg(test)]
mod tests;
