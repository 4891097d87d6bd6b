//! What holds for every order.

use proptest::prelude::*;

use super::bias::Bias;
use super::curve::Curve;
use super::inversion::{self, Inversion, worst_new};
use super::kendall::tau_b;
use crate::domain::precedence::{Job, sidney};

fn jobs(weights: std::ops::Range<u32>, n: usize) -> impl Strategy<Value = Vec<Job>> {
    let job = (weights, 1..14_u32);
    let job = job.prop_map(|(weight, size)| Job { weight: weight.into(), size: size.into() });
    prop::collection::vec(job, 0..n)
}

/// Jobs that stand as they are numbered, each with what it needs above it.
fn plan() -> impl Strategy<Value = (Vec<Job>, Vec<Vec<usize>>)> {
    jobs(0..9, 30).prop_flat_map(|jobs| {
        let needs = prop::collection::vec(prop::collection::vec(0..30_usize, 0..3), jobs.len());
        (Just(jobs), needs).prop_map(|(jobs, mut needs)| {
            for (at, list) in needs.iter_mut().enumerate() {
                list.retain(|&needed| needed < at);
            }
            (jobs, needs)
        })
    })
}

fn cost(order: &[usize], jobs: &[Job]) -> f64 {
    Curve::of(order, jobs).cost
}

/// All pairs of an order that cost something and are not bound, by looking at all of them.
fn all_inversions(order: &[usize], jobs: &[Job], needs: &[Vec<usize>]) -> Vec<Inversion> {
    let n = jobs.len();
    let mut reaches = vec![vec![false; n]; n];
    for item in 0..n {
        let mut next = needs[item].clone();
        while let Some(at) = next.pop() {
            if !std::mem::replace(&mut reaches[item][at], true) {
                next.extend(&needs[at]);
            }
        }
    }
    let mut all = Vec::new();
    for (place, &below) in order.iter().enumerate() {
        for &above in order[..place].iter().filter(|&&above| !reaches[below][above]) {
            let (one, other) = (jobs[above], jobs[below]);
            let loss = other.weight * one.size - one.weight * other.size;
            if loss > 0.0 {
                all.push(Inversion { above, below, loss });
            }
        }
    }
    all
}

/// τ_b by its definition, pair by pair.
fn naive_tau_b(x: &[f64], y: &[f64]) -> Option<f64> {
    let (mut sum, mut of_x, mut of_y) = (0.0, 0.0, 0.0);
    for i in 0..x.len() {
        for j in 0..i {
            let sign = |a: f64, b: f64| if a == b { 0.0 } else { (a - b).signum() };
            let (dx, dy) = (sign(x[i], x[j]), sign(y[i], y[j]));
            sum += dx * dy;
            of_x += dx * dx;
            of_y += dy * dy;
        }
    }
    (of_x > 0.0 && of_y > 0.0).then(|| sum / (of_x * of_y).sqrt())
}

proptest! {
    #[test]
    fn tau_is_what_its_definition_says(
        pairs in prop::collection::vec((0..6_u8, 0..6_u8), 0..40)
    ) {
        let x: Vec<f64> = pairs.iter().map(|it| it.0.into()).collect();
        let y: Vec<f64> = pairs.iter().map(|it| it.1.into()).collect();
        match (tau_b(&x, &y), naive_tau_b(&x, &y)) {
            (Some(tau), Some(naive)) => prop_assert!((tau - naive).abs() < 1e-12),
            (tau, naive) => prop_assert_eq!(tau, naive),
        }
    }

    #[test]
    fn without_dependencies_the_losses_of_all_pairs_are_the_gap(jobs in jobs(0..9, 40)) {
        let needs = vec![Vec::new(); jobs.len()];
        let order: Vec<usize> = (0..jobs.len()).collect();
        let best = sidney(&jobs, &needs);
        let lost: f64 = all_inversions(&order, &jobs, &needs).iter().map(|it| it.loss).sum();
        prop_assert_eq!(cost(&order, &jobs) - cost(&best, &jobs), lost);
    }

    #[test]
    fn the_best_order_reversed_is_the_worst(jobs in jobs(0..9, 30), seed in any::<u64>()) {
        let needs = vec![Vec::new(); jobs.len()];
        let best = sidney(&jobs, &needs);
        let mut other = best.clone();
        other.sort_by_key(|&item| (item as u64 + 1).wrapping_mul(seed | 1) >> 7);
        let worst: Vec<usize> = best.iter().rev().copied().collect();
        prop_assert!(cost(&best, &jobs) <= cost(&other, &jobs));
        prop_assert!(cost(&other, &jobs) <= cost(&worst, &jobs));
    }

    #[test]
    fn neighbours_that_swap_change_the_cost_by_their_loss(
        jobs in jobs(0..9, 30), at in any::<prop::sample::Index>()
    ) {
        prop_assume!(jobs.len() > 1);
        let mut order: Vec<usize> = (0..jobs.len()).collect();
        let at = at.index(jobs.len() - 1);
        let before = cost(&order, &jobs);
        let (above, below) = (jobs[at], jobs[at + 1]);
        order.swap(at, at + 1);
        let loss = below.weight * above.size - above.weight * below.size;
        prop_assert_eq!(before - cost(&order, &jobs), loss);
    }

    #[test]
    fn every_curve_ends_where_the_others_end(jobs in jobs(0..9, 30)) {
        let needs = vec![Vec::new(); jobs.len()];
        let listed: Vec<usize> = (0..jobs.len()).collect();
        let (one, other) = (Curve::of(&listed, &jobs), Curve::of(&sidney(&jobs, &needs), &jobs));
        prop_assert_eq!((one.effort(), one.value()), (other.effort(), other.value()));
        prop_assert_eq!(one.value_at(one.effort()), one.value());
        prop_assert!(one.points.is_sorted_by(|a, b| a.effort < b.effort && a.value <= b.value));
    }

    #[test]
    fn each_inversion_is_the_worst_between_items_not_told_yet((jobs, needs) in plan()) {
        let order: Vec<usize> = (0..jobs.len()).collect();
        let found = inversion::worst(&order, &jobs, &needs, 5);
        let mut all = all_inversions(&order, &jobs, &needs);
        for it in &found {
            prop_assert!(all.contains(it), "{:?}", it);
            prop_assert_eq!(it.loss, all.iter().map(|it| it.loss).fold(0.0, f64::max));
            let told = [it.above, it.below];
            all.retain(|it| !told.contains(&it.above) && !told.contains(&it.below));
        }
        prop_assert!(found.len() == 5 || all.is_empty(), "{:?}", all);
    }

    #[test]
    fn the_worst_new_inversion_is_the_one_that_all_pairs_show(
        (jobs, needs) in plan(), seed in any::<u64>()
    ) {
        let now: Vec<usize> = (0..jobs.len()).collect();
        let mut before = now.clone();
        before.sort_by_key(|&item| (item as u64 + 1).wrapping_mul(seed | 1) >> 60);
        let was = |item: usize| before.iter().position(|&it| it == item).unwrap();
        let all = all_inversions(&now, &jobs, &needs).into_iter();
        let new = all.filter(|it| was(it.above) > was(it.below)).map(|it| it.loss);
        let found = worst_new(&before, &jobs, &needs);
        prop_assert_eq!(found.map_or(0.0, |it| it.loss), new.fold(0.0, f64::max));
    }
}

