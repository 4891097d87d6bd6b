//! `log`.

mod identity;
mod scope;

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
