//! One suite for all stores: memory, worktree and revision read a backlog alike.

use std::fs;

use git_backlog::domain::problem::ProblemKind;
use git_backlog::domain::source::SourceFile;
use git_backlog::store::{Memory, Source, Worktree};

use crate::support::{Repo, link, pipe};

/// The files of a backlog, and what reading them gives: path, then the text or the problem.
fn check(files: &[(&str, &[u8])], expected: &[(&str, &str)]) {
    let repo = Repo::new();
    for (path, bytes) in files {
        repo.write(&format!(".backlog/{path}"), bytes);
    }
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--allow-empty", "--message", "start"]);
    let memory = Memory::new(files.iter().map(|(path, bytes)| (*path, *bytes)));
    fs::create_dir_all(repo.path(".backlog")).unwrap();
    let folder = Worktree::open(&repo.path(".backlog"), None).unwrap();
    let revision = repo.open().revision("HEAD", ".backlog").unwrap();
    let stores: [(&str, &dyn Source); 4] = [
        ("memory", &memory),
        ("worktree", &repo.worktree()),
        ("folder", &folder),
        ("revision", &revision),
    ];
    for (name, store) in stores {
        assert_eq!(shown(&store.files().unwrap()), expected, "{name}");
        for (path, text) in expected {
            let file = store.file(path).unwrap().unwrap();
            assert_eq!(shown(&[file]), [(*path, *text)], "{name}");
        }
    }
}

/// Files as path and text, or path and problem.
fn shown(files: &[SourceFile]) -> Vec<(&str, &str)> {
    let text =
        |file: &SourceFile| file.text.as_deref().map_or_else(|problem| kind(problem.kind), |_| "");
    files
        .iter()
        .map(|file| (file.path.as_str(), file.text.as_deref().unwrap_or_else(|_| text(file))))
        .collect()
}

fn kind(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::NotRegular => "! not regular",
        ProblemKind::Encoding => "! encoding",
        ProblemKind::Limit => "! limit",
        ProblemKind::Unreadable => "! unreadable",
        _ => "! other",
    }
}

#[test]
fn reads_documents_and_settings_in_the_order_of_their_paths() {
    check(
        &[
            ("product.md", b"p"),
            ("items/b.md", b"b"),
            ("items/a.md", b"\xef\xbb\xbfa\r\n"),
            ("items/a-b.md", b"dash"),
            ("items/deep/c.md", b"c"),
            ("config.yml", b"{}"),
        ],
        &[
            ("config.yml", "{}"),
            ("items/a-b.md", "dash"),
            ("items/a.md", "\u{feff}a\r\n"),
            ("items/b.md", "b"),
            ("items/deep/c.md", "c"),
            ("product.md", "p"),
        ],
    );
}

#[test]
fn leaves_out_what_is_no_document() {
    check(
        &[
            ("items/a.md", b"a"),
            ("items/a.md~", b""),
            ("items/a.md.orig", b""),
            ("items/.DS_Store", b"\0"),
            ("items/._a.md", b"\0"),
            ("items/a (conflicted copy).md", b"a"),
            ("items/picture.png", b"\x89PNG"),
            (".obsidian/x.md", b"x"),
        ],
        &[("items/a.md", "a")],
    );
}

#[test]
fn shows_what_cannot_be_read_with_the_reason() {
    let large = vec![b'a'; 1024 * 1024 + 1];
    check(
        &[
            ("items/a.md", b"\xff\xfea"),
            ("items/b.md", b"b\0"),
            ("items/c.md", &large),
            ("items/d.md", &large[1..]),
            ("items/empty.md", b""),
        ],
        &[
            ("items/a.md", "! encoding"),
            ("items/b.md", "! encoding"),
            ("items/c.md", "! limit"),
            ("items/d.md", std::str::from_utf8(&large[1..]).unwrap()),
            ("items/empty.md", ""),
        ],
    );
}

