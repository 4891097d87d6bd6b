//! The calls with which a run changes files, and runs that end or fail at one of them.

use std::collections::BTreeMap;
use std::fs;

use super::case::Case;
use crate::support::{Repo, Run};

/// The calls that change files, their names, or who may write them. Those that an architecture
/// does not have are left out.
const CALLS: &str = "?openat,?open,?creat,?write,?pwrite64,?writev,?pwritev,?rename,?renameat,?renameat2,\
    ?link,?linkat,?symlink,?symlinkat,?unlink,?unlinkat,?rmdir,?mkdir,?mkdirat,?fsync,?fdatasync,\
    ?ftruncate,?truncate,?fchmod,?chmod,?fchmodat,?flock,?copy_file_range,?sendfile,?fallocate";

/// The nth call of a name by one thread of a run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Point {
    /// The name of the call.
    pub(super) call: String,
    /// Which one, from 1.
    pub(super) nth: usize,
}

/// The points at which a run changes something, in the order in which it comes to them. What is on
/// disk between two of them is the same wherever the run ends.
pub(super) fn points(case: &Case, repo: &Repo) -> Vec<Point> {
    let log = repo.beside("calls");
    let words = ["strace", "--seccomp-bpf", "-f", "-qq", "-y", "-s", "0", "-e"];
    let mut words: Vec<String> = words.map(str::to_owned).to_vec();
    words.extend([format!("trace={CALLS}"), "-o".to_owned(), log.display().to_string()]);
    let run = repo.output(&mut case.command_under(repo, &words));
    assert!(matches!(run.code, Some(0 | 1)), "{}: {run}", case.name);
    let folder = repo.beside("").canonicalize().unwrap().display().to_string();
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut points = Vec::new();
    for line in fs::read_to_string(&log).unwrap().lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Some((call, arguments)) = rest.trim_start().split_once('(') else { continue };
        if call.contains([' ', '<']) {
            continue;
        }
        let nth = counts.entry((thread.to_owned(), call.to_owned())).or_default();
        *nth += 1;
        let is_change = match call {
            "openat" | "open" => ["O_CREAT", "O_TRUNC"].iter().any(|it| arguments.contains(it)),
            _ => true,
        };
        let is_ours = arguments.contains(&folder)
            || arguments.starts_with("1<")
            || arguments.starts_with("2<");
        let point = Point { call: call.to_owned(), nth: *nth };
        if is_change && is_ours && !points.contains(&point) {
            points.push(point);
        }
    }
    points
}

/// Runs a case with something done to it at one of its calls, in the words of `strace`, whose faster
/// way of tracing sends no signals.
pub(super) fn inject(case: &Case, repo: &Repo, call: &str, what: &str) -> Run {
    let words = ["strace", "-f", "-qq", "-o", "/dev/null", "-e"];
    let mut words: Vec<String> = words.map(str::to_owned).to_vec();
    words.extend([format!("trace={call}"), "-e".to_owned(), format!("inject={call}:{what}")]);
    repo.output(&mut case.command_under(repo, &words))
}
