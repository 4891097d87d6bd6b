//! Tables by example; both ways to lay one out give the same bytes.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;
use crate::render::block::{Cell, Column, Lane, Table};

/// The text on a terminal of some width.
fn at(width: usize, block: Block<'_>) -> String {
    text(&[block], &Style { width: Some(width), unicode: true, ..Style::default() })
}

/// The text on a terminal without colours, ornaments or an edge.
fn piped(block: Block<'_>) -> String {
    text(&[block], &Style::default())
}

fn items() -> Table<'static> {
    let columns = [
        Column::whole("#").right(),
        Column::whole("id"),
        Column::shrink("title"),
        Column::shrink("labels"),
    ];
    let mut table = Table::new(columns);
    table.push([
        "9".into(),
        Cell::id("BL-7k3qd"),
        "Guest checkout for first-time shoppers".into(),
        "checkout".into(),
    ]);
    table.push(["10".into(), Cell::id("BL-9qqrt"), "日本語の注文".into(), Cell::default()]);
    table
}

fn board() -> Block<'static> {
    let title = |title: &'static str| Line::from(Cell::strong(title)).then(Cell::dim(" 1"));
    let entry = Line::from(Cell::id("BL-7k3qd")).then(" ").then("Guest checkout for shoppers");
    Block::Lanes(vec![
        Lane { title: title("ready"), entries: vec![entry.clone(), "b".into()] },
        Lane { title: title("review"), entries: Vec::new() },
        Lane { title: title("in-progress"), entries: vec![entry] },
    ])
}

const BODY: &str = "## Acceptance criteria\n\n- [ ] Given a **full** basket, `pay` is *one* step\n  more\n- [x] b ^ac-k3\n  1. c\n\n\
    > quoted\n> - d\n\n```gherkin\nGiven\n\n\tx\n```\n\n[text](https://a.example) <b>\n\n| a | b |\n|---|--:|\n| long words here | 2 |\n\n---\n";

