//! Long results in a pager, as Git shows them.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};

use super::context::Context;
use super::workspace::Workspace;

/// Sends the results of this command through the user's pager, if they go to a terminal.
pub(super) fn start(cx: &mut Context, workspace: &Workspace) {
    if !cx.terminal {
        return;
    }
    let Some(pager) = chosen(cx, workspace) else { return };
    let mut command = Command::new("sh");
    command.arg("-c").arg(&pager).stdin(Stdio::piped());
    for (name, value) in [("LESS", "FRX"), ("LV", "-c")] {
        if (cx.env)(name).is_none() {
            command.env(name, value);
        }
    }
    // Without a pager the results are still worth printing.
    if let Ok(child) = command.spawn() {
        cx.out = Box::new(Pager { child });
    }
}

/// The pager as Git chooses it, but never one that the repository itself names: to look at a
/// repository runs no program of it. None for `cat` or an empty word.
fn chosen(cx: &Context, workspace: &Workspace) -> Option<OsString> {
    let repository = workspace.repository.as_ref();
    let configured = || repository?.config_string_of_user("core.pager").map(OsString::from);
    let pager = (cx.env)("GIT_PAGER")
        .or_else(configured)
        .or_else(|| (cx.env)("PAGER"))
        .unwrap_or_else(|| "less".into());
    (!pager.is_empty() && pager != "cat").then_some(pager)
}

/// A running pager; it is waited for when the command is over.
struct Pager {
    child: Child,
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.child.stdin {
            Some(stdin) => stdin.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.child.stdin.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Pager {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ended = self.child.wait();
    }
}
