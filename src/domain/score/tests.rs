//! The models on single items, and the table of all.

use super::proposal::{Kept, proposal};
use super::table::table;
use super::*;
use crate::domain::backlog::Backlog;
use crate::domain::source::SourceFile;

const TODAY: Date = Date::constant(2026, 11, 26);

/// A backlog of items `id: fields`, in the order of the lines, with these settings.
fn backlog(config: &str, items: &str) -> Backlog {
    let mut files = vec![file("config.yml", config)];
    for (at, line) in items.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let (id, fields) = line.split_once(':').unwrap();
        let fields: String = fields.split(';').map(|field| format!("{}\n", field.trim())).collect();
        let letter = char::from(b"bcdfghjklmpqrstvwxz"[at]);
        files.push(file(
            &format!("items/BL-{id}.md"),
            &format!(
                "---\nid: BL-{id}\ntitle: {id}\nstatus: ready\nrank: m{letter}bb\n{fields}---\n"
            ),
        ));
    }
    files.push(file("sprints/S1.md", "---\nid: S1\ntitle: One\nstatus: active\n---\n"));
    files.push(file("sprints/S2.md", "---\nid: S2\ntitle: Two\nstatus: planned\n---\n"));
    Backlog::parse(files)
}

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: Ok(text.to_owned()) }
}

/// The arithmetic of one item, or what it lacks.
fn scored(model: &str, fields: &str) -> String {
    let backlog = backlog("", &format!("a: {fields}"));
    let scoring = Scoring::new(&backlog.config, Some(model), TODAY).unwrap();
    match scoring.score(backlog.called("BL-a").unwrap()) {
        Ok((values, worth)) => scoring.arithmetic(&values, &worth),
        Err(lacks) => lacks.into_iter().map(|it| it.message).collect::<Vec<_>>().join("; "),
    }
}

#[test]
fn each_model_computes_its_formula() {
    for (model, fields, expected) in [
        ("value-effort", "value: 8; effort: 3", "8 / 3 = 2.67"),
        ("value-effort", "value: 0; effort: 3", "0 / 3 = 0"),
        (
            "wsjf",
            "value: 8; time_criticality: 5; risk_reduction: 3; effort: 5",
            "(8 + 5 + 3) / 5 = 3.2",
        ),
        ("cd3", "value: 8; urgency: short-peak; effort: 4", "8 × 8 / 4 = 16"),
        ("cd3", "value: 8; urgency: long; effort: 4", "8 × 1 / 4 = 2"),
        ("cd3", "value: 8; urgency: deadline; due: 2026-12-10; effort: 4", "8 × 52 / 4 = 104"),
        ("cd3", "value: 8; urgency: deadline; due: 2026-11-26; effort: 8", "8 × 104 / 8 = 104"),
        ("rice", "reach: 60; impact: 2; confidence: 0.8; effort: 3", "60 × 2 × 0.8 / 3 = 32"),
        ("ice", "impact: 8; confidence: 0.5; ease: 7", "8 × 0.5 × 7 = 28"),
        ("moscow", "moscow: should; value: 8; effort: 4", "should: 8 / 4 = 2"),
        ("opportunity", "importance: 9; satisfaction: 3", "9 + max(9 − 3, 0) = 15"),
        ("opportunity", "importance: 3; satisfaction: 9", "3 + max(3 − 9, 0) = 3"),
    ] {
        assert_eq!(scored(model, fields), expected, "{model}");
    }
}

