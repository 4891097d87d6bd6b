//! The states that `review` compares, and how it ends.

use insta::assert_snapshot;

use super::*;

#[test]
fn an_order_that_costs_has_a_main_reason() {
    let repo = planned();
    // Orders are worth less for their effort, and nothing waits for them any more.
    edit(&repo, CHECKOUT, "depends_on: [BL-9qqrt]", "depends_on: []");
    edit(&repo, ORDERS, "rank: mbdd", "rank: mbbb");
    edit(&repo, ORDERS, "effort: 5", "effort: 8");
    commit(&repo, "Mira", "Orders first");
    let run = repo.run(&["review", "main"]);
    let first = run.out.lines().nth(1).unwrap_or_default();
    assert_snapshot!(first, @"The new order costs 8.4 value-weeks: BL-7k3qd Guest checkout (value 8) comes 1.4 weeks later; BL-9qqrt Orders belong to an address (value 5) comes 0.5 weeks earlier. Main reason: BL-9qqrt Orders belong to an address (5/8) is placed before BL-7k3qd Guest checkout (8/3). Against the best order, delay costs 92 % more instead of 29 %.");
    let json = repo.run(&["review", "main", "--format", "json"]).json();
    assert_snapshot!(json["effect"]["gain"]["inverted"].to_string(), @r#"{"above":{"id":"BL-9qqrt","value":5.0,"effort":8.0},"below":{"id":"BL-7k3qd","value":8.0,"effort":3.0},"loss_value_points":49.0}"#);
    edit(&repo, SPRINT, "capacity: 10", "capacity: 0");
    let run = repo.run(&["review", "main"]);
    assert!(run.out.contains("costs 49 value × points: "), "{run}");
}

#[test]
fn something_to_look_at_is_an_exit_code() {
    let repo = changed();
    for (arguments, code) in [
        (&["review", "main"][..], 0),
        (&["review", "main", "--exit-code"], 1),
        (&["review", "main", "--exit-code", "--format", "json"], 1),
        (&["review", "change", "--exit-code"], 0),
        (&["review", "main", "--exit-code", "--at", "main"], 0),
        (&["review", "main", "--exit-code", "--at", "change"], 1),
        (&["review", "main", "--exit-code", "--at", "nothing"], 2),
    ] {
        assert_eq!(repo.run(arguments).code, Some(code), "{arguments:?}");
    }
    // A new error alone, and a warning alone.
    repo.git(&["checkout", "--quiet", "-b", "other", "main"]);
    document(&repo, "items/BL-44444-terms", "type: task\nstatus: redy\nrank: mczb\n");
    assert_eq!(repo.run(&["review", "main", "--exit-code"]).code, Some(1));
    document(&repo, "items/BL-44444-terms", "type: task\nstatus: ready\nrank: mczb\nx: 1\n");
    let run = repo.run(&["review", "main", "--exit-code"]);
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn the_state_is_the_worktree_or_a_revision() {
    let repo = changed();
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    let run = repo.run(&["review", "main"]);
    assert!(run.out.contains("value 8 → 13") && run.out.contains("→ the worktree"), "{run}");
    let run = repo.run(&["review", "main", "--at", "HEAD"]);
    assert!(!run.out.contains("value 8 → 13") && run.out.contains("→ HEAD"), "{run}");
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare.git"]);
    let expected = run.out;
    let run = repo.run(&["-C", "../bare.git", "review", "main"]);
    assert_eq!((run.code, &run.out), (Some(0), &expected), "{run}");
    // What main did in the meantime is no part of the change.
    repo.git(&["stash", "--quiet"]);
    repo.git(&["checkout", "--quiet", "main"]);
    edit(&repo, CHECKOUT, "title: Guest checkout", "title: Pay as a guest");
    commit(&repo, "Mira", "Title");
    repo.git(&["checkout", "--quiet", "change"]);
    let run = repo.run(&["review", "main", "--at", "HEAD"]);
    assert!(!run.out.contains("Pay as a guest"), "{run}");
}

#[test]
fn nothing_changed_is_said() {
    let repo = planned();
    assert_snapshot!(repo.session("
        git backlog review main
        git backlog review main --format markdown
    "), @"
    $ git backlog review main
    Backlog: no change

    main (left at HASH) → HASH
    $ git backlog review main --format markdown
    <!-- git-backlog review -->

    ## Backlog: no change

    main (left at HASH) → HASH
    ");
}
