//! Criteria as people write them, and each change of them.

use super::*;

const BODY: &str = "As a shopper, I want to pay.\n\
    \n\
    ## Acceptance criteria\n\
    \n\
    - [ ] One step.\n\
    - [x] No account, **ever**. ^ac-k3\n\
    \u{20} - [ ] nested detail\n\
    - plain\n\
    \n\
    ### Later\n\
    \n\
    * [ ] After a heading of a lower level.\n\
    \n\
    ## Notes\n\
    \n\
    - [ ] not a criterion\n";

fn of(text: &str) -> Criteria {
    criteria(text, 0, &["Acceptance criteria".to_owned()])
}

fn words(text: &str) -> Vec<String> {
    let line = |criterion: &Criterion| {
        let mark = match criterion.checked {
            Some(true) => "x",
            Some(false) => " ",
            None => "-",
        };
        let id = criterion.id.as_ref().map(|id| format!(" ^{id}")).unwrap_or_default();
        format!("{} [{mark}] {}{id}", criterion.ordinal, criterion.text)
    };
    of(text).list.iter().map(line).collect()
}

#[test]
fn finds_the_list_under_its_heading() {
    assert_eq!(
        words(BODY),
        [
            "1 [ ] One step.",
            "2 [x] No account, **ever**. ^ac-k3",
            "3 [-] plain",
            "4 [ ] After a heading of a lower level."
        ]
    );
}

#[test]
fn knows_other_spellings_of_the_heading_and_of_lists() {
    let one = |text: &str| words(text).join("|");
    assert_eq!(one("# ACCEPTANCE CRITERIA:\n1. [ ] a\n2. [X] b\n"), "1 [ ] a|2 [x] b");
    assert_eq!(one("Acceptance Criteria\n---\r\n\r\n+ [ ] a\r\n  more\r\n"), "1 [ ] a\r\n  more");
    assert_eq!(
        one("## Acceptance criteria\n\n- [ ] a\n\n- [ ] b\n\n  detail\n"),
        "1 [ ] a|2 [ ] b"
    );
    assert_eq!(one("```\n## Acceptance criteria\n- [ ] a\n```\n"), "");
    assert_eq!(one("> ## Acceptance criteria\n> - [ ] quoted\n"), "");
    assert_eq!(
        one("## Acceptance criteria\n<!-- AC:BEGIN -->\n- [ ] #1 a\n<!-- AC:END -->\n"),
        "1 [ ] #1 a"
    );
    assert_eq!(one("## Acceptance criteria\n\n- [ ]\n- [ ] \n"), "1 [ ] |2 [ ] ");
}

#[test]
fn reads_the_scenarios_of_gherkin() {
    let text = "## Acceptance criteria\n\n```gherkin\nFeature: x\n  Scenario: A\n    Given a\n    Then b\n\n  \
                Scenario Outline: B\n    When c\n```\n\n- [ ] and this\n";
    assert_eq!(
        words(text),
        [
            "1 [-] Scenario: A\n    Given a\n    Then b",
            "2 [-] Scenario Outline: B\n    When c",
            "3 [ ] and this"
        ]
    );
    assert_eq!(check(text, &of(text), 1, true), None);
    assert_eq!(reword(text, &of(text), 1, "x"), None);
}

#[test]
fn reads_gherkin_in_other_languages_and_without_a_header() {
    let block = |gherkin: &str| format!("## Acceptance criteria\n\n~~~gherkin\n{gherkin}~~~\n");
    let one = |gherkin: &str| words(&block(gherkin)).join("|");
    assert_eq!(one("Given a\nThen b\n"), "1 [-] Given a\nThen b");
    assert_eq!(one("Szenario: A\n  Wenn b\n"), "1 [-] Szenario: A\n  Wenn b");
    assert_eq!(one("# language: fr\nScénario: A\n"), "1 [-] Scénario: A");
    assert_eq!(one("nothing\n"), "");
    let next = "```gherkin\nAngenommen c\n```\n";
    let text = block("Szenario: A\n  @tag\n  Szenario: B\n") + next;
    assert_eq!(words(&text), ["1 [-] Szenario: A", "2 [-] Szenario: B", "3 [-] Angenommen c"]);
}

