//! A power cut at any moment of a run leaves the old or the new, and what was acknowledged stays.
//!
//! The steps of a run are taken from a trace. After each of them, the states in which the disk
//! could be found are made for real, one after the other; the next command recovers, and the same
//! judge as for killed runs looks at what it finds.

mod disk;
mod trace;

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;

use disk::{Chance, Disk};
use trace::{Op, trace};

use super::case::Case;
use super::state::{Expected, Files, files};
use super::{each_case, is_long};
use crate::support::{Repo, Run, has, report};

/// The commands whose steps are looked at.
const NAMES: &[&str] = &["set", "set several", "set -m", "undo change"];

/// How many states of each command the short form tries, and the long one.
const SHORT: usize = 12;
const LONG: usize = 1500;

/// How many states that a missing sync leads to are looked at.
const ENOUGH: usize = 60;

/// A state to be judged: what is on disk, and what the user had been told.
struct Found {
    files: Files,
    told: Vec<Op>,
    at: String,
}

#[test]
fn a_power_cut_leaves_the_old_or_the_new() {
    if !has("strace") {
        return;
    }
    let cases: Vec<Case> = NAMES.iter().map(|name| Case::named(name).clone()).collect();
    let results = each_case(&cases, |case| {
        let (repo, ops) = traced(case);
        let states = states(&repo, &ops);
        let n_all = states.len();
        let wrong = judge_all(case, &repo, &some(states));
        report(&format!(
            "power cut during {:12} {n_all:6} states, {} wrong",
            case.name,
            wrong.len()
        ));
        (n_all, wrong)
    });
    let wrong: BTreeSet<&String> = results.iter().flat_map(|(_, wrong)| wrong).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{wrong:#?}", wrong.len());
    assert!(results.iter().all(|(n_all, _)| *n_all > 20), "too few states");
}

/// A file or folder that is made durable in several commands may matter in one of them alone.
#[test]
fn nothing_is_synced_in_vain() {
    if !has("strace") || !is_long() {
        return;
    }
    let cases: Vec<Case> = NAMES.iter().map(|name| Case::named(name).clone()).collect();
    let found = each_case(&cases, |case| {
        let (repo, ops) = traced(case);
        let known: HashSet<u64> = states(&repo, &ops).iter().map(hash).collect();
        let is_sync = |at: &usize| matches!(ops[*at], Op::Sync { .. });
        let mut found = Vec::new();
        for at in (0..ops.len()).filter(is_sync) {
            let mut without = ops.clone();
            without.remove(at);
            let mut new = states(&repo, &without);
            new.retain(|state| !known.contains(&hash(state)));
            let (n_new, what) = (new.len(), synced(&ops, at));
            let step = n_new.div_ceil(ENOUGH).max(1);
            let new: Vec<Found> = new.into_iter().step_by(step).collect();
            let n_wrong = judge_all(case, &repo, &new).len();
            let case = case.name;
            report(&format!(
                "{case}: without the sync of {what}: {n_wrong} of {n_new} states wrong"
            ));
            found.push((what, n_wrong > 0));
        }
        found
    });
    let found: Vec<(String, bool)> = found.into_iter().flatten().collect();
    let is_needed = |what: &str| found.iter().any(|(other, is_needed)| *is_needed && other == what);
    let vain: BTreeSet<&String> =
        found.iter().map(|(what, _)| what).filter(|what| !is_needed(what)).collect();
    assert!(found.len() > 12 && vain.is_empty(), "nothing is lost without: {vain:#?}");
}

/// A case, the repository before it, and its steps.
fn traced(case: &Case) -> (Repo, Vec<Op>) {
    let repo = case.repository();
    let ops = trace(case, &repo.twin());
    assert!(ops.contains(&Op::Saved), "{}: {ops:?}", case.name);
    (repo, ops)
}

/// What a sync makes durable, without the part of the name that is left to chance.
fn synced(ops: &[Op], at: usize) -> String {
    let Op::Sync { fd } = ops[at] else { return String::new() };
    let opened = ops[..at].iter().rev().find_map(|op| match op {
        Op::Open { fd: opened, path, .. } if *opened == fd => Some(path.as_str()),
        _ => None,
    });
    let path = opened.unwrap_or_default();
    match path.rsplit_once('/') {
        Some((folder, name)) if name.ends_with(".backlog-tmp") => format!("{folder}/*.backlog-tmp"),
        Some((folder, name)) if name.starts_with(".journal-") => format!("{folder}/.journal-*"),
        Some((folder, _)) if folder.starts_with(".git/objects") => ".git/objects/*".to_owned(),
        _ => path.to_owned(),
    }
}

/// All states in which the disk could be found, each once.
fn states(repo: &Repo, ops: &[Op]) -> Vec<Found> {
    let root = repo.path("");
    let mut disk = Disk::holding(&files(&root), &folders(&root));
    let mut chance = Chance(7);
    let (mut told, mut known, mut found) = (Vec::new(), HashSet::new(), Vec::new());
    for (at, op) in ops.iter().enumerate() {
        disk.step(op);
        if matches!(op, Op::Saved | Op::Committed) {
            told.push(op.clone());
        }
        // A step that changes nothing leads to no other states.
        if matches!(op, Op::Open { creates: false, .. }) {
            continue;
        }
        for files in disk.after_power_cut(&mut chance, is_long()) {
            let state =
                Found { files, told: told.clone(), at: format!("after step {at}, {}", shown(op)) };
            if known.insert(hash(&state)) {
                found.push(state);
            }
        }
    }
    found
}

fn shown(op: &Op) -> String {
    match op {
        Op::Write { fd, bytes } => format!("write {} bytes to {fd}", bytes.len()),
        op => format!("{op:?}"),
    }
}

fn hash(state: &Found) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&state.files, state.told.len()).hash(&mut hasher);
    hasher.finish()
}

