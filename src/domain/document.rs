//! A Markdown file with YAML front matter, lossless: the text stays whole, and every value knows
//! its bytes.
//!
//! A document that cannot be understood keeps its text and says why. It is not an error, because
//! an error makes callers skip the file, and a skipped file is overwritten next.

mod conflict;
mod frame;
mod node;
mod plain;
mod yaml;

use std::borrow::Cow;

use super::problem::{Problem, ProblemKind};
use super::source::MAX_DOCUMENT;
use super::span::Span;
pub(in crate::domain) use node::is_text;
pub use node::{Layout, Mapping, Node, Pair, Style, Value};

/// The largest front matter that is read, in bytes.
pub const MAX_FRONT: usize = 64 * 1024;

/// The deepest nesting of lists and mappings in front matter.
pub const MAX_DEPTH: usize = 32;

/// A document with the structure of its front matter. Invariant: all spans are of `text`, and
/// `front` is there if and only if no problem is fatal.
#[derive(Clone, Debug)]
pub struct Document {
    path: String,
    text: String,
    front: Option<Mapping>,
    body: usize,
    problems: Vec<Problem>,
}

impl Document {
    /// Understands `text`, which stands in the file at `path` below the backlog's folder.
    pub fn parse(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        match structure(&text) {
            Ok((front, body)) => {
                Self { path, text, front: Some(front), body, problems: Vec::new() }
            }
            Err(problems) => Self { path, text, front: None, body: 0, problems },
        }
    }

    /// A file whose text could not be had.
    pub fn unreadable(path: impl Into<String>, problem: Problem) -> Self {
        let (path, text) = (path.into(), String::new());
        Self { path, text, front: None, body: 0, problems: vec![problem] }
    }

    /// The document without its body, for callers that only look at fields; ten thousand bodies
    /// are most of the memory of a backlog.
    #[must_use]
    pub(super) fn without_body(mut self) -> Self {
        if self.is_readable() {
            self.text.truncate(self.body);
            self.text.shrink_to_fit();
        }
        self
    }

    /// The path below the backlog's folder.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The text, to the byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text could be understood.
    pub fn is_readable(&self) -> bool {
        self.front.is_some()
    }

    /// Why it could not.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The keys and values of the front matter.
    pub fn front(&self) -> Option<&Mapping> {
        self.front.as_ref()
    }

    /// The pairs of the front matter, none if it cannot be read.
    pub fn pairs(&self) -> &[Pair] {
        self.front.as_ref().map_or(&[], Mapping::pairs)
    }

    /// The front matter between its fences; empty if it cannot be read.
    pub fn front_text(&self) -> &str {
        let fences = frame::find(&self.text).ok().filter(|_| self.is_readable());
        fences.map_or("", |frame| frame.front.of(&self.text))
    }

    /// The bytes after the front matter.
    pub fn body_span(&self) -> Span {
        Span::new(self.body, self.text.len())
    }

    /// The text after the front matter.
    pub fn body(&self) -> &str {
        &self.text[self.body..]
    }

    /// The pair of `key`.
    pub fn pair(&self, key: &str) -> Option<&Pair> {
        self.pairs().iter().find(|pair| pair.has_key(&self.text, key))
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.pair(key).map(Pair::value)
    }

    /// The text of a single value as it was meant, without quotes: `007` stays `007`. Empty for a
    /// key without a value; `None` for no key, a list or a mapping.
    pub fn text_of(&self, key: &str) -> Option<Cow<'_, str>> {
        self.get(key)?.scalar(&self.text)
    }

    /// The texts of a list; a single value is a list of one, a key without a value one of none.
    /// `None` for no key, a mapping, or a list of lists.
    pub fn list_of(&self, key: &str) -> Option<Vec<Cow<'_, str>>> {
        self.get(key)?.list(&self.text)
    }
}

