//! The most items that can stay where they are when a list gets another order.

use std::iter;

/// For each of `items`, whether it is part of one longest strictly ascending selection of them.
pub(in crate::domain) fn longest_ascent<T: Ord>(items: &[T]) -> Vec<bool> {
    // The lowest last item of all ascents of each length so far, and what comes before each item
    // in its longest ascent.
    let mut lasts: Vec<usize> = Vec::new();
    let mut previous = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let n_below = lasts.partition_point(|&last| items[last] < *item);
        previous.push(n_below.checked_sub(1).map(|longest| lasts[longest]));
        match lasts.get_mut(n_below) {
            Some(last) => *last = at,
            None => lasts.push(at),
        }
    }
    let mut is_part = vec![false; items.len()];
    for at in iter::successors(lasts.last().copied(), |&at| previous[at]) {
        is_part[at] = true;
    }
    is_part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_that_ascends_is_the_longest() {
        let check = |items: &[i32], expected: &[i32]| {
            let parts = iter::zip(items, longest_ascent(items));
            let selected: Vec<i32> =
                parts.filter(|(_, is_part)| *is_part).map(|(i, _)| *i).collect();
            assert_eq!(selected, expected);
        };
        check(&[], &[]);
        check(&[3, 1, 2], &[1, 2]);
        check(&[2, 2, 2], &[2]);
        check(&[5, 1, 6, 2, 7, 3, 4], &[1, 2, 3, 4]);
    }
}
