//! How the work flows: what was done in a time, how long it took, what waits, and what was planned
//! beside it. Each metric says of how many items it is said; where too few are known it says nothing.
//!
//! All of it is the past. Nothing here foretells: what was planned for a sprint, or what one brought, is
//! no promise of the next; [`super::forecast`] draws from the weeks.
//!
//! Items that have parts are not counted, their parts are; what is gone counts as long as no query asks
//! for what there is.

pub mod ageing;
pub mod answers;
pub mod churn;
pub mod criteria;
pub mod cumulative;
pub mod efficiency;
mod percentiles;
mod period;
pub mod reopened;
pub mod scope;
pub mod sprints;
#[cfg(test)]
mod tests;
pub mod throughput;
pub mod times;
pub mod velocity;
pub mod worth;

pub use percentiles::{Percentiles, SHARES, percentile};
pub use period::{Length, Period};

use super::backlog::Backlog;
use super::entry::Entry;
use super::kind::Category;
use super::timeline::{Coverage, Life, Timeline};

/// All metrics of a backlog in a time. One field each, computed by the module of its type.
#[derive(Debug)]
pub struct Stats<'a> {
    /// The time.
    pub period: Period,
    /// How many items are looked at, in whatever state.
    pub n_items: usize,
    /// How much of what is done can be measured, in all of the past.
    pub coverage: Coverage,
    /// How many done items are left out of it, because their parts count.
    pub n_with_parts: usize,
    /// What was done in each week.
    pub throughput: throughput::Throughput,
    /// How long it took.
    pub times: times::Times,
    /// What is under way, and for how long.
    pub ageing: ageing::Ageing<'a>,
    /// How many items were in which state, day by day.
    pub cumulative: cumulative::Cumulative,
    /// What sprints planned and brought.
    pub velocity: velocity::Velocity<'a>,
    /// What came into sprints after they began, and what went.
    pub scope: scope::Scope<'a>,
    /// What share of the work is waiting.
    pub efficiency: Result<efficiency::Efficiency, efficiency::Unmeasured>,
    /// How much the order changes.
    pub churn: churn::Churn,
    /// What was opened again.
    pub reopened: reopened::Reopened<'a>,
    /// How long questions wait for an answer.
    pub answers: answers::Answers,
    /// Whether it was said in time what makes the work acceptable.
    pub criteria: criteria::Criteria,
    /// What the done items were worth, month by month.
    pub worth: worth::Worth,
}

impl<'a> Stats<'a> {
    /// The metrics of the items of which it is wanted; of all, and of those that are gone, without a
    /// wish.
    pub fn of(
        backlog: &'a Backlog,
        timeline: &'a Timeline<'a>,
        length: Length,
        is_wanted: Option<&dyn Fn(&Entry) -> bool>,
    ) -> Self {
        let past = Past::new(backlog, timeline, length, is_wanted);
        let times = times::Times::of(&past);
        let sprints = sprints::Sprints::of(&past);
        Self {
            period: past.period,
            n_items: past.lives.len(),
            coverage: Coverage::of(past.lives.iter().copied()),
            n_with_parts: past.n_with_parts,
            throughput: throughput::Throughput::of(&past),
            ageing: ageing::Ageing::of(&past, &times),
            times,
            cumulative: cumulative::Cumulative::of(&past),
            velocity: velocity::Velocity::of(&past, &sprints),
            scope: scope::Scope::of(&past, &sprints),
            efficiency: efficiency::Efficiency::of(&past),
            churn: churn::Churn::of(&past),
            reopened: reopened::Reopened::of(&past),
            answers: answers::Answers::of(&past),
            criteria: criteria::Criteria::of(&past),
            worth: worth::Worth::of(&past),
        }
    }
}

/// What metrics are computed from.
pub struct Past<'a, 'w> {
    /// The backlog as it is now.
    pub backlog: &'a Backlog,
    /// The items that count: those that are wanted, without those that have parts.
    pub lives: Vec<&'a Life<'a>>,
    /// The time that is looked at.
    pub period: Period,
    timeline: &'a Timeline<'a>,
    n_with_parts: usize,
    is_wanted: Option<&'w dyn Fn(&Entry) -> bool>,
}

impl<'a, 'w> Past<'a, 'w> {
    fn new(
        backlog: &'a Backlog,
        timeline: &'a Timeline<'a>,
        length: Length,
        is_wanted: Option<&'w dyn Fn(&Entry) -> bool>,
    ) -> Self {
        let wants = |life: &&Life<'_>| match is_wanted {
            Some(is_wanted) => life.item.is_some_and(is_wanted),
            None => true,
        };
        let wanted = timeline.lives.iter().filter(wants);
        let (wholes, lives): (Vec<&Life<'_>>, Vec<&Life<'_>>) =
            wanted.partition(|life| life.has_parts);
        let is_done = |life: &&&Life<'_>| life.now == Category::Done;
        let n_with_parts = wholes.iter().filter(is_done).count();
        let period = Period::of(timeline, length);
        Self { backlog, lives, period, timeline, n_with_parts, is_wanted }
    }

    /// The items that were done in the time.
    pub fn done(&self) -> impl Iterator<Item = &'a Life<'a>> {
        let period = self.period;
        let is_done = move |life: &&Life<'_>| life.done.is_some_and(|day| period.contains(day));
        self.lives.iter().copied().filter(is_done)
    }

    /// Whether an item that is there counts.
    pub fn wants(&self, item: &Entry) -> bool {
        self.is_wanted.is_none_or(|is_wanted| is_wanted(item))
    }
}
