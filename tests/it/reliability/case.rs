//! The commands that are interrupted, each in the repository that it needs.

use std::process::Command;

use crate::support::{PROGRAM, Repo, Run};

/// The item that most commands change.
pub(super) const CHECKOUT: &str = ".backlog/items/BL-7k3qd-guest-checkout.md";

/// One command that writes.
#[derive(Clone, Debug)]
pub(super) struct Case {
    /// Names it in tables.
    pub(super) name: &'static str,
    /// Its arguments.
    pub(super) words: &'static [&'static str],
    /// Commands that run before it.
    before: &'static [&'static [&'static str]],
    /// Ordinary commands that run after it, and have to recover.
    pub(super) next: &'static [&'static [&'static str]],
}

const NEXT: &[&[&str]] = &[&["set", "BL-d4bcg", "value=4"]];
const SET: &[&str] = &["set", "BL-7k3qd", "value=13"];
const SET_COMMIT: &[&str] = &["set", "BL-7k3qd", "value=13", "-m", "Asked for"];

const fn case(name: &'static str, words: &'static [&'static str]) -> Case {
    Case { name, words, before: &[], next: NEXT }
}

const fn after(
    name: &'static str,
    before: &'static [&'static [&'static str]],
    words: &'static [&'static str],
) -> Case {
    Case { name, words, before, next: NEXT }
}

/// All commands that write. Another one is another line.
pub(super) const CASES: &[Case] = &[
    case("set", SET),
    case("set several", &["set", "7k3qd", "9qqrt", "7kxxm", "value=13"]),
    case("rank block", &["rank", "7kxxm", "9qqrt", "--top"]),
    case("new", &["new", "task", "Write it down"]),
    case("criteria", &["criteria", "7k3qd", "check", "1"]),
    case("edit", &["edit", "7k3qd"]),
    case("import", &["import", "backlog-md", "../foreign"]),
    after("commit", &[SET], &["commit", "-m", "Asked for"]),
    case("set -m", SET_COMMIT),
    case("set -m with hooks", SET_COMMIT),
    case("set several -m", &["set", "7k3qd", "9qqrt", "value=13", "-m", "Asked for"]),
    case("rank block -m", &["rank", "7kxxm", "9qqrt", "--top", "-m", "Asked for"]),
    case("new -m", &["new", "task", "Write it down", "-m", "Asked for"]),
    case("criteria -m", &["criteria", "7k3qd", "check", "1", "-m", "Shown"]),
    case("edit -m", &["edit", "7k3qd", "-m", "Asked for"]),
    case("import -m", &["import", "backlog-md", "../foreign", "-m", "From there"]),
    after("commit several", &[SET, &["new", "task", "Write it down"]], &["commit"]),
    after("undo change", &[SET], &["undo"]),
    after("undo commit", &[SET_COMMIT], &["undo"]),
    after("undo import", &[&["import", "backlog-md", "../foreign"]], &["undo"]),
    case("check --fix", &["check", "--fix"]),
    Case { name: "init", words: &["init"], before: &[], next: &[&["init"], &["commit"]] },
];

impl Case {
    /// The case of a name.
    pub(super) fn named(name: &str) -> &'static Self {
        CASES.iter().find(|case| case.name == name).unwrap()
    }

    /// The repository in which it runs.
    pub(super) fn repository(&self) -> Repo {
        let repo = if self.name == "init" { bare_of_backlog() } else { backlog() };
        repo.git(&["config", "backlog.lockTimeout", "300"]);
        if self.name.ends_with("hooks") {
            for name in ["pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"] {
                repo.write_program(
                    &format!(".git/hooks/{name}"),
                    "#!/bin/sh\ngit diff --cached --name-only >&2\n",
                );
            }
        }
        for words in self.before {
            let run = repo.run(words);
            assert_eq!(run.code, Some(0), "{run}");
        }
        repo
    }

    /// Whether it prints results before it writes, so that they acknowledge nothing.
    pub(super) fn prints_first(&self) -> bool {
        self.name.starts_with("import")
    }

    /// The command, ready to run in a repository.
    pub(super) fn command(&self, repo: &Repo) -> Command {
        let mut command = repo.program();
        command.args(self.words);
        with_editor(command)
    }

    /// The same, run by another program that is given its own arguments first.
    pub(super) fn command_under(&self, repo: &Repo, words: &[String]) -> Command {
        let mut command = repo.command(&words[0]);
        command.args(&words[1..]).arg(PROGRAM).args(self.words);
        command.env("GIT_BACKLOG_TODAY", "2026-11-25").stdin(std::process::Stdio::null());
        with_editor(command)
    }

    /// Runs what comes next. A command that had to finish the change of another first, and asks to be
    /// run again, is.
    pub(super) fn go_on(&self, repo: &Repo) -> Result<(), Run> {
        for words in self.next {
            let mut run = repo.run(words);
            if run.code == Some(4) && run.err.contains("an interrupted change was finished first") {
                run = repo.run(words);
            }
            if run.code != Some(0) {
                return Err(run);
            }
        }
        Ok(())
    }
}

fn with_editor(mut command: Command) -> Command {
    command.env("GIT_EDITOR", "sed -i 's/^value: 8/value: 13/'");
    command
}

fn bare_of_backlog() -> Repo {
    let repo = Repo::without_repository();
    repo.git(&["init", "--quiet", "--template=", "--initial-branch=main"]);
    for (key, value) in [
        ("user.name", "Mira"),
        ("user.email", "mira@example.org"),
        ("commit.gpgSign", "false"),
        ("maintenance.auto", "false"),
    ] {
        repo.git(&["config", key, value]);
    }
    repo.write("src/main.rs", "fn main() {}\n");
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "start"]);
    repo
}

