//! `review` of large changes: it fits into a comment.

use super::*;

#[test]
fn a_large_change_fits_into_a_comment() {
    let repo = Repo::without_repository();
    repo.git(&["init", "--quiet", "--initial-branch=main"]);
    for (key, value) in [("user.name", "Mira"), ("user.email", "mira@example.org")] {
        repo.git(&["config", key, value]);
    }
    let task = |number: usize, rank: usize, value: usize| {
        let title = format!("Item number {number} with a title of ordinary length");
        let criteria = format!("- [ ] The first of item {number} holds.\n- [ ] So does {value}.\n");
        let letters: Vec<char> = "bcdfghjklmpqrstvwxz".chars().collect();
        let key: String = [361, 19, 1].map(|unit| letters[rank / unit % 19]).iter().collect();
        repo.write(
            &format!(".backlog/items/BL-{number}.md"),
            format!(
                "---\nid: BL-{number}\ntitle: {title}\ntype: task\nstatus: ready\nrank: m{key}\nvalue: {value}\n\
                 effort: 1\nlabls: [x{value}]\n---\n\nText {value}.\n\n## Acceptance criteria\n\n{criteria}"
            ),
        );
    };
    (0..300).for_each(|number| task(2000 + number, number, 3));
    commit(&repo, "Mira", "Start");
    (0..300).for_each(|number| task(2000 + number, (number * 7) % 300, 5));
    (0..50).for_each(|number| task(3000 + number, number, 5));
    let run = repo.run(&["review", "HEAD", "--format", "markdown"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let page = run.out;
    assert!(page.len() < 65_536, "{}", page.len());
    assert!(page.starts_with("<!-- git-backlog review -->\n"), "{}", &page[..200]);
    assert_eq!(page.matches("<!-- git-backlog review -->").count(), 1);
    let json = repo.run(&["review", "HEAD", "--format", "json"]).json();
    // What is left out is counted.
    let section = |heading: &str| {
        let (_, rest) = page.split_once(&format!("\n## {heading}\n")).unwrap();
        rest.split("\n## ").next().unwrap().to_owned()
    };
    let more = |text: &str, words: &str| -> usize {
        let end = text.find(words).unwrap_or_else(|| panic!("no {words:?} in {text}"));
        text[..end].rsplit(' ').next().unwrap().parse().unwrap()
    };
    let moved = section("Moved");
    let n_shown = moved.lines().filter(|line| line.contains("| BL-")).count();
    assert_eq!(n_shown + more(&moved, " more moved"), json["summary"]["moved"], "{moved}");
    let changed = section("Changed");
    let n_shown = changed.lines().filter(|line| line.starts_with("### BL-")).count();
    assert_eq!(n_shown + more(&changed, " more changed"), 300);
    let added = section("Added");
    let n_shown = added.lines().filter(|line| line.starts_with("- BL-")).count();
    assert!(n_shown == 50 || n_shown + more(&added, " more") == 50, "{added}");
    // A terminal scrolls.
    let screen = repo.run(&["diff"]).out;
    assert!(!screen.contains(" more moved") && screen.lines().count() > 1_000);
}

#[test]
fn what_is_written_without_an_end_fits_into_a_comment() {
    let repo = changed();
    let long = "<word> ".repeat(20_000);
    let path = repo.path(CHECKOUT);
    let text = std::fs::read_to_string(&path).unwrap();
    let criteria = format!("\n## Acceptance criteria\n\n- [ ] {long}\n");
    repo.write(CHECKOUT, text + &criteria);
    let page = repo.run(&["review", "main", "--format", "markdown"]).out;
    assert!(page.len() < 60_000, "{}", page.len());
    assert!(page.contains("&lt;word&gt; &lt;wor"), "{page}");
}
