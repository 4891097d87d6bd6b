//! The words of a story, without its Markdown.
//!
//! Emphasis, the marks of lists, comments and the targets of links are passed over, so that the
//! grammar sees the same words in `**As a** user` and in `As a user`. Every token keeps its place.

use memchr::{memchr, memmem};

use crate::domain::span::Span;

/// How deep brackets are followed; deeper ones are read as if they were not there.
const DEPTH: usize = 8;

/// How long a tag of HTML or the target of a link may be.
const TAG: usize = 512;

/// A word or a mark, with its place in the text of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// It is the first of its line.
    pub(super) begins_line: bool,
    /// It is the first of an element of a list.
    pub(super) begins_element: bool,
    /// It stands in brackets, in quotation marks or in code.
    pub(super) aside: Option<Aside>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Comma,
    /// `.`, `!` or `?` after a word.
    Stop,
    Colon,
    Semicolon,
    /// A dash between words.
    Dash,
    /// `/` between two words without blanks.
    Slash,
    /// `&` or `+`.
    Ampersand,
    /// A span of code or an address.
    Code,
    /// A bracket or quotation mark that has its counterpart.
    Open,
    Close,
    Other,
}

/// Why words are not part of the sentence around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aside {
    Brackets,
    Quotes,
    Code,
}

/// The tokens of `span`, which begins at the beginning of a line.
pub(super) fn tokens(text: &str, span: Span) -> Vec<Token> {
    let mut lexer = Lexer {
        text: &text[..span.end],
        at: span.start,
        tokens: Vec::with_capacity((span.end - span.start) / 5 + 1),
        open: Vec::new(),
        quoted_to: 0,
        begins_line: true,
        begins_element: false,
        is_quote_unclosed: false,
        is_code_unclosed: false,
    };
    lexer.line_start();
    while lexer.at < span.end {
        lexer.step();
    }
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
    /// The open brackets, as places in `tokens`.
    open: Vec<usize>,
    /// The closing mark of the quotation that is being read.
    quoted_to: usize,
    begins_line: bool,
    begins_element: bool,
    /// Whether a search for a closing mark has failed; every later one would.
    is_quote_unclosed: bool,
    is_code_unclosed: bool,
}

