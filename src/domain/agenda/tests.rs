//! Agendas of small backlogs.

use super::*;
use crate::domain::backlog::Backlog;
use crate::domain::date::Date;
use crate::domain::source::SourceFile;
use crate::domain::timeline::Reading;

/// What each part of a ceremony says, by its title.
fn told(name: &str, files: &[(&str, &str)], today: Date) -> Vec<String> {
    let file = |(path, text): &(&str, &str)| {
        let id = path.rsplit('/').next().unwrap();
        let text = Ok(format!("---\nid: {id}\ntitle: {id}\n{text}"));
        SourceFile { path: format!("{path}.md"), text }
    };
    let backlog = Backlog::parse(files.iter().map(file).collect());
    let timeline = Reading::new(&backlog, today).finish();
    let ceremony = Ceremony::named(name).unwrap();
    let facts = Facts::of(&backlog, &timeline, None, ceremony.about);
    let agenda = ceremony.agenda(&facts);
    let point = |it: &Point<'_>| {
        let id = it.entry.map(|it| format!("{} ", it.id())).unwrap_or_default();
        format!("{id}{}", it.told).trim().to_owned()
    };
    let part = |it: &Part<'_>| {
        let points: Vec<String> = it.points.iter().map(point).collect();
        format!("{}: {}", it.title, points.join(" | "))
    };
    agenda.parts.iter().map(part).collect()
}

const WEDNESDAY: Date = Date::constant(2026, 11, 25);

#[test]
fn an_empty_backlog_has_ceremonies_without_anything_to_say() {
    for ceremony in CEREMONIES {
        let parts = told(ceremony.name, &[], WEDNESDAY);
        assert!(parts.iter().all(|it| it.ends_with(": ")), "{parts:?}");
    }
}

#[test]
fn nothing_planned_is_not_all_done() {
    let backlog = Backlog::default();
    let timeline = Reading::new(&backlog, WEDNESDAY).finish();
    let ceremony = Ceremony::named("review").unwrap();
    let agenda = ceremony.agenda(&Facts::of(&backlog, &timeline, None, ceremony.about));
    let part = agenda.parts.iter().find(|it| it.title == "Not done").unwrap();
    assert_eq!(part.without, "Nothing was planned.");
}

#[test]
fn times_follow_the_length_of_the_sprint() {
    let month = TimeBox::Month(480);
    let weeks = |n_days: i64| month.minutes(Some(n_days)).unwrap();
    assert_eq!(
        [1, 7, 12, 14, 15, 28, 31, 365_000].map(weeks),
        [120, 120, 240, 240, 360, 480, 480, 480]
    );
    assert_eq!(month.minutes(None), Some(480));
    assert_eq!(
        (TimeBox::Fixed(15).minutes(Some(7)), TimeBox::Ongoing.minutes(None)),
        (Some(15), None)
    );
    for ceremony in CEREMONIES {
        let backlog = Backlog::default();
        let timeline = Reading::new(&backlog, WEDNESDAY).finish();
        let agenda = ceremony.agenda(&Facts::of(&backlog, &timeline, None, ceremony.about));
        let shares: u32 = agenda.parts.iter().map(|it| it.share).sum();
        let wanted = if ceremony.time == TimeBox::Ongoing { 0 } else { 100 };
        assert_eq!(shares, wanted, "{}", ceremony.name);
        let minutes: u32 = agenda.parts.iter().filter_map(|it| agenda.minutes_of(it)).sum();
        assert!(minutes <= agenda.minutes.unwrap_or(0) + 5, "{}: {minutes}", ceremony.name);
    }
}

const SPRINT: (&str, &str) = (
    "sprints/S1",
    "status: active\nstart: 2026-11-16\nend: 2026-11-27\ncapacity: 8\ngoal: A guest pays\n---\n\n## Retrospective\n\nWhat we change:\n\n- Smaller items\n",
);

#[test]
fn a_daily_tells_of_the_goal_and_of_what_is_in_work() {
    let files = [
        SPRINT,
        ("items/BL-a", "status: in-progress\nrank: bbbb\nstarted: 2026-11-23\nsprint: S1\n---\n"),
        (
            "items/BL-b",
            "status: review\nrank: cccc\nstarted: 2026-11-18\nassignee: ada\nsprint: S1\n---\n",
        ),
        ("items/BL-c", "status: ready\nrank: dddd\nsprint: S1\ndepends_on: BL-a\n---\n"),
        (
            "items/BL-d",
            "status: done\nrank: ffff\ndone: 2026-11-24\nstarted: 2026-11-20\nsprint: S1\n---\n",
        ),
        ("items/BL-e", "status: in-progress\nrank: gggg\nstarted: 2026-11-01\n---\n"),
    ];
    assert_eq!(
        told("daily", &files, WEDNESDAY),
        [
            "The goal: A guest pays | day 10 of 12, 2 days left | 3 of 4 items open",
            "Since the last working day: BL-d was done on 2026-11-24",
            "In work: BL-b review, ada: in work for 7 days | BL-a in-progress: in work for 2 days",
            "What waits: BL-c waits for BL-a | BL-b waits to be accepted",
            "Next: BL-c",
        ]
    );
    // On a Monday, Friday counts.
    let news = |day| {
        told("daily", &[("items/BL-d", "status: in-progress\nstarted: 2026-11-20\n---\n")], day)
            .remove(1)
    };
    let monday = Date::constant(2026, 11, 23);
    assert_eq!(news(monday), "Since the last working day: BL-d was begun on 2026-11-20");
    assert_eq!(news(monday.tomorrow().unwrap()), "Since the last working day: ");
}

