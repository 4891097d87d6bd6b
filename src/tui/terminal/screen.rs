//! The screen while it is ours. It is given back when the value goes, and before a panic is told.

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::Once;

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};

use super::rules;
use crate::tui::state::State;
use crate::tui::view;

/// The screen.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn enter() -> io::Result<Self> {
        restore_before_panics();
        let terminal = Terminal::new(CrosstermBackend::new(BufWriter::new(io::stdout())))?;
        // The value comes first, so that half of this is undone too.
        let screen = Self { terminal };
        take()?;
        Ok(screen)
    }

    /// Gives the terminal to another program.
    pub(super) fn leave(&mut self) {
        give_back();
    }

    /// Takes it over again, and paints everything anew.
    pub(super) fn enter_again(&mut self) -> io::Result<()> {
        take()?;
        self.clear()
    }

    /// Forgets what is on the screen, so that all of it is painted.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        let size = self.terminal.size()?;
        Ok((size.width, size.height))
    }

    /// Paints the state.
    pub(super) fn draw(&mut self, state: &State) -> io::Result<()> {
        self.terminal.draw(|frame| view::draw(state, frame))?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste)
}

/// Whoever cannot be told of an error here has no terminal any more.
fn give_back() {
    let mut out = io::stdout();
    let _gone = queue!(out, DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, Show);
    let _gone = out.flush();
    let _gone = disable_raw_mode();
}

/// A panic is told on the screen of the shell, where it can be read.
fn restore_before_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            // The rules run beside; what goes wrong there ends nothing.
            if std::thread::current().name() != Some(rules::THREAD) {
                give_back();
                before(info);
            }
        }));
    });
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::Command;

    use super::*;

    /// Set where this program runs itself on a terminal of its own, in order to panic there.
    const ON_A_TERMINAL: &str = "GIT_BACKLOG_TEST_PANICS";

    #[test]
    fn the_terminal_is_given_back_before_a_panic_is_told() {
        if std::env::var_os(ON_A_TERMINAL).is_some() {
            let _screen = Screen::enter().unwrap();
            panic!("on purpose");
        }
        let own = std::env::current_exe().unwrap();
        let name = std::thread::current().name().unwrap().to_owned();
        let run = format!("'{}' --exact {name} --nocapture; stty -a", own.display());
        let mut script = Command::new("script");
        script.args(["-qec", &run, "/dev/null"]).env(ON_A_TERMINAL, "1").env("SHELL", "/bin/sh");
        // Without the program there is no terminal to try it on.
        let Ok(output) = script.env("TERM", "xterm").stdin(std::process::Stdio::null()).output()
        else {
            return;
        };
        let said = String::from_utf8_lossy(&output.stdout);
        let place = |text: &str| said.find(text).unwrap_or_else(|| panic!("no {text:?}: {said}"));
        let (taken, given_back) = (place("\u{1b}[?1049h"), place("\u{1b}[?1049l"));
        assert!(taken < given_back && given_back < place("on purpose"), "{said}");
        // A terminal in raw mode has `-echo` and `-icanon`.
        assert!(said.contains(" echo ") && said.contains(" icanon "), "{said}");
    }
}
