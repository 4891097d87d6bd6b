//! Waiting for what is typed, as long as there is a terminal.

use std::io;
use std::time::Duration;

use ratatui::crossterm::event;

/// What waiting has brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// There is something to read.
    Input,
    /// Nobody has typed.
    Nothing,
    /// The terminal is gone: nobody will type here any more.
    Gone,
}

/// Waits for so long at most, which is less than a second.
///
/// # Errors
///
/// If the terminal cannot be read.
pub fn wait(time: Duration) -> io::Result<Wait> {
    // crossterm reads on and on from a terminal that is gone, so it is not asked then.
    if is_gone(Duration::ZERO) {
        return Ok(Wait::Gone);
    }
    // Some of what was read before may not be told yet.
    if !event::poll(Duration::ZERO)? && is_gone(time) {
        return Ok(Wait::Gone);
    }
    Ok(if event::poll(Duration::ZERO)? { Wait::Input } else { Wait::Nothing })
}

/// Waits until there is something to read, but not longer, and says whether the terminal is gone.
#[cfg(unix)]
fn is_gone(time: Duration) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdin = io::stdin();
    let mut terminal = [PollFd::new(&stdin, PollFlags::IN)];
    // A signal ends the waiting early, which does no harm.
    let time = Timespec { tv_sec: 0, tv_nsec: i64::from(time.subsec_nanos()) };
    let _interrupted = poll(&mut terminal, Some(&time));
    terminal[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
}

#[cfg(not(unix))]
fn is_gone(time: Duration) -> bool {
    let _woken = event::poll(time);
    false
}
