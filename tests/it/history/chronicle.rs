//! A history that is remembered is told as if it were not.

use std::fs;
use std::path::PathBuf;

use git_backlog::store::{Error, Moment, Recorded, Recorder, Repository, Shape};

use crate::support::Repo;

/// Tells of a commit in a way that shows everything that an answer may depend on, and counts.
struct Teller {
    repository: Repository,
    n_asked: usize,
    key: String,
}

impl Recorder for Teller {
    fn record(&mut self, moment: &Moment) -> Result<Recorded, Error> {
        self.n_asked += 1;
        let mut told = Vec::new();
        for parent in &moment.parents {
            let edits = self.repository.edits(*parent, moment.tree)?;
            told.push(edits.iter().map(|it| format!("{it:?}")).collect::<Vec<_>>().join(","));
        }
        let message = moment.commit.message.trim_end();
        let text = |told: &str| Some(format!("{} {message}: {told}", moment.commit.id));
        if message == "silent" {
            return Ok(Recorded::default());
        }
        let first_parent = text(told.first().map_or("", String::as_str));
        let own = if told.len() > 1 { text(&told.join("|")) } else { first_parent.clone() };
        Ok(Recorded { first_parent, own })
    }

    fn key(&self) -> String {
        self.key.clone()
    }
}

/// What is told up to a revision, and about how many commits somebody had to be asked.
fn tell(repo: &Repo, rev: &str, shape: Shape) -> (Vec<String>, usize) {
    told_with(&repo.open(), rev, shape, "")
}

fn told_with(open: &Repository, rev: &str, shape: Shape, key: &str) -> (Vec<String>, usize) {
    let mut teller = Teller { repository: open.clone(), n_asked: 0, key: key.to_owned() };
    let mut chronicle = open.chronicle(rev, ".backlog", shape, &mut teller).unwrap();
    let mut told = Vec::new();
    while let Some(text) = chronicle.next().unwrap() {
        told.push(text.to_owned());
    }
    assert_eq!(chronicle.next().unwrap(), None);
    (told, teller.n_asked)
}

/// The same without anything that is remembered.
fn afresh(repo: &Repo, rev: &str, shape: Shape) -> Vec<String> {
    let open = repo.open();
    let mut teller = Teller { repository: open.clone(), n_asked: 0, key: String::new() };
    let history = open.history(rev, ".backlog", shape).unwrap();
    let told = history.map(|moment| teller.record(&moment.unwrap()).unwrap());
    let text = |told: Recorded| match shape {
        Shape::Full => told.own,
        Shape::FirstParent => told.first_parent,
    };
    told.filter_map(text).collect()
}

/// Asserts what is told, and about how many commits somebody has to be asked.
#[track_caller]
fn check(repo: &Repo, rev: &str, shape: Shape, n_asked: usize) {
    let (told, found) = tell(repo, rev, shape);
    assert_eq!(told, afresh(repo, rev, shape));
    assert_eq!(found, n_asked);
}

fn memory(repo: &Repo) -> PathBuf {
    let files = fs::read_dir(repo.path(".git/backlog")).unwrap().map(|entry| entry.unwrap().path());
    let is_memory = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.starts_with("history-")
    };
    files.into_iter().find(is_memory).unwrap()
}

fn commit(repo: &Repo, message: &str) {
    repo.write(".backlog/items/BL-22222-first.md", format!("{message}\n"));
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
}

/// Three commits, the second of which has nothing to tell.
fn three() -> Repo {
    let repo = Repo::with_backlog();
    commit(&repo, "silent");
    commit(&repo, "third");
    repo
}

#[test]
fn what_was_told_is_remembered() {
    let repo = three();
    check(&repo, "HEAD", Shape::Full, 3);
    check(&repo, "HEAD", Shape::Full, 0);
    check(&repo, "HEAD", Shape::FirstParent, 0);
    check(&repo, "HEAD~1", Shape::Full, 0);
    commit(&repo, "fourth");
    check(&repo, "HEAD", Shape::Full, 1);
    check(&repo, "HEAD", Shape::Full, 0);
    repo.git(&["gc", "--quiet", "--prune=now"]);
    check(&repo, "HEAD", Shape::Full, 0);
    let size = fs::metadata(memory(&repo)).unwrap().len();
    check(&repo, "HEAD", Shape::Full, 0);
    assert_eq!(fs::metadata(memory(&repo)).unwrap().len(), size);
}

