//! Findings as a Code Quality report of GitLab:
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use serde_json::{Value, json};

use super::report::findings::{FindingsView, shortened};
use super::safe;
use crate::domain::config::Severity;
use crate::domain::finding::Finding;

/// The report: an array, with one object for each finding.
pub(super) fn text(view: &FindingsView<'_>) -> String {
    let fingerprints = view.fingerprints();
    let problems: Vec<Value> = view
        .findings
        .iter()
        .zip(fingerprints)
        .map(|(it, print)| problem(view, it, print))
        .collect();
    format!("{}\n", safe::json(&format!("{:#}", Value::Array(problems))))
}

fn problem(view: &FindingsView<'_>, finding: &Finding, fingerprint: String) -> Value {
    let message = shortened(&finding.message);
    let description = format!("{} {}: {message}", finding.code, finding.name);
    json!({
        "description": description,
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": severity(finding.severity),
        "location": {
            "path": view.path(finding),
            "lines": { "begin": finding.position.line, "end": finding.end.line },
        },
    })
}

/// What fails the check is `major`. Nothing here is a risk to a running system, which is what
/// `critical` and `blocker` are for.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info | Severity::Off => "info",
    }
}
