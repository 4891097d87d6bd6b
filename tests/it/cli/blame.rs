//! `blame`.

use insta::assert_snapshot;
use serde_json::Value;

use super::{CHECKOUT, commit, document, edit, shop};
use crate::support::Repo;

/// A shop in which several people wrote the item at the top.
fn written() -> Repo {
    let repo = shop();
    edit(&repo, CHECKOUT, "value: 8", "value: 5");
    commit(&repo, "Max", "Less");
    edit(&repo, CHECKOUT, "one step.\n", "one step. ^ac-22\n");
    edit(&repo, CHECKOUT, "reaches payment in one", "reaches payment within one");
    commit(&repo, "Jonas", "Words");
    edit(&repo, CHECKOUT, "- [ ] A guest", "- [x] A guest");
    edit(&repo, CHECKOUT, "effort: 3", "effort: 5");
    commit(&repo, "Tarek", "Ticked, at last\n\nBacklog: BL-7k3qd\n");
    edit(&repo, CHECKOUT, "value: 5", "value: 8");
    commit(&repo, "Ana", "backlog: set BL-7k3qd value 5 → 8");
    edit(&repo, CHECKOUT, "Follows from", "It follows from");
    commit(&repo, "Ana", "Notes");
    repo
}

/// The part of a document, by field or number of criterion.
fn part(repo: &Repo, name: &Value) -> Value {
    let json = repo.run(&["blame", "BL-7k3qd", "--format", "json"]).json();
    let parts = json["parts"].as_array().unwrap();
    let found = parts.iter().find(|it| it["field"] == *name || it["criterion"] == *name);
    found.unwrap_or_else(|| panic!("no {name} in {json}")).clone()
}

