//! Edits by example, and the law that holds for all: outside the edited value, every byte stays.

use proptest::prelude::*;

use super::*;

const ORDER: &[&str] =
    &["id", "title", "type", "status", "created", "rank", "labels", "value", "effort"];

fn document(front: &str) -> Document {
    Document::parse("items/x.md", format!("---\n{front}---\n\nBody: [x]\n"))
}

/// The changed lines of an edit of front matter.
fn check(front: &str, edit: impl Fn(&Document) -> Result<String, Problem>) -> String {
    let before = document(front);
    assert!(before.is_readable(), "{:?}", before.problems());
    let after = match edit(&before) {
        Ok(after) => after,
        Err(problem) => return format!("refused: {}", problem.message),
    };
    let diff = similar::TextDiff::from_lines(before.text(), &after);
    let changes =
        diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    changes.map(|change| format!("{}{}", change.tag(), change.value())).collect()
}

fn set_text(front: &str, key: &str, text: &str) -> String {
    check(front, |document| set(document, key, &Value::Text(text.to_owned()), ORDER))
}

fn list(elements: &[&str]) -> Vec<String> {
    elements.iter().map(|element| (*element).to_owned()).collect()
}

#[test]
fn keeps_the_quotes_of_the_old_value() {
    assert_eq!(set_text("a: old\n", "a", "new"), "-a: old\n+a: new\n");
    assert_eq!(
        set_text("a: 'old'  # why\n", "a", "it's"),
        "-a: 'old'  # why\n+a: 'it''s'  # why\n"
    );
    assert_eq!(set_text("a: \"old\"\n", "a", "say \"é\""), "-a: \"old\"\n+a: \"say \\\"é\\\"\"\n");
    assert_eq!(set_text("a: old\n", "a", "old"), "");
}

#[test]
fn quotes_what_would_be_taken_for_something_else() {
    for text in [
        "no",
        "12",
        "1e3",
        "0x1F",
        "12:30",
        "1_000",
        "null",
        "~",
        "2026-11-23",
        "@ana",
        "a: b",
        "a #b",
        "- a",
        "",
        " a",
        "a ",
        "*x",
        "&x",
        "!x",
        "%x",
        "{a",
        "[a",
        "#a",
        "|",
        ">",
        "a:",
    ] {
        let result = set_text("a: old\n", "a", text);
        assert!(result.contains("+a: \"") || result.contains("+a: '"), "{text:?}: {result}");
    }
    for text in ["guest checkout", "2026-24", "v1.2.3", "a:b", "a#b", "Élan", "10 farms", "1.2.3"]
    {
        assert_eq!(set_text("a: old\n", "a", text), format!("-a: old\n+a: {text}\n"));
    }
    assert_eq!(set_text("a: old\n", "a", "one\ntwo\u{1b}"), "-a: old\n+a: \"one\\ntwo\\u001B\"\n");
}

#[test]
fn fills_an_empty_value_and_keeps_its_comment() {
    assert_eq!(set_text("a:   # why\nb: c\n", "a", "new"), "-a:   # why\n+a: new   # why\n");
    assert_eq!(set_text("a:\n", "a", "new"), "-a:\n+a: new\n");
    assert_eq!(set_text("a: ~\n", "a", "new"), "-a: ~\n+a: new\n");
}

#[test]
fn turns_a_block_of_text_into_one_line() {
    assert_eq!(
        set_text("a: |  # why\n  one\n\n  two\nb: c\n", "a", "new"),
        "-a: |  # why\n-  one\n-\n-  two\n+a: new  # why\n"
    );
    assert_eq!(set_text("a: >-\n  one\n  two\n", "a", "new"), "-a: >-\n-  one\n-  two\n+a: new\n");
    assert_eq!(set_text("a: one\n  two\nb: c\n", "a", "new"), "-a: one\n-  two\n+a: new\n");
    assert_eq!(set_text("a:\n  one\nb: c\n", "a", "new"), "-  one\n+  new\n");
}

