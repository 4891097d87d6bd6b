//! Throughput: how many items were done in each week, weeks without one among them.

use super::Past;
use crate::domain::date::Date;

/// What was done and what came in, week by week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Throughput {
    /// The weeks, oldest first. They end with the last day of the period, so that all are whole.
    pub weeks: Vec<Week>,
}

/// A week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its first day.
    pub first: Date,
    /// How many items were done in it.
    pub done: u32,
    /// How many came in, without imports.
    pub added: u32,
}

impl Throughput {
    pub(super) fn of(past: &Past<'_, '_>) -> Self {
        let flow = past.timeline.flow(|life| match life.item {
            Some(item) => past.wants(item),
            None => past.is_wanted.is_none(),
        });
        let (done, added) = (flow.done.iter().rev(), flow.added.iter().rev());
        let weeks = past.period.weeks().rev().zip(done.zip(added));
        let mut weeks: Vec<Week> = weeks
            .map(|(first, (done, added))| Week { first, done: *done, added: *added })
            .collect();
        weeks.reverse();
        Self { weeks }
    }

    /// How many items were done in all of the weeks.
    pub fn n_done(&self) -> u32 {
        self.weeks.iter().map(|week| week.done).sum()
    }

    /// How many came in.
    pub fn n_added(&self) -> u32 {
        self.weeks.iter().map(|week| week.added).sum()
    }

    /// In how many weeks nothing was done.
    pub fn n_idle(&self) -> usize {
        self.weeks.iter().filter(|week| week.done == 0).count()
    }

    /// How many items a week brings in the middle: half of the weeks bring at most that many.
    pub fn median(&self) -> Option<f64> {
        crate::domain::question::median(self.weeks.iter().map(|it| i64::from(it.done)).collect())
    }
}
