//! What a change does to a small plan.

use super::*;
use crate::domain::source::SourceFile;

fn file(path: &str, front: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: Ok(format!("---\n{front}---\n")) }
}

fn item(id: &str, rank: &str, more: &str) -> SourceFile {
    let front = format!("id: {id}\ntitle: T\nstatus: ready\nrank: {rank}\n{more}");
    file(&format!("items/{id}.md"), &front)
}

fn state(ranks: [&str; 3]) -> Vec<SourceFile> {
    vec![
        item("BL-a", ranks[0], "value: 8\neffort: 2\nrelease: REL-x\n"),
        item("BL-b", ranks[1], "value: 1\neffort: 6\n"),
        item("BL-c", ranks[2], "value: 3\n"),
        file("releases/REL-x.md", "id: REL-x\ntitle: X\nstatus: planned\n"),
        file(
            "sprints/S1.md",
            "id: S1\ntitle: S\nstatus: active\nstart: 2026-11-16\nend: 2026-11-29\ncapacity: 6\n",
        ),
    ]
}

#[test]
fn says_what_another_order_is_worth() {
    let before = Backlog::parse(state(["dddd", "cccc", "ffff"]));
    let after = Backlog::parse(state(["bbbb", "cccc", "ffff"]));
    let it = effect(&before, &after);
    assert_eq!(
        it.early,
        Some(Early {
            effort: 6.0,
            sprint: Some("S1".to_owned()),
            before: 1.0 / 9.0,
            after: 8.0 / 9.0
        })
    );
    // BL-a, worth 8, comes 6 points earlier; BL-b, worth 1, comes 2 points later.
    let gain = it.gain.unwrap();
    assert_eq!(gain.value_points, 8.0 * 6.0 - 1.0 * 2.0);
    assert_eq!(gain.points_a_week, Some(3.0));
    let shift = |it: Option<Shift>| it.map(|it| (it.id, it.points));
    assert_eq!(shift(gain.earlier), Some(("BL-a".to_owned(), 6.0)));
    assert_eq!(shift(gain.later), Some(("BL-b".to_owned(), -2.0)));
    assert_eq!((it.n_scored, it.n_unscored), (2, 1));
    let reach =
        Reach { id: "REL-x".to_owned(), before: Some(8.0), after: Some(2.0), n_unestimated: 0 };
    assert_eq!(it.releases, [reach]);
    assert_eq!(it.sprints, []);
}

#[test]
fn says_what_comes_to_a_sprint_and_leaves_it() {
    let mut new = state(["bbbb", "cccc", "ffff"]);
    let before = Backlog::parse(new.clone());
    new[1] = item("BL-b", "cccc", "value: 1\neffort: 6\nsprint: S1\n");
    let it = effect(&before, &Backlog::parse(new));
    assert_eq!(it.gain, None);
    let load = Load {
        id: "S1".to_owned(),
        before: 0.0,
        after: 6.0,
        capacity: Some(6.0),
        came: vec!["BL-b".to_owned()],
        left: Vec::new(),
    };
    assert_eq!(it.sprints, [load]);
}

#[test]
fn nothing_scored_says_nothing() {
    let empty = Backlog::parse(Vec::new());
    assert_eq!(effect(&empty, &empty), Effect::default());
}
