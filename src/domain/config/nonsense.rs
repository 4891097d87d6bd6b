//! Settings of the right type that mean nothing: a status that is none, a rule that does not exist.

use super::{Config, RuleSetting};
use crate::domain::kind::{FieldType, ITEM};
use crate::domain::problem::{Problem, ProblemKind};
use crate::domain::score::{self, expression::Expression};
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
                let known: Vec<&str> = self.statuses.0.keys().collect();
                let message = format!("statuses.{word}.to names '{next}', which is no status");
                wrong(next, message, Some(suggest::did_you_mean(next, &known)));
            }
        }
        for (name, _) in
            self.fields.iter().filter(|(name, _)| super::super::kind::ITEM.field(name).is_some())
        {
            wrong(name, format!("fields.{name} is a field already"), None);
        }
        self.nonsense_of_score(&mut wrong);
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

    /// A model that does not exist, a scale of no field, an expression that cannot be understood.
    fn nonsense_of_score(&self, wrong: &mut impl FnMut(&str, String, Option<String>)) {
        let score = &self.score;
        if score::model(&score.model).is_none() {
            let message = format!("score.model names '{}', which is no model", score.model);
            wrong(&score.model, message, Some(score::model_hint(&score.model)));
        }
        let numbers = self.number_fields();
        for (field, scale) in score.scales.iter() {
            if !numbers.contains(&field) {
                let hint = suggest::did_you_mean(field, &numbers);
                let message = format!("score.scales names '{field}', which is no field of numbers");
                wrong(field, message, Some(hint));
            }
            if scale.iter().any(|number| !number.is_finite()) {
                wrong(field, format!("score.scales.{field} holds what is no number"), None);
            }
        }
        for (name, text) in [("custom", &score.custom), ("size", &score.size)] {
            let Some(text) = text else { continue };
            let expression = match Expression::parse(text) {
                Ok(expression) => expression,
                Err(error) => {
                    wrong(text, format!("score.{name}: {error}"), None);
                    continue;
                }
            };
            for field in expression.fields().iter().filter(|it| !numbers.contains(&it.as_str())) {
                let message = format!("score.{name} names '{field}', which is no field of numbers");
                wrong(text, message, Some(suggest::did_you_mean(field, &numbers)));
            }
        }
        if score.model == "custom" && score.custom.is_none() {
            let hint = "write one, such as: custom: value * confidence";
            let message = "score.model is custom, and there is no score.custom".to_owned();
            wrong("custom", message, Some(hint.to_owned()));
        }
    }

    /// The fields of items that hold numbers.
    fn number_fields(&self) -> Vec<&str> {
        let known = ITEM.fields.iter().map(|field| (field.name, field.value));
        let declared = self.fields.iter().map(|(name, field)| (name, field.value));
        let all = known.chain(declared);
        all.filter(|(_, value)| *value == FieldType::Number).map(|(name, _)| name).collect()
    }
}
