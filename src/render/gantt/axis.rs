//! The days from left to right, and where each lies.

use jiff::ToSpan;

use super::Gantt;
use crate::domain::date::{Date, days_between};

/// How many days before today, and after it, are shown at most.
const BEFORE: i64 = 200;
const AFTER: i64 = 1_100;

/// From how many days on months are too narrow for their names.
const MANY: i64 = 460;

/// The days that are shown.
pub(in crate::render) struct Axis {
    first: Date,
    last: Date,
}

/// The beginning of a month or of a quarter.
pub(in crate::render) struct Tick {
    /// The share of the way from left to right.
    pub(in crate::render) share: f64,
    /// `Dec`, `Jan 2027`, `Q1 2027`.
    pub(in crate::render) name: String,
}

impl Axis {
    /// Wide enough for all days of some plans that are near enough.
    pub(in crate::render) fn of(gantt: &Gantt<'_>) -> Self {
        let today = gantt.today;
        let days = || gantt.rows().flat_map(|row| row.days());
        let near = |day: &Date| (-BEFORE..=AFTER).contains(&days_between(today, *day));
        let (first, last) = days()
            .filter(near)
            .chain([today])
            .fold((today, today), |(first, last), day| (first.min(day), last.max(day)));
        // A little room on both sides, so that no mark lies on the edge.
        let first = first.saturating_sub(7.days()).first_of_month();
        let last = last.saturating_add(7.days()).last_of_month();
        Self { first, last }
    }

    fn n_days(&self) -> i64 {
        days_between(self.first, self.last).max(1)
    }

    /// The share of the way at which a day lies; what is too far away lies at an end.
    pub(in crate::render) fn share(&self, day: Date) -> f64 {
        let share = days_between(self.first, day) as f64 / self.n_days() as f64;
        share.clamp(0.0, 1.0)
    }

    /// Whether a day is too far away to be shown.
    pub(in crate::render) fn is_beyond(&self, day: Date) -> bool {
        day > self.last
    }

    /// How many months a tick stands for.
    fn step(&self) -> i8 {
        if self.n_days() > MANY { 3 } else { 1 }
    }

    /// The beginnings of the months, or of the quarters where there are many, with their names.
    pub(in crate::render) fn ticks(&self) -> Vec<Tick> {
        let step = self.step();
        let mut ticks: Vec<Tick> = Vec::new();
        let mut day = self.first;
        while day <= self.last {
            if (day.month() - 1) % step == 0 {
                let name = name(day, step, ticks.is_empty());
                ticks.push(Tick { share: self.share(day), name });
            }
            // There is a last month of all.
            let Ok(next) = day.checked_add(1.month()) else { break };
            day = next;
        }
        ticks
    }
}

/// `Dec`, `Jan 2027`, `Q1 2027`: the year stands where it begins.
fn name(day: Date, step: i8, is_first: bool) -> String {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (month, year) = (day.month(), day.year());
    let word = match step {
        1 => MONTHS[usize::from(month.unsigned_abs()) - 1].to_owned(),
        _ => format!("Q{}", (month - 1) / 3 + 1),
    };
    if month == 1 || is_first { format!("{word} {year}") } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::gantt::tests::gantt;

    #[test]
    fn months_become_quarters_where_there_are_many() {
        let names = |gantt: &Gantt<'_>| {
            let ticks = Axis::of(gantt).ticks();
            ticks.into_iter().map(|tick| tick.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&gantt()), ["Oct 2026", "Nov", "Dec"]);
        let mut gantt = gantt();
        gantt.sections[0].rows[0].wanted = Some(Date::constant(2028, 2, 1));
        assert_eq!(names(&gantt), ["Q4 2026", "Q1 2027", "Q2", "Q3", "Q4", "Q1 2028"]);
    }

    #[test]
    fn what_is_too_far_away_lies_at_the_edge_and_makes_nothing_narrow() {
        let mut gantt = gantt();
        gantt.sections[0].rows[0].done = Some(Date::MIN);
        gantt.sections[0].rows[1].wanted = Some(Date::MAX);
        let axis = Axis::of(&gantt);
        assert_eq!((axis.share(Date::MIN), axis.share(Date::MAX)), (0.0, 1.0));
        assert!(axis.is_beyond(Date::MAX) && axis.n_days() < 100, "{}", axis.n_days());
        gantt.today = Date::MAX;
        assert_eq!(Axis::of(&gantt).ticks().len(), 1);
    }
}
