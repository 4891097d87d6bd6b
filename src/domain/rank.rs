//! Rank keys: short strings whose order is the order of the backlog.
//!
//! Each item holds its own key, not a place in one shared list, so that a move is a one-line
//! diff of one file and two people who move different items never conflict.
//!
//! How a key is chosen is told in `key`, what a key is worth as a number in `position`, and what
//! happens where there is no room for one in `draft`.

mod ascent;
mod draft;
mod key;
mod position;
#[cfg(test)]
mod properties;

use std::collections::HashMap;
use std::iter;

pub(in crate::domain) use ascent::longest_ascent;
use draft::Draft;
pub use key::between;

/// The letters of keys, in their order: no vowels and no `n` or `y`, so that no key is a word, a
/// number or a boolean of YAML.
const LETTERS: &[u8; 19] = b"bcdfghjklmpqrstvwxz";

/// The shortest key.
const SHORTEST: usize = 4;

/// The longest key.
const LONGEST: usize = 64;

/// Keys that are longer deserve a [`compact`].
pub const SOFT_LIMIT: usize = 24;

/// The longest key after a [`compact`].
const COMPACT: usize = 12;

/// The place of an item in the order of the backlog: 4 to 64 letters, compared by bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(Box<str>);

impl Rank {
    /// The key that `text` spells, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let is_key = (SHORTEST..=LONGEST).contains(&text.len())
            && text.bytes().all(|letter| LETTERS.contains(&letter));
        is_key.then(|| Self(text.into()))
    }

    /// The key as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a [`compact`] leaves it alone.
    fn is_short(&self) -> bool {
        self.0.len() <= COMPACT
    }
}

/// An id and the key of its item. In a list, items without a key come last.
pub type Ranked<'a> = (&'a str, Option<&'a Rank>);

/// Where to put items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// Before all others.
    Top,
    /// After all others.
    Bottom,
    /// Directly before the item with this id.
    Before(&'a str),
    /// Directly after the item with this id.
    After(&'a str),
    /// So that the first of them is at this position, counted from 1.
    Position(usize),
}

/// The keys to write so that the items `moved` stand side by side at `place`.
///
/// `order` is sorted by key and id. An item that is at its place already keeps its key; others
/// than the moved ones get a new key only where keys are missing, equal or too long. `None` for
/// items that are not in the order or named twice, and for a place beside one of them.
pub fn place(order: &[Ranked], moved: &[&str], place: Place) -> Option<Vec<(String, Rank)>> {
    let (items, rest) = taken_out(order, moved)?;
    let position = |wanted: &str| rest.iter().position(|(id, _)| *id == wanted);
    let at = match place {
        Place::Top => 0,
        Place::Bottom => rest.len(),
        Place::Before(id) => position(id)?,
        Place::After(id) => position(id)? + 1,
        Place::Position(position) => position.checked_sub(1)?.min(rest.len()),
    };
    let (before, after) = rest.split_at(at);
    let keys = |items: Vec<Ranked>| {
        let after = after.iter().filter(|(_, key)| key.is_some());
        before.iter().chain(&items).chain(after).copied().collect::<Draft>().filled()
    };
    let all_new = items.iter().map(|(id, _)| (*id, None)).collect();
    // Keys that stay can leave so little room between them that more files change than without.
    [all_new, staying(items, before.last(), after.first())]
        .map(keys)
        .into_iter()
        .min_by_key(Vec::len)
}

/// The keys to write so that the items of `order` come in the order `wanted`, as few as possible.
///
/// Ids that are not in the order, or that come a second time, have no effect; items that are not
/// wanted keep their keys.
pub fn arrange(order: &[Ranked], wanted: &[&str]) -> Vec<(String, Rank)> {
    let mut indices = indices(order);
    let items = wanted.iter().filter_map(|id| indices.remove(id)).collect();
    let items = without_keyless_end(order, items);
    let keyed: Vec<usize> = items.iter().copied().filter(|&item| order[item].1.is_some()).collect();
    let mut stays = vec![false; order.len()];
    for (item, stay) in iter::zip(&keyed, longest_ascent(&keyed)) {
        stays[*item] = stay;
    }
    let slot = |&item: &usize| (order[item].0, order[item].1.filter(|_| stays[item]));
    items.iter().map(slot).collect::<Draft>().filled()
}

/// The same, but the items of which `is_fixed` holds keep their keys. They are wanted at the places
/// that they have; of the others, those keep theirs that stay between the same fixed ones.
pub fn arrange_around(
    order: &[Ranked],
    wanted: &[&str],
    is_fixed: impl Fn(&str) -> bool,
) -> Vec<(String, Rank)> {
    let mut indices = indices(order);
    let items: Vec<usize> = wanted.iter().filter_map(|id| indices.remove(id)).collect();
    let items = without_keyless_end(order, items);
    let mut stays = vec![false; order.len()];
    let mut left = None;
    for run in items.split_inclusive(|&item| is_fixed(order[item].0)) {
        let (fixed, run) = match run.split_last() {
            Some((&last, run)) if is_fixed(order[last].0) => (Some(last), run),
            _ => (None, run),
        };
        let is_between = |item: &usize| {
            left.is_none_or(|left| *item > left) && fixed.is_none_or(|right| *item < right)
        };
        let keyed = run.iter().copied().filter(|&item| order[item].1.is_some());
        let keyed: Vec<usize> = keyed.filter(is_between).collect();
        for (item, stay) in iter::zip(&keyed, longest_ascent(&keyed)) {
            stays[*item] = stay;
        }
        if let Some(fixed) = fixed {
            stays[fixed] = true;
            left = Some(fixed);
        }
    }
    let slot = |&item: &usize| (order[item].0, order[item].1.filter(|_| stays[item]));
    items.iter().map(slot).collect::<Draft>().filled()
}

/// The keys to write so that none is longer than 12 letters and the order stays as it is.
///
/// The neighbours of a long key get a new one only where there is no room between them.
pub fn compact<'a>(order: &[Ranked<'a>]) -> Vec<(String, Rank)> {
    let keyed = order.iter().filter(|(_, key)| key.is_some());
    let slot = |&(id, key): &Ranked<'a>| (id, key.filter(|key| key.is_short()));
    keyed.map(slot).collect::<Draft>().spread()
}