/// The front matter, and where the body begins.
fn structure(text: &str) -> Result<(Mapping, usize), Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    if text.len() as u64 > MAX_DOCUMENT {
        let message = format!("the file is {} bytes, and the limit is 1 MiB", text.len());
        return Err(one(Problem::whole(ProblemKind::Limit, message)));
    }
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        let span = Span::new(at, at + 1);
        let message = "a NUL byte, which no text has";
        return Err(one(Problem::at(ProblemKind::Encoding, text, span, message)));
    }
    if let Some(problem) = conflict::find(text) {
        return Err(one(problem));
    }
    let frame = frame::find(text).map_err(one)?;
    let front = match plain::scan(text, frame.front) {
        Some(front) => front,
        None => yaml::parse(text, frame.front)?,
    };
    Ok((front, frame.body))
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> String {
        let document = Document::parse("items/BL-7k3qd.md", text);
        let line = |problem: &Problem| {
            let hint = problem.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
            format!("{} {:?}: {}{hint}", problem.position, problem.kind, problem.message)
        };
        document.problems().iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn reads_values_as_they_were_meant() {
        let text = "---\r\nid: 007\r\ntitle: \"A: \\u00e9\"\r\nlabels: [a, 'b c']\r\nempty:\r\n\
                    null: ~\r\nnotes: |\r\n  one\r\n  two\r\n---\r\n\r\nBody\r\n";
        let document = Document::parse("x.md", text);
        assert_eq!(document.text_of("id").as_deref(), Some("007"));
        assert_eq!(document.text_of("title").as_deref(), Some("A: é"));
        assert_eq!(document.list_of("labels").unwrap(), ["a", "b c"]);
        assert_eq!(document.list_of("title").unwrap(), ["A: é"]);
        assert_eq!(document.text_of("empty").as_deref(), Some(""));
        assert_eq!(document.text_of("null").as_deref(), Some(""));
        assert_eq!(document.text_of("notes").as_deref(), Some("one\ntwo\n"));
        assert_eq!(document.text_of("nothing"), None);
        assert_eq!(document.body(), "\r\nBody\r\n");
    }

    #[test]
    fn accepts_a_byte_order_mark_and_no_final_newline() {
        let document = Document::parse("x.md", "\u{feff}---\nid: a\n---");
        assert_eq!(document.text_of("id").as_deref(), Some("a"));
        assert_eq!(document.body(), "");
    }

    #[test]
    fn says_where_the_front_matter_is_missing_or_open() {
        assert_eq!(
            problems("# A\n"),
            "1:1 FrontMatter: no front matter (begin the file with a line of ---)"
        );
        assert_eq!(
            problems(""),
            "1:1 FrontMatter: the file is empty (begin the file with a line of ---)"
        );
        assert_eq!(
            problems("---\nid: a\n"),
            "1:1 FrontMatter: the front matter is not closed (end it with a line of ---)"
        );
    }

    #[test]
    fn says_what_is_wrong_with_yaml_and_how_to_mend_it() {
        assert_eq!(
            problems("---\nid: a\ntitle: A: b\n---\n"),
            "3:9 Syntax: a colon inside a value without quotes (put the value in quotes)"
        );
        assert_eq!(
            problems("---\nassignee: @ana\n---\n"),
            "2:11 Syntax: a value cannot begin with '@' (put the value in quotes)"
        );
        assert_eq!(
            problems("---\nid: \"a\nb: c\n---\n"),
            "2:5 Syntax: unclosed quote (close it with the quote that opened it)"
        );
        assert_eq!(problems("---\nid: a\n\tb: c\n---\n").split(' ').nth(1), Some("Syntax:"),);
        assert_eq!(
            problems("---\n- a\n---\n"),
            "2:1 Syntax: the front matter is not a mapping of keys to values (write lines of key: value)"
        );
        assert_eq!(
            problems("---\nid: a\nstatus: b\nid: c\n---\n"),
            "4:1 DuplicateKey: duplicate key 'id', first at line 2 (remove one of them)"
        );
    }

    #[test]
    fn forbids_what_makes_one_line_depend_on_another() {
        for yaml in [
            "a: &x b",
            "a: *x",
            "a: !t b",
            "<<: {a: b}",
            "? a\n: b",
            "[a]: b",
            "a: b\n--- \nc: d\n...",
        ] {
            let text = format!("---\nid: z\n{yaml}\n---\n");
            let document = Document::parse("x.md", text.as_str());
            let kinds: Vec<_> = document.problems().iter().map(|problem| problem.kind).collect();
            let is_closed_early = yaml.contains("---");
            assert!(is_closed_early || kinds == [ProblemKind::ForbiddenYaml], "{yaml}: {kinds:?}");
        }
    }

    #[test]
    fn stops_at_the_limits() {
        let deep = format!("---\na: {}\n---\n", "[".repeat(40_000));
        assert!(problems(&deep).contains("Limit: nested deeper than 32"), "{}", problems(&deep));
        let wide = format!("---\na: {}\n---\n", "b".repeat(70_000));
        assert!(
            problems(&wide).contains("Limit: the front matter is 70004 bytes"),
            "{}",
            problems(&wide)
        );
    }

    #[test]
    fn a_merge_that_was_not_finished_is_told_as_such() {
        let text = "---\nid: a\n<<<<<<< HEAD\nstatus: b\n=======\nstatus: c\n>>>>>>> x\n---\n";
        assert_eq!(
            problems(text),
            "3:1 Conflict: a merge conflict that is not resolved (run `git backlog resolve ID`, or keep one side and remove the lines of <<<<<<<, ======= and >>>>>>>)"
        );
        let body = "---\nid: a\n---\n\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n";
        assert!(problems(body).starts_with("5:1 Conflict"));
        let fenced = "---\nid: a\n---\n\n```\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n```\n";
        assert_eq!(problems(fenced), "");
        let both = format!("{fenced}\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n");
        assert!(problems(&both).starts_with("13:1 Conflict"), "{}", problems(&both));
    }
}
