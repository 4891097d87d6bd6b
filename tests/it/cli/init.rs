//! `init`.

use insta::assert_snapshot;

use crate::support::Repo;

#[test]
fn makes_a_backlog_that_is_in_order() {
    let repo = Repo::new();
    let commands = "
        git backlog init
        git backlog init
        git backlog check
        git backlog list
    ";
    assert_snapshot!(repo.session(commands), @"
    $ git backlog init
    ! made .backlog/config.yml
    ! made .backlog/product.md
    ! made .backlog/.gitattributes
    ! made .backlog/templates/bug.md
    ! made .backlog/templates/decision.md
    ! made .backlog/templates/epic.md
    ! made .backlog/templates/evidence.md
    ! made .backlog/templates/experiment.md
    ! made .backlog/templates/goal.md
    ! made .backlog/templates/metric.md
    ! made .backlog/templates/persona.md
    ! made .backlog/templates/release.md
    ! made .backlog/templates/spike.md
    ! made .backlog/templates/sprint.md
    ! made .backlog/templates/stakeholder.md
    ! made .backlog/templates/story.md
    ! made .backlog/templates/task.md
    ! told Git to merge items by field in this clone: merge.backlog in .git/config
    ! next: git backlog new story 'Guest checkout'
    $ git backlog init
    ! there is a backlog already, and nothing is missing in .backlog
    $ git backlog check
    1 document checked, nothing found
    $ git backlog list
    #  id  type  status  value  effort  met  title
    0 items
    ");
    assert_snapshot!(repo.read(".backlog/config.yml"), @r"
    # Settings of the backlog in .backlog. Every key has a default; see docs/format.md of
    # git-backlog for all of them.
    id:
      prefix: BL
    ");
}

#[test]
fn keeps_what_is_there() {
    let repo = Repo::new();
    repo.write(".backlog/config.yml", "id: {prefix: SHOP}\n");
    repo.write(".backlog/templates/task.md", "mine\n");
    repo.run(&["init", "--prefix", "OTHER"]);
    assert_eq!(repo.read(".backlog/config.yml"), "id: {prefix: SHOP}\n");
    assert_eq!(repo.read(".backlog/templates/task.md"), "mine\n");
    assert!(repo.path(".backlog/templates/story.md").exists());
}

#[test]
fn takes_a_prefix_and_an_owner() {
    let repo = Repo::new();
    repo.run(&["init", "--prefix", "SHOP", "--owner", "mira@example.org"]);
    assert!(repo.read(".backlog/config.yml").ends_with("prefix: SHOP\n"));
    assert!(repo.read(".backlog/product.md").contains("\nowner: mira@example.org\n"));
    let run = repo.run(&["new", "task", "First"]);
    assert!(run.new_id().starts_with("SHOP-"), "{run}");
    for owner in ["- a: b", "x\ny: z", "*a"] {
        let repo = Repo::new();
        let run = repo.run(&["init", &format!("--owner={owner}")]);
        let check = repo.run(&["check"]);
        assert_eq!(check.code, Some(0), "{owner:?}: {run}{check}");
    }
}

#[test]
fn shows_what_it_would_write() {
    let repo = Repo::new();
    let run = repo.run(&["init", "--dry-run"]);
    assert!(run.out.contains("\n+++ b/.backlog/config.yml\n") && run.code == Some(0), "{run}");
    assert!(!repo.path(".backlog").exists());
}

#[test]
fn starts_below_the_root_of_the_repository() {
    let repo = Repo::new();
    repo.write("src/main.rs", "");
    repo.run(&["-C", "src", "init", "-q"]);
    assert!(repo.path(".backlog/config.yml").exists() && !repo.path("src/.backlog").exists());
}

#[test]
fn refuses_what_makes_no_sense() {
    assert_snapshot!(Repo::new().session("
        git backlog init --prefix bl
        git backlog init --prefix ../X
        git backlog init DIR
    "), @r"
    $ git backlog init --prefix bl
    ! error: 'bl' is not a prefix
    ! hint: use a capital letter and up to 9 capitals or digits, such as BL or SHOP2
    = 2
    $ git backlog init --prefix ../X
    ! error: '../X' is not a prefix
    ! hint: use a capital letter and up to 9 capitals or digits, such as BL or SHOP2
    = 2
    $ git backlog init DIR
    ! error: unexpected argument 'DIR' found
    !
    ! Usage: git backlog init [OPTIONS]
    ! hint: see what there is with -h
    = 2
    ");
    assert_snapshot!(Repo::without_repository().session("git backlog init"), @r"
    $ git backlog init
    ! error: this folder is not in a Git repository
    ! hint: make one with: git init
    = 3
    ");
    assert_snapshot!(Repo::with(&["--bare"]).session("git backlog init"), @r"
    $ git backlog init
    ! error: this repository is bare: it has no worktree
    ! hint: clone it, and start the backlog in the clone
    = 3
    ");
    let repo = Repo::new();
    repo.write(".backlog", "a file\n");
    assert_snapshot!(repo.session("git backlog init"), @r"
    $ git backlog init
    ! error: cannot write .backlog: file exists; nothing was changed
    = 5
    ");
    assert_eq!(repo.read(".backlog"), "a file\n");
}
