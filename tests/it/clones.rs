//! Clones of one remote that edit and sync at the same time, and what becomes of each edit.

mod campaign;
mod conflicts;
mod document;
mod interrupted;
mod judge;
mod nemesis;
mod outside;
mod programs;
mod refused;
mod settings;
mod user;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::support::{PROGRAM, Run, temporary};

/// Numbers that look like chance and are the same for the same seed (xorshift).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 11) % end as u64) as usize
    }

    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// A bare remote, and clones of it beside it.
struct Clones {
    folder: TempDir,
}

/// A clone, and the person who works in it.
#[derive(Clone, Debug)]
struct Desk {
    folder: PathBuf,
    name: String,
}

const NAMES: [&str; 8] = ["ada", "ben", "cleo", "dan", "eve", "finn", "gus", "hal"];

/// Three items that all clones begin with.
const ITEMS: [&str; 3] = ["BL-22222", "BL-33333", "BL-44444"];

fn item(id: &str, rank: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: Item {id}\ntype: story\nstatus: proposed\ncreated: 2026-11-01\n\
         rank: {rank}\nlabels: [old]\nassignee: mira\nvalue: 8\neffort: 3\n---\n\nWhat {id} is about.\n\n\
         ## Acceptance criteria\n\n- [ ] One of {id}.\n- [ ] Two of {id}.\n- [ ] Three of {id}.\n"
    )
}

fn path_of(id: &str) -> String {
    format!(".backlog/items/{id}-item.md")
}

impl Clones {
    /// A remote with a backlog, and so many clones of it.
    fn new(n_clones: usize) -> Self {
        let this = Self::empty();
        let first = this.desk("ada");
        this.clone_as("ada");
        assert_eq!(first.run(&["init"]).code, Some(0));
        for (id, rank) in ITEMS.into_iter().zip(["mbcd", "mbdd", "mbfd"]) {
            first.write(&path_of(id), item(id, rank));
        }
        first.write("src/main.rs", "fn main() {}\n");
        first.commit_all("start");
        first.git(&["push", "--quiet", "-u", "origin", "main"]);
        NAMES[1..n_clones].iter().for_each(|name| this.clone_as(name));
        this
    }

    /// A remote without a commit, and no clone.
    fn empty() -> Self {
        let folder = temporary();
        let this = Self { folder };
        fs::create_dir(this.path("home")).unwrap();
        let settings = "[user]\n\tname = Mira\n\temail = mira@example.org\n[maintenance]\n\tauto = false\n\
                        [init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n";
        fs::write(this.path("home/.gitconfig"), settings).unwrap();
        let bare = this.desk("");
        bare.git(&["init", "--quiet", "--bare", "--template=", "origin.git"]);
        bare.git(&["-C", "origin.git", "config", "core.logAllRefUpdates", "always"]);
        this
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn desk(&self, name: &str) -> Desk {
        Desk { folder: self.folder.path().to_owned(), name: name.to_owned() }
    }

    fn clone_as(&self, name: &str) {
        self.desk("").git(&["clone", "--quiet", "--template=", "origin.git", name]);
        self.desk(name).git(&["config", "user.name", name]);
    }

    /// The first two desks.
    fn pair(&self) -> (Desk, Desk) {
        (self.desk(NAMES[0]), self.desk(NAMES[1]))
    }

    /// The commit at the remote.
    fn remote(&self) -> String {
        self.desk("").git(&["-C", "origin.git", "rev-parse", "main"])
    }
}

impl Desk {
    fn path(&self, path: &str) -> PathBuf {
        self.folder.join(&self.name).join(path)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.path(""))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.folder.join("home"))
            .env("TZ", "UTC")
            .env("LC_ALL", "C")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_BACKLOG_TODAY", "2026-11-25")
            .stdin(Stdio::null());
        command
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = self.command("git").args(arguments).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: git {arguments:?}: {error}", self.name);
        String::from_utf8(output.stdout).unwrap().trim_end_matches('\n').to_owned()
    }

    /// What Git says of HEAD; nothing if it has no commit.
    fn head(&self) -> String {
        let output = self.command("git").args(["rev-parse", "--verify", "-q", "HEAD"]).output();
        String::from_utf8(output.unwrap().stdout).unwrap().trim().to_owned()
    }

    fn program(&self) -> Command {
        let mut program = self.command(PROGRAM);
        program.env("GIT_TRACE", self.folder.join(format!("{}.trace", self.name)));
        program
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.output(self.program().args(arguments))
    }

    fn output(&self, program: &mut Command) -> Run {
        let output = program.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs the program, which has to end with a code and say something.
    fn expect(&self, arguments: &[&str], code: i32, said: &str) -> Run {
        let run = self.run(arguments);
        let is_said = run.err.contains(said) || run.out.contains(said);
        assert!(run.code == Some(code) && is_said, "{}: {arguments:?}: {run}", self.name);
        run
    }

    fn commit_all(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
        self.head()
    }

    /// All that a run that is refused must leave as it is: the branch, the index, the files. What is
    /// known of the remote is not among that, as with `git fetch`.
    fn state(&self) -> String {
        let mut state = self.head();
        for question in [
            &["status", "--porcelain=v2", "--branch"][..],
            &["ls-files", "--stage"],
            &["diff", "HEAD"],
        ] {
            let output = self.command("git").args(question).output().unwrap();
            let text = String::from_utf8_lossy(&output.stdout);
            let is_kept = |line: &&str| !line.starts_with("# branch.ab ");
            state.extend(text.split_inclusive('\n').filter(is_kept));
        }
        state
    }

    /// The commands of Git that the program ran here.
    fn trace(&self) -> String {
        fs::read_to_string(self.folder.join(format!("{}.trace", self.name))).unwrap_or_default()
    }
}

/// Every file of a folder with what it holds.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect();
    all.sort_unstable();
    all
}
