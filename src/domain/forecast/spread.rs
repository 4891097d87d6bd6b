//! How often each number came out.

/// Up to how many weeks the future is looked at: twenty years.
pub const LIMIT: u32 = 1_040;

/// The results of many runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// The results, smallest first. Never empty.
    results: Vec<u32>,
}

impl Spread {
    pub(super) fn of(mut results: Vec<u32>) -> Self {
        results.sort_unstable();
        Self { results }
    }

    /// The smallest number that so large a share of the runs does not exceed: the week by which it is
    /// done in `share` of the futures.
    pub fn at_most(&self, share: f64) -> u32 {
        let place = (share * self.results.len() as f64).ceil() as usize;
        self.results[place.clamp(1, self.results.len()) - 1]
    }

    /// The largest number that so large a share of the runs reaches: how many are done at least in
    /// `share` of the futures.
    pub fn at_least(&self, share: f64) -> u32 {
        let place = ((1.0 - share) * self.results.len() as f64).floor() as usize;
        self.results[place.min(self.results.len() - 1)]
    }

    /// The share of the runs that does not exceed a number: the chance that it is done by a week.
    pub fn share_up_to(&self, number: u32) -> f64 {
        let n = self.results.partition_point(|result| *result <= number);
        n as f64 / self.results.len() as f64
    }
}
