//! Messages: lines beside the results, warnings, errors with the next thing to do.

use std::borrow::Cow;
use std::io::{self, Write};

use super::block::{Cell, Line, Tone};
use super::page::Page;
use super::{Style, put, safe};

/// The longest line of a message. One that quotes a whole file says no more than its beginning.
const LONGEST: usize = 500;

/// Writes a line of a result.
pub fn line(style: &Style, line: &str, out: &mut dyn Write) -> io::Result<()> {
    put(&format!("{}\n", safe::line(line)), style, out)
}

/// Says something beside the results.
pub fn note(style: &Style, line: &str, out: &mut dyn Write) -> io::Result<()> {
    put(&message(style, None, line), style, out)
}

/// Writes a warning.
pub fn warning(style: &Style, line: &str, out: &mut dyn Write) -> io::Result<()> {
    put(&message(style, Some(Cell::new("warning", Tone::Warn)), line), style, out)
}

/// Writes an error and what to do next.
pub fn error(
    style: &Style,
    message: &str,
    hint: Option<&str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut text = self::message(style, Some(Cell::new("error", Tone::Bad)), message);
    if let Some(hint) = hint {
        text += &self::message(style, Some(Cell::new("hint", Tone::Id)), hint);
    }
    put(&text, style, out)
}

/// A message of one line or more. What a document or a hook has put on a second line stands to
/// the right of the first, where it cannot pass for a message of its own.
fn message(style: &Style, word: Option<Cell<'_>>, text: &str) -> String {
    let mut page = Page::new(style);
    if let Some(word) = word {
        page.line_start(word);
    }
    let lines = text.trim_end().split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    for (at, line) in lines.enumerate() {
        let indent = if at > 0 && !line.trim().is_empty() { "    " } else { "" };
        page.line(&Line::from(indent).then(safe::line(&shortened(line))));
    }
    page.text
}

fn shortened(line: &str) -> Cow<'_, str> {
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &line[..at]).into(),
        None => line.into(),
    }
}

impl Page<'_> {
    fn line_start(&mut self, word: Cell<'_>) {
        self.paint(word.tone, &word.text);
        self.text.push_str(": ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(write: impl Fn(&Style, &mut dyn Write) -> io::Result<()>, expected: &str) {
        let mut out = Vec::new();
        write(&Style::default(), &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn names_what_kind_of_message_it_is() {
        check(|style, out| note(style, "nothing to change", out), "nothing to change\n");
        check(|style, out| warning(style, "HEAD is detached", out), "warning: HEAD is detached\n");
        check(|style, out| error(style, "no item 'x'", None, out), "error: no item 'x'\n");
        check(
            |style, out| error(style, "no item 'x'", Some("did you mean y?"), out),
            "error: no item 'x'\nhint: did you mean y?\n",
        );
    }

    #[test]
    fn colours_the_word_alone() {
        let mut out = Vec::new();
        let style = Style { color: true, ..Style::default() };
        warning(&style, "no \u{1b}[31m red", &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\u{1b}[33mwarning\u{1b}[0m: no \\e[31m red\n");
    }

    #[test]
    fn quotes_no_whole_file() {
        let long = "x".repeat(100_000);
        let expected = format!("error: {}…\n", &long[..LONGEST]);
        check(|style, out| error(style, &long, None, out), &expected);
    }

    #[test]
    fn lets_no_text_pass_for_a_message() {
        check(
            |style, out| warning(style, "'a\nerror: b\r\n\nc'", out),
            "warning: 'a\n    error: b\n\n    c'\n",
        );
        check(|style, out| line(style, "a\nb\u{7}", out), "a b\\x07\n");
        let log = Style { workflow: true, ..Style::default() };
        check(|_, out| line(&log, "::error::x", out), ": :error::x\n");
    }
}
