//! Commits in all kinds of repositories, and by several at once, judged by real Git.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::{Repo, check_commit as check, request};

const FIRST: &str = "items/BL-22222-first.md";

#[test]
fn makes_the_first_commit_of_a_repository() {
    let repo = Repo::new();
    repo.write("other.txt", "staged\n");
    repo.git(&["add", "--all"]);
    repo.write(".backlog/items/BL-22222.md", "first\n");
    check(&repo, &["items/BL-22222.md"]);
}

#[test]
fn commits_on_a_detached_head() {
    let repo = Repo::with_backlog();
    repo.git(&["switch", "--quiet", "--detach"]);
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    let twin = repo.twin();
    check(&repo, &[FIRST]);
    assert_eq!(twin.commit(&[FIRST]).unwrap().branch, None);
    assert_ne!(repo.git(&["rev-parse", "main"]), repo.git(&["rev-parse", "HEAD"]));
}

#[test]
fn commits_to_packed_references_and_to_a_branch_that_stands_for_another() {
    let repo = Repo::with_backlog();
    repo.git(&["pack-refs", "--all", "--prune"]);
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    check(&repo, &[FIRST]);
    repo.git(&["symbolic-ref", "refs/heads/alias", "refs/heads/main"]);
    repo.git(&["symbolic-ref", "HEAD", "refs/heads/alias"]);
    repo.write(&format!(".backlog/{FIRST}"), "changed again\n");
    let commit = repo.commit(&[FIRST]).unwrap();
    assert_eq!(repo.git(&["rev-parse", "main"]), commit.id);
    assert_eq!(repo.git(&["symbolic-ref", "refs/heads/alias"]), "refs/heads/main");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn commits_in_a_linked_worktree_and_leaves_the_main_one_alone() {
    let repo = Repo::with_backlog();
    repo.git(&["worktree", "add", "--quiet", "-b", "topic", "../linked"]);
    let before = repo.git(&["rev-parse", "main"]);
    let linked = repo.at("linked");
    linked.write(&format!(".backlog/{FIRST}"), "changed\n");
    let commit = linked.commit(&[FIRST]).unwrap();
    assert_eq!(commit.branch.as_deref(), Some("topic"));
    assert_eq!(linked.git(&["status", "--porcelain"]), "");
    let main = linked.at("repo");
    assert_eq!(
        (main.git(&["rev-parse", "main"]), main.git(&["status", "--porcelain"])),
        (before, String::new())
    );
    main.assert_sound();
}

#[test]
fn commits_in_a_worktree_of_a_bare_repository_with_its_attributes() {
    let repo = Repo::with_backlog();
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare.git"]);
    let bare = repo.at("bare.git");
    bare.git(&["worktree", "add", "--quiet", "-b", "topic", "../linked"]);
    let linked = bare.at("linked");
    linked.write(".gitattributes", "*.md text eol=lf\n");
    linked.write(&format!(".backlog/{FIRST}"), "a\r\n");
    linked.commit(&[FIRST]).unwrap();
    assert_eq!(linked.git(&["cat-file", "-s", &format!("HEAD:.backlog/{FIRST}")]), "2");
}

#[test]
fn a_commit_from_a_subfolder_is_the_same() {
    let repo = Repo::with_backlog();
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    let below = git_backlog::store::Repository::discover(&repo.path("src")).unwrap();
    below.commit(&request(&[FIRST], 1)).unwrap();
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn commits_in_a_repository_with_longer_ids() {
    let repo = Repo::with(&["--object-format=sha256"]);
    repo.write(".backlog/items/BL-22222.md", "first\n");
    check(&repo, &["items/BL-22222.md"]);
    repo.write(".backlog/items/BL-22222.md", "changed\n");
    check(&repo, &["items/BL-22222.md"]);
}

#[test]
fn commits_in_a_sparse_checkout_that_holds_the_backlog() {
    let repo = Repo::with_backlog();
    repo.write("other/x.txt", "x\n");
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "other"]);
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", ".backlog"]);
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    repo.commit(&[FIRST]).unwrap();
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    assert_eq!(repo.git(&["show", "HEAD:other/x.txt"]), "x");
    repo.assert_sound();
}

