//! The names of people are those of `git log`, whatever they were called when they wrote.

use crate::support::{Repo, link};

const ITEM: &str = ".backlog/items/BL-22222-first.md";

/// A history by three addresses, two of which are the same person.
fn of_three() -> Repo {
    let repo = Repo::new();
    let people =
        [("Mira", "mira@old.example"), ("mira l", "ML@laptop"), ("Jonas", "j@example.org")];
    for (number, (name, email)) in people.into_iter().enumerate() {
        let text = format!("---\nid: BL-22222\ntitle: First\ntype: task\nvalue: {number}\n---\n");
        repo.write(ITEM, text);
        repo.git(&["add", "--all"]);
        let (name, email) = (format!("user.name={name}"), format!("user.email={email}"));
        repo.git(&["-c", &name, "-c", &email, "commit", "--quiet", "--message", "change"]);
    }
    repo
}

fn told(repo: &Repo) -> Vec<String> {
    let log = repo.run(&["log", "--format", "jsonl"]);
    assert_eq!(log.code, Some(0), "{log}");
    let person = |line: &str| {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        format!("{} <{}>", entry["author"].as_str().unwrap(), entry["email"].as_str().unwrap())
    };
    log.out.lines().map(person).collect()
}

fn by_git(repo: &Repo) -> Vec<String> {
    let log = repo.git(&["log", "--use-mailmap", "--format=%aN <%aE>"]);
    log.lines().map(str::to_owned).collect()
}

const MAP: &str = "# who is who\nMira Lang <mira@example.org> <mira@old.example>\n\
    Mira Lang <mira@example.org> mira l <ml@laptop>\nnonsense\n";

#[test]
fn people_go_by_the_names_of_the_mailmap() {
    let repo = of_three();
    assert_eq!(told(&repo), by_git(&repo));
    // What was kept of the history before does not keep the names.
    repo.write(".mailmap", MAP);
    assert_eq!(told(&repo), by_git(&repo));
    assert_eq!(told(&repo)[1..], ["Mira Lang <mira@example.org>"; 2]);
    let by = repo.run(&["log", "--author", "lang", "--format", "jsonl"]);
    assert_eq!(by.out.lines().count(), 2, "{by}");
    let blame = repo.run(&["blame", "22222"]);
    assert!(blame.out.contains("Mira Lang") && !blame.out.contains("mira l "), "{blame}");
    repo.write(ITEM, "---\nid: BL-22222\ntitle: Second\ntype: task\nvalue: 2\n---\n");
    let name = ["-c", "user.name=Mira", "-c", "user.email=mira@old.example"];
    repo.git(&[&name[..], &["commit", "--quiet", "--all", "--message", "title"]].concat());
    let show = repo.run(&["show", "22222"]);
    assert!(show.out.contains("Mira Lang"), "{show}");
    repo.git(&["config", "log.mailmap", "false"]);
    assert!(!told(&repo).iter().any(|person| person.contains("Lang")));
}

#[test]
fn a_bare_repository_has_the_mailmap_of_its_head() {
    let repo = of_three();
    repo.write(".mailmap", MAP);
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "who is who"]);
    repo.git(&["clone", "--quiet", "--bare", ".", "../bare"]);
    let repo = repo.at("bare");
    assert_eq!(told(&repo)[..], by_git(&repo)[1..]);
}

/// A repository of a stranger names no file to be read, and no pipe to wait for.
#[test]
fn a_mailmap_elsewhere_is_the_users_own_choice() {
    let repo = of_three();
    std::fs::write(repo.beside("home/people"), MAP).unwrap();
    let people = repo.beside("home/people");
    repo.git(&["config", "mailmap.file", people.to_str().unwrap()]);
    link(&people, repo.path(".mailmap"));
    assert!(!told(&repo).iter().any(|person| person.contains("Lang")));
    repo.git(&["config", "--unset", "mailmap.file"]);
    repo.git(&["config", "--global", "mailmap.file", "~/people"]);
    assert_eq!(told(&repo), by_git(&repo));
}
