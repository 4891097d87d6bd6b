//! How fast a team is now: a mean of its last weeks, its last half year and its last two years.
//!
//! What is drawn are weeks of the last half year. A team that has become slower in the last weeks
//! stays so in part, and one that had a quiet half year comes back in part to what it used to do.

use super::HISTORY;

/// A time, and how far the pace of the future follows it.
struct Span {
    /// How many of the last weeks.
    n_weeks: usize,
    /// How many weeks of the half year are added to them, so that a few empty weeks do not say that
    /// nothing will ever be done.
    n_mixed: f64,
    /// How far the pace follows: 0 not at all, 1 wholly.
    share: f64,
}

/// Found on some projects and checked on others, see `docs/forecasting.md`.
const SPANS: [Span; 2] = [
    Span { n_weeks: 8, n_mixed: 8.0, share: 0.7 },
    Span { n_weeks: 104, n_mixed: 13.0, share: 0.3 },
];

/// The logarithm of the ratio of the pace that is to be expected to that of the weeks that are drawn.
/// They hold a done item.
pub(super) fn level(done: &[u32]) -> f64 {
    let sum = |n_weeks: usize| -> (f64, f64) {
        let weeks = &done[done.len().saturating_sub(n_weeks)..];
        (weeks.iter().map(|done| f64::from(*done)).sum(), weeks.len() as f64)
    };
    let (n_done, n_drawn) = sum(HISTORY);
    let drawn = n_done / n_drawn;
    let toward = |span: &Span| {
        let (n_done, n_weeks) = sum(span.n_weeks);
        let pace = (n_done + span.n_mixed * drawn) / (n_weeks + span.n_mixed);
        span.share * (pace / drawn).ln()
    };
    SPANS.iter().map(toward).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_past_is_its_own_level() {
        assert_eq!(level(&[3; 60]), 0.0);
        assert_eq!(level(&[3; 8]), 0.0);
    }

    #[test]
    fn the_level_follows_the_last_weeks_and_comes_back_to_the_long_run() {
        let after = |before: u32, now: u32, n_now: usize| {
            let done: Vec<u32> = [vec![before; 120 - n_now], vec![now; n_now]].concat();
            level(&done).exp()
        };
        // Eight slow weeks in a fast half year, and the other way round.
        assert!((0.6..0.95).contains(&after(4, 2, 8)), "{}", after(4, 2, 8));
        assert!((1.05..1.5).contains(&after(2, 4, 8)), "{}", after(2, 4, 8));
        // A slow half year after fast ones.
        assert!((1.05..1.5).contains(&after(4, 2, 26)), "{}", after(4, 2, 26));
        // Nothing at all in the last weeks is not the end.
        assert!((0.4..0.8).contains(&after(3, 0, 8)), "{}", after(3, 0, 8));
    }
}
