//! When a number of items will be done, and how many will be by a day: Monte-Carlo over how many
//! were done in each of the last weeks.
//!
//! - Weeks are drawn in blocks of four that follow each other, so that busy and quiet times stay
//!   together (circular block bootstrap: Politis and Romano 1992). Weeks without a done item count.
//! - What is drawn is the past, and the pace of a team changes: dates of the plain method that were to
//!   be met in 85 of 100 cases were met in about 72 of 100 on real projects. So each run has a pace of
//!   its own, see [`PACE`], around the level at which the team works now, see `level.rs`.
//! - Items are counted and not sized: counts need nobody to estimate, and forecasts with story points
//!   have not been shown to be better (Tawosi et al. 2022).
//! - Nothing is foretold from less than [`MIN_WEEKS`] weeks or [`MIN_DONE`] items.

mod level;
mod spread;
#[cfg(test)]
mod tests;
mod track;
mod unfit;

pub use spread::{LIMIT, Spread};
pub use track::{Kept, SHARES, Track};
pub use unfit::Unfit;

use rayon::prelude::*;

use super::chance::Chance;

/// How many of the last weeks are drawn from.
pub const HISTORY: usize = 26;

/// How many weeks that follow each other are drawn at once.
pub const BLOCK: usize = 4;

/// From how many weeks on they are drawn in blocks.
const BLOCK_FROM: usize = 16;

/// How many weeks are needed.
pub const MIN_WEEKS: usize = 8;

/// How many done items are needed.
pub const MIN_DONE: u32 = 15;

/// The seed of chance, if nobody wants another: the same question has the same answer everywhere.
pub const SEED: u64 = 1;

/// How many futures are tried.
pub const RUNS: u32 = 10_000;

/// How far the pace of the future differs from the level of the past: the mean and the deviation of
/// the logarithm of their ratio. Found on some projects and checked on others, see
/// `docs/forecasting.md`.
pub const PACE: (f64, f64) = (-0.05, 0.6);

/// How many items were done and how many came in, week by week, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// The items done in each week.
    pub done: Vec<u32>,
    /// The items that came into the scope in each of the same weeks; empty if the scope is fixed.
    pub added: Vec<u32>,
}

/// What the future is drawn from, and how.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// Items done and come in, in each of the last weeks.
    weeks: Vec<(f64, f64)>,
    /// The mean and the deviation of the logarithm of the time that a week's work takes.
    pace: (f64, f64),
    seed: u64,
    runs: u32,
}

impl Forecast {
    /// A forecast from the last weeks of a flow.
    ///
    /// # Errors
    ///
    /// If they are too few, or too little was done in them.
    pub fn from(flow: &Flow, seed: u64) -> Result<Self, Unfit> {
        let n_weeks = flow.done.len();
        if n_weeks < MIN_WEEKS {
            return Err(Unfit::Weeks(n_weeks));
        }
        let n_done = flow.done.iter().sum();
        if n_done < MIN_DONE {
            return Err(Unfit::Done(n_done));
        }
        let added = |week: usize| flow.added.get(week).copied().unwrap_or(0);
        let recent = n_weeks.saturating_sub(HISTORY)..n_weeks;
        let weeks: Vec<(f64, f64)> =
            recent.map(|week| (f64::from(flow.done[week]), f64::from(added(week)))).collect();
        match weeks.iter().any(|(done, _)| *done > 0.0) {
            true => {
                let pace = (PACE.0 - level::level(&flow.done), PACE.1);
                Ok(Self { weeks, pace, seed, runs: RUNS })
            }
            false => Err(Unfit::Idle),
        }
    }

    /// The same with another number of futures.
    #[must_use]
    pub fn with_runs(self, runs: u32) -> Self {
        Self { runs, ..self }
    }

    /// The same as if the pace of the last weeks stayed: plain Monte-Carlo, to compare with.
    #[must_use]
    pub fn plain(self) -> Self {
        Self { pace: (0.0, 0.0), ..self }
    }

