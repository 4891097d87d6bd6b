//! `--watch`: a result that is shown anew whenever a file of the backlog changes.

use std::io::{self, Write};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use super::context::Context;
use super::error::{self, Failure};
use super::workspace::Workspace;
use crate::render;
use crate::store::Watch;

/// How often to look. A look at ten thousand files takes a tenth of this.
const PAUSE: Duration = Duration::from_secs(1);

/// Moves to the upper left corner and clears the screen.
const CLEAR: &str = "\x1b[H\x1b[2J";

/// Shows something, and again after each change, until Ctrl-C ends the process.
pub(super) fn again(
    cx: &mut Context,
    workspace: &Workspace,
    mut show: impl FnMut(&mut Context) -> anyhow::Result<u8>,
) -> anyhow::Result<u8> {
    let root = root(cx, workspace)?;
    let mut watch = Watch::new(root);
    let mut is_first = true;
    loop {
        let height = terminal_size::terminal_size().map_or(24, |(_, height)| height.0);
        cx.out = Box::new(Screen { left: height.saturating_sub(1), out: io::stdout() });
        io::stdout().write_all(CLEAR.as_bytes())?;
        match show(cx) {
            Ok(_) => cx.out.flush()?,
            // What is asked for does not change; so this is wrong for good.
            Err(error) if is_first => return Err(error),
            Err(error) => tell(&error, cx)?,
        }
        is_first = false;
        while watch.changed().is_empty() {
            sleep(PAUSE);
        }
    }
}

/// The folder to look at.
fn root<'a>(cx: &Context, workspace: &'a Workspace) -> Result<&'a Path, Failure> {
    if !cx.terminal {
        return Err(Failure::usage("--watch needs a terminal")
            .hint("leave it out: a pipe gets the state of the moment"));
    }
    workspace
        .root
        .as_deref()
        .ok_or_else(|| Failure::usage("there are no files to watch in a bare repository"))
}

/// A file may be half written for a moment, so that the next look may find it sound.
fn tell(error: &anyhow::Error, cx: &mut Context) -> anyhow::Result<()> {
    if let Some((_, message, hint)) = error::outcome(error) {
        render::error::error(&cx.err_style, &message, hint.as_deref(), &mut cx.err)?;
    }
    Ok(())
}

/// A terminal of which no more lines are written than it has, so that the first ones stay in sight.
struct Screen {
    left: u16,
    out: io::Stdout,
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            if self.left == 0 {
                break;
            }
            self.out.write_all(line)?;
            self.left -= u16::from(line.ends_with(b"\n"));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
