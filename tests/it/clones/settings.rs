//! Settings and other work that must not change what `sync` does.

use std::thread;

use super::{Clones, path_of};

/// Two clones, the first of which has pushed a change of a field and of a file beside the backlog.
fn pushed() -> Clones {
    let clones = Clones::new(2);
    let ada = clones.desk("ada");
    ada.write("src/main.rs", "fn main() { one() }\n");
    ada.expect(&["set", "BL-22222", "value=1"], 0, "");
    ada.commit_all("both");
    ada.expect(&["sync"], 0, "pushed");
    clones
}

#[test]
fn nothing_is_stashed_for_a_merge() {
    let clones = pushed();
    let (_, ben) = clones.pair();
    ben.git(&["config", "merge.autoStash", "true"]);
    ben.write("src/main.rs", "fn main() { two() }\n");
    let before = ben.state();
    ben.expect(&["sync"], 4, "src/main.rs has changes that are not committed");
    assert_eq!((ben.state(), ben.git(&["stash", "list"])), (before, String::new()));
}

#[test]
fn a_merge_that_a_setting_leaves_half_done_is_none() {
    let clones = pushed();
    let (ada, ben) = clones.pair();
    ben.git(&["config", "branch.main.mergeOptions", "--squash --no-commit"]);
    ben.expect(&["sync"], 0, "merged");
    assert_eq!((ben.head(), ben.git(&["status", "--porcelain"])), (ada.head(), String::new()));
    assert!(!ben.trace().contains("maintenance run"), "{}", ben.trace());
}

#[test]
fn work_of_a_branch_with_another_name_is_not_pushed() {
    let clones = Clones::new(1);
    let ada = clones.desk("ada");
    ada.git(&["switch", "--quiet", "--create", "feature", "--track", "origin/main"]);
    ada.expect(&["set", "BL-22222", "value=1", "-m", "Ada"], 0, "");
    let remote = clones.remote();
    ada.expect(&["sync"], 7, "the branch feature comes from origin/main");
    assert_eq!(clones.remote(), remote);
    ada.git(&["config", "push.default", "upstream"]);
    ada.expect(&["sync"], 0, "pushed 1 commit to origin/main");
}

#[test]
fn a_branch_that_is_checked_out_meanwhile_is_not_pushed() {
    let clones = pushed();
    let (_, ben) = clones.pair();
    let script = format!(
        "#!/bin/sh\nunset GIT_DIR\ngit -C '{}' switch --quiet --create feature\nexec git-upload-pack \"$@\"\n",
        ben.path("").display()
    );
    let path = super::programs::program(&clones, "switching", &script);
    ben.git(&["config", "remote.origin.uploadpack", &path]);
    let (head, remote) = (ben.head(), clones.remote());
    ben.expect(&["sync", "--trust-repository"], 4, "HEAD went from main to feature");
    assert_eq!((ben.head(), clones.remote()), (head, remote));
}

#[test]
fn several_at_once_in_one_clone_come_to_the_same() {
    let clones = pushed();
    let (ada, ben) = clones.pair();
    ben.expect(&["set", "BL-33333", "value=2", "-m", "Ben"], 0, "");
    thread::scope(|scope| {
        let runs = [(); 4].map(|()| scope.spawn(|| ben.run(&["sync"])));
        for run in runs {
            let run = run.join().unwrap();
            assert_eq!(run.code, Some(0), "{run}");
        }
    });
    assert_eq!(ben.git(&["for-each-ref", "refs/backlog/incoming"]), "");
    ada.expect(&["sync"], 0, "merged");
    assert_eq!(ada.head(), ben.head());
    assert!(ada.read(&path_of("BL-33333")).contains("\nvalue: 2\n"));
}

/// As a commit leaves it whose run was killed before it had noted its lock.
#[test]
fn an_index_that_lacks_what_is_there_is_told_with_the_way_out() {
    let clones = pushed();
    let (_, ben) = clones.pair();
    let path = path_of("BL-22222");
    ben.git(&["rm", "--quiet", "--cached", &path]);
    let way_out = format!("git restore --staged {path}");
    ben.expect(&["sync", "-m", "All"], 4, &way_out);
    ben.git(&["restore", "--staged", &path]);
    ben.expect(&["sync"], 0, "merged");
}