#[test]
fn commits_in_a_partial_clone_that_lacks_other_files() {
    let repo = Repo::with_backlog();
    repo.git(&["config", "uploadpack.allowFilter", "true"]);
    let url = format!("file://{}", repo.path("").display());
    repo.git(&["clone", "--quiet", "--filter=blob:none", "--sparse", &url, "../partial"]);
    let partial = repo.at("partial");
    partial.write(".backlog/items/BL-55555.md", "new\n");
    partial.commit(&["items/BL-55555.md"]).unwrap();
    assert_eq!(partial.git(&["diff", "--name-status", "HEAD~1"]), "A\t.backlog/items/BL-55555.md");
}

#[test]
fn several_processes_at_once_lose_no_commit() {
    let repo = Repo::with_backlog();
    const WRITERS: usize = 4;
    const EACH: usize = 5;
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let folder = repo.path("");
            scope.spawn(move || {
                for number in 0..EACH {
                    let path = format!("items/BL-{writer}-{number}.md");
                    fs::write(folder.join(".backlog").join(&path), "new\n").unwrap();
                    let repository = git_backlog::store::Repository::discover(&folder).unwrap();
                    repository.commit(&request(&[&path], 1)).unwrap();
                }
            });
        }
    });
    assert_eq!(repo.git(&["rev-list", "--count", "HEAD"]), (1 + WRITERS * EACH).to_string());
    let n_files =
        repo.git(&["ls-tree", "-r", "--name-only", "HEAD", ".backlog/items"]).lines().count();
    assert_eq!(n_files, 2 + WRITERS * EACH);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    repo.assert_sound();
}

#[test]
fn a_commit_is_made_anew_when_another_moves_the_branch_first() {
    let repo = Repo::with_backlog();
    let folder = repo.path("");
    // `git update-ref` takes no lock of the index, so that it gets in between.
    let moved = std::thread::scope(|scope| {
        let mover = scope.spawn(|| {
            let mut moved = Vec::new();
            for _ in 0..60 {
                let head = repo_git(&folder, &["rev-parse", "HEAD"]);
                let tree = repo_git(&folder, &["rev-parse", &format!("{head}^{{tree}}")]);
                let commit = repo_git(&folder, &["commit-tree", &tree, "-p", &head, "-m", "moved"]);
                let update = ["update-ref", "refs/heads/main", &commit, &head];
                let mut git = std::process::Command::new("git");
                // Fails if a commit of ours got in between, as it should.
                if git.args(update).current_dir(&folder).output().unwrap().status.success() {
                    moved.push(commit);
                }
            }
            moved
        });
        for number in 0..20 {
            let path = format!("items/BL-{number}-x.md");
            fs::write(folder.join(".backlog").join(&path), "new\n").unwrap();
            repo.open().commit(&request(&[&path], 1)).unwrap();
        }
        mover.join().unwrap()
    });
    let all = repo.git(&["rev-list", "HEAD"]);
    let lost: Vec<&String> = moved.iter().filter(|id| !all.contains(id.as_str())).collect();
    assert!(moved.len() > 10 && lost.is_empty(), "{} moved, lost: {lost:?}", moved.len());
    assert_eq!(
        repo.git(&["ls-tree", "-r", "--name-only", "HEAD", ".backlog/items"]).lines().count(),
        22
    );
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

/// Git in a thread of its own.
fn repo_git(folder: &std::path::Path, arguments: &[&str]) -> String {
    let output =
        std::process::Command::new("git").args(arguments).current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_shared_repository_stays_usable_by_its_group() {
    let repo = Repo::with(&["--shared=group"]);
    repo.write(".backlog/items/BL-22222.md", "first\n");
    let id = repo.commit(&["items/BL-22222.md"]).unwrap().id;
    let mode = |path: &str| repo.path(path).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(".git/refs/heads/main"), 0o664);
    assert_eq!(mode(".git/index"), 0o664);
    assert_eq!(mode(&format!(".git/objects/{}", &id[..2])) & 0o070, 0o070);
}
