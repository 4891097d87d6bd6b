//! Hooks see what they see with Git, and may do what they may do with Git.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use git_backlog::store::CommitRequest;

use crate::support::{PROGRAM, Repo, check_commit, request};

const FIRST: &str = "items/BL-22222-first.md";

/// Tells what a hook is given and what it sees, into a file beside the repository.
const WITNESS: &str = r#"#!/bin/sh
name=$(basename "$0")
{
  echo "== $name $*"
  echo "editor=$GIT_EDITOR prefix=$GIT_PREFIX author=$GIT_AUTHOR_NAME <$GIT_AUTHOR_EMAIL> $GIT_AUTHOR_DATE"
  echo "dir=$(pwd) git=$GIT_DIR tree=$GIT_WORK_TREE index=$GIT_INDEX_FILE"
  git diff --cached --raw --abbrev=40
  git status --porcelain
  for file in "$@"; do [ -f "$file" ] && cat "$file"; done
  read line && echo "input: $line"
} >>"$HOME/witness" 2>&1
echo "said by $name"
exit 0
"#;

fn hook(repo: &Repo, path: &str, script: &str) {
    repo.write(path, script);
    fs::set_permissions(repo.path(path), fs::Permissions::from_mode(0o755)).unwrap();
}

/// What the hooks of a repository told, with paths and process numbers replaced.
fn told(repo: &Repo) -> String {
    let text = fs::read_to_string(repo.beside("home/witness")).unwrap_or_default();
    let folder = repo.beside("").canonicalize().unwrap();
    let text = text.replace(&*folder.to_string_lossy(), "[TMP]");
    // Each has a name of its own for the index that it shows.
    let text = text.replace("backlog/preview-", "next-index-");
    let line = |line: &str| match line.split_once("next-index-") {
        Some((before, _)) => format!("{before}next-index-PID.lock\n"),
        // Git names its own index from the root, this program in full.
        None => line.replace("index=[TMP]/repo/.git/index", "index=.git/index") + "\n",
    };
    text.lines().map(line).collect()
}

/// Commits through the program and, in a twin, through Git, from a folder; the hooks have to tell
/// the same.
fn check_witness(repo: &Repo, folder: &str, hooks: &str) {
    for name in ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"] {
        hook(repo, &format!("{hooks}/{name}"), WITNESS);
    }
    repo.write(&format!(".backlog/{FIRST}"), "---\nid: BL-22222\ntitle: First\n---\n");
    repo.write("src/main.rs", "staged\n");
    repo.git(&["add", "src"]);
    repo.write("src/main.rs", "staged, and changed since\n");
    let twin = repo.twin();
    if hooks != ".git/hooks" {
        twin.git(&["config", "core.hooksPath", hooks]);
    }
    let mut program = repo.program();
    program.current_dir(repo.path(folder)).args(["commit", "-m", "why"]);
    let run = repo.output(&mut program);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.err.contains("said by commit-msg"), "{run}");
    let message = repo.git(&["log", "-1", "--format=%B"]);
    let top = twin.git(&["rev-parse", "--show-toplevel"]);
    let mut git = twin.command("git");
    git.current_dir(twin.path(folder)).args(["commit", "--quiet", "-m", &message, "--only", "--"]);
    assert!(git.arg(format!("{top}/.backlog/{FIRST}")).output().unwrap().status.success());
    assert_eq!(told(repo), told(&twin));
    assert_eq!(repo.git(&["rev-parse", "HEAD"]), twin.git(&["rev-parse", "HEAD"]));
    assert_eq!(repo.git(&["status", "--porcelain"]), twin.git(&["status", "--porcelain"]));
    assert_eq!(told(repo).matches("\n== ").count() + 1, 4, "{}", told(repo));
    let left = fs::read_dir(repo.path(".git")).map(|entries| entries.flatten().count());
    assert!(left.is_err() || !format!("{:?}", fs::read_dir(repo.path(".git"))).contains("next-"));
}

#[test]
fn hooks_see_what_they_see_with_git() {
    check_witness(&Repo::with_backlog(), "", ".git/hooks");
}

#[test]
fn hooks_see_the_folder_that_the_command_was_given_in() {
    check_witness(&Repo::with_backlog(), "src", ".git/hooks");
}

#[test]
fn hooks_may_lie_in_the_worktree() {
    let repo = Repo::with_backlog();
    repo.git(&["config", "core.hooksPath", "tools/hooks"]);
    check_witness(&repo, "src", "tools/hooks");
}

#[test]
fn a_formatter_may_change_and_stage_what_is_committed() {
    let repo = Repo::with_backlog();
    let file = format!(".backlog/{FIRST}");
    hook(
        &repo,
        ".git/hooks/pre-commit",
        &format!("#!/bin/sh\nset -e\ntr a-z A-Z <{file} >x && mv x {file} && git add {file}\n"),
    );
    repo.write(&file, "loud\n");
    repo.commit(&[FIRST]).unwrap();
    assert_eq!(repo.git(&["show", &format!("HEAD:{file}")]), "LOUD");
    // Unlike with `git commit --only`, the index is in step.
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    repo.assert_sound();
}

