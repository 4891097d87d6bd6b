//! `decide`.

use insta::assert_snapshot;

use super::{document, shop};
use crate::support::Repo;

/// The new decision, by the words of its title.
fn decision(repo: &Repo, title: &str) -> serde_json::Value {
    let query = format!("title~'{title}'");
    let run = repo.run(&["list", "decisions", &query, "--columns", "id", "--format", "csv"]);
    let id = super::ids(&run).remove(0);
    repo.run(&["show", &id, "--format", "json"]).json()["documents"][0].clone()
}

#[test]
fn a_decision_is_written_down_in_one_go() {
    let repo = shop();
    let run = repo.run(&[
        "decide",
        "No accounts",
        "--option",
        "A shorter form",
        "--option",
        "No account",
        "--choose",
        "no a",
        "--because",
        "Eleven of eighteen left",
        "--affects",
        "7k3qd",
        "9q",
        "--evidence",
        "h2vkd",
        "--consequence",
        "Two addresses",
        "--by",
        "mira",
        "-m",
        "Decided",
    ]);
    assert_eq!(run.code, Some(0), "{run}");
    let it = decision(&repo, "no accounts");
    assert_eq!((&it["status"], &it["date"]), (&"accepted".into(), &"2026-11-25".into()));
    assert_eq!(it["affects"], serde_json::json!(["BL-7k3qd", "BL-9qqrt"]));
    assert_snapshot!(it["body"].as_str().unwrap(), @"

    ## Context

    ## Options

    1. A shorter form
    2. No account

    ## Decision

    Option 2: No account

    Eleven of eighteen left

    ## Consequences

    - Two addresses
    ");
    assert!(repo.run(&["why", "7k3qd"]).out.contains("No accounts (accepted)"));
    assert_eq!(repo.git(&["status", "--porcelain", ".backlog"]), "");
}

#[test]
fn what_is_superseded_says_so_in_the_same_change() {
    let repo = shop();
    document(&repo, "decisions/DEC-22222-accounts", "status: accepted\ndate: 2026-01-01\n");
    let choose = ["--option", "Yes", "--option", "No", "--choose", "2", "--because", "They left"];
    let run = |title: &str, older: &str| {
        let words = [&["decide", title, "--supersedes", older][..], &choose].concat();
        repo.run(&words)
    };
    assert_eq!(run("No accounts", "22222").code, Some(0));
    let older = repo.run(&["show", "DEC-22222", "--format", "json"]).json();
    assert_eq!(older["documents"][0]["status"], "superseded");
    let second = run("Accounts again", "22222");
    assert!(
        second.code == Some(2) && second.err.contains("DEC-22222 is superseded already"),
        "{second}"
    );
    let newer = decision(&repo, "no accounts")["id"].as_str().unwrap().to_owned();
    assert_eq!(run("Accounts again", &newer).code, Some(0));
    let shown = repo.run(&["show", "DEC-22222"]);
    let chain = format!("DEC-22222 → {newer} → ");
    assert!(shown.out.contains(&chain), "{shown}");
}

#[test]
fn what_is_put_off_needs_an_owner_and_what_brings_it_back() {
    let repo = shop();
    let run = repo.run(&["decide", "An app", "--defer", "--owner", "mira"]);
    assert!(run.code == Some(2) && run.err.contains("--revisit"), "{run}");
    let run = repo.run(&["decide", "An app", "--defer", "--owner", "mira", "--revisit", "-1d"]);
    assert_eq!(run.code, Some(0), "{run}");
    let it = decision(&repo, "an app");
    assert_eq!((&it["owner"], &it["revisit"]), (&"mira".into(), &"2026-11-24".into()));
    let overdue = repo.run(&["list", "decisions", "--overdue", "--columns", "title"]);
    assert!(overdue.out.contains("An app"), "{overdue}");
}

#[test]
fn what_makes_no_decision_is_refused_and_nothing_is_written() {
    let repo = shop();
    document(&repo, "decisions/DEC-22222-accounts", "status: accepted\n");
    let before = repo.git(&["status", "--porcelain", "-uall"]);
    assert_snapshot!(repo.session(
        "git backlog decide ''
git backlog decide 'X' --choose 1 --because 'Y'
git backlog decide 'X' --option 'A b' --option 'A c' --choose a --because 'Y'
git backlog decide 'X' --option 'A b' --option 'A c' --choose 3 --because 'Y'
git backlog decide 'X' --option 'A b' --option 'A c' --choose 1
git backlog decide 'X' --option A --option B --choose 1 --because Y --supersedes 7k3qd
git backlog decide 'X' --supersedes DEC-22222
git backlog decide 'X' --affects BL-zzzzz
git backlog decide 'X' --by mira"
    ), @r#"
    $ git backlog decide ''
    ! error: the title is empty
    = 2
    $ git backlog decide 'X' --choose 1 --because 'Y'
    ! error: no option '1'
    ! hint: name the options with --option
    = 2
    $ git backlog decide 'X' --option 'A b' --option 'A c' --choose a --because 'Y'
    ! error: 'a' is the beginning of several options
    ! hint: the options are 1 A b, 2 A c
    = 2
    $ git backlog decide 'X' --option 'A b' --option 'A c' --choose 3 --because 'Y'
    ! error: no option '3'
    ! hint: the options are 1 A b, 2 A c
    = 2
    $ git backlog decide 'X' --option 'A b' --option 'A c' --choose 1
    ! error: a choice without a reason
    ! hint: say it in a sentence: --because TEXT
    = 2
    $ git backlog decide 'X' --option A --option B --choose 1 --because Y --supersedes 7k3qd
    ! error: BL-7k3qd is of kind item, not a decision
    ! hint: see them with: git backlog list decisions
    = 2
    $ git backlog decide 'X' --supersedes DEC-22222
    ! error: DEC-22222 stays in force until there is a choice
    ! hint: add --choose OPTION --because TEXT
    = 2
    $ git backlog decide 'X' --affects BL-zzzzz
    ! error: affects: no document with id 'BL-zzzzz'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog decide 'X' --by mira
    ! error: a day or a person, and nothing is decided
    ! hint: add --choose OPTION, or --defer
    = 2
    "#);
    assert_eq!(repo.git(&["status", "--porcelain", "-uall"]), before);
}
