//! An expression of the project over its own numbers.

use super::expression::Expression;
use super::input::{Input, Scale};
use super::{Model, Scoring, Worth};

pub(super) const MODEL: Model = Model {
    name: "custom",
    formula: "the expressions score.custom / score.size",
    inputs: |settings| {
        let texts = [&settings.custom, &settings.size].into_iter().flatten();
        let mut fields: Vec<String> = Vec::new();
        for field in
            texts.filter_map(|text| Expression::parse(text).ok()).flat_map(|it| it.fields())
        {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        fields.iter().map(|field| Input::new(settings, field, Scale::Any)).collect()
    },
    worth: |scoring, values| {
        let number = |expression: &Option<Expression>| match expression {
            Some(expression) => expression.value(&|field| value(scoring, values, field)),
            None => Ok(1.0),
        };
        Worth::of(number(&scoring.weight)?, number(&scoring.size)?)
    },
    arithmetic: |scoring, values| {
        let text = |expression: &Expression| {
            expression.written(&|field| value(scoring, values, field).map(super::short))
        };
        let weight = scoring.weight.as_ref().map(&text).unwrap_or_default();
        match scoring.size.as_ref().map(text) {
            Some(size) => format!("({weight}) / ({size})"),
            None => weight,
        }
    },
};

fn value(scoring: &Scoring, values: &[f64], field: &str) -> Option<f64> {
    let at = scoring.inputs.iter().position(|input| input.field == field)?;
    values.get(at).copied()
}
