//! What an item is worth for what it costs, by one of several models.
//!
//! A model turns fields into a weight and a size, and the score is weight per size: the rule by which
//! the order with the least cost of delay goes (Smith 1956). One model holds for the whole order,
//! because scores of two models compare nothing. An item that lacks a number is unscored and is told
//! apart; a missing number is never taken for zero.
//!
//! A new model is a file here and a line in [`MODELS`].

mod cd3;
mod custom;
pub mod dependencies;
pub mod expression;
mod ice;
mod improve;
pub mod input;
mod manual;
mod moscow;
mod opportunity;
pub mod proposal;
mod rice;
mod sensitivity;
mod slots;
pub mod table;
mod value_effort;
mod wsjf;

use super::assign::Refusal;
use super::backlog::Backlog;
use super::config::{Config, Score};
use super::date::Date;
use super::entry::Entry;
use super::suggest;
pub(super) use cd3::WORDS as URGENCIES;
use expression::Expression;
use input::{Input, Lack};
pub use sensitivity::{Sensitivity, Shift, sensitivity};

/// The models, the usual one first.
pub const MODELS: &[&Model] = &[
    &value_effort::MODEL,
    &wsjf::MODEL,
    &cd3::MODEL,
    &rice::MODEL,
    &ice::MODEL,
    &moscow::MODEL,
    &opportunity::MODEL,
    &custom::MODEL,
    &manual::MODEL,
];

/// A way to score.
#[derive(Debug)]
pub struct Model {
    /// The word for it in the settings.
    pub name: &'static str,
    /// What it computes, in one line.
    pub formula: &'static str,
    /// The fields that it needs.
    inputs: fn(&Score) -> Vec<Input>,
    /// Weight and size, from the values of the inputs in their order.
    worth: fn(&Scoring, &[f64]) -> Result<Worth, String>,
    /// The same with the numbers written out, without the result.
    arithmetic: fn(&Scoring, &[f64]) -> String,
}

/// What a model makes of an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Worth {
    /// Classes come one after the other, whatever is in them; 0 is the first.
    pub class: usize,
    /// What a delay costs for each unit of time, 0 or more.
    pub weight: f64,
    /// How much time it takes, above 0.
    pub size: f64,
}

impl Worth {
    /// A weight and a size without a class. The size is above zero where inputs have been read.
    fn of(weight: f64, size: f64) -> Result<Self, String> {
        Self { class: 0, weight, size }.checked()
    }

    fn checked(self) -> Result<Self, String> {
        match (self.weight, self.size) {
            (weight, _) if weight < 0.0 => Err(format!("the weight {} is negative", short(weight))),
            (_, size) if size <= 0.0 => Err(format!("the size {} is not above 0", short(size))),
            _ if !self.score().is_finite() || self.score() == 0.0 && self.weight > 0.0 => {
                Err("the score is no number that can be written".to_owned())
            }
            _ => Ok(self),
        }
    }

    /// Weight per size.
    pub fn score(&self) -> f64 {
        self.weight / self.size
    }

    /// The order of the best first: by class, then by score.
    pub fn best_first(&self, other: &Self) -> std::cmp::Ordering {
        self.class.cmp(&other.class).then(other.score().total_cmp(&self.score()))
    }
}

/// A model with the settings of a project and the day: all it takes to score an item.
#[derive(Debug)]
pub struct Scoring {
    /// The model.
    pub model: &'static Model,
    /// The fields that it needs.
    pub inputs: Vec<Input>,
    weight: Option<Expression>,
    size: Option<Expression>,
    today: Date,
}

/// The model of that name.
pub fn model(name: &str) -> Option<&'static Model> {
    MODELS.iter().copied().find(|model| model.name == name)
}

/// A hint for a name that no model has.
pub fn model_hint(name: &str) -> String {
    let known: Vec<&str> = MODELS.iter().map(|model| model.name).collect();
    suggest::did_you_mean(name, &known)
}

impl Scoring {
    /// Scores by the model of that name, or by that of the settings.
    pub fn new(config: &Config, name: Option<&str>, today: Date) -> Result<Self, Refusal> {
        let name = name.unwrap_or(&config.score.model);
        let Some(model) = model(name) else {
            return Err(Refusal::new(format!("no model '{name}'")).hint(model_hint(name)));
        };
        let read = |text: &Option<String>| match text {
            Some(text) if model.name == custom::MODEL.name => {
                let wrong = |error: expression::Wrong| Refusal::new(error.to_string());
                Expression::parse(text).map(Some).map_err(wrong)
            }
            _ => Ok(None),
        };
        let (weight, size) = (read(&config.score.custom)?, read(&config.score.size)?);
        if model.name == custom::MODEL.name && weight.is_none() {
            return Err(Refusal::new("the model 'custom' has no expression").hint(
                "write one in config.yml: score: {custom: value * confidence, size: effort}",
            ));
        }
        let inputs = (model.inputs)(&config.score);
        Ok(Self { model, inputs, weight, size, today })
    }

    /// Whether people set the order themselves, so that nothing has a score.
    pub fn is_manual(&self) -> bool {
        self.model.name == manual::MODEL.name
    }

    /// The values of the inputs of an item; or what it lacks, all of it.
    pub fn values(&self, item: &Entry) -> Result<Vec<f64>, Vec<Lack>> {
        let mut values = Vec::with_capacity(self.inputs.len());
        let mut lacks = Vec::new();
        for input in &self.inputs {
            match input.read(item, self.today) {
                Ok(value) => values.push(value),
                Err(lack) => lacks.push(lack),
            }
        }
        if lacks.is_empty() { Ok(values) } else { Err(lacks) }
    }

    /// Weight and size for these values of the inputs; or why there are none.
    pub fn worth(&self, values: &[f64]) -> Result<Worth, String> {
        (self.model.worth)(self, values)
    }

    /// Values and worth of an item; or what it lacks.
    pub fn score(&self, item: &Entry) -> Result<(Vec<f64>, Worth), Vec<Lack>> {
        let values = self.values(item)?;
        let lack = |message| vec![Lack { field: None, message }];
        let worth = self.worth(&values).map_err(lack)?;
        Ok((values, worth))
    }

    /// `8 / 3 = 2.67`
    pub fn arithmetic(&self, values: &[f64], worth: &Worth) -> String {
        format!("{} = {}", (self.model.arithmetic)(self, values), short(worth.score()))
    }
}

/// The share of the effort of open items that is `must`, from 0 to 1, of those that have a class and an
/// effort and are not `wont`; `None` without any.
pub fn must_share(backlog: &Backlog) -> Option<f64> {
    let (mut must, mut all) = (0.0, 0.0);
    for item in backlog.open_items() {
        let effort = item.number("effort").filter(|effort| *effort > 0.0);
        let (Some(class), Some(effort)) = (item.text("moscow"), effort) else { continue };
        match &*class {
            "must" => (must, all) = (must + effort, all + effort),
            "should" | "could" => all += effort,
            _ => {}
        }
    }
    (all > 0.0).then(|| must / all)
}

/// A number as people write one: without zeros at its end, with two decimals, or three digits where
/// it is small.
pub fn short(number: f64) -> String {
    let size = number.abs();
    let text = match size {
        _ if size == 0.0 => "0".to_owned(),
        _ if !(1e-4..1e15).contains(&size) => return format!("{number:.2e}"),
        _ if size >= 0.1 => format!("{number:.2}"),
        _ => format!("{number:.4}"),
    };
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests;
