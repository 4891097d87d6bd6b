//! The grammar: where the role, the means and the ends of a story begin and end.

use super::lex::{Kind, Token};
use super::words;
use crate::domain::span::Span;

/// Tokens of a text, asked for by place.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
}

impl<'a> Words<'a> {
    /// The word at a place; empty where there is none.
    pub(super) fn at(self, place: usize) -> &'a str {
        match self.tokens.get(place) {
            Some(token) if token.kind == Kind::Word => token.span.of(self.text),
            _ => "",
        }
    }

    pub(super) fn is(self, place: usize, words: &[&str]) -> bool {
        words::is_one_of(self.at(place), words)
    }

    pub(super) fn kind(self, place: usize) -> Option<Kind> {
        self.tokens.get(place).map(|token| token.kind)
    }

    /// Whether the words from `place` on are these.
    fn are(self, place: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(n, word)| self.at(place + n).eq_ignore_ascii_case(word))
    }

    /// Whether a clause may begin here: after a mark, at the beginning of a line.
    fn is_boundary(self, place: usize) -> bool {
        let before = place.checked_sub(1).and_then(|before| self.kind(before));
        let begins_line = self.tokens.get(place).is_some_and(|token| token.begins_line);
        begins_line || before.is_none_or(|kind| !matches!(kind, Kind::Word | Kind::Slash))
    }

    /// Whether a sentence ends at the mark at `place`.
    pub(super) fn ends_sentence(self, place: usize) -> bool {
        let Some(token) = self.tokens.get(place) else { return true };
        if token.kind != Kind::Stop || token.aside.is_some() {
            return false;
        }
        let Some(next) = self.tokens.get(place + 1) else { return true };
        let first = next.span.of(self.text).chars().next();
        let has_blank = next.span.start > token.span.end;
        next.begins_line || (has_blank && first.is_some_and(|c| !c.is_lowercase()))
    }

    pub(super) fn span(self, start: usize, end: usize) -> Span {
        match (self.tokens.get(start), self.tokens.get(end.wrapping_sub(1))) {
            (Some(first), Some(last)) if start < end => Span::new(first.span.start, last.span.end),
            (Some(first), _) => Span::at(first.span.start),
            _ => Span::default(),
        }
    }
}

/// A part of a story as places of tokens: the indicator from `start`, the words from `words` to
/// before `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) words: usize,
    pub(super) end: usize,
}

impl Part {
    pub(super) fn is_empty(self) -> bool {
        self.words >= self.end
    }
}

/// The parts that were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) trigger: Option<Part>,
    pub(super) role: Option<Part>,
    pub(super) means: Option<Part>,
    pub(super) ends: Option<Part>,
    /// Where the last part ends, with the mark after it; further sentences follow.
    pub(super) end: usize,
}

/// How clearly words say that something is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// "I can", "I should".
    Modal,
    /// "I want", "I need", "I'd like".
    Wish,
}

/// Finds the parts. Each is looked for in one pass over the tokens.
pub(super) fn parts(words: Words<'_>) -> Parts {
    let count = words.tokens.len();
    let role = (0..count).find_map(|at| role_at(words, at));
    let first_ends = (0..count).find_map(|at| ends_at(words, at).map(|length| (at, length)));
    let means = means(words, role, first_ends.map(|(at, _)| at));
    let ends = match (means, first_ends) {
        (Some((means_at, _)), Some((at, _))) if at < means_at && !is_leading(words, at, role) => {
            (means_at..count).find_map(|at| ends_at(words, at).map(|length| (at, length)))
        }
        (None, _) if role.is_none() => None,
        (_, ends) => ends,
    };
    let trigger = means.and_then(|(at, _)| trigger(words, role, at));
    bounded(words, [trigger, role, means, ends])
}

/// Whether the ends at `at` come first: at the beginning, or right after the role.
fn is_leading(words: Words<'_>, at: usize, role: Option<(usize, usize)>) -> bool {
    words.is_boundary(at) && (at < 8 || role.is_some_and(|(start, _)| at > start))
}

