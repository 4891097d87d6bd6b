//! Whatever is typed: nothing panics, no item is lost, and undo takes everything back.

use std::collections::BTreeMap;

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::tests::{done_outside, example, state};
use super::*;
use crate::tui::keys::BINDINGS;

/// A key of the table, or a letter.
fn key() -> impl Strategy<Value = KeyEvent> {
    let names: Vec<&str> = BINDINGS.iter().flat_map(|binding| binding.keys).copied().collect();
    let of_table = proptest::sample::select(names).prop_map(|name| {
        let (modifiers, name) = match name.split_once('-') {
            Some(("Ctrl", name)) => (KeyModifiers::CONTROL, name),
            Some(("Shift", name)) => (KeyModifiers::SHIFT, name),
            Some(("Alt", name)) => (KeyModifiers::ALT, name),
            _ => (KeyModifiers::NONE, name),
        };
        let code = match name {
            "Down" => KeyCode::Down,
            "Up" => KeyCode::Up,
            "Left" => KeyCode::Left,
            "Right" => KeyCode::Right,
            "PgDn" => KeyCode::PageDown,
            "PgUp" => KeyCode::PageUp,
            "Home" => KeyCode::Home,
            "End" => KeyCode::End,
            "Enter" => KeyCode::Enter,
            "Tab" => KeyCode::Tab,
            "Esc" => KeyCode::Esc,
            "Space" => KeyCode::Char(' '),
            "F1" => KeyCode::F(1),
            name => KeyCode::Char(name.chars().next().unwrap()),
        };
        KeyEvent::new(code, modifiers)
    });
    let typed = prop_oneof!["[0-9a-z=+@äß日👩<]", Just("\u{200d}".to_owned())];
    let typed = typed.prop_map(|text| {
        KeyEvent::new(KeyCode::Char(text.chars().next().unwrap()), KeyModifiers::NONE)
    });
    let enter = Just(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE));
    prop_oneof![6 => of_table, 3 => typed, 1 => enter]
}

fn texts(state: &State) -> BTreeMap<String, String> {
    let entries = state.backlog().entries();
    entries.map(|it| (it.path().to_owned(), it.document.text().to_owned())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed(
        keys in proptest::collection::vec(key(), 1..120),
        (width, height) in (1..160u16, 1..50u16),
    ) {
        let mut state = state(width, height);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let start = texts(&state);
        for key in keys {
            for effect in state.update(Event::Key(key)) {
                done_outside(&mut state, &effect);
            }
            terminal.draw(|frame| crate::tui::draw(&state, frame)).unwrap();
            for path in start.keys() {
                prop_assert!(state.backlog().at_path(path).is_some(), "{} is gone", path);
            }
        }
        prop_assert!(state.backlog().entries().len() >= example().entries().len());
        while let Some(undone) = state.session.undo() {
            undone.unwrap();
        }
        prop_assert_eq!(texts(&state), start);
    }
}
