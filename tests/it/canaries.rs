//! Repositories that somebody handed over, with a program named wherever Git would run one: to
//! look at them, or to write without a commit, runs none of it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{PROGRAM, Repo, has, link};

const ITEM: &str = ".backlog/items/BL-7k3qd-guest-checkout.md";

/// Every key of `.git/config` that names a program, or a command line, to Git.
const KEYS: [&str; 45] = [
    "alias.backlog",
    "alias.list",
    "browser.x.cmd",
    "core.alternateRefsCommand",
    "core.askPass",
    "core.editor",
    "core.fsmonitor",
    "core.gitProxy",
    "core.pager",
    "core.sshCommand",
    "credential.helper",
    "credential.https://example.org.helper",
    "diff.external",
    "diff.x.command",
    "diff.x.textconv",
    "diff.tool",
    "difftool.x.cmd",
    "filter.x.clean",
    "filter.x.process",
    "filter.x.smudge",
    "gpg.openpgp.program",
    "gpg.program",
    "gpg.ssh.defaultKeyCommand",
    "gpg.ssh.program",
    "gpg.x509.program",
    "hook.x.command",
    "imap.tunnel",
    "interactive.diffFilter",
    "man.x.cmd",
    "merge.backlog.driver",
    "merge.x.driver",
    "mergetool.x.cmd",
    "pager.backlog",
    "pager.diff",
    "pager.list",
    "pager.log",
    "remote.origin.receivepack",
    "remote.origin.uploadpack",
    "sendemail.smtpServer",
    "sequence.editor",
    "tar.x.command",
    "trailer.x.cmd",
    "trailer.x.command",
    "uploadpack.packObjectsHook",
    "web.browser",
];

const HOOKS: [&str; 10] = [
    "applypatch-msg",
    "commit-msg",
    "post-checkout",
    "post-commit",
    "post-index-change",
    "pre-commit",
    "prepare-commit-msg",
    "pre-push",
    "reference-transaction",
    "update",
];

/// Lines of front matter and of text that name a program to other tools, or look as if they did.
const LINES: [&str; 30] = [
    "onStatusChange: \"sh ./evil\"",
    "on_change: \"sh ./evil\"",
    "hooks: [\"./evil\"]",
    "run: ./evil",
    "exec: ./evil",
    "command: ./evil",
    "script: ./evil",
    "template: \"{{ system('./evil') }}\"",
    "editor: ./evil",
    "pager: ./evil",
    "include: ./evil",
    "extends: ./evil",
    "shell: ./evil",
    "validate: \"`./evil`\"",
    "plugin: ./evil",
    "import: ./evil",
    "<!-- exec ./evil -->",
    "<?php system('./evil'); ?>",
    "<% `./evil` %>",
    "<img src=x onerror=\"./evil\">",
    "{{ cmd \"./evil\" }}",
    "{% include './evil' %}",
    "${IFS}`./evil`",
    "$(./evil)",
    "`./evil`",
    "; ./evil",
    "[run](ext::./evil)",
    "[run](file:../../evil)",
    "![run](./evil)",
    "```sh exec\n./evil\n```",
];

/// Every way to look, with what a repository without findings ends with.
const READ: [&[&str]; 45] = [
    &["list"],
    &["list", "--all", "--format", "json"],
    &["list", "--at", "HEAD~1"],
    &["show", "7k3qd"],
    &["show", "7k3qd", "--at", "HEAD~1"],
    &["board"],
    &["board", "--at", "HEAD"],
    &["check"],
    &["check", "--since", "HEAD~1"],
    &["check", "--format", "sarif"],
    &["diff"],
    &["diff", "HEAD~1"],
    &["diff", "HEAD~1..HEAD"],
    &["diff", "--format", "json"],
    &["review", "HEAD~1"],
    &["review", "HEAD~1", "--format", "html"],
    &["review", "HEAD~1", "--format", "markdown"],
    &["log"],
    &["log", "7k3qd"],
    &["blame", "7k3qd"],
    &["why", "7k3qd"],
    &["value"],
    &["value", "--at", "HEAD"],
    &["stats"],
    &["forecast", "--since", "HEAD~1"],
    &["sprint", "list"],
    &["agenda", "refinement"],
    &["report", "--format", "html"],
    &["score"],
    &["score", "7k3qd"],
    &["rank", "--by", "score"],
    &["voice"],
    &["case", "7k3qd"],
    &["metric"],
    &["release"],
    &["release", "notes", "--since", "HEAD~1"],
    &["roadmap", "--by", "date"],
    &["list", "questions"],
    &["criteria", "7k3qd"],
    &["commit", "--dry-run"],
    &["set", "7k3qd", "value=13", "--dry-run"],
    &["rank", "7k3qd", "--top", "--dry-run"],
    &["completions", "bash"],
    &["schema"],
    &["list", "--dir", ".backlog"],
];

/// Ways to write that make no commit.
const WRITE: [&[&str]; 3] = [
    &["set", "7k3qd", "value=13"],
    &["rank", "7k3qd", "--top"],
    &["new", "task", "Pay by invoice"],
];

