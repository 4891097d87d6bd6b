//! What was saved stays saved: killed at any point, on failing disks, through power cuts, among
//! many writers.
//!
//! Everything here drives the program as a user does, in repositories made by Git, and judges by
//! the bytes on disk and by Git, never by what the program says of itself. The short forms run with
//! all other tests; `GIT_BACKLOG_LONG=1` runs every point.

mod case;
mod failing;
mod kill;
mod misc;
mod power;
mod state;
mod strace;
mod writers;

/// Whether every point is tried, which takes minutes.
fn is_long() -> bool {
    std::env::var_os("GIT_BACKLOG_LONG").is_some()
}

/// Does something with each case, as many at a time as the machine can take.
fn each_case<T: Send>(cases: &[case::Case], work: impl Fn(&case::Case) -> T + Sync) -> Vec<T> {
    use std::sync::Mutex;
    use std::sync::atomic::{AtomicUsize, Ordering};

    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let n_threads = std::thread::available_parallelism().map_or(2, usize::from).min(cases.len());
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = work(case);
                    done.lock().unwrap().push((case.name, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(name, _)| cases.iter().position(|case| case.name == *name));
    done.into_iter().map(|(_, result)| result).collect()
}
