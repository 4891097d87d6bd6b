//! Repositories for tests: made by real Git, without the user's configuration, with a fixed author
//! and one second per commit.

mod program;
pub(crate) mod schema;

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use git_backlog::domain::source::{Edits, FileEdit};
use git_backlog::store::{Commit, CommitRequest, Error, Repository, Signature, Worktree};
pub(crate) use program::{PROGRAM, Run};
use tempfile::TempDir;

/// A folder that is removed in the end: in memory, where the system has room there, because most of
/// the tests would wait for the disk half of their time.
pub(crate) fn temporary() -> TempDir {
    const MEMORY: &str = "/dev/shm";
    let room = rustix::fs::statvfs(MEMORY).map_or(0, |it| it.f_bavail * it.f_frsize);
    let has_room = room > 1024 * 1024 * 1024;
    if has_room { TempDir::new_in(MEMORY).unwrap() } else { TempDir::new().unwrap() }
}

/// 2026-01-01, 12:00 UTC: the time of the first commit.
const START: i64 = 1_767_268_800;

/// A repository in a folder of its own, with a home of its own beside it.
pub(crate) struct Repo {
    folder: TempDir,
    /// The folder in which Git runs, below the temporary one.
    at: String,
    time: Cell<i64>,
}

impl Repo {
    /// An empty repository with the branch `main`.
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    /// An empty repository made with more arguments to `git init`.
    pub(crate) fn with(arguments: &[&str]) -> Self {
        let repo = Self::without_repository();
        repo.git(
            &[&["init", "--quiet", "--template=", "--initial-branch=main"], arguments].concat(),
        );
        repo.isolate();
        repo
    }

    /// A folder that is in no repository.
    pub(crate) fn without_repository() -> Self {
        Self::in_folder(temporary())
    }

    fn in_folder(folder: TempDir) -> Self {
        for name in ["home", "repo"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        Self { folder, at: "repo".to_owned(), time: Cell::new(START) }
    }

    /// A repository with one commit: a backlog of two items, and a file that is not of it.
    pub(crate) fn with_backlog() -> Self {
        let repo = Self::new();
        repo.write(".backlog/config.yml", "");
        repo.write(".backlog/items/BL-22222-first.md", "first\n");
        repo.write(".backlog/items/BL-33333-second.md", "second\n");
        repo.write("src/main.rs", "fn main() {}\n");
        repo.git(&["add", "--all"]);
        repo.git(&["commit", "--quiet", "--message", "start"]);
        repo
    }

    /// The library runs in this process, with the configuration of whoever runs the tests. What
    /// would change a result is set in the repository, where it wins.
    pub(crate) fn isolate(&self) {
        let folder = self.git(&["rev-parse", "--absolute-git-dir"]);
        let config = Path::new(&folder).join("config");
        let settings = format!(
            "[user]\n\tname = Mira\n\temail = mira@example.org\n\
             [commit]\n\tgpgSign = false\n\
             [maintenance]\n\tauto = false\n\
             [core]\n\tautocrlf = false\n\thooksPath = {folder}/hooks\n\
             \texcludesFile = /dev/null\n\tattributesFile = /dev/null\n"
        );
        let before = fs::read_to_string(&config).unwrap();
        fs::write(config, before + &settings).unwrap();
    }

    /// The same repository, used from another folder: a linked worktree, or a clone.
    pub(crate) fn at(self, folder: &str) -> Self {
        Self { at: folder.to_owned(), ..self }
    }

    /// A copy of the repository as it is now.
    pub(crate) fn twin(&self) -> Self {
        let beside = self.folder.path().parent().unwrap();
        let twin = Self::in_folder(TempDir::new_in(beside).unwrap());
        let copied = Command::new("cp")
            .arg("-a")
            .arg(self.folder.path().join("."))
            .arg(twin.folder.path())
            .status();
        assert!(copied.unwrap().success());
        let hooks = twin.path(".git/hooks");
        twin.git(&["config", "core.hooksPath", hooks.to_str().unwrap()]);
        Self { at: self.at.clone(), time: self.time.clone(), ..twin }
    }

    /// A path in the folder in which Git runs.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(&self.at).join(path)
    }

