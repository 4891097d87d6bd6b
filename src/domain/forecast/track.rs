//! What forecasts of the past were worth: they are made anew for each past week, from what was known
//! then, and held against what came.

use super::{Flow, Forecast, HISTORY, LIMIT, MIN_WEEKS};

/// The shares of futures for which dates are told.
pub const SHARES: [f64; 3] = [0.5, 0.85, 0.95];

/// How many futures are tried for a date of the past.
const RUNS: u32 = 1_000;

/// The weeks of a sprint.
const SPRINT: usize = 2;

/// How often the dates of one share were met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The dates that were met.
    pub n_met: u32,
    /// The dates of which it is known whether they were.
    pub n_known: u32,
}

/// How often forecasts of the past were met.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// By share, see [`SHARES`].
    pub kept: [Kept; 3],
    /// How many forecasts have an end that is known.
    pub n_ended: usize,
    /// By how many weeks the middle date was off, on average over these; `None` if there are none.
    pub error: Option<f64>,
    /// The same for the date of the mean of the same weeks.
    pub error_of_mean: Option<f64>,
    /// The same for the pace of the last sprint of two weeks.
    pub error_of_last: Option<f64>,
}

impl Track {
    /// The record for so many items. A date that is past without so many being done was missed; one
    /// that is to come counts only if it was met already. Forecasts are made anew for the last [`LIMIT`]
    /// weeks: a day that somebody mistyped may be two thousand years ago.
    pub fn of(flow: &Flow, n_items: u32, seed: u64) -> Self {
        Self::by(flow, n_items, seed, &|forecast| forecast)
    }

    /// The record of another way to forecast.
    pub fn by(flow: &Flow, n_items: u32, seed: u64, method: &dyn Fn(Forecast) -> Forecast) -> Self {
        let mut track = Self::default();
        let (mut errors, mut errors_of_mean) = (Vec::new(), Vec::new());
        let mut errors_of_last = Vec::new();
        let n_weeks = flow.done.len();
        for origin in n_weeks.saturating_sub(LIMIT as usize).max(MIN_WEEKS)..n_weeks {
            let known = Flow { done: flow.done[..origin].to_vec(), added: Vec::new() };
            let Ok(forecast) = Forecast::from(&known, seed) else { continue };
            let forecast = method(forecast.with_runs(RUNS));
            let (spread, took) =
                (forecast.when(n_items), weeks_until(&flow.done[origin..], n_items));
            let n_left = (n_weeks - origin) as u32;
            for (kept, share) in track.kept.iter_mut().zip(SHARES) {
                kept.count(spread.told(share), took, n_left);
            }
            if let Some(took) = took {
                errors.push(off(f64::from(spread.told(SHARES[0])), took));
                let by = |pace: f64| (f64::from(n_items) / pace).ceil().min(f64::from(LIMIT));
                errors_of_mean.push(off(by(forecast.mean(HISTORY)), took));
                errors_of_last.push(off(by(forecast.mean(SPRINT)), took));
            }
        }
        Self {
            n_ended: errors.len(),
            error: mean(&errors),
            error_of_mean: mean(&errors_of_mean),
            error_of_last: mean(&errors_of_last),
            ..track
        }
    }
}

impl Kept {
    pub(super) fn count(&mut self, date: u32, took: Option<u32>, n_left: u32) {
        let is_met = took.is_some_and(|took| took <= date);
        if is_met || date <= n_left {
            self.n_known += 1;
            self.n_met += u32::from(is_met);
        }
    }
}

impl Forecast {
    /// How many items were done in a week on average, in the last weeks.
    fn mean(&self, n_weeks: usize) -> f64 {
        let last = &self.weeks[self.weeks.len().saturating_sub(n_weeks)..];
        last.iter().map(|(done, _)| done).sum::<f64>() / last.len() as f64
    }
}

/// In which week so many items were done; `None` if they are not yet.
fn weeks_until(done: &[u32], n_items: u32) -> Option<u32> {
    let mut left = n_items;
    let reached = done.iter().position(|done| {
        left = left.saturating_sub(*done);
        left == 0
    });
    reached.map(|week| week as u32 + 1)
}

fn off(date: f64, took: u32) -> f64 {
    (date - f64::from(took)).abs()
}

fn mean(numbers: &[f64]) -> Option<f64> {
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
}
