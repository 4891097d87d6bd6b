//! Words of prose: which stand in a text, where, and what a reader of requirements thinks of them.
//!
//! Code, comments, addresses, paths and ids are no prose, and what stands in quotation marks is
//! somebody else's. Texts in other languages are told apart by their small words, because a word
//! list for English finds nonsense in German ("fast" means almost). All of it is one look at the
//! text from left to right, whatever stands in it.

mod lexicon;
mod scan;
mod words;

use super::span::Span;
pub use lexicon::Lexicon;
use lexicon::Match;

/// What kind of word it is for a reader of requirements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Class {
    /// Pleases everybody and can be measured by nobody: `properly`, `user-friendly`.
    Vague,
    /// Leaves it to the reader whether it has to be done: `if needed`.
    Escape,
    /// Begins a list that has no end: `etc.`.
    OpenEnd,
    /// Makes a wish of a fact: `should`.
    Modal,
    /// The same, and what can be: `can`.
    Ability,
    /// An amount without a number: `several`.
    Quantity,
    /// Compares with nothing: `faster`.
    Comparative,
    /// Holds the place of a text: `TBD`.
    Placeholder,
    /// Asks for a number with a unit: `within`, `timeout`.
    Scale,
    /// A unit of time, size or rate.
    Unit,
    /// Says what must not happen, or what happens at an edge.
    Negative,
    /// Begins a step of work: `refactor`.
    Process,
    /// What something does in a sentence: `shows`, `is`.
    Verb,
    /// Stands for a thing that was named before: `it`.
    Pronoun,
    /// Speaks of everything: `all`, `never`.
    Universal,
    /// Joins two things: `and`.
    Coordination,
    /// Is all that a criterion such as "all tests pass" has in it.
    Checks,
    /// Says what a word before it means: `such as`.
    Definition,
    /// A small word that goes between others: `of`, `is`, `below`.
    Filler,
    /// A small word of English.
    English,
    /// A small word of another language.
    Foreign,
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Classes(u32);

impl Classes {
    fn of(class: Class) -> Self {
        Self(1 << class as u32)
    }

    fn insert(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn has(self, class: Class) -> bool {
        self.0 & Self::of(class).0 != 0
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word, with the hyphens and apostrophes in it.
    Word,
    /// A number, with the unit if it is written without a blank.
    Number,
    /// No prose: code, an address, a path, an id, a flag.
    Opaque,
    /// A mark between words.
    Mark,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    start: u32,
    end: u32,
    classes: Classes,
    /// What it is.
    pub kind: Kind,
    /// Whether it stands in quotation marks.
    pub is_quoted: bool,
}

impl Token {
    /// Its bytes in the prose.
    fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Whether it is a word of that class that nobody else said.
    pub fn is(&self, class: Class) -> bool {
        self.classes.has(class) && !self.is_quoted
    }
}

/// A word or a phrase of some class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    class: Class,
    /// The first token.
    pub first: usize,
    /// The last token.
    pub last: usize,
}

/// A text as words.
#[derive(Clone, Debug)]
pub struct Prose<'a> {
    text: &'a str,
    /// Where `text` begins in the document.
    offset: usize,
    /// The tokens in order.
    pub tokens: Vec<Token>,
    hits: Vec<Hit>,
    classes: Classes,
    /// How many small words of other languages there are more than of English.
    foreign: i32,
    has_wide: bool,
}

/// How many bytes of a text are looked at. What is longer is no sentence, and all of it would only
/// take memory.
const LONGEST: usize = 1 << 16;

impl<'a> Prose<'a> {
    /// The part of a document that `span` covers, as words.
    pub fn of(document: &'a str, span: Span) -> Self {
        let mut end = span.end.min(span.start + LONGEST);
        while !document.is_char_boundary(end) {
            end -= 1;
        }
        let text = &document[span.start..end];
        let mut prose = Self {
            text,
            offset: span.start,
            tokens: scan::tokens(text),
            hits: Vec::new(),
            classes: Classes::default(),
            foreign: 0,
            has_wide: false,
        };
        prose.look_up();
        prose
    }

