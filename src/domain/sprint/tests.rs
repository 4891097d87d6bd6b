//! Sprints of small backlogs.

use serde_json::Value;

use super::*;
use crate::domain::diff::{Change, FieldChange};
use crate::domain::forecast::Unfit;
use crate::domain::log::{LogDocument, LogEntry};
use crate::domain::source::SourceFile;
use crate::domain::timeline::Reading;

const TODAY: Date = Date::constant(2026, 11, 25);

/// Files, each `path: fields`, as lines of YAML set apart by `; `.
fn backlog(files: &[(&str, &str)]) -> Backlog {
    let file = |(path, fields): &(&str, &str)| {
        let id = path.rsplit('/').next().unwrap();
        let text = format!("---\nid: {id}\ntitle: {id}\n{}\n---\n", fields.replace("; ", "\n"));
        SourceFile { path: format!("{path}.md"), text: Ok(text) }
    };
    Backlog::parse(files.iter().map(file).collect())
}

fn sprint<'a>(backlog: &'a Backlog, id: &str) -> Sprint<'a> {
    Sprint::of(backlog, backlog.called(id).unwrap())
}

#[test]
fn days_are_counted_by_the_calendar() {
    let backlog = backlog(&[
        ("sprints/S1", "status: active; start: 2026-11-16; end: 2026-11-27"),
        ("sprints/S2", "status: planned; start: 2026-11-27; end: 2026-11-27"),
        ("sprints/S3", "status: planned; start: 2026-11-28; end: 2026-11-27"),
        ("sprints/S4", "status: planned; end: soon"),
    ]);
    let [one, two, three, four] = ["S1", "S2", "S3", "S4"].map(|id| sprint(&backlog, id));
    assert_eq!((one.n_days(), one.day(TODAY), one.days_left(TODAY)), (Some(12), Some(10), Some(2)));
    assert_eq!((two.n_days(), two.day(TODAY)), (Some(1), None));
    assert!(one.overlaps(&two) && !one.overlaps(&three) && !three.overlaps(&three));
    assert!(three.ends_before_it_starts() && three.n_days().is_none());
    assert_eq!((four.span(), four.days_left(TODAY)), (None, None));
    let ids: Vec<&str> = all(&backlog).iter().map(|it| it.record.id()).collect();
    assert_eq!(ids, ["S1", "S2", "S3", "S4"]);
}

#[test]
fn a_whole_and_its_parts_count_once() {
    let backlog = backlog(&[
        ("sprints/S1", "status: active"),
        ("items/BL-a", "status: ready; rank: bbbb; effort: 5; sprint: S1"),
        ("items/BL-b", "status: ready; rank: cccc; effort: 3; sprint: s1; parent: BL-a"),
        ("items/BL-c", "status: ready; rank: dddd; sprint: S1"),
        ("items/BL-d", "status: done; rank: ffff; effort: 2; sprint: S1; parent: BL-c"),
        ("items/BL-e", "status: rejected; rank: gggg; effort: 8; sprint: S1"),
        ("items/BL-f", "status: ready; rank: hhhh; sprint: S1"),
        ("items/BL-g", "status: ready; rank: jjjj; sprint: S9"),
    ]);
    let it = sprint(&backlog, "S1");
    assert_eq!(it.items.len(), 5);
    let amount = amount(&backlog, &it.items);
    assert_eq!(amount, Amount { items: 3, points: 7.0, unestimated: 1 });
    assert_eq!(all(&backlog)[0].items, it.items);
    let lost: Vec<String> =
        lost(&backlog).map(|(it, name)| format!("{} {name}", it.id())).collect();
    assert_eq!(lost, ["BL-g S9"]);
}

/// The ids that a plan takes, and of the others why they do not come.
fn told(backlog: &Backlog, rules: Rules) -> (String, Vec<String>) {
    let sprint = sprint(backlog, "S2");
    let plan = plan(backlog, &all(backlog), &sprint, rules, TODAY);
    let taken: Vec<&str> = plan.taken.iter().map(|it| it.id()).collect();
    let left = plan.left.iter().map(|it| format!("{} {:?}", it.item.id(), it.why)).collect();
    (taken.join(" "), left)
}

