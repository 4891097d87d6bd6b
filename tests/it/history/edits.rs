//! What differs between two states of a folder, as Git tells it.

use std::fs;

use git_backlog::domain::problem::ProblemKind;
use git_backlog::domain::source::FileChange;
use git_backlog::store::Source;

use crate::support::{Repo, link};

/// What changed, as path and texts before and after.
fn shown(changed: Vec<FileChange>) -> Vec<(String, String)> {
    let text = |text: &Option<Result<String, _>>| match text {
        None => "-".to_owned(),
        Some(Ok(text)) => text.trim_end().to_owned(),
        Some(Err(_)) => "!".to_owned(),
    };
    let shown = |it: FileChange| (it.path, format!("{} → {}", text(&it.before), text(&it.after)));
    changed.into_iter().map(shown).collect()
}

/// What changed between two revisions.
fn edits(repo: &Repo, from: &str, to: &str) -> Vec<(String, String)> {
    let open = repo.open();
    let tree = |rev| open.tree(rev, ".backlog").unwrap();
    shown(open.edits(tree(from), tree(to)).unwrap())
}

/// The same by Git.
fn by_git(repo: &Repo, from: &str, to: &str) -> Vec<(String, String)> {
    let raw = ["diff-tree", "-r", "--raw", "-z", "--abbrev=64", "--no-renames"];
    let raw = repo.git(&[&raw, [from, to, "--", ".backlog"].as_slice()].concat());
    let parts: Vec<&str> = raw.trim_end_matches('\0').split('\0').collect();
    let text = |mode: &str, id: &str| match mode {
        "000000" => "-".to_owned(),
        "100644" | "100755" => repo.git(&["cat-file", "blob", id]).trim_end().to_owned(),
        _ => "!".to_owned(),
    };
    let pair = |pair: &[&str]| {
        let fields: Vec<&str> = pair[0].trim_start_matches(':').split(' ').collect();
        let path = pair[1].strip_prefix(".backlog/").unwrap().to_owned();
        let texts = (text(fields[0], fields[2]), text(fields[1], fields[3]));
        (path, format!("{} → {}", texts.0, texts.1))
    };
    let mut found: Vec<_> = parts.chunks_exact(2).map(pair).collect();
    found.sort();
    found
}

fn commit_all(repo: &Repo) {
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--allow-empty", "--message", "more"]);
}

#[test]
fn edits_are_those_of_git() {
    for format in ["sha1", "sha256"] {
        let repo = Repo::with(&["--object-format", format]);
        repo.write("README.md", "nothing of a backlog\n");
        commit_all(&repo);
        repo.write(".backlog/items/a.md", "a\n");
        repo.write(".backlog/items/b", "b is a file\n");
        repo.write(".backlog/items/b.md", "b\n");
        repo.write(".backlog/items/b-c/d.md", "d\n");
        repo.write(".backlog/z.md", "z\n");
        commit_all(&repo);
        // A file becomes a folder, which stands elsewhere in the order of a tree.
        fs::remove_file(repo.path(".backlog/items/b")).unwrap();
        repo.write(".backlog/items/b/e.md", "b is a folder\n");
        repo.write(".backlog/items/a.md", "a2\n");
        commit_all(&repo);
        link("a.md", repo.path(".backlog/items/l.md"));
        repo.git(&["mv", ".backlog/items/b-c", ".backlog/aa"]);
        repo.git(&["update-index", "--chmod=+x", ".backlog/z.md"]);
        commit_all(&repo);
        fs::remove_file(repo.path(".backlog/items/l.md")).unwrap();
        repo.write(".backlog/items/l.md", "no link\n");
        fs::remove_dir_all(repo.path(".backlog/aa")).unwrap();
        commit_all(&repo);
        for from in 0..5 {
            for to in 0..5 {
                let (from, to) = (format!("HEAD~{from}"), format!("HEAD~{to}"));
                assert_eq!(edits(&repo, &from, &to), by_git(&repo, &from, &to), "{from} {to}");
            }
        }
        assert_eq!(edits(&repo, "HEAD~3", "HEAD~2").len(), 3);
    }
}

