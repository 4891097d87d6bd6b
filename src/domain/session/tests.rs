//! A session over a small backlog.

use super::*;
use crate::domain::assign::Assignment;
use crate::domain::date;
use crate::domain::rank::Place;
use crate::domain::source::SourceFile;
use crate::domain::template;

/// Three open items, a, b and c, in this order, and one that is done.
pub(super) fn files() -> Vec<SourceFile> {
    let file = |letter: &str, status: &str| {
        let text = format!(
            "---\nid: BL-{letter}2222\ntitle: Item {letter}\ntype: task\nstatus: {status}\n\
             rank: m{letter}bb\nvalue: 5\n---\n\n## Acceptance criteria\n\n- [ ] One.\n- [x] Two.\n\n\
             ## Notes\n\nFirst.\n"
        );
        SourceFile { path: path(letter), text: Ok(text) }
    };
    vec![file("b", "ready"), file("c", "ready"), file("d", "proposed"), file("f", "done")]
}

fn path(letter: &str) -> String {
    format!("items/BL-{letter}2222-item-{letter}.md")
}

pub(super) fn session() -> Session {
    Session::new(Backlog::parse(files()), date::parse("2026-11-26").unwrap())
}

fn order(session: &Session) -> String {
    let letters = session.backlog().open_items().map(|item| item.id()[3..4].to_owned());
    letters.collect::<Vec<_>>().join(" ")
}

fn set(session: &mut Session, id: &str, what: &str) -> Result<String, Refusal> {
    session.assign(&[id], &[Assignment::parse(what).unwrap()])
}

fn text(session: &Session, letter: &str) -> String {
    session.text(&path(letter)).unwrap_or_default()
}

#[test]
fn says_each_step_and_takes_it_back() {
    let mut session = session();
    let below = session.place(&["BL-b2222"], Place::After("BL-d2222"));
    assert_eq!(below.unwrap(), "BL-b2222 below BL-d2222");
    assert_eq!(order(&session), "c d b");
    assert_eq!(set(&mut session, "BL-c2222", "value=8").unwrap(), "BL-c2222 value 5 → 8");
    let tick = session.criterion("BL-c2222", &CriterionEdit::Tick(1));
    assert_eq!(tick.unwrap(), "BL-c2222 criterion 1 met");
    assert_eq!(session.changed_paths(), [path("b"), path("c")]);
    assert_eq!(
        session.changes().lines,
        [
            "rank BL-b2222 1 → 3 \"Item b\"",
            "set BL-c2222 value 5 → 8 \"Item c\"",
            "criteria BL-c2222 tick 1 \"Item c\"",
        ]
    );
    assert_eq!(session.undo().unwrap().unwrap(), "BL-c2222 criterion 1 met");
    assert_eq!(session.undo().unwrap().unwrap(), "BL-c2222 value 5 → 8");
    assert_eq!(session.redo().unwrap().unwrap(), "BL-c2222 value 5 → 8");
    assert!(text(&session, "c").contains("value: 8"));
    session.undo().unwrap().unwrap();
    session.undo().unwrap().unwrap();
    assert!(session.undo().is_none());
    assert_eq!(order(&session), "b c d");
    assert!(!session.is_changed());
    assert!(session.unwritten().files().iter().all(|file| file.before == file.after));
}

#[test]
fn several_items_keep_their_order() {
    let mut session = session();
    session.place(&["BL-d2222", "BL-c2222"], Place::Top).unwrap();
    assert_eq!(order(&session), "c d b");
}

#[test]
fn refuses_as_a_whole_and_says_why() {
    let mut session = session();
    let refused = |refused: Result<String, Refusal>| refused.unwrap_err().message;
    assert_eq!(
        refused(session.place(&["BL-f2222"], Place::Top)),
        "BL-f2222 is done, and only open items are ranked"
    );
    let both = session.assign(&["BL-b2222", "BL-x2222"], &[Assignment::parse("value=1").unwrap()]);
    assert_eq!(refused(both), "BL-x2222 is gone");
    assert_eq!(
        refused(set(&mut session, "BL-b2222", "value=many")),
        "value is a number, not 'many'"
    );
    assert_eq!(refused(set(&mut session, "BL-b2222", "value=5")), "nothing to change");
    assert!(!session.is_changed() && session.steps().is_empty());
}

#[test]
fn a_new_item_goes_where_it_is_wanted_and_away_again() {
    let mut session = session();
    let draft = Draft {
        item_type: "task".to_owned(),
        title: "Fresh".to_owned(),
        beside: Some(Beside::Below("BL-b2222".to_owned())),
    };
    let added = session.add(&draft, "BL-g2222", template::shipped("task")).unwrap();
    assert_eq!(added, "new task BL-g2222 \"Fresh\"");
    assert_eq!(order(&session), "b g c d");
    session.undo().unwrap().unwrap();
    assert_eq!(order(&session), "b c d");
    assert!(session.unwritten().is_empty());
    session.redo().unwrap().unwrap();
    assert_eq!(order(&session), "b g c d");
}

#[test]
fn what_others_wrote_is_no_change_of_the_session() {
    let mut session = session();
    let theirs = text(&session, "b").replace("value: 5", "value: 6");
    let met = session.meet(vec![(path("b"), Some(Ok(theirs)))]);
    assert_eq!(met.paths, [path("b")]);
    assert!(!session.is_changed() && session.unwritten().is_empty());
    assert_eq!(session.backlog().called("BL-b2222").unwrap().number("value"), Some(6.0));
}

