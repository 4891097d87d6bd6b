//! What goes wrong outside of the program: it is killed, and others hold the locks.

use std::fs::{self, File, OpenOptions};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{Chance, Desk};

/// Starts a program, and kills it after a moment that chance finds. Whether it was alive then.
pub(super) fn kill(mut program: Command, chance: &mut Chance) -> bool {
    program.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    let mut child = program.spawn().unwrap();
    let group = child.id();
    // Most of a run is done in the first milliseconds; a sync takes more.
    let most = *chance.of(&[5, 20, 60, 150]);
    thread::sleep(Duration::from_millis(1 + chance.below(most) as u64));
    let is_alive = child.try_wait().unwrap().is_none();
    if chance.below(2) == 0 {
        // With all that it started, as when the power fails.
        let all = format!("-{group}");
        let _gone = Command::new("kill").args(["-KILL", "--", &all]).stderr(Stdio::null()).status();
    } else {
        child.kill().unwrap();
    }
    child.wait().unwrap();
    while is_running(group) {
        thread::sleep(Duration::from_millis(2));
    }
    is_alive
}

/// Whether a process of a group is left.
fn is_running(group: u32) -> bool {
    let stat = |entry: fs::DirEntry| fs::read_to_string(entry.path().join("stat")).ok();
    let is_of_group = |stat: String| {
        let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let mut words = rest.split_whitespace();
        let state = words.next().unwrap_or("Z").to_owned();
        state != "Z" && state != "X" && words.nth(1) == Some(&group.to_string())
    };
    fs::read_dir("/proc").unwrap().flatten().filter_map(stat).any(is_of_group)
}

/// Removes the locks that a killed Git left in a repository where nobody runs one. Tells which.
pub(super) fn unlock(git: &Path) -> Vec<String> {
    let is_lock = |path: &Path| path.extension().is_some_and(|it| it == "lock");
    let found = walkdir::WalkDir::new(git).into_iter().flatten().map(walkdir::DirEntry::into_path);
    let found: Vec<_> = found.filter(|path| is_lock(path) && path.is_file()).collect();
    for path in &found {
        fs::remove_file(path).unwrap();
    }
    found.iter().map(|path| path.strip_prefix(git).unwrap().display().to_string()).collect()
}

/// Holds a lock for a moment, as another program would, while `run` runs.
pub(super) fn hold<T>(desk: &Desk, chance: &mut Chance, run: impl FnOnce() -> T) -> T {
    let time = Duration::from_millis(10 + chance.below(150) as u64);
    let is_of_git = chance.below(2) == 0;
    let index = desk.path(".git/index.lock");
    let held: Option<File> = match is_of_git {
        true => OpenOptions::new().write(true).create_new(true).open(&index).ok(),
        false => {
            let options =
                OpenOptions::new().create(true).append(true).open(desk.path(".git/backlog/lock"));
            options.ok().filter(|file| file.lock().is_ok())
        }
    };
    thread::scope(|scope| {
        scope.spawn(move || {
            thread::sleep(time);
            if held.is_some() && is_of_git {
                fs::remove_file(index).unwrap();
            }
            drop(held);
        });
        run()
    })
}
