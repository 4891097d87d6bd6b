//! What is seen without colours, and with them.

use std::collections::{BTreeMap, HashSet};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;

use super::draw;
use crate::tui::Event;
use crate::tui::state::tests::{state, type_keys};

const WIDTH: u16 = 120;
const HEIGHT: u16 = 30;

/// The keys that lead to the pages and ways of asking. On page 5, curves are told apart by letters where
/// there are no colours.
const KEYS: [&str; 12] = [
    "",
    "J",
    "Space Space",
    "Tab",
    "2 L",
    "3",
    "J 3",
    "4",
    "s",
    "R",
    "/ 'status='",
    "v 'many' Enter",
];

/// The cells after keys, line by line: what stands there, and its colour.
fn cells(keys: &str, color: bool) -> Vec<Vec<(String, Color)>> {
    let mut state = state(WIDTH, HEIGHT);
    state.style.color = color;
    state.update(Event::Resize(WIDTH, HEIGHT));
    type_keys(&mut state, keys);
    let mut terminal = Terminal::new(TestBackend::new(WIDTH, HEIGHT)).unwrap();
    terminal.draw(|frame| draw(&state, frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let cell = |x, y| (buffer[(x, y)].symbol().to_owned(), buffer[(x, y)].fg);
    (0..HEIGHT).map(|y| (0..WIDTH).map(|x| cell(x, y)).collect()).collect()
}

/// A heading has its sign where there are no colours.
#[test]
fn a_screen_says_the_same_without_colours() {
    let text = |cells: Vec<Vec<(String, Color)>>| -> Vec<String> {
        let line = |line: Vec<(String, Color)>| {
            line.into_iter().map(|(symbol, _)| symbol).collect::<String>()
        };
        let words = |line: String| line.replace("│ ## ", "│ ").trim_end().to_owned();
        cells.into_iter().map(line).map(words).collect()
    };
    for keys in KEYS {
        let (with, without) = (cells(keys, true), cells(keys, false));
        assert!(without.iter().flatten().all(|(_, color)| *color == Color::Reset), "{keys}");
        assert_eq!(text(with), text(without), "{keys}");
    }
}

/// What green, yellow or red say of a word, the word says alone: nowhere does it have another of them.
#[test]
fn a_word_is_judged_by_one_colour_alone() {
    let is_judged = |color: &&Color| matches!(color, Color::Green | Color::Yellow | Color::Red);
    let mut n_judged = 0;
    for keys in KEYS {
        let mut colors: BTreeMap<String, HashSet<Color>> = BTreeMap::new();
        for line in cells(keys, true) {
            for run in line.chunk_by(|one, other| one.1 == other.1) {
                let text: String = run.iter().map(|(symbol, _)| symbol.as_str()).collect();
                for word in text.split("  ").map(str::trim).filter(|word| !word.is_empty()) {
                    colors.entry(word.to_owned()).or_default().insert(run[0].1);
                }
            }
        }
        for (word, colors) in colors {
            let judged = colors.iter().filter(is_judged).count();
            n_judged += judged;
            assert!(judged <= 1, "{keys}: {word:?} {colors:?}");
        }
    }
    assert!(n_judged > 5, "{n_judged}");
}
