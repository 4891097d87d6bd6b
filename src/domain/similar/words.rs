//! The words of a text that carry its meaning.

use std::collections::HashMap;

/// A word as a number: equal for words that differ in their endings alone.
pub(super) type Word = u32;

/// Words that say nothing about what is wanted. Sorted.
const EMPTY: &[&str] = &[
    "a", "able", "about", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been",
    "being", "by", "can", "could", "did", "do", "does", "each", "every", "for", "from", "had",
    "has", "have", "how", "i", "in", "into", "is", "it", "its", "just", "like", "me", "might",
    "more", "my", "need", "of", "on", "only", "or", "our", "out", "over", "should", "so", "some",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "to", "up", "us", "want", "was", "we", "were", "what", "which", "who", "whom", "whose", "will",
    "with", "would", "you", "your",
];

/// Words that begin a condition. Sorted.
const CONDITION: &[&str] = &[
    "after", "because", "before", "during", "if", "once", "since", "till", "unless", "until",
    "when", "whenever", "while",
];

/// Words that make the opposite of what is said without them, or undo it. Sorted.
const DECISIVE: &[&str] = &[
    "cancel", "delete", "disable", "except", "never", "no", "non", "not", "remove", "undo",
    "without",
];

/// Verbs that are written for the same wish.
const SYNONYMS: &[&[&str]] = &[
    &["see", "view", "show", "display", "look"],
    &["create", "add", "make"],
    &["edit", "change", "update", "modify", "adjust"],
    &["choose", "select", "pick"],
];

/// All words that were read.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: HashMap<Box<str>, Word>,
    /// What is known about each word.
    traits: Vec<Trait>,
}

/// What a word is, beside its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trait {
    Plain,
    /// Its presence in one of two texts makes them two wishes.
    Decisive,
    /// One of a group of verbs.
    Synonym(usize),
}

impl Vocabulary {
    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.traits.len()
    }

    /// The words of `text` in their order, and how many of them come before a condition.
    pub(super) fn read(&mut self, text: &str) -> (Vec<Word>, usize) {
        let mut words = Vec::new();
        let mut core = None;
        let mut letters = String::new();
        let mut is_after_as = false;
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            lower(word, &mut letters);
            // "as long as", "as soon as".
            let is_condition = is_one_of(&letters, CONDITION)
                || (is_after_as && matches!(letters.as_str(), "long" | "soon"));
            if is_condition && words.len() >= 2 {
                core.get_or_insert(words.len());
            }
            is_after_as = letters == "as";
            if !is_one_of(&letters, EMPTY) && !is_one_of(&letters, CONDITION) {
                words.push(self.word(&letters));
            }
        }
        let core = core.unwrap_or(words.len());
        (words, core)
    }

    fn word(&mut self, letters: &str) -> Word {
        let is_decisive = is_one_of(letters, DECISIVE);
        let stem = if is_decisive { letters } else { stem(letters) };
        if let Some(word) = self.words.get(stem) {
            return *word;
        }
        let has_digit = letters.bytes().any(|byte| byte.is_ascii_digit());
        let group = SYNONYMS.iter().position(|group| group.contains(&letters));
        let kind = match group {
            _ if is_decisive || has_digit => Trait::Decisive,
            Some(group) => Trait::Synonym(group),
            None => Trait::Plain,
        };
        let word = self.traits.len() as Word;
        self.words.insert(stem.into(), word);
        self.traits.push(kind);
        word
    }

    /// Whether a word in one of two texts makes them two wishes.
    pub(super) fn decides(&self, word: Word) -> bool {
        self.traits[word as usize] == Trait::Decisive
    }

    /// Whether two verbs are written for the same wish.
    pub(super) fn are_synonyms(&self, a: Word, b: Word) -> bool {
        let group = |word: Word| match self.traits[word as usize] {
            Trait::Synonym(group) => Some(group),
            Trait::Plain | Trait::Decisive => None,
        };
        group(a).is_some() && group(a) == group(b)
    }
}

fn is_one_of(word: &str, sorted: &[&str]) -> bool {
    word.len() <= 8 && sorted.binary_search(&word).is_ok()
}

fn lower(word: &str, into: &mut String) {
    into.clear();
    match word.is_ascii() {
        true => into.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase()))),
        false => into.extend(word.chars().flat_map(char::to_lowercase)),
    }
}

/// An English word without its ending: `orders`, `ordered` and `ordering` are one word. A word of
/// another language may lose letters too, and does so wherever it stands.
fn stem(word: &str) -> &str {
    if !word.is_ascii() {
        return word;
    }
    let cut =
        |ending: &str, least: usize| word.strip_suffix(ending).filter(|rest| rest.len() >= least);
    let stem = match cut("ing", 3).or_else(|| cut("ed", 3)).or_else(|| cut("es", 3)) {
        Some(stem) => stem,
        None if word.ends_with("ss") => word,
        None => cut("s", 3).unwrap_or(word),
    };
    stem.strip_suffix(['e', 'y', 'i']).filter(|rest| rest.len() >= 3).unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [EMPTY, CONDITION, DECISIVE] {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
        }
    }

    #[test]
    fn endings_make_no_difference() {
        for (a, b) in [
            ("orders", "order"),
            ("ordering", "ordered"),
            ("companies", "company"),
            ("invoices", "invoice"),
            ("invoicing", "invoiced"),
        ] {
            assert_eq!(stem(a), stem(b), "{a}, {b}");
        }
        for word in ["address", "thing", "red", "yes", "über"] {
            let kept = stem(word);
            assert!(kept == word || kept.len() >= 3, "{word}: {kept}");
        }
    }

    #[test]
    fn reads_what_carries_meaning() {
        let mut vocabulary = Vocabulary::default();
        let (words, core) =
            vocabulary.read("to be able to change my estimate as long as it's open");
        assert_eq!(words.len(), 5, "change estimate long s open");
        assert_eq!(core, 2);
        let (words, core) = vocabulary.read("");
        assert_eq!((words.len(), core), (0, 0));
        let (words, _) = vocabulary.read("Größe ÄNDERN");
        assert_eq!(words, vocabulary.read("größe ändern").0);
    }
}
