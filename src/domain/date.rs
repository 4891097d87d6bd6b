//! Days, as the calendar has them: `2026-11-23`.
//!
//! A backlog knows days and not moments: the moment of a change is in Git.

pub use jiff::civil::Date;

/// The days of a week.
pub const WEEK: i64 = 7;

/// The day that `text` names, in the one form that is written: four, two and two digits.
pub fn parse(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes[at].is_ascii_digit();
    let has_form = bytes.len() == 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && [0, 1, 2, 3, 5, 6, 8, 9].into_iter().all(is_digit);
    if !has_form {
        return None;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<i16>().ok();
    let (month, day) = (number(5, 7)?, number(8, 10)?);
    Date::new(number(0, 4)?, month as i8, day as i8).ok()
}

/// The days from one to another; below zero if the other comes first.
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// A day as people say it who live on another: `yesterday`, `3 days ago`, `in 2 weeks`. What is more
/// than four weeks away is told by its date.
pub fn told(day: Date, today: Date) -> String {
    let distance = days_between(today, day);
    let (n, noun) = match distance.abs() {
        days if days < 2 * WEEK => (days, "days"),
        days => (days / WEEK, "weeks"),
    };
    match distance {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2..=28 => format!("in {n} {noun}"),
        -28..=-2 => format!("{n} {noun} ago"),
        _ => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_days_are_told_from_today() {
        let today = Date::constant(2026, 11, 25);
        let check = |day: &str, expected: &str| {
            assert_eq!(told(parse(day).unwrap(), today), expected, "{day}");
        };
        check("2026-11-25", "today");
        check("2026-11-24", "yesterday");
        check("2026-11-26", "tomorrow");
        check("2026-11-23", "2 days ago");
        check("2026-11-12", "13 days ago");
        check("2026-11-11", "2 weeks ago");
        check("2026-10-28", "4 weeks ago");
        check("2026-10-27", "2026-10-27");
        check("2026-12-01", "in 6 days");
        check("2026-12-23", "in 4 weeks");
        check("2027-11-25", "2027-11-25");
    }

    #[test]
    fn reads_one_form_and_no_other() {
        assert_eq!(parse("2026-11-23").map(|day| day.to_string()).as_deref(), Some("2026-11-23"));
        for wrong in ["2026-11-3", "2026-02-30", "2026-13-01", "23.11.2026", "", "2026-11-2x"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn counts_days_over_months_and_back() {
        let (october, november) = (Date::constant(2026, 10, 24), Date::constant(2026, 11, 25));
        assert_eq!(days_between(october, november), 32);
        assert_eq!(days_between(november, october), -32);
        assert_eq!(days_between(Date::MIN, Date::MAX), 7_304_483);
    }
}
