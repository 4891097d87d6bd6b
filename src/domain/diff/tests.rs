//! Differences of small backlogs: every sort of change once, and what has to hold of all.

use super::*;
use crate::domain::backlog::Backlog;
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::source::{FileChange, SourceFile};

/// The files that differ between two states.
pub(super) fn changed(before: &[SourceFile], after: &[SourceFile]) -> Vec<FileChange> {
    let text = |files: &[SourceFile], path: &str| {
        files.iter().find(|it| it.path == path).map(|it| it.text.clone())
    };
    let mut paths: Vec<&str> = before.iter().chain(after).map(|it| &*it.path).collect();
    paths.sort_unstable();
    paths.dedup();
    let change = |path: &str| FileChange {
        path: path.to_owned(),
        before: text(before, path),
        after: text(after, path),
    };
    paths.into_iter().map(change).filter(|it| it.before != it.after).collect()
}

/// The difference, where all states have the same settings.
pub(super) fn step(
    files: Vec<FileChange>,
    config: &Config,
    order: &mut Order,
    direction: Direction,
) -> Diff {
    diff(Pairs::of(files), (config, config), Some((order, direction)))
}

/// The difference of two states.
pub(super) fn between(before: &[SourceFile], after: &[SourceFile]) -> Diff {
    let config = Config::default();
    let mut order = Order::of(&Backlog::parse(before.to_vec()));
    step(changed(before, after), &config, &mut order, Direction::Forward)
}

/// A file of an item: its id, its key, further lines of front matter, its body.
fn item(id: &str, rank: &str, lines: &str, body: &str) -> SourceFile {
    let text =
        format!("---\nid: {id}\ntitle: T {id}\nstatus: ready\nrank: {rank}\n{lines}---\n{body}");
    SourceFile { path: format!("items/{id}.md"), text: Ok(text) }
}

/// The changes in short, a line for each.
fn told(diff: &Diff) -> String {
    let mut lines = Vec::new();
    for document in &diff.documents {
        for change in &document.changes {
            let what = match change {
                Change::Moved(it) => format!(
                    " {} → {} after {} before {} past {}: {}",
                    it.from,
                    it.to,
                    it.after.as_deref().unwrap_or("-"),
                    it.before.as_deref().unwrap_or("-"),
                    it.n_passed,
                    it.passed.join(" ")
                ),
                Change::Set(it) => {
                    let (from, to) = (shown(it.from.as_ref()), shown(it.to.as_ref()));
                    format!(" {}: {from} → {to}", it.field)
                }
                Change::Criterion(it) => {
                    format!(" {} {} {}", it.act.word(), it.ordinal, it.text)
                }
                Change::Text { added, removed } => format!(" +{added} -{removed}"),
                Change::Renamed { from, to } => format!(" {from} → {to}"),
                Change::Unreadable { is_now, reason } => {
                    format!(" {} {reason}", if *is_now { "now" } else { "before" })
                }
                Change::Added | Change::Removed | Change::Layout => String::new(),
            };
            lines.push(format!("{} {}{what}", document.id, change.word()));
        }
    }
    lines.extend(
        diff.files.iter().map(|it| format!("{} {} {}", it.path, it.was_there, it.is_there)),
    );
    lines.join("\n")
}

#[track_caller]
fn check(before: &[SourceFile], after: &[SourceFile], expected: &str) {
    assert_eq!(told(&between(before, after)), expected);
}

fn three() -> Vec<SourceFile> {
    vec![item("BL-a", "cccc", "", ""), item("BL-b", "dddd", "", ""), item("BL-c", "ffff", "", "")]
}

#[test]
fn tells_a_move_with_its_neighbours() {
    let mut after = three();
    after[2] = item("BL-c", "bbbb", "", "");
    check(
        &three(),
        &after,
        "BL-c moved 3 → 1 after - before BL-a past 2: BL-a BL-b\nBL-c set rank: ffff → bbbb",
    );
}

