//! A run that is killed at any of its calls leaves the old or the new, and the next run goes on.

use std::fmt::Write;

use super::case::{CASES, Case};
use super::state::{Expected, Verdict};
use super::strace::{Point, inject, points};
use super::{each_case, is_long};
use crate::support::{has, report};

/// How many points of each command the short form tries.
const SHORT: usize = 2;

/// What became of the runs of one command.
#[derive(Default)]
struct Tally {
    name: &'static str,
    n_points: usize,
    n_old: usize,
    n_saved: usize,
    n_new: usize,
    n_locked: usize,
    n_objects: usize,
    wrong: Vec<String>,
}

#[test]
fn a_killed_run_leaves_the_old_or_the_new() {
    if !has("strace") {
        return;
    }
    let tallies = each_case(CASES, kill_everywhere);
    report(&table(&tallies));
    let wrong: Vec<&String> = tallies.iter().flat_map(|tally| &tally.wrong).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{wrong:#?}", wrong.len());
    let n_points: usize = tallies.iter().map(|tally| tally.n_points).sum();
    let enough = if is_long() { 1500 } else { SHORT * CASES.len() / 2 };
    assert!(n_points >= enough, "only {n_points} points");
    let is_in_between =
        tallies.iter().any(|tally| tally.n_old > 0) && tallies.iter().any(|tally| tally.n_new > 0);
    assert!(is_in_between, "no run was killed before, or none after it had written");
}

fn kill_everywhere(case: &Case) -> Tally {
    let repo = case.repository();
    let all = points(case, &repo.twin());
    let expected = Expected::of(case, &repo);
    let mut tally = Tally { name: case.name, ..Tally::default() };
    for point in spread(&all, if is_long() { all.len() } else { SHORT }) {
        let twin = repo.twin();
        let run = inject(case, &twin, &point.call, &format!("signal=KILL:when={}", point.nth));
        tally.add(expected.judge(case, &twin, &run), case, point);
    }
    tally
}

/// Some of the points, evenly spread over the run.
pub(super) fn spread(points: &[Point], n_wanted: usize) -> impl Iterator<Item = &Point> {
    let n_wanted = n_wanted.clamp(1, points.len());
    (0..n_wanted).map(move |at| &points[(2 * at + 1) * points.len() / (2 * n_wanted)])
}

impl Tally {
    fn add(&mut self, verdict: Result<Verdict, String>, case: &Case, point: &Point) {
        self.n_points += 1;
        match verdict {
            Ok(verdict) => {
                match (verdict.is_saved, verdict.is_committed) {
                    (true, true) => self.n_new += 1,
                    (true, false) => self.n_saved += 1,
                    (false, _) => self.n_old += 1,
                }
                self.n_locked += usize::from(verdict.n_locks > 0);
                self.n_objects += usize::from(verdict.n_objects > 0);
            }
            Err(why) => {
                self.wrong.push(format!("{} at {} {}: {why}", case.name, point.call, point.nth));
            }
        }
    }
}

fn table(tallies: &[Tally]) -> String {
    let mut text =
        "killed at              points   old saved   new wrong  lock left  object left\n"
            .to_owned();
    for tally in tallies {
        writeln!(
            text,
            "{:22} {:6} {:5} {:5} {:5} {:5} {:10} {:12}",
            tally.name,
            tally.n_points,
            tally.n_old,
            tally.n_saved,
            tally.n_new,
            tally.wrong.len(),
            tally.n_locked,
            tally.n_objects
        )
        .unwrap();
    }
    text
}