    /// The text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Asks the word lists about each word.
    fn look_up(&mut self) {
        let english = lexicon::english();
        for at in 0..self.tokens.len() {
            let token = self.tokens[at];
            if token.kind != Kind::Word && token.kind != Kind::Mark {
                continue;
            }
            let word = token.span().of(self.text);
            if !word.is_ascii() {
                self.has_wide |= word.chars().any(|c| c >= '\u{2e80}');
                self.foreign += i32::from(word.chars().any(|c| c.is_alphabetic() && !c.is_ascii()));
            }
            let (classes, phrases) = english.look_up(word);
            self.tokens[at].classes = classes;
            self.foreign += i32::from(classes.has(Class::Foreign));
            self.foreign -= i32::from(classes.has(Class::English));
            self.classes.insert(classes);
            if let Some(Match { class, len }) = self.phrase(at, phrases) {
                self.classes.insert(Classes::of(class));
                self.hits.push(Hit { class, first: at, last: at + len - 1 });
            }
        }
    }

    /// The longest of `phrases` that stands at a token.
    fn phrase(&self, at: usize, phrases: &[lexicon::Phrase]) -> Option<Match> {
        let stands = |phrase: &&lexicon::Phrase| {
            let rest = phrase.rest();
            self.tokens.len() - at > rest.len()
                && rest.iter().zip(&self.tokens[at + 1..]).all(|(word, token)| {
                    token.kind != Kind::Opaque && lexicon::same(word, token.span().of(self.text))
                })
        };
        let longest = phrases.iter().filter(stands).max_by_key(|phrase| phrase.rest().len())?;
        Some(Match { class: longest.class, len: longest.rest().len() + 1 })
    }

    /// How many small words of other languages it has more than of English.
    pub fn foreignness(&self) -> i32 {
        self.foreign
    }

    /// Whether it has letters that are not set apart by blanks, as in Chinese.
    pub fn has_wide_letters(&self) -> bool {
        self.has_wide
    }

    /// The words and phrases of a class, each once, without those in quotation marks.
    pub fn hits(&self, class: Class) -> Vec<Hit> {
        if !self.classes.has(class) {
            return Vec::new();
        }
        let phrases = self.hits.iter().copied().filter(|hit| hit.class == class);
        let words = self.tokens.iter().enumerate().filter(|(_, token)| token.classes.has(class));
        let words = words.map(|(at, _)| Hit { class, first: at, last: at });
        self.distinct(phrases.chain(words).collect())
    }

