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
    assert_snapshot!(repo.session("git backlog voice"), @"");
    assert_snapshot!(repo.session("git backlog voice assignee=mira --stale 1000 -n 1"), @"");
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
    let repo = Repo::with_backlog();
    assert_snapshot!(repo.session("git backlog voice\ngit backlog voice --limit -1"), @"");
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
