//! `review`.

mod bearing;
mod size;
mod states;

use insta::assert_snapshot;

use super::{CHECKOUT, commit, document, edit, shop};
use crate::support::Repo;

const ORDERS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";
const BASKET: &str = ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md";
const SPRINT: &str = ".backlog/sprints/2026-24-pay-without-an-account.md";

/// A shop with an owner, estimates and a plan, and a branch that begins there.
pub(super) fn planned() -> Repo {
    let repo = shop();
    repo.write(
        ".backlog/product.md",
        "---\nid: product\ntitle: Shop\nowner: mira@example.org\n---\n",
    );
    edit(&repo, SPRINT, "status: active", "status: active\ncapacity: 10");
    edit(&repo, CHECKOUT, "effort: 3", "effort: 3\nrelease: REL-22222");
    edit(&repo, ORDERS, "value: 5", "value: 5\neffort: 5");
    edit(&repo, BASKET, "labels:", "value: 8\neffort: 2\nlabels:");
    document(&repo, "releases/REL-22222-winter", "status: planned\ntarget: 2026-12-14\n");
    document(&repo, "items/BL-33333-gifts", "type: task\nstatus: ready\nrank: mbzz\n");
    commit(&repo, "Mira", "A plan");
    repo.git(&["checkout", "--quiet", "-b", "change"]);
    repo
}

/// The same with a change that has something of everything.
fn changed() -> Repo {
    let repo = planned();
    edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
    edit(&repo, BASKET, "value: 8", "value: 8\nsprint: 2026-24");
    commit(&repo, "Max", "Baskets first");
    edit(&repo, ORDERS, "effort: 5", "effort: 8");
    edit(&repo, ORDERS, "rank: mbdd", "rank: mbzx");
    document(&repo, "items/BL-44444-terms", "type: task\nstatus: redy\nrank: mbzb\n");
    commit(&repo, "Mira", "backlog: rank BL-9qqrt 3 → 4");
    repo
}

