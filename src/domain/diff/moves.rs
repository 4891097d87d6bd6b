//! Which items moved: as few as possible, so that one item that jumped over forty is one move.
//!
//! What did not move is a longest selection of items that come in the same order before and after
//! (a longest increasing subsequence); the rest moved. Items whose keys did not change keep their
//! order among each other, so that they can be taken together in blocks, and the cost depends on the
//! number of changed items alone.

use std::ops::Range;

/// An item that is in both orders, and whose key may have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Where it was.
    pub(super) before: Spot,
    /// Where it is.
    pub(super) after: Spot,
    /// Whether its key is another one. Of two ways to tell the same, the one in which items moved
    /// that somebody touched is the truer.
    pub(super) is_rekeyed: bool,
}

/// A place in one order, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Among all items of the order.
    pub(super) index: usize,
    /// How many items come before it whose files did not change.
    pub(super) n_rest: usize,
}

/// An item that moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mover {
    /// One of the candidates, by index.
    Candidate(usize),
    /// One of the rest, by its index among them.
    Rest(usize),
}

/// The smallest set of items that moved, of `candidates` and of the `n_rest` other items.
pub(super) fn movers(candidates: &[Candidate], n_rest: usize) -> Vec<Mover> {
    let elements = elements(candidates, n_rest);
    let stays = heaviest_ascent(&elements);
    let mut movers = Vec::new();
    for (element, _) in elements.iter().zip(stays).filter(|(_, stays)| !stays) {
        match &element.items {
            Items::Candidate(at) => movers.push(Mover::Candidate(*at)),
            Items::Rest(range) => movers.extend(range.clone().map(Mover::Rest)),
        }
    }
    movers.sort_unstable();
    movers
}

/// Something that stays or moves as a whole.
#[derive(Debug)]
struct Element {
    items: Items,
    /// Its place in the new order of the elements.
    place: usize,
    weight: Weight,
}

#[derive(Debug)]
enum Items {
    Candidate(usize),
    Rest(Range<usize>),
}

/// How many items, and how many of them nobody touched; the second decides between equals.
type Weight = (usize, usize);

/// The elements in the old order.
fn elements(candidates: &[Candidate], n_rest: usize) -> Vec<Element> {
    let mut borders: Vec<usize> = vec![0, n_rest];
    borders.extend(candidates.iter().flat_map(|it| [it.before.n_rest, it.after.n_rest]));
    borders.sort_unstable();
    borders.dedup();
    let rest = borders.windows(2).map(|pair| (Items::Rest(pair[0]..pair[1]), pair[1] - pair[0]));
    let mut elements: Vec<Element> = rest
        .map(|(items, n)| Element { items, place: 0, weight: (n, n) })
        .chain(candidates.iter().enumerate().map(|(at, it)| Element {
            items: Items::Candidate(at),
            place: 0,
            weight: (1, usize::from(!it.is_rekeyed)),
        }))
        .collect();
    // What stands before a block has all items before it that the block has before its first.
    let place = |element: &Element, spot: fn(&Candidate) -> Spot| match &element.items {
        Items::Rest(range) => (range.start, true, 0),
        Items::Candidate(at) => {
            let spot = spot(&candidates[*at]);
            (spot.n_rest, false, spot.index)
        }
    };
    elements.sort_by_key(|element| place(element, |it| it.after));
    elements.iter_mut().enumerate().for_each(|(at, element)| element.place = at);
    elements.sort_by_key(|element| place(element, |it| it.before));
    elements
}

/// For each element, whether it is part of the heaviest selection whose places ascend.
fn heaviest_ascent(elements: &[Element]) -> Vec<bool> {
    let mut best = PrefixMaximum::new(elements.len());
    let mut previous = Vec::with_capacity(elements.len());
    for (at, element) in elements.iter().enumerate() {
        let before = best.below(element.place);
        previous.push(before.map(|(_, last)| last));
        let (n, untouched) = before.map_or((0, 0), |(weight, _)| weight);
        best.raise(element.place, (n + element.weight.0, untouched + element.weight.1), at);
    }
    let mut stays = vec![false; elements.len()];
    let mut last = best.below(elements.len()).map(|(_, last)| last);
    while let Some(at) = last {
        stays[at] = true;
        last = previous[at];
    }
    stays
}

/// The heaviest selection that ends below a place: a Fenwick tree of maxima (Fenwick 1994).
struct PrefixMaximum {
    tree: Vec<Option<(Weight, usize)>>,
}

impl PrefixMaximum {
    fn new(n_places: usize) -> Self {
        Self { tree: vec![None; n_places + 1] }
    }

