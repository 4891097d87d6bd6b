//! `diff`: the whole page, in every format.

use insta::assert_snapshot;

use super::{CHECKOUT, CHECKOUT_TEXT, document, edit, shop};
use crate::support::Repo;

/// The file of the item in the middle of [`shop`].
const ORDERS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";

/// The file of the item at the end of [`shop`].
const BASKET: &str = ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md";

/// The file of the item of [`shop`] that is done.
const INVOICE: &str = ".backlog/items/BL-d4bcg-pay-by-invoice.md";

/// A shop in which somebody changed one item in every part, put another at the top, and finished,
/// re-opened, added and removed one each. Nothing of it is committed.
fn busy() -> Repo {
    let repo = shop();
    repo.write(
        CHECKOUT,
        CHECKOUT_TEXT
            .replace("effort: 3", "effort: 5\nmoscow: must")
            .replace("labels: [checkout]", "labels: [guest, checkout]")
            .replace("- [ ] A guest reaches", "- [x] A guest arrives at")
            .replace("- [ ] The p95 of the payment step is at most 800 ms.\n", "")
            .replace("^ac-k3\n", "^ac-k3\n- [ ] The basket survives the payment.\n")
            .replace("As a shopper", "As a guest"),
    );
    edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
    edit(&repo, ORDERS, "status: in-progress", "status: done");
    edit(&repo, INVOICE, "status: done", "status: ready");
    document(&repo, "items/BL-22222-vouchers", "type: story\nstatus: proposed\nrank: mbzz\n");
    repo.git(&["rm", "--quiet", "--cached", ".backlog/items/BL-x2ttv-pay-by-fax.md"]);
    std::fs::remove_file(repo.path(".backlog/items/BL-x2ttv-pay-by-fax.md")).unwrap();
    edit(
        &repo,
        ".backlog/goals/GOAL-activation-who-fills-a-basket-also-orders.md",
        "by: 2027-03-31",
        "by: 2027-04-30",
    );
    repo.write(".backlog/templates/story.md", "---\ntype: story\n---\n");
    repo
}

