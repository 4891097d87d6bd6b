//! `stats`.

use insta::assert_snapshot;

use super::{document, korb, shop};
use crate::support::Repo;

#[test]
fn tells_how_the_work_flows() {
    assert_snapshot!(korb().session("git backlog stats --weeks 8"), @"
    $ git backlog stats --weeks 8
    How the work flows, 2026-10-01 to 2026-11-25 (8 whole weeks)
    24 items done in all of the past; the day is known of 24, the lead time of 24, the cycle time of 24; 11 came in done.

    Items done in each week
    12 items in 8 weeks: 1.5 a week, in the middle 1.5; 1 week without one. In the same time 32 came in.
     week from  done  came in
    2026-10-01     1        3
    2026-10-08     1        5
    2026-10-15     2        3
    2026-10-22     3        5
    2026-10-29     0        5
    2026-11-05     2        5
    2026-11-12     2        5
    2026-11-19     1        1

    How long it takes
    Days from coming in (lead time) and from the beginning of work (cycle time) to the end, within which 50, 85 and 95 % of the items were done.
    type   items   lead  50 %  85 %  95 %  cycle  50 %  85 %  95 %
    all       12  of 12    23    38     –  of 12     6    10     –
    story      8   of 8    23    38     –   of 8     7    10     –
    bug        2   of 2     2     –     –   of 2     1     –     –
    task       1   of 1     –     –     –   of 1     –     –     –
    spike      1   of 1     –     –     –   of 1     –     –     –
    cycle time  items
             0      0
             1      1
             2      2
             3      1
             4      1
             5      0
             6      1
             7      2
             8      0
             9      2
            10      2

    Under way
    5 items under way; 0 are too old: more than the 10 days within which 85 % of 12 items were done.
    days  since       older than  id        title
       9  2026-11-16        50 %  BL-ptgvp  Skip a week
       8  2026-11-17        50 %  BL-74d5x  Swap one vegetable
       7  2026-11-18        50 %  BL-vsj8j  Pick-up point shows last week's opening hours
       6  2026-11-19              BL-qc2v2  See the whole price before paying
       2  2026-11-23              BL-bmfbz  Rehearse the restore of a backup

    Cumulative flow
    Not begun: 6 → 22. Under way: 2 → 5. Done: 12 → 24. Dropped: 0 → 1.
    evening of  done since 2026-10-01  under way  not begun
    2026-10-02                      1          1          7
    2026-10-05                      1          2          7
    2026-10-08                      2          1          7
    2026-10-11                      2          1          8
    2026-10-14                      2          3         10
    2026-10-17                      3          2         10
    2026-10-20                      4          2         11
    2026-10-23                      6          0         14
    2026-10-26                      6          1         14
    2026-10-29                      7          0         16
    2026-11-01                      7          0         17
    2026-11-04                      7          4         17
    2026-11-07                      8          3         19
    2026-11-10                      9          2         21
    2026-11-13                     11          0         24
    2026-11-16                     11          2         23
    2026-11-19                     12          4         22
    2026-11-22                     12          4         23
    2026-11-25                     12          5         22

    What sprints brought
    1 of 1 sprint that is over brought what was planned. What a sprint brought is no promise of the next.
    sprint   from        to          capacity  planned  of it done     done  accepted
    2026-23  2026-11-02  2026-11-13        20  18 in 3     18 in 3  19 in 4         4  as planned
    2026-24  2026-11-16  2026-11-27        18  17 in 6      2 in 1   2 in 1         1  running

    Scope of sprints
    What was in a sprint in the evening of its first day, what came after that, and what went before its last, in points and items.
    sprint   at its start  came in  went out  changed
    2026-23       18 in 3   1 in 1         0     33 %
    2026-24       17 in 6   1 in 1         0     17 %

    Flow efficiency
    Not measurable: no status of category doing says that an item waits, as 'waiting', 'blocked' or 'ready-for-test' would.

    Changes of the order
    1 move, 0.1 a week; 1 of 40 items that were open were moved, 3 %.

    Acceptance criteria
    13 of 13 open items that are ready or under way have criteria (100 %).
    month    done  with criteria  changed after the start  of
    2026-10     7           86 %                      0 %   7
    2026-11     5          100 %                      0 %   5

    Opened again
    Nothing that was done was opened again, as far as the history tells.

    Time to answer
    0 answers: too few to say how long one takes. 4 open questions.

    Value delivered
    month    value  effort  items  without a value
    2026-10     50      23      7
    2026-11     35      21      5
    ");
}

#[test]
fn tells_some_metrics_of_some_items() {
    let session = "\
git backlog stats type=bug --only times,reopened
git backlog stats 'titel=x'
git backlog stats --only speed
git backlog stats --weeks 0
git backlog stats --since tomorrow
git backlog stats --since 2082-01-01
git backlog stats --only rank_churn --format svg";
    assert_snapshot!(korb().session(session), @"
    $ git backlog stats type=bug --only times,reopened
    How the work flows, 2026-06-29 to 2026-11-25 (21 whole weeks) (type=bug)
    3 items done in all of the past; the day is known of 3, the lead time of 3, the cycle time of 3; 1 came in done.

    How long it takes
    Days from coming in (lead time) and from the beginning of work (cycle time) to the end, within which 50, 85 and 95 % of the items were done.
    type  items  lead  50 %  85 %  95 %  cycle  50 %  85 %  95 %
    all       3  of 3     2     –     –   of 3     1     –     –
    bug       3  of 3     2     –     –   of 3     1     –     –

    Opened again
    Nothing that was done was opened again, as far as the history tells.
    $ git backlog stats 'titel=x'
    ! error: query: unknown field 'titel'
    !     titel=x
    !     ^^^^^
    ! hint: did you mean 'title'?
    = 2
    $ git backlog stats --only speed
    ! error: invalid value 'speed' for '--only <METRIC>'
    !   [possible values: throughput, times, ageing, cumulative_flow, velocity, scope, flow_efficiency, rank_churn, criteria, reopened, answers, value_delivered]
    ! hint: see what there is with -h
    = 2
    $ git backlog stats --weeks 0
    ! error: invalid value '0' for '--weeks <N>': less than a week tells nothing
    ! hint: see what there is with -h
    = 2
    $ git backlog stats --since tomorrow
    ! error: 'tomorrow' is no day
    ! hint: write it as 2026-09-01, or as -2w: two weeks ago
    = 2
    $ git backlog stats --since 2082-01-01
    ! error: --since 2082-01-01 is in the future
    ! hint: name a day of the past
    = 2
    $ git backlog stats --only rank_churn --format svg
    ! error: there is no chart of that: too little is known, or it is told in words
    ! hint: see what is known without --format svg
    = 2
    ");
}

#[test]
fn programs_get_all_figures() {
    let run = korb().run(&["stats", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
    let json = run.json();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    let sections = [
        "throughput",
        "times",
        "ageing",
        "cumulative_flow",
        "velocity",
        "scope",
        "flow_efficiency",
        "rank_churn",
        "criteria",
        "reopened",
        "answers",
        "value_delivered",
    ];
    let first = ["schema", "query", "first", "last", "coverage"];
    assert_eq!(keys, first.iter().chain(&sections).collect::<Vec<_>>());
    let days = json["cumulative_flow"]["days"].as_array().unwrap();
    let last = days.last().unwrap();
    let sum: u64 =
        ["todo", "doing", "done", "dropped"].iter().map(|it| last[it].as_u64().unwrap()).sum();
    let items = korb().run(&["list", "--all", "--format", "json"]).json();
    let n_items = items["documents"].as_array().unwrap().len();
    let wholes = json["coverage"]["with_parts"].as_u64().unwrap();
    assert!(sum + wholes <= n_items as u64 && sum > 0, "{sum} of {n_items}");
}

#[test]
fn charts_are_pictures_that_say_what_they_show() {
    for metric in ["throughput", "times", "cumulative_flow"] {
        let run = korb().run(&["stats", "--only", metric, "--format", "svg"]);
        assert_eq!(run.code, Some(0), "{run}");
        assert!(run.out.starts_with("<svg") && run.out.contains("<title>"), "{run}");
        assert!(!run.out.contains("<desc></desc>") && !run.out.contains("NaN"), "{run}");
    }
}

#[test]
fn without_a_history_the_days_in_the_items_tell() {
    let repo = Repo::without_repository();
    repo.write(".backlog/config.yml", "");
    let fields = "status: done\ncreated: 2026-11-02\nstarted: 2026-11-05\ndone: 2026-11-20\n";
    document(&repo, "items/BL-22222-first", fields);
    assert_snapshot!(repo.session("git backlog stats --dir .backlog --only throughput,times --weeks 2"), @"
    $ git backlog stats --dir .backlog --only throughput,times --weeks 2
    How the work flows, 2026-11-12 to 2026-11-25 (2 whole weeks)
    1 item done in all of the past; the day is known of 1, the lead time of 1, the cycle time of 1; 0 came in done.

    Items done in each week
    1 item in 2 weeks: 0.5 a week, in the middle 0.5; 1 week without one. In the same time 0 came in.
     week from  done  came in
    2026-11-12     0        0
    2026-11-19     1        0

    How long it takes
    Days from coming in (lead time) and from the beginning of work (cycle time) to the end, within which 50, 85 and 95 % of the items were done.
    type  items  lead  50 %  85 %  95 %  cycle  50 %  85 %  95 %
    all       1  of 1     –     –     –   of 1     –     –     –
    ");
}

#[test]
fn nothing_is_told_of_nothing() {
    let repo = Repo::new();
    repo.write(".backlog/config.yml", "");
    assert_snapshot!(repo.session("git backlog stats"), @"
    $ git backlog stats
    How the work flows, 2026-11-25 to 2026-11-25 (1 day)
    There is no item to tell of.
    ");
    let first = shop();
    let run = first.run(&["stats", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
}

#[test]
fn sprints_that_cannot_be_measured_are_named() {
    let repo = shop();
    let sprint = |id: &str, days: &str| {
        let text = format!("---\nid: {id}\ntitle: Sprint\nstatus: active\n{days}---\n");
        repo.write(&format!(".backlog/sprints/{id}.md"), text);
    };
    sprint("S1", "start: 2026-11-02\n");
    sprint("S2", "start: 2026-11-02\nend: 2026-11-13\ncapacity: 0\n");
    sprint("S3", "start: 2026-11-13\nend: 2026-11-27\n");
    sprint("S4", "start: 2026-11-13\nend: 2026-11-01\n");
    assert_snapshot!(repo.session("git backlog stats --only velocity,scope"), @"
    $ git backlog stats --only velocity,scope
    How the work flows, 2026-05-28 to 2026-11-25 (26 whole weeks)
    1 item done in all of the past; the day is known of 1, the lead time of 1, the cycle time of 0; 1 came in done.

    What sprints brought
    No sprint that is over had planned anything. What a sprint brought is no promise of the next.
    sprint   from        to          capacity  planned  of it done  done  accepted
    S2       2026-11-02  2026-11-13         0        0           0     0         0  nothing planned
    S3       2026-11-13  2026-11-27                  0           0     0         0  running
    2026-24  2026-11-16  2026-11-27             ? in 1           0     0         0  running
    3 sprints share days: what was done on one counts for the sprint that the item names.
    S1 has no last day, and is not counted.
    S4 ends before it begins, and is not counted.

    Scope of sprints
    What was in a sprint in the evening of its first day, what came after that, and what went before its last, in points and items.
    sprint   at its start  came in  went out  changed
    S2                  0        0         0
    S3                  0        0         0
    2026-24        ? in 1        0         0      0 %
    ");
}

#[test]
fn one_commit_and_a_cut_history_say_what_they_know() {
    let repo = shop();
    let once = repo.run(&["stats", "--format", "json"]).json();
    assert_eq!(once["rank_churn"]["moves"], 0);
    repo.run(&["rank", "7kxxm", "--top", "-m", "first"]);
    let source = format!("file://{}", repo.path("").display());
    let target = repo.beside("repo/clone");
    repo.git(&["clone", "--quiet", "--depth=1", &source, target.to_str().unwrap()]);
    let clone = repo.at("repo/clone");
    let run = clone.run(&["stats", "--only", "rank_churn"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.err.contains("this clone is shallow"), "{run}");
}

#[test]
fn a_revision_and_a_bare_repository_have_figures_too() {
    let repo = korb();
    let n_done = |repo: &Repo, arguments: &[&str]| {
        let run = repo.run(&[&["stats", "--format", "json"], arguments].concat());
        assert_eq!(run.code, Some(0), "{run}");
        run.json()["coverage"]["done"].as_u64().unwrap()
    };
    let now = n_done(&repo, &[]);
    assert!(n_done(&repo, &["--at", "HEAD~30"]) < now);
    let target = repo.beside("repo/bare");
    repo.git(&["clone", "--quiet", "--bare", ".", target.to_str().unwrap()]);
    assert_eq!(n_done(&repo.at("repo/bare"), &[]), now);
}

/// Old texts are not in a partial clone, and nothing is fetched to tell of them.
#[test]
fn what_is_not_in_the_clone_is_counted_as_unknown() {
    let full = korb();
    full.git(&["config", "uploadpack.allowFilter", "true"]);
    let from = format!("file://{}", full.path("").display());
    full.git(&["clone", "--quiet", "--filter=blob:none", &from, "../partial"]);
    let figures = |repo: &Repo| repo.run(&["stats", "--weeks", "20", "--format", "json"]);
    let expected = figures(&full);
    let partial = full.at("repo/partial");
    partial.git(&["remote", "remove", "origin"]);
    let run = figures(&partial);
    assert!(run.err.contains("in the history are broken or not in this clone"), "{run}");
    assert_eq!(run.json()["coverage"]["done"], expected.json()["coverage"]["done"]);
    assert_eq!(run.json()["throughput"], expected.json()["throughput"]);
}
