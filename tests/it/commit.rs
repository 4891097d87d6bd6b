//! Commits of files, judged by real Git: the same commit as `git commit --only`, and nothing lost.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::{Repo, check_commit as check, link, request};

const FIRST: &str = "items/BL-22222-first.md";
const SECOND: &str = "items/BL-33333-second.md";

/// A repository with all kinds of other work under way.
fn busy() -> Repo {
    let repo = Repo::with_backlog();
    for path in ["src/a.rs", "src/b.rs", "src/c.rs", ".backlog/items/BL-44444-other.md"] {
        repo.write(path, "old\n");
    }
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "more"]);
    repo.write("src/a.rs", "staged\n");
    repo.write("src/new.rs", "new and staged\n");
    repo.write(".backlog/items/BL-44444-other.md", "staged, but not asked for\n");
    repo.git(&["add", "--all"]);
    repo.git(&["rm", "--quiet", "src/b.rs"]);
    repo.write("src/a.rs", "staged, then edited\n");
    repo.write("src/c.rs", "edited\n");
    repo.write("untracked.txt", "untracked\n");
    repo
}

#[test]
fn commits_the_given_files_and_leaves_all_other_work_as_it_is() {
    let repo = busy();
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    repo.write(".backlog/items/BL-55555-new.md", "new\n");
    fs::remove_file(repo.path(&format!(".backlog/{SECOND}"))).unwrap();
    check(&repo, &[FIRST, SECOND, "items/BL-55555-new.md"]);
}

#[test]
fn the_next_plain_commit_loses_nothing() {
    let repo = busy();
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    repo.write(".backlog/items/BL-55555-new.md", "new\n");
    repo.commit(&[FIRST, "items/BL-55555-new.md"]).unwrap();
    repo.git(&["commit", "--quiet", "--message", "staged"]);
    repo.git(&["commit", "--quiet", "--all", "--message", "rest"]);
    assert_eq!(repo.git(&["show", &format!("HEAD:.backlog/{FIRST}")]), "changed");
    assert_eq!(repo.git(&["show", "HEAD:.backlog/items/BL-55555-new.md"]), "new");
    assert_eq!(repo.git(&["show", "HEAD:src/c.rs"]), "edited");
    assert_eq!(repo.git(&["status", "--porcelain"]), "?? untracked.txt");
}

#[test]
fn the_index_keeps_no_trees_of_before() {
    let repo = Repo::with_backlog();
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    repo.commit(&[FIRST]).unwrap();
    assert_eq!(repo.git(&["write-tree"]), repo.git(&["rev-parse", "HEAD^{tree}"]));
}

#[test]
fn what_is_staged_of_a_committed_file_gives_way_to_what_the_file_holds() {
    let repo = Repo::with_backlog();
    repo.write(&format!(".backlog/{FIRST}"), "staged\n");
    repo.git(&["add", "--all"]);
    repo.write(&format!(".backlog/{FIRST}"), "edited since\n");
    check(&repo, &[FIRST]);
}

