//! The rules: one with all that it says about itself, and all in a table.

use serde_json::{Value, json};

use crate::domain::config::{Preset, Severity};
use crate::domain::finding::Safety;
use crate::domain::rules::{Example, FAMILIES, Fixes, Parameter, RULES, Rule};
use crate::render::block::{Block, Cell, Column, Line, Table};
use crate::render::{Format, View};

/// One rule with its reason, its examples and what the settings can say about it.
pub struct RuleView(pub &'static Rule);

impl View for RuleView {
    fn blocks(&self) -> Vec<Block<'_>> {
        let rule = self.0;
        let mut blocks = vec![
            Block::heading(1, Line::from(Cell::id(rule.code)).then("  ").then(rule.name)),
            Block::text(Line::from(format!("{}: ", rule.severity.word())).then(rule.summary)),
            Block::Blank,
            Block::text(rule.why),
        ];
        if !rule.bad.is_empty() {
            let [bad, good] = rule.examples();
            blocks.push(Block::heading(2, "Found"));
            push_example(&bad, &mut blocks);
            blocks.push(Block::heading(2, "Not found"));
            push_example(&good, &mut blocks);
        }
        blocks.push(Block::heading(2, "Settings"));
        let code = |lines: String| Block::Code {
            language: "yaml",
            lines: lines.lines().map(|line| Line::from(line.to_owned())).collect(),
        };
        blocks.push(Block::text(settings_intro(rule).replace('`', "")));
        if !rule.is_fatal() {
            blocks.extend([code(settings(rule)), Block::Blank]);
            blocks.push(Block::Code { language: "markdown", lines: vec![allowance(rule).into()] });
        }
        blocks
    }

    fn json(&self) -> Value {
        let rule = self.0;
        let parameter = |it: &Parameter| json!({ "name": it.name, "default": it.default, "summary": it.summary });
        let parameters: Vec<Value> = rule.parameters.iter().map(parameter).collect();
        json!({
            "code": rule.code,
            "name": rule.name,
            "family": family(rule),
            "severity": rule.severity.word(),
            "summary": rule.summary,
            "why": rule.why,
            "fix": rule.safety().map(Safety::word),
            "parameters": parameters,
            "bad": rule.bad,
            "good": rule.good,
        })
    }

    fn formats(&self) -> &'static [Format] {
        &[Format::Table, Format::Json, Format::Jsonl, Format::Markdown]
    }
}

/// The files of an example, each below its path unless there is only one.
fn push_example(example: &Example, blocks: &mut Vec<Block<'_>>) {
    for (title, text) in files(example) {
        if let Some(title) = title {
            blocks.push(Block::text(Cell::dim(title)));
        }
        let lines = text.lines().map(Line::from).collect();
        blocks.push(Block::Code { language: language(text), lines });
    }
    if !example.by.is_empty() {
        blocks.push(Block::text(Cell::dim(commit(example))));
    }
}

/// The files of an example, those of the state before first. A single one needs no title.
fn files(example: &Example) -> Vec<(Option<String>, &'static str)> {
    let is_single = example.base.is_empty() && example.files.len() == 1;
    let before = example.base.iter().map(|(path, text)| (format!("{path}, before"), *text));
    let after = example.files.iter().map(|(path, text)| match example.base.is_empty() {
        true => ((*path).to_owned(), *text),
        false => (format!("{path}, after"), *text),
    });
    before.chain(after).map(|(title, text)| ((!is_single).then_some(title), text)).collect()
}

fn language(text: &str) -> &'static str {
    if text.starts_with("---") || text.starts_with('#') { "markdown" } else { "yaml" }
}

/// `committed by max@example.org: Guests first`
fn commit(example: &Example) -> String {
    match example.by.split_once(": ") {
        Some((author, message)) => format!("Committed by {author} with the message: {message}"),
        None => format!("Committed by {}", example.by),
    }
}

/// What stands before the settings.
fn settings_intro(rule: &Rule) -> String {
    if rule.is_fatal() {
        return "What cannot be read is always an error: no setting turns it off, no comment allows it."
            .to_owned();
    }
    let fixes = match rule.fixes {
        Fixes::None => "",
        Fixes::Safe => " `--fix` mends it.",
        Fixes::Unsafe => " `--fix --unsafe-fixes` mends it; look at the result.",
    };
    format!(
        "`off`, `info`, `warning` or `error`, and what a document says to allow a finding.{fixes}"
    )
}

/// The comment that allows a finding.
fn allowance(rule: &Rule) -> String {
    format!("<!-- backlog: allow {} because … -->", rule.code)
}

