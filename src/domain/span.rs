//! Places in a source text.

use std::fmt;

/// A range of bytes of a source text, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` to before `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The place before the byte at `offset`.
    pub const fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    /// The part of `text` that this span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// The same bytes, seen from a text that has `offset` bytes before this one.
    pub const fn shifted(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }
}

/// A place as an editor names it: line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Position {
    /// The first place of a text.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place of the byte at `offset`. A byte order mark takes no column.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = &text.as_bytes()[..offset.min(text.len())];
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let in_line = String::from_utf8_lossy(&before[line_start..]);
        let column = in_line.trim_start_matches('\u{feff}').chars().count() + 1;
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        Self { line, column }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Counts positions in one text, going forward: all of them cost one look at the text.
#[derive(Debug)]
pub struct Positions<'a> {
    text: &'a str,
    offset: usize,
    position: Position,
}

impl<'a> Positions<'a> {
    /// Begins at the first byte of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, offset: 0, position: Position::START }
    }

    /// The place of the byte at `offset`, which is not before the last one that was asked for.
    pub fn of(&mut self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        debug_assert!(offset >= self.offset, "positions are asked for in order");
        let passed = &self.text[self.offset..offset];
        match memchr::memrchr(b'\n', passed.as_bytes()) {
            Some(last) => {
                self.position.line += memchr::memchr_iter(b'\n', passed.as_bytes()).count();
                self.position.column = 1 + columns(&passed[last + 1..]);
            }
            None => self.position.column += columns(passed),
        }
        self.offset = offset;
        self.position
    }
}

/// The columns of a part of a line. A byte order mark takes none.
fn columns(text: &str) -> usize {
    text.chars().filter(|&c| c != '\u{feff}').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_by_line_feed_and_columns_by_character() {
        let text = "\u{feff}ab\r\nñc\n";
        assert_eq!(Position::of(text, 0), Position::START);
        assert_eq!(Position::of(text, 4).to_string(), "1:2");
        assert_eq!(Position::of(text, text.find('c').unwrap()).to_string(), "2:2");
        assert_eq!(Position::of(text, 999).to_string(), "3:1");
        let mut positions = Positions::new(text);
        for offset in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
            assert_eq!(positions.of(offset), Position::of(text, offset), "{offset}");
        }
    }
}
