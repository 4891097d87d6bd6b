//! `sprint plan`.

use insta::assert_snapshot;

use super::super::{document, edit, ids};
use super::team;
use crate::support::Repo;

/// A team with a sprint to plan, and items that fit, wait, or lack something.
fn planning() -> Repo {
    let repo = team();
    document(
        &repo,
        "sprints/2026-25-gifts",
        "status: planned\nstart: 2026-11-30\nend: 2026-12-11\ncapacity: 8\ngoal: Gifts\n",
    );
    for (name, fields) in [
        (
            "BL-22222-wrap-a-gift",
            "type: task\nstatus: ready\nrank: mbhb\neffort: 3\ndepends_on: [BL-44444]\n",
        ),
        ("BL-33333-send-a-card", "type: task\nstatus: ready\nrank: mbhc\neffort: 5\n"),
        ("BL-44444-know-what-a-gift-is", "type: task\nstatus: ready\nrank: mbhd\neffort: 2\n"),
        ("BL-55555-tie-a-bow", "type: task\nstatus: ready\nrank: mbhf\n"),
        ("BL-66666-colours", "type: task\nstatus: proposed\nrank: mbhg\neffort: 1\n"),
        ("BL-77777-a-label", "type: task\nstatus: ready\nrank: mbhh\neffort: 3\n"),
    ] {
        document(&repo, &format!("items/{name}"), fields);
    }
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "-m", "gifts"]);
    repo
}

#[test]
fn a_sprint_is_filled_from_the_top() {
    let repo = planning();
    assert_snapshot!(repo.session("git backlog sprint plan -m 'Sprint Planning'"), @r#"
    $ git backlog sprint plan -m 'Sprint Planning'
    2026-25  Gifts
    goal      Gifts
    capacity  8 points; 8 planned in 3 items

    Comes
      BL-44444 Know what a gift is (2)
      BL-22222 Wrap a gift (3)
      BL-77777 A label (3)

    Does not come
      BL-7kxxm Basket is empty after login: is proposed, and not ready
      BL-33333 Send a card: needs 5 points, 3 are free
      BL-55555 Tie a bow: has no effort
      BL-66666 Colours: is proposed, and not ready
    2 are planned for other sprints

    set BL-44444 sprint 2026-25 "Know what a gift is"
    set BL-22222 sprint 2026-25 "Wrap a gift"
    set BL-77777 sprint 2026-25 "A label"
    ! [main HASH] backlog: plan 3 items for 2026-25
    "#);
    assert_snapshot!(repo.git(&["log", "-1", "--format=%B"]), @r#"
    backlog: plan 3 items for 2026-25

    - set BL-44444 sprint 2026-25 "Know what a gift is"
    - set BL-22222 sprint 2026-25 "Wrap a gift"
    - set BL-77777 sprint 2026-25 "A label"

    Sprint Planning

    Backlog: BL-44444
    Backlog: BL-22222
    Backlog: BL-77777
    "#);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    let again = repo.run(&["sprint", "plan", "2026-25"]);
    assert!(again.code == Some(0) && again.err.contains("nothing to change"), "{again}");
}

#[test]
fn one_line_of_each_file_changes_and_dry_runs_change_none() {
    let repo = planning();
    let run = repo.run(&["sprint", "plan", "2026-25", "--capacity", "3", "-n"]);
    assert!(run.out.contains("+capacity: 3") && run.out.contains("+sprint: 2026-25"), "{run}");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    assert_eq!(repo.run(&["sprint", "plan", "2026-25", "--capacity", "3"]).code, Some(0));
    let lines = repo.git(&["diff", "--numstat"]);
    assert_snapshot!(lines, @"
    1	0	.backlog/items/BL-44444-know-what-a-gift-is.md
    1	1	.backlog/sprints/2026-25-gifts.md
    ");
}

#[test]
fn a_number_of_items_needs_no_capacity() {
    let repo = planning();
    let record = ".backlog/sprints/2026-25-gifts.md";
    edit(&repo, record, "capacity: 8\n", "");
    assert_snapshot!(repo.session(
        "git backlog sprint plan 2026-25
git backlog sprint plan 2026-25 --take 2 --any -q
git backlog sprint plan 2026-25 --capacity 0
git backlog sprint plan 2026-25 --capacity much
git backlog sprint plan 2026-25 --take 0"
    ), @"
    $ git backlog sprint plan 2026-25
    ! error: 2026-25 has no capacity
    ! hint: say how much fits: git backlog sprint plan 2026-25 --capacity N, or --take N items
    = 2
    $ git backlog sprint plan 2026-25 --take 2 --any -q
    $ git backlog sprint plan 2026-25 --capacity 0
    ! error: nothing fits into 2026-25: its capacity is 0
    ! hint: say how much fits: git backlog sprint plan 2026-25 --capacity N
    = 2
    $ git backlog sprint plan 2026-25 --capacity much
    ! error: the capacity is a number of points, not 'much'
    = 2
    $ git backlog sprint plan 2026-25 --take 0
    ! error: invalid value '0' for '--take <N>': 0 is not in 1..=HASH
    ! hint: see what there is with -h
    = 2
    ");
    // What waits for another item would make three.
    let planned = repo.run(&["list", "sprint=2026-25", "--columns", "id", "--format", "csv"]);
    assert_eq!(ids(&planned), ["BL-7kxxm", "BL-33333"]);
}
