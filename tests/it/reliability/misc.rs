//! Signals, closed outputs, homes that are not there, folders that cannot be written to, clocks
//! that are wrong, and limits of the system.

use std::fs;
use std::process::{Command, Stdio};

use super::case::{CHECKOUT, Case, backlog};
use super::is_long;
use super::kill::spread;
use super::state::Expected;
use super::strace::{inject, points};
use crate::support::{PROGRAM, Repo, Run, has, skip};

#[test]
fn a_signal_leaves_no_lock_and_no_unfinished_file() {
    if !has("strace") {
        return;
    }
    for name in ["set several", "set -m"] {
        let case = Case::named(name);
        let repo = case.repository();
        let all = points(case, &repo.twin());
        let expected = Expected::of(case, &repo);
        for signal in ["TERM", "INT", "HUP"] {
            for point in spread(&all, if is_long() { all.len() } else { 2 }) {
                let twin = repo.twin();
                let what = format!("signal={signal}:when={}", point.nth);
                let run = inject(case, &twin, &point.call, &what);
                let verdict = expected.judge(case, &twin, &run);
                assert!(verdict.is_ok(), "{name} at {} {what}: {verdict:?}", point.call);
            }
        }
    }
}

/// Between the branch and the index, Git itself leaves a lock and an index that takes the commit back.
#[test]
fn the_next_command_finishes_a_commit_whose_index_was_left_behind() {
    if !has("strace") {
        return;
    }
    let case = Case::named("set -m");
    let repo = case.repository();
    let all = points(case, &repo.twin());
    let mut n_behind = 0;
    for point in all.iter().filter(|point| point.call.starts_with("rename")) {
        let twin = repo.twin();
        inject(case, &twin, &point.call, &format!("signal=KILL:when={}", point.nth));
        if twin.git(&["diff", "--cached", "--name-only"]).is_empty() {
            continue;
        }
        n_behind += 1;
        // The lock alone holds the index as it should be, and Git tells its user to remove it.
        let unlocked = twin.twin();
        std::fs::remove_file(unlocked.path(".git/index.lock")).unwrap();
        for repo in [twin, unlocked] {
            let run = repo.run(&["set", "d4bcg", "value=4"]);
            assert!(run.err.contains("finished an interrupted commit: "), "{run}");
            assert_eq!(repo.git(&["diff", "--cached", "--name-only"]), "");
            assert!(!repo.path(".git/index.lock").exists());
        }
    }
    assert!(n_behind > 0, "no run was killed between the branch and the index");
}

#[test]
fn a_closed_output_takes_nothing_back() {
    let repo = backlog();
    let run = shell(&repo, &format!("'{PROGRAM}' list --all | head -1"));
    assert_eq!((run.code, run.out.lines().count(), run.err.as_str()), (Some(0), 1, ""), "{run}");
    for words in ["set 7k3qd value=13", "set 7k3qd value=14 -m Asked"] {
        let run = shell(&repo, &format!("'{PROGRAM}' {words} >&-"));
        assert!(!run.err.contains("panicked"), "{run}");
    }
    let run = shell(&repo, &format!("'{PROGRAM}' set 7k3qd value=15 >/dev/full"));
    assert!(run.code == Some(5) && run.err.contains("saved, but cannot write the result"), "{run}");
    assert!(repo.read(CHECKOUT).contains("value: 15"));
}

#[test]
fn no_home_is_needed() {
    let repo = backlog();
    let mut program = repo.program();
    program.env_remove("HOME").args(["set", "7k3qd", "value=13", "-m", "Asked for"]);
    let run = repo.output(&mut program);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn the_clock_changes_nothing_but_dates() {
    let texts = ["1976-11-25", "2026-11-25", "2076-11-25"].map(|today| {
        let repo = backlog();
        for words in
            [&["set", "7k3qd", "value=13"][..], &["rank", "7kxxm", "--top"], &["list", "--all"]]
        {
            let mut program = repo.program();
            let run = repo.output(program.env("GIT_BACKLOG_TODAY", today).args(words));
            assert_eq!(run.code, Some(0), "{run}");
        }
        let run =
            repo.output(repo.program().env("GIT_BACKLOG_TODAY", today).args(["list", "--all"]));
        (repo.git(&["diff"]), run.out)
    });
    assert!(texts.iter().all(|text| *text == texts[0]), "{texts:#?}");
}

#[test]
fn limits_of_the_system_damage_nothing() {
    let repo = backlog();
    let before = repo.read(CHECKOUT);
    // No file may grow at all.
    let run = shell(
        &repo,
        &format!("ulimit -f 0; trap '' XFSZ; '{PROGRAM}' set 7k3qd value=13 -m Asked"),
    );
    assert!(run.code == Some(5) && run.err.contains(".git/"), "{run}");
    assert_eq!(repo.read(CHECKOUT), before);
    for n_files in [4, 6, 8, 12, 16] {
        let run =
            shell(&repo, &format!("ulimit -n {n_files}; '{PROGRAM}' set 7k3qd value=13 -m Asked"));
        assert!(!run.err.contains("panicked"), "{n_files} files: {run}");
        let is_new = repo.read(CHECKOUT).contains("\nvalue: 13\n");
        assert!(is_new || repo.read(CHECKOUT) == before, "{n_files} files: {run}");
        assert!(is_new || run.code != Some(0), "{n_files} files: {run}");
    }
    let run = repo.run(&["set", "7k3qd", "value=14", "-m", "Asked"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_git_directory_that_cannot_be_written_to_is_told_of() {
    let repo = backlog();
    let before = repo.read(CHECKOUT);
    let chmod = |mode: &str| {
        let status = repo.command("chmod").args([mode, ".git"]).status();
        assert!(status.unwrap().success());
    };
    chmod("a-w");
    if fs::write(repo.path(".git/probe"), "").is_ok() {
        chmod("u+w");
        skip("the superuser may write everywhere");
        return;
    }
    let run = repo.run(&["set", "7k3qd", "value=13"]);
    chmod("u+w");
    assert!(run.code == Some(5) && run.err.contains(".git/backlog"), "{run}");
    assert_eq!(repo.read(CHECKOUT), before);
}

fn shell(repo: &Repo, script: &str) -> Run {
    let mut shell: Command = repo.command("sh");
    shell.args(["-c", script]).env("GIT_BACKLOG_TODAY", "2026-11-25").stdin(Stdio::null());
    repo.output(&mut shell)
}
