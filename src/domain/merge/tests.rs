//! Merges by example, a case for each rule.

use super::*;

fn headings() -> Vec<String> {
    vec!["Acceptance criteria".to_owned()]
}

/// Merges, in both orders of the sides.
fn merged(base: &str, one: &str, other: &str) -> Merged {
    let merged = documents(base, one, other, &headings(), MARKER);
    assert_eq!(merged, documents(base, other, one, &headings(), MARKER), "symmetry");
    merged
}

fn check(base: &str, one: &str, other: &str, expected: &str) {
    let merged = merged(base, one, other);
    assert_eq!(merged.text, expected, "{:?}", merged.conflicts);
}

/// The same for the lines of front matter.
fn front(base: &str, one: &str, other: &str, expected: &str) {
    let [base, one, other, expected] =
        [base, one, other, expected].map(|it| format!("---\n{it}---\n"));
    check(&base, &one, &other, &expected);
}

/// The same for acceptance criteria.
fn list(base: &str, one: &str, other: &str, expected: &str) {
    let document =
        |list: &str| format!("---\nid: a\n---\n\n## Acceptance criteria\n\n{list}\n## Notes\n");
    check(&document(base), &document(one), &document(other), &document(expected));
}

#[test]
fn different_fields_never_conflict() {
    front("a: 1\nb: 1\n", "a: 2\nb: 1\n", "a: 1\nb: 2\n", "a: 2\nb: 2\n");
    front(
        "a: 1\n# why\nb: 1\n",
        "a: 2\n# why\nb: 1\n",
        "a: 1\n# because\nb: 1\n",
        "a: 2\n# because\nb: 1\n",
    );
    front("a: 1\nb: 1\n", "b: 1\n", "a: 1\nb: 2\n", "b: 2\n");
    front("a: 1\n", "a: 1\nb: 2\n", "a: 1\nc: 3\n", "a: 1\nb: 2\nc: 3\n");
    front("b: 1\nc: 1\n", "a: 0\nb: 1\nc: 1\n", "b: 1\nx: 2\nc: 2\n", "a: 0\nb: 1\nx: 2\nc: 2\n");
    front("a: 1\nb: 1\n", "b: 1\na: 1\n", "a: 1\nb: 2\n", "b: 2\na: 1\n");
}

#[test]
fn the_same_value_in_two_spellings_is_one() {
    front("a: 1\n", "a: 'x'\n", "a: x\n", "a: 'x'\n");
    front("a: 1 # why\n", "a: 1  # because\n", "a: 2 # why\n", "a: 2  # because\n");
    front("a: [x]\n", "a:\n  - x\n", "a: [x, y]\n", "a: [x, y]\n");
}

#[test]
fn two_values_are_listed_and_the_old_one_stays() {
    front(
        "status: ready\nz: 1\n",
        "status: done\nz: 2\n",
        "status: review\nz: 1\n",
        "status: ready\nz: 2\nconflicts:\n- status: done\n- status: review\n",
    );
    front("a: 1\nb: 1\n", "b: 1\n", "a: 2\nb: 1\n", "a: 1\nb: 1\nconflicts:\n- a:\n- a: 2\n");
    front("b: 1\n", "a: 1\nb: 1\n", "a: 2\nb: 1\n", "b: 1\nconflicts:\n- a: 1\n- a: 2\n");
    front(
        "a: x\n# end\n",
        "a: |\n  one\n# end\n",
        "a: {b: c}\n# end\n",
        "a: x\nconflicts:\n- a: {b: c}\n- a: {yaml: \" |\\n  one\\n\"}\n# end\n",
    );
}

#[test]
fn lists_are_merged_as_sets() {
    front("a: [u, v]\n", "a: [v]\n", "a: [u, v, w]\n", "a: [v, w]\n");
    front(
        "a:\n  - x # why\n  - y\n",
        "a:\n  - x # why\n",
        "a:\n  - x # why\n  - y\n  - z\n",
        "a:\n  - x # why\n  - z\n",
    );
    front("a: 1\n", "a: 1\nb: [u]\n", "a: 1\nb: [v]\n", "a: 1\nb: [u, v]\n");
    front("b: [u]\n", "c: 1\n", "b: [u, v]\n", "c: 1\nb: [v]\n");
    front(
        "a: [1]\n",
        "a: [1, 2]\n",
        "a: [1, 3]\n",
        "a: [1]\nconflicts:\n- a: [1, 2]\n- a: [1, 3]\n",
    );
}

