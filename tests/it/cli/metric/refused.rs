//! What `metric` refuses, and what it cannot read.

use insta::assert_snapshot;

use super::*;

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
