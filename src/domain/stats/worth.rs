//! The value of what was done, month by month, as it was estimated.

use super::Past;
use crate::domain::date::Date;

/// The value of what was done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worth {
    /// The months of the time, oldest first; the first and the last may be in it in part.
    pub months: Vec<Month>,
}

/// The items that were done in a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// How many were done.
    pub n_done: usize,
    /// Their value.
    pub value: f64,
    /// Their effort, in points.
    pub effort: f64,
    /// How many have no value.
    pub n_unvalued: usize,
}

impl Worth {
    pub(super) fn of(past: &Past<'_, '_>) -> Self {
        let month = |first| Month { first, n_done: 0, value: 0.0, effort: 0.0, n_unvalued: 0 };
        let mut months: Vec<Month> = past.period.months().map(month).collect();
        for life in past.done() {
            let Some(first) = life.done.map(Date::first_of_month) else { continue };
            let Some(month) = months.iter_mut().find(|it| it.first == first) else { continue };
            let number = |field: &str| life.item.and_then(|item| item.number(field));
            month.n_done += 1;
            month.value += number("value").unwrap_or(0.0);
            month.effort += number("effort").unwrap_or(0.0);
            month.n_unvalued += usize::from(number("value").is_none());
        }
        Self { months }
    }
}