#[test]
fn an_item_that_nobody_touched_moves_if_that_is_the_shortest_way_to_tell() {
    let mut after = three();
    after[0] = item("BL-a", "gggg", "", "");
    after[1] = item("BL-b", "hhhh", "", "");
    check(
        &three(),
        &after,
        "BL-c moved 3 → 1 after - before BL-a past 2: BL-a BL-b\n\
         BL-a set rank: cccc → gggg\nBL-b set rank: dddd → hhhh",
    );
}

#[test]
fn two_files_with_one_id_and_one_key_have_two_places() {
    let twin = |path: &str, rank: &str| SourceFile {
        path: format!("items/{path}.md"),
        ..item("BL-t", rank, "", "")
    };
    let state = |rank: &str| {
        let twins = [twin("BL-t-one", rank), twin("BL-t-two", rank)];
        three().into_iter().chain(twins).collect::<Vec<_>>()
    };
    check(
        &state("bbbb"),
        &state("gggg"),
        "BL-t moved 1 → 4 after BL-c before BL-t past 3: BL-c BL-b BL-a\n\
         BL-t set rank: bbbb → gggg\n\
         BL-t moved 2 → 5 after BL-t before - past 3: BL-c BL-b BL-a\n\
         BL-t set rank: bbbb → gggg",
    );
}

#[test]
fn new_keys_alone_are_no_move() {
    let after =
        [item("BL-a", "bbbb", "", ""), item("BL-b", "cccc", "", ""), item("BL-c", "ffff", "", "")];
    check(&three(), &after, "BL-a set rank: cccc → bbbb\nBL-b set rank: dddd → cccc");
}

#[test]
fn what_is_done_moves_nobody() {
    let mut after = three();
    after[0].text = after[0].text.clone().map(|it| it.replace("status: ready", "status: done"));
    check(&three(), &after, "BL-a set status: ready → done");
    let diff = between(&three(), &after);
    assert_eq!(diff.documents[0].positions, (Some(1), None));
    assert_eq!(diff.n_open, Some((3, 2)));
}

#[test]
fn tells_fields_criteria_and_text_apart() {
    let before = [item(
        "BL-a",
        "cccc",
        "value: 3\nlabels: [a, b]\nstarted: 2026-11-01\n",
        "\nStory\n\n## Acceptance criteria\n\n- [ ] One is here\n- [ ] Two is here\n- [ ] Three\n",
    )];
    let after = [item(
        "BL-a",
        "cccc",
        "labels: [b, c]\nvalue: 5\n",
        "\nTale\n\n## Acceptance criteria\n\n- [x] Two is here\n- [ ] One was here\n- [ ] Four\n",
    )];
    check(
        &before,
        &after,
        "BL-a set labels: a, b → b, c\n\
         BL-a set value: 3 → 5\n\
         BL-a set started: 2026-11-01 → \n\
         BL-a criteria removed 3 Three\n\
         BL-a criteria added 3 Four\n\
         BL-a criteria reworded 2 One was here\n\
         BL-a criteria moved 2 One was here\n\
         BL-a criteria ticked 1 Two is here\n\
         BL-a text +1 -1",
    );
}

#[test]
fn another_layout_is_told_as_such() {
    let before = [item("BL-a", "cccc", "value: 3\nlabels: [a]\n", "\nText\n")];
    let after = [item("BL-a", "cccc", "labels:\n  - a\nvalue: 3 # three\n", "\n\nText  \n")];
    check(&before, &after, "BL-a layout");
    // A key without a value says as much as no key.
    check(
        &before,
        &[item("BL-a", "cccc", "value: 3\neffort:\nlabels: [a]\n", "\nText\n")],
        "BL-a layout",
    );
    let crlf = |file: &SourceFile| SourceFile {
        text: file.text.clone().map(|text| text.replace('\n', "\r\n")),
        ..file.clone()
    };
    check(&before, &[crlf(&before[0])], "BL-a layout");
}