#[test]
fn adds_a_key_at_its_place() {
    let front = "id: x\nstatus: a\nunknown: b\nvalue: 3\n# end\n";
    assert_eq!(set_text(front, "title", "T"), "+title: T\n");
    let place = |key: &str| {
        let text = set(&document(front), key, &Value::Literal("9".to_owned()), ORDER).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let at = lines.iter().position(|line| line.starts_with(key)).unwrap();
        lines[at - 1].to_owned()
    };
    assert_eq!(place("title"), "id: x");
    assert_eq!(place("rank"), "status: a");
    assert_eq!(place("effort"), "value: 3");
    assert_eq!(place("other"), "value: 3");
    let text = set(&document("status: a\n"), "id", &Value::Text("x".to_owned()), ORDER).unwrap();
    assert!(text.starts_with("---\nid: x\nstatus: a\n"), "{text}");
    let text = set(&document(""), "id", &Value::Text("x".to_owned()), ORDER).unwrap();
    assert!(text.starts_with("---\nid: x\n---\n"), "{text}");
}

#[test]
fn copies_the_line_ends_of_the_file() {
    let document = Document::parse("x.md", "\u{feff}---\r\nid: x\r\n---\r\n");
    let text = set(&document, "title", &Value::Text("T".to_owned()), ORDER).unwrap();
    assert_eq!(text, "\u{feff}---\r\nid: x\r\ntitle: T\r\n---\r\n");
    assert_eq!(remove(&Document::parse("x.md", text), "title").unwrap(), document.text());
}

#[test]
fn removes_a_key_with_all_its_lines() {
    let front = "a: b\nlist:\n  - one  # first\n  - two\nnote: |+\n  text\n\nz: y\n";
    assert_eq!(check(front, |it| remove(it, "list")), "-list:\n-  - one  # first\n-  - two\n");
    assert_eq!(check(front, |it| remove(it, "note")), "-note: |+\n-  text\n-\n");
    assert_eq!(check(front, |it| remove(it, "a")), "-a: b\n");
    assert_eq!(check(front, |it| remove(it, "nothing")), "");
    assert_eq!(check("a: b\n", |it| remove(it, "a")), "-a: b\n");
}

#[test]
fn adds_to_lists_of_every_form() {
    let add =
        |front: &str, new: &[&str]| check(front, |it| add_to_list(it, "labels", &list(new), ORDER));
    assert_eq!(
        add("labels: [a, b] # why\n", &["b", "c d"]),
        "-labels: [a, b] # why\n+labels: [a, b, c d] # why\n"
    );
    assert_eq!(add("labels: []\n", &["a", "b"]), "-labels: []\n+labels: [a, b]\n");
    assert_eq!(add("labels:\n", &["a"]), "-labels:\n+labels: [a]\n");
    assert_eq!(add("labels: a\n", &["b"]), "-labels: a\n+labels: [a, b]\n");
    assert_eq!(add("id: x\n", &["a, b"]), "+labels: [\"a, b\"]\n");
    assert_eq!(add("labels:\n  - a # first\n  - b\nz: y\n", &["c"]), "+  - c\n");
    assert_eq!(add("labels:\n- \"a\"\nz: y\n", &["c"]), "+- \"c\"\n");
    assert_eq!(add("labels: [\n  a, # first\n  b,\n]\n", &["c"]), "+  c,\n");
    assert_eq!(add("labels: [a]\n", &["a"]), "");
    assert_eq!(
        add("labels: {a: b}\n", &["c"]),
        "refused: items/x.md: labels is not a list of single values"
    );
}

#[test]
fn removes_from_lists_of_every_form() {
    let remove =
        |front: &str, gone: &[&str]| check(front, |it| remove_from_list(it, "labels", &list(gone)));
    assert_eq!(remove("labels: [a, b, c]\n", &["a"]), "-labels: [a, b, c]\n+labels: [b, c]\n");
    assert_eq!(remove("labels: [a, b, c]\n", &["b", "c"]), "-labels: [a, b, c]\n+labels: [a]\n");
    assert_eq!(remove("labels: [a, b, c]\n", &["a", "c"]), "-labels: [a, b, c]\n+labels: [b]\n");
    assert_eq!(remove("labels: [a] # why\n", &["a"]), "-labels: [a] # why\n+labels: [] # why\n");
    assert_eq!(remove("labels:\n  - a\n  # about b\n  - b\nz: y\n", &["a"]), "-  - a\n");
    assert_eq!(
        remove("labels: # why\n  - a\n  - b\nz: y\n", &["a", "b"]),
        "-labels: # why\n-  - a\n-  - b\n+labels: [] # why\n"
    );
    assert_eq!(remove("labels: a\n", &["a"]), "-labels: a\n");
    assert_eq!(remove("labels: [a]\n", &["x"]), "");
    assert!(remove("labels: [\n  a, # first\n  b\n]\n", &["a"]).starts_with("refused: "));
}

