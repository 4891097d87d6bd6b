//! Cumulative flow: how many items were in which state in the evening of a day.

use super::Past;
use crate::domain::date::{Date, WEEK, days_between};
use crate::domain::kind::Category;

/// So many weeks are looked at day by day; longer times at the end of each week.
const BY_DAY: usize = 8;

/// How many items were in which state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cumulative {
    /// The days, oldest first; the last is that of the period.
    pub days: Vec<Evening>,
}

/// The states of all items in the evening of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evening {
    /// The day.
    pub day: Date,
    /// How many items were not begun.
    pub todo: usize,
    /// How many were under way.
    pub doing: usize,
    /// How many were done.
    pub done: usize,
    /// How many were dropped.
    pub dropped: usize,
}

impl Cumulative {
    pub(super) fn of(past: &Past<'_, '_>) -> Self {
        let period = past.period;
        let step = if period.n_weeks() <= BY_DAY { 1 } else { WEEK };
        let n_days = period.n_days();
        // How the counts change from each day to the next; what was before the time is on its first.
        let mut changes = vec![[0_i64; 4]; n_days as usize];
        let mut change = |day: Date, state: Category, by: i64| {
            let at = days_between(period.first, day).max(0);
            if let Some(counts) = usize::try_from(at).ok().and_then(|at| changes.get_mut(at)) {
                counts[place(state)] += by;
            }
        };
        for life in &past.lives {
            let mut before = None;
            for (day, state) in &life.states {
                if let Some(before) = before {
                    change(*day, before, -1);
                }
                change(*day, *state, 1);
                before = Some(*state);
            }
        }
        let mut counts = [0_i64; 4];
        let mut days = Vec::new();
        for (at, change) in (0..).zip(&changes) {
            counts.iter_mut().zip(change).for_each(|(count, by)| *count += by);
            if (n_days - 1 - at) % step == 0 {
                let day = period.first.checked_add(jiff::Span::new().days(at));
                days.extend(day.ok().map(|day| Evening::of(day, counts)));
            }
        }
        Self { days }
    }
}

impl Evening {
    fn of(day: Date, counts: [i64; 4]) -> Self {
        let [todo, doing, done, dropped] = counts.map(|count| usize::try_from(count).unwrap_or(0));
        Self { day, todo, doing, done, dropped }
    }
}

fn place(state: Category) -> usize {
    match state {
        Category::Todo => 0,
        Category::Doing => 1,
        Category::Done => 2,
        Category::Dropped => 3,
    }
}
