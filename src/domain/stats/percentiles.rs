//! How long things took, by the three numbers that say most of it. Means are not told: a few items that
//! took very long make them.

/// The shares of which is told how long they took at most, in percent.
pub const SHARES: [usize; 3] = [50, 85, 95];

/// Within how many days most of some items were done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Percentiles {
    /// Of how many it is said.
    pub n: usize,
    /// The days for each of [`SHARES`]; `None` if they are too few for it.
    pub days: [Option<i64>; 3],
}

impl Percentiles {
    /// Of some numbers of days.
    pub fn of(mut days: Vec<i64>) -> Self {
        days.sort_unstable();
        Self { n: days.len(), days: SHARES.map(|share| percentile(&days, share)) }
    }

    /// The largest of the shares that so many days go beyond.
    pub fn passed(&self, days: i64) -> Option<usize> {
        let limits = SHARES.into_iter().zip(self.days).rev();
        limits.filter(|(_, limit)| limit.is_some_and(|limit| days > limit)).map(|it| it.0).next()
    }
}

/// The smallest of some sorted numbers that so large a share, in percent, does not exceed (nearest
/// rank). `None` if they are so few that it would be the largest of them and nothing else.
pub fn percentile(sorted: &[i64], share: usize) -> Option<i64> {
    let n = sorted.len();
    if n * (100 - share) < 100 {
        return None;
    }
    sorted.get((n * share).div_ceil(100) - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rank_counts() {
        let percentiles = Percentiles::of((1..=20).rev().collect());
        assert_eq!(percentiles, Percentiles { n: 20, days: [Some(10), Some(17), Some(19)] });
        assert_eq!(
            [10, 11, 17, 18, 20].map(|days| percentiles.passed(days)),
            [None, Some(50), Some(50), Some(85), Some(95)]
        );
    }

    #[test]
    fn too_few_say_nothing() {
        let days = |n: i64| Percentiles::of((1..=n).collect()).days;
        assert_eq!(days(0), [None, None, None]);
        assert_eq!(days(1), [None, None, None]);
        assert_eq!(days(2), [Some(1), None, None]);
        assert_eq!(days(6), [Some(3), None, None]);
        assert_eq!(days(7), [Some(4), Some(6), None]);
        assert_eq!(days(19), [Some(10), Some(17), None]);
    }
}
