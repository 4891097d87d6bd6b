//! Criteria of one line: "Given a full basket, when I pay, then I get a receipt".
//!
//! Much prose begins with "Given" or "When" and means no scenario. So a keyword counts only
//! where a clause begins, and a criterion is a scenario only if it begins with one keyword and
//! has another.

use super::StepKind;
use crate::domain::span::Span;

/// A part of a criterion from one keyword to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The sort of its keyword: given, when or then.
    pub kind: StepKind,
    /// The keyword.
    pub keyword: Span,
    /// What stands after it.
    pub words: Span,
}

/// The clauses of a criterion, which is a part of `text`; none if it is no scenario.
pub fn clauses(text: &str, criterion: Span) -> Vec<Clause> {
    let words = criterion.of(text);
    let found = keywords(words);
    let Some(&(_, first)) = found.first() else { return Vec::new() };
    let has = |kind| found.iter().any(|&(it, _)| it == kind);
    let begins = is_label(&words[..first.start]);
    let n_kinds = [StepKind::Given, StepKind::When, StepKind::Then].map(has);
    if !begins || n_kinds.iter().filter(|&&it| it).count() < 2 {
        return Vec::new();
    }
    let ends = found.iter().skip(1).map(|(_, keyword)| keyword.start).chain([words.len()]);
    let clause = |(&(kind, keyword), end): (&(StepKind, Span), usize)| Clause {
        kind,
        keyword: keyword.shifted(criterion.start),
        words: without_link(words, trimmed(words, keyword.end, end)).shifted(criterion.start),
    };
    found.iter().zip(ends).map(clause).collect()
}

/// Whether what stands before the first keyword only names the criterion: `#3`, `AC1:`, `**`.
fn is_label(before: &str) -> bool {
    let before = before.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    before.is_empty() || before.ends_with(':') || before.starts_with('#') && !before.contains(' ')
}

/// The keywords that begin a clause, outside of code and quotes.
fn keywords(text: &str) -> Vec<(StepKind, Span)> {
    let mut found = Vec::new();
    let mut walk = Walk { text, begins: true, is_line_start: true, open_to: 0, ends: [0; 5] };
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let word = word_length(rest);
        if word == 0 {
            walk.pass(at);
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if at >= walk.open_to {
            let kind = walk.keyword(&rest[..word], &rest[word..], found.is_empty());
            found.extend(kind.map(|kind| (kind, Span::new(at, at + word))));
            walk.word(&rest[..word]);
        }
        at += word;
    }
    found
}

/// What is known at one place of a criterion.
struct Walk<'a> {
    text: &'a str,
    /// Whether a clause may begin here.
    begins: bool,
    /// Whether nothing but marks stands before on this line.
    is_line_start: bool,
    /// Where the code or the quote that this is in ends.
    open_to: usize,
    /// Where the next of each closing mark is, as far as that was looked for.
    ends: [usize; 5],
}

/// What closes code, quotes and tags.
const CLOSING: [char; 5] = ['`', '"', '”', '»', '>'];

/// A quote of more bytes is none.
const MAX_QUOTE: usize = 300;

