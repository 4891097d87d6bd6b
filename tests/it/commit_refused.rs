//! Commits that are refused, before anything is changed, with the reason and the way on.

use std::fs;
use std::process::Stdio;

use git_backlog::store::{CommitRequest, Error, Repository};

use crate::support::{Repo, link, pipe, request};

const FIRST: &str = "items/BL-22222-first.md";

/// A commit of a changed item has to be refused with this code and message, and to leave branch,
/// index and files as they are.
fn check(repo: &Repo, code: u8, message: &str, hint: &str) {
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    let before = state(repo);
    let error = repo.commit(&[FIRST]).unwrap_err();
    assert_eq!((error.exit_code(), error.to_string().as_str()), (code, message));
    assert_eq!(error.hint().unwrap_or_default(), hint);
    assert_eq!(state(repo), before);
}

/// Everything that a refused commit has to leave alone.
fn state(repo: &Repo) -> Vec<Option<Vec<u8>>> {
    let files =
        [".git/HEAD", ".git/index", ".git/refs/heads/main", ".git/logs/HEAD", ".git/index.lock"];
    let read = |path: &str| fs::read(repo.path(path)).ok();
    files.into_iter().map(read).chain([read(&format!(".backlog/{FIRST}"))]).collect()
}

#[test]
fn nothing_to_commit_is_told_apart() {
    let repo = Repo::with_backlog();
    repo.write("src/main.rs", "changed and staged\n");
    repo.git(&["add", "--all"]);
    let before = state(&repo);
    assert!(repo.commit(&[FIRST]).unwrap_err().is_nothing_to_commit());
    assert!(repo.commit(&["items/never-there.md"]).unwrap_err().is_nothing_to_commit());
    assert_eq!(state(&repo), before);
}

#[test]
fn during_a_merge_a_rebase_or_the_like() {
    let finish = |command| format!("finish it first; the files stay as they are (see: {command})");
    let cases = [
        ("MERGE_HEAD", "a merge is in progress", "git merge --continue"),
        ("CHERRY_PICK_HEAD", "a cherry-pick is in progress", "git cherry-pick --continue"),
        ("REVERT_HEAD", "a revert is in progress", "git revert --continue"),
        ("BISECT_LOG", "a bisection is in progress", "git bisect reset"),
        ("rebase-merge/interactive", "a rebase is in progress", "git rebase --continue"),
        ("rebase-apply/applying", "the applying of patches is in progress", "git am --continue"),
    ];
    for (file, message, command) in cases {
        let repo = Repo::with_backlog();
        repo.write(&format!(".git/{file}"), repo.git(&["rev-parse", "HEAD"]));
        check(&repo, 4, message, &finish(command));
    }
}

#[test]
fn while_a_file_of_the_backlog_is_unmerged() {
    let repo = Repo::with_backlog();
    let path = format!(".backlog/{FIRST}");
    repo.write(&path, "stashed\n");
    repo.git(&["stash", "--quiet"]);
    repo.write(&path, "committed\n");
    repo.git(&["commit", "--quiet", "--all", "--message", "other"]);
    assert!(!repo.try_git(&["stash", "pop"]).status.success());
    let hint = "finish it first; the files stay as they are (see: git status)";
    check(&repo, 4, &format!("a merge of {path} is in progress"), hint);
}

#[test]
fn in_a_repository_with_branches_in_another_format() {
    let repo = Repo::without_repository();
    if !repo.try_git(&["init", "--quiet", "--ref-format=reftable"]).status.success() {
        crate::support::skip("this Git has no reftable");
        return;
    }
    repo.write(".backlog/items/a.md", "a\n");
    let head = fs::read(repo.path(".git/HEAD")).unwrap();
    let expected = "this repository keeps its branches as reftable, which git-backlog cannot read or write safely yet";
    let repository = repo.open();
    let errors: [Error; 5] = [
        repo.commit(&["items/a.md"]).unwrap_err(),
        repository.revision("HEAD", ".backlog").unwrap_err(),
        repository.changed(".backlog").unwrap_err(),
        repository.ids_in_refs(".backlog").unwrap_err(),
        repository.last_commit(".backlog").unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.exit_code(), error.to_string().as_str()), (3, expected));
    }
    assert_eq!(fs::read(repo.path(".git/HEAD")).unwrap(), head);
    repo.apply(&[("items/a.md", Some("a\n"), Some("b\n"))]).unwrap();
}

#[test]
fn in_a_repository_with_an_unknown_extension() {
    let repo = Repo::with_backlog();
    repo.git(&["config", "core.repositoryFormatVersion", "1"]);
    repo.git(&["config", "extensions.preciousObjects", "true"]);
    repo.write(&format!(".backlog/{FIRST}"), "known\n");
    repo.commit(&[FIRST]).unwrap();
    repo.git(&["config", "extensions.fancy", "true"]);
    let error = repo.open().commit(&request(&[FIRST], 1)).unwrap_err();
    let message = "this repository uses the extension 'fancy', which git-backlog does not know";
    assert_eq!((error.exit_code(), error.to_string().as_str()), (3, message));
}

#[test]
fn outside_of_a_sparse_checkout() {
    let repo = Repo::with_backlog();
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "src"]);
    check(
        &repo,
        3,
        ".backlog is outside of the sparse checkout",
        "add it with: git sparse-checkout add .backlog",
    );
}

#[test]
fn in_a_bare_repository() {
    let repo = Repo::with_backlog();
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare.git"]);
    let bare = Repository::discover(&repo.beside("bare.git")).unwrap();
    assert_eq!(bare.commit(&request(&[FIRST], 1)).unwrap_err().exit_code(), 3);
    assert_eq!(bare.changed(".backlog").unwrap(), []);
}

