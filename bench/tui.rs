//! How long the full-screen view takes for a key.
//!
//! ```text
//! cargo bench --bench tui -- [ITEMS]
//! ```
//!
//! Ten thousand generated items unless another number is given. A figure is the time from a key to
//! the drawn screen: the update of the state, what is written being noted, and the drawing on a
//! screen of 200 by 60 in memory. The median and the longest of some repetitions are printed; the
//! exit code is 1 if a median is above the 16 ms in which a screen shows one picture.

use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use git_backlog::domain::backlog::Backlog;
use git_backlog::domain::date;
use git_backlog::domain::source::SourceFile;
use git_backlog::render::Style;
use git_backlog::tui::{self, Effect, Event, State};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// One picture of a screen that shows sixty a second.
const BAR: Duration = Duration::from_millis(16);
/// The screen.
const SIZE: (u16, u16) = (200, 60);

/// What is measured: a name, keys that are pressed before, the key, and how often.
const KEYS: &[(&str, &str, char, usize)] = &[
    ("down", "", 'j', 50),
    ("to the last line", "g", 'G', 20),
    ("move down by one", "g", 'J', 30),
    ("move up by one", "G", 'K', 30),
    ("move to the bottom", "g", 'b', 20),
    ("undo", "", 'u', 20),
    ("redo", "", 'U', 20),
    ("mark", "g", ' ', 20),
    ("move ten items", "", 'J', 20),
    ("a letter of a filter", "\u{1b}/chec", 'k', 20),
    ("a letter of a query", "\u{1b}\u{1b}/value>", '5', 20),
    ("a letter of a search", "\u{1b}\u{1b}\u{1b}gMshop", 'p', 20),
    ("set the status", "\u{1b}\u{1b}s", '3', 20),
    ("the board", "1", '2', 20),
    ("right on the board", "2", 'l', 20),
];

fn main() -> io::Result<ExitCode> {
    let n = std::env::args().skip(1).find_map(|it| it.parse().ok()).unwrap_or(10_000);
    let mut out = io::stdout().lock();
    let files: Vec<SourceFile> = (0..n).map(item).collect();
    let backlog = Backlog::parse(files);
    let style = Style { color: true, unicode: true, ..Style::default() };
    let today = date::parse("2026-11-26").expect("a day");
    let start = Instant::now();
    let mut state = State::new(backlog, today, style, SIZE);
    writeln!(out, "{n} items; the first state takes {:.1?}", start.elapsed())?;
    writeln!(out, "{:<24} {:>10} {:>10}", "key", "median", "longest")?;
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("memory");
    let mut is_missed = false;
    for (name, before, key, times) in KEYS {
        let mut measured: Vec<Duration> = (0..*times)
            .map(|_| {
                before.chars().for_each(|key| press(&mut state, key));
                let start = Instant::now();
                press(&mut state, *key);
                let drawn = terminal.draw(|frame| tui::draw(&state, frame));
                drawn.expect("memory takes all");
                start.elapsed()
            })
            .collect();
        measured.sort_unstable();
        let (median, longest) = (measured[times / 2], measured[times - 1]);
        is_missed |= median > BAR;
        writeln!(out, "{name:<24} {median:>10.2?} {longest:>10.2?}")?;
    }
    Ok(ExitCode::from(u8::from(is_missed)))
}

fn press(state: &mut State, key: char) {
    let code = if key == '\u{1b}' { KeyCode::Esc } else { KeyCode::Char(key) };
    let effects = state.update(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    if effects.contains(&Effect::Write) {
        let edits = state.unwritten();
        state.update(Event::Written(edits));
    }
}

/// An item as real ones are: some fields, a story, three criteria, and a dependency now and then.
fn item(n: usize) -> SourceFile {
    const WORDS: [&str; 8] =
        ["checkout", "basket", "shop", "invoice", "subscription", "voucher", "account", "parcel"];
    const LETTERS: &[u8; 19] = b"bcdfghjklmpqrstvwxz";
    let letters = |n: usize, count: u32| -> String {
        let digit = |place: u32| LETTERS[n / 19_usize.pow(place) % 19] as char;
        (0..count).rev().map(digit).collect()
    };
    let (id, rank) = (format!("BL-{}", letters(n, 5)), format!("m{}", letters(n, 5)));
    let (one, other) = (WORDS[n % 8], WORDS[n / 8 % 8]);
    let status = ["proposed", "ready", "in-progress"][n % 3];
    let waits = match n % 7 {
        0 if n > 10 => format!("depends_on: [BL-{}]\n", letters(n - 10, 5)),
        _ => String::new(),
    };
    let numbers = match n % 5 {
        0 => String::new(),
        _ => format!("value: {}\neffort: {}\n", 1 + n % 8, 1 + n % 5),
    };
    let text = format!(
        "---\nid: {id}\ntitle: The {one} keeps its {other} number {n}\ntype: story\n\
         status: {status}\ncreated: 2026-10-01\nrank: {rank}\n{numbers}{waits}labels: [{one}]\n---\n\n\
         As a shopper, I want the {one} to keep its {other}, so that I do not lose what I chose.\n\n\
         ## Acceptance criteria\n\n- [ ] The {one} is shown with its {other}.\n\
         - [x] A lost {other} is told by mail.\n- [ ] The {one} opens in at most 2 seconds.\n\n\
         ## Notes\n\nAsked for by {} shops in the last quarter.\n",
        1 + n % 40
    );
    SourceFile { path: format!("items/{id}-{one}.md"), text: Ok(text) }
}
