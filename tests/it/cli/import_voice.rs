//! `import interviews` and `import survey`.

use insta::assert_snapshot;

use super::{document, listed, shop};

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

#[test]
fn each_finding_of_a_note_becomes_evidence_once() {
    let repo = shop();
    document(&repo, "personas/PER-22222-households", "status: active\n");
    repo.write("notes/kitchens.md", NOTE);
    repo.write("notes/plain.md", "Somebody called about the boxes.\n");
    let before = listed(&repo).len();
    assert_snapshot!(repo.session("git backlog import interviews notes --dry-run"), @"");
    let run = repo.run(&["import", "interviews", "notes"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(listed(&repo).len(), before + 3);
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
    let before = listed(&repo);
    assert_snapshot!(repo.session("git backlog import interviews notes"), @"");
    assert_eq!(listed(&repo), before);
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
    let before = listed(&repo).len();
    assert_snapshot!(repo.session("git backlog import survey answers.csv --dry-run"), @"");
    assert_eq!(repo.run(&["import", "survey", "answers.csv"]).code, Some(0));
    assert_eq!(listed(&repo).len(), before + 2);
    let again = repo.run(&["import", "survey", "answers.csv"]);
    assert!(again.out.contains("2 already here"), "{again}");
    let why = repo.run(&["why", "7k"]);
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
    let before = listed(&repo);
    assert_snapshot!(repo.session(
        "git backlog import survey answers.csv\ngit backlog import survey untitled.csv"
    ), @"");
    assert_eq!(listed(&repo), before);
}
