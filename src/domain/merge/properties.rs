//! Laws of all merges, held against an oracle that knows nothing of ours: the YAML reader of the
//! configuration, and Git.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

type Fields = BTreeMap<String, serde_yaml::Value>;

/// `GIT_BACKLOG_CASES` asks for more than the few that every run of the tests can afford.
#[expect(clippy::disallowed_methods, reason = "how long to test is no input of the domain")]
fn config() -> ProptestConfig {
    let cases = std::env::var("GIT_BACKLOG_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: cases.unwrap_or(400),
        failure_persistence: None,
        max_global_rejects: u32::MAX,
        ..Default::default()
    }
}

const ITEM: &str = "---\nid: BL-7k3qd\ntitle: Guest checkout # working title\ntype: story\n\
    status: ready\ncreated: 2026-11-23\nrank: mbbb\nassignee: ana@example.org\n# from the survey\n\
    value: 5\nlabels: [checkout, guest]\neffort: 3\ndepends_on:\n  - BL-22222\n  - BL-33333\n\
    source: {tool: jira, key: 'X-1'}\nnote: |\n  two\n  lines\n---\n\nAs a guest, I want to pay.\n\n\
    ## Acceptance criteria\n\n- [ ] One step pays the order\n- [x] No account is asked for ^ac-k3\n\
    - [ ] The total is shown\n\n## Notes\n\nFirst paragraph.\n\nSecond paragraph.\n\nThird paragraph.\n";

fn headings() -> Vec<String> {
    vec!["Acceptance criteria".to_owned()]
}

fn merged(base: &str, one: &str, other: &str) -> Merged {
    documents(base, one, other, &headings(), MARKER)
}

/// A value of front matter, as people write it.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => " (ready|review|done|mbbb|mccd|mbz b|2026-11-2[3-6]|[1-9])",
        2 => " [a-z]{1,3}( # [a-z]{1,3})?",
        1 => Just(String::new()),
        1 => " ('[a-z :]{0,3}'|\"[a-z :#]{0,3}\")",
        3 => " \\[[abc](, [def])?(, [ghi])?\\]",
        1 => Just(" []".to_owned()),
        1 => " \\{[a-b]: [a-c]\\}",
        1 => Just(" {yaml: x}".to_owned()),
        2 => "(\n  - [abc])(\n  - [def])?(\n  - [ghi] # c)?",
        1 => " [|>][+-]?\n  [a-z]{1,2}(\n\n  [a-z])?(\n\n)?",
        1 => "\n  [ab]: [a-c]\n  c: \\[[a-c]\\]",
        1 => " [a-z]\n  [a-z]",
    ]
}

/// Front matter over a few keys, so that sides meet.
fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    let key = prop_oneof!["(a|b|c|'d e'|x_[1-3])", "(status|rank|started|done|labels|assignee)",];
    let gap =
        prop_oneof![6 => Just(""), 1 => Just("# above\n"), 1 => Just("\n"), 1 => Just("# too\n")];
    let pair = (key, value(), gap);
    proptest::collection::vec(pair, 0..6).prop_map(|pairs| {
        let mut seen: Vec<String> = Vec::new();
        let mut lines = Vec::new();
        for (key, value, gap) in pairs {
            if !seen.contains(&key) {
                lines.push((key.clone(), format!("{gap}{key}:{value}\n")));
                seen.push(key);
            }
        }
        lines
    })
}

fn body() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        3 => "- \\[[ x]\\] [a-c] [d-f]( g)?\n",
        2 => "[a-d]\n",
        1 => Just("\n".to_owned()),
        1 => Just("## Notes\n".to_owned()),
        1 => "\\| [ab] \\|\n",
        1 => "(```|```gherkin|<<<<<<< x|=======|>>>>>>> y|  - b|1\\. c|---)\n",
    ];
    let head = prop_oneof![Just(""), Just("\n## Acceptance criteria\n\n")];
    let last = prop_oneof![4 => Just(""), 1 => Just("end")];
    (head, proptest::collection::vec(line, 0..7), last)
        .prop_map(|(head, lines, last)| format!("{head}{}{last}", lines.concat()))
}