/// So many of them as there is time for, evenly spread.
fn some(states: Vec<Found>) -> Vec<Found> {
    let step = states.len().div_ceil(if is_long() { LONG } else { SHORT });
    states.into_iter().step_by(step).collect()
}

fn judge_all(case: &Case, repo: &Repo, states: &[Found]) -> Vec<String> {
    let mut expected = Expected::of(case, repo);
    expected.is_power_cut = true;
    let judge = |state: &Found| {
        let twin = repo.twin();
        put(&state.files, &twin.path(""));
        let told = |op: &Op, text: &str| {
            if state.told.contains(op) { text.to_owned() } else { String::new() }
        };
        let run =
            Run { code: None, out: told(&Op::Saved, "saved"), err: told(&Op::Committed, "[main ") };
        let wrong = expected.judge(case, &twin, &run).err()?;
        Some(format!("{} {}: {wrong}", case.name, state.at))
    };
    states.iter().filter_map(judge).collect()
}

/// Makes a folder hold exactly these files.
fn put(wanted: &Files, root: &Path) {
    let found = files(root);
    for path in found.keys().filter(|path| !wanted.contains_key(*path)) {
        fs::remove_file(root.join(path)).unwrap();
    }
    for folder in folders(root).iter().rev() {
        if !wanted.contains_key(&format!("{folder}/")) {
            let _removed = fs::remove_dir(root.join(folder));
        }
    }
    for (path, bytes) in wanted {
        if path.ends_with('/') {
            fs::create_dir_all(root.join(path)).unwrap();
        } else if found.get(path) != Some(bytes) {
            let _removed = fs::remove_file(root.join(path));
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), bytes).unwrap();
        }
    }
}

/// The folders below a folder, each after the one that holds it.
fn folders(root: &Path) -> Vec<String> {
    let mut found = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.insert(path.strip_prefix(root).unwrap().display().to_string(), ());
                open.push(path);
            }
        }
    }
    found.into_keys().collect()
}
