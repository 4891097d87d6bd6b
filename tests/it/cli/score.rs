//! `score`, and the order that `rank --by score` proposes.

use insta::assert_snapshot;

use super::{document, edit, ids, shop};
use crate::support::Repo;

/// A shop with items of all sorts: an enabler, one that is pinned, one in the running sprint, and two
/// that lack a number or have a wrong one.
fn stall() -> Repo {
    let repo = shop();
    for (name, fields) in [
        ("items/BL-22222-print-the-list", "rank: mccb\nvalue: 2\neffort: 4\n"),
        ("items/BL-33333-terms", "rank: mcdb\nvalue: 1\neffort: 2\n"),
        ("items/BL-44444-gifts", "rank: mcfb\nvalue: 13\neffort: 1\ndepends_on: [BL-33333]\n"),
        ("items/BL-55555-fair", "rank: mcgb\nvalue: 3\neffort: 1\npinned: promised for the fair\n"),
        ("items/BL-66666-fax", "rank: mchb\nvalue: 3\neffort: 0\n"),
        ("items/BL-77777-map", "rank: mcjb\nvalue: -2\neffort: 1\n"),
    ] {
        document(&repo, name, &format!("type: task\nstatus: ready\n{fields}"));
    }
    super::commit(&repo, "Mira", "More items");
    repo
}

fn order(repo: &Repo) -> String {
    ids(&repo.run(&["list", "--columns", "id", "--format", "csv"])).join(" ").replace("BL-", "")
}