impl Walk<'_> {
    /// Whether a word is a keyword here. In the middle of a line only a capital letter, or a mark
    /// before it, tells a keyword from a conjunction; and "given" may always be one.
    fn keyword(&self, word: &str, after: &str, is_first: bool) -> Option<StepKind> {
        let kind = [("given", StepKind::Given), ("when", StepKind::When), ("then", StepKind::Then)]
            .iter()
            .find_map(|&(name, kind)| word.eq_ignore_ascii_case(name).then_some(kind))?;
        let is_followed = after.starts_with([' ', '\t', '\n', '\r', '*', '_', ',', ':']);
        let is_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        let is_clause = match kind {
            StepKind::Given => is_first || is_capital || self.is_line_start,
            _ => self.begins || is_capital,
        };
        (is_followed && is_clause).then_some(kind)
    }

    /// Goes over a word. What follows "and" begins a clause as "and" did.
    fn word(&mut self, word: &str) {
        let is_link = word.eq_ignore_ascii_case("and") || word.eq_ignore_ascii_case("but");
        self.begins &= is_link;
        self.is_line_start &= is_link;
    }

    /// Goes over a mark or a blank.
    fn pass(&mut self, at: usize) {
        let Some(mark) = self.text[at..].chars().next().filter(|_| at >= self.open_to) else {
            return;
        };
        match mark {
            '\n' => (self.begins, self.is_line_start) = (true, true),
            ',' | ';' | ':' | '.' | '!' | '?' | '–' | '—' | '→' => {
                (self.begins, self.is_line_start) = (true, false);
            }
            '*' | '_' | ' ' | '\t' | '\r' => {}
            '<' if starts_with_break(&self.text[at..]) => {
                self.enter('>', at + 1);
                (self.begins, self.is_line_start) = (true, true);
            }
            _ => {
                (self.begins, self.is_line_start) = (false, false);
                self.quote(mark, at);
            }
        }
    }

    fn quote(&mut self, mark: char, at: usize) {
        let close = match mark {
            '`' => '`',
            '"' if !self.text[..at].ends_with(char::is_alphanumeric) => '"',
            '“' | '„' => '”',
            '«' => '»',
            _ => return,
        };
        self.enter(close, at + mark.len_utf8());
    }

    /// Enters code or a quote at `from`, if it is closed at all. Far from its beginning a closing
    /// mark belongs to another one.
    fn enter(&mut self, close: char, from: usize) {
        let Some(slot) = CLOSING.iter().position(|&mark| mark == close) else { return };
        // A search that would find what the one before found is not made again.
        if self.ends[slot] < from {
            let found = self.text[from..].find(close);
            self.ends[slot] = found.map_or(usize::MAX, |length| from + length);
        }
        if self.ends[slot] - from <= MAX_QUOTE {
            self.open_to = self.ends[slot] + close.len_utf8();
        }
    }
}

fn starts_with_break(rest: &str) -> bool {
    rest.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"))
}

fn word_length(text: &str) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || c == '\'' || c == '’' || c == '-';
    let is_start = text.starts_with(char::is_alphanumeric);
    if is_start { text.find(|c: char| !is_word(c)).unwrap_or(text.len()) } else { 0 }
}

/// A part of a text without the blanks and marks around it.
fn trimmed(text: &str, from: usize, to: usize) -> Span {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '*' | '_');
    let raw = &text[from..to];
    let start = from + (raw.len() - raw.trim_start_matches(is_mark).len());
    let word = text[start..to].trim_end_matches(is_mark);
    Span::new(start, start + word.len())
}

/// The words of a clause without the "and" that belongs to the next.
fn without_link(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let cut = words.len().checked_sub(4).and_then(|at| words.split_at_checked(at));
    match cut {
        Some((rest, link)) if [" and", " but"].iter().any(|it| link.eq_ignore_ascii_case(it)) => {
            trimmed(text, span.start, span.start + rest.len())
        }
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let clause = |clause: &Clause| format!("{:?} {}", clause.kind, clause.words.of(text));
        let found = clauses(text, Span::new(0, text.len()));
        let shown = found.iter().map(clause).collect::<Vec<_>>().join(" / ");
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn splits_a_criterion_at_its_keywords() {
        check(
            "Given a cart, when I pay, then I get a receipt.",
            "Given a cart / When I pay / Then I get a receipt.",
        );
        check("GIVEN a WHEN b THEN c", "Given a / When b / Then c");
        check(
            "**Given** a\n**And** b\n**When** c\n**Then** d",
            "Given a\n**And** b / When c / Then d",
        );
        check("AC1: given a; when b, then c", "Given a / When b / Then c");
        check("Given a, and when b, then c", "Given a / When b / Then c");
        check("Given a<br>When b<br/>Then c", "Given a<br> / When b<br/> / Then c");
        check("When I pay, then I get a receipt", "When I pay / Then I get a receipt");
    }

    #[test]
    fn leaves_prose_alone() {
        check("When the user logs in, the page shows the name", "");
        check("When `a` and `b` are used, `a` comes first and `b` is then applied", "");
        check("Given names are sorted when they are shown", "");
        check("Sections are shown first (when present), then the rest", "");
        check("The form closes, then the list reloads, when it is open", "");
        check("When a is set, b is shown. When c is set, d is shown.", "");
        check("Given a cart, the text \"when I pay, then\" is shown", "");
        check("Given a cart, `when, then` is shown", "");
        check("Then the total is shown", "");
        check("Wenn ich zahle, dann kommt der Beleg", "");
    }

    #[test]
    fn places_are_those_of_the_whole_text() {
        let text = "- [ ] Given a, when ü, then c";
        let found = clauses(text, Span::new(6, text.len()));
        let words: Vec<_> =
            found.iter().map(|it| (it.keyword.of(text), it.words.of(text))).collect();
        assert_eq!(words, [("Given", "a"), ("when", "ü"), ("then", "c")]);
    }
}