impl Lexer<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(b'\n')
    }

    /// Passes over what a line of Markdown may begin with.
    fn line_start(&mut self) {
        self.begins_line = true;
        loop {
            let blank = self.byte(self.at + 1).is_ascii_whitespace();
            match self.byte(self.at) {
                b' ' | b'\t' | b'>' | b'|' => self.at += 1,
                b'-' | b'*' | b'+' if blank => {
                    self.begins_element = true;
                    self.at += 1;
                }
                b'#' if matches!(self.byte(self.at + 1), b'#' | b' ') => self.at += 1,
                b'[' if self.begins_element && self.byte(self.at + 2) == b']' => self.at += 3,
                b'0'..=b'9' if self.number_length() > 0 => {
                    self.begins_element = true;
                    self.at += self.number_length();
                }
                _ => break,
            }
            if self.at >= self.text.len() {
                self.at = self.text.len();
                break;
            }
        }
    }

    /// The length of `12. ` or `3) `, the mark of a numbered list.
    fn number_length(&self) -> usize {
        let digits = (0..4).take_while(|&n| self.byte(self.at + n).is_ascii_digit()).count();
        let after = self.at + digits;
        let is_mark =
            matches!(self.byte(after), b'.' | b')') && matches!(self.byte(after + 1), b' ' | b'\t');
        if is_mark { digits + 1 } else { 0 }
    }

    fn step(&mut self) {
        let byte = self.byte(self.at);
        match byte {
            b'\n' => {
                self.at += 1;
                self.line_start();
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => self.word(),
            b',' => self.push(Kind::Comma, 1),
            b'.' | b'!' | b'?' => self.push(Kind::Stop, 1),
            b':' => self.push(Kind::Colon, 1),
            b';' => self.push(Kind::Semicolon, 1),
            b'-' => self.push(Kind::Dash, 1),
            b'&' | b'+' => self.push(Kind::Ampersand, 1),
            b'/' => {
                let is_between = self.at > 0
                    && !self.byte(self.at - 1).is_ascii_whitespace()
                    && !self.byte(self.at + 1).is_ascii_whitespace();
                self.push(if is_between { Kind::Slash } else { Kind::Other }, 1);
            }
            b'(' | b'[' | b'{' => self.open_bracket(),
            b')' | b']' | b'}' => self.close_bracket(),
            b'"' => self.quote("\"", 1),
            b'`' => self.code(),
            b'<' => self.tag(),
            b'*' | b'_' | b'~' | b'\\' | b'\'' => self.at += 1,
            0..=b' ' | 0x7f => self.at += 1,
            0x80.. => self.wide(),
            _ => self.push(Kind::Other, 1),
        }
    }

    /// A character outside ASCII.
    fn wide(&mut self) {
        let Some(c) = self.text[self.at..].chars().next() else { return };
        let length = c.len_utf8();
        match c {
            '“' | '„' => self.quote("”", length),
            '«' => self.quote("»", length),
            '”' | '»' if self.at == self.quoted_to => self.push(Kind::Close, length),
            '–' | '—' => self.push(Kind::Dash, length),
            '•' | '·' | '‣' if self.begins_line => {
                self.begins_element = true;
                self.at += length;
            }
            _ if is_letter(c) => self.word(),
            _ if c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '’' | '‘') => {
                self.at += length;
            }
            _ => self.push(Kind::Other, length),
        }
    }

    fn push(&mut self, kind: Kind, length: usize) {
        let aside = (self.at < self.quoted_to).then_some(Aside::Quotes);
        let span = Span::new(self.at, self.at + length);
        self.tokens.push(Token {
            span,
            kind,
            begins_line: self.begins_line,
            begins_element: self.begins_element,
            aside,
        });
        self.at += length;
        self.begins_line = false;
        self.begins_element = false;
    }

    fn word(&mut self) {
        let start = self.at;
        let end = word_end(self.text, start);
        if self.text[end..].starts_with("://") {
            let rest = &self.text.as_bytes()[end..];
            let stop = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b')' | b'>' | b'"');
            let length = rest.iter().position(stop).unwrap_or(rest.len());
            self.push(Kind::Code, end - start + length);
            self.mark_aside(self.tokens.len() - 1, Aside::Code);
            return;
        }
        let word = &self.text[start..end];
        let is_short = ["e.g", "i.e", "etc", "vs", "resp", "incl", "approx", "Mr", "Mrs", "Dr"]
            .iter()
            .any(|short| short.eq_ignore_ascii_case(word));
        let dot = usize::from(is_short && self.byte(end) == b'.');
        self.push(Kind::Word, end - start + dot);
    }

    /// Marks the tokens from `first` to the last.
    fn mark_aside(&mut self, first: usize, aside: Aside) {
        for token in &mut self.tokens[first..] {
            token.aside = Some(aside);
        }
    }

    fn open_bracket(&mut self) {
        if self.open.len() < DEPTH {
            self.open.push(self.tokens.len());
        }
        self.push(Kind::Other, 1);
    }

    fn close_bracket(&mut self) {
        let is_link = self.byte(self.at) == b']' && self.byte(self.at + 1) == b'(';
        self.push(Kind::Other, 1);
        let Some(open) = self.open.pop() else { return };
        if is_link {
            let target = &self.text.as_bytes()[self.at..self.text.len().min(self.at + TAG)];
            if let Some(end) = memchr(b')', target) {
                self.at += end + 1;
                return;
            }
        }
        self.mark_aside(open, Aside::Brackets);
        self.tokens[open].kind = Kind::Open;
        if let Some(close) = self.tokens.last_mut() {
            close.kind = Kind::Close;
        }
    }

    /// A quotation mark of `length` bytes whose counterpart is `closing`.
    fn quote(&mut self, closing: &str, length: usize) {
        if self.at < self.quoted_to {
            return self.push(Kind::Other, length);
        }
        if self.at == self.quoted_to && self.quoted_to > 0 {
            return self.push(Kind::Close, length);
        }
        let after = self.at + length;
        let close = match self.is_quote_unclosed {
            true => None,
            false => memmem::find(&self.text.as_bytes()[after..], closing.as_bytes()),
        };
        match close {
            Some(close) => {
                self.quoted_to = after + close;
                self.push(Kind::Open, length);
            }
            None => {
                self.is_quote_unclosed = true;
                self.push(Kind::Other, length);
            }
        }
    }

    fn code(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let fence = rest.iter().take_while(|&&byte| byte == b'`').count();
        let close = match self.is_code_unclosed {
            true => None,
            false => memmem::find(&rest[fence..], &rest[..fence]),
        };
        match close {
            Some(close) => {
                self.push(Kind::Code, close + 2 * fence);
                self.mark_aside(self.tokens.len() - 1, Aside::Code);
            }
            None => {
                self.is_code_unclosed = true;
                self.at += fence;
            }
        }
    }

    /// A comment or a tag of HTML, which is passed over; any other `<` is a mark.
    fn tag(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        if rest.starts_with(b"<!--") {
            self.at += memmem::find(rest, b"-->").map_or(rest.len(), |end| end + 3);
            return;
        }
        let is_tag = rest.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
        let near = &rest[..rest.len().min(TAG)];
        match memchr(b'>', near).filter(|_| is_tag) {
            Some(end) => self.at += end + 1,
            None => self.push(Kind::Other, 1),
        }
    }
}

/// Where the word that begins at `start` ends. Marks within it belong to it: `e-mail`, `user's`,
/// `example.org`.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let joins = matches!(byte, b'\'' | b'-' | b'.' | b'_' | b'@')
            && bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || *next >= 0x80);
        if joins && at > start {
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next().filter(|c| !c.is_ascii()) else { break };
        let next = text[at + c.len_utf8()..].chars().next();
        let is_apostrophe = c == '’' && next.is_some_and(char::is_alphanumeric);
        if !is_letter(c) && !is_apostrophe {
            break;
        }
        at += c.len_utf8();
    }
    // A character that is no letter but began a word would never be passed.
    at.max(start + text[start..].chars().next().map_or(1, char::len_utf8))
}

/// Letters, digits, and what stands for a character that was lost.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '\u{fffd}' || ('\u{300}'..='\u{36f}').contains(&c)
}
