//! Laws of all orders, on generated jobs: held against every order there is, and against the simple
//! policies.

use proptest::prelude::*;

use super::*;

/// `GIT_BACKLOG_CASES` asks for more than the few that every run of the tests can afford.
#[expect(clippy::disallowed_methods, reason = "how long to test is no input of the domain")]
fn config() -> ProptestConfig {
    let cases = std::env::var("GIT_BACKLOG_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: cases.unwrap_or(200), failure_persistence: None, ..Default::default() }
}

/// How many jobs are few enough to try each order; nine where there is time.
#[expect(clippy::disallowed_methods, reason = "how long to test is no input of the domain")]
fn most() -> usize {
    if std::env::var_os("GIT_BACKLOG_CASES").is_some() { 9 } else { 7 }
}

type Jobs = (Vec<Job>, Vec<Vec<usize>>);

fn jobs(n: usize) -> impl Strategy<Value = Vec<Job>> {
    let number = prop_oneof![4 => (1..9u32).prop_map(f64::from), 1 => Just(0.0), 1 => 0.0..9.0];
    let job = (number.clone(), number).prop_map(|(weight, size)| Job { weight, size });
    proptest::collection::vec(job, n)
}

/// Jobs of which each waits for one before it, or for none; in `is_in`, each has one that waits.
fn forest(most: usize) -> impl Strategy<Value = Jobs> {
    let edges = |n: usize| proptest::collection::vec(proptest::option::weighted(0.8, 0..n), n);
    let of = |(jobs, edges, is_in): (Vec<Job>, Vec<Option<usize>>, bool)| {
        let mut before = vec![Vec::new(); jobs.len()];
        for (node, other) in edges.into_iter().enumerate() {
            match other {
                Some(other) if other < node && is_in => before[other].push(node),
                Some(other) if other < node => before[node].push(other),
                _ => {}
            }
        }
        (jobs, before)
    };
    (1..=most).prop_flat_map(move |n| (jobs(n), edges(n), any::<bool>()).prop_map(of))
}

/// Jobs that wait for any others before them in a hidden order.
fn graph(most: usize) -> impl Strategy<Value = Jobs> {
    let of = |(jobs, hidden, pairs): (Vec<Job>, Vec<usize>, Vec<(usize, usize)>)| {
        let mut before = vec![Vec::new(); jobs.len()];
        for (a, b) in pairs {
            let (first, then) = (a.min(b), a.max(b));
            if first != then {
                before[hidden[then]].push(hidden[first]);
            }
        }
        (jobs, before)
    };
    (1..=most).prop_flat_map(move |n| {
        let hidden = Just((0..n).collect::<Vec<_>>()).prop_shuffle();
        let pairs = proptest::collection::vec((0..n, 0..n), 0..=2 * n);
        (jobs(n), hidden, pairs).prop_map(of)
    })
}

/// The least cost of all orders, by trying each as far as it can still be the best.
fn least(jobs: &[Job], before: &[Vec<usize>]) -> f64 {
    fn search(all: (&[Job], &[Vec<usize>]), order: &mut Vec<usize>, spent: (f64, f64)) -> f64 {
        let (jobs, before) = all;
        let (time, cost) = spent;
        if order.len() == jobs.len() {
            return cost;
        }
        let mut least = f64::INFINITY;
        for job in 0..jobs.len() {
            if !order.contains(&job) && before[job].iter().all(|first| order.contains(first)) {
                let time = time + jobs[job].size;
                let spent = (time, cost + jobs[job].weight * time);
                order.push(job);
                least = least.min(search(all, order, spent));
                order.pop();
            }
        }
        least
    }
    search((jobs, before), &mut Vec::new(), (0.0, 0.0))
}

/// Equal but for what whole numbers round.
const ROUNDING: f64 = 1.0 + 1e-9;

fn assert_valid((jobs, before): &Jobs) -> Result<(), TestCaseError> {
    for order in [sidney(jobs, before), closures(jobs, before)] {
        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..jobs.len()).collect::<Vec<_>>());
        prop_assert!(respects(&order, before), "{:?}", order);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_best_order_of_a_forest_is_found((jobs, before) in forest(most())) {
        let found = cost(&sidney(&jobs, &before), &jobs);
        let least = least(&jobs, &before);
        prop_assert!(found <= least * ROUNDING + 1e-9, "{found} {least}");
    }

    #[test]
    fn of_few_jobs_the_best_order_is_found((jobs, before) in graph(most())) {
        let found = cost(&sidney(&jobs, &before), &jobs);
        let least = least(&jobs, &before);
        prop_assert!(found <= least * ROUNDING + 1e-9, "{found} {least}");
    }

    #[test]
    fn no_simple_policy_is_better(it in graph(60)) {
        assert_valid(&it)?;
        let (jobs, before) = it;
        let found = cost(&sidney(&jobs, &before), &jobs);
        for policy in Policy::ALL {
            let order = naive(policy, &jobs, &before);
            prop_assert!(respects(&order, &before));
            let simple = cost(&order, &jobs);
            prop_assert!(found <= simple * ROUNDING + 1e-9, "{policy:?}: {found} {simple}");
        }
        let greedy = cost(&closures(&jobs, &before), &jobs);
        prop_assert!(found <= greedy * ROUNDING + 1e-9, "closures: {found} {greedy}");
    }

    #[test]
    fn circles_end_and_keep_todays_order(
        jobs in (1..12usize).prop_flat_map(jobs),
        pairs in proptest::collection::vec((0..14usize, 0..14usize), 0..30),
    ) {
        let mut before = vec![Vec::new(); jobs.len()];
        for (job, first) in pairs {
            before[job % jobs.len()].push(first);
        }
        for order in [sidney(&jobs, &before), closures(&jobs, &before)] {
            let mut sorted = order.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..jobs.len()).collect::<Vec<_>>());
        }
    }
}

