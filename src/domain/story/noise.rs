//! What a story could do without: notes in brackets, further sentences, examples.

use super::clauses::{Part, Parts, Words};
use super::lex::{Aside, Kind};
use crate::domain::span::Span;

/// Something that does not belong in a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noise {
    /// What sort of thing it is.
    pub kind: NoiseKind,
    /// Where it stands.
    pub span: Span,
}

/// The sorts of noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoiseKind {
    /// `(for now)`
    Brackets,
    /// `– for now –`
    Dash,
    /// A sentence after the story.
    Sentence,
    /// `such as`, `for example`, `including`
    Example,
    /// `maybe`, `for now`
    Hedge,
    /// `so that` a second time.
    SecondEnds,
    /// `the the`
    Doubled,
}

/// All of it, from left to right.
pub(super) fn noise(words: Words<'_>, parts: &Parts) -> Vec<Noise> {
    let mut found = Vec::new();
    let mut add = |kind, from, to| found.push(Noise { kind, span: words.span(from, to) });
    let first = [parts.trigger, parts.role, parts.means, parts.ends];
    let Some(first) = first.iter().flatten().map(|part| part.start).min() else {
        return found;
    };
    let mut open = None;
    for at in first..parts.end.min(words.tokens.len()) {
        let token = words.tokens[at];
        match (token.kind, token.aside) {
            (Kind::Open, Some(Aside::Brackets)) if open.is_none() && is_apart(words, at) => {
                open = Some(at);
            }
            (Kind::Close, Some(Aside::Brackets)) => {
                let joins = words.tokens.get(at + 1).is_some_and(|next| {
                    next.kind == Kind::Word && next.span.start == token.span.end
                });
                if let Some(open) = open.take().filter(|_| !joins) {
                    add(NoiseKind::Brackets, open, at + 1);
                }
            }
            (Kind::Dash, None) if is_between(words, parts, at) => {
                add(NoiseKind::Dash, at, at + 2);
            }
            (Kind::Word, None) => word(words, parts, at, &mut add),
            _ => {}
        }
    }
    let rest = parts.end..words.tokens.len();
    if rest.clone().any(|at| words.kind(at) == Some(Kind::Word)) {
        add(NoiseKind::Sentence, rest.start, rest.end);
    }
    found.sort_by_key(|noise| noise.span);
    found
}

/// Whether a bracket stands apart from the word before it: `file(s)` is one word.
fn is_apart(words: Words<'_>, at: usize) -> bool {
    at == 0 || words.tokens[at - 1].span.end < words.tokens[at].span.start
}

/// Whether a dash with blanks around it stands within a clause; between two it is a mere mark.
fn is_between(words: Words<'_>, parts: &Parts, at: usize) -> bool {
    let is_inside = |part: Part| part.words < at && at + 1 < part.end;
    let clauses = [parts.role, parts.means, parts.ends];
    let gap = |at: usize| words.tokens[at].span.end < words.tokens[at + 1].span.start;
    clauses.into_iter().flatten().any(is_inside)
        && words.kind(at + 1) == Some(Kind::Word)
        && gap(at)
        && (gap(at - 1) || words.kind(at - 1) == Some(Kind::Dash))
}

fn word(words: Words<'_>, parts: &Parts, at: usize, add: &mut impl FnMut(NoiseKind, usize, usize)) {
    let is_inside = |part: Part| part.words <= at && at < part.end;
    let is_detail = words.is(at, &["including"]) && parts.means.is_some_and(is_inside);
    let is_such_as = words.is(at, &["such"]) && words.is(at + 1, &["as"]);
    let is_for = |what| words.is(at, &["for"]) && words.is(at + 1, what);
    if is_such_as || is_for(&["example", "instance"]) {
        add(NoiseKind::Example, at, at + 2);
    } else if is_detail || words.is(at, &["e.g.", "e.g", "i.e.", "i.e", "etc.", "etc", "eg", "ie"])
    {
        add(NoiseKind::Example, at, at + 1);
    } else if is_for(&["now"]) {
        add(NoiseKind::Hedge, at, at + 2);
    } else if words.is(at, &["maybe", "perhaps", "probably"]) {
        add(NoiseKind::Hedge, at, at + 1);
    }
    let is_so_that = words.is(at, &["so"]) && words.is(at + 1, &["that"]);
    if is_so_that && parts.ends.is_some_and(|ends| at > ends.start) {
        add(NoiseKind::SecondEnds, at, at + 2);
    }
    let is_doubled = !words.at(at).is_empty()
        && words.at(at).eq_ignore_ascii_case(words.at(at + 1))
        && !words.is(at, &["that", "had", "very", "is"]);
    if is_doubled {
        add(NoiseKind::Doubled, at, at + 2);
    }
}
