//! Keys, and what becomes of the state.

mod typing;

use ratatui::crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::*;
use crate::domain::date;
use crate::domain::session::Draft;
use crate::domain::source::SourceFile;
use crate::domain::template::{self, EXAMPLE};

/// The backlog that the documentation speaks of, with the guest checkout on top, as the shops asked.
pub(in crate::tui) fn example() -> Backlog {
    let mut files = Vec::new();
    let mut folders = vec![&EXAMPLE];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().filter_map(|file| {
            let path = file.path().to_str()?.to_owned();
            Some(SourceFile { path, text: Ok(file.contents_utf8()?.to_owned()) })
        }));
    }
    let mut session = Session::new(Backlog::parse(files.clone()), today());
    session.place(&["BL-7k3qd"], crate::domain::rank::Place::Top).unwrap();
    for edit in session.unwritten().files() {
        let file = files.iter_mut().find(|file| file.path == edit.path).unwrap();
        file.text = Ok(edit.after.clone().unwrap());
    }
    Backlog::parse(files)
}

fn today() -> Date {
    date::parse("2026-11-26").unwrap()
}

/// The view of the example on a screen of that size.
pub(in crate::tui) fn state(width: u16, height: u16) -> State {
    let style = Style { unicode: true, ..Style::default() };
    State::new(example(), today(), style, (width, height))
}

/// A key by its name.
fn key(name: &str) -> KeyEvent {
    let (modifiers, name) = match name.split_once('-') {
        Some(("Ctrl", name)) => (KeyModifiers::CONTROL, name),
        Some(("Shift", name)) => (KeyModifiers::SHIFT, name),
        _ => (KeyModifiers::NONE, name),
    };
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Space" => KeyCode::Char(' '),
        "Down" => KeyCode::Down,
        "Up" => KeyCode::Up,
        "Back" => KeyCode::Backspace,
        name => KeyCode::Char(name.chars().next().unwrap()),
    };
    KeyEvent::new(code, modifiers)
}

/// Types keys, with blanks between them; what stands in quotes is typed letter by letter. What is to
/// be done outside is done, and returned.
pub(in crate::tui) fn type_keys(state: &mut State, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for (at, part) in keys.split('\'').enumerate() {
        let events: Vec<KeyEvent> = match at % 2 {
            1 => {
                part.chars().map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)).collect()
            }
            _ => part.split_whitespace().map(key).collect(),
        };
        for event in events {
            for effect in state.update(Event::Key(event)) {
                done_outside(state, &effect);
                effects.push(effect);
            }
        }
    }
    effects
}

/// What the terminal does with an effect, on a disk that nobody else writes to.
pub(in crate::tui) fn done_outside(state: &mut State, effect: &Effect) {
    let event = match effect {
        Effect::Write => Event::Written(state.unwritten()),
        Effect::Commit(_) => Event::Committed("[main abc1234] backlog: rank 1 document".to_owned()),
        Effect::Draw(draft) => {
            let n = state.version();
            let template = template::shipped(&draft.item_type).to_owned();
            Event::Drawn(draft.clone(), Ok((format!("BL-n{n:04}"), template)))
        }
        Effect::Edit(id) => match state.target(id) {
            Ok(entry) => {
                let text = entry.document.text().to_owned();
                Event::Edited(id.clone(), text.clone(), text + "\nSeen in the editor.\n")
            }
            Err(refusal) => Event::Failed(refusal),
        },
        _ => return,
    };
    for effect in state.update(event) {
        done_outside(state, &effect);
    }
}

/// The first ids of the list, without their letters in common.
fn ids(state: &State, n: usize) -> String {
    let ids = state.rows.iter().take(n).map(|item| item.id().trim_start_matches("BL-"));
    ids.collect::<Vec<_>>().join(" ")
}

fn said(state: &State) -> &str {
    state.said.as_ref().map_or("", |(words, _)| words)
}

fn selected(state: &State) -> String {
    state.selected().map(|item| item.id().to_owned()).unwrap_or_default()
}

fn field(state: &State, field: &str) -> String {
    let text = state.selected().and_then(|item| item.text(field).map(|text| text.into_owned()));
    text.unwrap_or_default()
}

