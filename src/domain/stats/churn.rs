//! Rank churn: how much the order changes.

use super::Past;
use crate::domain::date::Date;
use crate::domain::diff::Change;
use crate::domain::kind::Category;

/// How much the order changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Churn {
    /// The weeks, by their first day, with the moves in each; oldest first.
    pub weeks: Vec<(Date, usize)>,
    /// How many moves there were in all of the time.
    pub n_moves: usize,
    /// How many items were moved.
    pub n_moved: usize,
    /// How many items were open at any time in it.
    pub n_open: usize,
}

impl Churn {
    pub(super) fn of(past: &Past<'_, '_>) -> Self {
        let period = past.period;
        let mut churn =
            Self { weeks: period.weeks().map(|day| (day, 0)).collect(), ..Self::default() };
        for life in &past.lives {
            let days = life.told.iter().filter_map(|(day, change)| match change {
                Change::Moved(_) if period.contains(*day) => Some(*day),
                _ => None,
            });
            let mut n_moves = 0;
            for day in days {
                n_moves += 1;
                if let Some(week) = period.week(day) {
                    churn.weeks[week].1 += 1;
                }
            }
            churn.n_moves += n_moves;
            churn.n_moved += usize::from(n_moves > 0);
            let was_open = life.on(period.first).is_some_and(Category::is_open);
            let mut later = life.states.iter().filter(|(day, _)| period.contains(*day));
            let is_open = was_open || n_moves > 0 || later.any(|(_, state)| state.is_open());
            churn.n_open += usize::from(is_open);
        }
        churn
    }

    /// The share of the open items that were moved; `None` without any.
    pub fn share(&self) -> Option<f64> {
        (self.n_open > 0).then(|| self.n_moved as f64 / self.n_open as f64)
    }
}
