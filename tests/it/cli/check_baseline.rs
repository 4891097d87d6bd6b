//! `check --baseline`: an old backlog is adopted at once, and only what is new counts.

use insta::assert_snapshot;

use super::{document, shop};
use crate::support::Repo;

fn old_shop() -> Repo {
    let repo = shop();
    document(&repo, "items/BL-22222-old", "type: task\nstatus: redy\nrank: mbgd\nlabls: [x]\n");
    repo
}

#[test]
fn what_is_known_does_not_count() {
    let repo = old_shop();
    assert_snapshot!(repo.session(
        "git backlog check --baseline known.json --update-baseline
         git backlog check --baseline known.json",
    ), @"
    $ git backlog check --baseline known.json --update-baseline
    ! 2 known from now on, in known.json
    $ git backlog check --baseline known.json
    9 documents checked, nothing found
    ! 2 known, which the baseline leaves out
    ");
    assert_snapshot!(repo.read("known.json"), @r#"
    {"schema":1,"findings":[
    {"code":"FM012","document":"BL-22222","message":"unknown status 'redy'"},
    {"code":"FM013","document":"BL-22222","message":"unknown field 'labls'"}
    ]}
    "#);
    document(&repo, "items/BL-33333-new", "type: task\nstatus: redy\nrank: mbhd\n");
    assert_snapshot!(repo.session("git backlog check --baseline known.json"), @"
    $ git backlog check --baseline known.json
    .backlog/items/BL-33333-new.md:5:9: error[FM012]: unknown status 'redy'
        did you mean 'ready'? (or proposed, in-progress, review, done, rejected)

    10 documents checked: 1 error, 0 warnings
    ! 2 known, which the baseline leaves out
    = 1
    ");
}

#[test]
fn what_is_known_is_known_on_another_line() {
    let repo = old_shop();
    repo.run(&["check", "--baseline", "known.json", "--update-baseline"]);
    document(&repo, "items/BL-22222-old", "type: task\nvalue: 3\nstatus: redy\nrank: mbgd\n");
    assert_snapshot!(repo.session("git backlog check --baseline known.json"), @"
    $ git backlog check --baseline known.json
    9 documents checked, nothing found
    ! 1 known, which the baseline leaves out; 1 more are mended: --update-baseline forgets them
    ");
}

#[test]
fn nothing_hides_what_cannot_be_read() {
    let repo = old_shop();
    repo.write(".backlog/items/BL-44444-broken.md", "---\nid: BL-44444\ntitle: a\ntitle: b\n---\n");
    assert_snapshot!(repo.session(
        "git backlog check --baseline known.json --update-baseline
         git backlog check --baseline known.json",
    ), @"
    $ git backlog check --baseline known.json --update-baseline
    ! 2 known from now on, in known.json
    ! warning: 1 more say that something cannot be read; nothing hides these
    = 1
    $ git backlog check --baseline known.json
    .backlog/items/BL-44444-broken.md:4:1: error[FM008]: duplicate key 'title', first at line 3
        remove one of them

    10 documents checked: 1 error, 0 warnings
    ! 2 known, which the baseline leaves out
    = 1
    ");
}

#[test]
fn nothing_but_a_baseline_is_written_over() {
    let repo = old_shop();
    let item = ".backlog/items/BL-22222-old.md";
    for file in ["src/main.rs", item] {
        let before = repo.read(file);
        let run = repo.run(&["check", "--baseline", file, "--update-baseline"]);
        assert_eq!(run.code, Some(2), "{run}");
        assert_eq!(repo.read(file), before);
    }
    repo.run(&["check", "--baseline", "known.json", "--update-baseline"]);
    let run = repo.run(&["check", "--baseline", "known.json", "--update-baseline"]);
    assert_eq!(run.code, Some(0), "{run}");
    let run = repo.run(&["check", "--baseline", "new.json", "--update-baseline", "--dry-run"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(!repo.path("new.json").exists());
}

#[test]
fn a_part_says_nothing_about_what_is_mended_elsewhere() {
    let repo = old_shop();
    repo.run(&["check", "--baseline", "known.json", "--update-baseline"]);
    for part in [&["check", ".backlog/goals"][..], &["check", "--since", "HEAD"]] {
        let run = repo.run(&[part, &["--baseline", "known.json"]].concat());
        assert!(!run.err.contains("mended"), "{run}");
    }
}

#[test]
fn a_file_that_is_no_baseline_is_refused() {
    let repo = old_shop();
    repo.write("list.json", "[]");
    repo.write("text.json", "known");
    assert_snapshot!(repo.session(
        "git backlog check --baseline nosuch.json
         git backlog check --baseline list.json
         git backlog check --baseline text.json
         git backlog check --baseline src
         git backlog check --update-baseline
         git backlog check --baseline nosuch/known.json --update-baseline",
    ), @r#"
    $ git backlog check --baseline nosuch.json
    ! error: there is no file nosuch.json
    ! hint: make it with: git backlog check --baseline FILE --update-baseline
    = 2
    $ git backlog check --baseline list.json
    ! error: list.json is no baseline: it has no "schema": 1
    ! hint: make it with: git backlog check --baseline FILE --update-baseline
    = 2
    $ git backlog check --baseline text.json
    ! error: text.json is no baseline: expected value at line 1 column 1
    ! hint: make it with: git backlog check --baseline FILE --update-baseline
    = 2
    $ git backlog check --baseline src
    ! error: cannot read src: is a directory
    = 5
    $ git backlog check --update-baseline
    ! error: the following required arguments were not provided:
    !   --baseline <FILE>
    !
    ! Usage: git backlog check --baseline <FILE> --update-baseline [PATH]...
    ! hint: see what there is with -h
    = 2
    $ git backlog check --baseline nosuch/known.json --update-baseline
    ! error: cannot write nosuch/known.json: no such file or directory
    = 5
    "#);
}
