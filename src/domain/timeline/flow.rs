//! How many items were done and came in, week by week.

use super::{Life, Timeline};
use crate::domain::date::{Date, WEEK, days_between};
use crate::domain::forecast::Flow;

impl Timeline<'_> {
    /// The items of which it is wanted, by the weeks in which they came and were done. Weeks have seven
    /// days and are counted back from today, so that the last one is whole; what is known of less than
    /// a week at the beginning is left out. Items with parts are not counted, their parts are.
    pub fn flow(&self, is_wanted: impl Fn(&Life<'_>) -> bool) -> Flow {
        let Some(since) = self.since else { return Flow::default() };
        let n_weeks = (days_between(since, self.today) + 1).div_euclid(WEEK).max(0) as usize;
        let mut flow = Flow { done: vec![0; n_weeks], added: vec![0; n_weeks] };
        let week = |day: Date| {
            let back = days_between(day, self.today).div_euclid(WEEK) as usize;
            n_weeks.checked_sub(back + 1)
        };
        let counted = self.lives.iter().filter(|life| !life.has_parts && is_wanted(life));
        for life in counted {
            if let Some(week) = life.done.and_then(week) {
                flow.done[week] += 1;
            }
            if let Some(week) = life.created.filter(|_| !life.is_import).and_then(week) {
                flow.added[week] += 1;
            }
        }
        flow
    }
}
