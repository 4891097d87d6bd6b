//! `demo`.

use crate::support::Repo;

#[test]
fn makes_a_repository_in_which_every_command_has_something_to_show() {
    let repo = Repo::without_repository();
    let run = repo.run(&["demo", "korb"]);
    assert_eq!(run.code, Some(0), "{run}");
    for part in [
        "$ git backlog list --limit 14\n",
        "Guest checkout",
        "84 documents checked, nothing found",
        "rank BL-7k3qd",
        "Go on in korb:",
    ] {
        assert!(run.out.contains(part), "{part:?} is not in {run}");
    }
    let repo = repo.at("repo/korb");
    repo.assert_sound();
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    assert_eq!(repo.git(&["branch", "--format=%(refname:short)"]), "main\nreprioritise");
    assert!(repo.git(&["rev-list", "--count", "main"]).parse::<u32>().unwrap() > 50);
    assert_ne!(repo.git(&["diff", "--numstat", "main...reprioritise"]), "");
    assert_eq!(repo.run(&["check", "--at", "reprioritise"]).code, Some(0));
}

#[test]
fn never_overwrites() {
    let repo = Repo::without_repository();
    repo.write("mine/file", "");
    insta::assert_snapshot!(repo.session("
        git backlog demo mine
        git backlog demo mine/file
    "), @r"
    $ git backlog demo mine
    ! error: 'mine' is there already
    ! hint: remove it, or name another folder: git backlog demo mine-2
    = 2
    $ git backlog demo mine/file
    ! error: 'mine/file' is there already
    ! hint: remove it, or name another folder: git backlog demo mine/file-2
    = 2
    ");
    assert!(!repo.path("mine/.git").exists());
}

#[test]
fn the_pages_begin_where_the_tour_is_taken_back() {
    let made = |words: &[&str]| {
        let repo = Repo::without_repository();
        assert_eq!(repo.run(words).code, Some(0));
        repo.at("repo/korb")
    };
    let (tour, plain) = (made(&["demo", "korb"]), made(&["demo", "korb", "--quiet"]));
    let tree = |repo: &Repo| repo.git(&["rev-parse", "HEAD^{tree}"]);
    assert_ne!(tree(&tour), tree(&plain));
    assert_eq!(tour.run(&["undo"]).code, Some(0));
    assert_eq!(tree(&tour), tree(&plain));
}
