//! Acceptance criteria in the body of an item: found where they stand, changed one by one.
//!
//! A criterion is an element of a list under a heading such as "Acceptance criteria", or a
//! scenario in a ```gherkin block there. An edit is accepted only if the text, read again, has
//! exactly the criteria that were wanted.

mod compare;
mod edit;
mod part;
mod read;

use super::gherkin::Gherkin;
use super::span::Span;
pub use compare::{Comparison, compare};
pub use edit::{Taken, add, check, give, move_to, remove, reword, take};
pub use part::met;
pub use read::criteria;

/// The acceptance criteria of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Criteria {
    /// In the order of the text.
    pub list: Vec<Criterion>,
    /// The blocks of Gherkin in the section, those inside of criteria included.
    pub blocks: Vec<Gherkin>,
    /// The section that holds them, heading included, if there is one; its end is the next
    /// heading of the same level.
    section: Option<Span>,
    /// Where the body begins.
    body: usize,
    /// The headings under which criteria are looked for.
    headings: Vec<String>,
}

/// One acceptance criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its number in the list, from 1.
    pub ordinal: usize,
    /// Its lasting id, written `^ac-k3` at the end of its line.
    pub id: Option<String>,
    /// Whether it is met; `None` for one that has no box to tick.
    pub checked: Option<bool>,
    /// Its words as they are written, without the mark of the list, the box and the id.
    pub text: String,
    /// The bytes of `text`.
    pub span: Span,
    /// How it stands in the text.
    form: Form,
}

/// How a criterion stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// An element of a list.
    Element {
        /// From the mark of the list to the last line, without the line break.
        whole: Span,
        /// The first byte after the mark and its blanks.
        content: usize,
    },
    /// A scenario in a block of Gherkin.
    Scenario,
}

impl Criterion {
    /// The bytes of the whole element of a list, from its mark to its last line without the break;
    /// `None` for a scenario.
    pub(in crate::domain) fn element_span(&self) -> Option<Span> {
        match self.form {
            Form::Element { whole, .. } => Some(whole),
            Form::Scenario => None,
        }
    }

    /// Whether it is a scenario in a block of Gherkin.
    pub fn is_scenario(&self) -> bool {
        self.form == Form::Scenario
    }
}

impl Criteria {
    /// How many are met, and how many there are.
    pub fn met(&self) -> (usize, usize) {
        let met = self.list.iter().filter(|criterion| criterion.checked == Some(true)).count();
        (met, self.list.len())
    }

    /// The body that they were read from, without them.
    pub fn rest(&self, text: &str) -> String {
        let mut rest = String::new();
        let mut from = self.body;
        for criterion in &self.list {
            let span = match criterion.form {
                Form::Element { whole, .. } => whole,
                Form::Scenario => criterion.span,
            };
            // Those within others are gone already.
            rest += text.get(from..span.start).unwrap_or_default();
            from = from.max(span.end);
        }
        rest + text.get(from..).unwrap_or_default()
    }

    /// Where the section that holds them begins, if there is one.
    pub fn section_start(&self) -> Option<usize> {
        self.section.map(|section| section.start)
    }

    /// Each criterion without its place, to compare two states.
    fn meaning(&self) -> Vec<(Option<&str>, Option<bool>, &str)> {
        self.list.iter().map(|it| (it.id.as_deref(), it.checked, it.text.as_str())).collect()
    }
}

/// The criterion that a person means: its number, with or without `#`, or its id, with or without
/// `^`.
pub fn find<'a>(criteria: &'a Criteria, which: &str) -> Option<&'a Criterion> {
    let by_id =
        |id: &str| criteria.list.iter().find(|criterion| criterion.id.as_deref() == Some(id));
    if let Some(id) = which.strip_prefix('^') {
        return by_id(id);
    }
    let number: Option<usize> = which.strip_prefix('#').unwrap_or(which).parse().ok();
    let by_number = number.and_then(|number| criteria.list.get(number.checked_sub(1)?));
    by_id(which).or(by_number)
}

#[cfg(test)]
mod tests;
