//! The time that metrics are about.

use crate::domain::date::{Date, WEEK, days_between};
use crate::domain::forecast::HISTORY;
use crate::domain::timeline::Timeline;

/// How far back to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// So many weeks.
    Weeks(usize),
    /// From a day on.
    Since(Date),
}

impl Default for Length {
    /// As far as a forecast looks.
    fn default() -> Self {
        Self::Weeks(HISTORY)
    }
}

/// The time from a day to another, both of them in it. It never begins before anything is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub first: Date,
    /// The last day, which is the one on which all is looked at.
    pub last: Date,
}

impl Period {
    /// The last part of what a timeline knows.
    pub(super) fn of(timeline: &Timeline<'_>, length: Length) -> Self {
        let last = timeline.today;
        let wanted = match length {
            Length::Since(day) => day.min(last),
            Length::Weeks(n) => {
                back(last, i64::try_from(n).unwrap_or(i64::MAX).saturating_mul(WEEK) - 1)
            }
        };
        let known = timeline.since.unwrap_or(last);
        Self { first: wanted.max(known).min(last), last }
    }

    /// Whether a day is in it.
    pub fn contains(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// How many days it has.
    pub fn n_days(&self) -> i64 {
        days_between(self.first, self.last) + 1
    }

    /// How many whole weeks it has. They are counted back from its last day.
    pub fn n_weeks(&self) -> usize {
        usize::try_from(self.n_days().div_euclid(WEEK)).unwrap_or(0)
    }

    /// The first day of each whole week, oldest first.
    pub fn weeks(&self) -> impl DoubleEndedIterator<Item = Date> + use<> {
        let last = self.last;
        (1..=self.n_weeks() as i64).rev().map(move |n| back(last, n * WEEK - 1))
    }

    /// The week in which a day is.
    pub fn week(&self, day: Date) -> Option<usize> {
        let back = days_between(day, self.last);
        let weeks = usize::try_from(back.div_euclid(WEEK)).ok()?;
        self.n_weeks().checked_sub(weeks + 1)
    }

    /// The first day of each month that it touches, oldest first.
    pub fn months(&self) -> impl Iterator<Item = Date> + use<> {
        let last = self.last;
        let next = |month: &Date| month.checked_add(jiff::Span::new().months(1)).ok();
        let months = std::iter::successors(Some(self.first.first_of_month()), next);
        months.take_while(move |month| *month <= last)
    }
}

/// The day so many days before another.
fn back(day: Date, days: i64) -> Date {
    // A calendar has a beginning, and nobody remembers it.
    const LONGEST: i64 = 4_000_000;
    if days > LONGEST {
        return Date::MIN;
    }
    day.checked_sub(jiff::Span::new().days(days)).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_are_counted_back_from_the_last_day() {
        let day = |text: &str| -> Date { text.parse().unwrap() };
        let period = Period { first: day("2026-11-10"), last: day("2026-11-26") };
        assert_eq!((period.n_days(), period.n_weeks()), (17, 2));
        assert_eq!(period.weeks().collect::<Vec<_>>(), [day("2026-11-13"), day("2026-11-20")]);
        let week = |text: &str| period.week(day(text));
        assert_eq!(week("2026-11-12"), None);
        assert_eq!(["2026-11-13", "2026-11-19"].map(week), [Some(0), Some(0)]);
        assert_eq!(["2026-11-20", "2026-11-26"].map(week), [Some(1), Some(1)]);
        assert_eq!(week("2026-11-27"), None);
        assert_eq!(period.months().collect::<Vec<_>>(), [day("2026-11-01")]);
    }

    #[test]
    fn too_far_back_is_as_far_as_anything_is_known() {
        let timeline = Timeline {
            lives: vec![],
            since: Some(Date::constant(2026, 10, 1)),
            today: Date::constant(2026, 11, 26),
            n_unread: 0,
        };
        let first = |length| Period::of(&timeline, length).first;
        assert_eq!(first(Length::Weeks(usize::MAX)), Date::constant(2026, 10, 1));
        assert_eq!(first(Length::Weeks(1)), Date::constant(2026, 11, 20));
        assert_eq!(first(Length::Since(Date::constant(2082, 1, 1))), timeline.today);
        let unknown = Timeline { since: None, ..timeline };
        assert_eq!(Period::of(&unknown, Length::default()).n_weeks(), 0);
    }
}
