//! All commands and ordinary Git, in any order, in a repository in which somebody is at work.
//!
//! After each command of ours, the whole place is held against what it was: the files, the index,
//! every reference, the settings, the other worktree, the remote. What the command has said it did
//! is all that may have changed. After each step of Git or of a person, all is read anew.

mod commands;
mod judge;
mod machine;
mod ordinary;
mod place;
mod snapshot;
mod undoing;

use std::thread;

use machine::{Figures, Machine};

use crate::support::report;

/// How many run at once.
const N_THREADS: u64 = 4;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs seeds, so many steps each, and returns the figures and what is wrong.
fn campaign(seeds: std::ops::Range<u64>, n_steps: usize) -> (Figures, Vec<String>) {
    let seeds = &seeds;
    let work = |nth: u64| {
        let mine = seeds.clone().filter(move |seed| seed % N_THREADS == nth);
        mine.map(|seed| Machine::new(seed).run(n_steps)).collect::<Vec<_>>()
    };
    let results: Vec<(Figures, Vec<String>)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..N_THREADS).map(|nth| scope.spawn(move || work(nth))).collect();
        threads.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    let mut sum = Figures::default();
    let mut wrong = Vec::new();
    for (figures, found) in results {
        sum.add(figures);
        wrong.extend(found);
    }
    (sum, wrong)
}

/// `GIT_BACKLOG_SEED` and `GIT_BACKLOG_STEPS` run one seed again.
#[test]
fn any_use_leaves_what_is_not_ours_and_does_what_it_says() {
    let n_steps = number("GIT_BACKLOG_STEPS").unwrap_or(50) as usize;
    let seeds = number("GIT_BACKLOG_SEED").map_or(1..5, |seed| seed..seed + 1);
    let (figures, wrong) = campaign(seeds.clone(), n_steps);
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    if seeds.end - seeds.start > 1 {
        assert!(figures.commits >= 10 && figures.undos >= 10, "{figures}");
    }
}

/// Long, so only where it is asked for: `GIT_BACKLOG_LONG=1`, from the seed `GIT_BACKLOG_SEED` on.
#[test]
fn any_use_for_a_long_time() {
    if number("GIT_BACKLOG_LONG").is_none() {
        return;
    }
    let start = number("GIT_BACKLOG_SEED").unwrap_or(100);
    let n_seeds = number("GIT_BACKLOG_SEEDS").unwrap_or(120);
    let n_steps = number("GIT_BACKLOG_STEPS").unwrap_or(100) as usize;
    let (figures, wrong) = campaign(start..start + n_seeds, n_steps);
    report(&format!("{n_seeds} seeds: {figures}"));
    assert!(wrong.is_empty(), "{} seeds:\n{}", wrong.len(), wrong.join("\n\n"));
}
