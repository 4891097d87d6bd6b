//! The densest job together with all that it waits for, again and again.
//!
//! Quadratic in the jobs that have to do with each other, which are few in a backlog.

use super::graph::{Block, Density, Graph};
use super::naive::{ready_first, still_needed};
use crate::domain::graph::Walk;

/// The blocks of the order, each a job and what it still waited for.
pub(super) fn blocks(graph: &Graph) -> Vec<Block> {
    let mut before = Walk::new(&graph.before);
    let mut after = Walk::new(&graph.after);
    let mut sums: Vec<Density> =
        (0..graph.len()).map(|node| closure(graph, before.from(node), node)).collect();
    let mut is_done = vec![false; graph.len()];
    let mut left: Vec<usize> = (0..graph.len()).collect();
    let mut blocks = Vec::new();
    // The last of equals in reversed order is the first.
    while let Some(&best) = left.iter().rev().max_by_key(|&&node| sums[node]) {
        let mut nodes = still_needed(graph, best, &mut is_done);
        for &node in &nodes {
            // What is done does not count any more for what waited for it.
            for &later in after.from(node).iter().filter(|&&later| !is_done[later]) {
                sums[later].weight -= graph.weight[node];
                sums[later].size -= graph.size[node];
            }
        }
        left.retain(|&node| !is_done[node]);
        nodes.sort_unstable();
        let part = graph.part(&nodes);
        let order = ready_first(&part, |node| part.density(node));
        blocks.push(part.block(order).within(&nodes));
    }
    blocks
}

/// The weight and size of a job and all that it waits for.
fn closure(graph: &Graph, needed: &[usize], node: usize) -> Density {
    let sum =
        |numbers: &[i64]| numbers[node] + needed.iter().map(|&needed| numbers[needed]).sum::<i64>();
    Density { weight: sum(&graph.weight), size: sum(&graph.size) }
}
