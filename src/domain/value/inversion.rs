//! Pairs of items that stand the wrong way round, and what that costs.
//!
//! With `w` for value and `p` for effort, the order in which two items stand to each other adds
//! `w_below × p_above` to the cost of delay. So an item that is worth less for its effort and
//! stands above another one costs `w_below × p_above − w_above × p_below` (Smith 1956). Without
//! dependencies the cost of an order above that of the best is the sum over all such pairs.

use std::cmp::Ordering;
use std::collections::{BTreeSet, BinaryHeap};

use super::envelope::{Envelope, Line};
use crate::domain::precedence::Job;
use crate::domain::rank::longest_ascent;

/// Two items that stand the wrong way round. Nothing binds them to stand so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inversion {
    /// The one that is worth less for its effort.
    pub above: usize,
    /// The one that waits for it.
    pub below: usize,
    /// What that costs, in value × points; more than zero.
    pub loss: f64,
}

/// What it costs that `above` stands above `below`; less than zero if it should.
fn loss(above: Job, below: Job) -> f64 {
    let (one, other) = (below.weight * above.size, above.weight * below.size);
    let loss = one - other;
    // What only comes from rounding decimals is nothing.
    if loss.abs() <= one.max(other) * 1e-12 { 0.0 } else { loss }
}

/// The inversions of `order` that cost most, the worst first: for each item the one above it that
/// costs it the most, and of these so many.
///
/// It is exact. The best partner of each item comes from an envelope of lines, in n log n; the few
/// whose partner has to stand above them, because a path of `needs` leads there, are looked
/// through once each when their turn comes, so that the worst case is n² steps and n memory.
pub(super) fn worst(
    order: &[usize],
    jobs: &[Job],
    needs: &[Vec<usize>],
    most: usize,
) -> Vec<Inversion> {
    let mut candidates: BinaryHeap<Candidate> = candidates(order, jobs).into();
    let mut worst = Vec::new();
    while worst.len() < most
        && let Some(candidate) = candidates.pop()
    {
        let Inversion { above, below, .. } = candidate.inversion;
        if candidate.is_free {
            worst.push(candidate.inversion);
            continue;
        }
        let bound = needed(below, needs);
        let inversion = match bound.contains(&above) {
            false => Some(candidate.inversion),
            true => {
                let free = order[..candidate.place].iter().filter(|it| !bound.contains(it));
                worst_of(free.map(|&above| inversion(above, below, jobs)))
            }
        };
        candidates.extend(inversion.map(|it| Candidate {
            inversion: it,
            is_free: true,
            ..candidate
        }));
    }
    worst
}

/// The worst inversion of a list whose two items stood the other way round before. `before` holds
/// the numbers of those that were there, as they stood; now they stand by their numbers. `None` if
/// there is none.
///
/// Of two that changed places one has moved, so only those outside of a longest selection that
/// kept its order are compared with all: moved items times items.
pub fn worst_new(before: &[usize], jobs: &[Job], needs: &[Vec<usize>]) -> Option<Inversion> {
    let stayed = longest_ascent(before);
    let moved = (0..before.len()).filter(|&at| !stayed[at]);
    let pairs = moved.flat_map(|at| (0..before.len()).map(move |other| (at, other)));
    let mut worst: Option<Inversion> = None;
    for (at, other) in pairs {
        let (below, above) = (before[at.min(other)], before[at.max(other)]);
        if above >= below {
            continue;
        }
        let found = inversion(above, below, jobs);
        let is_worse = found.loss > worst.map_or(0.0, |worst| worst.loss);
        if is_worse && !needed(below, needs).contains(&above) {
            worst = Some(found);
        }
    }
    worst
}

fn inversion(above: usize, below: usize, jobs: &[Job]) -> Inversion {
    Inversion { above, below, loss: loss(jobs[above], jobs[below]) }
}

/// The first of those that cost the most; `None` if none costs anything.
fn worst_of(all: impl Iterator<Item = Inversion>) -> Option<Inversion> {
    let costly = all.filter(|it| it.loss > 0.0);
    costly.reduce(|worst, it| if it.loss > worst.loss { it } else { worst })
}

/// All items that have to be done before this one.
fn needed(item: usize, needs: &[Vec<usize>]) -> BTreeSet<usize> {
    let mut needed = BTreeSet::new();
    let mut next: Vec<&usize> = needs[item].iter().collect();
    while let Some(&one) = next.pop() {
        if needed.insert(one) {
            next.extend(&needs[one]);
        }
    }
    needed
}

/// For each item, the one above it that costs it the most, whether it has to stand there or not.
///
/// The loss is `p_below × (r × p_above − w_above)` with `r` for value by effort of the one below:
/// each item above is a straight line over `r`.
fn candidates(order: &[usize], jobs: &[Job]) -> Vec<Candidate> {
    let ratio = |item: usize| jobs[item].weight / jobs[item].size;
    let mut ratios: Vec<f64> = order.iter().map(|&item| ratio(item)).collect();
    ratios.sort_by(f64::total_cmp);
    ratios.dedup();
    let mut envelope = Envelope::new(&ratios);
    let mut candidates = Vec::new();
    for (place, &below) in order.iter().enumerate() {
        let number = ratios.partition_point(|it| *it < ratio(below));
        let above = envelope.highest(number);
        let found = above.map(|above| inversion(above, below, jobs));
        candidates.extend(found.filter(|it| it.loss > 0.0).map(|inversion| Candidate {
            inversion,
            place,
            is_free: false,
        }));
        envelope.add(Line { slope: jobs[below].size, drop: jobs[below].weight, of: below });
    }
    candidates
}

/// The most that an item can lose.
struct Candidate {
    inversion: Inversion,
    /// The place of the one below in the order.
    place: usize,
    /// Whether it is known that nothing binds the two.
    is_free: bool,
}

impl Ord for Candidate {
    /// By loss; of equal ones the one nearer to the top is greater.
    fn cmp(&self, other: &Self) -> Ordering {
        let losses = self.inversion.loss.total_cmp(&other.inversion.loss);
        losses.then_with(|| other.place.cmp(&self.place))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}