/// A document, and one that somebody made of it.
fn version(base: Vec<(String, String)>, body: String) -> impl Strategy<Value = String> {
    let base = std::sync::Arc::new(base);
    let edits = proptest::collection::vec((any::<Index>(), value(), 0..4_usize), 0..3);
    let other_body = prop_oneof![2 => Just(body), 1 => self::body()];
    (edits, pairs(), any::<bool>(), other_body).prop_map(move |(edits, new, adds, body)| {
        let mut pairs = base.to_vec();
        for (at, value, what) in edits {
            if pairs.is_empty() {
                break;
            }
            let at = at.index(pairs.len());
            match what {
                0 => drop(pairs.remove(at)),
                1 => {
                    let moved = pairs.remove(at);
                    pairs.push(moved);
                }
                _ => pairs[at].1 = format!("{}:{value}\n", pairs[at].0),
            }
        }
        for pair in new.into_iter().take(usize::from(adds)) {
            if !pairs.iter().any(|(key, _)| *key == pair.0) {
                pairs.push(pair);
            }
        }
        let front: String = pairs.iter().map(|(_, lines)| lines.as_str()).collect();
        format!("---\n{front}---\n{body}")
    })
}

/// Three versions of a generated document.
fn generated() -> impl Strategy<Value = [String; 3]> {
    (pairs(), body()).prop_flat_map(|(pairs, body)| {
        let front: String = pairs.iter().map(|(_, lines)| lines.as_str()).collect();
        let base =
            prop_oneof![5 => Just(format!("---\n{front}---\n{body}")), 1 => Just(String::new())];
        let side = || version(pairs.clone(), body.clone());
        (base, side(), side()).prop_map(|(base, one, other)| [base, one, other])
    })
}

/// Three versions of a realistic item by random edits of lines.
fn edited() -> impl Strategy<Value = [String; 3]> {
    let line = "(status: done|rank: mccc|- \\[x\\] new [ab]|[a-z ]{0,6}|---|labels: \\[a\\]|  - BL-44444|\u{0}|<<<<<<< x)";
    let edit = (any::<Index>(), 0..4_usize, line);
    let side = || {
        proptest::collection::vec(edit.clone(), 0..4).prop_map(|edits| {
            let mut lines: Vec<String> = ITEM.lines().map(str::to_owned).collect();
            for (at, what, text) in edits {
                let at = at.index(lines.len());
                match what {
                    0 if lines.len() > 1 => drop(lines.remove(at)),
                    1 => lines.insert(at, text),
                    2 if at + 1 < lines.len() => lines.swap(at, at + 1),
                    _ => lines[at] = text,
                }
            }
            lines.join("\n") + "\n"
        })
    };
    (side(), side()).prop_map(|(one, other)| [ITEM.to_owned(), one, other])
}

const COMMENTS: [&str; 5] = ["# one", "# two", "# three", "# four", "# five"];

/// Three versions of front matter with comments above and behind the values.
fn commented() -> impl Strategy<Value = [String; 3]> {
    let comment = || proptest::option::weighted(0.4, proptest::sample::select(&COMMENTS[..]));
    let value = prop_oneof![
        4 => " [12]",
        1 => Just(" |".to_owned()),
        1 => " \\[[ab], [cd]\\]",
        1 => Just(String::new()),
    ];
    let element = ("[a-d]", comment());
    let list = proptest::collection::vec(element, 0..3);
    let field = (comment(), value, comment(), list);
    let side = || {
        proptest::collection::vec(proptest::option::weighted(0.7, field.clone()), 4).prop_map(
            |fields| {
                let mut text = "---\n".to_owned();
                for (key, field) in ["a", "b", "labels", "conflicts"].iter().zip(fields) {
                    let Some((above, value, behind, list)) = field else { continue };
                    let behind = behind.map(|it| format!(" {it}")).unwrap_or_default();
                    text += &above.map(|it| format!("{it}\n")).unwrap_or_default();
                    text += &match (*key, value.as_str()) {
                        ("conflicts", _) => format!("conflicts:{behind}\n"),
                        (_, " |") => format!("{key}: |{behind}\n  # text\n"),
                        _ => format!("{key}:{value}{behind}\n"),
                    };
                    let is_list = value.is_empty() || *key == "conflicts";
                    for (element, comment) in list.iter().filter(|_| is_list) {
                        let comment = comment.map(|it| format!(" {it}")).unwrap_or_default();
                        let pair = if *key == "conflicts" { "a: " } else { "" };
                        text += &format!("- {pair}{element}{comment}\n");
                    }
                }
                text + "---\n"
            },
        )
    };
    (side(), side(), side()).prop_map(|(base, one, other)| [base, one, other])
}

