//! What repositories are made of.

use std::fs;

use crate::support::Repo;

/// A repository that is not quite like others.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) name: &'static str,
    /// Makes it out of a plain one.
    pub(super) make: fn(Repo) -> Repo,
    /// Whether this system can make it.
    pub(super) can: fn() -> bool,
    /// Variables under which everything runs there.
    pub(super) variables: fn(&Repo) -> Variables,
    /// A folder that the program cannot write to.
    pub(super) read_only: Option<&'static str>,
    /// What Git says of the backlog after a commit of all of it; `None` where it says that there is
    /// more to commit.
    pub(super) left: Option<&'static str>,
    /// Whether Git finds something wrong before anything was done.
    pub(super) is_broken: bool,
}

pub(super) type Variables = Vec<(&'static str, String)>;

pub(super) const fn shape(name: &'static str, make: fn(Repo) -> Repo) -> Shape {
    Shape {
        name,
        make,
        can: || true,
        variables: |_| Vec::new(),
        read_only: None,
        left: Some(""),
        is_broken: false,
    }
}

pub(super) const fn broken(name: &'static str, make: fn(Repo) -> Repo) -> Shape {
    Shape { is_broken: true, ..shape(name, make) }
}

impl Shape {
    /// The shape, with work of the user's own that no command may touch: a file that is staged and
    /// then changed, and one that is not known to Git.
    pub(super) fn of(&self, plain: Repo) -> Repo {
        let repo = (self.make)(plain);
        repo.write("staged.txt", "staged\n");
        repo.write("unknown.txt", "unknown\n");
        let mut add = repo.command("git");
        add.args(["add", "staged.txt"]).envs((self.variables)(&repo));
        // Not everywhere can something be staged.
        let _refused = add.output().unwrap();
        repo.write("staged.txt", "staged, then changed\n");
        repo
    }
}

/// Stands for the folder of another tool, whose backlog can be imported.
pub(super) const FOREIGN: &str = "FOREIGN";

pub(super) const ITEM: &str = ".backlog/items/BL-7k3qd-guest-checkout.md";

pub(super) fn item(value: u8) -> String {
    format!(
        "---\nid: BL-7k3qd\ntitle: Guest checkout\ntype: story\nstatus: ready\nrank: mbcd\n\
         value: {value}\n---\n\nAs a shopper, I want to pay without an account.\n\n\
         ## Acceptance criteria\n\n- [ ] A guest pays in one step.\n"
    )
}

/// The files of a backlog, one that is not of it, and the backlog of another tool beside them.
pub(super) fn write(repo: &Repo) {
    repo.write(".backlog/config.yml", "");
    repo.write(ITEM, item(3));
    repo.write(
        ".backlog/items/BL-9qqrt-pay-by-fax.md",
        "---\nid: BL-9qqrt\ntitle: Pay by fax\ntype: task\nstatus: ready\nrank: mdcd\n---\n\nFax.\n",
    );
    repo.write("src/main.rs", "fn main() {}\n");
    let foreign = repo.beside("foreign/tasks");
    fs::create_dir_all(&foreign).unwrap();
    let task =
        "---\nid: TASK-1\ntitle: One\nstatus: To Do\ncreated_date: '2026-01-05'\n---\n\nWords.\n";
    fs::write(foreign.join("task-1 - One.md"), task).unwrap();
}

/// Two commits of these files.
pub(super) fn fill(repo: &Repo) {
    write(repo);
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "start"]);
    repo.write(ITEM, item(5));
    repo.git(&["commit", "--quiet", "--all", "--message", "value"]);
}

/// A repository like most others, with something stashed; all shapes begin as a copy of one.
pub(super) fn plain() -> Repo {
    let repo = empty(&[]);
    fill(&repo);
    repo.write("src/main.rs", "fn main() { stashed() }\n");
    repo.git(&["stash", "push", "--quiet"]);
    repo
}

