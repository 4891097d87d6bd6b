//! What somebody types goes on where they are, and is not lost where it cannot be done.

use super::*;
use crate::tui::state::Page;

fn typed(state: &State) -> &str {
    match &state.mode {
        Mode::Ask(ask) => ask.input.text(),
        _ => "nothing is asked",
    }
}

#[test]
fn a_round_leaves_nobody_out_where_answered_items_leave_the_filter() {
    let mut state = state(80, 24);
    type_keys(&mut state, "/ 'effort=' Enter R");
    assert_eq!(ids(&state, 5), "v9fhj hhx49 3xp5q");
    type_keys(&mut state, "3");
    assert_eq!(selected(&state), "BL-hhx49");
    type_keys(&mut state, "e '13' Enter");
    assert_eq!(selected(&state), "BL-3xp5q");
    type_keys(&mut state, "1");
    assert_eq!(said(&state), "every item that is listed has an effort now");
}

#[test]
fn a_filter_that_is_left_leaves_the_selection() {
    let mut state = state(80, 24);
    type_keys(&mut state, "j j / 'gift' Esc");
    assert_eq!(selected(&state), "BL-v9fhj");
}

#[test]
fn a_new_item_beside_one_that_is_done_goes_to_the_end() {
    let mut state = state(80, 24);
    type_keys(&mut state, "a G o 'Late' Enter");
    let last = state.backlog().open_items().last().map(|item| item.title().into_owned());
    assert_eq!(last.as_deref(), Some("Late"));
}

#[test]
fn a_new_item_that_cannot_be_written_down_is_asked_for_again() {
    let mut state = state(80, 24);
    let draft = Draft { item_type: "bug".to_owned(), title: "Late".to_owned(), beside: None };
    state.update(Event::Drawn(draft, Err(Refusal::new("the template is broken"))));
    assert_eq!(typed(&state), "bug: Late");
    let Mode::Ask(ask) = &state.mode else { panic!("nothing is asked") };
    assert_eq!(ask.error.as_deref(), Some("the template is broken"));
}

#[test]
fn the_reason_of_a_refused_commit_is_offered_again() {
    let mut state = state(80, 24);
    type_keys(&mut state, "J c 'Because'");
    assert_eq!(state.update(Event::Key(key("Enter"))), [Effect::Commit("Because".to_owned())]);
    state.update(Event::Failed(Refusal::new("the hook says no")));
    type_keys(&mut state, "c");
    assert_eq!(typed(&state), "Because");
    type_keys(&mut state, "Enter J c");
    assert_eq!(typed(&state), "");
}

#[test]
fn limits_count_what_the_filter_hides() {
    let mut state = state(80, 24);
    type_keys(&mut state, "/ 'swap one' Enter 2");
    let columns = state.columns();
    let doing = columns.iter().find(|column| column.status == "in-progress").unwrap();
    assert_eq!((doing.rows.len(), doing.n_items, doing.limit), (1, 5, Some(5)));
    type_keys(&mut state, "L");
    assert_eq!(said(&state), "review holds more than its limit of 2");
}

#[test]
fn the_cursor_of_the_findings_is_on_a_finding() {
    let mut state = state(80, 24);
    let broken = state.rows[3].path().to_owned();
    state.update(Event::Disk(vec![(broken.clone(), Some(Ok("---\nid: [\n---\n".to_owned())))]));
    type_keys(&mut state, "4");
    assert_eq!((state.page, state.page_at), (Page::Findings, 0));
    let inspection = crate::domain::rules::Inspection::new(
        state.backlog(),
        &state.backlog().config,
        today(),
        None,
    );
    let findings = crate::domain::rules::check(&inspection).findings;
    state.update(Event::Checked(state.version(), findings));
    assert_eq!(state.page_lines[state.page_at].path, Some(broken));
}

#[test]
fn a_letter_goes_to_the_status_that_begins_with_it() {
    let mut state = state(80, 24);
    let chosen = |state: &State| match &state.mode {
        Mode::Choose(choice) => choice.words[choice.at].clone(),
        _ => "nothing is chosen".to_owned(),
    };
    type_keys(&mut state, "s");
    let mut seen = Vec::new();
    for letter in ["i", "r", "r", "r", "x", "d"] {
        type_keys(&mut state, letter);
        seen.push(chosen(&state));
    }
    assert_eq!(seen, ["in-progress", "review", "rejected", "ready", "ready", "done"]);
}
