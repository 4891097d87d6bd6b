//! The place in which all happens, and running things in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::support::{PROGRAM, Run, temporary};

/// The script that makes the place, for people to run as well.
const SETUP: &str = include_str!("setup.sh");

/// The place, where we are in it, and what was done there.
pub(super) struct Place {
    folder: TempDir,
    /// The folder in which things run: `repo`, or the worktree `linked` to it.
    pub(super) at: &'static str,
    /// What was done, as one would type it.
    pub(super) lines: Vec<String>,
    /// Ids that chance has given, for which a name stands in the lines.
    names: Vec<(String, String)>,
}

impl Place {
    pub(super) fn new() -> Self {
        let folder = temporary();
        let this = Self { folder, at: "", lines: Vec::new(), names: Vec::new() };
        let made = this.command("sh").args(["-c", SETUP]).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Self { at: "repo", ..this }
    }

    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the folder in which things run.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.root().join(self.at).join(path)
    }

    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let ours = Path::new(PROGRAM).parent().unwrap();
        let path = std::env::var("PATH").unwrap();
        command
            .current_dir(self.path(""))
            .env_clear()
            .env("PATH", format!("{}:{path}", ours.display()))
            .env("HOME", self.root().join("home"))
            .env("TZ", "UTC")
            .env("LC_ALL", "C")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_BACKLOG_TODAY", "2026-11-25")
            .stdin(Stdio::null());
        command
    }

    /// Runs a line in a shell and takes it down; whether it succeeded.
    pub(super) fn shell(&mut self, line: &str) -> bool {
        self.note(line);
        let output = self.command("sh").args(["-c", line]).output().unwrap();
        let is_done = output.status.success();
        if !is_done {
            let said = String::from_utf8_lossy(&output.stderr);
            self.mark(&format!("failed: {}", said.lines().next().unwrap_or_default()));
        }
        is_done
    }

    /// Asks Git, which has to succeed.
    pub(super) fn ask(&self, arguments: &[&str]) -> String {
        let output = self.try_ask(arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {error}\n{}", self.story());
        String::from_utf8(output.stdout).unwrap()
    }

    /// Asks Git, which may say no. Nothing is refreshed by asking.
    pub(super) fn try_ask(&self, arguments: &[&str]) -> Output {
        let mut git = self.command("git");
        git.arg("--no-optional-locks").args(arguments).output().unwrap()
    }

    /// Runs the program and takes down how it would be typed.
    pub(super) fn run(&mut self, words: &[String], editor: Option<&str>) -> Run {
        let mut program = self.command(PROGRAM);
        program.args(words).env("GIT_TRACE", self.root().join("home/trace"));
        let mut line = String::new();
        if let Some(editor) = editor {
            program.env("GIT_EDITOR", editor);
            line = format!("GIT_EDITOR={} ", quoted(editor));
        }
        line += "git backlog";
        words.iter().for_each(|word| line = format!("{line} {}", quoted(word)));
        let output = program.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let run =
            Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) };
        if words[0] == "new" && run.out.starts_with("add ") {
            let name = format!("NEW{}", self.names.len() + 1);
            line = format!("{name}=$({line} | cut -d' ' -f3)");
            self.names.push((run.new_id(), format!("${name}")));
        }
        self.note(&line);
        match run.code {
            Some(0) => {}
            code => self.mark(&format!("{code:?}: {}", run.err.trim().replace('\n', " | "))),
        }
        run
    }

    /// What the program has asked Git for since the last time.
    pub(super) fn trace(&self) -> String {
        let path = self.root().join("home/trace");
        let trace = fs::read_to_string(&path).unwrap_or_default();
        let _none = fs::remove_file(path);
        trace
    }

    pub(super) fn go(&mut self, at: &'static str) {
        self.note(&format!("cd ../{at}"));
        self.at = at;
    }

    fn note(&mut self, line: &str) {
        let named = |line: String, (id, name): &(String, String)| line.replace(id.as_str(), name);
        let line = self.names.iter().fold(line.to_owned(), named);
        self.lines.push(line);
    }

    /// Adds a remark to the last line.
    pub(super) fn mark(&mut self, remark: &str) {
        if let Some(last) = self.lines.last_mut() {
            *last += &format!("  # {remark}");
        }
    }

    /// All that was done, for a person to do again.
    pub(super) fn story(&self) -> String {
        format!(
            "mkdir again && cd again && export HOME=\"$PWD/home\" GIT_BACKLOG_TODAY=2026-11-25\n\
             sh ../tests/it/usage/setup.sh && cd repo\n{}",
            self.lines.join("\n")
        )
    }
}

fn quoted(word: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_=./+:,".contains(it);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}
