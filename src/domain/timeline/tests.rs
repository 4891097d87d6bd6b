//! What a history and the days in the items tell together.

use super::*;
use crate::domain::backlog::Backlog;
use crate::domain::diff::FieldChange;
use crate::domain::log::{LogDocument, LogEntry};
use crate::domain::source::SourceFile;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The timeline of a backlog, from entries newest first.
fn timeline(backlog: &Backlog, history: impl IntoIterator<Item = LogEntry>) -> Timeline<'_> {
    let mut reading = Reading::new(backlog, day("2026-11-26"));
    history.into_iter().for_each(|entry| reading.read(&entry));
    reading.finish()
}

fn backlog(front: &str) -> Backlog {
    let text = format!("---\nid: BL-a2222\ntitle: A\n{front}---\n");
    Backlog::parse(vec![SourceFile { path: "items/BL-a2222.md".to_owned(), text: Ok(text) }])
}

fn set(field: &str, from: &str, to: &str) -> Change {
    let value = |text: &str| Some(text.into());
    Change::Set(FieldChange { field: field.to_owned(), from: value(from), to: value(to) })
}

fn at(date: &str, id: &str, changes: Vec<Change>) -> LogEntry {
    let (id, kind) = (id.to_owned(), "item".to_owned());
    let documents = vec![LogDocument { id, kind, title: None, changes }];
    LogEntry { date: format!("2026-{date}T09:30:00Z"), documents, ..LogEntry::default() }
}

/// The days of the only item: created, started, done; how often it was opened again.
fn check(front: &str, history: Vec<LogEntry>, expected: [&str; 3], n_reopened: u32) {
    let backlog = backlog(front);
    let timeline = timeline(&backlog, history);
    let life = &timeline.lives[0];
    let shown = |day: Option<Date>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    assert_eq!([life.created, life.started, life.done].map(shown), expected);
    assert_eq!(life.n_reopened, n_reopened);
    assert!(life.states.is_sorted_by_key(|it| it.0), "{:?}", life.states);
    assert_eq!(life.states.last().map(|it| it.1), Some(life.now), "{:?}", life.states);
}

#[test]
fn the_history_alone_tells_it() {
    let history = vec![
        at("11-20", "BL-a2222", vec![set("status", "in-progress", "done")]),
        at("11-10", "BL-a2222", vec![set("status", "ready", "in-progress")]),
        at("11-01", "BL-a2222", vec![Change::Added]),
    ];
    check("status: done\n", history, ["2026-11-01", "2026-11-10", "2026-11-20"], 0);
}

#[test]
fn the_fields_alone_tell_it() {
    let front = "status: done\ncreated: 2026-10-01\nstarted: 2026-10-05\ndone: 2026-10-09\n";
    check(front, vec![], ["2026-10-01", "2026-10-05", "2026-10-09"], 0);
    // A squash merge brought it in as done, after that.
    let history = vec![at("11-01", "BL-a2222", vec![Change::Added])];
    check(front, history, ["2026-10-01", "2026-10-05", "2026-10-09"], 0);
}

#[test]
fn what_came_done_is_counted_as_such() {
    let backlog = backlog("status: done\n");
    let history = vec![at("11-01", "BL-a2222", vec![Change::Added])];
    let timeline = timeline(&backlog, history);
    let expected =
        Coverage { n_done: 1, n_dated: 1, n_with_creation: 1, n_with_start: 0, n_came_done: 1 };
    assert_eq!(timeline.coverage(), expected);
}

#[test]
fn what_has_parts_is_covered_by_these() {
    let item = |id: &str, front: &str| SourceFile {
        path: format!("items/{id}.md"),
        text: Ok(format!("---\nid: {id}\nstatus: done\n{front}---\n")),
    };
    let backlog =
        Backlog::parse(vec![item("BL-a2222", ""), item("BL-a3333", "parent: BL-a2222\n")]);
    assert_eq!(timeline(&backlog, Vec::new()).coverage().n_done, 1);
}

