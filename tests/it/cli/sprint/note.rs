//! `sprint note`.

use insta::assert_snapshot;

use super::super::{edit, ids};
use super::{SPRINT, team};

#[test]
fn notes_go_to_their_places_and_actions_become_items() {
    let repo = team();
    let run = repo.run(&[
        "sprint",
        "note",
        "--showcase",
        "Five guests paid",
        "--went-well",
        "We paired",
        "--change",
        "Smaller items",
        "--change",
        "Tests first",
        "--action",
        "Run the tests on every branch",
        "-m",
        "Retrospective",
    ]);
    assert_eq!(run.code, Some(0), "{run}");
    let action =
        ids(&repo.run(&["list", "title~tests", "--columns", "id", "--format", "csv"])).remove(0);
    let record = repo.read(SPRINT).replace(&action, "BL-NEW");
    assert_snapshot!(record, @"
    ---
    id: 2026-24
    title: Pay without an account
    created: 2026-11-16
    status: active
    start: 2026-11-16
    end: 2026-11-27
    capacity: 8
    goal: A guest can pay
    ---

    Pay without an account, in more words.

    ## Showcase

    - Five guests paid (mira@example.org, 2026-11-25)

    ## Retrospective

    What went well:

    - We paired (mira@example.org, 2026-11-25)

    What we change:

    - Smaller items (mira@example.org, 2026-11-25)
    - Tests first (mira@example.org, 2026-11-25)

    Actions:

    - [[BL-NEW]] Run the tests on every branch (mira@example.org, 2026-11-25)
    ");
    let message = repo.git(&["log", "-1", "--format=%B"]).replace(&action, "BL-NEW");
    assert_snapshot!(message, @r#"
    backlog: note 2026-24 "Pay without an account"

    - note 2026-24 showcase: Five guests paid "Pay without an account"
    - note 2026-24 what went well: We paired "Pay without an account"
    - note 2026-24 what we change: Smaller items "Pay without an account"
    - note 2026-24 what we change: Tests first "Pay without an account"
    - note 2026-24 actions: [[BL-NEW]] Run the tests on every branch "Pay without an account"
    - add task BL-NEW "Run the tests on every branch"

    Retrospective

    Backlog: 2026-24
    Backlog: BL-NEW
    "#);
    let shown = repo.run(&["show", &action]);
    assert!(
        shown.out.contains("From the retrospective of") && shown.out.contains("task"),
        "{shown}"
    );
    assert!(repo.run(&["check", "--format", "csv"]).out.lines().all(|it| !it.contains("LK")));
    // The next retrospective asks what became of it.
    repo.run(&["sprint", "close"]);
    repo.run(&["sprint", "new", "--goal", "Gifts", "--start", "2026-11-30"]);
    repo.run(&["set", &action, "status=in-progress"]);
    let retro = repo.run(&["agenda", "retro", "--sprint", "2026-25"]);
    assert!(retro.out.contains("Run the tests on every branch: in-progress"), "{retro}");
}

#[test]
fn nothing_is_noted_where_it_could_not_be_read() {
    let repo = team();
    assert_snapshot!(repo.session(
        "git backlog sprint note
git backlog sprint note --change ' '
git backlog sprint note --action ''
git backlog sprint note 7k3qd --change x
git backlog sprint note nowhere --change x"
    ), @"
    $ git backlog sprint note
    ! error: no note given
    ! hint: say something with --showcase, --went-well, --change or --action
    = 2
    $ git backlog sprint note --change ' '
    ! error: a note is empty
    = 2
    $ git backlog sprint note --action ''
    ! error: a note is empty
    = 2
    $ git backlog sprint note 7k3qd --change x
    ! error: BL-7k3qd is of kind item, and no sprint
    ! hint: see them with: git backlog sprint list
    = 2
    $ git backlog sprint note nowhere --change x
    ! error: no document with id 'nowhere'
    ! hint: see the ids with: git backlog list --all
    = 2
    ");
    let text = repo.read(SPRINT) + "\n```\nopen\n";
    repo.write(SPRINT, &text);
    let run = repo.run(&["sprint", "note", "--change", "x", "--action", "y"]);
    assert!(run.code == Some(2) && run.err.contains("leaves no room"), "{run}");
    assert_eq!(repo.read(SPRINT), text);
    assert_eq!(repo.git(&["status", "--porcelain", ".backlog/items"]), "");
}

#[test]
fn a_note_is_one_line_whatever_is_said() {
    let repo = team();
    let hostile = "a\n- [ ] b\n## Acceptance criteria\u{1b}[31m\n---";
    assert_eq!(repo.run(&["sprint", "note", "--went-well", hostile]).code, Some(0));
    assert!(repo.read(SPRINT).contains("- a - [ ] b ## Acceptance criteria [31m --- ("));
    edit(&repo, SPRINT, "status: active", "status: cancelled");
    let run = repo.run(&["sprint", "note", "--went-well", "x"]);
    assert!(run.code == Some(2) && run.err.contains("none was closed"), "{run}");
}