#[test]
fn edits_of_random_trees_are_those_of_git() {
    // Names that stand elsewhere as a folder than as a file.
    const NAMES: [&str; 9] = ["a", "a-", "a.b", "a0", "ab", "b", "a/x", "a-/x", "b/y/z"];
    let repo = Repo::new();
    let mut chance = 7_u64;
    let mut next = move |below: usize| {
        chance =
            chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) as usize % below
    };
    for _ in 0..20 {
        for _ in 0..1 + next(4) {
            let name = NAMES[next(NAMES.len())];
            let path = repo.path(&format!(".backlog/{name}"));
            for above in path.ancestors().filter(|above| above.is_file() && *above != path) {
                fs::remove_file(above).unwrap();
            }
            if path.is_dir() {
                fs::remove_dir_all(&path).unwrap();
            }
            match next(4) {
                0 if path.exists() => fs::remove_file(&path).unwrap(),
                text => repo.write(&format!(".backlog/{name}"), format!("{text}\n")),
            }
        }
        commit_all(&repo);
    }
    for nth in 0..19 {
        let (from, to) = (format!("HEAD~{}", nth + 1), format!("HEAD~{nth}"));
        assert_eq!(edits(&repo, &from, &to), by_git(&repo, &from, &to), "{from} {to}");
        assert_eq!(edits(&repo, "HEAD", &from), by_git(&repo, "HEAD", &from), "HEAD {from}");
    }
}

#[test]
fn a_tree_is_equal_as_long_as_the_folder_is() {
    let repo = Repo::with_backlog();
    repo.write("src/main.rs", "fn main() { run() }\n");
    commit_all(&repo);
    repo.write(".backlog/items/BL-22222-first.md", "edited\n");
    commit_all(&repo);
    let open = repo.open();
    let tree = |rev| open.tree(rev, ".backlog").unwrap();
    assert_eq!(tree("HEAD~1"), tree("HEAD~2"));
    assert_ne!(tree("HEAD"), tree("HEAD~1"));
    assert!(open.tree("HEAD", "elsewhere").unwrap().is_empty() && !tree("HEAD").is_empty());
    let file = open.at_tree(tree("HEAD~1"), ".backlog").file("items/BL-22222-first.md").unwrap();
    assert_eq!(file.unwrap().text.as_deref(), Ok("first\n"));
    let beside = open.at_tree(tree("HEAD~1"), ".backlog").file_beside("../src/main.rs").unwrap();
    assert_eq!(beside.unwrap().text.as_deref(), Ok("fn main() { run() }\n"));
}

#[test]
fn a_blob_that_is_missing_is_a_problem_of_its_file_alone() {
    let repo = Repo::with_backlog();
    let id = repo.git(&["rev-parse", "HEAD:.backlog/items/BL-22222-first.md"]);
    repo.write(".backlog/items/BL-22222-first.md", "edited\n");
    repo.write(".backlog/items/BL-33333-second.md", "edited too\n");
    commit_all(&repo);
    fs::remove_file(repo.path(&format!(".git/objects/{}/{}", &id[..2], &id[2..]))).unwrap();
    let expected = [
        ("items/BL-22222-first.md".to_owned(), "! → edited".to_owned()),
        ("items/BL-33333-second.md".to_owned(), "second → edited too".to_owned()),
    ];
    assert_eq!(edits(&repo, "HEAD~1", "HEAD"), expected);
}

fn check_unknown(repo: &Repo, rev: &str, code: u8, message: &str, hint: &str) {
    let error = repo.open().tree(rev, ".backlog").unwrap_err();
    assert_eq!((error.exit_code(), error.to_string().as_str()), (code, message), "{rev}");
    assert_eq!(error.hint().as_deref(), Some(hint), "{rev}");
}

#[test]
fn an_unknown_revision_has_a_hint() {
    let repo = Repo::with_backlog();
    repo.git(&["tag", "v1.2"]);
    repo.git(&["update-ref", "refs/remotes/origin/release", "HEAD"]);
    check_unknown(&repo, "mian~1", 2, "no revision 'mian~1'", "did you mean 'main~1'?");
    check_unknown(&repo, "v1.3", 2, "no revision 'v1.3'", "did you mean 'v1.2'?");
    check_unknown(
        &repo,
        "orgin/release",
        2,
        "no revision 'orgin/release'",
        "did you mean 'origin/release'?",
    );
    let all = "see the branches and tags with: git log --oneline --all";
    check_unknown(&repo, "HEAD~9", 2, "no revision 'HEAD~9'", all);
    check_unknown(&repo, "something", 2, "no revision 'something'", all);
    check_unknown(
        &Repo::new(),
        "HEAD",
        3,
        "there is no commit yet: main is unborn",
        "make a first commit",
    );
    commit_all(&repo);
    let source = format!("file://{}", repo.path("").display());
    repo.git(&["clone", "--quiet", "--depth=1", &source, "../shallow"]);
    let shallow = repo.at("shallow");
    let error = shallow.open().tree("HEAD~1", ".backlog").unwrap_err();
    assert_eq!(error.exit_code(), 3);
    assert!(error.to_string().starts_with("this clone is shallow"), "{error}");
}

