//! Whoever follows a history change by change arrives where it leads: the changes that `log` tells
//! along the first parents, one after the other, and those that `diff` tells at once, both lead
//! from the first state to the last one. What follows them is a model of its own.
//!
//! The histories are made up from a seed, with merges, or are the real one of another tool's
//! backlog, imported commit by commit, where `GIT_BACKLOG_DATA` has it.

pub(crate) mod made_up;
mod model;
mod real;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::Stdio;

use model::{State, rows};
use serde_json::Value;

use crate::support::{Repo, report};

/// The files of a backlog by their paths.
pub(crate) type Files = BTreeMap<String, String>;

/// One commit; the parents come before it in the list.
pub(crate) struct Commit {
    parents: Vec<usize>,
    files: Files,
}

/// A repository with these commits, of which the last is the tip, and their ids.
pub(crate) fn repository(commits: &[Commit]) -> (Repo, Vec<String>) {
    let repo = Repo::without_repository();
    repo.git(&["init", "--quiet", "--initial-branch=main"]);
    let mut stream = Vec::new();
    for (at, commit) in commits.iter().enumerate() {
        let author = format!("Mira <mira@example.org> {} +0000", 1_767_268_800 + at);
        let head = format!(
            "commit refs/heads/main\nmark :{}\ncommitter {author}\ndata 6\nChange\n",
            at + 1
        );
        stream.extend(head.bytes());
        for (number, parent) in commit.parents.iter().enumerate() {
            let word = if number == 0 { "from" } else { "merge" };
            stream.extend(format!("{word} :{}\n", parent + 1).bytes());
        }
        let nothing = Files::new();
        let before = commit.parents.first().map_or(&nothing, |parent| &commits[*parent].files);
        for path in before.keys().filter(|path| !commit.files.contains_key(*path)) {
            stream.extend(format!("D .backlog/{path}\n").bytes());
        }
        for (path, text) in
            commit.files.iter().filter(|(path, text)| before.get(*path) != Some(text))
        {
            let head = format!("M 100644 inline .backlog/{path}\ndata {}\n", text.len());
            stream.extend(head.bytes().chain(text.bytes()).chain(*b"\n"));
        }
        if commit.parents.is_empty() && at > 0 {
            panic!("a second root would move the branch");
        }
        stream.push(b'\n');
    }
    let marks = repo.beside("marks");
    let mut git = repo.command("git");
    git.args(["fast-import", "--quiet", "--force"])
        .arg(format!("--export-marks={}", marks.display()));
    let mut child = git.stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&stream).unwrap();
    assert!(child.wait().unwrap().success());
    let mut ids = vec![String::new(); commits.len()];
    for line in std::fs::read_to_string(marks).unwrap().lines() {
        let (mark, id) = line.split_once(' ').unwrap();
        ids[mark[1..].parse::<usize>().unwrap() - 1] = id.to_owned();
    }
    repo.git(&["read-tree", "main"]);
    (repo, ids)
}

/// The commits from the tip along the first parents, oldest first.
fn mainline(commits: &[Commit]) -> Vec<usize> {
    let parent = |at: &usize| commits[*at].parents.first().copied();
    let mut line: Vec<usize> = std::iter::successors(Some(commits.len() - 1), parent).collect();
    line.reverse();
    line
}

/// The rows of a log by the ids of their commits.
fn told(repo: &Repo, arguments: &[&str]) -> BTreeMap<String, Value> {
    let log = repo.run(&[&["log", "--format", "jsonl"], arguments].concat());
    assert_eq!(log.code, Some(0), "{}", log.err);
    let mut told = BTreeMap::new();
    for row in log.out.lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let known = told.insert(row["commit"].as_str().unwrap().to_owned(), row);
        assert!(known.is_none(), "a commit is told twice: {known:?}");
    }
    told
}

