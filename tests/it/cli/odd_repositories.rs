//! Repositories and disks that are not as usual: what can be read is read, what can be saved is
//! saved, and what cannot is said with the way out.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use insta::assert_snapshot;

use super::{CHECKOUT, CHECKOUT_TEXT, shop};
use crate::support::{PROGRAM, Repo, has, link, skip};

/// Sets a value with a reason, so that it is saved and committed.
const SET: &str = "git backlog set 7k3qd value=13 -m x";

fn value(repo: &Repo) -> i64 {
    let line = repo.read(CHECKOUT);
    let line = line.lines().find_map(|line| line.strip_prefix("value: ")).unwrap().to_owned();
    line.parse().unwrap()
}

#[test]
fn without_a_name_nothing_is_written_for_a_commit() {
    let repo = shop();
    repo.git(&["config", "--unset-all", "user.name"]);
    repo.git(&["config", "--unset-all", "user.email"]);
    let head = repo.git(&["rev-parse", "HEAD"]);
    assert_snapshot!(repo.session(SET), @"
    $ git backlog set 7k3qd value=13 -m x
    ! error: Git does not know who you are: user.name or user.email is not set
    ! hint: git config --global user.name 'Your Name' && git config --global user.email you@example.org
    = 3
    ");
    assert_eq!((value(&repo), repo.git(&["rev-parse", "HEAD"])), (8, head));
}

#[test]
fn in_the_middle_of_something_edits_are_saved_and_commits_wait() {
    let repo = shop();
    let head = repo.git(&["rev-parse", "HEAD"]);
    repo.write(".git/MERGE_HEAD", format!("{head}\n"));
    assert_snapshot!(repo.session(&format!("
        {SET}
        git backlog commit
        git backlog list --columns id,value --limit 1
    ")), @r#"
    $ git backlog set 7k3qd value=13 -m x
    set BL-7k3qd value 8 → 13 "Guest checkout"
    ! error: saved, not committed: a merge is in progress
    ! hint: finish it first; the files stay as they are (see: git merge --continue)
    = 4
    $ git backlog commit
    ! error: saved, not committed: a merge is in progress
    ! hint: finish it first; the files stay as they are (see: git merge --continue)
    = 4
    $ git backlog list --columns id,value --limit 1
    id        value
    BL-7k3qd     13
    3 items; the first is shown; 2 done or dropped (--all shows them)
    "#);
    fs::remove_file(repo.path(".git/MERGE_HEAD")).unwrap();
    assert_eq!(repo.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(repo.run(&["commit"]).code, Some(0));
}

#[test]
fn on_a_detached_head_a_commit_is_made_and_the_danger_told() {
    let repo = shop();
    repo.git(&["checkout", "--quiet", "--detach"]);
    assert_snapshot!(repo.session(SET), @r#"
    $ git backlog set 7k3qd value=13 -m x
    set BL-7k3qd value 8 → 13 "Guest checkout"
    ! [detached HEAD HASH] backlog: set BL-7k3qd value 8 → 13 "Guest checkout"
    ! warning: HEAD is detached: make a branch, or this commit will be hard to find
    "#);
}

#[test]
fn hooks_are_not_passed_over_in_silence() {
    let repo = shop();
    repo.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n");
    fs::set_permissions(repo.path(".git/hooks/pre-commit"), fs::Permissions::from_mode(0o755))
        .unwrap();
    assert_snapshot!(repo.session(&format!("
        {SET}
        git backlog commit --no-verify
    ")), @r#"
    $ git backlog set 7k3qd value=13 -m x
    set BL-7k3qd value 8 → 13 "Guest checkout"
    ! error: saved, not committed: the hook pre-commit of this repository refused the commit
    ! hint: mend what it says above, or pass it by with --no-verify
    = 7
    $ git backlog commit --no-verify
    ! [main HASH] backlog: set BL-7k3qd value 8 → 13 "Guest checkout"
    "#);
}

#[test]
fn a_locked_index_is_named_after_a_while() {
    let repo = shop();
    repo.git(&["config", "backlog.lockTimeout", "200"]);
    repo.write(".git/index.lock", "");
    let run = repo.run(&["set", "7k3qd", "value=13", "-m", "x"]);
    assert_eq!(run.code, Some(8), "{run}");
    assert!(
        run.err.contains("saved, not committed: ")
            && run.err.contains("hint: if no git runs here: rm "),
        "{run}"
    );
    assert_eq!(value(&repo), 13);
    fs::remove_file(repo.path(".git/index.lock")).unwrap();
    assert_eq!(repo.run(&["commit"]).code, Some(0));
}

#[test]
fn a_repository_that_git_itself_would_not_use() {
    let repo = shop();
    repo.git(&["config", "core.repositoryFormatVersion", "1"]);
    repo.git(&["config", "extensions.fancy", "true"]);
    let config = repo.read(".git/config");
    assert_snapshot!(repo.session(&format!("
        git backlog list --columns id --limit 1
        git backlog list --at HEAD
        {SET}
    ")), @"
    $ git backlog list --columns id --limit 1
    id
    BL-7k3qd
    3 items; the first is shown; 2 done or dropped (--all shows them)
    $ git backlog list --at HEAD
    #  id        type   status       value  effort  met  title
    1  BL-7k3qd  story  ready            8       3  1/3  Guest checkout
    2  BL-9qqrt  task   in-progress      5               Orders belong to an address
    3  BL-7kxxm  bug    proposed                         Basket is empty after login
    3 items; 2 done or dropped (--all shows them)
    $ git backlog set 7k3qd value=13 -m x
    ! error: this repository uses the extension 'fancy', which git-backlog does not know
    ! hint: commit with Git itself: git commit .backlog
    = 3
    ");
    assert_eq!(repo.read(".git/config"), config);
}

#[test]
fn branches_kept_as_reftable() {
    let repo = Repo::without_repository();
    if !repo.try_git(&["init", "--quiet", "--ref-format=reftable"]).status.success() {
        return skip("this Git has no reftable");
    }
    repo.write(CHECKOUT, CHECKOUT_TEXT);
    assert_snapshot!(repo.session(&format!("
        git backlog list --columns id,title
        git backlog list --at HEAD
        git backlog set 7k3qd value=9
        {SET}
        git backlog new task x
    ")), @r#"
    $ git backlog list --columns id,title
    id        title
    BL-7k3qd  Guest checkout
    1 item
    $ git backlog list --at HEAD
    ! error: this repository keeps its branches as reftable, which git-backlog cannot read or write safely yet
    ! hint: change that with: git refs migrate --ref-format=files
    = 3
    $ git backlog set 7k3qd value=9
    set BL-7k3qd value 8 → 9 "Guest checkout"
    $ git backlog set 7k3qd value=13 -m x
    ! error: this repository keeps its branches as reftable, which git-backlog cannot read or write safely yet
    ! hint: change that with: git refs migrate --ref-format=files
    = 3
    $ git backlog new task x
    ! error: this repository keeps its branches as reftable, which git-backlog cannot read or write safely yet
    ! hint: change that with: git refs migrate --ref-format=files
    = 3
    "#);
}

#[test]
fn a_repository_of_somebody_else() {
    let repo = shop();
    let is_given = Command::new("chown").args(["-R", "65534"]).arg(repo.path("")).output();
    if !is_given.is_ok_and(|output| output.status.success()) {
        return skip("only root can give files away");
    }
    let shown = repo.session(&format!(
        "
        git backlog list --columns id --limit 1
        {SET}
    "
    ));
    assert_snapshot!(shown, @r"
    $ git backlog list --columns id --limit 1
    ! error: the repository in [TMP]/repo belongs to another user
    ! hint: trust it with: git config --global --add safe.directory '[TMP]/repo'
    = 3
    $ git backlog set 7k3qd value=13 -m x
    ! error: the repository in [TMP]/repo belongs to another user
    ! hint: trust it with: git config --global --add safe.directory '[TMP]/repo'
    = 3
    ");
}

#[test]
fn a_backlog_behind_a_link_is_not_followed_out_of_the_repository() {
    let repo = shop();
    fs::rename(repo.path(".backlog"), repo.beside("elsewhere")).unwrap();
    link("../elsewhere", repo.path(".backlog"));
    let shown = repo.session(&format!(
        "
        git backlog list --limit 1
        git backlog check
        {SET}
        git backlog new task x
        git backlog init
    "
    ));
    assert_snapshot!(shown, @r"
    $ git backlog list --limit 1
    ! error: .backlog is a symbolic link, so Git does not see the backlog behind it
    ! hint: move the backlog itself into the repository
    = 7
    $ git backlog check
    ! error: .backlog is a symbolic link, so Git does not see the backlog behind it
    ! hint: move the backlog itself into the repository
    = 7
    $ git backlog set 7k3qd value=13 -m x
    ! error: .backlog is a symbolic link, so Git does not see the backlog behind it
    ! hint: move the backlog itself into the repository
    = 7
    $ git backlog new task x
    ! error: .backlog is a symbolic link, so Git does not see the backlog behind it
    ! hint: move the backlog itself into the repository
    = 7
    $ git backlog init
    ! error: .backlog is a symbolic link, so Git does not see the backlog behind it
    ! hint: move the backlog itself into the repository
    = 7
    ");
    let text =
        fs::read_to_string(repo.beside("elsewhere/items/BL-7k3qd-guest-checkout.md")).unwrap();
    assert_eq!(text, CHECKOUT_TEXT);
}

#[test]
fn folders_that_cannot_be_written() {
    let repo = shop();
    let folder = repo.path(".backlog/items");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.join("probe"), "").is_ok() {
        fs::remove_file(folder.join("probe")).unwrap();
        return skip("root may write everywhere");
    }
    assert_eq!(repo.run(&["set", "7k3qd", "value=13"]).code, Some(5));
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Runs a script in namespaces of its own, where it may mount; skips where that is not allowed.
fn with_mounts(repo: &Repo, script: &str) -> Option<String> {
    if !has("unshare") {
        return None;
    }
    let unshare = |script: &str| {
        let mut unshare = repo.command("unshare");
        repo.output(unshare.args(["--mount", "--map-root-user", "sh", "-ec", script]))
    };
    if unshare("mount -t tmpfs none /mnt").code != Some(0) {
        skip("mounts are not allowed here");
        return None;
    }
    let run = unshare(script);
    assert_eq!(run.code, Some(0), "{run}");
    Some(run.to_string())
}

#[test]
fn a_read_only_repository_can_be_read() {
    let repo = shop();
    let script = format!(
        "
        mount --bind . . && cd \"$PWD\" && mount -o remount,bind,ro .
        {PROGRAM} list --columns id --limit 1
        {PROGRAM} set 7k3qd value=13 -m x || echo code $?
        {PROGRAM} new task x || echo code $?
        {PROGRAM} commit || echo code $?
    "
    );
    let Some(shown) = with_mounts(&repo, &script) else { return };
    assert_snapshot!(shown, @"
    id
    BL-7k3qd
    3 items; the first is shown; 2 done or dropped (--all shows them)
    code 5
    code 5
    ! error: cannot write .git/backlog: read-only file system; nothing was changed
    ! error: cannot write .git/backlog: read-only file system; nothing was changed
    ! nothing to commit: the backlog is as HEAD has it
    ");
    assert_eq!(repo.read(CHECKOUT), CHECKOUT_TEXT);
}

#[test]
fn a_full_disk_keeps_the_old_file() {
    let repo = shop();
    let script = format!(
        "
        mount -t tmpfs -o size=512k none /mnt
        cp -a . /mnt/repo && cd /mnt/repo
        {PROGRAM} list --columns id --limit 1
        dd if=/dev/zero of=/mnt/fill bs=1k 2>/dev/null || true
        {PROGRAM} set 7k3qd value=13 -m x || echo code $?
        {PROGRAM} new task x || echo code $?
        {PROGRAM} list --columns id,value --limit 1
        rm /mnt/fill
        git fsck --strict
        {PROGRAM} set 7k3qd value=21
        git diff --numstat
        cp {CHECKOUT} \"$OLDPWD/after\"
    "
    );
    let Some(shown) = with_mounts(&repo, &script) else { return };
    assert!(
        shown.contains("code 5\n")
            && shown.contains("no space left on device; nothing was changed"),
        "{shown}"
    );
    assert!(shown.contains(&format!("1\t1\t{CHECKOUT}\n")), "{shown}");
    assert_eq!(repo.read("after"), CHECKOUT_TEXT.replace("value: 8", "value: 21"));
}

#[test]
fn an_interrupted_change_is_finished_by_the_next_command_that_writes() {
    let repo = shop();
    repo.run(&["set", "7k3qd", "9q", "moscow=must"]);
    // As if the program had been killed between the two files.
    let journal = repo.path(".git/backlog/journal");
    fs::rename(repo.path(".git/backlog/undo/0000000001"), journal).unwrap();
    repo.write(CHECKOUT, CHECKOUT_TEXT);
    assert_snapshot!(repo.session("
        git backlog list moscow=must --columns id,moscow
        git backlog set 7kx value=1
        git backlog list moscow=must --columns id,moscow
        git backlog set 7kx value=2
    "), @r#"
    $ git backlog list moscow=must --columns id,moscow
    id        moscow
    BL-9qqrt  must
    1 item
    $ git backlog set 7kx value=1
    set BL-7kxxm value 1 "Basket is empty after login"
    ! warning: finished an interrupted change: items/BL-7k3qd-guest-checkout.md, items/BL-9qqrt-orders-belong-to-an-address.md
    $ git backlog list moscow=must --columns id,moscow
    id        moscow
    BL-7k3qd  must
    BL-9qqrt  must
    2 items
    $ git backlog set 7kx value=2
    set BL-7kxxm value 1 → 2 "Basket is empty after login"
    "#);
}

#[test]
fn a_linked_worktree_and_a_shallow_clone_are_repositories_like_any_other() {
    let repo = shop();
    repo.git(&["worktree", "add", "--quiet", "-b", "other", "../linked"]);
    repo.git(&[
        "clone",
        "--quiet",
        "--depth=1",
        "--config=user.name=Mira",
        "--config=user.email=m@example.org",
        &format!("file://{}", repo.path("").display()),
        "../shallow",
    ]);
    for folder in ["linked", "shallow"] {
        let other = repo.beside(folder);
        let run = repo.run(&["-C", other.to_str().unwrap(), "set", "7k3qd", "value=13", "-m", "x"]);
        assert_eq!(run.code, Some(0), "{run}");
        let status = repo.git(&["-C", other.to_str().unwrap(), "status", "--porcelain"]);
        assert_eq!(status, "");
    }
    assert_eq!(value(&repo), 8);
    repo.assert_sound();
}

#[test]
fn reading_runs_no_program_of_the_repository() {
    let repo = shop();
    repo.write("evil", "#!/bin/sh\ntouch ran\n");
    fs::set_permissions(repo.path("evil"), fs::Permissions::from_mode(0o755)).unwrap();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "diff.external",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
        "core.askPass",
        "gpg.program",
        "alias.backlog",
        "credential.helper",
        "pager.list",
        "uploadpack.packObjectsHook",
    ] {
        repo.git(&["config", key, "./evil"]);
    }
    repo.write(".gitattributes", "* filter=x diff=x\n");
    for hook in ["post-checkout", "post-index-change", "reference-transaction"] {
        repo.write(&format!(".git/hooks/{hook}"), "#!/bin/sh\ntouch ran\n");
        fs::set_permissions(
            repo.path(&format!(".git/hooks/{hook}")),
            fs::Permissions::from_mode(0o755),
        )
        .unwrap();
    }
    for arguments in [
        &["list"][..],
        &["show", "7k3qd"],
        &["board"],
        &["check"],
        &["list", "--at", "HEAD"],
        &["criteria", "7k3qd"],
        &["set", "7k3qd", "value=1", "-n"],
        &["schema"],
    ] {
        assert_eq!(repo.run(arguments).code, Some(0), "{arguments:?}");
        assert!(!repo.path("ran").exists(), "{arguments:?}");
    }
}
