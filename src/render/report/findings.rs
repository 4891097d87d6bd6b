//! What the rules found.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use crate::domain::config::Severity;
use crate::domain::finding::{Finding, Fix, Safety};
use crate::domain::message::counted;
use crate::render::block::{Block, Cell, Column, Line, Table, Tone};
use crate::render::{Format, View};

mod page;

/// The findings in a backlog.
pub struct FindingsView<'a> {
    /// By path and place.
    pub findings: &'a [Finding],
    /// What somebody allowed, with the reason. Only SARIF tells of it.
    pub allowed: &'a [(Finding, String)],
    /// The folder of the backlog, which the places start with.
    pub folder: &'a str,
    /// The paths of the documents that were looked at, below the folder.
    pub documents: &'a [&'a str],
    /// The texts of the files in which something was found, by path, for excerpts and fixes.
    pub texts: &'a BTreeMap<String, Cow<'a, str>>,
}

impl View for FindingsView<'_> {
    fn blocks(&self) -> Vec<Block<'_>> {
        let mut lines = Vec::new();
        for finding in self.findings {
            lines.push(self.line(finding));
            if let Some(hint) = &finding.hint {
                lines.push(Line::from(Cell::dim(format!("    {}", shortened(hint)))));
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
        let columns = [
            "path",
            "line",
            "column",
            "end_line",
            "end_column",
            "severity",
            "code",
            "id",
            "message",
            "hint",
            "fix",
            "fingerprint",
        ];
        let mut table = Table::new(columns.map(Column::whole));
        for finding in self.findings {
            table.push([
                self.path(finding).into(),
                finding.position.line.to_string().into(),
                finding.position.column.to_string().into(),
                finding.end.line.to_string().into(),
                finding.end.column.to_string().into(),
                finding.severity.word().into(),
                finding.code.into(),
                finding.id.as_deref().unwrap_or_default().into(),
                (*finding.message).into(),
                finding.hint.as_deref().unwrap_or_default().into(),
                finding.fix.as_ref().map_or("", |fix| fix.safety.word()).into(),
                finding.fingerprint().into(),
            ]);
        }
        vec![Block::Table(table)]
    }

    fn json(&self) -> Value {
        let findings: Vec<Value> =
            self.findings.iter().map(|finding| self.object(finding)).collect();
        json!({ "documents": self.documents.len(), "findings": findings })
    }

    fn rows_key(&self) -> Option<&'static str> {
        Some("findings")
    }

    fn formats(&self) -> &'static [Format] {
        Format::FINDINGS
    }

    fn page(&self) -> Vec<Block<'_>> {
        page::blocks(self)
    }

    fn findings(&self) -> Option<&FindingsView<'_>> {
        Some(self)
    }
}

impl FindingsView<'_> {
    /// The file of a finding, from the root of the repository.
    pub(in crate::render) fn path(&self, finding: &Finding) -> String {
        let (mut folder, mut path) = (self.folder, &*finding.path);
        // Settings may extend a file that lies beside the backlog.
        while let (Some(above), Some(rest)) = (folder_of(folder), path.strip_prefix("../")) {
            (folder, path) = (above, rest);
        }
        if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
    }

    /// The text of the file of a finding, unless it has none.
    pub(in crate::render) fn text(&self, finding: &Finding) -> Option<&str> {
        self.texts.get(&finding.path).map(|text| &**text).filter(|text| !text.is_empty())
    }

    /// `.backlog/items/BL-7k3qd.md:4:9: error[FM012]: unknown status 'redy'`
    pub(in crate::render) fn line(&self, finding: &Finding) -> Line<'static> {
        let word = format!("{}[{}]", finding.severity.word(), finding.code);
        Line::from(format!("{}:{}: ", self.path(finding), finding.position))
            .then(Cell::new(word, tone(finding.severity)))
            .then(format!(": {}", shortened(&finding.message)))
    }

    /// How much was looked at, and how much was found.
    pub(in crate::render) fn summary(&self) -> Cell<'static> {
        let documents = counted(self.documents.len(), "document");
        if self.findings.is_empty() {
            return Cell::new(format!("{documents} checked, nothing found"), Tone::Good);
        }
        let count = |severity| self.findings.iter().filter(|it| it.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let tone = match (errors, warnings) {
            (0, 0) => Tone::Plain,
            (0, _) => Tone::Warn,
            _ => Tone::Bad,
        };
        let mut found = format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"));
        let infos = count(Severity::Info);
        if infos > 0 {
            found += &format!(", {}", counted(infos, "info"));
        }
        Cell::new(format!("{documents} checked: {found}{}", self.fixable()), tone)
    }

    /// `; 3 can be fixed with --fix, 1 more with --unsafe-fixes`
    fn fixable(&self) -> String {
        let fixes = || self.findings.iter().filter_map(|finding| finding.fix.as_ref());
        let count = |safety| fixes().filter(|fix| fix.safety == safety).count();
        match (count(Safety::Safe), count(Safety::Unsafe)) {
            (0, 0) => String::new(),
            (safe, 0) => format!("; {safe} can be fixed with --fix"),
            (0, unsafe_) => format!("; {unsafe_} can be fixed with --fix --unsafe-fixes"),
            (safe, unsafe_) => {
                format!("; {safe} can be fixed with --fix, {unsafe_} more with --unsafe-fixes")
            }
        }
    }

    /// The fingerprints of the findings, in their order. Where several are alike, the second and
    /// those after it have a number, since readers of reports take one fingerprint for one finding.
    pub(in crate::render) fn fingerprints(&self) -> Vec<String> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let unique = |finding: &Finding| {
            let fingerprint = finding.fingerprint();
            let count = seen.entry(fingerprint.clone()).or_default();
            *count += 1;
            if *count > 1 { format!("{fingerprint}-{count}") } else { fingerprint }
        };
        self.findings.iter().map(unique).collect()
    }

    pub(super) fn object(&self, finding: &Finding) -> Value {
        json!({
            "code": finding.code,
            "name": finding.name,
            "severity": finding.severity.word(),
            "path": self.path(finding),
            "line": finding.position.line,
            "column": finding.position.column,
            "end_line": finding.end.line,
            "end_column": finding.end.column,
            "id": finding.id,
            "message": finding.message,
            "hint": finding.hint,
            "fix": finding.fix.as_ref().map(fix),
            "fingerprint": finding.fingerprint(),
        })
    }
}

/// How much of a message or a hint is shown to people. One that quotes a whole file says no more
/// than its beginning.
const LONGEST: usize = 500;

/// A message or a hint for people; programs that read JSON get it whole.
pub(in crate::render) fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]).into(),
        None => text.into(),
    }
}

/// The folder that a folder is in: "" at the root, `None` above it.
fn folder_of(folder: &str) -> Option<&str> {
    (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(above, _)| above))
}

fn fix(fix: &Fix) -> Value {
    let replacement = |it: &crate::domain::finding::Replacement| json!({ "start": it.span.start, "end": it.span.end, "text": it.text });
    let replacements: Vec<Value> = fix.replacements.iter().map(replacement).collect();
    json!({ "title": fix.title, "safety": fix.safety.word(), "replacements": replacements })
}

/// The colour of a severity.
pub(in crate::render) fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Info | Severity::Off => Tone::Id,
    }
}
