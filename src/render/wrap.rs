//! Lines of words, broken at blanks so that they fit.

use super::block::{Cell, Line};
use super::width;

/// What happens to a word that is wider than a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Long {
    /// It sticks out, so that a URL can still be copied; text without blanks, as Chinese has it,
    /// is broken all the same.
    Whole,
    /// It is broken, since something stands beside it.
    Broken,
}

/// The lines that `line` fills: the first is `first` columns wide, the others `rest`. The texts
/// are harmless already.
pub(super) fn wrapped<'a>(
    line: &'a Line<'_>,
    first: usize,
    rest: usize,
    long: Long,
) -> Vec<Line<'a>> {
    let mut wrap = Wrap {
        lines: Vec::new(),
        line: Line::default(),
        used: 0,
        width: first.max(1),
        rest: rest.max(1),
    };
    let mut blanks = Vec::new();
    for word in words(line) {
        if word.iter().all(|cell| cell.text.trim_matches(' ').is_empty()) {
            blanks = word;
            continue;
        }
        let (gap, width) = (width_of(&blanks), width_of(&word));
        let fits = wrap.used + gap + width <= wrap.width;
        match (fits, wrap.used) {
            (true, _) => wrap.push(std::mem::take(&mut blanks), gap),
            (false, 0) => {}
            (false, _) => wrap.end(),
        }
        blanks.clear();
        let is_url = word.iter().all(|cell| cell.text.is_ascii());
        if width > wrap.width && (long == Long::Broken || !is_url) {
            wrap.broken(word);
        } else {
            wrap.push(word, width);
        }
    }
    if wrap.used > 0 || wrap.lines.is_empty() {
        wrap.end();
    }
    wrap.lines
}

struct Wrap<'a> {
    lines: Vec<Line<'a>>,
    line: Line<'a>,
    used: usize,
    /// The width of the line that is being filled.
    width: usize,
    /// The width of those that follow.
    rest: usize,
}

impl<'a> Wrap<'a> {
    fn end(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.used = 0;
        self.width = self.rest;
    }

    /// Adds cells, as one where their tone is the same.
    fn push(&mut self, cells: Vec<Cell<'a>>, width: usize) {
        self.used += width;
        for cell in cells {
            match self.line.cells.last_mut() {
                Some(last) if last.tone == cell.tone => last.text.to_mut().push_str(&cell.text),
                _ => self.line.cells.push(cell),
            }
        }
    }

    /// A word in as many pieces as it takes; at least one character a line, however narrow.
    fn broken(&mut self, word: Vec<Cell<'a>>) {
        for cell in word {
            let mut text: &str = &cell.text;
            while !text.is_empty() {
                let fits = width::prefix(text, self.width.saturating_sub(self.used));
                let piece = match fits.is_empty() && self.used == 0 {
                    true => &text[..text.chars().next().map_or(0, char::len_utf8)],
                    false => fits,
                };
                if piece.is_empty() {
                    self.end();
                    continue;
                }
                self.push(vec![Cell::new(piece.to_owned(), cell.tone)], width::of(piece));
                text = &text[piece.len()..];
            }
        }
    }
}

fn width_of(cells: &[Cell<'_>]) -> usize {
    cells.iter().map(|cell| width::of(&cell.text)).sum()
}

/// The words of a line and the blanks between them, in turn. A word is made of several cells
/// where its tone changes.
fn words<'a>(line: &'a Line<'_>) -> Vec<Vec<Cell<'a>>> {
    let mut words: Vec<Vec<Cell<'a>>> = Vec::new();
    let mut was_blank = None;
    for cell in &line.cells {
        for (is_blank, text) in runs(&cell.text) {
            let piece = Cell::new(text, cell.tone);
            match words.last_mut() {
                Some(word) if was_blank == Some(is_blank) => word.push(piece),
                _ => words.push(vec![piece]),
            }
            was_blank = Some(is_blank);
        }
    }
    words
}

/// A text in runs of blanks and of anything else.
fn runs(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_blank = rest.starts_with(' ');
        let end = rest.find(|c| (c == ' ') != is_blank).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        rest = tail;
        (!run.is_empty()).then_some((is_blank, run))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        line: impl Into<Line<'static>>,
        first: usize,
        rest: usize,
        long: Long,
        expected: &str,
    ) {
        let line = line.into();
        let lines: Vec<String> =
            wrapped(&line, first, rest, long).iter().map(|line| line.text().into_owned()).collect();
        assert_eq!(lines.join("|"), expected);
    }

    #[test]
    fn breaks_at_blanks() {
        check("a guest pays in one step", 11, 11, Long::Whole, "a guest|pays in one|step");
        check("a guest pays in one step", 7, 16, Long::Whole, "a guest|pays in one step");
        check("two  blanks  stay", 12, 12, Long::Whole, "two  blanks|stay");
        check("  indented", 10, 10, Long::Whole, "  indented");
        check("  indented", 9, 9, Long::Whole, "indented");
        check("ends in blanks  ", 20, 20, Long::Whole, "ends in blanks");
        check("", 5, 5, Long::Whole, "");
    }

    #[test]
    fn keeps_words_of_several_tones_together() {
        let line = || Line::from("pay ").then(Cell::strong("now")).then(", please");
        check(line(), 8, 8, Long::Whole, "pay now,|please");
        check(line(), 7, 7, Long::Whole, "pay|now,|please");
    }

    #[test]
    fn joins_what_has_one_tone() {
        let line = Line::from(Cell::strong("Acceptance criteria")).then(" of all");
        let expected = [Line::from(Cell::strong("Acceptance criteria")).then(" of"), "all".into()];
        assert_eq!(wrapped(&line, 22, 22, Long::Whole), expected);
    }

    #[test]
    fn breaks_long_words_only_where_they_are_in_the_way() {
        check("see https://a.example/b", 8, 8, Long::Whole, "see|https://a.example/b");
        check("see https://a.example/b", 8, 8, Long::Broken, "see|https://|a.exampl|e/b");
        check("日本語日本語", 5, 5, Long::Whole, "日本|語日|本語");
        check("日本", 1, 1, Long::Broken, "日|本");
    }
}
