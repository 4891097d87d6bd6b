//! The program as a user runs it, and what it printed.

use std::fmt;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use super::Repo;

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_git-backlog");

/// What a run of a program printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code; `None` if a signal ended it.
    pub(crate) code: Option<i32>,
    /// The results.
    pub(crate) out: String,
    /// The rest.
    pub(crate) err: String,
}

/// Results as they are, messages behind a `!`, then the exit code unless it is 0.
impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.out)?;
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            f.write_str("(no line end)\n")?;
        }
        for line in self.err.lines() {
            writeln!(f, "{}", format!("! {line}").trim_end())?;
        }
        match self.code {
            Some(0) => Ok(()),
            Some(code) => writeln!(f, "= {code}"),
            None => f.write_str("= ended by a signal\n"),
        }
    }
}

impl Run {
    /// The same run, with another text for what differs from run to run.
    pub(crate) fn replace(self, from: &str, to: &str) -> Self {
        Self { out: self.out.replace(from, to), err: self.err.replace(from, to), ..self }
    }

    /// The id of the document that `new` made: it says `add story BL-7k3qd "…"`.
    pub(crate) fn new_id(&self) -> String {
        let id = self.out.strip_prefix("add ").and_then(|rest| rest.split(' ').nth(1));
        id.unwrap_or_else(|| panic!("no new document: {self}")).to_owned()
    }

    /// The result as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// The rows of a result in CSV, the header first.
    pub(crate) fn csv(&self) -> Vec<Vec<String>> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).from_reader(self.out.as_bytes());
        let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
        rows.collect()
    }
}

impl Repo {
    /// The program, ready for its arguments.
    pub(crate) fn program(&self) -> Command {
        let mut program = self.command(PROGRAM);
        program.env("GIT_BACKLOG_TODAY", "2026-11-25").stdin(Stdio::null());
        program
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.output(self.program().args(arguments))
    }

    /// Runs the program with a text on its standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
        let mut program = self.program();
        program.args(arguments).stdin(Stdio::piped());
        let mut child = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The program may end before it has read all of it.
        let _closed = child.stdin.take().unwrap().write_all(input.as_ref());
        self.shown(&child.wait_with_output().unwrap())
    }

    /// Runs any program.
    pub(crate) fn output(&self, program: &mut Command) -> Run {
        self.shown(&program.output().unwrap())
    }

    fn shown(&self, output: &Output) -> Run {
        let folder = self.beside("").canonicalize().unwrap();
        let folder = folder.to_str().unwrap();
        let text =
            |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().replace(folder, "[TMP]");
        Run { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Runs commands, one a line, as they would be typed, and shows each with what it printed.
    /// Words may stand in single quotes, and variables before a command. Short hashes of commits
    /// are left out, since each follows from all that the commit holds.
    pub(crate) fn session(&self, commands: &str) -> String {
        let mut shown = String::new();
        for typed in commands.lines().map(str::trim).filter(|line| !line.is_empty()) {
            shown += &format!("$ {typed}\n{}", self.typed(typed));
        }
        without_hashes(&shown)
    }

    fn typed(&self, line: &str) -> Run {
        let words = words(line);
        let is_variable = |word: &&String| {
            let name = word.split_once('=').map(|(name, _)| name);
            name.is_some_and(|name| name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
        };
        let n_variables = words.iter().take_while(is_variable).count();
        let (variables, words) = words.split_at(n_variables);
        let mut command = match &words[..2] {
            [git, backlog] if git == "git" && backlog == "backlog" => {
                let mut program = self.program();
                program.args(&words[2..]);
                program
            }
            _ => {
                let mut command = self.command(&words[0]);
                command.args(&words[1..]);
                command
            }
        };
        command.envs(variables.iter().filter_map(|word| word.split_once('=')));
        self.output(&mut command)
    }
}

/// A text with a word in place of each hash of a commit: 7, 10, 12 or 40 hexadecimal digits, one a
/// digit indeed.
fn without_hashes(text: &str) -> String {
    let is_hash = |word: &str| {
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        matches!(word.len(), 7 | 10 | 12 | 40)
            && word.bytes().all(is_hex)
            && word.contains(|c: char| c.is_ascii_digit())
    };
    let parts = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    parts
        .map(|part| {
            let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            if is_hash(word) { part.replace(word, "HASH") } else { part.to_owned() }
        })
        .collect()
}

/// The words of a line; those in single quotes may hold spaces.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![];
    let (mut word, mut quoted) = (None::<String>, false);
    for letter in line.chars() {
        match letter {
            '\'' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}
