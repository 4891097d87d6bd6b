//! Finds the pairs that are worth a comparison.

use std::collections::HashMap;

use super::words::Word;
use super::{Likeness, Limits, Pair, Text, Texts};

/// The most texts of one role in which a word is rare. It bounds the work for one text, however
/// many there are and however alike all of them are.
const RARE: usize = 32;

/// How many texts with the same action one text is compared with.
const NEIGHBOURS: usize = 16;

/// Texts with the same words, each with the first of them.
pub(super) fn same(texts: &[Text]) -> Vec<Pair> {
    let mut first_by_words = HashMap::with_capacity(texts.len());
    let mut pairs = Vec::new();
    for (second, text) in texts.iter().enumerate().filter(|(_, text)| !text.means.is_empty()) {
        let key = (text.role, &text.means, &text.ends_set);
        let first = *first_by_words.entry(key).or_insert(second);
        if first != second {
            pairs.push(Pair { first, second, likeness: Likeness::Same });
        }
    }
    pairs
}

/// Texts that do the same with the same thing.
pub(super) fn same_action(texts: &Texts) -> Vec<Pair> {
    let mut by_action: HashMap<(usize, &[Word]), Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for (second, text) in texts.texts.iter().enumerate() {
        if text.core < 2 || text.ends_set.len() < 2 {
            continue;
        }
        let others = by_action.entry((text.role, &text.means[..text.core])).or_default();
        let alike = |first: &&usize| texts.is_same_action(&texts.texts[**first], text);
        let found = others.iter().filter(alike);
        pairs.extend(found.map(|&first| Pair { first, second, likeness: Likeness::Action }));
        if others.len() < NEIGHBOURS {
            others.push(second);
        }
    }
    pairs
}

/// Texts that share a rare word and enough of the others.
pub(super) fn alike(texts: &Texts, limits: Limits) -> Vec<Pair> {
    let mut index = Index::new(texts, limits);
    let mut pairs = Vec::new();
    for group in groups(&texts.texts) {
        index.find(&group, &mut pairs);
    }
    pairs
}

/// The places of the texts, by role.
fn groups(texts: &[Text]) -> Vec<Vec<usize>> {
    let n_roles = texts.iter().map(|text| text.role + 1).max().unwrap_or(0);
    let mut groups = vec![Vec::new(); n_roles];
    for (at, text) in texts.iter().enumerate() {
        groups[text.role].push(at);
    }
    groups
}

/// Which texts of one role have a word. Two texts of which at least the share `t` of the words is
/// common have a common word among the first `n - ⌈t·n⌉ + 1` of each, in whatever order all words
/// are put (prefix filter, Chaudhuri 2006 and Bayardo 2007); with the rarest first, few texts do.
struct Index<'a> {
    texts: &'a Texts,
    limits: Limits,
    /// How many texts of the role have the word.
    counts: Vec<usize>,
    /// The texts with the word among their first.
    places: Vec<Vec<usize>>,
    /// The text that a text was last compared with, so that no two are compared twice.
    compared: Vec<usize>,
}

impl<'a> Index<'a> {
    fn new(texts: &'a Texts, limits: Limits) -> Self {
        let n_words = texts.vocabulary.len();
        let places = vec![Vec::new(); n_words];
        let compared = vec![usize::MAX; texts.len()];
        Self { texts, limits, counts: vec![0; n_words], places, compared }
    }

    fn find(&mut self, group: &[usize], pairs: &mut Vec<Pair>) {
        let words = |at: &usize| self.texts.texts[*at].means_set.iter();
        group.iter().flat_map(words).for_each(|word| self.counts[*word as usize] += 1);
        let rare = (group.len() / 5).clamp(3, RARE);
        for &second in group {
            for word in self.first_words(second) {
                if (2..=rare).contains(&self.counts[word as usize]) {
                    self.compare(word, second, pairs);
                }
            }
        }
        for word in group.iter().flat_map(words) {
            self.counts[*word as usize] = 0;
            self.places[*word as usize].clear();
        }
    }

    /// The words of a text of which each text that is alike has one.
    fn first_words(&self, text: usize) -> Vec<Word> {
        let mut words = self.texts.texts[text].means_set.to_vec();
        words.sort_unstable_by_key(|word| (self.counts[*word as usize], *word));
        let share = self.limits.means.min(self.limits.alone).clamp(0.1, 1.0);
        let common = (share * words.len() as f64).ceil() as usize;
        words.truncate((words.len() + 1).saturating_sub(common.max(1)));
        words
    }

    /// Compares a text with the earlier ones that have `word`, and remembers that it has it.
    fn compare(&mut self, word: Word, second: usize, pairs: &mut Vec<Pair>) {
        for &first in &self.places[word as usize] {
            if self.compared[first] == second {
                continue;
            }
            self.compared[first] = second;
            let texts = &self.texts.texts;
            let likeness = self.texts.shared(&texts[first], &texts[second], self.limits);
            pairs.extend(likeness.map(|likeness| Pair { first, second, likeness }));
        }
        self.places[word as usize].push(second);
    }
}
