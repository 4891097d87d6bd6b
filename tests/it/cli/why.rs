//! `why`.

mod moves;

use insta::assert_snapshot;

use super::{CHECKOUT, commit, document, edit, shop};
use crate::support::Repo;

const ORDERS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";
const BASKET: &str = ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md";

/// A shop with all that a place can rest on.
fn argued() -> Repo {
    let repo = shop();
    edit(
        &repo,
        CHECKOUT,
        "labels:",
        "decisions: [DEC-22222]\nsprint: 2026-24\nrelease: REL-22222\nlabels:",
    );
    document(&repo, "decisions/DEC-22222-no-accounts", "status: accepted\naffects: [BL-7k3qd]\n");
    document(&repo, "decisions/DEC-33333-no-guests", "status: proposed\naffects: [BL-7k3qd]\n");
    document(
        &repo,
        "evidence/EV-33333-guests-cheat",
        "status: assessed\nmethod: analytics\nstrength: 2\ncontradicts: [BL-7k3qd]\n",
    );
    document(
        &repo,
        "evidence/EV-44444-guests-pay",
        "status: assessed\nparticipants: 18\nsupports: [BL-7k3qd]\n",
    );
    document(&repo, "goals/GOAL-growth-more-shoppers", "status: active\nby: 2027-12-31\n");
    let goal = ".backlog/goals/GOAL-activation-who-fills-a-basket-also-orders.md";
    edit(&repo, goal, "status: active", "status: active\nparent: GOAL-growth");
    document(&repo, "releases/REL-22222-winter", "status: planned\ntarget: 2026-12-14\n");
    document(
        &repo,
        "items/BL-33333-gifts",
        "type: story\nstatus: proposed\nrank: mbzz\ndepends_on: [BL-7k3qd, BL-zzzzz]\nvalue: 2\neffort: 4\n",
    );
    document(
        &repo,
        "items/BL-44444-terms",
        "type: task\nstatus: ready\nrank: mbzb\nblocks: [BL-7k3qd]\nvalue: 9\neffort: 1\n",
    );
    commit(&repo, "Mira", "Reasons");
    repo
}