#[test]
fn a_page_tells_everything_the_most_important_first() {
    let repo = changed();
    assert_snapshot!(repo.session("git backlog review main"), @"
    $ git backlog review main
    Backlog: 1 moved, 1 added, 1 re-estimated, 1 re-planned
    The new order gains 11 value-weeks: BL-7kxxm Basket is empty after login (value 8) comes 1.9 weeks earlier; BL-7k3qd Guest checkout (value 8) comes 0.3 weeks later, with 1 other. Against the best order, delay costs 0 % more instead of 29 %.
    The first 10 points, as many as fit into 2026-24, bring 76 % of the value instead of 100 %.
    2 open items have no value or no effort, and are not counted here.

    To look at
      BL-7kxxm Basket is empty after login: rank was changed by max@example.org, and only mira@example.org may
      BL-9qqrt Orders belong to an address: effort grows from 5 to 8

    New findings
      error FM012 unknown-word BL-44444: unknown status 'redy' (.backlog/items/BL-44444-terms.md:5:9)

    Moved
    was  is  id        title                        where                                                why
      3   1  BL-7kxxm  Basket is empty after login  at the top, above BL-7k3qd Guest checkout; passes 2  Baskets first

    Plan
      2026-24 5 → 10 of 10 points +BL-7kxxm
      REL-22222 Winter is complete after 5 points of effort instead of 3

    Forecast
      no dates: the past has 1 done item with a day, and a date needs 15

    Added
      BL-44444 Terms (task at 3)

    Changed

    BL-7kxxm Basket is empty after login
      sprint none → 2026-24

    BL-9qqrt Orders belong to an address
      effort 5 → 8

    main (left at HASH) → HASH
    ");
    assert_snapshot!(repo.session("git backlog review main --format markdown"), @"
    $ git backlog review main --format markdown
    <!-- git-backlog review -->

    ## Backlog: 1 moved, 1 added, 1 re-estimated, 1 re-planned

    The new order gains **11 value-weeks**: BL-7kxxm Basket is empty after login (value 8) comes 1.9 weeks earlier; BL-7k3qd Guest checkout (value 8) comes 0.3 weeks later, with 1 other. Against the best order, delay costs 0 % more instead of 29 %.

    The first 10 points, as many as fit into 2026-24, bring 76 % of the value instead of 100 %.

    2 open items have no value or no effort, and are not counted here.

    ## To look at

    - BL-7kxxm Basket is empty after login: rank was changed by max@&#8203;example.org, and only mira@&#8203;example.org may
    - BL-9qqrt Orders belong to an address: effort grows from 5 to 8

    ## New findings

    - error FM012 unknown-word BL-44444: unknown status 'redy' (.backlog/items/BL-44444-terms.md:5:9)

    ## Moved

    | was | is | id | title | where | why |
    | ---: | ---: | --- | --- | --- | --- |
    | 3 | 1 | BL-7kxxm | Basket is empty after login | at the top, above BL-7k3qd Guest checkout; passes 2 | Baskets first |

    ## Plan

    - 2026-24 5 → 10 of 10 points +BL-7kxxm
    - REL-22222 Winter is complete after 5 points of effort instead of 3

    ## Forecast

    - no dates: the past has 1 done item with a day, and a date needs 15

    ## Added

    - BL-44444 Terms (task at 3)

    <details><summary>the text of BL-44444</summary>

    ```markdown
    Terms, in more words.
    ```

    </details>

    ## Changed

    ### BL-7kxxm Basket is empty after login

    - sprint none → **2026-24**

    ### BL-9qqrt Orders belong to an address

    - effort 5 → **8**

    main (left at HASH) → HASH
    ");
    assert_snapshot!(repo.session("git backlog review main --format json"), @r#"
    $ git backlog review main --format json
    {
      "schema": 1,
      "from": "main (left at HASH)",
      "to": "HASH",
      "note": null,
      "summary": {
        "moved": 1,
        "added": 1,
        "re_estimated": 1,
        "re_planned": 1
      },
      "open_before": 4,
      "open_after": 5,
      "risks": [
        {
          "id": "BL-7kxxm",
          "risk": "not-allowed",
          "message": "rank was changed by max@example.org, and only mira@example.org may"
        },
        {
          "id": "BL-9qqrt",
          "risk": "estimate-grown",
          "message": "effort grows from 5 to 8"
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
          "reason": {
            "text": "Baskets first",
            "author": "max@example.org"
          },
          "changes": [
            {
              "change": "moved",
              "from": 3,
              "to": 1,
              "after": null,
              "before": "BL-7k3qd",
              "n_passed": 2,
              "passed": [
                "BL-7k3qd",
                "BL-9qqrt"
              ]
            },
            {
              "change": "set",
              "field": "rank",
              "from": "mbfd",
              "to": "mbbb"
            },
            {
              "change": "set",
              "field": "sprint",
              "from": null,
              "to": "2026-24"
            }
          ]
        },
        {
          "id": "BL-44444",
          "kind": "item",
          "title": "Terms",
          "path": "items/BL-44444-terms.md",
          "position_before": null,
          "position_after": 3,
          "reason": null,
          "changes": [
            {
              "change": "added"
            }
          ]
        },
        {
          "id": "BL-9qqrt",
          "kind": "item",
          "title": "Orders belong to an address",
          "path": "items/BL-9qqrt-orders-belong-to-an-address.md",
          "position_before": 2,
          "position_after": 4,
          "reason": null,
          "changes": [
            {
              "change": "set",
              "field": "rank",
              "from": "mbdd",
              "to": "mbzx"
            },
            {
              "change": "set",
              "field": "effort",
              "from": 5,
              "to": 8
            }
          ]
        }
      ],
      "files": [],
      "findings": [
        {
          "code": "FM012",
          "name": "unknown-word",
          "severity": "error",
          "path": ".backlog/items/BL-44444-terms.md",
          "line": 5,
          "column": 9,
          "end_line": 5,
          "end_column": 13,
          "id": "BL-44444",
          "message": "unknown status 'redy'",
          "hint": "did you mean 'ready'? (or proposed, in-progress, review, done, rejected)",
          "fix": null,
          "fingerprint": "ffa290a8a37ef2e71cec0aeb19b6bd97"
        }
      ],
      "effect": {
        "scored": 3,
        "scored_before": 3,
        "unscored": 2,
        "early": {
          "effort": 10.0,
          "sprint": "2026-24",
          "share_before": 1.0,
          "share_after": 0.7619047619047619
        },
        "gain": {
          "value_points": 62.0,
          "points_a_week": 5.833333333333333,
          "n_earlier": 1,
          "n_later": 2,
          "value_weeks": 10.62857142857143,
          "earlier": {
            "id": "BL-7kxxm",
            "value": 8.0,
            "points": 11.0
          },
          "later": {
            "id": "BL-7k3qd",
            "value": 8.0,
            "points": -2.0
          },
          "inverted": null
        },
        "gap": {
          "before": 0.29007633587786263,
          "after": 0.0
        },
        "releases": [
          {
            "id": "REL-22222",
            "effort_before": 3.0,
            "effort_after": 5.0,
            "unestimated": 0
          }
        ],
        "sprints": [
          {
            "id": "2026-24",
            "effort_before": 5.0,
            "effort_after": 10.0,
            "capacity": 10.0,
            "came": [
              "BL-7kxxm"
            ],
            "left": []
          }
        ]
      },
      "forecast": {
        "refused": {
          "reason": "done",
          "found": 1,
          "message": "the past has 1 done item with a day, and a date needs 15"
        },
        "moved": [
          {
            "id": "2026-24",
            "kind": "sprint",
            "title": "Pay without an account",
            "until": "2026-11-27",
            "before": {
              "items": 1,
              "to_last": 2,
              "dates": null,
              "chance": null
            },
            "after": {
              "items": 2,
              "to_last": 4,
              "dates": null,
              "chance": null
            }
          },
          {
            "id": "REL-22222",
            "kind": "release",
            "title": "Winter",
            "until": "2026-12-14",
            "before": {
              "items": 1,
              "to_last": 1,
              "dates": null,
              "chance": null
            },
            "after": {
              "items": 1,
              "to_last": 2,
              "dates": null,
              "chance": null
            }
          },
          {
            "id": "GOAL-activation",
            "kind": "goal",
            "title": "Who fills a basket also orders",
            "until": "2027-03-31",
            "before": {
              "items": 1,
              "to_last": 1,
              "dates": null,
              "chance": null
            },
            "after": {
              "items": 1,
              "to_last": 2,
              "dates": null,
              "chance": null
            }
          }
        ]
      },
      "bearing": {
        "questions": [],
        "personas": [],
        "records": []
      }
    }
    "#);
    assert_snapshot!(repo.session("
        git backlog review main --format csv
        git backlog review main --format sarif
        git backlog review
        git backlog review nothing
    "), @"
    $ git backlog review main --format csv
    ! error: invalid value 'csv' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, markdown, html]
    ! hint: see what there is with -h
    = 2
    $ git backlog review main --format sarif
    ! error: invalid value 'sarif' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, markdown, html]
    ! hint: see what there is with -h
    = 2
    $ git backlog review
    ! error: the following required arguments were not provided:
    !   <BASE>
    !
    ! Usage: git backlog review <BASE>
    ! hint: see what there is with -h
    = 2
    $ git backlog review nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    ");
    let json = repo.run(&["review", "main", "--format", "json"]).json();
    let lines = repo.run(&["review", "main", "--format", "jsonl"]).out;
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json["documents"].as_array().unwrap(), &lines);
}
