//! Repositories of every shape that Git knows, and every command in each: it does its work, or
//! says why not and leaves everything as it was. Git itself is the judge.
//!
//! What each command answers in each shape stands in `shapes/table.txt`; what is surprising there
//! has its reason beside the shape.

mod disputes;
mod judge;
mod layouts;
mod made;
mod settings;

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use crate::support::{Repo, report, skip};
use judge::Judge;
use made::Shape;

/// What a command may do where it succeeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// Nothing is written.
    Reads,
    /// Files of the backlog are written.
    Saves,
    /// The same, and the change is committed, so that Git sees nothing left of it.
    Commits,
    /// The last change is taken back, whether it was a commit or not.
    Undoes,
    /// The backlog is set up: Git's own settings name the merge driver.
    SetsUp,
    /// The branch is brought in step with that of the remote.
    Syncs,
}

use Effect::{Commits, Reads, Saves, SetsUp, Syncs, Undoes};

/// The commands, in the order in which they are run in one repository. Those that write come last.
const COMMANDS: [(&str, Effect, &[&str]); 35] = [
    ("list", Reads, &["list"]),
    ("show", Reads, &["show", "7k3qd"]),
    ("board", Reads, &["board"]),
    ("check", Reads, &["check"]),
    ("diff", Reads, &["diff"]),
    ("review", Reads, &["review", "HEAD~1"]),
    ("log", Reads, &["log"]),
    ("blame", Reads, &["blame", "7k3qd"]),
    ("why", Reads, &["why", "7k3qd"]),
    ("value", Reads, &["value"]),
    ("score", Reads, &["score"]),
    ("voice", Reads, &["voice"]),
    ("report", Reads, &["report"]),
    ("criteria", Reads, &["criteria", "7k3qd"]),
    ("doctor", Reads, &["doctor"]),
    ("resolve", Reads, &["resolve"]),
    ("merge-driver", Reads, &["merge-driver", "no", "such", "files"]),
    ("sync", Syncs, &["sync"]),
    ("set", Saves, &["set", "7k3qd", "value=13"]),
    ("dry", Reads, &["commit", "--dry-run"]),
    ("commit", Commits, &["commit"]),
    ("set-m", Commits, &["set", "7k3qd", "value=21", "-m", "value"]),
    ("undo", Undoes, &["undo"]),
    ("rank-m", Commits, &["rank", "9qqrt", "--top", "-m", "rank"]),
    ("new-m", Commits, &["new", "task", "Pay by invoice", "-m", "new"]),
    ("criteria-m", Commits, &["criteria", "7k3qd", "check", "1", "-m", "met"]),
    ("ask-m", Commits, &["ask", "7k3qd", "Which rate?", "-m", "ask"]),
    ("split-m", Commits, &["split", "7k3qd", "--by", "Pay", "--by", "Order", "-m", "split"]),
    ("sprint-m", Commits, &["sprint", "new", "Sprint 1", "--id", "S1", "-m", "sprint"]),
    ("edit", Saves, &["edit", "7k3qd"]),
    ("groom-m", Commits, &["groom", "-m", "refined"]),
    ("import-m", Commits, &["import", "backlog-md", made::FOREIGN, "-m", "move"]),
    ("init", SetsUp, &["init"]),
    ("sync-m", Syncs, &["sync", "-m", "start"]),
    ("undo-2", Undoes, &["undo"]),
];

/// The shapes of the suite: those that go through different code. `GIT_BACKLOG_LONG=1` runs all.
const SHORT: [&str; 14] = [
    "plain",
    "bare",
    "linked-worktree",
    "submodule",
    "sparse-without",
    "sparse-index-with",
    "split-index",
    "sha256",
    "reftable",
    "partial-without-origin",
    "owned-by-another",
    "head-is-lost",
    "merging",
    "index-locked",
];

