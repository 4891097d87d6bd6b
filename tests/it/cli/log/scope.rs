//! What `log` tells of: parts of a history, settings, names.

use insta::assert_snapshot;

use super::*;

#[test]
fn a_part_of_the_history_is_told() {
    let repo = storied();
    for (arguments, expected) in [
        (&["-n", "1"][..], &["No vouchers"][..]),
        (&["-n", "0"], &[]),
        (&["--kind", "moved"], &["backlog: rank BL-7kxxm 3 → 1"]),
        (&["--kind", "criteria"], &["Ticked"]),
        (&["--kind", "value", "-n", "1"], &["No vouchers"]),
        (&["--kind", "value"], &["No vouchers", "backlog: set BL-7k3qd value 8 → 13"]),
        (&["--kind", "removed,moved"], &["No vouchers", "backlog: rank BL-7kxxm 3 → 1"]),
        (&["--kind", "added"], &["Vouchers", "start"]),
        (&["--kind", "added", "--author", "MAX"], &[]),
        (&["--author", "max@example"], &["Pay as a guest", "backlog: set BL-7k3qd value 8 → 13"]),
        (&["--author", "Max", "--no-mentions"], &["backlog: set BL-7k3qd value 8 → 13"]),
        (&["HEAD~2.."], &["No vouchers", "Vouchers"]),
        (&["HEAD~6..HEAD~4"], &["Pay as a guest", "Ticked"]),
        (&["HEAD..HEAD~2"], &[]),
        (&["--since", "HEAD~1"], &["No vouchers"]),
        (&["--at", "HEAD~6", "-n", "1"], &["backlog: set BL-7k3qd value 8 → 13"]),
        (&["--since", "2026-01-02"], &[]),
        (&["--since", "2026-01-01", "-n", "1"], &["No vouchers"]),
        (&["BL-7kxxm"], &["backlog: rank BL-7kxxm 3 → 1", "start"]),
        (&["7kx", "--kind", "moved"], &["backlog: rank BL-7kxxm 3 → 1"]),
        (&["7k3", "HEAD~3.."], &[]),
        (&["BL-22222"], &["No vouchers", "Vouchers"]),
        (&["BL-22222", "--at", "HEAD~1"], &["Vouchers"]),
        (
            &["BL-7k3qd"],
            &["Pay as a guest", "Ticked", "backlog: set BL-7k3qd value 8 → 13", "start"],
        ),
        (
            &["BL-7k3qd", "--no-mentions"],
            &["Ticked", "backlog: set BL-7k3qd value 8 → 13", "start"],
        ),
        (&["GOAL-activation"], &["start"]),
    ] {
        assert_eq!(subjects(&repo, arguments), expected, "{arguments:?}");
    }
}