/// Gives each part its end: where the next one begins, or its sentence ends.
fn bounded(words: Words<'_>, starts: [Option<(usize, usize)>; 4]) -> Parts {
    let count = words.tokens.len();
    let mut last = 0;
    let mut part = |which: Option<(usize, usize)>| {
        let (start, length) = which?;
        let is_mark =
            |at: &usize| !matches!(words.kind(*at), Some(Kind::Comma | Kind::Colon | Kind::Dash));
        let first = (start + length..count).find(is_mark).unwrap_or(count);
        let next = starts.iter().flatten().map(|(at, _)| *at).filter(|at| *at > start).min();
        let limit = next.unwrap_or(count);
        let stop = (first..limit.max(first))
            .find(|at| words.ends_sentence(*at))
            .unwrap_or(limit.max(first));
        last = last.max((stop + 1).min(count));
        Some(Part { start, words: first, end: trimmed(words, first, stop) })
    };
    let [trigger, role, means, ends] = starts;
    let (trigger, role, means, ends) = (part(trigger), part(role), part(means), part(ends));
    let role = role.map(|role| without_condition(words, role));
    let has_words = |part: &Part| !part.is_empty();
    Parts {
        trigger: trigger.filter(has_words),
        role: role.filter(has_words),
        means: means.filter(has_words),
        ends: ends.filter(has_words),
        end: last,
    }
}

/// The end without marks and conjunctions at it.
fn trimmed(words: Words<'_>, first: usize, end: usize) -> usize {
    let is_loose = |at: usize| match words.kind(at) {
        Some(Kind::Word) => words.is(at, &["and", "but"]),
        Some(Kind::Close | Kind::Code) => false,
        _ => true,
    };
    (first..end).rev().find(|at| !is_loose(*at)).map_or(first, |at| at + 1)
}

/// A role without the "when I am signed in" that follows it.
fn without_condition(words: Words<'_>, role: Part) -> Part {
    let begins = |at: usize| {
        let word = words.at(at + 1);
        let is_condition = words::is_condition(word) || words::is_preposition(word);
        words.kind(at) == Some(Kind::Comma) && is_condition
    };
    let end = (role.words..role.end).find(|at| begins(*at)).unwrap_or(role.end);
    Part { end, ..role }
}

/// "When …" at the beginning or after the role, if the wish follows it.
fn trigger(words: Words<'_>, role: Option<(usize, usize)>, means: usize) -> Option<(usize, usize)> {
    const WHEN: &[&str] = &["when", "whenever", "while", "if", "after", "once", "given", "before"];
    let from = role.filter(|(start, _)| *start < means).map_or(0, |(start, length)| start + length);
    let near = (from..means).filter(|at| words.is_boundary(*at));
    near.into_iter().find(|at| words.is(*at, WHEN)).map(|at| (at, 1))
}

/// The length of "As a" at a place where a role may begin.
fn role_at(words: Words<'_>, at: usize) -> Option<(usize, usize)> {
    let is_start = words.is_boundary(at) || words.at(at).starts_with('A');
    if !is_start || words.tokens[at].aside.is_some() {
        return None;
    }
    if words.are(at, &["in", "my", "role", "as"]) {
        let article = usize::from(words.is(at + 4, ARTICLES));
        return Some((at, 4 + article));
    }
    if !words.is(at, &["as"]) {
        return None;
    }
    if words.is(at + 1, ARTICLES) {
        let is_phrase = words.is(at + 2, NO_ROLES)
            && words
                .kind(at + 3)
                .is_none_or(|kind| kind != Kind::Word || words.is(at + 3, &["of"]));
        let is_phrase = is_phrase || words.are(at + 2, &["side", "effect"]);
        return (!is_phrase).then_some((at, 2));
    }
    // "As user, I want": a role without an article, if a wish follows soon.
    let soon = at + 2..at + 7;
    let wish = |at: &usize| means_at(words, *at).is_some_and(|(_, it)| it == Strength::Wish);
    let has_word = words.kind(at + 1) == Some(Kind::Word) && !words.is(at + 1, AFTER_AS);
    (has_word && soon.into_iter().any(|at| wish(&at))).then_some((at, 1))
}

const ARTICLES: &[&str] =
    &["a", "an", "the", "any", "some", "one", "our", "another", "every", "each", "my"];

