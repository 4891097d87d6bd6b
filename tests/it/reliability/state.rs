//! What is on disk, told by the bytes and by Git; and which states may follow an interrupted run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::case::Case;
use crate::support::{Repo, Run};

/// Files by their paths.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// A state of a repository, as far as a backlog is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// The files of the worktree.
    pub(super) files: Files,
    /// What HEAD holds, as `git ls-tree` shows it.
    pub(super) head: String,
}

/// All that an interrupted case is judged by.
pub(super) struct Expected {
    /// The files before the run, and those after it.
    before: Files,
    after: Files,
    /// The states before and after it, each followed by the next command.
    old: State,
    new: State,
    /// How the run ends if nothing interrupts it.
    code: Option<i32>,
    /// Whether objects that nobody needs may be damaged.
    pub(super) is_power_cut: bool,
}

/// How an interrupted run has left the repository.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Verdict {
    /// The files are as after the run.
    pub(super) is_saved: bool,
    /// HEAD is as after the run.
    pub(super) is_committed: bool,
    /// Locks of Git that had to be removed by hand.
    pub(super) n_locks: usize,
    /// Unfinished objects, which are in nobody's way.
    pub(super) n_objects: usize,
}

impl Expected {
    /// Lets a case run, and not run, in copies of a repository.
    pub(super) fn of(case: &Case, repo: &Repo) -> Self {
        let before = files(&repo.path(".backlog"));
        let twin = repo.twin();
        let run = twin.output(&mut case.command(&twin));
        assert!(matches!(run.code, Some(0 | 1)), "{}: {run}", case.name);
        let after = files(&twin.path(".backlog"));
        let new = settled(case, &twin);
        let old = settled(case, &repo.twin());
        let changes = before != after || case.name.starts_with("commit");
        assert!(changes, "{} changes nothing: {run}", case.name);
        Self { before, after, old, new, code: run.code, is_power_cut: false }
    }

    /// Judges what an interrupted run has left, and lets the next command recover. What must not
    /// be is told in words.
    pub(super) fn judge(&self, case: &Case, repo: &Repo, run: &Run) -> Result<Verdict, String> {
        self.each_is_old_or_new(&files(&repo.path(".backlog")))?;
        let mut n_config_locks = 0;
        let gone_on = case.go_on(repo).or_else(|run| {
            // A lock on the configuration stays, and the message says what to do.
            let is_locked = run.code == Some(8) && run.err.contains("rm .git/config.lock");
            n_config_locks = if is_locked { remove_locks(repo) } else { 0 };
            if is_locked { case.go_on(repo) } else { Err(run) }
        });
        gone_on.map_err(|run| format!("the next command fails: {run}"))?;
        let found =
            State { files: self.comparable(files(&repo.path(".backlog"))), head: head(repo) };
        let verdict = self.compare(&found, run, case)?;
        let verdict = Verdict { n_objects: unfinished_objects(repo), ..verdict };
        self.nothing_stays_behind(repo)?;
        let new_index = fs::read(repo.path(".git/index.lock"));
        let n_locks = remove_locks(repo) + n_config_locks;
        self.sound(repo)?;
        let is_inverse = !staged(repo).is_empty();
        if is_inverse && !self.is_power_cut {
            return Err(format!("the next command left the index behind: {}", staged(repo)));
        }
        if is_inverse {
            // What tells one lock from another does not outlive a power cut here; the new index was
            // complete before the branch moved, and Git's user can put it in place.
            let Ok(new_index) = new_index else {
                return Err(format!("the index is behind: {}", staged(repo)));
            };
            repo.write(".git/index", new_index);
            if !verdict.is_committed || !staged(repo).is_empty() {
                return Err(format!("something is staged: {}", staged(repo)));
            }
        }
        commits_the_rest(repo)?;
        self.sound(repo)?;
        Ok(Verdict { n_locks, ..verdict })
    }

    /// Before anybody recovers, each single file is whole.
    pub(super) fn each_is_old_or_new(&self, found: &Files) -> Result<(), String> {
        let is_unfinished = |path: &str| path.ends_with(".backlog-tmp");
        let (before, after) =
            (self.comparable(self.before.clone()), self.comparable(self.after.clone()));
        let found = self.comparable(found.clone());
        for (path, bytes) in found.iter().filter(|(path, _)| !is_unfinished(path)) {
            if before.get(path) != Some(bytes) && after.get(path) != Some(bytes) {
                return Err(format!("{path} is torn: {:?}", String::from_utf8_lossy(bytes)));
            }
        }
        let is_kept = |path: &&String| after.contains_key(*path) && !found.contains_key(*path);
        match before.keys().find(is_kept) {
            Some(path) => Err(format!("{path} is gone")),
            None => Ok(()),
        }
    }

    fn compare(&self, found: &State, run: &Run, case: &Case) -> Result<Verdict, String> {
        let (old, new) =
            (self.comparable(self.old.files.clone()), self.comparable(self.new.files.clone()));
        let (is_old, is_new) = (found.files == old, found.files == new);
        if !is_old && !is_new {
            return Err(format!("torn: {}", differences(&found.files, &new)));
        }
        let [head, old_head, new_head] =
            [found, &self.old, &self.new].map(|state| self.comparable_head(&state.head));
        let (has_old_head, has_new_head) = (head == old_head, head == new_head);
        if !has_old_head && !has_new_head {
            return Err(format!("HEAD is neither old nor new:\n{}", found.head));
        }
        if !is_new && !has_old_head {
            return Err("committed, but the files are old".to_owned());
        }
        let is_done = run.code.is_some() && run.code == self.code;
        if !is_new && (is_done || !run.out.is_empty() && !case.prints_first()) {
            return Err("acknowledged, but lost".to_owned());
        }
        if !has_new_head && (is_done || run.err.contains("[main ")) {
            return Err("acknowledged as committed, but lost".to_owned());
        }
        Ok(Verdict { is_saved: is_new, is_committed: has_new_head, ..Verdict::default() })
    }

