//! What the rules found.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::domain::config::Severity;
use crate::domain::finding::Finding;
use crate::domain::message::counted;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

/// The findings in a backlog.
pub struct FindingsView<'a> {
    /// By path and place.
    pub findings: &'a [Finding],
    /// The folder of the backlog, which the places start with.
    pub folder: &'a str,
    /// How many documents were looked at.
    pub documents: usize,
}

impl View for FindingsView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut lines = Vec::new();
        for finding in self.findings {
            lines.push(self.line(finding));
            if let Some(hint) = &finding.hint {
                lines.push(Line::from(Cell::dim(format!("    {hint}"))));
            }
        }
        let mut blocks = Vec::new();
        if !lines.is_empty() {
            blocks.push(Block::Code { language: "", lines });
            blocks.push(Block::Blank);
        }
        blocks.push(Block::text(self.summary()));
        blocks
    }

    fn rows(&self) -> Vec<Block<'_>> {
        let columns = ["path", "line", "column", "severity", "code", "id", "message", "hint"];
        let mut table = Table::new(columns.map(Column::whole));
        for finding in self.findings {
            table.push([
                format!("{}/{}", self.folder, finding.path).into(),
                finding.position.line.to_string().into(),
                finding.position.column.to_string().into(),
                severity(finding).into(),
                finding.code.into(),
                finding.id.as_deref().unwrap_or_default().into(),
                (*finding.message).into(),
                finding.hint.as_deref().unwrap_or_default().into(),
            ]);
        }
        vec![Block::Table(table)]
    }

    fn json(&self) -> Value {
        let findings: Vec<Value> =
            self.findings.iter().map(|finding| self.object(finding)).collect();
        json!({ "documents": self.documents, "findings": findings })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("findings")
    }

    fn formats(&self) -> &'static [Format] {
        Format::DATA
    }
}

impl FindingsView<'_> {
    /// `.backlog/items/BL-7k3qd.md:4:9: error[FM012]: unknown status 'redy'`
    fn line(&self, finding: &Finding) -> Line<'static> {
        let tone = match finding.severity {
            Severity::Error => Tone::Bad,
            Severity::Warning => Tone::Warn,
            Severity::Info | Severity::Off => Tone::Dim,
        };
        Line::from(format!("{}/{}:{}: ", self.folder, finding.path, finding.position))
            .then(Cell::new(format!("{}[{}]", severity(finding), finding.code), tone))
            .then(format!(": {}", finding.message))
    }

    fn summary(&self) -> Cell<'static> {
        let documents = counted(self.documents, "document");
        let mut by_severity: BTreeMap<Severity, usize> = BTreeMap::new();
        for finding in self.findings {
            *by_severity.entry(finding.severity).or_default() += 1;
        }
        let count = |severity| by_severity.get(&severity).copied().unwrap_or(0);
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        match self.findings.len() {
            0 => Cell::new(format!("{documents} checked, nothing found"), Tone::Good),
            _ => {
                let tone = if errors > 0 { Tone::Bad } else { Tone::Warn };
                let found =
                    format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"));
                Cell::new(format!("{documents} checked: {found}"), tone)
            }
        }
    }

    fn object(&self, finding: &Finding) -> Value {
        json!({
            "code": finding.code,
            "name": finding.name,
            "severity": severity(finding),
            "path": format!("{}/{}", self.folder, finding.path),
            "line": finding.position.line,
            "column": finding.position.column,
            "id": finding.id,
            "message": finding.message,
            "hint": finding.hint,
        })
    }
}

/// The word for how severe a finding is.
fn severity(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Off => "info",
    }
}
