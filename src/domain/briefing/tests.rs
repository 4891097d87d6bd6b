//! What a briefing tells, and what it leaves out.

use super::*;
use crate::domain::source::SourceFile;
use crate::domain::timeline::Reading;

const TODAY: Date = Date::constant(2026, 11, 26);
const SINCE: Date = Date::constant(2026, 11, 12);

fn backlog(files: &[(&str, &str)]) -> Backlog {
    let file = |(path, fields): &(&str, &str)| {
        let id = path.split(['/', '.']).nth(1).unwrap();
        let text = Ok(format!("---\nid: {id}\ntitle: {id}\n{fields}"));
        SourceFile { path: (*path).to_owned(), text }
    };
    Backlog::parse(files.iter().map(file).collect())
}

fn told(backlog: &Backlog, tell: impl FnOnce(Briefing<'_>)) {
    let timeline = Reading::new(backlog, TODAY).finish();
    let outlook = Outlook::of(backlog, &timeline, 1);
    tell(Briefing::of(backlog, &timeline, Priorities::since(SINCE), &outlook, SINCE));
}

fn ids<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<&'a str> {
    entries.into_iter().map(Entry::id).collect()
}

#[test]
fn what_came_out_is_what_was_done_in_the_period() {
    let backlog = backlog(&[
        ("items/BL-old.md", "status: done\ndone: 2026-11-12\nvalue: 2\n---\n"),
        (
            "items/BL-new.md",
            "status: done\ndone: 2026-11-13\nvalue: 5\naccepted: {by: mira, on: 2026-11-13}\n---\n\
             As a host, I want a list, so that nobody waits.\n",
        ),
        ("items/BL-last.md", "status: done\ndone: 2026-11-26\nvalue: 3\n---\n"),
        ("items/BL-open.md", "status: ready\nvalue: 8\n---\n"),
    ]);
    told(&backlog, |it| {
        assert_eq!(ids(it.done.iter().map(|it| it.item)), ["BL-last", "BL-new"]);
        assert_eq!(it.delivered(), (8.0, 2));
        assert_eq!(it.done[1].benefit, Some("nobody waits"));
        assert_eq!(it.done.iter().filter(|it| it.is_accepted).count(), 1);
        let sums: Vec<f64> = it.value.iter().map(|it| it.1).collect();
        assert_eq!(sums, [2.0, 7.0, 10.0]);
    });
}

#[test]
fn risks_are_what_is_late_waits_or_was_written_down() {
    let backlog = backlog(&[
        ("items/BL-a.md", "status: ready\nrank: bbbb\ndepends_on: [BL-b]\n---\n"),
        ("items/BL-b.md", "status: ready\nrank: cccc\ndue: 2026-11-01\n---\n"),
        ("items/BL-c.md", "status: done\nrank: dddd\ndue: 2026-11-01\nrisk: gone\n---\n"),
        ("releases/REL-r.md", "status: planned\nrisk: The snow\n---\n"),
    ]);
    told(&backlog, |it| {
        let risks: Vec<(&str, &Hazard)> =
            it.risks.iter().map(|it| (it.entry.id(), &it.hazard)).collect();
        assert_eq!(
            risks,
            [
                ("BL-b", &Hazard::Overdue(Date::constant(2026, 11, 1))),
                ("BL-a", &Hazard::Waits(vec!["BL-b".to_owned()])),
                ("REL-r", &Hazard::Told("The snow".to_owned())),
            ]
        );
    });
}

#[test]
fn decisions_and_evidence_count_by_their_days() {
    let backlog = backlog(&[
        ("decisions/DEC-a.md", "status: accepted\ndate: 2026-11-20\n---\n"),
        ("decisions/DEC-b.md", "status: accepted\ndate: 2026-11-10\n---\n"),
        ("decisions/DEC-c.md", "status: proposed\ndate: 2026-11-20\n---\n"),
        ("evidence/EV-a.md", "status: new\ndate: 2026-11-21\n---\n"),
        ("evidence/EV-b.md", "status: withdrawn\ndate: 2026-11-21\n---\n"),
        ("experiments/EXP-a.md", "status: finished\nend: 2026-11-15\n---\n"),
    ]);
    told(&backlog, |it| {
        assert_eq!(ids(it.decisions), ["DEC-a"]);
        assert_eq!(ids(it.learned), ["EXP-a", "EV-a"]);
    });
}

#[test]
fn an_empty_backlog_has_nothing_to_tell() {
    let backlog = Backlog::parse(Vec::new());
    told(&backlog, |it| {
        assert!(it.product.is_none() && it.goals.is_empty() && it.metrics.is_empty());
        assert!(it.done.is_empty() && it.value.is_empty() && it.next.is_empty());
        assert!(it.risks.is_empty() && it.shifts.is_empty() && it.questions.is_empty());
    });
}

mod order {
    use super::*;
    use crate::domain::diff::{Change, Move};
    use crate::domain::log::{LogDocument, LogEntry};

    fn moved(date: &str, from: usize, to: usize, why: Option<&str>) -> LogEntry {
        let change = Change::Moved(Move { from, to, ..Move::default() });
        let document = LogDocument {
            id: "BL-a".to_owned(),
            kind: "item".to_owned(),
            title: None,
            changes: vec![change],
        };
        LogEntry {
            date: format!("{date}T12:00:00Z"),
            author: "Mira".to_owned(),
            reason: why.map(str::to_owned),
            documents: vec![document],
            ..LogEntry::default()
        }
    }

    #[test]
    fn all_moves_of_an_item_are_one() {
        let mut priorities = Priorities::since(SINCE);
        for entry in [
            moved("2026-11-20", 5, 2, None),
            moved("2026-11-18", 3, 5, Some("later")),
            moved("2026-11-14", 9, 3, Some("first")),
            moved("2026-11-12", 1, 9, Some("before")),
        ] {
            priorities.read(&entry);
        }
        let shifts: Vec<(String, Shift)> = priorities.into_shifts().collect();
        let [(id, shift)] = &shifts[..] else { panic!("{shifts:?}") };
        assert_eq!((&**id, shift.from, shift.to), ("bl-a", 9, 2));
        assert_eq!(shift.why.as_deref(), Some("later"));
        assert!(shift.is_up() && shift.distance() == 7);
    }

    #[test]
    fn what_came_back_has_not_moved() {
        let mut priorities = Priorities::since(SINCE);
        priorities.read(&moved("2026-11-20", 5, 2, None));
        priorities.read(&moved("2026-11-18", 2, 5, None));
        assert_eq!(priorities.into_shifts().count(), 0);
    }
}
