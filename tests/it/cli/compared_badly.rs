//! States that cannot be compared, and those that are not there: what is missing is said with the
//! way out.

use insta::assert_snapshot;

use super::{CHECKOUT, CHECKOUT_TEXT, commit, document, edit, shop};
use crate::support::Repo;

const ORDERS: &str = ".backlog/items/BL-9qqrt-orders-belong-to-an-address.md";
const BASKET: &str = ".backlog/items/BL-7kxxm-basket-is-empty-after-login.md";

#[test]
fn revisions_that_are_none() {
    assert_snapshot!(shop().session("
        git backlog diff nothing
        git backlog diff nothing..HEAD
        git backlog diff HEAD..nothing
        git backlog diff nothing...HEAD
        git backlog diff HEAD nothing
        git backlog diff HEAD~99
        git backlog diff HEAD main HEAD
        git backlog diff --staged HEAD..main
        git backlog diff --staged HEAD main
        git backlog diff --staged HEAD...main
        git backlog diff -- -rf
        git backlog diff 'a b'
        git backlog diff ''
        git backlog diff HEAD:.backlog
        git backlog diff 7k3qd
        git backlog review nothing
        git backlog log nothing..
    "), @"
    $ git backlog diff nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog diff nothing..HEAD
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog diff HEAD..nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog diff nothing...HEAD
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog diff HEAD nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog diff HEAD~99
    ! error: no revision 'HEAD~99'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog diff HEAD main HEAD
    ! error: at most two revisions can be compared
    ! hint: compare two with: git backlog diff main..HEAD
    = 2
    $ git backlog diff --staged HEAD..main
    ! error: --staged compares the index with one revision
    ! hint: leave --staged out, or name one revision
    = 2
    $ git backlog diff --staged HEAD main
    ! error: --staged compares the index with one revision
    ! hint: leave --staged out, or name one revision
    = 2
    $ git backlog diff --staged HEAD...main
    ! error: --staged compares the index with one revision
    ! hint: leave --staged out, or name one revision
    = 2
    $ git backlog diff -- -rf
    ! error: no revision '-rf'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog diff 'a b'
    ! error: no revision 'a b'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog diff ''
    ! error: no revision ''
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog diff HEAD:.backlog
    HEAD:.backlog → the worktree: 5 added, 3 records added, 1 other file

    To look at
      BL-7k3qd Guest checkout: is above BL-9qqrt, which it waits for

    Added
      BL-7k3qd Guest checkout (story at 1, effort 3, value 8, 3 criteria)
      BL-9qqrt Orders belong to an address (task at 2, value 5)
      BL-7kxxm Basket is empty after login (bug at 3)
      BL-d4bcg Pay by invoice (story, effort 2, value 3)
      BL-x2ttv Pay by fax (story)
      GOAL-activation Who fills a basket also orders (goal)
      EV-h2vkd Shoppers leave at the form (evidence)
      2026-24 Pay without an account (sprint)

    Other files
      config.yml added
    $ git backlog diff 7k3qd
    ! error: no revision '7k3qd'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog review nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog log nothing..
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    ");
}

#[test]
fn histories_without_a_commit_in_common() {
    let repo = shop();
    repo.git(&["checkout", "--quiet", "--orphan", "other"]);
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    commit(&repo, "Max", "From scratch");
    assert_snapshot!(repo.session("
        git backlog diff main..other
        git backlog diff main...other
        git backlog review main
        git backlog log main..other --format csv --kind value
    "), @"
    $ git backlog diff main..other
    main → other: 1 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 8 → 13
    $ git backlog diff main...other
    ! error: main and other have no commit in common
    ! hint: name a commit that is in the history of both
    = 3
    $ git backlog review main
    ! error: main and HEAD have no commit in common
    ! hint: name a commit that is in the history of both
    = 3
    $ git backlog log main..other --format csv --kind value
    commit,date,author,email,reason,id,title,change,what
    ! no commit here has done that
    ");
}

#[test]
fn a_shallow_clone_says_how_to_get_the_rest() {
    let repo = shop();
    for value in [9, 10, 11] {
        repo.write(CHECKOUT, CHECKOUT_TEXT.replace("value: 8", &format!("value: {value}")));
        commit(&repo, "Mira", &format!("Value {value}"));
    }
    repo.git(&["branch", "side", "HEAD~2"]);
    let origin = format!("file://{}", repo.path("").display());
    repo.git(&["clone", "--quiet", "--depth=2", "--no-single-branch", &origin, "../shallow"]);
    assert_snapshot!(repo.session("
        git backlog -C ../shallow diff HEAD~1..HEAD
        git backlog -C ../shallow diff HEAD~2..HEAD
        git backlog -C ../shallow diff origin/side...HEAD
        git backlog -C ../shallow review origin/side
        git backlog -C ../shallow log HEAD~3..
        git backlog -C ../shallow log
        git backlog -C ../shallow log -n 1
        git backlog -C ../shallow log --format jsonl --kind value
        git backlog -C ../shallow blame 7k3qd --format csv
        git backlog -C ../shallow why 7k3qd
    "), @r#"
    $ git backlog -C ../shallow diff HEAD~1..HEAD
    HEAD~1 → HEAD: 1 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 10 → 11
    $ git backlog -C ../shallow diff HEAD~2..HEAD
    ! error: this clone is shallow, and does not hold the history back to HEAD~2
    ! hint: fetch all of it: git fetch --unshallow, or in a workflow 'fetch-depth: 0' for actions/checkout
    = 3
    $ git backlog -C ../shallow diff origin/side...HEAD
    origin/side (left at HASH) → HEAD: 1 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 9 → 11
    $ git backlog -C ../shallow review origin/side
    Backlog: 1 re-valued

    Changed

    BL-7k3qd Guest checkout
      value 9 → 11

    origin/side (left at HASH) → HASH
    $ git backlog -C ../shallow log HEAD~3..
    ! error: this clone is shallow, and does not hold the history back to HEAD~3
    ! hint: fetch all of it: git fetch --unshallow, or in a workflow 'fetch-depth: 0' for actions/checkout
    = 3
    $ git backlog -C ../shallow log
    2026-01-01 Mira: Value 11 (HASH)
      BL-7k3qd Guest checkout: value 10 → 11
    ! warning: the history ends at HASH, because this clone is shallow; fetch all of it: git fetch --unshallow, or in a workflow 'fetch-depth: 0' for actions/checkout
    $ git backlog -C ../shallow log -n 1
    2026-01-01 Mira: Value 11 (HASH)
      BL-7k3qd Guest checkout: value 10 → 11
    $ git backlog -C ../shallow log --format jsonl --kind value
    {"commit":"HASH","date":"2026-01-01T12:00:04+00:00","author":"Mira","email":"mira@example.org","subject":"Value 11","reason":"Value 11","merge":false,"documents":[{"id":"BL-7k3qd","kind":"item","title":"Guest checkout","changes":[{"change":"set","field":"value","from":10,"to":11}]}],"files":[],"mentions":[]}
    ! warning: the history ends at HASH, because this clone is shallow; fetch all of it: git fetch --unshallow, or in a workflow 'fetch-depth: 0' for actions/checkout
    $ git backlog -C ../shallow blame 7k3qd --format csv
    day,commit,author,part,value,why
    ,,,id,BL-7k3qd,
    ,,,title,Guest checkout,
    ,,,type,story,
    ,,,status,ready,
    ,,,created,2026-11-02,
    ,,,rank,mbcd,
    ,,,labels,checkout,
    ,,,goal,GOAL-activation,
    2026-01-01,HASH,Mira,value,11,Value 11
    ,,,effort,3,
    ,,,depends_on,BL-9qqrt,
    ,,,evidence,EV-h2vkd,
    ,,,criterion 1,A guest reaches payment in one step.,
    ,,,criterion 2 ^ac-k3,The confirmation never requires an account.,
    ,,,criterion 3,The p95 of the payment step is at most 800 ms.,
    ,,,text,24 words,
    ! warning: the history ends at HASH, because this clone is shallow; fetch all of it: git fetch --unshallow, or in a workflow 'fetch-depth: 0' for actions/checkout
    $ git backlog -C ../shallow why 7k3qd
    BL-7k3qd  Guest checkout
    position      1 of 3, ready
    moved         never, as far as the history tells
    worth         value 11 (Mira 2026-01-01), effort 3
    value-effort  11 / 3 = 3.67, rank 1 of 1
    goal          GOAL-activation Who fills a basket also orders (active, 2027-03-31)
    evidence      EV-h2vkd Shoppers leave at the form (strength 4, interview)
    waits for     BL-9qqrt Orders belong to an address (in-progress)
    ! warning: the history ends at HASH, because this clone is shallow; fetch all of it: git fetch --unshallow, or in a workflow 'fetch-depth: 0' for actions/checkout
    "#);
}

#[test]
fn a_state_without_a_backlog_is_an_empty_one() {
    let repo = Repo::new();
    repo.write("src/main.rs", "fn main() {}\n");
    commit(&repo, "Mira", "Code");
    repo.git(&["branch", "code"]);
    document(&repo, "items/BL-22222-vouchers", "type: story\nstatus: proposed\nrank: mbzz\n");
    commit(&repo, "Mira", "A backlog");
    assert_snapshot!(repo.session("
        git backlog diff code..HEAD
        git backlog diff HEAD..code
        git backlog diff code
        git backlog review code
        git backlog diff code code
        git backlog log
    "), @"
    $ git backlog diff code..HEAD
    code → HEAD: 1 added

    Added
      BL-22222 Vouchers (story at 1)
    $ git backlog diff HEAD..code
    HEAD → code: 1 removed

    Removed
      BL-22222 Vouchers (story at 1)
    $ git backlog diff code
    code → the worktree: 1 added

    Added
      BL-22222 Vouchers (story at 1)
    $ git backlog review code
    Backlog: 1 added

    Added
      BL-22222 Vouchers (story at 1)

    code (left at HASH) → HASH
    $ git backlog diff code code
    code → code: no change
    $ git backlog log
    2026-01-01 Mira: A backlog (HASH)
      BL-22222 Vouchers: added
    ");
    repo.git(&["checkout", "--quiet", "code"]);
    assert_snapshot!(repo.session("
        git backlog diff
        git backlog diff main
        git backlog review main
        git backlog blame BL-22222
        git backlog why BL-22222 --at main
    "), @"
    $ git backlog diff
    HEAD → the worktree: no change
    $ git backlog diff main
    main → the worktree: 1 removed

    Removed
      BL-22222 Vouchers (story at 1)
    $ git backlog review main
    ! error: no backlog here: there is no .backlog
    ! hint: start one with: git backlog init
    = 3
    $ git backlog blame BL-22222
    ! error: no backlog here: there is no .backlog
    ! hint: start one with: git backlog init
    = 3
    $ git backlog why BL-22222 --at main
    BL-22222  Vouchers
    position   1 of 1, proposed
    moved      never since Mira added it, 2026-01-01
    worth      no value and no effort, so that no score can be told
    goal       none
    evidence   none recorded
    waits for  nothing
    ");
}

#[test]
fn one_of_several_merge_bases_is_taken_and_that_is_said() {
    let repo = shop();
    repo.git(&["checkout", "--quiet", "-b", "one"]);
    edit(&repo, CHECKOUT, "value: 8", "value: 13");
    commit(&repo, "Mira", "One");
    repo.git(&["checkout", "--quiet", "-b", "two", "main"]);
    edit(&repo, ORDERS, "value: 5", "value: 8");
    commit(&repo, "Max", "Two");
    repo.git(&["merge", "--quiet", "--no-ff", "-m", "One into two", "one"]);
    repo.git(&["checkout", "--quiet", "one"]);
    repo.git(&["merge", "--quiet", "--no-ff", "-m", "Two into one", "two~1"]);
    edit(&repo, BASKET, "rank: mbfd", "rank: mbbb");
    commit(&repo, "Mira", "Up");
    let run = repo.run(&["diff", "two...one"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.out.contains("two and one have 2 merge bases, of which "), "{run}");
    assert_eq!(run.out, repo.run(&["diff", "two...one"]).out);
    let json = repo.run(&["diff", "two...one", "--format", "json"]).json();
    assert!(json["note"].as_str().unwrap().contains("2 merge bases"), "{json}");
    let run = repo.run(&["review", "two", "--format", "markdown"]);
    assert!(run.out.contains("2 merge bases"), "{run}");
    assert!(!repo.run(&["diff", "two..one"]).out.contains("merge bases"));
}

#[test]
fn before_the_first_commit_everything_is_younger_than_any_day() {
    let repo = Repo::new();
    document(&repo, "items/BL-22222-vouchers", "type: story\nstatus: proposed\nrank: mbzz\n");
    let run = repo.run(&["list", "--changed-since", "2000-01-01", "--columns", "id"]);
    assert!(run.code == Some(0) && run.out.contains("BL-22222"), "{run}");
}