#[test]
fn a_sprint_is_filled_from_the_top_with_what_items_wait_for() {
    let backlog = backlog(&[
        ("sprints/S1", "status: active; start: 2026-11-16; end: 2026-11-27"),
        ("sprints/S2", "status: planned; start: 2026-11-30; end: 2026-12-11; capacity: 10"),
        ("items/BL-a", "status: ready; rank: bbbb; effort: 2; depends_on: [BL-g]"),
        ("items/BL-b", "status: ready; rank: cccc; effort: 20"),
        ("items/BL-c", "status: ready; rank: dddd; effort: 4; depends_on: [BL-i]"),
        ("items/BL-d", "status: ready; rank: ffff"),
        ("items/BL-e", "status: ready; rank: gggg; effort: 6; depends_on: [BL-h, BL-z]"),
        ("items/BL-f", "type: epic; status: ready; rank: hhhh; effort: 1"),
        ("items/BL-g", "status: ready; rank: jjjj; effort: 3; depends_on: [BL-j]"),
        ("items/BL-h", "status: proposed; rank: kkkk; effort: 1"),
        ("items/BL-i", "status: in-progress; rank: llll; effort: 1; sprint: S1"),
        ("items/BL-j", "status: done; rank: mmmm; effort: 1"),
        ("items/BL-k", "status: ready; rank: pbbb; effort: 1; depends_on: [BL-l]"),
        ("items/BL-l", "status: ready; rank: pppp; effort: 1; depends_on: [BL-k]"),
        ("items/BL-m", "status: ready; rank: qqqq; effort: 2"),
        ("items/BL-n", "status: ready; rank: rrrr; effort: 1"),
    ]);
    let rules = Rules { capacity: Some(10.0), most: usize::MAX, takes_unready: false };
    let (taken, left) = told(&backlog, rules);
    // BL-i is planned for the sprint before, so that nothing waits for it then.
    assert_eq!(taken, "BL-g BL-a BL-c BL-n");
    assert_eq!(
        left,
        [
            "BL-b Large(20.0)",
            "BL-d Unestimated",
            "BL-e Waits(\"BL-h\")",
            "BL-f Whole",
            "BL-h Unready(\"proposed\")",
            "BL-i Planned(\"S1\")",
            "BL-k Circle",
            "BL-l Circle",
            "BL-m Full { needs: 2.0, free: 1.0 }",
        ]
    );
    let (taken, _) = told(&backlog, Rules { capacity: None, most: 3, takes_unready: true });
    assert_eq!(taken, "BL-g BL-a BL-b");
    // One item is less than an item with what it waits for.
    let (taken, left) = told(&backlog, Rules { capacity: None, most: 1, takes_unready: true });
    assert_eq!((&*taken, &*left[0]), ("BL-b", "BL-a Waits(\"BL-g\")"));
}

#[test]
fn a_chain_of_thousands_is_passed_over() {
    let name = |at: usize| format!("items/BL-x{at:05}");
    let names: Vec<(String, String)> = (0..3_000)
        .map(|at| (name(at), format!("status: ready; effort: 1; depends_on: BL-x{:05}", at + 1)))
        .collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|(a, b)| (&**a, &**b)).collect();
    files.push(("sprints/S2", "status: planned; capacity: 10"));
    let rules = Rules { capacity: Some(10.0), most: usize::MAX, takes_unready: false };
    // The last of the chain, and those that wait for it, fit.
    assert_eq!(told(&backlog(&files), rules).0.split(' ').count(), 10);
}

#[test]
fn what_may_go_wrong_is_told() {
    let words = |files: &[(&str, &str)]| -> Vec<String> {
        let backlog = backlog(files);
        let timeline = Reading::new(&backlog, TODAY).finish();
        let sprint = sprint(&backlog, "S1");
        let risks = risks(&backlog, &sprint, &all(&backlog), &timeline, TODAY);
        let item = |it: &Risk<'_>| it.item.map(|it| format!("{} ", it.id())).unwrap_or_default();
        risks.iter().map(|it| item(it) + it.word).collect()
    };
    let whole = "status: active; start: 2026-11-16; end: 2026-11-27; capacity: 2; goal: One";
    assert!(words(&[("sprints/S1", whole)]).is_empty());
    let none = "status: active; start: 2026-11-16; capacity: 0";
    assert_eq!(words(&[("sprints/S1", none)]), ["no-end", "no-goal", "no-capacity"]);
    let wrong = "status: active; start: 2026-11-16; end: 2026-11-15; goal: One";
    assert_eq!(words(&[("sprints/S1", wrong)]), ["dates", "over", "no-capacity"]);
    assert_eq!(
        words(&[
            ("sprints/S1", whole),
            ("sprints/S2", "status: planned; start: 2026-11-27; end: 2026-11-27"),
            (
                "items/BL-a",
                "status: ready; rank: bbbb; effort: 3; sprint: S1; depends_on: BL-b; questions: [Why?]"
            ),
            ("items/BL-b", "status: ready; rank: cccc"),
        ]),
        ["overfull", "overlap", "BL-a blocked", "BL-a no-criteria", "BL-a question"]
    );
}

