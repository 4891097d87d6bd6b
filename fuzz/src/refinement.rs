//! What a refinement does to documents: a list that comes back from an editor, and a session.

use std::collections::BTreeMap;

use git_backlog::domain::assign::Assignment;
use git_backlog::domain::backlog::Backlog;
use git_backlog::domain::entry::Entry;
use git_backlog::domain::groom::{self, About, Fresh, Line, List, Plan, Record, Subject};
use git_backlog::domain::rank::Place;
use git_backlog::domain::session::{Beside, CriterionEdit, Draft, Session};
use git_backlog::domain::source::{Edits, SourceFile};
use git_backlog::domain::template;
use git_backlog::render::safe;

use super::{assert_inside, parts};

const PATHS: [&str; 2] = ["items/BL-7k3qd-guest-checkout.md", "items/BL-9qqrt-pay-by-fax.md"];
/// An item that no input breaks, so that there is always one to edit.
const SOUND: &str =
    "---\nid: BL-m2m2m\ntitle: v8 of the basket\nstatus: ready\nrank: mm\neffort: 3\n---\n";
const SOUND_PATH: &str = "items/BL-m2m2m-v8-of-the-basket.md";
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 25);

fn backlog(first: &str, second: &str) -> Backlog {
    let file =
        |(path, text): (&str, &str)| SourceFile { path: path.to_owned(), text: Ok(text.into()) };
    let files = [(PATHS[0], first), (PATHS[1], second), (SOUND_PATH, SOUND)];
    Backlog::parse(files.map(file).into())
}

/// The text of each file that has one.
fn texts(backlog: &Backlog) -> BTreeMap<String, String> {
    let entries = backlog.entries();
    entries.map(|it| (it.path().to_owned(), it.document.text().to_owned())).collect()
}

/// What cannot be read has the text that it had.
fn assert_unreadable_kept(before: &Backlog, after: &Backlog) {
    let now = texts(after);
    for entry in before.unreadable() {
        assert_eq!(now.get(entry.path()).map(String::as_str), Some(entry.document.text()));
    }
    let broken = |backlog: &Backlog| backlog.unreadable().count();
    assert_eq!(broken(before), broken(after), "something was broken");
}

/// A list that nobody has changed changes nothing; any other is refused with its places, or gives
/// the order of its lines; and what it does once, it does not do again.
pub(super) fn groom(data: &[u8]) {
    let [first, second, edited, other] = parts::<4>(data);
    let before = backlog(&first, &second);
    let columns = groom::columns(&before.config, None);
    let list = List::of(columns, groom::editable(&before));
    let record = Record { folder: edited.clone(), why: None, list: list.clone() };
    assert_eq!(groom::decode(&record.encoded()), Some(record));
    let about = About { config: &before.config, n_open: 3, is_part: false };
    let text = groom::text(&list, about, safe::line);
    let untouched = groom::read(&list, &before.config, safe::line, &text);
    assert_eq!(untouched.wrongs, []);
    assert!(untouched.lines.iter().all(|line| line.changes.is_empty()), "{text}");
    // Somebody else may have changed an item meanwhile.
    let now = if other.is_empty() { before } else { backlog(&other, &second) };
    let edited = groom::stripped(&edited);
    let reading = groom::read(&list, &now.config, safe::line, &edited);
    let done = match reading.wrongs.is_empty() {
        true => planned(&now, &list, &reading.lines),
        false => Err(reading.wrongs),
    };
    let edits = match done {
        Ok(edits) => edits,
        Err(wrongs) => return assert_noted(&list, &edited, &wrongs),
    };
    let after = now.after(&edits);
    assert_unreadable_kept(&now, &after);
    if !reading.lines.iter().any(|line| matches!(line.subject, Subject::New { .. })) {
        let again = planned(&after, &list, &reading.lines);
        assert!(again.as_ref().is_ok_and(Edits::is_empty), "{again:?}");
    }
    if other.is_empty() {
        assert_order(&list, &reading.lines, &after);
    }
}

fn planned(backlog: &Backlog, list: &List, lines: &[Line]) -> Result<Edits, Vec<groom::Wrong>> {
    let types = lines.iter().filter_map(|line| match &line.subject {
        Subject::New { item_type, .. } => Some(template::shipped(item_type).to_owned()),
        Subject::Row(_) => None,
    });
    let fresh = |(nth, template)| Fresh { id: format!("BL-new{nth}"), template };
    let fresh: Vec<Fresh> = types.enumerate().map(fresh).collect();
    groom::plan(Plan { backlog, list, lines, fresh: &fresh, today: TODAY }).map(|it| it.edits)
}

