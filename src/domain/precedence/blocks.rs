//! Sidney's decomposition, and the order inside of its blocks.
//!
//! Why no simple policy is ever better: take any order, do the blocks one after the other and keep
//! its order inside of each, and it costs no more than before. What comes first of a block is never
//! denser than the block, so what follows is never less dense; and what is not of the block is never
//! denser. So where a block is not solved exactly, the policies' own orders are among those of which
//! the best is taken.

use std::cell::OnceCell;

use super::closure::{Split, split};
use super::graph::{Block, Graph};
use super::naive::{Policy, order};
use super::{exact, forest, greedy};

/// Blocks of more nodes are not taken apart by their first or last node: each costs a cut.
const PEELED: usize = 200;

/// The blocks of a graph in the order in which they are done, their nodes in order.
pub(super) fn blocks(graph: &Graph) -> Vec<Block> {
    forest::blocks(graph).unwrap_or_else(|| {
        let orders = OnceCell::new();
        Solver { graph, orders: &orders }.blocks((0..graph.len()).collect())
    })
}

struct Solver<'a> {
    graph: &'a Graph,
    /// The places of all nodes in the orders of simple policies.
    orders: &'a OnceCell<Vec<Vec<usize>>>,
}

impl Solver<'_> {
    /// The blocks of some nodes, which are ascending.
    fn blocks(&self, nodes: Vec<usize>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut open = vec![nodes];
        while let Some(nodes) = open.pop() {
            let part = self.graph.part(&nodes);
            if let Some(found) = forest::blocks(&part) {
                blocks.extend(found.into_iter().map(|block| block.within(&nodes)));
                continue;
            }
            let within = |part: Vec<usize>| part.into_iter().map(|at| nodes[at]).collect();
            match split(&part) {
                Split::Denser(denser) => {
                    let is_rest = |at: &usize| denser.binary_search(at).is_err();
                    open.push(within((0..nodes.len()).filter(is_rest).collect()));
                    open.push(within(denser));
                }
                Split::Equal(parts) => {
                    let parts = parts.into_iter().map(within);
                    blocks.extend(parts.map(|nodes: Vec<usize>| self.arranged(nodes)));
                }
            }
        }
        blocks
    }

    /// The block of these nodes, in a good order.
    fn arranged(&self, nodes: Vec<usize>) -> Block {
        let part = self.graph.part(&nodes);
        let within = |order: Vec<usize>| order.into_iter().map(|at| nodes[at]).collect();
        let order = if let Some(blocks) = forest::blocks(&part) {
            within(blocks.into_iter().flat_map(|block| block.nodes).collect())
        } else if part.len() <= exact::MOST {
            within(exact::best(&part))
        } else if let Some(order) = self.peeled(&part, &nodes) {
            order
        } else {
            self.best_known(&nodes)
        };
        self.graph.block(order)
    }

    /// The order of a block with one first or one last node: that one, and the blocks of the rest.
    fn peeled(&self, part: &Graph, nodes: &[usize]) -> Option<Vec<usize>> {
        if nodes.len() > PEELED {
            return None;
        }
        let only = |edges: &[Vec<usize>]| {
            let mut ends = (0..nodes.len()).filter(|&at| edges[at].is_empty());
            ends.next().filter(|_| ends.next().is_none())
        };
        let rest = |end: usize| {
            let rest = nodes.iter().copied().filter(|&node| node != nodes[end]).collect();
            self.blocks(rest).into_iter().flat_map(|block| block.nodes)
        };
        if let Some(first) = only(&part.before) {
            return Some(std::iter::once(nodes[first]).chain(rest(first)).collect());
        }
        let last = only(&part.after)?;
        Some(rest(last).chain([nodes[last]]).collect())
    }

    /// The best of the orders of simple policies, improved.
    fn best_known(&self, nodes: &[usize]) -> Vec<usize> {
        let orders = self.orders.get_or_init(|| places(self.graph));
        let restricted = orders.iter().map(|places| {
            let mut order = nodes.to_vec();
            order.sort_by_key(|&node| places[node]);
            exact::improved(self.graph, order)
        });
        restricted.min_by_key(|order| self.graph.cost(order)).unwrap_or_default()
    }
}

/// The places of the nodes in the orders of the simple policies, of the greedy closures, and of
/// these with time turned round.
fn places(graph: &Graph) -> Vec<Vec<usize>> {
    let greedy = |graph: &Graph| -> Vec<usize> {
        greedy::blocks(graph).into_iter().flat_map(|block| block.nodes).collect()
    };
    let last = graph.len().wrapping_sub(1);
    let turned = greedy(&graph.reversed()).into_iter().rev().map(|node| last - node).collect();
    let naive = Policy::ALL.into_iter().map(|policy| order(policy, graph));
    let places = |order: Vec<usize>| {
        let mut places = vec![0; order.len()];
        order.into_iter().enumerate().for_each(|(at, node)| places[node] = at);
        places
    };
    naive.chain([greedy(graph), turned]).map(places).collect()
}