#[test]
fn a_hook_that_stages_something_else_is_refused_and_nothing_is_done() {
    let repo = Repo::with_backlog();
    hook(&repo, ".git/hooks/pre-commit", "#!/bin/sh\necho x >src/main.rs; git add src\n");
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    let head = repo.git(&["rev-parse", "HEAD"]);
    let error = repo.commit(&[FIRST]).unwrap_err();
    assert_eq!(error.exit_code(), 7);
    let expected = "the hook pre-commit staged src/main.rs, which is not in .backlog";
    assert_eq!(error.to_string(), expected);
    assert_eq!(repo.git(&["rev-parse", "HEAD"]), head);
    assert_eq!(repo.git(&["diff", "--cached", "--raw"]), "");
}

#[test]
fn hooks_may_change_the_message() {
    let repo = Repo::with_backlog();
    hook(
        &repo,
        ".git/hooks/prepare-commit-msg",
        "#!/bin/sh\necho '  ' >>\"$1\"; echo 'Ref: 7' >>\"$1\"\n",
    );
    hook(&repo, ".git/hooks/commit-msg", "#!/bin/sh\nsed -i 's/change/better/' \"$1\"\n");
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    repo.commit(&[FIRST]).unwrap();
    assert_eq!(repo.git(&["log", "-1", "--format=%B"]), "backlog: better\n\nRef: 7");
    assert_eq!(repo.git(&["log", "-g", "-1", "--format=%gs"]), "commit: backlog: better");
}

#[test]
fn a_hook_that_empties_the_message_is_refused() {
    let repo = Repo::with_backlog();
    hook(&repo, ".git/hooks/commit-msg", "#!/bin/sh\n: >\"$1\"\n");
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    let error = repo.commit(&[FIRST]).unwrap_err();
    assert_eq!(error.to_string(), "a hook of this repository left the message empty");
}

#[test]
fn each_hook_that_comes_before_may_forbid_it() {
    for name in ["pre-commit", "prepare-commit-msg", "commit-msg"] {
        let repo = Repo::with_backlog();
        hook(&repo, &format!(".git/hooks/{name}"), "#!/bin/sh\nexit 3\n");
        repo.write(&format!(".backlog/{FIRST}"), "changed\n");
        let before = (repo.git(&["rev-parse", "HEAD"]), fs::read(repo.path(".git/index")).unwrap());
        let error = repo.commit(&[FIRST]).unwrap_err();
        let expected = format!("the hook {name} of this repository refused the commit");
        assert_eq!((error.exit_code(), error.to_string()), (7, expected));
        let after = (repo.git(&["rev-parse", "HEAD"]), fs::read(repo.path(".git/index")).unwrap());
        assert_eq!(before, after);
        assert!(!repo.path(".git/index.lock").exists());
    }
}

#[test]
fn no_verify_passes_by_the_hooks_that_it_passes_by_with_git() {
    let repo = Repo::with_backlog();
    for name in ["pre-commit", "commit-msg"] {
        hook(&repo, &format!(".git/hooks/{name}"), "#!/bin/sh\nexit 3\n");
    }
    for name in ["prepare-commit-msg", "post-commit"] {
        hook(&repo, &format!(".git/hooks/{name}"), &format!("#!/bin/sh\ntouch {name}\n"));
    }
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    let request = CommitRequest { verify: false, ..request(&[FIRST], 1) };
    repo.open().commit(&request).unwrap();
    assert!(repo.path("prepare-commit-msg").exists() && repo.path("post-commit").exists());
}

#[test]
fn a_hook_that_fails_after_the_commit_or_cannot_be_executed_is_no_matter() {
    let repo = Repo::with_backlog();
    hook(&repo, ".git/hooks/post-commit", "#!/bin/sh\nexit 9\n");
    repo.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 9\n");
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    check_commit(&repo, &[FIRST]);
}

#[test]
fn hooks_are_not_asked_about_nothing() {
    let repo = Repo::with_backlog();
    hook(&repo, ".git/hooks/pre-commit", "#!/bin/sh\ntouch asked\n");
    assert!(repo.commit(&[FIRST]).unwrap_err().is_nothing_to_commit());
    assert!(!repo.path("asked").exists());
}

/// A hook whose commit waits for it would wait for itself.
#[test]
fn a_hook_that_commits_is_told_that_it_cannot() {
    let repo = Repo::with_backlog();
    let script = format!("#!/bin/sh\nunset GIT_INDEX_FILE\n'{PROGRAM}' commit -m inner 2>&1\n");
    repo.write(".backlog/items/BL-22222-first.md", "---\nid: BL-22222\ntitle: First\n---\n");
    repo.write(".backlog/items/BL-33333-second.md", "---\nid: BL-33333\ntitle: Second\n---\n");
    hook(&repo, ".git/hooks/pre-commit", &script);
    let run = repo.run(&["commit", "-m", "outer"]);
    assert!(run.code == Some(7) && run.err.contains("waits for this hook to end"), "{run}");
    // After the commit, nobody waits.
    fs::rename(repo.path(".git/hooks/pre-commit"), repo.path(".git/hooks/post-commit")).unwrap();
    let run = repo.run(&["commit", "-m", "outer"]);
    assert!(run.code == Some(0) && run.err.contains("nothing to commit"), "{run}");
}