    /// The heaviest of all that end at a place below this one; of equals the first that came.
    fn below(&self, place: usize) -> Option<(Weight, usize)> {
        let mut heaviest: Option<(Weight, usize)> = None;
        let mut at = place;
        while at > 0 {
            let is_heavier = |it: &(Weight, usize)| {
                heaviest.is_none_or(|(weight, last)| (it.0, last) > (weight, it.1))
            };
            if let Some(it) = self.tree[at].filter(is_heavier) {
                heaviest = Some(it);
            }
            at &= at - 1;
        }
        heaviest
    }

    fn raise(&mut self, place: usize, weight: Weight, last: usize) {
        let mut at = place + 1;
        while at < self.tree.len() {
            if self.tree[at].is_none_or(|(known, _)| weight > known) {
                self.tree[at] = Some((weight, last));
            }
            at += at & at.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The candidates of two orders of the numbers below `after.len()`, of which `rest` did not
    /// change.
    fn candidates(before: &[usize], after: &[usize], is_rest: &[bool]) -> (Vec<Candidate>, usize) {
        let spot = |order: &[usize], item: usize| {
            let index = order.iter().position(|it| *it == item).unwrap();
            let n_rest = order[..index].iter().filter(|it| is_rest[**it]).count();
            Spot { index, n_rest }
        };
        let changed = (0..after.len()).filter(|item| !is_rest[*item]);
        let candidate = |item| Candidate {
            before: spot(before, item),
            after: spot(after, item),
            is_rekeyed: true,
        };
        (changed.map(candidate).collect(), is_rest.iter().filter(|it| **it).count())
    }

    /// The numbers that `movers` names.
    fn moved(before: &[usize], after: &[usize], is_rest: &[bool]) -> Vec<usize> {
        let (candidates, n_rest) = candidates(before, after, is_rest);
        let changed: Vec<usize> = (0..after.len()).filter(|item| !is_rest[*item]).collect();
        let rest: Vec<usize> = after.iter().copied().filter(|item| is_rest[*item]).collect();
        let item = |mover| match mover {
            Mover::Candidate(at) => changed[at],
            Mover::Rest(at) => rest[at],
        };
        movers(&candidates, n_rest).into_iter().map(item).collect()
    }

    /// The fewest items without which both orders are the same, by trying every set.
    fn fewest(before: &[usize], after: &[usize]) -> usize {
        let n = after.len();
        let without = |order: &[usize], set: u32| -> Vec<usize> {
            order.iter().copied().filter(|item| set & (1 << item) == 0).collect()
        };
        let is_same = |set: &u32| without(before, *set) == without(after, *set);
        (0..1_u32 << n).filter(is_same).map(u32::count_ones).min().unwrap() as usize
    }

    /// An order before, which numbers did not change, and the order after: numbers that did not
    /// change are in the same order.
    fn orders() -> impl Strategy<Value = (Vec<usize>, Vec<usize>, Vec<bool>)> {
        let shuffled = |n: usize| Just((0..n).collect::<Vec<_>>()).prop_shuffle();
        (1_usize..9).prop_flat_map(move |n| {
            let rest = prop::collection::vec(any::<bool>(), n);
            (shuffled(n), shuffled(n), rest).prop_map(|(before, mut after, is_rest)| {
                let mut rest = before.iter().copied().filter(|item| is_rest[*item]);
                for item in after.iter_mut().filter(|item| is_rest[**item]) {
                    *item = rest.next().unwrap();
                }
                (before, after, is_rest)
            })
        })
    }

    proptest! {
        #[test]
        fn the_rest_stays_in_order_and_nothing_smaller_would_do(
            (before, after, is_rest) in orders()
        ) {
            let moved = moved(&before, &after, &is_rest);
            let without = |order: &[usize]| -> Vec<usize> {
                order.iter().copied().filter(|item| !moved.contains(item)).collect()
            };
            prop_assert_eq!(without(&before), without(&after));
            prop_assert_eq!(moved.len(), fewest(&before, &after));
        }
    }

    #[test]
    fn one_item_that_jumps_over_forty_is_one_move() {
        let before: Vec<usize> = (0..41).collect();
        let mut after = before.clone();
        let first = after.remove(40);
        after.insert(0, first);
        let mut is_rest = vec![true; 41];
        assert_eq!(
            moved(&before, &after, &{
                is_rest[40] = false;
                is_rest.clone()
            }),
            [40]
        );
        // Even if all of them got new keys.
        assert_eq!(moved(&before, &after, &[false; 41]), [40]);
        // Even if the forty were touched, and the one was not.
        let is_rest: Vec<bool> = (0..41).map(|item| item == 40).collect();
        assert_eq!(moved(&before, &after, &is_rest), [40]);
    }

    #[test]
    fn of_two_that_swapped_the_touched_one_moved() {
        assert_eq!(moved(&[0, 1, 2], &[1, 0, 2], &[false, true, true]), [0]);
        assert_eq!(moved(&[0, 1, 2], &[1, 0, 2], &[true, false, true]), [1]);
    }
}
