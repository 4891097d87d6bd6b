//! Properties of all keys and orders, and small forms of the workloads in `bench/rank.rs`.
//!
//! Keys come from all that the format allows, not only from those that we would choose: people
//! write some by hand, and a merge can leave any.

use proptest::prelude::*;
use proptest::sample::{Index, subsequence};

use super::key::packed;
use super::*;

type Items = Vec<(String, Option<Rank>)>;

/// `GIT_BACKLOG_CASES` asks for more than the few that every run of the tests can afford.
#[expect(clippy::disallowed_methods, reason = "how long to test is no input of the domain")]
fn config() -> ProptestConfig {
    let cases = std::env::var("GIT_BACKLOG_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: cases.unwrap_or(128), failure_persistence: None, ..Default::default() }
}

/// Any key, often one that is equal to another, or very near.
fn any_key() -> impl Strategy<Value = Rank> {
    let text = prop_oneof![
        "[b-df-hj-mp-tv-xz]{4,64}",
        "[blmpz][bcz]{3,5}",
        "m[bc]{3}b{0,60}",
        "mbb[bz]{1,61}",
        "z{4,64}",
        "m[b-d]b[b-df-hj-mp-tv-xz]{1,3}",
    ];
    text.prop_map(|text| Rank::parse(&text).unwrap())
}

/// Keys as commands write them: distinct, short and with room between them.
fn roomy_keys() -> impl Strategy<Value = Items> {
    (0..30_usize).prop_map(|n_items| {
        let mut items = Items::new();
        for nth in 0..n_items {
            let id = format!("i{}", nth * 7 % 31);
            let key = between(items.last().and_then(|(_, key)| key.as_ref()), None, &id);
            items.push((id, key));
        }
        items
    })
}

fn any_items() -> impl Strategy<Value = Items> {
    let keys = prop::collection::vec(prop::option::weighted(0.8, any_key()), 1..14);
    keys.prop_map(|keys| {
        let ids = (0..keys.len()).map(|nth| format!("i{}", nth * 7 % 31));
        sorted(iter::zip(ids, keys).collect())
    })
}

fn sorted(mut items: Items) -> Items {
    items.sort_by_key(|(id, key)| (key.is_none(), key.clone(), id.clone()));
    items
}

fn order(items: &Items) -> Vec<Ranked<'_>> {
    items.iter().map(|(id, key)| (id.as_str(), key.as_ref())).collect()
}

fn ids(items: &Items) -> Vec<&str> {
    items.iter().map(|(id, _)| id.as_str()).collect()
}

/// The items in their order after keys were written.
fn written(items: &Items, keys: &[(String, Rank)]) -> Items {
    let new = |id: &String| keys.iter().find(|(other, _)| other == id).map(|(_, key)| key.clone());
    sorted(items.iter().map(|(id, key)| (id.clone(), new(id).or_else(|| key.clone()))).collect())
}