#[test]
fn an_order_by_effort_is_told_from_one_by_value_and_from_chance() {
    // Each value with each effort: the two have nothing to do with each other.
    let jobs: Vec<Job> = (0..143_u32)
        .map(|n| Job { weight: f64::from(n % 13), size: f64::from(n % 11 + 1) })
        .collect();
    let sorted = |key: fn(&Job) -> f64| {
        let mut order: Vec<usize> = (0..jobs.len()).collect();
        order.sort_by(|&a, &b| key(&jobs[a]).total_cmp(&key(&jobs[b])));
        order
    };
    let cheap_first = Bias::of(&sorted(|job| job.size), &jobs).unwrap();
    assert!(cheap_first.effort > 0.9 && cheap_first.value.abs() < 0.2, "{cheap_first:?}");
    assert_eq!(cheap_first.p, Some(1.0 / 2001.0));
    assert!(cheap_first.is_cheap_first());
    let value_first = Bias::of(&sorted(|job| -job.weight), &jobs).unwrap();
    assert!(value_first.value > 0.9 && value_first.p.is_none(), "{value_first:?}");
    let by_chance = Bias::of(&(0..jobs.len()).collect::<Vec<_>>(), &jobs).unwrap();
    assert!(by_chance.p.is_none() && !by_chance.is_cheap_first(), "{by_chance:?}");
    // Four items in order of effort: so do many shuffles of four.
    let four = [(1, 3), (2, 1), (3, 4), (4, 2)];
    let four = four.map(|(size, weight)| Job { weight: f64::from(weight), size: f64::from(size) });
    let few = Bias::of(&[0, 1, 2, 3], &four).unwrap();
    assert!(few.effort == 1.0 && few.value == 0.0, "{few:?}");
    assert!(few.p.is_some_and(|p| (0.05..0.3).contains(&p)) && !few.is_cheap_first(), "{few:?}");
}

#[test]
fn many_items_are_judged_by_a_sample() {
    let job = |n: u32| Job { weight: f64::from(n * 7 % 17), size: f64::from(n / 500 + 1) };
    let jobs: Vec<Job> = (0..5_000).map(job).collect();
    let order: Vec<usize> = (0..jobs.len()).collect();
    let it = Bias::of(&order, &jobs).unwrap();
    assert_eq!((it.p, it.is_cheap_first()), (Some(1.0 / 2001.0), true));
}

#[test]
fn a_long_chain_of_what_is_bound_takes_no_longer() {
    // Each is worth more than the one above it, and waits for it; only the last one is free.
    let n = 3_000;
    let job = |n: u32| Job { weight: f64::from(n), size: 1.0 };
    let jobs: Vec<Job> = (0..n).map(job).collect();
    let order: Vec<usize> = (0..jobs.len()).collect();
    let mut needs: Vec<Vec<usize>> =
        order.iter().map(|&it| it.checked_sub(1).into_iter().collect()).collect();
    needs[jobs.len() - 1].clear();
    let found = inversion::worst(&order, &jobs, &needs, 10);
    let last = jobs.len() - 1;
    assert_eq!(found, [Inversion { above: 0, below: last, loss: f64::from(n - 1) }]);
}
