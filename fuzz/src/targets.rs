//! What is fuzzed, and what has to hold for every input.
//!
//! An input with several parts has them between NUL bytes. Bytes that are no text are replaced, as
//! the store has refused those before.

#[path = "refinement.rs"]
mod refinement;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Write;

use git_backlog::domain::backlog::Backlog;
use git_backlog::domain::config::Config;
use git_backlog::domain::diff::{self, Direction, Pairs};
use git_backlog::domain::document::Document;
use git_backlog::domain::edit::{self, Value};
use git_backlog::domain::import::{self, Request};
use git_backlog::domain::merge::{self, Conflict, Merged};
use git_backlog::domain::order::Order;
use git_backlog::domain::problem::Problem;
use git_backlog::domain::query::{self, Query, Subject};
use git_backlog::domain::rank::{self, Rank};
use git_backlog::domain::source::{FileChange, SourceFile};
use git_backlog::domain::span::{Position, Span};
use git_backlog::render::block::{Block, Cell, Column, Table, Tone};
use git_backlog::render::{self, Format, Style, View};

/// A function that panics if something does not hold.
pub(crate) type Target = fn(&[u8]);

/// All targets by name.
pub(crate) const TARGETS: &[(&str, Target)] = &[
    ("document", document),
    ("config", config),
    ("edit", edit),
    ("merge", three_way),
    ("diff", difference),
    ("query", query),
    ("rank", rank),
    ("import", import),
    ("html", html),
    ("terminal", terminal),
    ("csv", csv),
    ("groom", refinement::groom),
    ("session", refinement::session),
];

const PATH: &str = "items/BL-7k3qd-guest-checkout.md";

fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// The parts of an input; those that are missing are empty.
fn parts<const N: usize>(data: &[u8]) -> [String; N] {
    let mut parts = data.splitn(N, |&byte| byte == 0);
    std::array::from_fn(|_| text(parts.next().unwrap_or_default()).into_owned())
}

fn assert_inside(span: Span, text: &str) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} is not inside of the text");
}

fn assert_placed(problems: &[Problem], text: &str) {
    for problem in problems {
        assert_inside(problem.span, text);
        assert_eq!(problem.position, Position::of(text, problem.span.start), "{problem:?}");
        assert!(!problem.message.is_empty() && !problem.message.contains('\n'), "{problem:?}");
    }
}

/// Reading loses nothing, and says where everything is.
fn document(data: &[u8]) {
    let text = text(data);
    let document = Document::parse(PATH, &*text);
    assert_eq!(document.text(), text);
    assert_placed(document.problems(), &text);
    assert_eq!(document.is_readable(), document.front().is_some());
    if !document.is_readable() {
        assert!(!document.problems().is_empty());
        return;
    }
    let mut end = 0;
    for pair in document.pairs() {
        assert_inside(pair.key_span(), &text);
        assert_inside(pair.value().span(), &text);
        assert!(end <= pair.key_span().start && pair.key_span().end <= pair.value().span().start);
        end = pair.value().span().end;
    }
    assert!(end <= document.body_span().start);
    assert_eq!(document.body_span().of(&text), document.body());
    assert!(text.ends_with(document.body()));
    let backlog = one(&text);
    for entry in backlog.entries() {
        let criteria = entry.criteria(&backlog.config);
        std::hint::black_box((entry.title(), entry.problems().count(), criteria));
    }
}

/// Reading settings finds the same each time, and says in which line.
fn config(data: &[u8]) {
    let text = text(data);
    let (config, problems) = Config::parse(&text);
    for problem in &problems {
        // Settings are read without spans; what is not closed is missed behind the last line. YAML
        // ends lines at more characters than most.
        let last = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count();
        assert!((1..=last + 1).contains(&problem.position.line), "{problem:?}");
        assert!(!problem.message.is_empty(), "{problem:?}");
    }
    let (again, same) = Config::parse(&text);
    assert_eq!((format!("{config:?}"), &problems), (format!("{again:?}"), &same));
    assert!(!config.first_status().is_empty());
}

