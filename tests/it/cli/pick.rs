//! An id that is left out at a terminal: chosen there, and only there.

use insta::assert_snapshot;

use super::shop;
use crate::support::{PROGRAM, Repo, has, skip};

/// What a terminal shows while these keys are typed into a command, and how the command ends.
fn typed(repo: &Repo, arguments: &str, keys: &str) -> String {
    // The keys come once the program listens, and the end of the terminal after them.
    let line = format!(
        "{{ sleep 1; printf '{keys}'; sleep 1; }} | \
         script -qec \"stty cols 60 rows 12; {PROGRAM} {arguments}; echo ended \\$?\" /dev/null"
    );
    let mut shell = repo.command("bash");
    shell.args(["-c", &line]).env("TERM", "xterm").env("SHELL", "/bin/sh").env("NO_COLOR", "1");
    repo.output(shell.env("GIT_PAGER", "cat").env("GIT_BACKLOG_TODAY", "2026-11-25")).out
}

/// What is left of a text when a terminal has obeyed its escape sequences: the last of each line.
fn settled(text: &str) -> String {
    let after = text.rsplit("\u{1b}[J").next().unwrap_or_default();
    after.replace('\r', "").trim().to_owned()
}

#[test]
fn is_chosen_by_a_part_of_its_title() {
    if !has("script") || !has("bash") {
        return skip("there is no script or no bash");
    }
    let repo = shop();
    let shown = typed(&repo, "set value=13 -n", "bask\\r");
    assert!(shown.contains("which one? bask"), "{shown:?}");
    let end = settled(&shown);
    assert!(end.contains("+value: 13") && end.contains("BL-7kxxm"), "{end}");
    assert!(end.ends_with("ended 0"), "{end}");
    let end = settled(&typed(&repo, "rank --bottom -n", "guest\\r"));
    assert!(end.contains("BL-7k3qd") && end.ends_with("ended 0"), "{end}");
    let end = settled(&typed(&repo, "criteria", "guest\\r"));
    assert!(end.contains("A guest reaches payment") && end.ends_with("ended 0"), "{end}");
}

#[test]
fn leaving_is_no_error_and_changes_nothing() {
    if !has("script") || !has("bash") {
        return skip("there is no script or no bash");
    }
    let repo = shop();
    for keys in ["guest\\033", "\\003"] {
        assert_eq!(settled(&typed(&repo, "edit", keys)), "ended 130");
    }
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_pipe_gets_the_usage_error() {
    let repo = shop();
    assert_snapshot!(repo.session("
        git backlog show
        git backlog set value=3
        git backlog rank --top
        git backlog ask --to ada
    "), @"
    $ git backlog show
    ! error: the following required arguments were not provided:
    !   <ID>...
    !
    ! Usage: git backlog show <ID>...
    ! hint: see what there is with -h
    = 2
    $ git backlog set value=3
    ! error: no id given
    ! hint: write: git backlog set ID FIELD=VALUE
    = 2
    $ git backlog rank --top
    ! error: no id given
    ! hint: write: git backlog rank ID --top
    = 2
    $ git backlog ask --to ada
    ! error: the following required arguments were not provided:
    !   <ID>
    !
    ! Usage: git backlog ask --to <WHO> <ID> [TEXT]
    ! hint: see what there is with -h
    = 2
    ");
}