#[test]
fn what_is_missing_or_wrong_is_told_and_never_zero() {
    for (model, fields, expected) in [
        ("value-effort", "", "no value; no effort"),
        ("value-effort", "value: 8; effort: 0", "effort 0 cannot be divided by"),
        ("value-effort", "value: -1; effort: -2", "value -1 is negative; effort -2 is negative"),
        ("value-effort", "value: high; effort: [1]", "value 'high' is not a number; no effort"),
        ("value-effort", "value: 0.000000001; effort: 9e99", "effort '9e99' is not a number"),
        (
            "wsjf",
            "value: 4; time_criticality: 1; risk_reduction: 1; effort: 1",
            "value 4 is not on the scale 1, 2, 3, 5, 8, 13, 20",
        ),
        ("cd3", "value: 8; effort: 4", "no urgency"),
        ("cd3", "value: 8; effort: 4; urgency: deadline", "urgency deadline, and no day in due"),
        (
            "cd3",
            "value: 8; effort: 4; urgency: deadline; due: 2026-11-25",
            "due 2026-11-25 is over, and the value with it",
        ),
        (
            "cd3",
            "value: 8; effort: 4; urgency: asap",
            "urgency 'asap': use one of short-peak, long-peak, long, deadline",
        ),
        (
            "rice",
            "reach: 6; impact: 4; confidence: 80; effort: 3",
            "impact 4 is not on the scale 0.25, 0.5, 1, 2, 3; confidence 80 is not from 0 to 1",
        ),
        (
            "moscow",
            "moscow: maybe; value: 1; effort: 1",
            "moscow 'maybe' is not one of must, should, could, wont",
        ),
        ("manual", "value: 8; effort: 3", "the order is set by hand"),
    ] {
        assert_eq!(scored(model, fields), expected, "{model}");
    }
}

#[test]
fn a_number_without_an_end_is_no_score() {
    let large = "9".repeat(300);
    let fields = format!("value: {large}; effort: 0.{}1", "0".repeat(290));
    assert_eq!(scored("value-effort", &fields), "the score is no number that can be written");
}

#[test]
fn a_project_has_its_own_scale_and_its_own_expression() {
    let config = "score: {model: custom, custom: 'value * max(fun, 1) - 1', size: effort + 1, \
                  scales: {value: [5, 1, 3]}}\nfields: {fun: {type: number}}\n";
    let backlog = backlog(
        config,
        "a: value: 3; fun: 2; effort: 1\nb: value: 2; fun: 1; effort: 1\nc: value: 1; fun: 0; effort: -1\nd: value: 1; effort: 1\ne: value: 1; fun: -9; effort: 4",
    );
    assert!(backlog.config_problems.is_empty(), "{:?}", backlog.config_problems);
    let scoring = Scoring::new(&backlog.config, None, TODAY).unwrap();
    let of = |id: &str| match scoring.score(backlog.called(id).unwrap()) {
        Ok((values, worth)) => scoring.arithmetic(&values, &worth),
        Err(lacks) => lacks[0].message.clone(),
    };
    assert_eq!(of("BL-a"), "(3 × max(2, 1) - 1) / (1 + 1) = 2.5");
    assert_eq!(of("BL-b"), "value 2 is not on the scale 1, 3, 5");
    assert_eq!(of("BL-c"), "the size 0 is not above 0");
    assert_eq!(of("BL-d"), "no fun");
    assert_eq!(of("BL-e"), "(1 × max(-9, 1) - 1) / (4 + 1) = 0");
}

#[test]
fn settings_without_sense_are_told() {
    for (config, expected) in [
        (
            "score: {model: wsfj}",
            "score.model names 'wsfj', which is no model (did you mean 'wsjf'?)",
        ),
        (
            "score: {scales: {valeu: [1]}}",
            "score.scales names 'valeu', which is no field of numbers (did you mean 'value'?)",
        ),
        (
            "score: {model: custom}",
            "score.model is custom, and there is no score.custom (write one, such as: custom: value * confidence)",
        ),
        (
            "score: {custom: value *}",
            "score.custom: a number or a field is missing at character 8 (-)",
        ),
        ("score: {size: title}", "score.size names 'title', which is no field of numbers"),
    ] {
        let (_, problems) = Config::parse(config);
        let problem = &problems[0];
        let text = format!("{} ({})", problem.message, problem.hint.as_deref().unwrap_or("-"));
        assert!(text.starts_with(expected), "{text}");
    }
}

