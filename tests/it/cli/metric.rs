//! `metric`, and goals that are measured.

mod files;
mod refused;

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
