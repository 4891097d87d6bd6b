//! What `log` says of places in the order, compared with what `git log -p` shows by a script that
//! has nothing in common with the program.

use std::path::Path;
use std::process::Command;

use crate::replay::{made_up, repository};
use crate::support::{PROGRAM, Repo, has};

fn check(repo: &Repo, folder: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ranks.py");
    let mut python: Command = repo.command("python3");
    let run = repo.output(python.arg(script).arg(PROGRAM).arg(folder));
    assert_eq!(run.code, Some(0), "{run}");
    assert!(!run.out.starts_with("0 commits"), "{run}");
}

#[test]
fn every_commit_that_changes_a_rank_is_told_and_no_other() {
    if !has("python3") {
        return;
    }
    for seed in 100..101 {
        let (repo, _) = repository(&made_up::sound_history(seed));
        check(&repo, &repo.path(""));
    }
    let repo = Repo::without_repository();
    assert_eq!(repo.run(&["demo", "demo"]).code, Some(0));
    check(&repo, &repo.path("demo"));
}