#[test]
fn what_was_opened_again_is_done_the_last_time() {
    let history = vec![
        at("11-20", "BL-a2222", vec![set("status", "ready", "done")]),
        at("11-15", "BL-a2222", vec![set("status", "done", "ready")]),
        at("11-10", "BL-a2222", vec![set("status", "in-progress", "done")]),
        at("11-05", "BL-a2222", vec![set("status", "ready", "in-progress")]),
        at("11-01", "BL-a2222", vec![Change::Added]),
    ];
    let front = "status: done\ndone: 2026-11-10\n";
    check(front, history.clone(), ["2026-11-01", "2026-11-05", "2026-11-20"], 1);
    check("status: ready\n", history[1..].to_vec(), ["2026-11-01", "2026-11-05", "-"], 1);
}

#[test]
fn an_item_is_known_by_its_id_through_all_of_its_names() {
    let history = vec![
        at("11-20", "BL-a2222", vec![set("status", "ready", "done")]),
        at("11-15", "BL-a2222", vec![set("id", "BL-b3333", "BL-a2222")]),
        at("11-01", "BL-B3333", vec![Change::Added]),
    ];
    check("status: done\n", history, ["2026-11-01", "-", "2026-11-20"], 0);
}

#[test]
fn clocks_that_are_wrong_tell_nothing_that_cannot_be() {
    let front = "status: done\ncreated: 2082-01-01\nstarted: 2026-01-01\ndone: 2082-01-02\n";
    let history = vec![
        // Written by a machine whose clock is behind.
        at("11-05", "BL-a2222", vec![set("status", "in-progress", "done")]),
        at("11-20", "BL-a2222", vec![set("status", "ready", "in-progress")]),
        at("11-10", "BL-a2222", vec![Change::Added]),
    ];
    check(front, history.clone(), ["-", "2026-01-01", "2026-11-20"], 0);
    let front = front.replace("created: 2082-01-01", "created: 2026-11-05");
    check(&front, history, ["2026-11-05", "2026-11-20", "2026-11-20"], 0);
}

#[test]
fn a_status_that_there_is_no_more_is_unknown() {
    let history = vec![
        at("11-20", "BL-a2222", vec![set("status", "umgesetzt", "done")]),
        at("11-10", "BL-a2222", vec![set("status", "open", "umgesetzt")]),
    ];
    check("status: done\n", history, ["-", "-", "2026-11-20"], 0);
}

#[test]
fn the_states_of_a_day_are_those_of_its_evening() {
    let front = "status: done\ncreated: 2026-10-01\nstarted: 2026-10-05\ndone: 2026-10-09\n";
    let backlog = backlog(front);
    let timeline = timeline(&backlog, []);
    let on = |text: &str| timeline.lives[0].on(day(text));
    assert_eq!(on("2026-09-30"), None);
    assert_eq!(on("2026-10-01"), Some(Category::Todo));
    assert_eq!(on("2026-10-05"), Some(Category::Doing));
    assert_eq!(on("2026-11-26"), Some(Category::Done));
    assert_eq!((timeline.lives[0].lead_time(), timeline.lives[0].cycle_time()), (Some(8), Some(4)));
}

#[test]
fn what_is_gone_was_done_or_is_dropped() {
    let backlog = backlog("status: ready\n");
    let history = vec![
        at("11-24", "BL-c4444", vec![Change::Removed]),
        at("11-22", "BL-d5555", vec![Change::Removed]),
        at("11-20", "BL-c4444", vec![set("status", "in-progress", "done")]),
        at("11-10", "BL-c4444", vec![set("status", "ready", "in-progress")]),
        at("11-08", "BL-d5555", vec![Change::Added]),
        at("11-01", "BL-c4444", vec![Change::Added]),
    ];
    let timeline = timeline(&backlog, history);
    let [_, done, dropped] = &timeline.lives[..] else { panic!("{timeline:?}") };
    assert_eq!(
        (&*done.id, done.now, done.done),
        ("BL-c4444", Category::Done, Some(day("2026-11-20")))
    );
    assert_eq!((&*dropped.id, dropped.now), ("BL-d5555", Category::Dropped));
    assert_eq!(dropped.on(day("2026-11-07")), None);
    assert_eq!(dropped.on(day("2026-11-21")), Some(Category::Todo));
    assert_eq!(dropped.on(day("2026-11-22")), Some(Category::Dropped));
}

