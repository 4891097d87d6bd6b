//! Laws of forecasts, and results by hand.

use proptest::prelude::*;

use super::*;

fn flow(done: &[u32]) -> Flow {
    Flow { done: done.to_vec(), added: Vec::new() }
}

#[test]
fn too_little_is_refused() {
    assert_eq!(Forecast::from(&flow(&[9; 7]), 1).unwrap_err(), Unfit::Weeks(7));
    assert_eq!(Forecast::from(&flow(&[1; 14]), 1).unwrap_err(), Unfit::Done(14));
    let asleep: Vec<u32> = [20].into_iter().chain([0; HISTORY]).collect();
    assert_eq!(Forecast::from(&flow(&asleep), 1).unwrap_err(), Unfit::Idle);
}

#[test]
fn an_even_flow_is_told_by_its_pace_alone() {
    let forecast = Forecast::from(&flow(&[2; 30]), 1).unwrap();
    let weeks = |share: f64| forecast.when(100).at_most(share);
    // 50 weeks at the pace of the past; e to the power of the mean and the deviation, 1.036 of which
    // hold 85 of 100.
    let expected = |deviations: f64| (50.0 * (PACE.0 + PACE.1 * deviations).exp()).ceil();
    assert!((f64::from(weeks(0.5)) - expected(0.0)).abs() <= 1.0, "{}", weeks(0.5));
    assert!((f64::from(weeks(0.85)) - expected(1.036)).abs() <= 2.0, "{}", weeks(0.85));
    let many = forecast.how_many(10);
    assert!((20..=22).contains(&many.at_least(0.5)), "{}", many.at_least(0.5));
    assert!((10..=12).contains(&many.at_least(0.85)), "{}", many.at_least(0.85));
}

#[test]
fn what_comes_in_as_fast_as_it_is_done_never_ends() {
    let fixed = flow(&[2; 30]);
    let growing = Flow { added: vec![2; 30], ..fixed.clone() };
    let [fixed, growing] = [fixed, growing].map(|it| Forecast::from(&it, 1).unwrap().when(40));
    assert!(fixed.at_most(0.95) < 70 && growing.at_most(0.85) > LIMIT);
    assert!(growing.share_up_to(LIMIT) < 0.6);
}

#[test]
fn a_date_that_nobody_can_judge_yet_does_not_count() {
    let mut kept = Kept::default();
    kept.count(10, None, 5);
    assert_eq!(kept, Kept::default());
    kept.count(5, None, 5);
    kept.count(10, Some(3), 5);
    kept.count(2, Some(3), 5);
    assert_eq!(kept, Kept { n_met: 1, n_known: 3 });
}

#[test]
fn even_weeks_keep_their_dates() {
    let track = Track::of(&flow(&[3; 40]), 9, 1);
    let [_, likely, sure] = track.kept;
    assert!(likely.n_known > 25 && likely.n_met == likely.n_known && sure.n_met == sure.n_known);
    assert!(track.error.unwrap() <= 1.0 && track.error_of_mean == Some(0.0), "{track:?}");
}

proptest! {
    #[test]
    fn more_is_never_earlier_and_surer_is_never_sooner(
        done in prop::collection::vec(0_u32..9, 8..60), n in 1_u32..80, more in 0_u32..20, seed: u64,
    ) {
        let Ok(forecast) = Forecast::from(&flow(&done), seed) else { return Ok(()) };
        let forecast = forecast.with_runs(200);
        let (one, other) = (forecast.when(n), forecast.when(n + more));
        for share in SHARES {
            prop_assert!(one.at_most(share) <= other.at_most(share));
        }
        prop_assert!(one.at_most(0.5) <= one.at_most(0.85));
        let many = forecast.how_many(12);
        prop_assert!(many.at_least(0.85) <= many.at_least(0.5));
        // What is done by a week at a chance, and the week in which it is done, say the same.
        let week = one.at_most(0.85);
        prop_assert!(one.share_up_to(week) >= 0.85 && one.share_up_to(week - 1) < 0.85);
        prop_assert_eq!(forecast.when_each(&[n + more, n]), [other, one.clone()]);
        prop_assert_eq!(forecast.when(n), one);
    }
}

#[test]
fn a_day_of_long_ago_and_one_far_away_cost_no_more_than_twenty_years() {
    let weeks = |n_before: usize| {
        let done = [vec![1], vec![0; n_before], vec![2; 30]].concat();
        Flow { done, added: Vec::new() }
    };
    let near = Track::of(&weeks(1_500), 5, 1);
    assert!(near.n_ended > 10, "{near:?}");
    assert_eq!(Track::of(&weeks(100_000), 5, 1), near);
    let forecast = Forecast::from(&weeks(0), 1).unwrap().with_runs(100);
    assert_eq!(forecast.how_many(u32::MAX), forecast.how_many(LIMIT));
}
