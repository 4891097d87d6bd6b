//! Roadmaps over backlogs of a few items.

use super::*;
use crate::domain::date::Date;
use crate::domain::kind::RELEASE;
use crate::domain::source::SourceFile;
use crate::domain::timeline::Reading;

const TODAY: Date = Date::constant(2026, 11, 26);

fn file(path: &str, front: &str) -> SourceFile {
    let stem = path.rsplit('/').next().unwrap();
    let text = format!("---\nid: {stem}\ntitle: {stem}\n{front}---\n");
    SourceFile { path: format!("{path}.md"), text: Ok(text) }
}

fn item(name: &str, status: &str, more: &str) -> SourceFile {
    file(&format!("items/BL-{name}"), &format!("status: {status}\nrank: mb{name}\n{more}"))
}

fn files() -> Vec<SourceFile> {
    let mut files = vec![
        file("goals/GOAL-a", "status: active\nby: 2026-12-31\n"),
        file("goals/GOAL-b", "status: reached\nby: 2026-09-01\n"),
        file("sprints/S1", "status: active\n"),
        file("sprints/S2", "status: planned\nstart: 2026-12-01\n"),
        file("sprints/S3", "status: planned\n"),
        file("releases/REL-1", "status: planned\ntarget: 2026-12-10\n"),
        file("releases/REL-2", "status: shipped\nshipped: 2026-10-10\n"),
        file("releases/REL-3", "status: shipped\nshipped: 2026-01-10\n"),
        item("bb", "in-progress", "release: REL-1\n"),
        item("cc", "proposed", "sprint: S1\ngoal: GOAL-a\n"),
        item("dd", "proposed", "sprint: S2\n"),
        item("ff", "proposed", "sprint: S3\n"),
        item("gg", "ready", "release: REL-1\n"),
        item("hh", "proposed", "goal: GOAL-a\n"),
        item("jj", "ready", "type: epic\n"),
        item("kk", "proposed", "parent: BL-jj\n"),
        item("ll", "done", "release: REL-1\n"),
    ];
    let letters = ['b', 'c', 'd', 'f', 'g'];
    let far = |n: usize| item(&format!("z{}{}", letters[n / 5], letters[n % 5]), "draft", "");
    files.extend((0..20).map(far));
    files.push(item("zz", "ready", ""));
    files
}

/// Two items done in each of many weeks.
fn past() -> impl Iterator<Item = SourceFile> {
    (0..40).map(|n: i64| {
        let day = TODAY.checked_sub(jiff::Span::new().days(n / 2 * 7)).unwrap();
        file(&format!("items/BL-p{n:02}"), &format!("status: done\nstarted: {day}\ndone: {day}\n"))
    })
}

fn with_outlook<T>(files: Vec<SourceFile>, look: impl Fn(&Backlog, &Outlook<'_>) -> T) -> T {
    let backlog = Backlog::parse(files);
    let timeline = Reading::new(&backlog, TODAY).finish();
    let outlook = Outlook::of(&backlog, &timeline, 1);
    look(&backlog, &outlook)
}

fn ids(planned: &[Planned<'_>]) -> Vec<String> {
    planned.iter().map(|it| it.item.id().to_owned()).collect()
}

#[test]
fn now_is_worked_on_and_next_is_ready_and_within_reach() {
    with_outlook(files().into_iter().chain(past()).collect(), |backlog, outlook| {
        let roadmap = roadmap(backlog, outlook, |_| true);
        assert_eq!(ids(&roadmap.now), ["BL-bb", "BL-cc"]);
        assert_eq!(ids(&roadmap.next), ["BL-dd", "BL-gg"]);
        let n = roadmap.n_within_reach.unwrap();
        assert!((5..12).contains(&n), "{n}");
        assert!(roadmap.now.iter().all(|it| it.by.is_some()));
        let later: Vec<(Option<&str>, usize)> =
            roadmap.later.iter().map(|it| (it.subject.map(Entry::id), it.items.len())).collect();
        assert_eq!(later[..2], [(Some("GOAL-a"), 1), (Some("BL-jj"), 1)]);
        assert_eq!(later[2].0, None);
        assert_eq!(later.len(), 3);
    });
}

#[test]
fn without_a_past_all_that_is_ready_comes_next() {
    with_outlook(files(), |backlog, outlook| {
        let roadmap = roadmap(backlog, outlook, |_| true);
        assert_eq!(ids(&roadmap.next), ["BL-dd", "BL-gg", "BL-zz"]);
        assert_eq!(roadmap.n_within_reach, None);
        assert!(roadmap.now.iter().chain(&roadmap.next).all(|it| it.by.is_none()));
    });
}

#[test]
fn only_what_is_wanted_is_shown_and_its_days_stay() {
    with_outlook(files().into_iter().chain(past()).collect(), |backlog, outlook| {
        let all = roadmap(backlog, outlook, |_| true);
        let some = roadmap(backlog, outlook, |item| item.id() == "BL-gg");
        assert_eq!((some.now.len(), some.later.len()), (0, 0));
        assert_eq!(some.next, all.next[1..]);
    });
}

#[test]
fn days_are_the_same_in_one_go_and_in_many() {
    with_outlook(files().into_iter().chain(past()).collect(), |_, outlook| {
        let places: Vec<usize> = (0..300).map(|n| n % 25).collect();
        let days = days_of_each(outlook, &places, SURE);
        assert_eq!(days.len(), 300);
        assert_eq!(days[299], days_of_each(outlook, &[299 % 25], SURE)[0]);
        assert!(days[..25].is_sorted(), "{days:?}");
    });
    with_outlook(files(), |_, outlook| {
        assert_eq!(days_of_each(outlook, &[0, 1], SURE), [None, None]);
    });
}

#[test]
fn releases_and_goals_stand_over_time() {
    with_outlook(files().into_iter().chain(past()).collect(), |backlog, outlook| {
        let schedule = schedule(backlog, outlook, &[&RELEASE, &GOAL], None);
        let [releases, goals] = &schedule.sections[..] else { panic!() };
        let ids = |section: &Section<'_>| -> Vec<String> {
            section.rows.iter().map(|it| it.record.id().to_owned()).collect()
        };
        assert_eq!(
            (ids(releases), ids(goals)),
            (vec!["REL-2".to_owned(), "REL-1".to_owned()], vec!["GOAL-a".to_owned()],)
        );
        // A release that shipped long ago, and a goal that is reached.
        assert_eq!(schedule.n_past, 2);
        let row = &releases.rows[1];
        assert_eq!((row.n_done, row.n_open), (1, 2));
        let [half, likely, sure] = row.bar.unwrap().days.map(Option::unwrap);
        assert!(TODAY < half && half <= likely && likely <= sure);
        assert!(row.chance.is_some());
        assert_eq!(releases.rows[0].bar, None);
    });
}

#[test]
fn a_query_leaves_out_what_has_none_of_its_items() {
    with_outlook(files(), |backlog, outlook| {
        let is_wanted = |item: &Entry| item.id() == "BL-gg";
        let schedule = schedule(backlog, outlook, &[&RELEASE, &GOAL], Some(&is_wanted));
        assert_eq!(schedule.sections[0].rows.len(), 1);
        assert_eq!((schedule.sections[0].rows[0].n_open, schedule.sections[1].rows.len()), (1, 0));
        assert_eq!(schedule.sections[0].rows[0].bar, None);
    });
}