#[test]
fn an_import_says_nothing_of_its_day() {
    let backlog = backlog("status: done\n");
    let import = || (0..12).map(|n| format!("BL-{n}")).chain(["BL-a2222".to_owned()]);
    let documents = import().map(|id| LogDocument {
        id,
        kind: "item".to_owned(),
        title: None,
        changes: vec![Change::Added],
    });
    let date = "2026-11-01T09:30:00Z".to_owned();
    let entry = LogEntry { date, documents: documents.collect(), ..LogEntry::default() };
    let timeline = timeline(&backlog, [entry]);
    let life = &timeline.lives[0];
    assert_eq!((life.done, life.came_done, life.is_import), (None, true, true));
    assert_eq!((life.created, life.on(day("2026-11-02"))), (None, Some(Category::Done)));
    assert_eq!(timeline.coverage().n_dated, 0);
}

#[test]
fn a_status_of_the_past_is_understood() {
    let history = vec![
        at("11-20", "BL-a2222", vec![set("status", "In Progress", "done")]),
        at("11-10", "BL-a2222", vec![set("status", "To Do", "In Progress")]),
        at("11-01", "BL-a2222", vec![Change::Added]),
    ];
    check("status: done\n", history, ["2026-11-01", "2026-11-10", "2026-11-20"], 0);
}

#[test]
fn a_field_of_a_day_is_what_the_next_change_found() {
    let backlog = backlog("status: ready\nsprint: S3\n");
    let history = vec![
        at("11-20", "BL-a2222", vec![set("sprint", "S2", "S3")]),
        at("11-10", "BL-a2222", vec![set("sprint", "S1", "S2")]),
    ];
    let timeline = timeline(&backlog, history);
    let on = |text: &str| timeline.lives[0].field_on("sprint", day(text)).unwrap();
    assert_eq!(["2026-11-09", "2026-11-10", "2026-11-20"].map(on), ["S1", "S2", "S3"]);
}

#[test]
fn weeks_are_counted_back_from_today() {
    let backlog = backlog("status: done\n");
    let history = vec![
        at("11-20", "BL-a2222", vec![set("status", "ready", "done")]),
        at("11-06", "BL-a2222", vec![Change::Added]),
    ];
    let timeline = timeline(&backlog, history);
    let flow = timeline.flow(|_| true);
    assert_eq!((flow.done, flow.added), (vec![0, 0, 1], vec![1, 0, 0]));
    assert_eq!(timeline.flow(|_| false).done, [0, 0, 0]);
}

#[test]
fn what_was_done_before_its_file_came_is_known_by_its_day() {
    let history = vec![at("11-01", "BL-a2222", vec![Change::Added])];
    check("status: done\ndone: 2026-10-09\n", history, ["-", "-", "2026-10-09"], 0);
}

#[test]
fn a_clock_that_is_behind_makes_no_history_longer() {
    let backlog = backlog("status: ready\n");
    let history = vec![
        at("01-05", "BL-a2222", vec![set("title", "A", "B")]),
        at("11-06", "BL-a2222", vec![Change::Added]),
    ];
    assert_eq!(timeline(&backlog, history).since, Some(day("2026-11-06")));
}

#[test]
fn what_cannot_be_read_leaves_what_was_before_unknown() {
    let backlog = backlog("status: done\ndone: 2026-11-20\n");
    let reason = "object 8e0ce9be73 is missing".to_owned();
    let history = vec![
        at("11-20", "BL-a2222", vec![Change::Unreadable { is_now: false, reason }]),
        at("11-01", "BL-a2222", vec![Change::Added]),
    ];
    let timeline = timeline(&backlog, history);
    let life = &timeline.lives[0];
    assert_eq!((life.done, life.came_done), (Some(day("2026-11-20")), false));
    assert_eq!(timeline.n_unread, 1);
}
