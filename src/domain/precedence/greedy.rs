//! The densest job together with all that it waits for, again and again.
//!
//! Quadratic in the jobs that have to do with each other, which are few in a backlog.

use super::graph::{Block, Density, Graph};
use super::naive::{ready_first, still_needed};

/// The blocks of the order, each a job and what it still waited for.
pub(super) fn blocks(graph: &Graph) -> Vec<Block> {
    let mut sums: Vec<Density> = (0..graph.len()).map(|node| closure(graph, node)).collect();
    let mut is_done = vec![false; graph.len()];
    let mut left: Vec<usize> = (0..graph.len()).collect();
    let mut blocks = Vec::new();
    // The last of equals in reversed order is the first.
    while let Some(&best) = left.iter().rev().max_by_key(|&&node| sums[node]) {
        let mut nodes = still_needed(graph, best, &mut is_done);
        take_away(graph, &nodes, &is_done, &mut sums);
        left.retain(|&node| !is_done[node]);
        nodes.sort_unstable();
        let part = graph.part(&nodes);
        let order = ready_first(&part, |node| part.density(node));
        blocks.push(part.block(order).within(&nodes));
    }
    blocks
}

/// The weight and size of a job and all that it waits for.
fn closure(graph: &Graph, node: usize) -> Density {
    let (mut weight, mut size) = (0, 0);
    walk(node, &graph.before, |node| {
        weight += graph.weight[node];
        size += graph.size[node];
    });
    Density { weight, size }
}

/// What is done does not count any more for what waited for it.
fn take_away(graph: &Graph, nodes: &[usize], is_done: &[bool], sums: &mut [Density]) {
    for &node in nodes {
        walk(node, &graph.after, |later| {
            if !is_done[later] {
                sums[later].weight -= graph.weight[node];
                sums[later].size -= graph.size[node];
            }
        });
    }
}

/// Visits a node and all that can be reached from it, each once.
fn walk(node: usize, edges: &[Vec<usize>], mut visit: impl FnMut(usize)) {
    let mut seen = std::collections::BTreeSet::from([node]);
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        visit(node);
        open.extend(edges[node].iter().copied().filter(|&next| seen.insert(next)));
    }
}
