//! A terminal that a test can type on and look at.

use std::process::Output;
use std::time::{Duration, Instant};

use crate::support::{PROGRAM, Repo};

/// How long to wait for what should come at once; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A shell that says nothing but that it is there.
const SHELL: &str = "PS1='$ ' sh";

/// A shell on a terminal of 100 columns and 30 rows, in a tmux of its own.
pub(super) struct Pane {
    /// The repository in which the shell is.
    pub(super) repo: Repo,
    socket: String,
}

impl Pane {
    /// A shell in a repository.
    pub(super) fn new(repo: Repo) -> Self {
        let socket = repo.beside("tmux").display().to_string();
        let pane = Self { repo, socket };
        let size = ["-x", "100", "-y", "30"];
        let arguments = [&["-f", "/dev/null", "new-session", "-d"][..], &size, &[SHELL]].concat();
        let output = pane.tmux(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        pane.wait_for("$", |_| true);
        pane
    }

    /// Opens another window in place of this one, as after a kill that nobody can clean up after.
    pub(super) fn begin_again(&self) {
        self.tmux(&["respawn-pane", "-k", SHELL]);
        self.wait_for("$", |screen| screen.trim_end() == "$");
    }

    /// Opens the full-screen view.
    pub(super) fn open(&self) {
        self.shell(&format!("{PROGRAM} groom --tui"));
        self.wait_for("q quit", |_| true);
    }

    /// Presses keys, by the names that tmux has for them.
    pub(super) fn keys(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys"], keys].concat());
    }

    /// Types a text.
    pub(super) fn text(&self, text: &str) {
        self.tmux(&["send-keys", "-l", text]);
    }

    /// Types a command into the shell.
    pub(super) fn shell(&self, command: &str) {
        self.text(command);
        self.keys(&["Enter"]);
    }

    /// Sends a signal to the program that has the terminal.
    pub(super) fn kill(&self, signal: &str) {
        let child = self.child();
        let signal = format!("-{signal}");
        let killed = self.repo.command("kill").args([&signal, &child]).status().unwrap();
        assert!(killed.success(), "{child}");
    }

    /// The number of the process that has the terminal.
    pub(super) fn child(&self) -> String {
        let of_shell = self.tmux(&["display-message", "-p", "#{pane_pid}"]);
        let shell = String::from_utf8_lossy(&of_shell.stdout).trim().to_owned();
        let children = self.repo.command("pgrep").args(["-P", &shell]).output().unwrap();
        String::from_utf8_lossy(&children.stdout).trim().to_owned()
    }

    /// Closes the terminal, as somebody does who closes its window.
    pub(super) fn close(&self) {
        self.tmux(&["kill-server"]);
    }

    /// What is on the screen.
    pub(super) fn screen(&self) -> String {
        let output = self.tmux(&["capture-pane", "-p"]);
        let text = String::from_utf8_lossy(&output.stdout);
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    /// Waits until the screen shows `text`, and is as it should be.
    pub(super) fn wait_for(&self, text: &str, is_right: impl Fn(&str) -> bool) {
        self.wait_until(text, || {
            let screen = self.screen();
            screen.contains(text) && is_right(&screen)
        });
    }

    /// Waits until something is so.
    pub(super) fn wait_until(&self, what: &str, is_so: impl Fn() -> bool) {
        let start = Instant::now();
        while !is_so() {
            assert!(start.elapsed() < PATIENCE, "'{what}' did not come:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn tmux(&self, arguments: &[&str]) -> Output {
        let mut tmux = self.repo.command("tmux");
        tmux.env("TERM", "xterm-256color").env("LC_ALL", "C.UTF-8");
        tmux.env("GIT_BACKLOG_TODAY", "2026-11-26").args(["-S", &self.socket]);
        tmux.args(arguments).output().unwrap()
    }
}

impl Drop for Pane {
    fn drop(&mut self) {
        self.close();
    }
}