#[test]
fn equal_scores_share_a_place_and_what_is_missing_stands_apart() {
    let backlog = backlog(
        "",
        "a: value: 2; effort: 1\nb: value: 8; effort: 4\nc: value: 9; effort: 3\nd: value: 5",
    );
    let scoring = Scoring::new(&backlog.config, None, TODAY).unwrap();
    let table = table(&backlog, &scoring);
    let rows: Vec<_> =
        table.scored.iter().map(|it| (it.item.id(), it.rank, it.value_rank)).collect();
    assert_eq!(rows, [("BL-c", 1, 1), ("BL-a", 2, 3), ("BL-b", 2, 2)]);
    assert_eq!(table.unscored[0].item.id(), "BL-d");
}

#[test]
fn one_step_of_a_number_gives_other_places() {
    let backlog = backlog(
        "",
        "a: value: 8; effort: 2\nb: value: 5; effort: 2\nc: value: 3; effort: 2\nd: value: 2; effort: 2",
    );
    let scoring = Scoring::new(&backlog.config, None, TODAY).unwrap();
    let table = table(&backlog, &scoring);
    let it = sensitivity(&scoring, &table, 2);
    assert_eq!(it.shifts[0].down, Some((2.0, 3)));
    assert_eq!(it.shifts[0].up, Some((5.0, 2)));
    assert_eq!(it.shifts[1].down, Some((1.0, 2)));
    assert_eq!(it.shifts[1].up, Some((3.0, 3)));
    assert_eq!(it.all, (1, 4));
}

/// The order that is proposed, and the ids that move.
fn proposed(config: &str, items: &str) -> (String, String) {
    let backlog = backlog(config, items);
    let scoring = Scoring::new(&backlog.config, None, TODAY).unwrap();
    let it = proposal(&backlog, &scoring);
    let short = |id: &str| id.trim_start_matches("BL-").to_owned();
    let order: Vec<String> = it.order.iter().map(|item| short(item.id())).collect();
    let moves: Vec<String> = it.moves.iter().map(|it| short(it.item.id())).collect();
    assert!(it.moves.len() <= it.keys.len());
    (order.join(" "), moves.join(" "))
}

/// `b` may get a new key at the place that it has.
fn check(items: &str, order: &str, moves: &str) {
    assert_eq!(proposed("", items), (order.to_owned(), moves.to_owned()), "{items}");
}

#[test]
fn the_best_score_comes_first_with_the_fewest_moves() {
    check("a: value: 1; effort: 1\nb: value: 2; effort: 1\nc: value: 3; effort: 1", "c b a", "c");
    check("a: value: 3; effort: 1\nb: value: 1; effort: 1\nc: value: 2; effort: 1", "a c b", "c");
    check("a: value: 3; effort: 1\nb: value: 3; effort: 1", "a b", "");
}

#[test]
fn what_is_pinned_in_a_sprint_or_unscored_keeps_its_position() {
    let three = "a: value: 1; effort: 1; FIELD\nb: value: 2; effort: 1\nc: value: 3; effort: 1";
    check(&three.replace("FIELD", "pinned: a promise"), "a c b", "c");
    check(&three.replace("FIELD", "sprint: S1"), "a c b", "c");
    check(&three.replace("FIELD", "sprint: S2"), "c b a", "c");
    check(&three.replace("FIELD", "effort: 0").replace("effort: 1; ", ""), "a c b", "c");
}

#[test]
fn dependencies_hold_through_items_that_do_not_move() {
    // c waits for b, which has no score and stays at place 2.
    check(
        "a: value: 1; effort: 1\nb: labels: [x]\nc: value: 9; effort: 1; depends_on: [BL-b]\nd: value: 2; effort: 1",
        "d b c a",
        "d a",
    );
    // The pinned item at place 3 waits for d, which is worth least.
    check(
        "a: value: 9; effort: 1\nd: value: 1; effort: 1\np: value: 1; effort: 1; pinned: yes; depends_on: [BL-d]\ne: value: 8; effort: 1",
        "a d p e",
        "",
    );
    check(
        "d: value: 1; effort: 1\na: value: 9; effort: 1\np: value: 1; effort: 1; pinned: yes; depends_on: [BL-d]\ne: value: 8; effort: 1",
        "a d p e",
        "a",
    );
}