#[test]
fn branches_share_what_they_have_in_common() {
    let repo = three();
    check(&repo, "HEAD", Shape::Full, 3);
    repo.git(&["switch", "--quiet", "--create", "other", "HEAD~1"]);
    commit(&repo, "other");
    check(&repo, "HEAD", Shape::Full, 1);
    check(&repo, "main", Shape::Full, 0);
    repo.git(&["switch", "--quiet", "main"]);
    repo.git(&["commit", "--quiet", "--amend", "--message", "amended"]);
    check(&repo, "HEAD", Shape::Full, 1);
    check(&repo, "other", Shape::Full, 0);
    repo.git(&["switch", "--quiet", "--orphan", "stranger"]);
    commit(&repo, "stranger");
    check(&repo, "HEAD", Shape::Full, 1);
    check(&repo, "main", Shape::Full, 0);
    for number in 0..20 {
        commit(&repo, &number.to_string());
    }
    check(&repo, "HEAD", Shape::Full, 20);
    check(&repo, "main", Shape::Full, 0);
}

/// Merges a branch with two commits into the current one.
fn merge(repo: &Repo, name: &str) {
    repo.git(&["switch", "--quiet", "--create", name, "HEAD~1"]);
    for nth in 0..2 {
        repo.write(&format!(".backlog/items/{name}.md"), nth.to_string());
        repo.git(&["add", "--all"]);
        repo.git(&["commit", "--quiet", "--message", &format!("{name} {nth}")]);
    }
    repo.git(&["switch", "--quiet", "main"]);
    repo.git(&["merge", "--quiet", "--no-ff", "--message", &format!("merge {name}"), name]);
}

#[test]
fn a_merge_is_remembered_with_what_it_brought_in() {
    let repo = three();
    merge(&repo, "one");
    check(&repo, "HEAD", Shape::Full, 6);
    check(&repo, "HEAD", Shape::Full, 0);
    check(&repo, "HEAD", Shape::FirstParent, 0);
    merge(&repo, "two");
    commit(&repo, "last");
    // The second branch began before the first merge; nothing is told twice.
    check(&repo, "HEAD", Shape::Full, 4);
    check(&repo, "HEAD", Shape::Full, 0);
    check(&repo, "HEAD~1", Shape::FirstParent, 0);
    check(&repo, "two", Shape::Full, 2);
}

#[test]
fn the_mainline_alone_is_remembered_until_all_is_asked_for() {
    let repo = three();
    merge(&repo, "one");
    commit(&repo, "after");
    check(&repo, "HEAD", Shape::FirstParent, 5);
    check(&repo, "HEAD", Shape::FirstParent, 0);
    // What stands below the merge is complete.
    check(&repo, "HEAD", Shape::Full, 4);
    check(&repo, "HEAD", Shape::Full, 0);
    check(&repo, "HEAD", Shape::FirstParent, 0);
    merge(&repo, "two");
    check(&repo, "HEAD", Shape::FirstParent, 1);
    commit(&repo, "last");
    check(&repo, "HEAD", Shape::FirstParent, 1);
    check(&repo, "HEAD", Shape::Full, 4);
    check(&repo, "HEAD", Shape::Full, 0);
}

#[test]
fn whoever_stops_early_has_nothing_remembered_and_nothing_spoiled() {
    let repo = three();
    let open = repo.open();
    let mut teller = Teller { repository: open.clone(), n_asked: 0, key: String::new() };
    let mut chronicle = open.chronicle("HEAD", ".backlog", Shape::Full, &mut teller).unwrap();
    chronicle.next().unwrap().unwrap();
    drop(chronicle);
    assert_eq!(teller.n_asked, 1);
    check(&repo, "HEAD", Shape::Full, 3);
}

