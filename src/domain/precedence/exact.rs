//! The best order of a few nodes, by looking at every set of them that can be done first.

use super::graph::{Graph, product};

/// The most nodes that are ordered exactly: 2^12 sets.
pub(super) const MOST: usize = 12;

/// How many neighbours are put into their best order at once where there are more.
const WINDOW: usize = 8;

/// How often an order is gone through to improve it.
const ROUNDS: usize = 8;

/// The best order of all nodes; there are at most [`MOST`].
pub(super) fn best(graph: &Graph) -> Vec<usize> {
    let n = graph.len();
    let bits = |nodes: &[usize]| nodes.iter().fold(0usize, |bits, node| bits | 1 << node);
    let before: Vec<usize> = graph.before.iter().map(|before| bits(before)).collect();
    // For each set that is done first: how long it takes, its least cost, and its last node.
    let mut time = vec![0i64; 1 << n];
    let mut least: Vec<Option<(i128, usize)>> = vec![None; 1 << n];
    least[0] = Some((0, 0));
    for done in 0..1usize << n {
        let Some((cost, _)) = least[done] else { continue };
        for node in (0..n).filter(|&node| done & 1 << node == 0 && before[node] & !done == 0) {
            let with = done | 1 << node;
            time[with] = time[done] + graph.size[node];
            let cost = cost + product(graph.weight[node], time[with]);
            // Of equals the later node comes last.
            if least[with].is_none_or(|it| (cost, node) < (it.0, it.1) || cost < it.0) {
                least[with] = Some((cost, node));
            }
        }
    }
    let mut order = Vec::with_capacity(n);
    let mut done = (1usize << n) - 1;
    while let Some((_, last)) = least[done].filter(|_| done != 0) {
        order.push(last);
        done &= !(1 << last);
    }
    order.reverse();
    order
}

/// The order with each few neighbours in their best order, until nothing changes; it never costs
/// more.
pub(super) fn improved(graph: &Graph, mut order: Vec<usize>) -> Vec<usize> {
    for _ in 0..ROUNDS {
        let mut is_better = false;
        let mut start = 0;
        while start < order.len() {
            let window = start..order.len().min(start + WINDOW);
            is_better |= improve(graph, &mut order[window]);
            start += WINDOW / 2;
        }
        if !is_better {
            break;
        }
    }
    order
}

/// Puts neighbours into their best order; whether that costs less.
fn improve(graph: &Graph, neighbours: &mut [usize]) -> bool {
    let mut nodes = neighbours.to_vec();
    nodes.sort_unstable();
    let order: Vec<usize> = best(&graph.part(&nodes)).into_iter().map(|node| nodes[node]).collect();
    let is_better = graph.cost(&order) < graph.cost(neighbours);
    if is_better {
        neighbours.copy_from_slice(&order);
    }
    is_better
}
