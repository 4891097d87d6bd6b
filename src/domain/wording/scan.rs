//! Text to tokens, from left to right.
//!
//! What is not closed is no code, no comment and no quotation. Looking for an end is bounded, and
//! what was looked at in vain is not looked at again, so that a line of a million quotation marks
//! costs no more than a million letters.

use super::{Classes, Kind, Token};

/// How far from its beginning a quotation ends at the latest.
const QUOTATION: usize = 240;

/// How far from its beginning code ends at the latest.
const CODE: usize = 2000;

/// How long the target of a link is at most.
const TARGET: usize = 500;

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let tokens = Vec::with_capacity(text.len() / 5 + 1);
    let mut scanner = Scanner { text, at: 0, quoted_until: 0, in_vain: [0; CLOSERS.len()], tokens };
    while scanner.at < text.len() {
        scanner.step();
    }
    scanner.tokens
}

/// Quotation marks by how they open and close.
const CLOSERS: [(char, char); 6] = [
    ('"', '"'),
    ('\u{201c}', '\u{201d}'),
    ('\u{201e}', '\u{201c}'),
    ('«', '»'),
    ('\'', '\''),
    ('\u{2018}', '\u{2019}'),
];

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// The end of the quotation that is being read.
    quoted_until: usize,
    /// Up to where a closing mark was looked for in vain, by the kind of quotation mark.
    in_vain: [usize; CLOSERS.len()],
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn push(&mut self, kind: Kind, len: usize) {
        let end = self.at + len;
        let is_quoted = self.at < self.quoted_until;
        // A text is at most as long as fits.
        let (start, until) = (u32::try_from(self.at), u32::try_from(end));
        if let (Ok(start), Ok(end)) = (start, until) {
            self.tokens.push(Token { start, end, classes: Classes::default(), kind, is_quoted });
        }
        self.at = end;
    }

    fn step(&mut self) {
        let bytes = self.text.as_bytes();
        match bytes[self.at] {
            b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
            b'`' => self.code(),
            b'<' => self.angle(),
            b']' if self.rest().starts_with("](") => self.link_target(),
            b'\\' => {
                self.at += 1 + self.text[self.at + 1..].chars().next().map_or(0, char::len_utf8);
            }
            b'*' | b'~' | b'_' => self.at += 1,
            byte if byte.is_ascii_digit() => self.chunk(),
            byte if byte.is_ascii_alphabetic() || !byte.is_ascii() => self.letter_or_mark(),
            b'-' | b'/' | b'.' | b'@' | b'#' | b'$' if self.begins_chunk() => self.chunk(),
            b'"' | b'\'' => self.mark('"'.len_utf8()),
            _ => self.mark(1),
        }
    }

    fn is_after_letter(&self) -> bool {
        self.text[..self.at].chars().next_back().is_some_and(char::is_alphanumeric)
    }

    /// Whether a mark begins a flag, a path, a name or the like: it follows a blank and a letter
    /// or the same mark follows.
    fn begins_chunk(&self) -> bool {
        let bytes = self.text.as_bytes();
        let is_free = self.at == 0
            || matches!(bytes[self.at - 1], b' ' | b'\t' | b'\n' | b'(' | b'"' | b'\'');
        let next = bytes.get(self.at + 1).copied().unwrap_or(b' ');
        is_free
            && (next.is_ascii_alphanumeric()
                || bytes[self.at] == b'.' && next == b'/'
                || next == b'-' && bytes.get(self.at + 2).is_some_and(u8::is_ascii_alphanumeric))
    }

    /// Code in backticks.
    fn code(&mut self) {
        let rest = self.rest();
        let n_ticks = rest.len() - rest.trim_start_matches('`').len();
        let (mut from, limit) = (n_ticks, rest.len().min(CODE));
        while from < limit {
            let Some(found) = memchr::memchr(b'`', &rest.as_bytes()[from..limit]) else { break };
            let start = from + found;
            let after = rest[start..].trim_start_matches('`');
            let n_closing = rest.len() - start - after.len();
            from = start + n_closing;
            if n_closing == n_ticks {
                self.push(Kind::Opaque, from);
                return;
            }
        }
        self.at += n_ticks;
    }

    /// A comment, a tag, an address in angle brackets, or the mark alone.
    fn angle(&mut self) {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            self.at += rest.find("-->").map_or(rest.len(), |end| end + "-->".len());
            return;
        }
        let window = &rest.as_bytes()[..rest.len().min(QUOTATION)];
        let end = memchr::memchr3(b'>', b'<', b'\n', &window[1..]).map(|end| end + 1);
        match end {
            Some(end) if window[end] == b'>' && end > 1 && begins_tag(window[1]) => {
                self.push(Kind::Opaque, end + 1);
            }
            _ => self.mark(1),
        }
    }

    /// The target of a link, which nobody reads.
    fn link_target(&mut self) {
        let rest = self.rest();
        let window = &rest.as_bytes()[..rest.len().min(TARGET)];
        self.at += memchr::memchr(b')', window).map_or("](".len(), |end| end + 1);
    }

    fn letter_or_mark(&mut self) {
        let next = self.rest().chars().next().unwrap_or(' ');
        if next.is_alphanumeric() {
            self.chunk();
        } else if next.is_whitespace() {
            self.at += next.len_utf8();
        } else {
            self.mark(next.len_utf8());
        }
    }

    /// A mark of its own; one that opens a quotation begins it.
    fn mark(&mut self, len: usize) {
        let open = self.rest().chars().next().unwrap_or(' ');
        if self.at >= self.quoted_until {
            for (kind, (opening, closing)) in CLOSERS.into_iter().enumerate() {
                if opening == open && self.opens(open) {
                    self.quote(kind, closing, self.at + len);
                }
            }
        }
        self.push(Kind::Mark, len);
    }

    /// Whether a quotation mark can open here: an apostrophe after a letter does not.
    fn opens(&self, mark: char) -> bool {
        mark != '\'' && mark != '\u{2018}' || !self.is_after_letter()
    }

    /// Looks for the end of a quotation that begins before `from`.
    fn quote(&mut self, kind: usize, closing: char, from: usize) {
        let mut limit = self.text.len().min(self.at + QUOTATION);
        while !self.text.is_char_boundary(limit) {
            limit -= 1;
        }
        let start = from.max(self.in_vain[kind]);
        if start >= limit {
            return;
        }
        let window = &self.text[start..limit];
        let closes = |at: usize| {
            let end = start + at + closing.len_utf8();
            closing != '\'' && closing != '\u{2019}'
                || !self.text[end..].starts_with(char::is_alphanumeric)
        };
        match window.match_indices(closing).map(|(at, _)| at).find(|&at| closes(at)) {
            Some(at) => self.quoted_until = start + at + closing.len_utf8(),
            None => self.in_vain[kind] = limit,
        }
    }

    /// Letters and digits up to the next blank or mark that ends a word.
    fn chunk(&mut self) {
        if let Some(len) = plain_word(self.text.as_bytes().get(self.at..).unwrap_or_default()) {
            return self.push(Kind::Word, len);
        }
        let rest = self.rest();
        let whole = &rest[..rest.find(ends_word).unwrap_or(rest.len())];
        let whole = whole.trim_end_matches([
            '.', ':', '!', '?', '\'', '\u{2019}', '/', '-', '=', '~', '_', '\\',
        ]);
        if whole.is_empty() {
            return self.push(Kind::Mark, 1);
        }
        let (kind, len) = classify(whole);
        self.push(kind, len);
    }
}

