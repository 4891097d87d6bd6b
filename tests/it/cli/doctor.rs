//! `doctor`: what is broken is found and told with a way out; `--fix` mends what needs no choice.

use std::time::{Duration, SystemTime};

use super::{CHECKOUT, CHECKOUT_TEXT, shop};
use crate::support::Repo;

/// What breaks something.
type Break = fn(&Repo);

/// A backlog in which nothing is wrong.
fn sound() -> Repo {
    let repo = shop();
    repo.run(&["init"]);
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "init"]);
    let run = repo.run(&["doctor"]);
    assert_eq!(run.code, Some(0), "{run}");
    repo
}

/// A file that was left there some time ago.
fn leave(repo: &Repo, path: &str, hours: u64) {
    repo.write(path, "left");
    let file = std::fs::File::options().write(true).open(repo.path(path)).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(hours * 3600)).unwrap();
}

#[test]
fn what_can_be_mended_is() {
    let breakages: [(&str, Break); 7] = [
        ("line by line", |repo| drop(repo.git(&["config", "--remove-section", "merge.backlog"]))),
        (".gitattributes", |repo| repo.write(".backlog/.gitattributes", "*.md -diff\n")),
        (".backlog-tmp", |repo| leave(repo, ".backlog/items/.1-a.backlog-tmp", 1)),
        ("preview-", |repo| leave(repo, ".git/backlog/preview-1", 1)),
        ("objects/.tmp", |repo| leave(repo, ".git/objects/.tmpA1b2", 2)),
        ("holds BL-7k3qd", |repo| {
            std::fs::rename(repo.path(CHECKOUT), repo.path(".backlog/items/other.md")).unwrap();
        }),
        ("is the id of", |repo| repo.write(".backlog/items/BL-7k3qd-again.md", CHECKOUT_TEXT)),
    ];
    for (told, break_it) in breakages {
        let repo = sound();
        break_it(&repo);
        let run = repo.run(&["doctor"]);
        assert!(run.code == Some(1) && run.out.contains(told), "{told}: {run}");
        let fixed = repo.run(&["doctor", "--fix"]);
        assert!(fixed.code == Some(0) && fixed.out.contains("mended"), "{told}: {fixed}");
        let again = repo.run(&["doctor"]);
        assert_eq!(again.code, Some(0), "{told}: {again}");
        repo.assert_sound();
    }
}

#[test]
fn what_is_not_ours_is_told_and_left() {
    let breakages: [(&str, &str, Break); 5] = [
        (".git/index.lock", "rm .git/index.lock", |repo| leave(repo, ".git/index.lock", 1)),
        ("main.lock", "rm .git/refs/heads/main.lock", |repo| {
            leave(repo, ".git/refs/heads/main.lock", 1);
        }),
        ("config.yml:1:", "no command writes", |repo| repo.write(".backlog/config.yml", "[")),
        ("cannot be read", "git backlog check", |repo| repo.write(CHECKOUT, "---\n[\n---\n")),
        ("is not decided", "git backlog resolve", |repo| {
            let text =
                CHECKOUT_TEXT.replace("---\n\n", "conflicts:\n- value: 1\n- value: 2\n---\n\n");
            repo.write(CHECKOUT, text);
        }),
    ];
    for (told, hint, break_it) in breakages {
        let repo = sound();
        break_it(&repo);
        let status = || repo.git(&["status", "--porcelain"]);
        let before = status();
        for arguments in [&["doctor"][..], &["doctor", "--fix"]] {
            let run = repo.run(arguments);
            assert!(run.code == Some(1) && run.out.contains(told), "{told}: {run}");
            assert!(run.out.contains(hint), "{told}: {run}");
            assert_eq!(status(), before, "{told}");
        }
    }
}

/// Git calls the index of a commit of some files so while it runs.
#[test]
fn the_index_of_a_living_commit_is_not_touched() {
    let repo = sound();
    leave(&repo, ".git/next-index-4711.lock", 1);
    let run = repo.run(&["doctor", "--fix"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(repo.path(".git/next-index-4711.lock").exists());
}
