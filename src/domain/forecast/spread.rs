//! How often each number came out.

/// Up to how many weeks the future is looked at: twenty years.
pub const LIMIT: u32 = 1_040;

/// One half of the runs.
const MIDDLE: f64 = 0.5;

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

    /// The number that stands for a share where one has to be told. It is [`Spread::at_most`], and for
    /// one half the number next to the middle: a number that at least half of the runs do not exceed
    /// is not exceeded by far more of them where there are only a few weeks to choose from.
    pub fn told(&self, share: f64) -> u32 {
        let number = self.at_most(share);
        let beyond = self.share_up_to(number) - share;
        let short = share - self.share_up_to(number.saturating_sub(1));
        let is_middle = share == MIDDLE && number <= LIMIT && number > 1;
        if is_middle && short < beyond { number - 1 } else { number }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_the_nearest_week() {
        let told =
            |results: &[u32]| [0.5, 0.85].map(|share| Spread::of(results.to_vec()).told(share));
        // Of ten runs nine end by week 3, and four by week 2.
        assert_eq!(told(&[1, 2, 2, 2, 3, 3, 3, 3, 3, 9]), [2, 3]);
        assert_eq!(told(&[1, 1, 1, 1, 1, 1, 1, 1, 1, 2]), [1, 1]);
        assert_eq!(told(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 9]), [5, 9]);
        assert_eq!(told(&[1, LIMIT + 1, LIMIT + 1])[0], LIMIT + 1);
    }
}
