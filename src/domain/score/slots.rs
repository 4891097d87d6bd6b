//! Positions filled from the top with the best that may stand there, around what keeps its position.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::dependencies::after;
use crate::domain::graph::{Walk, components};

/// Positions that are to be filled.
pub(super) struct Slots {
    /// What waits for what, without circles.
    after: Vec<Vec<usize>>,
    /// How many of the items that one waits for are not placed yet.
    waits: Vec<usize>,
    is_fixed: Vec<bool>,
    /// The place of each item in the best order.
    place: Vec<usize>,
    /// The item that must be at a position at the latest.
    reserved: BTreeMap<usize, usize>,
    is_placed: Vec<bool>,
    ready: BinaryHeap<Reverse<(usize, usize)>>,
}

impl Slots {
    /// Positions for the items in `best`, an order of all.
    pub(super) fn new(before: &[Vec<usize>], is_fixed: &[bool], best: &[usize]) -> Self {
        let before = without_circles(before);
        let mut place = vec![0; best.len()];
        best.iter().enumerate().for_each(|(to, &at)| place[at] = to);
        let reserved = reserved(&before, is_fixed, &place);
        let waits: Vec<usize> = before.iter().map(Vec::len).collect();
        let free = (0..best.len()).filter(|&at| waits[at] == 0 && !is_fixed[at]);
        let ready = free.map(|at| Reverse((place[at], at))).collect();
        Self {
            after: after(&before),
            waits,
            is_fixed: is_fixed.to_vec(),
            place,
            reserved,
            is_placed: vec![false; best.len()],
            ready,
        }
    }

    /// The items by position.
    pub(super) fn filled(mut self) -> Vec<usize> {
        let n = self.place.len();
        let mut rest: Vec<usize> = (0..n).filter(|&at| !self.is_fixed[at]).collect();
        rest.sort_unstable_by_key(|&at| Reverse(self.place[at]));
        let mut order = Vec::with_capacity(n);
        for position in 0..n {
            let item = match self.is_fixed[position] {
                true => position,
                false => self.next(position, &mut rest).unwrap_or(position),
            };
            self.put(item);
            order.push(item);
        }
        order
    }

    /// The item for a position: the one that is due there, or the best that waits for nothing any
    /// more, or else the best.
    fn next(&mut self, position: usize, rest: &mut Vec<usize>) -> Option<usize> {
        let due = self.reserved.get(&position).copied();
        if let Some(due) = due.filter(|&due| !self.is_placed[due] && self.waits[due] == 0) {
            return Some(due);
        }
        while let Some(Reverse((_, at))) = self.ready.pop() {
            if !self.is_placed[at] {
                return Some(at);
            }
        }
        while let Some(at) = rest.pop() {
            if !self.is_placed[at] {
                return Some(at);
            }
        }
        None
    }

    fn put(&mut self, item: usize) {
        self.is_placed[item] = true;
        for &next in &self.after[item] {
            self.waits[next] -= 1;
            if self.waits[next] == 0 && !self.is_fixed[next] && !self.is_placed[next] {
                self.ready.push(Reverse((self.place[next], next)));
            }
        }
    }
}

/// The dependencies without those between items of one circle.
fn without_circles(before: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut circle = vec![0; before.len()];
    for (at, nodes) in components(before).into_iter().enumerate() {
        nodes.into_iter().for_each(|node| circle[node] = at);
    }
    let kept = |(at, before): (usize, &Vec<usize>)| {
        before.iter().copied().filter(|&first| circle[first] != circle[at]).collect()
    };
    before.iter().enumerate().map(kept).collect()
}

/// For what fixed items wait for, the last positions above them: from the bottom to the top, each
/// position goes to the item that is due last of those that are due below it.
fn reserved(before: &[Vec<usize>], is_fixed: &[bool], place: &[usize]) -> BTreeMap<usize, usize> {
    // By the day on which they are due, in the best order: what another waits for is due no later
    // than it, and stands before it there.
    let mut waiting: Vec<(usize, usize, usize)> =
        due(before, is_fixed).into_iter().map(|(at, anchor)| (anchor, place[at], at)).collect();
    waiting.sort_unstable();
    let mut reserved = BTreeMap::new();
    let mut position = before.len();
    while let Some((anchor, _, at)) = waiting.pop() {
        position = position.min(anchor);
        while position > 0 && is_fixed[position - 1] {
            position -= 1;
        }
        let Some(free) = position.checked_sub(1) else { break };
        position = free;
        reserved.insert(free, at);
    }
    reserved
}

/// For each item that is due, the fixed one below it: the first that all it waits for has room above.
fn due(before: &[Vec<usize>], is_fixed: &[bool]) -> BTreeMap<usize, usize> {
    let mut due: BTreeMap<usize, usize> = BTreeMap::new();
    let mut walk = Walk::new(before);
    let mut n_free = 0;
    for anchor in 0..before.len() {
        if !is_fixed[anchor] {
            n_free += 1;
            continue;
        }
        let needed = walk.from(anchor).iter().copied();
        let needed: Vec<usize> =
            needed.filter(|at| !is_fixed[*at] && !due.contains_key(at)).collect();
        if due.len() + needed.len() <= n_free {
            due.extend(needed.into_iter().map(|at| (at, anchor)));
        }
    }
    due
}
