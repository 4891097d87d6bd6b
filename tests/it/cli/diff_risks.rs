//! What `diff` says deserves a look.

use insta::assert_snapshot;

use super::{CHECKOUT, commit, document, edit, shop};
use crate::support::Repo;

const ORDERS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";
const BASKET: &str = ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md";
const INVOICE: &str = ".backlog/items/BL-d4bcg-pay-by-invoice.md";

/// The words for the risks of a comparison, with the documents that they are about.
fn risks(repo: &Repo, arguments: &[&str]) -> Vec<String> {
    let run = repo.run(&[&["diff", "--format", "json"], arguments].concat());
    let json = run.json();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let risks = json["risks"].as_array().unwrap().iter();
    risks.map(|it| format!("{} {}", text(&it["id"]), text(&it["risk"]))).collect()
}

#[test]
fn a_criterion_that_goes_while_the_sprint_is_running() {
    let repo = shop();
    let planned = repo.read(CHECKOUT).replace("effort: 3", "effort: 3\nsprint: 2026-24");
    repo.write(CHECKOUT, planned);
    commit(&repo, "Mira", "Plan");
    edit(&repo, CHECKOUT, "- [ ] A guest reaches payment in one step.\n", "");
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 1 criterion removed

    To look at
      BL-7k3qd Guest checkout: loses a criterion while sprint 2026-24 is running: A guest reaches payment in one step.

    Changed

    BL-7k3qd Guest checkout
      criterion 1 removed: A guest reaches payment in one step.
    ");
    // A sprint that is over is no reason to look.
    let sprint = ".backlog/sprints/2026-24-pay-without-an-account.md";
    edit(&repo, sprint, "status: active", "status: closed");
    repo.git(&["commit", "--quiet", "-m", "Over", "--", sprint]);
    assert!(risks(&repo, &[]).is_empty());
}

#[test]
fn an_item_that_leaves_the_running_sprint() {
    let repo = shop();
    edit(&repo, ORDERS, "sprint: 2026-24\n", "");
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 1 re-planned

    To look at
      BL-9qqrt Orders belong to an address: leaves the running sprint 2026-24 undone

    Changed

    BL-9qqrt Orders belong to an address
      sprint 2026-24 → none
    ");
    edit(&repo, ORDERS, "status: in-progress", "status: done");
    assert!(risks(&repo, &[]).is_empty(), "what is done may leave");
}

#[test]
fn done_and_open_again() {
    let repo = shop();
    edit(&repo, INVOICE, "status: done", "status: in-progress");
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 1 re-opened

    To look at
      BL-d4bcg Pay by invoice: was done, and is open again

    Changed

    BL-d4bcg Pay by invoice
      status done → in-progress
    ");
    repo.git(&["checkout", "--quiet", "."]);
    edit(&repo, ".backlog/items/BL-x2ttv-pay-by-fax.md", "status: rejected", "status: ready");
    assert!(risks(&repo, &[]).is_empty(), "what was dropped was not done");
}

#[test]
fn above_what_it_waits_for() {
    let repo = shop();
    // It is there already, and so no news.
    assert!(risks(&repo, &["HEAD..HEAD"]).is_empty());
    edit(&repo, BASKET, "labels:", "depends_on: [BL-9qqrt]\nlabels:");
    assert!(risks(&repo, &[]).is_empty(), "it is below");
    edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 1 moved

    To look at
      BL-7kxxm Basket is empty after login: is above BL-9qqrt, which it waits for

    Moved
    was  is  id        title                        where
      3   1  BL-7kxxm  Basket is empty after login  at the top, above BL-7k3qd Guest checkout; passes 2

    Changed

    BL-7kxxm Basket is empty after login
      depends_on +BL-9qqrt
    ");
    // Told of the one that did not move, if that is the shorter way to say it.
    commit(&repo, "Mira", "Waits");
    repo.git(&["checkout", "--quiet", "HEAD~1", "--", BASKET]);
    edit(&repo, BASKET, "labels:", "depends_on: [BL-9qqrt]\nlabels:");
    commit(&repo, "Mira", "Below again");
    edit(&repo, ORDERS, "rank: mbdd", "rank: mbkk");
    assert_eq!(risks(&repo, &[]), ["BL-7kxxm above-blocker"]);
    document(
        &repo,
        "items/BL-22222-vouchers",
        "type: task\nstatus: ready\nrank: mbbb\ndepends_on: [BL-9qqrt]\n",
    );
    assert!(risks(&repo, &[]).contains(&"BL-22222 above-blocker".to_owned()));
}

#[test]
fn an_estimate_that_grows() {
    let repo = shop();
    edit(&repo, CHECKOUT, "effort: 3", "effort: 8");
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 1 re-estimated

    To look at
      BL-7k3qd Guest checkout: effort grows from 3 to 8

    Changed

    BL-7k3qd Guest checkout
      effort 3 → 8
    ");
    edit(&repo, CHECKOUT, "effort: 8", "effort: 2");
    assert!(risks(&repo, &[]).is_empty());
}

