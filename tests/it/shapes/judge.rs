//! What a command did, judged by what is on the disk and by Git.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::Effect;
use super::made::{FOREIGN, Shape};
use crate::support::{Repo, Run};

/// An editor that changes the first value of a list, and no document.
const EDITOR: &str = "sed -i -E '1s/^(BL-.* )v[0-9-]+/\\1v34/'";

/// What lies at a path: its mode, and its bytes or where it points.
type Node = (u32, Vec<u8>);

/// All that lies beside and in the repository, but the objects and what the program keeps for
/// itself.
type Disk = BTreeMap<PathBuf, Node>;

/// Judges the commands in one repository, one after the other.
pub(super) struct Judge<'a> {
    shape: &'a Shape,
    repo: &'a Repo,
    disk: Disk,
    /// What Git says of all that is not in the backlog; nothing where Git refuses to work.
    outside: Option<String>,
    faults: Vec<String>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(shape: &'a Shape, repo: &'a Repo) -> Self {
        let disk = Disk::new();
        let mut judge = Self { shape, repo, disk, outside: None, faults: vec![] };
        judge.disk = judge.look();
        judge.outside = judge.outside();
        judge
    }

    /// Runs a command, judges it, and returns its exit code.
    pub(super) fn code(&mut self, command: &(&str, Effect, &[&str])) -> i32 {
        let (name, effect, arguments) = command;
        let run = self.run(arguments);
        let code = run.code.unwrap_or(-1);
        let before = std::mem::take(&mut self.disk);
        self.disk = self.look();
        let changed = changed(&before, &self.disk);
        let mut faults: Vec<String> = said_badly(&run, *effect).into_iter().collect();
        faults.extend(self.touched(&changed, &run, *effect));
        if !changed.is_empty() {
            faults.extend(self.against_git(code, *effect));
        }
        let place = |fault| format!("{}: {name}: {fault}\n{run}", self.shape.name);
        self.faults.extend(faults.into_iter().map(place));
        code
    }

    /// All that was wrong; last, Git looks at every object.
    pub(super) fn verdict(mut self) -> Vec<String> {
        if self.outside.is_some() && !self.shape.is_broken {
            let fsck = self.git(&["fsck", "--strict", "--no-dangling"]);
            if !fsck.status.success() {
                let said = String::from_utf8_lossy(&fsck.stderr).into_owned();
                self.faults.push(format!("{}: fsck: {said}", self.shape.name));
            }
        }
        self.faults
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let program = self.repo.program();
        let mut program = match self.shape.read_only {
            Some(folder) => frozen(&program, &self.repo.path(folder)),
            None => program,
        };
        let foreign = self.repo.beside("foreign");
        program.args(arguments.iter().map(|word| match *word {
            FOREIGN => foreign.as_os_str(),
            word => OsStr::new(word),
        }));
        program.env("EDITOR", EDITOR).envs((self.shape.variables)(self.repo));
        self.repo.output(&mut program)
    }

    fn git(&self, arguments: &[&str]) -> Output {
        let mut git = self.repo.command("git");
        git.args(arguments).envs((self.shape.variables)(self.repo));
        git.env("GIT_OPTIONAL_LOCKS", "0").output().unwrap()
    }

    fn look(&self) -> Disk {
        let mut disk = Disk::new();
        let root = self.repo.beside("");
        collect(&root, Path::new(""), &mut disk);
        disk
    }

    /// The entries and the state of every file outside of the backlog, and what is stashed.
    fn outside(&self) -> Option<String> {
        let others = ["--", ":/", ":(top,exclude).backlog", ":(top,exclude).gitattributes"];
        let questions: [&[&str]; 3] = [
            &["ls-files", "--stage", "-v"],
            &["status", "--porcelain"],
            &["rev-parse", "--quiet", "--verify", "refs/stash"],
        ];
        let mut said = String::new();
        for (at, question) in questions.into_iter().enumerate() {
            let others = if at < 2 { others.as_slice() } else { &[] };
            let output = self.git(&[question, others].concat());
            if at < 2 && !output.status.success() {
                return None;
            }
            said += &String::from_utf8_lossy(&output.stdout);
        }
        Some(said)
    }

    /// What changed on the disk and should not have.
    fn touched(&self, changed: &BTreeSet<PathBuf>, run: &Run, effect: Effect) -> Option<String> {
        let code = run.code.unwrap_or(-1);
        let may = |path: &PathBuf| {
            let path = path.to_string_lossy();
            let is_document = path.contains("/.backlog/") || path.ends_with("/.backlog");
            match effect {
                Effect::Reads => false,
                // What was fetched stays, whatever came of it.
                Effect::Syncs if is_of_remotes(&path) => true,
                Effect::SetsUp if code == 0 => is_document || path.ends_with("config"),
                Effect::Saves if code == 0 => is_document,
                _ if code == 0 => is_document || is_of_commit(&path),
                // As Git does, it keeps the message that a hook was asked about.
                _ if run.err.contains("saved, not committed") => {
                    is_document || path.ends_with("/COMMIT_EDITMSG")
                }
                _ if run.err.contains("what was committed here is safe") => {
                    is_document || is_of_commit(&path)
                }
                _ => false,
            }
        };
        let wrong: Vec<_> = changed.iter().filter(|path| !may(path)).collect();
        (!wrong.is_empty()).then(|| format!("changed {wrong:?}"))
    }

    /// What Git says is wrong. Where it refuses to work, it is no judge.
    fn against_git(&mut self, code: i32, effect: Effect) -> Vec<String> {
        let mut faults = vec![];
        let before = self.outside.take();
        self.outside = self.outside();
        if before != self.outside {
            faults.push(format!("outside: {before:?}\nthen {:?}", self.outside));
        }
        if self.outside.is_some() && code == 0 && effect == Effect::Commits {
            let left = self.git(&["status", "--porcelain", "--", ":/.backlog"]);
            let left = String::from_utf8_lossy(&left.stdout).trim_end().to_owned();
            if self.shape.left.is_some_and(|expected| left != expected) {
                faults.push(format!("Git sees this after the commit: {left}"));
            }
        }
        faults
    }
}