#[test]
fn a_file_that_was_staged_and_is_gone_leaves_the_index() {
    let repo = Repo::with_backlog();
    repo.write(".backlog/items/BL-55555.md", "staged\n");
    repo.git(&["add", "--all"]);
    fs::remove_file(repo.path(".backlog/items/BL-55555.md")).unwrap();
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    repo.commit(&[FIRST, "items/BL-55555.md"]).unwrap();
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn text_goes_through_the_filters_of_git() {
    let repo = Repo::with_backlog();
    for (key, value) in
        [("core.autocrlf", "true"), ("filter.up.clean", "tr a-z A-Z"), ("core.safecrlf", "false")]
    {
        repo.git(&["config", key, value]);
    }
    repo.write(".gitattributes", "*first.md filter=up\n*.ident.md ident\n*.utf16.md working-tree-encoding=UTF-16LE\n*.bin.md -text\n");
    let files: [(&str, &[u8]); 5] = [
        (FIRST, b"one\r\ntwo\r\n"),
        (SECOND, b"crlf\r\n"),
        ("items/x.ident.md", b"$Id: 1234 $\n"),
        ("items/x.utf16.md", b"h\0i\0\n\0"),
        ("items/x.bin.md", b"kept\r\n"),
    ];
    for (path, bytes) in files {
        repo.write(&format!(".backlog/{path}"), bytes);
    }
    let paths = files.map(|(path, _)| path);
    let expected = paths.map(|path| {
        let path = format!(".backlog/{path}");
        repo.git(&["hash-object", &format!("--path={path}"), &path])
    });
    repo.commit(&paths).unwrap();
    assert_eq!(
        paths.map(|path| repo.git(&["rev-parse", &format!("HEAD:.backlog/{path}")])),
        expected
    );
    assert_eq!(repo.git(&["status", "--porcelain"]), "?? .gitattributes");
}

#[test]
fn line_endings_and_the_executable_bit_are_kept() {
    let repo = Repo::with_backlog();
    repo.write(&format!(".backlog/{FIRST}"), "one\r\ntwo\r\n");
    fs::set_permissions(
        repo.path(&format!(".backlog/{SECOND}")),
        fs::Permissions::from_mode(0o755),
    )
    .unwrap();
    check(&repo, &[FIRST, SECOND]);
    assert_eq!(repo.git(&["cat-file", "-s", &format!("HEAD:.backlog/{FIRST}")]), "10");
}

#[test]
fn the_executable_bit_of_a_file_system_that_has_none_is_not_believed() {
    let repo = Repo::with_backlog();
    repo.git(&["update-index", "--chmod=+x", &format!(".backlog/{FIRST}")]);
    repo.git(&["commit", "--quiet", "--message", "executable"]);
    repo.git(&["config", "core.fileMode", "false"]);
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    fs::set_permissions(
        repo.path(&format!(".backlog/{SECOND}")),
        fs::Permissions::from_mode(0o755),
    )
    .unwrap();
    repo.write(&format!(".backlog/{SECOND}"), "changed\n");
    check(&repo, &[FIRST, SECOND]);
}

#[test]
fn a_folder_may_take_the_place_of_a_file_and_a_file_that_of_a_folder() {
    let repo = Repo::with_backlog();
    repo.write(".backlog/items/deep/x.md", "x\n");
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "deep"]);
    fs::remove_dir_all(repo.path(".backlog/items/deep")).unwrap();
    repo.write(".backlog/items/deep", "a file\n");
    fs::remove_file(repo.path(&format!(".backlog/{FIRST}"))).unwrap();
    repo.write(&format!(".backlog/{FIRST}/y.md"), "y\n");
    let twin = repo.twin();
    check(&repo, &["items/deep/x.md", "items/deep", "items/BL-22222-first.md/y.md"]);
    // Git refuses to be told of a file that is a folder now; the result is the same.
    twin.commit(&["items/deep/x.md", "items/deep", FIRST, "items/BL-22222-first.md/y.md"]).unwrap();
    assert_eq!(twin.git(&["rev-parse", "HEAD"]), repo.git(&["rev-parse", "HEAD"]));
}

#[test]
fn the_marks_of_other_entries_of_the_index_are_kept() {
    let repo = busy();
    repo.git(&["update-index", "--assume-unchanged", "src/c.rs"]);
    repo.git(&["update-index", "--skip-worktree", "src/main.rs"]);
    repo.git(&["add", "--intent-to-add", "untracked.txt"]);
    let before = repo.git(&["ls-files", "-v"]);
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    check(&repo, &[FIRST]);
    assert_eq!(repo.git(&["ls-files", "-v"]), before);
}

#[test]
fn an_edit_as_old_as_the_index_stays_visible() {
    let repo = Repo::with_backlog();
    repo.git(&["config", "core.trustctime", "false"]);
    let touch = |path: &str| {
        assert!(repo.command("touch").args(["-d", "2026-01-02", path]).status().unwrap().success());
    };
    touch("src/main.rs");
    repo.git(&["add", "src/main.rs"]);
    repo.write("src/main.rs", "fn niam() {}\n");
    touch("src/main.rs");
    touch(".git/index");
    // Without the permission to write, so that Git does not mark the entry itself.
    let status = ["--no-optional-locks", "status", "--porcelain"];
    assert_eq!(repo.git(&status), " M src/main.rs");
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    repo.commit(&[FIRST]).unwrap();
    assert_eq!(repo.git(&["status", "--porcelain"]), " M src/main.rs");
}

#[test]
fn the_author_and_the_time_are_those_asked_for() {
    let repo = Repo::with_backlog();
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    let mut request = request(&[FIRST], 1_700_000_000);
    request.message = "backlog: two\n\nLines.  \n\n\n".to_owned();
    if let Some(author) = &mut request.author {
        (author.name, author.offset) = ("Jón".to_owned(), 3600);
    }
    repo.open().commit(&request).unwrap();
    let format = "--format=%an <%ae> %ad|%cn %cd|%B|";
    let expected =
        "Jón <mira@example.org> 1700000000 +0100|Jón 1700000000 +0100|backlog: two\n\nLines.\n|";
    assert_eq!(repo.git(&["log", "-1", "--date=raw", format]), expected);
}

#[test]
fn a_link_beside_the_files_of_a_commit_is_left_alone() {
    let repo = Repo::with_backlog();
    link("BL-22222-first.md", repo.path(".backlog/items/link.md"));
    repo.write(&format!(".backlog/{FIRST}"), "changed\n");
    check(&repo, &[FIRST]);
    assert_eq!(repo.git(&["status", "--porcelain"]), "?? .backlog/items/link.md");
}