#[test]
fn each_part_has_the_one_who_said_it_last() {
    let repo = written();
    assert_snapshot!(repo.session("git backlog blame 7k3qd"), @"
    $ git backlog blame 7k3qd
    BL-7k3qd  Guest checkout
    day         commit      author  part                value                                           why
    2026-01-01  HASH  Mira    id                  BL-7k3qd                                        start
    2026-01-01  HASH  Mira    title               Guest checkout                                  start
    2026-01-01  HASH  Mira    type                story                                           start
    2026-01-01  HASH  Mira    status              ready                                           start
    2026-01-01  HASH  Mira    created             2026-11-02                                      start
    2026-01-01  HASH  Mira    rank                mbcd                                            start
    2026-01-01  HASH  Mira    labels              checkout                                        start
    2026-01-01  HASH  Mira    goal                GOAL-activation                                 start
    2026-01-01  HASH  Ana     value               8
    2026-01-01  HASH  Tarek   effort              5                                               Ticked, at last
    2026-01-01  HASH  Mira    depends_on          BL-9qqrt                                        start
    2026-01-01  HASH  Mira    evidence            EV-h2vkd                                        start
    2026-01-01  HASH  Jonas   criterion 1 ^ac-22  A guest reaches payment within one step.        Words
    2026-01-01  HASH  Tarek   met                                                                 Ticked, at last
    2026-01-01  HASH  Mira    criterion 2 ^ac-k3  The confirmation never requires an account.     start
    2026-01-01  HASH  Mira    criterion 3         The p95 of the payment step is at most 800 ms.  start
    2026-01-01  HASH  Ana     text                25 words                                        Notes
    ");
    assert_snapshot!(repo.session("git backlog blame 7k3qd --at HEAD~3"), @"
    $ git backlog blame 7k3qd --at HEAD~3
    BL-7k3qd  Guest checkout
    day         commit      author  part                value                                           why
    2026-01-01  HASH  Mira    id                  BL-7k3qd                                        start
    2026-01-01  HASH  Mira    title               Guest checkout                                  start
    2026-01-01  HASH  Mira    type                story                                           start
    2026-01-01  HASH  Mira    status              ready                                           start
    2026-01-01  HASH  Mira    created             2026-11-02                                      start
    2026-01-01  HASH  Mira    rank                mbcd                                            start
    2026-01-01  HASH  Mira    labels              checkout                                        start
    2026-01-01  HASH  Mira    goal                GOAL-activation                                 start
    2026-01-01  HASH  Max     value               5                                               Less
    2026-01-01  HASH  Mira    effort              3                                               start
    2026-01-01  HASH  Mira    depends_on          BL-9qqrt                                        start
    2026-01-01  HASH  Mira    evidence            EV-h2vkd                                        start
    2026-01-01  HASH  Jonas   criterion 1 ^ac-22  A guest reaches payment within one step.        Words
    2026-01-01  HASH  Mira    criterion 2 ^ac-k3  The confirmation never requires an account.     start
    2026-01-01  HASH  Mira    criterion 3         The p95 of the payment step is at most 800 ms.  start
    2026-01-01  HASH  Mira    text                24 words                                        start
    ");
}

#[test]
fn every_format_tells_the_same() {
    let repo = written();
    assert_snapshot!(repo.session("git backlog blame 7k3qd --format json"), @r#"
    $ git backlog blame 7k3qd --format json
    {
      "schema": 1,
      "id": "BL-7k3qd",
      "title": "Guest checkout",
      "parts": [
        {
          "field": "id",
          "value": "BL-7k3qd",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "field": "title",
          "value": "Guest checkout",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "field": "type",
          "value": "story",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "field": "status",
          "value": "ready",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "field": "created",
          "value": "2026-11-02",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "field": "rank",
          "value": "mbcd",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "field": "labels",
          "value": "checkout",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "field": "goal",
          "value": "GOAL-activation",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "field": "value",
          "value": "8",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:05+00:00",
            "author": "Ana",
            "reason": null
          }
        },
        {
          "field": "effort",
          "value": "5",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:04+00:00",
            "author": "Tarek",
            "reason": "Ticked, at last"
          }
        },
        {
          "field": "depends_on",
          "value": "BL-9qqrt",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "field": "evidence",
          "value": "EV-h2vkd",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "criterion": 1,
          "criterion_id": "ac-22",
          "met": true,
          "met_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:04+00:00",
            "author": "Tarek",
            "reason": "Ticked, at last"
          },
          "value": "A guest reaches payment within one step.",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:03+00:00",
            "author": "Jonas",
            "reason": "Words"
          }
        },
        {
          "criterion": 2,
          "criterion_id": "ac-k3",
          "met": true,
          "met_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          },
          "value": "The confirmation never requires an account.",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "criterion": 3,
          "criterion_id": null,
          "met": false,
          "met_by": null,
          "value": "The p95 of the payment step is at most 800 ms.",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:01+00:00",
            "author": "Mira",
            "reason": "start"
          }
        },
        {
          "text": true,
          "value": "25 words",
          "set_by": {
            "commit": "HASH",
            "date": "2026-01-01T12:00:06+00:00",
            "author": "Ana",
            "reason": "Notes"
          }
        }
      ]
    }
    "#);
    assert_snapshot!(repo.session("
        git backlog blame 7k3qd --format csv
        git backlog blame 7k3qd --format markdown
        git backlog blame 7k3qd --format sarif
    "), @r#"
    $ git backlog blame 7k3qd --format csv
    day,commit,author,part,value,why
    2026-01-01,HASH,Mira,id,BL-7k3qd,start
    2026-01-01,HASH,Mira,title,Guest checkout,start
    2026-01-01,HASH,Mira,type,story,start
    2026-01-01,HASH,Mira,status,ready,start
    2026-01-01,HASH,Mira,created,2026-11-02,start
    2026-01-01,HASH,Mira,rank,mbcd,start
    2026-01-01,HASH,Mira,labels,checkout,start
    2026-01-01,HASH,Mira,goal,GOAL-activation,start
    2026-01-01,HASH,Ana,value,8,
    2026-01-01,HASH,Tarek,effort,5,"Ticked, at last"
    2026-01-01,HASH,Mira,depends_on,BL-9qqrt,start
    2026-01-01,HASH,Mira,evidence,EV-h2vkd,start
    2026-01-01,HASH,Jonas,criterion 1 ^ac-22,A guest reaches payment within one step.,Words
    2026-01-01,HASH,Tarek,  met,,"Ticked, at last"
    2026-01-01,HASH,Mira,criterion 2 ^ac-k3,The confirmation never requires an account.,start
    2026-01-01,HASH,Mira,criterion 3,The p95 of the payment step is at most 800 ms.,start
    2026-01-01,HASH,Ana,text,25 words,Notes
    $ git backlog blame 7k3qd --format markdown
    # BL-7k3qd  Guest checkout

    | day | commit | author | part | value | why |
    | --- | --- | --- | --- | --- | --- |
    | 2026-01-01 | HASH | Mira | id | BL-7k3qd | start |
    | 2026-01-01 | HASH | Mira | title | Guest checkout | start |
    | 2026-01-01 | HASH | Mira | type | story | start |
    | 2026-01-01 | HASH | Mira | status | ready | start |
    | 2026-01-01 | HASH | Mira | created | 2026-11-02 | start |
    | 2026-01-01 | HASH | Mira | rank | mbcd | start |
    | 2026-01-01 | HASH | Mira | labels | checkout | start |
    | 2026-01-01 | HASH | Mira | goal | GOAL-activation | start |
    | 2026-01-01 | HASH | Ana | value | 8 |  |
    | 2026-01-01 | HASH | Tarek | effort | 5 | Ticked, at last |
    | 2026-01-01 | HASH | Mira | depends_on | BL-9qqrt | start |
    | 2026-01-01 | HASH | Mira | evidence | EV-h2vkd | start |
    | 2026-01-01 | HASH | Jonas | criterion 1 ^ac-22 | A guest reaches payment within one step. | Words |
    | 2026-01-01 | HASH | Tarek | met |  | Ticked, at last |
    | 2026-01-01 | HASH | Mira | criterion 2 ^ac-k3 | The confirmation never requires an account. | start |
    | 2026-01-01 | HASH | Mira | criterion 3 | The p95 of the payment step is at most 800 ms. | start |
    | 2026-01-01 | HASH | Ana | text | 25 words | Notes |
    $ git backlog blame 7k3qd --format sarif
    ! error: invalid value 'sarif' for '--format <FORMAT>'
    !   [possible values: table, json, jsonl, csv, markdown]
    ! hint: see what there is with -h
    = 2
    "#);
    let json = repo.run(&["blame", "7k3qd", "--format", "json"]).json();
    let lines = repo.run(&["blame", "7k3qd", "--format", "jsonl"]).out;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json["parts"].as_array().unwrap(), &lines);
}

