//! `log` and `blame` where the history is no line.

use insta::assert_snapshot;
use serde_json::Value;

use super::{CHECKOUT, commit, edit, shop};
use crate::support::Repo;

const ORDERS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";
const BASKET: &str = ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md";

/// A shop with a branch that was merged: each side changed a field of the item at the top, and
/// another item.
fn merged() -> Repo {
    let repo = shop();
    repo.git(&["checkout", "--quiet", "-b", "side"]);
    edit(&repo, CHECKOUT, "title: Guest checkout", "title: Pay as a guest");
    edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
    commit(&repo, "Max", "Side: title and rank");
    repo.git(&["checkout", "--quiet", "main"]);
    edit(&repo, CHECKOUT, "effort: 3", "effort: 5");
    edit(&repo, ORDERS, "value: 5", "value: 3");
    commit(&repo, "Mira", "Main: effort and value");
    repo.git(&["merge", "--quiet", "--no-ff", "-m", "Merge branch 'side'", "side"]);
    repo
}

fn merge(repo: &Repo, branch: &str, message: &str, edits: impl FnOnce()) {
    repo.git(&["merge", "--quiet", "--no-ff", "--no-commit", branch]);
    edits();
    commit(repo, "Mira", message);
}

/// What each commit did, in short: its subject, then document, sort of change and field.
fn told(repo: &Repo, arguments: &[&str]) -> String {
    let run = repo.run(&[&["log", "--format", "jsonl"], arguments].concat());
    assert_eq!(run.code, Some(0), "{run}");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut told = String::new();
    for line in run.out.lines() {
        let commit: Value = serde_json::from_str(line).unwrap();
        told += &format!("{}\n", text(&commit["subject"]));
        for document in commit["documents"].as_array().unwrap() {
            for change in document["changes"].as_array().unwrap() {
                let what = [&document["id"], &change["change"], &change["field"], &change["text"]];
                let what: Vec<String> = what.into_iter().map(text).collect();
                told += &format!("  {}\n", what.join(" ").trim_end());
            }
        }
    }
    told
}