#[test]
fn a_truncated_file_is_told_from_as_far_as_it_is_sound() {
    let repo = three();
    check(&repo, "HEAD~1", Shape::Full, 2);
    let path = memory(&repo);
    let n_before = fs::metadata(&path).unwrap().len() as usize;
    check(&repo, "HEAD", Shape::Full, 1);
    let whole = fs::read(&path).unwrap();
    let expected = afresh(&repo, "HEAD", Shape::Full);
    for n_bytes in n_before..whole.len() {
        fs::write(&path, &whole[..n_bytes]).unwrap();
        assert_eq!(tell(&repo, "HEAD", Shape::Full), (expected.clone(), 1));
        assert_eq!(fs::read(&path).unwrap(), whole, "{n_bytes} bytes");
    }
    for n_bytes in (0..n_before).step_by(5) {
        fs::write(&path, &whole[..n_bytes]).unwrap();
        assert_eq!(tell(&repo, "HEAD", Shape::Full).0, expected);
        assert_eq!(tell(&repo, "HEAD", Shape::Full), (expected.clone(), 0));
    }
    let garbage = [whole.as_slice(), &[0; 5000]].concat();
    fs::write(&path, garbage).unwrap();
    check(&repo, "HEAD", Shape::Full, 0);
    commit(&repo, "fourth");
    check(&repo, "HEAD", Shape::Full, 1);
    assert!(fs::read(&path).unwrap().starts_with(&whole));
    check(&repo, "HEAD", Shape::Full, 0);
}

#[test]
fn a_flipped_bit_anywhere_changes_nothing_that_is_told() {
    let repo = three();
    merge(&repo, "one");
    let expected = afresh(&repo, "HEAD", Shape::Full);
    let mainline = afresh(&repo, "HEAD", Shape::FirstParent);
    check(&repo, "HEAD", Shape::Full, 6);
    let path = memory(&repo);
    let whole = fs::read(&path).unwrap();
    let open = repo.open();
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(&path, &flipped).unwrap();
        let told = told_with(&open, "HEAD", Shape::Full, "");
        assert_eq!(told.0, expected, "byte {at}");
        if at % 7 == 0 {
            // What was damaged is whole again after one more time.
            told_with(&open, "HEAD", Shape::Full, "");
            let told = told_with(&open, "HEAD", Shape::Full, "");
            assert_eq!(told, (expected.clone(), 0), "byte {at}");
            fs::write(&path, &flipped).unwrap();
            assert_eq!(told_with(&open, "HEAD", Shape::FirstParent, "").0, mainline);
        }
    }
}

#[test]
fn what_depends_on_something_else_is_told_anew() {
    let repo = three();
    let open = repo.open();
    let asked = |key: &str| told_with(&open, "HEAD", Shape::Full, key).1;
    assert_eq!((asked("1"), asked("1"), asked("2"), asked("2"), asked("1")), (3, 0, 3, 0, 3));
}

#[test]
fn two_folders_are_remembered_apart() {
    let repo = three();
    repo.write("app/.backlog/items/BL-44444.md", "app\n");
    commit(&repo, "app");
    let open = repo.open();
    let n_asked = |folder: &str| {
        let mut teller = Teller { repository: open.clone(), n_asked: 0, key: String::new() };
        let mut chronicle = open.chronicle("HEAD", folder, Shape::Full, &mut teller).unwrap();
        while chronicle.next().unwrap().is_some() {}
        drop(chronicle);
        teller.n_asked
    };
    assert_eq!((n_asked(".backlog"), n_asked("app/.backlog")), (4, 4));
    assert_eq!((n_asked(".backlog"), n_asked("app/.backlog")), (0, 0));
}

#[test]
fn a_file_that_shrinks_or_goes_while_it_is_read_does_no_harm() {
    let repo = Repo::with_backlog();
    for number in 0..30 {
        let message = format!("{number} {}", "long ".repeat(8_000));
        commit(&repo, &message);
    }
    let expected = afresh(&repo, "HEAD", Shape::Full);
    check(&repo, "HEAD", Shape::Full, 31);
    let path = memory(&repo);
    let whole = fs::read(&path).unwrap();
    assert!(whole.len() > 2_000_000);
    for spoil in [
        |path: &PathBuf| fs::write(path, "short").unwrap(),
        |path: &PathBuf| fs::remove_file(path).unwrap(),
    ] {
        fs::write(&path, &whole).unwrap();
        let open = repo.open();
        let mut teller = Teller { repository: open.clone(), n_asked: 0, key: String::new() };
        let mut chronicle = open.chronicle("HEAD", ".backlog", Shape::Full, &mut teller).unwrap();
        let mut told = vec![chronicle.next().unwrap().unwrap().to_owned()];
        spoil(&path);
        while let Some(text) = chronicle.next().unwrap() {
            told.push(text.to_owned());
        }
        assert!(told == expected);
        assert!(tell(&repo, "HEAD", Shape::Full).0 == expected);
    }
}

