//! What the means of a story say: its verb, what the verb acts on, and what is coordinated.

use super::clauses::{Part, Words};
use super::lex::{Aside, Kind};
use super::words::{self, Verb};
use crate::domain::span::Span;

/// One `and`, `or`, `&` or `/` of the means that joins what could be two stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coordination {
    /// The word or mark that joins.
    pub span: Span,
    /// The first words of what it adds.
    pub right: Span,
    /// What is joined.
    pub joined: Joined,
}

/// What a coordination joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Joined {
    /// Two things that the role does: `view and download`.
    Actions,
    /// Anything else: `name and address`.
    Others,
}

/// The verb and its objects, as ranges of tokens.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) verb: Option<(usize, usize)>,
    pub(super) objects: Vec<(usize, usize)>,
}

/// The most objects that are looked for.
const OBJECTS: usize = 16;

/// The main verb of the means and its objects.
pub(super) fn head(words: Words<'_>, means: Part) -> Head {
    let Some(verb) = verb(words, means) else {
        return Head { verb: None, objects: objects(words, means.words, means.end) };
    };
    Head { verb: Some(verb), objects: objects(words, verb.1, means.end) }
}

/// The first base form after "to": what the role wants to do.
fn verb(words: Words<'_>, means: Part) -> Option<(usize, usize)> {
    let says_to = words.is(means.words.wrapping_sub(1), &["to"]) || is_modal(words, means);
    let first = skip_adverbs(words, means.words, means.end);
    let is_verb = |at: usize| words::verb(words.at(at)) != Verb::No;
    if says_to && first < means.end {
        let is_unknown = !is_verb(first) && words::is_determiner(words.at(first));
        return (!is_unknown).then(|| whole_verb(words, first, means.end));
    }
    if words::verb(words.at(first)) == Verb::Sure {
        return Some(whole_verb(words, first, means.end));
    }
    // "I want results to be stored", "I want the page to load".
    let to = (first..means.end).take(12).find(|at| words.is(*at, &["to"]))?;
    let after = skip_adverbs(words, to + 1, means.end);
    (after < means.end && is_verb(after)).then(|| whole_verb(words, after, means.end))
}

/// Whether the indicator ends with "can" and the like, so that a verb follows.
fn is_modal(words: Words<'_>, means: Part) -> bool {
    words::is_modal(words.at(means.words.wrapping_sub(1)))
        || words.is(means.words.wrapping_sub(1), &["i", "we"])
}

/// A verb with what belongs to it: `be notified`.
fn whole_verb(words: Words<'_>, at: usize, end: usize) -> (usize, usize) {
    let next = skip_adverbs(words, at + 1, end);
    let is_passive = words.is(at, &["be", "get"]) && is_participle(words.at(next)) && next < end;
    (at, if is_passive { next + 1 } else { at + 1 })
}

fn is_participle(word: &str) -> bool {
    const IRREGULAR: &[&str] =
        &["shown", "given", "told", "sent", "sure", "made", "kept", "put", "set", "written"];
    (word.is_ascii() && word.len() > 4 && word.ends_with("ed")) || words::is_one_of(word, IRREGULAR)
}

fn skip_adverbs(words: Words<'_>, at: usize, end: usize) -> usize {
    let is_adverb = |at: &usize| words::is_adverb(words.at(*at));
    (at..end.min(at + 3)).find(|at| !is_adverb(at)).unwrap_or(end.min(at + 3)).max(at.min(end))
}

/// The nouns from `from` on, up to what says more about them.
fn objects(words: Words<'_>, from: usize, end: usize) -> Vec<(usize, usize)> {
    let mut objects = Vec::new();
    let mut at = from;
    // "search for", "log in to", "and download": the object comes after.
    while at < end && (words::is_preposition(words.at(at)) || is_joined_verb(words, at)) {
        at += 1;
    }
    while at < end && objects.len() < OBJECTS {
        let first = (at..end).find(|at| !is_before_noun(words, *at)).unwrap_or(end);
        let last = (first..end).find(|at| ends_noun(words, first, *at)).unwrap_or(end);
        if last > first {
            objects.push((first, last));
        }
        let joins = |at: usize| {
            matches!(words.kind(at), Some(Kind::Comma | Kind::Slash | Kind::Ampersand))
                || words.is(at, &["and", "or"])
        };
        at = (last..end).find(|at| !joins(*at)).unwrap_or(end);
        // "and send it": what follows is done to something else.
        if at == last || words::verb(words.at(at)) == Verb::Sure {
            break;
        }
    }
    objects
}

/// A verb or a conjunction between the main verb and its object: "apply *or remove* an embargo".
fn is_joined_verb(words: Words<'_>, at: usize) -> bool {
    let is_joint = |at: usize| {
        words.is(at, &["and", "or"])
            || matches!(words.kind(at), Some(Kind::Comma | Kind::Slash | Kind::Ampersand))
    };
    let follows = at > 0 && is_joint(at - 1) && words::verb(words.at(at)) != Verb::No;
    (is_joint(at) && words::verb(words.at(at + 1)) != Verb::No) || follows
}

