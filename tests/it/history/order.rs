//! The order in which a history is told: each commit once, children first.

use std::collections::HashMap;

use git_backlog::store::{Moment, Shape};

use crate::support::Repo;

fn moments(repo: &Repo, rev: &str, shape: Shape) -> Vec<Moment> {
    repo.open().history(rev, ".backlog", shape).unwrap().map(Result::unwrap).collect()
}

fn ids(moments: &[Moment]) -> Vec<&str> {
    moments.iter().map(|moment| moment.commit.id.as_str()).collect()
}

/// Holds a history against what Git says about it.
fn check(repo: &Repo, rev: &str) {
    let full = moments(repo, rev, Shape::Full);
    let mut found = ids(&full);
    let places: HashMap<&str, usize> = found.iter().copied().zip(0..).collect();
    for moment in &full {
        let at = places[moment.commit.id.as_str()];
        for parent in &moment.commit.parents {
            assert!(at < places[parent.as_str()], "a parent stands before its child");
        }
        for (nth, tree) in moment.parents.iter().enumerate() {
            let parent = format!("{}^{}", moment.commit.id, nth + 1);
            assert_eq!(*tree, repo.open().tree(&parent, ".backlog").unwrap());
        }
        assert_eq!(moment.tree, repo.open().tree(&moment.commit.id, ".backlog").unwrap());
        assert_eq!(moment.parents.len(), moment.commit.parents.len());
        assert!(!moment.is_cut);
    }
    let by_git = repo.git(&["rev-list", "--first-parent", rev]);
    let mainline: Vec<Moment> = full.iter().filter(|it| it.is_mainline).cloned().collect();
    assert_eq!(ids(&mainline).join("\n"), by_git);
    assert_eq!(ids(&moments(repo, rev, Shape::FirstParent)).join("\n"), by_git);
    // The history of a first parent is the end of that of its child, as long as it is told.
    for moment in &mainline {
        let own = moments(repo, &moment.commit.id, Shape::Full);
        assert!(found.ends_with(&ids(&own)));
    }
    found.sort_unstable();
    let by_git = repo.git(&["rev-list", rev]);
    let mut by_git: Vec<&str> = by_git.lines().collect();
    by_git.sort_unstable();
    assert_eq!(found, by_git);
}

/// Makes a commit with these parents, which changes one file or none.
fn commit(repo: &Repo, name: &str, parents: &[&str]) -> String {
    if !name.is_empty() {
        repo.write(&format!(".backlog/items/{name}.md"), name);
        repo.git(&["add", "--all"]);
    }
    let tree = repo.git(&["write-tree"]);
    let parents: Vec<&str> = parents.iter().flat_map(|parent| ["-p", parent]).collect();
    repo.git(&[&["commit-tree", &tree, "-m", name], parents.as_slice()].concat())
}

/// A history with all that a history can have.
fn tangled() -> (Repo, String) {
    let repo = Repo::new();
    let commit = |name: &str, parents: &[&str]| commit(&repo, name, parents);
    let root = commit("root", &[]);
    let one = commit("one", &[&root]);
    let two = commit("two", &[&root]);
    let (left, right) = (commit("left", &[&one, &two]), commit("right", &[&two, &one]));
    let criss_cross = commit("criss-cross", &[&left, &right]);
    let stranger = commit("stranger", &[]);
    let unrelated = commit("unrelated", &[&criss_cross, &stranger]);
    let side = commit("side", &[&two]);
    let deeper = commit("deeper", &[&side, &stranger]);
    let empty = commit("", &[&unrelated]);
    // The second parent is behind the third, and the fourth behind the first.
    let octopus = commit("octopus", &[&empty, &side, &deeper, &one]);
    // Somebody pulled the wrong way: the mainline changes sides.
    let foxtrot = commit("foxtrot", &[&deeper, &octopus]);
    let twice = commit("twice", &[&foxtrot, &foxtrot]);
    let tip = commit("tip", &[&twice]);
    (repo, tip)
}

#[test]
fn each_commit_is_told_once_and_children_stand_before_parents() {
    let (repo, tip) = tangled();
    check(&repo, &tip);
    repo.git(&["update-ref", "refs/heads/main", &tip]);
    repo.git(&["commit-graph", "write", "--reachable"]);
    check(&repo, &tip);
    let newer = commit(&repo, "newer", &[&tip]);
    check(&repo, &newer);
}

#[test]
fn what_a_merge_brought_in_follows_it() {
    let repo = Repo::new();
    let commit = |name: &str, parents: &[&str]| commit(&repo, name, parents);
    let root = commit("root", &[]);
    let a1 = commit("a1", &[&root]);
    let b1 = commit("b1", &[&root]);
    let b2 = commit("b2", &[&b1]);
    let a2 = commit("a2", &[&a1]);
    let merge = commit("merge", &[&a2, &b2]);
    let tip = commit("tip", &[&merge]);
    let told = moments(&repo, &tip, Shape::Full);
    let messages: Vec<&str> = told.iter().map(|it| it.commit.message.trim_end()).collect();
    assert_eq!(messages, ["tip", "merge", "b2", "b1", "a2", "a1", "root"]);
}