fn any_versions() -> impl Strategy<Value = [String; 3]> {
    prop_oneof![3 => generated(), 1 => edited()]
}

fn is_readable(text: &str) -> bool {
    text.is_empty() || Document::parse("", text).is_readable()
}

/// The fields as another reader sees them.
fn fields(text: &str) -> Option<Fields> {
    if text.is_empty() {
        return Some(Fields::new());
    }
    let inner = text.split_once("---\n")?.1;
    let end = if inner.starts_with("---") { 0 } else { inner.find("\n---")? + 1 };
    if inner[..end].trim().is_empty() {
        return Some(Fields::new());
    }
    serde_yaml::from_str(&inner[..end]).ok()
}

/// A value as text, so that spellings of one value are one.
fn said(value: &serde_yaml::Value) -> String {
    match value {
        serde_yaml::Value::String(text) => text.clone(),
        other => serde_json::to_string(other).unwrap(),
    }
}

/// A value of the list of conflicts, as it was in the field.
fn wished(value: &serde_yaml::Value) -> String {
    let lines = value.as_mapping().filter(|it| it.len() == 1).and_then(|it| it.get("yaml"));
    match lines.and_then(serde_yaml::Value::as_str) {
        Some(lines) => {
            let field: Fields = serde_yaml::from_str(&format!("k:{lines}")).unwrap();
            said(&field["k"])
        }
        None => said(value),
    }
}

