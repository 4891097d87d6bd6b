//! What Git makes of two branches with the merge driver, without it, and with a broken one.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use crate::support::{PROGRAM, Repo};

const ITEM: &str = ".backlog/items/BL-7k3qd-guest-checkout.md";

const TEXT: &str = "\
---
id: BL-7k3qd
title: Guest checkout
type: story
status: ready
rank: mbfvm
value: 8
---

As a shopper, I want to pay without an account, so that I can buy in a minute.

## Acceptance criteria

- [ ] One step to payment.
- [ ] The order confirmation offers an account.
";

/// A repository in which two branches change the item: `theirs` is not merged yet.
fn forked(ours: &str, theirs: &str) -> Repo {
    let repo = Repo::new();
    assert_eq!(repo.run(&["init"]).code, Some(0));
    repo.write(ITEM, TEXT);
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "-m", "start"]);
    repo.git(&["switch", "--quiet", "-c", "theirs"]);
    repo.write(ITEM, theirs);
    repo.git(&["commit", "--quiet", "-a", "-m", "theirs"]);
    repo.git(&["switch", "--quiet", "main"]);
    repo.write(ITEM, ours);
    repo.git(&["commit", "--quiet", "-a", "-m", "ours"]);
    repo
}

/// Git with a `git-backlog` of this text on the path; without one, there is none to be found.
fn git(repo: &Repo, program: Option<&str>) -> Command {
    let folder = repo.beside("programs");
    fs::create_dir_all(&folder).unwrap();
    if let Some(script) = program {
        let path = folder.join("git-backlog");
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut command = repo.command("git");
    let path = std::env::var_os("PATH").unwrap();
    let is_other = |dir: &std::path::PathBuf| !dir.join("git-backlog").exists();
    let dirs = std::iter::once(folder).chain(std::env::split_paths(&path).filter(is_other));
    command.env("PATH", std::env::join_paths(dirs).unwrap());
    command
}

/// The program under test, as a script.
fn program() -> String {
    format!("#!/bin/sh\nexec '{PROGRAM}' \"$@\"\n")
}

fn merge(repo: &Repo, program: Option<&str>) -> Output {
    let arguments = ["merge", "--quiet", "-m", "merge", "theirs"];
    git(repo, program).args(arguments).output().unwrap()
}

fn with_program(repo: &Repo) -> Output {
    merge(repo, Some(&program()))
}

#[test]
fn neighbouring_fields_and_criteria_merge_with_the_driver() {
    let ours =
        TEXT.replace("status: ready", "status: in-progress").replace("- [ ] One", "- [x] One");
    let theirs = TEXT
        .replace("rank: mbfvm", "rank: mbdd\nsprint: 2026-24")
        .replace("- [ ] The", "- [x] The");
    let repo = forked(&ours, &theirs);
    let twin = repo.twin();
    let output = with_program(&repo);
    assert!(output.status.success(), "{output:?}");
    let text = repo.read(ITEM);
    for line in ["status: in-progress", "rank: mbdd", "sprint: 2026-24", "- [x] One", "- [x] The"] {
        assert!(text.contains(line), "{line} in\n{text}");
    }
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    // Without it, the same merge is a conflict.
    assert!(!merge(&twin, None).status.success());
    assert!(twin.read(ITEM).contains("<<<<<<<"));
}

#[test]
fn a_true_conflict_stays_valid_and_is_decided_by_resolve() {
    let repo =
        forked(&TEXT.replace("value: 8", "value: 13"), &TEXT.replace("value: 8", "value: 5"));
    assert_eq!(with_program(&repo).status.code(), Some(1));
    assert!(repo.git(&["status", "--porcelain"]).starts_with("UU "));
    let list = repo.run(&["list", "--format", "json"]);
    assert_eq!(list.code, Some(0), "{list}");
    assert_eq!(list.json()["documents"][0]["value"], 8, "{list}");
    assert_eq!(repo.run(&["check"]).code, Some(1));
    let shown = repo.run(&["resolve"]);
    assert_eq!(shown.code, Some(1));
    assert!(shown.out.contains("13") && shown.out.contains('5'), "{shown}");
    let decided = repo.run(&["resolve", "7k", "value=13"]);
    assert_eq!(decided.code, Some(0), "{decided}");
    assert_eq!(repo.read(ITEM), TEXT.replace("value: 8", "value: 13"));
    assert_eq!(repo.git(&["diff", "--name-only", "--diff-filter=U"]), "");
    repo.git(&["commit", "--quiet", "--no-edit"]);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    repo.assert_sound();
}

#[test]
fn a_document_that_was_merged_line_by_line_is_merged_again_by_field() {
    let ours = TEXT.replace("status: ready", "status: in-progress");
    let theirs = TEXT.replace("rank: mbfvm", "rank: mbdd");
    let repo = forked(&ours, &theirs);
    assert!(!merge(&repo, None).status.success());
    assert!(repo.read(ITEM).contains("<<<<<<<"));
    let decided = repo.run(&["resolve", "BL-7k3qd"]);
    assert_eq!(decided.code, Some(0), "{decided}");
    assert_eq!(repo.read(ITEM), ours.replace("rank: mbfvm", "rank: mbdd"));
    repo.git(&["commit", "--quiet", "--no-edit"]);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

/// The ways in which a driver can fail, all of which Git itself takes for a conflict that is
/// already in the file, if the status is below 129.
const BROKEN: &[(&str, Option<&str>)] = &[
    ("absent", None),
    ("too old to know the command", Some("#!/bin/sh\nexit 2\n")),
    ("panics", Some("#!/bin/sh\nexit 101\n")),
    ("cannot be started", Some("#!/no/such/interpreter\n")),
    ("has no memory", Some("#!/bin/sh\nkill -KILL $$\n")),
    ("crashes", Some("#!/bin/sh\nkill -SEGV $$\n")),
    ("empties the file, then panics", Some("#!/bin/sh\n: >\"$3\"\nexit 101\n")),
    ("writes half of it, then is killed", Some("#!/bin/sh\necho --- >\"$3\"\nkill -KILL $$\n")),
];

#[test]
fn a_driver_that_is_missing_or_crashes_never_hides_a_side() {
    let ours = TEXT.replace("value: 8", "value: 13").replace("Guest", "Quick");
    let theirs = TEXT.replace("value: 8", "value: 5").replace("- [ ] The order", "- [x] The order");
    for (name, program) in BROKEN {
        let repo = forked(&ours, &theirs);
        let output = merge(&repo, *program);
        assert!(!output.status.success(), "{name}: {output:?}");
        let text = repo.read(ITEM);
        let is_aborted = repo.git(&["status", "--porcelain"]).is_empty();
        if is_aborted {
            assert_eq!(text, ours, "{name}");
            continue;
        }
        for line in ["<<<<<<<", "value: 13", "value: 5", "Quick", "- [x] The order"] {
            assert!(text.contains(line), "{name}: no {line} in\n{text}");
        }
        let left = repo.git(&["status", "--porcelain", "--ignored", "--untracked-files=all"]);
        assert!(!left.contains("?? ") && !left.contains("!! "), "{name}: {left}");
    }
}

#[test]
fn without_failure_the_same_merge_has_no_marks() {
    // Shows that the test above looks at what the driver makes, and not at any merge.
    let ours = TEXT.replace("value: 8", "value: 13");
    let theirs = TEXT.replace("- [ ] The order", "- [x] The order");
    let repo = forked(&ours, &theirs);
    assert!(with_program(&repo).status.success());
    assert!(!repo.read(ITEM).contains("<<<<<<<"));
}

#[test]
fn a_rebase_and_a_cherry_pick_use_the_driver_too() {
    for command in [&["rebase", "main", "theirs"][..], &["cherry-pick", "theirs"]] {
        let ours = TEXT.replace("status: ready", "status: in-progress");
        let theirs = TEXT.replace("rank: mbfvm", "rank: mbdd");
        let repo = forked(&ours, &theirs);
        let output = git(&repo, Some(&program())).args(command).output().unwrap();
        assert!(output.status.success(), "{command:?}: {output:?}");
        assert_eq!(repo.read(ITEM), ours.replace("rank: mbfvm", "rank: mbdd"), "{command:?}");
    }
}
