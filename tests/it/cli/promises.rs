//! What no command may do, whatever it is asked: write what cannot be read, touch what was not
//! named, say "done" without having done it.

use super::{CHECKOUT, shop};
use crate::support::{Repo, link};

#[test]
fn no_command_writes_a_document_that_cannot_be_read() {
    let repo = shop();
    let before = repo.git(&["status", "--porcelain", "--untracked-files=all"]);
    let conflict = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n";
    for body in ["a \0 byte", conflict, &"x".repeat(1024 * 1024 - 10)] {
        let run = repo.run_with(&["new", "task", "Bad body", "-"], body);
        assert!(run.code == Some(1) && run.err.contains("could not be read"), "{run}");
    }
    assert_eq!(repo.git(&["status", "--porcelain", "--untracked-files=all"]), before);
}

#[test]
fn documents_that_share_an_id_are_not_written() {
    let repo = shop();
    let twin = repo.read(CHECKOUT).replace("rank: mbcd", "rank: mbgg");
    repo.write(".backlog/items/BL-7k3qd-twin.md", &twin);
    for arguments in
        [&["set", "7k3qd", "value=1"][..], &["set", "--where", "status=ready", "value=1"]]
    {
        let run = repo.run(arguments);
        assert!(run.code == Some(1) && run.err.contains("is the id of 2 documents"), "{run}");
    }
    assert_eq!(repo.read(".backlog/items/BL-7k3qd-twin.md"), twin);
}

#[test]
fn a_criterion_takes_nothing_with_it_that_stands_beside_it() {
    let repo = shop();
    let text = "---\nid: BL-kkkkk\ntitle: A\ntype: task\nstatus: ready\nrank: mzzz\n---\n\n\
                ## Acceptance criteria\n\n- [ ] a\n\nA paragraph.\n\n- [ ] b\n";
    repo.write(".backlog/items/BL-kkkkk.md", text);
    let run = repo.run(&["criteria", "kkkkk", "remove", "1"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(repo.read(".backlog/items/BL-kkkkk.md").contains("A paragraph.\n\n- [ ] b\n"));
}

#[test]
fn a_folder_named_through_a_link_is_committed_like_any_other() {
    let repo = shop();
    link(repo.path(""), repo.beside("other-way"));
    let folder = repo.beside("other-way").join(".backlog");
    let folder = folder.to_str().unwrap();
    let run = repo.run(&["--dir", folder, "set", "7k3qd", "value=13", "-m", "why"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(repo.git(&["status", "--porcelain"]), "");
    assert!(repo.git(&["log", "-1", "--format=%s"]).contains("value 8 → 13"));
}

#[test]
fn a_line_break_in_an_id_makes_no_trailer() {
    let repo = shop();
    let text =
        "---\nid: \"BL-kkkkk\\nSigned-off-by: The Boss <boss@example.org>\"\ntitle: A\n---\n";
    repo.write(".backlog/items/BL-kkkkk.md", text);
    assert_eq!(repo.run(&["commit"]).code, Some(0));
    assert!(!repo.git(&["log", "-1", "--format=%(trailers)"]).contains("The Boss"));
}

#[test]
fn a_commit_takes_no_copies_that_editors_leave() {
    let repo = shop();
    repo.write(".backlog/items/.BL-7k3qd.md.swp", "swap");
    repo.write(".backlog/items/BL-7k3qd.md~", "backup");
    repo.write(".backlog/vendor/.git/HEAD", "ref: refs/heads/main\n");
    repo.write(".backlog/vendor/notes.md", "of another repository");
    let run = repo.run(&["set", "7k3qd", "value=13"]);
    assert_eq!((run.code, repo.run(&["commit"]).code), (Some(0), Some(0)), "{run}");
    assert_eq!(repo.git(&["show", "--name-only", "--format=", "HEAD"]).trim(), CHECKOUT);
}

#[test]
fn a_broken_file_is_not_committed_unseen() {
    let repo = shop();
    repo.write(CHECKOUT, repo.read(CHECKOUT).replace("title: ", "title: a: "));
    let head = repo.git(&["rev-parse", "HEAD"]);
    let run = repo.run(&["commit", "-m", "why"]);
    assert!(run.code == Some(1) && run.err.contains("nothing was committed"), "{run}");
    assert_eq!(repo.git(&["rev-parse", "HEAD"]), head);
}

#[test]
fn a_list_is_sorted_whatever_the_values_are() {
    let repo = Repo::new();
    for (number, title) in (0..150).zip(["9", "10", "1a", "b"].into_iter().cycle()) {
        let id = format!("BL-kkk{}{}", number / 10, number % 10);
        repo.write(
            &format!(".backlog/items/{id}.md"),
            format!("---\nid: {id}\ntitle: \"{title}\"\n---\n"),
        );
    }
    let run = repo.run(&["list", "--sort", "title", "--columns", "title", "--format", "csv"]);
    let titles: Vec<String> = run.csv().into_iter().skip(1).map(|row| row[0].clone()).collect();
    let count = |title: &str| titles.iter().filter(|it| *it == title).count();
    assert_eq!(titles.len(), 150, "{run}");
    let wanted = ["9", "10", "1a", "b"].map(|title| vec![title.to_owned(); count(title)]).concat();
    assert_eq!(titles, wanted);
}
