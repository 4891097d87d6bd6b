//! Repositories as Git finds them, revisions, branches, and what changed since HEAD.

use git_backlog::domain::source::FileChange;
use git_backlog::store::{Repository, Source};

use crate::support::{Repo, edits, link, mira};

fn paths(repo: &Repo, rev: &str) -> Vec<String> {
    let files = repo.open().revision(rev, ".backlog").unwrap().files().unwrap();
    files.into_iter().map(|file| file.path).collect()
}

#[test]
fn finds_the_repository_from_a_subfolder() {
    let repo = Repo::with_backlog();
    let found = Repository::discover(&repo.path("src")).unwrap();
    assert_eq!(found.workdir().unwrap(), repo.path("").as_path());
    assert_eq!(found.config_string("user.name").as_deref(), Some("Mira"));
    assert_eq!(found.config_string("user.nickname"), None);
}

#[test]
fn a_folder_outside_of_any_repository_is_told_apart() {
    let repo = Repo::without_repository();
    let error = Repository::discover(&repo.path("")).unwrap_err();
    assert!(error.is_no_repository());
    assert_eq!((error.exit_code(), error.hint().as_deref()), (3, Some("make one with: git init")));
}

#[test]
fn a_broken_configuration_makes_a_repository_unusable() {
    let repo = Repo::new();
    repo.write(".git/config", "[core\n");
    let error = Repository::discover(&repo.path("")).unwrap_err();
    assert!(error.to_string().starts_with("cannot use the repository in "), "{error}");
    assert_eq!(error.exit_code(), 3);
}

#[test]
fn reads_any_revision_that_git_can_name() {
    let repo = Repo::with_backlog();
    repo.git(&["tag", "v1"]);
    repo.git(&["mv", ".backlog/items/BL-22222-first.md", ".backlog/items/BL-44444-moved.md"]);
    repo.git(&["commit", "--quiet", "--message", "move"]);
    let before = ["config.yml", "items/BL-22222-first.md", "items/BL-33333-second.md"];
    let after = ["config.yml", "items/BL-33333-second.md", "items/BL-44444-moved.md"];
    for rev in ["HEAD~1", "v1", "main^", "HEAD@{1}", ":/start"] {
        assert_eq!(paths(&repo, rev), before, "{rev}");
    }
    for rev in ["HEAD", "main", "@"] {
        assert_eq!(paths(&repo, rev), after, "{rev}");
    }
}

#[test]
fn names_a_revision_that_does_not_exist() {
    let repo = Repo::with_backlog();
    let error = repo.open().revision("v9", ".backlog").unwrap_err();
    assert_eq!(error.to_string(), "no revision 'v9'");
    assert_eq!(error.exit_code(), 2);
    assert!(!error.is_unborn());
}

#[test]
fn head_without_a_commit_is_told_apart() {
    let error = Repo::new().open().revision("HEAD", ".backlog").unwrap_err();
    assert!(error.is_unborn());
    assert_eq!(error.to_string(), "there is no commit yet: main is unborn");
}

#[test]
fn a_revision_without_the_folder_has_an_empty_backlog() {
    let repo = Repo::with_backlog();
    let revision = repo.open().revision("HEAD", "elsewhere").unwrap();
    assert!(!revision.has_folder());
    assert_eq!(revision.files().unwrap(), []);
}

#[test]
fn reads_many_files_on_several_threads_in_order() {
    let repo = Repo::new();
    for number in 0..300 {
        repo.write(&format!(".backlog/items/BL-{number:05}.md"), format!("{number}\n"));
    }
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "many"]);
    let files = repo.open().revision("HEAD", ".backlog").unwrap().files().unwrap();
    assert_eq!(files, repo.worktree().files().unwrap());
    assert_eq!(files[299].text.as_deref(), Ok("299\n"));
}

#[test]
fn reads_a_bare_repository() {
    let repo = Repo::with_backlog();
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare.git"]);
    let bare = Repository::discover(&repo.beside("bare.git")).unwrap();
    assert_eq!(bare.workdir(), None);
    assert_eq!(bare.revision("HEAD", ".backlog").unwrap().files().unwrap().len(), 3);
    assert_eq!(bare.ids_in_refs(".backlog").unwrap().len(), 2);
}