    /// The same if only a share of what comes in counts: what lands above the items in question.
    #[must_use]
    pub fn with_growth(mut self, share: f64) -> Self {
        self.weeks.iter_mut().for_each(|(_, added)| *added *= share);
        self
    }

    /// How many items come in, in a week on average.
    pub fn growth(&self) -> f64 {
        self.weeks.iter().map(|(_, added)| added).sum::<f64>() / self.weeks.len() as f64
    }

    /// How many weeks are drawn from.
    pub fn n_weeks(&self) -> usize {
        self.weeks.len()
    }

    /// How many items were done in them.
    pub fn n_done(&self) -> u32 {
        self.weeks.iter().map(|(done, _)| *done as u32).sum()
    }

    /// In how many weeks so many items are done; 1 is the week that has begun.
    pub fn when(&self, n_items: u32) -> Spread {
        Spread::of(self.futures().map(|future| future.weeks_until(&[n_items])[0]).collect())
    }

    /// The same for several numbers of items at once, in the same futures: what comes later in the
    /// order is never done earlier.
    pub fn when_each(&self, n_items: &[u32]) -> Vec<Spread> {
        let runs: Vec<Vec<u32>> =
            self.futures().map(|future| future.weeks_until(n_items)).collect();
        let one = |at: usize| Spread::of(runs.iter().map(|weeks| weeks[at]).collect());
        (0..n_items.len()).map(one).collect()
    }

    /// How many items are done in so many weeks, of which no more than [`LIMIT`] are looked at.
    pub fn how_many(&self, n_weeks: u32) -> Spread {
        let items = self.futures().map(|mut future| {
            let done: f64 = (0..n_weeks.min(LIMIT)).map(|_| future.next().0).sum();
            done as u32
        });
        Spread::of(items.collect())
    }

    /// One future after the other: each follows from its number alone, so that the result does not
    /// depend on who computes it.
    fn futures(&self) -> impl ParallelIterator<Item = Future<'_>> {
        let block = if self.weeks.len() < BLOCK_FROM { 1 } else { BLOCK };
        (0..self.runs).into_par_iter().map(move |run| {
            let mut chance = Chance::row(self.seed, u64::from(run));
            let pace = (-(self.pace.0 + self.pace.1 * chance.normal())).exp();
            Future { weeks: &self.weeks, block, pace, chance, at: 0, left: 0 }
        })
    }
}

/// Weeks to come.
struct Future<'a> {
    weeks: &'a [(f64, f64)],
    block: usize,
    pace: f64,
    chance: Chance,
    at: usize,
    left: usize,
}

impl Future<'_> {
    /// In which week each number of items is done; one more than [`LIMIT`] if it never is.
    fn weeks_until(mut self, n_items: &[u32]) -> Vec<u32> {
        let mut weeks = vec![LIMIT + 1; n_items.len()];
        let mut by_number: Vec<usize> = (0..n_items.len()).collect();
        by_number.sort_unstable_by_key(|at| n_items[*at]);
        let mut open = by_number.into_iter().peekable();
        let mut done_so_far = 0.0;
        for week in 1..=LIMIT {
            let (done, added) = self.next();
            done_so_far += done - added;
            while let Some(at) = open.next_if(|at| f64::from(n_items[*at]) <= done_so_far) {
                weeks[at] = week;
            }
            if open.peek().is_none() {
                break;
            }
        }
        weeks
    }

    /// What is done and what comes in, in the next week.
    fn next(&mut self) -> (f64, f64) {
        if self.left == 0 {
            (self.at, self.left) = (self.chance.below(self.weeks.len()), self.block);
        }
        let (done, added) = self.weeks[self.at];
        self.at = if self.at + 1 == self.weeks.len() { 0 } else { self.at + 1 };
        self.left -= 1;
        (done * self.pace, added)
    }
}
