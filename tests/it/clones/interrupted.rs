//! A sync that dies while Git moves the files, the index and the branch.

use std::fs;

use super::{Clones, Desk, nemesis, path_of};
use crate::support::{PROGRAM, has};

/// A clone that is behind: several items were changed at the remote, one is new and one is gone.
fn behind() -> (Clones, Desk) {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    for id in ["BL-22222", "BL-33333"] {
        ada.expect(&["set", id, "value=13", "labels+=old"], 0, "");
    }
    fs::remove_file(ada.path(&path_of("BL-44444"))).unwrap();
    ada.expect(&["new", "task", "A new one"], 0, "");
    ada.write("src/main.rs", "fn main() { new() }\n");
    ada.commit_all("Much");
    ada.git(&["push", "--quiet"]);
    ben.git(&["fetch", "--quiet"]);
    (clones, ben)
}

/// The next command changes one value of one file, and commits that and nothing else.
fn goes_on(ben: &Desk, what: &str) -> bool {
    let (before, to) = (ben.head(), ben.git(&["rev-parse", "origin/main"]));
    let run = ben.expect(&["set", "BL-22222", "effort=5", "-m", "Ours"], 0, "");
    let is_finished = ben.git(&["rev-parse", "HEAD^"]) == to;
    assert!(is_finished || ben.git(&["rev-parse", "HEAD^"]) == before, "{what}: {run}");
    let changed = ben.git(&["diff", "--numstat", "HEAD^", "HEAD"]);
    assert_eq!(changed, format!("1\t1\t{}", path_of("BL-22222")), "{what}: {run}");
    ben.expect(&["sync"], 0, "");
    assert_eq!(ben.git(&["status", "--porcelain"]), "", "{what}");
    assert!(ben.read(&path_of("BL-22222")).contains("\nvalue: 13\n"), "{what}");
    assert!(ben.read("src/main.rs").contains("new()"), "{what}");
    is_finished
}

#[test]
fn the_next_command_takes_the_branch_to_where_it_was_going() {
    // How far Git came: some of the files, all of them, the index too.
    for n_steps in 0..=3 {
        let (_clones, ben) = behind();
        let (from, to) = (ben.head(), ben.git(&["rev-parse", "origin/main"]));
        match n_steps {
            0 => {}
            1 => ben.write(&path_of("BL-22222"), text_at(&ben, &to, &path_of("BL-22222"))),
            _ => drop(ben.git(&["read-tree", "-m", "-u", "HEAD", &to])),
        }
        if n_steps == 2 {
            ben.git(&["read-tree", "HEAD"]);
        }
        ben.write(".git/backlog/moving", format!("{from} {to}\n"));
        let run = ben.run(&["list"]);
        assert_eq!((run.code, ben.head()), (Some(0), from), "looking moves nothing: {run}");
        assert!(goes_on(&ben, &format!("after {n_steps} steps")));
    }
}

#[test]
fn what_was_changed_since_is_told_and_kept() {
    let (_clones, ben) = behind();
    let (from, to) = (ben.head(), ben.git(&["rev-parse", "origin/main"]));
    ben.git(&["read-tree", "-m", "-u", "HEAD", &to]);
    ben.git(&["read-tree", "HEAD"]);
    ben.write(".git/backlog/moving", format!("{from} {to}\n"));
    let path = path_of("BL-33333");
    let mine = ben.read(&path) + "\nMine.\n";
    ben.write(&path, &mine);
    let told = format!("a merge was interrupted, and {path} was changed since");
    ben.expect(&["set", "BL-22222", "effort=5"], 0, &told);
    assert_eq!((ben.head(), ben.read(&path)), (from, mine));
    let run = ben.run(&["set", "BL-22222", "effort=8"]);
    assert!(!run.err.contains("interrupted"), "it is told once: {run}");
}

/// At every call by which Git changes names, and some by which it writes.
#[test]
fn no_death_of_git_makes_the_work_of_others_ours() {
    if !has("strace") {
        return;
    }
    let is_long = std::env::var_os("GIT_BACKLOG_LONG").is_some();
    let (mut n_killed, mut n_finished) = (0, 0);
    for (call, most) in [("rename", 12), ("unlink", 6), ("write", 24), ("openat", 60)] {
        for nth in 1..=if is_long { most } else { 3 } {
            let (clones, ben) = behind();
            let mut run = ben.command("strace");
            let inject = format!("inject={call}:signal=KILL:when={nth}");
            run.args(["-f", "-qq", "-o", "/dev/null", "-e", &inject, PROGRAM, "sync"]);
            let run = ben.output(&mut run);
            n_killed += usize::from(run.code != Some(0));
            for repository in [ben.path(".git"), clones.path("origin.git")] {
                nemesis::unlock(&repository);
            }
            n_finished += usize::from(goes_on(&ben, &format!("{call} {nth}")));
        }
    }
    assert!(n_killed > 3 && n_finished > 0, "{n_killed} were killed, {n_finished} had moved");
}

fn text_at(desk: &Desk, rev: &str, path: &str) -> String {
    desk.git(&["show", &format!("{rev}:{path}")]) + "\n"
}
