//! Findings as annotations of a GitHub workflow: commands that the runner takes from the log.
//!
//! Their texts come from documents, so that a `%`, a line break and, in a property, a `:` or a `,`
//! must not end a command early: <https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts>.

use std::cmp::Reverse;

use super::report::findings::{FindingsView, shortened};
use super::safe;
use crate::domain::config::Severity;
use crate::domain::finding::Finding;
use crate::domain::message::counted;

/// How many annotations of each kind GitHub shows for one step; the rest is in the log only.
const SHOWN: usize = 10;

/// The commands, the most severe first, since GitHub shows the first of them; then a summary.
pub(super) fn text(view: &FindingsView<'_>) -> String {
    let mut findings: Vec<&Finding> = view.findings.iter().collect();
    findings.sort_by_key(|finding| Reverse(finding.severity));
    let mut text: String = findings.iter().map(|finding| command(view, finding)).collect();
    let summary = view.summary().text;
    text += &safe::workflow(&format!("{}\n", safe::line(&summary)));
    if let Some(hidden) = hidden(view) {
        text += &hidden;
    }
    text
}

fn command(view: &FindingsView<'_>, finding: &Finding) -> String {
    let (start, end) = (finding.position, finding.end);
    let mut properties =
        vec![format!("file={}", property(&view.path(finding))), format!("line={}", start.line)];
    // Columns are understood within one line only.
    if start.line == end.line {
        properties.push(format!("col={}", start.column));
        properties.push(format!("endColumn={}", end.column));
    }
    properties.push(format!("endLine={}", end.line));
    properties.push(format!("title={}", property(&format!("{} {}", finding.code, finding.name))));
    let mut message = data(&shortened(&finding.message));
    if let Some(hint) = &finding.hint {
        message += "%0A";
        message += &data(&shortened(hint));
    }
    format!("::{} {}::{message}\n", word(finding.severity), properties.join(","))
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "notice",
    }
}

/// What GitHub leaves out, said where it can still be read.
fn hidden(view: &FindingsView<'_>) -> Option<String> {
    let over = |severity| {
        let count = view.findings.iter().filter(|finding| finding.severity == severity).count();
        let over = count.saturating_sub(SHOWN);
        (over > 0).then(|| counted(over, word(severity)))
    };
    let over: Vec<String> =
        [Severity::Error, Severity::Warning, Severity::Info].into_iter().filter_map(over).collect();
    let verb = if over == ["1 error"] || over == ["1 warning"] { "is" } else { "are" };
    (!over.is_empty()).then(|| {
        format!(
            "{} {verb} in this log only: GitHub shows the first {SHOWN} of each kind\n",
            over.join(" and ")
        )
    })
}

/// The text of a message.
fn data(text: &str) -> String {
    safe::hashes(&safe::line(text), "# ")
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
