//! Blocks as people write them, good and bad.

use super::*;

/// The scenarios of a block with their steps, and its faults.
fn shown(text: &str) -> String {
    let gherkin = parse(text, Span::new(0, text.len()), Language::english());
    let mut lines = Vec::new();
    for scenario in &gherkin.scenarios {
        let keyword = scenario.header.map_or("-", |header| header.keyword.of(text));
        let steps =
            scenario.kinds().map(|(kind, step)| format!("{kind:?} {}", step.words.of(text)));
        let steps = steps.collect::<Vec<_>>().join(", ");
        lines.push(format!("{keyword} [{}] {steps}", scenario.name(text)));
    }
    for fault in &gherkin.faults {
        lines.push(format!("! {} [{}]", fault.message, fault.span.of(text)));
    }
    lines.join("\n")
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(shown(text), expected.join("\n"), "{text}");
}

#[test]
fn reads_scenarios_with_and_without_a_feature() {
    check(
        "Feature: Pay\n  As a guest\n\n  @smoke\n  Scenario: A\n    Given a\n    And b\n    When c\n    Then d\n\n  Scenario: B\n    * e\n",
        &["Scenario [A] Given a, Given b, When c, Then d", "Scenario [B] Any e"],
    );
    check("Example: A\nGiven a\r\nBut b\r\n", &["Example [A] Given a, Given b"]);
    check("Given a\nWhen b\nThen c", &["- [] Given a, When b, Then c"]);
    check("Feature: Pay\nGiven a\nThen b\n", &["- [] Given a, Then b"]);
    check("Feature: Pay\n\n  As a guest\n\n  Given a\n  Then b\n", &["- [] Given a, Then b"]);
    check("Feature: Pay\n  In short:\n  Given a, b\n", &[]);
    check("", &[]);
}

#[test]
fn reads_what_stands_below_steps() {
    let text = "Scenario Outline: A\n  Given a <b>\n    | x | y |\n    | 1 | 2 |\n  When c\n    \"\"\"json\n    Given {}\n    \"\"\"\n  Then d\n\n  Examples:\n    | b |\n    | 1 |\n";
    let gherkin = parse(text, Span::new(0, text.len()), Language::english());
    assert_eq!(gherkin.faults, []);
    let scenario = &gherkin.scenarios[0];
    let rows = &scenario.steps[0].table().unwrap().rows;
    assert_eq!(rows[1].cells[1].of(text), "2");
    let doc = scenario.steps[1].text().unwrap();
    assert_eq!((doc.media.of(text), doc.span.of(text)), ("json", "    Given {}\n"));
    assert_eq!(scenario.steps[2].words.of(text), "d");
    assert_eq!(scenario.examples[0].table.rows.len(), 2);
    assert_eq!(scenario.span.of(text), text.trim_end());
}

#[test]
fn knows_the_marks_of_texts() {
    for mark in ["\"\"\"", "```", "'''"] {
        check(&format!("Given a\n{mark}\nGiven b\n{mark}\nThen c\n"), &["- [] Given a, Then c"]);
    }
}

#[test]
fn knows_backgrounds_and_rules() {
    let text = "Background:\n  Given a\n\nScenario: A\n  When b\n\nRule: R\n\n  Background:\n    Given c\n\n  Scenario: B\n    When d\n";
    let gherkin = parse(text, Span::new(0, text.len()), Language::english());
    assert_eq!(gherkin.faults, []);
    let before = |at: usize| {
        gherkin.before(&gherkin.scenarios[at]).map(|step| step.words.of(text)).collect::<Vec<_>>()
    };
    assert_eq!((before(0), before(1)), (vec!["a"], vec!["a", "c"]));
}

#[test]
fn goes_on_after_what_makes_no_sense() {
    check(
        "prose\nmore\nScenario: A\n  Given a\n  junk\n  junk\n  Then b\n",
        &[
            "Scenario [A] Given a, Then b",
            "! a line that is no step [prose]",
            "! a line that is no step [junk]",
        ],
    );
    check(
        "Scenario: A\n  Given a\n    | x |\n    | 1 | 2 |\n    \"\"\"\n    open\n",
        &[
            "Scenario [A] Given a",
            "! a row of 2 cells in a table with 1 [| 1 | 2 |]",
            "! a text that is never closed [\"\"\"]",
        ],
    );
    check("@a b\nScenario: A\n", &["Scenario [A] ", "! `@a b` is not one tag [@a b]"]);
    check("Scenario: A\n  Given a\n@b\n", &["Scenario [A] Given a", "! tags before the end [@b]"]);
    check(
        "Scenario: A\n  Given a\nBackground:\n  Given b\nFeature: F\n",
        &[
            "Scenario [A] Given a",
            "! the background comes after a scenario [Background]",
            "! the feature comes after its scenarios [Feature]",
        ],
    );
    check("Examples:\n  | a |\n", &["! examples of no scenario [Examples]"]);
    check(
        "Scenario: A\n  Given a\n\n  Examples:\n    | a |\n  Then b\n",
        &["Scenario [A] Given a, Then b", "! a step after the examples [Then b]"],
    );
}

#[test]
fn takes_slips_for_what_they_were_meant_to_be() {
    check(
        "scenario: A\n  GIVEN a\n  when b\n  Then: c\n",
        &[
            "scenario [A] Given a, When b, Then c",
            "! `scenario` is no keyword of Gherkin [scenario]",
            "! `GIVEN` is no keyword of Gherkin [GIVEN]",
            "! `when` is no keyword of Gherkin [when]",
            "! `Then:` is no keyword of Gherkin [Then:]",
        ],
    );
    // A description is prose.
    check("Scenario: A\n  when it rains\n  Given a\n", &["Scenario [A] Given a"]);
    check(
        "Scenario A\nGiven a\n",
        &["Scenario [A] Given a", "! `Scenario` is no keyword of Gherkin [Scenario]"],
    );
}

#[test]
fn reads_other_languages() {
    check(
        "# language: de\nSzenario: A\n  Angenommen a\n  Wenn b\n  Dann c\n",
        &["Szenario [A] Given a, When b, Then c"],
    );
    check("# language: xx\n", &["! Gherkin has no language `xx` [# language: xx]"]);
}

#[test]
fn reads_no_more_than_twenty_thousand_lines() {
    let text = "Scenario: a\n".repeat(20_001);
    let gherkin = parse(&text, Span::new(0, text.len()), Language::english());
    assert_eq!(gherkin.scenarios.len(), 20_000);
    assert_eq!(gherkin.faults[0].message, "more than 20000 lines of Gherkin");
}

#[test]
fn tells_no_more_than_fifty_faults() {
    let text = "Given a\njunk\n".repeat(1_000);
    let gherkin = parse(&text, Span::new(0, text.len()), Language::english());
    assert_eq!((gherkin.faults.len(), gherkin.scenarios[0].steps.len()), (50, 1_000));
}
