//! `forecast`, and what `review` says of dates.

use insta::assert_snapshot;

use super::{document, shop};
use crate::support::Repo;

/// A repository in which one or two items were done in each of thirty weeks, and eight are open.
fn paced() -> Repo {
    let repo = Repo::new();
    repo.write(".backlog/config.yml", "");
    let ids = "23456789bcdfghjkmpqrstvwxz".as_bytes();
    let id = |n: usize| format!("{}{}", ids[n / 26] as char, ids[n % 26] as char);
    for week in 0..30 {
        for nth in 0..=week % 2 {
            let n = 2 * week + nth;
            let day = jiff::civil::date(2026, 11, 25) - jiff::Span::new().days(7 * week as i64 + 1);
            let fields = format!("type: story\nstatus: done\ncreated: {day}\ndone: {day}\n");
            document(&repo, &format!("items/BL-bbb{}-done-{n}", id(n)), &fields);
        }
    }
    for (n, rank) in
        ["mbbb", "mbcc", "mbdd", "mbff", "mbgg", "mbhh", "mbjj", "mbkk"].iter().enumerate()
    {
        let release = if n % 3 == 2 { "release: REL-spring\n" } else { "" };
        let fields =
            format!("type: story\nstatus: ready\ncreated: 2026-11-20\nrank: {rank}\n{release}");
        document(&repo, &format!("items/BL-ccc{}-open-{n}", id(n)), &fields);
    }
    document(&repo, "releases/REL-spring-spring", "status: planned\ntarget: 2026-12-31\n");
    repo.git(&["add", "."]);
    repo.git(&["commit", "--quiet", "-m", "Begin"]);
    repo
}

