//! Additions to the text below the front matter.

/// How the lines of a text end.
pub(in crate::domain) fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// What to write behind the last byte of `text`, so that `block` stands there with a blank line
/// above it. A text whose last line is not closed stays such a text.
pub(in crate::domain) fn at_end(text: &str, block: &str) -> String {
    let line_break = line_break(text);
    match text.ends_with('\n') {
        true => format!("{line_break}{block}{line_break}"),
        false => format!("{line_break}{line_break}{block}"),
    }
}
