//! `sprint close`.

use insta::assert_snapshot;

use super::super::edit;
use super::{SPRINT, team};

#[test]
fn what_is_not_done_goes_back_to_the_backlog_and_keeps_its_place() {
    let repo = team();
    let before = repo.run(&["list", "--columns", "id,position", "--format", "csv"]).out;
    assert_snapshot!(repo.session("git backlog sprint close -m 'Sprint Review'"), @r#"
    $ git backlog sprint close -m 'Sprint Review'
    2026-24  Pay without an account
    goal       A guest can pay
    delivered  1 of 3 items, 2 of 8 points

    Done
      BL-h4rtz Pay by card (not accepted)

    Not done, and goes back to the backlog
      BL-7k3qd Guest checkout
      BL-9qqrt Orders belong to an address (in-progress)

    close 2026-24 "Pay without an account"
    set BL-7k3qd sprint 2026-24 → none "Guest checkout"
    set BL-9qqrt sprint 2026-24 → none "Orders belong to an address"
    ! warning: 2026-24 has 2 days left
    ! [main HASH] backlog: close 2026-24 "Pay without an account"
    ! say what you learned with: git backlog sprint note --went-well … --change …
    "#);
    assert_snapshot!(repo.git(&["log", "-1", "--format=%B"]), @r#"
    backlog: close 2026-24 "Pay without an account"

    - close 2026-24 "Pay without an account"
    - set BL-7k3qd sprint 2026-24 → none "Guest checkout"
    - set BL-9qqrt sprint 2026-24 → none "Orders belong to an address"

    Sprint Review

    Backlog: 2026-24
    Backlog: BL-7k3qd
    Backlog: BL-9qqrt
    "#);
    assert_eq!(repo.run(&["list", "--columns", "id,position", "--format", "csv"]).out, before);
    assert_snapshot!(repo.read(SPRINT), @"
    ---
    id: 2026-24
    title: Pay without an account
    created: 2026-11-16
    status: closed
    start: 2026-11-16
    end: 2026-11-27
    capacity: 8
    goal: A guest can pay
    ---

    Pay without an account, in more words.

    ## Showcase

    <!-- When, where, with whom; afterwards: what they said and what it changes in the backlog. -->

    ## Retrospective

    <!-- What went well, and the one or two things that you change. -->
    ");
    assert!(!repo.read(super::super::CHECKOUT).contains("sprint:"));
    let list = repo.run(&["sprint", "list", "--format", "json"]).json();
    assert_eq!(list["sprints"][0]["delivered"]["points"], 2);
    // What went back is not in it any more, and was not delivered either.
    let shown = repo.run(&["sprint", "show", "2026-24"]);
    let done: Vec<&str> = shown.out.lines().filter(|it| it.starts_with("done ")).collect();
    assert_eq!(done, ["done      1 item with 2 points"], "{shown}");
}

#[test]
fn it_goes_on_into_the_sprint_that_is_named() {
    let repo = team();
    assert_snapshot!(repo.session(
        "git backlog sprint close --to next
git backlog sprint close --to 2026-24
git backlog sprint close --to nowhere
git backlog sprint close --to BL-7k3qd"
    ), @r#"
    $ git backlog sprint close --to next
    ! error: no sprint is planned after 2026-24 "Pay without an account"
    ! hint: make it with: git backlog sprint new, or close with: --to backlog
    = 2
    $ git backlog sprint close --to 2026-24
    ! error: 2026-24 is the one to close
    = 2
    $ git backlog sprint close --to nowhere
    ! error: no document with id 'nowhere'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog sprint close --to BL-7k3qd
    ! error: BL-7k3qd is of kind item, and no sprint
    ! hint: see them with: git backlog sprint list
    = 2
    "#);
    repo.run(&["sprint", "new", "Gifts", "--goal", "Gifts"]);
    let run = repo.run(&["sprint", "close", "--to", "next"]);
    assert!(run.out.contains("goes on into 2026-25"), "{run}");
    assert!(repo.read(super::super::CHECKOUT).contains("sprint: 2026-25\n"));
}

#[test]
fn what_stands_in_the_record_stays() {
    let repo = team();
    let text = repo.read(SPRINT) + "\n## retrospective\n\nNothing was said.\n";
    repo.write(SPRINT, &text);
    assert_eq!(repo.run(&["sprint", "close"]).code, Some(0));
    let after = repo.read(SPRINT);
    let kept = text.replace("status: active", "status: closed");
    let added = after.strip_prefix(&kept).unwrap_or_else(|| panic!("{after}"));
    assert!(added.starts_with("\n## Showcase\n") && !added.contains("Retrospective"), "{added}");
}

#[test]
fn a_sprint_that_is_over_for_days_can_be_closed() {
    let repo = team();
    edit(&repo, SPRINT, "end: 2026-11-27", "end: 2026-11-20");
    let shown = repo.run(&["sprint"]);
    assert!(shown.out.contains("over for 5 days"), "{shown}");
    let run = repo.run(&["sprint", "close", "-n"]);
    assert!(run.code == Some(0) && !run.err.contains("left"), "{run}");
}
