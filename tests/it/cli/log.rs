//! `log`.

use insta::assert_snapshot;
use serde_json::Value;

use super::{CHECKOUT, commit, document, edit, shop};
use crate::support::Repo;

const ORDERS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";
const BASKET: &str = ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md";

/// A shop with a history: values, criteria, moves, an item that came and went, code that names an
/// item, and commits that have nothing to do with the backlog.
fn storied() -> Repo {
    let repo = shop();
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    commit(&repo, "Max", "backlog: set BL-7k3qd value 8 → 13");
    edit(&repo, CHECKOUT, "- [ ] A guest", "- [x] A guest");
    commit(&repo, "Mira", "Ticked");
    repo.write("src/main.rs", "fn main() { pay() }\n");
    commit(&repo, "Max", "Pay as a guest\n\nThe form is gone.\n\nBacklog: BL-7k3qd\n");
    repo.write("src/main.rs", "fn main() {}\n");
    commit(&repo, "Max", "Tidy up");
    edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
    commit(
        &repo,
        "Mira",
        "backlog: rank BL-7kxxm 3 → 1\n\nShoppers lose what they chose.\n\nBacklog: BL-7kxxm\n",
    );
    document(&repo, "items/BL-22222-vouchers", "type: story\nstatus: proposed\nrank: mbzz\n");
    commit(&repo, "Mira", "Vouchers");
    repo.git(&["rm", "--quiet", ".backlog/items/BL-22222-vouchers.md"]);
    edit(&repo, ORDERS, "value: 5", "value: 8");
    commit(&repo, "Mira", "No vouchers");
    repo
}

/// The first lines of the messages that a log tells.
fn subjects(repo: &Repo, arguments: &[&str]) -> Vec<String> {
    let run = repo.run(&[&["log", "--format", "jsonl"], arguments].concat());
    assert_eq!(run.code, Some(0), "{run}");
    let subject = |line: &str| {
        let commit: Value = serde_json::from_str(line).unwrap();
        commit["subject"].as_str().unwrap().to_owned()
    };
    run.out.lines().map(subject).collect()
}

