//! The recipes for CI do what they say: their scripts are taken out of the files and run as the
//! services would run them.

mod recipe;
mod review;
mod untrusted;
mod workflow;

use crate::support::{PROGRAM, Repo, Run};

/// A story in good order.
pub(crate) const STORY: &str = "---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: story\nstatus: ready\nrank: mbbb\neffort: 3\n---\n\n\
    As a shopper, I want to pay without an account, so that I can buy in a minute.\n\n\
    ## Acceptance criteria\n\n\
    - [ ] A guest reaches payment in one step.\n\
    - [ ] A card that is refused keeps the basket.\n";

/// A repository whose main branch has a backlog in good order, on a branch for a pull request.
pub(crate) fn pull_request() -> Repo {
    let repo = Repo::new();
    repo.write(".backlog/config.yml", "");
    repo.write(".backlog/items/BL-7k3qd-guest-checkout.md", STORY);
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "a backlog"]);
    repo.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    repo.git(&["switch", "--quiet", "--create", "topic"]);
    repo
}

/// Commits a change of the pull request.
pub(crate) fn change(repo: &Repo, path: &str, text: impl AsRef<[u8]>) {
    repo.write(path, text);
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "a change"]);
}

/// A story that no one can accept.
pub(crate) fn without_criteria(title: &str) -> String {
    let (head, _) = STORY.split_once("\n## Acceptance").unwrap();
    head.replace("BL-7k3qd", "BL-9qqrt").replace("Guest checkout", title).replace("mbbb", "mccc")
}

/// Runs a script in a shell that finds the program, with more variables.
pub(crate) fn script(repo: &Repo, shell: &[&str], script: &str, variables: &[(&str, &str)]) -> Run {
    let folder = repo.beside("script");
    std::fs::create_dir_all(&folder).unwrap();
    // The recipes install the program, which is there already.
    std::fs::write(folder.join("cargo"), "#!/bin/sh\necho \"cargo $*\" >&2\n").unwrap();
    make_executable(&folder.join("cargo"));
    std::fs::write(folder.join("run"), script).unwrap();
    let program = std::path::Path::new(PROGRAM).parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let path = format!("{}:{}:{path}", folder.display(), program.display());
    let mut command = repo.command(shell[0]);
    command.args(&shell[1..]).arg(folder.join("run")).env("PATH", path);
    command.env("GIT_BACKLOG_TODAY", "2026-11-25").envs(variables.iter().copied());
    repo.output(&mut command)
}

pub(crate) fn make_executable(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// Asserts that a workflow names each action by its commit, with the version beside it.
pub(crate) fn assert_pinned(text: &str) {
    for line in text.lines().filter(|line| line.contains("uses:")) {
        let (_, pin) = line.split_once('@').unwrap();
        let (commit, version) = pin.split_once(" # v").unwrap();
        assert!(
            commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()),
            "{line}"
        );
        assert_eq!(version.split('.').count(), 3, "{line}");
    }
}
