//! `metric`, and goals that are measured.

use insta::assert_snapshot;

use super::{commit, document, edit, shop};
use crate::support::Repo;

const ORDERS: &str = ".backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md";

/// A shop with a metric of four readings, its goal and an experiment, and a metric that nobody reads.
fn measured() -> Repo {
    let repo = shop();
    document(
        &repo,
        "metrics/METRIC-t8h4p-orders-per-100-baskets",
        "status: active\nunit: \"%\"\ndirection: up\ntarget: 60\n",
    );
    let table = "\n| date | value | note |\n| --- | --- | --- |\n| 2026-11-01 | 41 | first week |\n\
                 | 2026-11-08 | 39 | |\n| 2026-11-15 | 46 | photo |\n| 2026-11-22 | 47 | |\n";
    let text = repo.read(ORDERS);
    repo.write(ORDERS, text + table);
    document(&repo, "metrics/METRIC-22222-complaints", "status: active\ndirection: down\n");
    document(&repo, "metrics/METRIC-33333-clicks", "status: retired\n");
    let goal = ".backlog/goals/GOAL-activation-who-fills-a-basket-also-orders.md";
    edit(&repo, goal, "by:", "metric: METRIC-t8h4p\nbaseline: 40\ntarget: 60\nby:");
    document(
        &repo,
        "experiments/EXP-22222-does-a-photo-help",
        "status: finished\nmetric: METRIC-t8h4p\noutcome: confirmed\n",
    );
    commit(&repo, "Mira", "Numbers");
    repo
}