#[test]
fn several_at_once_tell_the_same() {
    let repo = three();
    merge(&repo, "one");
    for number in 0..20 {
        commit(&repo, &number.to_string());
    }
    let revs = ["HEAD", "HEAD~1", "HEAD~10", "one", "HEAD~21"];
    let expected = revs.map(|rev| afresh(&repo, rev, Shape::Full));
    let path = repo.path("");
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (path, expected) = (&path, &expected);
            scope.spawn(move || {
                for round in 0..15 {
                    let at = (thread + round) % revs.len();
                    let open = Repository::discover(path).unwrap();
                    let told = told_with(&open, revs[at], Shape::Full, "").0;
                    assert_eq!(told, expected[at]);
                    if thread == 0 && round % 5 == 4 {
                        told_with(&open, revs[at], Shape::Full, "other");
                    }
                }
            });
        }
    });
    tell(&repo, "HEAD", Shape::Full);
    check(&repo, "HEAD", Shape::Full, 0);
}

#[test]
fn where_nothing_can_be_written_everything_is_told() {
    let repo = three();
    fs::write(repo.path(".git/backlog"), "in the way").unwrap();
    check(&repo, "HEAD", Shape::Full, 3);
    check(&repo, "HEAD", Shape::Full, 3);
    fs::remove_file(repo.path(".git/backlog")).unwrap();
    check(&repo, "HEAD", Shape::Full, 3);
    commit(&repo, "fourth");
    // Somebody else writes.
    let lock = fs::OpenOptions::new().write(true).open(repo.path(".git/backlog/history.lock"));
    let lock = lock.unwrap();
    lock.try_lock().unwrap();
    check(&repo, "HEAD", Shape::Full, 1);
    check(&repo, "HEAD", Shape::Full, 1);
    lock.unlock().unwrap();
    check(&repo, "HEAD", Shape::Full, 1);
    check(&repo, "HEAD", Shape::Full, 0);
}

#[test]
fn a_history_that_git_may_change_is_not_remembered() {
    let repo = three();
    check(&repo, "HEAD", Shape::Full, 3);
    let other = repo.git(&["commit-tree", "HEAD^{tree}", "-p", "HEAD~2", "-m", "in its place"]);
    repo.git(&["replace", "HEAD", &other]);
    let told = tell(&repo, "HEAD", Shape::Full);
    assert_eq!(told.1, 2);
    assert!(told.0[0].contains(" in its place: "), "{}", told.0[0]);
    repo.git(&["replace", "--delete", "HEAD"]);
    check(&repo, "HEAD", Shape::Full, 0);
    let source = format!("file://{}", repo.path("").display());
    repo.git(&["clone", "--quiet", "--depth=2", &source, "../shallow"]);
    let shallow = repo.at("shallow");
    check(&shallow, "HEAD", Shape::Full, 2);
    check(&shallow, "HEAD", Shape::Full, 2);
    assert!(!shallow.path(".git/backlog").exists());
    let open = shallow.open();
    let mut teller = Teller { repository: open.clone(), n_asked: 0, key: String::new() };
    let mut chronicle = open.chronicle("HEAD", ".backlog", Shape::Full, &mut teller).unwrap();
    while chronicle.next().unwrap().is_some() {}
    assert_eq!(chronicle.cut_at(), Some(shallow.git(&["rev-parse", "HEAD~1"]).as_str()));
}

#[test]
fn what_is_missing_now_may_be_there_later() {
    let repo = three();
    let id = repo.git(&["rev-parse", "HEAD:.backlog/items/BL-22222-first.md"]);
    let path = repo.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]));
    let aside = repo.beside("aside");
    fs::rename(&path, &aside).unwrap();
    check(&repo, "HEAD", Shape::Full, 3);
    fs::rename(&aside, &path).unwrap();
    check(&repo, "HEAD", Shape::Full, 3);
    check(&repo, "HEAD", Shape::Full, 0);
}

#[test]
fn ids_may_be_long() {
    let repo = Repo::with(&["--object-format", "sha256"]);
    commit(&repo, "first");
    commit(&repo, "second");
    check(&repo, "HEAD", Shape::Full, 2);
    commit(&repo, "third");
    check(&repo, "HEAD", Shape::Full, 1);
    check(&repo, "HEAD", Shape::Full, 0);
}
