//! Files beside the backlog, and branches of every odd kind.

use super::{Clones, path_of};

#[test]
fn files_beside_the_backlog_come_along_from_one_side() {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    ada.write("src/new.rs", "fn new() {}\n");
    ada.git(&["rm", "--quiet", "src/main.rs"]);
    ada.commit_all("code");
    ada.expect(&["sync"], 0, "pushed");
    ben.write("doc/own.md", "own\n");
    ben.commit_all("words");
    ben.expect(&["set", "BL-22222", "value=2", "-m", "Ben"], 0, "");
    ben.expect(&["sync"], 0, "pushed");
    let names = ben.git(&["ls-files", "src", "doc"]);
    assert_eq!(names, "doc/own.md\nsrc/new.rs");
    assert!(!ben.path("src/main.rs").exists());
    assert_eq!(ben.git(&["status", "--porcelain"]), "");
}

#[test]
fn files_beside_the_backlog_that_both_changed_are_left_to_git() {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    for (desk, text) in [(&ada, "fn ada() {}\n"), (&ben, "fn ben() {}\n")] {
        desk.write("src/main.rs", text);
        desk.commit_all("code");
    }
    ada.expect(&["sync"], 0, "pushed");
    let before = (ben.state(), clones.remote());
    ben.expect(&["sync"], 7, "src/main.rs was changed on both sides");
    assert_eq!((ben.state(), clones.remote()), before);
    // The same change on both sides is no clash.
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    for desk in [&ada, &ben] {
        desk.write("src/main.rs", "fn both() {}\n");
        desk.commit_all(&desk.name);
    }
    ada.expect(&["sync"], 0, "pushed");
    ben.expect(&["sync"], 0, "pushed");
}

#[test]
fn what_is_staged_and_half_done_stays_so() {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    ada.expect(&["set", "BL-22222", "value=1", "-m", "Ada"], 0, "");
    ada.expect(&["sync"], 0, "pushed");
    ben.write("src/main.rs", "fn staged() {}\n");
    ben.git(&["add", "src/main.rs"]);
    ben.write("src/main.rs", "fn staged() {}\nfn half() {}\n");
    ben.write("loose.txt", "loose\n");
    ben.expect(&["set", "BL-33333", "value=5", "-m", "Ben"], 0, "");
    ben.expect(&["set", "BL-44444", "value=6"], 0, "");
    let before = ben.git(&["status", "--porcelain"]);
    ben.expect(&["sync"], 0, "pushed");
    assert_eq!(ben.git(&["status", "--porcelain"]), before);
    assert_eq!(ben.git(&["diff", "--cached", "--name-only"]), "src/main.rs");
    assert_eq!(ben.read("src/main.rs"), "fn staged() {}\nfn half() {}\n");
}

#[test]
fn a_branch_that_cannot_be_synced_says_why() {
    let clones = Clones::new(1);
    let ada = clones.desk("ada");
    ada.expect(&["sync", "-x"], 2, "");
    ada.expect(&["sync", "--", "-x"], 3, "there is no remote '-x'");
    ada.git(&["remote", "rename", "origin", "o"]);
    ada.git(&["config", "remote.-x.url", "../origin.git"]);
    ada.expect(&["sync", "--", "-x"], 3, "there is no remote '-x'");
    ada.git(&["config", "--unset", "remote.-x.url"]);
    ada.git(&["switch", "--quiet", "--detach"]);
    ada.expect(&["sync"], 3, "HEAD is detached");
    ada.git(&["switch", "--quiet", "main"]);
    ada.git(&["remote", "remove", "o"]);
    ada.expect(&["sync"], 3, "no remote");
    for url in ["ext::sh -c 'touch canary'", "-u", "foo://host/x", "--upload-pack=touch canary"] {
        ada.git(&["config", "remote.origin.url", url]);
        ada.git(&["config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"]);
        ada.expect(&["sync"], 7, "runs a program");
    }
    assert!(!ada.path("canary").exists());
    ada.git(&["config", "remote.origin.url", "../nowhere.git"]);
    ada.expect(&["sync"], 6, "fetch from origin");
}

#[test]
fn an_operation_in_progress_is_not_disturbed() {
    let clones = Clones::new(1);
    let ada = clones.desk("ada");
    ada.git(&["switch", "--quiet", "-c", "side"]);
    ada.write("src/main.rs", "fn side() {}\n");
    ada.commit_all("side");
    ada.git(&["switch", "--quiet", "main"]);
    ada.git(&["merge", "--quiet", "--no-commit", "--no-ff", "side"]);
    let before = ada.state();
    ada.expect(&["sync"], 4, "a merge is in progress");
    assert_eq!(ada.state(), before);
}