#[test]
fn a_retrospective_asks_what_became_of_the_last_one() {
    let last = "status: closed\nstart: 2026-11-02\nend: 2026-11-13\n---\n\n## Retrospective\n\nWhat we change:\n\n- Pairs\n\nActions:\n\n- [[BL-a]] Run the tests\n- [[BL-z]] Gone\n";
    let files = [("sprints/S0", last), SPRINT, ("items/BL-a", "status: done\n---\n")];
    let parts = told("retro", &files, WEDNESDAY);
    assert_eq!(parts[0], "What became of the last changes: BL-a done | [[BL-z]] Gone | Pairs");
    assert_eq!(parts[3], "What we change: Smaller items");
}

#[test]
fn planning_proposes_what_fits_and_what_it_is_for() {
    let files = [
        ("sprints/S1", "status: planned\ncapacity: 5\n---\n"),
        ("sprints/S0", "status: active\n---\n"),
        ("goals/GOAL-a", "status: active\n---\n"),
        ("items/BL-a", "status: ready\nrank: bbbb\neffort: 3\ngoal: GOAL-a\n---\n"),
        ("items/BL-b", "status: ready\nrank: cccc\neffort: 3\n---\n"),
        ("items/BL-c", "status: ready\nrank: dddd\neffort: 1\nsprint: S1\n---\n"),
        ("items/BL-d", "status: in-progress\nrank: ffff\neffort: 1\nsprint: S0\n---\n"),
    ];
    let parts = told("planning", &files, WEDNESDAY);
    assert_eq!(parts[0], "Why: GOAL-a 1 of 2 items below serves it");
    assert_eq!(
        parts[1],
        "How much: Capacity: 5 points | In it already: 1 point in 1 item | BL-d is open in S0"
    );
    assert_eq!(parts[2], "What: BL-c effort 1, in the sprint already | BL-a effort 3");
}

#[test]
fn refinement_finds_what_is_large_stale_or_unclear() {
    let files = [
        ("sprints/S1", "status: planned\ncapacity: 5\n---\n"),
        (
            "items/BL-a",
            "type: task\nstatus: ready\nrank: bbbb\neffort: 3\ncreated: 2026-08-01\n---\n",
        ),
        (
            "items/BL-b",
            "type: story\nstatus: ready\nrank: cccc\ncreated: 2026-11-01\nquestions: ['Why? (ada, 2026-11-20)', Since when?, 'Who? (bob, 2026-11-10)']\n---\n",
        ),
        (
            "items/BL-c",
            "type: task\nstatus: proposed\nrank: dddd\neffort: 1\ncreated: 2026-11-01\nsprint: S1\n---\n",
        ),
    ];
    assert_eq!(
        told("refinement", &files, WEDNESDAY),
        [
            "Not ready: BL-b lacks criteria",
            "Open questions: BL-b Who? (bob, 2026-11-10) | BL-b Why? (ada, 2026-11-20) | BL-b Since when?",
            "Not estimated: BL-b",
            "Large: BL-a effort 3, more than 2.5",
            "Not touched for long: BL-a untouched for 116 days",
        ]
    );
}

#[test]
fn a_review_shows_what_was_done_and_what_moved() {
    let table = "unit: boxes\n---\n\ndate | value\n--- | ---\n2026-11-01 | 41\n2026-11-20 | 47\n";
    let files = [
        SPRINT,
        ("metrics/METRIC-a", table),
        (
            "items/BL-a",
            "status: done\nrank: bbbb\nsprint: S1\naccepted: {by: mira, on: 2026-11-20}\n---\n",
        ),
        ("items/BL-b", "status: done\nrank: cccc\nsprint: S1\n---\n"),
        ("items/BL-c", "status: ready\nrank: dddd\nsprint: S1\ncreated: 2026-11-17\n---\n"),
        ("items/BL-d", "type: task\nstatus: ready\nrank: ffff\n---\n"),
        ("releases/REL-a", "status: planned\ntarget: 2026-12-14\n---\n"),
    ];
    assert_eq!(
        told("review", &files, WEDNESDAY),
        [
            "The goal: A guest pays | 2 of 3 items done",
            "Done: BL-a accepted by mira | BL-b not accepted yet",
            "Not done: BL-c ready",
            "Numbers: METRIC-a 41 → 47 boxes",
            "The backlog: 1 item came in",
            "Open questions: ",
            "Next: BL-d ready | REL-a planned, for 2026-12-14",
        ]
    );
}