/// One value changes, two readers of YAML agree on it, and everything else stays: the other pairs
/// and the body, byte by byte.
fn edit(data: &[u8]) {
    const ORDER: &[&str] = &["id", "title", "type", "status", "created", "rank", "labels"];
    let [text, key, value, way] = parts::<4>(data);
    let before = Document::parse(PATH, text.as_str());
    let key = if key.is_empty() { "title" } else { &key };
    let list = || value.split(',').map(str::to_owned).collect::<Vec<_>>();
    let after = match way.bytes().next().unwrap_or_default() % 5 {
        0 => edit::set(&before, key, &Value::Text(value.clone()), ORDER),
        1 => edit::set(&before, key, &Value::List(list()), ORDER),
        2 => edit::add_to_list(&before, key, &list(), ORDER),
        3 => edit::remove_from_list(&before, key, &list()),
        _ => edit::remove(&before, key),
    };
    let Ok(after) = after else { return };
    if after == text {
        return;
    }
    let after = Document::parse(PATH, after);
    assert!(after.is_readable(), "{:?}", after.problems());
    assert_eq!(before.body(), after.body());
    let others = |document: &Document| {
        let text = document.text().to_owned();
        let others = document.pairs().iter().filter(|pair| !pair.has_key(&text, key));
        let words = |span: Span| span.of(&text).to_owned();
        others.map(|it| (words(it.key_span()), words(it.value().span()))).collect::<Vec<_>>()
    };
    assert_eq!(others(&before), others(&after));
    if serde_yaml::from_str::<serde_yaml::Value>(before.front_text()).is_ok() {
        let second = serde_yaml::from_str::<serde_yaml::Value>(after.front_text());
        let second = second.expect("what was YAML before is YAML afterwards");
        let second = second.get(key).and_then(serde_yaml::Value::as_str);
        if let (Some(first), Some(second)) = (after.text_of(key), second) {
            assert_eq!(first, second);
        }
    }
}

/// A merge is the same from both sides, loses no wish, and can be read where all three could.
fn three_way(data: &[u8]) {
    let [base, one, other] = parts::<3>(data);
    let headings = ["Acceptance criteria".to_owned()];
    let merged = |base: &str, one: &str, other: &str| -> Merged {
        merge::documents(base, one, other, &headings, merge::MARKER)
    };
    let result = merged(&base, &one, &other);
    assert_eq!(result, merged(&base, &other, &one));
    assert_eq!(merged(&base, &one, &one).text, one);
    assert_eq!(merged(&base, &base, &one).text, one);
    let texts = [&base, &one, &other];
    if texts.iter().any(|text| !Document::parse(PATH, text.as_str()).is_readable()) {
        return;
    }
    if result.conflicts.iter().any(|conflict| !matches!(conflict, Conflict::Field { .. })) {
        return;
    }
    let document = Document::parse(PATH, result.text.as_str());
    assert!(document.is_readable(), "{:?}", document.problems());
    let open = fields_in_conflict(&merge::open(&document));
    let new = fields_in_conflict(&result.conflicts);
    assert!(new.is_subset(&open), "{new:?} are in conflict, {open:?} are told of");
    let sides = [&one, &other].map(|text| Document::parse(PATH, text.as_str()));
    let known = sides.each_ref().map(|side| fields_in_conflict(&merge::open(side)));
    let is_known = |name: &&String| known.iter().any(|names| names.contains(*name));
    assert!(open.difference(&new).all(|name| is_known(&name)), "{open:?} come from nowhere");
    for side in sides {
        let is_there = |line: &&str| result.text.contains(*line) || base.contains(*line);
        let words = |line| line_without_box(line);
        assert!(side.body().lines().map(words).all(|line| is_there(&line)), "a line is lost");
    }
}

fn fields_in_conflict(conflicts: &[Conflict]) -> BTreeSet<String> {
    let name = |conflict: &Conflict| match conflict {
        Conflict::Field { name, .. } => Some(name.clone()),
        _ => None,
    };
    conflicts.iter().filter_map(name).collect()
}

fn line_without_box(line: &str) -> &str {
    let line = line.trim_start();
    let boxes = ["- [ ] ", "- [x] ", "- [X] ", "* [ ] ", "* [x] ", "+ [ ] ", "+ [x] "];
    boxes.iter().find_map(|it| line.strip_prefix(it)).unwrap_or(line).trim_end()
}

/// Of the same there is no difference; what differs survives JSON; and who follows the changes of
/// places arrives.
fn difference(data: &[u8]) {
    let [before, after, first, second] = parts::<4>(data);
    let other = "items/BL-9qqrt-pay-by-fax.md";
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: Ok(text.into()) };
    let state = |one: &str, two: &str| Backlog::parse(vec![file(PATH, one), file(other, two)]);
    let (old, new) = (state(&before, &first), state(&after, &second));
    let pairs = |steps: [(&str, &String, &String); 2]| {
        Pairs::of(Vec::from(steps.map(|(path, before, after)| FileChange {
            path: path.to_owned(),
            before: Some(Ok(before.clone())),
            after: Some(Ok(after.clone())),
        })))
    };
    let settings = (&old.config, &new.config);
    let mut order = Order::of(&old);
    let nothing = diff::diff(
        pairs([(PATH, &before, &before), (other, &first, &first)]),
        (&old.config, &old.config),
        Some((&mut order, Direction::Forward)),
    );
    assert!(nothing.documents.is_empty(), "{nothing:?}");
    assert_eq!(order, Order::of(&old));
    let steps = [(PATH, &before, &after), (other, &first, &second)];
    let found = diff::diff(pairs(steps), settings, Some((&mut order, Direction::Forward)));
    assert_eq!(order, Order::of(&new));
    for change in found.documents.iter().flat_map(|document| &document.changes) {
        let text = serde_json::Value::Object(diff::json::of(change)).to_string();
        assert_eq!(diff::json::read(&text).as_ref(), Some(change));
    }
}

