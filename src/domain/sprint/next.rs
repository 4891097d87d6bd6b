//! The sprint after the last one: as long, on the same days of the week, and with the next number.

use super::{Sprint, WEEK};
use crate::domain::date::{Date, days_between};

/// How long a sprint is if there was none before: two weeks.
const LENGTH: i64 = 14;

/// Up to how many days lie between two sprints because nobody works on them: a weekend, and a day.
const WEEKEND: i64 = 3;

/// What a new sprint is called and when it is, unless somebody says otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its first day.
    pub start: Date,
    /// Its last day.
    pub end: Date,
    /// The effort that fits: as much as into the last one.
    pub capacity: Option<f64>,
}

/// The sprint after the last of `sprints`. It begins after that one ended, on the same day of the week if
/// that is near; or today, if that was long ago. `start` is the first day, if somebody has said.
pub fn next(
    sprints: &[Sprint<'_>],
    start: Option<Date>,
    today: Date,
    is_taken: impl Fn(&str) -> bool,
) -> Next {
    let last = sprints.iter().filter(|it| it.span().is_some()).max_by_key(|it| it.end);
    let named = last.or(sprints.last());
    let start = start.unwrap_or_else(|| last.map_or(today, |it| start_after(it, today)));
    let n_days = last.and_then(Sprint::n_days).unwrap_or(LENGTH);
    let mut id = named.map_or_else(|| "sprint-1".to_owned(), |it| id_after(it, start));
    let mut title = named.and_then(|it| counted_up(&it.record.title()));
    while is_taken(&id) {
        let Some(other) = counted_up(&id) else { break };
        id = other;
        title = title.as_deref().and_then(counted_up);
    }
    Next {
        title: title.unwrap_or_else(|| title_of(&id)),
        id,
        start,
        end: later(start, n_days - 1),
        capacity: last.and_then(|it| it.capacity).filter(|it| *it > 0.0),
    }
}

fn start_after(last: &Sprint<'_>, today: Date) -> Date {
    let Some((start, end)) = last.span() else { return today };
    let n_days = days_between(start, end) + 1;
    let gap = (WEEK - n_days % WEEK) % WEEK;
    let next = later(end, 1 + if gap < WEEKEND { gap } else { 0 });
    // A sprint may be written down some days late, but not a month.
    if days_between(next, today) >= WEEK { today } else { next }
}

fn later(day: Date, days: i64) -> Date {
    day.checked_add(jiff::Span::new().days(days)).unwrap_or(day)
}

/// The next id. Where it begins with the year of the sprint, another year begins anew.
fn id_after(last: &Sprint<'_>, start: Date) -> String {
    let id = last.record.id();
    let of_year = |year: i16| format!("{year:04}-");
    let rest = last.start.and_then(|day| id.strip_prefix(&of_year(day.year())));
    let is_new_year = last.start.is_some_and(|day| day.year() < start.year());
    match rest {
        Some(rest) if is_new_year && rest.bytes().all(|it| it.is_ascii_digit()) => {
            format!("{}{:0width$}", of_year(start.year()), 1, width = rest.len())
        }
        _ => counted_up(id).unwrap_or_else(|| format!("{id}-2")),
    }
}

/// A text with the number at its end one higher, as wide as it was.
fn counted_up(text: &str) -> Option<String> {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (words, number) = text.split_at(text.len() - digits);
    let next = number.parse::<u64>().ok()?.checked_add(1)?;
    Some(format!("{words}{next:0digits$}"))
}

/// `Sprint 25` for `2026-25`.
fn title_of(id: &str) -> String {
    let digits = id.bytes().rev().take_while(u8::is_ascii_digit).count();
    let number = if digits > 0 { &id[id.len() - digits..] } else { id };
    format!("Sprint {number}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::backlog::Backlog;
    use crate::domain::source::SourceFile;
    use crate::domain::sprint::all;

    const TODAY: Date = Date::constant(2026, 11, 26);

    fn check(records: &[(&str, &str, &str)], expected: &str) {
        let file = |(id, title, fields): &(&str, &str, &str)| SourceFile {
            path: format!("sprints/{id}.md"),
            text: Ok(format!("---\nid: {id}\ntitle: {title}\nstatus: closed\n{fields}\n---\n")),
        };
        let backlog = Backlog::parse(records.iter().map(file).collect());
        let it = next(&all(&backlog), None, TODAY, |id| backlog.names(id));
        let capacity = it.capacity.map(|it| format!(", {it}")).unwrap_or_default();
        let told = format!("{} {}: {} to {}{capacity}", it.id, it.title, it.start, it.end);
        assert_eq!(told, expected);
    }

    #[test]
    fn the_next_sprint_goes_on_where_the_last_one_ended() {
        // Two weeks from Monday to Friday.
        let working = "start: 2026-11-16\nend: 2026-11-27\ncapacity: 18";
        check(
            &[("2026-24", "Sprint 24", working)],
            "2026-25 Sprint 25: 2026-11-30 to 2026-12-11, 18",
        );
        // One week without a gap, one of ten days.
        let week = "start: 2026-11-19\nend: 2026-11-25";
        check(&[("S9", "Skip", week)], "S10 Sprint 10: 2026-11-26 to 2026-12-02");
        let ten = "start: 2026-11-17\nend: 2026-11-26\ncapacity: 0";
        check(&[("sprint-09", "9", ten)], "sprint-10 10: 2026-11-27 to 2026-12-06");
    }

    #[test]
    fn the_first_sprint_and_one_after_a_pause_begin_today() {
        check(&[], "sprint-1 Sprint 1: 2026-11-26 to 2026-12-09");
        let old = "start: 2026-06-01\nend: 2026-06-07";
        check(&[("alpha", "Alpha", old)], "alpha-2 Sprint 2: 2026-11-26 to 2026-12-02");
        check(
            &[("S1", "S1", "start: 2026-06-09\nend: 2026-06-07")],
            "S2 S2: 2026-11-26 to 2026-12-09",
        );
    }

    #[test]
    fn another_year_begins_anew_and_taken_ids_are_left_out() {
        let last = "start: 2026-12-14\nend: 2026-12-31";
        check(&[("2026-26", "Sprint 26", last)], "2027-01 Sprint 27: 2027-01-01 to 2027-01-18");
        let week = "start: 2026-11-19\nend: 2026-11-25";
        let records = [("S1", "Sprint 1", week), ("S2", "Sprint 2", "")];
        check(&records, "S3 Sprint 3: 2026-11-26 to 2026-12-02");
    }
}