/// Articles and the like, which are no part of the object.
fn is_before_noun(words: Words<'_>, at: usize) -> bool {
    const NO_PART: &[&str] = &[
        "a", "an", "the", "my", "our", "your", "their", "its", "his", "her", "this", "these",
        "those", "all", "any", "each", "every", "some", "both", "of", "one",
    ];
    words.is(at, NO_PART)
        || words.is(at, &["only", "exactly"])
        || matches!(words.kind(at), Some(Kind::Open | Kind::Other))
}

/// Whether the noun that begins at `first` is over before `at`.
fn ends_noun(words: Words<'_>, first: usize, at: usize) -> bool {
    let word = words.at(at);
    if words.kind(at) != Some(Kind::Word) {
        return words.kind(at) != Some(Kind::Code);
    }
    let is_verbal = at > first
        && word.is_ascii()
        && ((word.len() > 5 && word.ends_with("ing")) || is_participle(word))
        && (words.is(at + 1, &["by", "to", "in", "from", "the", "a", "on", "for", "as"])
            || at + 1 >= words.tokens.len());
    let is_such_as = words.is(at, &["such"]) && words.is(at + 1, &["as"]);
    is_such_as
        || words.is(
            at,
            &["and", "or", "is", "are", "be", "have", "can", "so", "i", "we", "was", "were"],
        )
        || words::is_preposition(word)
        || words::is_subordinator(word)
        || (at > first && words::is_adverb(word))
        || is_verbal
}

/// In what kind of clause a word of the means stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clause {
    /// What the role wants to do.
    Main,
    /// "a list that …".
    Relative,
    /// "ensure that …", "if …": one condition, however many words it takes.
    Condition,
}

/// The coordinations in the means, except those that do not make two of one: fixed pairs, ranges,
/// what stands in quotation marks, brackets or code, and conditions.
pub(super) fn coordinations(words: Words<'_>, means: Part) -> Vec<Coordination> {
    let verb = verb(words, means);
    let mut after_verb = verb.map(|(_, after)| after);
    let mut clause = Clause::Main;
    let mut found = Vec::new();
    let mut at = means.words;
    while at < means.end {
        let token = words.tokens[at];
        if token.aside.is_some() {
            at += 1;
            continue;
        }
        clause = clause_at(words, verb, at, clause);
        let Some(length) = joint(words, at, means.end) else {
            at += 1;
            continue;
        };
        let right = at + length;
        let action = after_verb
            .filter(|_| clause == Clause::Main && token.kind != Kind::Slash)
            .and_then(|after| action(words, after, (at, right, means.end)));
        if let Some(joined) = joined(words, at, right, (clause, action.is_some())) {
            after_verb = action.or(after_verb);
            let until = (right..means.end.min(right + 3))
                .take_while(|at| words.kind(*at) == Some(Kind::Word))
                .take_while(|at| !words.is(*at, &["and", "or"]))
                .last()
                .map_or(right + 1, |last| last + 1);
            let span = words.span(at, right);
            found.push(Coordination { span, right: words.span(right, until), joined });
        }
        at = right;
    }
    found
}

/// The clause that holds the word at `at`, after one that held the words before it.
fn clause_at(words: Words<'_>, verb: Option<(usize, usize)>, at: usize, before: Clause) -> Clause {
    const CONDITIONS: &[&str] =
        &["if", "whether", "unless", "until", "till", "because", "although"];
    if words.is(at, CONDITIONS) {
        return Clause::Condition;
    }
    // "ensure that", "know that" and "be sure that" are about one thing, whatever it is.
    let is_complement = verb.is_some_and(|(_, end)| at == end) && words.is(at, &["that"]);
    if is_complement {
        return Clause::Condition;
    }
    // "a page that I own", "a page I own", "a page users can edit".
    let begins = words::is_relative(words.at(at))
        || words.is(at, &["when", "whenever", "while"])
        || words.is(at, &["i", "we", "they", "he", "she", "can", "could", "should", "will", "may"]);
    let is_later = verb.is_some_and(|(_, end)| at > end);
    if begins && is_later && before == Clause::Main { Clause::Relative } else { before }
}

/// The number of tokens of a word or mark that coordinates.
fn joint(words: Words<'_>, at: usize, end: usize) -> Option<usize> {
    let length = match words.kind(at)? {
        Kind::Word if words.is(at, &["and", "or"]) => 1,
        Kind::Word if words.is(at, &["as"]) && words.is(at + 1, &["well"]) => {
            return (words.is(at + 2, &["as"]) && at + 3 < end).then_some(3);
        }
        Kind::Ampersand | Kind::Slash => 1,
        Kind::Comma if words::verb(words.at(at + 1)) != Verb::No => 1,
        _ => return None,
    };
    let is_and_or = words.is(at, &["and"]) && words.kind(at + 1) == Some(Kind::Slash);
    let length = if is_and_or && words.is(at + 2, &["or"]) { 3 } else { length };
    (at + length < end).then_some(length)
}

