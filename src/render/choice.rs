//! A choice among documents, in lines that fit a terminal.

use super::block::{Cell, Line, Tone};
use super::page::{Page, safe_line};
use super::{Style, safe, width};

/// What stands before the text that is typed.
const PROMPT: &str = "which one? ";

/// A choice as it stands.
pub struct Choice<'a> {
    /// What was typed.
    pub typed: &'a str,
    /// How many documents fit, and how many there are.
    pub counts: (usize, usize),
    /// Those to show: whether one is marked, its id, its title.
    pub rows: &'a [(bool, &'a str, &'a str)],
}

/// The lines, none wider than the terminal, and the column behind what was typed.
pub fn lines(choice: &Choice<'_>, style: &Style) -> (Vec<String>, usize) {
    let typed = safe::line(choice.typed);
    let column = width::of(PROMPT) + width::of(&typed);
    let (n_found, n_all) = choice.counts;
    let help = match style.unicode {
        true => "↑↓ Enter, Esc leaves",
        false => "arrows, Enter, Esc leaves",
    };
    let count = Cell::dim(format!("   {n_found} of {n_all}; {help}"));
    let first = Line::from(Cell::dim(PROMPT)).then(&*typed).then(count);
    let mut lines = vec![painted(&first, style)];
    lines.extend(choice.rows.iter().map(|row| self::row(row, style)));
    (lines, column)
}

fn row((is_marked, id, title): &(bool, &str, &str), style: &Style) -> String {
    let tone = if *is_marked { Tone::Strong } else { Tone::Plain };
    let mark = if *is_marked { "> " } else { "  " };
    painted(&Line::from(mark).then(Cell::id(*id)).then("  ").then(Cell::new(*title, tone)), style)
}

/// The line, cut to the width of the terminal, in its colours.
fn painted(line: &Line<'_>, style: &Style) -> String {
    let mut page = Page::new(style);
    // A terminal goes to the next line when the last column is written.
    let mut room = style.width.map_or(usize::MAX, |width| width.saturating_sub(1));
    for cell in safe_line(line).cells {
        let text = width::cut(cell.text, room, page.cut_mark());
        room -= width::of(&text);
        page.paint(cell.tone, &text);
    }
    page.text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, width: usize, expected: &[&str], column: usize) {
        let rows =
            [(false, "BL-7k3qd", "Guest check\u{1b}[2J"), (true, "BL-9qqrt", "日本語の題名")];
        let choice = Choice { typed, counts: (2, 30), rows: &rows };
        let style = Style { width: Some(width), unicode: true, ..Style::default() };
        assert_eq!(
            lines(&choice, &style),
            (expected.iter().map(|it| (*it).to_owned()).collect(), column)
        );
    }

    #[test]
    fn shows_what_was_typed_and_what_fits() {
        let expected = [
            "which one? gue   2 of 30; ↑↓ Enter, Esc leaves",
            "  BL-7k3qd  Guest check\\e[2J",
            "> BL-9qqrt  日本語の題名",
        ];
        check("gue", 80, &expected, 14);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let expected = ["which one? gue…", "  BL-7k3qd  Gue…", "> BL-9qqrt  日…"];
        check("gue", 17, &expected, 14);
        check("a", 1, &["", "", ""], 12);
    }
}
