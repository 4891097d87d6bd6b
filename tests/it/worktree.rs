//! Writing to the worktree: all or nothing, never through a link, and safe against being killed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use git_backlog::store::{Error, Source, Worktree};

use crate::support::{Repo, edits, link, pipe};

const FIRST: &str = "items/BL-22222-first.md";
const SECOND: &str = "items/BL-33333-second.md";

fn both(text: &'static str) -> [(&'static str, Option<&'static str>, Option<&'static str>); 2] {
    [(FIRST, Some("first\n"), Some(text)), (SECOND, Some("second\n"), Some(text))]
}

/// The names in the folder of items, in which nothing may be left behind.
fn items(repo: &Repo) -> Vec<String> {
    let name =
        |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<String> =
        fs::read_dir(repo.path(".backlog/items")).unwrap().map(name).collect();
    names.sort();
    names
}

#[test]
fn writes_new_changed_and_removed_files_byte_for_byte() {
    let repo = Repo::with_backlog();
    let text = "\u{feff}a\r\nb\n\nc";
    repo.apply(&[
        (FIRST, Some("first\n"), Some(text)),
        (SECOND, Some("second\n"), None),
        ("decisions/2026/DEC-1.md", None, Some("new\n")),
    ])
    .unwrap();
    assert_eq!(repo.read(&format!(".backlog/{FIRST}")), text);
    assert_eq!(repo.read(".backlog/decisions/2026/DEC-1.md"), "new\n");
    assert_eq!(items(&repo), ["BL-22222-first.md"]);
}

