//! `review`: questions, personas and records that bear on a change.

use insta::assert_snapshot;

use super::*;

#[test]
fn what_bears_on_a_change_has_a_section_each() {
    let repo = shop();
    document(&repo, "personas/PER-guest-the-guest", "status: active\n");
    commit(&repo, "Mira", "A guest");
    repo.git(&["checkout", "--quiet", "-b", "change"]);
    edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
    edit(
        &repo,
        BASKET,
        "labels:",
        "value: 8\neffort: 2\npersonas: [PER-guest]\nquestions: [\"Which browser? (ada to mira, 2026-11-20)\"]\nlabels:",
    );
    document(
        &repo,
        "evidence/EV-33333-two-lost-a-basket",
        "status: new\nmethod: interview\nstrength: 2\nsource: Two guests\ndate: 2026-11-20\nsupports: [BL-7kxxm]\n",
    );
    document(&repo, "decisions/DEC-33333-baskets-stay", "status: proposed\naffects: [BL-7kxxm]\n");
    commit(&repo, "Mira", "Baskets first");
    let run = repo.run(&["review", "main"]);
    let start = run.out.find("Open questions").unwrap();
    let end = run.out.find("Added").unwrap();
    assert_snapshot!(&run.out[start..end], @"
    Open questions of what comes up
      BL-7kxxm Basket is empty after login (place 1): Which browser? (ada to mira, 2026-11-20)

    Personas
      PER-guest The guest: 1 open item worth 8 instead of 0 worth 0

    Decisions and evidence
      DEC-33333 Baskets stay (proposed): about BL-7kxxm
      EV-33333 Two lost a basket (strength 2, interview): for BL-7kxxm
    ");
}

#[test]
fn where_nothing_was_scored_that_is_said() {
    let repo = shop();
    for file in [CHECKOUT, ORDERS] {
        let text = repo.read(file);
        let lines = text.lines().filter(|it| !it.starts_with("effort:"));
        repo.write(file, lines.map(|it| it.to_owned() + "\n").collect::<String>());
    }
    commit(&repo, "Mira", "Nothing is estimated");
    repo.git(&["checkout", "--quiet", "-b", "change"]);
    edit(&repo, BASKET, "labels:", "value: 8\neffort: 2\nlabels:");
    let run = repo.run(&["review", "main"]);
    assert!(run.out.contains("\nNo value before: nothing was scored.\n"), "{run}");
}