/// A code that is none of those that are promised, or a refusal that says too little.
fn said_badly(run: &Run, effect: Effect) -> Option<String> {
    let has = |word: &str| run.err.lines().any(|line| line.starts_with(word));
    let is_good = match run.code {
        Some(0) => !has("error: "),
        Some(1) => !has("error: ") || has("hint: "),
        Some(2) => has("error: "),
        // The system, or Git itself, has said what is wrong, and it is theirs to mend.
        Some(5) => has("error: "),
        Some(3 | 4 | 7 | 8) => has("error: ") && has("hint: "),
        Some(6) => effect == Effect::Syncs && has("error: ") && has("hint: "),
        _ => false,
    };
    (!is_good).then(|| "neither done nor refused as promised".to_owned())
}

/// What a commit changes in Git's own folder, besides objects.
fn is_of_commit(path: &str) -> bool {
    let is_branch = path.contains("/refs/heads/") || path.contains("/logs/");
    let name = path.rsplit('/').next().unwrap_or(path);
    is_branch
        || name.starts_with("sharedindex.")
        || matches!(name, "HEAD" | "index" | "COMMIT_EDITMSG")
}

fn is_of_remotes(path: &str) -> bool {
    path.starts_with("origin") || path.contains("/remotes") || path.ends_with("/FETCH_HEAD")
}

fn changed(before: &Disk, after: &Disk) -> BTreeSet<PathBuf> {
    let other = |one: &Disk, two: &Disk| {
        let paths = one.iter().filter(|(path, node)| two.get(*path) != Some(node));
        paths.map(|(path, _)| path.clone()).collect::<BTreeSet<_>>()
    };
    &other(before, after) | &other(after, before)
}

fn collect(root: &Path, folder: &Path, disk: &mut Disk) {
    for entry in fs::read_dir(root.join(folder)).into_iter().flatten() {
        let entry = entry.unwrap();
        let path = folder.join(entry.file_name());
        let metadata = entry.metadata().unwrap();
        let is_own = path.ends_with("backlog") || path.starts_with("home");
        if path.ends_with("objects") || is_own {
            continue;
        }
        if metadata.is_dir() {
            collect(root, &path, disk);
            continue;
        }
        let full = root.join(&path);
        let bytes = match metadata.is_symlink() {
            true => fs::read_link(&full).unwrap().into_os_string().into_encoded_bytes(),
            false => fs::read(&full).unwrap_or_default(),
        };
        disk.insert(path, (metadata.permissions().mode(), bytes));
    }
}

/// The same program where a folder cannot be written to, not even by root.
pub(super) fn frozen(program: &Command, folder: &Path) -> Command {
    let steps = "mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" && \
                 cd \"$PWD\" && shift && exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", steps, "sh"]).arg(folder);
    command.arg(program.get_program()).args(program.get_args()).env_clear();
    command.current_dir(program.get_current_dir().unwrap());
    command.envs(program.get_envs().filter_map(|(key, value)| Some((key, value?))));
    command
}
