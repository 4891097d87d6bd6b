//! A line of a list, read word by word, with the place of each word in the text.

use crate::domain::span::Span;

/// What some editors put before a text.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A line on its way to be read, word by word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a> {
    text: &'a str,
    /// Where the line begins in the whole text.
    start: usize,
    /// How much of it is read.
    done: usize,
}

impl<'a> Words<'a> {
    /// A line that begins at a place of a text, from its first letter on; `None` for an empty one
    /// and for a comment.
    pub(super) fn of_line(line: &'a str, start: usize) -> Option<Self> {
        let mark =
            if start == 0 && line.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { "" };
        let mut words = Self { text: line.trim_end(), start, done: mark.len() };
        words.skip_blanks();
        (!words.rest().is_empty() && !words.rest().starts_with('#')).then_some(words)
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.done..]
    }

    fn skip_blanks(&mut self) {
        self.done = self.text.len() - self.rest().trim_start().len();
    }

    /// The next word, which stays.
    pub(super) fn peek(&self) -> &'a str {
        let rest = self.rest();
        &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())]
    }

    /// Goes on behind so many bytes, and returns where they stood.
    pub(super) fn take(&mut self, n_bytes: usize) -> Span {
        let start = self.start + self.done;
        self.done += n_bytes;
        self.skip_blanks();
        Span::new(start, start + n_bytes)
    }

    /// Where that stands in the whole text.
    pub(super) fn span_of_rest(&self) -> Span {
        Span::new(self.start + self.done, self.start + self.text.len())
    }

    /// Whether the rest begins with these words.
    pub(super) fn begins_with(&self, words: &str) -> bool {
        let after = self.rest().strip_prefix(words);
        !words.is_empty()
            && after.is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace))
    }
}
