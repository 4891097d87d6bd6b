//! Two people who change one thing, and what stands between them and the remote.

use super::{Clones, ITEMS, item, path_of};

/// The first clone has pushed a value, the second has committed another.
fn apart() -> Clones {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    ada.expect(&["set", "BL-22222", "value=1", "-m", "Ada"], 0, "");
    ada.expect(&["sync"], 0, "pushed 1 commit");
    ben.expect(&["set", "BL-22222", "value=2", "-m", "Ben"], 0, "");
    clones
}

#[test]
fn a_conflict_stays_here_until_somebody_decides() {
    let clones = apart();
    let (ada, ben) = clones.pair();
    let remote = clones.remote();
    let run = ben.expect(&["sync"], 1, "not pushed: 1 document with conflicts");
    assert!(run.out.contains("conflict BL-22222 value 1 or 2 "), "{run}");
    assert_eq!(clones.remote(), remote);
    assert_eq!(ben.git(&["status", "--porcelain"]), "");
    let text = ben.read(&path_of("BL-22222"));
    assert!(text.contains("\nvalue: 8\n") && text.contains("\nconflicts:\n"), "{text}");
    ben.expect(&["sync"], 1, "not pushed");
    ben.expect(&["resolve"], 1, "BL-22222");
    ben.expect(&["resolve", "BL-22222", "value=2"], 0, "");
    // What is not committed does not count yet.
    ben.expect(&["sync"], 1, "not pushed");
    ben.expect(&["sync", "-m", "Decided"], 0, "pushed");
    assert_eq!(
        ben.read(&path_of("BL-22222")),
        item("BL-22222", "mbcd").replace("value: 8", "value: 2")
    );
    ada.expect(&["sync"], 0, "");
    assert_eq!(ada.state(), ben.state().replace("ben", "ada"));
}

#[test]
fn who_sets_a_field_in_conflict_decides_it() {
    let clones = apart();
    let (_, ben) = clones.pair();
    ben.expect(&["sync"], 1, "1: 1, 2: 2");
    ben.expect(&["set", "BL-22222", "value=5", "-m", "Agreed"], 0, "decide BL-22222 value 8 → 5 ");
    ben.expect(&["resolve"], 0, "nothing to decide");
    ben.expect(&["sync"], 0, "pushed");
}

#[test]
fn a_conflict_is_numbered_alike_wherever_it_is_told() {
    let clones = apart();
    let (ada, ben) = clones.pair();
    ben.expect(&["sync"], 1, "1: 1, 2: 2");
    // The base is edited by hand, which decides nothing.
    let path = path_of("BL-22222");
    ben.write(&path, ben.read(&path).replace("value: 8", "value: 20"));
    ada.expect(&["set", "BL-22222", "value=13", "-m", "Ada"], 0, "");
    ada.expect(&["sync"], 0, "pushed");
    let told = ben.expect(&["sync", "-m", "By hand"], 1, "value was");
    let listed = ben.expect(&["resolve"], 1, "value was");
    let numbers =
        |run: &str| run.split("value was ").nth(1).unwrap().lines().next().unwrap().to_owned();
    assert_eq!(numbers(&told.err), numbers(&listed.out));
}

#[test]
fn a_text_in_conflict_is_decided_with_an_editor() {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    for (desk, words) in [(&ada, "Ada writes this."), (&ben, "Ben writes that.")] {
        let path = path_of("BL-22222");
        desk.write(&path, desk.read(&path).replace("What BL-22222 is about.", words));
    }
    ada.expect(&["sync", "-m", "Ada"], 0, "pushed");
    let run = ben.expect(&["sync", "-m", "Ben"], 1, "not pushed");
    assert!(!run.out.contains("rank "), "{run}");
    for words in [&["resolve", "BL-22222"][..], &["resolve", "BL-22222", "value=3"]] {
        ben.expect(words, 1, "git backlog edit BL-22222");
    }
    ben.expect(&["criteria", "BL-22222"], 1, "");
}

