//! `check --since`: what a change brings in, judged by the rules before it.

use insta::assert_snapshot;

use super::{document, shop};
use crate::support::Repo;

/// A shop with everything committed, an owner, and a branch that begins there.
fn branch() -> Repo {
    let repo = shop();
    repo.write(
        ".backlog/product.md",
        "---\nid: product\ntitle: Shop\nowner: mira@example.org\n---\n",
    );
    repo.write(
        ".backlog/items/BL-88888-invoice.md",
        "---\nid: BL-88888\ntitle: Invoice\ntype: story\nstatus: ready\nrank: mbxx\n---\n\n\
         As a bookkeeper, I want an invoice, so that I can file it.\n\n## Acceptance criteria\n\n\
         - [ ] The invoice is a PDF of one page.\n- [ ] It names the tax number of the shop.\n",
    );
    document(&repo, "items/BL-22222-old", "type: task\nstatus: ready\nrank: mbgd\nlabls: [x]\n");
    repo.git(&["add", "-A"]);
    repo.git(&["commit", "-qm", "A shop"]);
    repo.git(&["checkout", "-qb", "change"]);
    repo
}

fn commit(repo: &Repo, email: &str, message: &str) {
    let author = format!("Somebody <{email}>");
    repo.git(&["add", "-A"]);
    repo.git(&["commit", "-q", "--author", &author, "-m", message]);
}

