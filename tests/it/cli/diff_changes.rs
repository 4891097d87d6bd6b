//! How `diff` tells each sort of change.

use insta::assert_snapshot;

use super::{CHECKOUT, CHECKOUT_TEXT, commit, document, edit, shop};

/// The file of the item in the middle of [`shop`].
const ORDERS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";

/// The file of the item at the end of [`shop`].
const BASKET: &str = ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md";

/// The file of the item of [`shop`] that is done.
const INVOICE: &str = ".backlog/items/BL-d4bcg-pay-by-invoice.md";

#[test]
fn one_item_over_many_is_one_move() {
    let repo = shop();
    for letter in "ghjklmpqrstvwxz".chars() {
        let name = format!("items/BL-222{letter}-item-{letter}");
        document(&repo, &name, &format!("type: task\nstatus: ready\nrank: mb{letter}b\n"));
    }
    commit(&repo, "Mira", "Many");
    assert_snapshot!(repo.session("
        git backlog rank BL-222z --top
        git backlog diff
        git backlog undo
        git backlog rank 7k3qd --bottom
        git backlog diff
        git backlog undo
        git backlog rank BL-222g BL-222h BL-222j --after BL-222t
        git backlog diff
    "), @r#"
    $ git backlog rank BL-222z --top
    rank BL-222z 18 → 1 "Item z"
    $ git backlog diff
    HEAD → the worktree: 1 moved

    Moved
    was  is  id       title   where
     18   1  BL-222z  Item z  at the top, above BL-7k3qd Guest checkout; passes 17
    $ git backlog undo
    rank BL-222z 1 → 18 "Item z"
    ! taking back the last change, which was not committed
    $ git backlog rank 7k3qd --bottom
    rank BL-7k3qd 1 → 18 "Guest checkout"
    $ git backlog diff
    HEAD → the worktree: 1 moved

    Moved
    was  is  id        title           where
      1  18  BL-7k3qd  Guest checkout  at the end, below BL-222z Item z; passes 17
    $ git backlog undo
    rank BL-7k3qd 18 → 1 "Guest checkout"
    ! taking back the last change, which was not committed
    $ git backlog rank BL-222g BL-222h BL-222j --after BL-222t
    rank BL-222g 4 → 12 "Item g"
    rank BL-222h 5 → 13 "Item h"
    rank BL-222j 6 → 14 "Item j"
    $ git backlog diff
    HEAD → the worktree: 3 moved

    Moved
    was  is  id       title   where
      4  12  BL-222g  Item g  below BL-222t Item t; passes 8
      5  13  BL-222h  Item h  below BL-222g Item g; passes 8
      6  14  BL-222j  Item j  below BL-222h Item h; passes 8
    "#);
}

#[test]
fn keys_that_are_rewritten_in_the_same_order_are_no_moves() {
    let repo = shop();
    for (path, from, to) in
        [(CHECKOUT, "mbcd", "mc"), (ORDERS, "mbdd", "md"), (BASKET, "mbfd", "mf")]
    {
        edit(&repo, path, &format!("rank: {from}"), &format!("rank: {to}bb"));
    }
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 3 re-keyed

    3 documents have another key, and the same place: BL-7k3qd, BL-9qqrt, BL-7kxxm
    ");
}

#[test]
fn done_and_open_again_are_no_moves() {
    let repo = shop();
    assert_snapshot!(repo.session("
        git backlog set 7k3qd status=done
        git backlog diff
        git backlog undo
        git backlog set d4bcg status=ready
        git backlog diff
        git backlog undo
        git backlog set 7kxxm status=rejected
        git backlog diff
    "), @r#"
    $ git backlog set 7k3qd status=done
    set BL-7k3qd status ready → done "Guest checkout"
    set BL-7k3qd done 2026-11-25 "Guest checkout"
    $ git backlog diff
    HEAD → the worktree: 1 done

    Changed

    BL-7k3qd Guest checkout
      status ready → done
      done none → 2026-11-25
    $ git backlog undo
    set BL-7k3qd status done → ready "Guest checkout"
    set BL-7k3qd done 2026-11-25 → none "Guest checkout"
    ! taking back the last change, which was not committed
    ! BL-7k3qd is at 1 of 3 again
    $ git backlog set d4bcg status=ready
    set BL-d4bcg status done → ready "Pay by invoice"
    set BL-d4bcg done 2026-10-09 → none "Pay by invoice"
    ! BL-d4bcg is at 1 of 4 again
    $ git backlog diff
    HEAD → the worktree: 1 re-opened

    To look at
      BL-d4bcg Pay by invoice: was done, and is open again

    Changed

    BL-d4bcg Pay by invoice
      status done → ready
      done 2026-10-09 → none
    $ git backlog undo
    set BL-d4bcg status ready → done "Pay by invoice"
    set BL-d4bcg done 2026-10-09 "Pay by invoice"
    ! taking back the last change, which was not committed
    $ git backlog set 7kxxm status=rejected
    set BL-7kxxm status proposed → rejected "Basket is empty after login"
    $ git backlog diff
    HEAD → the worktree: 1 dropped

    Changed

    BL-7kxxm Basket is empty after login
      status proposed → rejected
    "#);
}

#[test]
fn another_file_name_and_another_id_are_the_same_document() {
    let repo = shop();
    repo.git(&["mv", CHECKOUT, ".backlog/items/BL-7k3qd-pay-as-a-guest.md"]);
    let path = ".backlog/items/BL-7k3qd-pay-as-a-guest.md";
    edit(&repo, path, "title: Guest checkout", "title: Pay as a guest");
    edit(&repo, BASKET, "id: BL-7kxxm", "id: BL-22222");
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 2 edited

    Changed

    BL-7k3qd Pay as a guest
      file BL-7k3qd-guest-checkout.md → BL-7k3qd-pay-as-a-guest.md
      title Guest checkout → Pay as a guest

    BL-22222 Basket is empty after login
      id BL-7kxxm → BL-22222
    ");
    // An id that went to another file took its document with it.
    edit(&repo, BASKET, "id: BL-22222", "id: BL-9qqrt");
    edit(&repo, ORDERS, "id: BL-9qqrt", "id: BL-7kxxm");
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 1 moved, 1 started, 1 valued, 1 re-valued, 2 re-planned, 1 edited

    To look at
      BL-9qqrt Basket is empty after login: leaves the running sprint 2026-24 undone

    Moved
    was  is  id        title                        where
      3   2  BL-7kxxm  Orders belong to an address  above BL-9qqrt Basket is empty after login

    Changed

    BL-7k3qd Pay as a guest
      file BL-7k3qd-guest-checkout.md → BL-7k3qd-pay-as-a-guest.md
      title Guest checkout → Pay as a guest

    BL-7kxxm Orders belong to an address
      file BL-7kxxm-basket-is-empty-after-login.md → BL-9qqrt-orders-belong-to-an-address.md
      title Basket is empty after login → Orders belong to an address
      type bug → task
      status proposed → in-progress
      created 2026-11-03 → 2026-11-01
      assignee none → mira
      value none → 5
      started none → 2026-11-20
      sprint none → 2026-24
      labels -checkout -mobile
      text: 1 line added, 1 removed
        @@ -10,2 +13,2 @@
         
        -Basket is empty after login, in more words.
        +Orders belong to an address, in more words.

    BL-9qqrt Basket is empty after login
      file BL-9qqrt-orders-belong-to-an-address.md → BL-7kxxm-basket-is-empty-after-login.md
      title Orders belong to an address → Basket is empty after login
      type task → bug
      status in-progress → proposed
      created 2026-11-01 → 2026-11-03
      labels +checkout +mobile
      assignee mira → none
      value 5 → none
      started 2026-11-20 → none
      sprint 2026-24 → none
      text: 1 line added, 1 removed
        @@ -13,2 +10,2 @@
         
        -Orders belong to an address, in more words.
        +Basket is empty after login, in more words.
    ");
}

#[test]
fn records_and_the_product_are_documents_too() {
    let repo = shop();
    edit(
        &repo,
        ".backlog/evidence/EV-h2vkd-shoppers-leave-at-the-form.md",
        "strength: 4",
        "strength: 2",
    );
    edit(
        &repo,
        ".backlog/sprints/2026-24-pay-without-an-account.md",
        "status: active",
        "status: closed",
    );
    repo.write(
        ".backlog/product.md",
        "---\nid: product\ntitle: Shop\nowner: mira@example.org\n---\n",
    );
    document(&repo, "decisions/DEC-22222-no-accounts", "status: accepted\n");
    std::fs::remove_file(
        repo.path(".backlog/goals/GOAL-activation-who-fills-a-basket-also-orders.md"),
    )
    .unwrap();
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 2 records added, 1 record removed, 2 records changed

    Added
      DEC-22222 No accounts (decision)
      product Shop (product)

    Removed
      GOAL-activation Who fills a basket also orders (goal)

    Changed

    EV-h2vkd Shoppers leave at the form
      strength 4 → 2

    2026-24 Pay without an account
      status active → closed
    ");
}

#[test]
fn a_status_that_becomes_closed_closes_the_items() {
    let repo = shop();
    let statuses = "statuses:\n  proposed: {category: todo}\n  ready: {category: dropped}\n  \
                    in-progress: {category: doing}\n  done: {category: done}\n  \
                    rejected: {category: dropped}\n";
    repo.write(".backlog/config.yml", repo.read(".backlog/config.yml") + statuses);
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 1 other file

    To look at
      config.yml: the settings are others from now on: read them with git diff

    Other files
      config.yml changed
    ");
    commit(&repo, "Mira", "Ready is over");
    assert_snapshot!(repo.session("
        git backlog diff HEAD~1..HEAD
        git backlog diff HEAD..HEAD~1
        git backlog log -n 1
    "), @"
    $ git backlog diff HEAD~1..HEAD
    HEAD~1 → HEAD: 1 other file

    To look at
      config.yml: the settings are others from now on: read them with git diff

    Other files
      config.yml changed
    $ git backlog diff HEAD..HEAD~1
    HEAD → HEAD~1: 1 other file

    To look at
      config.yml: the settings are others from now on: read them with git diff

    Other files
      config.yml changed
    $ git backlog log -n 1
    2026-01-01 Mira: Ready is over (HASH)
      config.yml changed
    ");
    // A move counts by the settings of its side.
    edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
    commit(&repo, "Mira", "Up");
    assert_snapshot!(repo.session("git backlog diff HEAD~2..HEAD"), @"
    $ git backlog diff HEAD~2..HEAD
    HEAD~2 → HEAD: 1 moved, 1 other file

    To look at
      config.yml: the settings are others from now on: read them with git diff

    Moved
    was  is  id        title                        where
      3   1  BL-7kxxm  Basket is empty after login  at the top, above BL-9qqrt Orders belong to an address

    Other files
      config.yml changed
    ");
}

#[test]
fn criteria_are_told_one_by_one() {
    let repo = shop();
    assert_snapshot!(repo.session("
        git backlog criteria 7k3qd add 'A receipt is sent.'
        git backlog criteria 7k3qd check 1
        git backlog criteria 7k3qd uncheck 2
        git backlog criteria 7k3qd edit 3 'The p95 of the payment step is at most 500 ms.'
        git backlog criteria 7k3qd move 2 4
        git backlog diff
        git backlog diff --format json
    "), @r#"
    $ git backlog criteria 7k3qd add 'A receipt is sent.'
    criteria BL-7k3qd add 4 "Guest checkout"
    $ git backlog criteria 7k3qd check 1
    criteria BL-7k3qd tick 1 "Guest checkout"
    $ git backlog criteria 7k3qd uncheck 2
    criteria BL-7k3qd untick 2 "Guest checkout"
    $ git backlog criteria 7k3qd edit 3 'The p95 of the payment step is at most 500 ms.'
    criteria BL-7k3qd reword 3 "Guest checkout"
    $ git backlog criteria 7k3qd move 2 4
    criteria BL-7k3qd move 2 → 4 "Guest checkout"
    $ git backlog diff
    HEAD → the worktree: 1 criterion added, 1 criterion reworded, 1 criterion met, 1 criterion unmet

    Changed

    BL-7k3qd Guest checkout
      criterion 3 added: A receipt is sent.
      criterion 1 met: A guest reaches payment in one step.
      criterion 4 not met any more: The confirmation never requires an account.
      criterion 4 moved from 2: The confirmation never requires an account.
      criterion 2 reworded: The p95 of the payment step is at most [-800-]{+500+} ms.
    $ git backlog diff --format json
    {
      "schema": 1,
      "from": "HEAD",
      "to": "the worktree",
      "note": null,
      "summary": {
        "criteria_added": 1,
        "criteria_reworded": 1,
        "criteria_met": 1,
        "criteria_unmet": 1
      },
      "open_before": null,
      "open_after": null,
      "risks": [],
      "documents": [
        {
          "id": "BL-7k3qd",
          "kind": "item",
          "title": "Guest checkout",
          "path": "items/BL-7k3qd-guest-checkout.md",
          "position_before": null,
          "position_after": null,
          "reason": null,
          "changes": [
            {
              "change": "criteria",
              "act": "added",
              "ordinal": 3,
              "criterion": null,
              "met": false,
              "text": "A receipt is sent."
            },
            {
              "change": "criteria",
              "act": "ticked",
              "ordinal": 1,
              "criterion": null,
              "met": true,
              "text": "A guest reaches payment in one step."
            },
            {
              "change": "criteria",
              "act": "unticked",
              "ordinal": 4,
              "criterion": "ac-k3",
              "met": false,
              "text": "The confirmation never requires an account."
            },
            {
              "change": "criteria",
              "act": "moved",
              "ordinal": 4,
              "criterion": "ac-k3",
              "met": false,
              "text": "The confirmation never requires an account.",
              "was": 2
            },
            {
              "change": "criteria",
              "act": "reworded",
              "ordinal": 2,
              "criterion": null,
              "met": false,
              "text": "The p95 of the payment step is at most 500 ms.",
              "was": "The p95 of the payment step is at most 800 ms."
            }
          ]
        }
      ],
      "files": []
    }
    "#);
    let mut text = CHECKOUT_TEXT.replace("^ac-k3", "^ac-k4");
    text = text.replace("- [ ] A guest reaches payment in one step.\n", "");
    repo.write(CHECKOUT, text);
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 1 criterion removed

    Changed

    BL-7k3qd Guest checkout
      criterion 1 removed: A guest reaches payment in one step.
      criterion 1 is now ^ac-k4: The confirmation never requires an account.
    ");
}

#[test]
fn text_and_layout_are_told_apart() {
    let repo = shop();
    edit(
        &repo,
        CHECKOUT,
        "so that I can buy in a minute.",
        "so that I can buy in a minute.\n\nOr two.",
    );
    edit(&repo, CHECKOUT, "Follows from [[EV-h2vkd]].\n", "");
    edit(&repo, ORDERS, "value: 5\n", "");
    edit(&repo, ORDERS, "type: task\n", "value: 5\ntype: \"task\"\n");
    repo.write(BASKET, repo.read(BASKET).replace('\n', "\r\n"));
    edit(&repo, INVOICE, "value: 3\n", "value: 3 # three\nassignee:\n");
    assert_snapshot!(repo.session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 1 edited, 3 laid out anew

    Changed

    BL-7k3qd Guest checkout
      text: 1 line added, 1 removed
        @@ -16,4 +16,6 @@
         As a shopper, I want to pay without an account, so that I can buy in a minute.
         
        +Or two.
        +
         ## Acceptance criteria
         
        @@ -24,3 +26,2 @@
         ## Notes
         
        -Follows from [[EV-h2vkd]].

    3 documents have another layout, and the same to say: BL-7kxxm, BL-9qqrt, BL-d4bcg
    ");
}
