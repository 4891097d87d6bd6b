//! What is told of a small backlog.

use super::*;
use crate::domain::forecast::SEED;
use crate::domain::outlook::counted;
use crate::domain::source::SourceFile;
use crate::domain::timeline::Reading;

const TODAY: Date = Date::constant(2026, 11, 26);

fn file(path: &str, front: &str) -> SourceFile {
    let id = path.split('/').next_back().unwrap();
    SourceFile {
        path: format!("{path}.md"),
        text: Ok(format!("---\nid: {id}\ntitle: {id}\n{front}---\n")),
    }
}

/// Forty items that were done one a week, and open ones by rank, with a field each.
fn backlog(open: &[(&str, &str)]) -> Backlog {
    let mut files = vec![
        file("releases/REL-one", "status: planned\ntarget: 2027-01-15\n"),
        file("releases/REL-old", "status: shipped\n"),
        file("goals/GOAL-on", "status: active\nby: 2027-03-31\n"),
        file("goals/GOAL-idea", "status: proposed\n"),
        file("goals/GOAL-part", "status: proposed\nparent: GOAL-on\n"),
        file("sprints/S1", "status: active\nend: 2026-12-04\n"),
    ];
    files.extend((0..40).map(|week: i64| {
        let day = TODAY.checked_sub(jiff::Span::new().days(week * WEEK)).unwrap();
        file(
            &format!("items/BL-d{week:02}"),
            &format!("status: done\ncreated: {day}\ndone: {day}\n"),
        )
    }));
    files.extend(open.iter().map(|(rank, fields)| {
        file(&format!("items/BL-{rank}"), &format!("status: ready\nrank: {rank}\n{fields}"))
    }));
    Backlog::parse(files)
}

fn outlook(backlog: &Backlog) -> Outlook<'_> {
    Outlook::of(backlog, &Reading::new(backlog, TODAY).finish(), SEED)
}

/// The id, the number of items and how far the last of them is down, of what is planned.
fn told<'a>(targets: &[Target<'a>]) -> Vec<(&'a str, usize, usize)> {
    let id = |target: &Target<'a>| match target.scope {
        Scope::Record(record) => record.id(),
        Scope::All => "all",
        Scope::Next => "next",
        Scope::Query(query) => query,
    };
    targets.iter().map(|it| (id(it), it.n_items, it.n_to_last)).collect()
}

#[test]
fn what_is_still_to_come_is_told_with_all_that_stands_above() {
    let backlog = backlog(&[
        ("bbbb", "sprint: S1\nrelease: REL-old\n"),
        ("bbbc", "goal: GOAL-idea\n"),
        ("bbbd", "release: REL-one\ngoal: GOAL-on\n"),
        ("bbbf", "goal: GOAL-on\n"),
        ("bbbg", ""),
        ("bbbh", "release: REL-none\n"),
    ]);
    let targets = targets(&backlog, &outlook(&backlog));
    assert_eq!(
        told(&targets),
        [("next", 5, 5), ("S1", 1, 1), ("REL-one", 1, 3), ("GOAL-on", 2, 4), ("all", 6, 6)]
    );
}

#[test]
fn an_item_belongs_to_what_its_epic_names() {
    let backlog = backlog(&[
        ("bbbb", "type: epic\nrelease: REL-one\n"),
        ("bbbc", "parent: BL-bbbb\n"),
        ("bbbd", "parent: BL-bbbb\nrelease: REL-old\n"),
        ("bbbf", "parent: BL-bbbf\n"),
    ]);
    // The epic itself is not counted, and what names a release of its own is not of that of the epic.
    assert_eq!(told(&planned(&backlog, &counted(&backlog))), [("REL-one", 1, 1)]);
}

#[test]
fn a_goal_is_reached_with_the_goals_below_it() {
    let backlog =
        backlog(&[("bbbb", "goal: GOAL-on\n"), ("bbbc", ""), ("bbbd", "goal: GOAL-part\n")]);
    assert_eq!(told(&planned(&backlog, &counted(&backlog))), [("GOAL-on", 2, 3)]);
    // The roadmap tells the same.
    let goal = backlog.of_kind(&GOAL).find(|it| it.id() == "GOAL-on").unwrap();
    assert_eq!(crate::domain::release::contents(&backlog, goal).open.len(), 2);
}

