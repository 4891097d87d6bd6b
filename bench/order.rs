//! How good the order under dependencies is, and how long it takes to find.
//!
//! ```text
//! cargo bench --bench order -- [FOLDER]
//! ```
//!
//! Without a folder, on generated jobs alone. A folder holds instances of the next release problem
//! in the format of Xuan et al. (2012), as `*.txt`, also below it: levels of requirements with
//! costs, pairs of requirements of which the first must be done before the second, customers with a
//! profit and the requirements that they ask for. The value of a requirement is the sum, over the
//! customers who ask for it, of the profit divided by how many they ask for.
//!
//! Each figure is the cost of delay (the sum of value times the time at which it is there) divided
//! by the least that any of these ways gives. The exit code is 1 if a simple policy is better than
//! the order of the program, or if 2,000 jobs take a second.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use git_backlog::domain::precedence::{Job, Policy, closures, cost, naive, respects, sidney};

/// How long 2,000 jobs may take.
const BAR: Duration = Duration::from_secs(1);

struct Instance {
    name: String,
    jobs: Vec<Job>,
    before: Vec<Vec<usize>>,
}

fn main() -> io::Result<ExitCode> {
    let mut instances = vec![
        generated("sparse 2,000", 2_000, 1_900, 100),
        generated("dense 2,000", 2_000, 8_000, 2_000),
        ladder("ladder 2,000", 2_000),
        generated("sparse 10,000", 10_000, 9_000, 200),
        generated("wide 10,000", 10_000, 12_000, 10_000),
    ];
    if let Some(folder) = std::env::args().skip(1).find(|it| !it.starts_with('-')) {
        instances.extend(read(Path::new(&folder))?);
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{:<16} {:>6} {:>6} {:>7} {:>7} {:>7} {:>7} {:>9} {:>7} {:>10} {:>10}",
        "instance",
        "jobs",
        "pairs",
        "cheap",
        "value",
        "ready",
        "in time",
        "closures",
        "sidney",
        "closures",
        "sidney"
    )?;
    let mut is_missed = false;
    for instance in &instances {
        is_missed |= !measure(instance, &mut out)?;
    }
    Ok(ExitCode::from(u8::from(is_missed)))
}

/// Prints a line; whether it is as it should be.
fn measure(instance: &Instance, out: &mut impl Write) -> io::Result<bool> {
    let Instance { name, jobs, before } = instance;
    let n_pairs: usize = before.iter().map(Vec::len).sum();
    let simple = Policy::ALL.map(|policy| cost(&naive(policy, jobs, before), jobs));
    let (fast, fast_time) = timed(|| closures(jobs, before));
    let (best, best_time) = timed(|| sidney(jobs, before));
    let is_valid = respects(&fast, before) && respects(&best, before);
    let (fast, best) = (cost(&fast, jobs), cost(&best, jobs));
    let least = simple.iter().copied().fold(fast.min(best), f64::min);
    write!(out, "{name:<16} {:>6} {n_pairs:>6}", jobs.len())?;
    for simple in simple {
        write!(out, " {:>7.3}", simple / least)?;
    }
    write!(out, " {:>9.5} {:>7.5}", fast / least, best / least)?;
    writeln!(out, " {fast_time:>10.1?} {best_time:>10.1?}")?;
    let is_best = best <= least * (1.0 + 1e-9);
    Ok(is_valid && is_best && (jobs.len() > 2_000 || best_time < BAR))
}

fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = run();
    (result, start.elapsed())
}

fn read(folder: &Path) -> io::Result<Vec<Instance>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|it| Ok(it?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let mut instances = Vec::new();
    for path in paths {
        if path.is_dir() {
            instances.extend(read(&path)?);
        } else if path.extension().is_some_and(|it| it == "txt") {
            let bytes = fs::read(&path)?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            instances.extend(instance(name, &String::from_utf8_lossy(&bytes)));
        }
    }
    Ok(instances)
}

/// The instance in a text; `None` if it is another text.
fn instance(name: String, text: &str) -> Option<Instance> {
    let mut words = text.split_whitespace().map(|word| word.parse::<usize>().ok());
    let mut next = || words.next().flatten();
    let mut sizes = Vec::new();
    for _ in 0..next()? {
        for _ in 0..next()? {
            sizes.push(next()? as f64);
        }
    }
    let mut before = vec![Vec::new(); sizes.len()];
    for _ in 0..next()? {
        let (first, then) = (next()?, next()?);
        before.get_mut(then.checked_sub(1)?)?.push(first.checked_sub(1)?);
    }
    let mut weights = vec![0.0; sizes.len()];
    for _ in 0..next()? {
        let (profit, asked) = (next()? as f64, next()?);
        for _ in 0..asked {
            *weights.get_mut(next()?.checked_sub(1)?)? += profit / asked as f64;
        }
    }
    let jobs = sizes.into_iter().zip(weights).map(|(size, weight)| Job { weight, size }).collect();
    Some(Instance { name, jobs, before })
}

/// Jobs that wait for others at most `reach` before them.
fn generated(name: &str, n: usize, n_pairs: usize, reach: usize) -> Instance {
    const POINTS: [f64; 6] = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0];
    let mut chance = Chance(n as u64);
    let mut point = || POINTS[chance.below(POINTS.len())];
    let jobs = (0..n).map(|_| Job { weight: point(), size: point() }).collect();
    let mut before = vec![Vec::new(); n];
    for _ in 0..n_pairs {
        let then = 1 + chance.below(n - 1);
        before[then].push(then - 1 - chance.below(then.min(reach)));
    }
    Instance { name: name.to_owned(), jobs, before }
}

/// Each job waits for the two before it: one long piece without a forest in it.
fn ladder(name: &str, n: usize) -> Instance {
    let Instance { jobs, .. } = generated(name, n, 0, 1);
    let before = (0..n).map(|n| (n.saturating_sub(3)..n.saturating_sub(1)).collect()).collect();
    Instance { name: name.to_owned(), jobs, before }
}

struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d).wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}
