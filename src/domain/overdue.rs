//! What waits for somebody although its day is past.

use super::backlog::Backlog;
use super::date::{self, Date, days_between};
use super::entry::Entry;
use super::kind::{Category, DECISION};

/// How many days a decision may be proposed: two weeks, the length of most sprints.
pub const PROPOSED: i64 = 14;

/// Whether the day of an open document is past: `due` of an item, `by` of a goal, `end` of an
/// experiment or a sprint, `target` of a release. A decision is overdue when its day to look at it
/// again is past, also if it was taken, or when it has been proposed for more than two weeks.
pub fn is_overdue(backlog: &Backlog, entry: &Entry, today: Date) -> bool {
    let category = backlog.category(entry);
    if std::ptr::eq(entry.kind, &DECISION) {
        let waits = entry.status() == "proposed" && is_older(entry, today);
        return category != Category::Dropped
            && (waits || revisit(entry).is_some_and(|it| it < today));
    }
    let days = ["due", "by", "end", "target"].into_iter().filter_map(|field| entry.date(field));
    category.is_open() && days.into_iter().any(|day| day < today)
}

/// The day at which to look at a decision again: `revisit` is a day, or begins with one before the
/// event that may come sooner, as in `2027-02-01, or when …`.
pub fn revisit(decision: &Entry) -> Option<Date> {
    date::parse(decision.text("revisit")?.get(..10)?)
}

fn is_older(decision: &Entry, today: Date) -> bool {
    let created = decision.date("created");
    created.is_some_and(|day| days_between(day, today) > PROPOSED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::SourceFile;

    #[test]
    fn the_day_decides_and_what_is_over_is_never_overdue() {
        let today = Date::constant(2026, 11, 25);
        let check = |path: &str, fields: &str, expected: bool| {
            let text = Ok(format!("---\nid: x\ntitle: X\n{fields}\n---\n"));
            let backlog = Backlog::parse(vec![SourceFile { path: path.to_owned(), text }]);
            let entry = backlog.entries().next().unwrap();
            assert_eq!(is_overdue(&backlog, entry, today), expected, "{fields}");
        };
        check("items/x.md", "status: ready\ndue: 2026-11-24", true);
        check("items/x.md", "status: ready\ndue: 2026-11-25", false);
        check("items/x.md", "status: done\ndue: 2026-11-24", false);
        check("experiments/x.md", "status: running\nend: 2026-11-24", true);
        check("goals/x.md", "status: active", false);
        check("decisions/x.md", "status: proposed\ncreated: 2026-11-10", true);
        check("decisions/x.md", "status: proposed\ncreated: 2026-11-11", false);
        check("decisions/x.md", "status: deferred\nrevisit: 2026-11-24, or later", true);
        check("decisions/x.md", "status: deferred\nrevisit: when it snows", false);
        check("decisions/x.md", "status: accepted\nrevisit: 2026-11-24", true);
        check("decisions/x.md", "status: superseded\nrevisit: 2026-11-24", false);
    }
}