#[test]
fn random_histories_are_told_as_git_tells_them() {
    let mut chance = 1_u64;
    let mut next = move |below: usize| {
        chance =
            chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) as usize % below
    };
    for _ in 0..4 {
        let repo = Repo::new();
        let mut made = vec![commit(&repo, "root", &[])];
        for number in 0..20 {
            let parents: Vec<String> = (0..1 + next(3))
                .map(|_| made[made.len() - 1 - next(made.len().min(4))].clone())
                .collect();
            let parents: Vec<&str> = parents.iter().map(String::as_str).collect();
            made.push(commit(&repo, &format!("c{number}"), &parents));
        }
        check(&repo, made.last().unwrap());
    }
}

#[test]
fn a_commit_is_told_as_it_was_left() {
    let repo = Repo::with_backlog();
    repo.git(&[
        "-c",
        "user.name=Jörg  O'Hara",
        "-c",
        "user.email=joerg@example.org",
        "commit",
        "--quiet",
        "--allow-empty",
        "--date=2026-03-04T23:30:00-05:00",
        "-m",
        "Subject\n\nBody of it",
    ]);
    let told = moments(&repo, "HEAD", Shape::Full);
    let commit = &told[0].commit;
    assert_eq!(
        (commit.author.as_str(), commit.email.as_str()),
        ("Jörg  O'Hara", "joerg@example.org")
    );
    assert_eq!(commit.message, "Subject\n\nBody of it\n");
    assert_eq!(commit.time.date().to_string(), "2026-03-04");
    assert_eq!(
        commit.time.timestamp().as_second().to_string(),
        repo.git(&["log", "-1", "--format=%at"])
    );
    assert_eq!(
        commit.committed.timestamp().as_second().to_string(),
        repo.git(&["log", "-1", "--format=%ct"])
    );
    assert_eq!(told[0].parents, [told[1].tree]);
    assert_eq!(told[0].tree, told[0].parents[0]);
}

#[test]
fn a_shallow_clone_says_where_it_ends() {
    let repo = Repo::with_backlog();
    for number in 0..4 {
        repo.write(".backlog/items/BL-22222-first.md", number.to_string());
        repo.git(&["commit", "--quiet", "--all", "-m", "more"]);
    }
    let source = format!("file://{}", repo.path("").display());
    repo.git(&["clone", "--quiet", "--depth=2", &source, "../shallow"]);
    let shallow = repo.at("shallow");
    let told = moments(&shallow, "HEAD", Shape::Full);
    assert_eq!(told.len(), 2);
    assert_eq!((told[0].is_cut, told[0].parents.len()), (false, 1));
    assert_eq!((told[1].is_cut, told[1].parents.len()), (true, 0));
    assert_eq!(told[1].commit.parents.len(), 1);
}

#[test]
fn what_names_no_commit_has_no_history() {
    let code = |repo: &Repo, rev: &str| {
        repo.open().history(rev, ".backlog", Shape::Full).unwrap_err().exit_code()
    };
    assert_eq!(code(&Repo::new(), "HEAD"), 3);
    assert_eq!(code(&Repo::with_backlog(), "v9"), 2);
    assert_eq!(code(&Repo::with_backlog(), "HEAD:src"), 2);
}

#[test]
fn the_first_commits_of_a_line_are_told_without_looking_at_the_rest() {
    let repo = Repo::with_backlog();
    for number in 0..20 {
        repo.write(".backlog/items/BL-22222-first.md", number.to_string());
        repo.git(&["commit", "--quiet", "--all", "-m", "more"]);
    }
    let open = repo.open();
    let mut history = open.history("HEAD", ".backlog", Shape::Full).unwrap();
    for _ in 0..3 {
        history.next().unwrap().unwrap();
    }
    assert_eq!(open.objects_read().commits, 4);
    assert_eq!(history.count(), 18);
    assert_eq!((open.objects_read().commits, open.objects_read().blobs), (21, 0));
}

#[test]
fn a_walk_along_a_history_reads_nothing_twice() {
    let repo = Repo::with_backlog();
    for number in 0..20 {
        repo.write(".backlog/items/BL-22222-first.md", number.to_string());
        repo.git(&["commit", "--quiet", "--all", "-m", "more"]);
    }
    let open = repo.open();
    let mut differ = open.differ();
    for moment in open.history("HEAD", ".backlog", Shape::Full).unwrap() {
        let moment = moment.unwrap();
        for parent in &moment.parents {
            assert_eq!(differ.edits(*parent, moment.tree).unwrap().len(), 1);
        }
    }
    // A root, the folder and `items` for each commit, and one file.
    let read = open.objects_read();
    assert_eq!((read.commits, read.trees, read.blobs), (21, 3 * 21, 21));
}
