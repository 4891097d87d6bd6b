//! States of which a part cannot be read: it is told as such, and the rest is compared.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use insta::assert_snapshot;

use super::{CHECKOUT, commit, document, edit, shop};
use crate::support::{Repo, link};

const ORDERS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";
const BASKET: &str = ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md";

/// Files that are no documents, by what is wrong with them.
fn broken(repo: &Repo) {
    repo.write(".backlog/items/BL-22222-twice.md", "---\nid: BL-22222\nid: BL-22222\n---\n");
    repo.write(".backlog/items/BL-33333-empty.md", "");
    repo.write(".backlog/items/BL-44444-latin.md", b"---\nid: BL-44444\ntitle: Caf\xe9\n---\n");
    repo.write(".backlog/items/BL-55555-large.md", "x".repeat(3 << 20));
    repo.write(".backlog/items/BL-66666-nul.md", "---\nid: BL-66666\ntitle: a\0b\n---\n");
    repo.write(
        ".backlog/items/BL-77777-marks.md",
        "---\n<<<<<<< HEAD\nid: a\n=======\nid: b\n>>>>>>> x\n---\n",
    );
    link("BL-22222-twice.md", repo.path(".backlog/items/BL-88888-link.md"));
    repo.write(".backlog/items/BL-99999-text.md", "No front matter\n");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_compared() {
    let repo = shop();
    broken(&repo);
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 7 added, 1 re-valued, 7 unreadable

    To look at
      BL-22222: cannot be read, and counts nowhere until it is mended
      BL-33333: cannot be read, and counts nowhere until it is mended
      BL-44444: cannot be read, and counts nowhere until it is mended
      BL-55555: cannot be read, and counts nowhere until it is mended
      BL-66666: cannot be read, and counts nowhere until it is mended
      BL-77777: cannot be read, and counts nowhere until it is mended
      BL-99999: cannot be read, and counts nowhere until it is mended

    Added
      BL-22222 (item) cannot be read: 3:1: duplicate key 'id', first at line 2
      BL-33333 (item) cannot be read: 1:1: the file is empty
      BL-44444 (item) cannot be read: 3:11: byte 0xE9 is not UTF-8
      BL-55555 (item) cannot be read: 1:1: the document is 3.1 MB; the limit is 1 MiB
      BL-66666 (item) cannot be read: 3:9: byte 0x00 is not text
      BL-77777 (item) cannot be read: 2:1: a merge conflict that is not resolved
      BL-99999 (item) cannot be read: 1:1: no front matter

    Changed

    BL-7k3qd Guest checkout
      value 8 → 13
    ");
    commit(&repo, "Max", "Broken");
    assert_snapshot!(repo.session("git backlog diff HEAD~1..HEAD"), @"
    $ git backlog diff HEAD~1..HEAD
    HEAD~1 → HEAD: 8 added, 1 re-valued, 8 unreadable

    To look at
      BL-22222: cannot be read, and counts nowhere until it is mended
      BL-33333: cannot be read, and counts nowhere until it is mended
      BL-44444: cannot be read, and counts nowhere until it is mended
      BL-55555: cannot be read, and counts nowhere until it is mended
      BL-66666: cannot be read, and counts nowhere until it is mended
      BL-77777: cannot be read, and counts nowhere until it is mended
      BL-88888: cannot be read, and counts nowhere until it is mended
      BL-99999: cannot be read, and counts nowhere until it is mended

    Added
      BL-22222 (item) cannot be read: 3:1: duplicate key 'id', first at line 2
      BL-33333 (item) cannot be read: 1:1: the file is empty
      BL-44444 (item) cannot be read: 3:11: byte 0xE9 is not UTF-8
      BL-55555 (item) cannot be read: 1:1: the document is 3.1 MB; the limit is 1 MiB
      BL-66666 (item) cannot be read: 3:9: byte 0x00 is not text
      BL-77777 (item) cannot be read: 2:1: a merge conflict that is not resolved
      BL-88888 (item) cannot be read: 1:1: a symbolic link, which is not followed
      BL-99999 (item) cannot be read: 1:1: no front matter

    Changed

    BL-7k3qd Guest checkout
      value 8 → 13
    ");
    assert_snapshot!(repo.session("git backlog log -n 1"), @"
    $ git backlog log -n 1
    2026-01-01 Max: Broken (HASH)
      BL-22222: added; cannot be read: 3:1: duplicate key 'id', first at line 2
      BL-33333: added; cannot be read: 1:1: the file is empty
      BL-44444: added; cannot be read: 3:11: byte 0xE9 is not UTF-8
      BL-55555: added; cannot be read: 1:1: the document is 3.1 MB; the limit is 1 MiB
      BL-66666: added; cannot be read: 3:9: byte 0x00 is not text
      BL-77777: added; cannot be read: 2:1: a merge conflict that is not resolved
      BL-7k3qd Guest checkout: value 8 → 13
      BL-88888: added; cannot be read: 1:1: a symbolic link, which is not followed
      BL-99999: added; cannot be read: 1:1: no front matter
    ");
    let run = repo.run(&["review", "HEAD~1"]);
    assert!(run.code == Some(0) && run.out.contains("value 8 → 13"), "{run}");
    // The way back.
    assert_snapshot!(repo.session("git backlog diff HEAD..HEAD~1"), @"
    $ git backlog diff HEAD..HEAD~1
    HEAD → HEAD~1: 8 removed, 1 re-valued, 8 unreadable

    Removed
      BL-22222 (item) cannot be read: 3:1: duplicate key 'id', first at line 2
      BL-33333 (item) cannot be read: 1:1: the file is empty
      BL-44444 (item) cannot be read: 3:11: byte 0xE9 is not UTF-8
      BL-55555 (item) cannot be read: 1:1: the document is 3.1 MB; the limit is 1 MiB
      BL-66666 (item) cannot be read: 3:9: byte 0x00 is not text
      BL-77777 (item) cannot be read: 2:1: a merge conflict that is not resolved
      BL-88888 (item) cannot be read: 1:1: a symbolic link, which is not followed
      BL-99999 (item) cannot be read: 1:1: no front matter

    Changed

    BL-7k3qd Guest checkout
      value 13 → 8
    ");
    // Somebody mends one of them.
    document(&repo, "items/BL-22222-twice", "type: task\nstatus: ready\nrank: mbzz\n");
    fs::remove_file(repo.path(".backlog/items/BL-88888-link.md")).unwrap();
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 1 unreadable

    Changed

    BL-22222 Twice
      could not be read before: 3:1: duplicate key 'id', first at line 2
    ");
    commit(&repo, "Mira", "Mended");
    assert_snapshot!(repo.session("
        git backlog log BL-22222
        git backlog blame BL-22222 --format csv
    "), @"
    $ git backlog log BL-22222
    2026-01-01 Mira: Mended (HASH)
      BL-22222 Twice: could not be read before: 3:1: duplicate key 'id', first at line 2

    2026-01-01 Max: Broken (HASH)
      BL-22222: added; cannot be read: 3:1: duplicate key 'id', first at line 2
    $ git backlog blame BL-22222 --format csv
    day,commit,author,part,value,why
    2026-01-01,HASH,Mira,id,BL-22222,Mended
    2026-01-01,HASH,Mira,title,Twice,Mended
    2026-01-01,HASH,Mira,type,task,Mended
    2026-01-01,HASH,Mira,status,ready,Mended
    2026-01-01,HASH,Mira,rank,mbzz,Mended
    2026-01-01,HASH,Mira,text,4 words,Mended
    ! warning: .backlog/items/BL-33333-empty.md:1:1: cannot be read: the file is empty
    ! warning: .backlog/items/BL-44444-latin.md:3:11: cannot be read: byte 0xE9 is not UTF-8
    ! warning: .backlog/items/BL-55555-large.md:1:1: cannot be read: the document is 3.1 MB; the limit is 1 MiB
    ! warning: .backlog/items/BL-66666-nul.md:3:9: cannot be read: byte 0x00 is not text
    ! warning: .backlog/items/BL-77777-marks.md:2:1: cannot be read: a merge conflict that is not resolved
    ! warning: 1 more documents cannot be read; see: git backlog check
    ");
}

#[test]
fn settings_that_cannot_be_read_are_the_usual_ones() {
    let repo = shop();
    repo.write(".backlog/config.yml", "statuses: {ready: [}\n");
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    commit(&repo, "Max", "Broken settings");
    edit(&repo, ORDERS, "value: 5", "value: 8");
    assert_snapshot!(repo.session("
        git backlog diff HEAD~1..HEAD
        git backlog diff
        git backlog log -n 1
        git backlog review HEAD~1
        git backlog review HEAD
    "), @"
    $ git backlog diff HEAD~1..HEAD
    HEAD~1 → HEAD: 1 re-valued, 1 other file

    To look at
      config.yml: the settings are others from now on: read them with git diff

    Changed

    BL-7k3qd Guest checkout
      value 8 → 13

    Other files
      config.yml changed
    $ git backlog diff
    HEAD → the worktree: 1 re-valued

    Changed

    BL-9qqrt Orders belong to an address
      value 5 → 8
    $ git backlog log -n 1
    2026-01-01 Max: Broken settings (HASH)
      BL-7k3qd Guest checkout: value 8 → 13
      config.yml changed
    $ git backlog review HEAD~1
    Backlog: 2 re-valued, 1 other file

    To look at
      config.yml: the settings are others from now on: read them with git diff

    New findings
      error FM007 invalid-yaml statuses.ready: invalid type: sequence, expected struct Status (.backlog/config.yml:1:19)

    Changed

    BL-7k3qd Guest checkout
      value 8 → 13

    BL-9qqrt Orders belong to an address
      value 5 → 8

    Other files
      config.yml changed

    HEAD~1 (left at HASH) → the worktree
    ! warning: .backlog/config.yml:1:19: statuses.ready: invalid type: sequence, expected struct Status; the defaults are used
    $ git backlog review HEAD
    ! warning: .backlog/config.yml:1:19: statuses.ready: invalid type: sequence, expected struct Status; the defaults are used
    ! error: the settings at HASH cannot be read: .backlog/config.yml:1:19: statuses.ready: invalid type: sequence, expected struct Status
    ! hint: mend the settings there first, or name another revision
    = 3
    ");
}

#[test]
fn a_commit_that_writes_everything_anew_changed_nothing() {
    let repo = shop();
    for path in [CHECKOUT, ORDERS, BASKET] {
        let text = repo.read(path);
        let (front, body) = text.split_once("\n---\n\n").unwrap();
        let mut lines: Vec<&str> = front.lines().skip(1).collect();
        lines.reverse();
        repo.write(path, format!("---\n{}\n---\n\n{body}", lines.join("\n")).replace('\n', "\r\n"));
    }
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    commit(&repo, "Max", "Windows");
    assert_snapshot!(repo.session("
        git backlog diff HEAD~1..HEAD
        git backlog log -n 1
        git backlog log --kind layout --format csv
        git backlog blame 9qqrt --format csv
    "), @r#"
    $ git backlog diff HEAD~1..HEAD
    HEAD~1 → HEAD: 1 re-valued, 2 laid out anew

    Changed

    BL-7k3qd Guest checkout
      value 8 → 13

    2 documents have another layout, and the same to say: BL-7kxxm, BL-9qqrt
    $ git backlog log -n 1
    2026-01-01 Max: Windows (HASH)
      BL-7k3qd Guest checkout: value 8 → 13
      BL-7kxxm Basket is empty after login: written differently, and says the same
      BL-9qqrt Orders belong to an address: written differently, and says the same
    $ git backlog log --kind layout --format csv
    commit,date,author,email,reason,id,title,change,what
    HASH,2026-01-01T12:00:02+00:00,Max,max@example.org,Windows,BL-7kxxm,Basket is empty after login,layout,"written differently, and says the same"
    HASH,2026-01-01T12:00:02+00:00,Max,max@example.org,Windows,BL-9qqrt,Orders belong to an address,layout,"written differently, and says the same"
    $ git backlog blame 9qqrt --format csv
    day,commit,author,part,value,why
    2026-01-01,HASH,Mira,sprint,2026-24,start
    2026-01-01,HASH,Mira,started,2026-11-20,start
    2026-01-01,HASH,Mira,value,5,start
    2026-01-01,HASH,Mira,assignee,mira,start
    2026-01-01,HASH,Mira,rank,mbdd,start
    2026-01-01,HASH,Mira,created,2026-11-01,start
    2026-01-01,HASH,Mira,status,in-progress,start
    2026-01-01,HASH,Mira,type,task,start
    2026-01-01,HASH,Mira,title,Orders belong to an address,start
    2026-01-01,HASH,Mira,id,BL-9qqrt,start
    2026-01-01,HASH,Mira,text,8 words,start
    "#);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let repo = shop();
    for number in 0..150 {
        let words =
            format!("type: task\nstatus: ready\nrank: mcbb\nx-long: {}\n", "word ".repeat(200));
        document(&repo, &format!("items/BL-2{number:03}-item-{number}"), &words);
    }
    commit(&repo, "Mira", "Many");
    for command in
        [&["diff", "HEAD~1..HEAD", "--format", "json"][..], &["log"], &["log", "--format", "jsonl"]]
    {
        let mut program = repo.program();
        program.args(command).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = program.spawn().unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command:?}");
        assert_eq!(output.status.code(), Some(0), "{command:?}");
    }
}

#[test]
fn an_index_in_conflict_is_said() {
    let repo = shop();
    repo.git(&["checkout", "--quiet", "-b", "side"]);
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    commit(&repo, "Max", "Side");
    repo.git(&["checkout", "--quiet", "main"]);
    edit(&repo, CHECKOUT, "value: 8", "value: 5");
    edit(&repo, ORDERS, "value: 5", "value: 8");
    commit(&repo, "Mira", "Main");
    assert!(!repo.try_git(&["merge", "side"]).status.success());
    assert_snapshot!(repo.session("
        git backlog diff --staged
        git backlog diff
        git backlog log -n 1
        git backlog blame 7k3qd
        git backlog why 9qqrt
    "), @"
    $ git backlog diff --staged
    HEAD → the index: 1 unreadable

    To look at
      BL-7k3qd: cannot be read, and counts nowhere until it is mended

    Changed

    BL-7k3qd Guest checkout
      cannot be read: 1:1: the file is in conflict
    $ git backlog diff
    HEAD → the worktree: 1 unreadable

    To look at
      BL-7k3qd: cannot be read, and counts nowhere until it is mended

    Changed

    BL-7k3qd Guest checkout
      cannot be read: 10:1: a merge conflict that is not resolved
    $ git backlog log -n 1
    2026-01-01 Mira: Main (HASH)
      BL-7k3qd Guest checkout: value 8 → 5
      BL-9qqrt Orders belong to an address: value 5 → 8
    $ git backlog blame 7k3qd
    ! warning: .backlog/items/BL-7k3qd-guest-checkout.md:10:1: cannot be read: a merge conflict that is not resolved
    ! error: items/BL-7k3qd-guest-checkout.md:10:1: a merge conflict that is not resolved
    ! hint: run `git backlog resolve ID`, or keep one side and remove the lines of <<<<<<<, ======= and >>>>>>>
    = 1
    $ git backlog why 9qqrt
    BL-9qqrt  Orders belong to an address
    position      1 of 2, in-progress
    moved         never since Mira added it, 2026-01-01
    worth         value 8 (Mira 2026-01-01)
    value-effort  unscored: no effort
    goal          none
    evidence      none recorded
    waits for     nothing
    planned for   2026-24 Pay without an account (active, 2026-11-27)
    ! warning: .backlog/items/BL-7k3qd-guest-checkout.md:10:1: cannot be read: a merge conflict that is not resolved
    ");
}

#[test]
fn an_object_that_is_missing_is_missed_where_it_is_needed() {
    let repo = shop();
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    edit(&repo, ORDERS, "value: 5", "value: 8");
    commit(&repo, "Mira", "Values");
    edit(&repo, ORDERS, "value: 8", "value: 9");
    commit(&repo, "Mira", "Again");
    let blob = repo.git(&["rev-parse", &format!("HEAD~1:{CHECKOUT}")]);
    let (folder, name) = blob.split_at(2);
    fs::remove_file(repo.path(&format!(".git/objects/{folder}/{name}"))).unwrap();
    let shown = repo.session(
        "
        git backlog diff HEAD~1..HEAD
        git backlog diff HEAD~2..HEAD
        git backlog log -n 3
        git backlog log 9qqrt
        git backlog review HEAD~2 --at HEAD~1
    ",
    );
    assert_snapshot!(shown.replace(&blob, "BLOB"), @"
    $ git backlog diff HEAD~1..HEAD
    HEAD~1 → HEAD: 1 re-valued

    Changed

    BL-9qqrt Orders belong to an address
      value 8 → 9
    $ git backlog diff HEAD~2..HEAD
    HEAD~2 → HEAD: 1 re-valued, 1 unreadable

    To look at
      BL-7k3qd: cannot be read, and counts nowhere until it is mended

    Changed

    BL-9qqrt Orders belong to an address
      value 5 → 9

    BL-7k3qd Guest checkout
      cannot be read: 1:1: object HASH is missing from the repository
    $ git backlog log -n 3
    2026-01-01 Mira: Again (HASH)
      BL-9qqrt Orders belong to an address: value 8 → 9

    2026-01-01 Mira: Values (HASH)
      BL-9qqrt Orders belong to an address: value 5 → 8
      BL-7k3qd Guest checkout: cannot be read: 1:1: object HASH is missing from the repository

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
    $ git backlog log 9qqrt
    2026-01-01 Mira: Again (HASH)
      BL-9qqrt Orders belong to an address: value 8 → 9

    2026-01-01 Mira: Values (HASH)
      BL-9qqrt Orders belong to an address: value 5 → 8

    2026-01-01 Mira: start (HASH)
      BL-9qqrt Orders belong to an address: added
    $ git backlog review HEAD~2 --at HEAD~1
    Backlog: 1 re-valued, 1 unreadable

    To look at
      BL-7k3qd: cannot be read, and counts nowhere until it is mended

    New findings
      error FM001 unreadable-file BL-7k3qd: object HASH is missing from the repository (.backlog/items/BL-7k3qd-guest-checkout.md:1:1)

    Forecast
      no dates: the past has 1 done item with a day, and a date needs 15

    Changed

    BL-9qqrt Orders belong to an address
      value 5 → 8

    BL-7k3qd Guest checkout
      cannot be read: 1:1: object HASH is missing from the repository

    HEAD~2 (left at HASH) → HEAD~1
    ! warning: .backlog/items/BL-7k3qd-guest-checkout.md:1:1: cannot be read: object HASH is missing from the repository
    ! warning: texts of 1 item in the history are broken or not in this clone; what they were then is not counted
    ");
    // A folder that is missing is more than a part.
    let tree = repo.git(&["rev-parse", "HEAD~2:.backlog/items"]);
    let (folder, name) = tree.split_at(2);
    fs::remove_file(repo.path(&format!(".git/objects/{folder}/{name}"))).unwrap();
    let shown = repo.session(
        "
        git backlog diff HEAD~2..HEAD
        git backlog log -n 1
        git backlog log --format csv
    ",
    );
    assert_snapshot!(shown.replace(&tree, "TREE"), @"
    $ git backlog diff HEAD~2..HEAD
    ! error: cannot read a tree: an object with id HASH could not be found
    = 5
    $ git backlog log -n 1
    2026-01-01 Mira: Again (HASH)
      BL-9qqrt Orders belong to an address: value 8 → 9
    $ git backlog log --format csv
    ! error: cannot read a tree: an object with id HASH could not be found
    = 5
    ");
}
