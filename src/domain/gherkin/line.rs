//! What a line of Gherkin is by its own words.

use super::{HeaderKind, Language, StepKind};
use crate::domain::span::Span;

/// A line, as far as it can be understood alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Empty,
    Comment,
    Tags,
    Row,
    /// `"""`, three backticks, or the `'''` that behave knows.
    Quotes,
    /// A header, and the length of its keyword.
    Header(HeaderKind, usize),
    /// A step, and the length of its keyword without the blank.
    Step(StepKind, usize),
    /// An English keyword that is not quite written as Gherkin wants it.
    Slip(Slip),
    Other,
}

/// An English keyword that is not quite written as Gherkin wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// The line as it was meant.
    pub(super) meant: Meant,
    /// The length of what stands for the keyword.
    pub(super) len: usize,
    /// What should stand there.
    pub(super) keyword: &'static str,
    /// Whether it is written so that no prose would begin like it.
    pub(super) is_certain: bool,
}

/// What a line with a slip was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    Header(HeaderKind),
    Step(StepKind),
}

impl Line {
    /// What a line is that has no blanks around it.
    pub(super) fn of(line: &str, language: &Language) -> Self {
        match line.as_bytes().first() {
            None => return Self::Empty,
            Some(b'#') => return Self::Comment,
            Some(b'@') => return Self::Tags,
            Some(b'|') => return Self::Row,
            Some(b'"') if line.starts_with("\"\"\"") => return Self::Quotes,
            Some(b'`') if line.starts_with("```") => return Self::Quotes,
            Some(b'\'') if line.starts_with("'''") => return Self::Quotes,
            Some(_) => {}
        }
        if let Some((kind, keyword)) = language.header(line) {
            return Self::Header(kind, keyword.len());
        }
        if let Some((kind, keyword)) = language.step(line) {
            return Self::Step(kind, keyword.trim_end().len());
        }
        let slip = language.is_english().then(|| slip(line, language)).flatten();
        slip.map_or(Self::Other, Self::Slip)
    }
}

/// `GIVEN a`, `Given: a`, `scenario outline: a`, `Scenario a`.
fn slip(line: &str, language: &Language) -> Option<Slip> {
    for &(kind, keyword) in language.headers() {
        let Some(rest) = after(line, keyword) else { continue };
        let is_exact = line.starts_with(keyword);
        let is_scenario = matches!(kind, HeaderKind::Scenario | HeaderKind::Outline);
        let has_colon = rest.starts_with(':');
        // "Scenario a" is meant to be one; "Rule a" and "Example a" may be prose.
        let is_bare = is_exact && keyword.starts_with("Scenario") && rest.starts_with(' ');
        if has_colon || (is_bare && is_scenario) {
            let is_certain = has_colon && keyword.starts_with("Scenario");
            let keyword = if has_colon { keyword } else { with_colon(keyword) };
            let len = line.len() - rest.len();
            return Some(Slip { meant: Meant::Header(kind), len, keyword, is_certain });
        }
    }
    for &(kind, keyword) in language.steps() {
        let keyword = keyword.trim_end();
        let Some(rest) = after(line, keyword) else { continue };
        let word = &line[..keyword.len()];
        let is_certain = word.bytes().all(|byte| byte.is_ascii_uppercase());
        let (len, is_meant) = match rest.as_bytes().first() {
            Some(b':') => (keyword.len() + 1, true),
            Some(b' ' | b'\t') => (keyword.len(), word != keyword || rest.starts_with('\t')),
            _ => (keyword.len(), rest.is_empty() && word == keyword),
        };
        if is_meant && kind != StepKind::Any {
            return Some(Slip { meant: Meant::Step(kind), len, keyword, is_certain });
        }
    }
    None
}

/// What follows a keyword in any case.
fn after<'a>(line: &'a str, keyword: &str) -> Option<&'a str> {
    let (begin, rest) = line.split_at_checked(keyword.len())?;
    begin.eq_ignore_ascii_case(keyword).then_some(rest)
}

fn with_colon(keyword: &str) -> &'static str {
    match keyword {
        "Scenario Outline" => "Scenario Outline:",
        "Scenario Template" => "Scenario Template:",
        _ => "Scenario:",
    }
}

/// The cells of a row that begins at `start`: what stands between two `|`, without blanks. `\|`
/// is no border.
pub(super) fn cells(row: &str, start: usize) -> Vec<Span> {
    let mut cells = Vec::new();
    let (mut begin, mut is_escaped) = (None, false);
    for (at, byte) in row.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'|' => {
                if let Some(begin) = begin {
                    cells.push(trimmed(row, begin, at, start));
                }
                begin = Some(at + 1);
            }
            _ => {}
        }
    }
    cells
}

