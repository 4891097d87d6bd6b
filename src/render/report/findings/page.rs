//! Findings on a page of a forge: the summary of a job, a comment on a pull request.

use super::{FindingsView, shortened};
use crate::domain::config::Severity;
use crate::domain::finding::Finding;
use crate::domain::message::counted;
use crate::render::block::{Block, Cell, Column, Line, Table};
use crate::render::safe;

/// How many findings of each severity are in sight; the others are folded away.
const OPEN: usize = 20;

/// How many bytes of Markdown the tables may fill: GitHub takes no summary of more than 1 MiB, and
/// one that is refused says nothing.
const MOST: usize = 900_000;

/// The summary, then a table for each severity.
pub(super) fn blocks(view: &FindingsView<'_>) -> Vec<Block<'static>> {
    let mut blocks = vec![Block::text(Cell::strong(view.summary().text))];
    let mut room = MOST;
    let mut left_out = 0;
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let findings: Vec<&Finding> =
            view.findings.iter().filter(|finding| finding.severity == severity).collect();
        if findings.is_empty() {
            continue;
        }
        let shown = fitting(view, &findings, &mut room);
        left_out += findings.len() - shown;
        if shown == 0 {
            continue;
        }
        let (open, folded) = findings[..shown].split_at(shown.min(OPEN));
        blocks.push(Block::heading(3, heading(severity, findings.len())));
        blocks.push(Block::Table(table(view, open)));
        if !folded.is_empty() {
            let summary = format!("{} more", folded.len());
            let table = Block::Table(table(view, folded));
            blocks.push(Block::Folded { summary: summary.into(), blocks: vec![table] });
        }
    }
    if left_out > 0 {
        let left_out = format!("and {left_out} more, for which there is no room here");
        blocks.push(Block::text(Line::from(left_out)));
    }
    blocks
}

/// `3 errors`
fn heading(severity: Severity, count: usize) -> String {
    counted(count, severity.word())
}

/// How many of the findings there is room for; takes that room.
fn fitting(view: &FindingsView<'_>, findings: &[&Finding], room: &mut usize) -> usize {
    let fits = |finding: &&&Finding| {
        let size: usize = row(view, finding)
            .iter()
            .map(|cell| safe::markdown(&cell.text, false).len() + " | ".len())
            .sum();
        let fits = size < *room;
        *room = room.saturating_sub(size);
        fits
    };
    findings.iter().take_while(fits).count()
}

fn table(view: &FindingsView<'_>, findings: &[&Finding]) -> Table<'static> {
    let mut table = Table::new(["rule", "where", "what", "hint"].map(Column::shrink));
    for finding in findings {
        table.push(row(view, finding));
    }
    table
}

fn row(view: &FindingsView<'_>, finding: &Finding) -> [Cell<'static>; 4] {
    [
        format!("{} {}", finding.code, finding.name).into(),
        format!("{}:{}", view.path(finding), finding.position).into(),
        shortened(&finding.message).into_owned().into(),
        shortened(finding.hint.as_deref().unwrap_or_default()).into_owned().into(),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::span::{Position, Span};
    use crate::render::{Format, Style, write};

    fn finding(severity: Severity, message: &str) -> Finding {
        Finding {
            code: "AC004",
            name: "vague-criterion",
            severity,
            path: "items/BL-7k3qd.md".to_owned(),
            id: Some("BL-7k3qd".to_owned()),
            span: Span::default(),
            position: Position::START,
            end: Position::START,
            message: message.to_owned(),
            hint: None,
            fix: None,
            is_fatal: false,
        }
    }

    fn page(findings: &[Finding]) -> String {
        let view = FindingsView {
            findings,
            allowed: &[],
            folder: ".backlog",
            documents: &["items/BL-7k3qd.md"],
            texts: &BTreeMap::new(),
        };
        let mut out = Vec::new();
        write(&view, Format::Markdown, &Style::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn folds_what_is_more_than_a_screen() {
        let findings = vec![finding(Severity::Warning, "vague 'fast'"); 22];
        let text = page(&findings);
        let (open, folded) = text.split_once("<details><summary>2 more</summary>\n\n|").unwrap();
        assert_eq!(open.matches("vague 'fast'").count(), 20);
        assert_eq!(folded.matches("vague 'fast'").count(), 2);
        assert!(folded.ends_with(" |\n\n</details>\n"), "{folded}");
    }

    #[test]
    fn stays_below_what_github_takes_and_says_so() {
        let mut findings = vec![finding(Severity::Info, "of less weight")];
        findings.extend(vec![finding(Severity::Error, &"@ab\u{202e}".repeat(50_000)); 3_000]);
        let text = page(&findings);
        assert!(text.len() < 1 << 20, "{}", text.len());
        let shown = text.matches("BL-7k3qd").count();
        assert!(shown > 100);
        let left_out = format!("and {} more, for which there is no room here\n", 3_001 - shown);
        assert!(text.ends_with(&left_out), "{}", &text[text.len() - 100..]);
    }
}