#[test]
fn changes_of_both_sides_are_merged_before_they_are_written() {
    let mut session = session();
    let base = text(&session, "b");
    set(&mut session, "BL-b2222", "value=8").unwrap();
    let theirs = base.replace("First.", "First and last.");
    session.meet(vec![(path("b"), Some(Ok(theirs.clone())))]);
    let both = text(&session, "b");
    assert!(both.contains("value: 8") && both.contains("First and last."));
    let unwritten = session.unwritten();
    assert_eq!(unwritten.files()[0].before.as_ref(), Some(&theirs));
    session.written(&unwritten);
    assert!(session.unwritten().is_empty());
    // Taking the step back takes nothing of theirs.
    session.undo().unwrap().unwrap();
    assert_eq!(text(&session, "b"), theirs);
    assert!(!session.is_changed());
}

#[test]
fn one_field_changed_by_both_is_in_conflict_and_stays_readable() {
    let mut session = session();
    let base = text(&session, "b");
    set(&mut session, "BL-b2222", "value=8").unwrap();
    let met = session.meet(vec![(path("b"), Some(Ok(base.replace("value: 5", "value: 3"))))]);
    assert_eq!(met.in_conflict, [path("b")]);
    let text = text(&session, "b");
    assert!(text.contains("value: 5") && text.contains("conflicts"), "{text}");
    assert!(session.backlog().called("BL-b2222").is_some());
    // Whoever sets the field has decided.
    set(&mut session, "BL-b2222", "value=3").unwrap();
    assert!(!self::text(&session, "b").contains("conflicts"));
}

#[test]
fn a_step_over_which_others_wrote_stays() {
    let mut session = session();
    set(&mut session, "BL-b2222", "value=8").unwrap();
    let edits = session.unwritten();
    session.written(&edits);
    let theirs = text(&session, "b").replace("value: 8", "value: 13");
    session.meet(vec![(path("b"), Some(Ok(theirs.clone())))]);
    let refused = session.undo().unwrap().unwrap_err();
    assert!(refused.message.contains("changed elsewhere"), "{}", refused.message);
    assert_eq!(text(&session, "b"), theirs);
    assert!(session.undo().is_none());
}

#[test]
fn everything_is_taken_back_at_once_and_can_be_done_again() {
    let mut session = session();
    set(&mut session, "BL-b2222", "value=8").unwrap();
    session.place(&["BL-d2222"], Place::Top).unwrap();
    assert_eq!(session.take_back().unwrap().unwrap(), "2 files as before");
    assert!(!session.is_changed());
    assert!(session.take_back().is_none());
    session.undo().unwrap().unwrap();
    assert_eq!(order(&session), "d b c");
    session.committed();
    assert!(!session.is_changed() && session.take_back().is_none());
    session.undo().unwrap().unwrap();
    assert_eq!(session.changed_paths(), [path("d")]);
}

#[test]
fn a_file_that_cannot_be_read_any_more_is_kept_apart() {
    let mut session = session();
    session.meet(vec![(path("b"), Some(Ok("---\nvalue: [\n---\n".to_owned())))]);
    assert_eq!(session.backlog().unreadable().count(), 1);
    let refused = set(&mut session, "BL-b2222", "value=8").unwrap_err();
    assert!(refused.message.contains(&path("b")), "{}", refused.message);
    assert!(session.unwritten().is_empty());
    session.meet(vec![(path("b"), None)]);
    assert_eq!(order(&session), "c d");
}

#[test]
fn a_changed_item_that_others_removed_comes_back() {
    let mut session = session();
    set(&mut session, "BL-b2222", "value=8").unwrap();
    session.meet(vec![(path("b"), None)]);
    let unwritten = session.unwritten();
    assert_eq!(unwritten.files()[0].before, None);
    assert!(unwritten.files()[0].after.as_ref().unwrap().contains("value: 8"));
}

#[test]
fn settings_that_change_hold_at_once() {
    let mut session = session();
    set(&mut session, "BL-b2222", "value=8").unwrap();
    let mut all = files();
    let settings =
        "statuses: {ready: {category: done}, done: {category: done}, proposed: {category: todo}}\n";
    all.push(SourceFile { path: "config.yml".to_owned(), text: Ok(settings.to_owned()) });
    session.meet_all(all);
    assert_eq!(order(&session), "d");
    assert!(text(&session, "b").contains("value: 8"));
    assert_eq!(session.unwritten().files().len(), 1);
}

#[test]
fn an_editor_that_was_open_meanwhile_takes_nothing_back() {
    let mut session = session();
    let before = text(&session, "b");
    set(&mut session, "BL-b2222", "value=8").unwrap();
    let after = before.replace("First.", "First, edited.");
    session.rewrite("BL-b2222", &before, &after).unwrap();
    let both = text(&session, "b");
    assert!(both.contains("value: 8") && both.contains("First, edited."));
    let broken = session.rewrite("BL-b2222", &both, "---\nid: [\n---\n").unwrap_err();
    assert!(broken.message.contains("could not be read"), "{}", broken.message);
}

#[test]
fn nothing_is_written_by_settings_that_cannot_be_read() {
    let mut session = session();
    let mut all = files();
    let broken = SourceFile { path: "config.yml".to_owned(), text: Ok("statuses: [\n".to_owned()) };
    all.push(broken);
    session.meet_all(all);
    let refused = set(&mut session, "BL-b2222", "value=8").unwrap_err();
    assert!(refused.message.starts_with("config.yml:"), "{}", refused.message);
    assert!(session.unwritten().is_empty());
    session.meet_all(files());
    set(&mut session, "BL-b2222", "value=8").unwrap();
}