#[test]
fn keeps_the_permissions_of_a_file() {
    let repo = Repo::with_backlog();
    let path = repo.path(&format!(".backlog/{FIRST}"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    repo.apply(&both("new\n")).unwrap();
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    let other =
        repo.path(&format!(".backlog/{SECOND}")).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(other & 0o600, 0o600);
}

#[test]
fn a_file_that_changed_meanwhile_keeps_all_others_from_being_written() {
    let repo = Repo::with_backlog();
    repo.write(&format!(".backlog/{SECOND}"), "edited meanwhile\n");
    let error = repo.apply(&both("new\n")).unwrap_err();
    let expected = format!(".backlog/{SECOND} changed meanwhile; nothing was written");
    assert_eq!((error.exit_code(), error.to_string()), (4, expected));
    assert_eq!(repo.read(&format!(".backlog/{FIRST}")), "first\n");
    let exists = repo.apply(&[(FIRST, None, Some("new\n"))]).unwrap_err();
    assert!(matches!(exists, Error::Changed { .. }));
    let gone = repo.apply(&[("items/gone.md", Some("gone\n"), None)]).unwrap_err();
    assert!(matches!(gone, Error::Changed { .. }));
}

#[test]
fn refuses_what_would_lead_out_of_the_folder() {
    let repo = Repo::with_backlog();
    repo.write("elsewhere/x.md", "x\n");
    link("../../elsewhere/x.md", repo.path(".backlog/items/link.md"));
    link("../elsewhere", repo.path(".backlog/goals"));
    pipe(&repo.path(".backlog/items/pipe.md"));
    fs::create_dir(repo.path(".backlog/items/folder.md")).unwrap();
    for path in [
        "../x.md",
        "/x.md",
        "items/link.md",
        "goals/x.md",
        "goals/new.md",
        "items/pipe.md",
        "items/folder.md",
        ".git/config",
        "config.yml/x.md",
    ] {
        let error = repo
            .apply(&[(FIRST, Some("first\n"), Some("new\n")), (path, None, Some("evil\n"))])
            .unwrap_err();
        assert_eq!(error.exit_code(), 7, "{path}: {error}");
    }
    assert_eq!(repo.read("elsewhere/x.md"), "x\n");
    assert_eq!(repo.read(&format!(".backlog/{FIRST}")), "first\n");
    assert!(!repo.path("elsewhere/new.md").exists());
}

#[test]
fn refuses_a_backlog_behind_a_link_or_outside_of_the_repository() {
    let repo = Repo::new();
    fs::create_dir(repo.beside("outside")).unwrap();
    link(repo.beside("outside"), repo.path(".backlog"));
    let open = |root: std::path::PathBuf| Worktree::open(&root, Some(&repo.open())).unwrap_err();
    let linked = open(repo.path(".backlog"));
    let expected = ".backlog is a symbolic link, so Git does not see the backlog behind it";
    assert_eq!((linked.exit_code(), linked.to_string().as_str()), (7, expected));
    assert_eq!(open(repo.beside("outside")).exit_code(), 7);
    assert_eq!(open(repo.path("")).exit_code(), 7);
}

#[test]
fn a_folder_named_through_its_parent_is_the_same_folder() {
    let repo = Repo::with_backlog();
    let worktree = Worktree::open(&repo.path("src/../.backlog"), Some(&repo.open())).unwrap();
    worktree.apply(&edits(&both("new\n"))).unwrap();
    assert!(repo.worktree().last_change().unwrap().is_some());
}

#[test]
fn nothing_is_written_outside_of_a_repository() {
    let repo = Repo::without_repository();
    repo.write(".backlog/items/a.md", "a\n");
    let worktree = Worktree::open(&repo.path(".backlog"), None).unwrap();
    assert_eq!(worktree.files().unwrap().len(), 1);
    let error = worktree.apply(&edits(&[("items/a.md", Some("a\n"), None)])).unwrap_err();
    assert_eq!(error.exit_code(), 3);
    assert!(Worktree::create(&repo.path("new"), None).is_err());
    assert!(!repo.path("new").exists());
}

#[test]
fn makes_the_folder_of_a_new_backlog() {
    let repo = Repo::new();
    let worktree = Worktree::create(&repo.path(".backlog"), Some(&repo.open())).unwrap();
    worktree.apply(&edits(&[("config.yml", None, Some(""))])).unwrap();
    assert_eq!(repo.worktree().files().unwrap()[0].path, "config.yml");
}

#[test]
fn remembers_the_last_fifty_changes() {
    let repo = Repo::with_backlog();
    let mut before = "first\n".to_owned();
    for number in 0..60 {
        let after = format!("{number}\n");
        repo.apply(&[(FIRST, Some(&before), Some(&after))]).unwrap();
        before = after;
    }
    let worktree = repo.worktree();
    assert_eq!(
        worktree.last_change().unwrap(),
        Some(edits(&[(FIRST, Some("58\n"), Some("59\n"))]))
    );
    worktree.forget_last_changes(2).unwrap();
    assert_eq!(
        worktree.last_change().unwrap(),
        Some(edits(&[(FIRST, Some("56\n"), Some("57\n"))]))
    );
    worktree.forget_last_changes(47).unwrap();
    assert_eq!(worktree.last_change().unwrap(), Some(edits(&[(FIRST, Some("9\n"), Some("10\n"))])));
    worktree.forget_last_changes(9).unwrap();
    assert_eq!(worktree.last_change().unwrap(), None);
}

/// A repository in which a change of both items died after the first: its journal stands, one
/// file is written, and the next one lies half-written beside its place.
fn interrupted() -> Repo {
    let repo = Repo::with_backlog();
    repo.apply(&both("new\n")).unwrap();
    fs::rename(repo.path(".git/backlog/undo/0000000001"), repo.path(".git/backlog/journal"))
        .unwrap();
    repo.write(&format!(".backlog/{SECOND}"), "second\n");
    repo.write(".backlog/items/.1-x.backlog-tmp", "ne");
    repo
}

#[test]
fn the_next_run_finishes_an_interrupted_change() {
    let repo = interrupted();
    let recovered = repo.apply(&[("items/BL-44444.md", None, Some("more\n"))]).unwrap();
    assert_eq!(recovered, Some(format!("{FIRST}, {SECOND}")));
    assert_eq!(repo.read(&format!(".backlog/{SECOND}")), "new\n");
    assert_eq!(items(&repo), ["BL-22222-first.md", "BL-33333-second.md", "BL-44444.md"]);
    repo.worktree().forget_last_changes(1).unwrap();
    assert_eq!(repo.worktree().last_change().unwrap(), Some(edits(&both("new\n"))));
}

#[test]
fn a_change_made_from_the_half_written_state_is_told_what_happened() {
    let repo = interrupted();
    let error = repo.apply(&[(SECOND, Some("second\n"), Some("mine\n"))]).unwrap_err();
    assert_eq!(error.exit_code(), 4);
    assert_eq!(
        error.hint(),
        Some(format!(
            "an interrupted change was finished first ({FIRST}, {SECOND}): run the command again"
        ))
    );
    assert_eq!(repo.apply(&[(SECOND, Some("new\n"), Some("mine\n"))]).unwrap(), None);
}

#[test]
fn an_edit_since_the_interruption_is_kept() {
    let repo = interrupted();
    repo.write(&format!(".backlog/{SECOND}"), "edited by hand\n");
    let recovered = repo.worktree().recover().unwrap();
    assert_eq!(recovered, Some(format!("{FIRST}, {SECOND}; kept as edited since: {SECOND}")));
    assert_eq!(repo.read(&format!(".backlog/{SECOND}")), "edited by hand\n");
    assert_eq!(repo.worktree().recover().unwrap(), None);
}

#[test]
fn a_journal_that_is_not_whole_was_never_acted_upon() {
    let repo = interrupted();
    let journal = repo.read(".git/backlog/journal");
    repo.write(".git/backlog/journal", &journal[..journal.len() / 2]);
    assert_eq!(repo.worktree().recover().unwrap(), None);
    assert_eq!(repo.read(&format!(".backlog/{SECOND}")), "second\n");
    assert!(!repo.path(".git/backlog/journal").exists());
}

#[test]
fn waits_for_another_run_but_not_for_ever() {
    let repo = Repo::with_backlog();
    repo.git(&["config", "backlog.lockTimeout", "50"]);
    fs::create_dir_all(repo.path(".git/backlog")).unwrap();
    let lock = fs::File::create(repo.path(".git/backlog/lock")).unwrap();
    lock.lock().unwrap();
    let error = repo.apply(&both("new\n")).unwrap_err();
    assert_eq!(error.exit_code(), 8);
    assert!(
        error
            .to_string()
            .starts_with("another git-backlog holds .git/backlog/lock, and did not end within 0 s"),
        "{error}"
    );
    drop(lock);
    repo.apply(&both("new\n")).unwrap();
}

#[test]
fn a_linked_worktree_has_its_own_journal_and_undo_log() {
    let repo = Repo::with_backlog();
    repo.git(&["worktree", "add", "--quiet", "../linked"]);
    repo.apply(&both("new\n")).unwrap();
    let linked = repo.at("linked");
    assert_eq!(linked.worktree().last_change().unwrap(), None);
    linked.apply(&both("other\n")).unwrap();
    assert_eq!(linked.worktree().last_change().unwrap(), Some(edits(&both("other\n"))));
}

/// The part of a test that runs in a process of its own. The test starts this binary again with
/// this name, its folder as the working directory, and what to do in a variable.
#[test]
fn in_a_process_of_its_own() {
    let Ok(job) = std::env::var("STORE_TEST_JOB") else { return };
    let repository =
        git_backlog::store::Repository::discover(&std::env::current_dir().unwrap()).unwrap();
    let worktree =
        Worktree::open(&repository.workdir().unwrap().join(".backlog"), Some(&repository)).unwrap();
    match job.as_str() {
        "write one large file" => {
            let text = "x".repeat(100_000);
            let error =
                worktree.apply(&edits(&[("items/large.md", None, Some(&text))])).unwrap_err();
            fs::write("../error", format!("{} {error}", error.exit_code())).unwrap();
        }
        "write for ever" => loop {
            flip(&worktree);
        },
        _ => panic!("no such job: {job}"),
    }
}

/// Starts a job in a process of its own, through a shell that sets it up.
fn start(repo: &Repo, job: &str, setup: &str) -> Command {
    let this = std::env::current_exe().unwrap();
    let mut command = repo.command("sh");
    command.args(["-c", &format!("{setup} exec \"$0\" --exact worktree::in_a_process_of_its_own")]);
    command.arg(this).env("STORE_TEST_JOB", job).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn a_disk_without_room_changes_nothing() {
    let repo = Repo::with_backlog();
    // A limit on the size of files fails as a full disk does, and needs no disk of its own.
    assert!(
        start(&repo, "write one large file", "trap '' XFSZ; ulimit -f 16;")
            .status()
            .unwrap()
            .success()
    );
    let error = fs::read_to_string(repo.beside("error")).unwrap();
    assert!(
        error.starts_with("5 cannot write ")
            && error.ends_with(": file too large; nothing was changed"),
        "{error}"
    );
    assert_eq!(items(&repo), ["BL-22222-first.md", "BL-33333-second.md"]);
    assert_eq!(repo.worktree().recover().unwrap(), None);
}

/// Ten items that are all of one version.
const FLIPPED: usize = 10;

fn flip(worktree: &Worktree) {
    let files = worktree.files().unwrap();
    let mut change = git_backlog::domain::source::Edits::default();
    for file in files.into_iter().filter(|file| file.path.starts_with("goals/")) {
        let before = file.text.unwrap();
        let version: u64 = before.trim().parse().unwrap();
        change.push(git_backlog::domain::source::FileEdit {
            path: file.path,
            before: Some(before),
            after: Some(format!("{}\n", version + 1)),
        });
    }
    worktree.apply(&change).unwrap();
}

#[test]
fn a_process_that_is_killed_at_any_moment_leaves_all_files_of_one_version() {
    let repo = Repo::with_backlog();
    for number in 0..FLIPPED {
        repo.write(&format!(".backlog/goals/{number}.md"), "0\n");
    }
    let mut n_recovered = 0;
    for round in 0..12 {
        let mut child = start(&repo, "write for ever", "").spawn().unwrap();
        std::thread::sleep(Duration::from_millis(40 + 7 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        n_recovered += usize::from(repo.worktree().recover().unwrap().is_some());
        let files = repo.worktree().files().unwrap();
        let mut versions: Vec<String> = files
            .into_iter()
            .filter(|file| file.path.starts_with("goals/"))
            .map(|file| file.text.unwrap())
            .collect();
        assert_eq!(versions.len(), FLIPPED);
        versions.dedup();
        assert_eq!(versions.len(), 1, "round {round}: {versions:?}");
    }
    assert!(n_recovered > 0, "no kill met a change half-way: the test shows nothing");
    flip(&repo.worktree());
}
