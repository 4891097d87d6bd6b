//! Texts that say the same: found among a hundred thousand without comparing each with each.
//!
//! Two texts that are alike share a word that few others have. So a text is only compared with
//! those that share one of its rare words, and there are never many of these. What is compared are
//! the words that carry meaning, without endings; words that only one of two texts has decide
//! whether it says more of the same, or something else: "invoices of a year" and "receipts of a
//! year" are two wishes, whatever the share of their common words.

mod index;
mod words;

use std::cmp::Ordering;
use std::collections::HashMap;

use words::{Vocabulary, Word};

/// A text in its parts, as they are written. One without roles and reasons, such as a title, is all
/// means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts<'a> {
    /// Who wants it.
    pub role: &'a str,
    /// What is wanted.
    pub means: &'a str,
    /// What for.
    pub ends: &'a str,
}

/// How much two texts must have in common: shares of the words that at least one of them has
/// (Jaccard).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Of the means, if the ends are alike too.
    pub means: f64,
    /// Of the ends.
    pub ends: f64,
    /// Of the means, whatever the ends are.
    pub alone: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { means: 0.5, ends: 0.6, alone: 0.8 }
    }
}

/// In what two texts are alike, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same words.
    Same,
    /// Means and ends have much in common.
    MeansAndEnds,
    /// The means have nearly everything in common.
    Means,
    /// The same is done with the same thing for the same reason, on another condition.
    Action,
}

/// Two texts that are alike, by their places among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The one that stands before the other.
    pub first: usize,
    /// The one that repeats it.
    pub second: usize,
    /// In what they are alike.
    pub likeness: Likeness,
}

/// How many earlier texts one text is said to repeat.
const MOST: usize = 3;

/// Texts that have been read, ready to be compared.
#[derive(Debug, Default)]
pub struct Texts {
    texts: Vec<Text>,
    vocabulary: Vocabulary,
}

/// One text.
#[derive(Debug)]
struct Text {
    /// Its role, as a number: equal for roles that have the same words.
    role: usize,
    /// The words of the means in their order.
    means: Box<[Word]>,
    /// How many of them come before the condition.
    core: usize,
    /// The words of the means, sorted and each once.
    means_set: Box<[Word]>,
    /// The words of the ends, sorted and each once.
    ends_set: Box<[Word]>,
}