/// The tags of a line that begins at `start`, with their `@`, and whether each is one word. A
/// comment may follow after a blank.
pub(super) fn tags(line: &str, start: usize) -> Vec<(Span, bool)> {
    let end = line.match_indices('#').map(|(at, _)| at);
    let end = end.into_iter().find(|&at| line[..at].ends_with([' ', '\t'])).unwrap_or(line.len());
    let mut tags = Vec::new();
    let starts: Vec<usize> = line[..end].match_indices('@').map(|(at, _)| at).collect();
    for (number, &from) in starts.iter().enumerate() {
        let span = trimmed(line, from, starts.get(number + 1).copied().unwrap_or(end), start);
        let word = &line[span.start - start..span.end - start];
        tags.push((span, word.len() > 1 && !word.contains(char::is_whitespace)));
    }
    tags
}

/// A part of a line that begins at `start`, without the blanks around it.
fn trimmed(line: &str, from: usize, to: usize, start: usize) -> Span {
    let raw = &line[from..to];
    let word = raw.trim();
    let begin = from + (raw.len() - raw.trim_start().len()).min(raw.len() - word.len());
    Span::new(start + begin, start + begin + word.len())
}

/// The code in `# language: de`.
pub(super) fn language_code(comment: &str) -> Option<&str> {
    let rest = comment.strip_prefix('#')?.trim_start();
    let code = rest.strip_prefix("language")?.trim_start().strip_prefix(':')?.trim();
    let is_code = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_');
    (!code.is_empty() && code.chars().all(is_code)).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Line) {
        assert_eq!(Line::of(line, Language::english()), expected, "{line}");
    }

    #[test]
    fn knows_a_line_by_its_beginning() {
        check("", Line::Empty);
        check("# language: de", Line::Comment);
        check("@smoke", Line::Tags);
        check("| a | b |", Line::Row);
        check("\"\"\"json", Line::Quotes);
        check("Scenario Outline: a", Line::Header(HeaderKind::Outline, 16));
        check("Given a", Line::Step(StepKind::Given, 5));
        check("* a", Line::Step(StepKind::Any, 1));
        check("Givens are no steps", Line::Other);
        check("\"quoted\"", Line::Other);
    }

    #[test]
    fn knows_what_a_slip_was_meant_to_be() {
        let slip = |line: &str| match Line::of(line, Language::english()) {
            Line::Slip(slip) => format!("{:?} {} {}", slip.meant, slip.keyword, slip.is_certain),
            other => format!("{other:?}"),
        };
        assert_eq!(slip("GIVEN a"), "Step(Given) Given true");
        assert_eq!(slip("given a"), "Step(Given) Given false");
        assert_eq!(slip("Given: a"), "Step(Given) Given false");
        assert_eq!(slip("Then"), "Step(Then) Then false");
        assert_eq!(slip("scenario outline: a"), "Header(Outline) Scenario Outline true");
        assert_eq!(slip("Scenario a"), "Header(Scenario) Scenario: false");
        assert_eq!(slip("Rule a"), "Other");
        assert_eq!(slip("Examples of it"), "Other");
        assert_eq!(slip("andere"), "Other");
    }

    #[test]
    fn splits_rows_at_bars_that_are_not_escaped() {
        let cells = |row: &str| {
            cells(row, 0).into_iter().map(|span| span.of(row).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(cells("| a |b||"), ["a", "b", ""]);
        assert_eq!(cells(r"| a \| b | c\\|"), [r"a \| b", r"c\\"]);
        assert_eq!(cells("| a | rest"), ["a"]);
        assert_eq!(cells("|"), [""; 0]);
        assert_eq!(cells("|\u{a0}\u{20}ä\t|"), ["ä"]);
    }

    #[test]
    fn splits_tags_at_their_signs() {
        let tags = |line: &str| {
            let tag = |(span, is_word): (Span, bool)| {
                format!("{}{}", span.of(line), if is_word { "" } else { "?" })
            };
            tags(line, 0).into_iter().map(tag).collect::<Vec<_>>()
        };
        assert_eq!(tags("@a @b@c  @d#2 # words"), ["@a", "@b", "@c", "@d#2"]);
        assert_eq!(tags("@a b @"), ["@a b?", "@?"]);
    }
}