#[test]
fn items_move_by_one_to_the_ends_and_to_a_position() {
    let mut state = state(120, 40);
    let start = ids(&state, 5);
    assert_eq!(start, "7k3qd ptgvp v9fhj 74d5x hhx49");
    assert_eq!(type_keys(&mut state, "J"), [Effect::Write]);
    assert_eq!(ids(&state, 3), "ptgvp 7k3qd v9fhj");
    assert_eq!((state.at, said(&state)), (1, "BL-7k3qd below BL-ptgvp"));
    type_keys(&mut state, "K K");
    assert_eq!(ids(&state, 2), "7k3qd ptgvp");
    assert_eq!(said(&state), "nothing is listed above");
    type_keys(&mut state, "b");
    assert_eq!(state.at, state.rows.len() - 1);
    type_keys(&mut state, "m '3' Enter");
    assert_eq!(ids(&state, 3), "ptgvp v9fhj 7k3qd");
    type_keys(&mut state, "t u u u u u u");
    assert_eq!(ids(&state, 5), start);
    assert_eq!(said(&state), "nothing to take back");
    assert!(!state.session.is_changed());
    type_keys(&mut state, "U");
    assert_eq!(said(&state), "done again: BL-7k3qd below BL-ptgvp");
}

#[test]
fn a_marked_block_keeps_its_order() {
    let mut state = state(120, 40);
    type_keys(&mut state, "Space j Space");
    assert_eq!(state.targets(), ["BL-7k3qd", "BL-v9fhj"]);
    type_keys(&mut state, "J");
    assert_eq!(ids(&state, 5), "ptgvp 74d5x 7k3qd v9fhj hhx49");
    type_keys(&mut state, "G P");
    let n = state.rows.len();
    assert_eq!(state.rows[n - 3].id(), "BL-7k3qd");
    assert_eq!(state.rows[n - 2].id(), "BL-v9fhj");
    type_keys(&mut state, "v '1' Enter");
    assert_eq!(said(&state), "2 items value 1");
    type_keys(&mut state, "Esc p");
    assert!(said(&state).starts_with("nothing is marked"));
}

#[test]
fn an_item_goes_below_one_that_is_looked_for() {
    let mut state = state(120, 40);
    type_keys(&mut state, "M 'ques veg'");
    let Mode::Ask(ask) = &state.mode else { panic!("{:?}", state.mode) };
    assert!(ask.found.is_empty());
    type_keys(&mut state, "Ctrl-u 'swap veg' Enter");
    assert_eq!(said(&state), "BL-7k3qd below BL-74d5x");
    assert_eq!(selected(&state), "BL-7k3qd");
}

#[test]
fn a_filter_narrows_as_it_is_typed_and_bounds_the_ends() {
    let mut state = state(120, 40);
    type_keys(&mut state, "/ 'invoi'");
    assert_eq!(ids(&state, 9), "gqzjp");
    type_keys(&mut state, "Esc");
    assert!(state.rows.len() > 20);
    type_keys(&mut state, "/ 'status=review' Enter");
    assert_eq!(ids(&state, 9), "ptgvp vsj8j");
    type_keys(&mut state, "g b");
    assert_eq!(ids(&state, 9), "vsj8j ptgvp");
    assert_eq!(said(&state), "BL-ptgvp below BL-vsj8j");
    type_keys(&mut state, "Esc");
    assert_eq!(state.filter, "");
    assert_eq!(selected(&state), "BL-ptgvp");
    type_keys(&mut state, "/ 'statsu=review'");
    let Mode::Ask(ask) = &state.mode else { panic!("{:?}", state.mode) };
    assert_eq!(ask.input.text(), "statsu=review");
    assert_eq!(ask.error.as_deref(), Some("unknown field 'statsu' (did you mean 'status'?)"));
}

#[test]
fn what_is_wrong_is_said_and_stays_to_be_mended() {
    let mut state = state(120, 40);
    assert_eq!(type_keys(&mut state, "v 'eight' Enter"), []);
    let Mode::Ask(ask) = &state.mode else { panic!("{:?}", state.mode) };
    assert_eq!(ask.error.as_deref(), Some("value is a number, not 'eight'"));
    assert_eq!(ask.input.text(), "eight");
    type_keys(&mut state, "Ctrl-u '13' Enter");
    assert_eq!(said(&state), "BL-7k3qd value 8 → 13");
    type_keys(&mut state, "v '-' Enter");
    assert_eq!(field(&state, "value"), "");
    type_keys(&mut state, "= 'assignee=mira labels+=a' Enter");
    assert_eq!(field(&state, "assignee"), "mira");
    type_keys(&mut state, "m '0' Enter");
    let Mode::Ask(ask) = &state.mode else { panic!("{:?}", state.mode) };
    assert!(ask.error.as_deref().unwrap().contains("count from 1"));
}