/// Whether a value of a side is somewhere: in the result, in the base, in a list, or in a note.
fn is_kept(
    key: &str,
    value: &serde_yaml::Value,
    base: &Fields,
    result: &Fields,
    merged: &Merged,
) -> bool {
    let is_same = |other: &serde_yaml::Value| said(other) == said(value);
    let listed = || {
        let list = result.get("conflicts").and_then(serde_yaml::Value::as_sequence);
        list.into_iter()
            .flatten()
            .any(|entry| entry.get(key).is_some_and(|it| wished(it) == said(value)))
    };
    let elements = |value: &serde_yaml::Value| match value {
        serde_yaml::Value::Null => Vec::new(),
        serde_yaml::Value::Sequence(list) => list.iter().map(said).collect(),
        single => vec![said(single)],
    };
    let in_list = || {
        let Some(now) = result.get(key).map(elements) else {
            return base.get(key).is_some_and(|it| {
                let old = elements(it);
                elements(value).iter().all(|it| old.contains(it))
            });
        };
        let old = base.get(key).map(elements).unwrap_or_default();
        elements(value).iter().all(|it| now.contains(it) || old.contains(it))
    };
    let noted = || merged.notes.iter().any(|it| it.starts_with(key) && it.contains(&said(value)));
    result.get(key).is_some_and(is_same)
        || base.get(key).is_some_and(is_same)
        || (value.is_null() && result.get(key).is_none())
        || listed()
        || noted()
        || ([Some(value), result.get(key), base.get(key)]
            .into_iter()
            .flatten()
            .any(|it| it.is_sequence())
            && in_list())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_merge_is_symmetric_and_idempotent([base, one, other] in any_versions()) {
        let result = merged(&base, &one, &other);
        prop_assert_eq!(&result, &merged(&base, &other, &one));
        prop_assert_eq!(merged(&base, &one, &one).text, one.clone());
        prop_assert_eq!(merged(&base, &base, &one).text, one.clone());
        prop_assert_eq!(merged(&base, &one, &base).text, one);
    }

    #[test]
    fn nothing_vanishes([base, one, other] in any_versions()) {
        let result = merged(&base, &one, &other);
        prop_assume!([&base, &one, &other].into_iter().all(|it| is_readable(it)));
        if result.conflicts.iter().any(|it| matches!(it, Conflict::Unreadable { .. })) {
            return Ok(());
        }
        let (Some(was), Some(a), Some(b)) = (fields(&base), fields(&one), fields(&other)) else { return Ok(()) };
        let Some(now) = fields(&result.text) else {
            return Err(TestCaseError::fail(format!("not YAML: {}", result.text)));
        };
        for (key, value) in a.iter().chain(&b) {
            prop_assert!(is_kept(key, value, &was, &now, &result), "{key}: {value:?} is not in\n{}", result.text);
        }
        for line in Document::parse("", &*one).body().lines().chain(Document::parse("", &*other).body().lines()) {
            let words = line.trim_start_matches("- [x] ").trim_start_matches("- [ ] ");
            prop_assert!(result.text.contains(words) || base.contains(words), "{line} is not in\n{}", result.text);
        }
    }

    #[test]
    fn no_comment_of_a_side_vanishes([base, one, other] in commented()) {
        let result = merged(&base, &one, &other);
        let has = |text: &str, word: &str| text.lines().any(|line| line.ends_with(word));
        for word in COMMENTS {
            let is_new = !has(&base, word) && (has(&one, word) || has(&other, word));
            prop_assert!(!is_new || has(&result.text, word), "{word} is not in\n{}", result.text);
        }
    }

    #[test]
    fn what_could_be_read_can_be_read([base, one, other] in any_versions()) {
        prop_assume!([&base, &one, &other].into_iter().all(|it| is_readable(it)));
        let result = merged(&base, &one, &other);
        let has_marks = result.conflicts.iter().any(|it| !matches!(it, Conflict::Field { .. }));
        prop_assert!(has_marks || is_readable(&result.text), "{}", result.text);
        if !has_marks {
            let document = Document::parse("", &*result.text);
            let names = |list: &[Conflict]| list.iter().filter_map(|it| match it {
                Conflict::Field { name, either, .. } => Some((name.clone(), either.clone())),
                _ => None,
            }).collect::<std::collections::BTreeSet<_>>();
            prop_assert_eq!(names(&open(&document)), names(&result.conflicts));
        }
    }

    #[test]
    fn a_wish_is_chosen_to_the_byte([base, one, other] in generated()) {
        let result = merged(&base, &one, &other);
        prop_assume!(is_readable(&result.text));
        let document = Document::parse("", &*result.text);
        for conflict in open(&document) {
            let Conflict::Field { name, either, .. } = conflict else { continue };
            for value in either {
                let text = choose(&document, &name, &value, &[]);
                prop_assert!(text.is_ok(), "{name}: {value}: {text:?}\n{}", result.text);
                let chosen = Document::parse("", text.unwrap());
                prop_assert!(chosen.is_readable());
                let now = chosen.get(&name).map(|it| it.span().of(chosen.text()).to_owned());
                let was = [&one, &other].map(|side| {
                    let side = Document::parse("", side.as_str());
                    side.get(&name).map(|it| it.span().of(side.text()).to_owned()).filter(|it| !it.is_empty())
                });
                prop_assert!(was.contains(&now), "{name}: {now:?} of {was:?}");
            }
        }
    }

    #[test]
    fn edits_of_different_fields_never_conflict(a in 0..6_usize, b in 0..6_usize, text in "[a-z]{1,5}", tick in any::<bool>()) {
        prop_assume!(a != b);
        let edit = |which: usize| {
            let (from, to) = [
                ("status: ready", format!("status: {text}")),
                ("rank: mbbb", "rank: mccc".to_owned()),
                ("ana@example.org", format!("{text}@example.org")),
                ("value: 5", "value: 8".to_owned()),
                ("- [ ] One step", "- [x] One step".to_owned()),
                ("- [x] No account", if tick { "- [ ] No account" } else { "- [x] Never an account" }.to_owned()),
            ][which].clone();
            ITEM.replacen(from, &to, 1)
        };
        let result = merged(ITEM, &edit(a), &edit(b));
        prop_assert!(result.is_clean(), "{:?}", result.conflicts);
        let both = [("source: {tool: jira, key: 'X-1'}\n"), ("# from the survey\n"), ("note: |\n  two\n  lines\n")];
        prop_assert!(both.iter().all(|it| result.text.contains(it)));
        prop_assert_eq!(result.text.lines().filter(|it| !ITEM.contains(*it)).count() <= 2, true);
    }
}