impl Texts {
    /// Reads texts; later ones are said to repeat earlier ones.
    pub fn read<'a>(parts: impl IntoIterator<Item = Parts<'a>>) -> Self {
        let mut texts = Self::default();
        let mut roles: HashMap<Box<[Word]>, usize> = HashMap::new();
        for Parts { role, means, ends } in parts {
            let role = set(texts.vocabulary.read(role).0);
            let n_roles = roles.len();
            let (means, core) = texts.vocabulary.read(means);
            texts.texts.push(Text {
                role: *roles.entry(role).or_insert(n_roles),
                means_set: set(means.clone()),
                means: means.into(),
                core,
                ends_set: set(texts.vocabulary.read(ends).0),
            });
        }
        texts
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The pairs that are alike, by the place of the second; at most three for each second, those
    /// that are most alike. Takes time in proportion to the number of texts.
    pub fn pairs(&self, limits: Limits) -> Vec<Pair> {
        let mut pairs = index::same(&self.texts);
        pairs.extend(index::same_action(self));
        pairs.extend(index::alike(self, limits));
        pairs.sort_unstable_by_key(|pair| (pair.second, pair.likeness, pair.first));
        let mut kept: Vec<Pair> = Vec::new();
        for pair in pairs {
            let others = kept.iter().rev().take_while(|it| it.second == pair.second);
            let is_new = others.clone().all(|it| it.first != pair.first);
            if is_new && others.count() < MOST {
                kept.push(pair);
            }
        }
        kept
    }

    /// In what two texts are alike, if they are: what [`Self::pairs`] asks of a pair, for one.
    pub fn likeness(&self, a: usize, b: usize, limits: Limits) -> Option<Likeness> {
        let (a, b) = (&self.texts[a], &self.texts[b]);
        if a.role != b.role || a.means.is_empty() || b.means.is_empty() {
            return None;
        }
        let is_same = a.means == b.means && a.ends_set == b.ends_set;
        let same = is_same.then_some(Likeness::Same);
        let action = || self.is_same_action(a, b).then_some(Likeness::Action);
        same.or_else(|| self.shared(a, b, limits)).or_else(action)
    }

    /// Whether enough of the words are shared, and the others make no difference.
    fn shared(&self, a: &Text, b: &Text, limits: Limits) -> Option<Likeness> {
        let least = limits.means.min(limits.alone);
        let means = Overlap::near(&a.means_set, &b.means_set)?;
        let share = means.share();
        if share < least || self.differs(a, b, &means) {
            return None;
        }
        if share >= limits.means && Overlap::of(&a.ends_set, &b.ends_set).share() >= limits.ends {
            return Some(Likeness::MeansAndEnds);
        }
        (share >= limits.alone).then_some(Likeness::Means)
    }

    /// Whether the words that only one of them has make it another wish: a number, a "not" or a
    /// "delete", or each has words of its own. Verbs that mean the same are no difference.
    fn differs(&self, a: &Text, b: &Text, means: &Overlap) -> bool {
        let decides = |word: &Word| self.vocabulary.decides(*word);
        if means.only_a.iter().chain(&means.only_b).any(decides) {
            return true;
        }
        match (&*means.only_a, &*means.only_b) {
            ([], _) | (_, []) => false,
            ([one], [other]) => {
                let are_verbs = a.means[0] == *one && b.means[0] == *other;
                !(are_verbs && self.vocabulary.are_synonyms(*one, *other))
            }
            _ => true,
        }
    }

    /// Whether both do the same with the same thing, at least one of them on a condition, and the
    /// reason of one is in that of the other.
    fn is_same_action(&self, a: &Text, b: &Text) -> bool {
        let has_condition = a.core < a.means.len() || b.core < b.means.len();
        has_condition
            && a.core >= 2
            && a.means[..a.core] == b.means[..b.core]
            && a.ends_set.len().min(b.ends_set.len()) >= 2
            && Overlap::of(&a.ends_set, &b.ends_set).is_contained()
    }
}

/// The words of two sets: how many are in both, and which only in one.
struct Overlap {
    n_shared: usize,
    only_a: Vec<Word>,
    only_b: Vec<Word>,
}

impl Overlap {
    fn of(a: &[Word], b: &[Word]) -> Self {
        Self::until(a, b, |_| false)
    }

    /// The same, unless each set has words of its own, and not one each: nearly all pairs are told
    /// apart by their first words.
    fn near(a: &[Word], b: &[Word]) -> Option<Self> {
        let overlap = Self::until(a, b, Self::is_far);
        (!overlap.is_far()).then_some(overlap)
    }

    fn until(a: &[Word], b: &[Word], is_enough: impl Fn(&Self) -> bool) -> Self {
        let mut overlap = Self { n_shared: 0, only_a: Vec::new(), only_b: Vec::new() };
        let (mut at_a, mut at_b) = (0, 0);
        while let (Some(word_a), Some(word_b)) = (a.get(at_a), b.get(at_b)) {
            let order = word_a.cmp(word_b);
            match order {
                Ordering::Less => overlap.only_a.push(*word_a),
                Ordering::Greater => overlap.only_b.push(*word_b),
                Ordering::Equal => overlap.n_shared += 1,
            }
            if is_enough(&overlap) {
                return overlap;
            }
            at_a += usize::from(order.is_le());
            at_b += usize::from(order.is_ge());
        }
        overlap.only_a.extend(&a[at_a..]);
        overlap.only_b.extend(&b[at_b..]);
        overlap
    }

    /// Whether both sets have words of their own, and one has several.
    fn is_far(&self) -> bool {
        !self.is_contained() && self.only_a.len() + self.only_b.len() > 2
    }

    /// The share of the words in both of those in any; 0 if there is none at all.
    fn share(&self) -> f64 {
        let all = self.n_shared + self.only_a.len() + self.only_b.len();
        self.n_shared as f64 / all.max(1) as f64
    }

    /// Whether one set is a part of the other.
    fn is_contained(&self) -> bool {
        self.only_a.is_empty() || self.only_b.is_empty()
    }
}

fn set(mut words: Vec<Word>) -> Box<[Word]> {
    words.sort_unstable();
    words.dedup();
    words.into()
}

#[cfg(test)]
mod tests;
