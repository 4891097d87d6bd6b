//! A better order in which some items keep their positions, found piece by piece.
//!
//! Three changes are tried until none helps: an item goes to another position; it goes there
//! together with all that it waits for, or with all that waits for it; and some neighbours are put
//! into the best order that they have among themselves, which is found exactly. Where all that may
//! move are neighbours in this sense, the order is the best there is.

use std::cmp::Ordering;

use super::Worth;
use super::dependencies::after;
use crate::domain::graph::Walk;
use crate::domain::precedence::{self, Job};

/// How many neighbours are put into their best order at once: each subset of them is looked at.
pub(super) const NEIGHBOURS: usize = 8;

/// How often all changes are tried; few orders need more than three.
const ROUNDS: usize = 10;

/// How many exchanges of neighbours one round may take for each kind of change.
const EXCHANGES: usize = 100_000;

/// Less than this much better is what sums of fractions round.
const ROUNDING: f64 = 1.0 - 1e-12;

/// Less than this much better is what the running sums round.
const ENOUGH: f64 = 1.0 - 1e-9;

/// What is to be ordered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Task<'a> {
    /// What each item is worth. What has no worth is fixed.
    pub(super) worths: &'a [Option<Worth>],
    /// What each item waits for.
    pub(super) before: &'a [Vec<usize>],
    /// Which items keep the positions that are their numbers.
    pub(super) is_fixed: &'a [bool],
}

/// What orders are compared by: how many items stand above something that they wait for, then the
/// classes from the top, then the cost of delay.
#[derive(Debug)]
pub(super) struct Merit {
    pub(super) n_early: usize,
    pub(super) classes: Vec<usize>,
    pub(super) cost: f64,
}

impl Merit {
    /// Whether an order of this merit is better than one of the other.
    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        let by_rules =
            self.n_early.cmp(&other.n_early).then_with(|| self.classes.cmp(&other.classes));
        by_rules.then_with(|| less(self.cost, other.cost * ROUNDING)) == Ordering::Less
    }
}

fn less(cost: f64, than: f64) -> Ordering {
    if cost < than { Ordering::Less } else { Ordering::Greater }
}

impl Task<'_> {
    /// What an order of all items is worth.
    pub(super) fn merit(&self, order: &[usize]) -> Merit {
        Merit {
            n_early: precedence::early(order, self.before),
            classes: order.iter().filter_map(|&at| self.worths[at]).map(|it| it.class).collect(),
            cost: precedence::cost(order, &self.jobs()),
        }
    }

    /// What has no score takes no time and is worth nothing to the order; it only passes on who
    /// waits.
    pub(super) fn jobs(&self) -> Vec<Job> {
        let job = |worth: &Option<Worth>| {
            let (weight, size) = worth.map_or((0.0, 0.0), |worth| (worth.weight, worth.size));
            Job { weight, size }
        };
        self.worths.iter().map(job).collect()
    }

    /// The class of an item that may move.
    fn class(&self, item: usize) -> usize {
        self.worths[item].map_or(0, |worth| worth.class)
    }
}

/// An order that is at least as good as this one.
pub(super) fn improved(task: Task<'_>, order: Vec<usize>, n_neighbours: usize) -> Vec<usize> {
    let mut search = Search::new(task, order);
    let n = search.free.len();
    if n <= n_neighbours {
        search.settle(0, n);
        return search.order;
    }
    let (mut needs, mut needed) = (Walk::new(task.before), after(task.before));
    needed.iter_mut().for_each(|it| it.sort_unstable());
    let mut followers = Walk::new(&needed);
    for _ in 0..ROUNDS {
        let mut is_changed = false;
        for item in (0..task.before.len()).filter(|&item| !task.is_fixed[item]) {
            is_changed |= search.carry(item, &[]);
            is_changed |= search.carry(item, needs.from(item));
            is_changed |= search.carry(item, followers.from(item));
        }
        for first in (0..n - n_neighbours).step_by(n_neighbours.div_ceil(2)) {
            is_changed |= search.settle(first, first + n_neighbours);
        }
        is_changed |= search.settle(n - n_neighbours, n);
        if !is_changed {
            break;
        }
    }
    search.order
}