#[test]
fn a_blob_that_a_partial_clone_lacks_is_unreadable_and_not_absent() {
    let repo = Repo::with_backlog();
    let id = repo.git(&["rev-parse", "HEAD:.backlog/items/BL-22222-first.md"]);
    std::fs::remove_file(repo.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]))).unwrap();
    let files = repo.open().revision("HEAD", ".backlog").unwrap().files().unwrap();
    let problem = files[1].text.as_ref().unwrap_err();
    assert_eq!(problem.message, format!("object {} is missing from the repository", &id[..10]));
}

#[test]
fn finds_the_ids_of_all_branches() {
    let repo = Repo::with_backlog();
    repo.git(&["switch", "--quiet", "--create", "other"]);
    repo.write(".backlog/goals/GOAL-fast.md", "goal\n");
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "goal"]);
    repo.git(&["update-ref", "refs/remotes/origin/theirs", "HEAD"]);
    repo.git(&["switch", "--quiet", "main"]);
    repo.git(&["branch", "--quiet", "-D", "other"]);
    // A branch that leads nowhere is no reason to stop.
    repo.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone"]);
    let ids = repo.open().ids_in_refs(".backlog").unwrap();
    assert_eq!(ids.iter().collect::<Vec<_>>(), ["BL-22222", "BL-33333", "GOAL-fast"]);
}

/// What changed, as path and texts before and after.
fn changed(repo: &Repo) -> Vec<(String, String)> {
    let text = |text: &Option<Result<String, _>>| match text {
        None => "-".to_owned(),
        Some(Ok(text)) => text.trim_end().to_owned(),
        Some(Err(_)) => "!".to_owned(),
    };
    let shown = |it: FileChange| (it.path, format!("{} → {}", text(&it.before), text(&it.after)));
    repo.open().changed(".backlog").unwrap().into_iter().map(shown).collect()
}

