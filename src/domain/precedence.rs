//! The order of jobs that wait for each other, with the least cost of delay.
//!
//! Each job has a weight (what a day of delay costs, or its value) and a size (how long it takes).
//! The cost of an order is the sum, over all jobs, of weight times the time at which the job is
//! done. Without dependencies the best order goes by weight per size (Smith 1956). With them the
//! problem is strongly NP-hard (Lawler 1978; Lenstra and Rinnooy Kan 1978), and two things help:
//!
//! - [`sidney`] cuts the jobs into blocks: again and again the set of highest density that needs
//!   nothing outside of it (Sidney 1975), found by a minimum cut. Each best order does the blocks
//!   one after the other, and every order that does costs at most twice the least (Chekuri and
//!   Motwani 1999; Margot, Queyranne and Wang 2003). Inside a block it is exact for forests (Horn
//!   1972; Adolphson and Hu 1973) and for up to `exact::MOST` jobs; elsewhere it takes the best of
//!   several orders and improves it piece by piece.
//! - [`closures`] is the fast form: again and again the job that is best together with all that it
//!   still waits for.
//!
//! The place of a job in the input is its place today. It decides between what is equally good, and
//! inside of a circle, whose jobs are kept together. Weights and sizes below zero, and what is no
//! finite number, count as zero: a caller leaves out what has no number. A number that is 2^40 times
//! smaller than the largest may be rounded to zero.

mod blocks;
mod closure;
mod exact;
mod forest;
mod graph;
mod greedy;
mod naive;
#[cfg(test)]
mod properties;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use graph::{Block, Density, Graph};
pub use naive::{Policy, naive};

/// Something to be done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Job {
    /// What its delay costs for each unit of time.
    pub weight: f64,
    /// How many units of time it takes.
    pub size: f64,
}

/// The best order that is known: the numbers of the jobs, each once. `before[n]` are the jobs that
/// have to be done before job `n`; numbers that are no job are passed over.
pub fn sidney(jobs: &[Job], before: &[Vec<usize>]) -> Vec<usize> {
    ordered(jobs, before, blocks::blocks)
}

/// A good order by a simple rule: next comes the job that, together with all that it still waits
/// for, has the most weight for its size. Within 2 % of [`sidney`] on what was measured.
pub fn closures(jobs: &[Job], before: &[Vec<usize>]) -> Vec<usize> {
    ordered(jobs, before, greedy::blocks)
}

/// The sum of weight times the time at which a job is done, if they are done in this order.
pub fn cost(order: &[usize], jobs: &[Job]) -> f64 {
    let mut time = 0.0;
    let delay = |&job: &usize| {
        time += jobs[job].size;
        jobs[job].weight * time
    };
    order.iter().map(delay).sum()
}

/// Whether each job comes after all that it waits for. Jobs on a circle never do.
pub fn respects(order: &[usize], before: &[Vec<usize>]) -> bool {
    early(order, before) == 0
}

/// How many jobs come before something that they wait for.
pub fn early(order: &[usize], before: &[Vec<usize>]) -> usize {
    let mut is_done = vec![false; before.len()];
    let mut is_early = |job: usize| {
        is_done[job] = true;
        before[job].iter().any(|&first| first == job || !is_done[first])
    };
    order.iter().filter(|job| is_early(**job)).count()
}

/// Jobs that have nothing to do with each other are solved apart, and their blocks are brought
/// together by density.
fn ordered(jobs: &[Job], before: &[Vec<usize>], solve: fn(&Graph) -> Vec<Block>) -> Vec<usize> {
    let (graph, members) = Graph::condensed(jobs, before);
    let solved = graph.components().into_iter().map(|nodes| match nodes.len() {
        1 => vec![graph.block(nodes)],
        _ => solve(&graph.part(&nodes)).into_iter().map(|block| block.within(&nodes)).collect(),
    });
    merged(solved.collect()).into_iter().flat_map(|node| members[node].iter().copied()).collect()
}

/// The nodes of all sequences: next comes the densest block that stands first in its sequence.
fn merged(sequences: Vec<Vec<Block>>) -> Vec<usize> {
    let mut sequences: Vec<_> = sequences.into_iter().map(|it| it.into_iter().peekable()).collect();
    let key = |block: &Block, at: usize| (block.density(), Reverse(block.first()), at);
    let mut heads: BinaryHeap<(Density, Reverse<usize>, usize)> = sequences
        .iter_mut()
        .enumerate()
        .filter_map(|(at, it)| it.peek().map(|block| key(block, at)))
        .collect();
    let mut order = Vec::new();
    while let Some((_, _, at)) = heads.pop() {
        order.extend(sequences[at].next().into_iter().flat_map(|block| block.nodes));
        heads.extend(sequences[at].peek().map(|block| key(block, at)));
    }
    order
}