/// What the joint from `at` to `right` joins; `None` if nothing that matters.
fn joined(
    words: Words<'_>,
    at: usize,
    right: usize,
    (clause, is_action): (Clause, bool),
) -> Option<Joined> {
    let is_list = words.kind(at) == Some(Kind::Comma);
    if !is_list && is_fixed(words, at, right) {
        return None;
    }
    let is_wish = words.is(right, &["i", "we"])
        && words.is(right + 1, &["want", "expect", "need", "would", "can", "should", "must"]);
    if is_action || (is_wish && !is_list) {
        return Some(Joined::Actions);
    }
    // "know that … and why …": two things to know, not one condition.
    let is_clause = words.is(right, &["that", "what", "which", "who", "why", "how", "where"]);
    // A comma joins only what is clearly an action.
    (!is_list && (clause != Clause::Condition || is_clause)).then_some(Joined::Others)
}

/// The place after another verb of the role, if one follows the joint from `at` to `right`.
fn action(
    words: Words<'_>,
    after_verb: usize,
    (at, right, end): (usize, usize, usize),
) -> Option<usize> {
    let mut next = skip_adverbs(words, right, end);
    if words.is(next, &["to"]) {
        next = skip_adverbs(words, next + 1, end);
    }
    if at < after_verb || next >= end {
        return None;
    }
    let follows_verb = at == after_verb
        || words::is_preposition(words.at(at - 1))
        || words::verb(words.at(at - 1)) == Verb::Sure;
    let takes_object = next + 1 < end
        && (words::is_determiner(words.at(next + 1)) || words::is_pronoun(words.at(next + 1)));
    let is_list = words.kind(at) == Some(Kind::Comma);
    let is_verb = match words::verb(words.at(next)) {
        Verb::Sure => !is_list || follows_verb || takes_object,
        Verb::Maybe => follows_verb || takes_object,
        Verb::No => false,
    };
    is_verb.then_some(next + 1)
}

/// Pairs that are one thing. The second list holds what follows "or" and "and" in phrases.
fn is_fixed(words: Words<'_>, at: usize, right: usize) -> bool {
    const PAIRS: &[(&str, &str)] = &[
        ("terms", "conditions"),
        ("drag", "drop"),
        ("copy", "paste"),
        ("cut", "paste"),
        ("name", "password"),
        ("username", "password"),
        ("user", "password"),
        ("email", "password"),
        ("e-mail", "password"),
        ("login", "password"),
        ("look", "feel"),
        ("pros", "cons"),
        ("trial", "error"),
        ("back", "forth"),
        ("search", "replace"),
        ("find", "replace"),
        ("up", "running"),
        ("more", "less"),
        ("research", "development"),
        ("friends", "family"),
        ("health", "safety"),
        ("black", "white"),
        ("questions", "answers"),
        ("question", "answer"),
        ("plug", "play"),
        ("do's", "don'ts"),
        ("dos", "don'ts"),
        ("point", "click"),
        ("he", "she"),
        ("she", "he"),
        ("his", "her"),
        ("him", "her"),
        ("her", "his"),
        ("s", "he"),
        ("read", "write"),
        ("on", "off"),
        ("yes", "no"),
        ("true", "false"),
        ("input", "output"),
        ("i", "o"),
        ("q", "a"),
        ("r", "d"),
        ("tcp", "ip"),
        ("ci", "cd"),
        ("a", "b"),
        ("ui", "ux"),
        ("client", "server"),
        ("again", "again"),
        ("one", "more"),
        ("two", "more"),
        ("if", "when"),
        ("as", "when"),
        ("once", "all"),
        ("by", "large"),
        ("first", "last"),
        ("supply", "demand"),
        ("n", "a"),
        ("sooner", "later"),
        ("now", "then"),
        ("here", "there"),
        ("over", "over"),
    ];
    let (left, word) = (at.checked_sub(1).map_or("", |left| words.at(left)), words.at(right));
    let is_pair =
        |(a, b): &(&str, &str)| a.eq_ignore_ascii_case(left) && b.eq_ignore_ascii_case(word);
    let is_tail = words.is(right, &["so", "more", "not", "beyond", "above", "similar"])
        && !words::is_determiner(words.at(right + 1));
    let is_number = |word: &str| word.as_bytes().first().is_some_and(u8::is_ascii_digit);
    let is_range =
        (at >= 2 && words.is(at - 2, &["between"])) || (at >= 3 && words.is(at - 3, &["between"]));
    let is_fraction = words.kind(at) == Some(Kind::Slash) && is_number(left) && is_number(word);
    let is_quoted =
        at > 0 && words.kind(at - 1) == Some(Kind::Close) && words.kind(right) == Some(Kind::Open);
    let is_aside = words.tokens.get(right).is_some_and(|it| it.aside == Some(Aside::Brackets));
    let is_aside = is_aside || is_quoted;
    // "clear and usable pages" are not two wishes.
    let is_description = words.kind(at) == Some(Kind::Word)
        && words::is_adjective(left)
        && words::is_adjective(word)
        && words.kind(right + 1) == Some(Kind::Word)
        && !words::is_preposition(words.at(right + 1));
    PAIRS.iter().any(is_pair) || is_tail || is_range || is_fraction || is_aside || is_description
}
