//! Screens of the full-screen view: the example backlog after some keys.

use git_backlog::domain::backlog::Backlog;
use git_backlog::domain::date;
use git_backlog::domain::source::SourceFile;
use git_backlog::domain::template::EXAMPLE;
use git_backlog::render::Style;
use git_backlog::tui::{self, Effect, Event, State};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_width::UnicodeWidthStr;

/// The screens of the documentation: their names, columns and rows, and the keys that are typed.
const SCREENS: &[(&str, (u16, u16), &str)] = &[
    ("screen list", (100, 30), "J"),
    ("screen board", (100, 12), "2"),
    ("screen estimate", (80, 8), "R"),
    ("screen value", (80, 20), "b5"),
    ("screen changes", (80, 14), "Jv13\r3"),
];

/// The screen of that name as a block of text; `None` if there is none.
pub(super) fn after(name: &str) -> Option<String> {
    let (_, size, keys) = SCREENS.iter().find(|(known, ..)| *known == name)?;
    let style = Style { unicode: true, ..Style::default() };
    let mut state = State::new(example(), date::parse("2026-11-24")?, style, *size);
    keys.chars().for_each(|key| press(&mut state, key));
    Some(format!("```text\n{}\n```", drawn(&state, *size)))
}

fn example() -> Backlog {
    let mut files = Vec::new();
    let mut folders = vec![&EXAMPLE];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().map(|file| {
            let path = file.path().to_string_lossy().into_owned();
            SourceFile { path, text: Ok(file.contents_utf8().unwrap().to_owned()) }
        }));
    }
    Backlog::parse(files)
}

fn press(state: &mut State, key: char) {
    let code = if key == '\r' { KeyCode::Enter } else { KeyCode::Char(key) };
    let effects = state.update(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    if effects.contains(&Effect::Write) {
        let edits = state.unwritten();
        state.update(Event::Written(edits));
    }
}

fn drawn(state: &State, (width, height): (u16, u16)) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| tui::draw(state, frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let line = |y: u16| {
        let mut line = String::new();
        let mut x = 0;
        while x < width {
            let symbol = buffer[(x, y)].symbol();
            line += symbol;
            x += u16::try_from(symbol.width()).unwrap().max(1);
        }
        line.trim_end().to_owned()
    };
    (0..height).map(line).collect::<Vec<_>>().join("\n")
}
