//! One line of text while it is typed.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A line with a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Input {
    text: String,
    /// The byte before which the cursor stands.
    at: usize,
}

impl Input {
    /// A line with a text, behind which the cursor stands.
    pub(super) fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { at: text.len(), text }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor, and behind it.
    pub(super) fn split(&self) -> (&str, &str) {
        self.text.split_at(self.at)
    }

    /// Takes a key, as a line of a shell does. `false` for one that means nothing here.
    pub(super) fn key(&mut self, key: KeyEvent) -> bool {
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        match (key.code, is_control) {
            (KeyCode::Char('a'), true) | (KeyCode::Home, _) => self.at = 0,
            (KeyCode::Char('e'), true) | (KeyCode::End, _) => self.at = self.text.len(),
            (KeyCode::Char('b'), true) | (KeyCode::Left, false) => self.at = self.before(),
            (KeyCode::Char('f'), true) | (KeyCode::Right, false) => self.at = self.behind(),
            (KeyCode::Char('h'), true) | (KeyCode::Backspace, _) => self.cut(self.before()),
            (KeyCode::Char('w'), true) => self.cut(self.word_start()),
            (KeyCode::Char('u'), true) => self.cut(0),
            (KeyCode::Char('k'), true) => self.text.truncate(self.at),
            (KeyCode::Char('d'), true) | (KeyCode::Delete, _) => {
                self.text.replace_range(self.at..self.behind(), "");
            }
            (KeyCode::Char(c), false) if !key.modifiers.contains(KeyModifiers::ALT) => {
                self.insert(&c.to_string());
            }
            _ => return false,
        }
        true
    }

    /// Adds text where the cursor stands, on one line.
    pub(super) fn insert(&mut self, text: &str) {
        let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.text.insert_str(self.at, &line);
        self.at += line.len();
    }

    fn cut(&mut self, from: usize) {
        self.text.replace_range(from..self.at, "");
        self.at = from;
    }

    fn before(&self) -> usize {
        self.text[..self.at].char_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn behind(&self) -> usize {
        self.text[self.at..].chars().next().map_or(self.at, |c| self.at + c.len_utf8())
    }

    fn word_start(&self) -> usize {
        let before = self.text[..self.at].trim_end();
        before
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &str, expected: &str) {
        let mut input = Input::default();
        for word in keys.split(' ') {
            let (code, modifiers) = match word {
                "left" => (KeyCode::Left, KeyModifiers::NONE),
                "back" => (KeyCode::Backspace, KeyModifiers::NONE),
                "space" => (KeyCode::Char(' '), KeyModifiers::NONE),
                word if word.starts_with('^') => {
                    (KeyCode::Char(word.chars().nth(1).unwrap()), KeyModifiers::CONTROL)
                }
                word => {
                    input.insert(word);
                    continue;
                }
            };
            assert!(input.key(KeyEvent::new(code, modifiers)), "{word}");
        }
        let (before, behind) = input.split();
        assert_eq!(format!("{before}|{behind}"), expected, "{keys}");
    }

    #[test]
    fn edits_like_a_shell() {
        check("guest left left back", "gu|st");
        check("héé left ^d", "hé|");
        check("one space two ^w", "one |");
        check("日本 ^w", "|");
        check("one ^a x ^e y", "xoney|");
        check("one left ^k", "on|");
        check("one ^u", "|");
        check("a\nb\tc", "a b c|");
    }
}
