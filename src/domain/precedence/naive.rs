//! The simple policies that people and tools use: what a good order is measured by.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::Job;
use super::graph::Graph;

/// A simple way to order jobs that wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// The smallest job that can be begun.
    CheapFirst,
    /// The job with the most weight that can be begun, whatever its size.
    ValueOnly,
    /// The job with the most weight for its size that can be begun.
    BestReady,
    /// The jobs by weight for size, each directly after all that it still waits for.
    JustInTime,
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::CheapFirst, Self::ValueOnly, Self::BestReady, Self::JustInTime];
}

/// The order that a simple policy gives.
pub fn naive(policy: Policy, jobs: &[Job], before: &[Vec<usize>]) -> Vec<usize> {
    let (graph, members) = Graph::condensed(jobs, before);
    order(policy, &graph).into_iter().flat_map(|node| members[node].iter().copied()).collect()
}

/// The order of the nodes of a graph.
pub(super) fn order(policy: Policy, graph: &Graph) -> Vec<usize> {
    match policy {
        Policy::CheapFirst => ready_first(graph, |node| Reverse(graph.size[node])),
        Policy::ValueOnly => ready_first(graph, |node| graph.weight[node]),
        Policy::BestReady => ready_first(graph, |node| graph.density(node)),
        Policy::JustInTime => just_in_time(graph),
    }
}

/// Next comes, of all that can be begun, what has the greatest key; the first of equals.
pub(super) fn ready_first<K: Ord>(graph: &Graph, key: impl Fn(usize) -> K) -> Vec<usize> {
    let mut waits: Vec<usize> = graph.before.iter().map(Vec::len).collect();
    let ready = (0..graph.len()).filter(|&node| waits[node] == 0);
    let mut ready: BinaryHeap<_> = ready.map(|node| (key(node), Reverse(node))).collect();
    let mut order = Vec::with_capacity(graph.len());
    while let Some((_, Reverse(node))) = ready.pop() {
        order.push(node);
        for &next in &graph.after[node] {
            waits[next] -= 1;
            if waits[next] == 0 {
                ready.push((key(next), Reverse(next)));
            }
        }
    }
    order
}

fn just_in_time(graph: &Graph) -> Vec<usize> {
    let mut place = vec![0; graph.len()];
    for (at, node) in ready_first(graph, |_| Ordering::Equal).into_iter().enumerate() {
        place[node] = at;
    }
    let mut wanted: Vec<usize> = (0..graph.len()).collect();
    wanted.sort_by_key(|&node| (Reverse(graph.density(node)), node));
    let mut is_done = vec![false; graph.len()];
    let mut order = Vec::with_capacity(graph.len());
    for node in wanted {
        let mut needed = still_needed(graph, node, &mut is_done);
        needed.sort_by_key(|&node| place[node]);
        order.extend(needed);
    }
    order
}

/// A node and all that it waits for, as far as it is not done; it is marked as done.
pub(super) fn still_needed(graph: &Graph, node: usize, is_done: &mut [bool]) -> Vec<usize> {
    if std::mem::replace(&mut is_done[node], true) {
        return Vec::new();
    }
    let mut needed = vec![node];
    let mut at = 0;
    while let Some(&node) = needed.get(at) {
        at += 1;
        for &first in &graph.before[node] {
            if !std::mem::replace(&mut is_done[first], true) {
                needed.push(first);
            }
        }
    }
    needed
}
