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
