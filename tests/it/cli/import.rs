//! `import`.

use insta::assert_snapshot;

use super::{listed, shop};
use crate::support::Repo;

/// A repository with a backlog, and beside it the folder of another tool.
fn with_foreign_folder() -> Repo {
    let repo = shop();
    let task = |id: &str, rest: &str| {
        format!(
            "---\nid: {id}\ntitle: Task {id}\nassignee: ['@ana']\ncreated_date: '2026-01-05'\n{rest}---\n\n## Description\n\nWords.\n"
        )
    };
    repo.write(
        "../foreign/tasks/task-1 - One.md",
        task("TASK-1", "status: To Do\nlabels: [web]\nordinal: 1000\n"),
    );
    repo.write(
        "../foreign/tasks/task-2 - Two.md",
        task("TASK-2", "status: Done\ndependencies: [TASK-1]\nmood: good\n"),
    );
    repo
}

#[test]
fn imports_once_and_tells_what_is_lost() {
    let repo = with_foreign_folder();
    let before = listed(&repo).len();
    let run = repo.run(&["import", "backlog-md", "../foreign", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.out.contains("\"schema\": 1") && run.out.contains("mood"), "{run}");
    assert_eq!(listed(&repo).len(), before + 2);
    assert_eq!(
        repo.run(&["show", "TASK-2", "--format", "json"]).json()["documents"][0]["status"],
        "done"
    );
    let again = repo.run(&["import", "backlog-md", "../foreign"]);
    assert_eq!((again.code, again.err.as_str()), (Some(0), "nothing to change\n"), "{again}");
    assert_eq!(listed(&repo).len(), before + 2);
}

#[test]
fn shows_what_it_would_write() {
    let repo = with_foreign_folder();
    let run = repo.run(&["import", "backlog-md", "../foreign", "--dry-run"]);
    assert!(run.code == Some(0) && run.out.contains("2 new documents to import"), "{run}");
    assert!(!run.out.contains("+title"), "the difference would bury the report: {run}");
    let run = repo.run(&["import", "backlog-md", "../foreign", "--dry-run", "-v"]);
    assert!(run.code == Some(0) && run.out.contains("+title: Task TASK-1"), "{run}");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn commits_with_a_reason() {
    let repo = with_foreign_folder();
    repo.run(&["import", "backlog-md", "../foreign", "-m", "Move to one backlog"]);
    assert!(repo.git(&["log", "-1", "--format=%B"]).contains("Move to one backlog"));
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn imports_all_or_what_can_be_read_when_asked() {
    let repo = with_foreign_folder();
    repo.write("../foreign/tasks/task-3 - Three.md", b"---\nid: TASK-3\ntitle: caf\xe9\n---\n");
    let run = repo.run(&["import", "backlog-md", "../foreign"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert_snapshot!(run.err, @r"
    error: 1 file cannot be read, so nothing was imported
    hint: mend them, or import the rest with --partial
    ");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    let run = repo.run(&["import", "backlog-md", "../foreign", "--partial"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert_eq!(repo.git(&["status", "--porcelain", "-uall"]).lines().count(), 2);
}

#[test]
fn names_what_it_does_not_know() {
    let repo = with_foreign_folder();
    assert_snapshot!(repo.session("
        git backlog import backlog-mb ../foreign
        git backlog import backlog-md ../nowhere
        git backlog import backlog-md src
        git backlog import backlog-md
    "), @"
    $ git backlog import backlog-mb ../foreign
    ! error: unknown format 'backlog-mb'
    ! hint: did you mean 'backlog-md'? (or interviews, survey)
    = 2
    $ git backlog import backlog-md ../nowhere
    ! error: cannot read [TMP]/repo/../nowhere: no such file or directory
    = 5
    $ git backlog import backlog-md src
    ! error: no files of backlog-md in 'src'
    ! hint: it is the folder of Backlog.md, with its tasks, drafts, archive, milestones and decisions
    = 2
    $ git backlog import backlog-md
    ! error: the following required arguments were not provided:
    !   <PATH>
    !
    ! Usage: git backlog import <FORMAT> <PATH>
    ! hint: see what there is with -h
    = 2
    ");
}