/// The items with these ids, in their order, and the others; `None` if an id is unknown or repeated.
fn taken_out<'a>(order: &[Ranked<'a>], ids: &[&str]) -> Option<(Vec<Ranked<'a>>, Vec<Ranked<'a>>)> {
    let mut indices = indices(order);
    let taken: Option<Vec<usize>> = ids.iter().map(|id| indices.remove(id)).collect();
    let taken = taken?;
    let mut is_rest = vec![true; order.len()];
    for &index in &taken {
        is_rest[index] = false;
    }
    let rest = iter::zip(order, is_rest).filter(|(_, is_rest)| *is_rest).map(|(item, _)| *item);
    Some((taken.into_iter().map(|index| order[index]).collect(), rest.collect()))
}

fn indices<'a>(order: &[Ranked<'a>]) -> HashMap<&'a str, usize> {
    order.iter().enumerate().map(|(index, (id, _))| (*id, index)).collect()
}

/// The items with those of their keys that put them in this order between the two neighbours. A
/// key that equals a neighbour's is no place of its own.
fn staying<'a>(
    mut items: Vec<Ranked<'a>>,
    left: Option<&Ranked>,
    right: Option<&Ranked>,
) -> Vec<Ranked<'a>> {
    let is_above = |key: &Rank| left.is_none_or(|(_, left)| left.is_some_and(|left| left < key));
    let is_below = |key: &Rank| right.and_then(|(_, right)| *right).is_none_or(|right| key < right);
    for (_, key) in &mut items {
        *key = key.filter(|key| is_above(key) && is_below(key));
    }
    let keys: Vec<&Rank> = items.iter().filter_map(|(_, key)| *key).collect();
    let mut stays = longest_ascent(&keys).into_iter();
    for (_, key) in &mut items {
        *key = key.filter(|_| stays.next() == Some(true));
    }
    items
}