#[test]
fn ranks_and_days_have_a_rule_and_a_note() {
    front("rank: mbbb\n", "rank: mccc\n", "rank: mddd\n", "rank: mccc\n");
    front("started:\n", "started: 2026-01-02\n", "started: 2026-01-01\n", "started: 2026-01-01\n");
    front(
        "a: 1\n",
        "a: 1\ndone: 2026-01-02\n",
        "a: 1\ndone: 2026-01-01\n",
        "a: 1\ndone: 2026-01-02\n",
    );
    let result =
        merged("---\nrank: mbbb\n---\n", "---\nrank: mddd\n---\n", "---\nrank: mccc\n---\n");
    assert_eq!(result.notes, ["rank: mccc, the smaller of two; the other was mddd"]);
    assert!(result.is_clean());
    front(
        "rank: mbbb\n",
        "rank: 1\n",
        "rank: mccc\n",
        "rank: mbbb\nconflicts:\n- rank: 1\n- rank: mccc\n",
    );
}

#[test]
fn conflicts_are_a_set_of_their_own() {
    let open = "status: ready\nconflicts:\n- status: done\n- status: review\n";
    front(open, "status: done\n", &format!("z: 1\n{open}"), "z: 1\nstatus: done\n");
    front(
        "status: ready\na: 1\n",
        "status: ready\na: 1\nconflicts:\n- status: done\n",
        "status: ready\na: 2\nconflicts:\n- a: 3\n",
        "status: ready\na: 2\nconflicts:\n- a: 3\n- status: done\n",
    );
}

#[test]
fn criteria_are_merged_one_by_one() {
    list("- [ ] a\n- [ ] b\n", "- [x] a\n- [ ] b\n", "- [ ] a\n- [x] b\n", "- [x] a\n- [x] b\n");
    list(
        "- [ ] one two\n- [ ] b\n",
        "- [x] one two\n- [ ] b\n",
        "- [ ] one two three\n- [ ] b\n",
        "- [x] one two three\n- [ ] b\n",
    );
    list("- [ ] a\n", "- [ ] a\n- [ ] b\n", "- [ ] a\n- [ ] c\n", "- [ ] a\n- [ ] b\n- [ ] c\n");
    list("- [ ] a\n- [ ] b\n", "- [ ] b\n", "- [ ] a\n- [x] b\n", "- [x] b\n");
    list("- [ ] a\n- [ ] b\n", "- [ ] b\n", "- [x] a\n- [ ] b\n", "- [x] a\n- [ ] b\n");
    list(
        "- [ ] a  \n- [ ] b\n",
        "- [x] a  \n- [ ] b\n",
        "- [ ] a  \n- [x] b\n",
        "- [x] a  \n- [x] b\n",
    );
    list("- [ ] a\n- [ ] b\n", "- [ ] b\n- [ ] a\n", "- [ ] a\n- [x] b\n", "- [x] b\n- [ ] a\n");
    list(
        "- [ ] a\n\n- [ ] b\n",
        "- [ ] a\n\n- [x] b\n",
        "- [ ] n\n\n- [ ] a\n\n- [ ] b\n",
        "- [ ] n\n\n- [ ] a\n\n- [x] b\n",
    );
    list(
        "- [ ] pay by card ^k\n- [ ] b\n",
        "- [ ] pay by invoice ^k\n- [ ] b\n",
        "- [x] pay by cash ^k\n- [ ] b\n",
        "<<<<<<< either\n- [x] pay by cash ^k\n||||||| was\n- [x] pay by card ^k\n=======\n- [x] pay by invoice ^k\n>>>>>>> or\n- [ ] b\n",
    );
}

