//! Words and phrases with their classes, found by the first word.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::words::LISTS;
use super::{Class, Classes};

/// The longest word that any list has, in bytes.
const LONGEST: usize = 32;

/// Word lists, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    by_first: HashMap<String, Entry, BuildHasherDefault<Fnv>>,
}

/// What is known about a word.
#[derive(Clone, Debug, Default)]
struct Entry {
    classes: Classes,
    phrases: Vec<Phrase>,
}

/// A phrase without its first word.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) class: Class,
    rest: Vec<String>,
}

/// A phrase that stands in a text.
pub(super) struct Match {
    pub(super) class: Class,
    /// How many tokens it has.
    pub(super) len: usize,
}

impl Phrase {
    pub(super) fn rest(&self) -> &[String] {
        &self.rest
    }
}

impl Lexicon {
    /// The words and phrases of one class.
    pub fn new<'a>(class: Class, words: impl Iterator<Item = &'a str>) -> Self {
        let mut lexicon = Self::default();
        words.for_each(|phrase| lexicon.add(class, phrase));
        lexicon
    }

    fn add(&mut self, class: Class, phrase: &str) {
        let mut words = phrase.split_whitespace().map(str::to_lowercase);
        let Some(first) = words.next() else { return };
        let rest: Vec<String> = words.collect();
        let entry = self.by_first.entry(first).or_default();
        match rest.is_empty() {
            true => entry.classes.insert(Classes::of(class)),
            false => entry.phrases.push(Phrase { class, rest }),
        }
    }

    /// Whether it has no word.
    pub fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }

    /// The classes of a word, in any case, and the phrases that begin with it.
    pub(super) fn look_up(&self, word: &str) -> (Classes, &[Phrase]) {
        let mut buffer = [0; LONGEST];
        let entry = match lower(word, &mut buffer) {
            Some(word) => self.by_first.get(word),
            None if word.len() <= 2 * LONGEST => self.by_first.get(&plain(&word.to_lowercase())),
            None => None,
        };
        entry.map_or((Classes::default(), &[]), |entry| (entry.classes, &entry.phrases))
    }
}

/// A short word of ASCII in lower case.
fn lower<'a>(word: &str, buffer: &'a mut [u8; LONGEST]) -> Option<&'a str> {
    let bytes = buffer.get_mut(..word.len()).filter(|_| word.is_ascii())?;
    bytes.copy_from_slice(word.as_bytes());
    bytes.make_ascii_lowercase();
    std::str::from_utf8(bytes).ok()
}

/// A word with the hyphens and apostrophes of a keyboard.
fn plain(word: &str) -> String {
    word.replace('\u{2019}', "'").replace(['\u{2010}', '\u{2011}'], "-")
}

/// Whether a word of a list, in lower case, is the word of a text.
pub(super) fn same(listed: &str, word: &str) -> bool {
    listed.eq_ignore_ascii_case(word) || !word.is_ascii() && listed == plain(&word.to_lowercase())
}

/// The lists for English.
pub(super) fn english() -> &'static Lexicon {
    static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
        let mut lexicon = Lexicon::default();
        for (class, list) in LISTS {
            list.split(',').for_each(|phrase| lexicon.add(*class, phrase));
        }
        lexicon
    });
    &ENGLISH
}

/// The hash of Fowler, Noll and Vo: the quickest for short words, and nobody can choose the words
/// of the lists to collide.
#[derive(Clone, Copy, Debug)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.add(*byte));
    }
}

impl Fnv {
    fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

/// The hash of some bytes.
pub(super) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut hash = Fnv::default();
    bytes.for_each(|byte| hash.add(byte));
    hash.finish()
}