fn staged(repo: &Repo) -> Vec<(String, String)> {
    shown(repo.open().staged(".backlog").unwrap())
}

#[test]
fn tells_what_is_staged() {
    let repo = Repo::with_backlog();
    assert_eq!(staged(&repo), []);
    repo.write(".backlog/items/BL-22222-first.md", "staged\n");
    fs::remove_file(repo.path(".backlog/items/BL-33333-second.md")).unwrap();
    repo.write(".backlog/items/BL-44444.md", "new\n");
    repo.git(&["add", "--all"]);
    repo.write(".backlog/items/BL-22222-first.md", "not staged\n");
    repo.write(".backlog/items/BL-55555.md", "only announced\n");
    repo.git(&["add", "--intent-to-add", ".backlog/items/BL-55555.md"]);
    let expected = [
        ("items/BL-22222-first.md", "first → staged"),
        ("items/BL-33333-second.md", "second → -"),
        ("items/BL-44444.md", "- → new"),
    ];
    let expected = expected.map(|(path, texts)| (path.to_owned(), texts.to_owned()));
    assert_eq!(staged(&repo), expected);
}

#[test]
fn before_the_first_commit_all_that_is_staged_is_new() {
    let repo = Repo::new();
    assert_eq!(staged(&repo), []);
    repo.write(".backlog/a.md", "a\n");
    repo.git(&["add", "--all"]);
    assert_eq!(staged(&repo), [("a.md".to_owned(), "- → a".to_owned())]);
}

#[test]
fn a_file_in_conflict_is_told_once() {
    let repo = Repo::with_backlog();
    repo.git(&["switch", "--quiet", "--create", "theirs"]);
    repo.write(".backlog/items/BL-22222-first.md", "theirs\n");
    commit_all(&repo);
    repo.git(&["switch", "--quiet", "main"]);
    repo.write(".backlog/items/BL-22222-first.md", "ours\n");
    commit_all(&repo);
    assert!(!repo.try_git(&["merge", "--quiet", "theirs"]).status.success());
    let staged = repo.open().staged(".backlog").unwrap();
    assert_eq!(staged.len(), 1);
    assert_eq!(staged[0].before, Some(Ok("ours\n".to_owned())));
    let problem = staged[0].after.as_ref().unwrap().as_ref().unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Conflict);
    assert_eq!(
        problem.hint.as_deref(),
        Some("resolve it, then: git add .backlog/items/BL-22222-first.md")
    );
}

#[test]
fn a_sparse_index_has_staged_nothing() {
    let repo = Repo::with_backlog();
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "src"]);
    assert_eq!(staged(&repo), []);
}

#[test]
fn merges_in_both_directions_leave_several_bases() {
    let repo = Repo::with_backlog();
    repo.git(&["branch", "other"]);
    commit_all(&repo);
    let one = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&["switch", "--quiet", "other"]);
    commit_all(&repo);
    let two = repo.git(&["rev-parse", "HEAD"]);
    let commit = |parents: [&str; 2]| {
        let [one, two] = parents;
        repo.git(&["commit-tree", "HEAD^{tree}", "-p", one, "-p", two, "-m", "merge"])
    };
    let (left, right) = (commit([&one, &two]), commit([&two, &one]));
    let bases = repo.open().merge_bases(&left, &right).unwrap();
    assert_eq!(bases, [two.clone(), one.clone()]);
    assert_eq!(repo.open().merge_bases(&right, &left).unwrap(), bases);
    assert_eq!(repo.open().merge_base(&left, &right).unwrap(), two);
    assert_eq!(repo.open().merge_bases(&left, &one).unwrap(), [one]);
    assert_eq!(repo.git(&["merge-base", "--all", &left, &right]).lines().count(), 2);
}
