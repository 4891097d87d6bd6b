//! A disk that is full, broken or not to be written to: the run says so, and leaves the old or the
//! new.

use std::collections::BTreeMap;
use std::fs;

use super::case::{CASES, CHECKOUT, Case, backlog};
use super::kill::spread;
use super::state::Expected;
use super::strace::{Point, inject, points};
use super::{each_case, is_long};
use crate::support::{Repo, Run, has, report, skip};

/// What a disk answers, and whether it goes on doing so.
const ERRORS: &[&str] = &["ENOSPC", "EIO", "EACCES", "EDQUOT", "EROFS"];

/// How many points of each command the short form tries.
const SHORT: usize = 2;

/// The exit codes by which a run may say that it could not do all that it should.
const CODES: &[i32] = &[1, 2, 3, 4, 5, 7, 8];

#[test]
fn a_failing_disk_leaves_the_old_or_the_new() {
    if !has("strace") {
        return;
    }
    let results = each_case(CASES, fail_everywhere);
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    for (code, _) in results.iter().flatten() {
        *codes.entry(format!("{code:?}")).or_default() += 1;
    }
    report(&format!("exit codes on a failing disk: {codes:?}"));
    let wrong: Vec<&String> =
        results.iter().flatten().filter_map(|(_, wrong)| wrong.as_ref()).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{wrong:#?}", wrong.len());
    assert!(codes.get("Some(5)").is_some_and(|n| *n > 5), "hardly a run has failed: {codes:?}");
}

fn fail_everywhere(case: &Case) -> Vec<(Option<i32>, Option<String>)> {
    let repo = case.repository();
    let mut all = points(case, &repo.twin());
    // That a lock fails is no matter of the disk.
    all.retain(|point| point.call != "flock");
    let expected = Expected::of(case, &repo);
    let mut results = Vec::new();
    let n_wanted = if is_long() { all.len() } else { SHORT };
    for (number, point) in spread(&all, n_wanted).enumerate() {
        let n_errors = if is_long() { 2 * ERRORS.len() } else { 1 };
        for at in 0..n_errors {
            let at = at + 3 * number;
            let error = ERRORS[at % ERRORS.len()];
            let and_on = if (at / ERRORS.len()).is_multiple_of(2) { "" } else { "+" };
            let what = format!("error={error}:when={}{and_on}", point.nth);
            let twin = repo.twin();
            let run = inject(case, &twin, &point.call, &what);
            let verdict = expected.judge(case, &twin, &run).map(drop);
            let verdict = verdict.and_then(|()| says_so(&run, point));
            let wrong =
                verdict.err().map(|why| format!("{} at {} {what}: {why}", case.name, point.call));
            results.push((run.code, wrong));
        }
    }
    results
}

/// A run that failed names what failed. Only the kinds of failure that are told of have codes.
fn says_so(run: &Run, point: &Point) -> Result<(), String> {
    // The pipe to the one who reads is no disk; that it fails may be told by nobody.
    let is_told = run.code == Some(0) || point.call == "write" || run.err.contains("error: ");
    let has_code = run.code.is_some_and(|code| code == 0 || CODES.contains(&code));
    if run.err.contains("panicked") || !has_code || !is_told {
        return Err(format!("not told: {run}"));
    }
    let is_mute = point.call == "write" && !run.err.contains("error: ");
    let names_path = is_mute || ["/", "HEAD", "output"].iter().any(|it| run.err.contains(it));
    if run.code == Some(5) && !names_path { Err(format!("no path: {run}")) } else { Ok(()) }
}

#[test]
fn a_full_disk_keeps_what_was_there() {
    let repo = backlog();
    let disk = repo.beside("disk");
    fs::create_dir(&disk).unwrap();
    let mount = |size: &str| {
        let mut mount = repo.command("mount");
        mount.args(["-t", "tmpfs", "-o", size, "tmpfs"]).arg(&disk);
        repo.output(&mut mount).code == Some(0)
    };
    if !mount("size=256k") {
        skip("a file system of its own cannot be mounted here");
        return;
    }
    let _unmount = Unmount(&repo);
    let mut copy = repo.command("cp");
    copy.arg("-a").arg(repo.path("")).arg(&disk);
    assert_eq!(repo.output(&mut copy).code, Some(0));
    let (mut n_failed, mut n_saved) = (0, 0);
    let small = disk.join("repo");
    let small = small.to_str().unwrap();
    let path = disk.join("repo").join(CHECKOUT);
    for n in 0..200 {
        let before = fs::read_to_string(&path).unwrap();
        let value = format!("value={}", 10 + n % 10);
        let run = repo.run(&["-C", small, "set", "BL-7k3qd", &value, "-m", "Asked for"]);
        let after = fs::read_to_string(&path).unwrap();
        let is_new = after.contains(&format!("\nvalue: {}\n", 10 + n % 10));
        assert!(is_new || after == before, "torn: {after}");
        match run.code {
            Some(0) => assert!(is_new, "{run}"),
            Some(5) => n_failed += 1,
            _ => panic!("{run}"),
        }
        n_saved += usize::from(is_new);
        if n_failed > 3 {
            break;
        }
    }
    assert!(n_saved > 0 && n_failed > 3, "{n_saved} saved, {n_failed} failed");
    let fsck = repo.git(&["-C", small, "fsck", "--strict", "--no-dangling"]);
    assert_eq!(fsck, "");
    report(&format!("256 KiB: {n_saved} saved until it was full, then {n_failed} refused"));
}

/// Takes the file system away again, also when a test fails.
struct Unmount<'a>(&'a Repo);

impl Drop for Unmount<'_> {
    fn drop(&mut self) {
        let _gone = self.0.command("umount").arg(self.0.beside("disk")).status();
    }
}