#[test]
fn gherkin_inside_of_a_criterion_belongs_to_it() {
    let text = "## Acceptance criteria\n\n- [ ] Pays\n\n  ```gherkin\n  Given a\n  ```\n";
    let criteria = of(text);
    assert_eq!(criteria.list.len(), 1);
    assert_eq!(criteria.blocks[0].scenarios[0].steps[0].words.of(text), "a");
}

#[test]
fn finds_one_by_number_or_id() {
    let criteria = of(BODY);
    for which in ["2", "#2", "^ac-k3", "ac-k3"] {
        assert_eq!(find(&criteria, which).map(|it| it.ordinal), Some(2), "{which}");
    }
    for which in ["0", "5", "^2", "nothing", ""] {
        assert_eq!(find(&criteria, which), None, "{which}");
    }
}

/// The changed lines of an edit, `-` before and `+` after.
fn diff(before: &str, after: Option<String>) -> String {
    let after = after.expect("the edit is accepted");
    let (old, new): (Vec<_>, Vec<_>) = (before.split('\n').collect(), after.split('\n').collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let lines = |lines: &[&str], sign| {
        lines[start..lines.len() - end]
            .iter()
            .map(|line| format!("{sign}{line}"))
            .collect::<Vec<_>>()
    };
    [lines(&old, '-'), lines(&new, '+')].concat().join("\n")
}

#[test]
fn ticks_one_box() {
    assert_eq!(diff(BODY, check(BODY, &of(BODY), 1, true)), "-- [ ] One step.\n+- [x] One step.");
    assert_eq!(diff(BODY, check(BODY, &of(BODY), 2, true)), "");
    assert_eq!(diff(BODY, check(BODY, &of(BODY), 3, false)), "-- plain\n+- [ ] plain");
}

#[test]
fn rewords_and_keeps_box_id_and_details() {
    assert_eq!(
        diff(BODY, reword(BODY, &of(BODY), 2, "Never an account")),
        "-- [x] No account, **ever**. ^ac-k3\n+- [x] Never an account ^ac-k3"
    );
    for wrong in ["", "two\nlines", "with ^id"] {
        assert_eq!(reword(BODY, &of(BODY), 1, wrong), None, "{wrong:?}");
    }
}

#[test]
fn adds_like_the_neighbour() {
    assert_eq!(diff(BODY, add(BODY, &of(BODY), "New", Some(1))), "+- [ ] New");
    assert_eq!(diff(BODY, add(BODY, &of(BODY), "New", None)), "+* [ ] New");
    let loose = "## Acceptance criteria\r\n\r\n1. [ ] a\r\n\r\n2. [ ] b\r\n";
    assert_eq!(diff(loose, add(loose, &of(loose), "c", None)), "+\r\n+3. [ ] c\r");
    let open = "## Acceptance criteria\n\n- [ ] a";
    assert_eq!(
        add(open, &of(open), "b", None).as_deref(),
        Some("## Acceptance criteria\n\n- [ ] a\n- [ ] b")
    );
}

#[test]
fn adds_the_list_or_the_section_where_there_is_none() {
    let empty = "## Acceptance criteria\n\n<!-- what must hold? -->\n\n## Notes\n";
    assert_eq!(diff(empty, add(empty, &of(empty), "a", None)), "+- [ ] a\n+");
    assert_eq!(
        add("Text.\n", &of("Text.\n"), "a", None).as_deref(),
        Some("Text.\n\n## Acceptance criteria\n\n- [ ] a\n")
    );
    assert_eq!(
        add("", &of(""), "a", None).as_deref(),
        Some("\n\n## Acceptance criteria\n\n- [ ] a")
    );
}

#[test]
fn removes_with_details_and_blank_lines() {
    assert_eq!(
        diff(BODY, remove(BODY, &of(BODY), 2)),
        "-- [x] No account, **ever**. ^ac-k3\n-  - [ ] nested detail"
    );
    let loose = "## Acceptance criteria\n\n- [ ] a\n\n- [ ] b\n";
    assert_eq!(
        remove(loose, &of(loose), 2).as_deref(),
        Some("## Acceptance criteria\n\n- [ ] a\n")
    );
    assert_eq!(
        remove(loose, &of(loose), 1).as_deref(),
        Some("## Acceptance criteria\n\n- [ ] b\n")
    );
    assert_eq!(remove(loose, &of(loose), 3), None);
}

#[test]
fn removes_nothing_that_stands_between_criteria() {
    let text =
        "## Acceptance criteria\n\n- [ ] a\n\nA paragraph.\n\n### Mobile\n\n- [ ] b\n\nMore.\n";
    let kept = "## Acceptance criteria\n\n\nA paragraph.\n\n### Mobile\n\n- [ ] b\n\nMore.\n";
    assert_eq!(remove(text, &of(text), 1).as_deref(), Some(kept));
    let kept = "## Acceptance criteria\n\n- [ ] a\n\nA paragraph.\n\n### Mobile\n\n\nMore.\n";
    assert_eq!(remove(text, &of(text), 2).as_deref(), Some(kept));
}

#[test]
fn moves_contents_between_the_marks() {
    let list = "## Acceptance criteria\n\n1. [ ] a\n2. [x] b ^ac-b\n3. [ ] c\n";
    assert_eq!(
        move_to(list, &of(list), 3, 1).as_deref(),
        Some("## Acceptance criteria\n\n1. [ ] c\n2. [ ] a\n3. [x] b ^ac-b\n")
    );
    assert_eq!(move_to(list, &of(list), 1, 99), move_to(list, &of(list), 1, 3));
    assert_eq!(move_to(list, &of(list), 4, 1), None);
    assert_eq!(move_to(list, &of(list), 1, 0), None);
}

mod narrowing {
    use proptest::prelude::*;

    use super::super::part::{Part, part};
    use super::super::read::read;
    use super::super::*;

    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            6 => "- \\[[ xX]\\] [a-z* ]{0,4}\n",
            2 => Just("## Acceptance criteria\n".to_owned()),
            2 => Just("## Notes\n".to_owned()),
            1 => Just("# Acceptance Criteria: #\n".to_owned()),
            1 => Just("### acceptance criteria\r\n".to_owned()),
            1 => Just("Acceptance criteria\n".to_owned()),
            2 => Just("\n".to_owned()),
            1 => "(---|===|```|~~~|<div>|> q|-|#)\n",
            1 => "[ ]{0,5}(- \\[x\\] b|## Acceptance criteria|## Notes|1. c|```gherkin|Scenario: s)\n",
            1 => "##? ?[a-z*_`#]{0,4} ?#?\n",
            1 => "[a-z :`*]{0,8}\n",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(
            option_env!("GIT_BACKLOG_CASES").and_then(|cases| cases.parse().ok()).unwrap_or(2_000)
        ) })]

        #[test]
        fn a_part_has_the_same_criteria_as_the_whole(lines in proptest::collection::vec(line(), 0..14)) {
            let text = lines.concat();
            let headings = vec!["Acceptance criteria".to_owned()];
            let mut whole = Criteria { headings: headings.clone(), ..Criteria::default() };
            read(&text, Span::new(0, text.len()), &mut whole);
            prop_assert_eq!(met(&text, 0, &headings), whole.met(), "{}", text);
            if part(&text, &headings) != Part::Everything {
                prop_assert_eq!(criteria(&text, 0, &headings), whole, "{}", text);
            }
        }
    }
}
