//! How likely it is that what is open in a sprint will be done by its end.

use super::WEEK;
use crate::domain::forecast::{Forecast, SEED, Unfit};
use crate::domain::outlook::Outlook;

/// The chance that so many items are done in so many days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    /// The share of the futures in which they are, 0 to 1.
    pub share: f64,
    /// How many items.
    pub n_items: usize,
    /// How many days there are to work on them, today included.
    pub n_days: i64,
    /// From how many weeks of the past it is drawn.
    pub n_weeks: usize,
    /// How many items were done in them.
    pub n_done: u32,
    /// What chance began with.
    pub seed: u64,
}

/// The chance that so many items are done in so many days, whichever items these are; from the pace of
/// the past, drawn with [`SEED`].
///
/// # Errors
///
/// If there is too little of a past.
pub fn odds(outlook: &Outlook<'_>, n_items: usize, n_days: i64) -> Result<Odds, Unfit> {
    let forecast = outlook.forecast.as_ref().map_err(|unfit| *unfit)?;
    Ok(Odds {
        share: share(forecast, n_items, n_days.max(0)),
        n_items,
        n_days,
        n_weeks: forecast.n_weeks(),
        n_done: forecast.n_done(),
        seed: SEED,
    })
}

/// Whole weeks are drawn as the forecast draws them. Of a part of a week it is assumed that each item
/// which is done in the weeks falls on one of their days, and on each day as likely.
fn share(forecast: &Forecast, n_items: usize, n_days: i64) -> f64 {
    if n_items == 0 {
        return 1.0;
    }
    let n_weeks = n_days.div_euclid(WEEK) + i64::from(n_days % WEEK > 0);
    if n_weeks == 0 {
        return 0.0;
    }
    let part = n_days as f64 / (n_weeks * WEEK) as f64;
    let done = forecast.how_many(u32::try_from(n_weeks).unwrap_or(u32::MAX));
    let mut share = 0.0;
    let (mut below, mut count) = (done.share_up_to(0), 0_u32);
    // Up to the number that no future exceeds.
    while below < 1.0 {
        count += 1;
        let up_to = done.share_up_to(count);
        if up_to > below {
            share += (up_to - below) * at_least(n_items, count as usize, part);
        }
        below = up_to;
    }
    share.clamp(0.0, 1.0)
}

/// The chance that at least so many of `of` fall into a part (binomial).
fn at_least(wanted: usize, of: usize, part: f64) -> f64 {
    if wanted > of {
        return 0.0;
    }
    if part >= 1.0 {
        return 1.0;
    }
    // The chance of none, then each from the one before: as logarithms, since that of none is smaller
    // than any number where there are many.
    let odds = (part / (1.0 - part)).ln();
    let mut one = of as f64 * (1.0 - part).ln();
    let mut fewer = 0.0;
    for count in 0..wanted {
        fewer += one.exp();
        one += ((of - count) as f64 / (count + 1) as f64).ln() + odds;
    }
    (1.0 - fewer).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::forecast::Flow;

    fn forecast(weeks: &[u32]) -> Forecast {
        let done = weeks.iter().copied().cycle().take(26).collect();
        Forecast::from(&Flow { done, added: Vec::new() }, 1).unwrap()
    }

    #[test]
    fn a_part_of_a_week_is_less_than_all_of_it() {
        let forecast = forecast(&[1, 2, 3, 4]);
        let chance = |n_items, n_days| share(&forecast, n_items, n_days);
        assert_eq!([chance(0, 0), chance(1, 0), chance(1_000, 7)], [1.0, 0.0, 0.0]);
        let days: Vec<f64> = (0..=28).map(|days| chance(3, days)).collect();
        assert!(days.is_sorted(), "{days:?}");
        assert!(days[28] > 0.95 && days[1] < 0.1, "{days:?}");
        // Whole weeks are those of the forecast itself.
        let whole = 1.0 - forecast.how_many(2).share_up_to(3);
        assert!((chance(4, 14) - whole).abs() < 1e-9);
    }

    #[test]
    fn the_tail_of_a_binomial() {
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        near(at_least(1, 2, 0.5), 0.75);
        near(at_least(2, 2, 0.5), 0.25);
        near(at_least(3, 2, 0.5), 0.0);
        near(at_least(2, 2, 1.0), 1.0);
        // Most of a thousand on six of seven days: the chance of none has more zeros than a number.
        assert!(at_least(900, 1_000, 6.0 / 7.0) < 1e-3 && at_least(800, 1_000, 6.0 / 7.0) > 0.999);
    }
}
