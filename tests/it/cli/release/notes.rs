//! `release notes`.

use insta::assert_snapshot;

use super::{ADDRESS, INVOICE, WINTER, planned};
use crate::cli::{CHECKOUT, commit, document, edit};
use crate::support::Repo;

/// The release with everything done, a bug and an announcement.
fn done() -> Repo {
    let repo = planned();
    edit(&repo, CHECKOUT, "status: ready", "status: done\ndone: 2026-11-20\nassignee: priya");
    edit(&repo, ADDRESS, "status: in-progress", "status: done");
    let bug = "type: bug\nstatus: done\nrelease: REL-22222\ndone: 2026-11-21\n";
    document(&repo, "items/BL-b2222-umlauts-break-the-list", bug);
    let path = format!(".backlog/{WINTER}.md");
    let text = repo.read(&path);
    let announcement = "\n## Announcement\n\n> Every Thursday. See [[BL-7k3qd]], @all.\n";
    repo.write(&path, text + announcement);
    repo
}

#[test]
fn users_get_titles_and_benefits() {
    let repo = done();
    let run = repo.run(&["release", "notes", "winter"]);
    assert_snapshot!(run, @"
    # Winter opening

    > Every Thursday. See Guest checkout, @&#8203;all.

    ## New

    - **Pay by invoice**
    - **Guest checkout**: so that I can buy in a minute (shopper)

    ## Mended

    - **Umlauts break the list**
    ");
    for internal in ["BL-", "priya", "points", "Orders belong"] {
        assert!(!run.out.contains(internal), "{internal}: {run}");
    }
}

#[test]
fn the_team_gets_tasks_and_who_did_what() {
    let repo = done();
    assert_snapshot!(repo.run(&["release", "notes", "winter", "--audience", "team", "--ids"]), @r"
    # Winter opening

    > Every Thursday. See \[\[BL-7k3qd\]\], @&#8203;all.

    ## New

    - **Pay by invoice** BL-d4bcg (2 points)
    - **Guest checkout**: so that I can buy in a minute (shopper) BL-7k3qd (3 points, priya)

    ## Mended

    - **Umlauts break the list** BL-b2222

    ## Behind the scenes

    - **Orders belong to an address** BL-9qqrt (mira)
    ");
}

#[test]
fn what_became_done_between_two_states_is_told() {
    let repo = planned();
    repo.git(&["tag", "v1.0"]);
    edit(&repo, CHECKOUT, "status: ready", "status: done");
    commit(&repo, "Mira", "done");
    edit(&repo, ADDRESS, "status: in-progress", "status: done");
    assert_snapshot!(repo.session(
        "git backlog release notes --since v1.0
git backlog release notes v1.0..HEAD --audience team --format table
git backlog release notes v1.0.. --format json
git backlog release notes HEAD..v1.0"
    ), @r#"
    $ git backlog release notes --since v1.0
    # Since v1.0

    ## New

    - **Guest checkout**: so that I can buy in a minute (shopper)
    $ git backlog release notes v1.0..HEAD --audience team --format table
    From v1.0 to HEAD

    New
      Guest checkout: so that I can buy in a minute (shopper) (3 points)
    $ git backlog release notes v1.0.. --format json
    {
      "schema": 1,
      "title": "From v1.0 to HEAD",
      "date": null,
      "announcement": null,
      "groups": [
        {
          "group": "new",
          "items": [
            {
              "title": "Guest checkout",
              "role": "shopper",
              "benefit": "so that I can buy in a minute"
            }
          ]
        },
        {
          "group": "better",
          "items": []
        },
        {
          "group": "mended",
          "items": []
        },
        {
          "group": "internal",
          "items": []
        }
      ]
    }
    $ git backlog release notes HEAD..v1.0
    # From HEAD to v1.0

    Nothing that can be told is done yet.
    "#);
    // What is not committed yet counts for the worktree alone.
    let told = |words: &[&str]| repo.run(words).out.contains("Orders belong");
    let team = ["--audience", "team"];
    assert!(told(&[&["release", "notes", "--since", "v1.0"][..], &team].concat()));
    assert!(!told(&[&["release", "notes", "v1.0..HEAD"][..], &team].concat()));
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let repo = planned();
    assert_snapshot!(repo.session(
        "git backlog release notes
git backlog release notes ..HEAD
git backlog release notes main...HEAD
git backlog release notes --since v9
git backlog release notes v9..v10
git backlog release notes HEAD..HEAD --at HEAD
git backlog release notes winter --since HEAD
git backlog release notes winter --audience board"
    ), @"
    $ git backlog release notes
    ! error: the following required arguments were not provided:
    !   <ID|A..B>
    !
    ! Usage: git backlog release notes <ID|A..B>
    ! hint: see what there is with -h
    = 2
    $ git backlog release notes ..HEAD
    ! error: '..HEAD' does not say where it begins
    ! hint: write: git backlog release notes v1.0..v1.1
    = 2
    $ git backlog release notes main...HEAD
    ! error: 'main...HEAD' has three dots, and notes take two
    ! hint: write: git backlog release notes v1.0..v1.1
    = 2
    $ git backlog release notes --since v9
    ! error: no revision 'v9'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog release notes v9..v10
    ! error: no revision 'v9'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog release notes HEAD..HEAD --at HEAD
    ! error: --at and two revisions name the state twice
    ! hint: leave --at out
    = 2
    $ git backlog release notes winter --since HEAD
    ! error: the argument '[ID|A..B]' cannot be used with '--since <REV>'
    !
    ! Usage: git backlog release notes <ID|A..B>
    ! hint: see what there is with -h
    = 2
    $ git backlog release notes winter --audience board
    ! error: invalid value 'board' for '--audience <WHO>'
    !   [possible values: users, team]
    ! hint: see what there is with -h
    = 2
    ");
}

#[test]
fn a_release_with_nothing_done_has_no_notes() {
    let repo = planned();
    edit(&repo, INVOICE, "status: done", "status: ready");
    edit(&repo, ADDRESS, "status: in-progress", "status: done");
    assert_snapshot!(repo.session("git backlog release notes winter"), @"
    $ git backlog release notes winter
    # Winter opening

    Nothing that can be told is done yet.
    ! 1 of it is done and nothing for users; see it with: --audience team
    ");
}

#[test]
fn hostile_words_are_harmless_in_every_format() {
    let repo = planned();
    let evil = "<script>alert(1)</script> @team \u{202e}x ](http://evil) ::error::x";
    let title = format!("title: \"{evil}\"");
    edit(&repo, INVOICE, "title: Pay by invoice", &title);
    edit(&repo, ".backlog/releases/REL-22222-winter-opening.md", "title: Winter opening", &title);
    for format in ["markdown", "html", "table", "json"] {
        let run = repo.run(&["release", "notes", "22222", "--format", format]);
        assert_eq!(run.code, Some(0), "{run}");
        assert!(!run.out.contains('\u{202e}'), "{run}");
        let is_page = matches!(format, "markdown" | "html");
        assert!(!is_page || !run.out.contains("<script>"), "{run}");
        assert!(format != "markdown" || !run.out.contains("@team"), "{run}");
    }
}
