//! `value`, and the order that it is about.

use insta::assert_snapshot;

use super::super::{document, shop};
use crate::support::Repo;

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