    /// The words and phrases of somebody's own list, each once.
    pub fn hits_of(&self, lexicon: &Lexicon, class: Class) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (at, token) in self.tokens.iter().enumerate().filter(|_| !lexicon.is_empty()) {
            if token.kind != Kind::Word {
                continue;
            }
            let (classes, phrases) = lexicon.look_up(token.span().of(self.text));
            if let Some(Match { len, .. }) = self.phrase(at, phrases) {
                hits.push(Hit { class, first: at, last: at + len - 1 });
            } else if classes.has(class) {
                hits.push(Hit { class, first: at, last: at });
            }
        }
        self.distinct(hits)
    }

    /// The first of each word, in the order of the text, and none inside another.
    fn distinct(&self, mut hits: Vec<Hit>) -> Vec<Hit> {
        /// More than anybody reads about one criterion.
        const MOST: usize = 20;
        hits.retain(|hit| !self.tokens[hit.first].is_quoted);
        hits.sort_by_key(|hit| (hit.first, std::cmp::Reverse(hit.last)));
        let mut kept: Vec<Hit> = Vec::new();
        for hit in hits {
            let word = self.text_of(hit);
            let is_new =
                |old: &Hit| old.last < hit.first && !self.text_of(*old).eq_ignore_ascii_case(word);
            if kept.iter().all(is_new) {
                kept.push(hit);
            }
            if kept.len() == MOST {
                break;
            }
        }
        kept
    }

    /// The tokens from one to another as a hit of no list.
    pub fn hit(&self, first: usize, last: usize) -> Option<Hit> {
        let is_there = first <= last && last < self.tokens.len();
        is_there.then_some(Hit { class: Class::Filler, first, last })
    }

    /// Whether a hit is explained by what follows: a bracket, a colon, a dash, code, a quotation, or,
    /// near to it, words such as "for example".
    pub fn is_defined_after(&self, hit: Hit) -> bool {
        /// So far behind a word its explanation begins.
        const REACH: usize = 6;
        let is_near = |at: usize| at <= hit.last + REACH;
        let explains = |at: usize| {
            let token = self.tokens[at];
            match token.kind {
                Kind::Opaque => true,
                Kind::Mark if self.word(at) == "(" => self.word(at + 2) != ")",
                Kind::Mark => matches!(self.word(at), ":" | "-" | "–" | "—" | "=" | "→"),
                Kind::Word | Kind::Number => {
                    token.is_quoted || is_near(at) && token.classes.has(Class::Definition)
                }
            }
        };
        let is_phrase =
            |it: &Hit| it.class == Class::Definition && it.first > hit.last && is_near(it.first);
        (hit.last + 1..self.tokens.len()).any(explains) || self.hits.iter().any(is_phrase)
    }

    /// Whether a hit stands between brackets.
    pub fn is_in_brackets(&self, hit: Hit) -> bool {
        let last = (0..hit.first).rev().find(|&at| matches!(self.word(at), "(" | ")"));
        last.is_some_and(|at| self.word(at) == "(")
    }

    /// Whether one of `words`, in lower case, stands in the same part of the sentence before a place.
    pub fn has_before(&self, at: usize, words: &[&str]) -> bool {
        let is_end = |&at: &usize| !matches!(self.word(at), "," | ";" | "." | ":");
        (0..at).rev().take_while(is_end).any(|at| self.is_one_of(at, words))
    }

    /// Whether blanks or marks of a sentence stand on both sides of a token.
    pub fn is_apart(&self, at: usize) -> bool {
        let Span { start, end } = self.tokens[at].span();
        let before = self.text[..start].chars().next_back();
        let after = self.text[end..].chars().next();
        before.is_none_or(char::is_whitespace)
            && after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':'))
    }

    /// Whether the tokens are all there is: no link target behind them.
    pub fn is_whole(&self) -> bool {
        self.tokens.last().is_some_and(|token| token.end as usize == self.text.len())
    }

    /// The words in lower case, without marks of a sentence, to compare with others.
    pub fn plain(&self) -> String {
        let mut plain = String::with_capacity(self.text.len());
        for word in self.spoken() {
            plain.push(' ');
            plain.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        }
        plain
    }

    /// A number that is the same for texts whose plain words are the same, and hardly for others.
    pub fn fingerprint(&self) -> u64 {
        let bytes = self.spoken().flat_map(|word| [b' '].into_iter().chain(word.bytes()));
        lexicon::hash(bytes.map(|byte| byte.to_ascii_lowercase()))
    }

    /// The words, and the marks that are more than marks of a sentence.
    fn spoken(&self) -> impl Iterator<Item = &'a str> {
        let is_silent = |word: &str| matches!(word, "." | "," | ";" | ":" | "!");
        let words = self.tokens.iter().map(|token| token.span().of(self.text));
        words.filter(move |word| !is_silent(word))
    }

    /// The words of a hit as they are written.
    pub fn text_of(&self, hit: Hit) -> &'a str {
        let span =
            Span::new(self.tokens[hit.first].start as usize, self.tokens[hit.last].end as usize);
        span.of(self.text)
    }

    /// The bytes of a hit in the document.
    pub fn span_of(&self, hit: Hit) -> Span {
        let (first, last) = (self.tokens[hit.first], self.tokens[hit.last]);
        Span::new(first.start as usize, last.end as usize).shifted(self.offset)
    }

    /// A token as it is written.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.span().of(self.text))
    }

    /// Whether the token at a place is one of `words`, which are in lower case.
    pub fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at);
        words.iter().any(|it| it.eq_ignore_ascii_case(word))
    }

    /// Whether there is a word of a class.
    pub fn has(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    /// Whether there is a number, in digits, that is not the number of the line.
    pub fn has_number(&self) -> bool {
        self.tokens.iter().skip(1).any(|token| token.kind == Kind::Number)
    }

    /// Whether one of the tokens is a number in digits.
    pub fn has_number_in(&self, tokens: std::ops::Range<usize>) -> bool {
        let tokens = self.tokens.iter().skip(tokens.start).take(tokens.len());
        tokens.into_iter().any(|it| it.kind == Kind::Number)
    }

    /// How many words there are, code and numbers included.
    pub fn n_words(&self) -> usize {
        self.tokens.iter().filter(|token| token.kind != Kind::Mark).count()
    }
}

#[cfg(test)]
mod tests;
