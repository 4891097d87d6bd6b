//! The two lines of `---` around the front matter.

use crate::domain::document::MAX_FRONT;
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::span::Span;

/// Where the front matter and the body stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// The bytes between the fences.
    pub front: Span,
    /// The byte after the closing fence's line.
    pub body: usize,
}

/// Finds the fences. The first line has to be `---`; blanks after it do no harm, and a byte order
/// mark may stand before it.
pub(super) fn find(text: &str) -> Result<Frame, Problem> {
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let problem = |message: &str, hint: &str| {
        Err(Problem::at(ProblemKind::FrontMatter, text, Span::at(begin), message).hint(hint))
    };
    let Some(front) = line_end(text, begin).filter(|&end| is_fence(&text[begin..end], b'-')) else {
        let is_only_fence = is_fence(&text[begin..], b'-');
        return match text[begin..].trim().is_empty() {
            true => problem("the file is empty", "begin the file with a line of ---"),
            false if is_only_fence => {
                problem("the front matter is not closed", "end it with a line of ---")
            }
            false => problem("no front matter", "begin the file with a line of ---"),
        };
    };
    let mut start = front;
    loop {
        let end = line_end(text, start).unwrap_or(text.len());
        let line = &text[start..end];
        if is_fence(line, b'-') || is_fence(line, b'.') {
            return within_limit(text, Frame { front: Span::new(front, start), body: end });
        }
        if end == text.len() {
            return problem("the front matter is not closed", "end it with a line of ---");
        }
        start = end;
    }
}

fn within_limit(text: &str, frame: Frame) -> Result<Frame, Problem> {
    let size = frame.front.end - frame.front.start;
    if size <= MAX_FRONT {
        return Ok(frame);
    }
    let message = format!("the front matter is {size} bytes, and the limit is {MAX_FRONT}");
    Err(Problem::at(ProblemKind::Limit, text, Span::at(frame.front.start), message)
        .hint("long texts belong below the front matter"))
}

/// The byte after the line that begins at `start`; `None` if no line feed ends it.
fn line_end(text: &str, start: usize) -> Option<usize> {
    memchr::memchr(b'\n', &text.as_bytes()[start..]).map(|at| start + at + 1)
}

/// Whether a line is three times `mark`, and blanks.
fn is_fence(line: &str, mark: u8) -> bool {
    line.as_bytes().starts_with(&[mark; 3])
        && line[3..].trim_matches([' ', '\t', '\r', '\n']).is_empty()
}
