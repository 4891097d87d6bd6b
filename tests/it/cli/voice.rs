//! `voice`.

use insta::assert_snapshot;

use super::{commit, document, edit, shop};
use crate::support::Repo;

/// A backlog with evidence of all sorts.
fn heard() -> Repo {
    let repo = shop();
    document(&repo, "personas/PER-22222-shoppers", "status: active\n");
    document(&repo, "personas/PER-33333-hosts", "status: active\n");
    let checkout = super::CHECKOUT;
    edit(&repo, checkout, "value: 8\n", "value: 8\npersonas: [PER-22222]\n");
    for (name, fields) in [
        (
            "evidence/EV-22222-nobody-pays-by-fax",
            "status: assessed\nmethod: survey\nstrength: 2\nparticipants: 52\ndate: 2026-01-05\ncontradicts: [BL-7kxxm]\n",
        ),
        (
            "evidence/EV-33333-hosts-are-tired",
            "status: new\npersonas: [PER-33333]\ndate: 2026-11-24\n",
        ),
        ("evidence/EV-44444-a-rumour", "status: withdrawn\nsupports: [BL-9qqrt]\n"),
    ] {
        document(&repo, name, fields);
    }
    let survey = ".backlog/evidence/EV-55555-what-people-want.md";
    document(
        &repo,
        "evidence/EV-55555-what-people-want",
        "status: new\nmethod: kano\ndate: 2026-11-24\nsupports: [BL-7k3qd]\n",
    );
    let table = "\n| item | A | O | M | I |\n| --- | --- | --- | --- | --- |\n| BL-7k3qd | 1 | 2 | 5 | 2 |\n";
    repo.write(survey, repo.read(survey) + table);
    commit(&repo, "Mira", "Voices");
    repo
}

#[test]
fn tells_what_users_said_and_what_became_of_it() {
    let repo = heard();
    assert_snapshot!(repo.session("git backlog voice"), @"
    $ git backlog voice
    Voice of the user
    4 pieces of evidence; 3 open items

    What the items rest on
    #  id        item                         evidence  finding                     says     strength  method     people  days
    1  BL-7k3qd  Guest checkout               EV-h2vkd  Shoppers leave at the form  for             4  interview            36
                                              EV-55555  What people want            for                kano                  1
    2  BL-9qqrt  Orders belong to an address  none
    3  BL-7kxxm  Basket is empty after login  none
                                              EV-22222  Nobody pays by fax          against         2  survey         52   324

    Without evidence
      BL-9qqrt Orders belong to an address
      BL-7kxxm Basket is empty after login

    Speaks against what is planned
      EV-22222 Nobody pays by fax (strength 2, survey, 52 people, 324 days) speaks against BL-7kxxm Basket is empty after login (place 3 of 3)

    Evidence that nothing rests on
      EV-33333 Hosts are tired (1 day)

    Personas
    id         persona   items  value  without value  evidence  note
    PER-22222  Shoppers      1      8              0         0  nobody has asked them
    PER-33333  Hosts         0      0              0         1  heard, and nothing is planned
    2 open items name no persona: git backlog set ID personas=PER-…

    EV-55555 What people want
    item                     class    better  worse   n
    BL-7k3qd Guest checkout  must-be     0.3   -0.7  10

    Older than 180 days
      EV-22222 Nobody pays by fax (strength 2, survey, 52 people, 324 days)
    ");
    assert_snapshot!(repo.session("git backlog voice assignee=mira --stale 1000 -n 1"), @"
    $ git backlog voice assignee=mira --stale 1000 -n 1
    Voice of the user
    4 pieces of evidence; 1 open item

    What the items rest on
    #  id        item                         evidence  finding  says  strength  method  people  days
    2  BL-9qqrt  Orders belong to an address  none

    Without evidence
      BL-9qqrt Orders belong to an address

    Speaks against what is planned
      EV-22222 Nobody pays by fax (strength 2, survey, 52 people, 324 days) speaks against BL-7kxxm Basket is empty after login (place 3 of 3)

    Evidence that nothing rests on
      EV-33333 Hosts are tired (1 day)

    Personas
    id         persona   items  value  without value  evidence  note
    PER-22222  Shoppers      1      8              0         0  nobody has asked them
    PER-33333  Hosts         0      0              0         1  heard, and nothing is planned
    2 open items name no persona: git backlog set ID personas=PER-…

    EV-55555 What people want
    item                     class    better  worse   n
    BL-7k3qd Guest checkout  must-be     0.3   -0.7  10
    ");
}

#[test]
fn a_table_that_cannot_be_counted_is_told_with_its_line() {
    let repo = heard();
    edit(&repo, ".backlog/evidence/EV-55555-what-people-want.md", "| 5 |", "| many |");
    let run = repo.run(&["voice"]);
    let wanted = "evidence/EV-55555-what-people-want.md:14: 'many' is not a count of answers";
    assert!(run.code == Some(0) && run.out.contains(wanted), "{run}");
    let json = repo.run(&["voice", "--format", "json"]).json();
    assert_eq!(json["surveys"][0]["problem"]["line"], 14);
    assert_eq!(json["personas"][1]["unserved"], true);
    assert_eq!(json["items"][0]["supports"][0]["id"], "EV-h2vkd");
}

#[test]
fn without_evidence_it_says_how_to_begin() {
    let repo = shop();
    let evidence = ".backlog/evidence/EV-h2vkd-shoppers-leave-at-the-form.md";
    edit(&repo, evidence, "status: assessed", "status: withdrawn");
    assert_snapshot!(repo.session("git backlog voice -n 2"), @"
    $ git backlog voice -n 2
    Voice of the user
    no evidence is recorded: git backlog new evidence 'What you saw'; 2 open items, and 1 more (--limit)

    What the items rest on
    #  id        item                         evidence  finding  says  strength  method  people  days
    1  BL-7k3qd  Guest checkout               none
    2  BL-9qqrt  Orders belong to an address  none

    Without evidence
      BL-7k3qd Guest checkout
      BL-9qqrt Orders belong to an address
    ");
}

#[test]
fn a_review_tells_what_comes_up_against_the_evidence() {
    let repo = heard();
    let run = repo.run(&["rank", "7kxxm", "--top", "-m", "A hunch"]);
    assert_eq!(run.code, Some(0), "{run}");
    let run = repo.run(&["review", "HEAD~1"]);
    let wanted = "comes up, and EV-22222 speaks against it: Nobody pays by fax";
    assert!(run.out.contains(wanted), "{run}");
    let run = repo.run(&["rank", "7kxxm", "--bottom", "-m", "Another"]);
    assert_eq!(run.code, Some(0), "{run}");
    let run = repo.run(&["review", "HEAD~1"]);
    assert!(!run.out.contains("speaks against"), "{run}");
}

#[test]
fn a_query_takes_short_ids_and_says_when_all_it_finds_is_over() {
    let repo = heard();
    let run = repo.run(&["voice", "id=9q"]);
    assert!(run.err.is_empty() && run.out.contains("Orders belong to an address"), "{run}");
    let warned = |query: &str| repo.run(&["voice", query]).err;
    assert_eq!(
        warned("id=d4b,x2"),
        "warning: no open item matches 'id=d4b,x2'; 2 done or dropped ones do\n"
    );
    assert_eq!(warned("id=zz"), "warning: no open item matches 'id=zz'\n");
}
