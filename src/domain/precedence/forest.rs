//! Forests, where the best order is found by joining a job to the one that it waits for.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::graph::{Block, Density, Graph};

/// The blocks of a best order, if no job waits for two, or if no two wait for one; `None` for
/// another graph.
pub(super) fn blocks(graph: &Graph) -> Option<Vec<Block>> {
    if graph.before.iter().all(|before| before.len() <= 1) {
        return Some(of_out_forest(graph));
    }
    if graph.after.iter().all(|after| after.len() <= 1) {
        let mut blocks = of_out_forest(&graph.reversed());
        blocks.reverse();
        let last = graph.len().wrapping_sub(1);
        let turned = |block: Block| {
            let nodes = block.nodes.iter().rev().map(|node| last - node).collect();
            Block { nodes, weight: block.size, size: block.weight }
        };
        return Some(blocks.into_iter().map(turned).collect());
    }
    None
}

/// The densest block of all comes directly after the one that it waits for (Horn 1972): it is
/// joined to it, or is next if it waits for nothing any more.
fn of_out_forest(graph: &Graph) -> Vec<Block> {
    let mut forest = Forest::new(graph);
    let mut blocks = Vec::new();
    let mut heap: BinaryHeap<(Density, Reverse<usize>)> =
        (0..graph.len()).map(|node| (graph.density(node), Reverse(node))).collect();
    while let Some((density, Reverse(node))) = heap.pop() {
        let is_current = forest.weight[node] == density.weight && forest.size[node] == density.size;
        if forest.head[node] != node || forest.is_done[node] || !is_current {
            continue;
        }
        let above = graph.before[node].first().map(|&above| forest.find(above));
        match above.filter(|&above| !forest.is_done[above]) {
            Some(above) => {
                forest.join(above, node);
                let density = Density { weight: forest.weight[above], size: forest.size[above] };
                heap.push((density, Reverse(above)));
            }
            None => {
                forest.is_done[node] = true;
                blocks.push(forest.block(node));
            }
        }
    }
    blocks
}

/// Blocks that grow. Each is known by its first node, its head.
struct Forest {
    /// The head of the block of a node, or a node that is nearer to it.
    head: Vec<usize>,
    /// The node that follows in its block; itself at the end.
    next: Vec<usize>,
    /// The last node of a block, by its head.
    last: Vec<usize>,
    weight: Vec<i64>,
    size: Vec<i64>,
    is_done: Vec<bool>,
}

impl Forest {
    fn new(graph: &Graph) -> Self {
        let nodes: Vec<usize> = (0..graph.len()).collect();
        Self {
            head: nodes.clone(),
            next: nodes.clone(),
            last: nodes,
            weight: graph.weight.clone(),
            size: graph.size.clone(),
            is_done: vec![false; graph.len()],
        }
    }

    fn find(&mut self, mut node: usize) -> usize {
        while self.head[node] != node {
            self.head[node] = self.head[self.head[node]];
            node = self.head[node];
        }
        node
    }

    /// Appends one block to another.
    fn join(&mut self, above: usize, below: usize) {
        self.head[below] = above;
        self.next[self.last[above]] = below;
        self.last[above] = self.last[below];
        self.weight[above] += self.weight[below];
        self.size[above] += self.size[below];
    }

    fn block(&self, head: usize) -> Block {
        let next = |&node: &usize| Some(self.next[node]).filter(|next| *next != node);
        let nodes = std::iter::successors(Some(head), next).collect();
        Block { nodes, weight: self.weight[head], size: self.size[head] }
    }
}
