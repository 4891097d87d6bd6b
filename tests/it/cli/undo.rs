//! `undo`.

use insta::assert_snapshot;

use super::{CHECKOUT, CHECKOUT_TEXT, shop};

#[test]
fn takes_back_what_is_not_committed_one_by_one() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "value=13"]);
    repo.run(&["set", "7k3qd", "effort=5"]);
    let commands = "
        git backlog undo --dry-run
        git backlog undo
        git backlog undo
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog undo --dry-run
    diff --git a/.backlog/items/BL-7k3qd-guest-checkout.md b/.backlog/items/BL-7k3qd-guest-checkout.md
    --- a/.backlog/items/BL-7k3qd-guest-checkout.md
    +++ b/.backlog/items/BL-7k3qd-guest-checkout.md
    @@ -8,7 +8,7 @@
     labels: [checkout]
     goal: GOAL-activation
     value: 13
    -effort: 5
    +effort: 3
     depends_on: [BL-9qqrt]
     evidence: [EV-h2vkd]
     ---
    ! this would take back the last change, which was not committed
    $ git backlog undo
    set BL-7k3qd effort 5 → 3 "Guest checkout"
    ! taking back the last change, which was not committed
    $ git backlog undo
    set BL-7k3qd value 13 → 8 "Guest checkout"
    ! taking back the last change, which was not committed
    "#);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn takes_back_a_new_document() {
    let repo = shop();
    repo.run(&["new", "task", "Write it down"]);
    repo.run(&["undo"]);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn takes_back_a_commit_by_a_commit() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "value=13", "-m", "Asked for"]);
    let commands = "
        git backlog undo -n
        git backlog undo
        git log --format=%s
        git log -1 --format=%b
        git status --short
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog undo -n
    diff --git a/.backlog/items/BL-7k3qd-guest-checkout.md b/.backlog/items/BL-7k3qd-guest-checkout.md
    --- a/.backlog/items/BL-7k3qd-guest-checkout.md
    +++ b/.backlog/items/BL-7k3qd-guest-checkout.md
    @@ -7,7 +7,7 @@
     rank: mbcd
     labels: [checkout]
     goal: GOAL-activation
    -value: 13
    +value: 8
     effort: 3
     depends_on: [BL-9qqrt]
     evidence: [EV-h2vkd]
    ! this would take back commit HASH "backlog: set BL-7k3qd value 8 → 13 "Guest checkout""
    $ git backlog undo
    set BL-7k3qd value 13 → 8 "Guest checkout"
    ! taking back commit HASH "backlog: set BL-7k3qd value 8 → 13 "Guest checkout""
    ! [main HASH] backlog: undo "set BL-7k3qd value 8 → 13 "Guest checkout""
    $ git log --format=%s
    backlog: undo "set BL-7k3qd value 8 → 13 "Guest checkout""
    backlog: set BL-7k3qd value 8 → 13 "Guest checkout"
    start
    $ git log -1 --format=%b
    This takes back HASH "backlog: set BL-7k3qd value 8 → 13 "Guest checkout"".

    Backlog: BL-7k3qd

    $ git status --short
    "#);
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT);
}

#[test]
fn an_undo_can_be_taken_back() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "value=13", "-m", "Asked for"]);
    repo.run(&["undo"]);
    assert_eq!(repo.run(&["undo"]).code, Some(0));
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT.replace("value: 8", "value: 13"));
}

#[test]
fn takes_back_no_commit_of_other_work() {
    let repo = shop();
    assert_snapshot!(repo.session("git backlog undo"), @r"
    $ git backlog undo
    ! error: nothing to take back
    ! hint: the last commit is not one of the backlog; see: git log -- .backlog
    = 2
    ");
}

#[test]
fn does_not_touch_what_was_changed_by_hand_since() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "value=13"]);
    let text = repo.read(CHECKOUT) + "by hand\n";
    repo.write(CHECKOUT, &text);
    assert_snapshot!(repo.session("git backlog undo"), @r"
    $ git backlog undo
    ! taking back the last change, which was not committed
    ! error: .backlog/items/BL-7k3qd-guest-checkout.md was edited since, so the last change cannot be taken back
    ! hint: look at it with: git diff .backlog/items/BL-7k3qd-guest-checkout.md
    = 4
    ");
    assert_eq!(repo.read(CHECKOUT), text);
}

