//! `import interviews` and `import survey`.

use insta::assert_snapshot;

use super::{document, ids, shop};
use crate::support::Repo;

const NOTE: &str = "---
date: 2026-11-20
participants: 3
persona: Households
mood: good
---

# Three talks in kitchens

Tea and beetroot.

## Findings

- Five left after a week away. They had paid for it,
  and said so.
- Nobody left because of the price

## Next

Ask again.
";

/// The ids of all evidence.
fn evidence(repo: &Repo) -> Vec<String> {
    ids(&repo.run(&["list", "evidence", "--all", "--columns", "id", "--format", "csv"]))
}

#[test]
fn each_finding_of_a_note_becomes_evidence_once() {
    let repo = shop();
    document(&repo, "personas/PER-22222-households", "status: active\n");
    repo.write("notes/kitchens.md", NOTE);
    repo.write("notes/plain.md", "Somebody called about the boxes.\n");
    let before = evidence(&repo).len();
    assert_snapshot!(repo.session("git backlog import interviews notes --dry-run"), @"
    $ git backlog import interviews notes --dry-run
    field                  documents  becomes
    a heading of findings          1  a piece of evidence for each
    date                           1  date
    participants                   1  participants
    persona                        1  personas
    the whole note                 1  one piece of evidence
    mood                           1  lost: it has no home here
    the rest of a note             1  lost: it stays in the note

    3 new documents to import
    ! nothing was written; -v shows the new documents
    ");
    let run = repo.run(&["import", "interviews", "notes"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(evidence(&repo).len(), before + 3);
    let query = "title~'five left'";
    let run = repo.run(&["list", "evidence", query, "--format", "json"]).json();
    let id = run["documents"][0]["id"].as_str().unwrap().to_owned();
    let it = &repo.run(&["show", &id, "--format", "json"]).json()["documents"][0];
    assert_eq!(it["title"], "Five left after a week away");
    assert_eq!(it["body"], "\nFive left after a week away. They had paid for it, and said so.\n");
    assert_eq!(it["personas"], serde_json::json!(["PER-22222"]));
    assert_eq!(
        (&it["source"], &it["method"]),
        (&"Three talks in kitchens".into(), &"interview".into())
    );
    let again = repo.run(&["import", "interviews", "notes"]);
    assert!(
        again.out.contains("3 already here") && again.err.contains("nothing to change"),
        "{again}"
    );
}

#[test]
fn a_note_with_a_wrong_field_is_told_and_nothing_is_written() {
    let repo = shop();
    repo.write("notes/a.md", NOTE);
    repo.write("notes/b.md", "---\ndate: last week\n---\n\nWords.\n");
    repo.write("notes/c.md", "");
    let before = evidence(&repo);
    assert_snapshot!(repo.session("git backlog import interviews notes"), @"
    $ git backlog import interviews notes
    field         documents  becomes
    date                  1  date
    participants          1  participants
    mood                  1  lost: it has no home here

    notes/a.md:4:10: no persona 'Households'
        see them with: git backlog list personas
    notes/b.md:2:7: 'last week' is no day
        write it as 2026-11-23
    notes/c.md:1:1: the file is empty
    0 new documents to import
    ! error: 3 files cannot be read, so nothing was imported
    ! hint: mend them, or import the rest with --partial
    = 1
    ");
    assert_eq!(evidence(&repo), before);
}

#[test]
fn each_answer_of_a_survey_becomes_evidence_once() {
    let repo = shop();
    let table = "\u{feff}Timestamp;Answer;Box;Strength;For\n\
                 2026-11-20T10:00:00;Smaller boxes, please;large;2;7k3qd\n\
                 2026-11-21;\"Two\nlines; really\";;;\n\
                 ;;;;\n\
                 2026-11-21;\"Two lines; really\";;;\n";
    repo.write("answers.csv", table.replace("7k3qd", "BL-7k3qd"));
    let before = evidence(&repo).len();
    assert_snapshot!(repo.session("git backlog import survey answers.csv --dry-run"), @"
    $ git backlog import survey answers.csv --dry-run
    field      documents  becomes
    Answer             3  title
    Box                1  a line of the text
    For                1  supports
    Strength           1  strength
    Timestamp          3  date

    1 finding says the same as another one, and is told once
    2 new documents to import
    ! nothing was written; -v shows the new documents
    ");
    assert_eq!(repo.run(&["import", "survey", "answers.csv"]).code, Some(0));
    assert_eq!(evidence(&repo).len(), before + 2);
    let again = repo.run(&["import", "survey", "answers.csv"]);
    assert!(again.out.contains("2 already here"), "{again}");
    let why = repo.run(&["why", "7k3qd"]);
    assert!(why.out.contains("Smaller boxes, please (strength 2, survey)"), "{why}");
}

#[test]
fn all_broken_rows_are_told_with_their_lines_and_nothing_is_written() {
    let repo = shop();
    let table = "finding,date,participants,strength,supports\n\
                 One,2026-11-20,3,2,BL-7k3qd\n\
                 Two,20.11.2026,3,9,BL-7k3qd\n\
                 Three,2026-11-20,-1,2,BL-zzzzz\n\
                 Four,2026-11-20\n\
                 ,2026-11-20,3,2,\n";
    repo.write("answers.csv", table);
    repo.write("untitled.csv", "colour,size\nred,1\n");
    let before = evidence(&repo);
    assert_snapshot!(repo.session(
        "git backlog import survey answers.csv\ngit backlog import survey untitled.csv"
    ), @"
    $ git backlog import survey answers.csv
    field         documents  becomes
    date                  4  date
    finding               3  title
    participants          4  participants
    strength              4  strength
    supports              3  supports

    answers.csv:3:1: date: '20.11.2026' is no day
        write it as 2026-11-23
    answers.csv:3:1: strength: '9' is no strength
        write 1, an anecdote, to 5, measured
    answers.csv:4:1: participants: '-1' is no number of people
        write a whole number from 1
    answers.csv:4:1: supports: no document with id 'BL-zzzzz'
        name ids, with commas
    answers.csv:5:1: 2 cells, and the table has 5 columns
        give it a cell for each column, empty where it says nothing
    answers.csv:6:1: the row says nothing in the column of the finding
        write it, or take the row out
    1 new document to import
    ! error: 6 places in 1 file cannot be read, so nothing was imported
    ! hint: mend them, or import the rest with --partial
    = 1
    $ git backlog import survey untitled.csv
    untitled.csv:1:1: no column with findings among colour, size
        call it finding or answer
    0 new documents to import
    ! error: 1 file cannot be read, so nothing was imported
    ! hint: mend them, or import the rest with --partial
    = 1
    ");
    assert_eq!(evidence(&repo), before);
}

#[test]
fn the_same_words_of_others_are_one_finding_of_more_people() {
    let repo = shop();
    document(&repo, "personas/PER-22222-households", "status: active\n");
    document(&repo, "personas/PER-33333-hosts", "status: active\n");
    let told = |table: &str| {
        repo.write("answers.csv", table);
        let run = repo.run(&["import", "survey", "answers.csv"]);
        assert_eq!(run.code, Some(0), "{run}");
        let run = repo.run(&["list", "evidence", "title~'too early'", "--format", "json"]).json();
        let id = run["documents"][0]["id"].as_str().unwrap().to_owned();
        let shown = repo.run(&["show", &id, "--format", "json"]).json();
        repo.git(&["clean", "-fdq", ".backlog/evidence"]);
        (shown["documents"][0]["personas"].clone(), shown["documents"][0]["participants"].clone())
    };
    let both = serde_json::json!(["PER-22222", "PER-33333"]);
    let table = "answer,persona,people\nIt is too early,PER-22222,3\nIt is too early,PER-33333,4\n";
    assert_eq!(told(table), (both.clone(), 7.into()));
    let table =
        "answer,persona\nIt is too early,PER-22222\nIt is too early,PER-33333\nIt is too early,\n";
    assert_eq!(told(table), (both, 3.into()));
    let table = "answer,persona\nIt is too early,PER-22222\n";
    assert_eq!(told(table), (serde_json::json!(["PER-22222"]), serde_json::Value::Null));
}
