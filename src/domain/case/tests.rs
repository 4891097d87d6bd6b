//! Cases by example.

use super::*;
use crate::domain::source::SourceFile;

fn backlog(settings: &str, documents: &[(&str, &str)]) -> Backlog {
    let file = |path: &str, text: String| SourceFile { path: path.to_owned(), text: Ok(text) };
    let document = |(path, front): &(&str, &str)| {
        let name = path.rsplit('/').next().and_then(|it| it.strip_suffix(".md")).unwrap();
        file(path, format!("---\nid: {name}\ntitle: {name}\n{front}\n---\n"))
    };
    let files = documents.iter().map(document);
    Backlog::parse(files.chain([file("config.yml", settings.to_owned())]).collect())
}

const BUDGET: &str = "budget: {cost_per_point: 100, currency: EUR, value_per_point: 600}\n";

fn family() -> Vec<(&'static str, &'static str)> {
    vec![
        (
            "items/BL-e.md",
            "status: ready\nrank: bbbb\nvalue: 13\neffort: 20\nrelease: REL-r\ngoal: GOAL-g",
        ),
        ("items/BL-a.md", "status: done\nrank: cccc\nparent: BL-e\nvalue: 5\neffort: 3"),
        ("items/BL-b.md", "status: ready\nrank: dddd\nparent: BL-e\nvalue: 3\nquestions: [Why?]"),
        ("items/BL-c.md", "status: rejected\nrank: ffff\nparent: BL-e\nvalue: 100\neffort: 100"),
        (
            "items/BL-d.md",
            "status: ready\nrank: gggg\nparent: BL-e\nvalue: 1\neffort: 2\nrelease: REL-s",
        ),
        ("releases/REL-r.md", "status: planned\nbudget: 500"),
        ("releases/REL-s.md", "status: planned\nbudget: 100"),
        ("goals/GOAL-g.md", "status: active\nparent: GOAL-h"),
        ("goals/GOAL-h.md", "status: active\nparent: GOAL-g"),
        ("evidence/EV-1.md", "supports: [BL-a]\nstrength: 2"),
        ("evidence/EV-2.md", "contradicts: [BL-e]"),
        ("evidence/EV-3.md", "status: withdrawn\nsupports: [BL-e]"),
        ("decisions/DEC-1.md", "status: accepted\naffects: [BL-b]"),
    ]
}

fn ids(items: &[&Entry]) -> Vec<String> {
    items.iter().map(|it| it.id().to_owned()).collect()
}

#[test]
fn parts_count_in_the_place_of_their_whole() {
    let backlog = backlog(BUDGET, &family());
    let case = case(&backlog, backlog.called("BL-e").unwrap()).unwrap();
    assert_eq!(ids(&case.items), ["BL-e", "BL-a", "BL-b", "BL-d"]);
    let value = Sum { own: Some(13.0), done: 5.0, open: 4.0, ..Sum::default() };
    assert_eq!(case.value, value);
    let effort =
        Sum { own: Some(20.0), done: 3.0, open: 2.0, n_open_without: 1, n_done_without: 0 };
    assert_eq!(case.effort, effort);
    assert_eq!((case.money.spent, case.money.remaining), (Some(300.0), Some(200.0)));
    // 4 points bring 2,400 in a year, so 200 are back after one month.
    assert_eq!((case.money.yearly, case.money.payback_months), (Some(2400.0), Some(1.0)));
    let evidence: Vec<(&str, bool)> =
        case.evidence.iter().map(|it| (it.id.as_str(), it.is_against)).collect();
    assert_eq!(evidence, [("EV-1", false), ("EV-2", true)]);
    assert_eq!(ids(&case.decisions), ["DEC-1"]);
    assert_eq!(case.questions, [(backlog.called("BL-b").unwrap(), "Why?".to_owned())]);
    let missing: Vec<&str> = case.missing.iter().map(|(what, _)| *what).collect();
    assert_eq!(missing, ["problem", "effort", "risk", "metric"]);
}

