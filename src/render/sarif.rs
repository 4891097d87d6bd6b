//! Findings as SARIF 2.1.0, for code scanning:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use serde_json::{Map, Value, json};

use super::report::findings::{FindingsView, shortened};
use super::report::rule;
use super::safe;
use crate::domain::config::Severity;
use crate::domain::finding::{Finding, Fix};
use crate::domain::rules::{RULES, Rule};
use crate::domain::span::Position;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What paths are relative to, in the words of GitHub and of the standard's own examples.
const ROOT: &str = "SRCROOT";

/// The log: one run, with the rules that found something.
pub(super) fn text(view: &FindingsView<'_>) -> String {
    let found = view.findings.iter().chain(view.allowed.iter().map(|(finding, _)| finding));
    let mut codes: Vec<&str> = found.map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<&Rule> =
        RULES.iter().copied().filter(|rule| codes.contains(&rule.code)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver(&rules) },
            "invocations": [{ "executionSuccessful": true }],
            "originalUriBaseIds": {
                ROOT: { "description": { "text": "The root of the repository." } },
            },
            "columnKind": "unicodeCodePoints",
            "results": results(view, &rules),
        }],
    });
    format!("{}\n", safe::json(&format!("{log:#}")))
}

fn driver(rules: &[&Rule]) -> Value {
    let mut driver = Map::new();
    driver.insert("name".to_owned(), "git-backlog".into());
    driver.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
    driver.insert("semanticVersion".to_owned(), env!("CARGO_PKG_VERSION").into());
    if let Some(home) = rule::home() {
        driver.insert("informationUri".to_owned(), home.into());
    }
    driver.insert("rules".to_owned(), rules.iter().map(|rule| descriptor(rule)).collect());
    Value::Object(driver)
}

fn descriptor(rule: &Rule) -> Value {
    let mut descriptor = json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": format!("{}.", rule.summary) },
        "fullDescription": { "text": rule.why },
        "help": { "text": rule::text(rule), "markdown": rule::markdown(rule) },
        "defaultConfiguration": {
            "enabled": rule.severity != Severity::Off,
            "level": level(rule.severity),
        },
        "properties": {
            "tags": ["backlog", rule::family(rule)],
            "problem.severity": match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Off => "recommendation",
            },
        },
    });
    if let Some(page) = rule::address(rule) {
        descriptor["helpUri"] = page.into();
    }
    descriptor
}

fn results(view: &FindingsView<'_>, rules: &[&Rule]) -> Vec<Value> {
    let index = |finding: &Finding| rules.iter().position(|rule| rule.code == finding.code);
    let mut results: Vec<Value> = view
        .findings
        .iter()
        .zip(view.fingerprints())
        .map(|(finding, fingerprint)| result(view, finding, index(finding), &fingerprint))
        .collect();
    for (finding, reason) in view.allowed {
        let mut result = result(view, finding, index(finding), &finding.fingerprint());
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
        results.push(result);
    }
    results
}

fn result(
    view: &FindingsView<'_>,
    finding: &Finding,
    index: Option<usize>,
    fingerprint: &str,
) -> Value {
    let message = match &finding.hint {
        Some(hint) => format!("{}\n{}", shortened(&finding.message), shortened(hint)).into(),
        None => shortened(&finding.message),
    };
    let artifact = artifact(&view.path(finding));
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": artifact,
            "region": region(finding.position, finding.end),
        },
    });
    if let Some(id) = &finding.id {
        location["logicalLocations"] = json!([{ "name": id }]);
    }
    let mut result = json!({
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": unlinked(&message) },
        "locations": [location],
        "partialFingerprints": { "gitBacklog/v1": fingerprint },
    });
    let text = view.text(finding);
    if let (Some(text), Some(fix)) = (text, &finding.fix) {
        result["fixes"] = json!([self::fix(text, fix, &artifact)]);
    }
    result
}

fn fix(text: &str, fix: &Fix, artifact: &Value) -> Value {
    let replacements = fix.replacements.iter().map(|replacement| {
        let span = replacement.span;
        let region = region(Position::of(text, span.start), Position::of(text, span.end));
        json!({ "deletedRegion": region, "insertedContent": { "text": replacement.text } })
    });
    let replacements: Vec<Value> = replacements.collect();
    json!({
        "description": { "text": unlinked(&fix.title) },
        "artifactChanges": [{ "artifactLocation": artifact, "replacements": replacements }],
        "properties": { "safety": fix.safety.word() },
    })
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "note",
    }
}

/// Where a file is: below the root, unless somebody keeps the backlog outside of a repository.
fn artifact(path: &str) -> Value {
    match path.starts_with('/') {
        true => json!({ "uri": format!("file://{}", safe::address(path)) }),
        false => json!({ "uri": safe::address(path), "uriBaseId": ROOT }),
    }
}

/// A message in which `[words](target)` is no link: SARIF has links even in plain text.
fn unlinked(text: &str) -> String {
    text.replace("](", "] (")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_parts_of_uris() {
        for (path, uri) in [
            (".backlog/items/BL-7k3qd-a.md", ".backlog/items/BL-7k3qd-a.md"),
            ("a b/ä#?%:x.md", "a%20b/%C3%A4%23%3F%25%3Ax.md"),
        ] {
            assert_eq!(artifact(path), json!({ "uri": uri, "uriBaseId": "SRCROOT" }));
        }
        assert_eq!(artifact("/tmp/a b"), json!({ "uri": "file:///tmp/a%20b" }));
    }

    #[test]
    fn a_message_holds_no_link() {
        assert_eq!(unlinked("unknown '[x](javascript:y)'"), "unknown '[x] (javascript:y)'");
    }
}