/// The paths that are not the same in two commits.
fn changed<'a>(one: &'a Files, other: &'a Files) -> BTreeSet<&'a String> {
    let paths = one.keys().chain(other.keys());
    paths.filter(|path| one.get(*path) != other.get(*path)).collect()
}

/// Every commit that changed something is told once, in the same words in both views; and of a
/// merge nothing that is as in one of its parents.
fn check_all(
    all: &BTreeMap<String, Value>,
    line: &BTreeMap<String, Value>,
    commits: &[Commit],
    ids: &[String],
    name: &str,
) {
    let mut is_there = vec![false; commits.len()];
    is_there[commits.len() - 1] = true;
    for (at, commit) in commits.iter().enumerate().rev() {
        if is_there[at] {
            commit.parents.iter().for_each(|parent| is_there[*parent] = true);
        }
    }
    let reached = commits.iter().zip(ids).zip(is_there).filter(|(_, is_there)| *is_there);
    for ((commit, id), _) in reached {
        let sides = commit.parents.iter().map(|at| changed(&commits[*at].files, &commit.files));
        let own = sides.reduce(|one, other| one.intersection(&other).copied().collect());
        let place = format!("{name}, commit {id}");
        match (&commit.parents[..], all.get(id)) {
            ([], _) => {}
            ([_], row) => {
                assert_eq!(row.is_some(), own != Some(BTreeSet::new()), "{place}");
                assert!(line.get(id).is_none_or(|it| row == Some(it)), "{place}");
            }
            (_, Some(row)) => {
                let n_own = own.unwrap_or_default().len();
                assert!(rows(row).len() <= n_own, "{place}: {row} of {n_own}");
            }
            (_, None) => {}
        }
    }
}

/// Follows the history both ways.
fn check(commits: &[Commit], name: &str) {
    let (repo, ids) = repository(commits);
    let line = mainline(commits);
    let (first, last) = (line[0], line[line.len() - 1]);
    let entries = told(&repo, &["--first-parent"]);
    check_all(&told(&repo, &[]), &entries, commits, &ids, name);
    let mut state = State::of(&commits[first].files);
    let (mut n_changes, mut n_moves) = (0, 0);
    for step in line.windows(2) {
        let (before, after) = (&commits[step[0]].files, &commits[step[1]].files);
        let place = format!("{name}, commit {} {}", step[1], ids[step[1]]);
        let rows = entries.get(&ids[step[1]]).map(rows).unwrap_or_default();
        assert_eq!(rows.is_empty(), before == after, "{place}");
        n_changes += rows.iter().map(|row| row.changes.len()).sum::<usize>();
        let wanted = State::of(after);
        n_moves += state.follow(&rows, &wanted, &place);
        assert_eq!(state, wanted, "{place}");
    }
    let diff = repo.run(&["diff", &format!("{}..{}", ids[first], ids[last]), "--format", "json"]);
    assert_eq!(diff.code, Some(0), "{name}: {}", diff.err);
    let mut at_once = State::of(&commits[first].files);
    at_once.follow(&rows(&diff.json()), &state, &format!("{name}, at once"));
    assert_eq!(at_once, state, "{name}, at once");
    report(&format!("{name}: {} commits, {n_changes} changes, {n_moves} moves", line.len()));
}

#[test]
fn made_up_histories_lead_where_their_changes_lead() {
    let cases = std::env::var("GIT_BACKLOG_CASES").ok().and_then(|cases| cases.parse().ok());
    for seed in 0..cases.unwrap_or(6) {
        check(&made_up::history(seed), &format!("seed {seed}"));
    }
}

#[test]
fn a_real_history_leads_where_its_changes_lead() {
    let Some(commits) = real::history(Some(12)) else { return };
    check(&commits, "backlog-md, some commits");
}

#[test]
#[ignore = "imports a thousand commits"]
fn a_whole_real_history_leads_where_its_changes_lead() {
    let Some(commits) = real::history(None) else { return };
    check(&commits, "backlog-md");
}