#[test]
fn tells_what_became_of_every_document() {
    assert_snapshot!(busy().session("git backlog diff"), @"
    $ git backlog diff
    HEAD → the worktree: 1 moved, 1 added, 1 removed, 1 done, 1 re-opened, 1 re-estimated, 1 valued, 1 criterion added, 1 criterion removed, 1 criterion reworded, 1 criterion met, 1 record changed, 1 other file

    To look at
      BL-d4bcg Pay by invoice: was done, and is open again
      BL-7k3qd Guest checkout: effort grows from 3 to 5

    Moved
    was  is  id        title                        where
      3   1  BL-7kxxm  Basket is empty after login  at the top, above BL-d4bcg Pay by invoice

    Added
      BL-22222 Vouchers (story at 4)

    Removed
      BL-x2ttv Pay by fax (story)

    Changed

    BL-d4bcg Pay by invoice
      status done → ready

    BL-7k3qd Guest checkout
      labels +guest
      effort 3 → 5
      moscow none → must
      criterion 3 removed: The p95 of the payment step is at most 800 ms.
      criterion 3 added: The basket survives the payment.
      criterion 1 reworded: A guest [-reaches-]{+arrives at+} payment in one step.
      criterion 1 met: A guest arrives at payment in one step.
      text: 1 line added, 1 removed
        @@ -15,10 +16,10 @@
         
        -As a shopper, I want to pay without an account, so that I can buy in a minute.
        +As a guest, I want to pay without an account, so that I can buy in a minute.
         
         ## Acceptance criteria
         
        -- [ ] A guest reaches payment in one step.
        +- [x] A guest arrives at payment in one step.
         - [x] The confirmation never requires an account. ^ac-k3
        -- [ ] The p95 of the payment step is at most 800 ms.
        +- [ ] The basket survives the payment.
         
         ## Notes

    BL-9qqrt Orders belong to an address
      status in-progress → done

    GOAL-activation Who fills a basket also orders
      by 2027-03-31 → 2027-04-30

    Other files
      templates/story.md added
    ");
}

#[test]
fn every_format_tells_the_same() {
    let repo = busy();
    assert_snapshot!(repo.session("git backlog diff --format markdown"), @"
    $ git backlog diff --format markdown
    HEAD → the worktree: **1 moved, 1 added, 1 removed, 1 done, 1 re-opened, 1 re-estimated, 1 valued, 1 criterion added, 1 criterion removed, 1 criterion reworded, 1 criterion met, 1 record changed, 1 other file**

    ## To look at

    - BL-d4bcg Pay by invoice: was done, and is open again
    - BL-7k3qd Guest checkout: effort grows from 3 to 5

    ## Moved

    | was | is | id | title | where |
    | ---: | ---: | --- | --- | --- |
    | 3 | 1 | BL-7kxxm | Basket is empty after login | at the top, above BL-d4bcg Pay by invoice |

    ## Added

    - BL-22222 Vouchers (story at 4)

    <details><summary>the text of BL-22222</summary>

    ```markdown
    Vouchers, in more words.
    ```

    </details>

    ## Removed

    - BL-x2ttv Pay by fax (story)

    ## Changed

    ### BL-d4bcg Pay by invoice

    - status done → **ready**

    ### BL-7k3qd Guest checkout

    - labels **+guest**
    - effort 3 → **5**
    - moscow none → **must**
    - criterion 3 removed: The p95 of the payment step is at most 800 ms.
    - criterion 3 **added**: The basket survives the payment.
    - criterion 1 reworded: A guest ~~reaches~~**arrives at** payment in one step.
    - criterion 1 met: A guest arrives at payment in one step.
    - text: 1 line added, 1 removed

    <details><summary>the text</summary>

    ```diff
    @@ -15,10 +16,10 @@
     
    -As a shopper, I want to pay without an account, so that I can buy in a minute.
    +As a guest, I want to pay without an account, so that I can buy in a minute.
     
     ## Acceptance criteria
     
    -- [ ] A guest reaches payment in one step.
    +- [x] A guest arrives at payment in one step.
     - [x] The confirmation never requires an account. ^ac-k3
    -- [ ] The p95 of the payment step is at most 800 ms.
    +- [ ] The basket survives the payment.
     
     ## Notes
    ```

    </details>

    ### BL-9qqrt Orders belong to an address

    - status in-progress → **done**

    ### GOAL-activation Who fills a basket also orders

    - by 2027-03-31 → **2027-04-30**

    ## Other files

    - templates/story.md added
    ");
    assert_snapshot!(repo.session("git backlog diff --format json"), @r#"
    $ git backlog diff --format json
    {
      "schema": 1,
      "from": "HEAD",
      "to": "the worktree",
      "note": null,
      "summary": {
        "moved": 1,
        "added": 1,
        "removed": 1,
        "done": 1,
        "re_opened": 1,
        "re_estimated": 1,
        "valued": 1,
        "criteria_added": 1,
        "criteria_removed": 1,
        "criteria_reworded": 1,
        "criteria_met": 1,
        "records_changed": 1,
        "other_files": 1
      },
      "open_before": 3,
      "open_after": 4,
      "risks": [
        {
          "id": "BL-d4bcg",
          "risk": "reopened",
          "message": "was done, and is open again"
        },
        {
          "id": "BL-7k3qd",
          "risk": "estimate-grown",
          "message": "effort grows from 3 to 5"
        }
      ],
      "documents": [
        {
          "id": "BL-7kxxm",
          "kind": "item",
          "title": "Basket is empty after login",
          "path": "items/BL-7kxxm-basket-is-empty-after-login.md",
          "position_before": 3,
          "position_after": 1,
          "reason": null,
          "changes": [
            {
              "change": "moved",
              "from": 3,
              "to": 1,
              "after": null,
              "before": "BL-d4bcg",
              "n_passed": 1,
              "passed": [
                "BL-7k3qd"
              ]
            },
            {
              "change": "set",
              "field": "rank",
              "from": "mbfd",
              "to": "mbbb"
            }
          ]
        },
        {
          "id": "BL-d4bcg",
          "kind": "item",
          "title": "Pay by invoice",
          "path": "items/BL-d4bcg-pay-by-invoice.md",
          "position_before": null,
          "position_after": 2,
          "reason": null,
          "changes": [
            {
              "change": "set",
              "field": "status",
              "from": "done",
              "to": "ready"
            }
          ]
        },
        {
          "id": "BL-7k3qd",
          "kind": "item",
          "title": "Guest checkout",
          "path": "items/BL-7k3qd-guest-checkout.md",
          "position_before": 1,
          "position_after": 3,
          "reason": null,
          "changes": [
            {
              "change": "set",
              "field": "labels",
              "from": [
                "checkout"
              ],
              "to": [
                "guest",
                "checkout"
              ],
              "added": [
                "guest"
              ],
              "removed": []
            },
            {
              "change": "set",
              "field": "effort",
              "from": 3,
              "to": 5
            },
            {
              "change": "set",
              "field": "moscow",
              "from": null,
              "to": "must"
            },
            {
              "change": "criteria",
              "act": "removed",
              "ordinal": 3,
              "criterion": null,
              "met": false,
              "text": "The p95 of the payment step is at most 800 ms."
            },
            {
              "change": "criteria",
              "act": "added",
              "ordinal": 3,
              "criterion": null,
              "met": false,
              "text": "The basket survives the payment."
            },
            {
              "change": "criteria",
              "act": "reworded",
              "ordinal": 1,
              "criterion": null,
              "met": true,
              "text": "A guest arrives at payment in one step.",
              "was": "A guest reaches payment in one step."
            },
            {
              "change": "criteria",
              "act": "ticked",
              "ordinal": 1,
              "criterion": null,
              "met": true,
              "text": "A guest arrives at payment in one step."
            },
            {
              "change": "text",
              "added": 1,
              "removed": 1
            }
          ]
        },
        {
          "id": "BL-22222",
          "kind": "item",
          "title": "Vouchers",
          "path": "items/BL-22222-vouchers.md",
          "position_before": null,
          "position_after": 4,
          "reason": null,
          "changes": [
            {
              "change": "added"
            }
          ]
        },
        {
          "id": "BL-x2ttv",
          "kind": "item",
          "title": "Pay by fax",
          "path": "items/BL-x2ttv-pay-by-fax.md",
          "position_before": null,
          "position_after": null,
          "reason": null,
          "changes": [
            {
              "change": "removed"
            }
          ]
        },
        {
          "id": "BL-9qqrt",
          "kind": "item",
          "title": "Orders belong to an address",
          "path": "items/BL-9qqrt-orders-belong-to-an-address.md",
          "position_before": 2,
          "position_after": null,
          "reason": null,
          "changes": [
            {
              "change": "set",
              "field": "status",
              "from": "in-progress",
              "to": "done"
            }
          ]
        },
        {
          "id": "GOAL-activation",
          "kind": "goal",
          "title": "Who fills a basket also orders",
          "path": "goals/GOAL-activation-who-fills-a-basket-also-orders.md",
          "position_before": null,
          "position_after": null,
          "reason": null,
          "changes": [
            {
              "change": "set",
              "field": "by",
              "from": "2027-03-31",
              "to": "2027-04-30"
            }
          ]
        }
      ],
      "files": [
        {
          "path": "templates/story.md",
          "change": "added"
        }
      ]
    }
    "#);
    let json = repo.run(&["diff", "--format", "json"]).json();
    let lines = repo.run(&["diff", "--format", "jsonl"]);
    let lines: Vec<serde_json::Value> =
        lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json["documents"].as_array().unwrap(), &lines);
    assert_eq!(json["schema"], 1);
    assert_snapshot!(repo.session("git backlog diff --format yaml"), @"
    $ git backlog diff --format yaml
    ! error: invalid value 'yaml' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, markdown, html]
    ! hint: see what there is with -h
    = 2
    ");
    assert_snapshot!(repo.session("git backlog diff --format csv"), @"
    $ git backlog diff --format csv
    ! error: invalid value 'csv' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, markdown, html]
    ! hint: see what there is with -h
    = 2
    ");
    assert_snapshot!(repo.session("git backlog diff --format sarif"), @"
    $ git backlog diff --format sarif
    ! error: invalid value 'sarif' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, markdown, html]
    ! hint: see what there is with -h
    = 2
    ");
}
