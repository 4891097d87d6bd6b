//! `list`.

use insta::assert_snapshot;

use super::{document, ids, shop};

#[test]
fn shows_the_open_items_in_their_order() {
    assert_snapshot!(shop().session("git backlog list"), @r"
    $ git backlog list
    #  id        type   status       value  effort  met  title
    1  BL-7k3qd  story  ready            8       3  1/3  Guest checkout
    2  BL-9qqrt  task   in-progress      5               Orders belong to an address
    3  BL-7kxxm  bug    proposed                         Basket is empty after login
    3 items; 2 done or dropped (--all shows them)
    ");
}

#[test]
fn shows_done_ones_too_when_asked() {
    let commands = "
        git backlog list --all --columns id,status
        git backlog list -a -n 2
        git backlog list status=done --columns id,status,done
        git backlog list category=dropped --columns id
    ";
    assert_snapshot!(shop().session(commands), @r"
    $ git backlog list --all --columns id,status
    id        status
    BL-7k3qd  ready
    BL-9qqrt  in-progress
    BL-7kxxm  proposed
    BL-d4bcg  done
    BL-x2ttv  rejected
    5 items
    $ git backlog list -a -n 2
    #  id        type   status       value  effort  met  title
    1  BL-7k3qd  story  ready            8       3  1/3  Guest checkout
    2  BL-9qqrt  task   in-progress      5               Orders belong to an address
    5 items; the first 2 are shown
    $ git backlog list status=done --columns id,status,done
    id        status  done
    BL-d4bcg  done    2026-10-09
    1 item
    $ git backlog list category=dropped --columns id
    id
    BL-x2ttv
    1 item
    ");
    let repo = shop();
    assert_eq!(repo.run(&["list", "--top", "1"]).out, repo.run(&["list", "-n", "1"]).out);
}

#[test]
fn finds_what_a_query_asks_for() {
    let repo = shop();
    for (query, expected) in [
        ("status=ready", "BL-7k3qd"),
        ("@next", "BL-7k3qd"),
        ("label=checkout", "BL-7k3qd BL-7kxxm"),
        ("labels=checkout and not labels=mobile", "BL-7k3qd"),
        ("value>=5", "BL-7k3qd BL-9qqrt"),
        ("value>5 or assignee=mira", "BL-7k3qd BL-9qqrt"),
        ("(value>5 or assignee=mira) and type=task", "BL-9qqrt"),
        ("not assignee=", "BL-9qqrt"),
        ("assignee=", "BL-7k3qd BL-7kxxm"),
        ("status=ready,proposed", "BL-7k3qd BL-7kxxm"),
        ("title~GUEST", "BL-7k3qd"),
        ("'without an account'", "BL-7k3qd"),
        ("blocked=yes", "BL-7k3qd"),
        ("unmet>1", "BL-7k3qd"),
        ("score=2.67", "BL-7k3qd"),
        ("score=", "BL-9qqrt BL-7kxxm"),
        ("created<-3w", "BL-7k3qd BL-9qqrt BL-7kxxm"),
        ("created>today", ""),
    ] {
        let run = repo.run(&["list", query, "--columns", "id", "--format", "csv"]);
        let expected: Vec<&str> = expected.split_terminator(' ').collect();
        assert_eq!(
            (run.code, ids(&run)),
            (Some(0), expected.iter().map(|id| (*id).to_owned()).collect()),
            "{query}: {run}"
        );
    }
}

#[test]
fn several_queries_have_to_hold_all() {
    let commands =
        "git backlog list label=checkout --where value>1 --where status=ready --columns id";
    assert_snapshot!(shop().session(commands), @r"
    $ git backlog list label=checkout --where value>1 --where status=ready --columns id
    id
    BL-7k3qd
    1 item
    ");
}

#[test]
fn orders_by_a_field() {
    let repo = shop();
    let order = |field: &str| {
        ids(&repo.run(&["list", "--all", "--columns=id", "--format=csv", "--sort", field]))
    };
    assert_eq!(order("value"), ["BL-d4bcg", "BL-9qqrt", "BL-7k3qd", "BL-x2ttv", "BL-7kxxm"]);
    assert_eq!(order("-value"), ["BL-7k3qd", "BL-9qqrt", "BL-d4bcg", "BL-x2ttv", "BL-7kxxm"]);
    assert_eq!(order("title")[0], "BL-7kxxm");
    assert_eq!(order("-created")[0], "BL-7kxxm");
}

#[test]
fn tells_scores_of_open_items_by_the_model_of_the_settings() {
    let repo = shop();
    repo.run(&["set", "9qqrt", "effort=1", "due=2026-12-09", "urgency=deadline"]);
    repo.run(&["set", "7kxxm", "value=1", "effort=1"]);
    let scores = |more: &[&str]| -> Vec<String> {
        let args = ["list", "--columns=id,score", "--format=csv", "--sort=-score"];
        let rows = repo.run(&[&args, more].concat()).csv();
        rows.into_iter().skip(1).map(|row| row.join(" ")).collect()
    };
    assert_eq!(scores(&[]), ["BL-9qqrt 5", "BL-7k3qd 2.67", "BL-7kxxm 1"]);
    assert_eq!(scores(&["score<2", "--all"]), ["BL-7kxxm 1"]);
    let config = repo.read(".backlog/config.yml");
    repo.write(".backlog/config.yml", config + "score: {model: cd3}\n");
    // Two weeks to the day: 5 × 104 / 2.
    assert_eq!(scores(&["score>0"]), ["BL-9qqrt 260"]);
}

#[test]
fn lists_records_of_a_kind() {
    let commands = "
        git backlog list evidence
        git backlog list sprints status=active --columns id,end
        git backlog list goal
        git backlog list decisions
    ";
    assert_snapshot!(shop().session(commands), @"
    $ git backlog list evidence
    id        status    strength  method     date  title
    EV-h2vkd  assessed         4  interview        Shoppers leave at the form
    1 evidence
    $ git backlog list sprints status=active --columns id,end
    id       end
    2026-24  2026-11-27
    1 sprint
    $ git backlog list goal
    id               status  by          progress  title
    GOAL-activation  active  2027-03-31            Who fills a basket also orders
    1 goal
    $ git backlog list decisions
    id  status  date  title
    0 decisions
    ");
}

#[test]
fn prints_every_format() {
    let repo = shop();
    let commands = "
        git backlog list --limit 1 --format json
        git backlog list --columns id,value --format jsonl
        git backlog list --columns id,labels,title --format csv
        git backlog list --columns id,labels,title --format markdown
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog list --limit 1 --format json
    {
      "schema": 1,
      "documents": [
        {
          "kind": "item",
          "path": "items/BL-7k3qd-guest-checkout.md",
          "id": "BL-7k3qd",
          "title": "Guest checkout",
          "type": "story",
          "status": "ready",
          "created": "2026-11-02",
          "rank": "mbcd",
          "labels": [
            "checkout"
          ],
          "goal": "GOAL-activation",
          "value": 8,
          "effort": 3,
          "depends_on": [
            "BL-9qqrt"
          ],
          "evidence": [
            "EV-h2vkd"
          ],
          "position": 1,
          "criteria_met": 1,
          "criteria_total": 3,
          "category": "todo"
        }
      ]
    }
    $ git backlog list --columns id,value --format jsonl
    {"kind":"item","path":"items/BL-7k3qd-guest-checkout.md","id":"BL-7k3qd","title":"Guest checkout","type":"story","status":"ready","created":"2026-11-02","rank":"mbcd","labels":["checkout"],"goal":"GOAL-activation","value":8,"effort":3,"depends_on":["BL-9qqrt"],"evidence":["EV-h2vkd"],"position":1,"criteria_met":1,"criteria_total":3,"category":"todo"}
    {"kind":"item","path":"items/BL-9qqrt-orders-belong-to-an-address.md","id":"BL-9qqrt","title":"Orders belong to an address","type":"task","status":"in-progress","created":"2026-11-01","rank":"mbdd","assignee":"mira","value":5,"started":"2026-11-20","sprint":"2026-24","position":2,"criteria_met":0,"criteria_total":0,"category":"doing"}
    {"kind":"item","path":"items/BL-7kxxm-basket-is-empty-after-login.md","id":"BL-7kxxm","title":"Basket is empty after login","type":"bug","status":"proposed","created":"2026-11-03","rank":"mbfd","labels":["checkout","mobile"],"position":3,"criteria_met":0,"criteria_total":0,"category":"todo"}
    $ git backlog list --columns id,labels,title --format csv
    id,labels,title
    BL-7k3qd,checkout,Guest checkout
    BL-9qqrt,,Orders belong to an address
    BL-7kxxm,"checkout, mobile",Basket is empty after login
    $ git backlog list --columns id,labels,title --format markdown
    | id | labels | title |
    | --- | --- | --- |
    | BL-7k3qd | checkout | Guest checkout |
    | BL-9qqrt |  | Orders belong to an address |
    | BL-7kxxm | checkout, mobile | Basket is empty after login |
    "#);
    let json = repo.run(&["list", "--format", "json"]).json();
    assert_eq!(json["schema"], 1);
    assert_eq!(json["documents"][0]["id"], "BL-7k3qd");
    let lines = repo.run(&["list", "--format", "jsonl"]).out;
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["id"], "BL-9qqrt");
}

#[test]
fn names_what_it_does_not_know() {
    let commands = "
        git backlog list statsu=ready
        git backlog list 'status=redy'
        git backlog list 'status=ready and'
        git backlog list 'due<soon'
        git backlog list @nxt
        git backlog list --columns id,titel
        git backlog list --sort valeu
        git backlog list --limit x
        git backlog list --format html
    ";
    assert_snapshot!(shop().session(commands), @r"
    $ git backlog list statsu=ready
    ! error: query: unknown field 'statsu'
    !     statsu=ready
    !     ^^^^^^
    ! hint: did you mean 'status'?
    = 2
    $ git backlog list 'status=redy'
    ! error: query: unknown status 'redy'
    !     status=redy
    !            ^^^^
    ! hint: did you mean 'ready'?
    = 2
    $ git backlog list 'status=ready and'
    ! error: query: a condition is missing after 'and'
    !     status=ready and
    !                     ^
    ! hint: see the grammar with: git backlog list -h
    = 2
    $ git backlog list 'due<soon'
    ! error: query: 'soon' is no day
    !     due<soon
    !         ^^^^
    ! hint: write it as 2026-11-23, or as today, -3d, +2w
    = 2
    $ git backlog list @nxt
    ! error: query: no saved query 'nxt'
    !     @nxt
    !     ^^^^
    ! hint: did you mean 'next'?
    = 2
    $ git backlog list --columns id,titel
    ! error: unknown field 'titel'
    ! hint: did you mean 'title'?
    = 2
    $ git backlog list --sort valeu
    ! error: unknown field 'valeu'
    ! hint: did you mean 'value'?
    = 2
    $ git backlog list --limit x
    ! error: invalid value 'x' for '--limit <N>': invalid digit found in string
    ! hint: see what there is with -h
    = 2
    $ git backlog list --format html
    ! error: invalid value 'html' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, csv, markdown]
    ! hint: see what there is with -h
    = 2
    ");
}

#[test]
fn reads_earlier_states() {
    let repo = shop();
    repo.git(&["tag", "v1"]);
    repo.run(&["set", "7k3qd", "value=13", "-m", "Asked for by three shops"]);
    repo.run(&["set", "7k3qd", "value=21"]);
    let commands = "
        git backlog list --where value>5 --columns id,value --at v1
        git backlog list --where value>5 --columns id,value --at HEAD
        git backlog list --where value>5 --columns id,value --at HEAD~1
        git backlog list --where value>5 --columns id,value
        git backlog list --at v2
        git backlog list --at=--all
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog list --where value>5 --columns id,value --at v1
    id        value
    BL-7k3qd      8
    1 item
    $ git backlog list --where value>5 --columns id,value --at HEAD
    id        value
    BL-7k3qd     13
    1 item
    $ git backlog list --where value>5 --columns id,value --at HEAD~1
    id        value
    BL-7k3qd      8
    1 item
    $ git backlog list --where value>5 --columns id,value
    id        value
    BL-7k3qd     21
    1 item
    $ git backlog list --at v2
    ! error: no revision 'v2'
    ! hint: did you mean 'v1'?
    = 2
    $ git backlog list --at=--all
    ! error: no revision '--all'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    ");
}

#[test]
fn an_empty_backlog_is_no_error() {
    let repo = crate::support::Repo::new();
    repo.write(".backlog/config.yml", "");
    let commands = "
        git backlog list
        git backlog list --format json
        git backlog list --format jsonl
        git backlog list --format csv
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog list
    #  id  type  status  value  effort  met  title
    0 items
    $ git backlog list --format json
    {
      "schema": 1,
      "documents": []
    }
    $ git backlog list --format jsonl
    $ git backlog list --format csv
    position,id,type,status,value,effort,criteria,title
    "#);
}

#[test]
fn items_without_a_sound_rank_come_last_by_id() {
    let repo = shop();
    document(&repo, "items/BL-33333-no-rank", "type: bug\nstatus: ready\n");
    document(&repo, "items/BL-22222-bad-rank", "type: bug\nstatus: ready\nrank: 123\n");
    let run = repo.run(&["list", "--columns", "id", "--format", "csv"]);
    assert_eq!(ids(&run), ["BL-7k3qd", "BL-9qqrt", "BL-7kxxm", "BL-22222", "BL-33333"]);
}

#[test]
fn shows_what_changed_since_a_day_or_a_revision() {
    let repo = shop();
    repo.git(&["tag", "start"]);
    repo.run(&["set", "7k3qd", "value=1", "-m", "Less"]);
    repo.run(&["set", "9qqrt", "value=2"]);
    insta::assert_snapshot!(repo.session(
        "
        git backlog list --changed-since start --columns id,value
        git backlog list --changed-since start --at HEAD --columns id,value
        git backlog list --changed-since HEAD --columns id,value
        git backlog list --changed-since 2000-01-01 --columns id
        git backlog list --changed-since +1d --columns id,value
        git backlog list --changed-since nothing
    "
    ), @r#"
    $ git backlog list --changed-since start --columns id,value
    id        value
    BL-7k3qd      1
    BL-9qqrt      2
    2 items
    $ git backlog list --changed-since start --at HEAD --columns id,value
    id        value
    BL-7k3qd      1
    1 item
    $ git backlog list --changed-since HEAD --columns id,value
    id        value
    BL-9qqrt      2
    1 item
    $ git backlog list --changed-since 2000-01-01 --columns id
    id
    BL-7k3qd
    BL-9qqrt
    BL-7kxxm
    3 items; 2 done or dropped (--all shows them)
    $ git backlog list --changed-since +1d --columns id,value
    id        value
    BL-9qqrt      2
    1 item
    $ git backlog list --changed-since nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    "#);
}
