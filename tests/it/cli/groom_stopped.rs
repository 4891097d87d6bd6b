//! `groom`: lists that are not finished, and going on with them.

use std::process::Stdio;
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use super::groom::{groom, kept, program};
use super::{CHECKOUT, CHECKOUT_TEXT, shop};
use crate::support::{Repo, has};

/// Without a path that is another in each run.
fn at_home(repo: &Repo, run: impl ToString) -> String {
    let path = repo.path("").canonicalize().unwrap();
    run.to_string().replace(path.to_str().unwrap(), "[TMP]/repo")
}

#[test]
fn a_list_that_is_not_understood_waits_to_be_corrected() {
    let repo = shop();
    let script = "sed -i -e '1s/ready/redy/' -e '2s/v5/v5x/' -e '3s/ Basket/ My basket/' \"$1\"";
    assert_snapshot!(at_home(&repo, groom(&repo, script, &["-m", "Refined"])), @"
    ! warning: [TMP]/repo/.git/backlog/groom/list.txt:4:11: unknown status 'redy': did you mean 'ready'? (or proposed, in-progress, review, done, rejected)
    ! warning: [TMP]/repo/.git/backlog/groom/list.txt:6:24: value is a number, not '5x': write v5, or v- for none
    ! error: nothing was written: see 2 marks in the list
    ! hint: the list is kept; go on with: git backlog groom --continue, or throw it away: git backlog groom --abort
    = 1
    ");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    assert_snapshot!(kept(&repo).unwrap().split("\n\n").next().unwrap(), @"
    #! 2 lines cannot be done as they stand, so nothing is written yet.
    #! Correct what is marked, and save. Saved as it is, the text is kept for later.
    #! unknown status 'redy': did you mean 'ready'? (or proposed, in-progress, review, done, rejected)
    BL-7k3qd  redy        v8 e3  Guest checkout
    #! value is a number, not '5x': write v5, or v- for none
    BL-9qqrt  in-progress  v5x e-  Orders belong to an address
    BL-7kxxm  proposed     v- e-  My basket is empty after login
    ");
    assert_snapshot!(groom(&repo, "exit 0", &[]), @"
    ! error: a list is unfinished
    ! hint: go on with: git backlog groom --continue, or throw it away: git backlog groom --abort
    = 4
    ");
    // Nothing is corrected.
    let again = groom(&repo, "exit 0", &["--continue"]);
    assert_eq!(again.code, Some(1), "{again}");
    let script = "sed -i -e 's/redy/ready/' -e 's/v5x/v6/' \"$1\"";
    assert_snapshot!(groom(&repo, script, &["--continue"]).out, @r#"
    set BL-9qqrt value 5 → 6 "Orders belong to an address"
    set BL-7kxxm title Basket is empty after login → My basket is empty after login "My basket is empty after login"
    "#);
    assert!(repo.git(&["log", "-1", "--format=%B"]).contains("Refined"));
    assert_eq!(kept(&repo), None);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn an_empty_list_changes_nothing() {
    let repo = shop();
    for script in [": > \"$1\"", "sed -i '/^BL/d' \"$1\"", "rm \"$1\""] {
        let run = groom(&repo, script, &[]);
        let said = "! error: the list is empty, so nothing was changed\n= 1\n";
        assert_eq!(run.to_string(), said, "{script}");
        assert_eq!((repo.git(&["status", "--porcelain"]), kept(&repo)), (String::new(), None));
    }
}

#[test]
fn an_editor_that_fails_ends_it_unless_something_was_typed() {
    let repo = shop();
    let run = groom(&repo, "exit 3", &[]);
    assert!(run.code == Some(5) && run.err.contains("core.editor"), "{run}");
    assert_eq!(kept(&repo), None);
    let run = groom(&repo, "sed -i '1s/v8/v9/' \"$1\"; exit 3", &[]);
    assert!(run.code == Some(5) && run.err.contains("--continue"), "{run}");
    // A second failure does not take away what was typed before.
    assert_eq!(groom(&repo, "exit 3", &["--continue"]).code, Some(5));
    assert_snapshot!(groom(&repo, "exit 0", &["--continue"]), @r#"set BL-7k3qd value 8 → 9 "Guest checkout""#);
    assert_snapshot!(groom(&repo, "printf '\\377' > \"$1\"", &[]), @"
    ! error: the list is not UTF-8
    ! hint: the list is kept; go on with: git backlog groom --continue, or throw it away: git backlog groom --abort
    = 1
    ");
    assert_snapshot!(repo.run(&["groom", "--abort"]), @"! the list is thrown away; the backlog is as it was");
    assert_eq!(kept(&repo), None);
}

#[test]
fn where_somebody_else_changed_the_same_one_is_chosen() {
    let repo = shop();
    let other = env!("CARGO_BIN_EXE_git-backlog");
    let script =
        format!("'{other}' set 7k3 value=13 -q; sed -i -e '1s/v8/v5/' -e '2s/e-/e2/' \"$1\"");
    assert_snapshot!(at_home(&repo, groom(&repo, &script, &[])), @"
    ! warning: [TMP]/repo/.git/backlog/groom/list.txt:4:24: BL-7k3qd: value was 8, and somebody made it 13 meanwhile
    ! error: nothing was written: see 1 mark in the list
    ! hint: the list is kept; go on with: git backlog groom --continue, or throw it away: git backlog groom --abort
    = 4
    ");
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT.replace("value: 8", "value: 13"));
    assert_snapshot!(at_home(&repo, groom(&repo, "sed -n 1,4p \"$1\"", &["--continue"])), @"
    #! One line cannot be done as it stands, so nothing is written yet.
    #! Correct what is marked, and save. Saved as it is, the text is kept for later.
    #! BL-7k3qd: value was 8, and somebody made it 13 meanwhile
    BL-7k3qd  ready        v13<|>v5 e3  Guest checkout
    ! warning: [TMP]/repo/.git/backlog/groom/list.txt:4:27: BL-7k3qd has two values here: keep the one before or behind <|>, and delete the rest
    ! error: nothing was written: see 1 mark in the list
    ! hint: the list is kept; go on with: git backlog groom --continue, or throw it away: git backlog groom --abort
    = 1
    ");
    let script = "sed -i -e 's/v13<|>//' \"$1\"";
    assert_snapshot!(groom(&repo, script, &["--continue"]), @r#"
    set BL-7k3qd value 13 → 5 "Guest checkout"
    set BL-9qqrt effort 2 "Orders belong to an address"
    "#);
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT.replace("value: 8", "value: 5"));
}

#[test]
fn what_cannot_be_saved_is_kept() {
    let repo = shop();
    repo.git(&["config", "--unset", "user.email"]);
    let script = "sed -i '1s/v8/v9/' \"$1\"";
    let run = groom(&repo, script, &["-m", "why"]);
    assert!(run.code == Some(3) && run.err.contains("the list is kept"), "{run}");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    repo.git(&["config", "user.email", "mira@example.org"]);
    let run = groom(&repo, "exit 0", &["--continue"]);
    assert!(run.code == Some(0) && run.out.contains("value 8 → 9"), "{run}");
    assert!(repo.git(&["log", "-1", "--format=%B"]).contains("why"));
    // What is saved and not committed is saved: going on would make new items twice.
    repo.write_program(".git/hooks/pre-commit", "exit 1");
    let run = groom(&repo, "sed -i '1i new Another' \"$1\"", &["-m", "why"]);
    assert!(run.err.contains("saved, not committed"), "{run}");
    assert_eq!(kept(&repo), None);
}

#[test]
fn a_list_outlives_the_program() {
    let repo = shop();
    let script = "sed -i '1s/v8/v9/' \"$1\"
touch \"$0.open\"
for i in $(seq 200); do [ -e \"$0.end\" ] && exit; sleep 0.05; done";
    let mut child = program(&repo, script, &["-m", "why"]);
    let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    while !repo.beside("editor.sh.open").exists() {
        assert!(start.elapsed() < Duration::from_secs(20), "the editor does not open");
        std::thread::sleep(Duration::from_millis(10));
    }
    let beside = repo.run(&["groom"]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_snapshot!(beside, @"
    ! error: a list is open in the editor of another groom
    ! hint: close that editor first
    = 8
    ");
    assert_eq!(repo.run(&["groom"]).code, Some(4));
    repo.write("../editor.sh.end", "");
    assert_snapshot!(groom(&repo, "exit 0", &["--continue"]).out, @r#"set BL-7k3qd value 8 → 9 "Guest checkout""#);
    assert!(repo.git(&["log", "-1", "--format=%B"]).contains("why"));
}

#[test]
fn a_list_goes_on_in_its_own_worktree_and_backlog_alone() {
    let repo = shop();
    groom(&repo, "sed -i '1s/ready/redy/' \"$1\"", &[]);
    repo.git(&["worktree", "add", "--quiet", "../beside"]);
    let beside = repo.at("beside");
    assert_eq!(groom(&beside, "exit 0", &["--continue"]).code, Some(2));
    assert_eq!(groom(&beside, "exit 0", &[]).code, Some(0));
    let repo = beside.at("repo");
    repo.write("other/config.yml", "");
    let run = repo.run(&["--dir", "other", "groom", "--continue"]);
    assert_snapshot!(run, @"
    ! error: the unfinished list is about .backlog
    ! hint: write: git backlog --dir .backlog groom --continue
    = 2
    ");
    repo.write(".git/backlog/groom/made-from.json", "{\"schema\": 2}\n");
    assert_snapshot!(at_home(&repo, repo.run(&["groom", "--continue"])), @"
    ! error: another version of git-backlog has begun the unfinished list
    ! hint: finish it with that version, or copy what you need from [TMP]/repo/.git/backlog/groom/list.txt and: git backlog groom --abort
    = 7
    ");
}

#[test]
fn a_row_that_is_no_more_is_told() {
    let repo = shop();
    let path = repo.path(CHECKOUT);
    let script = format!("rm '{}'; sed -i '1s/v8/v9/' \"$1\"", path.display());
    assert_snapshot!(at_home(&repo, groom(&repo, &script, &[])), @"
    ! warning: [TMP]/repo/.git/backlog/groom/list.txt:4:1: BL-7k3qd is gone: somebody has removed it meanwhile: delete the line
    ! error: nothing was written: see 1 mark in the list
    ! hint: the list is kept; go on with: git backlog groom --continue, or throw it away: git backlog groom --abort
    = 1
    ");
    assert_snapshot!(groom(&repo, "sed -i '/^BL-7k3qd/d; /^BL-7kxxm/s/v-/v2/' \"$1\"", &["--continue"]), @r#"set BL-7kxxm value 2 "Basket is empty after login""#);
}

/// On a terminal, the editor comes back at once; a list that is saved as it came back is kept.
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_the_editor_comes_back() {
    if !has("script") {
        return;
    }
    let repo = shop();
    // The first time, a slip; the second time, it is corrected.
    let script =
        "if grep -q '^#! ' \"$1\"; then cp \"$1\" \"$0.seen\"; sed -i 's/redy/review/' \"$1\"
else sed -i '1s/ready/redy/' \"$1\"; fi";
    let run = on_terminal(&repo, script);
    assert!(run.contains("status ready → review"), "{run}");
    assert!(repo.read("../editor.sh.seen").contains("#! unknown status 'redy'"));
    let run = on_terminal(&repo, "sed -i '1s/review/redy/' \"$1\"");
    assert!(run.contains("nothing was written: see 1 mark in the list"), "{run}");
    assert!(kept(&repo).is_some_and(|text| text.contains("redy")));
}

/// What a run on a terminal of its own prints.
#[cfg(target_os = "linux")]
fn on_terminal(repo: &Repo, script: &str) -> String {
    repo.write("../editor.sh", script);
    let editor = format!("sh '{}'", repo.beside("editor.sh").display());
    let typed = format!("'{}' groom", env!("CARGO_BIN_EXE_git-backlog"));
    let mut program = repo.command("script");
    program.args(["--quiet", "--return", "--command", &typed, "/dev/null"]);
    program.env("GIT_EDITOR", editor).env("GIT_BACKLOG_TODAY", "2026-11-25").stdin(Stdio::null());
    repo.output(&mut program).out
}

#[test]
fn an_unfinished_list_is_told_where_one_looks() {
    let repo = shop();
    let told =
        |line: &str| repo.run(&[]).out.contains(line) && repo.run(&["doctor"]).out.contains(line);
    assert!(!told("list of groom is unfinished"));
    groom(&repo, "sed -i 1s/ready/redy/ \"$1\"", &[]);
    assert!(told("list of groom is unfinished") && told("git backlog groom --continue"));
    // While it is open in an editor, there is nothing to go on with.
    let other = env!("CARGO_BIN_EXE_git-backlog");
    let run =
        groom(&repo, &format!("'{other}' >&2; '{other}' doctor >&2; exit 0"), &["--continue"]);
    assert!(run.err.contains("nothing to mend") && !run.err.contains("is unfinished"), "{run}");
    repo.run(&["groom", "--abort"]);
    assert!(!told("list of groom is unfinished"));
}

#[test]
fn what_an_editor_saved_when_all_was_over_is_kept() {
    let repo = shop();
    let list = ".git/backlog/groom/list.txt";
    groom(&repo, "true", &[]);
    repo.write(list, "BL-7k3qd  saved too late\n");
    let run = groom(&repo, "true", &[]);
    let warning =
        "a list was saved after it had been ended, as editors do that do not wait; it is in";
    assert!(run.err.contains(warning) && run.code == Some(0), "{run}");
    assert_eq!(repo.read(".git/backlog/groom/left-1.txt"), "BL-7k3qd  saved too late\n");
    assert!(!repo.path(list).exists());
}
