//! `review`.

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

#[test]
fn an_order_that_costs_has_a_main_reason() {
    let repo = planned();
    // Orders are worth less for their effort, and nothing waits for them any more.
    edit(&repo, CHECKOUT, "depends_on: [BL-9qqrt]", "depends_on: []");
    edit(&repo, ORDERS, "rank: mbdd", "rank: mbbb");
    edit(&repo, ORDERS, "effort: 5", "effort: 8");
    commit(&repo, "Mira", "Orders first");
    let run = repo.run(&["review", "main"]);
    let first = run.out.lines().nth(1).unwrap_or_default();
    assert_snapshot!(first, @"The new order costs 8.4 value-weeks: BL-7k3qd Guest checkout (value 8) comes 1.4 weeks later; BL-9qqrt Orders belong to an address (value 5) comes 0.5 weeks earlier. Main reason: BL-9qqrt Orders belong to an address (5/8) is placed before BL-7k3qd Guest checkout (8/3). Against the best order, delay costs 92 % more instead of 29 %.");
    let json = repo.run(&["review", "main", "--format", "json"]).json();
    assert_snapshot!(json["effect"]["gain"]["inverted"].to_string(), @r#"{"above":{"id":"BL-9qqrt","value":5.0,"effort":8.0},"below":{"id":"BL-7k3qd","value":8.0,"effort":3.0},"loss_value_points":49.0}"#);
    edit(&repo, SPRINT, "capacity: 10", "capacity: 0");
    let run = repo.run(&["review", "main"]);
    assert!(run.out.contains("costs 49 value × points: "), "{run}");
}

#[test]
fn something_to_look_at_is_an_exit_code() {
    let repo = changed();
    for (arguments, code) in [
        (&["review", "main"][..], 0),
        (&["review", "main", "--exit-code"], 1),
        (&["review", "main", "--exit-code", "--format", "json"], 1),
        (&["review", "change", "--exit-code"], 0),
        (&["review", "main", "--exit-code", "--at", "main"], 0),
        (&["review", "main", "--exit-code", "--at", "change"], 1),
        (&["review", "main", "--exit-code", "--at", "nothing"], 2),
    ] {
        assert_eq!(repo.run(arguments).code, Some(code), "{arguments:?}");
    }
    // A new error alone, and a warning alone.
    repo.git(&["checkout", "--quiet", "-b", "other", "main"]);
    document(&repo, "items/BL-44444-terms", "type: task\nstatus: redy\nrank: mczb\n");
    assert_eq!(repo.run(&["review", "main", "--exit-code"]).code, Some(1));
    document(&repo, "items/BL-44444-terms", "type: task\nstatus: ready\nrank: mczb\nx: 1\n");
    let run = repo.run(&["review", "main", "--exit-code"]);
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn the_state_is_the_worktree_or_a_revision() {
    let repo = changed();
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    let run = repo.run(&["review", "main"]);
    assert!(run.out.contains("value 8 → 13") && run.out.contains("→ the worktree"), "{run}");
    let run = repo.run(&["review", "main", "--at", "HEAD"]);
    assert!(!run.out.contains("value 8 → 13") && run.out.contains("→ HEAD"), "{run}");
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare.git"]);
    let expected = run.out;
    let run = repo.run(&["-C", "../bare.git", "review", "main"]);
    assert_eq!((run.code, &run.out), (Some(0), &expected), "{run}");
    // What main did in the meantime is no part of the change.
    repo.git(&["stash", "--quiet"]);
    repo.git(&["checkout", "--quiet", "main"]);
    edit(&repo, CHECKOUT, "title: Guest checkout", "title: Pay as a guest");
    commit(&repo, "Mira", "Title");
    repo.git(&["checkout", "--quiet", "change"]);
    let run = repo.run(&["review", "main", "--at", "HEAD"]);
    assert!(!run.out.contains("Pay as a guest"), "{run}");
}

#[test]
fn nothing_changed_is_said() {
    let repo = planned();
    assert_snapshot!(repo.session("
        git backlog review main
        git backlog review main --format markdown
    "), @"
    $ git backlog review main
    Backlog: no change

    main (left at HASH) → HASH
    $ git backlog review main --format markdown
    <!-- git-backlog review -->

    ## Backlog: no change

    main (left at HASH) → HASH
    ");
}

#[test]
fn a_large_change_fits_into_a_comment() {
    let repo = Repo::without_repository();
    repo.git(&["init", "--quiet", "--initial-branch=main"]);
    for (key, value) in [("user.name", "Mira"), ("user.email", "mira@example.org")] {
        repo.git(&["config", key, value]);
    }
    let task = |number: usize, rank: usize, value: usize| {
        let title = format!("Item number {number} with a title of ordinary length");
        let criteria = format!("- [ ] The first of item {number} holds.\n- [ ] So does {value}.\n");
        let letters: Vec<char> = "bcdfghjklmpqrstvwxz".chars().collect();
        let key: String = [361, 19, 1].map(|unit| letters[rank / unit % 19]).iter().collect();
        repo.write(
            &format!(".backlog/items/BL-{number}.md"),
            format!(
                "---\nid: BL-{number}\ntitle: {title}\ntype: task\nstatus: ready\nrank: m{key}\nvalue: {value}\n\
                 effort: 1\nlabls: [x{value}]\n---\n\nText {value}.\n\n## Acceptance criteria\n\n{criteria}"
            ),
        );
    };
    (0..300).for_each(|number| task(2000 + number, number, 3));
    commit(&repo, "Mira", "Start");
    (0..300).for_each(|number| task(2000 + number, (number * 7) % 300, 5));
    (0..50).for_each(|number| task(3000 + number, number, 5));
    let run = repo.run(&["review", "HEAD", "--format", "markdown"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let page = run.out;
    assert!(page.len() < 65_536, "{}", page.len());
    assert!(page.starts_with("<!-- git-backlog review -->\n"), "{}", &page[..200]);
    assert_eq!(page.matches("<!-- git-backlog review -->").count(), 1);
    let json = repo.run(&["review", "HEAD", "--format", "json"]).json();
    // What is left out is counted.
    let section = |heading: &str| {
        let (_, rest) = page.split_once(&format!("\n## {heading}\n")).unwrap();
        rest.split("\n## ").next().unwrap().to_owned()
    };
    let more = |text: &str, words: &str| -> usize {
        let end = text.find(words).unwrap_or_else(|| panic!("no {words:?} in {text}"));
        text[..end].rsplit(' ').next().unwrap().parse().unwrap()
    };
    let moved = section("Moved");
    let n_shown = moved.lines().filter(|line| line.contains("| BL-")).count();
    assert_eq!(n_shown + more(&moved, " more moved"), json["summary"]["moved"], "{moved}");
    let changed = section("Changed");
    let n_shown = changed.lines().filter(|line| line.starts_with("### BL-")).count();
    assert_eq!(n_shown + more(&changed, " more changed"), 300);
    let added = section("Added");
    let n_shown = added.lines().filter(|line| line.starts_with("- BL-")).count();
    assert!(n_shown == 50 || n_shown + more(&added, " more") == 50, "{added}");
    // A terminal scrolls.
    let screen = repo.run(&["diff"]).out;
    assert!(!screen.contains(" more moved") && screen.lines().count() > 1_000);
}

#[test]
fn what_is_written_without_an_end_fits_into_a_comment() {
    let repo = changed();
    let long = "<word> ".repeat(20_000);
    let path = repo.path(CHECKOUT);
    let text = std::fs::read_to_string(&path).unwrap();
    let criteria = format!("\n## Acceptance criteria\n\n- [ ] {long}\n");
    repo.write(CHECKOUT, text + &criteria);
    let page = repo.run(&["review", "main", "--format", "markdown"]).out;
    assert!(page.len() < 60_000, "{}", page.len());
    assert!(page.contains("&lt;word&gt; &lt;wor"), "{page}");
}