#[test]
fn tells_what_a_product_owner_asks_for() {
    assert_snapshot!(paced().session("git backlog forecast"), @r#"
    $ git backlog forecast
    Forecast from 39 items that were done in the last 26 weeks, 1.5 a week
    10,000 futures were drawn from them, with seed 1.

    what               items  up to  50 %        85 %        95 %        until       chance
    the next 5 items       5      5  2026-12-23  2027-01-13  2027-02-03
    REL-spring Spring      2      6  2026-12-23  2027-01-20  2027-02-17  2026-12-31    61 %
    all open items         8      8  2027-01-06  2027-02-10  2027-03-17
    Items are done with all that stands above the last of them: "up to" is how many that are.

    Items over weeks
    time  50 % sure  85 % sure  95 % sure
       1          2
       2          3          1          1
       3          4          2          1
       4          6          3          2
       5          7          3          2
       6          8          4          3
       7                     5          3
       8                     6          4
      10                     7          5
      11                     8          5
      12                                6
      14                                7
      16                                8

    How sure
    Of 14 past 85 % dates 14 were met, and of 14 past 50 % dates 14, each for 10 items.
    The day is known of 45 of 45 done items; 45 came into the history already done.
    "#);
}

#[test]
fn tells_the_items_of_a_query_and_a_day() {
    assert_snapshot!(paced().session("
        git backlog forecast release=REL-spring --by 2027-01-13
        git backlog forecast release=REL-spring --alone --plain
        git backlog forecast --items 3 --seed 7
    "), @r#"
    $ git backlog forecast release=REL-spring --by 2027-01-13
    Forecast from 39 items that were done in the last 26 weeks, 1.5 a week
    10,000 futures were drawn from them, with seed 1.

    what                items  up to  50 %        85 %        95 %        until       chance
    release=REL-spring      2      6  2026-12-23  2027-01-20  2027-02-17  2027-01-13    79 %
    Items are done with all that stands above the last of them: "up to" is how many that are.

    Done by 2027-01-13, in 7 whole weeks
    sure  items  the last of them
    50 %      9
    85 %      5  BL-ccc26 Open 4
    95 %      3  BL-ccc24 Open 2

    Items over weeks
    time  50 % sure  85 % sure  95 % sure
       1          2
       2          3          1          1
       3          4          2          1
       4          6          3          2
       6                     4          3
       7                     5          3
       8                     6          4
      10                                5
      12                                6

    How sure
    Of 17 past 85 % dates 17 were met, and of 17 past 50 % dates 17, each for 6 items.
    The day is known of 45 of 45 done items; 45 came into the history already done.
    $ git backlog forecast release=REL-spring --alone --plain
    Forecast from 39 items that were done in the last 26 weeks, 1.5 a week
    10,000 futures were drawn from them, with seed 1.

    what                items  up to  50 %        85 %        95 %        until  chance
    release=REL-spring      2      2  2026-12-02  2026-12-16  2026-12-23

    Items over weeks
    time  50 % sure  85 % sure  95 % sure
       1          2
       2                     1          1
       3                     2          1
       4                                2

    How sure
    Of 19 past 85 % dates 19 were met, and of 20 past 50 % dates 19, each for 2 items.
    The day is known of 45 of 45 done items; 45 came into the history already done.
    $ git backlog forecast --items 3 --seed 7
    Forecast from 39 items that were done in the last 26 weeks, 1.5 a week
    10,000 futures were drawn from them, with seed 7.

    what              items  up to  50 %        85 %        95 %        until  chance
    the next 3 items      3      3  2026-12-09  2026-12-23  2027-01-06

    Items over weeks
    time  50 % sure  85 % sure  95 % sure
       1          2
       2          3          1          1
       3                     2          1
       4                     3          2
       6                                3

    How sure
    Of 19 past 85 % dates 19 were met, and of 19 past 50 % dates 19, each for 3 items.
    The day is known of 45 of 45 done items; 45 came into the history already done.
    "#);
}

#[test]
fn who_asks_for_an_epic_means_its_parts() {
    let repo = paced();
    document(&repo, "items/BL-fff22-epic", "type: epic\nstatus: ready\nrank: mbcd\n");
    let set = repo.run(&["set", "BL-ccc24", "BL-ccc26", "parent=BL-fff22"]);
    assert_eq!(set.code, Some(0), "{set}");
    let target = |query: &str| {
        let object = repo.run(&["forecast", query, "--format", "json"]).json();
        [&object["targets"][0]["items"], &object["targets"][0]["to_last"]].map(|it| it.as_u64())
    };
    assert_eq!(target("id=BL-fff22"), target("parent=BL-fff22"));
    assert_eq!(target("id=BL-fff22"), [Some(2), Some(5)]);
}

#[test]
fn says_the_same_to_programs() {
    let repo = paced();
    let words = ["forecast", "release=REL-spring", "--by", "+6w", "--format", "json"];
    let object = repo.run(&words).json();
    assert_eq!(object["targets"][0]["to_last"], 6);
    assert_eq!(object["seed"], 1);
    assert_eq!(object["past"]["drawn_from"], 26);
    assert_eq!(object["targets"][0]["until"], "2027-01-06");
    assert!(object["targets"][0]["chance"].as_f64().unwrap() > 0.5, "{object}");
    assert!(object["by"]["50"]["items"].as_u64() >= object["by"]["85"]["items"].as_u64());
    assert_eq!(object["record"]["85"]["known"].as_u64().map(|n| n > 5), Some(true), "{object}");
    assert_eq!(object["coverage"]["with_day"], 45);
    // The same question has the same answer, and another seed almost the same.
    assert_eq!(repo.run(&words).json(), object);
}

#[test]
fn tells_which_dates_a_change_moves() {
    let repo = paced();
    repo.git(&["switch", "--quiet", "-c", "more"]);
    for n in 0..12 {
        let name = format!("items/BL-ddd{}{}-urgent-{n}", n / 6 + 2, n % 6 + 2);
        document(&repo, &name, "type: story\nstatus: ready\ncreated: 2026-11-25\nrank: mbbd\n");
    }
    repo.git(&["add", "."]);
    repo.git(&["commit", "--quiet", "-m", "Twelve urgent ones"]);
    let run = repo.run(&["review", "main"]);
    let part = run.out.split("\nForecast\n").nth(1).unwrap().split("\n\n").next().unwrap();
    assert_snapshot!(part, @"  REL-spring Spring moves from 2027-01-20 to 2027-05-12 at 85 %, from 2026-12-23 to 2027-02-24 at 50 %, with 18 items up to its last instead of 6; chance for 2026-12-31: 61 % → 7 %");
    let forecast = repo.run(&["forecast", "--since", "main"]);
    assert!(forecast.out.contains(part.trim_end()), "{forecast}");
    let moved = &repo.run(&["review", "main", "--format", "json"]).json()["forecast"]["moved"][0];
    assert_eq!((&moved["before"]["to_last"], &moved["after"]["to_last"]), (&6.into(), &18.into()));
    // Nothing moved, nothing said.
    assert!(!repo.run(&["review", "more"]).out.contains("\nForecast\n"));
    let same = repo.run(&["forecast", "--since", "more"]);
    assert!(same.out.contains("No sprint, release or goal is done on another day."), "{same}");
}

#[test]
fn too_little_is_refused_with_what_helps() {
    let repo = shop();
    assert_snapshot!(repo.session("git backlog forecast --format table"), @r#"
    $ git backlog forecast --format table
    No forecast
    No date can be told: the past has 1 done item with a day, and a date needs 15. Ask again when 14 more items are done; a done item without a day gets one with: git backlog set ID done=DAY.

    what                                            items  up to  50 %     85 %     95 %     until       chance
    2026-24 Pay without an account                      1      2  unknown  unknown  unknown  2026-11-27
    GOAL-activation Who fills a basket also orders      1      1  unknown  unknown  unknown  2027-03-31
    all open items                                      3      3  unknown  unknown  unknown
    Items are done with all that stands above the last of them: "up to" is how many that are.

    How sure
    The day is known of 1 of 1 done item; 1 came into the history already done.
    = 1
    "#);
    let refused = &repo.run(&["forecast", "--format", "json"]).json()["refused"];
    assert_eq!((&refused["reason"], &refused["found"]), (&"done".into(), &1.into()));
}

#[test]
fn what_cannot_be_asked_is_said() {
    assert_snapshot!(paced().session("
        git backlog forecast 'status=rejected'
        git backlog forecast 'statsu=ready'
        git backlog forecast --by yesterday
        git backlog forecast --by 2026-11-25
        git backlog forecast --alone
        git backlog forecast --items 0
        git backlog forecast --since nowhere
    "), @"
    $ git backlog forecast 'status=rejected'
    ! error: no open item matches 'status=rejected'
    ! hint: see what does with: git backlog list 'status=rejected' --all
    = 2
    $ git backlog forecast 'statsu=ready'
    ! error: query: unknown field 'statsu'
    !     statsu=ready
    !     ^^^^^^
    ! hint: did you mean 'status'?
    = 2
    $ git backlog forecast --by yesterday
    ! error: 'yesterday' is no day
    ! hint: write it as 2026-11-23, or as +2w
    = 2
    $ git backlog forecast --by 2026-11-25
    ! error: 2026-11-25 is no day to come
    ! hint: what was done until then: git backlog log
    = 2
    $ git backlog forecast --alone
    ! error: --alone counts the items of a query, and there is none
    ! hint: name them: git backlog forecast 'release=REL-…' --alone
    = 2
    $ git backlog forecast --items 0
    ! error: invalid value '0' for '--items <N>': 0 is not in 1..=100000
    ! hint: see what there is with -h
    = 2
    $ git backlog forecast --since nowhere
    ! error: no revision 'nowhere'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    ");
}

#[test]
fn odd_pasts_are_no_reason_to_guess() {
    let repo = paced();
    let here = repo.run(&["forecast", "--format", "json"]);
    // A bare clone.
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare"]);
    let bare = repo.run(&["-C", "../bare", "forecast", "--at", "HEAD", "--format", "json"]);
    assert_eq!(bare.json()["targets"], here.json()["targets"], "{bare}");
    // Days of 2082 tell of nothing: what came done today was done today.
    let fields = "type: story\nstatus: done\ncreated: 2082-01-01\ndone: 2082-02-01\n";
    document(&repo, "items/BL-zzz22-from-the-future", fields);
    let later = repo.run(&["forecast", "--format", "json"]).json();
    let (past, before) = (&later["past"], &here.json()["past"]);
    assert_eq!(
        (&past["weeks"], past["done"][25].as_u64()),
        (&before["weeks"], before["done"][25].as_u64().map(|n| n + 1))
    );
    // Outside of a repository the fields alone tell it, and an empty backlog has nothing to tell.
    std::fs::remove_file(repo.path(".backlog/items/BL-zzz22-from-the-future.md")).unwrap();
    std::fs::rename(repo.path(".backlog"), repo.beside("loose")).unwrap();
    let dir = repo.beside("loose");
    let loose = repo.run(&["--dir", dir.to_str().unwrap(), "forecast", "--format", "json"]).json();
    assert_eq!(
        (&loose["past"]["done"], &loose["refused"]),
        (&here.json()["past"]["done"], &serde_json::Value::Null)
    );
    let empty = Repo::new();
    assert_eq!(empty.run(&["init", "--quiet"]).code, Some(0));
    let run = empty.run(&["forecast"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.out.contains("the past has no whole week yet"), "{run}");
}