/// Items, some of them in any order, and a place for those.
fn moves() -> impl Strategy<Value = (Items, Vec<String>, usize)> {
    let items =
        prop_oneof![3 => any_items(), 1 => roomy_keys().prop_filter("none", |i| !i.is_empty())];
    items.prop_flat_map(|items| {
        let ids: Vec<String> = items.iter().map(|(id, _)| id.clone()).collect();
        let moved = subsequence(ids, 1..=items.len().min(4)).prop_shuffle();
        (Just(items), moved, any::<Index>()).prop_map(|(items, moved, at)| {
            let at = at.index(items.len() - moved.len() + 1);
            (items, moved, at)
        })
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_key_is_found_wherever_there_is_one(a in any_key(), b in any_key(), id in "[a-z]{1,3}") {
        let (left, right) = (a.clone().min(b.clone()), a.max(b));
        let is_room = packed(Some(&left), Some(&right), 1).is_some();
        match between(Some(&left), Some(&right), &id) {
            Some(key) => prop_assert!(left < key && key < right && Rank::parse(key.as_str()).is_some()),
            None => prop_assert!(!is_room),
        }
    }

    #[test]
    fn nothing_fits_between_a_key_and_the_next(a in any_key(), b in any_key()) {
        if let Some(next) = packed(Some(&a), None, 1) {
            prop_assert!(a < next[0]);
            prop_assert!(b <= a || next[0] <= b, "{} is between {} and {}", b.as_str(), a.as_str(), next[0].as_str());
        }
    }

    #[test]
    fn both_ends_are_open(key in any_key(), id in "[a-z]{1,3}") {
        match between(Some(&key), None, &id) {
            Some(last) => prop_assert!(key < last),
            None => prop_assert_eq!(key.as_str(), "z".repeat(64)),
        }
        match between(None, Some(&key), &id) {
            Some(first) => prop_assert!(first < key),
            None => prop_assert_eq!(key.as_str(), "bbbb"),
        }
    }

    #[test]
    fn moved_items_come_to_their_place((items, moved, at) in moves()) {
        let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
        let keys = place(&order(&items), &moved, Place::Position(at + 1)).unwrap();
        let mut wanted: Vec<&str> = ids(&items);
        wanted.retain(|id| !moved.contains(id));
        let (before, after) = wanted.split_at(at);
        let wanted = [before, &moved, after].concat();
        let after = written(&items, &keys);
        prop_assert_eq!(ids(&after), wanted);
    }

    #[test]
    fn no_more_is_written_than_is_moved_if_there_is_room((items, moved, at) in moves()) {
        let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
        let others: Items = items.iter().filter(|(id, _)| !moved.contains(&id.as_str())).cloned().collect();
        let left = others[..at].last().map(|(_, key)| key.as_ref());
        let right = others[at..].first().and_then(|(_, key)| key.as_ref());
        let is_keyed = left.is_none_or(|left| left.is_some());
        if is_keyed && packed(left.flatten(), right, moved.len()).is_some() {
            let keys = place(&order(&items), &moved, Place::Position(at + 1)).unwrap();
            prop_assert!(keys.len() <= moved.len());
            prop_assert!(moved.len() > 1 || keys.iter().all(|(id, _)| id == moved[0]));
        }
    }

    #[test]
    fn a_second_time_there_is_nothing_left_to_do((items, moved, at) in moves()) {
        let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
        let keys = place(&order(&items), &moved, Place::Position(at + 1)).unwrap();
        let items = written(&items, &keys);
        prop_assert_eq!(place(&order(&items), &moved, Place::Position(at + 1)), Some(vec![]));
    }

    #[test]
    fn any_list_can_have_any_order(
        (items, wanted) in any_items().prop_flat_map(|items| {
            let wanted: Vec<String> = items.iter().map(|(id, _)| id.clone()).collect();
            (Just(items), Just(wanted).prop_shuffle())
        })
    ) {
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let keys = arrange(&order(&items), &wanted);
        let after = written(&items, &keys);
        prop_assert_eq!(ids(&after), wanted);
        prop_assert_eq!(arrange(&order(&items), &ids(&items)), vec![]);
    }

    #[test]
    fn an_order_costs_the_items_outside_a_longest_ascent(
        (items, wanted) in roomy_keys().prop_flat_map(|items| {
            let wanted: Vec<usize> = (0..items.len()).collect();
            (Just(items), Just(wanted).prop_shuffle())
        })
    ) {
        let mut longest = vec![1; wanted.len()];
        for last in 0..wanted.len() {
            for before in 0..last {
                if wanted[before] < wanted[last] {
                    longest[last] = longest[last].max(longest[before] + 1);
                }
            }
        }
        let n_staying = longest.into_iter().max().unwrap_or(0);
        let wanted: Vec<&str> = wanted.iter().map(|&nth| items[nth].0.as_str()).collect();
        let keys = arrange(&order(&items), &wanted);
        prop_assert_eq!(keys.len(), items.len() - n_staying);
        let after = written(&items, &keys);
        prop_assert_eq!(ids(&after), wanted);
    }

    #[test]
    fn a_compact_order_is_the_same_with_short_keys(items in any_items()) {
        let keys = compact(&order(&items));
        let after = written(&items, &keys);
        prop_assert_eq!(ids(&after), ids(&items));
        prop_assert!(after.iter().flat_map(|(_, key)| key).all(|key| key.as_str().len() <= COMPACT));
        prop_assert_eq!(compact(&order(&after)), vec![]);
    }
}

/// Inserts new items where `place` says, as a command does; the items, and the number of files of
/// others that were written.
fn inserted(n_items: usize, place_of: impl Fn(usize) -> usize) -> (Items, usize) {
    let (mut items, mut n_others) = (Items::new(), 0);
    for nth in 0..n_items {
        let id = format!("US-{nth}");
        let mut order = order(&items);
        order.push((&id, None));
        let keys = place(&order, &[&id], Place::Position(place_of(nth) + 1)).unwrap();
        n_others += keys.len() - 1;
        items.push((id, None));
        items = written(&items, &keys);
    }
    (items, n_others)
}

fn longest(items: &Items) -> usize {
    items.iter().flat_map(|(_, key)| key).map(|key| key.as_str().len()).max().unwrap_or(0)
}

#[test]
fn appended_keys_stay_short() {
    let mut last = None;
    for nth in 0..10_000 {
        last = between(last.as_ref(), None, &format!("US-{nth}"));
    }
    assert_eq!(last.unwrap().as_str().len(), 6);
}

#[test]
fn a_hundred_inserts_at_one_spot_make_keys_of_at_most_15_letters() {
    let (items, n_others) = inserted(100, |nth| nth.min(1));
    assert!(longest(&items) <= 15, "{}", longest(&items));
    assert_eq!(n_others, 0);
}

#[test]
fn at_the_limit_a_few_others_get_short_keys_and_inserting_goes_on() {
    let (items, n_others) = inserted(900, |nth| nth.min(1));
    assert!(longest(&items) <= LONGEST);
    assert!((1..900).contains(&n_others), "{n_others}");
    let last = "US-0 US-899 US-898 US-897";
    assert!(ids(&items).join(" ").starts_with(last));
}