fn check_changed(repo: &Repo, expected: &[(&str, &str)]) {
    let found = changed(repo);
    let found: Vec<(&str, &str)> =
        found.iter().map(|(path, texts)| (path.as_str(), texts.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn tells_what_changed_since_head_staged_or_not() {
    let repo = Repo::with_backlog();
    check_changed(&repo, &[]);
    repo.write(".gitignore", "*.tmp\n");
    repo.write(".backlog/items/BL-22222-first.md", "edited\n");
    std::fs::remove_file(repo.path(".backlog/items/BL-33333-second.md")).unwrap();
    repo.write(".backlog/items/BL-44444-new.md", "new\n");
    repo.write(".backlog/items/scratch.tmp", "ignored\n");
    repo.write(".backlog/picture.png", b"\x89PNG\xff");
    repo.write("src/main.rs", "not of the backlog\n");
    let expected = [
        ("items/BL-22222-first.md", "first → edited"),
        ("items/BL-33333-second.md", "second → -"),
        ("items/BL-44444-new.md", "- → new"),
        ("picture.png", "- → !"),
    ];
    check_changed(&repo, &expected);
    repo.git(&["add", "--all"]);
    check_changed(&repo, &expected);
    repo.git(&["commit", "--quiet", "--message", "all"]);
    check_changed(&repo, &[]);
}

#[test]
fn a_touched_file_has_not_changed_and_an_edit_within_one_second_has() {
    let repo = Repo::with_backlog();
    repo.git(&["config", "core.trustctime", "false"]);
    let touch = |path: &str| {
        assert!(repo.command("touch").args(["-d", "2026-01-02", path]).status().unwrap().success());
    };
    let path = ".backlog/items/BL-22222-first.md";
    touch(path);
    check_changed(&repo, &[]);
    repo.git(&["add", path]);
    repo.write(path, "FIRST\n");
    touch(path);
    touch(".git/index");
    check_changed(&repo, &[("items/BL-22222-first.md", "first → FIRST")]);
}

#[test]
fn line_endings_that_git_converts_are_no_change() {
    let repo = Repo::with_backlog();
    repo.git(&["config", "core.autocrlf", "true"]);
    repo.write(".backlog/items/BL-22222-first.md", "first\r\n");
    check_changed(&repo, &[]);
}

#[test]
fn a_link_in_the_place_of_a_document_is_a_change() {
    let repo = Repo::with_backlog();
    let path = repo.path(".backlog/items/BL-22222-first.md");
    std::fs::remove_file(&path).unwrap();
    link("BL-33333-second.md", &path);
    check_changed(&repo, &[("items/BL-22222-first.md", "first → !")]);
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_not_deleted() {
    let repo = Repo::with_backlog();
    repo.git(&["sparse-checkout", "set", "--cone", "src"]);
    assert!(!repo.path(".backlog").exists());
    check_changed(&repo, &[]);
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "src"]);
    check_changed(&repo, &[]);
}

#[test]
fn the_last_commit_can_be_taken_back() {
    let repo = Repo::with_backlog();
    repo.apply(&[
        ("items/BL-22222-first.md", Some("first\n"), Some("edited\n")),
        ("items/BL-33333-second.md", Some("second\n"), None),
        ("items/BL-44444.md", None, Some("new\n")),
    ])
    .unwrap();
    let paths = ["items/BL-22222-first.md", "items/BL-33333-second.md", "items/BL-44444.md"];
    let commit = repo.commit(&paths).unwrap();
    let revert = repo.open().last_commit(".backlog").unwrap().unwrap();
    assert_eq!(
        (revert.id, revert.short, revert.subject.as_str()),
        (commit.id, commit.short, "backlog: change")
    );
    repo.worktree().apply(&revert.edits).unwrap();
    repo.commit(&paths).unwrap();
    assert_eq!(repo.git(&["rev-parse", "HEAD^{tree}"]), repo.git(&["rev-parse", "HEAD~2^{tree}"]));
}

#[test]
fn taking_back_keeps_the_line_endings_of_the_worktree() {
    let repo = Repo::with_backlog();
    repo.git(&["config", "core.autocrlf", "true"]);
    repo.write(".backlog/items/BL-22222-first.md", "edited\r\n");
    repo.commit(&["items/BL-22222-first.md"]).unwrap();
    let revert = repo.open().last_commit(".backlog").unwrap().unwrap();
    repo.worktree().apply(&revert.edits).unwrap();
    assert_eq!(repo.read(".backlog/items/BL-22222-first.md"), "first\r\n");
}

#[test]
fn a_commit_that_is_not_only_of_the_backlog_is_not_taken_back() {
    let repo = Repo::with_backlog();
    assert_eq!(repo.open().last_commit(".backlog").unwrap(), None);
    repo.git(&["commit", "--quiet", "--allow-empty", "--message", "empty"]);
    assert_eq!(repo.open().last_commit(".backlog").unwrap(), None);
    assert_eq!(Repo::new().open().last_commit(".backlog").unwrap(), None);
}

#[test]
fn makes_a_repository_and_commits_to_a_branch_that_is_not_checked_out() {
    let repo = Repo::without_repository();
    let made = Repository::init(&repo.path(""), "Mira \"M\" # ;", "mira@example.org").unwrap();
    assert_eq!(repo.git(&["config", "user.name"]), "Mira \"M\" # ;");
    let main = made
        .commit_edits(
            "main",
            ".backlog",
            &edits(&[("a.md", None, Some("a\n"))]),
            "one",
            Some(&mira(1)),
        )
        .unwrap();
    made.create_branch("plan", &main.id).unwrap();
    assert!(made.create_branch("plan", &main.id).is_err());
    let change = edits(&[("a.md", Some("a\n"), Some("b\n")), ("items/c.md", None, Some("c\n"))]);
    let plan = made.commit_edits("plan", ".backlog", &change, "two", Some(&mira(2))).unwrap();
    let stale =
        made.commit_edits("plan", ".backlog", &change, "three", Some(&mira(3))).unwrap_err();
    assert_eq!(
        (stale.exit_code(), stale.to_string().as_str()),
        (4, ".backlog/a.md changed meanwhile; nothing was written")
    );
    let checked_out =
        made.commit_edits("main", ".backlog", &change, "four", Some(&mira(4))).unwrap_err();
    assert_eq!(checked_out.exit_code(), 7);
    assert_eq!(
        repo.git(&["log", "--format=%H %an %at %s", "plan"]),
        format!("{} Mira 2 two\n{} Mira 1 one", plan.id, main.id)
    );
    assert_eq!(repo.git(&["show", "plan:.backlog/items/c.md"]), "c");
    assert_eq!(repo.git(&["branch", "--show-current"]), "main");
    repo.git(&["worktree", "add", "--quiet", "../linked", "plan"]);
    let hooks = repo.path(".git/hooks");
    assert_eq!(
        repo.git(&["-C", "../linked", "rev-parse", "--git-path", "hooks"]),
        hooks.to_str().unwrap()
    );
    repo.assert_sound();
}
