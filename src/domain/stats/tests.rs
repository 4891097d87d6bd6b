//! Metrics of small backlogs, told by their fields and by a history.

use super::efficiency::Unmeasured;
use super::sprints::Odd;
use super::*;
use crate::domain::date::Date;
use crate::domain::diff::{Act, Change, CriterionChange, FieldChange, Move};
use crate::domain::log::{LogDocument, LogEntry};
use crate::domain::source::SourceFile;
use crate::domain::timeline::Reading;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A backlog of items and records: each an id with its front matter and its text.
fn backlog(documents: &[(&str, &str)], config: &str) -> Backlog {
    let file = |(path, text): &(&str, &str)| {
        let id = path.rsplit('/').next().unwrap().trim_end_matches(".md");
        let text = match text.split_once("\n\n") {
            Some((front, body)) => format!("---\nid: {id}\ntitle: {id}\n{front}\n---\n\n{body}"),
            None => format!("---\nid: {id}\ntitle: {id}\n{text}---\n"),
        };
        SourceFile { path: (*path).to_owned(), text: Ok(text) }
    };
    let settings = SourceFile { path: "config.yml".to_owned(), text: Ok(config.to_owned()) };
    Backlog::parse(documents.iter().map(file).chain([settings]).collect())
}

/// What is computed of a backlog and a history, newest entry first, on 26 November 2026.
fn stats<T>(
    backlog: &Backlog,
    history: &[LogEntry],
    length: Length,
    tell: impl FnOnce(&Stats<'_>) -> T,
) -> T {
    let mut reading = Reading::new(backlog, day("2026-11-26"));
    history.iter().for_each(|entry| reading.read(entry));
    let timeline = reading.finish();
    tell(&Stats::of(backlog, &timeline, length, None))
}

fn at(date: &str, id: &str, changes: Vec<Change>) -> LogEntry {
    let (id, kind) = (id.to_owned(), "item".to_owned());
    let documents = vec![LogDocument { id, kind, title: None, changes }];
    LogEntry { date: format!("2026-{date}T09:30:00Z"), documents, ..LogEntry::default() }
}

fn set(field: &str, from: &str, to: &str) -> Change {
    let value = |text: &str| Some(text.into());
    Change::Set(FieldChange { field: field.to_owned(), from: value(from), to: value(to) })
}

const WEEKS_4: Length = Length::Weeks(4);

#[test]
fn an_empty_backlog_has_no_figures() {
    stats(&backlog(&[], ""), &[], Length::default(), |it| {
        assert_eq!((it.period.n_days(), it.throughput.weeks.len()), (1, 0));
        assert_eq!((it.coverage.n_done, it.times.all.lead.n), (0, 0));
        assert_eq!(it.churn.share(), None);
        assert_eq!(it.cumulative.days.len(), 1);
        assert!(it.velocity.sprints.is_empty() && it.ageing.items.is_empty());
        assert_eq!(it.efficiency, Err(Unmeasured::NoStatus));
    });
}

#[test]
fn weeks_in_which_nothing_was_done_count() {
    let backlog = backlog(
        &[
            ("items/BL-a.md", "status: done\nstarted: 2026-10-01\ndone: 2026-11-02\n"),
            ("items/BL-b.md", "status: done\nstarted: 2026-11-19\ndone: 2026-11-20\n"),
            ("items/BL-c.md", "status: done\ndone: 2026-11-26\n"),
            // Clocks that are wrong are evidence of nothing.
            ("items/BL-d.md", "status: done\ndone: 2082-01-01\n"),
        ],
        "",
    );
    stats(&backlog, &[], WEEKS_4, |it| {
        let done: Vec<u32> = it.throughput.weeks.iter().map(|week| week.done).collect();
        assert_eq!(done, [1, 0, 0, 2]);
        assert_eq!((it.throughput.n_idle(), it.throughput.median()), (2, Some(0.5)));
        assert_eq!((it.coverage.n_done, it.coverage.n_dated), (4, 3));
    });
    stats(&backlog, &[], Length::Since(day("2026-11-20")), |it| {
        assert_eq!(it.throughput.weeks.len(), 1);
        assert_eq!(it.times.all.n_done, 2);
    });
}

#[test]
fn parts_count_and_the_whole_does_not() {
    let backlog = backlog(
        &[
            ("items/BL-a.md", "status: done\ncreated: 2026-11-01\ndone: 2026-11-20\n"),
            (
                "items/BL-b.md",
                "status: done\nparent: BL-a\ncreated: 2026-11-01\ndone: 2026-11-20\n",
            ),
        ],
        "",
    );
    stats(&backlog, &[], WEEKS_4, |it| {
        assert_eq!((it.coverage.n_done, it.n_with_parts, it.throughput.n_done()), (1, 1, 1));
    });
}

#[test]
fn what_is_under_way_is_held_against_what_was_done() {
    let done: Vec<String> = (1..=20)
        .map(|days| format!("status: done\nstarted: 2026-11-01\ndone: 2026-11-{:02}\n", 1 + days))
        .collect();
    let names: Vec<String> = (1..=20).map(|n| format!("items/BL-d{n:02}.md")).collect();
    let mut documents: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(done.iter().map(String::as_str)).collect();
    documents.push(("items/BL-new.md", "status: in-progress\nstarted: 2026-11-25\n"));
    documents.push(("items/BL-old.md", "status: review\nstarted: 2026-11-02\n"));
    documents.push(("items/BL-odd.md", "status: review\n"));
    stats(&backlog(&documents, ""), &[], Length::default(), |it| {
        assert_eq!(it.times.all.cycle.days, [Some(10), Some(17), Some(19)]);
        let told: Vec<_> =
            it.ageing.items.iter().map(|it| (it.item.id(), it.days, it.passed)).collect();
        let expected =
            [("BL-old", Some(24), Some(95)), ("BL-new", Some(1), None), ("BL-odd", None, None)];
        assert_eq!(told, expected);
        assert_eq!(it.ageing.too_old().count(), 1);
    });
}

#[test]
fn every_item_is_in_one_state_each_evening() {
    let backlog = backlog(
        &[
            (
                "items/BL-a.md",
                "status: done\ncreated: 2026-11-01\nstarted: 2026-11-05\ndone: 2026-11-09\n",
            ),
            ("items/BL-b.md", "status: in-progress\ncreated: 2026-11-04\nstarted: 2026-11-06\n"),
            ("items/BL-c.md", "status: rejected\ncreated: 2026-11-10\n"),
        ],
        "",
    );
    let history = [at("11-12", "BL-c", vec![set("status", "ready", "rejected")])];
    stats(&backlog, &history, Length::Weeks(3), |it| {
        let on = |text: &str| {
            let evening = it.cumulative.days.iter().find(|it| it.day == day(text)).unwrap();
            [evening.todo, evening.doing, evening.done, evening.dropped]
        };
        // What was before the first day is on it.
        assert_eq!(it.cumulative.days[0].day, day("2026-11-06"));
        assert_eq!(on("2026-11-06"), [0, 2, 0, 0]);
        assert_eq!(on("2026-11-09"), [0, 1, 1, 0]);
        assert_eq!(on("2026-11-10"), [1, 1, 1, 0]);
        assert_eq!(on("2026-11-26"), [0, 1, 1, 1]);
    });
}

/// Two sprints that share days, and three that have none.
const SPRINTS: [(&str, &str); 5] = [
    ("sprints/S1.md", "status: closed\nstart: 2026-11-02\nend: 2026-11-13\ncapacity: 0\n"),
    ("sprints/S2.md", "status: active\nstart: 2026-11-12\nend: 2026-11-27\n"),
    ("sprints/S3.md", "status: active\nstart: 2026-11-12\n"),
    ("sprints/S4.md", "status: closed\nstart: 2026-11-12\nend: 2026-11-01\n"),
    ("sprints/S5.md", "status: planned\n"),
];

#[test]
fn a_sprint_is_held_against_what_was_planned_and_nothing_counts_twice() {
    let mut documents = SPRINTS.to_vec();
    documents.extend([
        ("items/BL-a.md", "status: done\nsprint: S1\neffort: 3\ndone: 2026-11-12\n"),
        ("items/BL-b.md", "status: ready\nsprint: S2\neffort: 5\n"),
        (
            "items/BL-c.md",
            "status: done\neffort: 2\ndone: 2026-11-13\naccepted: {by: mira, on: 2026-11-13}\n",
        ),
        ("items/BL-d.md", "status: done\nsprint: S1\neffort: 8\ndone: 2026-10-30\n"),
    ]);
    let history = [
        // It went on to the next sprint when its own was over, and grew.
        at("11-16", "BL-b", vec![set("sprint", "S1", "S2"), set("effort", "4", "5")]),
    ];
    stats(&backlog(&documents, ""), &history, WEEKS_4, |it| {
        let velocity = &it.velocity;
        let [first, second] = &velocity.sprints[..] else { panic!("{velocity:?}") };
        assert_eq!((first.planned.items, first.planned.points), (2, 7.0));
        assert_eq!((first.kept.items, first.done.points), (1, 3.0));
        assert_eq!((first.capacity, first.is_kept()), (Some(0.0), Some(false)));
        // No sprint is named, so that the one that began last counts.
        assert_eq!((second.done.items, second.n_accepted, second.is_kept()), (1, 1, None));
        assert!(first.sprint.overlaps && second.sprint.overlaps);
        let odd: Vec<_> = velocity.odd.iter().map(|(it, why)| (it.id(), *why)).collect();
        assert_eq!(odd, [("S3", Odd::End), ("S4", Odd::Backwards)]);
        assert_eq!(velocity.kept(), (0, 1));
    });
}

#[test]
fn scope_is_what_came_and_went_while_a_sprint_ran() {
    let documents = [
        ("sprints/S1.md", "status: closed\nstart: 2026-11-02\nend: 2026-11-13\n"),
        ("items/BL-a.md", "status: ready\nsprint: S1\neffort: 3\ncreated: 2026-10-01\n"),
        ("items/BL-b.md", "status: ready\nsprint: S1\neffort: 5\ncreated: 2026-11-05\n"),
        ("items/BL-c.md", "status: ready\ncreated: 2026-10-01\n"),
        ("items/BL-d.md", "status: ready\nsprint: S2\ncreated: 2026-10-01\n"),
    ];
    let history = [
        at("11-13", "BL-d", vec![set("sprint", "S1", "S2")]),
        at("11-06", "BL-c", vec![set("sprint", "S1", "")]),
        at("11-04", "BL-a", vec![set("sprint", "", "S1")]),
    ];
    stats(&backlog(&documents, ""), &history, WEEKS_4, |it| {
        let [sprint] = &it.scope.sprints[..] else { panic!("{:?}", it.scope) };
        assert_eq!((sprint.planned.items, sprint.planned.unestimated), (2, 2));
        assert_eq!((sprint.added.items, sprint.added.points), (2, 8.0));
        assert_eq!(sprint.removed.items, 1);
    });
}

#[test]
fn waiting_is_measured_where_a_status_says_it() {
    let config = "statuses:\n  ready: {category: todo}\n  doing: {category: doing}\n  \
                  ready-for-test: {category: doing}\n  done: {category: done}\n";
    let documents = [("items/BL-a.md", "status: done\n")];
    let history = [
        at("11-20", "BL-a", vec![set("status", "ready-for-test", "done")]),
        at("11-14", "BL-a", vec![set("status", "doing", "ready-for-test")]),
        at("11-12", "BL-a", vec![set("status", "ready", "doing")]),
        at("11-01", "BL-a", vec![Change::Added]),
    ];
    stats(&backlog(&documents, config), &history, WEEKS_4, |it| {
        let efficiency = it.efficiency.as_ref().unwrap();
        assert_eq!((efficiency.working, efficiency.waiting, efficiency.n_items), (2, 6, 1));
        assert_eq!(efficiency.share(), 0.25);
    });
    let unmeasured = |history: &[LogEntry], config| {
        stats(&backlog(&documents, config), history, WEEKS_4, |it| it.efficiency.clone().err())
    };
    assert_eq!(unmeasured(&[], config), Some(Unmeasured::NoItem));
    assert_eq!(unmeasured(&history, ""), Some(Unmeasured::NoStatus));
}

#[test]
fn moves_are_counted_by_week_and_by_item() {
    let documents = [("items/BL-a.md", "status: ready\n"), ("items/BL-b.md", "status: ready\n")];
    let moved = || vec![Change::Moved(Move::default())];
    let history = [
        at("11-25", "BL-a", moved()),
        at("11-20", "BL-a", moved()),
        at("11-19", "BL-a", moved()),
        at("10-01", "BL-b", moved()),
    ];
    stats(&backlog(&documents, ""), &history, Length::Weeks(2), |it| {
        let weeks: Vec<usize> = it.churn.weeks.iter().map(|(_, n)| *n).collect();
        assert_eq!((weeks, it.churn.n_moves), (vec![1, 2], 3));
        assert_eq!((it.churn.n_moved, it.churn.n_open, it.churn.share()), (1, 2, Some(0.5)));
    });
}

#[test]
fn what_was_opened_again_is_told() {
    let documents = [("items/BL-a.md", "status: done\n"), ("items/BL-b.md", "status: done\n")];
    let history = [
        at("11-25", "BL-a", vec![set("status", "ready", "done")]),
        at("11-20", "BL-a", vec![set("status", "done", "ready")]),
        at("11-19", "BL-a", vec![set("status", "ready", "done")]),
        at("11-19", "BL-b", vec![set("status", "ready", "done")]),
    ];
    stats(&backlog(&documents, ""), &history, WEEKS_4, |it| {
        assert_eq!((it.reopened.n_times(), it.reopened.n_done), (1, 3));
        assert_eq!(it.reopened.items[0].0.id, "BL-a");
        assert_eq!(it.times.all.n_done, 2);
    });
}

#[test]
fn answers_are_timed_by_the_days_that_stand_in_them() {
    let answered = "status: ready\n\n## Questions\n\n- Which? (ada, 2026-11-10)\n  - This. (mira, 2026-11-13)\n\
                    - Where? (ada, 2026-11-20)\n  - Here.\n- When? (ada, 2026-11-20)\n  - Before. (mira, 2026-11-01)\n\
                    - Who? (ada, 2026-10-01)\n  - She. (mira, 2026-10-02)\n";
    let documents = [
        ("items/BL-a.md", answered),
        ("goals/GOAL-a.md", "status: active\nquestions: ['Why? (ada, 2026-11-06)']\n"),
    ];
    stats(&backlog(&documents, ""), &[at("10-30", "BL-a", vec![Change::Layout])], WEEKS_4, |it| {
        assert_eq!((it.answers.days.n, it.answers.n_undated), (1, 2));
        assert_eq!((it.answers.n_open, it.answers.oldest), (1, Some(20)));
    });
}

#[test]
fn criteria_that_changed_after_work_had_begun_are_counted() {
    let criteria = "## Acceptance criteria\n\n- [x] It works.\n";
    let done = format!("status: done\nstarted: 2026-11-10\ndone: 2026-11-20\n\n{criteria}");
    let documents = [
        ("items/BL-a.md", &*done),
        ("items/BL-b.md", "status: done\nstarted: 2026-11-10\ndone: 2026-11-20\n"),
        ("items/BL-c.md", "status: ready\n"),
        ("items/BL-d.md", "status: proposed\n"),
    ];
    let criterion = |act| {
        let (text, id) = ("It works.".to_owned(), None);
        vec![Change::Criterion(CriterionChange { act, ordinal: 1, id, is_met: true, text })]
    };
    let history = [
        at("11-20", "BL-b", criterion(Act::Ticked)),
        at("11-12", "BL-a", criterion(Act::Reworded { from: "It does.".to_owned() })),
        at("11-02", "BL-b", criterion(Act::Added)),
    ];
    stats(&backlog(&documents, ""), &history, WEEKS_4, |it| {
        assert_eq!((it.criteria.n_ready, it.criteria.n_ready_with), (1, 0));
        let month = it.criteria.months.last().unwrap();
        assert_eq!((month.n_done, month.n_with, month.n_started, month.n_changed), (2, 1, 2, 1));
    });
}

#[test]
fn value_counts_in_the_month_in_which_it_came() {
    let documents = [
        ("items/BL-a.md", "status: done\nvalue: 8\neffort: 3\ndone: 2026-10-31\n"),
        ("items/BL-b.md", "status: done\nvalue: 2.5\ndone: 2026-11-01\n"),
        ("items/BL-c.md", "status: done\ndone: 2026-11-02\n"),
    ];
    stats(&backlog(&documents, ""), &[], WEEKS_4, |it| {
        let told: Vec<_> = it
            .worth
            .months
            .iter()
            .map(|it| (it.n_done, it.value, it.effort, it.n_unvalued))
            .collect();
        assert_eq!(told, [(1, 8.0, 3.0, 0), (2, 2.5, 0.0, 1)]);
    });
}

#[test]
fn a_query_leaves_out_what_is_gone() {
    let backlog = backlog(&[("items/BL-a.md", "status: done\ndone: 2026-11-20\n")], "");
    let history = [
        at("11-22", "BL-gone", vec![Change::Removed]),
        at("11-20", "BL-gone", vec![set("status", "ready", "done")]),
    ];
    let mut reading = Reading::new(&backlog, day("2026-11-26"));
    history.iter().for_each(|entry| reading.read(entry));
    let timeline = reading.finish();
    let n_done = |is_wanted: Option<&dyn Fn(&Entry) -> bool>| {
        let stats = Stats::of(&backlog, &timeline, WEEKS_4, is_wanted);
        (stats.throughput.n_done(), stats.times.all.n_done)
    };
    assert_eq!(n_done(None), (2, 2));
    assert_eq!(n_done(Some(&|_| true)), (1, 1));
    assert_eq!(n_done(Some(&|_| false)), (0, 0));
}
