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

/// The inversions of `order` that cost most, the worst first, so many at most.
///
/// No item is told twice: the first is the worst of all pairs, each next one the worst of those
/// between items that are in none so far. One item that stands far too high is a pair with all that
/// is below it, and would be told again and again.
///
/// Each of them is exact. The best partner of each item comes from an envelope of lines, in n log n.
/// Those whose partner has to stand above them, because a path of `needs` leads there, are looked
/// through when their turn comes, so that the worst case is n² steps, with n memory.
pub(super) fn worst(
    order: &[usize],
    jobs: &[Job],
    needs: &[Vec<usize>],
    most: usize,
) -> Vec<Inversion> {
    let mut search = Search::new(order, jobs, needs);
    (0..most).map_while(|_| search.next()).collect()
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

/// The search for the worst pairs.
struct Search<'a> {
    order: &'a [usize],
    jobs: &'a [Job],
    needs: &'a [Vec<usize>],
    /// Value by effort of all items, ascending, each once.
    ratios: Vec<f64>,
    /// Which items are told already.
    is_told: Vec<bool>,
    /// What is known of each item. It stays true while its partner is not told.
    known: Vec<Known>,
    /// The search in which each item was last found to be needed, and the number of the last one.
    needed_in: Vec<usize>,
    n_searches: usize,
}

/// What is known of the item above another one that costs it the most.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Known {
    /// It has not been looked for.
    Nothing,
    /// It is this one, and nothing binds the two.
    Partner(usize),
    /// There is none.
    None,
}

impl<'a> Search<'a> {
    fn new(order: &'a [usize], jobs: &'a [Job], needs: &'a [Vec<usize>]) -> Self {
        let n = jobs.len();
        let mut ratios: Vec<f64> = jobs.iter().map(ratio).collect();
        ratios.sort_by(f64::total_cmp);
        ratios.dedup();
        let (is_told, known) = (vec![false; n], vec![Known::Nothing; n]);
        Self { order, jobs, needs, ratios, is_told, known, needed_in: vec![0; n], n_searches: 0 }
    }

    /// The worst pair of items that are not told.
    fn next(&mut self) -> Option<Inversion> {
        let mut candidates: BinaryHeap<Candidate> = self.candidates().into();
        while let Some(candidate) = candidates.pop() {
            let found = candidate.inversion;
            if candidate.is_free {
                (self.is_told[found.above], self.is_told[found.below]) = (true, true);
                return Some(found);
            }
            let found = self.free(found, candidate.place);
            self.known[candidate.inversion.below] =
                found.map_or(Known::None, |found| Known::Partner(found.above));
            candidates.extend(found.map(|inversion| Candidate {
                inversion,
                is_free: true,
                ..candidate
            }));
        }
        None
    }

    /// The pair itself if nothing binds the two, or the worst one that the lower item is free to
    /// leave.
    fn free(&mut self, pair: Inversion, place: usize) -> Option<Inversion> {
        let below = pair.below;
        self.n_searches += 1;
        let mut next: Vec<usize> = self.needs[below].clone();
        while let Some(one) = next.pop() {
            if std::mem::replace(&mut self.needed_in[one], self.n_searches) != self.n_searches {
                next.extend(&self.needs[one]);
            }
        }
        let is_needed = |item: usize| self.needed_in[item] == self.n_searches;
        if !is_needed(pair.above) {
            return Some(pair);
        }
        let is_free = |above: &&usize| !is_needed(**above) && !self.is_told[**above];
        let above = self.order[..place].iter().filter(is_free);
        worst_of(above.map(|&above| inversion(above, below, self.jobs)))
    }

    /// For each item the one above it that costs it the most. What is not known is a bound: it may
    /// be one that has to stand there.
    ///
    /// The loss is `p_below × (r × p_above − w_above)` with `r` for value by effort of the one
    /// below: each item above is a straight line over `r`.
    fn candidates(&self) -> Vec<Candidate> {
        let mut envelope = Envelope::new(&self.ratios);
        let mut candidates = Vec::new();
        for (place, &below) in self.order.iter().enumerate().filter(|(_, it)| !self.is_told[**it]) {
            let job = self.jobs[below];
            let number = self.ratios.partition_point(|it| *it < ratio(&job));
            let (above, is_free) = match self.known[below] {
                Known::Partner(above) if !self.is_told[above] => (Some(above), true),
                Known::None => (None, true),
                Known::Partner(_) | Known::Nothing => (envelope.highest(number), false),
            };
            let found = above.map(|above| inversion(above, below, self.jobs));
            let costly = found.filter(|it| it.loss > 0.0);
            candidates.extend(costly.map(|inversion| Candidate { inversion, place, is_free }));
            envelope.add(Line { slope: job.size, drop: job.weight, of: below });
        }
        candidates
    }
}

fn ratio(job: &Job) -> f64 {
    job.weight / job.size
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