#[test]
fn every_command_works_or_refuses_in_every_shape() {
    let is_long = std::env::var_os("GIT_BACKLOG_LONG").is_some() || is_update();
    let mut shapes = [layouts::SHAPES, settings::SHAPES, disputes::SHAPES].concat();
    shapes.retain(|shape| is_long || SHORT.contains(&shape.name));
    let begun = Instant::now();
    let rows = rows(&shapes);
    let (n_shapes, n_commands, took) = (rows.len(), COMMANDS.len(), begun.elapsed().as_secs_f32());
    report(&format!("{n_shapes} shapes, {n_commands} commands in each: {took:.1} s"));
    let faults: Vec<&str> = rows.iter().flat_map(|row| &row.faults).map(String::as_str).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    compare(&rows, is_long);
}

/// What all commands answered in one shape.
#[derive(Debug)]
struct Row {
    name: &'static str,
    /// Their exit codes; none where this system cannot make the shape.
    codes: Option<String>,
    /// What should not have happened.
    faults: Vec<String>,
}

/// The rows of all shapes, made by some threads, since most of the time goes into other programs.
fn rows(shapes: &[Shape]) -> Vec<Row> {
    let (left, rows) = (Mutex::new(shapes.iter().enumerate()), Mutex::new(Vec::new()));
    let work = || {
        let plain = made::plain();
        loop {
            let Some((at, shape)) = left.lock().unwrap().next() else { return };
            let row = row(shape, &plain);
            rows.lock().unwrap().push((at, row));
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(work))));
    let mut rows = rows.into_inner().unwrap();
    rows.sort_by_key(|(at, _)| *at);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn row(shape: &Shape, plain: &Repo) -> Row {
    if !(shape.can)() {
        skip(&format!("this system cannot make the repository '{}'", shape.name));
        return Row { name: shape.name, codes: None, faults: vec![] };
    }
    let repo = shape.of(plain.twin());
    let mut judge = Judge::new(shape, &repo);
    let codes = COMMANDS.iter().map(|command| format!("{:>4}", judge.code(command)));
    Row { name: shape.name, codes: Some(codes.collect()), faults: judge.verdict() }
}

/// Compares the codes with those that are written down; `UPDATE_SHAPES=1` writes them instead.
fn compare(rows: &[Row], is_whole: bool) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/shapes/table.txt");
    let line = |row: &Row| Some(format!("{:<24}{}", row.name, row.codes.as_ref()?));
    let lines: Vec<String> = head().into_iter().chain(rows.iter().filter_map(line)).collect();
    if is_update() {
        fs::write(&path, lines.join("\n") + "\n").unwrap();
    }
    let table = fs::read_to_string(&path).unwrap();
    let new: Vec<&str> = lines
        .iter()
        .map(String::as_str)
        .filter(|line| !table.lines().any(|old| old == *line))
        .collect();
    assert!(
        new.is_empty(),
        "not as in {}, which UPDATE_SHAPES=1 writes:\n{}",
        path.display(),
        new.join("\n")
    );
    let n_skipped = rows.iter().filter(|row| row.codes.is_none()).count();
    let n_lines = lines.len() + n_skipped;
    assert!(!is_whole || table.lines().count() == n_lines, "a line of a shape that is no more");
}

fn is_update() -> bool {
    std::env::var_os("UPDATE_SHAPES").is_some_and(|value| !value.is_empty())
}

/// The names of the commands, each as many letters high as it is long.
fn head() -> Vec<String> {
    let height = COMMANDS.iter().map(|(name, ..)| name.len()).max().unwrap();
    let line = |row: usize| {
        let letters = COMMANDS.iter().map(|(name, ..)| {
            let from = height - name.len();
            row.checked_sub(from).and_then(|at| name.chars().nth(at)).unwrap_or(' ')
        });
        let line: String = letters.map(|letter| format!("   {letter}")).collect();
        format!("{}{}", " ".repeat(24), line).trim_end().to_owned()
    };
    (0..height).map(line).collect()
}
