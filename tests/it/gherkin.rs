//! The feature files of the Gherkin project itself, where they are at hand: what it reads, and
//! what it refuses.
//!
//! They are looked for as `gherkin-testdata` in the folder that `GIT_BACKLOG_DATA` names, or
//! beside it.

use std::fs;
use std::path::{Path, PathBuf};

use git_backlog::domain::gherkin::{Gherkin, Header, Language, Step, Table, clauses, parse};
use git_backlog::domain::span::{Position, Span};
use serde_json::{Value, json};

use crate::support::{report, skip};

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("GIT_BACKLOG_DATA").map(PathBuf::from)?;
    let places = [folder.join("gherkin-testdata"), folder.join("../gherkin-testdata")];
    places.into_iter().find(|place| place.is_dir())
}

/// The feature files of a folder; none, and a word on it, if there are none at hand.
fn features(folder: &str) -> Vec<PathBuf> {
    let Some(data) = data() else {
        skip("GIT_BACKLOG_DATA names no folder with gherkin-testdata");
        return Vec::new();
    };
    let files = fs::read_dir(data.join(folder)).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|file| file.extension().is_some_and(|it| it == "feature")).collect();
    files.sort();
    assert!(files.len() > 10);
    files
}

fn read(file: &Path) -> (String, Gherkin) {
    let text = fs::read_to_string(file).unwrap();
    let gherkin = parse(&text, Span::new(0, text.len()), Language::english());
    (text, gherkin)
}

#[test]
fn good_features_read_as_gherkin_itself_reads_them() {
    let (mut n_features, mut n_steps) = (0, 0);
    for file in features("good") {
        let (text, gherkin) = read(&file);
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(gherkin.faults, [], "{name}");
        let expected = fs::read_to_string(file.with_extension("feature.ast.ndjson")).unwrap();
        let expected: Value = serde_json::from_str(&expected).unwrap();
        let expected = theirs(&expected["gherkinDocument"]);
        assert_eq!(ours(&text, &gherkin), expected, "{name}");
        n_features += 1;
        n_steps += gherkin.scenarios.iter().map(|it| it.steps.len()).sum::<usize>();
    }
    if n_features > 0 {
        report(&format!("{n_features} features, {n_steps} steps of their scenarios"));
    }
}

#[test]
fn bad_features_have_a_fault_on_the_line_that_gherkin_names() {
    for file in features("bad") {
        let (text, gherkin) = read(&file);
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let errors = fs::read_to_string(file.with_extension("feature.errors.ndjson")).unwrap();
        let errors: Vec<Value> =
            errors.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let line =
            |error: &Value| error["parseError"]["source"]["location"]["line"].as_u64().unwrap();
        let found = gherkin.faults.iter().map(|it| Position::of(&text, it.span.start).line as u64);
        let found: Vec<u64> = found.collect();
        let at_end =
            |error: &Value| error["parseError"]["message"].to_string().contains("end of file");
        let first = &errors[0];
        // Where the end is unexpected, the place of what is open helps more.
        assert!(
            found.contains(&line(first)) || (at_end(first) && !found.is_empty()),
            "{name}: {found:?}, {first}"
        );
    }
}

/// What a quarter of the largest document may cost. Tests are not optimised, and share the machine:
/// the limit is far above what a linear reader needs, and far below what any other would.
#[test]
fn hostile_texts_take_no_longer_than_their_length() {
    const QUARTER: usize = 1 << 18;
    for piece in [
        "Given ",
        "Given \n",
        "Given a\n",
        "|\n",
        "|",
        "| a ",
        "\\|",
        "@",
        "@a ",
        "@a\n",
        "Scenario:\n",
        "Background:\n",
        "Rule:\n",
        "Background:\nRule:\n",
        "Examples:\n|a|\n",
        "\"\"\"\n",
        "```x\n",
        "# language: de\n",
        "<",
        "<a>",
        "given",
        "Given, when, then ",
        "\"",
        "“",
        "`",
        "**",
        ", and when ",
        "\u{a0}",
        "ü",
    ] {
        let many = piece.repeat(QUARTER / piece.len());
        for before in ["", "Scenario Outline: a\nGiven ", "Given a, when "] {
            let text = format!("{before}{many}");
            let start = std::time::Instant::now();
            let whole = Span::new(0, text.len());
            let n_steps: usize = parse(&text, whole, Language::english())
                .scenarios
                .iter()
                .map(|it| it.steps.len())
                .sum();
            let n_clauses = clauses(&text, whole).len();
            let time = start.elapsed();
            assert!(
                time.as_millis() < 1_500,
                "{piece:?}: {time:?} for {n_steps} steps, {n_clauses} clauses"
            );
        }
    }
}