/// The length of a word of small letters, the first one of any size, with a blank or a mark of a
/// sentence behind it. Nine of ten words are like this.
fn plain_word(bytes: &[u8]) -> Option<usize> {
    if !bytes.first()?.is_ascii_alphabetic() {
        return None;
    }
    let len = 1 + bytes[1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    let is_end = |at: usize| bytes.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\n'));
    let ends = match bytes.get(len) {
        Some(b',' | b';' | b')') => true,
        Some(b'.' | b':') => is_end(len + 1),
        _ => is_end(len),
    };
    ends.then_some(len)
}

/// Whether a letter or mark ends a run without blanks.
fn ends_word(c: char) -> bool {
    const ASCII: &[u8] = b"`<>\"()[]{},;|*";
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => byte.is_ascii_whitespace() || ASCII.contains(&byte),
        _ => c.is_whitespace() || "\u{201c}\u{201d}\u{201e}«»…—–→\u{2018}".contains(c),
    }
}

/// Whether a byte after `<` makes it the beginning of a tag, as against "less than".
fn begins_tag(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii() || matches!(byte, b'/' | b'!' | b'?')
}

/// What a run without blanks is, and how much of it.
fn classify(whole: &str) -> (Kind, usize) {
    if whole.trim_start_matches('$').starts_with(|c: char| c.is_ascii_digit()) {
        return (Kind::Number, whole.len());
    }
    let is_inner = |c: char| {
        c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}' | '\u{2010}' | '\u{2011}')
    };
    let word = whole.find(|c| !is_inner(c)).unwrap_or(whole.len());
    if word == whole.len() {
        return (if is_name(whole) { Kind::Opaque } else { Kind::Word }, word);
    }
    // "fast/slow" and "and/or" are words; a path has more, or other marks.
    let tail = &whole[word..];
    if is_abbreviation(whole) {
        return (Kind::Word, whole.len());
    }
    if word > 0 && tail.starts_with('/') && tail[1..].chars().all(is_inner) {
        return (Kind::Word, word);
    }
    (Kind::Opaque, whole.len())
}

/// A name in code: a capital inside, or a flag.
fn is_name(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes[0] == b'-'
        || bytes.windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

/// `e.g`, `i.e`, `N/A`: single letters with marks between.
fn is_abbreviation(whole: &str) -> bool {
    whole.len() <= 7
        && whole.as_bytes().chunks(2).all(|pair| {
            pair[0].is_ascii_alphabetic()
                && pair.get(1).is_none_or(|mark| matches!(mark, b'.' | b'/'))
        })
}
