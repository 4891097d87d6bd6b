//! Many writers at once: nothing is overwritten unseen, and nothing is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;
use std::time::Duration;

use super::case::{CHECKOUT, Case, backlog};
use super::is_long;
use super::state::sound;
use super::strace::inject;
use crate::support::{Repo, has, report};

/// How many processes write at once.
const WRITERS: usize = 8;

/// What the runs of one writer have printed, for those that ended well.
struct Done {
    out: Vec<String>,
    /// How many runs were refused because somebody else was faster, and repeated.
    n_repeated: usize,
}

#[test]
fn every_commit_of_many_writers_is_there() {
    let repo = backlog();
    let n_each = if is_long() { 50 } else { 6 };
    for writer in 0..WRITERS {
        let id = format!("BL-w{writer}w{writer}w");
        let text = format!(
            "---\nid: {id}\ntitle: Item {writer}\ntype: task\nstatus: ready\ncreated: 2026-11-01\nrank: n{writer}bd\n---\n\nText.\n"
        );
        repo.write(&format!(".backlog/items/{id}.md"), text);
    }
    commit_all(&repo);
    repo.write("src/main.rs", "staged by somebody\n");
    repo.git(&["add", "src/main.rs"]);
    let before: usize = repo.git(&["rev-list", "--count", "HEAD"]).parse().unwrap();
    let done = all_at_once(|writer| {
        let run = |n| {
            let id = format!("BL-w{writer}w{writer}w");
            program(&repo, &["set", &id, &format!("value={n}"), "-m", "Asked for"])
        };
        (1..=n_each).map(run).collect()
    });
    let after: usize = repo.git(&["rev-list", "--count", "HEAD"]).parse().unwrap();
    assert_eq!(after - before, WRITERS * n_each);
    let subjects = repo.git(&["log", "--format=%s"]);
    for writer in 0..WRITERS {
        let of_item = format!("set BL-w{writer}w{writer}w value");
        assert_eq!(subjects.matches(&of_item).count(), n_each);
        let text = repo.git(&["show", &format!("HEAD:.backlog/items/BL-w{writer}w{writer}w.md")]);
        assert!(text.contains(&format!("\nvalue: {n_each}\n")), "{text}");
    }
    assert_eq!(repo.git(&["status", "--porcelain"]), "M  src/main.rs");
    sound(&repo).unwrap();
    told(&format!("{WRITERS} × {n_each} commits"), &done);
}

#[test]
fn edits_of_different_fields_of_one_item_are_all_there() {
    let repo = backlog();
    let n_each = if is_long() { 25 } else { 4 };
    let fields =
        ["value", "effort", "assignee", "title", "team", "component", "estimator", "tester"];
    let config = repo.read(".backlog/config.yml");
    let extra: String =
        fields[4..].iter().map(|name| format!("  {name}: {{type: text}}\n")).collect();
    repo.write(".backlog/config.yml", format!("{config}fields:\n{extra}"));
    commit_all(&repo);
    let done = all_at_once(|writer| {
        let run = |n| {
            let assignment = format!("{}={n}", fields[writer]);
            program(&repo, &["set", "BL-7k3qd", &assignment])
        };
        (1..=n_each).map(run).collect()
    });
    let text = repo.read(CHECKOUT);
    for field in fields {
        let is_there = [
            format!("\n{field}: {n_each}\n"),
            format!("\n{field}: '{n_each}'\n"),
            format!("\n{field}: \"{n_each}\"\n"),
        ];
        assert!(is_there.iter().any(|line| text.contains(line)), "{field}: {text}");
    }
    told(&format!("{WRITERS} × {n_each} edits of different fields"), &done);
}

#[test]
fn edits_of_the_same_field_follow_one_another() {
    let repo = backlog();
    let n_each = if is_long() { 25 } else { 4 };
    let text = repo.read(CHECKOUT).replace("value: 8\n", "value: 8\nassignee: nobody\n");
    repo.write(CHECKOUT, text);
    commit_all(&repo);
    let done = all_at_once(|writer| {
        let run = |n| program(&repo, &["set", "BL-7k3qd", &format!("assignee=w{writer}-{n}")]);
        (0..n_each).map(run).collect()
    });
    // Each edit tells what it replaced. Together they are one chain from the first to the last.
    let mut follows = BTreeMap::new();
    for line in done.iter().flat_map(|done| &done.out) {
        let rest = line.strip_prefix("set BL-7k3qd assignee ").unwrap_or_else(|| panic!("{line}"));
        let (from, rest) = rest.split_once(" → ").unwrap();
        let (to, _) = rest.split_once(' ').unwrap();
        let twice = follows.insert(from.to_owned(), to.to_owned());
        assert_eq!(twice, None, "two edits replaced {from}, so that one of them is lost");
    }
    let mut last = "nobody".to_owned();
    let mut n_followed = 0;
    while let Some(next) = follows.get(&last) {
        last.clone_from(next);
        n_followed += 1;
    }
    assert_eq!(n_followed, WRITERS * n_each);
    assert!(repo.read(CHECKOUT).contains(&format!("\nassignee: {last}\n")));
    told(&format!("{WRITERS} × {n_each} edits of one field"), &done);
}

