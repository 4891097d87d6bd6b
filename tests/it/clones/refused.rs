//! What `sync` does not do unless it is told to.

use super::{Clones, item, path_of};

#[test]
fn a_rewritten_remote_is_refused() {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    let start = ada.head();
    ada.expect(&["set", "BL-22222", "value=1", "-m", "Ada"], 0, "");
    ada.expect(&["sync"], 0, "pushed");
    ben.expect(&["sync"], 0, "merged");
    let known = ben.head();
    ada.git(&["reset", "--quiet", "--hard", &start]);
    ada.expect(&["set", "BL-33333", "value=2", "-m", "Instead"], 0, "");
    ada.git(&["push", "--quiet", "--force"]);
    let before = ben.state();
    for _ in 0..2 {
        ben.expect(&["sync"], 6, "origin/main was rewritten");
        assert_eq!(ben.state(), before);
        // Whoever has only looked has not agreed.
        ben.git(&["fetch", "--quiet"]);
        assert_ne!(ben.git(&["rev-parse", "origin/main"]), known);
    }
    ben.expect(&["sync", "--accept-rewrite"], 0, "pushed");
    let text = ben.read(&path_of("BL-22222")) + &ben.read(&path_of("BL-33333"));
    assert!(text.contains("\nvalue: 1\n") && text.contains("\nvalue: 2\n"), "{text}");
    ben.expect(&["sync"], 0, "already in step");
}

#[test]
fn a_removed_remote_branch_is_refused() {
    let clones = Clones::new(1);
    let ada = clones.desk("ada");
    ada.expect(&["sync"], 0, "already in step");
    let bare = clones.desk("");
    bare.git(&["-C", "origin.git", "update-ref", "-d", "refs/heads/main"]);
    let before = ada.state();
    ada.expect(&["sync"], 6, "origin/main was removed");
    assert_eq!(ada.state(), before);
    ada.expect(&["sync", "--accept-rewrite"], 0, "pushed the branch");
    assert_eq!(clones.remote(), ada.head());
}

#[test]
fn a_remote_that_removes_most_of_the_backlog_is_refused() {
    for is_apart in [false, true] {
        let clones = Clones::new(2);
        let (ada, ben) = clones.pair();
        for id in ["BL-55555", "BL-66666"] {
            ada.write(&path_of(id), item(id, "mbgd"));
        }
        ada.commit_all("more");
        ada.expect(&["sync"], 0, "pushed");
        ben.expect(&["sync"], 0, "merged");
        ada.git(&["rm", "--quiet", "-r", ".backlog/items"]);
        ada.git(&["commit", "--quiet", "-m", "all of it"]);
        ada.git(&["push", "--quiet"]);
        if is_apart {
            ben.expect(&["new", "task", "One more", "-m", "Ben"], 0, "");
        }
        let before = (ben.state(), clones.remote());
        ben.expect(&["sync"], 7, "origin/main removes 5 of 5 documents");
        ben.expect(&["sync", "--no-push"], 7, "removes");
        assert_eq!((ben.state(), clones.remote()), before);
        ben.expect(&["sync", "--allow-mass-delete"], 0, "");
        assert!(!ben.path(&path_of("BL-22222")).exists());
    }
}

#[test]
fn a_build_does_not_push() {
    let clones = Clones::new(1);
    let ada = clones.desk("ada");
    ada.expect(&["set", "BL-22222", "value=1", "-m", "Ada"], 0, "");
    let remote = clones.remote();
    for (value, arguments, code) in [
        ("true", &["sync"][..], 7),
        ("1", &["sync", "--no-push"], 7),
        ("true", &["sync", "--dry-run"], 0),
        ("false", &["sync", "--no-push"], 0),
        ("", &["sync", "--no-push"], 0),
    ] {
        let run = ada.output(ada.program().env("CI", value).args(arguments));
        assert_eq!(run.code, Some(code), "{value} {arguments:?}: {run}");
        assert_eq!(clones.remote(), remote);
    }
    let run = ada.output(ada.program().env("CI", "true").args(["sync", "--allow-ci"]));
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(clones.remote(), ada.head());
}

#[test]
fn a_dry_run_changes_nothing() {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    ada.expect(&["set", "BL-22222", "value=1", "-m", "Ada"], 0, "");
    ada.expect(&["sync"], 0, "pushed");
    let look = |arguments: &[&str], said: &str| {
        let refs = || ben.git(&["for-each-ref", "refs/heads", "refs/tags"]);
        let before = (ben.state(), refs(), clones.remote());
        ben.expect(arguments, 0, said);
        assert_eq!((ben.state(), refs(), clones.remote()), before, "{arguments:?}");
    };
    look(&["sync", "--dry-run"], "value 8 → 1");
    ben.expect(&["set", "BL-33333", "value=2", "-m", "Ben"], 0, "");
    look(&["sync", "--dry-run"], "value 8 → 1");
    ben.expect(&["set", "BL-44444", "value=3"], 0, "");
    look(&["sync", "--dry-run", "-m", "Not yet"], "value 8 → 1");
    ben.expect(&["sync", "--no-push"], 0, "not pushed");
    look(&["sync", "--dry-run"], "not pushed: 2 commits");
}