#[test]
fn tells_what_was_done_newest_first() {
    assert_snapshot!(storied().session("git backlog log"), @"
    $ git backlog log
    2026-01-01 Mira: No vouchers (HASH)
      BL-9qqrt Orders belong to an address: value 5 → 8
      BL-22222 Vouchers: removed

    2026-01-01 Mira: Vouchers (HASH)
      BL-22222 Vouchers: added

    2026-01-01 Mira: Shoppers lose what they chose. (HASH)
      BL-7kxxm Basket is empty after login: moved 3 → 1, at the top, above BL-7k3qd; passes 2

    2026-01-01 Max: Pay as a guest (HASH)
      names BL-7k3qd

    2026-01-01 Mira: Ticked (HASH)
      BL-7k3qd Guest checkout: criterion 1 met: A guest reaches payment in one step.

    2026-01-01 Max (HASH)
      BL-7k3qd Guest checkout: value 8 → 13

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
    ");
}

#[test]
fn every_format_tells_the_same() {
    let repo = storied();
    assert_snapshot!(repo.session("git backlog log -n 3 --format markdown"), @"
    $ git backlog log -n 3 --format markdown
    ### 2026-01-01 Mira: No vouchers (HASH)

    - BL-9qqrt Orders belong to an address: value 5 → **8**
    - BL-22222 Vouchers: removed

    ### 2026-01-01 Mira: Vouchers (HASH)

    - BL-22222 Vouchers: **added**

    ### 2026-01-01 Mira: Shoppers lose what they chose. (HASH)

    - BL-7kxxm Basket is empty after login: **moved 3 → 1**, at the top, above BL-7k3qd; passes 2
    ");
    assert_snapshot!(repo.session("git backlog log -n 3 --format csv"), @r#"
    $ git backlog log -n 3 --format csv
    commit,date,author,email,reason,id,title,change,what
    HASH,2026-01-01T12:00:08+00:00,Mira,mira@example.org,No vouchers,BL-9qqrt,Orders belong to an address,set,value 5 → 8
    HASH,2026-01-01T12:00:08+00:00,Mira,mira@example.org,No vouchers,BL-22222,Vouchers,removed,removed
    HASH,2026-01-01T12:00:07+00:00,Mira,mira@example.org,Vouchers,BL-22222,Vouchers,added,added
    HASH,2026-01-01T12:00:06+00:00,Mira,mira@example.org,Shoppers lose what they chose.,BL-7kxxm,Basket is empty after login,moved,"moved 3 → 1, at the top, above BL-7k3qd; passes 2"
    HASH,2026-01-01T12:00:06+00:00,Mira,mira@example.org,Shoppers lose what they chose.,BL-7kxxm,Basket is empty after login,set,rank key rewritten
    "#);
    assert_snapshot!(repo.session("git backlog log -n 3 --format json"), @r#"
    $ git backlog log -n 3 --format json
    {"schema": 1, "commits": [
    {"commit":"HASH","date":"2026-01-01T12:00:08+00:00","author":"Mira","email":"mira@example.org","subject":"No vouchers","reason":"No vouchers","merge":false,"documents":[{"id":"BL-9qqrt","kind":"item","title":"Orders belong to an address","changes":[{"change":"set","field":"value","from":5,"to":8}]},{"id":"BL-22222","kind":"item","title":"Vouchers","changes":[{"change":"removed"}]}],"files":[],"mentions":[]},
    {"commit":"HASH","date":"2026-01-01T12:00:07+00:00","author":"Mira","email":"mira@example.org","subject":"Vouchers","reason":"Vouchers","merge":false,"documents":[{"id":"BL-22222","kind":"item","title":"Vouchers","changes":[{"change":"added"}]}],"files":[],"mentions":[]},
    {"commit":"HASH","date":"2026-01-01T12:00:06+00:00","author":"Mira","email":"mira@example.org","subject":"backlog: rank BL-7kxxm 3 → 1","reason":"Shoppers lose what they chose.","merge":false,"documents":[{"id":"BL-7kxxm","kind":"item","title":"Basket is empty after login","changes":[{"change":"moved","from":3,"to":1,"after":null,"before":"BL-7k3qd","n_passed":2,"passed":["BL-7k3qd","BL-9qqrt"]},{"change":"set","field":"rank","from":"mbfd","to":"mbbb"}]}],"files":[],"mentions":["BL-7kxxm"]}
    ]}
    "#);
    assert_snapshot!(repo.session("git backlog log --format sarif"), @"
    $ git backlog log --format sarif
    ! error: invalid value 'sarif' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, csv, markdown]
    ! hint: see what there is with -h
    = 2
    ");
    let all = repo.run(&["log", "--format", "json"]).json();
    let lines = repo.run(&["log", "--format", "jsonl"]).out;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(all["commits"].as_array().unwrap(), &lines);
    // The ids and times are those of Git.
    let told: Vec<String> = lines
        .iter()
        .map(|it| format!("{} {} {}", it["commit"], it["date"], it["email"]).replace('"', ""))
        .collect();
    let git = repo.git(&["log", "--format=%H %aI %ae"]).replace("Z ", "+00:00 ");
    let git: Vec<&str> = git.lines().collect();
    for line in &told {
        let line = line.replace("Z ", "+00:00 ");
        assert!(git.contains(&&*line), "{line} is not in {git:?}");
    }
}

#[test]
fn a_part_of_the_history_is_told() {
    let repo = storied();
    for (arguments, expected) in [
        (&["-n", "1"][..], &["No vouchers"][..]),
        (&["-n", "0"], &[]),
        (&["--kind", "moved"], &["backlog: rank BL-7kxxm 3 → 1"]),
        (&["--kind", "criteria"], &["Ticked"]),
        (&["--kind", "value", "-n", "1"], &["No vouchers"]),
        (&["--kind", "value"], &["No vouchers", "backlog: set BL-7k3qd value 8 → 13"]),
        (&["--kind", "removed,moved"], &["No vouchers", "backlog: rank BL-7kxxm 3 → 1"]),
        (&["--kind", "added"], &["Vouchers", "start"]),
        (&["--kind", "added", "--author", "MAX"], &[]),
        (&["--author", "max@example"], &["Pay as a guest", "backlog: set BL-7k3qd value 8 → 13"]),
        (&["--author", "Max", "--no-mentions"], &["backlog: set BL-7k3qd value 8 → 13"]),
        (&["HEAD~2.."], &["No vouchers", "Vouchers"]),
        (&["HEAD~6..HEAD~4"], &["Pay as a guest", "Ticked"]),
        (&["HEAD..HEAD~2"], &[]),
        (&["--since", "HEAD~1"], &["No vouchers"]),
        (&["--at", "HEAD~6", "-n", "1"], &["backlog: set BL-7k3qd value 8 → 13"]),
        (&["--since", "2026-01-02"], &[]),
        (&["--since", "2026-01-01", "-n", "1"], &["No vouchers"]),
        (&["BL-7kxxm"], &["backlog: rank BL-7kxxm 3 → 1", "start"]),
        (&["7kx", "--kind", "moved"], &["backlog: rank BL-7kxxm 3 → 1"]),
        (&["7k3", "HEAD~3.."], &[]),
        (&["BL-22222"], &["No vouchers", "Vouchers"]),
        (&["BL-22222", "--at", "HEAD~1"], &["Vouchers"]),
        (
            &["BL-7k3qd"],
            &["Pay as a guest", "Ticked", "backlog: set BL-7k3qd value 8 → 13", "start"],
        ),
        (
            &["BL-7k3qd", "--no-mentions"],
            &["Ticked", "backlog: set BL-7k3qd value 8 → 13", "start"],
        ),
        (&["GOAL-activation"], &["start"]),
    ] {
        assert_eq!(subjects(&repo, arguments), expected, "{arguments:?}");
    }
}

#[test]
fn what_was_asked_for_in_vain_is_said() {
    let repo = storied();
    assert_snapshot!(repo.session("
        git backlog log BL-zzzzz
        git backlog log nothing
        git backlog log 7k
        git backlog log --kind moverd
        git backlog log --kind statuss
        git backlog log --kind audience
        git backlog log --since nothing
        git backlog log --since yesterday..
        git backlog log nothing..HEAD
        git backlog log HEAD~1...HEAD
        git backlog log HEAD~1..HEAD HEAD~2..
        git backlog log HEAD~1..HEAD --since HEAD~2
        git backlog log HEAD~1..HEAD --at HEAD
        git backlog log --at nothing
    "), @r#"
    $ git backlog log BL-zzzzz
    ! no commit here has done that
    $ git backlog log nothing
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog log 7k
    ! error: '7k' matches BL-7kxxm "Basket is empty after login", BL-7k3qd "Guest checkout"
    ! hint: type more of the id
    = 2
    $ git backlog log --kind moverd
    ! error: unknown kind of change 'moverd'
    ! hint: did you mean 'moved'?
    = 2
    $ git backlog log --kind statuss
    ! error: unknown kind of change 'statuss'
    ! hint: did you mean 'status'?
    = 2
    $ git backlog log --kind audience
    ! error: unknown kind of change 'audience'
    ! hint: did you mean 'evidence'?
    = 2
    $ git backlog log --since nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog log --since yesterday..
    ! error: no revision 'yesterday..'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog log nothing..HEAD
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog log HEAD~1...HEAD
    ! error: 'HEAD~1...HEAD' is no range of commits that a log can follow
    ! hint: name what is in B and not in A with A..B, without --at
    = 2
    $ git backlog log HEAD~1..HEAD HEAD~2..
    ! error: one range of commits at a time
    = 2
    $ git backlog log HEAD~1..HEAD --since HEAD~2
    ! error: name a range or --since a revision, not both
    = 2
    $ git backlog log HEAD~1..HEAD --at HEAD
    ! error: 'HEAD~1..HEAD' is no range of commits that a log can follow
    ! hint: name what is in B and not in A with A..B, without --at
    = 2
    $ git backlog log --at nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    "#);
}

#[test]
fn fields_of_the_project_are_sorts_of_change() {
    let repo = shop();
    let fields = "fields:\n  audience: {type: text}\n";
    repo.write(".backlog/config.yml", repo.read(".backlog/config.yml") + fields);
    edit(&repo, CHECKOUT, "value: 8", "audience: guests\nvalue: 8");
    commit(&repo, "Mira", "Guests");
    assert_eq!(subjects(&repo, &["--kind", "audience"]), ["Guests"]);
    assert_eq!(subjects(&repo, &["--kind", "temperature"]), [""; 0]);
}

#[test]
fn settings_beside_the_folder_are_those_of_each_commit() {
    let repo = Repo::new();
    let parked = |is: &str| {
        let todo = "statuses:\n  ready: {category: todo}\n  parked: {category: ";
        repo.write("common.yml", format!("{todo}{is}}}\n"));
    };
    let item = |id: &str, status: &str, rank: &str| {
        let path = format!(".backlog/items/{id}.md");
        repo.write(&path, format!("---\nid: {id}\nstatus: {status}\nrank: {rank}\n---\n"));
    };
    repo.write(".backlog/config.yml", "extends: ../common.yml\n");
    parked("todo");
    item("BL-2", "ready", "cccc");
    item("BL-3", "parked", "dddd");
    item("BL-4", "ready", "ffff");
    commit(&repo, "Mira", "Start");
    item("BL-4", "ready", "bbbb");
    commit(&repo, "Mira", "Up");
    let told_then = subjects_and_moves(&repo);
    assert_eq!(told_then, "Up 3 1 ");
    parked("done");
    commit(&repo, "Mira", "Parked is over");
    item("BL-4", "ready", "gggg");
    commit(&repo, "Mira", "Down");
    assert_eq!(subjects_and_moves(&repo), format!("Down 1 2 {told_then}"));
    std::fs::remove_dir_all(repo.path(".git/backlog")).unwrap();
    assert_eq!(subjects_and_moves(&repo), format!("Down 1 2 {told_then}"));
    // The same for two states.
    let open = |range: &str| {
        let json = repo.run(&["diff", range, "--format", "json"]).json();
        (json["open_before"].as_u64(), json["open_after"].as_u64())
    };
    assert_eq!(open("HEAD~3..HEAD"), (Some(3), Some(2)));
    assert_eq!(open("HEAD..HEAD~3"), (Some(2), Some(3)));
}

/// The moves of the history with the subjects of their commits, newest first.
fn subjects_and_moves(repo: &Repo) -> String {
    let mut told = String::new();
    let json = repo.run(&["log", "--format", "json"]).json();
    for commit in json["commits"].as_array().unwrap() {
        let documents = commit["documents"].as_array().unwrap().iter();
        let changes = documents.flat_map(|it| it["changes"].as_array().unwrap());
        for moved in changes.filter(|it| it["change"] == "moved") {
            let subject = commit["subject"].as_str().unwrap();
            told += &format!("{subject} {} {} ", moved["from"], moved["to"]);
        }
    }
    told
}

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
