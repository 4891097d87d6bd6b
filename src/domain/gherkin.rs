//! Scenarios in Gherkin, read where they stand: in a fenced block of a document, or as one line
//! "Given …, when …, then …".
//!
//! A line is understood by its first word and by what came before it, so reading takes one pass
//! and goes on after anything that makes no sense. All places are bytes of the whole document.
//! The crates that read Gherkin stop at the first error, and want the `Feature:` that acceptance
//! criteria leave out.

mod clause;
mod language;
mod line;
mod reader;

use super::span::Span;
pub use clause::{Clause, clauses};
pub use language::Language;
pub use reader::parse;

/// A block of Gherkin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gherkin {
    /// The language of its keywords.
    pub language: &'static Language,
    /// The feature, if the block names one.
    pub feature: Option<Header>,
    /// The rules that scenarios illustrate.
    pub rules: Vec<Header>,
    /// The steps that come before those of each scenario: at most one for all, then at most one for
    /// each rule.
    pub backgrounds: Vec<Background>,
    /// The scenarios, those of rules included.
    pub scenarios: Vec<Scenario>,
    /// Lines that begin with `#`.
    pub comments: Vec<Span>,
    /// What is no Gherkin; no more than the first fifty.
    pub faults: Vec<Fault>,
}

/// A line such as `Scenario: A guest pays`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// What it begins.
    pub kind: HeaderKind,
    /// The keyword without the colon.
    pub keyword: Span,
    /// What stands after the colon.
    pub name: Span,
}

/// What a header begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderKind {
    /// A feature with its scenarios.
    Feature,
    /// Steps that every scenario begins with.
    Background,
    /// A business rule with the scenarios that illustrate it.
    Rule,
    /// One example of how the product behaves.
    Scenario,
    /// A scenario for several sets of values.
    Outline,
    /// The values of an outline.
    Examples,
}

/// Steps that every scenario begins with: of the feature, or of one of its rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Background {
    /// Its line.
    pub header: Header,
    /// Its steps.
    pub steps: Vec<Step>,
    /// The rule that it belongs to, as a place in [`Gherkin::rules`].
    pub rule: Option<usize>,
}

/// One example of how the product behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its line; `None` for steps that stand without one.
    pub header: Option<Header>,
    /// Its tags with their `@`.
    pub tags: Vec<Span>,
    /// Its steps.
    pub steps: Vec<Step>,
    /// The values of an outline.
    pub examples: Vec<Examples>,
    /// The rule that it illustrates, as a place in [`Gherkin::rules`].
    pub rule: Option<usize>,
    /// From its keyword to the end of its last line.
    pub span: Span,
}

/// The values of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examples {
    /// Its line.
    pub header: Header,
    /// Its tags with their `@`.
    pub tags: Vec<Span>,
    /// The names of the values, and then the values.
    pub table: Table,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The sort of its keyword.
    pub kind: StepKind,
    /// The keyword without the blank.
    pub keyword: Span,
    /// What stands after it.
    pub words: Span,
    /// The table and the text below it.
    pub argument: Option<Box<Argument>>,
}

/// What stands below a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Argument {
    /// A table of data.
    pub table: Option<Table>,
    /// A text between `"""`.
    pub text: Option<DocString>,
}

/// The sort of a step's keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// What holds before.
    Given,
    /// What happens.
    When,
    /// What holds after.
    Then,
    /// The same as the step before.
    And,
    /// The same as the step before, as a contrast.
    But,
    /// `*`, or a keyword that stands for several of these.
    Any,
}

/// Rows of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// In the order of the text.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// From the first `|` to the end of the line.
    pub span: Span,
    /// What stands between the `|`, without the blanks around it.
    pub cells: Vec<Span>,
}

/// A text of several lines below a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocString {
    /// The sort of the text, as in `"""json`.
    pub media: Span,
    /// The lines between the marks.
    pub span: Span,
}

/// Something that is no Gherkin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is not understood.
    pub span: Span,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What to write instead.
    pub hint: Option<&'static str>,
    /// The same bytes as they should be, if that is certain.
    pub instead: Option<&'static str>,
}

impl Scenario {
    /// Its name; empty if it has none.
    pub fn name<'a>(&self, text: &'a str) -> &'a str {
        self.header.map_or("", |header| header.name.of(text))
    }

    /// The shortest part of the text that names it: its name, else its keyword, else its first
    /// step.
    pub fn title(&self) -> Span {
        match self.header {
            Some(header) if header.name.end > header.name.start => header.name,
            Some(header) => header.keyword,
            None => self.steps.first().map_or(self.span, |step| step.keyword),
        }
    }

    /// Each step with the sort that it has by its keyword, or takes over from the step before:
    /// never `And` or `But`.
    pub fn kinds(&self) -> impl Iterator<Item = (StepKind, &Step)> {
        let mut last = StepKind::Any;
        self.steps.iter().map(move |step| {
            if !matches!(step.kind, StepKind::And | StepKind::But) {
                last = step.kind;
            }
            (last, step)
        })
    }
}

impl Step {
    /// The table below it.
    pub fn table(&self) -> Option<&Table> {
        self.argument.as_ref()?.table.as_ref()
    }

    /// The text below it.
    pub fn text(&self) -> Option<DocString> {
        self.argument.as_ref()?.text
    }
}

impl Gherkin {
    /// Whether it has not one keyword.
    pub fn is_nothing(&self) -> bool {
        self.feature.is_none()
            && self.rules.is_empty()
            && self.backgrounds.is_empty()
            && self.scenarios.is_empty()
    }

    /// The steps that come before those of a scenario.
    pub fn before<'a>(&'a self, scenario: &Scenario) -> impl Iterator<Item = &'a Step> {
        // There is one for the feature and one for each rule, in this order.
        let of = |rule: Option<usize>| {
            let found = self.backgrounds.binary_search_by_key(&rule, |background| background.rule);
            found.ok().map(|at| &self.backgrounds[at])
        };
        let own = scenario.rule.and_then(|_| of(scenario.rule));
        of(None).into_iter().chain(own).flat_map(|background| &background.steps)
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
