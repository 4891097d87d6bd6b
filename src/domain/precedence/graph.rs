//! Jobs as a graph without circles, with whole numbers.
//!
//! Whole numbers make every comparison of densities and every cut exact, so that an order never
//! hangs on the last bit of a fraction.

use std::cmp::Ordering;

use super::Job;
use crate::domain::graph::components;

/// How many bits the sum of all weights, or of all sizes, may have: products of both, and sums of
/// these, fit into 128.
const BITS: i32 = 50;

/// Jobs, or circles of jobs, and what they wait for.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) weight: Vec<i64>,
    pub(super) size: Vec<i64>,
    /// What each node waits for, ascending.
    pub(super) before: Vec<Vec<usize>>,
    /// What waits for each node, ascending.
    pub(super) after: Vec<Vec<usize>>,
}

/// Weight per size. Nothing is denser than what takes no time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Density {
    pub(super) weight: i64,
    pub(super) size: i64,
}

impl Ord for Density {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.size, other.size) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Greater,
            (_, 0) => Ordering::Less,
            _ => product(self.weight, other.size).cmp(&product(other.weight, self.size)),
        }
    }
}

impl PartialOrd for Density {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Density {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Density {}

/// The exact product.
pub(super) fn product(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

/// Nodes that are done one after the other.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) nodes: Vec<usize>,
    pub(super) weight: i64,
    pub(super) size: i64,
}

impl Block {
    pub(super) fn density(&self) -> Density {
        Density { weight: self.weight, size: self.size }
    }

    /// The lowest of its nodes.
    pub(super) fn first(&self) -> usize {
        self.nodes.iter().copied().min().unwrap_or_default()
    }

    /// The block of a part in the numbers of the whole.
    pub(super) fn within(mut self, whole: &[usize]) -> Self {
        self.nodes.iter_mut().for_each(|node| *node = whole[*node]);
        self
    }
}

impl Graph {
    /// The jobs as a graph, and the jobs of each of its nodes: several where they wait for each
    /// other in a circle. Nodes are in the order of their first jobs.
    pub(super) fn condensed(jobs: &[Job], before: &[Vec<usize>]) -> (Self, Vec<Vec<usize>>) {
        let n = jobs.len();
        let known = |job: usize| before.get(job).into_iter().flatten().filter(|it| **it < n);
        let edges: Vec<Vec<usize>> = (0..n).map(|job| known(job).copied().collect()).collect();
        let mut members = components(&edges);
        members.iter_mut().for_each(|jobs| jobs.sort_unstable());
        members.sort_unstable();
        let mut node = vec![0; n];
        for (at, jobs) in members.iter().enumerate() {
            jobs.iter().for_each(|&job| node[job] = at);
        }
        let sums = |numbers: Vec<i64>| -> Vec<i64> {
            members.iter().map(|jobs| jobs.iter().map(|&job| numbers[job]).sum()).collect()
        };
        let of_members = members.iter().enumerate().map(|(at, jobs)| {
            let before = jobs.iter().flat_map(|&job| &edges[job]).map(|&job| node[job]);
            before.filter(|it| *it != at).collect()
        });
        let graph = Self::new(
            sums(whole(jobs.iter().map(|job| job.weight).collect())),
            sums(whole(jobs.iter().map(|job| job.size).collect())),
            of_members.collect(),
        );
        (graph, members)
    }

    /// A graph from what its nodes wait for.
    pub(super) fn new(weight: Vec<i64>, size: Vec<i64>, mut before: Vec<Vec<usize>>) -> Self {
        let mut after = vec![Vec::new(); before.len()];
        for (node, before) in before.iter_mut().enumerate() {
            before.sort_unstable();
            before.dedup();
            before.iter().for_each(|&first| after[first].push(node));
        }
        Self { weight, size, before, after }
    }

    pub(super) fn len(&self) -> usize {
        self.weight.len()
    }

    pub(super) fn density(&self, node: usize) -> Density {
        Density { weight: self.weight[node], size: self.size[node] }
    }

    /// These nodes as a block.
    pub(super) fn block(&self, nodes: Vec<usize>) -> Block {
        let sum = |numbers: &[i64]| nodes.iter().map(|&node| numbers[node]).sum();
        let (weight, size) = (sum(&self.weight), sum(&self.size));
        Block { nodes, weight, size }
    }

    /// The graph of some nodes, which are ascending: node `n` is `nodes[n]`.
    pub(super) fn part(&self, nodes: &[usize]) -> Self {
        let of = |numbers: &[i64]| nodes.iter().map(|&node| numbers[node]).collect();
        let local = |node: &usize| nodes.binary_search(node).ok();
        let before = |&node: &usize| self.before[node].iter().filter_map(local).collect();
        Self::new(of(&self.weight), of(&self.size), nodes.iter().map(before).collect())
    }

    /// The graph with time turned round. Its node `n` is the `n`-th from the end, so that what is
    /// equally good keeps its order when the answer is turned back.
    ///
    /// The cost stays the same: it counts weight times size for each job and each one that is not
    /// after it, and both change their roles.
    pub(super) fn reversed(&self) -> Self {
        let turned = |numbers: &[i64]| numbers.iter().rev().copied().collect();
        let last = self.len().wrapping_sub(1);
        let before = |after: &Vec<usize>| after.iter().map(|node| last - node).collect();
        let before = self.after.iter().rev().map(before).collect();
        Self::new(turned(&self.size), turned(&self.weight), before)
    }

    /// The sets of nodes that have to do with each other, each ascending.
    pub(super) fn components(&self) -> Vec<Vec<usize>> {
        let mut is_seen = vec![false; self.len()];
        let mut components = Vec::new();
        for root in 0..self.len() {
            if is_seen[root] {
                continue;
            }
            is_seen[root] = true;
            let mut nodes = vec![root];
            let mut at = 0;
            while let Some(&node) = nodes.get(at) {
                at += 1;
                for &next in self.before[node].iter().chain(&self.after[node]) {
                    if !is_seen[next] {
                        is_seen[next] = true;
                        nodes.push(next);
                    }
                }
            }
            nodes.sort_unstable();
            components.push(nodes);
        }
        components
    }

    /// The cost of an order of all nodes, or of some of them.
    pub(super) fn cost(&self, order: &[usize]) -> i128 {
        let mut time = 0;
        let delay = |&node: &usize| {
            time += self.size[node];
            product(self.weight[node], time)
        };
        order.iter().map(delay).sum()
    }
}

/// The numbers times a power of two, rounded, so that their sum has few enough [`BITS`] and whole
/// numbers of a usual size stay exact.
fn whole(numbers: Vec<f64>) -> Vec<i64> {
    let clean = |number: f64| if number.is_finite() { number.max(0.0) } else { 0.0 };
    let most = numbers.iter().copied().map(clean).fold(0.0, f64::max);
    if most <= 0.0 {
        return vec![0; numbers.len()];
    }
    let bits_of_count = usize::BITS - numbers.len().leading_zeros();
    let bits = BITS - bits_of_count as i32 - most.log2().ceil() as i32;
    // Twice, because one power of two can be too large for a float where its half is not.
    let (half, rest) = (2f64.powi(bits / 2), 2f64.powi(bits - bits / 2));
    numbers.into_iter().map(|number| (clean(number) * half * rest).round() as i64).collect()
}
