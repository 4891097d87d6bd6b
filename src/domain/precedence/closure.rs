//! The set of nodes that is densest and waits for nothing outside of it, by a minimum cut.
//!
//! With the profit of a node being its weight less its size times the density of all, a set that
//! waits for nothing outside and has a positive profit is denser than the whole. The set of greatest
//! profit is a minimum cut (Picard 1976), found by pushing profits to what they need, until they are
//! used up by losses or cannot go on (Goldberg and Tarjan 1988, with the global updates of Cherkassky
//! and Goldberg 1997). If no set has a profit, what is left of the flow shows how the whole falls into
//! parts of the same density (Picard and Queyranne 1980).

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
    match flow.excess.iter().any(|excess| *excess > 0) {
        true => Split::Denser((0..graph.len()).filter(|&node| !flow.is_near(node)).collect()),
        false => Split::Equal(flow.equal_parts()),
    }
}

/// More than every profit together.
const UNLIMITED: i128 = i128::MAX / 4;

struct Edge {
    to: usize,
    left: i128,
}

/// Profits on their way from where they are made, through what their nodes wait for, to losses.
struct Flow {
    /// Each edge, followed by the one that takes it back.
    edges: Vec<Edge>,
    /// The edges that begin at each node.
    out: Vec<Vec<usize>>,
    /// What has come to each node and has not gone on.
    excess: Vec<i128>,
    /// What each node can still take.
    room: Vec<i128>,
    /// At most how many edges it takes to a node with room, from 1; [`Self::far`] if none can be
    /// reached.
    height: Vec<usize>,
}

impl Flow {
    fn new(graph: &Graph) -> Self {
        let n = graph.len();
        let mut flow = Self {
            edges: Vec::new(),
            out: vec![Vec::new(); n],
            excess: vec![0; n],
            room: vec![0; n],
            height: Vec::new(),
        };
        let (weight, size) = (graph.weight.iter().sum(), graph.size.iter().sum());
        for node in 0..n {
            let profit = product(graph.weight[node], size) - product(graph.size[node], weight);
            (flow.excess[node], flow.room[node]) = (profit.max(0), (-profit).max(0));
            graph.before[node].iter().for_each(|&first| flow.connect(node, first));
        }
        flow
    }

    fn connect(&mut self, from: usize, to: usize) {
        for (from, to, left) in [(from, to, UNLIMITED), (to, from, 0)] {
            self.out[from].push(self.edges.len());
            self.edges.push(Edge { to, left });
        }
    }

    fn far(&self) -> usize {
        self.out.len() + 1
    }

    /// Whether something with room can be reached.
    fn is_near(&self, node: usize) -> bool {
        self.height[node] < self.far()
    }

    /// Pushes until nothing can go on.
    fn run(&mut self) {
        let n = self.out.len();
        self.update();
        let mut next = vec![0; n];
        let mut active: VecDeque<usize> = (0..n).filter(|&node| self.excess[node] > 0).collect();
        let mut n_raised = 0;
        while let Some(node) = active.pop_front() {
            n_raised += self.discharge(node, &mut next[node], &mut active);
            if n_raised > n {
                n_raised = 0;
                self.update();
                next.fill(0);
                let is_active = |&node: &usize| self.excess[node] > 0 && self.is_near(node);
                active = (0..n).filter(is_active).collect();
            }
        }
        self.update();
    }

    /// Lets go of what has come to a node; how often the node was raised for that.
    fn discharge(&mut self, node: usize, next: &mut usize, active: &mut VecDeque<usize>) -> usize {
        let mut n_raised = 0;
        let used = self.excess[node].min(self.room[node]);
        self.excess[node] -= used;
        self.room[node] -= used;
        while self.excess[node] > 0 && self.is_near(node) {
            let Some(&edge) = self.out[node].get(*next) else {
                self.raise(node);
                *next = 0;
                n_raised += 1;
                continue;
            };
            let Edge { to, left } = self.edges[edge];
            if left == 0 || self.height[node] != self.height[to] + 1 {
                *next += 1;
                continue;
            }
            let pushed = left.min(self.excess[node]);
            self.edges[edge].left -= pushed;
            self.edges[edge ^ 1].left += pushed;
            self.excess[node] -= pushed;
            if self.excess[to] == 0 {
                active.push_back(to);
            }
            self.excess[to] += pushed;
        }
        n_raised
    }

    /// Above the lowest that it can push to.
    fn raise(&mut self, node: usize) {
        let open = self.out[node].iter().map(|&edge| &self.edges[edge]).filter(|it| it.left > 0);
        let lowest = open.map(|edge| self.height[edge.to]).min();
        self.height[node] = lowest.map_or(self.far(), |lowest| (lowest + 1).min(self.far()));
    }

    /// Measures all heights anew, from what has room backwards.
    fn update(&mut self) {
        self.height = vec![self.far(); self.out.len()];
        let mut queue: VecDeque<usize> =
            (0..self.out.len()).filter(|&node| self.room[node] > 0).collect();
        queue.iter().for_each(|&node| self.height[node] = 1);
        while let Some(node) = queue.pop_front() {
            for &edge in &self.out[node] {
                let from = self.edges[edge].to;
                if self.edges[edge ^ 1].left > 0 && !self.is_near(from) {
                    self.height[from] = self.height[node] + 1;
                    queue.push_back(from);
                }
            }
        }
    }

    /// The sets of nodes that only fall apart at the price of a part with a loss.
    fn equal_parts(&self) -> Vec<Vec<usize>> {
        let open = |node: usize| {
            let edges = self.out[node].iter().map(|&edge| &self.edges[edge]);
            edges.filter(|edge| edge.left > 0).map(|edge| edge.to)
        };
        let edges: Vec<Vec<usize>> = (0..self.out.len()).map(|node| open(node).collect()).collect();
        let mut parts = components(&edges);
        parts.iter_mut().for_each(|part| part.sort_unstable());
        parts.sort_unstable();
        let mut part_of = vec![0; self.out.len()];
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
