//! `--watch`.

use insta::assert_snapshot;

use super::{CHECKOUT, shop};
use crate::support::{PROGRAM, has, skip};

#[test]
fn is_refused_where_nobody_looks() {
    let repo = shop();
    assert_snapshot!(repo.session("
        git backlog list --watch
        git backlog list questions --watch
        git backlog board --watch
        git backlog list --watch --at HEAD
    "), @"
    $ git backlog list --watch
    ! error: --watch needs a terminal
    ! hint: leave it out: a pipe gets the state of the moment
    = 2
    $ git backlog list questions --watch
    ! error: --watch needs a terminal
    ! hint: leave it out: a pipe gets the state of the moment
    = 2
    $ git backlog board --watch
    ! error: --watch needs a terminal
    ! hint: leave it out: a pipe gets the state of the moment
    = 2
    $ git backlog list --watch --at HEAD
    ! error: the argument '--watch' cannot be used with '--at <REV>'
    !
    ! Usage: git backlog list --watch [KIND|QUERY]...
    ! hint: see what there is with -h
    = 2
    ");
}

#[test]
fn a_terminal_is_drawn_anew_after_a_change_and_keeps_its_first_lines() {
    if !has("script") || !has("bash") {
        return skip("there is no script or no bash");
    }
    let repo = shop();
    let path = repo.path(CHECKOUT);
    let line = format!(
        "script -qec 'stty cols 70 rows 4; exec {PROGRAM} list --watch' /dev/null & \
         sleep 1; sed -i 's/^title: .*/title: Pay as a guest/' {}; sleep 3; \
         kill -INT $(pgrep -P $!); wait $!; echo ended $?",
        path.display()
    );
    let mut shell = repo.command("bash");
    shell.args(["-c", &line]).env("TERM", "xterm").env("SHELL", "/bin/sh").env("NO_COLOR", "1");
    let run = repo.output(shell.stdin(std::process::Stdio::null()));
    let drawn: Vec<&str> = run.out.split("\u{1b}[H\u{1b}[2J").skip(1).collect();
    let [before, after] = drawn[..] else { panic!("{run}") };
    assert!(before.contains("Guest checkout") && after.contains("Pay as a guest"), "{run}");
    assert_eq!(before.lines().count(), 3, "{before}");
    assert!(after.trim_end().ends_with("ended 130"), "{run}");
}
