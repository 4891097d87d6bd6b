//! What holds for any text.

use proptest::prelude::*;

use super::*;

/// Lines that look like Gherkin, and lines that do not.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[ \t]{0,4}(Given|When|Then|And|But|\\*|GIVEN|when|Then:) [a-zü<>|]{0,5}[ ]?",
        2 => "(Scenario|Scenario Outline|Example|scenario|Scenario Template):? ?[a-zé]{0,3}",
        2 => "(Feature|Background|Rule|Examples|Scenarios): ?[a-z]{0,3}",
        2 => "[ ]{0,2}\\|[a-z |\\\\ß\u{a0}]{0,8}",
        1 => "(\"\"\"|```)[a-z]{0,3}",
        1 => "@[a-z@ #]{0,6}",
        1 => "# ?(language: ?(de|fr|xx|en))?",
        1 => "[ -~\u{a0}-\u{17f}]{0,12}",
    ]
}

fn spans(gherkin: &Gherkin) -> Vec<Span> {
    let header = |header: &Header| [header.keyword, header.name];
    let mut spans: Vec<Span> = gherkin.comments.clone();
    spans.extend(gherkin.feature.iter().flat_map(header));
    spans.extend(gherkin.rules.iter().flat_map(header));
    spans.extend(gherkin.faults.iter().map(|fault| fault.span));
    spans.extend(gherkin.backgrounds.iter().flat_map(|it| header(&it.header)));
    let scenarios = || gherkin.scenarios.iter();
    let steps = scenarios().flat_map(|it| &it.steps);
    let steps = steps.chain(gherkin.backgrounds.iter().flat_map(|it| &it.steps));
    for step in steps.clone() {
        spans.extend([step.keyword, step.words]);
        spans.extend(step.text().iter().flat_map(|it| [it.media, it.span]));
    }
    let tables = steps.filter_map(Step::table);
    let tables = tables.chain(scenarios().flat_map(|it| &it.examples).map(|it| &it.table));
    for row in tables.flat_map(|table| &table.rows) {
        spans.push(row.span);
        spans.extend(&row.cells);
    }
    for scenario in scenarios() {
        spans.extend([scenario.span, scenario.title()]);
        spans.extend(scenario.header.iter().flat_map(header));
        spans.extend(&scenario.tags);
    }
    spans
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(
        option_env!("GIT_BACKLOG_CASES").and_then(|cases| cases.parse().ok()).unwrap_or(1_000)
    ) })]

    #[test]
    fn every_place_lies_in_the_block_on_whole_characters(
        before in "[a-zü\n]{0,9}",
        lines in proptest::collection::vec(line(), 0..20),
        end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let block = lines.iter().map(|line| format!("{line}{end}")).collect::<String>();
        let text = format!("{before}\n{block}after");
        let part = Span::new(before.len() + 1, before.len() + 1 + block.len());
        for span in spans(&parse(&text, part, Language::english())) {
            prop_assert!(part.start <= span.start && span.start <= span.end && span.end <= part.end);
            prop_assert!(text.get(span.start..span.end).is_some(), "{:?} in {:?}", span, text);
        }
    }

    #[test]
    fn every_clause_lies_in_its_criterion(
        before in "[ü\n]{0,3}",
        words in proptest::collection::vec(
            prop_oneof![
                "(Given|given|When|when|then|Then|and|AND)",
                "[ -~\u{a0}-\u{17f}]{0,6}",
                "(, |\\*\\*|`|\"|“|”|\n|<br>|: |AC1: )",
            ],
            0..20,
        ),
    ) {
        let criterion = words.join(" ");
        let text = format!("{before}{criterion}!");
        let part = Span::new(before.len(), text.len() - 1);
        let mut last = part.start;
        for clause in clauses(&text, part) {
            prop_assert!(last <= clause.keyword.start && clause.words.end <= part.end);
            prop_assert!(text.get(clause.keyword.start..clause.keyword.end).is_some());
            prop_assert!(text.get(clause.words.start..clause.words.end).is_some());
            last = clause.words.start;
        }
    }
}
