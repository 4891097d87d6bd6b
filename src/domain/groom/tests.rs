//! What becomes of a list that somebody has edited.

use std::borrow::Cow;

use super::*;
use crate::domain::date::Date;
use crate::domain::message::Message;
use crate::domain::source::{Edits, SourceFile};
use crate::domain::template;

/// As the terminal would show it.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    text.replace(|c: char| c.is_control(), "·").into()
}

pub(super) fn today() -> Date {
    "2026-11-23".parse().unwrap()
}

fn item(id: &str, fields: &str) -> SourceFile {
    let text = format!("---\nid: {id}\n{fields}\n---\n\nText.\n");
    SourceFile { path: format!("items/{id}.md"), text: Ok(text) }
}

fn files() -> Vec<SourceFile> {
    vec![
        item("BL-7k3qd", "title: Guest checkout\nstatus: ready\nrank: mbcd\nvalue: 8\neffort: 3"),
        item("BL-9qqrt", "title: Orders\nstatus: in-progress\nrank: mbdd\nvalue: 5"),
        item("BL-7kxxm", "title: v8 of the basket\nstatus: proposed\nrank: mbfd\neffort: soon"),
        item("BL-d4bcg", "title: Pay by invoice\nstatus: done\nrank: mbbd"),
        item("BL-h2vkd", "title: Gifts\nstatus: proposed\nrank: mbgd\nvalue: 3"),
    ]
}

fn list(backlog: &Backlog) -> List {
    List::of(columns(&backlog.config, None), editable(backlog))
}

/// What a changed text does, one line for each change of a document; or what is wrong with it.
fn done(before: &Backlog, list: &List, now: &Backlog, text: &str) -> (String, Edits) {
    let reading = read(list, &before.config, shown, text);
    if !reading.wrongs.is_empty() {
        return (told(text, &reading.wrongs).join("\n"), Edits::default());
    }
    let n_new = reading.lines.iter().filter(|it| matches!(it.subject, Subject::New { .. })).count();
    let template = template::shipped("story").to_owned();
    let fresh = |nth| Fresh { id: format!("BL-new{nth}"), template: template.clone() };
    let fresh: Vec<Fresh> = (1..=n_new).map(fresh).collect();
    let plan =
        plan(Plan { backlog: now, list, lines: &reading.lines, fresh: &fresh, today: today() });
    match plan {
        Err(wrongs) => (noted(list, shown, text, &wrongs), Edits::default()),
        Ok(outcome) => {
            let after = now.after(&outcome.edits);
            let paths = outcome.edits.files().iter().map(|file| file.path.as_str());
            let mut lines = Message::describe(now, &after, paths).lines;
            lines.extend(outcome.moved_twice.iter().map(|id| format!("moved twice: {id}")));
            (lines.join("\n"), outcome.edits)
        }
    }
}

fn text_of(backlog: &Backlog, list: &List) -> String {
    let about = About { config: &backlog.config, n_open: 4, is_part: false };
    text(list, about, shown)
}

/// Edits the list of the files by replacing texts; expects what is done.
#[track_caller]
fn check(edits: &[(&str, &str)], expected: &str) {
    let backlog = Backlog::parse(files());
    let list = list(&backlog);
    let mut text = text_of(&backlog, &list);
    for (from, to) in edits {
        assert!(text.contains(from), "{from} is not in\n{text}");
        text = text.replacen(from, to, 1);
    }
    assert_eq!(done(&backlog, &list, &backlog, &text).0, expected);
}

/// Edits the list while somebody else changes the files.
#[track_caller]
fn check_meanwhile(theirs: (&str, &str), mine: (&str, &str), expected: &str) {
    let backlog = Backlog::parse(files());
    let list = list(&backlog);
    let text = text_of(&backlog, &list).replacen(mine.0, mine.1, 1);
    let change = |mut file: SourceFile| {
        file.text = file.text.map(|text| text.replacen(theirs.0, theirs.1, 1));
        file
    };
    let now = Backlog::parse(files().into_iter().map(change).collect());
    assert_eq!(done(&backlog, &list, &now, &text).0, expected);
}