#[test]
fn tells_what_the_change_brings_in_and_nothing_else() {
    let repo = branch();
    document(&repo, "items/BL-33333-new", "type: task\nstatus: redy\nrank: mbhd\n");
    commit(&repo, "max@example.org", "A new item");
    assert_snapshot!(repo.session("git backlog check --since main"), @"
    $ git backlog check --since main
    .backlog/items/BL-33333-new.md:5:9: error[FM012]: unknown status 'redy'
        did you mean 'ready'? (or proposed, in-progress, review, done, rejected)

    12 documents checked: 1 error, 0 warnings
    = 1
    ");
}

#[test]
fn a_removed_criterion_is_an_error_at_its_place() {
    let repo = branch();
    let path = ".backlog/items/BL-88888-invoice.md";
    let without = repo.read(path).replace("- [ ] It names the tax number of the shop.\n", "");
    repo.write(path, without);
    assert_snapshot!(repo.session("git backlog check --since main"), @"
    $ git backlog check --since main
    .backlog/items/BL-88888-invoice.md:13:40: error[AC023]: the criterion 'It names the tax number of the shop.' is gone
        put it back, or say why: <!-- backlog: allow AC023 because … -->

    11 documents checked: 1 error, 0 warnings
    = 1
    ");
    // The reason is part of the change, and stands where a reviewer reads it.
    // It stays there after the merge, and is no finding then.
    let reason = "\n<!-- backlog: allow AC023 because the tax office does not ask for it -->\n";
    repo.write(path, repo.read(path) + reason);
    assert_snapshot!(repo.session("git backlog check --since main"), @"
    $ git backlog check --since main
    11 documents checked, nothing found
    ");
}

#[test]
fn the_reason_for_a_change_outlives_it() {
    let repo = branch();
    let path = ".backlog/items/BL-88888-invoice.md";
    let without = repo.read(path).replace("- [ ] It names the tax number of the shop.\n", "");
    let reason = "\n<!-- backlog: allow AC023 because the tax office does not ask for it -->\n";
    repo.write(path, without + reason);
    commit(&repo, "mira@example.org", "No tax number");
    for arguments in [&["check"][..], &["check", "--since", "HEAD"]] {
        let run = repo.run(arguments);
        assert!(!run.out.contains("SU001"), "{run}");
    }
}

#[test]
fn a_ready_item_that_is_gone_or_says_something_else_is_found() {
    let repo = branch();
    let path = ".backlog/items/BL-88888-invoice.md";
    repo.write(path, repo.read(path).replace("of one page", "of two pages"));
    repo.git(&["rm", "-q", ".backlog/items/BL-22222-old.md"]);
    let found = repo.run(&["check", "--since", "main"]);
    assert_eq!(found.code, Some(1), "{found}");
    assert!(
        found.out.contains("warning[AC024]: it said 'The invoice is a PDF of one page.'"),
        "{found}"
    );
    assert!(found.out.contains("error[PO004]: BL-22222 'Old' was ready, and is gone"), "{found}");
}

#[test]
fn no_way_around_a_removed_criterion() {
    let path = ".backlog/items/BL-88888-invoice.md";
    let criterion = "- [ ] It names the tax number of the shop.\n";
    let found = |repo: &Repo| repo.run(&["check", "--since", "main"]);
    // The item is done at once.
    let repo = branch();
    let text = repo.read(path).replace(criterion, "");
    repo.write(path, text.replace("status: ready", "status: done"));
    assert!(found(&repo).out.contains("AC023"), "{}", found(&repo));
    // It has another id.
    let repo = branch();
    let text = repo.read(path).replace(criterion, "");
    repo.git(&["mv", path, ".backlog/items/BL-88889-invoice.md"]);
    let text = text.replace("id: BL-88888", "id: BL-88889\naliases: [BL-88888]");
    repo.write(".backlog/items/BL-88889-invoice.md", text);
    assert!(found(&repo).out.contains("AC023"), "{}", found(&repo));
    // A status means something else.
    let repo = branch();
    repo.write(path, repo.read(path).replace(criterion, ""));
    let statuses = "statuses:\n  ready: {category: dropped}\n  done: {category: done}\n";
    repo.write(".backlog/config.yml", repo.read(".backlog/config.yml") + statuses);
    let run = found(&repo);
    assert!(run.out.contains("AC023") && run.out.contains("statuses is another"), "{run}");
    // An earlier change was allowed.
    let repo = branch();
    repo.git(&["checkout", "-q", "main"]);
    let reason = "\n<!-- backlog: allow AC023 because it moved in March -->\n";
    repo.write(path, repo.read(path) + reason);
    commit(&repo, "mira@example.org", "March");
    repo.git(&["checkout", "-q", "-B", "later"]);
    repo.write(path, repo.read(path).replace(criterion, ""));
    assert!(found(&repo).out.contains("AC023"), "{}", found(&repo));
}

#[test]
fn a_base_that_cannot_be_read_is_never_fine() {
    let repo = branch();
    let path = ".backlog/items/BL-88888-invoice.md";
    let sound = repo.read(path);
    repo.git(&["checkout", "-q", "main"]);
    repo.write(path, sound.replace("rank: mbxx", "rank: mbxx\nrank: mbxx"));
    commit(&repo, "mira@example.org", "Broken");
    repo.git(&["checkout", "-q", "-B", "later"]);
    repo.write(path, sound);
    let run = repo.run(&["check", "--since", "main"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.err.contains("1 document of the base cannot be read"), "{run}");
    assert!(!run.out.contains("PO001"), "{run}");
}

#[test]
fn a_criterion_that_moves_to_another_item_is_not_gone() {
    let repo = branch();
    let path = ".backlog/items/BL-88888-invoice.md";
    let criterion = "- [ ] It names the tax number of the shop.\n";
    repo.write(path, repo.read(path).replace(criterion, ""));
    repo.write(
        ".backlog/items/BL-99999-tax.md",
        format!(
            "---\nid: BL-99999\ntitle: Tax\ntype: story\nstatus: ready\nrank: mbxz\n---\n\n\
             As a bookkeeper, I want the tax number on it, so that it counts.\n\n\
             ## Acceptance criteria\n\n{criterion}- [ ] The number can be changed.\n"
        ),
    );
    let found = repo.run(&["check", "--since", "main"]).out;
    assert!(!found.contains("AC023"), "{found}");
}

#[test]
fn who_changed_what_is_read_from_the_commits() {
    let repo = branch();
    let path = ".backlog/items/BL-88888-invoice.md";
    repo.write(path, repo.read(path).replace("rank: mbxx", "rank: mbbb"));
    commit(&repo, "max@example.org", "Invoices first");
    assert_snapshot!(repo.session("git backlog check --since main"), @"
    $ git backlog check --since main
    .backlog/items/BL-88888-invoice.md:6:7: warning[PO001]: rank was changed by max@example.org
        it is for mira@example.org to change

    11 documents checked: 0 errors, 1 warning
    ");
    repo.git(&["checkout", "-q", "-b", "hers", "main"]);
    repo.write(path, repo.read(path).replace("rank: mbxx", "rank: mbbb"));
    commit(&repo, "mira@example.org", "Invoices first");
    assert_snapshot!(repo.session("git backlog check --since main"), @"
    $ git backlog check --since main
    11 documents checked, nothing found
    ");
}

#[test]
fn a_change_of_the_rules_counts_after_it_is_merged() {
    let repo = branch();
    let settings = repo.read(".backlog/config.yml").replace("rules: {", "rules: {FM012: off, ");
    repo.write(".backlog/config.yml", settings);
    document(&repo, "items/BL-33333-new", "type: task\nstatus: redy\nrank: mbhd\n");
    commit(&repo, "mira@example.org", "A new item");
    assert_snapshot!(repo.session("git backlog check --since main"), @"
    $ git backlog check --since main
    .backlog/config.yml:1:1: info[PO003]: rules.FM012: as the preset → off
        until this is merged, the settings before it count
    .backlog/items/BL-33333-new.md:5:9: error[FM012]: unknown status 'redy'
        did you mean 'ready'? (or proposed, in-progress, review, done, rejected)

    12 documents checked: 1 error, 0 warnings, 1 info
    = 1
    ");
}

#[test]
fn words_of_the_change_count_at_once() {
    let repo = branch();
    let statuses = "statuses:\n  proposed: {category: todo}\n  ready: {category: todo}\n  \
                    parked: {category: todo}\n  in-progress: {category: doing}\n  \
                    done: {category: done}\n  rejected: {category: dropped}\n";
    repo.write(".backlog/config.yml", statuses);
    document(&repo, "items/BL-33333-new", "type: task\nstatus: parked\nrank: mbhd\n");
    let found = repo.run(&["check", "--since", "main"]);
    assert!(!found.out.contains("parked"), "{}", found.out);
}

#[test]
fn what_cannot_be_read_is_told_whoever_broke_it() {
    let repo = branch();
    repo.git(&["checkout", "-q", "main"]);
    repo.write(".backlog/items/BL-44444-broken.md", "---\nid: BL-44444\ntitle: a\ntitle: b\n---\n");
    commit(&repo, "mira@example.org", "Broken");
    repo.git(&["checkout", "-q", "-b", "later"]);
    let found = repo.run(&["check", "--since", "main"]);
    assert!(found.out.contains("error[FM008]"), "{}", found.out);
    assert_eq!(found.code, Some(1));
}

#[test]
fn a_base_without_sound_settings_is_no_base() {
    let repo = branch();
    repo.git(&["checkout", "-q", "main"]);
    repo.write(".backlog/config.yml", "rules: {AC001: of}\n");
    commit(&repo, "mira@example.org", "Broken settings");
    repo.git(&["checkout", "-q", "-b", "later"]);
    repo.write(".backlog/config.yml", "");
    let run = repo.run(&["check", "--since", "main"]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains(".backlog/config.yml:1:8: not the setting of a rule"), "{}", run.err);
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let repo = branch();
    repo.git(&["commit", "-q", "--allow-empty", "-m", "On the branch"]);
    let origin = format!("file://{}", repo.path("").display());
    repo.git(&["clone", "-q", "--depth", "1", &origin, "shallow"]);
    for base in ["origin/main", "HEAD~1"] {
        let run = repo.run(&["-C", "shallow", "check", "--since", base]);
        assert_eq!(run.code, Some(3), "{base}: {}", run.err);
        assert!(run.err.contains("fetch-depth: 0"), "{base}: {}", run.err);
    }
    let run = repo.run(&["check", "--since", "nosuch"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
}

#[test]
fn the_base_is_where_the_history_was_left() {
    let repo = branch();
    repo.git(&["checkout", "-q", "main"]);
    document(&repo, "items/BL-55555-theirs", "type: task\nstatus: redy\nrank: mbjd\n");
    commit(&repo, "mira@example.org", "Theirs");
    repo.git(&["checkout", "-q", "change"]);
    document(&repo, "items/BL-33333-ours", "type: task\nstatus: redy\nrank: mbhd\n");
    let found = repo.run(&["check", "--since", "main"]).out;
    assert!(found.contains("BL-33333") && !found.contains("BL-55555"), "{found}");
}