/// What the two have to agree on, from the syntax tree of Gherkin itself.
fn theirs(document: &Value) -> Value {
    let feature = &document["feature"];
    let (mut rules, mut backgrounds, mut scenarios) = (vec![], vec![], vec![]);
    let mut take = |child: &Value| {
        if child.get("background").is_some() {
            backgrounds.push(their_steps(&child["background"]));
        } else if child.get("scenario").is_some() {
            scenarios.push(their_scenario(&child["scenario"]));
        }
    };
    for child in list(&feature["children"]) {
        match child.get("rule") {
            Some(rule) => {
                rules.push(their_header(rule));
                list(&rule["children"]).iter().for_each(&mut take);
            }
            None => take(child),
        }
    }
    let comments = list(&document["comments"]).len();
    let feature = if feature.is_null() { Value::Null } else { their_header(feature) };
    json!({ "feature": feature, "rules": rules, "backgrounds": backgrounds, "scenarios": scenarios, "comments": comments })
}

fn their_header(header: &Value) -> Value {
    json!([header["keyword"], header["name"], header["location"]])
}

fn their_scenario(scenario: &Value) -> Value {
    let examples = |it: &Value| {
        let mut rows: Vec<Value> = it.get("tableHeader").map(their_row).into_iter().collect();
        rows.extend(list(&it["tableBody"]).iter().map(their_row));
        json!([their_header(it), rows])
    };
    let examples: Vec<_> = list(&scenario["examples"]).iter().map(examples).collect();
    let tags: Vec<_> = list(&scenario["tags"]).iter().map(|it| &it["name"]).collect();
    json!([their_header(scenario), tags, their_steps(scenario), examples])
}

fn their_steps(of: &Value) -> Value {
    let step = |step: &Value| {
        let keyword = step["keyword"].as_str().unwrap().trim_end();
        let rows: Vec<_> = list(&step["dataTable"]["rows"]).iter().map(their_row).collect();
        let media = step["docString"]["mediaType"].as_str().unwrap_or_default();
        let has_text = step.get("docString").is_some();
        json!([keyword, step["text"], step["location"], rows, has_text, media])
    };
    list(&of["steps"]).iter().map(step).collect()
}

fn their_row(row: &Value) -> Value {
    list(&row["cells"]).iter().map(|cell| cell["value"].clone()).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The same from what was read here.
fn ours(text: &str, gherkin: &Gherkin) -> Value {
    let header = |it: &Header| our_header(text, it);
    let scenario = |it: &git_backlog::domain::gherkin::Scenario| {
        let examples =
            it.examples.iter().map(|it| json!([header(&it.header), our_rows(text, &it.table)]));
        let tags: Vec<_> = it.tags.iter().map(|tag| tag.of(text)).collect();
        let name = it.header.as_ref().map(header);
        json!([name, tags, our_steps(text, &it.steps), examples.collect::<Vec<_>>()])
    };
    json!({
        "feature": gherkin.feature.as_ref().map(header),
        "rules": gherkin.rules.iter().map(header).collect::<Vec<_>>(),
        "backgrounds": gherkin.backgrounds.iter().map(|it| our_steps(text, &it.steps)).collect::<Vec<_>>(),
        "scenarios": gherkin.scenarios.iter().map(scenario).collect::<Vec<_>>(),
        "comments": gherkin.comments.len(),
    })
}

fn our_header(text: &str, header: &Header) -> Value {
    json!([header.keyword.of(text), header.name.of(text), place(text, header.keyword)])
}

fn our_steps(text: &str, steps: &[Step]) -> Value {
    let step = |step: &Step| {
        let rows = step.table().map_or(json!([]), |table| our_rows(text, table));
        let media = step.text().map_or("", |it| it.media.of(text));
        let (keyword, words) = (step.keyword.of(text), step.words.of(text));
        json!([keyword, words, place(text, step.keyword), rows, step.text().is_some(), media])
    };
    steps.iter().map(step).collect()
}

fn our_rows(text: &str, table: &Table) -> Value {
    let cell = |cell: &Span| {
        let value = cell.of(text).replace("\\\\", "\0").replace("\\n", "\n").replace("\\|", "|");
        Value::from(value.replace('\0', "\\"))
    };
    table.rows.iter().map(|row| row.cells.iter().map(cell).collect::<Value>()).collect()
}

fn place(text: &str, span: Span) -> Value {
    let Position { line, column } = Position::of(text, span.start);
    json!({ "line": line, "column": column })
}
