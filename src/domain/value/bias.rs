//! Whether an order follows what is cheap rather than what is worth much.

use rayon::prelude::*;

use super::kendall::{inversions, pairs, tau_b, tied};
use crate::domain::chance::Chance;
use crate::domain::precedence::Job;

/// From which τ on an order follows effort.
pub const FOLLOWS: f64 = 0.3;

/// Up to which probability it is no accident.
pub const ACCIDENT: f64 = 0.05;

/// How many other orders an order is compared with.
const SHUFFLES: u32 = 2_000;

/// How many items are compared at most.
const SAMPLE: usize = 1_000;

/// Where the shuffles begin; always the same, so that the same backlog always gets the same answer.
const SEED: u64 = 0x0c0f_fee0_bac1_0909;

/// What an order follows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bias {
    /// τ_b of position and effort, −1 to 1: 1 if the cheapest comes first.
    pub effort: f64,
    /// τ_b of position and value, turned: 1 if what is worth most comes first.
    pub value: f64,
    /// How probable it is that the effort leads by so much in an order by chance; `None` if it
    /// does not lead, or by less than what matters, so that there is nothing to test.
    pub p: Option<f64>,
}

impl Bias {
    /// What an order follows; `None` if all items are alike in effort or in value, or are fewer
    /// than two.
    pub fn of(order: &[usize], jobs: &[Job]) -> Option<Self> {
        let places: Vec<f64> = (0..order.len()).map(|place| place as f64).collect();
        let effort = tau_b(&places, &column(order, |item| jobs[item].size))?;
        let value = tau_b(&places, &column(order, |item| -jobs[item].weight))?;
        let leads = effort >= FOLLOWS && effort > value;
        Some(Self { effort, value, p: leads.then(|| probability(order, jobs)) })
    }

    /// Whether the order follows effort more than value, and not by accident.
    pub fn is_cheap_first(&self) -> bool {
        self.p.is_some_and(|p| p < ACCIDENT)
    }
}

fn column(order: &[usize], of: impl Fn(usize) -> f64) -> Vec<f64> {
    order.iter().map(|&item| of(item)).collect()
}

/// The share of shuffled orders in which effort leads value by at least as much as in this one,
/// this one included (a permutation test of the difference of the two τ_b).
///
/// Of many items an evenly spaced sample is compared, which decides as well: with a thousand, a
/// lead that matters is far outside of what chance brings.
fn probability(order: &[usize], jobs: &[Job]) -> f64 {
    let step = order.len().div_ceil(SAMPLE).max(1);
    let sample: Vec<usize> = order.iter().copied().step_by(step).collect();
    let efforts = Levels::of(&column(&sample, |item| jobs[item].size));
    let values = Levels::of(&column(&sample, |item| -jobs[item].weight));
    let lead = |order: &[usize]| efforts.tau(order) - values.tau(order);
    let as_it_is: Vec<usize> = (0..sample.len()).collect();
    let least = lead(&as_it_is) - 1e-9;
    let shuffles = (0..SHUFFLES).into_par_iter();
    let n_as_far = shuffles.filter(|&n| lead(&shuffled(as_it_is.clone(), n)) >= least).count();
    (n_as_far + 1) as f64 / (f64::from(SHUFFLES) + 1.0)
}

/// The things in another order, which depends on the number of the shuffle alone.
fn shuffled(mut things: Vec<usize>, number: u32) -> Vec<usize> {
    let mut chance = Chance::row(SEED, u64::from(number));
    for last in (1..things.len()).rev() {
        things.swap(last, chance.below(last + 1));
    }
    things
}

/// A property with its sizes as levels: 0 for the smallest. What stays the same when the things
/// are shuffled is computed once.
struct Levels {
    levels: Vec<u32>,
    /// The pairs that differ.
    n_different: f64,
    /// What makes the difference of pairs a τ_b, positions having no ties.
    scale: f64,
}

impl Levels {
    fn of(values: &[f64]) -> Self {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
        let mut levels = vec![0; values.len()];
        for (level, group) in order.chunk_by(|&a, &b| values[a] == values[b]).enumerate() {
            group.iter().for_each(|&at| levels[at] = level as u32);
        }
        let pairs = pairs(values.len());
        let n_different = pairs - tied(&order, |a, b| values[a] == values[b]);
        let scale = (pairs * n_different).sqrt().max(f64::MIN_POSITIVE);
        Self { levels, n_different, scale }
    }

    /// τ_b with the positions of an order.
    fn tau(&self, order: &[usize]) -> f64 {
        let mut levels: Vec<u32> = order.iter().map(|&at| self.levels[at]).collect();
        (self.n_different - 2.0 * inversions(&mut levels) as f64) / self.scale
    }
}
