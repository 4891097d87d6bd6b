//! Which two states `diff` compares.

use insta::assert_snapshot;

use super::{CHECKOUT, commit, document, edit, shop};
use crate::support::Repo;

/// The file of the item in the middle of [`shop`].
const ORDERS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";

/// The file of the item at the end of [`shop`].
const BASKET: &str = ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md";

#[test]
fn the_states_are_named_as_git_names_them() {
    let repo = shop();
    repo.git(&["branch", "side"]);
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    commit(&repo, "Mira", "More");
    repo.git(&["tag", "v1"]);
    repo.git(&["checkout", "--quiet", "side"]);
    edit(&repo, ORDERS, "value: 5", "value: 3");
    commit(&repo, "Max", "Less");
    edit(&repo, BASKET, "rank: mbfd", "rank: mbfd\nvalue: 1");
    repo.git(&["add", "--all"]);
    edit(&repo, BASKET, "value: 1", "value: 2");
    assert_snapshot!(repo.session("
        git backlog diff
        git backlog diff --staged
        git backlog diff --cached main
        git backlog diff main
        git backlog diff v1..side
        git backlog diff v1 side
        git backlog diff main...side
        git backlog diff side...
        git backlog diff ...main
        git backlog diff main..
        git backlog diff ..main
        git backlog diff HEAD~1..HEAD~1
        git backlog diff --format json HEAD..HEAD
    "), @r#"
    $ git backlog diff
    HEAD → the worktree: 1 valued

    Changed

    BL-7kxxm Basket is empty after login
      value none → 2
    $ git backlog diff --staged
    HEAD → the index: 1 valued

    Changed

    BL-7kxxm Basket is empty after login
      value none → 1
    $ git backlog diff --cached main
    main → the index: 1 valued, 2 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 13 → 8

    BL-7kxxm Basket is empty after login
      value none → 1

    BL-9qqrt Orders belong to an address
      value 5 → 3
    $ git backlog diff main
    main → the worktree: 1 valued, 2 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 13 → 8

    BL-7kxxm Basket is empty after login
      value none → 2

    BL-9qqrt Orders belong to an address
      value 5 → 3
    $ git backlog diff v1..side
    v1 → side: 2 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 13 → 8

    BL-9qqrt Orders belong to an address
      value 5 → 3
    $ git backlog diff v1 side
    v1 → side: 2 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 13 → 8

    BL-9qqrt Orders belong to an address
      value 5 → 3
    $ git backlog diff main...side
    main (left at HASH) → side: 1 re-valued

    Changed

    BL-9qqrt Orders belong to an address
      value 5 → 3
    $ git backlog diff side...
    side (left at HASH) → HEAD: no change
    $ git backlog diff ...main
    HEAD (left at HASH) → main: 1 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 8 → 13
    $ git backlog diff main..
    main → HEAD: 2 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 13 → 8

    BL-9qqrt Orders belong to an address
      value 5 → 3
    $ git backlog diff ..main
    HEAD → main: 2 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 8 → 13

    BL-9qqrt Orders belong to an address
      value 3 → 5
    $ git backlog diff HEAD~1..HEAD~1
    HEAD~1 → HEAD~1: no change
    $ git backlog diff --format json HEAD..HEAD
    {
      "schema": 1,
      "from": "HEAD",
      "to": "HEAD",
      "note": null,
      "summary": {},
      "open_before": null,
      "open_after": null,
      "risks": [],
      "documents": [],
      "files": []
    }
    "#);
}

#[test]
fn nothing_differs_and_something_differs() {
    let repo = shop();
    assert_snapshot!(repo.session("
        git backlog diff
        git backlog diff --exit-code
        git backlog diff HEAD HEAD --exit-code
    "), @"
    $ git backlog diff
    HEAD → the worktree: no change
    $ git backlog diff --exit-code
    HEAD → the worktree: no change
    $ git backlog diff HEAD HEAD --exit-code
    HEAD → HEAD: no change
    ");
    repo.write(".backlog/templates/story.md", "---\ntype: story\n---\n");
    assert_snapshot!(repo.session("
        git backlog diff --exit-code
        git backlog diff --exit-code --staged
        git backlog diff --exit-code --format json
    "), @r#"
    $ git backlog diff --exit-code
    HEAD → the worktree: 1 other file

    Other files
      templates/story.md added
    = 1
    $ git backlog diff --exit-code --staged
    HEAD → the index: no change
    $ git backlog diff --exit-code --format json
    {
      "schema": 1,
      "from": "HEAD",
      "to": "the worktree",
      "note": null,
      "summary": {
        "other_files": 1
      },
      "open_before": null,
      "open_after": null,
      "risks": [],
      "documents": [],
      "files": [
        {
          "path": "templates/story.md",
          "change": "added"
        }
      ]
    }
    = 1
    "#);
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let repo = Repo::new();
    document(&repo, "items/BL-22222-vouchers", "type: story\nstatus: proposed\nrank: mbzz\n");
    assert_snapshot!(repo.session("
        git backlog diff
        git backlog diff --staged
        git add .
        git backlog diff --staged
        git backlog diff HEAD
        git backlog diff HEAD~1
        git backlog diff main
        git backlog diff main..HEAD
    "), @"
    $ git backlog diff
    HEAD → the worktree: 1 added

    Added
      BL-22222 Vouchers (story at 1)
    $ git backlog diff --staged
    HEAD → the index: no change
    $ git add .
    $ git backlog diff --staged
    HEAD → the index: 1 added

    Added
      BL-22222 Vouchers (story at 1)
    $ git backlog diff HEAD
    HEAD → the worktree: 1 added

    Added
      BL-22222 Vouchers (story at 1)
    $ git backlog diff HEAD~1
    ! error: no revision 'HEAD~1'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog diff main
    ! error: there is no commit yet: main is unborn
    ! hint: make a first commit
    = 3
    $ git backlog diff main..HEAD
    ! error: there is no commit yet: main is unborn
    ! hint: make a first commit
    = 3
    ");
}

#[test]
fn it_is_the_same_from_everywhere() {
    let repo = shop();
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    commit(&repo, "Mira", "More");
    let expected = repo.run(&["diff", "HEAD~1..HEAD"]).out;
    assert!(expected.contains("value 8 → 13"), "{expected}");
    repo.git(&["worktree", "add", "--quiet", "-b", "other", "../linked"]);
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare.git"]);
    for folder in ["src", ".backlog/items", ".backlog", "../linked", "../linked/src", "../bare.git"]
    {
        let run = repo.run(&["-C", folder, "diff", "HEAD~1..HEAD"]);
        assert_eq!((run.code, &run.out), (Some(0), &expected), "{folder}: {run}");
    }
    // What is not committed is that of the worktree in which the command runs.
    edit(&repo, ORDERS, "value: 5", "value: 3");
    assert!(repo.run(&["-C", "src", "diff"]).out.contains("value 5 → 3"));
    assert!(repo.run(&["-C", "../linked", "diff"]).out.contains("no change"));
    assert_snapshot!(repo.session("
        git backlog -C ../bare.git diff
        git backlog -C ../bare.git diff --staged
        git backlog -C ../bare.git diff HEAD~1
        git backlog -C ../bare.git diff HEAD~1...HEAD
    "), @"
    $ git backlog -C ../bare.git diff
    ! error: this repository is bare: it has no worktree to compare with
    ! hint: name two revisions: git backlog diff HEAD~1..HEAD
    = 3
    $ git backlog -C ../bare.git diff --staged
    ! error: this repository is bare: it has no worktree to compare with
    ! hint: name two revisions: git backlog diff HEAD~1..HEAD
    = 3
    $ git backlog -C ../bare.git diff HEAD~1
    ! error: this repository is bare: it has no worktree to compare with
    ! hint: name two revisions: git backlog diff HEAD~1..HEAD
    = 3
    $ git backlog -C ../bare.git diff HEAD~1...HEAD
    HEAD~1 (left at HASH) → HEAD: 1 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 8 → 13
    ");
}
