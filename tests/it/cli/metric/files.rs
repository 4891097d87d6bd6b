//! `metric` with a file of readings.

use insta::assert_snapshot;

use super::*;

#[test]
fn takes_a_file_whole_or_not_at_all() {
    let repo = measured();
    repo.write(
        "bad.csv",
        "date,value\n2026-10-01,x\n2026-10-02,3\nsoon,4\n2026-10-02,5\n1,2,3,4\n",
    );
    repo.write("taken.csv", "2026-11-22,48\n2026-10-25,30,before\n2026-11-15,1\n");
    repo.write(
        "good.csv",
        "date,value,note\n2026-10-25,30,before\n2026-11-01,41,first week\n2026-10-18,28,\n",
    );
    repo.write("empty.csv", "date,value\n");
    let commands = "
        git backlog metric orders --from bad.csv
        git backlog metric orders --from taken.csv
        git backlog metric orders --from empty.csv
        git backlog metric orders --from good.csv
        git backlog metric orders --from good.csv
        git diff -U0 .backlog
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog metric orders --from bad.csv
    ! error: 4 lines cannot be taken
    !     bad.csv:2: 'x' is not a number
    !     bad.csv:4: 'soon' is not a day
    !     bad.csv:5: 2026-10-02 twice, with 3 and with 5
    !     bad.csv:6: 4 fields instead of date,value
    ! hint: nothing was written
    = 1
    $ git backlog metric orders --from taken.csv
    ! error: 2 lines cannot be taken
    !     taken.csv:1: 2026-11-22 has 47 already
    !     taken.csv:3: 2026-11-15 has 46 already
    ! hint: nothing was written; write over it with --replace
    = 1
    $ git backlog metric orders --from empty.csv
    ! error: there are no readings in it
    = 2
    $ git backlog metric orders --from good.csv
    measure METRIC-t8h4p 2 readings from 2026-10-18 to 2026-10-25 "Orders per 100 baskets"
    $ git backlog metric orders --from good.csv
    ! nothing to change
    $ git diff -U0 .backlog
    diff --git a/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md b/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    index HASH..HASH 100644
    --- a/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    +++ b/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    @@ -13,0 +14,2 @@ Orders per 100 baskets, in more words.
    +| 2026-10-18 | 28 | |
    +| 2026-10-25 | 30 | before |
    "#);
    let run = repo.run_with(&["metric", "complaints", "--from", "-"], "2026-11-01;7\n");
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(repo.run(&["metric", "complaints", "--format", "json"]).json()["now"], 7.0);
}

#[test]
fn a_file_is_taken_whole_or_told_by_its_lines() {
    let repo = measured();
    repo.write("broken.csv", "yesterday,many\n2026-10-01,5\n");
    repo.write("open.csv", "date,value,note\n2026-10-01,41,\"a\n2026-10-02,42,\"b\"\n2026-10-03\n");
    repo.write("quoted.csv", "2026-10-01,41,\"a; b\"\n2026-10-02,42,x\n");
    let commands = "
        git backlog metric orders --from broken.csv
        git backlog metric orders --from open.csv
        git backlog metric orders --from quoted.csv
        git backlog metric orders ++5
        git diff -U0 .backlog
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog metric orders --from broken.csv
    ! error: 1 line cannot be taken
    !     broken.csv:1: 'yesterday' is not a day
    ! hint: nothing was written
    = 1
    $ git backlog metric orders --from open.csv
    ! error: 2 lines cannot be taken
    !     open.csv:2: a quote is not closed at the end of its value
    !     open.csv:4: 1 field instead of date,value,note
    ! hint: nothing was written
    = 1
    $ git backlog metric orders --from quoted.csv
    measure METRIC-t8h4p 2 readings from 2026-10-01 to 2026-10-02 "Orders per 100 baskets"
    $ git backlog metric orders ++5
    ! error: '++5' is not a number
    ! hint: write a plain number, such as 41.2; the unit stands in the record
    = 2
    $ git diff -U0 .backlog
    diff --git a/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md b/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    index HASH..HASH 100644
    --- a/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    +++ b/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    @@ -13,0 +14,2 @@ Orders per 100 baskets, in more words.
    +| 2026-10-01 | 41 | a; b |
    +| 2026-10-02 | 42 | x |
    "#);
}

#[test]
fn many_readings_are_written_at_once() {
    let repo = measured();
    let day =
        |nth: usize| format!("{}-{:02}-{:02}", 1990 + nth / 336, nth / 28 % 12 + 1, nth % 28 + 1);
    let rows: String = (0..6000).rev().map(|nth| format!("{},{nth}\n", day(nth))).collect();
    repo.write("many.csv", rows);
    let start = std::time::Instant::now();
    let run = repo.run(&["metric", "complaints", "--from", "many.csv"]);
    assert!(run.out.contains("measure METRIC-22222 6000 readings"), "{run}");
    // One at a time it takes many minutes.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