#[test]
fn what_is_not_committed_is_nobodys() {
    let repo = written();
    edit(&repo, CHECKOUT, "effort: 5", "effort: 8");
    edit(&repo, CHECKOUT, "- [ ] The p95", "- [x] The p95");
    assert_snapshot!(repo.session("git backlog blame 7k3qd"), @"
    $ git backlog blame 7k3qd
    BL-7k3qd  Guest checkout
    day         commit      author         part                value                                           why
    2026-01-01  HASH  Mira           id                  BL-7k3qd                                        start
    2026-01-01  HASH  Mira           title               Guest checkout                                  start
    2026-01-01  HASH  Mira           type                story                                           start
    2026-01-01  HASH  Mira           status              ready                                           start
    2026-01-01  HASH  Mira           created             2026-11-02                                      start
    2026-01-01  HASH  Mira           rank                mbcd                                            start
    2026-01-01  HASH  Mira           labels              checkout                                        start
    2026-01-01  HASH  Mira           goal                GOAL-activation                                 start
    2026-01-01  HASH  Ana            value               8
                            not committed  effort              8
    2026-01-01  HASH  Mira           depends_on          BL-9qqrt                                        start
    2026-01-01  HASH  Mira           evidence            EV-h2vkd                                        start
    2026-01-01  HASH  Jonas          criterion 1 ^ac-22  A guest reaches payment within one step.        Words
    2026-01-01  HASH  Tarek          met                                                                 Ticked, at last
    2026-01-01  HASH  Mira           criterion 2 ^ac-k3  The confirmation never requires an account.     start
    2026-01-01  HASH  Mira           criterion 3         The p95 of the payment step is at most 800 ms.  start
                            not committed  met
    2026-01-01  HASH  Ana            text                25 words                                        Notes
    ");
    document(&repo, "items/BL-22222-vouchers", "type: story\nstatus: proposed\nrank: mbzz\n");
    assert_snapshot!(repo.session("git backlog blame BL-22222"), @"
    $ git backlog blame BL-22222
    BL-22222  Vouchers
    day  commit  author         part    value     why
                 not committed  id      BL-22222
                 not committed  title   Vouchers
                 not committed  type    story
                 not committed  status  proposed
                 not committed  rank    mbzz
                 not committed  text    4 words
    ");
    // A value that was set back in the worktree is still the one of before.
    edit(&repo, CHECKOUT, "effort: 8", "effort: 5");
    assert_eq!(part(&repo, &"effort".into())["set_by"]["author"], "Tarek");
}

#[test]
fn a_tick_is_somebodys_own() {
    let repo = written();
    let tick = |number: usize| part(&repo, &number.into())["met_by"]["author"].clone();
    assert_eq!(tick(1), "Tarek");
    // It was met when it was written.
    assert_eq!(tick(2), "Mira");
    assert_eq!(tick(3), Value::Null);
    // What is not met any more was met by nobody.
    edit(&repo, CHECKOUT, "- [x] A guest", "- [ ] A guest");
    commit(&repo, "Jonas", "Not yet");
    assert_eq!(tick(1), Value::Null);
    // What is met again was met by the last.
    edit(&repo, CHECKOUT, "- [ ] A guest", "- [x] A guest");
    commit(&repo, "Ana", "Now");
    assert_eq!(tick(1), "Ana");
    // A new one that is met at once.
    edit(&repo, CHECKOUT, "^ac-k3\n", "^ac-k3\n- [x] There is a receipt.\n");
    commit(&repo, "Max", "Receipt");
    assert_eq!(tick(3), "Max");
}

#[test]
fn a_document_is_followed_to_its_former_ids() {
    let repo = written();
    edit(&repo, CHECKOUT, "id: BL-7k3qd", "id: BL-33333");
    let author = |field: &str| {
        let json = repo.run(&["blame", "BL-33333", "--format", "json"]).json();
        let parts = json["parts"].as_array().unwrap();
        parts.iter().find(|it| it["field"] == field).unwrap()["set_by"]["author"].clone()
    };
    assert_eq!((author("id"), author("effort")), (Value::Null, "Tarek".into()));
    commit(&repo, "Jonas", "Id");
    assert_eq!((author("id"), author("effort")), ("Jonas".into(), "Tarek".into()));
}

#[test]
fn records_and_what_is_not_there() {
    let repo = written();
    repo.write(".backlog/items/BL-22222-broken.md", "---\nid: BL-22222\nid: BL-33333\n---\n");
    assert_snapshot!(repo.session("
        git backlog blame EV-h2vkd
        git backlog blame nothing
        git backlog blame 7k
        git backlog blame BL-22222
        git backlog blame 7k3qd --at nothing
        git backlog blame
    "), @r#"
    $ git backlog blame EV-h2vkd
    EV-h2vkd  Shoppers leave at the form
    day         commit      author  part      value                       why
    2026-01-01  HASH  Mira    id        EV-h2vkd                    start
    2026-01-01  HASH  Mira    title     Shoppers leave at the form  start
    2026-01-01  HASH  Mira    created   2026-10-20                  start
    2026-01-01  HASH  Mira    status    assessed                    start
    2026-01-01  HASH  Mira    method    interview                   start
    2026-01-01  HASH  Mira    strength  4                           start
    2026-01-01  HASH  Mira    text      24 words                    start
    ! warning: .backlog/items/BL-22222-broken.md:3:1: cannot be read: duplicate key 'id', first at line 2
    $ git backlog blame nothing
    ! warning: .backlog/items/BL-22222-broken.md:3:1: cannot be read: duplicate key 'id', first at line 2
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog blame 7k
    ! warning: .backlog/items/BL-22222-broken.md:3:1: cannot be read: duplicate key 'id', first at line 2
    ! error: '7k' matches BL-7k3qd "Guest checkout", BL-7kxxm "Basket is empty after login"
    ! hint: type more of the id
    = 2
    $ git backlog blame BL-22222
    ! warning: .backlog/items/BL-22222-broken.md:3:1: cannot be read: duplicate key 'id', first at line 2
    ! error: items/BL-22222-broken.md:3:1: duplicate key 'id', first at line 2
    ! hint: remove one of them
    = 1
    $ git backlog blame 7k3qd --at nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog blame
    ! error: the following required arguments were not provided:
    !   <ID>
    !
    ! Usage: git backlog blame <ID>
    ! hint: see what there is with -h
    = 2
    "#);
}