/// What "as a …" says without naming a role.
const NO_ROLES: &[&str] = &[
    "result",
    "consequence",
    "workaround",
    "reminder",
    "rule",
    "bonus",
    "whole",
    "precaution",
    "minimum",
    "fallback",
    "note",
    "alternative",
    "start",
    "follow-up",
    "followup",
    "matter",
    "part",
    "example",
    "last",
    "first",
    "next",
    "reference",
    "compromise",
];

/// What "as …" goes on with where it names no role.
const AFTER_AS: &[&str] = &[
    "soon",
    "long",
    "well",
    "part",
    "of",
    "in",
    "if",
    "needed",
    "i",
    "we",
    "it",
    "you",
    "they",
    "much",
    "many",
    "described",
    "discussed",
    "before",
    "this",
    "that",
    "these",
    "expected",
    "far",
    "such",
    "per",
    "shown",
    "mentioned",
];

/// The means: the first wish after the role, or before it in "I want …, as a …".
fn means(
    words: Words<'_>,
    role: Option<(usize, usize)>,
    ends: Option<usize>,
) -> Option<(usize, usize)> {
    let count = words.tokens.len();
    let wish_in = |from: usize, to: usize, least: Strength, is_bound: bool| {
        (from..to).find_map(|at| {
            let (length, strength) = means_at(words, at)?;
            let fits = strength >= least && (!is_bound || words.is_boundary(at));
            fits.then_some((at, length))
        })
    };
    let Some((start, length)) = role else {
        let is_bound = true;
        return wish_in(0, count, Strength::Wish, is_bound)
            .or_else(|| wish_in(0, count.min(6), Strength::Modal, is_bound));
    };
    let after = start + length;
    let before_role = || wish_in(0, start, Strength::Wish, true);
    // What stands after the ends is part of them unless it is a clause of its own.
    let limit = ends.filter(|at| *at > after).unwrap_or(count);
    // "I can find what I need" begins with "I can".
    let said = wish_in(after, limit, Strength::Modal, false);
    let stated = statement(words, after, limit);
    let first = said.into_iter().chain(stated).min_by_key(|(at, length)| (*at, count - length));
    first.or_else(before_role).or_else(|| wish_in(limit, count, Strength::Wish, true))
}

/// "As a user, I see …": any verb after the subject that follows the role.
fn statement(words: Words<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let is_start = |at: &usize| words.is_boundary(*at) && words.is(*at, &["i", "we"]);
    let at = (from + 1..to).find(is_start)?;
    (words.kind(at + 1) == Some(Kind::Word)).then_some((at, 1))
}

/// The length of "I want to be able to" and the like at a place.
fn means_at(words: Words<'_>, at: usize) -> Option<(usize, Strength)> {
    if words.tokens.get(at)?.aside.is_some() {
        return None;
    }
    let (mut next, has_subject) = match words.at(at) {
        word if words::is_one_of(word, &["i", "we"]) => (at + 1, true),
        // "a parent whose child says they can": only where "I" might stand.
        word if words::is_one_of(word, &["he", "she", "they"]) && words.is_boundary(at) => {
            (at + 1, true)
        }
        word if words::is_one_of(word, CONTRACTED) => {
            let next = skip_adverbs(words, at + 1);
            return would(words, next).map(|next| ended(words, at, next, Strength::Wish));
        }
        word if words::is_one_of(word, &["i'm", "i’m", "we're", "we’re"]) => {
            return able(words, at + 1).map(|next| ended(words, at, next, Strength::Modal));
        }
        _ => (at, false),
    };
    // Without "I", only what stands where "I" would: "As a user, want to".
    if !has_subject && !words.is_boundary(at) {
        return None;
    }
    next = skip_adverbs(words, next);
    if words.is(next, DO_NOT) {
        next += 1;
    } else if words.is(next, &["do", "does"]) && words.is(next + 1, &["not"]) {
        next += 2;
    }
    next = skip_adverbs(words, next);
    if words.is(next, WISHES) {
        return Some(ended(words, at, next + 1, Strength::Wish));
    }
    if words.is(next, &["would"]) {
        let after = skip_adverbs(words, next + 1);
        return would(words, after).map(|next| ended(words, at, next, Strength::Wish));
    }
    if !has_subject {
        return None;
    }
    if words.is(next, MODALS) {
        return Some(ended(words, at, next + 1, Strength::Modal));
    }
    if words.is(next, &["have"]) && words.is(next + 1, &["to"]) {
        return Some(ended(words, at, next + 1, Strength::Modal));
    }
    let next = words.is(next, &["am", "are", "is"]).then(|| able(words, next + 1))??;
    Some(ended(words, at, next, Strength::Modal))
}