#[test]
fn takes_back_a_change_that_went_back_to_what_is_committed() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "value=13", "-m", "Asked for"]);
    repo.run(&["set", "7k3qd", "value=21"]);
    repo.run(&["set", "7k3qd", "value=13"]);
    let run = repo.run(&["undo"]);
    assert!(run.code == Some(0) && run.out.contains("value 13 → 21"), "{run}");
    let run = repo.run(&["undo"]);
    assert!(run.code == Some(0) && run.out.contains("value 21 → 13"), "{run}");
    // What is next was committed.
    let run = repo.run(&["undo", "--commit"]);
    assert!(run.code == Some(0) && run.err.contains("taking back commit"), "{run}");
}

#[test]
fn takes_back_no_commit_of_a_file_that_was_changed_since() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "value=13", "-m", "Asked for"]);
    let text = repo.read(CHECKOUT) + "by hand\n";
    repo.write(CHECKOUT, &text);
    let run = repo.run(&["undo"]);
    assert!(run.code == Some(4) && run.err.contains("was edited since"), "{run}");
    assert_eq!(repo.read(CHECKOUT), text);
}

#[test]
fn commits_once_where_commits_are_automatic() {
    let repo = shop();
    repo.write(".backlog/config.yml", "commit: {auto: true}\n");
    repo.git(&["commit", "--quiet", "--all", "--message", "settings"]);
    repo.run(&["set", "7k3qd", "value=13"]);
    assert_eq!(repo.run(&["undo"]).code, Some(0));
    assert_eq!(repo.git(&["rev-list", "--count", "HEAD"]), "4");
    assert!(repo.git(&["log", "-1", "--format=%B"]).contains("This takes back"));
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT);
}

#[test]
fn does_not_go_on_with_commits_unless_told_to() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "value=13", "-m", "Asked for"]);
    repo.run(&["set", "7k3qd", "effort=5"]);
    assert_eq!(repo.run(&["undo"]).code, Some(0));
    let head = repo.git(&["rev-parse", "HEAD"]);
    for _ in 0..2 {
        let run = repo.run(&["undo"]);
        assert!(run.code == Some(2) && run.err.contains("git backlog undo --commit"), "{run}");
    }
    assert_eq!(repo.git(&["rev-parse", "HEAD"]), head);
    let run = repo.run(&["undo", "--commit"]);
    assert!(run.code == Some(0) && run.out.contains("value 13 → 8"), "{run}");
    // Something else has happened since: a commit that was just made is taken back at once.
    assert_eq!(repo.run(&["undo"]).code, Some(0));
    assert!(repo.read(CHECKOUT).contains("\nvalue: 13\n"));
}

#[test]
fn takes_back_no_commit_for_a_change_that_git_threw_away() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "value=13", "-m", "Asked for"]);
    repo.run(&["set", "7k3qd", "value=21"]);
    repo.git(&["checkout", "--quiet", "--", ".backlog"]);
    let head = repo.git(&["rev-parse", "HEAD"]);
    let run = repo.run(&["undo"]);
    assert!(run.code == Some(4) && run.err.contains("was edited since"), "{run}");
    assert_eq!(repo.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn says_whose_commit_it_takes_back() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "value=13"]);
    repo.git(&[
        "-c",
        "user.name=Jonas",
        "-c",
        "user.email=j@example.org",
        "commit",
        "--quiet",
        "--all",
        "-m",
        "His",
    ]);
    let run = repo.run(&["undo"]);
    assert!(run.err.contains(" by Jonas \"His\""), "{run}");
}

#[test]
fn brings_back_what_could_not_be_read() {
    let repo = shop();
    let broken = CHECKOUT_TEXT.replace("value: 8", "value: [8");
    repo.write(CHECKOUT, &broken);
    repo.git(&["commit", "-qam", "Break it"]);
    repo.write(CHECKOUT, CHECKOUT_TEXT);
    repo.run(&["commit", "-m", "Mend it"]);
    let run = repo.run(&["undo"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.err.contains("7k3qd-guest-checkout.md:11:7: "), "{run}");
    assert_eq!(repo.read(CHECKOUT), broken);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn keeps_the_line_endings_that_a_file_has() {
    let repo = shop();
    repo.write(".backlog/.gitattributes", "*.md text=auto eol=lf\n");
    repo.git(&["add", ".backlog"]);
    repo.git(&["commit", "-qm", "Line endings"]);
    let windows = |text: &str| text.replace('\n', "\r\n");
    repo.write(CHECKOUT, windows(CHECKOUT_TEXT));
    let run = repo.run(&["set", "7k3qd", "value=13", "-m", "Asked for"]);
    assert_eq!(run.code, Some(0), "{run}");
    let run = repo.run(&["undo"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(repo.read(CHECKOUT), windows(CHECKOUT_TEXT));
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    assert_eq!(repo.git(&["diff", "HEAD~2", "--stat"]), "");
}