/// The items without those at the end that have no key and need none, because they already come
/// last in this order.
fn without_keyless_end(order: &[Ranked], mut items: Vec<usize>) -> Vec<usize> {
    let mut next = order.len();
    while let Some(last) = items.pop_if(|&mut last| order[last].1.is_none() && last < next) {
        next = last;
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items written as `id` (with the key that appending gives), `id:key`, or `id:` (no key).
    struct List(Vec<(String, Option<Rank>)>);

    impl List {
        fn parse(text: &str) -> Self {
            let mut items: Vec<(String, Option<Rank>)> = Vec::new();
            for word in text.split_whitespace() {
                let last = items.iter().rev().find_map(|(_, key)| key.as_ref());
                let (id, key) = match word.split_once(':') {
                    Some((id, key)) => (id, Rank::parse(key)),
                    None => (word, between(last, None, word)),
                };
                items.push((id.to_owned(), key));
            }
            Self(items)
        }

        fn order(&self) -> Vec<Ranked<'_>> {
            self.0.iter().map(|(id, key)| (id.as_str(), key.as_ref())).collect()
        }

        /// The order after keys were written.
        fn with(mut self, keys: &[(String, Rank)]) -> String {
            for (id, key) in keys {
                let item = self.0.iter_mut().find(|(other, _)| other == id).unwrap();
                item.1 = Some(key.clone());
            }
            self.0.sort_by_key(|(id, key)| (key.is_none(), key.clone(), id.clone()));
            self.0.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(" ")
        }
    }

    fn ids(keys: &[(String, Rank)]) -> String {
        keys.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Moves items; expects their new order and which of them got a new key.
    fn check(list: &str, moved: &str, to: Place, expected: Option<(&str, &str)>) {
        let list = List::parse(list);
        let moved: Vec<&str> = moved.split_whitespace().collect();
        let keys = place(&list.order(), &moved, to);
        let found = keys.map(|keys| (list.with(&keys), ids(&keys)));
        assert_eq!(found.as_ref().map(|(order, ids)| (order.as_str(), ids.as_str())), expected);
    }

    #[test]
    fn a_key_is_4_to_64_consonants() {
        let (longest, too_long) = ("z".repeat(64), "z".repeat(65));
        assert!(["mbbb", "zzzz", &longest].into_iter().all(|text| Rank::parse(text).is_some()));
        let others = ["", "mbb", "mbbn", "mbby", "mbba", "MBBB", "mbb1", "mbb ", "mbbä", &too_long];
        assert!(others.into_iter().all(|text| Rank::parse(text).is_none()));
    }

    #[test]
    fn moves_up_down_and_to_the_ends() {
        check("a b c", "c", Place::Top, Some(("c a b", "c")));
        check("a b c", "a", Place::Bottom, Some(("b c a", "a")));
        check("a b c", "c", Place::Before("b"), Some(("a c b", "c")));
        check("a b c", "a", Place::After("b"), Some(("b a c", "a")));
        check("a b c", "a", Place::Position(2), Some(("b a c", "a")));
        check("a b c", "a", Place::Position(9), Some(("b c a", "a")));
    }

    #[test]
    fn several_end_up_side_by_side_in_the_given_order() {
        check("a b c d e", "e b", Place::After("c"), Some(("a c e b d", "e b")));
        check("a b c d e", "d a", Place::Top, Some(("d a b c e", "d")));
        check("a b c d e", "a b", Place::Position(4), Some(("c d e a b", "a b")));
    }

    #[test]
    fn an_item_that_is_at_its_place_keeps_its_key() {
        check("a b c", "b", Place::After("a"), Some(("a b c", "")));
        check("a b c", "a b", Place::Top, Some(("a b c", "")));
        check("a b c", "c", Place::Position(3), Some(("a b c", "")));
        check("", "", Place::Top, Some(("", "")));
    }

    #[test]
    fn a_place_that_makes_no_sense_is_none() {
        check("a b c", "a", Place::Before("a"), None);
        check("a b c", "a b", Place::After("b"), None);
        check("a b c", "a", Place::After("x"), None);
        check("a b c", "x", Place::Top, None);
        check("a b c", "a a", Place::Top, None);
        check("a b c", "a", Place::Position(0), None);
    }

    #[test]
    fn between_equal_keys_the_fewer_items_get_new_ones() {
        check("a:mbbb b:mbbb c", "c", Place::After("a"), Some(("a c b", "c b")));
        check("a:mbbb b:mbbb d:mbbb c", "c", Place::After("a"), Some(("a c b d", "a c")));
        check("a:mbbb b:mbbb d:mbbb c", "c", Place::After("b"), Some(("a b c d", "c d")));
        check("a:mbbb b:mbbb", "b", Place::After("a"), Some(("a b", "b")));
    }

    #[test]
    fn equal_keys_elsewhere_stay() {
        check("a:mbbb b:mbbb c d", "d", Place::Before("c"), Some(("a b d c", "d")));
        check("a:mbbb b:mbbb c d", "d", Place::Top, Some(("d a b c", "d")));
    }

    #[test]
    fn items_without_a_key_get_one_only_if_something_comes_after_them() {
        check("a b: c:", "a", Place::Top, Some(("a b c", "")));
        check("a b: c:", "c", Place::Top, Some(("c a b", "c")));
        check("a b: c:", "c", Place::After("a"), Some(("a c b", "c")));
        check("a b: c: d:", "a", Place::After("c"), Some(("b c a d", "b c a")));
        check("a:", "a", Place::Bottom, Some(("a", "a")));
    }

    #[test]
    fn where_no_key_fits_the_neighbours_get_new_ones() {
        check("a:mbbb b:mbbbb c", "c", Place::After("a"), Some(("a c b", "c b")));
        check("a:bbbb b", "b", Place::Top, Some(("b a", "b a")));
        let last = format!("a b:{}", "z".repeat(64));
        check(&last, "a", Place::Bottom, Some(("b a", "b a")));
    }

    #[test]
    fn a_whole_order_is_written_with_the_fewest_keys() {
        let check = |list: &str, wanted: &str, expected: &str| {
            let list = List::parse(list);
            let keys = arrange(&list.order(), &wanted.split(' ').collect::<Vec<_>>());
            assert_eq!(ids(&keys), expected);
            assert_eq!(list.with(&keys), wanted);
        };
        check("a b c d e", "a b c d e", "");
        check("a b c d e", "e a b c d", "e");
        check("a b c d e", "b c a e d", "a e");
        check("a:mbbb b:mbbb c: d:", "a b c d", "");
        check("a b c: d:", "b a d c", "b d");
    }

    #[test]
    fn unknown_repeated_and_missing_ids_do_not_disturb_an_order() {
        let list = List::parse("a b c d");
        let keys = arrange(&list.order(), &["d", "x", "d", "a", "b"]);
        assert_eq!(ids(&keys), "d");
    }

    #[test]
    fn fixed_items_keep_their_keys() {
        let check = |wanted: &str, fixed: &str, expected: &str| {
            let list = List::parse("a b c d e f");
            let wanted: Vec<&str> = wanted.split(' ').collect();
            let is_fixed = |id: &str| !id.is_empty() && fixed.contains(id);
            let keys = arrange_around(&list.order(), &wanted, is_fixed);
            assert_eq!(ids(&keys), expected);
            assert_eq!(list.with(&keys), wanted.join(" "));
        };
        check("a b c d e f", "c", "");
        // Without the fixed ones, moving c alone would do.
        check("c b a d e f", "b", "c a");
        check("f b c d e a", "", "f a");
        check("d e c a b f", "c", "d e a b");
    }

    #[test]
    fn long_keys_are_shortened_in_their_place() {
        let long = format!("a b c:mbz{} d:mczz e:", "c".repeat(40));
        let list = List::parse(&long);
        let keys = compact(&list.order());
        assert_eq!(ids(&keys), "c");
        assert!(keys[0].1.as_str().len() <= 12);
        assert_eq!(list.with(&keys), "a b c d e");
        assert_eq!(compact(&List::parse("a b:mcbb c:mcbb d:").order()), []);
    }
}
