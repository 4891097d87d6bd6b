//! `board`.

use insta::assert_snapshot;

use super::shop;

#[test]
fn shows_the_open_items_by_status() {
    let repo = shop();
    let commands = "
        git backlog board
        git backlog board --all
        git backlog board --limit 0
        git backlog board --where label=checkout
        git backlog board --where x=y
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog board
    proposed 1
      BL-7kxxm Basket is empty after login

    ready 1
      BL-7k3qd Guest checkout

    in-progress 1
      BL-9qqrt Orders belong to an address (mira)

    review 0
    $ git backlog board --all
    proposed 1
      BL-7kxxm Basket is empty after login

    ready 1
      BL-7k3qd Guest checkout

    in-progress 1
      BL-9qqrt Orders belong to an address (mira)

    review 0

    done 1
      BL-d4bcg Pay by invoice

    rejected 1
      BL-x2ttv Pay by fax
    $ git backlog board --limit 0
    proposed 1
      and 1 more

    ready 1
      and 1 more

    in-progress 1
      and 1 more

    review 0
    $ git backlog board --where label=checkout
    proposed 1
      BL-7kxxm Basket is empty after login

    ready 1
      BL-7k3qd Guest checkout

    in-progress 0

    review 0
    $ git backlog board --where x=y
    ! error: query: unknown field 'x'
    !     x=y
    !     ^
    ! hint: use one of id, title, assignee, type, status, created, rank, depends_on and 84 more
    = 2
    ");
}

#[test]
fn prints_every_format() {
    let commands = "
        git backlog board --format json --where type=task
        git backlog board --format jsonl --where type=task
        git backlog board --format markdown
        git backlog board --format csv
    ";
    let repo = shop();
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog board --format json --where type=task
    {
      "schema": 1,
      "lanes": [
        {
          "status": "proposed",
          "category": "todo",
          "limit": null,
          "items": []
        },
        {
          "status": "ready",
          "category": "todo",
          "limit": null,
          "items": []
        },
        {
          "status": "in-progress",
          "category": "doing",
          "limit": null,
          "items": [
            {
              "kind": "item",
              "path": "items/BL-9qqrt-orders-belong-to-an-address.md",
              "id": "BL-9qqrt",
              "title": "Orders belong to an address",
              "type": "task",
              "status": "in-progress",
              "created": "2026-11-01",
              "rank": "mbdd",
              "assignee": "mira",
              "value": 5,
              "started": "2026-11-20",
              "sprint": "2026-24",
              "position": 2,
              "criteria_met": 0,
              "criteria_total": 0,
              "category": "doing"
            }
          ]
        },
        {
          "status": "review",
          "category": "doing",
          "limit": null,
          "items": []
        }
      ]
    }
    $ git backlog board --format jsonl --where type=task
    {"status":"proposed","category":"todo","limit":null,"items":[]}
    {"status":"ready","category":"todo","limit":null,"items":[]}
    {"status":"in-progress","category":"doing","limit":null,"items":[{"kind":"item","path":"items/BL-9qqrt-orders-belong-to-an-address.md","id":"BL-9qqrt","title":"Orders belong to an address","type":"task","status":"in-progress","created":"2026-11-01","rank":"mbdd","assignee":"mira","value":5,"started":"2026-11-20","sprint":"2026-24","position":2,"criteria_met":0,"criteria_total":0,"category":"doing"}]}
    {"status":"review","category":"doing","limit":null,"items":[]}
    $ git backlog board --format markdown
    ## proposed 1

    - BL-7kxxm Basket is empty after login

    ## ready 1

    - BL-7k3qd Guest checkout

    ## in-progress 1

    - BL-9qqrt Orders belong to an address (mira)

    ## review 0
    $ git backlog board --format csv
    ! error: invalid value 'csv' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, markdown, html]
    ! hint: see what there is with -h
    = 2
    "#);
    assert_eq!(repo.run(&["board", "--format", "json"]).json()["schema"], 1);
}

#[test]
fn is_a_page_too() {
    let page = shop().run(&["board", "--format", "html", "--where", "type=task"]);
    let (_, main) = page.out.split_once("</head>").unwrap();
    assert_snapshot!(main, @r#"

    <body>
    <main>
    <h1>Board</h1>
    <div class="lanes">
    <section>
    <h2>proposed<span class="dim"> 0</span></h2>
    </section>
    <section>
    <h2>ready<span class="dim"> 0</span></h2>
    </section>
    <section>
    <h2>in-progress<span class="dim"> 1</span></h2>
    <ul>
    <li><span class="id">BL-9qqrt</span> Orders belong to an address<span class="dim"> (mira)</span></li>
    </ul>
    </section>
    <section>
    <h2>review<span class="dim"> 0</span></h2>
    </section>
    </div>
    </main>
    </body>
    </html>
    "#);
    assert!(page.out.contains("<title>Board</title>"), "{page}");
}

#[test]
fn shows_limits_and_who_has_gone_over_them() {
    let repo = shop();
    let settings = "statuses:\n  ready: {category: todo}\n  in-progress: {category: doing, limit: 1}\n  done: {category: done}\n";
    repo.write(".backlog/config.yml", settings);
    repo.run(&["set", "7k3qd", "status=in-progress"]);
    assert_snapshot!(repo.session("git backlog board"), @r"
    $ git backlog board
    ready 0

    in-progress 2/1 over the limit
      BL-7k3qd Guest checkout
      BL-9qqrt Orders belong to an address (mira)
    ");
}

#[test]
fn reads_earlier_states() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "status=review", "-m", "Built"]);
    assert_snapshot!(repo.session("git backlog board --where title~guest --at HEAD~1"), @r"
    $ git backlog board --where title~guest --at HEAD~1
    proposed 0

    ready 1
      BL-7k3qd Guest checkout

    in-progress 0

    review 0
    ");
}