#[test]
fn looking_runs_no_program_of_the_repository() {
    let repo = handed_over();
    for arguments in READ {
        watch(&repo, arguments);
    }
}

#[test]
fn writing_without_a_commit_runs_no_program_either() {
    let repo = handed_over();
    for arguments in WRITE {
        watch(&repo, arguments);
    }
}

#[test]
fn the_canaries_sing() {
    let repo = handed_over();
    repo.try_git(&["add", "--all"]);
    assert!(has_run(&repo), "Git itself runs none of the programs: nothing is shown by them");
}

#[test]
fn the_pager_is_the_users() {
    if !has("script") {
        return;
    }
    let repo = handed_over();
    let seen = |command: &str, variables: &[(&str, &str)]| {
        let mut script = repo.command("script");
        script.env("TERM", "xterm").envs(variables.iter().copied());
        script.env("GIT_BACKLOG_TODAY", "2026-11-25");
        let output = script.args(["-qec", command, "/dev/null"]).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let list = format!("'{PROGRAM}' list");
    let mark = "sed s/^/MARK/";
    assert!(seen(&list, &[("PAGER", mark)]).contains("MARK"));
    assert!(seen(&list, &[("GIT_PAGER", mark), ("PAGER", "cat")]).contains("MARK"));
    let on_command_line = format!("'core.pager'='{mark}'");
    let given = [("GIT_CONFIG_PARAMETERS", on_command_line.as_str()), ("PAGER", "cat")];
    assert!(seen(&list, &given).contains("MARK"));
    fs::write(repo.beside("home/.gitconfig"), format!("[core]\n\tpager = {mark}\n")).unwrap();
    assert!(seen(&list, &[("PAGER", "cat")]).contains("MARK"));
    assert!(!has_run(&repo));
}

/// A repository of two commits, with changes that are in the index and some that are not, in
/// which everything that may name a program names one.
fn handed_over() -> Repo {
    let repo = Repo::new();
    let item = |value: &str| {
        let front: String = LINES[..16].iter().map(|line| format!("{line}\n")).collect();
        let body: String = LINES[16..].iter().map(|line| format!("{line}\n\n")).collect();
        format!(
            "---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: story\nstatus: ready\n\
             created: 2026-11-02\nrank: mbcd\nvalue: {value}\n{front}---\n\n{body}"
        )
    };
    repo.write(".backlog/config.yml", "");
    repo.write(ITEM, item("3"));
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "start"]);
    repo.write(ITEM, item("5"));
    repo.git(&["commit", "--quiet", "--all", "--message", "value"]);
    repo.write(ITEM, item("8"));
    repo.git(&["add", "--all"]);
    repo.write(ITEM, item("9"));

    let evil = repo.beside("evil");
    program(&evil, &format!("#!/bin/sh\ntouch '{}'\ncat\n", repo.beside("ran").display()));
    repo.write(".gitattributes", "* filter=x diff=x merge=x\n");
    for hook in HOOKS {
        fs::create_dir_all(repo.path(".git/hooks")).unwrap();
        link(&evil, repo.path(&format!(".git/hooks/{hook}")));
    }
    link(&evil, repo.path("evil"));
    for key in KEYS {
        repo.git(&["config", key, evil.to_str().unwrap()]);
    }
    let url = format!("ext::{}", evil.display());
    for (key, value) in
        [("remote.origin.url", &*url), ("filter.x.required", "true"), ("commit.gpgSign", "true")]
    {
        repo.git(&["config", key, value]);
    }
    let _by_git_while_it_was_set_up = fs::remove_file(repo.beside("ran"));
    repo
}

fn program(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn has_run(repo: &Repo) -> bool {
    repo.beside("ran").exists()
}

/// Runs a command with its result in a pipe and on a terminal. It starts no program, calls nobody
/// up, and ends as it would anywhere.
fn watch(repo: &Repo, arguments: &[&str]) {
    let run = repo.output(repo.program().args(arguments).env("PAGER", "cat"));
    assert!(matches!(run.code, Some(0 | 1)), "{arguments:?}: {run}");
    assert!(!has_run(repo), "{arguments:?}");
    if !has("script") || !has("strace") {
        return;
    }
    let log = repo.beside("calls");
    let words: Vec<String> = arguments.iter().map(|word| format!("'{word}'")).collect();
    let command = format!(
        "strace -f -qq -e trace=execve,execveat,connect -e signal=none -o '{}' '{PROGRAM}' {}",
        log.display(),
        words.join(" ")
    );
    let mut script = repo.command("script");
    script.env("TERM", "xterm").env("PAGER", "cat").env("GIT_BACKLOG_TODAY", "2026-11-25");
    script.args(["-qec", &command, "/dev/null"]);
    let run = repo.output(&mut script);
    let calls = fs::read_to_string(&log).unwrap_or_else(|error| panic!("{error}: {run}"));
    // A thread that ends while it is watched is told as a call without a name.
    let is_call = |line: &&str| line.contains('(') && !line.contains("???(");
    let started: Vec<&str> = calls.lines().filter(is_call).collect();
    assert!(started.len() == 1 && started[0].contains(PROGRAM), "{arguments:?}: {calls}");
    assert!(!has_run(repo), "{arguments:?}");
}
