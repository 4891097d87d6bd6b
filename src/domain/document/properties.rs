//! The short way and the parser agree, and no text makes either of them panic.

use proptest::prelude::*;

use super::{Document, frame, plain, yaml};

/// Lines that are close to what the short way takes for sure.
fn line() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        "[A-Za-z0-9é][A-Za-z0-9 _.,:#'\"@/é&*!%?|>{}\\[\\]`~=+-]{0,10}",
        "\\[[a-z0-9 ,'\":#@-]{0,8}\\]",
        "['\"][a-z #:'\"\\\\]{0,6}['\"]",
        "[-?:,&*!|>%@` ~\t]{0,2}[a-z]{0,3}",
        "\\PC{0,8}",
    ];
    prop_oneof![
        8 => ("[a-z_]{1,4}[0-9]?", ": {0,3}", value).prop_map(|(key, colon, value)| format!("{key}{colon}{value}")),
        1 => "# ?\\PC{0,6}",
        1 => Just(String::new()),
        1 => "[ \t-]{1,2}[a-z: ]{0,5}",
        1 => "\\PC{0,10}",
    ]
}

fn front() -> impl Strategy<Value = String> {
    let end = prop_oneof![4 => Just("\n"), 1 => Just("\r\n")];
    (proptest::collection::vec(line(), 0..6), end).prop_map(|(lines, end)| {
        let lines: String = lines.iter().map(|line| format!("{line}{end}")).collect();
        format!("---{end}{lines}---{end}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(
        option_env!("GIT_BACKLOG_CASES").and_then(|cases| cases.parse().ok()).unwrap_or(3_000)
    ) })]

    #[test]
    fn the_short_way_agrees_with_the_parser(text in front()) {
        let Ok(frame) = frame::find(&text) else { return Ok(()) };
        if let Some(short) = plain::scan(&text, frame.front) {
            prop_assert_eq!(Ok(short), yaml::parse(&text, frame.front), "{}", text);
        }
    }

    #[test]
    fn no_text_makes_reading_panic(text in "(\u{feff})?(---\r?\n)?(\\PC|[\n\r\t :#'\"|>\\[\\]{}-]){0,60}(\n---\n)?\\PC{0,9}") {
        let document = Document::parse("x.md", text.as_str());
        prop_assert_eq!(document.text(), text);
        prop_assert_eq!(document.is_readable(), document.problems().is_empty());
    }
}