#[test]
fn lists_what_has_a_score_and_apart_what_has_none() {
    assert_snapshot!(stall().session("git backlog score"), @"
    $ git backlog score
    value-effort: value / effort
    rank  by value  #  id        score  arithmetic  behind   title
       1         1  6  BL-44444     13  13 / 1               Gifts
       2         3  7  BL-55555      3  3 / 1                Fair
       3         2  1  BL-7k3qd   2.67  8 / 3                Guest checkout
       4         4  4  BL-22222    0.5  2 / 4                Print the list
       4         5  5  BL-33333    0.5  1 / 2       13 in 1  Terms
    5 scored items; 4 without a score

    Unscored
    #  id        lacks                          behind  title
    2  BL-9qqrt  no effort                      8 in 1  Orders belong to an address
    3  BL-7kxxm  no value; no effort                    Basket is empty after login
    8  BL-66666  effort 0 cannot be divided by          Fax
    9  BL-77777  value -2 is negative                   Map
    ");
}

#[test]
fn shows_the_arithmetic_and_how_sure_a_place_is() {
    assert_snapshot!(stall().session("git backlog score 33 7k3 66"), @"
    $ git backlog score 33 7k3 66
    BL-33333  Terms
    value-effort  1 / 2 = 0.5, rank 4 of 5, stands at 5
    by value      rank 5 by 1 alone
    value         1 (Mira 2026-01-01); rank 5 at 0.5, 4 at 2
    effort        2 (Mira 2026-01-01); rank 4 at 1, 5 at 3
    one step off  rank 4 to 5 if all may be
    inherits      13 of value waits behind it: via BL-44444

    BL-7k3qd  Guest checkout
    value-effort  8 / 3 = 2.67, rank 3 of 5, stands at 1
    by value      rank 2 by 8 alone
    value         8 (Mira 2026-01-01); rank 3 at 5, 2 at 13
    effort        3 (Mira 2026-01-01); rank 2 at 2, 3 at 5
    one step off  rank 2 to 3 if all may be
    waits for     BL-9qqrt Orders belong to an address

    BL-66666  Fax
    value-effort  unscored: effort 0 cannot be divided by; stands at 8
    ");
}

#[test]
fn proposes_an_order_and_writes_nothing() {
    let repo = stall();
    let before = order(&repo);
    assert_snapshot!(repo.session("git backlog rank --by score"), @"
    $ git backlog rank --by score
    from  to  id        why                                               title
       5   1  BL-33333  1 / 2 = 0.5; 13 behind it via BL-44444            Terms
       6   4  BL-44444  13 / 1 = 13                                       Gifts
       1   5  BL-7k3qd  8 / 3 = 2.67; waits for BL-9qqrt, unscored, at 2  Guest checkout
    3 moves; the cost of delay falls by 32.4 %
    BL-55555 keeps its place: pinned, promised for the fair
    4 items without a score keep their places; see: git backlog score
    write it with: git backlog rank --by score --write -m WHY
    ");
    assert_eq!(order(&repo), before);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn says_when_nothing_better_was_found() {
    let repo = Repo::new();
    repo.run(&["init"]);
    for (name, fields) in [
        ("items/BL-55555-fair", "rank: mbbb\nvalue: 2\neffort: 1\n"),
        ("items/BL-33333-terms", "rank: mcbb\nvalue: 1\neffort: 1\n"),
        ("items/BL-44444-bank", "rank: mdbb\neffort: 3\n"),
        ("items/BL-22222-cards", "rank: mfbb\nvalue: 9\neffort: 1\ndepends_on: [BL-44444]\n"),
    ] {
        document(&repo, name, &format!("type: task\nstatus: ready\n{fields}"));
    }
    assert_snapshot!(repo.session("git backlog rank --by score"), @"
    $ git backlog rank --by score
    no better order was found that keeps 1 fixed place
    1 item without a score keeps its place; see: git backlog score
    ");
}

#[test]
fn writes_the_proposal_with_the_fewest_lines() {
    let repo = stall();
    assert_snapshot!(repo.session("git backlog rank --by score --write -m 'Value first'\ngit show --stat --format=%B\ngit backlog rank --by score --write"), @r#"
    $ git backlog rank --by score --write -m 'Value first'
    rank BL-33333 5 → 1 "Terms"
    rank BL-44444 6 → 4 "Gifts"
    rank BL-7k3qd 1 → 5 "Guest checkout"
    ! [main HASH] backlog: rank 3 documents
    $ git show --stat --format=%B
    backlog: rank 3 documents

    - rank BL-33333 5 → 1 "Terms"
    - rank BL-44444 6 → 4 "Gifts"
    - rank BL-7k3qd 1 → 5 "Guest checkout"

    Value first

    Backlog: BL-33333
    Backlog: BL-44444
    Backlog: BL-7k3qd


     .backlog/items/BL-33333-terms.md          | 2 +-
     .backlog/items/BL-44444-gifts.md          | 2 +-
     .backlog/items/BL-7k3qd-guest-checkout.md | 2 +-
     3 files changed, 3 insertions(+), 3 deletions(-)
    $ git backlog rank --by score --write
    ! nothing to change
    "#);
    assert_eq!(order(&repo), "33333 9qqrt 7kxxm 44444 7k3qd 22222 55555 66666 77777");
}

#[test]
fn another_model_can_be_tried() {
    let repo = stall();
    edit(&repo, ".backlog/items/BL-44444-gifts.md", "value: 13", "value: 13\nmoscow: must");
    edit(&repo, ".backlog/items/BL-33333-terms.md", "value: 1", "value: 1\nmoscow: could");
    assert_snapshot!(repo.session("git backlog score --model moscow -n 1"), @"
    $ git backlog score --model moscow -n 1
    moscow: must before should before could before wont; value / effort in each
    rank  by value  #  id        score  arithmetic    behind  title
       1         1  6  BL-44444     13  must: 13 / 1          Gifts
    2 scored items; the first is shown; 7 without a score
    33 % of the effort is must

    Unscored
    #  id        lacks                                     behind  title
    1  BL-7k3qd  no moscow                                         Guest checkout
    2  BL-9qqrt  no moscow; no effort                              Orders belong to an address
    3  BL-7kxxm  no moscow; no value; no effort                    Basket is empty after login
    4  BL-22222  no moscow                                         Print the list
    7  BL-55555  no moscow                                         Fair
    8  BL-66666  no moscow; effort 0 cannot be divided by          Fax
    9  BL-77777  no moscow; value -2 is negative                   Map
    ");
}

#[test]
fn says_what_cannot_be_scored() {
    let commands = "
        git backlog score --model wsfj
        git backlog score --model custom
        git backlog score --model manual
        git backlog score d4
        git backlog score EV-h2
        git backlog score 7k3 7k3qd
        git backlog score zz
        git backlog rank --by score -m why
        git backlog rank --by value
        git backlog rank 7k3 --by score
        git backlog rank --by score --model rice
    ";
    assert_snapshot!(stall().session(commands), @"
    $ git backlog score --model wsfj
    ! error: no model 'wsfj'
    ! hint: did you mean 'wsjf'?
    = 2
    $ git backlog score --model custom
    ! error: the model 'custom' has no expression
    ! hint: write one in config.yml: score: {custom: value * confidence, size: effort}
    = 2
    $ git backlog score --model manual
    ! error: the order is set by hand: the model is 'manual', which scores nothing
    ! hint: try another with: --model value-effort
    = 2
    $ git backlog score d4
    ! error: BL-d4bcg is done, and only open items are ranked
    ! hint: open it again with: git backlog set BL-d4bcg status=proposed
    = 2
    $ git backlog score EV-h2
    ! error: EV-h2vkd is of kind evidence, and only items are ranked
    = 2
    $ git backlog score 7k3 7k3qd
    ! error: BL-7k3qd is named twice
    = 2
    $ git backlog score zz
    ! error: no document with id 'zz'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog rank --by score -m why
    ! error: a reason is given, and nothing is to be written
    ! hint: write the proposal with: git backlog rank --by score --write -m WHY
    = 2
    $ git backlog rank --by value
    ! error: invalid value 'value' for '--by <WHAT>'
    !   [possible values: score]
    ! hint: see what there is with -h
    = 2
    $ git backlog rank 7k3 --by score
    ! error: the argument '[ID]...' cannot be used with '--by <WHAT>'
    !
    ! Usage: git backlog rank <--top|--bottom|--before <ID>|--after <ID>|--to <N>|--compact|--by <WHAT>> <ID>...
    ! hint: see what there is with -h
    = 2
    $ git backlog rank --by score --model rice
    no open item has a score by rice: nothing to move
    9 items without a score keep their places; see: git backlog score --model rice
    ");
}

#[test]
fn programs_get_all_of_it() {
    let repo = stall();
    assert_snapshot!(repo.session("git backlog score 33 --format json\ngit backlog rank --by score --format json"), @r#"
    $ git backlog score 33 --format json
    {
      "schema": 1,
      "model": "value-effort",
      "formula": "value / effort",
      "items": [
        {
          "id": "BL-33333",
          "title": "Terms",
          "position": 5,
          "rank": 4,
          "value_rank": 5,
          "score": 0.5,
          "weight": 1.0,
          "size": 2.0,
          "arithmetic": "1 / 2 = 0.5",
          "inputs": [
            {
              "field": "value",
              "value": 1.0
            },
            {
              "field": "effort",
              "value": 2.0
            }
          ],
          "behind": {
            "weight": 13.0,
            "items": 1,
            "via": [
              "BL-44444"
            ]
          },
          "sensitivity": {
            "inputs": [
              {
                "field": "value",
                "down": {
                  "value": 0.5,
                  "rank": 5
                },
                "up": {
                  "value": 2.0,
                  "rank": 4
                }
              },
              {
                "field": "effort",
                "down": {
                  "value": 1.0,
                  "rank": 4
                },
                "up": {
                  "value": 3.0,
                  "rank": 5
                }
              }
            ],
            "best_rank": 4,
            "worst_rank": 5
          }
        }
      ]
    }
    $ git backlog rank --by score --format json
    {
      "schema": 1,
      "model": "value-effort",
      "moves": [
        {
          "id": "BL-33333",
          "title": "Terms",
          "from": 5,
          "to": 1,
          "why": "1 / 2 = 0.5; 13 behind it via BL-44444"
        },
        {
          "id": "BL-44444",
          "title": "Gifts",
          "from": 6,
          "to": 4,
          "why": "13 / 1 = 13"
        },
        {
          "id": "BL-7k3qd",
          "title": "Guest checkout",
          "from": 1,
          "to": 5,
          "why": "8 / 3 = 2.67; waits for BL-9qqrt, unscored, at 2"
        }
      ],
      "order": [
        "BL-33333",
        "BL-9qqrt",
        "BL-7kxxm",
        "BL-44444",
        "BL-7k3qd",
        "BL-22222",
        "BL-55555",
        "BL-66666",
        "BL-77777"
      ],
      "kept": [
        {
          "id": "BL-55555",
          "title": "Fair",
          "why": "pinned, promised for the fair"
        }
      ],
      "unscored": 4,
      "cost_before": 210.0,
      "cost_after": 142.0
    }
    "#);
}

#[test]
fn an_empty_backlog_has_no_scores() {
    let repo = Repo::new();
    repo.run(&["init"]);
    assert_snapshot!(repo.session("git backlog score\ngit backlog rank --by score"), @"
    $ git backlog score
    value-effort: value / effort
    0 scored items
    $ git backlog rank --by score
    no open item has a score by value-effort: nothing to move
    ");
}

#[test]
fn a_setting_without_sense_is_told_with_its_place() {
    let repo = stall();
    repo.write(".backlog/config.yml", "score:\n  model: custom\n  custom: value * fun\n");
    assert_snapshot!(repo.session("git backlog rank --by score"), @"
    $ git backlog rank --by score
    ! warning: .backlog/config.yml:3:11: score.custom names 'fun', which is no field of numbers; the defaults are used
    ! error: .backlog/config.yml:3:11: score.custom names 'fun', which is no field of numbers
    ! hint: use one of value, effort, time_criticality, risk_reduction, reach, impact, confidence, ease and 2 more
    = 3
    ");
}