#[test]
fn tells_what_a_place_rests_on() {
    let repo = argued();
    repo.write("src/main.rs", "fn main() { pay() }\n");
    commit(&repo, "Max", "Pay as a guest\n\nBacklog: BL-7k3qd\n");
    repo.git(&["branch", "max/BL-7k3qd-guest"]);
    assert_snapshot!(repo.session("git backlog why 7k3qd"), @"
    $ git backlog why 7k3qd
    BL-7k3qd  Guest checkout
    position       1 of 5, ready
    moved          never since Mira added it, 2026-01-01
    worth          value 8 (Mira 2026-01-01), effort 3 (Mira 2026-01-01)
    value-effort   8 / 3 = 2.67, rank 2 of 3
    inherits       2 of value waits behind it: via BL-33333
    goal           GOAL-activation Who fills a basket also orders (active, 2027-03-31)
                   GOAL-growth More shoppers (active, 2027-12-31)
    evidence       EV-h2vkd Shoppers leave at the form (strength 4, interview)
                   EV-44444 Guests pay (18 people)
                   EV-33333 Guests cheat (strength 2, analytics) speaks against it
    decisions      DEC-22222 No accounts (accepted)
                   DEC-33333 No guests (proposed)
    waits for      BL-9qqrt Orders belong to an address (in-progress)
                   BL-44444 Terms (ready)
    waited for by  BL-33333 Gifts (proposed)
    planned for    2026-24 Pay without an account (active, 2026-11-27)
                   REL-22222 Winter (planned, 2026-12-14)
    commits        2026-01-01 Max: Pay as a guest (HASH)
    branches       max/BL-7k3qd-guest
    ");
    assert_snapshot!(repo.session("git backlog why 7k3qd --format markdown"), @"
    $ git backlog why 7k3qd --format markdown
    # BL-7k3qd  Guest checkout

    - **position**: **1** of 5, ready
    - **moved**: never since Mira added it, 2026-01-01
    - **worth**: value **8** (Mira 2026-01-01), effort **3** (Mira 2026-01-01)
    - **value-effort**: 8 / 3 = 2.67, rank 2 of 3
    - **inherits**: **2** of value waits behind it: via BL-33333
    - **goal**: GOAL-activation Who fills a basket also orders (active, 2027-03-31)
      - GOAL-growth More shoppers (active, 2027-12-31)
    - **evidence**: EV-h2vkd Shoppers leave at the form (strength 4, interview)
      - EV-44444 Guests pay (18 people)
      - EV-33333 Guests cheat (strength 2, analytics) speaks against it
    - **decisions**: DEC-22222 No accounts (accepted)
      - DEC-33333 No guests (proposed)
    - **waits for**: BL-9qqrt Orders belong to an address (in-progress)
      - BL-44444 Terms (ready)
    - **waited for by**: BL-33333 Gifts (proposed)
    - **planned for**: 2026-24 Pay without an account (active, 2026-11-27)
      - REL-22222 Winter (planned, 2026-12-14)
    - **commits**: 2026-01-01 Max: Pay as a guest (HASH)
    - **branches**: max/BL-7k3qd-guest
    ");
    assert_snapshot!(repo.session("git backlog why 7k3qd --format json"), @r#"
    $ git backlog why 7k3qd --format json
    {
      "schema": 1,
      "id": "BL-7k3qd",
      "title": "Guest checkout",
      "status": "ready",
      "position": 1,
      "open": 5,
      "moves": [],
      "inputs": [
        {
          "field": "value",
          "value": "8",
          "set_by": "HASH"
        },
        {
          "field": "effort",
          "value": "3",
          "set_by": "HASH"
        }
      ],
      "value_per_effort": {
        "ratio": 2.6666666666666665,
        "place": 2,
        "scored": 3
      },
      "score": {
        "id": "BL-7k3qd",
        "title": "Guest checkout",
        "position": 1,
        "rank": 2,
        "value_rank": 2,
        "score": 2.6666666666666665,
        "weight": 8.0,
        "size": 3.0,
        "arithmetic": "8 / 3 = 2.67",
        "inputs": [
          {
            "field": "value",
            "value": 8.0
          },
          {
            "field": "effort",
            "value": 3.0
          }
        ],
        "behind": {
          "weight": 2.0,
          "items": 1,
          "via": [
            "BL-33333"
          ]
        },
        "model": "value-effort"
      },
      "goals": [
        {
          "id": "GOAL-activation",
          "title": "Who fills a basket also orders",
          "note": "active, 2027-03-31",
          "against": false
        },
        {
          "id": "GOAL-growth",
          "title": "More shoppers",
          "note": "active, 2027-12-31",
          "against": false
        }
      ],
      "metrics": [],
      "risk": null,
      "personas": [],
      "evidence": [
        {
          "id": "EV-h2vkd",
          "title": "Shoppers leave at the form",
          "note": "strength 4, interview",
          "against": false
        },
        {
          "id": "EV-44444",
          "title": "Guests pay",
          "note": "18 people",
          "against": false
        },
        {
          "id": "EV-33333",
          "title": "Guests cheat",
          "note": "strength 2, analytics",
          "against": true
        }
      ],
      "decisions": [
        {
          "id": "DEC-22222",
          "title": "No accounts",
          "note": "accepted",
          "against": false
        },
        {
          "id": "DEC-33333",
          "title": "No guests",
          "note": "proposed",
          "against": false
        }
      ],
      "waits_for": [
        {
          "id": "BL-9qqrt",
          "title": "Orders belong to an address",
          "note": "in-progress",
          "against": false
        },
        {
          "id": "BL-44444",
          "title": "Terms",
          "note": "ready",
          "against": false
        }
      ],
      "waited_for_by": [
        {
          "id": "BL-33333",
          "title": "Gifts",
          "note": "proposed",
          "against": false
        }
      ],
      "plan": [
        {
          "id": "2026-24",
          "title": "Pay without an account",
          "note": "active, 2026-11-27",
          "against": false
        },
        {
          "id": "REL-22222",
          "title": "Winter",
          "note": "planned, 2026-12-14",
          "against": false
        }
      ],
      "questions": [],
      "commits": [
        {
          "commit": "HASH",
          "date": "2026-01-01T12:00:03+00:00",
          "author": "Max",
          "subject": "Pay as a guest"
        }
      ],
      "branches": [
        "max/BL-7k3qd-guest"
      ]
    }
    "#);
    assert_snapshot!(repo.session("
        git backlog why BL-33333
        git backlog why 7k3qd --format csv
        git backlog why 7k3qd --format jsonl
    "), @r#"
    $ git backlog why BL-33333
    BL-33333  Gifts
    position      5 of 5, proposed
    moved         never since Mira added it, 2026-01-01
    worth         value 2 (Mira 2026-01-01), effort 4 (Mira 2026-01-01)
    value-effort  2 / 4 = 0.5, rank 3 of 3
    goal          none
    evidence      none recorded
    waits for     BL-7k3qd Guest checkout (ready)
                  BL-zzzzz does not exist
    $ git backlog why 7k3qd --format csv
    ! error: invalid value 'csv' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, markdown, html]
    ! hint: see what there is with -h
    = 2
    $ git backlog why 7k3qd --format jsonl
    {"schema":1,"id":"BL-7k3qd","title":"Guest checkout","status":"ready","position":1,"open":5,"moves":[],"inputs":[{"field":"value","value":"8","set_by":"HASH"},{"field":"effort","value":"3","set_by":"HASH"}],"value_per_effort":{"ratio":2.6666666666666665,"place":2,"scored":3},"score":{"id":"BL-7k3qd","title":"Guest checkout","position":1,"rank":2,"value_rank":2,"score":2.6666666666666665,"weight":8.0,"size":3.0,"arithmetic":"8 / 3 = 2.67","inputs":[{"field":"value","value":8.0},{"field":"effort","value":3.0}],"behind":{"weight":2.0,"items":1,"via":["BL-33333"]},"model":"value-effort"},"goals":[{"id":"GOAL-activation","title":"Who fills a basket also orders","note":"active, 2027-03-31","against":false},{"id":"GOAL-growth","title":"More shoppers","note":"active, 2027-12-31","against":false}],"metrics":[],"risk":null,"personas":[],"evidence":[{"id":"EV-h2vkd","title":"Shoppers leave at the form","note":"strength 4, interview","against":false},{"id":"EV-44444","title":"Guests pay","note":"18 people","against":false},{"id":"EV-33333","title":"Guests cheat","note":"strength 2, analytics","against":true}],"decisions":[{"id":"DEC-22222","title":"No accounts","note":"accepted","against":false},{"id":"DEC-33333","title":"No guests","note":"proposed","against":false}],"waits_for":[{"id":"BL-9qqrt","title":"Orders belong to an address","note":"in-progress","against":false},{"id":"BL-44444","title":"Terms","note":"ready","against":false}],"waited_for_by":[{"id":"BL-33333","title":"Gifts","note":"proposed","against":false}],"plan":[{"id":"2026-24","title":"Pay without an account","note":"active, 2026-11-27","against":false},{"id":"REL-22222","title":"Winter","note":"planned, 2026-12-14","against":false}],"questions":[],"commits":[{"commit":"HASH","date":"2026-01-01T12:00:03+00:00","author":"Max","subject":"Pay as a guest"}],"branches":["max/BL-7k3qd-guest"]}
    "#);
}

#[test]
fn tells_the_metric_of_a_goal_and_the_risk() {
    let repo = shop();
    document(&repo, "metrics/METRIC-33333-orders", "status: active\ndirection: up\n");
    repo.write(
        ".backlog/metrics/METRIC-33333-orders.md",
        repo.read(".backlog/metrics/METRIC-33333-orders.md")
            + "\n| date | value | note |\n| --- | --- | --- |\n| 2026-11-01 | 41 | |\n| 2026-11-20 | 47 | |\n",
    );
    let goal = ".backlog/goals/GOAL-activation-who-fills-a-basket-also-orders.md";
    edit(&repo, goal, "status: active", "status: active\nmetric: METRIC-33333\ntarget: 60");
    let item = ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md";
    edit(&repo, item, "labels:", "goal: GOAL-activation\nrisk: Old browsers\nlabels:");
    let run = repo.run(&["why", "7kxxm"]);
    assert!(run.out.contains("\nmetric     METRIC-33333 Orders: 41 → 47 → 60, 32 %\n"), "{run}");
    assert!(run.out.contains("\nrisk       Old browsers\n"), "{run}");
}
