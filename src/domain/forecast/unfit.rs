//! Why nothing is foretold, and what helps.

use super::{HISTORY, MIN_DONE, MIN_WEEKS};
use crate::domain::date::{Date, WEEK};
use crate::domain::message::counted;

/// Why nothing is foretold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// So many weeks are too few.
    Weeks(usize),
    /// So many done items are too few.
    Done(u32),
    /// Nothing was done in the last weeks.
    Idle,
}

impl Unfit {
    /// A word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Weeks(_) => "weeks",
            Self::Done(_) => "done",
            Self::Idle => "idle",
        }
    }

    /// What is missing: `the past has 3 whole weeks, and a date needs 8`.
    pub fn reason(self) -> String {
        match self {
            Self::Weeks(0) => {
                format!("the past has no whole week yet, and a date needs {MIN_WEEKS}")
            }
            Self::Weeks(n) => {
                let weeks = counted(n, "whole week");
                format!("the past has {weeks}, and a date needs {MIN_WEEKS}")
            }
            Self::Done(n) => {
                let items = counted(n as usize, "done item");
                format!("the past has {items} with a day, and a date needs {MIN_DONE}")
            }
            Self::Idle => format!("nothing was done in the last {HISTORY} weeks"),
        }
    }

    /// What to do about it.
    pub fn advice(self, today: Date) -> String {
        match self {
            Self::Weeks(n) => {
                let n_days = WEEK * (MIN_WEEKS.saturating_sub(n)) as i64;
                let day = today.checked_add(jiff::Span::new().days(n_days));
                let when = day.map_or_else(|_| "later".to_owned(), |day| format!("on {day}"));
                format!("ask again {when}, or write down what was done before, with its days")
            }
            Self::Done(n) => {
                let n_more = (MIN_DONE.saturating_sub(n)) as usize;
                let more = counted(n_more, "more item");
                let verb = if n_more == 1 { "is" } else { "are" };
                format!(
                    "ask again when {more} {verb} done; a done item without a day gets one with: git backlog set ID done=DAY"
                )
            }
            Self::Idle => "ask again when something is done".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_how_much_is_missing_and_what_to_do() {
        let today = Date::constant(2026, 11, 25);
        let told = |unfit: Unfit| format!("{}: {}", unfit.reason(), unfit.advice(today));
        assert_eq!(
            told(Unfit::Weeks(1)),
            "the past has 1 whole week, and a date needs 8: ask again on 2027-01-13, or write down \
             what was done before, with its days"
        );
        assert_eq!(
            told(Unfit::Done(12)),
            "the past has 12 done items with a day, and a date needs 15: ask again when 3 more items \
             are done; a done item without a day gets one with: git backlog set ID done=DAY"
        );
        assert_eq!(
            told(Unfit::Idle),
            "nothing was done in the last 26 weeks: ask again when something is done"
        );
    }
}
