//! Days, as the calendar has them: `2026-11-23`.
//!
//! A backlog knows days and not moments: the moment of a change is in Git.

pub use jiff::civil::Date;

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

#[cfg(test)]
mod tests {
    use super::*;

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
