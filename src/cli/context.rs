//! Everything that a command may touch: streams, clock, directory, terminal.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::domain::date::Date;
use crate::render::{self, Format, Style, View};

/// How many changes are told one by one.
pub(super) const TOLD: usize = 20;

/// What the process hands to a command.
pub(super) struct Context {
    /// Results.
    pub out: Box<dyn Write>,
    /// Everything else.
    pub err: Box<dyn Write>,
    /// The directory in which the command was started, or that of `-C`.
    pub directory: PathBuf,
    /// The day.
    pub today: Date,
    /// How results look.
    pub style: Style,
    /// How messages look.
    pub err_style: Style,
    /// Whether somebody sits at the other end of standard input.
    pub interactive: bool,
    /// Whether results go to a terminal.
    pub terminal: bool,
    /// Whether ids in results are links to their files.
    pub hyperlinks: bool,
    /// A variable of the environment.
    pub env: fn(&str) -> Option<OsString>,
    /// How much to say: `-q` takes one away, `-v` adds one.
    pub verbosity: i8,
    /// Whether files have been written, so that a later failure is not taken for none.
    pub saved: bool,
}

impl Context {
    /// Writes a view to standard output.
    pub(super) fn show(&mut self, view: &dyn View, format: Format) -> Result<(), render::Error> {
        render::write(view, format, &self.style, &mut self.out)
    }

    /// Tells changes, one a line, and how many more there are.
    pub(super) fn tell(&mut self, changes: &[String]) -> Result<(), render::Error> {
        for line in changes.iter().take(TOLD) {
            render::error::line(&self.style, line, &mut self.out)?;
        }
        match changes.len().checked_sub(TOLD) {
            None | Some(0) => Ok(()),
            Some(n_more) => {
                let more = format!("and {n_more} more changes");
                Ok(render::error::line(&self.style, &more, &mut self.out)?)
            }
        }
    }

    /// Says something beside the results, unless `-q`. The results so far come first, so that a
    /// terminal shows both in the order in which they were written.
    pub(super) fn say(&mut self, line: &str) -> io::Result<()> {
        if self.verbosity < 0 {
            return Ok(());
        }
        self.out.flush()?;
        render::error::note(&self.err_style, line, &mut self.err)
    }

    /// Says what only `-v` asks for.
    pub(super) fn detail(&mut self, line: &str) -> io::Result<()> {
        match self.verbosity {
            1.. => self.say(line),
            _ => Ok(()),
        }
    }

    /// Warns, even with `-q`.
    pub(super) fn warn(&mut self, line: &str) -> io::Result<()> {
        self.out.flush()?;
        render::error::warning(&self.err_style, line, &mut self.err)
    }
}
