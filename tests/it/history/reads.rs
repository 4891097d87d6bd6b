//! What a comparison reads: what differs, and what that names.

use std::fmt::Write;

use crate::support::Repo;

/// How many items the repository has.
const ITEMS: usize = 600;

/// The path of an item.
fn path(number: usize) -> String {
    format!(".backlog/items/BL-{}.md", id(number))
}

fn id(number: usize) -> String {
    let letters = b"23456789bcdfghjkmpqrstvwxz";
    let digit = |at: u32| letters[number / letters.len().pow(at) % letters.len()] as char;
    format!("z{}{}{}k", digit(2), digit(1), digit(0))
}

fn text(number: usize, rank: &str, value: usize) -> String {
    format!(
        "---\nid: BL-{}\ntitle: Item {number}\ntype: task\nstatus: ready\nrank: {rank}\n\
         value: {value}\n---\n",
        id(number)
    )
}

fn rank(number: usize) -> String {
    let letters = b"bcdfghjklmpqrstvwxz";
    let digit = |at: u32| letters[number / letters.len().pow(at) % letters.len()] as char;
    format!("m{}{}{}", digit(2), digit(1), digit(0))
}

/// A repository of many items, whose last commit changed ten of them.
fn many(changed: impl Fn(usize) -> (String, usize)) -> Repo {
    let repo = Repo::new();
    for number in 0..ITEMS {
        repo.write(&path(number), text(number, &rank(number), 5));
    }
    repo.write(".backlog/config.yml", "");
    repo.git(&["add", "."]);
    repo.git(&["commit", "-qm", "start"]);
    for number in (0..ITEMS).step_by(ITEMS / 10) {
        let (rank, value) = changed(number);
        repo.write(&path(number), text(number, &rank, value));
    }
    repo.git(&["commit", "-qam", "Ten others"]);
    repo
}

/// How many files a difference of the last commit reads, and how many items it tells of.
fn read(repo: &Repo) -> (usize, usize) {
    let run = repo.run(&["diff", "HEAD~1..HEAD", "--format", "json", "-v"]);
    assert_eq!(run.code, Some(0), "{run}");
    let line = run.err.lines().find(|line| line.starts_with("read ")).unwrap();
    let n_files = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    let documents = run.json()["documents"].as_array().unwrap().len();
    (n_files, documents)
}

#[test]
fn ten_changed_items_of_many_are_read_and_no_others() {
    let repo = many(|number| (rank(number), 8));
    let (n_files, n_documents) = read(&repo);
    assert_eq!(n_documents, 10);
    // Both texts of ten items, and the settings of both states.
    assert!(n_files <= 10 * 2 + 4, "{n_files} files");
}

#[test]
fn where_the_order_changed_it_is_read_once_and_kept() {
    // Each of the ten moves one place down.
    let repo = many(|number| (rank(number + 1) + "m", 5));
    let (n_cold, n_documents) = read(&repo);
    assert_eq!(n_documents, 10);
    assert!(n_cold >= ITEMS, "{n_cold} files");
    // The items before and after each, and the one that it passed, for their titles.
    let (n_warm, _) = read(&repo);
    assert!(n_warm <= 10 * 2 + 4 + 10 * 2, "{n_warm} files");
}

#[test]
fn what_is_kept_changes_nothing_that_is_told() {
    let repo = many(|number| (rank(number + 3) + "m", 5));
    let diff = || repo.run(&["diff", "HEAD~1..HEAD", "--format", "json"]).out;
    let log = || repo.run(&["log", "--format", "json"]).out;
    let (cold, cold_log) = (diff(), log());
    assert_eq!(diff(), cold);
    assert_eq!(log(), cold_log);
    let mut told = String::new();
    for entry in std::fs::read_dir(repo.path(".git/backlog")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            writeln!(told, "{}", path.display()).unwrap();
            std::fs::remove_file(path).unwrap();
        }
    }
    assert!(told.contains("memo-order") && told.contains("history-"), "{told}");
    assert_eq!(diff(), cold);
    assert_eq!(log(), cold_log);
}