#[test]
fn without_a_history_the_fields_tell_what_they_can() {
    let files = [
        ("sprints/S1", "status: closed; start: 2026-11-02; end: 2026-11-13"),
        ("sprints/S2", "status: active; start: 2026-11-16; end: 2026-11-27"),
        (
            "items/BL-a",
            "status: done; created: 2026-11-01; done: 2026-11-05; effort: 3; sprint: S1",
        ),
        (
            "items/BL-b",
            "status: done; created: 2026-11-04; done: 2026-11-20; effort: 5; sprint: S2",
        ),
        ("items/BL-c", "status: ready; created: 2026-11-18; rank: bbbb; effort: 1; sprint: S2"),
    ];
    let backlog = backlog(&files);
    let timeline = Reading::new(&backlog, TODAY).finish();
    let state = state(&backlog, backlog.called("S2").unwrap(), &timeline);
    let points: Vec<(f64, f64)> =
        state.course.points.iter().map(|it| (it.scope.points, it.done.points)).collect();
    assert_eq!(points[..3], [(5.0, 0.0), (5.0, 0.0), (6.0, 0.0)]);
    assert_eq!((points.len(), points[4]), (10, (6.0, 5.0)));
    assert_eq!(state.course.came.iter().map(|it| &*it.id).collect::<Vec<_>>(), ["BL-c"]);
    assert!(state.course.left.is_empty());
    assert_eq!(state.velocity(), Some(Mean { n: 1, items: 1.0, points: 3.0 }));
    assert_eq!(state.odds, Some(Err(Unfit::Weeks(3))));
}

#[test]
fn a_sprint_of_a_thousand_years_is_looked_at_for_some_days() {
    let backlog = backlog(&[
        ("sprints/S1", "status: active; start: 1026-11-02; end: 2026-11-30"),
        ("items/BL-a", "status: ready; rank: bbbb; sprint: S1"),
    ]);
    let timeline = Reading::new(&backlog, TODAY).finish();
    let state = state(&backlog, backlog.called("S1").unwrap(), &timeline);
    assert_eq!(state.course.points.len(), 100);
}

/// What a commit on a day did to one item: fields with their values before and after.
fn commit(day: &str, id: &str, fields: &[(&str, &str, &str)]) -> LogEntry {
    let value =
        |text: &str| Some(text).filter(|it| !it.is_empty()).map(|it| Value::String(it.into()));
    let set = |(field, from, to): &(&str, &str, &str)| {
        let field = (*field).to_owned();
        Change::Set(FieldChange { field, from: value(from), to: value(to) })
    };
    let changes = fields.iter().map(set).collect();
    let document = LogDocument { id: id.to_owned(), kind: "item".to_owned(), title: None, changes };
    LogEntry { date: format!("{day}T09:00:00Z"), documents: vec![document], ..LogEntry::default() }
}

#[test]
fn the_history_tells_what_came_left_and_was_done() {
    let backlog = backlog(&[
        ("sprints/S1", "status: closed; start: 2026-11-02; end: 2026-11-13"),
        ("sprints/S2", "status: active; start: 2026-11-16; end: 2026-11-27"),
        ("items/BL-a", "status: done; created: 2026-10-01; effort: 3; sprint: S1"),
        ("items/BL-b", "status: ready; created: 2026-10-01; rank: bbbb; effort: 5; sprint: S2"),
        ("items/BL-c", "status: rejected; created: 2026-10-01; effort: 1; sprint: S1"),
        (
            "items/BL-d",
            "status: done; created: 2026-10-01; done: 2026-11-12; effort: 8; sprint: S1",
        ),
    ]);
    let mut reading = Reading::new(&backlog, TODAY);
    for entry in [
        commit("2026-11-20", "BL-d", &[("sprint", "", "S1")]),
        commit("2026-11-13", "BL-b", &[("sprint", "S1", "S2")]),
        commit("2026-11-11", "BL-c", &[("status", "ready", "rejected")]),
        commit("2026-11-10", "BL-a", &[("status", "in-progress", "done")]),
        commit("2026-11-05", "BL-c", &[("sprint", "", "s1")]),
        commit("2026-11-04", "BL-a", &[("status", "ready", "in-progress"), ("effort", "2", "3")]),
        commit("2026-11-01", "BL-b", &[("sprint", "", "S1")]),
    ] {
        reading.read(&entry);
    }
    let timeline = reading.finish();
    let state = state(&backlog, backlog.called("S1").unwrap(), &timeline);
    let on = |day: i8| {
        let day = Date::constant(2026, 11, 1).with().day(day).build().unwrap();
        let point = state.course.points.iter().find(|it| it.day == day).unwrap();
        (point.scope.points, point.done.points)
    };
    // BL-d was written in when it was over, and counts from the beginning on.
    assert_eq!(
        [2, 4, 5, 10, 12, 13].map(on),
        [(15.0, 0.0), (16.0, 0.0), (17.0, 0.0), (17.0, 3.0), (16.0, 11.0), (11.0, 11.0),]
    );
    let ids = |steps: &[Step<'_>]| -> Vec<String> {
        steps.iter().map(|it| format!("{} {}", it.day, it.id)).collect()
    };
    assert_eq!(ids(&state.course.came), ["2026-11-05 BL-c"]);
    assert_eq!(ids(&state.course.left), ["2026-11-11 BL-c", "2026-11-13 BL-b"]);
    let velocity = state.velocities[0];
    assert_eq!((velocity.planned.points, velocity.delivered.points), (16.0, 11.0));
}