#[test]
fn shows_trends_and_the_way_to_the_target() {
    let commands = "
        git backlog metric
        git backlog metric orders
        git backlog metric GOAL-act
        git backlog metric complaints
        git backlog metric --at HEAD~1
        git backlog metric orders --format csv
        git backlog list goals
        git backlog show GOAL-activation
        git backlog show METRIC-t8
    ";
    assert_snapshot!(measured().session(commands), @"
    $ git backlog metric
    id                   now  unit  last step  a week  trend   target   way  readings  on          title
    METRIC-22222  unmeasured                                                                       Complaints
    METRIC-t8h4p          47  %            +1    +2.5  better      60  35 %  ▃▁▇█      2026-11-22  Orders per 100 baskets
    2 metrics; 1 unmeasured; 1 retired and not shown
    $ git backlog metric orders
    METRIC-t8h4p  Orders per 100 baskets
    now          47 % on 2026-11-22
    last step    +1 since the reading before
    a week       +2.5 over the last readings, better
    way          40 → 47 → 60, 35 %
    readings     ▃▁▇█
    moves        GOAL-activation Who fills a basket also orders (active, 40 → 47 → 60, 35 %, by 2027-03-31)
    experiments  EXP-22222 Does a photo help (finished, confirmed)

    date        value  step  note
    2026-11-22     47    +1
    2026-11-15     46    +7  photo
    2026-11-08     39    -2
    2026-11-01     41        first week
    $ git backlog metric GOAL-act
    METRIC-t8h4p  Orders per 100 baskets
    now          47 % on 2026-11-22
    last step    +1 since the reading before
    a week       +2.5 over the last readings, better
    way          40 → 47 → 60, 35 %
    readings     ▃▁▇█
    moves        GOAL-activation Who fills a basket also orders (active, 40 → 47 → 60, 35 %, by 2027-03-31)
    experiments  EXP-22222 Does a photo help (finished, confirmed)

    date        value  step  note
    2026-11-22     47    +1
    2026-11-15     46    +7  photo
    2026-11-08     39    -2
    2026-11-01     41        first week
    $ git backlog metric complaints
    METRIC-22222  Complaints
    now    unmeasured: write a reading down with git backlog metric METRIC-22222 VALUE
    way    unmeasured
    moves  no goal names it
    $ git backlog metric --at HEAD~1
    id  now  unit  last step  a week  trend  target  way  readings  on  title
    0 metrics
    ! write the first one down with: git backlog new metric TITLE
    $ git backlog metric orders --format csv
    date,value,step,note
    2026-11-22,47,+1,
    2026-11-15,46,+7,photo
    2026-11-08,39,-2,
    2026-11-01,41,,first week
    $ git backlog list goals
    id               status  by          progress            title
    GOAL-activation  active  2027-03-31  40 → 47 → 60, 35 %  Who fills a basket also orders
    1 goal
    $ git backlog show GOAL-activation
    GOAL-activation  Who fills a basket also orders
    created      2026-10-01
    status       active
    metric       METRIC-t8h4p Orders per 100 baskets
    baseline     40
    target       60
    by           2027-03-31
    progress     40 → 47 → 60, 35 %
    in goal of   BL-7k3qd Guest checkout
    last change  2026-01-01 Mira: Numbers (HASH)

    Who fills a basket also orders, in more words.
    $ git backlog show METRIC-t8
    METRIC-t8h4p  Orders per 100 baskets
    status        active
    unit          %
    direction     up
    target        60
    now           47 on 2026-11-22
    readings      ▃▁▇█
    in metric of  GOAL-activation Who fills a basket also orders, EXP-22222 Does a photo help (finished)
    last change   2026-01-01 Mira: Numbers (HASH)

    Orders per 100 baskets, in more words.

    date        value  note
    2026-11-01  41     first week
    2026-11-08  39
    2026-11-15  46     photo
    2026-11-22  47
    ");
    assert_snapshot!(measured().session("git backlog metric orders --format json"), @r#"
    $ git backlog metric orders --format json
    {
      "schema": 1,
      "id": "METRIC-t8h4p",
      "title": "Orders per 100 baskets",
      "status": "active",
      "unit": "%",
      "direction": "up",
      "baseline": 40,
      "now": 47,
      "date": "2026-11-22",
      "target": 60,
      "share": 0.35,
      "step": 1,
      "slope": 2.5,
      "trend": "better",
      "stale_days": null,
      "goals": [
        "GOAL-activation"
      ],
      "experiments": [
        "EXP-22222"
      ],
      "readings": [
        {
          "date": "2026-11-01",
          "value": 41,
          "note": "first week"
        },
        {
          "date": "2026-11-08",
          "value": 39,
          "note": null
        },
        {
          "date": "2026-11-15",
          "value": 46,
          "note": "photo"
        },
        {
          "date": "2026-11-22",
          "value": 47,
          "note": null
        }
      ],
      "unreadable": []
    }
    "#);
}

#[test]
fn a_reading_goes_to_its_place() {
    let repo = measured();
    let commands = "
        git backlog metric activation 49.5 --note 'a | b' -m 'Counted on Sunday'
        git log -1 --format=%B
        git backlog metric orders 40 --date 2026-11-10
        git backlog metric orders 38 --date -40d
        git backlog metric orders 40 --date 2026-11-10
        git backlog metric orders 42 --date 2026-11-10
        git backlog metric orders 42 --date 2026-11-10 --replace
        git backlog metric complaints 3
        git backlog metric clicks 3 --date +1w
        git diff -U1
        git backlog undo -q
        git backlog undo -q
        git status --porcelain
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog metric activation 49.5 --note 'a | b' -m 'Counted on Sunday'
    measure METRIC-t8h4p 49.5 on 2026-11-25 "Orders per 100 baskets"
    ! [main HASH] backlog: measure METRIC-t8h4p 49.5 on 2026-11-25 "Orders per 100 baskets"
    $ git log -1 --format=%B
    backlog: measure METRIC-t8h4p 49.5 on 2026-11-25 "Orders per 100 baskets"

    Counted on Sunday

    Backlog: METRIC-t8h4p

    $ git backlog metric orders 40 --date 2026-11-10
    measure METRIC-t8h4p 40 on 2026-11-10 "Orders per 100 baskets"
    $ git backlog metric orders 38 --date -40d
    measure METRIC-t8h4p 38 on 2026-10-16 "Orders per 100 baskets"
    $ git backlog metric orders 40 --date 2026-11-10
    ! nothing to change
    $ git backlog metric orders 42 --date 2026-11-10
    ! error: METRIC-t8h4p: 2026-11-10 has 40 already
    ! hint: write over it with --replace
    = 2
    $ git backlog metric orders 42 --date 2026-11-10 --replace
    measure METRIC-t8h4p 42 on 2026-11-10 "Orders per 100 baskets"
    $ git backlog metric complaints 3
    measure METRIC-22222 3 on 2026-11-25 "Complaints"
    $ git backlog metric clicks 3 --date +1w
    ! error: 2026-12-02 is still to come
    = 2
    $ git diff -U1
    diff --git a/.backlog/metrics/METRIC-22222-complaints.md b/.backlog/metrics/METRIC-22222-complaints.md
    index HASH..HASH 100644
    --- a/.backlog/metrics/METRIC-22222-complaints.md
    +++ b/.backlog/metrics/METRIC-22222-complaints.md
    @@ -8 +8,5 @@ direction: down
     Complaints, in more words.
    +
    +| date | value | note |
    +| --- | --- | --- |
    +| 2026-11-25 | 3 | |
    diff --git a/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md b/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    index HASH..HASH 100644
    --- a/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    +++ b/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    @@ -13,4 +13,6 @@ Orders per 100 baskets, in more words.
     | --- | --- | --- |
    +| 2026-10-16 | 38 | |
     | 2026-11-01 | 41 | first week |
     | 2026-11-08 | 39 | |
    +| 2026-11-10 | 42 | |
     | 2026-11-15 | 46 | photo |
    $ git backlog undo -q
    $ git backlog undo -q
    $ git status --porcelain
     M .backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    "#);
}

#[test]
fn says_what_is_wrong_and_writes_nothing() {
    let repo = measured();
    let commands = "
        git backlog metric orders x
        git backlog metric orders NaN
        git backlog metric orders inf
        git backlog metric orders 41,2
        git backlog metric orders '47 %'
        git backlog metric orders ''
        git backlog metric orders 1 --date someday
        git backlog metric orders 1 --at HEAD
        git backlog metric c 3
        git backlog metric nothing 3
        git backlog metric 7k3qd 3
        git backlog metric '' 3
        git backlog metric orders --note 'no number'
        git backlog metric --from x.csv
        git backlog metric orders --from nowhere.csv
        git backlog metric orders 1 --dry-run
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog metric orders x
    ! error: 'x' is not a number
    ! hint: write a plain number, such as 41.2; the unit stands in the record
    = 2
    $ git backlog metric orders NaN
    ! error: 'NaN' is not a number
    ! hint: write a plain number, such as 41.2; the unit stands in the record
    = 2
    $ git backlog metric orders inf
    ! error: 'inf' is not a number
    ! hint: write a plain number, such as 41.2; the unit stands in the record
    = 2
    $ git backlog metric orders 41,2
    ! error: '41,2' is not a number; write 41.2
    ! hint: write a plain number, such as 41.2; the unit stands in the record
    = 2
    $ git backlog metric orders '47 %'
    ! error: '47 %' is not a number; write 47
    ! hint: write a plain number, such as 41.2; the unit stands in the record
    = 2
    $ git backlog metric orders ''
    ! error: '' is not a number
    ! hint: write a plain number, such as 41.2; the unit stands in the record
    = 2
    $ git backlog metric orders 1 --date someday
    ! error: 'someday' is not a day
    ! hint: write it as 2026-11-23, or as today, -3d
    = 2
    $ git backlog metric orders 1 --at HEAD
    ! error: a reading is written to the worktree, and not to a revision
    = 2
    $ git backlog metric c 3
    ! error: 'c' matches METRIC-22222 "Complaints", METRIC-33333 "Clicks"
    ! hint: type more of the id or the title
    = 2
    $ git backlog metric nothing 3
    ! error: no metric 'nothing'
    ! hint: see them with: git backlog metric; write one down with: git backlog new metric TITLE
    = 2
    $ git backlog metric 7k3qd 3
    ! error: BL-7k3qd is of kind item, and no metric
    ! hint: see them with: git backlog metric
    = 2
    $ git backlog metric '' 3
    ! error: no metric ''
    ! hint: see them with: git backlog metric; write one down with: git backlog new metric TITLE
    = 2
    $ git backlog metric orders --note 'no number'
    ! error: the following required arguments were not provided:
    !   <VALUE>
    !
    ! Usage: git backlog metric --note <TEXT> <ID> <VALUE>
    ! hint: see what there is with -h
    = 2
    $ git backlog metric --from x.csv
    ! error: the following required arguments were not provided:
    !   <ID>
    !
    ! Usage: git backlog metric --from <FILE> <ID> [VALUE]
    ! hint: see what there is with -h
    = 2
    $ git backlog metric orders --from nowhere.csv
    ! error: cannot read [TMP]/repo/nowhere.csv: no such file or directory
    = 5
    $ git backlog metric orders 1 --dry-run
    diff --git a/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md b/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    --- a/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    +++ b/.backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md
    @@ -15,3 +15,4 @@
     | 2026-11-08 | 39 | |
     | 2026-11-15 | 46 | photo |
     | 2026-11-22 | 47 | |
    +| 2026-11-25 | 1 | |
    "#);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

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
fn what_cannot_be_read_is_told_with_its_place() {
    let repo = measured();
    edit(&repo, ORDERS, "| 39 |", "| 39,5 |");
    edit(&repo, ORDERS, "| 2026-11-22 |", "| 2026-11-12 |");
    edit(&repo, ORDERS, "| 2026-11-15 |", "| 2026-11-01 |");
    let commands = "
        git backlog metric
        git backlog check METRIC-t8h4p
        git backlog check
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog metric
    id                   now  unit  last step  a week  trend   target   way  readings  on          title
    METRIC-22222  unmeasured                                                                       Complaints
    METRIC-t8h4p          47  %            +1          better      60  35 %  ▁█        2026-11-12  Orders per 100 baskets
    .backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md:15:1: '39,5' is not a number; write 39.5
    2 metrics; 1 unmeasured; 1 retired and not shown
    $ git backlog check METRIC-t8h4p
    .backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md:15:1: warning[MT001]: a reading cannot be read: '39,5' is not a number; write 39.5
    .backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md:16:1: warning[MT003]: a second reading of 2026-11-01
        keep the one that is right

    1 document checked: 0 errors, 2 warnings
    $ git backlog check
    .backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md:15:1: warning[MT001]: a reading cannot be read: '39,5' is not a number; write 39.5
    .backlog/metrics/METRIC-t8h4p-orders-per-100-baskets.md:16:1: warning[MT003]: a second reading of 2026-11-01
        keep the one that is right

    12 documents checked: 0 errors, 2 warnings
    ");
}

#[test]
fn an_empty_backlog_has_no_metrics() {
    let repo = shop();
    let commands = "
        git backlog metric
        git backlog metric orders
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog metric
    id  now  unit  last step  a week  trend  target  way  readings  on  title
    0 metrics
    ! write the first one down with: git backlog new metric TITLE
    $ git backlog metric orders
    ! error: no metric 'orders'
    ! hint: see them with: git backlog metric; write one down with: git backlog new metric TITLE
    = 2
    ");
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
