//! Laws of the orders that are proposed, on generated items: held against every order there is.

use proptest::prelude::*;

use super::super::proposal::choice;
use super::*;
use crate::domain::graph::cycles;

/// `GIT_BACKLOG_CASES` asks for more than the few that every run of the tests can afford.
#[expect(clippy::disallowed_methods, reason = "how long to test is no input of the domain")]
fn config() -> ProptestConfig {
    let cases = std::env::var("GIT_BACKLOG_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: cases.unwrap_or(200), failure_persistence: None, ..Default::default() }
}

#[derive(Debug)]
struct Items {
    worths: Vec<Option<Worth>>,
    before: Vec<Vec<usize>>,
    is_fixed: Vec<bool>,
}

impl Items {
    fn task(&self) -> Task<'_> {
        Task { worths: &self.worths, before: &self.before, is_fixed: &self.is_fixed }
    }

    /// The best merit of all orders that keep what is fixed.
    fn best(&self) -> Merit {
        fn search(task: Task<'_>, order: &mut Vec<usize>, best: &mut Merit) {
            let position = order.len();
            if position == task.before.len() {
                let merit = task.merit(order);
                if merit.is_better_than(best) {
                    *best = merit;
                }
                return;
            }
            let free = (0..task.before.len()).filter(|&at| !task.is_fixed[at]);
            let items: Vec<usize> = match task.is_fixed[position] {
                true => vec![position],
                false => free.filter(|at| !order.contains(at)).collect(),
            };
            for item in items {
                order.push(item);
                search(task, order, best);
                order.pop();
            }
        }
        let today: Vec<usize> = (0..self.before.len()).collect();
        let mut best = self.task().merit(&today);
        search(self.task(), &mut Vec::new(), &mut best);
        best
    }

    fn assert_keeps_what_is_fixed(&self, order: &[usize]) {
        let mut all = order.to_vec();
        all.sort_unstable();
        assert!(all.iter().enumerate().all(|(at, item)| at == *item), "{order:?}");
        let is_kept = |at: usize| !self.is_fixed[at] || order[at] == at;
        assert!((0..order.len()).all(is_kept), "{order:?}");
    }
}

/// Items in classes, pinned and unscored ones among them, that wait for any others, also in circles.
fn items(most: usize, classes: usize) -> impl Strategy<Value = Items> {
    let numbers = (0..classes, 0..14u32, 1..14u32);
    let of =
        |(class, weight, size)| Worth { class, weight: f64::from(weight), size: f64::from(size) };
    let worth = proptest::option::weighted(0.75, numbers.prop_map(of));
    let item = (worth, proptest::bool::weighted(0.2));
    (1..=most).prop_flat_map(move |n| {
        let pairs = proptest::collection::vec((0..n, 0..n), 0..=n + 1);
        (proptest::collection::vec(item.clone(), n), pairs).prop_map(move |(items, pairs)| {
            let mut before = vec![Vec::new(); n];
            for (first, then) in pairs {
                if first != then && !before[then].contains(&first) {
                    before[then].push(first);
                }
            }
            Items {
                is_fixed: items.iter().map(|(worth, pinned)| *pinned || worth.is_none()).collect(),
                worths: items.into_iter().map(|(worth, _)| worth).collect(),
                before,
            }
        })
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn few_items_around_fixed_ones_come_in_the_best_order(items in items(6, 1)) {
        // Without anything fixed it is the order of `precedence`, which does not break up circles.
        prop_assume!(items.is_fixed.contains(&true) || cycles(&items.before).is_empty());
        let order = choice(items.task()).wanted;
        items.assert_keeps_what_is_fixed(&order);
        let (found, best) = (items.task().merit(&order), items.best());
        prop_assert_eq!(found.n_early, best.n_early);
        prop_assert!(found.cost <= best.cost * 1.02, "{order:?} {found:?} {best:?}");
    }

    #[test]
    fn few_items_in_classes_come_in_the_best_order(items in items(6, 3)) {
        let order = improved(items.task(), (0..items.before.len()).collect(), NEIGHBOURS);
        let (found, best) = (items.task().merit(&order), items.best());
        prop_assert!(!best.is_better_than(&found), "{order:?} {found:?} {best:?}");
    }

    /// With two neighbours at once all changes are needed, as they are with many items.
    #[test]
    fn changes_one_by_one_count_right_and_make_nothing_worse(items in items(12, 3)) {
        let task = items.task();
        let today: Vec<usize> = (0..items.before.len()).collect();
        let order = improved(task, today.clone(), 2);
        items.assert_keeps_what_is_fixed(&order);
        let merit = task.merit(&order);
        prop_assert!(!task.merit(&today).is_better_than(&merit));
        // What was counted on the way is what is there.
        let mut search = Search::new(task, today);
        for slot in (1..search.free.len()).chain((1..search.free.len()).rev()) {
            search.exchange(slot - 1);
            let real = task.merit(&search.order);
            prop_assert_eq!(search.n_early, real.n_early);
            prop_assert!((search.cost - real.cost).abs() < 1e-6);
        }
    }
}