fn check(jobs: &[(f64, f64)], before: &[&[usize]], expected: &[usize]) {
    let jobs: Vec<Job> = jobs.iter().map(|&(weight, size)| Job { weight, size }).collect();
    let before: Vec<Vec<usize>> = before.iter().map(|it| it.to_vec()).collect();
    assert_eq!(sidney(&jobs, &before), expected);
    assert_eq!(closures(&jobs, &before), expected);
}

#[test]
fn without_dependencies_it_is_smiths_rule() {
    check(&[(1.0, 1.0), (3.0, 1.0), (4.0, 2.0)], &[&[], &[], &[]], &[1, 2, 0]);
}

#[test]
fn what_is_equally_good_keeps_its_order() {
    check(&[(2.0, 1.0), (4.0, 2.0), (2.0, 1.0)], &[&[], &[], &[]], &[0, 1, 2]);
    check(&[(0.0, 0.0), (0.0, 0.0), (0.0, 0.0)], &[&[], &[], &[1]], &[0, 1, 2]);
    check(&[(0.0, 3.0), (0.0, 1.0), (0.0, 2.0)], &[&[], &[], &[]], &[0, 1, 2]);
}

#[test]
fn an_enabler_comes_for_what_waits_behind_it() {
    // Item 1 is worth nothing alone; with item 2 it is worth more than item 0.
    check(&[(3.0, 1.0), (0.0, 1.0), (13.0, 2.0)], &[&[], &[], &[1]], &[1, 2, 0]);
    check(&[(3.0, 1.0), (0.0, 0.0), (13.0, 2.0)], &[&[], &[], &[1]], &[1, 2, 0]);
}

#[test]
fn a_circle_stays_together_in_todays_order() {
    check(&[(1.0, 1.0), (2.0, 1.0), (9.0, 1.0)], &[&[], &[2], &[1]], &[1, 2, 0]);
    check(&[(1.0, 1.0), (2.0, 1.0)], &[&[0], &[]], &[1, 0]);
}

#[test]
fn no_number_is_too_large_too_small_or_none() {
    let odd = [f64::MAX, f64::MIN_POSITIVE, f64::NAN, f64::INFINITY, -1.0, 0.0, 5e-324];
    let jobs: Vec<Job> =
        odd.iter().flat_map(|&weight| odd.map(|size| Job { weight, size })).collect();
    let before: Vec<Vec<usize>> =
        (0..jobs.len()).map(|n| (n % 3..n).step_by(7).collect()).collect();
    for order in [sidney(&jobs, &before), closures(&jobs, &before)] {
        assert!(respects(&order, &before));
        assert_eq!(order.len(), jobs.len());
    }
}

#[test]
fn nothing_is_an_order_of_nothing() {
    assert!(sidney(&[], &[]).is_empty());
    assert_eq!(cost(&[], &[]), 0.0);
}