/// A query is the same in brackets, asks the same each time, and its parts are where it says.
fn query(data: &[u8]) {
    struct Anything;
    impl Subject for Anything {
        fn values(&self, field: &str) -> Vec<Cow<'_, str>> {
            vec![field.to_owned().into(), "5".into(), "2026-11-25".into()]
        }
        fn contains(&self, words: &str) -> bool {
            words.len().is_multiple_of(2)
        }
    }
    fn placeless(mut query: Query) -> Query {
        for condition in query.conditions_mut() {
            condition.span = Span::at(0);
            condition.values_span = Span::at(0);
        }
        query
    }
    let text = text(data);
    match query::parse(&text) {
        Ok(mut query) => {
            for condition in query.conditions_mut() {
                assert_inside(condition.span, &text);
            }
            let holds = query.matches(&Anything);
            assert_eq!(holds, query.matches(&Anything));
            if let Ok(same) = query::parse(&format!("({text})")) {
                assert_eq!(placeless(same), placeless(query.clone()));
            }
            if let Ok(not) = query::parse(&format!("not ({text})")) {
                assert_eq!(not.matches(&Anything), !holds);
            }
        }
        Err(error) => {
            assert_inside(error.span, &text);
            assert!(!error.message.is_empty());
        }
    }
}

/// A new key is strictly between its neighbours, the same each time, and is a key.
fn rank(data: &[u8]) {
    let [left, right, id] = parts::<3>(data);
    let (mut left, mut right) = (Rank::parse(&left), Rank::parse(&right));
    if let (Some(a), Some(b)) = (&left, &right)
        && a > b
    {
        std::mem::swap(&mut left, &mut right);
    }
    for _ in 0..8 {
        let Some(key) = rank::between(left.as_ref(), right.as_ref(), &id) else { return };
        assert!(left.as_ref().is_none_or(|left| *left < key), "{left:?} {key:?}");
        assert!(right.as_ref().is_none_or(|right| key < *right), "{key:?} {right:?}");
        assert_eq!(Rank::parse(key.as_str()).as_ref(), Some(&key));
        assert_eq!(rank::between(left.as_ref(), right.as_ref(), &id).as_ref(), Some(&key));
        left = Some(key);
    }
}

/// To import twice is to import once.
fn import(data: &[u8]) {
    let texts = parts::<3>(data);
    let names = ["tasks/task-1 - one.md", "tasks/task-2 - two.md", "milestones/m-1 - three.md"];
    let files: Vec<SourceFile> = names
        .iter()
        .zip(texts)
        .map(|(name, text)| SourceFile { path: (*name).to_owned(), text: Ok(text) })
        .collect();
    let today = jiff::civil::date(2026, 11, 25);
    for format in import::FORMATS {
        let backlog = Backlog::parse(Vec::new());
        let first = (format.import)(&Request { files: &files, backlog: &backlog, today });
        for it in first.edits.files() {
            assert!(it.before.is_none() && !it.path.contains(".."), "{it:?}");
        }
        let backlog = backlog.after(&first.edits);
        assert_eq!(backlog.unreadable().count(), 0, "{:?}", first.edits);
        let again = (format.import)(&Request { files: &files, backlog: &backlog, today });
        assert!(again.edits.is_empty(), "{:?}", again.edits);
    }
}

fn one(text: &str) -> Backlog {
    Backlog::parse(vec![SourceFile { path: PATH.to_owned(), text: Ok(text.to_owned()) }])
}

/// A text in every place that a text of a document has.
struct Everywhere<'a>(&'a str);