#[test]
fn what_the_policy_does_not_allow_and_what_has_no_reason() {
    let repo = shop();
    repo.write(
        ".backlog/product.md",
        "---\nid: product\ntitle: Shop\nowner: mira@example.org\n---\n",
    );
    commit(&repo, "Mira", "An owner");
    repo.git(&["checkout", "--quiet", "-b", "change"]);
    edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
    commit(&repo, "Max", "Baskets first");
    assert_snapshot!(repo.session("git backlog diff main...change"), @"
    $ git backlog diff main...change
    main (left at HASH) → change: 1 moved

    To look at
      BL-7kxxm Basket is empty after login: rank was changed by max@example.org, and only mira@example.org may

    Moved
    was  is  id        title                        where                                                why
      3   1  BL-7kxxm  Basket is empty after login  at the top, above BL-7k3qd Guest checkout; passes 2  Baskets first
    ");
    edit(&repo, ORDERS, "rank: mbdd", "rank: mbbc");
    commit(&repo, "Mira", "backlog: rank BL-9qqrt 3 → 2");
    assert_snapshot!(repo.session("git backlog diff main..change"), @"
    $ git backlog diff main..change
    main → change: 2 moved

    To look at
      BL-7kxxm Basket is empty after login: rank was changed by max@example.org, and only mira@example.org may
      BL-9qqrt Orders belong to an address: moves, and commit HASH does not say why

    Moved
    was  is  id        title                        where                                                   why
      3   1  BL-7kxxm  Basket is empty after login  at the top, above BL-9qqrt Orders belong to an address  Baskets first
      2   2  BL-9qqrt  Orders belong to an address  below BL-7kxxm Basket is empty after login
    ");
    // It can still be given one.
    repo.git(&["reset", "--quiet", "HEAD~1"]);
    assert_eq!(risks(&repo, &["main"]), ["BL-7kxxm not-allowed"]);
    assert!(risks(&repo, &[]).is_empty());
}

#[test]
fn the_gravest_comes_first_and_many_are_all_looked_at() {
    let repo = shop();
    let task = |repo: &Repo, number: usize, fields: &str| {
        let fields = format!("type: task\nstatus: ready\n{fields}");
        document(repo, &format!("items/BL-{number}-item-{number}"), &fields);
    };
    for number in 1000..1210 {
        task(&repo, number, "rank: mcbb\n");
        task(&repo, number + 1000, &format!("rank: mdbb\ndepends_on: [BL-{number}]\n"));
    }
    commit(&repo, "Mira", "Many");
    for number in 1000..1210 {
        task(&repo, number + 1000, &format!("rank: mbbb\ndepends_on: [BL-{number}]\n"));
    }
    edit(&repo, INVOICE, "status: done", "status: ready");
    let risks = risks(&repo, &[]);
    assert_eq!(risks[0], "BL-d4bcg reopened");
    assert_eq!(risks.iter().filter(|it| it.ends_with("above-blocker")).count(), 210);
}

#[test]
fn what_is_dropped_or_deleted_leaves_the_running_sprint_too() {
    let repo = shop();
    edit(&repo, ORDERS, "status: in-progress", "status: rejected");
    assert_eq!(risks(&repo, &[]), ["BL-9qqrt left-sprint"]);
    std::fs::remove_file(repo.path(ORDERS)).unwrap();
    assert_eq!(risks(&repo, &[]), ["BL-9qqrt left-sprint"]);
}

#[test]
fn what_judges_from_now_on_and_what_cannot_be_read() {
    let repo = shop();
    let product = ".backlog/product.md";
    let described = |owner: &str| format!("---\nid: product\ntitle: Korb\nowner: {owner}\n---\n");
    repo.write(product, described("mira@example.org"));
    repo.write(".backlog/config.yml", "policy: {change: {rank: [owner]}}\n");
    commit(&repo, "Mira", "Who may");
    repo.write(product, described("jonas@example.org"));
    repo.write(".backlog/config.yml", "policy: {change: {rank: [jonas@example.org]}}\n");
    repo.write(BASKET, "---\nid: BL-7kxxm\ntitle: [\n---\n");
    assert_eq!(
        risks(&repo, &[]),
        ["BL-7kxxm unreadable", "product owner-changed", "config.yml settings-changed"]
    );
    repo.write(".backlog/config.yml", "policy: {change: {rank: [owner]}}\nid: {length: 6}\n");
    let run = repo.run(&["diff"]);
    assert!(run.out.contains("config.yml: the settings are others from now on"), "{run}");
}

#[test]
fn a_message_that_only_names_an_item_is_no_reason_for_its_move() {
    let repo = shop();
    repo.git(&["branch", "base"]);
    edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
    commit(&repo, "Mira", "Because of BL-9qqrt: BL-7kxxm first");
    edit(&repo, ORDERS, "rank: mbdd", "rank: mzzz");
    commit(&repo, "Mira", "backlog: rank BL-9qqrt 2 → 3");
    for command in [["diff", "base..HEAD"], ["review", "base"]] {
        let run = repo.run(&[&command[..], &["--format", "json"]].concat());
        let reasons: Vec<(String, Option<String>)> = run.json()["documents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| {
                (
                    it["id"].as_str().unwrap().to_owned(),
                    it["reason"]["text"].as_str().map(str::to_owned),
                )
            })
            .collect();
        let because = Some("Because of BL-9qqrt: BL-7kxxm first".to_owned());
        assert!(reasons.contains(&("BL-7kxxm".to_owned(), because)), "{reasons:?}");
        assert!(reasons.contains(&("BL-9qqrt".to_owned(), None)), "{reasons:?}");
    }
}

#[test]
fn settings_that_are_extended_judge_as_well() {
    let repo = shop();
    repo.write(".backlog/config.yml", "extends: base.yml\n");
    repo.write(".backlog/base.yml", "policy: {change: {rank: [owner]}}\n");
    commit(&repo, "Mira", "Who may");
    repo.write(".backlog/base.yml", "policy: {change: {rank: [jonas@example.org]}}\n");
    assert_eq!(risks(&repo, &[]), ["config.yml settings-changed"]);
}