/// An order that changes by exchanges of two neighbours among what may move.
struct Search<'a> {
    task: Task<'a>,
    jobs: Vec<Job>,
    after: Vec<Vec<usize>>,
    /// The positions that can be filled, from the top.
    free: Vec<usize>,
    /// Weight and size of the fixed items that stand between a free position and the next one.
    gaps: Vec<Job>,
    order: Vec<usize>,
    place: Vec<usize>,
    /// For each item, how much of what it waits for stands below it.
    n_late: Vec<usize>,
    n_early: usize,
    cost: f64,
    /// The best so far: how many are early, the classes at the free positions, and the cost.
    best: Merit,
    has_classes: bool,
    /// The exchanges since the best.
    exchanges: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(task: Task<'a>, order: Vec<usize>) -> Self {
        let jobs = task.jobs();
        let free: Vec<usize> = (0..order.len()).filter(|&at| !task.is_fixed[at]).collect();
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(to, &at)| place[at] = to);
        let between = |pair: &[usize]| {
            let fixed = &jobs[pair[0] + 1..pair[1]];
            Job {
                weight: fixed.iter().map(|job| job.weight).sum(),
                size: fixed.iter().map(|job| job.size).sum(),
            }
        };
        let late = |item: usize| {
            task.before[item].iter().filter(|&&first| place[first] > place[item]).count()
        };
        let n_late: Vec<usize> = (0..order.len()).map(late).collect();
        let n_early = n_late.iter().filter(|n| **n > 0).count();
        let cost = precedence::cost(&order, &jobs);
        let classes: Vec<usize> = free.iter().map(|&at| task.class(order[at])).collect();
        Self {
            after: after(task.before),
            gaps: free.windows(2).map(between).collect(),
            has_classes: classes.windows(2).any(|pair| pair[0] != pair[1]),
            best: Merit { n_early, classes, cost },
            task,
            jobs,
            free,
            order,
            place,
            n_late,
            n_early,
            cost,
            exchanges: Vec::new(),
        }
    }

    /// Exchanges the items at a free position and at the next.
    fn exchange(&mut self, slot: usize) {
        let (top, bottom) = (self.free[slot], self.free[slot + 1]);
        let (sinks, rises) = (self.order[top], self.order[bottom]);
        let (sinking, rising, gap) = (self.jobs[sinks], self.jobs[rises], self.gaps[slot]);
        self.cost += sinking.weight * (gap.size + rising.size)
            + gap.weight * (rising.size - sinking.size)
            - rising.weight * (gap.size + sinking.size);
        (self.order[top], self.order[bottom]) = (rises, sinks);
        (self.place[rises], self.place[sinks]) = (top, bottom);
        // What stood and stands between the two; and the one that passes counts once, by the first.
        let is_between = |at: usize| top < at && at < bottom;
        let task = self.task;
        for &first in &task.before[sinks] {
            if first == rises || is_between(self.place[first]) {
                self.late(sinks, -1);
            }
        }
        for at in 0..self.after[sinks].len() {
            let next = self.after[sinks][at];
            if next == rises || is_between(self.place[next]) {
                self.late(next, 1);
            }
        }
        for &first in &task.before[rises] {
            if is_between(self.place[first]) {
                self.late(rises, 1);
            }
        }
        for at in 0..self.after[rises].len() {
            let next = self.after[rises][at];
            if is_between(self.place[next]) {
                self.late(next, -1);
            }
        }
        self.exchanges.push(slot);
    }

    /// One more or one less of what an item waits for stands below it.
    fn late(&mut self, item: usize, change: isize) {
        let old = self.n_late[item];
        let new = old.saturating_add_signed(change);
        self.n_late[item] = new;
        self.n_early = self.n_early + usize::from(new > 0) - usize::from(old > 0);
    }

    /// Takes the order for the best if it is better; `slots` are those that may have changed.
    fn keep_if_better(&mut self, slots: std::ops::Range<usize>) -> bool {
        let is_better = self.n_early.cmp(&self.best.n_early).then_with(|| {
            let classes = slots.clone().map(|slot| self.task.class(self.order[self.free[slot]]));
            let by_class = match self.has_classes {
                true => classes.cmp(self.best.classes[slots.clone()].iter().copied()),
                false => Ordering::Equal,
            };
            by_class.then_with(|| less(self.cost, self.best.cost * ENOUGH))
        });
        if is_better == Ordering::Less {
            (self.best.n_early, self.best.cost) = (self.n_early, self.cost);
            for slot in slots {
                self.best.classes[slot] = self.task.class(self.order[self.free[slot]]);
            }
            self.exchanges.clear();
        }
        is_better == Ordering::Less
    }

    /// Back to the best.
    fn undo(&mut self) {
        while let Some(slot) = self.exchanges.pop() {
            self.exchange(slot);
            self.exchanges.pop();
        }
        self.cost = self.best.cost;
    }

    fn slot(&self, item: usize) -> usize {
        self.free.partition_point(|&at| at < self.place[item])
    }

    /// Carries an item, with the free ones of `others`, up and down to where that helps most.
    fn carry(&mut self, item: usize, others: &[usize]) -> bool {
        let mut is_changed = false;
        let free = others.iter().filter(|&&it| !self.task.is_fixed[it]);
        let group: Vec<usize> = free.chain([&item]).copied().collect();
        if others.is_empty() != (group.len() == 1) {
            return false;
        }
        for is_up in [true, false] {
            is_changed |= self.carried(item, &group, is_up);
            self.undo();
        }
        is_changed
    }

    fn carried(&mut self, item: usize, group: &[usize], is_up: bool) -> bool {
        let mut slots: Vec<usize> = group.iter().map(|&it| self.slot(it)).collect();
        slots.sort_unstable();
        let most = EXCHANGES / self.free.len();
        let (mut from, mut to) = (slots[0], slots[slots.len() - 1] + 1);
        if to - from > most {
            return false;
        }
        let (lowest, highest) = (from, to);
        // The group comes together where the item is that it is carried with.
        let at = slots.partition_point(|&slot| slot < self.slot(item));
        for it in (0..at).rev() {
            let target = slots[at] - (at - it);
            (slots[it]..target).for_each(|slot| self.exchange(slot));
        }
        for it in at + 1..slots.len() {
            let target = slots[at] + (it - at);
            (target..slots[it]).rev().for_each(|slot| self.exchange(slot));
        }
        let mut is_changed = self.keep_if_better(lowest..highest);
        (from, to) = (slots[at] - at, slots[at] - at + slots.len());
        let (mut low, mut high) = (lowest, highest);
        let mut n_exchanges = 0;
        while n_exchanges < most {
            if is_up && from > 0 {
                (from - 1..to - 1).for_each(|slot| self.exchange(slot));
                (from, to) = (from - 1, to - 1);
            } else if !is_up && to < self.free.len() {
                (from..to).rev().for_each(|slot| self.exchange(slot));
                (from, to) = (from + 1, to + 1);
            } else {
                break;
            }
            n_exchanges += to - from;
            (low, high) = (low.min(from), high.max(to));
            is_changed |= self.keep_if_better(low..high);
        }
        is_changed
    }

    /// Puts the items of neighbouring slots into the best order that they have.
    fn settle(&mut self, from: usize, to: usize) -> bool {
        let wanted = Window::new(self, from, to).best(self);
        for (slot, item) in (from..to).zip(wanted) {
            (slot..self.slot(item)).rev().for_each(|slot| self.exchange(slot));
        }
        let is_changed = self.keep_if_better(from..to);
        self.undo();
        is_changed
    }
}

