//! Acceptance criteria over time: whether done items had any, and whether those changed after work had
//! begun.

use super::Past;
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::diff::{Act, Change};
use crate::domain::entry::Entry;
use crate::domain::kind::Category;
use crate::domain::timeline::Life;

/// Whether it was said in time what makes work acceptable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    /// How many open items are ready or under way.
    pub n_ready: usize,
    /// How many of these have criteria.
    pub n_ready_with: usize,
    /// The months of the time, oldest first.
    pub months: Vec<Month>,
}

/// The items that were done in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// How many were done.
    pub n_done: usize,
    /// How many of these have criteria.
    pub n_with: usize,
    /// Of how many it is known when work on them began.
    pub n_started: usize,
    /// How many of these got other criteria after that: new ones, other words, or fewer.
    pub n_changed: usize,
}

impl Criteria {
    pub(super) fn of(past: &Past<'_, '_>) -> Self {
        let backlog = past.backlog;
        let has_some = |item: &Entry| item.met(&backlog.config).1 > 0;
        let open = past.lives.iter().filter(|life| life.now.is_open());
        let ready: Vec<&Entry> =
            open.filter_map(|life| life.item).filter(|it| is_ready(backlog, it)).collect();
        let month = |first| Month { first, n_done: 0, n_with: 0, n_started: 0, n_changed: 0 };
        let mut months: Vec<Month> = past.period.months().map(month).collect();
        for life in past.done() {
            let Some(month) = life.done.map(Date::first_of_month) else { continue };
            let Some(month) = months.iter_mut().find(|it| it.first == month) else { continue };
            month.n_done += 1;
            month.n_with += usize::from(life.item.is_some_and(has_some));
            month.n_started += usize::from(life.started.is_some());
            month.n_changed += usize::from(is_changed(life));
        }
        Self {
            n_ready: ready.len(),
            n_ready_with: ready.iter().filter(|item| has_some(item)).count(),
            months,
        }
    }
}

/// Whether an open item has come as far as the Definition of Ready asks.
fn is_ready(backlog: &Backlog, item: &Entry) -> bool {
    let config = &backlog.config;
    let place = |word: &str| config.statuses.0.iter().position(|(status, _)| status == word);
    let from = place(config.ready.from.as_deref().unwrap_or("ready"));
    let is_begun = backlog.category(item) == Category::Doing;
    is_begun || from.is_some_and(|from| place(&item.status()) >= Some(from))
}

/// Whether criteria changed in meaning after work had begun and before it ended.
fn is_changed(life: &Life<'_>) -> bool {
    let Some(started) = life.started else { return false };
    let is_within = |day: Date| started < day && life.done.is_none_or(|done| day <= done);
    life.told.iter().any(|(day, change)| {
        let is_other = match change {
            Change::Criterion(it) => {
                matches!(it.act, Act::Added | Act::Removed | Act::Reworded { .. })
            }
            _ => false,
        };
        is_other && is_within(*day)
    })
}
