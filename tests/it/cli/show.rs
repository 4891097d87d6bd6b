//! `show`.

use insta::assert_snapshot;

use super::{document, shop};

#[test]
fn shows_a_document_with_its_links_both_ways() {
    let commands = "
        git backlog show 7k3qd
        git backlog show 9q
        git backlog show EV-h2vkd
    ";
    assert_snapshot!(shop().session(commands), @"
    $ git backlog show 7k3qd
    BL-7k3qd  Guest checkout
    position     1 of 3
    type         story
    status       ready
    created      2026-11-02
    rank         mbcd
    labels       checkout
    goal         GOAL-activation Who fills a basket also orders
    value        8
    effort       3
    depends_on   BL-9qqrt Orders belong to an address
    evidence     EV-h2vkd Shoppers leave at the form (assessed)
    last change  2026-01-01 Mira: start (HASH)

    As a shopper, I want to pay without an account, so that I can buy in a minute.

    ## Acceptance criteria

    ☐ A guest reaches payment in one step.
    ☑ The confirmation never requires an account. ^ac-k3
    ☐ The p95 of the payment step is at most 800 ms.

    ## Notes

    Follows from EV-h2vkd Shoppers leave at the form.
    $ git backlog show 9q
    BL-9qqrt  Orders belong to an address
    position       2 of 3
    type           task
    status         in-progress
    created        2026-11-01
    rank           mbdd
    assignee       mira
    value          5
    started        2026-11-20
    sprint         2026-24 Pay without an account
    waited for by  BL-7k3qd Guest checkout
    last change    2026-01-01 Mira: start (HASH)

    Orders belong to an address, in more words.
    $ git backlog show EV-h2vkd
    EV-h2vkd  Shoppers leave at the form
    created         2026-10-20
    status          assessed
    method          interview
    strength        4
    in evidence of  BL-7k3qd Guest checkout
    last change     2026-01-01 Mira: start (HASH)

    Shoppers leave at the form, in more words.
    ");
}

#[test]
fn prints_every_format() {
    let repo = shop();
    let commands = "
        git backlog show d4bcg --format json
        git backlog show d4bcg 7kx --format jsonl
        git backlog show d4bcg --format markdown
        git backlog show d4bcg --format csv
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog show d4bcg --format json
    {
      "schema": 1,
      "documents": [
        {
          "kind": "item",
          "path": "items/BL-d4bcg-pay-by-invoice.md",
          "id": "BL-d4bcg",
          "title": "Pay by invoice",
          "type": "story",
          "status": "done",
          "created": "2026-10-01",
          "rank": "mbbd",
          "value": 3,
          "effort": 2,
          "started": "2026-10-05",
          "done": "2026-10-09",
          "aliases": [
            "SHOP-12"
          ],
          "position": null,
          "criteria_met": 0,
          "criteria_total": 0,
          "category": "done",
          "criteria": [],
          "story": {
            "role": null,
            "means": null,
            "ends": null,
            "verb": null,
            "objects": []
          },
          "linked_from": {},
          "last_change": {
            "day": "2026-01-01",
            "author": "Mira",
            "subject": "start",
            "commit": "HASH"
          },
          "uncommitted": false,
          "body": "\nPay by invoice, in more words.\n"
        }
      ]
    }
    $ git backlog show d4bcg 7kx --format jsonl
    {"kind":"item","path":"items/BL-d4bcg-pay-by-invoice.md","id":"BL-d4bcg","title":"Pay by invoice","type":"story","status":"done","created":"2026-10-01","rank":"mbbd","value":3,"effort":2,"started":"2026-10-05","done":"2026-10-09","aliases":["SHOP-12"],"position":null,"criteria_met":0,"criteria_total":0,"category":"done","criteria":[],"story":{"role":null,"means":null,"ends":null,"verb":null,"objects":[]},"linked_from":{},"last_change":{"day":"2026-01-01","author":"Mira","subject":"start","commit":"HASH"},"uncommitted":false,"body":"\nPay by invoice, in more words.\n"}
    {"kind":"item","path":"items/BL-7kxxm-basket-is-empty-after-login.md","id":"BL-7kxxm","title":"Basket is empty after login","type":"bug","status":"proposed","created":"2026-11-03","rank":"mbfd","labels":["checkout","mobile"],"position":3,"criteria_met":0,"criteria_total":0,"category":"todo","criteria":[],"story":null,"linked_from":{},"last_change":{"day":"2026-01-01","author":"Mira","subject":"start","commit":"HASH"},"uncommitted":false,"body":"\nBasket is empty after login, in more words.\n"}
    $ git backlog show d4bcg --format markdown
    # BL-d4bcg  Pay by invoice

    - **type**: story
    - **status**: done
    - **created**: 2026-10-01
    - **rank**: mbbd
    - **value**: 3
    - **effort**: 2
    - **started**: 2026-10-05
    - **done**: 2026-10-09
    - **aliases**: SHOP-12
    - **last change**: 2026-01-01 Mira: start (HASH)

    Pay by invoice, in more words.
    $ git backlog show d4bcg --format csv
    ! error: invalid value 'csv' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, markdown, html]
    ! hint: see what there is with -h
    = 2
    "#);
    assert_eq!(
        repo.run(&["show", "7k3", "9q", "--format", "json"]).json()["documents"][1]["id"],
        "BL-9qqrt"
    );
}