/// What is wrong has a place, and the text comes back whole.
fn assert_noted(list: &List, text: &str, wrongs: &[groom::Wrong]) {
    assert!(!wrongs.is_empty());
    for wrong in wrongs {
        assert_inside(wrong.span, text);
        assert!(!wrong.message.is_empty());
    }
    assert_eq!(groom::told(text, wrongs).len(), wrongs.len());
    let noted = groom::noted(list, safe::line, text, wrongs);
    if wrongs.iter().all(|wrong| wrong.theirs.is_none()) {
        assert_eq!(groom::stripped(&noted), text);
    }
}

/// The items of the lines stand in the order of the lines.
fn assert_order(list: &List, lines: &[Line], after: &Backlog) {
    let open: Vec<&str> = after.open_items().map(Entry::id).collect();
    let rows = lines.iter().filter_map(|line| match line.subject {
        Subject::Row(row) => Some(list.rows[row].id.as_str()),
        Subject::New { .. } => None,
    });
    let wanted: Vec<&str> = rows.filter(|id| open.contains(id)).collect();
    let found: Vec<&str> = open.into_iter().filter(|id| wanted.contains(id)).collect();
    assert_eq!(found, wanted);
}

/// Steps on any documents: what is undone is as it was, byte by byte, and what is done again too;
/// what others write meanwhile ends nothing.
pub(super) fn session(data: &[u8]) {
    let [first, second, words, steps, theirs] = parts::<5>(data);
    let before = backlog(&first, &second);
    let mut session = Session::new(before, TODAY);
    let begun = session.backlog().clone();
    for step in steps.bytes().take(32) {
        do_step(&mut session, step, &words);
    }
    assert_unreadable_kept(&begun, session.backlog());
    let redo_all = |session: &mut Session| {
        while let Some(redone) = session.redo() {
            assert!(redone.is_ok(), "{redone:?}");
        }
    };
    redo_all(&mut session);
    let done = texts(session.backlog());
    while let Some(undone) = session.undo() {
        assert!(undone.is_ok(), "{undone:?}");
    }
    assert_eq!(texts(session.backlog()), texts(&begun));
    assert!(!session.is_changed() && session.unwritten().is_empty());
    redo_all(&mut session);
    assert_eq!(texts(session.backlog()), done);
    session.meet(vec![(PATHS[0].to_owned(), Some(Ok(theirs.clone())))]);
    for step in steps.bytes().take(8) {
        do_step(&mut session, step, &words);
    }
    for edit in session.unwritten().files().iter().filter(|edit| edit.path == PATHS[0]) {
        assert_eq!(edit.before.as_deref(), Some(theirs.as_str()));
    }
}

/// A step that a byte chooses. One that is refused changes nothing.
fn do_step(session: &mut Session, step: u8, words: &str) {
    let ids: Vec<String> = session.backlog().entries().map(|it| it.id().to_owned()).collect();
    let id = ids[usize::from(step >> 4) % ids.len()].as_str();
    let other = ids[usize::from(step >> 6) % ids.len()].as_str();
    let before = session.backlog().clone();
    let line = words.lines().next().unwrap_or_default();
    let assigned = |session: &mut Session, field: &str| {
        let assignment = Assignment::parse(&format!("{field}{line}")).ok();
        assignment.map(|assignment| session.assign(&[id], &[assignment]))
    };
    let done = match step % 12 {
        0 => Some(session.place(&[id], Place::Before(other))),
        1 => Some(session.place(&[id], Place::Bottom)),
        2 => assigned(session, "title="),
        3 => assigned(session, ""),
        4 => assigned(session, "labels+="),
        5 => Some(session.criterion(id, &CriterionEdit::Tick(usize::from(step >> 6)))),
        6 => Some(session.criterion(id, &CriterionEdit::Reword(1, words.to_owned()))),
        7 => Some(session.criterion(id, &CriterionEdit::Add(words.to_owned(), None))),
        8 => Some(session.criterion(id, &CriterionEdit::Remove(usize::from(step >> 6)))),
        9 => session.undo(),
        10 => session.redo(),
        _ => {
            let beside = Some(Beside::Above(other.to_owned()));
            let draft = Draft { item_type: "bug".to_owned(), title: line.to_owned(), beside };
            let id = format!("BL-n{:04}", session.steps().len());
            Some(session.add(&draft, &id, template::shipped("bug")))
        }
    };
    if done.is_some_and(|done| done.is_err()) {
        assert_eq!(texts(session.backlog()), texts(&before));
    }
}