#[test]
fn cuts_nothing_on_a_pipe() {
    assert_snapshot!(piped(Block::Table(items())), @"
     #  id        title                                   labels
     9  BL-7k3qd  Guest checkout for first-time shoppers  checkout
    10  BL-9qqrt  日本語の注文
    ");
}

#[test]
fn cuts_titles_and_never_ids() {
    assert_snapshot!(at(46, Block::Table(items())), @"
     #  id        title                   labels
     9  BL-7k3qd  Guest checkout for fi…  checkout
    10  BL-9qqrt  日本語の注文
    ");
    assert_snapshot!(at(10, Block::Table(items())), @"
     #  id        title     labels
     9  BL-7k3qd  Guest c…  checkout
    10  BL-9qqrt  日本語…
    ");
}

#[test]
fn wraps_if_asked_to() {
    assert_snapshot!(at(36, Block::Table(items().wrapped())), @"
     #  id        title         labels
     9  BL-7k3qd  Guest         checkout
                  checkout for
                  first-time
                  shoppers
    10  BL-9qqrt  日本語の注文
    ");
}

#[test]
fn puts_lanes_side_by_side_where_there_is_room() {
    assert_snapshot!(at(72, board()), @"
    ready 1                 review 1                in-progress 1

    BL-7k3qd Guest                                  BL-7k3qd Guest
      checkout for                                    checkout for
      shoppers                                        shoppers
    b
    ");
    assert_snapshot!(at(60, board()), @"
    ready 1
      BL-7k3qd Guest checkout for shoppers
      b

    review 1

    in-progress 1
      BL-7k3qd Guest checkout for shoppers
    ");
}

#[test]
fn continues_the_values_of_fields_in_their_column() {
    let fields = Block::Fields(vec![
        ("status".into(), Line::from("ready")),
        ("goal".into(), Line::from(Cell::id("GOAL-1")).then(" Activate more shoppers")),
        ("due".into(), Line::default()),
    ]);
    assert_snapshot!(at(24, fields), @"
    status  ready
    goal    GOAL-1 Activate
            more shoppers
    due
    ");
}

#[test]
fn shows_a_body() {
    assert_snapshot!(at(30, Block::Markdown(BODY.into())), @"
    ## Acceptance criteria

    ☐ Given a full basket, `pay`
      is *one* step more
    ☑ b ^ac-k3
      1. c

    │ quoted
    │
    │ • d

        Given

            x

    text (https://a.example) <b>

    a                b
    long words here  2

    ──────────────────────────────
    ");
}

#[test]
fn shows_a_body_in_ascii() {
    assert_snapshot!(piped(Block::Markdown(BODY.into())), @"
    ## Acceptance criteria

    [ ] Given a full basket, `pay` is *one* step more
    [x] b ^ac-k3
        1. c

    > quoted
    >
    > - d

        Given

            x

    text (https://a.example) <b>

    a                b
    long words here  2

    ----------------------------------------
    ");
}

#[test]
fn sets_headings_and_examples_off() {
    let blocks = [
        Block::heading(1, Cell::id("AC001")),
        Block::text("no criteria"),
        Block::Blank,
        Block::heading(2, "Found"),
        Block::Code {
            language: "markdown",
            lines: vec!["---".into(), Line::default(), "\tx".into()],
        },
        Block::Code { language: "", lines: vec!["a.md:1:1: x".into()] },
        Block::Footer("1 item".into()),
    ];
    assert_snapshot!(text(&blocks, &Style::default()), @"
    AC001
    no criteria

    Found
        ---

            x
    a.md:1:1: x
    1 item
    ");
}

#[test]
fn colours_texts_and_no_blanks() {
    let style = Style { color: true, width: Some(46), unicode: true, ..Style::default() };
    assert_snapshot!(text(&[Block::Table(items())], &style).replace('\u{1b}', "^"), @"
     ^[2m#^[0m  ^[2mid^[0m        ^[2mtitle^[0m                   ^[2mlabels^[0m
     9  ^[36mBL-7k3qd^[0m  Guest checkout for fi…  checkout
    10  ^[36mBL-9qqrt^[0m  日本語の注文
    ");
}

#[test]
fn colours_the_lines_of_a_patch() {
    let style = Style { color: true, ..Style::default() };
    let lines = ["--- a/x", "+++ b/x", "@@ -1 +1 @@", " a", "-b", "+c"].map(Line::from).to_vec();
    let body = "```diff\n-b\n+c\n d\n```".into();
    let blocks = [Block::Code { language: "diff", lines }, Block::Blank, Block::Markdown(body)];
    assert_snapshot!(text(&blocks, &style).replace('\u{1b}', "^"), @"
    ^[1m--- a/x^[0m
    ^[1m+++ b/x^[0m
    ^[2m@@ -1 +1 @@^[0m
     a
    ^[31m-b^[0m
    ^[32m+c^[0m

    ^[31m-b^[0m
    ^[32m+c^[0m
    ^[36m d^[0m
    ");
}

/// Any text in every kind of block.
fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut table = Table::new([Column::shrink(text), Column::whole(text).right()]);
    table.push([text.into(), Cell::id(text)]);
    let line = || Line::from(text).then(Cell::strong(text));
    vec![
        Block::heading(2, line()),
        Block::text(line()),
        Block::Table(table.clone()),
        Block::Table(table.wrapped()),
        Block::Fields(vec![(text.into(), line())]),
        Block::Code { language: "", lines: vec![line()] },
        Block::Markdown(text.into()),
        Block::Footer(line()),
        Block::Lanes(vec![Lane { title: line(), entries: vec![line()] }, Lane::default()]),
    ]
}

proptest! {
    /// Nothing of a text is obeyed by a terminal, at any width, in any block.
    #[test]
    fn lets_no_control_through(body in "([ -~\n\t|>-]|[\u{1b}\u{7}\u{85}\u{202e}\u{2066}\u{200d}é日👩]){0,60}", width in 1..90usize) {
        for style in [Style::default(), Style { width: Some(width), unicode: true, ..Style::default() }] {
            let text = text(&blocks(&body), &style);
            let harmful = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{2066}');
            prop_assert!(!text.contains(harmful), "{text:?}");
            let aligned = super::text(&blocks(&body)[2..5], &style);
            prop_assert!(aligned.lines().all(|line| !line.ends_with(' ')), "{aligned:?}");
        }
        let text = crate::render::markdown::text(&blocks(&body));
        prop_assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    }

    /// A long table is padded by hand; it looks as a short one does.
    #[test]
    fn pads_as_comfy_table_does(cells in proptest::collection::vec("[a-zé日👩🏽\u{200d}💻 ]{0,30}", 6), width in proptest::option::of(20..80usize), color: bool) {
        let mut table = Table::new([Column::whole("n").right(), Column::shrink("a"), Column::shrink("b").right()]);
        for row in cells.chunks(3) {
            table.push(row.iter().map(|cell| Cell::id(cell.clone())));
        }
        let style = Style { color, width, unicode: true, ..Style::default() };
        let short = text(&[Block::Table(table.clone())], &style);
        for _ in 0..600 {
            table.push([]);
        }
        let long = text(&[Block::Table(table)], &style);
        prop_assert_eq!(long.trim_end_matches('\n'), short.trim_end_matches('\n'));
    }
}