#[test]
fn text_is_merged_by_lines() {
    let of = |text: &str| format!("---\nid: a\n---\n{text}");
    let body = |base: &str, one: &str, other: &str, expected: &str| {
        check(&of(base), &of(one), &of(other), &of(expected));
    };
    body("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n");
    body(
        "a\nb\nc\n",
        "a\nx\n1\nc\n",
        "a\nx\n2\nc\n",
        "a\nx\n<<<<<<< either\n1\n||||||| was\nb\n=======\n2\n>>>>>>> or\nc\n",
    );
    body("- a\n\nend\n", "- a\n- c\n\nend\n", "- a\n- b\n\nend\n", "- a\n- b\n- c\n\nend\n");
    body("|a|\n|-|\n\n", "|a|\n|-|\n|x|\n\n", "|a|\n|-|\n|y|\n\n", "|a|\n|-|\n|x|\n|y|\n\n");
    body("a", "b", "c", "<<<<<<< either\nb\n||||||| was\na\n=======\nc\n>>>>>>> or\n");
}

#[test]
fn comments_stay_where_their_field_does_not() {
    front("due: 1\nz: 1\n", "z: 1\n", "# agreed\ndue: 1\nz: 1\n", "# agreed\nz: 1\n");
    front("due: 1\n", "", "due: 1 # agreed\n", "# agreed\n");
    front(
        "z: 1\n",
        "z: 1\n# ann\na: 3 # says\n",
        "z: 1\n# bob\na: 5 # too\n",
        "z: 1\n# ann\n# says\n# bob\n# too\nconflicts:\n- a: 3\n- a: 5\n",
    );
    front(
        "a: 1\n",
        "a: 3 # ann\n",
        "a: 5 # bob\n",
        "# ann\n# bob\na: 1\nconflicts:\n- a: 3\n- a: 5\n",
    );
    front(
        "a: [u]\n",
        "a:\n  - u\n  - v # v is new\n",
        "a:\n  - u\n  # w is new\n  - w\n",
        "# v is new\na:\n  - u\n  # w is new\n  - w\n  - v\n",
    );
    front(
        "a: |\n  # no comment\n",
        "a: | # why\n  # neither\n",
        "b: 1\n",
        "b: 1\n# why\na: |\n  # no comment\nconflicts:\n- a:\n- a: {yaml: \" | # why\\n  # neither\\n\"}\n",
    );
    front(
        "conflicts:\n- a: 1\n",
        "# ask ann\nconflicts:\n- a: 1 # hers\n",
        "conflicts:\n- a: 1\n- a: 2\n",
        "# hers\n# ask ann\nconflicts:\n- a: 1\n- a: 2\n",
    );
}

#[test]
fn only_rows_that_do_each_other_no_harm_are_put_below_each_other() {
    let of = |text: &str| format!("---\nid: a\n---\n{text}");
    let is_clean =
        |base: &str, one: &str, other: &str| merged(&of(base), &of(one), &of(other)).is_clean();
    assert!(!is_clean("", "1. open\n2. save\n3. close\n", "1. open\n2. delete\n3. close\n"));
    assert!(!is_clean("", "```yaml\n- a: 1\n```\n", "```yaml\n- b: 2\n- a: 1\n- a: 1\n```\n"));
    let fence = "~~~~ yaml\n~~~\n~~~~\n```\nx\n```\n";
    let inside = |text: &str| fence.replace("x\n", &format!("x\n{text}"));
    assert!(!is_clean(fence, &inside("- a\n"), &inside("- b\n")));
    let below = |text: &str| of(&format!("{fence}{text}"));
    check(&below(""), &below("- a\n"), &below("- b\n- a\n- a\n"), &below("- a\n- b\n- a\n"));
}

#[test]
fn line_breaks_of_one_side_are_those_of_the_result() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let (base, other) = ("---\na: 1\nb: 1\n---\n", "---\na: 1\nb: 2\n---\nx\n");
    check(base, &crlf(base), other, &crlf(other));
    check(
        &crlf(base),
        &crlf("---\na: 2\nb: 1\n---\n"),
        &crlf(other),
        &crlf("---\na: 2\nb: 2\n---\nx\n"),
    );
}

