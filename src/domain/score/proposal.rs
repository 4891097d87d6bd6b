//! The order that follows from the scores, as a proposal.
//!
//! Which items move and which stay is decided like this:
//!
//! - An item whose field `pinned` says why its place is kept, an item of a sprint that is running, and
//!   an item without a score keep their positions. The others share the positions that are left.
//! - These are filled from the top, each with the first item of the best order (see
//!   [`precedence`]) whose dependencies stand above. What a fixed item
//!   waits for comes above it in time, if there is a position for it.
//! - That order, and the one of today, are improved piece by piece, and the better one is taken: fewer
//!   items above what they wait for, then the classes in their order, then the least cost of delay.
//! - If it is no better than the order of today, nothing moves.

use std::collections::HashSet;

use super::dependencies::among;
use super::improve::{NEIGHBOURS, Task, improved};
use super::slots::Slots;
use super::{Scoring, Worth};
use crate::domain::backlog::Backlog;
use crate::domain::entry::Entry;
use crate::domain::graph::Walk;
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
    /// Whether the order of today is as good as if nothing had to keep its place.
    pub is_followed: bool,
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
    /// The lowest item that it waits for and that keeps its place, if that is what keeps it low.
    pub held: Option<Held<'a>>,
}

/// An item that keeps its place, and holds back what waits for it.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The item that keeps its place.
    pub by: &'a Entry,
    /// Where it stands, from 1.
    pub at: usize,
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
    let task = Task { worths: &worths, before: &before, is_fixed: &is_fixed };
    let Choice { wanted, cost_before, cost_after, is_followed } = choice(task);
    let keys = keys(&items, &wanted, &is_fixed);
    let written: HashSet<&str> = keys.iter().map(|(id, _)| id.as_str()).collect();
    let moves = wanted
        .iter()
        .enumerate()
        .filter(|(to, at)| *to != **at && written.contains(items[**at].id()));
    let mut walk = Walk::new(&before);
    let mut held = |at: usize, to: usize| {
        let lowest = walk.from(at).iter().copied().filter(|&first| is_fixed[first]).max()?;
        // What stands higher leaves room above both places.
        (lowest + 1 >= at.min(to)).then(|| Held { by: items[lowest], at: lowest + 1 })
    };
    let moves = moves
        .map(|(to, &at)| Move { item: items[at], from: at + 1, to: to + 1, held: held(at, to) })
        .collect();
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
        is_followed,
    }
}

/// The order that is chosen.
pub(super) struct Choice {
    pub(super) wanted: Vec<usize>,
    cost_before: f64,
    cost_after: f64,
    /// Whether the order of today is no worse than the best without fixed items.
    is_followed: bool,
}

/// The best order that is known in which what is fixed keeps its position; that of today, if no
/// other is better.
pub(super) fn choice(task: Task<'_>) -> Choice {
    let today: Vec<usize> = (0..task.before.len()).collect();
    let best = best(task);
    let mut orders = vec![Slots::new(task.before, task.is_fixed, &best).filled()];
    let old = task.merit(&today);
    let is_followed = !task.merit(&best).is_better_than(&old);
    // Where nothing is fixed, the first is the best that is known.
    if task.is_fixed.contains(&true) {
        orders.push(today.clone());
        orders = orders.into_iter().map(|it| improved(task, it, NEIGHBOURS)).collect();
    }
    let cost_before = old.cost;
    let (mut wanted, mut merit) = (today, old);
    for order in orders {
        let other = task.merit(&order);
        if other.is_better_than(&merit) {
            (wanted, merit) = (order, other);
        }
    }
    Choice { wanted, cost_before, cost_after: merit.cost, is_followed }
}

/// The best order of all items: class by class, each with what it needs of the later ones.
fn best(task: Task<'_>) -> Vec<usize> {
    let Task { worths, before, .. } = task;
    let jobs = task.jobs();
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
