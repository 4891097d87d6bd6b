//! `log` before, after and beside a document: what is gone, renamed or named by code.

use insta::assert_snapshot;

use super::*;

#[test]
fn a_backlog_that_is_gone_has_a_history() {
    let repo = shop();
    repo.git(&["rm", "--quiet", "-r", ".backlog"]);
    commit(&repo, "Mira", "No more");
    assert_eq!(subjects(&repo, &["BL-7k3qd"]), ["No more", "start"]);
    assert_eq!(subjects(&repo, &["--kind", "removed"]), ["No more"]);
}

#[test]
fn before_the_first_commit_there_is_nothing_to_tell() {
    let repo = Repo::new();
    document(&repo, "items/BL-22222-vouchers", "type: story\nstatus: proposed\nrank: mbzz\n");
    assert_snapshot!(repo.session("
        git backlog log
        git backlog log --format json
        git backlog log --format jsonl
        git backlog log BL-22222
    "), @"
    $ git backlog log
    ! error: there is no commit yet: main is unborn
    ! hint: make a first commit
    = 3
    $ git backlog log --format json
    ! error: there is no commit yet: main is unborn
    ! hint: make a first commit
    = 3
    $ git backlog log --format jsonl
    ! error: there is no commit yet: main is unborn
    ! hint: make a first commit
    = 3
    $ git backlog log BL-22222
    ! error: there is no commit yet: main is unborn
    ! hint: make a first commit
    = 3
    ");
    // A repository with commits, and none of the backlog.
    let repo = Repo::new();
    repo.write("src/main.rs", "fn main() {}\n");
    commit(&repo, "Mira", "Code for nothing");
    document(&repo, "items/BL-22222-vouchers", "type: story\nstatus: proposed\nrank: mbzz\n");
    assert_snapshot!(repo.session("
        git backlog log
        git backlog log --format json
        git backlog log --format csv
        git backlog log BL-22222
    "), @r#"
    $ git backlog log
    ! no commit here has done that
    $ git backlog log --format json
    {"schema": 1, "commits": [
    ]}
    ! no commit here has done that
    $ git backlog log --format csv
    commit,date,author,email,reason,id,title,change,what
    ! no commit here has done that
    $ git backlog log BL-22222
    ! no commit here has done that
    "#);
}

#[test]
fn a_document_is_followed_through_names_and_ids() {
    let repo = shop();
    edit(&repo, BASKET, "title: Basket is", "title: The basket is");
    commit(&repo, "Mira", "Title");
    let named = ".backlog/items/BL-7kxxm-the-basket.md";
    repo.git(&["mv", BASKET, named]);
    edit(&repo, named, "status: proposed", "status: ready");
    commit(&repo, "Mira", "Name");
    edit(&repo, named, "id: BL-7kxxm", "id: BL-33333");
    commit(&repo, "Max", "Id");
    let moved = ".backlog/items/BL-33333-the-basket.md";
    repo.git(&["mv", named, moved]);
    edit(&repo, moved, "rank: mbfd", "rank: mbbb");
    commit(&repo, "Mira", "Move");
    assert_snapshot!(repo.session("git backlog log BL-33333"), @"
    $ git backlog log BL-33333
    2026-01-01 Mira: Move (HASH)
      BL-33333 The basket is empty after login: moved 3 → 1, at the top, above BL-7k3qd; passes 2; file BL-7kxxm-the-basket.md → BL-33333-the-basket.md

    2026-01-01 Max: Id (HASH)
      BL-33333 The basket is empty after login: id BL-7kxxm → BL-33333

    2026-01-01 Mira: Name (HASH)
      BL-7kxxm The basket is empty after login: file BL-7kxxm-basket-is-empty-after-login.md → BL-7kxxm-the-basket.md; status proposed → ready

    2026-01-01 Mira: Title (HASH)
      BL-7kxxm The basket is empty after login: title Basket is empty after login → The basket is empty after login

    2026-01-01 Mira: start (HASH)
      BL-7kxxm Basket is empty after login: added
    ");
    // Who gave it another id does not matter to what else is asked.
    assert_eq!(
        subjects(&repo, &["BL-33333", "--author", "mira"]),
        ["Move", "Name", "Title", "start"]
    );
    assert_eq!(subjects(&repo, &["BL-33333", "--kind", "title"]), ["Title"]);
    // The old id tells how far it went, and what became of it.
    assert_eq!(subjects(&repo, &["BL-7kxxm"]), ["Id", "Name", "Title", "start"]);
}

#[test]
fn code_that_names_an_item_is_told_with_it() {
    let repo = shop();
    for (at, message) in [
        "Pay\n\nBacklog: BL-7k3qd, BL-9qqrt\n",
        "Fix BL-7k3qd for good",
        "Merge branch 'mira/BL-7k3qd-guest'",
        "See [[GOAL-activation]] and [[BL-7k3qd|it]]",
        "UTF-8 and bl-7k3qd are no ids",
    ]
    .into_iter()
    .enumerate()
    {
        repo.write("src/main.rs", format!("fn main() {{ {at} }}\n"));
        commit(&repo, "Max", message);
    }
    repo.git(&["branch", "mira/bl-7k3qd-guest"]);
    repo.git(&["branch", "mira/BL-7k3qdx"]);
    repo.git(&["update-ref", "refs/remotes/origin/BL-7k3qd", "HEAD"]);
    assert_snapshot!(repo.session("
        git backlog log
        git backlog log BL-7k3qd --kind mentions
        git backlog log --no-mentions
        git backlog log BL-7k3qd -n 1
        git backlog log BL-7k3qd -n 1 --format json
        git backlog log BL-7k3qd -n 1 -q
    "), @r#"
    $ git backlog log
    2026-01-01 Max: See [[GOAL-activation]] and [[BL-7k3qd|it]] (HASH)
      names GOAL-activation, BL-7k3qd

    2026-01-01 Max: Fix BL-7k3qd for good (HASH)
      names BL-7k3qd

    2026-01-01 Max: Pay (HASH)
      names BL-7k3qd, BL-9qqrt

    2026-01-01 Mira: start (HASH)
      BL-7k3qd Guest checkout: added
      BL-9qqrt Orders belong to an address: added
      BL-7kxxm Basket is empty after login: added
      BL-d4bcg Pay by invoice: added
      BL-x2ttv Pay by fax: added
      GOAL-activation Who fills a basket also orders: added
      EV-h2vkd Shoppers leave at the form: added
      2026-24 Pay without an account: added
      config.yml added
    $ git backlog log BL-7k3qd --kind mentions
    ! error: unknown kind of change 'mentions'
    ! hint: did you mean 'questions'?
    = 2
    $ git backlog log --no-mentions
    2026-01-01 Mira: start (HASH)
      BL-7k3qd Guest checkout: added
      BL-9qqrt Orders belong to an address: added
      BL-7kxxm Basket is empty after login: added
      BL-d4bcg Pay by invoice: added
      BL-x2ttv Pay by fax: added
      GOAL-activation Who fills a basket also orders: added
      EV-h2vkd Shoppers leave at the form: added
      2026-24 Pay without an account: added
      config.yml added
    $ git backlog log BL-7k3qd -n 1
    2026-01-01 Max: See [[GOAL-activation]] and [[BL-7k3qd|it]] (HASH)
      names BL-7k3qd
    ! branch mira/bl-7k3qd-guest names BL-7k3qd
    ! branch origin/BL-7k3qd names BL-7k3qd
    $ git backlog log BL-7k3qd -n 1 --format json
    {"schema": 1, "commits": [
    {"commit":"HASH","date":"2026-01-01T12:00:05+00:00","author":"Max","email":"max@example.org","subject":"See [[GOAL-activation]] and [[BL-7k3qd|it]]","reason":"See [[GOAL-activation]] and [[BL-7k3qd|it]]","merge":false,"documents":[],"files":[],"mentions":["BL-7k3qd"]}
    ]}
    ! branch mira/bl-7k3qd-guest names BL-7k3qd
    ! branch origin/BL-7k3qd names BL-7k3qd
    $ git backlog log BL-7k3qd -n 1 -q
    2026-01-01 Max: See [[GOAL-activation]] and [[BL-7k3qd|it]] (HASH)
      names BL-7k3qd
    "#);
}
