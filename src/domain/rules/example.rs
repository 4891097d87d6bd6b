//! The examples of rules: small backlogs, written as one text.
//!
//! A line `%% goals/GOAL-x.md` begins a file; what stands before the first such line is an item. A
//! line `%% base items/…` begins a file of the state before the change, for rules about changes, and
//! `%% by max@example.org: a message` says who made the change.

use crate::domain::date::{self, Date};
use crate::domain::history::Step;
use crate::domain::source::{Edits, FileEdit, SourceFile};

/// The file that a text without a path is in.
const ITEM: &str = "items/BL-7k3qd-guest-checkout.md";

/// The files of one example.
#[derive(Clone, Debug, Default)]
pub struct Example {
    /// The files by path.
    pub files: Vec<(&'static str, &'static str)>,
    /// The files before the change, if it is about one.
    pub base: Vec<(&'static str, &'static str)>,
    /// Who made the change, and the message; empty without one.
    pub by: &'static str,
}

impl Example {
    /// The day on which all examples are looked at.
    ///
    /// # Panics
    ///
    /// Never: the text is a day.
    pub fn today() -> Date {
        date::parse("2026-11-25").expect("the text is a day")
    }

    /// The files in the text of an example.
    pub fn parse(text: &'static str) -> Self {
        let mut example = Self::default();
        let (mut head, mut rest) = (ITEM, text);
        loop {
            let next =
                if rest.starts_with("%% ") { Some(0) } else { rest.find("\n%% ").map(|at| at + 1) };
            let body = &rest[..next.unwrap_or(rest.len())];
            example.push(head, body);
            let Some(next) = next else { return example };
            let line = &rest[next + "%% ".len()..];
            let (title, below) = line.split_once('\n').unwrap_or((line, ""));
            (head, rest) = (title, below);
        }
    }

    fn push(&mut self, head: &'static str, body: &'static str) {
        if let Some(by) = head.strip_prefix("by ") {
            self.by = by;
        } else if let Some(path) = head.strip_prefix("base ") {
            self.base.push((path, body));
        } else if !body.is_empty() || head != ITEM {
            self.files.push((head, body));
        }
    }

    /// The state of the backlog.
    pub fn state(&self) -> Vec<SourceFile> {
        files(&self.files)
    }

    /// The state before the change, if there is one.
    pub fn before(&self) -> Option<Vec<SourceFile>> {
        (!self.base.is_empty()).then(|| files(&self.base))
    }

    /// The change from one to the other.
    pub fn step(&self) -> Step {
        let text = |files: &[(&str, &str)], path: &str| {
            files.iter().find(|(name, _)| *name == path).map(|(_, text)| (*text).to_owned())
        };
        let mut edits = Edits::default();
        for (path, _) in self.base.iter().chain(&self.files) {
            let (before, after) = (text(&self.base, path), text(&self.files, path));
            edits.push(FileEdit { path: (*path).to_owned(), before, after });
        }
        let (author, message) = self.by.split_once(": ").unwrap_or((self.by, ""));
        Step { commit: None, author: author.to_owned(), message: message.to_owned(), edits }
    }
}

fn files(files: &[(&str, &str)]) -> Vec<SourceFile> {
    let file = |(path, text): &(&str, &str)| SourceFile {
        path: (*path).to_owned(),
        text: Ok((*text).to_owned()),
    };
    files.iter().map(file).collect()
}