/// An empty repository made with more arguments to `git init`.
pub(super) fn empty(arguments: &[&str]) -> Repo {
    let repo = Repo::without_repository();
    repo.git(&[&["init", "--quiet", "--template=", "--initial-branch=main"], arguments].concat());
    repo.isolate();
    repo
}

/// A filled one made with more arguments to `git init`.
pub(super) fn with(arguments: &[&str]) -> Repo {
    let repo = empty(arguments);
    fill(&repo);
    repo
}

/// The repository with a setting, and an index written under it.
pub(super) fn set(repo: Repo, key: &str, value: &str) -> Repo {
    repo.git(&["config", key, value]);
    repo.git(&["read-tree", "HEAD"]);
    repo.try_git(&["update-index", "--force-write-index", "--refresh"]);
    repo
}

/// What Git did there is done, and something more.
pub(super) fn after(repo: Repo, steps: &[&[&str]]) -> Repo {
    steps.iter().for_each(|step| drop(repo.git(step)));
    repo
}

/// A text in a file of the repository.
pub(super) fn and(repo: Repo, path: &str, text: &str) -> Repo {
    repo.write(path, text);
    repo
}

/// A hook in the repository.
pub(super) fn hook(repo: Repo, name: &str, script: &str) -> Repo {
    use std::os::unix::fs::PermissionsExt;
    let path = format!(".git/hooks/{name}");
    repo.write(&path, format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(repo.path(&path), fs::Permissions::from_mode(0o755)).unwrap();
    repo
}

/// Says who commits, where a clone or a submodule does not know yet.
pub(super) fn by_mira(repo: Repo) -> Repo {
    after(repo, &[&["config", "user.name", "Mira"], &["config", "user.email", "mira@example.org"]])
}

/// The repository seen from a clone of it, by way of a bare one that can be pushed to.
pub(super) fn cloned(repo: Repo, arguments: &[&str]) -> Repo {
    repo.git(&["clone", "--quiet", "--bare", ".", "../origin"]);
    let origin = repo.beside("origin").canonicalize().unwrap();
    let config = origin.join("config");
    let allow = "[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n";
    fs::write(&config, fs::read_to_string(&config).unwrap() + allow).unwrap();
    let url = format!("file://{}", origin.display());
    let url = if arguments.contains(&"--shared") { "../origin" } else { &url };
    repo.git(&[&["clone", "--quiet"], arguments, &[url, "../clone"]].concat());
    by_mira(repo.at("clone"))
}

/// Two branches that both change a file outside of the backlog, and a command that stops at that.
pub(super) fn stopped(repo: Repo, command: &[&str]) -> Repo {
    repo.git(&["switch", "--quiet", "--create", "topic"]);
    repo.write("src/main.rs", "fn main() { one() }\n");
    repo.git(&["commit", "--quiet", "--all", "--message", "one"]);
    repo.git(&["format-patch", "--quiet", "-1", "-o", "../patches"]);
    repo.git(&["switch", "--quiet", "main"]);
    repo.write("src/main.rs", "fn main() { two() }\n");
    repo.git(&["commit", "--quiet", "--all", "--message", "two"]);
    assert!(!repo.try_git(command).status.success());
    repo
}

/// Another repository that holds this one as the submodule `sub`, and a backlog of its own.
pub(super) fn in_superproject(repo: Repo, is_absorbed: bool) -> Repo {
    let url = repo.path("").canonicalize().unwrap();
    let url = url.to_str().unwrap().to_owned();
    fs::create_dir(repo.beside("super")).unwrap();
    let repo = repo.at("super");
    repo.git(&["init", "--quiet", "--template=", "--initial-branch=main"]);
    let repo = by_mira(repo);
    let add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add"];
    match is_absorbed {
        true => repo.git(&[&add[..], &[&url, "sub"]].concat()),
        false => {
            repo.git(&["clone", "--quiet", &url, "sub"]);
            repo.git(&[&add[..], &["./sub"]].concat())
        }
    };
    fill(&repo);
    repo
}
