//! The lines that an unfinished merge leaves in a file.

use pulldown_cmark::{Event, Parser, Tag};

use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::span::Span;

/// The first conflict in `text`. A conflict is all three marks in their order at the beginning of
/// lines, because a line of `=======` alone is a heading; and it stands in no code block of the
/// body, because documents about Git show conflicts.
pub(super) fn find(text: &str) -> Option<Problem> {
    memchr::memchr(b'<', text.as_bytes())?;
    let mut from = 0;
    loop {
        let ours = mark(text, from, "<<<<<<<")?;
        let middle = mark(text, ours, "=======")?;
        let theirs = mark(text, middle, ">>>>>>>")?;
        if let Some(end) = end_of_code(text, ours) {
            from = end.max(ours + 1);
            continue;
        }
        let span = Span::new(ours, theirs + 7);
        let message = "a merge conflict that is not resolved";
        let hint = "run `git backlog resolve ID`, or keep one side and remove the lines of <<<<<<<, ======= and >>>>>>>";
        return Some(Problem::at(ProblemKind::Conflict, text, span, message).hint(hint));
    }
}

/// The first line from `start` on that begins with `mark`, and goes on with a blank or not at all.
fn mark(text: &str, start: usize, mark: &str) -> Option<usize> {
    let found = memchr::memmem::find_iter(&text.as_bytes()[start..], mark).map(|at| start + at);
    let is_line = |&at: &usize| {
        let begins =
            at == 0 || text.as_bytes()[at - 1] == b'\n' || text[..at].ends_with('\u{feff}');
        let next = text.as_bytes().get(at + mark.len());
        begins && next.is_none_or(|byte| matches!(byte, b' ' | b'\r' | b'\n'))
    };
    found.into_iter().find(is_line)
}

/// The end of the block of code in which `at` stands.
fn end_of_code(text: &str, at: usize) -> Option<usize> {
    let events = Parser::new(text).into_offset_iter();
    let blocks = events.filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))));
    blocks.map(|(_, range)| range).find(|range| range.contains(&at)).map(|range| range.end)
}