/// Some neighbours, each with the set of the others that it waits for: a bit for each.
struct Window {
    items: Vec<usize>,
    needs: Vec<usize>,
    /// The lowest position of what each waits for among the rest of the order.
    lowest: Vec<usize>,
    /// For each slot, the fixed items behind it that are in time if all of a set is done.
    fixed: Vec<Vec<usize>>,
    /// For each slot, the size of the fixed items between the first slot and it.
    gaps: Vec<f64>,
    from: usize,
}

/// The best way to fill the first slots with a set.
#[derive(Clone, Copy)]
struct Way {
    n_early: usize,
    /// The classes, four bits for each.
    classes: u64,
    cost: f64,
    last: usize,
}

impl Way {
    fn is_better_than(&self, other: &Self) -> bool {
        let by_rules = (self.n_early, self.classes).cmp(&(other.n_early, other.classes));
        by_rules.then_with(|| less(self.cost, other.cost)) == Ordering::Less
    }
}

impl Window {
    fn new(search: &Search<'_>, from: usize, to: usize) -> Self {
        let items: Vec<usize> =
            search.free[from..to].iter().map(|&position| search.order[position]).collect();
        let bits = |item: usize| -> usize {
            let before = &search.task.before[item];
            (0..items.len()).filter(|&at| before.contains(&items[at])).map(|at| 1 << at).sum()
        };
        let lowest = |&item: &usize| {
            let others = search.task.before[item].iter().filter(|it| !items.contains(it));
            others.map(|&it| search.place[it]).max().unwrap_or(0)
        };
        // A fixed item that is early for another reason is early in each order.
        let behind = |slot: usize| match slot + 1 < to {
            true => (search.free[slot] + 1..search.free[slot + 1])
                .filter(|fixed| lowest(fixed) <= *fixed)
                .map(bits)
                .filter(|needs| *needs > 0)
                .collect(),
            false => Vec::new(),
        };
        let mut size = 0.0;
        let gap = |slot: usize| {
            if slot > from {
                size += search.gaps[slot - 1].size;
            }
            size
        };
        Self {
            gaps: (from..to).map(gap).collect(),
            needs: items.iter().map(|&item| bits(item)).collect(),
            lowest: items.iter().map(lowest).collect(),
            fixed: (from..to).map(behind).collect(),
            items,
            from,
        }
    }