#[test]
fn a_backlog_without_files_is_empty() {
    check(&[], &[]);
}

#[test]
fn follows_no_link_into_a_backlog_and_says_so() {
    let repo = Repo::with_backlog();
    repo.write("elsewhere/x.md", "secret\n");
    link("../../elsewhere/x.md", repo.path(".backlog/items/link.md"));
    link("../elsewhere", repo.path(".backlog/goals"));
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "links"]);
    let expected = [
        ("config.yml", ""),
        ("goals", "! not regular"),
        ("items/BL-22222-first.md", "first\n"),
        ("items/BL-33333-second.md", "second\n"),
        ("items/link.md", "! not regular"),
    ];
    let revision = repo.open().revision("HEAD", ".backlog").unwrap();
    for store in [&repo.worktree() as &dyn Source, &revision] {
        assert_eq!(shown(&store.files().unwrap()), expected);
        let behind = store.file("goals/x.md").unwrap().unwrap();
        assert_eq!(shown(&[behind]), [("goals/x.md", "! not regular")]);
        assert_eq!(store.file("../elsewhere/x.md").unwrap(), None);
    }
}

#[test]
fn waits_for_no_pipe_and_enters_no_folder_with_the_name_of_a_document() {
    let repo = Repo::with_backlog();
    pipe(&repo.path(".backlog/items/pipe.md"));
    repo.write(".backlog/items/folder.md/inside.md", "inside\n");
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "folder"]);
    let worktree = repo.worktree().files().unwrap();
    let expected = [("items/folder.md", "! not regular"), ("items/pipe.md", "! not regular")];
    assert_eq!(shown(&worktree)[3..], expected);
    let revision = repo.open().revision("HEAD", ".backlog").unwrap();
    assert_eq!(shown(&revision.files().unwrap())[3..], expected[..1]);
}

#[test]
fn a_submodule_in_place_of_a_document_is_shown() {
    let repo = Repo::with_backlog();
    let head = repo.git(&["rev-parse", "HEAD"]);
    repo.git(&[
        "update-index",
        "--add",
        "--cacheinfo",
        &format!("160000,{head},.backlog/items/x.md"),
    ]);
    repo.git(&["commit", "--quiet", "--message", "submodule"]);
    let revision = repo.open().revision("HEAD", ".backlog").unwrap();
    assert_eq!(shown(&revision.files().unwrap())[3..], [("items/x.md", "! not regular")]);
}

#[test]
fn finds_the_documents_of_an_id_by_their_names() {
    let repo = Repo::with_backlog();
    repo.write(".backlog/items/BL-2222.md", "shorter\n");
    repo.write(".backlog/goals/bl-22222.md", "twin\n");
    repo.write(".backlog/items/BL-22222.txt", "no document\n");
    let paths = |id| repo.worktree().paths_of(id).unwrap();
    assert_eq!(paths("BL-22222"), ["goals/bl-22222.md", "items/BL-22222-first.md"]);
    assert_eq!(paths("bl-2222"), ["items/BL-2222.md"]);
    assert_eq!(paths("BL-99999"), [""; 0]);
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let repo = Repo::new();
    let error = repo.worktree().files().unwrap_err();
    assert_eq!(error.to_string(), "cannot read .backlog: no such file or directory");
    assert_eq!(error.exit_code(), 5);
}

#[test]
fn a_name_that_is_not_utf_8_is_shown() {
    use std::os::unix::ffi::OsStrExt;
    let repo = Repo::with_backlog();
    let name = std::ffi::OsStr::from_bytes(b".backlog/items/z\xff.md");
    fs::write(repo.path("").join(name), "text\n").unwrap();
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "name"]);
    let revision = repo.open().revision("HEAD", ".backlog").unwrap();
    for store in [&repo.worktree() as &dyn Source, &revision] {
        assert_eq!(shown(&store.files().unwrap())[3..], [("items/z\u{fffd}.md", "! encoding")]);
    }
}
