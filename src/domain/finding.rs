//! What a rule found, as a value with a place.

use super::config::Severity;
use super::entry::Entry;
use super::span::{Position, Span};

/// One thing that a rule found at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's code.
    pub code: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// How severe it is.
    pub severity: Severity,
    /// The file, below the backlog's folder.
    pub path: String,
    /// The id of the document, if it has one.
    pub id: Option<String>,
    /// Where, in bytes of the file.
    pub span: Span,
    /// Where it begins, as an editor names it.
    pub position: Position,
    /// Where it ends: the place after its last character.
    pub end: Position,
    /// What is there, in lower case and without a full stop.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
    /// A change that mends it.
    pub fix: Option<Fix>,
    /// Whether it says that a document or the settings cannot be read, so that nothing may hide it.
    pub is_fatal: bool,
}

impl Finding {
    /// What makes it the same finding in another state of the backlog, whatever stands above it:
    /// the rule, the document and the message.
    pub fn identity(&self) -> (&str, &str, &str) {
        (self.code, self.id.as_deref().unwrap_or(&self.path), &self.message)
    }

    /// Its identity as 32 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        use blake2::digest::consts::U16;
        use blake2::{Blake2b, Digest};
        let (code, document, message) = self.identity();
        let digest = Blake2b::<U16>::digest(format!("{code}\0{document}\0{message}"));
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A text of a document as messages quote it: one line, and not too long.
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 120;
    let mut excerpt = String::new();
    for (n, c) in text.split_whitespace().flat_map(|word| word.chars().chain([' '])).enumerate() {
        if n == LONGEST {
            return format!("{}…", excerpt.trim_end());
        }
        excerpt.push(c);
    }
    excerpt.trim_end().to_owned()
}

/// A change of one document that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as an order: `remove the second tick`.
    pub title: String,
    /// Whether it may be made without a look at the result.
    pub safety: Safety,
    /// What to write where. Invariant: no two overlap.
    pub replacements: Vec<Replacement>,
}

/// Whether a fix may be made without a look at the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// The meaning stays as it is.
    Safe,
    /// The meaning may change.
    Unsafe,
}

impl Safety {
    /// The word for it in every format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// A text to write in place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What it replaces, in bytes of the file.
    pub span: Span,
    /// What to write there.
    pub text: String,
}

impl Replacement {
    /// The one replacement that makes `after` of `before`, as short as it can be.
    pub fn between(before: &str, after: &str) -> Self {
        let mut start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
        while !(before.is_char_boundary(start) && after.is_char_boundary(start)) {
            start -= 1;
        }
        let rest = before.len().min(after.len()) - start;
        let same = |(a, b): &(u8, u8)| a == b;
        let back = before.bytes().rev().zip(after.bytes().rev()).take(rest).take_while(same);
        let mut back = back.count();
        while !(before.is_char_boundary(before.len() - back)
            && after.is_char_boundary(after.len() - back))
        {
            back -= 1;
        }
        let span = Span::new(start, before.len() - back);
        Self { span, text: after[start..after.len() - back].to_owned() }
    }
}

/// Where and what, before the rule's code and severity are put to it.
#[derive(Clone, Debug)]
pub struct Report {
    /// The file, below the backlog's folder.
    pub path: String,
    /// The id of the document, if it has one.
    pub id: Option<String>,
    /// Where, in bytes of the file.
    pub span: Span,
    /// Where, if no text is there to count in.
    pub position: Option<Position>,
    /// What is there.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
    /// A change that mends it; its safety is that of the rule.
    pub fix: Option<(String, Vec<Replacement>)>,
}

impl Report {
    /// A report at a place of an entry: `span` is in bytes of the whole text.
    pub fn at(entry: &Entry, span: Span, message: impl Into<String>) -> Self {
        Self {
            path: entry.path().to_owned(),
            id: Some(entry.id().to_owned()),
            span,
            position: None,
            message: message.into(),
            hint: None,
            fix: None,
        }
    }

    /// A report at the value of a field; where there is none, at the beginning of the file.
    pub fn at_field(entry: &Entry, field: &str, message: impl Into<String>) -> Self {
        let span = entry.document.get(field).map(super::document::Node::span);
        Self::at(entry, span.unwrap_or_default(), message)
    }

    /// A report about the settings as a whole.
    pub fn at_settings(message: impl Into<String>) -> Self {
        Self { id: None, ..Self::at_path(super::backlog::CONFIG, "", message) }
    }

    /// A report about a file as a whole.
    pub fn at_path(path: &str, id: &str, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            id: Some(id.to_owned()),
            span: Span::default(),
            position: None,
            message: message.into(),
            hint: None,
            fix: None,
        }
    }

    /// The same report with a word on what to write instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same report with a change that mends it; `title` is an order: `remove the second tick`.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, replacements: Vec<Replacement>) -> Self {
        self.fix = Some((title.into(), replacements));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_replacement_between_two_texts() {
        for (before, after, at, text) in [
            ("status: redy\n", "status: ready\n", (10, 10), "a"),
            ("a: ü\n", "a: ä\n", (3, 5), "ä"),
            ("aa", "aaa", (2, 2), "a"),
            ("abc", "", (0, 3), ""),
            ("same", "same", (4, 4), ""),
        ] {
            let replacement = Replacement::between(before, after);
            assert_eq!((replacement.span.start, replacement.span.end), at, "{before:?}");
            assert_eq!(replacement.text, text);
        }
    }
}