#[test]
fn an_empty_remote_gets_the_branch_and_an_unborn_branch_takes_it() {
    let clones = Clones::empty();
    clones.clone_as("ada");
    clones.clone_as("ben");
    let (ada, ben) = clones.pair();
    ada.expect(&["init"], 0, "");
    ada.expect(&["sync"], 0, "nothing to push");
    ada.expect(&["new", "task", "First of all"], 0, "");
    ada.expect(&["sync", "-m", "Begin"], 0, "pushed the branch");
    assert_eq!(clones.remote(), ada.head());
    // There is no backlog here before the first sync, but the program knows where it would be.
    let run = ben.run(&["sync"]);
    assert!(matches!(run.code, Some(0 | 3)), "{run}");
    if run.code == Some(0) {
        assert_eq!(ben.head(), ada.head());
        assert_eq!(ben.git(&["status", "--porcelain"]), "");
    }
}

#[test]
fn a_shallow_clone_does_not_lose_anything() {
    let clones = Clones::new(1);
    let ada = clones.desk("ada");
    let url = format!("file://{}", clones.path("origin.git").display());
    for n in ["4", "5"] {
        ada.expect(&["set", "BL-22222", &format!("value={n}"), "-m", "More"], 0, "");
    }
    ada.expect(&["sync"], 0, "pushed 2 commits");
    clones.desk("").git(&["clone", "--quiet", "--template=", "--depth=1", &url, "ben"]);
    let ben = clones.desk("ben");
    ada.expect(&["set", "BL-22222", "value=6", "-m", "More"], 0, "");
    ada.expect(&["sync"], 0, "pushed");
    ben.expect(&["set", "BL-33333", "value=7", "-m", "Ben"], 0, "");
    let run = ben.run(&["sync"]);
    assert!(matches!(run.code, Some(0 | 3)), "{run}");
    if run.code == Some(0) {
        assert_eq!(clones.remote(), ben.head());
    }
    ada.expect(&["sync"], 0, "");
    let text = ada.read(&path_of("BL-22222"));
    assert!(text.contains("\nvalue: 6\n"), "{text}");
    assert_eq!(ada.git(&["fsck", "--strict", "--no-dangling"]), "");
}

#[test]
fn pictures_and_modes_that_one_side_changed_come_along() {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    let picture = ".backlog/items/sketch.png";
    std::fs::write(ada.path(picture), b"\x89PNG\0\xff").unwrap();
    ada.git(&["update-index", "--chmod=+x", ".backlog/product.md"]);
    ada.git(&["add", picture]);
    ada.git(&["commit", "--quiet", "-m", "picture"]);
    ada.git(&["checkout", "--quiet", "--", "."]);
    ada.expect(&["sync"], 0, "pushed");
    ben.expect(&["set", "BL-22222", "value=2", "-m", "Ben"], 0, "");
    ben.expect(&["sync"], 0, "pushed");
    assert_eq!(std::fs::read(ben.path(picture)).unwrap(), b"\x89PNG\0\xff");
    let modes = ben.git(&["ls-tree", "HEAD", ".backlog/product.md"]);
    assert!(modes.starts_with("100755 "), "{modes}");
    ada.expect(&["sync"], 0, "merged");
    assert_eq!(ada.head(), ben.head());
    // Where both changed it, Git's user decides.
    for (desk, byte) in [(&ada, 1), (&ben, 2)] {
        std::fs::write(desk.path(picture), [0, 255, byte]).unwrap();
        desk.git(&["commit", "--quiet", "--all", "-m", "another picture"]);
    }
    ada.expect(&["sync"], 0, "pushed");
    let before = ben.state();
    ben.expect(&["sync"], 1, "git merge origin/main");
    assert_eq!(ben.state(), before);
}

/// A new document of one side, and one that the other side gives its path.
#[test]
fn a_document_that_is_moved_to_the_place_of_another_is_not_written_over_it() {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    let place = ".backlog/evidence/x.md";
    std::fs::create_dir_all(ada.path(".backlog/evidence")).unwrap();
    ada.write(place, "---\nid: EV-22222\ntitle: Hers\n---\n\nHer words.\n");
    ada.commit_all("hers");
    ada.expect(&["sync"], 0, "pushed");
    ben.write(".backlog/evidence/y.md", "---\nid: EV-33333\ntitle: His\n---\n\nHis words.\n");
    ben.commit_all("his");
    ben.git(&["mv", ".backlog/evidence/y.md", place]);
    ben.commit_all("moved");
    let _either = ben.run(&["sync"]);
    let all = ben.git(&["grep", "-h", "words", "--", ".backlog"]);
    assert!(all.contains("Her words.") && all.contains("His words."), "{all}");
}
