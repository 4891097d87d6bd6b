//! Settings of the right type that mean nothing: a status that is none, a rule that does not exist.

use super::{Config, RuleSetting};
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::span::Span;
use crate::domain::suggest;

/// A value without a meaning.
#[derive(Clone, Debug)]
pub(super) struct Nonsense {
    /// A word that stands where it is written.
    pub(super) needle: String,
    message: String,
    hint: Option<String>,
}

impl Nonsense {
    /// The problem, placed in the file where it is written.
    pub(super) fn problem_in(self, text: &str) -> Problem {
        let at = text.find(&self.needle).unwrap_or(0);
        let problem = Problem::at(ProblemKind::WrongType, text, Span::new(at, at), self.message);
        Problem { hint: self.hint, ..problem }
    }
}

impl Config {
    /// Values that have the right type and no meaning.
    pub(super) fn nonsense(&self) -> Vec<Nonsense> {
        let mut nonsense = Vec::new();
        let mut wrong = |needle: &str, message: String, hint: Option<String>| {
            nonsense.push(Nonsense { needle: needle.to_owned(), message, hint });
        };
        if !(4..=8).contains(&self.id.length) {
            wrong("length", format!("id.length is {}, not 4 to 8", self.id.length), None);
        }
        if !super::super::id::is_prefix(&self.id.prefix) {
            let prefix = &self.id.prefix;
            wrong(
                "prefix",
                format!(
                    "id.prefix is '{prefix}', not a capital letter and up to 9 capitals or digits"
                ),
                None,
            );
        }
        for (key, amount) in [
            ("cost_per_point", self.budget.cost_per_point),
            ("value_per_point", self.budget.value_per_point),
        ] {
            if let Some(amount) = amount.filter(|it| !it.is_finite() || *it <= 0.0) {
                let hint = "write what one point stands for, or leave it out";
                wrong(key, format!("budget.{key} is {amount}, not more than 0"), Some(hint.into()));
            }
        }
        for (word, status) in self.statuses.0.iter() {
            for next in status.to.iter().filter(|next| self.status(next).is_none()) {
                wrong(next, format!("statuses.{word}.to names '{next}', which is no status"), None);
            }
        }
        for (name, _) in
            self.fields.iter().filter(|(name, _)| super::super::kind::ITEM.field(name).is_some())
        {
            wrong(name, format!("fields.{name} is a field already"), None);
        }
        let words = super::super::rules::words();
        let mut rule = |place: &str, word: &str| {
            if !words.contains(&word) {
                let hint = suggest::did_you_mean(word, &words);
                wrong(word, format!("{place} names no rule"), Some(hint));
            }
        };
        self.rules.keys().for_each(|word| rule(&format!("rules.{word}"), word));
        self.ready.rules.iter().for_each(|word| rule("ready.rules", word));
        self.done.rules.iter().for_each(|word| rule("done.rules", word));
        for (name, definition) in [("ready", &self.ready), ("done", &self.done)] {
            let statuses: Vec<&str> = self.statuses.0.keys().collect();
            if let Some(from) = definition.from.as_deref().filter(|it| !statuses.contains(it)) {
                let hint = suggest::did_you_mean(from, &statuses);
                wrong(from, format!("{name}.from names '{from}', which is no status"), Some(hint));
            }
            let known = super::super::kind::ITEM.fields.iter().map(|field| field.name);
            let known: Vec<&str> = known.chain(self.fields.keys()).collect();
            for field in definition.fields.iter().filter(|it| !known.contains(&it.as_str())) {
                let hint = suggest::did_you_mean(field, &known);
                wrong(
                    field,
                    format!("{name}.fields names '{field}', which is no field"),
                    Some(hint),
                );
            }
        }
        for (word, setting) in self.rules.iter() {
            let RuleSetting::Detailed(detail) = setting else { continue };
            let known = super::super::rules::parameters(word);
            for name in detail.parameters.keys().filter(|name| !known.contains(name)) {
                let hint = suggest::did_you_mean(name, &known);
                wrong(name, format!("rules.{word} has no parameter '{name}'"), Some(hint));
            }
            for name in detail.types.keys().filter(|name| self.types.0.get(name).is_none()) {
                let known: Vec<&str> = self.types.0.keys().collect();
                let hint = suggest::did_you_mean(name, &known);
                wrong(
                    name,
                    format!("rules.{word} names the type '{name}', which is none"),
                    Some(hint),
                );
            }
        }
        nonsense
    }
}
