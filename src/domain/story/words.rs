//! The words by which the grammar knows verbs, pronouns and what begins a clause.

use std::sync::LazyLock;

/// Base forms that are verbs and hardly anything else.
static VERBS: LazyLock<Vec<&str>> = LazyLock::new(|| sorted(include_str!("verbs.txt")));

/// Base forms that are nouns or adjectives as well: `report`, `search`, `open`.
static VERBS_OR_NOUNS: LazyLock<Vec<&str>> =
    LazyLock::new(|| sorted(include_str!("verbs_or_nouns.txt")));

fn sorted(list: &'static str) -> Vec<&'static str> {
    let mut words: Vec<_> = list.split_ascii_whitespace().collect();
    words.sort_unstable();
    words
}

/// The longest word of the lists is shorter.
const LONGEST: usize = 24;

/// How sure it is that a word is a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// Nothing but a verb.
    Sure,
    /// A noun or an adjective too.
    Maybe,
    /// No verb that the lists know.
    No,
}

/// Whether `word` is the base form of a verb.
pub(super) fn verb(word: &str) -> Verb {
    let word = word.strip_prefix("re-").unwrap_or(word);
    let mut buffer = [0; LONGEST];
    let Some(lower) = lower(word, &mut buffer) else { return Verb::No };
    if VERBS.binary_search(&lower).is_ok() {
        Verb::Sure
    } else if VERBS_OR_NOUNS.binary_search(&lower).is_ok() {
        Verb::Maybe
    } else {
        Verb::No
    }
}

/// The word in lower case, if it is ASCII and not too long to be in a list.
fn lower<'a>(word: &str, buffer: &'a mut [u8; LONGEST]) -> Option<&'a str> {
    let lower = buffer.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok().filter(|lower| lower.is_ascii())
}

/// Whether `word` is one of `words`, in any case.
pub(super) fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// Adverbs that stand before a verb, and what else may: `then`, `not`.
pub(super) fn is_adverb(word: &str) -> bool {
    let is_like_one = matches!(word.as_bytes(), [_, _, _, .., b'l' | b'L', b'y' | b'Y']);
    (is_like_one && verb(word) == Verb::No && !is_one_of(word, NO_ADVERBS))
        || is_one_of(word, ADVERBS)
}

/// Nouns and adjectives that end as adverbs do.
const NO_ADVERBS: &[&str] = &[
    "family",
    "assembly",
    "anomaly",
    "only",
    "friendly",
    "user-friendly",
    "early",
    "italy",
    "july",
];

const ADVERBS: &[&str] = &[
    "also",
    "always",
    "already",
    "even",
    "ever",
    "first",
    "just",
    "later",
    "never",
    "not",
    "now",
    "often",
    "only",
    "really",
    "sometimes",
    "still",
    "then",
    "too",
    "either",
    "both",
    "maybe",
    "perhaps",
    "instead",
    "better",
    "best",
    "further",
    "once",
    "simply",
    "again",
];

/// Whether a word has the ending of an adjective.
pub(super) fn is_adjective(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "able", "ible", "ful", "ive", "ous", "less", "ical", "ional", "ent", "ant", "ate", "ised",
    ];
    let ends = |ending: &str| word.len() > ending.len() + 2 && word.ends_with(ending);
    (ENDINGS.iter().any(|ending| ends(ending)) || is_one_of(word, ADJECTIVES))
        && verb(word) != Verb::Sure
}

const ADJECTIVES: &[&str] = &[
    "clean", "clear", "simple", "fast", "quick", "easy", "safe", "secure", "new", "old", "good",
    "nice", "small", "large", "big", "short", "long", "detailed", "labeled", "labelled", "timely",
    "friendly", "fair", "smooth", "useful", "modern", "open", "private", "public", "personal",
];

/// What stands before a noun and so makes an object of it.
pub(super) fn is_determiner(word: &str) -> bool {
    is_one_of(word, DETERMINERS)
}

const DETERMINERS: &[&str] = &[
    "a",
    "an",
    "the",
    "my",
    "our",
    "your",
    "their",
    "its",
    "his",
    "her",
    "this",
    "that",
    "these",
    "those",
    "all",
    "any",
    "each",
    "every",
    "some",
    "no",
    "both",
    "another",
    "other",
    "more",
    "new",
    "existing",
    "multiple",
    "several",
    "many",
    "different",
    "certain",
    "specific",
    "one",
    "such",
];

/// Pronouns that are an object or a subject.
pub(super) fn is_pronoun(word: &str) -> bool {
    is_one_of(word, PRONOUNS)
}

const PRONOUNS: &[&str] = &[
    "i",
    "we",
    "you",
    "he",
    "she",
    "it",
    "they",
    "me",
    "us",
    "him",
    "them",
    "myself",
    "ourselves",
    "themselves",
    "everyone",
    "everybody",
    "everything",
    "someone",
    "something",
    "anyone",
    "anything",
    "nobody",
    "others",
    "people",
    "there",
];

pub(super) fn is_modal(word: &str) -> bool {
    is_one_of(word, &["can", "could", "should", "must", "may", "might", "will", "shall", "cannot"])
        || is_one_of(
            word,
            &["can't", "can’t", "won't", "won’t", "don't", "don’t", "do", "am", "are"],
        )
}

/// Words that say how nouns relate; an object ends before them.
pub(super) fn is_preposition(word: &str) -> bool {
    is_one_of(word, PREPOSITIONS)
}

const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "below",
    "between",
    "beyond",
    "by",
    "down",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "outside",
    "over",
    "per",
    "regarding",
    "since",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "up",
    "upon",
    "using",
    "via",
    "with",
    "within",
    "without",
    "than",
    "based",
    "according",
];

/// Words after which a clause of its own follows.
pub(super) fn is_subordinator(word: &str) -> bool {
    is_relative(word) || is_condition(word) || is_one_of(word, &["what", "how", "why"])
}

/// Words that begin a clause about a noun.
pub(super) fn is_relative(word: &str) -> bool {
    is_one_of(word, &["that", "which", "who", "whom", "whose", "where"])
}

/// Words that begin a clause about when and whether.
pub(super) fn is_condition(word: &str) -> bool {
    is_one_of(word, CONDITIONS)
}

const CONDITIONS: &[&str] = &[
    "if", "when", "whenever", "whether", "while", "unless", "until", "till", "because", "since",
    "although", "though", "once", "given", "after", "before",
];