#[test]
fn a_document_is_the_same_under_another_file_name() {
    let before = three();
    let mut after = three();
    after[1].path = "items/BL-b-better-name.md".to_owned();
    after[1].text = after[1].text.clone().map(|it| it.replace("T BL-b", "Better"));
    check(
        &before,
        &after,
        "BL-b renamed items/BL-b.md → items/BL-b-better-name.md\nBL-b set title: T BL-b → Better",
    );
    // Two that swapped their files are told by their ids.
    let mut swapped = three();
    swapped[0].path = "items/BL-b.md".to_owned();
    swapped[1].path = "items/BL-a.md".to_owned();
    check(
        &before,
        &swapped,
        "BL-a renamed items/BL-a.md → items/BL-b.md\nBL-b renamed items/BL-b.md → items/BL-a.md",
    );
    // A document that got another id in place.
    let mut other = three();
    other[0].text = other[0].text.clone().map(|it| it.replace("id: BL-a", "id: BL-z"));
    check(&before, &other, "BL-z set id: BL-a → BL-z");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_compared() {
    let mut after = three();
    after[0].text = Ok("---\nid: BL-a\nid: BL-b\n---\n".to_owned());
    after[1] = item("BL-b", "dddd", "value: 3\n", "");
    check(
        &three(),
        &after,
        "BL-b set value:  → 3\nBL-a unreadable now 3:1: duplicate key 'id', first at line 2",
    );
    check(
        &after,
        &three(),
        "BL-a unreadable before 3:1: duplicate key 'id', first at line 2\nBL-b set value: 3 → ",
    );
    let mut gone = three();
    gone[0].text = Err(Problem::whole(ProblemKind::Unreadable, "no right to read it"));
    check(&three(), &gone, "BL-a unreadable now 1:1: no right to read it");
    check(&gone, &gone, "");
    check(
        &[],
        &after[..1],
        "BL-a added\nBL-a unreadable now 3:1: duplicate key 'id', first at line 2",
    );
}

#[test]
fn other_files_are_named() {
    let file = |path: &str| SourceFile { path: path.to_owned(), text: Ok("a: b\n".to_owned()) };
    check(
        &[file("config.yml")],
        &[file("templates/story.md")],
        "config.yml true false\ntemplates/story.md false true",
    );
    // Both states may be given whole.
    let same = FileChange {
        path: "base.yml".to_owned(),
        before: Some(Ok("a: b\n".to_owned())),
        after: Some(Ok("a: b\n".to_owned())),
    };
    assert_eq!(Pairs::of(vec![same]).others, []);
}

#[test]
fn what_nobody_touched_and_keeps_its_place_did_not_move() {
    let state = |ranks: [&str; 5]| -> Vec<SourceFile> {
        let one = |(at, rank): (usize, &&str)| item(&format!("BL-{}", at + 1), rank, "", "");
        ranks.iter().enumerate().map(one).collect()
    };
    // Two pairs change places around BL-3, which is not theirs to move.
    let before = state(["bbbb", "bbbc", "cccc", "dddd", "dddf"]);
    let after = state(["ffff", "ffgg", "cccc", "bbbb", "bbbc"]);
    let diff = between(&before, &after);
    let moved = |it: &&DocumentChange| it.changes.iter().any(|it| matches!(it, Change::Moved(_)));
    let ids: Vec<&str> = diff.documents.iter().filter(moved).map(|it| &*it.id).collect();
    assert!(!ids.contains(&"BL-3") && ids.len() == 2, "{ids:?}");
}

#[test]
fn a_move_is_told_although_something_else_left_and_the_number_is_the_same() {
    let before = [
        item("BL-a", "bbbb", "", ""),
        item("BL-b", "cccc", "", ""),
        item("BL-c", "dddd", "", ""),
        item("BL-d", "ffff", "", ""),
    ];
    let after = [before[1].clone(), item("BL-c", "gggg", "", ""), before[3].clone()];
    let diff = between(&before, &after);
    assert!(told(&diff).contains("3 → 3 after BL-d"), "{}", told(&diff));
}