#[test]
fn a_merge_is_followed_by_what_it_brought_in() {
    let repo = merged();
    // Git put the two fields together, and nobody did anything in the merge.
    assert_snapshot!(told(&repo, &["HEAD~2.."]), @"
    Side: title and rank
      BL-7kxxm moved
      BL-7kxxm set rank
      BL-7k3qd set title
    Main: effort and value
      BL-7k3qd set effort
      BL-9qqrt set value
    ");
    assert_snapshot!(told(&repo, &["HEAD~2..", "--first-parent"]), @"
    Merge branch 'side'
      BL-7kxxm moved
      BL-7kxxm set rank
      BL-7k3qd set title
    Main: effort and value
      BL-7k3qd set effort
      BL-9qqrt set value
    ");
    assert_snapshot!(repo.session("
        git backlog log HEAD~2.. --first-parent
        git backlog log BL-7k3qd
        git backlog log BL-7kxxm --first-parent
        git backlog blame BL-7k3qd
        git backlog why BL-7kxxm
    "), @"
    $ git backlog log HEAD~2.. --first-parent
    2026-01-01 Mira: Merge branch 'side' (HASH)
      BL-7kxxm Basket is empty after login: moved 3 → 1, at the top, above BL-7k3qd; passes 2
      BL-7k3qd Pay as a guest: title Guest checkout → Pay as a guest

    2026-01-01 Mira: Main: effort and value (HASH)
      BL-7k3qd Guest checkout: effort 3 → 5
      BL-9qqrt Orders belong to an address: value 5 → 3
    $ git backlog log BL-7k3qd
    2026-01-01 Max: Side: title and rank (HASH)
      BL-7k3qd Pay as a guest: title Guest checkout → Pay as a guest

    2026-01-01 Mira: Main: effort and value (HASH)
      BL-7k3qd Guest checkout: effort 3 → 5

    2026-01-01 Mira: start (HASH)
      BL-7k3qd Guest checkout: added
    $ git backlog log BL-7kxxm --first-parent
    2026-01-01 Mira: Merge branch 'side' (HASH)
      BL-7kxxm Basket is empty after login: moved 3 → 1, at the top, above BL-7k3qd; passes 2

    2026-01-01 Mira: start (HASH)
      BL-7kxxm Basket is empty after login: added
    $ git backlog blame BL-7k3qd
    BL-7k3qd  Pay as a guest
    day         commit      author  part                value                                           why
    2026-01-01  HASH  Mira    id                  BL-7k3qd                                        start
    2026-01-01  HASH  Max     title               Pay as a guest                                  Side: title and rank
    2026-01-01  HASH  Mira    type                story                                           start
    2026-01-01  HASH  Mira    status              ready                                           start
    2026-01-01  HASH  Mira    created             2026-11-02                                      start
    2026-01-01  HASH  Mira    rank                mbcd                                            start
    2026-01-01  HASH  Mira    labels              checkout                                        start
    2026-01-01  HASH  Mira    goal                GOAL-activation                                 start
    2026-01-01  HASH  Mira    value               8                                               start
    2026-01-01  HASH  Mira    effort              5                                               Main: effort and value
    2026-01-01  HASH  Mira    depends_on          BL-9qqrt                                        start
    2026-01-01  HASH  Mira    evidence            EV-h2vkd                                        start
    2026-01-01  HASH  Mira    criterion 1         A guest reaches payment in one step.            start
    2026-01-01  HASH  Mira    criterion 2 ^ac-k3  The confirmation never requires an account.     start
    2026-01-01  HASH  Mira    criterion 3         The p95 of the payment step is at most 800 ms.  start
    2026-01-01  HASH  Mira    text                24 words                                        start
    $ git backlog why BL-7kxxm
    BL-7kxxm  Basket is empty after login
    position   1 of 3, proposed
    moved      2026-01-01 Max: 3 → 1, at the top, above BL-7k3qd Pay as a guest; passes 2. Side: title and rank (HASH)
    worth      no value and no effort, so that no score can be told
    goal       none
    evidence   none recorded
    waits for  nothing
    ");
}

#[test]
fn what_a_merge_did_itself_is_told_of_it() {
    let repo = shop();
    repo.git(&["checkout", "--quiet", "-b", "side"]);
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    edit(&repo, CHECKOUT, "- [ ] A guest", "- [x] A guest");
    commit(&repo, "Max", "Side");
    repo.git(&["checkout", "--quiet", "main"]);
    edit(&repo, CHECKOUT, "status: ready", "status: in-progress");
    commit(&repo, "Mira", "Main");
    merge(&repo, "side", "Merge with care", || {
        edit(&repo, CHECKOUT, "effort: 3", "effort: 5");
        edit(&repo, CHECKOUT, "value: 13", "value: 21");
        edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
        edit(&repo, CHECKOUT, "- [ ] The p95 of the payment step is at most 800 ms.\n", "");
    });
    assert_snapshot!(told(&repo, &["HEAD~2.."]), @"
    Merge with care
      BL-7kxxm moved
      BL-7kxxm set rank
      BL-7k3qd set value
      BL-7k3qd set effort
      BL-7k3qd criteria  The p95 of the payment step is at most 800 ms.
    Side
      BL-7k3qd set value
      BL-7k3qd criteria  A guest reaches payment in one step.
    Main
      BL-7k3qd set status
    ");
    assert_snapshot!(told(&repo, &["HEAD~2..", "--first-parent"]), @"
    Merge with care
      BL-7kxxm moved
      BL-7kxxm set rank
      BL-7k3qd set value
      BL-7k3qd set effort
      BL-7k3qd criteria  The p95 of the payment step is at most 800 ms.
      BL-7k3qd criteria  A guest reaches payment in one step.
    Main
      BL-7k3qd set status
    ");
    assert_snapshot!(repo.session("git backlog blame BL-7k3qd"), @"
    $ git backlog blame BL-7k3qd
    BL-7k3qd  Guest checkout
    day         commit      author  part                value                                        why
    2026-01-01  HASH  Mira    id                  BL-7k3qd                                     start
    2026-01-01  HASH  Mira    title               Guest checkout                               start
    2026-01-01  HASH  Mira    type                story                                        start
    2026-01-01  HASH  Mira    status              in-progress                                  Main
    2026-01-01  HASH  Mira    created             2026-11-02                                   start
    2026-01-01  HASH  Mira    rank                mbcd                                         start
    2026-01-01  HASH  Mira    labels              checkout                                     start
    2026-01-01  HASH  Mira    goal                GOAL-activation                              start
    2026-01-01  HASH  Mira    value               21                                           Merge with care
    2026-01-01  HASH  Mira    effort              5                                            Merge with care
    2026-01-01  HASH  Mira    depends_on          BL-9qqrt                                     start
    2026-01-01  HASH  Mira    evidence            EV-h2vkd                                     start
    2026-01-01  HASH  Mira    criterion 1         A guest reaches payment in one step.         start
    2026-01-01  HASH  Max     met                                                              Side
    2026-01-01  HASH  Mira    criterion 2 ^ac-k3  The confirmation never requires an account.  start
    2026-01-01  HASH  Mira    text                24 words                                     start
    ");
}

#[test]
fn what_a_merge_did_not_take_is_told_and_not_blamed() {
    let repo = shop();
    repo.git(&["checkout", "--quiet", "-b", "side"]);
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    commit(&repo, "Max", "Side");
    repo.git(&["checkout", "--quiet", "main"]);
    edit(&repo, ORDERS, "value: 5", "value: 3");
    commit(&repo, "Mira", "Main");
    repo.git(&["merge", "--quiet", "--no-ff", "-s", "ours", "-m", "Ours", "side"]);
    assert_snapshot!(told(&repo, &["HEAD~2.."]), @"
    Side
      BL-7k3qd set value
    Main
      BL-9qqrt set value
    ");
    assert_snapshot!(told(&repo, &["HEAD~2..", "--first-parent"]), @"
    Main
      BL-9qqrt set value
    ");
    let blame = repo.run(&["blame", "BL-7k3qd", "--format", "json"]).json();
    let parts = blame["parts"].as_array().unwrap();
    let value = parts.iter().find(|it| it["field"] == "value").unwrap();
    assert_eq!(value["set_by"]["commit"], repo.git(&["rev-list", "--max-parents=0", "HEAD"]));
}

#[test]
fn an_octopus_and_two_roots_are_told() {
    let repo = shop();
    for (branch, path, from, to) in [
        ("one", CHECKOUT, "value: 8", "value: 13"),
        ("two", ORDERS, "value: 5", "value: 3"),
        ("three", BASKET, "rank: mbfd", "rank: mbbb"),
    ] {
        repo.git(&["checkout", "--quiet", "-b", branch, "main"]);
        edit(&repo, path, from, to);
        commit(&repo, "Max", branch);
    }
    repo.git(&["checkout", "--quiet", "main"]);
    repo.git(&["merge", "--quiet", "-m", "Octopus", "one", "two", "three"]);
    repo.git(&["checkout", "--quiet", "--orphan", "other"]);
    repo.git(&["rm", "--quiet", "-r", "--cached", "."]);
    repo.git(&["add", "src"]);
    repo.git(&["commit", "--quiet", "-m", "Another root names BL-7k3qd"]);
    repo.git(&["checkout", "--quiet", "--force", "main"]);
    repo.git(&["merge", "--quiet", "--allow-unrelated-histories", "-m", "Roots", "other"]);
    assert_snapshot!(told(&repo, &[]), @"
    Another root names BL-7k3qd
    three
      BL-7kxxm moved
      BL-7kxxm set rank
    two
      BL-9qqrt set value
    one
      BL-7k3qd set value
    start
      BL-7k3qd added
      BL-9qqrt added
      BL-7kxxm added
      BL-d4bcg added
      BL-x2ttv added
      GOAL-activation added
      EV-h2vkd added
      2026-24 added
    ");
    assert_snapshot!(told(&repo, &["--first-parent"]), @"
    Octopus
      BL-7kxxm moved
      BL-7kxxm set rank
      BL-9qqrt set value
    one
      BL-7k3qd set value
    start
      BL-7k3qd added
      BL-9qqrt added
      BL-7kxxm added
      BL-d4bcg added
      BL-x2ttv added
      GOAL-activation added
      EV-h2vkd added
      2026-24 added
    ");
}
