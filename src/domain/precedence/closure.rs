//! The set of nodes that is densest and waits for nothing outside of it, by a minimum cut.
//!
//! With the profit of a node being its weight less its size times the density of all, a set that
//! waits for nothing outside and has a positive profit is denser than the whole. The set of greatest
//! profit is a minimum cut (Picard 1976), found by Dinic's algorithm (1970). If no set has a profit,
//! what is left of the flow shows how the whole falls into parts of the same density (Picard and
//! Queyranne 1980).

use std::collections::VecDeque;

use super::graph::{Graph, product};
use super::naive::ready_first;
use crate::domain::graph::components;

/// How a graph falls apart.
pub(super) enum Split {
    /// These nodes, ascending, are denser than the rest and come first.
    Denser(Vec<usize>),
    /// Sets of equal density, in an order in which they can be done; none falls apart further.
    Equal(Vec<Vec<usize>>),
}

/// Splits a graph that is not empty.
pub(super) fn split(graph: &Graph) -> Split {
    let mut flow = Flow::new(graph);
    flow.run();
    let denser: Vec<usize> = (0..graph.len()).filter(|&node| flow.level[node].is_some()).collect();
    match denser.is_empty() {
        false => Split::Denser(denser),
        true => Split::Equal(flow.equal_parts()),
    }
}

/// More than every profit together.
const UNLIMITED: i128 = i128::MAX / 4;

struct Edge {
    to: usize,
    left: i128,
}

struct Flow {
    /// Each edge, followed by the one that takes it back.
    edges: Vec<Edge>,
    /// The edges that begin at each node.
    out: Vec<Vec<usize>>,
    /// How far each node is from the source; `None`: it cannot be reached any more.
    level: Vec<Option<usize>>,
    source: usize,
    sink: usize,
}

impl Flow {
    fn new(graph: &Graph) -> Self {
        let n = graph.len();
        let (source, sink) = (n, n + 1);
        let mut flow = Self {
            edges: Vec::new(),
            out: vec![Vec::new(); n + 2],
            level: Vec::new(),
            source,
            sink,
        };
        let (weight, size) = (graph.weight.iter().sum(), graph.size.iter().sum());
        for node in 0..n {
            let profit = product(graph.weight[node], size) - product(graph.size[node], weight);
            match profit {
                1.. => flow.connect(source, node, profit),
                0 => {}
                _ => flow.connect(node, sink, -profit),
            }
            graph.before[node].iter().for_each(|&first| flow.connect(node, first, UNLIMITED));
        }
        flow
    }

    fn connect(&mut self, from: usize, to: usize, left: i128) {
        for (from, to, left) in [(from, to, left), (to, from, 0)] {
            self.out[from].push(self.edges.len());
            self.edges.push(Edge { to, left });
        }
    }

    /// Sends all that can be sent.
    fn run(&mut self) {
        while self.find_levels() {
            let mut next = vec![0; self.out.len()];
            while let Some(path) = self.path(&mut next) {
                self.send(&path);
            }
        }
    }

    /// Whether the sink can still be reached.
    fn find_levels(&mut self) -> bool {
        self.level = vec![None; self.out.len()];
        self.level[self.source] = Some(0);
        let mut queue = VecDeque::from([(self.source, 0)]);
        while let Some((node, level)) = queue.pop_front() {
            for &edge in &self.out[node] {
                let Edge { to, left } = self.edges[edge];
                if left > 0 && self.level[to].is_none() {
                    self.level[to] = Some(level + 1);
                    queue.push_back((to, level + 1));
                }
            }
        }
        self.level[self.sink].is_some()
    }

    /// The edges of a shortest way to the sink. `next` is the edge to try next, for each node.
    fn path(&self, next: &mut [usize]) -> Option<Vec<usize>> {
        let mut path: Vec<usize> = Vec::new();
        let mut node = self.source;
        while node != self.sink {
            let below = self.level[node].map(|level| level + 1);
            let leads_on = |&&edge: &&usize| {
                self.edges[edge].left > 0 && self.level[self.edges[edge].to] == below
            };
            let tried = next[node];
            let found = self.out[node][tried..].iter().position(|edge| leads_on(&edge));
            match found {
                Some(more) => {
                    next[node] = tried + more;
                    let edge = self.out[node][next[node]];
                    path.push(edge);
                    node = self.edges[edge].to;
                }
                None => {
                    // A dead end: back, and never here again.
                    next[node] = self.out[node].len();
                    let edge = path.pop()?;
                    node = self.edges[edge ^ 1].to;
                    next[node] += 1;
                }
            }
        }
        Some(path)
    }

    fn send(&mut self, path: &[usize]) {
        let most = path.iter().map(|&edge| self.edges[edge].left).min().unwrap_or_default();
        for &edge in path {
            self.edges[edge].left -= most;
            self.edges[edge ^ 1].left += most;
        }
    }

    /// The sets of nodes that only fall apart at the price of a part with a loss.
    fn equal_parts(&self) -> Vec<Vec<usize>> {
        let open = |node: usize| {
            let edges = self.out[node].iter().map(|&edge| &self.edges[edge]);
            edges.filter(|edge| edge.left > 0 && edge.to < self.source).map(|edge| edge.to)
        };
        let edges: Vec<Vec<usize>> = (0..self.source).map(|node| open(node).collect()).collect();
        let mut parts = components(&edges);
        parts.iter_mut().for_each(|part| part.sort_unstable());
        parts.sort_unstable();
        let mut part_of = vec![0; self.source];
        for (at, part) in parts.iter().enumerate() {
            part.iter().for_each(|&node| part_of[node] = at);
        }
        let before = parts.iter().enumerate().map(|(at, part)| {
            let before = part.iter().flat_map(|&node| &edges[node]).map(|&node| part_of[node]);
            before.filter(|it| *it != at).collect()
        });
        let none = vec![0; parts.len()];
        let order = Graph::new(none.clone(), none, before.collect());
        ready_first(&order, |_| ()).into_iter().map(|at| std::mem::take(&mut parts[at])).collect()
    }
}