#[test]
fn a_line_is_an_item_in_the_order_of_the_backlog() {
    let backlog = Backlog::parse(files());
    insta::assert_snapshot!(text_of(&backlog, &list(&backlog)), @"
    BL-7k3qd  ready        v8 e3  Guest checkout
    BL-9qqrt  in-progress  v5 e-  Orders
    BL-7kxxm  proposed     v- e?  v8 of the basket
    BL-h2vkd  proposed     v3 e-  Gifts

    # 4 open items, the first at the top.
    #
    # Move lines to change the order. Change the words of a line:
    #   status    proposed, ready, in-progress, review, done, rejected
    #   numbers   v value, e effort; v- for none
    #   title     the rest of the line
    #
    # d, drop ID …          the item gets the status 'rejected'
    # n, new TITLE          a new story at this place
    # n, new bug: TITLE     a new bug; numbers may stand before TITLE
    #
    # An item whose line is deleted stays as it is, where it is.
    # If you delete all lines, nothing is changed.
    ");
    let empty = Backlog::parse(Vec::new());
    let about = About { config: &empty.config, n_open: 9, is_part: true };
    insta::assert_snapshot!(text(&List::default(), about, shown), @"
    # 0 of 9 open items. They change places with each other; all others stay where they are.
    #
    # Move lines to change the order. Change the words of a line:
    #   status    proposed, ready, in-progress, review, done, rejected
    #   title     the rest of the line
    #
    # d, drop ID …          the item gets the status 'rejected'
    # n, new TITLE          a new story at this place
    # n, new bug: TITLE     a new bug; numbers may stand before TITLE
    #
    # An item whose line is deleted stays as it is, where it is.
    # If you delete all lines, nothing is changed.
    ");
}

#[test]
fn what_is_left_as_it_was_is_not_written() {
    check(&[], "");
    check(&[("BL-7k3qd  ready        v8 e3", "bl-7K3QD ready  e3  v8.0")], "");
    check(&[("v3", "v3.0")], "");
    check(&[("BL-7k3qd  ready        v8 e3  Guest checkout", "7k3")], "");
    check(&[("BL-9qqrt", "\n# a note of mine\n\nBL-9qqrt")], "");
    check(&[("v- e?", "v-")], "");
}

#[test]
fn words_of_a_line_change_fields() {
    check(&[("ready  ", "proposed")], r#"set BL-7k3qd status ready → proposed "Guest checkout""#);
    check(&[("v8", "v13")], r#"set BL-7k3qd value 8 → 13 "Guest checkout""#);
    check(&[("v8", "v-")], r#"set BL-7k3qd value 8 → none "Guest checkout""#);
    check(&[("v5 e-", "v5 e2.5")], r#"set BL-9qqrt effort 2.5 "Orders""#);
    check(
        &[("Guest checkout", "Checkout  for #guests ")],
        r#"set BL-7k3qd title Guest checkout → Checkout  for #guests "Checkout  for #guests""#,
    );
    check(
        &[("v8 of the basket", "e2 of the basket")],
        r#"set BL-7kxxm title v8 of the basket → e2 of the basket "e2 of the basket""#,
    );
    check(
        &[("BL-9qqrt", "drop BL-9qqrt")],
        r#"set BL-9qqrt status in-progress → rejected "Orders""#,
    );
    check(
        &[("BL-9qqrt  in-progress  v5 e-  Orders", "d 9q")],
        r#"set BL-9qqrt status in-progress → rejected "Orders""#,
    );
}

#[test]
fn lines_that_moved_move_items() {
    let first = "BL-7k3qd  ready        v8 e3  Guest checkout\n";
    check(&[(first, ""), ("\n\n", "\nBL-7k3qd\n\n")], r#"rank BL-7k3qd 1 → 4 "Guest checkout""#);
    // Its line is gone, and it stays.
    check(&[(first, "")], "");
    check(
        &[("BL-7k3qd", "BL-h2vkd\nBL-7k3qd"), ("BL-h2vkd  ", "# ")],
        r#"rank BL-h2vkd 4 → 1 "Gifts""#,
    );
}

#[test]
fn new_lines_are_new_items_at_their_place() {
    check(&[("BL-9qqrt", "new Pay by card\nBL-9qqrt")], r#"add story BL-new1 "Pay by card""#);
    let backlog = Backlog::parse(files());
    let list = list(&backlog);
    let text = "new bug: v5 e1 First\n7k3\n9qq\n7kx\nh2v\nn Last\nn Very last\n";
    let (said, edits) = done(&backlog, &list, &backlog, text);
    insta::assert_snapshot!(said, @r#"
    add bug BL-new1 "First"
    add story BL-new2 "Last"
    add story BL-new3 "Very last"
    "#);
    let after = backlog.after(&edits);
    let ids: Vec<&str> = after.open_items().map(Entry::id).collect();
    let order = ["BL-new1", "BL-7k3qd", "BL-9qqrt", "BL-7kxxm", "BL-h2vkd", "BL-new2", "BL-new3"];
    assert_eq!(ids, order);
    assert!(after.open_items().all(|item| item.rank().is_some()));
}

#[test]
fn what_is_not_understood_is_told_with_its_place() {
    let check_first = |edits: &[(&str, &str)], expected: &str| check(edits, expected);
    check_first(
        &[("ready", "redy")],
        "4:11: unknown status 'redy': did you mean 'ready'? (or proposed, in-progress, review, done, rejected)",
    );
    check_first(&[("v8 ", "v8x ")], "4:24: value is a number, not '8x': write v5, or v- for none");
    check_first(
        &[("v8 e3", "v8 v5 e3")],
        "4:27: 'v5' is no number of this list: write each once: v5 for value, e5 for effort",
    );
    check_first(
        &[("v8 e3", "8 3")],
        "4:24: '8' is no number of this list: write each once: v5 for value, e5 for effort",
    );
    check_first(
        &[("Guest checkout", "")],
        "4:29: the title is missing: to leave an item as it is, delete its whole line",
    );
    check_first(
        &[("Guest", "Guest\tcheckout")],
        "4:31: a title is one line without control characters",
    );
    check_first(
        &[("BL-7k3qd", "BL-zzzzz")],
        "4:1: this list has no item 'BL-zzzzz': a new item begins with 'new'",
    );
    check_first(
        &[("BL-7k3qd", "BL-7k3dq")],
        "4:1: this list has no item 'BL-7k3dq': did you mean BL-7k3qd? A new item begins with 'new'",
    );
    check_first(
        &[("BL-7k3qd", "7k")],
        "4:1: '7k' is the beginning of several ids: BL-7k3qd, BL-7kxxm",
    );
    check_first(
        &[("BL-9qqrt", "7k3\nBL-9qqrt")],
        "5:1: BL-7k3qd is here twice: delete one of the two lines",
    );
    check_first(
        &[("BL-9qqrt", "new\nBL-9qqrt")],
        "5:4: the title is empty: write: new TITLE, or new TYPE: TITLE",
    );
    check_first(
        &[("BL-9qqrt", "new bgu: Broken\nBL-9qqrt")],
        "5:5: unknown type 'bgu': did you mean 'bug'? If it belongs to the title, write: new story: bgu: …",
    );
    check_first(
        &[("BL-9qqrt  in-progress", "drop BL-9qqrt  done")],
        "5:16: dropped, and 'done': delete 'drop', or leave the status as it was",
    );
    check_first(&[("BL-9qqrt", "drop\nBL-9qqrt")], "5:5: the id is missing");
    check_first(
        &[("v8 ", "v8<|>v5 ")],
        "4:26: BL-7k3qd has two values here: keep the one before or behind <|>, and delete the rest",
    );
}

#[test]
fn notes_stand_above_their_lines_and_are_gone_when_it_is_read_again() {
    let backlog = Backlog::parse(files());
    let list = list(&backlog);
    let text = "BL-7k3qd  redy\nBL-9qqrt\nBL-7k3qd\n\n# help\n";
    let wrongs = read(&list, &backlog.config, shown, text).wrongs;
    let with_notes = noted(&list, shown, text, &wrongs);
    insta::assert_snapshot!(with_notes, @"
    #! One line cannot be done as it stands, so nothing is written yet.
    #! Correct what is marked, and save. Saved as it is, the text is kept for later.
    #! unknown status 'redy': did you mean 'ready'? (or proposed, in-progress, review, done, rejected)
    BL-7k3qd  redy
    BL-9qqrt
    BL-7k3qd

    # help
    ");
    assert_eq!(stripped(&with_notes), text);
    for line in told(text, &wrongs) {
        let (place, _) = line.split_once(':').unwrap();
        let meant = with_notes.lines().nth(place.parse::<usize>().unwrap() - 1).unwrap();
        assert!(meant.starts_with("BL-7k3qd"), "{line}: {meant}");
    }
}

#[test]
fn what_others_changed_meanwhile_stays() {
    check_meanwhile(
        ("value: 8", "value: 9"),
        ("ready  ", "proposed"),
        r#"set BL-7k3qd status ready → proposed "Guest checkout""#,
    );
    check_meanwhile(("value: 8", "value: 13"), ("v8", "v13"), "");
    check_meanwhile(
        ("rank: mbgd", "rank: mbbb"),
        ("v8", "v13"),
        r#"set BL-7k3qd value 8 → 13 "Guest checkout""#,
    );
}

#[test]
fn where_both_changed_one_field_somebody_chooses() {
    let both = |field: (&str, &str), mine: (&str, &str)| {
        let backlog = Backlog::parse(files());
        let list = list(&backlog);
        let text = text_of(&backlog, &list).replacen(mine.0, mine.1, 1);
        let lines: String = text.split_inclusive('\n').take(1).collect();
        let change = |mut file: SourceFile| {
            file.text = file.text.map(|text| text.replacen(field.0, field.1, 1));
            file
        };
        let now = Backlog::parse(files().into_iter().map(change).collect());
        done(&backlog, &list, &now, &lines).0.lines().skip(2).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(both(("value: 8", "value: 9"), ("v8", "v13")), @"
    #! BL-7k3qd: value was 8, and somebody made it 9 meanwhile
    BL-7k3qd  ready        v9<|>v13 e3  Guest checkout
    ");
    insta::assert_snapshot!(both(("value: 8\n", ""), ("v8", "v13")), @"
    #! BL-7k3qd: value was 8, and somebody made it nothing meanwhile
    BL-7k3qd  ready        v-<|>v13 e3  Guest checkout
    ");
    insta::assert_snapshot!(both(("status: ready", "status: review"), ("ready", "done")), @"
    #! BL-7k3qd: status was ready, and somebody made it review meanwhile
    BL-7k3qd  review<|>done        v8 e3  Guest checkout
    ");
    insta::assert_snapshot!(both(("Guest checkout", "Guests"), ("Guest checkout", "Pay")), @"
    #! BL-7k3qd: title was Guest checkout, and somebody made it Guests meanwhile
    BL-7k3qd  ready        v8 e3  Guests<|>Pay
    ");
    insta::assert_snapshot!(both(("status: ready", "status: review"), ("BL", "drop BL")), @"
    #! BL-7k3qd: status was ready, and somebody made it review meanwhile
    drop BL-7k3qd  review        v8 e3  Guest checkout
    ");
}

#[test]
fn who_has_seen_what_others_wrote_can_decide() {
    let backlog = Backlog::parse(files());
    let list = list(&backlog);
    let theirs = Theirs {
        row: 0,
        field: "value".to_owned(),
        value: Some("9".to_owned()),
        mine: Some("13".to_owned()),
    };
    let wrong = Wrong { theirs: Some(Box::new(theirs)), ..Wrong::new(Span::default(), "changed") };
    let met = list.met(&[wrong]);
    assert_eq!(met.rows[0].numbers[0].as_deref(), Some("9"));
    let now = files().into_iter().map(|mut file| {
        file.text = file.text.map(|text| text.replacen("value: 8", "value: 9", 1));
        file
    });
    let now = Backlog::parse(now.collect());
    let line = "BL-7k3qd ready v13 e3 Guest checkout\n";
    let expected = r#"set BL-7k3qd value 9 → 13 "Guest checkout""#;
    assert_eq!(done(&backlog, &met, &now, line).0, expected);
}

#[test]
fn an_item_that_is_gone_is_told_if_its_line_wants_something() {
    let backlog = Backlog::parse(files());
    let list = list(&backlog);
    let now = Backlog::parse(files().split_off(1));
    let done = |line: &str| done(&backlog, &list, &now, line).0;
    assert_eq!(done("9qq\n7k3\n"), "");
    assert!(done("7k3 done v8 e3 Guest checkout\n").contains("BL-7k3qd is gone"));
}

#[test]
fn a_word_stands_behind_its_sign() {
    let mut files = files();
    files.push(item("BL-m2m2m", "title: Fax\nstatus: ready\nrank: mbhd\nmoscow: should"));
    let backlog = Backlog::parse(files);
    let fields = ["value", "moscow"].map(str::to_owned);
    let columns = named_columns(&fields, &backlog.config).unwrap();
    let list = List::of(columns, editable(&backlog));
    let text = text_of(&backlog, &list);
    let check = |to: &str, expected: &str| {
        assert!(text.contains("BL-m2m2m  ready        v- m=should  Fax\n"), "{text}");
        let text = text.replace("m=should", to);
        assert_eq!(done(&backlog, &list, &backlog, &text).0, expected, "{to}");
    };
    check("m=should", "");
    check("", "");
    check("m=must", "set BL-m2m2m moscow should → must \"Fax\"");
    check("m=-", "set BL-m2m2m moscow should → none \"Fax\"");
    check("m=", "set BL-m2m2m moscow should → none \"Fax\"");
    check("m=a|b", "8:27: moscow is a word, not 'a|b': write m=WORD, or m=- for none");
}

#[test]
fn a_long_word_is_not_repeated_whole() {
    let expected =
        format!("10:1: this list has no item '{}…': a new item begins with 'new'", "a".repeat(40));
    let backlog = Backlog::parse(files());
    let list = list(&backlog);
    let text = "\n".repeat(6) + &"a".repeat(100_000);
    assert_eq!(done(&backlog, &list, &backlog, &text).0, expected);
}