#[test]
fn settings_and_templates_in_conflict_are_told_of() {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    for (desk, word) in [(&ada, "task"), (&ben, "chore")] {
        let path = ".backlog/templates/task.md";
        desk.write(path, desk.read(path).replace("type: task", &format!("type: {word} # {word}")));
        desk.write(".backlog/config.yml", format!("# {word}\n"));
    }
    ada.commit_all("ada");
    ben.commit_all("ben");
    ada.expect(&["sync"], 0, "");
    ben.expect(&["sync"], 1, "not pushed");
    let run = ben.expect(&["resolve"], 1, ".backlog/config.yml: the text");
    assert!(run.out.contains("mend it with an editor"), "{run}");
}

#[test]
fn a_conflict_that_was_decided_there_is_decided_here() {
    let clones = apart();
    let (ada, ben) = clones.pair();
    ben.expect(&["sync"], 1, "not pushed");
    ben.expect(
        &["resolve", "BL-22222", "--take", "2", "-m", "Decided"],
        0,
        "] backlog: decide BL-22222 value 8 → 2 ",
    );
    // Meanwhile the first one changes the same field again.
    ada.expect(&["set", "BL-22222", "value=3", "-m", "Again"], 0, "");
    ada.expect(&["sync"], 0, "pushed");
    ben.expect(&["sync"], 1, "not pushed");
    ben.expect(&["resolve", "BL-22222", "value=4", "-m", "Decided"], 0, "");
    ben.expect(&["sync"], 0, "pushed");
    ada.expect(&["sync"], 0, "");
    assert!(ada.read(&path_of("BL-22222")).contains("\nvalue: 4\n"));
    ada.expect(&["sync"], 0, "already in step");
}

#[test]
fn a_file_that_is_not_committed_is_not_written_over() {
    let clones = apart();
    let (_, ben) = clones.pair();
    ben.expect(&["set", "BL-22222", "effort=13"], 0, "");
    let before = ben.state();
    ben.expect(&["sync"], 4, "BL-22222-item.md has changes that are not committed");
    assert_eq!(ben.state(), before);
    // A file beside the backlog in the way of what comes.
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    ada.write("notes.txt", "theirs\n");
    ada.commit_all("notes");
    ada.expect(&["sync"], 0, "");
    ben.write("notes.txt", "ours\n");
    let before = ben.state();
    ben.expect(&["sync"], 4, "notes.txt");
    assert_eq!((ben.state(), ben.read("notes.txt")), (before, "ours\n".to_owned()));
}

#[test]
fn one_id_of_two_items_gets_the_same_new_one_in_both_clones() {
    let text = |title: &str| {
        format!(
            "---\nid: BL-77777\ntitle: {title}\ntype: task\nstatus: proposed\ncreated: 2026-11-20\n---\n\n{title}.\n"
        )
    };
    let mut results = Vec::new();
    for is_first in [true, false] {
        let clones = Clones::new(2);
        let (ada, ben) = clones.pair();
        ada.write(".backlog/items/BL-77777-by-ada.md", text("By ada"));
        ada.commit_all("ada");
        ben.write(".backlog/items/BL-77777-by-ben.md", text("By ben"));
        ben.commit_all("ben");
        let (one, other) = if is_first { (&ada, &ben) } else { (&ben, &ada) };
        one.expect(&["sync"], 0, "pushed");
        other.expect(&["sync"], 0, "BL-77777");
        one.expect(&["sync"], 0, "");
        assert_eq!(one.head(), other.head());
        let list = one.git(&["ls-tree", "-r", "HEAD", ".backlog/items/"]);
        assert_eq!(list.lines().count(), ITEMS.len() + 2, "{list}");
        assert_eq!(list.matches("BL-77777").count(), 1, "{list}");
        ada.expect(&["doctor"], 0, "");
        results.push(list);
    }
    assert_eq!(results[0], results[1]);
}

#[test]
fn who_edits_wins_over_who_removes() {
    let clones = Clones::new(2);
    let (ada, ben) = clones.pair();
    ada.git(&["rm", "--quiet", &path_of("BL-33333")]);
    ada.git(&["commit", "--quiet", "-m", "remove"]);
    ada.expect(&["sync"], 0, "");
    ben.expect(&["set", "BL-33333", "value=2", "-m", "Ben"], 0, "");
    ben.expect(&["sync"], 0, "it is kept as edited");
    ada.expect(&["sync"], 0, "");
    assert!(ada.read(&path_of("BL-33333")).contains("\nvalue: 2\n"));
}