#[test]
fn finds_by_any_name() {
    let repo = shop();
    for (typed, expected) in [
        ("BL-7k3qd", "BL-7k3qd"),
        ("bl-7K3", "BL-7k3qd"),
        ("7kx", "BL-7kxxm"),
        ("SHOP-12", "BL-d4bcg"),
        ("2026-24", "2026-24"),
        ("ev-h2", "EV-h2vkd"),
    ] {
        let run = repo.run(&["show", typed, "--format", "json"]);
        assert_eq!(run.json()["documents"][0]["id"], expected, "{typed}");
    }
}

#[test]
fn names_the_candidates_and_what_is_near() {
    let commands = "
        git backlog show 7k
        git backlog show BL-7k3qt
        git backlog show nothing
        git backlog show 7k3qd nothing
        git backlog show
    ";
    assert_snapshot!(shop().session(commands), @r#"
    $ git backlog show 7k
    ! error: '7k' matches BL-7k3qd "Guest checkout", BL-7kxxm "Basket is empty after login"
    ! hint: type more of the id
    = 2
    $ git backlog show BL-7k3qt
    ! error: no document with id 'BL-7k3qt'
    ! hint: did you mean BL-7k3qd "Guest checkout"?
    = 2
    $ git backlog show nothing
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog show 7k3qd nothing
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog show
    ! error: the following required arguments were not provided:
    !   <ID>...
    !
    ! Usage: git backlog show <ID>...
    ! hint: see what there is with -h
    = 2
    "#);
}

#[test]
fn shows_all_documents_of_one_id() {
    let repo = shop();
    document(&repo, "items/BL-7k3qd-another-one", "type: bug\nstatus: ready\nrank: mbgd\n");
    let shown = repo.session("git backlog show 7k3qd --format markdown");
    assert!(shown.contains("Guest checkout") && shown.contains("Another one"), "{shown}");
    assert!(
        shown.contains("! warning: BL-7k3qd is the id of 2 documents; all are shown"),
        "{shown}"
    );
}

#[test]
fn reads_earlier_states() {
    let repo = shop();
    repo.run(&["set", "d4bcg", "value=13", "-m", "x"]);
    let value = |at: &[&str]| {
        let run = repo.run(&[&["show", "d4bcg", "--format", "json"], at].concat());
        run.json()["documents"][0]["value"].clone()
    };
    assert_eq!(value(&["--at", "HEAD~1"]), 3);
    assert_eq!(value(&[]), 13);
}

#[test]
fn words_of_one_title_are_as_good_as_an_id() {
    let repo = shop();
    assert_snapshot!(repo.session(
        "git backlog set 'guest checkout' value=5
git backlog set basket value=5
git backlog set 'basket is' evidence='leave at'
git backlog score after
git backlog accept pay
git backlog show xy
git backlog show 'no such thing'"
    ), @r#"
    $ git backlog set 'guest checkout' value=5
    set BL-7k3qd value 8 → 5 "Guest checkout"
    $ git backlog set basket value=5
    ! error: 'basket' matches BL-7kxxm "Basket is empty after login", GOAL-activation "Who fills a basket also orders"
    ! hint: type more of the title
    = 2
    $ git backlog set 'basket is' evidence='leave at'
    set BL-7kxxm evidence EV-h2vkd "Basket is empty after login"
    $ git backlog score after
    BL-7kxxm  Basket is empty after login
    value-effort  unscored: no value; no effort; stands at 3
    $ git backlog accept pay
    ! error: 'pay' matches BL-d4bcg "Pay by invoice", BL-x2ttv "Pay by fax", 2026-24 "Pay without an account"
    ! hint: type more of the title
    = 2
    $ git backlog show xy
    ! error: no document with id 'xy'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog show 'no such thing'
    ! error: no document with id 'no such thing'
    ! hint: see the ids with: git backlog list --all
    = 2
    "#);
}

#[test]
fn ids_in_brackets_have_their_titles_and_anchors_step_back() {
    let repo = shop();
    document(&repo, "items/BL-33333-gifts", "type: task\nstatus: ready\nrank: mbzz\n");
    let path = ".backlog/items/BL-33333-gifts.md";
    let text =
        "See [[EV-h2vkd]], [[shop-12|the invoice]] and [[BL-nope]].\n\n- [ ] It has a bow ^ac-k3\n";
    repo.write(path, repo.read(path) + "\n" + text);
    let told = |format: &str| repo.run(&["show", "33333", "--format", format]).out;
    let shown = told("table");
    let line = "See EV-h2vkd Shoppers leave at the form, BL-d4bcg the invoice and [[BL-nope]].";
    assert!(shown.contains(line), "{shown}");
    assert!(
        told("markdown").contains("EV-h2vkd Shoppers leave at the form"),
        "{}",
        told("markdown")
    );
    let page = told("html");
    let link = "<a href=\".backlog/evidence/EV-h2vkd-shoppers-leave-at-the-form.md\">\
                <span class=\"id\">EV-h2vkd</span></a> Shoppers leave at the form";
    assert!(page.contains(link), "{page}");
    assert!(page.contains("It has a bow<span class=\"dim\"> ^ac-k3</span>"), "{page}");
    let json = repo.run(&["show", "33333", "--format", "json"]).json();
    assert!(json["documents"][0]["body"].as_str().unwrap().ends_with(text), "{json}");
}