    /// The items in their best order, by the best ways to fill the first slots with each set (Held
    /// and Karp 1962).
    fn best(&self, search: &Search<'_>) -> Vec<usize> {
        let n = self.items.len();
        let start = Way { n_early: 0, classes: 0, cost: 0.0, last: 0 };
        let mut ways: Vec<Option<Way>> = vec![None; 1 << n];
        ways[0] = Some(start);
        let mut sizes = vec![0.0; 1 << n];
        for done in 0..(1 << n) - 1 {
            let Some(way) = ways[done] else { continue };
            let slot = done.count_ones() as usize;
            for at in (0..n).filter(|at| done >> at & 1 == 0) {
                let next = done | 1 << at;
                let size = sizes[done] + search.jobs[self.items[at]].size;
                sizes[next] = size;
                let way = self.longer(search, &way, (done, slot, at), size);
                if ways[next].is_none_or(|old| way.is_better_than(&old)) {
                    ways[next] = Some(way);
                }
            }
        }
        let mut order = Vec::with_capacity(n);
        let mut done = (1 << n) - 1;
        while let Some(way) = ways[done].filter(|_| done > 0) {
            order.push(self.items[way.last]);
            done &= !(1 << way.last);
        }
        order.reverse();
        order
    }

    /// A way with one item more, and with the fixed ones behind it.
    fn longer(
        &self,
        search: &Search<'_>,
        way: &Way,
        (done, slot, at): (usize, usize, usize),
        size: f64,
    ) -> Way {
        let item = self.items[at];
        let is_early =
            self.needs[at] & !done != 0 || self.lowest[at] > search.free[self.from + slot];
        let all = done | 1 << at;
        let n_fixed = self.fixed[slot].iter().filter(|needs| **needs & !all != 0).count();
        let behind = match slot + 1 < self.items.len() {
            true => search.gaps[self.from + slot].weight * size,
            false => 0.0,
        };
        Way {
            n_early: way.n_early + usize::from(is_early) + n_fixed,
            classes: way.classes << 4 | search.task.class(item).min(15) as u64,
            cost: way.cost + search.jobs[item].weight * (size + self.gaps[slot]) + behind,
            last: at,
        }
    }
}

#[cfg(test)]
mod tests;
