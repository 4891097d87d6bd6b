//! `rank`.

use insta::assert_snapshot;

use super::{ids, shop};
use crate::support::Repo;

fn order(repo: &Repo) -> String {
    ids(&repo.run(&["list", "--columns", "id", "--format", "csv"])).join(" ").replace("BL-", "")
}

#[test]
fn moves_to_every_place_with_one_line() {
    for (place, expected) in [
        (&["7kx", "--top"][..], "7kxxm 7k3qd 9qqrt"),
        (&["7k3", "--bottom"], "9qqrt 7kxxm 7k3qd"),
        (&["7kx", "--before", "9q"], "7k3qd 7kxxm 9qqrt"),
        (&["7k3", "--after", "9q"], "9qqrt 7k3qd 7kxxm"),
        (&["7kx", "--to", "2"], "7k3qd 7kxxm 9qqrt"),
        (&["7k3", "--to", "99"], "9qqrt 7kxxm 7k3qd"),
    ] {
        let repo = shop();
        let run = repo.run(&[&["rank"], place].concat());
        assert_eq!(run.code, Some(0), "{run}");
        assert_eq!(order(&repo), expected, "{place:?}");
        let numbers = repo.git(&["diff", "--numstat"]);
        assert!(numbers.starts_with("1\t1\t") && numbers.lines().count() == 1, "{numbers}");
    }
}

#[test]
fn says_what_moved_and_over_what() {
    let commands = "
        git backlog rank 7kx --top
        git backlog rank 7kx --top
        git backlog rank 9q 7k3 --before 7kx
        git backlog rank 7kx --to 2 -m 'The shops asked for it'
        git log -1 --format=%B
        git backlog rank 7kx --bottom -q
    ";
    assert_snapshot!(shop().session(commands), @r#"
    $ git backlog rank 7kx --top
    rank BL-7kxxm 3 → 1 "Basket is empty after login"
    $ git backlog rank 7kx --top
    ! nothing to change
    $ git backlog rank 9q 7k3 --before 7kx
    rank BL-9qqrt 3 → 1 "Orders belong to an address"
    rank BL-7k3qd re-keyed "Guest checkout"
    $ git backlog rank 7kx --to 2 -m 'The shops asked for it'
    rank BL-7kxxm 3 → 2 "Basket is empty after login"
    ! [main HASH] backlog: rank BL-7kxxm 3 → 2 "Basket is empty after login"
    $ git log -1 --format=%B
    backlog: rank BL-7kxxm 3 → 2 "Basket is empty after login"

    The shops asked for it

    Backlog: BL-7kxxm

    $ git backlog rank 7kx --bottom -q
    "#);
}

#[test]
fn several_stay_side_by_side_in_the_order_given() {
    let repo = shop();
    repo.run(&["rank", "7kx", "9q", "--top"]);
    assert_eq!(order(&repo), "7kxxm 9qqrt 7k3qd");
}

#[test]
fn shows_what_it_would_write() {
    let repo = shop();
    let run = repo.run(&["rank", "7kx", "--top", "--dry-run"]);
    let changes =
        run.out.lines().filter(|line| line.starts_with(['+', '-']) && line.contains("rank:"));
    assert_eq!((run.code, changes.count()), (Some(0), 2), "{run}");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn refuses_what_makes_no_sense() {
    let repo = shop();
    let commands = "
        git backlog rank 7k3qd
        git backlog rank --top
        git backlog rank 7k3qd --top --bottom
        git backlog rank 7k3qd --to 0
        git backlog rank 7k3qd --to -1
        git backlog rank 7k3qd --after 7k3qd
        git backlog rank 7k3qd 7k3 --top
        git backlog rank 7k3qd --after d4bcg
        git backlog rank d4bcg --top
        git backlog rank GOAL-activation --top
        git backlog rank 7k3qd --after nothing
        git backlog rank 7k --top
        git backlog rank 7k3qd --compact
    ";
    assert_snapshot!(repo.session(commands), @r#"
    $ git backlog rank 7k3qd
    ! error: the following required arguments were not provided:
    !   <--top|--bottom|--before <ID>|--after <ID>|--to <N>|--compact|--by <WHAT>>
    !
    ! Usage: git backlog rank <--top|--bottom|--before <ID>|--after <ID>|--to <N>|--compact|--by <WHAT>> <ID>...
    ! hint: see what there is with -h
    = 2
    $ git backlog rank --top
    ! error: no id given
    ! hint: write: git backlog rank ID --top
    = 2
    $ git backlog rank 7k3qd --top --bottom
    ! error: the argument '--top' cannot be used with '--bottom'
    !
    ! Usage: git backlog rank <--top|--bottom|--before <ID>|--after <ID>|--to <N>|--compact|--by <WHAT>> <ID>...
    ! hint: see what there is with -h
    = 2
    $ git backlog rank 7k3qd --to 0
    ! error: positions count from 1
    = 2
    $ git backlog rank 7k3qd --to -1
    ! error: unexpected argument '-1' found
    !
    !   tip: to pass '-1' as a value, use '-- -1'
    !
    ! Usage: git backlog rank [OPTIONS] <--top|--bottom|--before <ID>|--after <ID>|--to <N>|--compact|--by <WHAT>> [ID]...
    ! hint: see what there is with -h
    = 2
    $ git backlog rank 7k3qd --after 7k3qd
    ! error: an item cannot be placed next to itself
    = 2
    $ git backlog rank 7k3qd 7k3 --top
    ! error: BL-7k3qd is named twice
    = 2
    $ git backlog rank 7k3qd --after d4bcg
    ! error: BL-d4bcg is done, and only open items are ranked
    ! hint: open it again with: git backlog set BL-d4bcg status=proposed
    = 2
    $ git backlog rank d4bcg --top
    ! error: BL-d4bcg is done, and only open items are ranked
    ! hint: open it again with: git backlog set BL-d4bcg status=proposed
    = 2
    $ git backlog rank GOAL-activation --top
    ! error: GOAL-activation is of kind goal, and only items are ranked
    = 2
    $ git backlog rank 7k3qd --after nothing
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog rank 7k --top
    ! error: '7k' matches BL-7k3qd "Guest checkout", BL-7kxxm "Basket is empty after login"
    ! hint: type more of the id
    = 2
    $ git backlog rank 7k3qd --compact
    ! error: the argument '[ID]...' cannot be used with '--compact'
    !
    ! Usage: git backlog rank <--top|--bottom|--before <ID>|--after <ID>|--to <N>|--compact|--by <WHAT>> <ID>...
    ! hint: see what there is with -h
    = 2
    "#);
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
}

#[test]
fn gives_keys_to_those_without_one() {
    let repo = shop();
    super::document(&repo, "items/BL-33333-no-rank", "type: bug\nstatus: ready\n");
    repo.run(&["rank", "33333", "--after", "7k3"]);
    assert_eq!(order(&repo), "7k3qd 33333 9qqrt 7kxxm");
}

#[test]
fn shortens_long_keys_and_moves_nothing() {
    let repo = shop();
    let long = "mbcd".to_owned() + &"z".repeat(40);
    repo.write(super::CHECKOUT, super::CHECKOUT_TEXT.replace("mbcd", &long));
    let before = order(&repo);
    let run = repo.run(&["rank", "--compact"]);
    assert_eq!((run.code, order(&repo)), (Some(0), before), "{run}");
    assert!(!repo.read(super::CHECKOUT).contains("zzz"), "{run}");
    assert_snapshot!(repo.session("git backlog rank --compact"), @r"
    $ git backlog rank --compact
    ! nothing to change
    ");
}