const CONTRACTED: &[&str] = &["i'd", "i’d", "we'd", "we’d", "id"];
const DO_NOT: &[&str] = &["don't", "don’t", "dont", "doesn't", "doesn’t"];
const WISHES: &[&str] = &[
    "want", "wants", "wanted", "wanna", "wish", "wishes", "need", "needs", "require", "requires",
    "expect", "hope", "prefer", "desire",
];
const MODALS: &[&str] = &[
    "can", "could", "should", "must", "may", "might", "will", "shall", "cannot", "can't", "can’t",
];

/// After "would": "like", "love", "rather".
fn would(words: Words<'_>, at: usize) -> Option<usize> {
    const LIKES: &[&str] = &["like", "love", "prefer", "want", "appreciate", "rather", "wish"];
    words.is(at, LIKES).then_some(at + 1)
}

/// After "I am": "able", "allowed".
fn able(words: Words<'_>, at: usize) -> Option<usize> {
    words.is(at, &["able", "allowed", "permitted"]).then_some(at + 1)
}

fn skip_adverbs(words: Words<'_>, at: usize) -> usize {
    let is_adverb = |at: usize| words::is_adverb(words.at(at));
    (at..at + 3).find(|at| !is_adverb(*at)).unwrap_or(at + 3)
}

/// The indicator with the "to" and the "be able to" after it.
fn ended(words: Words<'_>, start: usize, mut next: usize, strength: Strength) -> (usize, Strength) {
    loop {
        if words.is(next, &["to"]) {
            next += 1;
        } else if words.are(next, &["be", "able", "to"]) {
            next += 3;
        } else {
            return (next - start, strength);
        }
    }
}

/// The length of "so that" and the like at a place.
fn ends_at(words: Words<'_>, at: usize) -> Option<usize> {
    if words.tokens[at].aside.is_some() {
        return None;
    }
    if words.is(at, &["in"]) && words.is(at + 1, &["order"]) {
        return words.is(at + 2, &["to", "that", "for"]).then_some(3);
    }
    if words.is(at, &["because"]) {
        return words.is_boundary(at).then_some(1);
    }
    if !words.is(at, &["so"]) {
        return None;
    }
    if words.is(at + 1, &["that"]) {
        // "so that so that" and "so that that" are slips, and no part of the reason.
        let more = (at + 2..at + 8).take_while(|at| words.is(*at, &["so", "that"]));
        return Some(2 + more.count());
    }
    if words.is(at + 1, &["as"]) {
        return words.is(at + 2, &["to"]).then_some(3);
    }
    let is_other_so = at > 0 && !words.is_boundary(at) && words.is(at - 1, BEFORE_OTHER_SO);
    (!is_other_so && begins_clause(words, at + 1)).then_some(1)
}

/// What makes "so" something else: "do so", "if so", "is so".
const BEFORE_OTHER_SO: &[&str] = &[
    "do", "does", "doing", "done", "did", "if", "or", "even", "not", "ever", "think", "is", "are",
    "be", "was", "were", "quite", "say", "by",
];

/// Whether a subject and its verb follow: "I can", "patrons are able", "my users do not".
fn begins_clause(words: Words<'_>, at: usize) -> bool {
    let word = words.at(at);
    if words::is_pronoun(word)
        || words::is_one_of(word, &["i'm", "i’m", "it's", "it’s", "i'll", "i’ll"])
    {
        return true;
    }
    if words.is(at, &["far", "on", "forth", "much", "many", "few", "called", "long"]) {
        return false;
    }
    let subject = (at..at + 6).take_while(|at| words.kind(*at) == Some(Kind::Word));
    subject.skip(1).any(|at| words::is_modal(words.at(at)) || words.is(at, &["is", "have", "has"]))
}