#[test]
fn a_part_that_ships_elsewhere_costs_there() {
    let backlog = backlog(BUDGET, &family());
    let case = case(&backlog, backlog.called("REL-r").unwrap()).unwrap();
    assert_eq!(ids(&case.items), ["BL-e", "BL-a", "BL-b"]);
    assert_eq!((case.effort.done, case.effort.open, case.effort.n_open_without), (3.0, 0.0, 1));
    assert_eq!(case.money.left, Some(200.0));
    let rows: Vec<(&str, Option<f64>)> =
        budgets(&backlog).iter().map(|(release, _, money)| (release.id(), money.left)).collect();
    assert_eq!(rows, [("REL-r", Some(200.0)), ("REL-s", Some(-100.0))]);
}

#[test]
fn a_goal_is_made_of_what_serves_it_and_circles_end() {
    let backlog = backlog("", &family());
    let case = case(&backlog, backlog.called("GOAL-h").unwrap()).unwrap();
    assert_eq!(ids(&case.items), ["BL-e", "BL-a", "BL-b", "BL-d"]);
    let goals: Vec<&str> = case.goals.iter().map(|it| it.goal.id()).collect();
    assert_eq!(goals, ["GOAL-h", "GOAL-g"]);
    assert_eq!(case.money, Money::default());
}

#[test]
fn other_kinds_have_no_case_and_numbers_below_zero_are_none() {
    let backlog = backlog(
        "",
        &[
            ("evidence/EV-1.md", "strength: 2"),
            ("items/BL-a.md", "status: ready\nrank: bbbb\nvalue: -5\neffort: many\nparent: BL-a"),
        ],
    );
    assert!(case(&backlog, backlog.called("EV-1").unwrap()).is_none());
    let case = case(&backlog, backlog.called("BL-a").unwrap()).unwrap();
    let none = Sum { n_open_without: 1, ..Sum::default() };
    assert_eq!((case.value, case.effort), (none, none));
}

#[test]
fn what_was_dropped_costs_nothing_and_on_a_circle_each_counts() {
    let documents = [
        ("items/BL-x.md", "status: rejected\nvalue: 5\neffort: 5"),
        ("items/BL-y.md", "status: ready\nparent: BL-z\nvalue: 3\neffort: 2"),
        ("items/BL-z.md", "status: ready\nparent: BL-y\nvalue: 4\neffort: 1"),
    ];
    let backlog = backlog(BUDGET, &documents);
    let of = |id: &str| case(&backlog, backlog.called(id).unwrap()).unwrap();
    assert_eq!((of("BL-x").value.done, of("BL-x").effort.done), (0.0, 0.0));
    assert_eq!((of("BL-y").value.open, of("BL-y").effort.open), (7.0, 3.0));
}

#[test]
fn the_problem_is_what_an_imported_item_describes() {
    let problem = |body: &str| {
        let text = format!("---\nid: BL-a\ntitle: A\ntype: story\nstatus: ready\n---\n\n{body}");
        let file = SourceFile { path: "items/BL-a.md".to_owned(), text: Ok(text) };
        let backlog = Backlog::parse(vec![file]);
        case(&backlog, backlog.called("BL-a").unwrap()).unwrap().problem
    };
    let described = "## Description\n\n<!-- SECTION:DESCRIPTION:BEGIN -->\nIt\nhurts.\n<!-- SECTION:DESCRIPTION:END -->\n";
    assert_eq!(problem(described).as_deref(), Some("It hurts."));
    assert_eq!(problem(&format!("Intro.\n\n{described}")).as_deref(), Some("Intro."));
    let story = "## Wish\n\nAs a guest, I want to\npay later, so that I can try.\n";
    assert_eq!(
        problem(story).as_deref(),
        Some("As a guest, I want to pay later, so that I can try")
    );
    assert_eq!(problem(&format!("{story}\n## Why\n\nMoney.\n")).as_deref(), Some("Money."));
    assert_eq!(problem("## Acceptance criteria\n\n- [ ] A\n"), None);
}
