//! The order that follows from the scores, as a proposal.
//!
//! Which items move and which stay is decided like this:
//!
//! - An item whose field `pinned` says why its place is kept, an item of a sprint that is running, and
//!   an item without a score keep their positions. The others share the positions that are left.
//! - These are filled from the top, each with the first item of the best order (see
//!   [`precedence`](crate::domain::precedence)) whose dependencies stand above. What a fixed item
//!   waits for comes above it in time, if there is a position for it.
//! - If that puts no item after what it waits for that was before it, brings no class nearer to its
//!   place, and does not lower the cost of delay, nothing moves.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap, HashSet};

use super::dependencies::{after, among};
use super::{Scoring, Worth};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::graph::{Walk, components};
use crate::domain::kind::{Category, SPRINT};
use crate::domain::precedence::{self, Job};
use crate::domain::rank::{self, Rank};

/// An order of the open items.
#[derive(Debug)]
pub struct Proposal<'a> {
    /// The items in the order that is proposed.
    pub order: Vec<&'a Entry>,
    /// The items whose keys change, from the top of the new order.
    pub moves: Vec<Move<'a>>,
    /// The keys to write.
    pub keys: Vec<(String, Rank)>,
    /// The cost of delay of the scored items today: the sum of weight times the size of all that is
    /// done up to and with them.
    pub cost_before: f64,
    /// The same in the new order.
    pub cost_after: f64,
    /// The items that keep their places although they have a score, with the reason.
    pub kept: Vec<(&'a Entry, Kept)>,
    /// How many items have no score.
    pub n_unscored: usize,
}

/// An item that goes to another place.
#[derive(Clone, Copy, Debug)]
pub struct Move<'a> {
    /// The item.
    pub item: &'a Entry,
    /// Where it is, from 1.
    pub from: usize,
    /// Where it goes.
    pub to: usize,
}

/// Why an item keeps its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Somebody wants it there, for this reason.
    Pinned(String),
    /// It is in this sprint, which is running.
    Sprint(String),
}

/// What keeps an item at its place beside its score.
pub fn kept(backlog: &Backlog, item: &Entry) -> Option<Kept> {
    if let Some(why) = item.text("pinned") {
        return Some(Kept::Pinned(why.into_owned()));
    }
    let sprint = backlog.called(&item.text("sprint")?)?;
    let is_running =
        std::ptr::eq(sprint.kind, &SPRINT) && backlog.category(sprint) == Category::Doing;
    is_running.then(|| Kept::Sprint(sprint.id().to_owned()))
}

/// The order that the scores propose.
pub fn proposal<'a>(backlog: &'a Backlog, scoring: &Scoring) -> Proposal<'a> {
    let items: Vec<&Entry> = backlog.open_items().collect();
    let worths: Vec<Option<Worth>> =
        items.iter().map(|item| scoring.score(item).ok().map(|(_, worth)| worth)).collect();
    let kept: Vec<Option<Kept>> = items.iter().map(|item| kept(backlog, item)).collect();
    let is_fixed: Vec<bool> =
        kept.iter().zip(&worths).map(|(kept, worth)| kept.is_some() || worth.is_none()).collect();
    let before = among(backlog, &items);
    let today: Vec<usize> = (0..items.len()).collect();
    let wanted = Slots::new(&before, &is_fixed, &best(&worths, &before)).filled();
    let (cost_before, cost_after) = (cost(&today, &worths), cost(&wanted, &worths));
    let n_early = |order: &[usize]| precedence::early(order, &before);
    let is_better = match n_early(&wanted).cmp(&n_early(&today)) {
        Ordering::Less => true,
        Ordering::Equal => is_better(&wanted, &worths, cost_after < cost_before * ROUNDING),
        Ordering::Greater => false,
    };
    let (wanted, cost_after) = if is_better { (wanted, cost_after) } else { (today, cost_before) };
    let keys = keys(&items, &wanted, &is_fixed);
    let written: HashSet<&str> = keys.iter().map(|(id, _)| id.as_str()).collect();
    let moves = wanted
        .iter()
        .enumerate()
        .filter(|(to, at)| *to != **at && written.contains(items[**at].id()));
    let moves = moves.map(|(to, &at)| Move { item: items[at], from: at + 1, to: to + 1 }).collect();
    let kept = kept.into_iter().enumerate();
    let kept = kept.filter(|(at, _)| worths[*at].is_some());
    Proposal {
        order: wanted.iter().map(|&at| items[at]).collect(),
        moves,
        keys,
        cost_before,
        cost_after,
        kept: kept.filter_map(|(at, kept)| Some((items[at], kept?))).collect(),
        n_unscored: worths.iter().filter(|it| it.is_none()).count(),
    }
}