#[test]
fn an_item_that_waits_for_a_fixed_one_below_does_not_stop_the_others() {
    check(
        "bb: value: 3; effort: 3; depends_on: [BL-ff, BL-dd]\ncc: value: 13; effort: 8; depends_on: [BL-bb]\ndd: value: 2; effort: 13\ngg: value: 13; effort: 8\nff: effort: 3",
        "gg bb cc dd ff",
        "gg",
    );
}

#[test]
fn what_comes_too_late_for_one_fixed_item_is_in_time_for_the_next() {
    check(
        "bb: value: 1; effort: 1; pinned: yes; depends_on: [BL-ff]\ncc: value: 8; effort: 1\ncd: value: 5; effort: 1\ndd: value: 1; effort: 1; pinned: yes; depends_on: [BL-ff]\nfd: value: 3; effort: 1\nff: value: 1; effort: 1",
        "bb cc ff dd cd fd",
        "ff cd",
    );
}

#[test]
fn an_order_that_breaks_a_dependency_is_mended_even_where_that_costs() {
    check("a: value: 9; effort: 1; depends_on: [BL-b]\nb: value: 0; effort: 5", "b a", "b");
}

#[test]
fn circles_end() {
    check(
        "a: value: 1; effort: 1; depends_on: [BL-b]\nb: value: 1; effort: 1; depends_on: [BL-a]\nc: value: 9; effort: 1",
        "c a b",
        "c",
    );
}

#[test]
fn classes_come_one_after_the_other_with_what_they_need() {
    let config = "score: {model: moscow}";
    let items = "a: moscow: could; value: 9; effort: 1\nb: moscow: must; value: 1; effort: 9\nc: moscow: wont; value: 5; effort: 1\nd: moscow: must; value: 2; effort: 9; depends_on: [BL-e]\ne: moscow: could; value: 0; effort: 1";
    assert_eq!(proposed(config, items).0, "e d b a c");
}

#[test]
fn says_what_keeps_a_place() {
    let backlog = backlog(
        "",
        "a: value: 1; effort: 1; pinned: a promise\nb: value: 2; effort: 1; sprint: S1",
    );
    let scoring = Scoring::new(&backlog.config, None, TODAY).unwrap();
    let it = proposal(&backlog, &scoring);
    let kept: Vec<&Kept> = it.kept.iter().map(|(_, why)| why).collect();
    assert_eq!(kept, [&Kept::Pinned("a promise".to_owned()), &Kept::Sprint("S1".to_owned())]);
}

#[test]
fn says_what_holds_an_item_back() {
    let held = |items: &str| {
        let backlog = backlog("", items);
        let scoring = Scoring::new(&backlog.config, None, TODAY).unwrap();
        let it = proposal(&backlog, &scoring);
        let held = it.moves.iter().map(|it| it.held.map(|held| (held.by.id().to_owned(), held.at)));
        held.collect::<Vec<_>>()
    };
    let items = "a: value: 9; effort: 1; depends_on: [BL-c]\nb: value: 1; effort: 1\nc: labels: [x]\nd: value: 2; effort: 1";
    // It goes down, behind what it waits for.
    assert_eq!(held(items), [None, Some(("BL-c".to_owned(), 3))]);
    // It goes up past others, and no further than to what it waits for.
    let items = "a: value: 9; effort: 1\nb: labels: [x]\nc: value: 3; effort: 1\ne: value: 2; effort: 1\nd: value: 8; effort: 1; depends_on: [BL-b]";
    assert_eq!(held(items), [Some(("BL-b".to_owned(), 2))]);
}