#[test]
fn a_status_is_chosen_by_number_or_by_arrow() {
    let mut state = state(120, 40);
    type_keys(&mut state, "s 3");
    assert_eq!(
        (field(&state, "status"), field(&state, "started")),
        ("in-progress".into(), "2026-11-26".into())
    );
    type_keys(&mut state, "s Down Enter");
    assert_eq!(field(&state, "status"), "review");
    type_keys(&mut state, "x");
    assert_eq!(said(&state), "BL-7k3qd status review → rejected");
    assert!(!state.rows.iter().any(|item| item.id() == "BL-7k3qd"));
    type_keys(&mut state, "u");
    assert_eq!(selected(&state), "BL-7k3qd");
}

#[test]
fn items_are_estimated_one_after_the_other() {
    let mut state = state(120, 40);
    let n = state.lacking("effort").len();
    assert!(n > 2, "{n}");
    type_keys(&mut state, "R 5");
    assert!(matches!(state.mode, Mode::Round(_)));
    assert_eq!(state.lacking("effort").len(), n - 1);
    type_keys(&mut state, "e '13' Enter");
    assert_eq!(state.lacking("effort").len(), n - 2);
    type_keys(&mut state, "u");
    assert_eq!(state.lacking("effort").len(), n - 1);
    for _ in 1..n {
        type_keys(&mut state, "3");
    }
    assert!(matches!(state.mode, Mode::Normal));
    assert_eq!(state.lacking("effort"), Vec::<usize>::new());
    type_keys(&mut state, "R");
    assert_eq!(said(&state), "every item that is listed has an effort");
}

#[test]
fn criteria_are_ticked_added_and_reworded_in_the_document() {
    let mut state = state(120, 40);
    type_keys(&mut state, "Tab Space");
    assert_eq!(said(&state), "BL-7k3qd criterion 1 met");
    type_keys(&mut state, "Space");
    assert_eq!(said(&state), "BL-7k3qd criterion 1 not met");
    type_keys(&mut state, "a 'A receipt comes by mail' Enter");
    let criteria = |state: &State| state.selected().unwrap().criteria(&state.backlog().config).list;
    assert_eq!(criteria(&state)[1].text, "A receipt comes by mail");
    type_keys(&mut state, "r Ctrl-u 'A guest pays in one step' Enter");
    assert_eq!(criteria(&state)[0].text, "A guest pays in one step");
    type_keys(&mut state, "d");
    assert_eq!(criteria(&state)[0].text, "A receipt comes by mail");
    type_keys(&mut state, "g Space");
    assert!(said(&state).starts_with("the cursor is on no criterion"));
    type_keys(&mut state, "Esc");
    assert!(!state.is_in_document);
}

#[test]
fn a_new_item_begins_beside_the_selected_one() {
    let mut state = state(120, 40);
    let effects = type_keys(&mut state, "o 'bug: Basket is empty' Enter");
    let draft = Draft {
        item_type: "bug".to_owned(),
        title: "Basket is empty".to_owned(),
        beside: Some(crate::domain::session::Beside::Below("BL-7k3qd".to_owned())),
    };
    assert_eq!(effects, [Effect::Draw(draft)]);
    assert_eq!((state.at, field(&state, "title")), (1, "Basket is empty".to_owned()));
    type_keys(&mut state, "u");
    assert_eq!(ids(&state, 2), "7k3qd ptgvp");
}

#[test]
fn the_board_moves_between_columns_and_warns_of_limits() {
    let mut state = state(120, 40);
    type_keys(&mut state, "2 L");
    assert_eq!(field(&state, "status"), "in-progress");
    assert_eq!(said(&state), "in-progress holds more than its limit of 5");
    type_keys(&mut state, "H H H");
    assert_eq!(field(&state, "status"), "proposed");
    assert!(said(&state).starts_with("there is no status on that side"));
    type_keys(&mut state, "l j h");
    assert_eq!(field(&state, "status"), "proposed");
    type_keys(&mut state, "Esc");
    assert_eq!(state.page, Page::List);
}

