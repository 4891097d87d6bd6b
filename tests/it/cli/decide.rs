//! `decide`.

use insta::assert_snapshot;

use super::{document, edit, shop};
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
    ! error: 'a' may be several options
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

/// A shop in which a decision was put off.
fn waiting() -> Repo {
    let repo = shop();
    repo.write(
        WAITING,
        include_str!("../../../.backlog-example/decisions/DEC-s3qr4-no-app-for-now.md"),
    );
    edit(&repo, WAITING, "affects: [GOAL-households]\n", "");
    repo
}

const WAITING: &str = ".backlog/decisions/DEC-s3qr4-no-app-for-now.md";

#[test]
fn one_that_waits_is_decided_and_its_text_stays() {
    let repo = waiting();
    let path = WAITING;
    let before = repo.read(path);
    let run = repo.run(&[
        "decide",
        "s3qr4",
        "--option",
        "Nothing",
        "--choose",
        "the web",
        "--because",
        "A reminder halves what is left behind",
        "--consequence",
        "Some phones get none",
        "--evidence",
        "h2vkd",
    ]);
    assert_snapshot!(run, @r#"
    set DEC-s3qr4 status deferred → accepted "No app of our own for now"
    set DEC-s3qr4 date 2026-11-05 → 2026-11-25 "No app of our own for now"
    set DEC-s3qr4 evidence EV-h2vkd "No app of our own for now"
    set DEC-s3qr4 revisit 2027-02-01, or when 150 households get a box every week → none "No app of our own for now"
    set DEC-s3qr4 owner mira → none "No app of our own for now"
    edit DEC-s3qr4 "No app of our own for now"
    "#);
    let expected = before
        .replace("status: deferred\ndate: 2026-11-05\n", "status: accepted\ndate: 2026-11-25\n")
        .replace(
            "revisit: 2027-02-01, or when 150 households get a box every week\n",
            "evidence: [EV-h2vkd]\n",
        )
        .replace("owner: mira\n", "")
        .replace("3. **Mails.** We have them.\n", "3. **Mails.** We have them.\n4. Nothing\n");
    assert_eq!(
        repo.read(path),
        format!(
            "{expected}\nOption 2: The web shop on the home screen, with notifications\n\n\
             A reminder halves what is left behind\n\n## Consequences\n\n- Some phones get none\n"
        )
    );
}

#[test]
fn one_that_waits_is_put_off_again_or_accepted_as_it_is() {
    let repo = waiting();
    assert_snapshot!(repo.session(
        "git backlog decide DEC-s3qr4 --defer --owner ada --revisit +4w --because 'Nobody asked again'
git backlog decide s3qr4 --accept
git backlog decide s3qr4 --accept --because 'It is cheap'
git backlog decide s3qr4 --accept --because Again"
    ), @r#"
    $ git backlog decide DEC-s3qr4 --defer --owner ada --revisit +4w --because 'Nobody asked again'
    set DEC-s3qr4 date 2026-11-05 → 2026-11-25 "No app of our own for now"
    set DEC-s3qr4 revisit 2027-02-01, or when 150 households get a box every week → 2026-12-23 "No app of our own for now"
    set DEC-s3qr4 owner mira → ada "No app of our own for now"
    edit DEC-s3qr4 "No app of our own for now"
    $ git backlog decide s3qr4 --accept
    ! error: DEC-s3qr4 does not say why it is taken
    ! hint: say it in a sentence: --because TEXT
    = 2
    $ git backlog decide s3qr4 --accept --because 'It is cheap'
    set DEC-s3qr4 status deferred → accepted "No app of our own for now"
    set DEC-s3qr4 revisit 2026-12-23 → none "No app of our own for now"
    set DEC-s3qr4 owner ada → none "No app of our own for now"
    edit DEC-s3qr4 "No app of our own for now"
    $ git backlog decide s3qr4 --accept --because Again
    ! error: DEC-s3qr4 is accepted already
    ! hint: replace it with: git backlog decide TITLE --supersedes DEC-s3qr4 --option … --choose …
    = 2
    "#);
    let text = repo.read(WAITING);
    assert!(
        text.ends_with("option 2 comes first.\n\nNobody asked again\n\nIt is cheap\n"),
        "{text}"
    );
}

#[test]
fn what_decides_nothing_is_refused_and_the_record_stays() {
    let repo = waiting();
    document(&repo, "decisions/DEC-22222-accounts", "status: proposed\n");
    document(&repo, "decisions/DEC-22223-cash", "status: accepted\n");
    let before = repo.git(&["status", "--porcelain", "-uall"]);
    assert_snapshot!(repo.session(
        "git backlog decide s3qr4
git backlog decide DEC-22222
git backlog decide DEC-22222 --accept
git backlog decide s3qr4 --choose 4 --because X
git backlog decide s3qr4 --option mails
git backlog decide s3qr4 - --because X --accept
git backlog decide 22223 --choose 1 --because X
git backlog decide DEC-zzzzz --accept --because X
git backlog decide s3qr5 --accept --because X
git backlog decide BL-7k3qd --accept --because X
git backlog decide s3qr4 --accept --because X --supersedes s3qr4
git backlog decide s3qr4 --accept --defer --owner mira --revisit +1w"
    ), @r#"
    $ git backlog decide s3qr4
    ! error: nothing to write about DEC-s3qr4
    ! hint: --choose OPTION --because TEXT, --accept, or --defer; the options are 1 An app for two systems, 2 The web shop on the home screen, with notifications, 3 Mails
    = 2
    $ git backlog decide DEC-22222
    ! error: nothing to write about DEC-22222
    ! hint: --choose OPTION --because TEXT, --accept, or --defer; it names no options
    = 2
    $ git backlog decide DEC-22222 --accept
    ! error: DEC-22222 does not say why it is taken
    ! hint: say it in a sentence: --because TEXT
    = 2
    $ git backlog decide s3qr4 --choose 4 --because X
    ! error: no option '4'
    ! hint: the options are 1 An app for two systems, 2 The web shop on the home screen, with notifications, 3 Mails
    = 2
    $ git backlog decide s3qr4 --option mails
    ! error: DEC-s3qr4 has the option 'mails' already
    = 2
    $ git backlog decide s3qr4 - --because X --accept
    ! error: DEC-s3qr4 has a context
    ! hint: change it with: git backlog edit DEC-s3qr4
    = 2
    $ git backlog decide 22223 --choose 1 --because X
    ! error: DEC-22223 is accepted already
    ! hint: replace it with: git backlog decide TITLE --supersedes DEC-22223 --option … --choose …
    = 2
    $ git backlog decide DEC-zzzzz --accept --because X
    ! error: no document with id 'DEC-zzzzz'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog decide s3qr5 --accept --because X
    ! error: no document with id 's3qr5'
    ! hint: did you mean DEC-s3qr4 "No app of our own for now"?
    = 2
    $ git backlog decide BL-7k3qd --accept --because X
    ! error: BL-7k3qd is of kind item, not a decision
    ! hint: see them with: git backlog list decisions
    = 2
    $ git backlog decide s3qr4 --accept --because X --supersedes s3qr4
    ! error: DEC-s3qr4 cannot be its own supersedes
    = 2
    $ git backlog decide s3qr4 --accept --defer --owner mira --revisit +1w
    ! error: the argument '--accept' cannot be used with '--defer'
    !
    ! Usage: git backlog decide --accept --owner <WHO> --revisit <DAY|EVENT> <TITLE|ID> [-]...
    ! hint: see what there is with -h
    = 2
    "#);
    assert_eq!(repo.git(&["status", "--porcelain", "-uall"]), before);
}