    /// A path beside the repository.
    pub(crate) fn beside(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file, and the folders that it needs.
    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes a program.
    pub(crate) fn write_program(&self, path: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        self.write(path, script);
        fs::set_permissions(self.path(path), fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// What a file holds.
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// A program that knows nothing of whoever runs the tests.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        let time = format!("{} +0000", self.time.get());
        command
            .current_dir(self.path(""))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", self.beside("home"))
            .env("TZ", "UTC")
            .env("LC_ALL", "C")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_DATE", &time)
            .env("GIT_COMMITTER_DATE", &time);
        command
    }

    /// Runs Git, which has to succeed, and returns what it printed.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {error}");
        let text = String::from_utf8(output.stdout).unwrap();
        text.trim_end_matches('\n').to_owned()
    }

    /// Runs Git, which may fail.
    pub(crate) fn try_git(&self, arguments: &[&str]) -> Output {
        if arguments.contains(&"commit") {
            self.time.set(self.time.get() + 1);
        }
        self.command("git").args(arguments).output().unwrap()
    }

    /// The repository as the program opens it.
    pub(crate) fn open(&self) -> Repository {
        Repository::discover(&self.path("")).unwrap()
    }

    /// The backlog in the worktree as the program opens it.
    pub(crate) fn worktree(&self) -> Worktree {
        let repository = self.open();
        Worktree::open(&repository.workdir().unwrap().join(".backlog"), Some(&repository)).unwrap()
    }

    /// Applies changes to the files of the backlog: path, text before, text after.
    pub(crate) fn apply(
        &self,
        changes: &[(&str, Option<&str>, Option<&str>)],
    ) -> Result<Option<String>, Error> {
        self.worktree().apply(&edits(changes)).map(|applied| applied.recovered)
    }

    /// Commits files of the backlog through the program, a second after the last commit.
    pub(crate) fn commit(&self, paths: &[&str]) -> Result<Commit, Error> {
        self.time.set(self.time.get() + 1);
        self.open().commit(&request(paths, self.time.get()))
    }

    /// Asserts that Git finds nothing wrong with the repository.
    pub(crate) fn assert_sound(&self) {
        assert_eq!(self.git(&["fsck", "--strict", "--no-dangling"]), "");
    }
}

/// Commits the same paths through the program and, in a copy, through `git commit --only`. All
/// that Git says about the two has to be the same, down to the id of the commit.
pub(crate) fn check_commit(repo: &Repo, paths: &[&str]) {
    let twin = repo.twin();
    let full: Vec<String> = paths.iter().map(|path| format!(".backlog/{path}")).collect();
    let full: Vec<&str> = full.iter().map(String::as_str).collect();
    // Git takes new files only if it was told of them.
    for path in &full {
        if twin.path(path).symlink_metadata().is_ok() {
            twin.git(&["add", "--intent-to-add", path]);
        }
    }
    twin.git(
        &[&["commit", "--quiet", "--message", "backlog: change", "--only", "--"], full.as_slice()]
            .concat(),
    );
    let commit = repo.commit(paths).unwrap();
    assert_eq!(
        commit.id,
        twin.git(&["rev-parse", "HEAD"]),
        "{}",
        repo.git(&["log", "-1", "--format=raw"])
    );
    let questions: [&[&str]; 7] = [
        &["write-tree"],
        &["status", "--porcelain=v2", "--branch"],
        &["diff", "--cached", "--raw", "--abbrev=40"],
        &["diff", "--raw", "--abbrev=40"],
        &["ls-files", "--stage"],
        &["log", "-g", "--format=%H %gs", "HEAD"],
        &["symbolic-ref", "--quiet", "--short", "HEAD"],
    ];
    for question in questions {
        let answer = |repo: &Repo| String::from_utf8(repo.try_git(question).stdout).unwrap();
        assert_eq!(answer(repo), answer(&twin), "{question:?}");
    }
    assert!(commit.id.starts_with(&commit.short));
    repo.assert_sound();
}

/// A request to commit files of the backlog, by the fixed author.
pub(crate) fn request(paths: &[&str], time: i64) -> CommitRequest {
    CommitRequest {
        folder: ".backlog".to_owned(),
        paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        message: "backlog: change".to_owned(),
        verify: true,
        author: Some(mira(time)),
    }
}

/// The fixed author.
pub(crate) fn mira(time: i64) -> Signature {
    Signature { name: "Mira".to_owned(), email: "mira@example.org".to_owned(), time, offset: 0 }
}

/// Edits from path, text before, text after.
pub(crate) fn edits(changes: &[(&str, Option<&str>, Option<&str>)]) -> Edits {
    let mut edits = Edits::default();
    for (path, before, after) in changes {
        let text = |text: &Option<&str>| text.map(str::to_owned);
        edits.push(FileEdit { path: (*path).to_owned(), before: text(before), after: text(after) });
    }
    edits
}

/// Whether a program is there; if not, says that a test is skipped.
pub(crate) fn has(program: &str) -> bool {
    let found = std::env::split_paths(&std::env::var_os("PATH").unwrap())
        .any(|dir| dir.join(program).is_file());
    if !found {
        skip(&format!("there is no {program}"));
    }
    found
}

/// Says why a test is skipped.
#[expect(clippy::print_stderr, reason = "a skipped test has to be seen")]
pub(crate) fn skip(why: &str) {
    eprintln!("skipped: {why}");
}

/// Says what a campaign has measured.
#[expect(clippy::print_stderr, reason = "a figure that nobody sees is no figure")]
pub(crate) fn report(figures: &str) {
    eprintln!("{figures}");
}

/// Makes a symbolic link.
pub(crate) fn link(target: impl AsRef<Path>, at: impl AsRef<Path>) {
    std::os::unix::fs::symlink(target, at).unwrap();
}

/// Makes a named pipe.
pub(crate) fn pipe(at: &Path) {
    assert!(Command::new("mkfifo").arg(at).status().unwrap().success());
}