#[test]
fn changes_are_listed_committed_and_taken_back() {
    let mut state = state(120, 40);
    assert_eq!(type_keys(&mut state, "c"), []);
    type_keys(&mut state, "J 3");
    let lines: Vec<String> =
        state.page_lines.iter().map(|it| it.line.text().trim().to_owned()).collect();
    assert!(lines.contains(&"rank BL-7k3qd 1 → 2 \"Guest checkout\"".to_owned()), "{lines:?}");
    let effects = type_keys(&mut state, "c 'The shops asked' Enter");
    assert_eq!(effects, [Effect::Commit("The shops asked".to_owned())]);
    assert!(said(&state).starts_with("[main"));
    assert!(!state.session.is_changed());
    type_keys(&mut state, "1 J D n");
    assert!(state.session.is_changed());
    type_keys(&mut state, "D y");
    assert!(!state.session.is_changed());
    assert_eq!(ids(&state, 2), "ptgvp 7k3qd");
    assert_eq!(type_keys(&mut state, "q"), [Effect::Quit]);
}

#[test]
fn what_changes_on_disk_is_shown_and_the_same_item_stays_selected() {
    let mut state = state(120, 40);
    type_keys(&mut state, "j j");
    let id = selected(&state);
    let first = state.rows[0].clone();
    let text = first.document.text().replace("status: ready", "status: done");
    let effects = state.update(Event::Disk(vec![(first.path().to_owned(), Some(Ok(text)))]));
    assert_eq!(effects, []);
    assert_eq!(selected(&state), id);
    assert_eq!(state.at, 1);
    assert!(said(&state).ends_with("has changed elsewhere"));
    let broken = state.rows[0].path().to_owned();
    state.update(Event::Disk(vec![(broken, Some(Ok("---\nid: [\n---\n".to_owned())))]));
    assert_eq!(state.backlog().unreadable().count(), 1);
}

#[test]
fn what_cannot_be_written_is_asked_about_before_the_end() {
    let mut state = state(120, 40);
    let effects = state.update(Event::Key(key("J")));
    assert_eq!(effects, [Effect::Write]);
    state.update(Event::Failed(Refusal::new("the disk is full")));
    assert_eq!(state.update(Event::Key(key("q"))), [Effect::Quit]);
    state.update(Event::Unsaved);
    assert!(matches!(state.mode, Mode::Sure(Sure::Quit)));
    assert_eq!(state.update(Event::Key(key("y"))), [Effect::Abandon]);
}

#[test]
fn the_mouse_selects_scrolls_and_drags() {
    let mut state = state(120, 40);
    let mouse = |state: &mut State, kind, row| {
        let modifiers = KeyModifiers::NONE;
        state.update(Event::Mouse(MouseEvent { kind, column: 5, row, modifiers }))
    };
    mouse(&mut state, MouseEventKind::Down(MouseButton::Left), 4);
    assert_eq!(state.at, 2);
    mouse(&mut state, MouseEventKind::Up(MouseButton::Left), 2);
    assert_eq!(ids(&state, 3), "v9fhj 7k3qd ptgvp");
    mouse(&mut state, MouseEventKind::ScrollDown, 4);
    assert_eq!(state.at, 3);
    mouse(&mut state, MouseEventKind::Down(MouseButton::Left), 39);
    assert_eq!(state.at, 3);
}

#[test]
fn the_rules_look_once_nobody_types() {
    let mut state = state(120, 40);
    assert_eq!(state.update(Event::Idle), [Effect::Check]);
    assert_eq!(state.update(Event::Idle), []);
    state.update(Event::Checked(state.version(), Vec::new()));
    assert_eq!(state.update(Event::Idle), []);
    type_keys(&mut state, "J");
    assert_eq!(state.update(Event::Idle), [Effect::Check]);
}

#[test]
fn settings_that_change_are_seen_at_once() {
    let mut state = state(120, 40);
    let n = state.rows.len();
    let mut files: Vec<SourceFile> =
        state.backlog().entries().map(|entry| entry.to_file()).collect();
    let words = ["proposed: todo", "ready: done", "done: done", "rejected: dropped"];
    let words = words.map(|word| word.replace(": ", ": {category: ") + "}").join(", ");
    let settings = format!("statuses: {{{words}}}\n");
    files.push(SourceFile { path: "config.yml".to_owned(), text: Ok(settings) });
    assert_eq!(state.update(Event::Reloaded(files.clone())), []);
    assert_eq!(said(&state), "the settings have changed");
    assert!(state.rows.len() < n);
    files.last_mut().unwrap().text = Ok("statuses: [\n".to_owned());
    state.update(Event::Reloaded(files));
    assert!(said(&state).starts_with("config.yml: "));
    assert_eq!(type_keys(&mut state, "J"), []);
}