#[test]
fn what_cannot_be_read_is_merged_by_lines_and_told() {
    let merged = merged("---\na: 1\n---\n", "---\na: [\n---\n", "---\na: 2\n---\n");
    assert!(matches!(merged.conflicts[0], Conflict::Unreadable { .. }), "{merged:?}");
    assert!(
        merged
            .text
            .contains("<<<<<<< either\na: 2\n||||||| was\na: 1\n=======\na: [\n>>>>>>> or\n"),
        "{}",
        merged.text
    );
    for text in ["", "x", "\0", "---", "---\n---", "\u{feff}---\na: 1\n---\n"] {
        for other in ["---\na: 2\n---\nbody", "\0\0", "---\n{a: 1}\n---\n", "y"] {
            let merged = documents("---\na: 1\n---\n", text, other, &headings(), MARKER);
            assert!(!merged.text.is_empty());
        }
    }
}

#[test]
fn a_conflict_is_decided() {
    let text = "---\na: 1\nb: 2\nconflicts:\n- a: {yaml: \" |\\n  one\\n\"}\n- b:\n- b: 3\n---\n";
    let document = |text: &str| Document::parse("x.md", text);
    let conflicts = open(&document(text));
    let field = |name: &str, was: &str, either: &[&str]| Conflict::Field {
        name: name.to_owned(),
        was: Some(was.to_owned()),
        either: either.iter().map(|it| (*it).to_owned()).collect(),
    };
    assert_eq!(
        conflicts,
        [field("a", "1", &["{yaml: \" |\\n  one\\n\"}"]), field("b", "2", &["", "3"])]
    );
    let first = choose(&document(text), "a", "{yaml: \" |\\n  one\\n\"}", &[]).unwrap();
    assert_eq!(first, "---\na: |\n  one\nb: 2\nconflicts:\n- b:\n- b: 3\n---\n");
    let value = crate::domain::edit::Value::Text("new".to_owned());
    assert_eq!(
        decide(&document(&first), "b", Some(&value), &[]).unwrap(),
        "---\na: |\n  one\nb: new\n---\n"
    );
    assert_eq!(choose(&document(&first), "b", "", &[]).unwrap(), "---\na: |\n  one\n---\n");
}

#[test]
fn large_texts_take_no_longer_than_their_size_allows() {
    let of = |text: &str| format!("---\nid: a\n---\n{text}");
    let numbered: Vec<String> = (0..70_000).map(|nth| format!("line {nth}\n")).collect();
    let with = |every: usize, text: &str| -> String {
        let line = |(nth, line): (usize, &String)| match nth % every == every / 2 {
            true => format!("{text} {nth}\n"),
            false => line.clone(),
        };
        numbered.iter().enumerate().map(line).collect()
    };
    let merged = merged(&of(&numbered.concat()), &of(&with(10, "one")), &of(&with(16, "other")));
    assert_eq!(merged.text.matches("one ").count(), 7_000);
    let (few, many) = ("a\nb\n".repeat(50_000), "b\na\na\n".repeat(40_000));
    let merged = documents(&of(&few), &of(&many), &of(&"c\n".repeat(100_000)), &headings(), MARKER);
    assert!(!merged.is_clean());
    let rows =
        |side: &str| -> String { (0..10_000).map(|nth| format!("- {side} {nth}\n")).collect() };
    let merged = documents(&of(""), &of(&rows("x")), &of(&rows("y")), &headings(), MARKER);
    assert_eq!(merged.text.lines().count(), 20_003);
    let every = |side: &str| -> String {
        (0..20_000)
            .map(
                |nth| {
                    if nth % 2 == 0 { format!("line {nth}\n") } else { format!("{side} {nth}\n") }
                },
            )
            .collect()
    };
    let merged =
        documents(&of(&every("a")), &of(&every("b")), &of(&every("c")), &headings(), MARKER);
    assert_eq!(merged.conflicts.len(), 10_000);
    assert_eq!(merged.conflicts[9_999], Conflict::Text { line: 4 + 9_999 * 8 + 1 });
}