#[test]
fn replaces_a_list() {
    let replace = |front: &str, new: &[&str]| {
        check(front, |it| set(it, "labels", &Value::List(list(new)), ORDER))
    };
    assert_eq!(replace("labels: [a, b]\n", &["c"]), "-labels: [a, b]\n+labels: [c]\n");
    assert_eq!(
        replace("labels:\n  - a # one\n  - b\n", &["c", "b"]),
        "-  - a # one\n+  - c # one\n"
    );
    assert!(replace("labels:\n  - a\n", &["c", "b"]).starts_with("refused: "));
    assert!(set_text("labels: [a]\n", "labels", "b").starts_with("refused: "));
    assert!(set_text("labels: {a: b}\n", "labels", "b").starts_with("refused: "));
}

#[test]
fn refuses_what_it_cannot_edit() {
    for text in ["no front matter", "---\n{a: b}\n---\n", "---\na: [\n---\n"] {
        let document = Document::parse("x.md", text);
        assert!(set(&document, "a", &Value::Text("b".to_owned()), ORDER).is_err(), "{text}");
    }
}

// The law, over generated documents.

fn scalar() -> impl Strategy<Value = String> {
    let words = "[A-Za-z0-9éß][A-Za-z0-9 _.,:#'\"@/é-]{0,12}[a-z0-9]";
    prop_oneof![
        4 => words.prop_filter("plain", |text: &String| !text.contains(": ") && !text.contains(" #")),
        1 => "'[a-z #:]{0,8}'",
        1 => "\"[a-z #:]{0,8}\"",
        1 => Just(String::new()),
        1 => Just("~".to_owned()),
        1 => "\\[[a-z]{1,3}(, ?[a-z]{1,3}){0,3},?\\]",
        1 => Just("[]".to_owned()),
        1 => "\\{[a-z]: [a-z]{1,3}\\}",
        1 => "\n(  - [a-z]{1,4}( # [a-z]{1,3})?\n){0,2}  - [a-z]{1,4}",
        1 => "\n(- [a-z]{1,4}\n){0,2}- '[a-z]{1,4}'",
        1 => "[|>][+-]?( # c)?\n(  [a-z:# ]{0,6}[a-z]\n){1,2}(\n){0,2}  [a-z]{1,4}",
        1 => "\n  [a-z]: [a-z]{0,3}\n  b[a-z]: \\[[a-z]\\]",
        1 => "[a-z]{1,4}\n  [a-z]{1,4}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    let comment = || prop_oneof![6 => Just(String::new()), 1 => Just("  # why".to_owned())];
    let gap = || prop_oneof![8 => Just(""), 1 => Just("# between\n"), 1 => Just("\n")];
    let pair = ("[a-z]{2,6}", scalar(), comment(), gap());
    let ends = prop_oneof![3 => Just("\n"), 1 => Just("\r\n")];
    let body = prop_oneof![Just(""), Just("\nBody\n\n- [ ] a\n"), Just("no final line end")];
    (proptest::collection::vec(pair, 0..8), ends, any::<bool>(), body).prop_map(
        |(pairs, end, bom, body)| {
            let mut text = String::from("---\n");
            for (at, (key, value, comment, gap)) in pairs.into_iter().enumerate() {
                let blank = if value.is_empty() || value.starts_with('\n') { "" } else { " " };
                let comment =
                    if value.contains('\n') || value.is_empty() { String::new() } else { comment };
                text.push_str(&format!("{key}{at}:{blank}{value}{comment}\n{gap}"));
            }
            text.push_str(&format!("---\n{body}"));
            format!("{}{}", if bom { "\u{feff}" } else { "" }, text.replace('\n', end))
        },
    )
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        "\\PC{0,20}".prop_map(Value::Text),
        "[a-z \n\t#:'\"\\\\-]{0,10}".prop_map(Value::Text),
        "[0-9]{1,4}".prop_map(Value::Literal),
        proptest::collection::vec("[a-z0-9 ,\\[\\]#:'\"]{1,6}", 0..4).prop_map(Value::List),
        "[a-z0-9@. ,{}:'\"]{1,9}"
            .prop_map(|by| Value::Mapping(vec![("by", by), ("on", "2026-11-25".to_owned())])),
    ]
}

