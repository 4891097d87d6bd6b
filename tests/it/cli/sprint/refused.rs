//! Sprints that make no sense.

use insta::assert_snapshot;

use super::super::{document, edit, shop};
use super::{SPRINT, team};
use crate::support::Repo;

#[test]
fn what_is_no_sprint_or_over_is_refused_and_nothing_is_written() {
    let repo = team();
    document(&repo, "sprints/2026-23-over", "status: closed\nstart: 2026-11-02\nend: 2026-11-13\n");
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "-m", "over"]);
    assert_snapshot!(repo.session(
        "git backlog sprint show 7k3qd
git backlog sprint show nothing
git backlog sprint show 2026
git backlog sprint start
git backlog sprint start 2026-23
git backlog sprint close 2026-23
git backlog sprint plan 2026-23
git backlog sprint plan
git backlog sprint --at nothing
git backlog agenda review --sprint 7k3qd
git backlog agenda party"
    ), @r#"
    $ git backlog sprint show 7k3qd
    ! error: BL-7k3qd is of kind item, and no sprint
    ! hint: see them with: git backlog sprint list
    = 2
    $ git backlog sprint show nothing
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog sprint show 2026
    ! error: '2026' matches 2026-23 "Over", 2026-24 "Pay without an account"
    ! hint: type more of the id
    = 2
    $ git backlog sprint start
    ! error: no sprint is planned
    ! hint: git backlog sprint new
    = 2
    $ git backlog sprint start 2026-23
    ! error: 2026-23 is closed already
    ! hint: open it again with: git backlog set 2026-23 status=planned
    = 2
    $ git backlog sprint close 2026-23
    ! error: 2026-23 is closed already
    ! hint: open it again with: git backlog set 2026-23 status=planned
    = 2
    $ git backlog sprint plan 2026-23
    ! error: 2026-23 is closed already
    ! hint: open it again with: git backlog set 2026-23 status=planned
    = 2
    $ git backlog sprint plan
    ! error: no sprint is planned
    ! hint: git backlog sprint new
    = 2
    $ git backlog sprint --at nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog agenda review --sprint 7k3qd
    ! error: BL-7k3qd is of kind item, and no sprint
    ! hint: see them with: git backlog sprint list
    = 2
    $ git backlog agenda party
    ! error: invalid value 'party' for '<CEREMONY>'
    !   [possible values: planning, daily, refinement, review, retro]
    ! hint: see what there is with -h
    = 2
    "#);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn days_that_cannot_be_are_refused() {
    let repo = team();
    assert_snapshot!(repo.session(
        "git backlog sprint new --start soon
git backlog sprint new --end 2026-11-01
git backlog sprint new --start 2026-12-10 --end 2026-12-01
git backlog sprint new --capacity much
git backlog sprint new --id ../x
git backlog sprint new --id 2026-24
git backlog sprint new ''"
    ), @"
    $ git backlog sprint new --start soon
    ! error: --start: 'soon' is not a day
    ! hint: write it as 2026-11-23, or as today, +2w
    = 2
    $ git backlog sprint new --end 2026-11-01
    ! error: the last day 2026-11-01 is before the first, 2026-11-30
    ! hint: say both with: --start DAY --end DAY
    = 2
    $ git backlog sprint new --start 2026-12-10 --end 2026-12-01
    ! error: the last day 2026-12-01 is before the first, 2026-12-10
    ! hint: say both with: --start DAY --end DAY
    = 2
    $ git backlog sprint new --capacity much
    ! error: capacity is a number, not 'much'
    = 2
    $ git backlog sprint new --id ../x
    ! error: '../x' is not an id
    ! hint: use letters, digits, '-', '_' and '.'
    = 2
    $ git backlog sprint new --id 2026-24
    ! error: 2026-24 is taken
    = 2
    $ git backlog sprint new ''
    ! error: the title is empty
    = 2
    ");
    let record = |fields: &str| document(&repo, "sprints/2026-25-gifts", fields);
    edit(&repo, SPRINT, "status: active", "status: closed");
    record("status: planned\nstart: 2026-11-30\n");
    assert!(repo.run(&["sprint", "start"]).err.contains("2026-25 has no last day"));
    record("status: planned\nstart: 2026-11-30\nend: 2026-11-29\n");
    assert!(repo.run(&["sprint", "start"]).err.contains("is before its first"));
    record("status: planned\nstart: 2026-11-16\nend: 2026-11-20\ncapacity: 0\n");
    let run = repo.run(&["sprint", "start", "-n"]);
    assert_snapshot!(run.err, @r#"
    warning: 2026-25 has no Sprint Goal: git backlog set 2026-25 goal='…'
    warning: nothing fits into 2026-25: its capacity is 0
    warning: its last day is past: git backlog set 2026-25 end=DAY
    warning: nothing is in it: git backlog sprint plan 2026-25
    "#);
    assert_eq!(run.code, Some(0));
}

#[test]
fn of_two_that_run_one_has_to_be_named() {
    let repo = team();
    document(
        &repo,
        "sprints/2026-25-gifts",
        "status: active\nstart: 2026-11-20\nend: 2026-12-01\n",
    );
    assert_snapshot!(repo.session(
        "git backlog sprint close
git backlog sprint note --change x
git backlog sprint close 2026-25 -q"
    ), @"
    $ git backlog sprint close
    ! error: 2026-24 and 2026-25 are running
    ! hint: name one: git backlog sprint close 2026-24
    = 2
    $ git backlog sprint note --change x
    ! error: 2026-24 and 2026-25 are running
    ! hint: name one: git backlog sprint note 2026-24 …
    = 2
    $ git backlog sprint close 2026-25 -q
    ! warning: 2026-25 has 6 days left
    ");
    let run = repo.run(&["sprint"]);
    assert!(!run.out.contains("is on the same days"), "{run}");
}

#[test]
fn an_empty_backlog_has_no_sprint() {
    let repo = Repo::new();
    assert_eq!(repo.run(&["init"]).code, Some(0));
    assert_snapshot!(repo.session(
        "git backlog sprint
git backlog sprint list
git backlog sprint close
git backlog sprint plan
git backlog sprint note --change x
git backlog agenda daily -q"
    ), @"
    $ git backlog sprint
    ! error: there is no sprint
    ! hint: make one with: git backlog sprint new
    = 2
    $ git backlog sprint list
    id  status  start  end  capacity  planned  done  items  goal
    0 sprints
    ! make the first one with: git backlog sprint new
    $ git backlog sprint close
    ! error: no sprint is running
    ! hint: git backlog sprint start ID
    = 2
    $ git backlog sprint plan
    ! error: no sprint is planned
    ! hint: git backlog sprint new
    = 2
    $ git backlog sprint note --change x
    ! error: no sprint is running, and none was closed
    ! hint: name one: git backlog sprint note ID …
    = 2
    $ git backlog agenda daily -q
    Daily Scrum
    The developers look at how far they are on the way to the Sprint Goal, and plan the next day.
    At most 15 minutes (Scrum Guide 2020).

    The goal (2 minutes)
    Is it still within reach?
    No sprint is running.

    Since the last working day (3 minutes)
    What is new?
    Nothing has changed its status.

    In work (5 minutes)
    What does it take to finish these, the oldest first?
    Nothing is in work.

    What waits (2 minutes)
    Who helps, and who decides?
    Nothing waits.

    Next (2 minutes)
    What is begun when something is finished?
    Nothing is left to begin.
    ");
    let json = repo.run(&["agenda", "planning", "--format", "json"]).json();
    assert_eq!(json["sprint"], serde_json::Value::Null);
}

#[test]
fn a_record_that_cannot_be_read_is_refused() {
    let repo = shop();
    edit(&repo, SPRINT, "status: active", "status: active\nstatus: closed");
    let run = repo.run(&["sprint", "show", "2026-24"]);
    assert_eq!(run.code, Some(1), "{run}");
    let run = repo.run(&["sprint", "close", "2026-24"]);
    assert_eq!(run.code, Some(1), "{run}");
}

#[test]
fn the_id_of_a_new_sprint_follows_no_file_out_of_the_folder() {
    let repo = team();
    let text = "---\nid: ../../../out-1\ntitle: Out\nstatus: planned\nstart: 2027-01-04\nend: 2027-01-15\n---\n";
    repo.write(".backlog/sprints/out.md", text);
    assert_snapshot!(repo.session("git backlog sprint new --dry-run"), @"
    $ git backlog sprint new --dry-run
    ! error: '../../../out-2' is not an id
    ! hint: use letters, digits, '-', '_' and '.'
    = 2
    ");
}

#[test]
fn without_a_day_there_is_no_chart() {
    let repo = team();
    document(&repo, "sprints/2026-30-far", "status: planned\nstart: 2027-01-04\nend: 2027-01-15\n");
    assert_snapshot!(repo.session("git backlog sprint show 2026-30 --format svg"), @"
    $ git backlog sprint show 2026-30 --format svg
    ! error: there is no chart of that: too little is known, or it is told in words
    ! hint: see what is known without --format svg
    = 2
    ");
}