/// A backlog of a few items, one of which `check --fix` can mend, and a folder to import beside it.
pub(super) fn backlog() -> Repo {
    let repo = bare_of_backlog();
    let document = |name: &str, fields: &str, body: &str| {
        let id = &name[..8];
        let text = format!("---\nid: {id}\ntitle: Title of {id}\n{fields}---\n\n{body}");
        repo.write(&format!(".backlog/items/{name}.md"), text);
    };
    document(
        "BL-7k3qd-guest-checkout",
        "type: story\nstatus: ready\ncreated: 2026-11-02\nrank: mbcd\nvalue: 8\neffort: 3\n",
        "As a shopper, I want to pay.\n\n## Acceptance criteria\n\n- [ ] One step.\n- [x] No account.\n",
    );
    document(
        "BL-9qqrt-orders-belong",
        "type: task\nstatus: ready\ncreated: 2026-11-01\nrank: mbdd\nvalue: 5\n",
        "Text.\n",
    );
    document(
        "BL-7kxxm-basket-is-empty",
        "type: bug\nstatus: proposed\ncreated: 2026-11-03\nrank: mbfd\n",
        "Text.\n",
    );
    document(
        "BL-d4bcg-pay-by-invoice",
        "type: story\nstatus: ready\ncreated: 2026-10-01\nrank: mbhd\nvalue: 3\n",
        "Text.\n",
    );
    document(
        "BL-22222-old",
        "type: 'Task'\nstatus: Proposed # for weeks\ncreated: 2026-10-01\nrank: mbjd\n",
        "Text.\n",
    );
    repo.write(
        ".backlog/config.yml",
        "rules: {ST: off, RC: off, RD: off, AC: off, LK: off, RK: off}\n",
    );
    for (number, rest) in [(1, "status: To Do\nordinal: 1000\n"), (2, "status: Done\n")] {
        repo.write(
            &format!("../foreign/tasks/task-{number} - T.md"),
            format!(
                "---\nid: TASK-{number}\ntitle: Task {number}\ncreated_date: '2026-01-05'\n{rest}---\n\n## Description\n\nWords.\n"
            ),
        );
    }
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "backlog"]);
    repo
}