#[test]
fn two_worktrees_commit_at_once() {
    let repo = backlog();
    let n_each = if is_long() { 50 } else { 6 };
    let second = repo.beside("second");
    repo.git(&["worktree", "add", "--quiet", second.to_str().unwrap(), "-b", "other"]);
    let worktrees = [repo.path("").display().to_string(), second.display().to_string()];
    let commands: Vec<Vec<Command>> = worktrees
        .iter()
        .map(|worktree| {
            let run = |n| {
                let value = format!("value={}", n + 20);
                program(&repo, &["-C", worktree, "set", "BL-7k3qd", &value, "-m", "Asked for"])
            };
            (0..n_each).map(run).collect()
        })
        .collect();
    run_all(commands);
    for (branch, worktree) in ["main", "other"].iter().zip(&worktrees) {
        let n_commits = repo.git(&["rev-list", "--count", branch]);
        assert_eq!(n_commits, (n_each + 2).to_string());
        assert_eq!(repo.git(&["-C", worktree, "status", "--porcelain"]), "");
    }
    sound(&repo).unwrap();
}

#[test]
fn what_an_editor_saves_meanwhile_is_not_overwritten() {
    if !has("strace") {
        return;
    }
    // While the new text waits for the disk, an editor saves.
    let saved = "---\nid: BL-7k3qd\ntitle: Saved by an editor\ntype: story\n---\n";
    for name in ["set", "set several"] {
        let case = Case::named(name);
        let repo = case.repository();
        let path = repo.path(CHECKOUT);
        let others = repo.read(".backlog/items/BL-9qqrt-orders-belong.md");
        let folder = repo.path(".backlog/items");
        let editor = std::thread::spawn(move || {
            let is_unfinished =
                |entry: fs::DirEntry| entry.file_name().to_string_lossy().ends_with(".backlog-tmp");
            while !fs::read_dir(&folder).unwrap().flatten().any(is_unfinished) {
                std::thread::sleep(Duration::from_millis(1));
            }
            fs::write(folder.join("swap"), saved).unwrap();
            fs::rename(folder.join("swap"), path).unwrap();
        });
        let run = inject(case, &repo, "fsync", "delay_enter=300000");
        editor.join().unwrap();
        assert_eq!(run.code, Some(4), "{name}: {run}");
        assert_eq!(repo.read(CHECKOUT), saved, "{name}");
        assert_eq!(repo.read(".backlog/items/BL-9qqrt-orders-belong.md"), others, "{name}");
    }
}

fn program(repo: &Repo, words: &[&str]) -> Command {
    let mut program = repo.program();
    program.args(words);
    program
}

fn commit_all(repo: &Repo) {
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "more"]);
}

fn all_at_once(commands: impl Fn(usize) -> Vec<Command>) -> Vec<Done> {
    run_all((0..WRITERS).map(commands).collect())
}

/// Runs the commands of each writer one after the other, and all writers at once. One that is told
/// that somebody else was faster does it again; no other failure is expected.
fn run_all(commands: Vec<Vec<Command>>) -> Vec<Done> {
    let one = |mut commands: Vec<Command>| {
        let mut done = Done { out: Vec::new(), n_repeated: 0 };
        for command in &mut commands {
            loop {
                let output = command.output().unwrap();
                match output.status.code() {
                    Some(0) => {
                        done.out.push(String::from_utf8(output.stdout).unwrap());
                        break;
                    }
                    Some(4) => done.n_repeated += 1,
                    code => panic!("{code:?}: {}", String::from_utf8_lossy(&output.stderr)),
                }
            }
        }
        done
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            commands.into_iter().map(|commands| scope.spawn(move || one(commands))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn told(what: &str, done: &[Done]) {
    let n_repeated: usize = done.iter().map(|done| done.n_repeated).sum();
    let runs: BTreeSet<usize> = done.iter().map(|done| done.out.len()).collect();
    report(&format!("{what}: each writer {runs:?} done, {n_repeated} refused and done again"));
}