#[test]
fn dates_chances_and_growth_are_put_in() {
    let backlog = backlog(&[("bbbb", "release: REL-one\n"), ("bbbc", ""), ("bbbd", "")]);
    let outlook = outlook(&backlog);
    let mut targets = targets(&backlog, &outlook);
    date(&mut targets, &outlook, SEED);
    let [release, all] = &targets[..] else { panic!("{targets:?}") };
    assert!(release.chance().unwrap() > 0.9 && all.chance().is_none());
    let growing = all.growing.as_ref().unwrap();
    assert!((growing.a_week - 1.0).abs() < 0.1, "{}", growing.a_week);
    assert!(growing.dates.spread.at_most(0.85) > all.dates.as_ref().unwrap().spread.at_most(0.85));
    assert_eq!(release.growing, None);
}

#[test]
fn a_day_tells_how_many_items_and_which_is_the_last() {
    let backlog = backlog(&[("bbbb", ""), ("bbbc", ""), ("bbbd", "")]);
    let outlook = outlook(&backlog);
    let by = |day: Date| by_day(&outlook, day).unwrap();
    let soon = by(Date::constant(2026, 11, 30));
    assert_eq!((soon.n_weeks, soon.n_items, soon.last), (0, [0; 3], [None; 3]));
    let later = by(Date::constant(2026, 12, 17));
    assert!(later.n_weeks == 3 && later.n_items.is_sorted_by(|a, b| a >= b), "{later:?}");
    assert_eq!(later.last[0].unwrap(), outlook.items[later.n_items[0] as usize - 1]);
    // The order has no more.
    assert_eq!(by(Date::constant(2027, 12, 17)).last, [None; 3]);
}

#[test]
fn the_past_is_tried_with_as_many_items_as_it_holds() {
    let flow = Flow { done: vec![1; 40], added: Vec::new() };
    let record = |n_items: usize| super::record(&flow, n_items, SEED).unwrap();
    assert_eq!(record(3).n_items, 3);
    let ten = record(MOST);
    assert!(ten.n_items < 25 && ten.n_known() >= ENOUGH, "{ten:?}");
    assert_eq!(super::record(&Flow::default(), 10, SEED), None);
}

/// The ids of what moves, with how far down its last item was and is.
fn moves(
    before: &[(&str, &str)],
    after: &[(&str, &str)],
) -> Vec<(String, Option<usize>, Option<usize>)> {
    let (before, after) = (backlog(before), backlog(after));
    let shifts = Shifts::of(&before, &after);
    let n = |it: &Option<Reached>| it.as_ref().map(|it| it.n_to_last);
    shifts
        .shifts
        .iter()
        .map(|it| (it.record.id().to_owned(), n(&it.before), n(&it.after)))
        .collect()
}

#[test]
fn a_change_moves_what_reaches_further_down() {
    let release = "release: REL-one\n";
    let moved = |old, new| vec![("REL-one".to_owned(), old, new)];
    let (a, b) = (("bbbb", release), ("bbbc", ""));
    assert_eq!(moves(&[a, b], &[a, b]), []);
    assert_eq!(moves(&[a, b], &[("bbbd", release), b]), moved(Some(1), Some(2)));
    assert_eq!(moves(&[b], &[a, b]), moved(None, Some(1)));
    assert_eq!(moves(&[a, b], &[b]), moved(Some(1), None));
}

#[test]
fn only_days_that_change_are_told() {
    let with = |n: usize| -> Backlog {
        let ranks: Vec<String> = (0..n).map(|at| format!("bbbb{}", "b".repeat(at))).collect();
        let mut open: Vec<(&str, &str)> = ranks.iter().map(|rank| (rank.as_str(), "")).collect();
        open.push(("cccc", "release: REL-one\n"));
        backlog(&open)
    };
    let (before, same, after) = (with(30), with(30), with(45));
    let outlook = outlook(&after);
    let shifts = |after| Shifts::of(&before, after).dated(&outlook);
    assert_eq!(shifts(&same).shifts, []);
    let moved = shifts(&after);
    let [shift] = &moved.shifts[..] else { panic!("{moved:?}") };
    let by = |it: &Option<Reached>| it.as_ref().unwrap().by(0.85).unwrap();
    assert!(by(&shift.before) < by(&shift.after) && moved.unfit.is_none());
    let [before, after] = shift.chances().map(Option::unwrap);
    assert!(before >= after);
}
