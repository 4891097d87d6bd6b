//! Small things that are remembered about a tree, and branches that name an id.

use std::fs;

use crate::support::Repo;

#[test]
fn something_is_remembered_about_one_tree_until_something_else_is() {
    let repo = Repo::with_backlog();
    let open = repo.open();
    let first = open.tree("HEAD", ".backlog").unwrap();
    assert_eq!(open.memo("order", first), None);
    open.keep_memo("order", first, b"BL-22222 BL-33333");
    assert_eq!(open.memo("order", first).as_deref(), Some(b"BL-22222 BL-33333".as_slice()));
    assert_eq!(open.memo("other", first), None);
    repo.write(".backlog/items/BL-22222-first.md", "edited\n");
    repo.git(&["commit", "--quiet", "--all", "-m", "more"]);
    let second = open.tree("HEAD", ".backlog").unwrap();
    assert_eq!(open.memo("order", second), None);
    let (tree, bytes) = open.memo_any("order").unwrap();
    assert_eq!((tree, bytes.as_slice()), (first, b"BL-22222 BL-33333".as_slice()));
    assert!(open.at_tree(tree, ".backlog").has_folder());
    open.keep_memo("order", second, b"");
    assert_eq!(open.memo("order", second).as_deref(), Some(b"".as_slice()));
}

#[test]
fn what_is_damaged_is_not_remembered() {
    let repo = Repo::with_backlog();
    let open = repo.open();
    let tree = open.tree("HEAD", ".backlog").unwrap();
    open.keep_memo("order", tree, b"BL-22222");
    let path = repo.path(".git/backlog/memo-order");
    let whole = fs::read(&path).unwrap();
    for at in 0..whole.len() {
        let mut flipped = whole.clone();
        flipped[at] ^= 1;
        fs::write(&path, flipped).unwrap();
        assert_eq!(open.memo("order", tree), None, "byte {at}");
        fs::write(&path, &whole[..at]).unwrap();
        assert_eq!(open.memo("order", tree), None, "{at} bytes");
    }
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    open.keep_memo("order", tree, b"BL-22222");
    assert_eq!(open.memo("order", tree), None);
}

#[test]
fn finds_the_branches_that_name_an_id() {
    let repo = Repo::with_backlog();
    repo.git(&["branch", "bl-22222/guest"]);
    repo.git(&["branch", "BL-222222"]);
    repo.git(&["tag", "BL-22222"]);
    repo.git(&["update-ref", "refs/remotes/origin/fix_BL-22222", "HEAD"]);
    let branches = repo.open().branches_naming("BL-22222").unwrap();
    assert_eq!(branches, ["bl-22222/guest", "origin/fix_BL-22222"]);
}
