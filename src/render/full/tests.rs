//! Excerpts, mark by mark.

use super::*;
use crate::domain::config::Severity;
use crate::domain::span::Position;

/// The excerpt for the part of `text` between two `‸`.
fn excerpt(text: &str, room: usize) -> String {
    let (start, end) = (text.find('‸').unwrap(), text.rfind('‸').unwrap());
    let text = text.replace('‸', "");
    let span = Span::new(start, end - '‸'.len_utf8());
    let finding = Finding {
        code: "AC004",
        name: "vague-criterion",
        severity: Severity::Warning,
        path: String::new(),
        id: None,
        span,
        position: Position::of(&text, span.start),
        end: Position::of(&text, span.end),
        message: String::new(),
        hint: None,
        fix: None,
        is_fatal: false,
    };
    let style = Style { unicode: true, ..Style::default() };
    let lines = Excerpt::of(&text, &finding).lines(room, Tone::Plain, &style);
    let lines: Vec<_> = lines.iter().skip(1).map(|line| line.text().into_owned()).collect();
    lines.join("\n")
}

fn check(text: &str, room: usize, expected: &str) {
    assert_eq!(excerpt(text, room), expected);
}

#[test]
fn marks_what_is_meant() {
    check("a\nPay ‸fast‸ now\nb\n", 40, "2 | Pay fast now\n  |     ^^^^");
    check("‸‸", 40, "1 | \n  | ^");
    check("ab‸‸", 40, "1 | ab\n  |   ^");
}

#[test]
fn marks_stand_under_what_is_shown() {
    check("\t日本 ‸fast‸\r\n", 40, "1 |     日本 fast\n  |          ^^^^");
    check("\u{feff}a\u{202e}b‸c\u{1b}‸d", 40, "1 | a‹U+202E›bc\\ed\n  |           ^^^");
}

#[test]
fn the_first_line_stands_for_several() {
    check("x\n‸\n\nText \nof ‸two", 40, "4 | Text \n  | ^^^^^\n  | and 1 more line");
    check("‸one\ntwo\nthree\n‸\n", 40, "1 | one\n  | ^^^\n  | and 2 more lines");
    check("‸ \n ‸", 40, "1 |  \n  | ^");
}

#[test]
fn long_lines_are_cut_around_it() {
    let text = format!("{}‸fast‸{}", "before ".repeat(9), " after".repeat(9));
    check(&text, 20, "1 | …before fast after…\n  |         ^^^^");
    let text = format!("‸{}‸", "x".repeat(50));
    check(&text, 20, &format!("1 | {}…\n  | {}", "x".repeat(19), "^".repeat(20)));
    let text = format!("{}‸fast‸", "x".repeat(50));
    check(&text, 20, &format!("1 | …{}fast\n  | {}^^^^", "x".repeat(15), " ".repeat(16)));
}

#[test]
fn a_long_line_costs_no_more_than_what_is_shown_of_it() {
    let text =
        format!("{}‸{}‸{}", "\u{1b}".repeat(400_000), "ä".repeat(400_000), "x".repeat(400_000));
    assert!(excerpt(&text, 80).len() < 1_000);
}