#[test]
fn while_another_git_holds_the_index() {
    let repo = Repo::with_backlog();
    repo.git(&["config", "backlog.lockTimeout", "20"]);
    repo.write(".git/index.lock", "");
    let message = ".git/index.lock is 0 s old: a Git process holds it, or left it behind";
    check(&repo, 8, message, "if no git runs here: rm .git/index.lock");
}

#[test]
fn what_is_no_regular_file_below_the_folder() {
    let repo = Repo::with_backlog();
    link("BL-22222-first.md", repo.path(".backlog/items/link.md"));
    link("../src", repo.path(".backlog/goals"));
    pipe(&repo.path(".backlog/items/pipe.md"));
    let before = state(&repo);
    let paths = [
        "items/link.md",
        "goals/main.rs",
        "items/pipe.md",
        "../src/main.rs",
        "/etc/passwd",
        "items/.git",
        "items/GIT~1",
    ];
    for path in paths {
        let error = repo.commit(&[path]).unwrap_err();
        assert_eq!(error.exit_code(), 7, "{path}: {error}");
    }
    assert_eq!(state(&repo), before);
}

#[test]
fn what_git_ignores() {
    let repo = Repo::with_backlog();
    repo.write(".gitignore", "private-*.md\n");
    repo.write(".backlog/items/private-x.md", "x\n");
    let error = repo.commit(&["items/private-x.md"]).unwrap_err();
    let expected = ".backlog/items/private-x.md is ignored by a .gitignore";
    assert_eq!((error.exit_code(), error.to_string().as_str()), (7, expected));
    repo.git(&["add", "--force", ".backlog/items/private-x.md"]);
    repo.commit(&["items/private-x.md"]).unwrap();
}

/// The part of a test that runs in a process of its own, for what the environment decides.
#[test]
fn in_a_process_of_its_own() {
    if std::env::var_os("COMMIT_TEST").is_none() {
        return;
    }
    let repository = Repository::discover(&std::env::current_dir().unwrap()).unwrap();
    let result = repository.commit(&CommitRequest { author: None, ..request(&[FIRST], 1) });
    let text = match result {
        Ok(commit) => format!("0 {}", commit.id),
        Err(error) => {
            format!("{} {error} | {}", error.exit_code(), error.hint().unwrap_or_default())
        }
    };
    fs::write("../result", text).unwrap();
}

/// Commits in a process with this environment, and returns what came of it.
fn commit_with(repo: &Repo, variables: &[(&str, &str)]) -> String {
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    let mut command = repo.command(std::env::current_exe().unwrap());
    command.args(["--exact", "commit_refused::in_a_process_of_its_own"]).env("COMMIT_TEST", "1");
    command.envs(variables.iter().copied()).stdout(Stdio::null());
    assert!(command.status().unwrap().success());
    fs::read_to_string(repo.beside("result")).unwrap()
}

#[test]
fn without_a_name_until_one_comes_from_git_or_the_environment() {
    let repo = Repo::with_backlog();
    repo.git(&["config", "--unset", "user.name"]);
    repo.git(&["config", "--unset", "user.email"]);
    let expected = "3 Git does not know who you are: user.name or user.email is not set | \
                    git config --global user.name 'Your Name' && git config --global user.email you@example.org";
    assert_eq!(commit_with(&repo, &[]), expected);
    let parameters = "'user.name'='Jón O'\\''Hara' 'user.email=jon@example.org'";
    let result = commit_with(&repo, &[("GIT_CONFIG_PARAMETERS", parameters)]);
    assert!(result.starts_with("0 "), "{result}");
    assert_eq!(
        repo.git(&["log", "-1", "--format=%an <%ae>, %cn"]),
        "Jón O'Hara <jon@example.org>, Jón O'Hara"
    );
}

#[test]
fn the_environment_may_name_another_index_author_and_time() {
    let repo = Repo::with_backlog();
    fs::copy(repo.path(".git/index"), repo.path(".git/other")).unwrap();
    let before = fs::read(repo.path(".git/index")).unwrap();
    let other = repo.path(".git/other");
    let variables = [
        ("GIT_INDEX_FILE", other.to_str().unwrap()),
        ("GIT_AUTHOR_NAME", "Ada"),
        ("GIT_AUTHOR_DATE", "1700000000 +0200"),
        ("GIT_COMMITTER_DATE", "1700000001 +0000"),
    ];
    assert!(commit_with(&repo, &variables).starts_with("0 "));
    assert_eq!(
        repo.git(&["log", "-1", "--date=raw", "--format=%an %ad %cn %cd"]),
        "Ada 1700000000 +0200 Mira 1700000001 +0000"
    );
    assert_eq!(fs::read(repo.path(".git/index")).unwrap(), before);
}

#[test]
fn in_a_repository_of_somebody_else() {
    let repo = Repo::with_backlog();
    let owner = std::os::unix::fs::chown(repo.path(".git"), Some(12345), Some(12345));
    let folder = std::os::unix::fs::chown(repo.path(""), Some(12345), Some(12345));
    if owner.and(folder).is_err() {
        crate::support::skip("only root can give a file away");
        return;
    }
    let error = Repository::discover(&repo.path("")).unwrap_err();
    assert_eq!(error.exit_code(), 3, "{error}");
    assert!(error.to_string().ends_with("belongs to another user"), "{error}");
    assert!(
        error
            .hint()
            .unwrap()
            .starts_with("trust it with: git config --global --add safe.directory ")
    );
}
