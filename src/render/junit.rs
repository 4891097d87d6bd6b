//! Findings as JUnit XML, as Jenkins, GitLab and most others read it.
//!
//! A test case is a document and not a finding: its name stays the same from run to run, so that
//! the history of a test says when a document broke and when it was mended. It fails if `check`
//! fails because of it; what does not fail the check is its output.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::report::findings::{FindingsView, shortened};
use super::safe;
use crate::domain::config::Severity;
use crate::domain::finding::Finding;
use crate::domain::message::counted;

/// The XML.
pub(super) fn text(view: &FindingsView<'_>) -> String {
    let mut cases: BTreeMap<&str, Vec<&Finding>> =
        view.documents.iter().map(|path| (*path, Vec::new())).collect();
    for finding in view.findings {
        cases.entry(&finding.path).or_default().push(finding);
    }
    let failed = cases.values().filter(|findings| findings.iter().any(|it| is_failure(it))).count();
    let counts = format!("tests=\"{}\" failures=\"{failed}\" errors=\"0\"", cases.len());
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml += &format!("<testsuites name=\"git-backlog\" {counts} time=\"0\">\n");
    xml += &format!("  <testsuite name=\"git backlog check\" {counts} skipped=\"0\" time=\"0\">\n");
    for (path, findings) in &cases {
        case(view, path, findings, &mut xml);
    }
    xml + "  </testsuite>\n</testsuites>\n"
}

fn is_failure(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

fn case(view: &FindingsView<'_>, path: &str, findings: &[&Finding], xml: &mut String) {
    let (class, name) = path.rsplit_once('/').unwrap_or((view.folder, path));
    let (class, name) = (escaped(class), escaped(name));
    xml.push_str(&format!("    <testcase classname=\"{class}\" name=\"{name}\" time=\"0\""));
    if findings.is_empty() {
        xml.push_str("/>\n");
        return;
    }
    xml.push_str(">\n");
    let (failures, others): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| is_failure(finding));
    if let Some(first) = failures.first() {
        let message = match failures.len() {
            1 => shortened(&first.message),
            count => {
                let message = shortened(&first.message);
                format!("{}, the first: {message}", counted(count, "error")).into()
            }
        };
        let (message, code) = (escaped(&message), first.code);
        xml.push_str(&format!("      <failure message=\"{message}\" type=\"{code}\">"));
        xml.push_str(&format!("{}</failure>\n", report(view, &failures)));
    }
    if !others.is_empty() {
        xml.push_str(&format!("      <system-out>{}</system-out>\n", report(view, &others)));
    }
    xml.push_str("    </testcase>\n");
}

/// Findings one a line, each with its hint below it.
fn report(view: &FindingsView<'_>, findings: &[&Finding]) -> String {
    let mut text = String::new();
    for (at, finding) in findings.iter().enumerate() {
        let line = view.line(finding).text().into_owned();
        text.push_str(if at > 0 { "\n" } else { "" });
        text.push_str(&escaped(&line));
        if let Some(hint) = &finding.hint {
            write!(text, "\n    {}", escaped(&shortened(hint))).expect("a string takes all text");
        }
    }
    text
}

/// A text for an element or an attribute. XML 1.0 has no way to write most control characters, not
/// even as a reference, so that these become visible.
fn escaped(text: &str) -> String {
    let text = safe::line(text);
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    safe::hashes(&escaped, "&#35;").into_owned()
}
