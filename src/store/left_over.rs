//! Files that an interrupted run left behind: this program's own, and the locks of Git.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

use super::Worktree;
use super::error::{Error, in_words};
use super::git::{NOTE, PREVIEW};
use super::home::Home;
use super::layout::UNFINISHED;
use super::lock::Lock;

/// The locks of Git that keep this program from committing.
const LOCKS: [&str; 3] = ["index.lock", "HEAD.lock", "config.lock"];

/// How old a lock is before it counts as left behind. Git itself holds one for moments.
const OLD: Duration = Duration::from_secs(10);

/// The same for an object that was never finished: the library names it alike in other programs.
const VERY_OLD: Duration = Duration::from_secs(3600);

/// A file that no running program needs any more, as far as can be known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOver {
    /// The path, from the root of the worktree if it is below.
    pub path: String,
    /// How old it is, in words.
    pub age: String,
    /// Whether this program has made it, so that it may remove it.
    pub is_own: bool,
}

impl Worktree {
    /// What interrupted runs left behind. Nobody writes while it is looked for.
    pub fn left_over(&self) -> Result<Vec<LeftOver>, Error> {
        let home = self.home()?;
        let _lock = Lock::acquire(home)?;
        let mut found: Vec<LeftOver> = own_files(self.root(), home)
            .into_iter()
            .map(|path| LeftOver { path: home.name(&path), age: age(&path).0, is_own: true })
            .collect();
        let git = home.own.parent().unwrap_or(&home.own);
        let branches = WalkDir::new(home.common.with_file_name("refs")).into_iter().flatten();
        let branches = branches.map(walkdir::DirEntry::into_path);
        let branches = branches.filter(|path| path.extension().is_some_and(|it| it == "lock"));
        let locks = LOCKS.iter().map(|name| git.join(name)).chain(branches);
        let old = locks.filter(|path| path.is_file() && age(path).1 >= OLD);
        found.extend(old.map(|path| LeftOver {
            path: home.name(&path),
            age: age(&path).0,
            is_own: false,
        }));
        Ok(found)
    }

    /// Removes a file that this program has left.
    pub fn remove_left_over(&self, path: &str) -> Result<(), Error> {
        let home = self.home()?;
        let _lock = Lock::acquire(home)?;
        let is_named = |file: &PathBuf| home.name(file) == path;
        match own_files(self.root(), home).into_iter().find(is_named) {
            Some(file) => fs::remove_file(&file).map_err(|error| Error::write(path, &error)),
            None => Ok(()),
        }
    }
}

/// New texts that never took their place, indices that were shown to hooks, unfinished objects. The
/// lock is held, so that nobody is writing the first; nobody shows the second as long as the note
/// of those who commit is free; the others are old.
fn own_files(root: &Path, home: &Home) -> Vec<PathBuf> {
    let below = WalkDir::new(root).into_iter().flatten();
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let is_unfinished = |path: &PathBuf| name(path).is_some_and(|name| name.ends_with(UNFINISHED));
    let mut files: Vec<PathBuf> =
        below.map(walkdir::DirEntry::into_path).filter(is_unfinished).collect();
    let nobody_commits =
        Lock::try_take(home, &home.own.join(NOTE)).is_ok_and(|note| note.is_some());
    let objects = home.common.with_file_name("objects");
    let is_ours = |path: &PathBuf| {
        let name = name(path).unwrap_or_default();
        match path.starts_with(&objects) {
            true => name.starts_with(".tmp") && age(path).1 >= VERY_OLD,
            false if name.starts_with(PREVIEW) => nobody_commits,
            false => name.starts_with(".journal-") && age(path).1 >= OLD,
        }
    };
    for folder in [home.own.as_path(), &objects] {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        files.extend(entries.map(|entry| entry.path()).filter(is_ours));
    }
    files.sort_unstable();
    files
}

/// How old a file is, in words and as a time.
fn age(path: &Path) -> (String, Duration) {
    let modified = path.symlink_metadata().and_then(|metadata| metadata.modified()).ok();
    let age = modified.and_then(|time| SystemTime::now().duration_since(time).ok());
    let age = age.unwrap_or(Duration::ZERO);
    (in_words(age), age)
}
