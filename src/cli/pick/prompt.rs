//! The choice on a terminal: a few lines below the prompt, gone when it is made.

use std::io::{self, Stderr, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::cursor::{MoveToColumn, MoveUp};
use crossterm::event::{self, Event, KeyEventKind};
use crossterm::terminal::{self, Clear, ClearType};
use crossterm::{QueueableCommand, queue};

use super::state::{Decision, Picker};
use crate::render::Style;
use crate::render::choice::{self, Choice};
use crate::tui::{Wait, wait};

/// How many documents are shown at once.
const ROWS: u16 = 8;

/// How long to wait for a key before looking whether the process is to end.
const PATIENCE: Duration = Duration::from_millis(200);

/// Lets somebody choose; `None` if they leave.
pub(super) fn choose(mut picker: Picker, style: &Style) -> io::Result<Option<usize>> {
    let is_ended = end_flag()?;
    let mut screen = Screen::open()?;
    screen.draw(&picker, style)?;
    while !is_ended.load(Ordering::Relaxed) {
        match wait(PATIENCE)? {
            Wait::Input => {}
            Wait::Nothing => continue,
            Wait::Gone => break,
        }
        match event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => match picker.press(key) {
                Some(Decision::Chosen(at)) => return Ok(Some(at)),
                Some(Decision::Left) => return Ok(None),
                None => {}
            },
            Event::Resize(..) => {}
            _ => continue,
        }
        screen.draw(&picker, style)?;
    }
    Ok(None)
}

/// Set when the process is told to end: the terminal has to be itself again first.
fn end_flag() -> io::Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        signal_hook::flag::register(signal, Arc::clone(&flag))?;
    }
    Ok(flag)
}

/// A terminal that gives every key at once, until this is dropped.
struct Screen(Stderr);

impl Screen {
    fn open() -> io::Result<Self> {
        terminal::enable_raw_mode()?;
        Ok(Self(io::stderr()))
    }

    /// Draws the choice from the line of the cursor on, and leaves the cursor behind what was typed.
    fn draw(&mut self, picker: &Picker, style: &Style) -> io::Result<()> {
        let (width, height) = terminal::size()?;
        let style = Style { width: Some(usize::from(width)), ..style.clone() };
        let n_rows = usize::from(ROWS.min(height.saturating_sub(2)));
        let rows: Vec<_> = picker.shown(n_rows).collect();
        let choice = Choice { typed: picker.typed(), counts: picker.counts(), rows: &rows };
        let (lines, column) = choice::lines(&choice, &style);
        queue!(self.0, MoveToColumn(0), Clear(ClearType::FromCursorDown))?;
        self.0.write_all(lines.join("\r\n").as_bytes())?;
        let above = u16::try_from(lines.len().saturating_sub(1)).unwrap_or_default();
        if above > 0 {
            self.0.queue(MoveUp(above))?;
        }
        let column = u16::try_from(column).unwrap_or_default().min(width.saturating_sub(1));
        self.0.queue(MoveToColumn(column))?.flush()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let cleared = queue!(self.0, MoveToColumn(0), Clear(ClearType::FromCursorDown));
        // There is nobody left to tell that the terminal is gone.
        let _gone = cleared.and_then(|()| self.0.flush());
        let _gone = terminal::disable_raw_mode();
    }
}
