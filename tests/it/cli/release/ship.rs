//! `release ship`.

use insta::assert_snapshot;

use super::{ADDRESS, WINTER, planned};
use crate::cli::{CHECKOUT, commit, edit};
use crate::support::Repo;

/// The release with everything done and committed.
fn done() -> Repo {
    let repo = planned();
    edit(&repo, CHECKOUT, "status: ready", "status: done");
    edit(&repo, ADDRESS, "status: in-progress", "status: done");
    commit(&repo, "Mira", "done");
    repo
}

fn record(repo: &Repo) -> String {
    repo.read(&format!(".backlog/{WINTER}.md"))
}

#[test]
fn a_release_ships_once_and_keeps_its_day() {
    let repo = done();
    assert_snapshot!(repo.session(
        "git backlog release ship winter --date -2d -m 'The shop is open'
git backlog release ship winter
git backlog release ship winter --tag v1.0
git log --format=%B -1 HEAD"
    ), @r#"
    $ git backlog release ship winter --date -2d -m 'The shop is open'
    ship REL-22222 on 2026-11-23 "Winter opening"
    ! [main HASH] backlog: ship REL-22222 on 2026-11-23 "Winter opening"
    $ git backlog release ship winter
    ! REL-22222 has shipped on 2026-11-23 already
    ! nothing to change
    $ git backlog release ship winter --tag v1.0
    set REL-22222 tag v1.0 "Winter opening"
    ! REL-22222 has shipped on 2026-11-23 already
    ! warning: there is no tag v1.0 here: fetch it with git fetch --tags, or add --create-tag
    $ git log --format=%B -1 HEAD
    backlog: ship REL-22222 on 2026-11-23 "Winter opening"

    The shop is open

    Backlog: REL-22222
    "#);
    assert_snapshot!(record(&repo), @"
    ---
    id: REL-22222
    title: Winter opening
    status: shipped
    target: 2026-12-14
    shipped: 2026-11-23
    tag: v1.0
    budget: 4000
    risk: Snow
    ---

    Winter opening, in more words.
    ");
}

#[test]
fn open_items_are_in_the_way_unless_somebody_says_so() {
    let repo = planned();
    let before = record(&repo);
    assert_snapshot!(repo.session("git backlog release ship winter"), @r#"
    $ git backlog release ship winter
    ! error: 2 items of REL-22222 are open
    !     BL-7k3qd "Guest checkout" (ready)
    !     BL-9qqrt "Orders belong to an address" (in-progress)
    ! hint: accept them, put them into another release (git backlog set ID release=…), or ship with --anyway
    = 7
    "#);
    assert_eq!(record(&repo), before);
    let run = repo.run(&["release", "ship", "winter", "--anyway"]);
    assert!(run.code == Some(0) && run.err.contains("2 items of REL-22222 are open"), "{run}");
    assert!(repo.run(&["release"]).out.contains("is shipped, and 2 items of it are open"));
}

#[test]
fn what_has_no_item_or_was_withdrawn_does_not_ship() {
    let repo = planned();
    super::document(&repo, "releases/REL-44444-empty", "status: planned\n");
    super::document(&repo, "releases/REL-55555-gone", "status: withdrawn\n");
    assert_snapshot!(repo.session(
        "git backlog release ship 44444
git backlog release ship 55555
git backlog release ship 7k
git backlog release ship winter --date 2027-01-01 --anyway
git backlog release ship winter --date someday --anyway"
    ), @"
    $ git backlog release ship 44444
    ! error: REL-44444 has no item that is done
    ! hint: see it with: git backlog release show REL-44444; or ship it with --anyway
    = 7
    $ git backlog release ship 55555
    ! error: REL-55555 is withdrawn
    ! hint: plan it again first: git backlog set REL-55555 status=planned
    = 7
    $ git backlog release ship 7k
    ! error: no release '7k'
    ! hint: see them with: git backlog release; write one down with: git backlog new release TITLE
    = 2
    $ git backlog release ship winter --date 2027-01-01 --anyway
    ! error: 2027-01-01 is still to come, and nothing has shipped then
    ! hint: say when it should ship with: git backlog set winter target=2027-01-01
    = 2
    $ git backlog release ship winter --date someday --anyway
    ! error: 'someday' is not a day
    ! hint: write it as 2026-11-23, or as -3d
    = 2
    ");
}

#[test]
fn a_tag_is_made_where_it_is_asked_for() {
    let repo = done();
    let words = ["release", "ship", "winter", "--tag", "v1.0", "--create-tag", "-m", "Open"];
    let run = repo.run(&words);
    assert!(run.code == Some(0) && run.err.contains("as v1.0; share it with"), "{run}");
    assert_eq!(repo.git(&["rev-parse", "v1.0^{commit}"]), repo.git(&["rev-parse", "HEAD"]));
    assert_eq!(repo.git(&["cat-file", "-t", "v1.0"]), "tag");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    assert_snapshot!(repo.git(&["tag", "--list", "--format=%(contents)", "v1.0"]), @"
    Winter opening

    ## New

    - **Guest checkout**: so that I can buy in a minute (shopper)
    - **Pay by invoice**
    ");
    assert_eq!(repo.git(&["tag", "--list", "--format=%(taggername)", "v1.0"]), "Mira");
    repo.assert_sound();
    let shown = repo.run(&["release", "show", "v1.0"]);
    assert!(shown.out.contains("v1.0, of "), "{shown}");
    // There is one of that name now.
    edit(&repo, &format!(".backlog/{WINTER}.md"), "status: shipped", "status: planned");
    let run = repo.run(&words);
    assert!(run.code == Some(7) && run.err.contains("there is a tag v1.0 already"), "{run}");
}

#[test]
fn what_keeps_a_tag_from_being_made_is_found_before_anything_is_written() {
    let repo = done();
    let before = record(&repo);
    assert_snapshot!(repo.session(
        "git backlog release ship winter --create-tag -m x
git backlog release ship winter --tag v1.0 --create-tag
git backlog release ship winter --tag 'a b' --create-tag -m x
git backlog release ship winter --tag=-f --create-tag -m x
git backlog release ship winter --tag ../heads/main --create-tag -m x
git config tag.gpgSign true
git backlog release ship winter --tag v1.0 --create-tag -m x"
    ), @"
    $ git backlog release ship winter --create-tag -m x
    ! error: a tag is to be made, and nobody says which
    ! hint: add --tag v1.0.0
    = 2
    $ git backlog release ship winter --tag v1.0 --create-tag
    ! error: a tag is for a commit, and this change makes none
    ! hint: add -m WHY, so that the tag holds what it says
    = 2
    $ git backlog release ship winter --tag 'a b' --create-tag -m x
    ! error: Git has no tag that could be called 'a b'
    ! hint: write it without blanks, as v1.2.0
    = 7
    $ git backlog release ship winter --tag=-f --create-tag -m x
    ! error: Git has no tag that could be called '-f'
    ! hint: write it without blanks, as v1.2.0
    = 7
    $ git backlog release ship winter --tag ../heads/main --create-tag -m x
    ! error: Git has no tag that could be called '../heads/main'
    ! hint: write it without blanks, as v1.2.0
    = 7
    $ git config tag.gpgSign true
    $ git backlog release ship winter --tag v1.0 --create-tag -m x
    ! error: Git is set up to sign tags, which is left to Git itself
    ! hint: git backlog release notes ID | git tag --sign --file=- v1.0
    = 7
    ");
    repo.git(&["config", "--unset", "tag.gpgSign"]);
    repo.git(&["config", "--unset", "user.email"]);
    let run = repo.run(&["release", "ship", "winter", "--tag", "v1", "--create-tag", "-m", "x"]);
    assert_eq!(run.code, Some(3), "{run}");
    assert_eq!((record(&repo), repo.git(&["tag"])), (before, String::new()));
}

#[test]
fn to_look_first_makes_nothing() {
    let repo = done();
    let run =
        repo.run(&["release", "ship", "winter", "--tag", "v1", "--create-tag", "-m", "x", "-n"]);
    assert!(run.code == Some(0) && run.out.contains("+status: shipped"), "{run}");
    assert_eq!((repo.git(&["tag"]), repo.git(&["status", "--porcelain"])), Default::default());
}

#[test]
fn a_tag_that_is_there_is_named_with_its_day_and_one_that_is_not_is_warned_of() {
    let repo = done();
    repo.git(&["tag", "v1.0"]);
    let run = repo.run(&["release", "ship", "winter", "--tag", "v1.0", "-n"]);
    assert!(run.err.contains("v1.0 is a tag of 2026-01-01"), "{run}");
    let run = repo.run(&["release", "ship", "winter", "--tag", "v9", "-n"]);
    assert!(run.err.contains("there is no tag v9 here"), "{run}");
    let blob = repo.git(&["rev-parse", "HEAD:src/main.rs"]);
    repo.git(&["tag", "odd", &blob]);
    let run = repo.run(&["release", "ship", "winter", "--tag", "odd", "-n"]);
    assert!(run.code == Some(0) && run.err.contains("odd is a tag, at"), "{run}");
}