#[test]
fn what_was_asked_for_in_vain_is_said() {
    let repo = storied();
    assert_snapshot!(repo.session("
        git backlog log BL-zzzzz
        git backlog log nothing
        git backlog log 7k
        git backlog log --kind moverd
        git backlog log --kind statuss
        git backlog log --kind audience
        git backlog log --since nothing
        git backlog log --since yesterday..
        git backlog log nothing..HEAD
        git backlog log HEAD~1...HEAD
        git backlog log HEAD~1..HEAD HEAD~2..
        git backlog log HEAD~1..HEAD --since HEAD~2
        git backlog log HEAD~1..HEAD --at HEAD
        git backlog log --at nothing
    "), @r#"
    $ git backlog log BL-zzzzz
    ! no commit here has done that
    $ git backlog log nothing
    ! error: no document with id 'nothing'
    ! hint: see the ids with: git backlog list --all
    = 2
    $ git backlog log 7k
    ! error: '7k' matches BL-7kxxm "Basket is empty after login", BL-7k3qd "Guest checkout"
    ! hint: type more of the id
    = 2
    $ git backlog log --kind moverd
    ! error: unknown kind of change 'moverd'
    ! hint: did you mean 'moved'?
    = 2
    $ git backlog log --kind statuss
    ! error: unknown kind of change 'statuss'
    ! hint: did you mean 'status'?
    = 2
    $ git backlog log --kind audience
    ! error: unknown kind of change 'audience'
    ! hint: did you mean 'evidence'?
    = 2
    $ git backlog log --since nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog log --since yesterday..
    ! error: no revision 'yesterday..'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog log nothing..HEAD
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    $ git backlog log HEAD~1...HEAD
    ! error: 'HEAD~1...HEAD' is no range of commits that a log can follow
    ! hint: name what is in B and not in A with A..B, without --at
    = 2
    $ git backlog log HEAD~1..HEAD HEAD~2..
    ! error: one range of commits at a time
    = 2
    $ git backlog log HEAD~1..HEAD --since HEAD~2
    ! error: name a range or --since a revision, not both
    = 2
    $ git backlog log HEAD~1..HEAD --at HEAD
    ! error: 'HEAD~1..HEAD' is no range of commits that a log can follow
    ! hint: name what is in B and not in A with A..B, without --at
    = 2
    $ git backlog log --at nothing
    ! error: no revision 'nothing'
    ! hint: see the branches and tags with: git log --oneline --all
    = 2
    "#);
}

#[test]
fn fields_of_the_project_are_sorts_of_change() {
    let repo = shop();
    let fields = "fields:\n  audience: {type: text}\n";
    repo.write(".backlog/config.yml", repo.read(".backlog/config.yml") + fields);
    edit(&repo, CHECKOUT, "value: 8", "audience: guests\nvalue: 8");
    commit(&repo, "Mira", "Guests");
    assert_eq!(subjects(&repo, &["--kind", "audience"]), ["Guests"]);
    assert_eq!(subjects(&repo, &["--kind", "temperature"]), [""; 0]);
}

#[test]
fn settings_beside_the_folder_are_those_of_each_commit() {
    let repo = Repo::new();
    let parked = |is: &str| {
        let todo = "statuses:\n  ready: {category: todo}\n  parked: {category: ";
        repo.write("common.yml", format!("{todo}{is}}}\n"));
    };
    let item = |id: &str, status: &str, rank: &str| {
        let path = format!(".backlog/items/{id}.md");
        repo.write(&path, format!("---\nid: {id}\nstatus: {status}\nrank: {rank}\n---\n"));
    };
    repo.write(".backlog/config.yml", "extends: ../common.yml\n");
    parked("todo");
    item("BL-2", "ready", "cccc");
    item("BL-3", "parked", "dddd");
    item("BL-4", "ready", "ffff");
    commit(&repo, "Mira", "Start");
    item("BL-4", "ready", "bbbb");
    commit(&repo, "Mira", "Up");
    let told_then = subjects_and_moves(&repo);
    assert_eq!(told_then, "Up 3 1 ");
    parked("done");
    commit(&repo, "Mira", "Parked is over");
    item("BL-4", "ready", "gggg");
    commit(&repo, "Mira", "Down");
    assert_eq!(subjects_and_moves(&repo), format!("Down 1 2 {told_then}"));
    std::fs::remove_dir_all(repo.path(".git/backlog")).unwrap();
    assert_eq!(subjects_and_moves(&repo), format!("Down 1 2 {told_then}"));
    // The same for two states.
    let open = |range: &str| {
        let json = repo.run(&["diff", range, "--format", "json"]).json();
        (json["open_before"].as_u64(), json["open_after"].as_u64())
    };
    assert_eq!(open("HEAD~3..HEAD"), (Some(3), Some(2)));
    assert_eq!(open("HEAD..HEAD~3"), (Some(2), Some(3)));
}

/// The moves of the history with the subjects of their commits, newest first.
fn subjects_and_moves(repo: &Repo) -> String {
    let mut told = String::new();
    let json = repo.run(&["log", "--format", "json"]).json();
    for commit in json["commits"].as_array().unwrap() {
        let documents = commit["documents"].as_array().unwrap().iter();
        let changes = documents.flat_map(|it| it["changes"].as_array().unwrap());
        for moved in changes.filter(|it| it["change"] == "moved") {
            let subject = commit["subject"].as_str().unwrap();
            told += &format!("{subject} {} {} ", moved["from"], moved["to"]);
        }
    }
    told
}
