//! Bodies of documents on a terminal, by example.

use super::*;
use crate::render::block::Cell;

fn paragraph(text: &'static str) -> Prose {
    Prose::Paragraph(vec![text.into()])
}

fn item(ticked: Option<bool>, parts: Vec<Prose>) -> Item {
    Item { ticked, parts }
}

fn check(text: &str, expected: &[Prose]) {
    assert_eq!(parse(text), expected);
}

#[test]
fn reads_tight_and_loose_lists() {
    let nested = List { items: vec![item(Some(true), vec![paragraph("b")])], ..List::default() };
    let items = vec![item(Some(false), vec![paragraph("a"), Prose::List(nested)])];
    check("- [ ] a\n  - [x] b\n", &[Prose::List(List { items, ..List::default() })]);
    let items = vec![item(None, vec![paragraph("a")]), item(None, vec![paragraph("b")])];
    check("3. a\n\n4. b\n", &[Prose::List(List { start: Some(3), is_loose: true, items })]);
}

#[test]
fn shows_where_links_lead() {
    let link = |text: &'static str, address: &'static str| {
        Prose::Paragraph(vec![Line::from(text).then(Cell::dim(address))])
    };
    check("[text](https://a.example)", &[link("text", " (https://a.example)")]);
    check("![alt][1]\n\n[1]: pic.png", &[link("alt", " (pic.png)")]);
    check("<https://a.example> and [b](b)", &[paragraph("https://a.example and b")]);
}

#[test]
fn takes_html_for_text() {
    let lines = vec!["<div>".into(), "x".into(), "</div>".into()];
    check("<div>\nx\n</div>\n\na <b>c</b>", &[Prose::Paragraph(lines), paragraph("a <b>c</b>")]);
}

#[test]
fn reads_tables_and_code() {
    let rows = vec![vec!["a".into(), "b".into()], vec!["1".into(), Line::default()]];
    check("| a | b |\n| - | -: |\n| 1 | |\n", &[Prose::Table(vec![false, true], rows)]);
    check("```rust x\n\tlet\n```\n", &[Prose::Code("rust".to_owned(), vec!["\tlet".to_owned()])]);
}

#[test]
fn survives_a_nesting_that_nobody_writes() {
    let mut parts = parse(&(">".repeat(50_000) + "x"));
    let mut depth = 0;
    while let Some(Prose::Quote(inner)) = parts.pop() {
        parts = inner;
        depth += 1;
    }
    assert_eq!(depth, DEEPEST);
    let list = "- ".repeat(5_000) + "x";
    assert_eq!(parse(&list).len(), 1);
}