    fn sound(&self, repo: &Repo) -> Result<(), String> {
        if self.is_power_cut { readable(repo) } else { sound(repo) }
    }

    fn nothing_stays_behind(&self, repo: &Repo) -> Result<(), String> {
        let mut left: Vec<String> = files(&repo.path(".backlog")).into_keys().collect();
        left.retain(|path| path.ends_with(".backlog-tmp"));
        let home = files(&repo.path(".git/backlog")).into_keys();
        left.extend(home.filter(|path| path.contains("journal")));
        if left.is_empty() { Ok(()) } else { Err(format!("left behind: {left:?}")) }
    }

    fn is_new(&self, path: &str) -> bool {
        path.starts_with("items/") && path.ends_with(".md") && !self.before.contains_key(path)
    }

    /// What HEAD holds, the same way.
    fn comparable_head(&self, head: &str) -> Vec<String> {
        let line = |line: &str| match line.split_once("\t.backlog/") {
            Some((_, path)) if self.is_new(path) => {
                format!("new {}", &path["items/BL-xxxxx".len()..])
            }
            _ => line.to_owned(),
        };
        let mut lines: Vec<String> = head.lines().map(line).collect();
        lines.sort_unstable();
        lines
    }

    /// The files with what is left to chance in a new one, its id and its rank, made the same.
    fn comparable(&self, files: Files) -> Files {
        let change = |(path, bytes): (String, Vec<u8>)| {
            if !self.is_new(&path) {
                return (path, bytes);
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let Some(id) = text.lines().find_map(|line| line.strip_prefix("id: ")) else {
                return (path, bytes);
            };
            let lines = text.lines().filter(|line| !line.starts_with("rank: "));
            let same = lines.collect::<Vec<_>>().join("\n").replace(id, "ID");
            (path.replace(id, "ID"), same.into_bytes())
        };
        files.into_iter().map(change).collect()
    }
}

/// The state after the next command.
fn settled(case: &Case, repo: &Repo) -> State {
    case.go_on(repo).unwrap_or_else(|run| panic!("{}: {run}", case.name));
    State { files: files(&repo.path(".backlog")), head: head(repo) }
}

/// What HEAD holds.
fn head(repo: &Repo) -> String {
    let output = repo.try_git(&["ls-tree", "-r", "HEAD"]);
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// Whether all objects that HEAD needs can be read.
fn readable(repo: &Repo) -> Result<(), String> {
    let script = "git rev-list --objects HEAD >all && cut -d' ' -f1 all | git cat-file --batch >objects && ! grep -a ' missing$' objects";
    let mut shell = repo.command("sh");
    let run = repo.output(
        shell
            .args(["-c", script])
            .current_dir(repo.beside("home"))
            .env("GIT_DIR", repo.path(".git")),
    );
    if run.code == Some(0) { Ok(()) } else { Err(format!("HEAD cannot be read: {run}")) }
}

/// Whether Git finds the repository sound, and can tell what HEAD is.
pub(super) fn sound(repo: &Repo) -> Result<(), String> {
    let output = repo.try_git(&["fsck", "--strict", "--no-dangling"]);
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    if output.status.success() && text.is_empty() {
        Ok(())
    } else {
        Err(format!("git fsck: {text}"))
    }
}

/// What is left can be committed, and nothing remains to be done.
fn commits_the_rest(repo: &Repo) -> Result<(), String> {
    let mut run = repo.run(&["commit", "-m", "Rest"]);
    while run.err.contains("a power cut had damaged it") {
        run = repo.run(&["commit", "-m", "Rest"]);
    }
    if run.code != Some(0) {
        return Err(format!("the rest cannot be committed: {run}"));
    }
    let status = repo.git(&["status", "--porcelain"]);
    if status.is_empty() { Ok(()) } else { Err(format!("not clean: {status}")) }
}

/// What Git would commit by itself.
fn staged(repo: &Repo) -> String {
    let output = repo.try_git(&["diff", "--cached", "--name-status"]);
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// Removes locks that a killed run has left, as their message says, and counts them.
fn remove_locks(repo: &Repo) -> usize {
    let git = repo.path(".git");
    let paths = files(&git).into_keys();
    let locks: Vec<PathBuf> =
        paths.filter(|path| path.ends_with(".lock")).map(|path| git.join(path)).collect();
    locks.iter().for_each(|path| fs::remove_file(path).unwrap());
    locks.len()
}

fn unfinished_objects(repo: &Repo) -> usize {
    let names = fs::read_dir(repo.path(".git/objects")).unwrap();
    names
        .filter(|it| it.as_ref().unwrap().file_name().to_string_lossy().starts_with(".tmp"))
        .count()
}

fn differences(found: &Files, new: &Files) -> String {
    let differs = |path: &&String| found.get(*path) != new.get(*path);
    let paths: Vec<&String> = found.keys().chain(new.keys()).filter(differs).collect();
    format!("{paths:?} are not as after the run, but others are")
}

/// The files below a folder.
pub(super) fn files(root: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.insert(below, fs::read(&path).unwrap());
            }
        }
    }
    found
}
