//! The formats, and the words for them on the command line.

use std::fmt;

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// How a view is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text for a terminal.
    Table,
    /// Findings with the lines that they are about, as compilers show them.
    Full,
    /// One JSON object with a schema number.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values under a header.
    Csv,
    /// Markdown as GitHub reads it.
    Markdown,
    /// A page that stands alone.
    Html,
    /// The chart of a view, as a vector graphic that stands alone.
    Svg,
    /// The plan of a view over time, in Mermaid's language.
    Mermaid,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a GitHub workflow.
    Github,
    /// Code Quality of GitLab.
    Gitlab,
    /// JUnit XML, a test case per document.
    Junit,
}

impl Format {
    /// The formats of a view whose blocks are one table.
    pub const DATA: &'static [Self] =
        &[Self::Table, Self::Json, Self::Jsonl, Self::Csv, Self::Markdown];

    /// The formats of a view that is a page: a document, a board.
    pub const PAGES: &'static [Self] =
        &[Self::Table, Self::Json, Self::Jsonl, Self::Markdown, Self::Html];

    /// The formats of a page with a chart.
    pub const CHARTS: &'static [Self] =
        &[Self::Table, Self::Json, Self::Jsonl, Self::Markdown, Self::Html, Self::Svg];

    /// The formats of a page with a plan over time.
    pub const PLANS: &'static [Self] = &[
        Self::Table,
        Self::Json,
        Self::Jsonl,
        Self::Markdown,
        Self::Html,
        Self::Svg,
        Self::Mermaid,
    ];

    /// The formats of metrics: a page for one, a table for all.
    pub const METRICS: &'static [Self] =
        &[Self::Table, Self::Json, Self::Jsonl, Self::Csv, Self::Markdown, Self::Html];

    /// The formats of findings.
    pub const FINDINGS: &'static [Self] = &[
        Self::Table,
        Self::Full,
        Self::Json,
        Self::Jsonl,
        Self::Csv,
        Self::Markdown,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
    ];

    /// What reads `--format` in a command that shows findings.
    pub fn of_findings() -> impl TypedValueParser<Value = Self> {
        Self::one_of(Self::FINDINGS)
    }

    /// What reads `--format` in a command that shows a page.
    pub fn of_pages() -> impl TypedValueParser<Value = Self> {
        Self::one_of(Self::PAGES)
    }

    /// What reads `--format` in a command that shows a page with a chart.
    pub fn of_charts() -> impl TypedValueParser<Value = Self> {
        Self::one_of(Self::CHARTS)
    }

    /// What reads `--format` in a command that shows a plan over time.
    pub fn of_plans() -> impl TypedValueParser<Value = Self> {
        Self::one_of(Self::PLANS)
    }

    /// What reads `--format` in a command that shows metrics.
    pub fn of_metrics() -> impl TypedValueParser<Value = Self> {
        Self::one_of(Self::METRICS)
    }

    /// What reads one of these words. A command does not offer the formats that it would only
    /// refuse.
    fn one_of(formats: &'static [Self]) -> impl TypedValueParser<Value = Self> {
        let values = formats.iter().filter_map(Self::to_possible_value);
        PossibleValuesParser::new(values).map(|word| {
            let is_named = |format: &&Self| format.word() == word;
            *formats.iter().find(is_named).expect("the parser lets no other word pass")
        })
    }

    /// The word for it.
    fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Full => "full",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Mermaid => "mermaid",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Table => "Text for a terminal",
            Self::Full => "Text for a terminal, with the lines that are meant",
            Self::Json => "One JSON object with a schema number",
            Self::Jsonl => "One JSON object a line",
            Self::Csv => "Comma-separated values under a header",
            Self::Markdown => "Markdown as GitHub reads it",
            Self::Html => "A page for a browser, to print or to hand on",
            Self::Svg => "The chart alone, as a vector graphic",
            Self::Mermaid => "A Gantt chart in Mermaid's language, which forges draw",
            Self::Sarif => "SARIF 2.1.0, for code scanning",
            Self::Github => "Annotations of a GitHub workflow",
            Self::Gitlab => "A Code Quality report of GitLab",
            Self::Junit => "JUnit XML, a test case per document",
        }
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::DATA
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.help()))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