impl View for Everywhere<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        vec![
            Block::heading(1, self.0),
            Block::text(Cell::new(self.0, Tone::Strong)),
            Block::List(vec![self.0.into()]),
            Block::Fields(vec![("name".into(), self.0.into())]),
            Block::Markdown(self.0.into()),
            Block::Code { language: "diff", lines: self.0.lines().map(Into::into).collect() },
            Block::Folded { summary: self.0.into(), blocks: vec![Block::Footer(self.0.into())] },
        ]
    }

    fn rows(&self) -> Vec<Block<'_>> {
        let mut table = Table::new([Column::shrink("text"), Column::whole("same")]);
        for line in self.0.split('\u{1}') {
            table.push([Cell::new(line, Tone::Plain), Cell::id(line)]);
        }
        vec![Block::Table(table)]
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!({ "text": self.0 })
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Table, Format::Json, Format::Csv, Format::Markdown, Format::Html]
    }
}

fn written(view: &dyn View, format: Format, style: &Style) -> String {
    let mut out = Vec::new();
    render::write(view, format, style, &mut out).expect("memory takes everything");
    out.flush().expect("memory takes everything");
    String::from_utf8(out).expect("results are text")
}

/// A page has the elements and attributes that pages have, and no others.
fn html(data: &[u8]) {
    const ELEMENTS: &[&str] = &[
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "br",
        "hr",
        "dl",
        "dt",
        "dd",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "pre",
        "code",
        "ins",
        "del",
        "strong",
        "em",
        "s",
        "span",
        "bdi",
        "section",
        "ul",
        "ol",
        "li",
        "blockquote",
        "details",
        "summary",
    ];
    const ATTRIBUTES: &[&str] = &[
        "lang",
        "charset",
        "http-equiv",
        "name",
        "content",
        "class",
        "role",
        "aria-label",
        "tabindex",
        "scope",
        "start",
    ];
    let text = text(data);
    let page = written(&Everywhere(&text), Format::Html, &Style::default());
    let mut open = Vec::new();
    for mark in page.split('<').skip(1) {
        let (mark, after) = mark.split_once('>').expect("a mark that ends");
        assert!(!after.contains('>') || mark == "style", "{after}");
        if mark == "!DOCTYPE html" {
            continue;
        }
        if let Some(name) = mark.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let (name, mut attributes) = mark.split_once(' ').unwrap_or((mark, ""));
        assert!(ELEMENTS.contains(&name), "{mark}");
        while !attributes.is_empty() {
            let (attribute, rest) = attributes.split_once("=\"").expect("a value in quotes");
            assert!(ATTRIBUTES.contains(&attribute), "{mark}");
            attributes = rest.split_once('"').expect("a value that ends").1.trim_start();
        }
        if !matches!(name, "meta" | "br" | "hr") {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert_harmless(&page);
}

/// Nothing on a terminal obeys a document: colours are ours, and everything hidden is shown.
fn terminal(data: &[u8]) {
    let (&first, rest) = data.split_first().unwrap_or((&0, &[]));
    let text = text(rest);
    let width = (first & 1 == 0).then_some(20 + usize::from(first >> 1));
    let (unicode, workflow) = (first & 2 == 0, first & 4 == 0);
    let style = Style { color: true, width, unicode, workflow, ..Style::default() };
    let mut shown = written(&Everywhere(&text), Format::Table, &style);
    let mut err = Vec::new();
    render::error::error(&style, &text, Some(&text), &mut err).expect("memory takes everything");
    shown += &String::from_utf8(err).expect("messages are text");
    let mut plain = String::new();
    for (at, part) in shown.split('\u{1b}').enumerate() {
        let rest = match at {
            0 => part,
            _ => {
                let part = part.strip_prefix('[').expect("only colours");
                part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';')
                    .strip_prefix('m')
                    .expect("only colours")
            }
        };
        plain += rest;
    }
    assert_harmless(&plain);
}

/// No cell of a table is a formula, and every row has its cells.
fn csv(data: &[u8]) {
    let text = text(data);
    let shown = written(&Everywhere(&text), Format::Csv, &Style::default());
    assert_harmless(&shown.replace('\r', ""));
    for line in shown.lines().skip(1) {
        for cell in [line, line.strip_prefix('"').unwrap_or(line)] {
            let starts =
                cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
            let number = cell.split(',').next().is_some_and(|it| it.parse::<f64>().is_ok());
            assert!(!starts || number, "{line:?}");
        }
    }
    let object = written(&Everywhere(&text), Format::Json, &Style::default());
    let value: serde_json::Value = serde_json::from_str(&object).expect("JSON");
    assert_eq!(value["text"], *text);
}

/// No control character but the end of a line, and nothing that turns the reading direction.
fn assert_harmless(text: &str) {
    let bad = text.chars().find(|&c| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}')
    });
    assert_eq!(bad, None, "{text:?}");
}