/// What can be set in `config.yml`, with the values that hold without it.
fn settings(rule: &Rule) -> String {
    let severity = match rule.severity {
        Severity::Off => "info # off without a setting",
        severity => severity.word(),
    };
    let mut text = format!("# .backlog/config.yml\nrules:\n  {}: {severity}\n", rule.code);
    if !rule.parameters.is_empty() {
        text = format!(
            "# .backlog/config.yml\nrules:\n  {}:\n    severity: {severity}\n    parameters:\n",
            rule.code
        );
        for parameter in rule.parameters {
            text += &format!(
                "      {}: {} # {}\n",
                parameter.name, parameter.default, parameter.summary
            );
        }
    }
    text
}

/// What a rule is about: the words for its family.
pub(in crate::render) fn family(rule: &Rule) -> &'static str {
    let named = FAMILIES.iter().find(|(family, _)| *family == rule.family());
    named.map_or(rule.family(), |(_, words)| words)
}

/// The address of the project, if it has one.
pub(in crate::render) fn home() -> Option<&'static str> {
    Some(env!("CARGO_PKG_REPOSITORY")).filter(|home| !home.is_empty())
}

/// The address of the page on a rule, if the project has one.
pub(in crate::render) fn address(rule: &Rule) -> Option<String> {
    home().map(|home| format!("{home}/blob/main/docs/rules/{}.md", rule.code))
}

/// A rule for a place that shows no marks.
pub(in crate::render) fn text(rule: &Rule) -> String {
    format!("{}.\n\n{}", rule.summary, rule.why)
}

/// The page on a rule below its heading. The texts are those of the program itself, so that nothing
/// in them has to be made harmless.
pub fn markdown(rule: &Rule) -> String {
    let mut text = format!("{}.\n\n{}\n\n{}\n", rule.summary, table_of(rule), rule.why);
    if !rule.bad.is_empty() {
        let [bad, good] = rule.examples();
        for (title, example) in [("Found", bad), ("Not found", good)] {
            text += &format!("\n## {title}\n{}", markdown_example(&example));
        }
    }
    text += "\n## Settings\n\n";
    text += &settings_intro(rule);
    text.push('\n');
    if !rule.is_fatal() {
        text += &format!("\n```yaml\n{}```\n", settings(rule));
        text += &format!("\n```markdown\n{}\n```\n", allowance(rule));
    }
    text
}

/// The severities of a rule under each preset, and its fix, in a table.
fn table_of(rule: &Rule) -> String {
    let head = Preset::ALL.map(Preset::word).join(" | ");
    let row = severities(rule).join(" | ");
    format!("| {head} | fix |\n| --- | --- | --- | --- |\n| {row} | {} |", fix_word(rule))
}

/// The words for the severity under each preset.
pub fn severities(rule: &Rule) -> [&'static str; 3] {
    Preset::ALL.map(|preset| match rule.is_fatal() {
        true => Severity::Error.word(),
        false => preset.severity(rule.severity).word(),
    })
}

/// How safe the fixes of a rule are, `–` if there are none.
pub fn fix_word(rule: &Rule) -> &'static str {
    rule.safety().map_or("–", Safety::word)
}

fn markdown_example(example: &Example) -> String {
    let mut text = String::new();
    for (title, body) in files(example) {
        if let Some(title) = title {
            let (path, when) = title.split_once(", ").unwrap_or((&title, ""));
            let when = if when.is_empty() { String::new() } else { format!(", {when}") };
            text += &format!("\n`{path}`{when}:\n");
        }
        // A NUL has a picture, which is all that a page can show of it.
        let body = body.replace('\0', "\u{2400}");
        let fence = "`".repeat(longest_ticks(&body).max(2) + 1);
        text += &format!("\n{fence}{}\n{}\n{fence}\n", language(&body), body.trim_end());
    }
    if !example.by.is_empty() {
        text += &format!("\n{}.\n", commit(example));
    }
    text
}

fn longest_ticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// All rules, one a line.
pub struct RulesView;

impl View for RulesView {
    fn blocks(&self) -> Vec<Block<'_>> {
        let columns = [
            Column::whole("code"),
            Column::whole("name"),
            Column::whole("severity"),
            Column::shrink("what is wrong").keyed("summary"),
        ];
        let mut table = Table::new(columns);
        for rule in RULES {
            let severity = rule.severity.word();
            table.push([
                Cell::id(rule.code),
                rule.name.into(),
                severity.into(),
                rule.summary.into(),
            ]);
        }
        vec![Block::Table(table)]
    }

    fn json(&self) -> Value {
        let rules: Vec<Value> = RULES.iter().map(|rule| RuleView(rule).json()).collect();
        json!({ "rules": rules })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("rules")
    }

    fn formats(&self) -> &'static [Format] {
        Format::DATA
    }
}
