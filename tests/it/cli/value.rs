//! `value`.

use insta::assert_snapshot;

use super::{document, shop};
use crate::support::Repo;

/// The repository that `demo` makes.
fn korb() -> Repo {
    let repo = Repo::without_repository();
    let run = repo.run(&["demo", "korb"]);
    assert_eq!(run.code, Some(0), "{run}");
    repo.at("repo/korb")
}

#[test]
fn tells_what_the_order_costs() {
    assert_snapshot!(korb().session("git backlog value --at main"), @"
    $ git backlog value --at main
    Value: 145 in 27 items, for 96 points of effort
    Today's order costs 21 % more delay than the best one: 99 value-weeks, at 11 points a week.
    The first quarter of the effort, 24 points, brings 34 % of the value; in the best order 43 %, the cheapest first 32 %.

    Value over effort
    effort  points  today  best order  cheapest first
      10 %     9.6   14 %        20 %             9 %
      20 %      19   31 %        39 %            26 %
      30 %      29   36 %        50 %            41 %
      40 %      38   52 %        61 %            56 %
      50 %      48   63 %        72 %            64 %
      60 %      58   67 %        80 %            73 %
      70 %      67   78 %        88 %            84 %
      80 %      77   81 %        90 %            91 %
      90 %      86   90 %        93 %            94 %
     100 %      96  100 %       100 %           100 %

    The wrong way round
    What it costs that two items stand as they do, in value-weeks, the worst first and each item once; and what would help.
    6.1  BL-6kbd3 Replace what the weather took (8/5) stands below BL-zvtx5 Deliver to the door (8/13)
         git backlog rank BL-6kbd3 --before BL-zvtx5 gains 6.1
    2.9  BL-3zsx3 Pick-up list for the host (8/2) stands below BL-2mvq8 Pause a subscription for the holidays (5/5)
         git backlog rank BL-3zsx3 --before BL-2mvq8 gains 8.6
    2.9  BL-2tfq3 Cancel a subscription without a call (5/2) stands below BL-5z3v8 Let a farm write its part of the list (5/8)
         git backlog rank BL-2tfq3 --before BL-5z3v8 gains 2.9
    2    BL-mrdwh A second tap on Order makes a second order (5/2) stands below BL-kkhwj Recipe of the week (2/5)
         git backlog rank BL-mrdwh --before BL-kkhwj gains 2
    1.5  BL-qc2v2 See the whole price before paying (8/3) stands below BL-74d5x Swap one vegetable (8/5)
         git backlog rank BL-qc2v2 --before BL-74d5x gains 1.5
    1.5  BL-sc8br Invite a neighbour (8/3) stands below BL-983dq Harvest forecast by Sunday noon (8/5)
         git backlog rank BL-983dq --after BL-sc8br gains 3.7
    1.4  BL-ptgvp Skip a week (13/3) stands below BL-7k3qd Guest checkout (8/3)
         git backlog rank BL-ptgvp --before BL-7k3qd gains 1.4
    0.6  BL-fqfdz Order a box as a gift (8/5) stands below BL-kbqd5 Retire the order form of the summer (2/2)
         git backlog rank BL-kbqd5 --after BL-fqfdz gains 3.8
    0.1  BL-s7xv9 Confirmation mail greets everybody as Dear {name} (2/1) stands below BL-vsj8j Pick-up point shows last week's opening hours (3/2)
         git backlog rank BL-s7xv9 --before BL-vsj8j gains 0.2
    0.1  BL-2htr9 Choose a small or a large box (5/3) stands below BL-bmfbz Rehearse the restore of a backup (3/2)
         git backlog rank BL-2htr9 --before BL-bmfbz gains 1.3

    Waiting
    85 % of the 13 done items were done within 38 days. Of the open items with a value of 8 and more, the upper quarter, these wait longer:
      BL-zvtx5 Deliver to the door (value 8, proposed) for 62 days
      BL-983dq Harvest forecast by Sunday noon (value 8, ready) for 47 days
      BL-6kbd3 Replace what the weather took (value 8, proposed) for 44 days
      BL-ptgvp Skip a week (value 13, review) for 43 days
      BL-74d5x Swap one vegetable (value 8, in-progress) for 43 days

    Done
    The last 10 done items, since 2026-10-15, were worth 7.2 for 3.8 points on average; what else was open then is worth 6.6 for 4.7 points.

    Unique selling proposition
    usp          value  share  effort  items
    strengthens     42   29 %      21      5
    parity          16   11 %      17      3
    none             4    3 %       3      2
    unknown         83   57 %      55     17

    Not scored
    3 open items are not scored, and count nowhere above:
      BL-v9fhj A subscription that bends (epic, no value, no effort)
      BL-hhx49 A checkout that people finish (epic, no value, no effort)
      BL-3xp5q Farms harvest what is sold (epic, no value, no effort)
    ");
}

#[test]
fn looks_at_what_a_query_finds() {
    assert_snapshot!(korb().session("
        git backlog value goal=GOAL-activation --at main
        git backlog value --where 'value>=9' --at main
        git backlog value status=done --at main
        git backlog value volue=3
        git backlog value status=ready --where value=3
    "), @"
    $ git backlog value goal=GOAL-activation --at main
    Value: 36 in 7 items, for 19 points of effort (goal=GOAL-activation)
    Today's order costs 3 % more delay than the best one: 1 value-week, at 11 points a week.
    The first quarter of the effort, 4.8 points, brings 22 % of the value; in the best order 22 %, the cheapest first 19 %.

    Value over effort
    effort  points  today  best order  cheapest first
      10 %     1.9    0 %         0 %             6 %
      20 %     3.8   22 %        22 %            19 %
      30 %     5.7   22 %        22 %            28 %
      40 %     7.6   50 %        44 %            28 %
      50 %     9.5   50 %        64 %            50 %
      60 %      11   50 %        64 %            72 %
      70 %      13   72 %        64 %            72 %
      80 %      15   86 %        86 %            78 %
      90 %      17   94 %        94 %            78 %
     100 %      19  100 %       100 %           100 %

    The wrong way round
    What it costs that two items stand as they do, in value-weeks, the worst first and each item once; and what would help.
    0.9  BL-mrdwh A second tap on Order makes a second order (5/2) stands below BL-fqfdz Order a box as a gift (8/5)
         git backlog rank BL-mrdwh --before BL-fqfdz gains 0.9

    Waiting
    85 % of the 13 done items were done within 38 days. No open item with a value of 8 and more, the upper quarter, waits longer.

    Done
    The last 10 done items of the whole backlog, since 2026-10-15, were worth 7.2 for 3.8 points on average; what else was open then is worth 6.6 for 4.7 points.

    Unique selling proposition
    usp          value  share  effort  items
    strengthens      8   22 %       3      1
    parity           3    8 %       2      1
    none             2    6 %       1      1
    unknown         23   64 %      13      4

    Not scored
    1 open item is not scored, and counts nowhere above:
      BL-hhx49 A checkout that people finish (epic, no value, no effort)
    $ git backlog value --where 'value>=9' --at main
    Value: 13 in 1 item, for 3 points of effort (value>=9)
    Today's order costs as little delay as the best one that is known.

    Done
    The last 10 done items of the whole backlog, since 2026-10-15, were worth 7.2 for 3.8 points on average; what else was open then is worth 6.6 for 4.7 points.

    Unique selling proposition
    usp          value  share  effort  items
    strengthens     13  100 %       3      1
    $ git backlog value status=done --at main
    Value: 0 in 0 items, for 0 points of effort (status=done)
    The query finds no open item.

    Done
    The last 10 done items of the whole backlog, since 2026-10-15, were worth 7.2 for 3.8 points on average; what else was open then is worth 6.6 for 4.7 points.
    $ git backlog value volue=3
    ! error: query: unknown field 'volue'
    !     volue=3
    !     ^^^^^
    ! hint: did you mean 'value'?
    = 2
    $ git backlog value status=ready --where value=3
    ! error: the argument '[QUERY]' cannot be used with '--where <QUERY>'
    !
    ! Usage: git backlog value <QUERY>
    ! hint: see what there is with -h
    = 2
    ");
}

#[test]
fn says_the_same_to_programs_and_on_pages() {
    let korb = korb();
    assert_snapshot!(korb.session("git backlog value label=checkout --at main --format json"), @r#"
    $ git backlog value label=checkout --at main --format json
    {
      "schema": 1,
      "query": "label=checkout",
      "scored": 5,
      "unscored": [
        {
          "id": "BL-hhx49",
          "title": "A checkout that people finish",
          "why": "no value, no effort"
        }
      ],
      "value": 32.0,
      "effort": 15.0,
      "points_a_week": 10.5,
      "gap": 0.034482758620689724,
      "lost_value_points": 9.0,
      "lost_value_weeks": 0.8571428571428571,
      "above_what_they_wait_for": [],
      "n_in_circles": 0,
      "orders": {
        "today": {
          "cost_value_points": 270.0,
          "points": [
            {
              "id": "BL-7k3qd",
              "effort": 3.0,
              "value": 8.0
            },
            {
              "id": "BL-qc2v2",
              "effort": 6.0,
              "value": 16.0
            },
            {
              "id": "BL-fqfdz",
              "effort": 11.0,
              "value": 24.0
            },
            {
              "id": "BL-mrdwh",
              "effort": 13.0,
              "value": 29.0
            },
            {
              "id": "BL-7h7pg",
              "effort": 15.0,
              "value": 32.0
            }
          ]
        },
        "best": {
          "cost_value_points": 261.0,
          "points": [
            {
              "id": "BL-7k3qd",
              "effort": 3.0,
              "value": 8.0
            },
            {
              "id": "BL-qc2v2",
              "effort": 6.0,
              "value": 16.0
            },
            {
              "id": "BL-mrdwh",
              "effort": 8.0,
              "value": 21.0
            },
            {
              "id": "BL-fqfdz",
              "effort": 13.0,
              "value": 29.0
            },
            {
              "id": "BL-7h7pg",
              "effort": 15.0,
              "value": 32.0
            }
          ]
        },
        "cheapest_first": {
          "cost_value_points": 278.0,
          "points": [
            {
              "id": "BL-mrdwh",
              "effort": 2.0,
              "value": 5.0
            },
            {
              "id": "BL-7h7pg",
              "effort": 4.0,
              "value": 8.0
            },
            {
              "id": "BL-7k3qd",
              "effort": 7.0,
              "value": 16.0
            },
            {
              "id": "BL-qc2v2",
              "effort": 10.0,
              "value": 24.0
            },
            {
              "id": "BL-fqfdz",
              "effort": 15.0,
              "value": 32.0
            }
          ]
        }
      },
      "inversions": [
        {
          "above": {
            "id": "BL-fqfdz",
            "title": "Order a box as a gift",
            "value": 8.0,
            "effort": 5.0
          },
          "below": {
            "id": "BL-mrdwh",
            "title": "A second tap on Order makes a second order",
            "value": 5.0,
            "effort": 2.0
          },
          "loss_value_points": 9.0,
          "loss_value_weeks": 0.8571428571428571,
          "move": {
            "command": "git backlog rank BL-mrdwh --before BL-fqfdz",
            "moved": [
              "BL-mrdwh"
            ],
            "gain_value_points": 9.0,
            "gain_value_weeks": 0.8571428571428571
          }
        }
      ],
      "bias": {
        "effort_tau": -0.4472135954999579,
        "value_tau": 0.8366600265340756,
        "p": null,
        "cheap_first": false
      },
      "starvation": {
        "from_value": 8.0,
        "usual_days": 38,
        "done_measured": 13,
        "done_unmeasured": 0,
        "undated": 0,
        "items": []
      },
      "delivered": {
        "n": 10,
        "since": "2026-10-15",
        "done": {
          "value": 7.2,
          "effort": 3.8
        },
        "open": {
          "value": 6.6417137029637034,
          "effort": 4.686727855477856
        },
        "unmeasured": 0
      },
      "usp": [
        {
          "usp": "strengthens",
          "n": 1,
          "value": 8.0,
          "effort": 3.0
        },
        {
          "usp": "parity",
          "n": 1,
          "value": 3.0,
          "effort": 2.0
        },
        {
          "usp": "none",
          "n": 0,
          "value": 0.0,
          "effort": 0.0
        },
        {
          "usp": "unknown",
          "n": 3,
          "value": 21.0,
          "effort": 10.0
        }
      ]
    }
    "#);
}

#[test]
fn makes_pages_and_a_drawing() {
    let korb = korb();
    let shown = |format: &str| korb.run(&["value", "--at", "main", "--format", format]);
    for (format, parts) in [
        (
            "html",
            &[
                "default-src 'none'; style-src 'unsafe-inline'",
                "<svg class=\"chart\"",
                "role=\"img\" aria-label=\"How much of the value has come when",
                "<summary>The same as a table</summary>",
            ][..],
        ),
        ("markdown", &["# Value: 145 in 27 items", "| 50 % | 48 | 63 % | 72 % | 64 % |"][..]),
        ("svg", &["<svg xmlns=\"http://www.w3.org/2000/svg\"", "class=\"line line-2\""][..]),
        ("jsonl", &["{\"schema\":1,\"query\":null,\"scored\":27,"][..]),
    ] {
        let run = shown(format);
        assert!(parts.iter().all(|part| run.out.contains(part)), "{format}: {run}");
        assert!(!run.out.contains("http-equiv=\"refresh\"") && !run.out.contains("<script"));
    }
    let wrong = korb.run(&["why", "BL-7k3qd", "--format", "svg"]);
    assert!(wrong.err.contains("invalid value 'svg'"), "{wrong}");
}

#[test]
fn little_says_little() {
    let repo = Repo::new();
    repo.write(".backlog/config.yml", "");
    assert_snapshot!(repo.session("git backlog value"), @"
    $ git backlog value
    Value: 0 in 0 items, for 0 points of effort
    No item is open.
    ");
    let repo = shop();
    assert_snapshot!(repo.session("git backlog value"), @"
    $ git backlog value
    Value: 8 in 1 item, for 3 points of effort
    Today's order costs as little delay as the best one that is known.

    Waiting
    How long is too long cannot be told: it takes 5 done items that say when they were created and done, and there is 1.

    Done
    The last done item was worth 3 for 2 points; nothing else was open then.

    Unique selling proposition
    No item says what it does to it. Say so with: git backlog set BL-7k3qd usp=strengthens (or parity, or none)

    Not scored
    2 open items are not scored, and count nowhere above:
      BL-9qqrt Orders belong to an address (task, no effort)
      BL-7kxxm Basket is empty after login (bug, no value, no effort)
    ");
    document(
        &repo,
        "items/BL-33333-gifts",
        "type: task\nstatus: ready\nrank: mczz\nvalue: 0\neffort: 2\n",
    );
    document(
        &repo,
        "items/BL-44444-terms",
        "type: task\nstatus: ready\nrank: mczz\nvalue: much\neffort: 0\n",
    );
    document(
        &repo,
        "items/BL-55555-more",
        "type: task\nstatus: ready\nrank: mcxz\nvalue: 9\neffort: 2\nusp: strong\ncreated: 2026-01-01\n",
    );
    assert_snapshot!(repo.session("git backlog value"), @"
    $ git backlog value
    Value: 17 in 3 items, for 7 points of effort
    Today's order costs 19 % more delay than the best one: 11 value × points. How many weeks that is nobody can say: no sprint has dates and a capacity.
    The first quarter of the effort, 1.8 points, brings 0 % of the value; in the best order 0 %, the cheapest first 0 %.

    Value over effort
    effort  points  today  best order  cheapest first
      10 %     0.7    0 %         0 %             0 %
      20 %     1.4    0 %         0 %             0 %
      30 %     2.1    0 %        53 %            53 %
      40 %     2.8    0 %        53 %            53 %
      50 %     3.5   47 %        53 %            53 %
      60 %     4.2   47 %        53 %            53 %
      70 %     4.9   47 %        53 %            53 %
      80 %     5.6  100 %       100 %            53 %
      90 %     6.3  100 %       100 %            53 %
     100 %       7  100 %       100 %           100 %

    The wrong way round
    What it costs that two items stand as they do, in value × points, the worst first and each item once; and what would help.
    11  BL-55555 More (9/2) stands below BL-7k3qd Guest checkout (8/3)
        git backlog rank BL-55555 --before BL-7k3qd gains 11

    Waiting
    How long is too long cannot be told: it takes 5 done items that say when they were created and done, and there is 1.

    Done
    The last done item was worth 3 for 2 points; what else was open then is worth 9 for 2 points.

    Unique selling proposition
    No item says what it does to it. Say so with: git backlog set BL-7k3qd usp=strengthens (or parity, or none)

    Not scored
    3 open items are not scored, and count nowhere above:
      BL-9qqrt Orders belong to an address (task, no effort)
      BL-7kxxm Basket is empty after login (bug, no value, no effort)
      BL-44444 Terms (task, value 'much' is no number, effort 0 is not above zero)
    ");
}

#[test]
fn what_stands_above_what_it_waits_for_counts_after_it() {
    let repo = shop();
    document(
        &repo,
        "items/BL-33333-gifts",
        "type: task\nstatus: ready\nrank: mbbb\nvalue: 8\neffort: 1\ndepends_on: [BL-44444]\n",
    );
    document(
        &repo,
        "items/BL-44444-terms",
        "type: task\nstatus: ready\nrank: mczz\nvalue: 1\neffort: 1\n",
    );
    document(
        &repo,
        "items/BL-55555-hen",
        "type: task\nstatus: ready\nrank: mdbb\nvalue: 1\neffort: 2\ndepends_on: [BL-66666]\n",
    );
    document(
        &repo,
        "items/BL-66666-egg",
        "type: task\nstatus: ready\nrank: mdbd\nvalue: 1\neffort: 2\ndepends_on: [BL-55555]\n",
    );
    assert_snapshot!(repo.session("git backlog value"), @"
    $ git backlog value
    Value: 19 in 5 items, for 9 points of effort
    Today's order costs 15 % more delay than the best one: 11 value × points. How many weeks that is nobody can say: no sprint has dates and a capacity.
    The first quarter of the effort, 2.3 points, brings 0 % of the value; in the best order 47 %, the cheapest first 47 %.
    1 item stands above what it waits for: BL-33333. Here it counts after that.
    2 open items wait for themselves, round a circle: what binds them to each other does not count here. See them with: git backlog check

    Value over effort
    effort  points  today  best order  cheapest first
      10 %     0.9    0 %         0 %             0 %
      20 %     1.8    0 %         5 %             5 %
      30 %     2.7    0 %        47 %            47 %
      40 %     3.6   42 %        47 %            47 %
      50 %     4.5   47 %        47 %            53 %
      60 %     5.4   89 %        89 %            53 %
      70 %     6.3   89 %        89 %            58 %
      80 %     7.2   95 %        95 %            58 %
      90 %     8.1   95 %        95 %            58 %
     100 %       9  100 %       100 %           100 %

    The wrong way round
    What it costs that two items stand as they do, in value × points, the worst first and each item once; and what would help.
    16  BL-33333 Gifts (8/1) stands below BL-7k3qd Guest checkout (8/3)
        git backlog rank BL-44444 BL-33333 --before BL-7k3qd gains 11

    Waiting
    How long is too long cannot be told: it takes 5 done items that say when they were created and done, and there is 1.

    Done
    The last done item was worth 3 for 2 points; nothing else was open then.

    Unique selling proposition
    No item says what it does to it. Say so with: git backlog set BL-33333 usp=strengthens (or parity, or none)

    Not scored
    2 open items are not scored, and count nowhere above:
      BL-9qqrt Orders belong to an address (task, no effort)
      BL-7kxxm Basket is empty after login (bug, no value, no effort)
    ");
}

#[test]
fn an_order_by_effort_is_told() {
    let repo = shop();
    for n in 0..16_u32 {
        let (value, effort) = (n * 7 % 13 + 1, n / 2 + 1);
        let rank =
            ["p", "q", "r", "s"][n as usize / 4].repeat(3) + ["b", "c", "d", "f"][n as usize % 4];
        let fields =
            format!("type: task\nstatus: ready\nrank: {rank}\nvalue: {value}\neffort: {effort}\n");
        document(&repo, &format!("items/BL-{}222-task", 22 + n), &fields);
    }
    let run = repo.run(&["value"]);
    assert!(run.out.contains("The order follows effort (τ 0.9"), "{run}");
    assert!(run.out.contains(": what is cheap comes first."), "{run}");
}

#[test]
fn what_it_proposes_can_be_typed_and_gains_what_it_says() {
    let repo = shop();
    document(
        &repo,
        "items/BL-33333-gifts",
        "type: task\nstatus: ready\nrank: mbbb\nvalue: 1\neffort: 8\n",
    );
    document(
        &repo,
        "items/BL-44444-terms",
        "type: task\nstatus: ready\nrank: mczz\nvalue: 1\neffort: 1\n",
    );
    document(
        &repo,
        "items/BL-55555-mail",
        "type: task\nstatus: ready\nrank: mdbb\nvalue: 8\neffort: 1\ndepends_on: [BL-44444]\n",
    );
    let lost = |repo: &Repo| {
        let value = repo.run(&["value", "--format", "json"]).json();
        (value["lost_value_points"].as_f64().unwrap(), value["inversions"][0]["move"].clone())
    };
    let mut n_moves = 0;
    let (mut before, mut advice) = lost(&repo);
    while let Some(command) = advice["command"].as_str() {
        let words: Vec<&str> = command.split(' ').skip(2).collect();
        let run = repo.run(&words);
        assert_eq!(run.code, Some(0), "{run}");
        let (after, next) = lost(&repo);
        assert_eq!(Some(before - after), advice["gain_value_points"].as_f64(), "{command}");
        (before, advice) = (after, next);
        n_moves += 1;
    }
    assert_eq!((n_moves, before), (2, 0.0));
}