/// Less than this much better is what sums of fractions round.
const ROUNDING: f64 = 1.0 - 1e-12;

/// Whether an order is worth a change: it costs less, or classes come in their order that did not.
fn is_better(wanted: &[usize], worths: &[Option<Worth>], costs_less: bool) -> bool {
    let classes = |order: &mut dyn Iterator<Item = usize>| -> Vec<usize> {
        order.filter_map(|at| worths[at]).map(|worth| worth.class).collect()
    };
    let (new, old) = (classes(&mut wanted.iter().copied()), classes(&mut (0..worths.len())));
    match new.cmp(&old) {
        Ordering::Less => true,
        Ordering::Equal => costs_less,
        Ordering::Greater => false,
    }
}

fn cost(order: &[usize], worths: &[Option<Worth>]) -> f64 {
    let jobs: Vec<Job> = worths.iter().map(|worth| job(worth.as_ref())).collect();
    precedence::cost(order, &jobs)
}

/// What has no score takes no time and is worth nothing to the order; it only passes on who waits.
fn job(worth: Option<&Worth>) -> Job {
    let (weight, size) = worth.map_or((0.0, 0.0), |worth| (worth.weight, worth.size));
    Job { weight, size }
}

/// The best order of all items: class by class, each with what it needs of the later ones.
fn best(worths: &[Option<Worth>], before: &[Vec<usize>]) -> Vec<usize> {
    let jobs: Vec<Job> = worths.iter().map(|worth| job(worth.as_ref())).collect();
    let mut classes: Vec<usize> = worths.iter().flatten().map(|worth| worth.class).collect();
    classes.sort_unstable();
    classes.dedup();
    if classes.len() <= 1 {
        return precedence::sidney(&jobs, before);
    }
    let mut order = Vec::with_capacity(worths.len());
    let mut is_done = vec![false; worths.len()];
    let mut walk = Walk::new(before);
    // What has no score is in no class, and comes with what needs it or at the end.
    for class in classes.into_iter().map(Some).chain([None]) {
        let mut nodes: Vec<usize> = Vec::new();
        for at in (0..worths.len()).filter(|&at| worths[at].map(|it| it.class) == class) {
            let needed = walk.from(at).iter().chain([&at]);
            nodes.extend(needed.filter(|&&it| !std::mem::replace(&mut is_done[it], true)));
        }
        nodes.sort_unstable();
        let local = |node: &usize| nodes.binary_search(node).ok();
        let of_class: Vec<Job> = nodes.iter().map(|&at| jobs[at]).collect();
        let waits: Vec<Vec<usize>> =
            nodes.iter().map(|&at| before[at].iter().filter_map(local).collect()).collect();
        order.extend(precedence::sidney(&of_class, &waits).into_iter().map(|at| nodes[at]));
    }
    order
}

/// The keys to write for an order of the items, given by their indices.
fn keys(items: &[&Entry], wanted: &[usize], is_fixed: &[bool]) -> Vec<(String, Rank)> {
    if wanted.iter().enumerate().all(|(to, at)| to == *at) {
        return Vec::new();
    }
    let order: Vec<rank::Ranked<'_>> = items.iter().map(|item| (item.id(), item.rank())).collect();
    let ids: Vec<&str> = wanted.iter().map(|&at| items[at].id()).collect();
    let fixed: HashSet<&str> =
        (0..items.len()).filter(|&at| is_fixed[at]).map(|at| items[at].id()).collect();
    rank::arrange_around(&order, &ids, |id| fixed.contains(id))
}

/// Positions that are to be filled.
struct Slots {
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
    fn new(before: &[Vec<usize>], is_fixed: &[bool], best: &[usize]) -> Self {
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
    fn filled(mut self) -> Vec<usize> {
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
    let mut due: BTreeMap<usize, usize> = BTreeMap::new();
    let mut is_seen = vec![false; before.len()];
    for anchor in (0..before.len()).filter(|&at| is_fixed[at]) {
        let mut open = vec![anchor];
        while let Some(at) = open.pop() {
            for &first in &before[at] {
                if !std::mem::replace(&mut is_seen[first], true) {
                    if !is_fixed[first] {
                        due.insert(first, anchor);
                    }
                    open.push(first);
                }
            }
        }
    }
    // By the day on which they are due, in the best order: what another waits for is due no later
    // than it, and stands before it there.
    let mut waiting: Vec<(usize, usize, usize)> =
        due.into_iter().map(|(at, anchor)| (anchor, place[at], at)).collect();
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
