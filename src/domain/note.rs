//! A line that somebody wrote, and in brackets behind it who, for whom and when:
//! `Which tax rate applies? (ada@example.org to mira, 2026-11-25)`.
//!
//! The brackets are read strictly, because people end sentences with brackets of their own: without
//! a day in them they are words. A line without them is as good a line, of which nobody knows the
//! rest.

use std::fmt;

use super::date::{self, Date};

/// A line with who wrote it, for whom and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// The words, on one line.
    pub text: String,
    /// Who wrote it.
    pub by: Option<String>,
    /// For whom it is meant.
    pub to: Option<String>,
    /// The day on which it was written.
    pub on: Option<Date>,
}

impl Note {
    /// A line of today.
    pub fn new(text: &str, by: &str, on: Date) -> Self {
        Self { text: one_line(text), by: name(by), to: None, on: Some(on) }
    }

    /// The same for somebody.
    #[must_use]
    pub fn to(mut self, to: Option<&str>) -> Self {
        self.to = to.and_then(name);
        self
    }

    /// The note that a line holds.
    pub fn parse(line: &str) -> Self {
        let line = line.trim();
        let plain = || Self { text: one_line(line), ..Self::default() };
        signed(line).unwrap_or_else(plain)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = self.to.as_ref().map(|to| format!("to {to}"));
        let who: Vec<String> = self.by.clone().into_iter().chain(to).collect();
        let who = Some(who.join(" ")).filter(|who| !who.is_empty());
        let day = self.on.map(|day| day.to_string());
        let tail: Vec<String> = who.into_iter().chain(day).collect();
        match self.on {
            Some(_) => write!(f, "{} ({})", self.text, tail.join(", ")),
            None => f.write_str(&self.text),
        }
    }
}

/// A line that ends with names and a day in brackets.
fn signed(line: &str) -> Option<Note> {
    let (text, tail) = line.strip_suffix(')')?.rsplit_once('(')?;
    let (who, day) = match tail.rsplit_once(", ") {
        Some((who, day)) => (who.trim(), day.trim()),
        None => ("", tail.trim()),
    };
    let on = date::parse(day)?;
    let (by, to) = match who.strip_prefix("to ") {
        Some(to) => ("", to),
        None => who.split_once(" to ").unwrap_or((who, "")),
    };
    let is_name = |name: &str| !name.contains([',', '(', ')']);
    let text = one_line(text);
    let is_whole = is_name(by) && is_name(to) && !text.is_empty();
    is_whole.then(|| Note { text, by: name(by), to: name(to), on: Some(on) })
}

/// A name as it can stand in the brackets; `None` without one.
fn name(text: &str) -> Option<String> {
    let is_mark = |c: char| matches!(c, ',' | '(' | ')') || c.is_whitespace() || c.is_control();
    let words = text.split(is_mark).filter(|word| !word.is_empty() && *word != "to");
    Some(words.collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty())
}

/// Words on one line, without characters that end one or control a terminal.
pub fn one_line(text: &str) -> String {
    let is_gap = |c: char| c.is_whitespace() || c.is_control();
    text.split(is_gap).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(line: &str, expected: [&str; 4]) {
        let note = Note::parse(line);
        let on = note.on.map(|day| day.to_string()).unwrap_or_default();
        let shown = |name: &Option<String>| name.clone().unwrap_or_default();
        assert_eq!([&note.text, &shown(&note.by), &shown(&note.to), &on], expected, "{line}");
    }

    #[test]
    fn reads_who_for_whom_and_when() {
        let day = "2026-11-25";
        check("Which rate? (ada to mira, 2026-11-25)", ["Which rate?", "ada", "mira", day]);
        check("Which rate? (ada, 2026-11-25)", ["Which rate?", "ada", "", day]);
        check("Which rate? (to mira, 2026-11-25)", ["Which rate?", "", "mira", day]);
        check("Which rate? (2026-11-25)", ["Which rate?", "", "", day]);
        check(
            "Which (of two)? (a@x.org to the team, 2026-11-25)",
            ["Which (of two)?", "a@x.org", "the team", day],
        );
    }

    #[test]
    fn other_brackets_are_words() {
        for line in [
            "Is it free (or not)",
            "Since when (ada, 2026-13-01)",
            "By when (ada, bob, 2026-11-25)",
            "(ada, 2026-11-25)",
            "Which rate?",
            "x (",
            ")",
        ] {
            check(line, [line, "", "", ""]);
        }
    }

    proptest! {
        /// What is written is read again, whatever people are called and say.
        #[test]
        fn is_read_as_it_was_written(
            text in "\\PC{0,20}[a-z?)]", by in "\\PC{0,9}", to in "\\PC{0,9}",
        ) {
            let note = Note::new(&text, &by, Date::constant(2026, 11, 25)).to(Some(&to));
            prop_assume!(!note.text.is_empty());
            prop_assert_eq!(Note::parse(&note.to_string()), note);
        }
    }
}