/// What an edit left of the text: the longest beginning and end that both have.
fn kept(before: &str, after: &str) -> (usize, usize) {
    let start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let most = before.len().min(after.len()) - start;
    let end = before
        .bytes()
        .rev()
        .zip(after.bytes().rev())
        .take(most)
        .take_while(|(a, b)| a == b)
        .count();
    (start, end)
}

/// Holds the law for one edit: the rest stays, the value reads back, and the edit is one place.
fn law(before: &Document, key: &str, value: &Value) -> Result<(), TestCaseError> {
    let Ok(text) = set(before, key, value, ORDER) else { return Ok(()) };
    let after = Document::parse(before.path(), text.as_str());
    prop_assert!(after.is_readable());
    match value {
        Value::Text(text) | Value::Literal(text) => {
            prop_assert_eq!(after.text_of(key).unwrap_or_default(), text.as_str());
        }
        Value::List(list) => prop_assert_eq!(&after.list_of(key).unwrap_or_default(), list),
        Value::Mapping(pairs) => {
            let wanted: serde_json::Value = pairs
                .iter()
                .map(|(key, text)| ((*key).to_owned(), serde_json::Value::from(text.as_str())))
                .collect();
            prop_assert_eq!(after.get(key).map(|node| node.to_json(after.text())), Some(wanted));
        }
    }
    let (start, end) = kept(before.text(), &text);
    let changed = Span::new(start, before.text().len() - end);
    if let Some(pair) = before.pair(key) {
        let own = pair.value().span();
        let is_inside = changed.start >= own.start.min(pair.key_span().end)
            && changed.end <= own.end.max(own.start);
        prop_assert!(
            changed.start >= changed.end || is_inside,
            "changed {changed:?}, value {own:?}"
        );
    } else {
        prop_assert!(changed.start >= changed.end, "a new key removed {changed:?}");
        let added = text[start..text.len() - end].matches('\n').count();
        prop_assert_eq!(added, 1);
    }
    for pair in before.pairs().iter().filter(|pair| !pair.has_key(before.text(), key)) {
        let name = pair.key(before.text());
        let json = after.get(&name).map(|node| node.to_json(&text));
        prop_assert_eq!(json, Some(pair.value().to_json(before.text())), "{}", name);
    }
    prop_assert_eq!(before.body(), after.body());
    Ok(())
}

/// The number of cases, more of them in a longer campaign.
fn cases() -> ProptestConfig {
    let asked = option_env!("GIT_BACKLOG_CASES").and_then(|cases| cases.parse().ok());
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(asked.unwrap_or(400)) }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_edit_changes_one_value_and_nothing_else(text in text(), value in value(), at in 0usize..9) {
        let before = Document::parse("items/x.md", text);
        let key = before.pairs().get(at).map(|pair| pair.key(before.text()).into_owned());
        law(&before, &key.unwrap_or_else(|| "status".to_owned()), &value)?;
    }

    #[test]
    fn what_is_added_to_a_list_can_be_taken_away_again(text in text(), new in "[a-z]{5}", at in 0usize..8) {
        let before = Document::parse("items/x.md", text);
        let Some(pair) = before.pairs().get(at) else { return Ok(()) };
        let key = pair.key(before.text()).into_owned();
        let Ok(longer) = add_to_list(&before, &key, std::slice::from_ref(&new), ORDER) else { return Ok(()) };
        let longer = Document::parse("items/x.md", longer);
        prop_assert_eq!(longer.list_of(&key).unwrap_or_default().last().map(|it| it.to_string()), Some(new.clone()));
        let Ok(again) = remove_from_list(&longer, &key, &[new]) else { return Ok(()) };
        let again = Document::parse("items/x.md", again);
        prop_assert_eq!(before.list_of(&key), again.list_of(&key));
        prop_assert_eq!(before.body(), again.body());
    }

    #[test]
    fn a_removed_key_leaves_the_others(text in text(), at in 0usize..8) {
        let before = Document::parse("items/x.md", text);
        let Some(pair) = before.pairs().get(at) else { return Ok(()) };
        let key = pair.key(before.text()).into_owned();
        let Ok(after) = remove(&before, &key) else { return Ok(()) };
        prop_assert!(before.text().len() > after.len());
        let after = Document::parse("items/x.md", after);
        prop_assert!(after.get(&key).is_none());
        prop_assert_eq!(after.pairs().len() + 1, before.pairs().len());
    }
}
